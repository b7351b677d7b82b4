"""Passages of one pair of texts put together: near ones joined, echoes dropped, exact ends kept where known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sourcebook.reuse.evidence import Span

__all__ = ["drop_echoes", "join_known", "join_near"]

IntArray = npt.NDArray[np.int64]

NEAR = 60  # words between two passages that are one
MOSTLY = 0.8  # share of a passage that must be known exactly for the exact ends to count
ECHO = 0.5  # share of a passage that a better one covers in one text, with so much less evidence


def join_near(spans: Sequence[Span]) -> list[Span]:
    """Join the passages that are near one another in both texts.

    Parameters
    ----------
    spans : sequence of Span
        Passages of one pair of texts.

    Returns
    -------
    list of Span
        In order of their places; the evidence of those that were joined is added up.

    Examples
    --------
    >>> one, other = Span(places=(0, 90, 500, 600), evidence=70.0), Span(places=(120, 180, 610, 700), evidence=50.0)
    >>> join_near([other, one])
    [Span(places=(0, 180, 500, 700), evidence=120.0)]
    """
    waiting = sorted(spans, key=lambda span: span.places)
    while True:
        done: list[Span] = []
        for span in waiting:
            at = next((k for k in range(len(done) - 1, -1, -1) if _are_near(done[k], span)), None)
            if at is None:
                done.append(span)
            else:
                done[at] = _union(done[at], span)
        if len(done) == len(waiting):
            return done
        waiting = sorted(done, key=lambda span: span.places)


def _are_near(one: Span, other: Span) -> bool:
    a, b = one.places, other.places
    between = (max(a[0], b[0]) - min(a[1], b[1]), max(a[2], b[2]) - min(a[3], b[3]))
    return max(between) < NEAR


def _union(one: Span, other: Span) -> Span:
    a, b = one.places, other.places
    places = (min(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), max(a[3], b[3]))
    return Span(places=places, evidence=one.evidence + other.evidence)


def drop_echoes(spans: Sequence[Span]) -> list[Span]:
    """Drop passages that lie mostly in better ones: in both texts, or in one with far less evidence.

    Parameters
    ----------
    spans : sequence of Span
        Passages of one pair of texts.

    Returns
    -------
    list of Span
        Those kept, in order of their places.
    """
    ranked = sorted(spans, key=lambda span: (-span.evidence, span.places))
    places = np.array([span.places for span in ranked], dtype=np.int64).reshape(-1, 4)
    evidence = np.array([span.evidence for span in ranked])
    kept: list[int] = []
    for number in range(len(ranked)):
        better = places[kept]
        shares = []
        for low, high in ((0, 1), (2, 3)):
            first, last = places[number, low], places[number, high]
            inside = np.minimum(better[:, high], last) - np.maximum(better[:, low], first)
            shares.append(inside > ECHO * (last - first))
        weak = evidence[number] < ECHO * evidence[kept]
        if not ((shares[0] & shares[1]) | ((shares[0] | shares[1]) & weak)).any():
            kept.append(number)
    return [ranked[number] for number in sorted(kept, key=lambda number: ranked[number].places)]


def join_known(
    known: IntArray, spans: IntArray, mostly: float = MOSTLY
) -> list[tuple[int, int, int, int, int]]:
    """Join passages with known ones that they overlap in both texts.

    Parameters
    ----------
    known, spans : int64 arrays, shapes (n, 4) and (m, 4)
        First place and the one after the last in both texts.
    mostly : float
        A known passage that makes up so much of the joint one, in both texts, takes its place.

    Returns
    -------
    list of tuple of int
        Places, and the number of the known passage that is left as it is, or -1.
    """
    out, used = [], set()
    for span in spans:
        touching = np.flatnonzero(_overlap(span, known)).tolist()
        used |= set(touching)
        union = np.array([span, *known[touching]])
        low, high = union[:, ::2].min(axis=0), union[:, 1::2].max(axis=0)
        longest = max(touching, key=lambda k: known[k, 1] - known[k, 0], default=-1)
        if longest >= 0 and (known[longest, 1::2] - known[longest, ::2] >= mostly * (high - low)).all():
            out.append((*known[longest].tolist(), longest))
        else:
            out.append((int(low[0]), int(high[0]), int(low[1]), int(high[1]), -1))
    rest = [(*known[k].tolist(), k) for k in range(len(known)) if k not in used]
    return sorted({*out, *rest})


def _overlap(span: IntArray, others: IntArray) -> npt.NDArray[np.bool_]:
    in_a = (span[0] < others[:, 1]) & (others[:, 0] < span[1])
    in_both: npt.NDArray[np.bool_] = in_a & (span[2] < others[:, 3]) & (others[:, 2] < span[3])
    return in_both

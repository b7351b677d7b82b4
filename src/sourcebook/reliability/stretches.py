"""Spans that coders marked, as arrays, and on how much of the continuum they agree."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.core.errors import DataError, Problem
from sourcebook.core.frames import require_columns
from sourcebook.reliability.layouts import FloatArray, IntArray

__all__ = ["Stretches", "disagreements_of_2004", "disagreements_of_draws", "to_stretches"]

TABLE = "spans"
GAP = 0


@dataclass(frozen=True, kw_only=True)
class Stretches:
    """Spans in the order of continuum, coder and start.

    Attributes
    ----------
    continuum, coder, value, start, end : numpy.ndarray of int, shape (n_spans,)
        Positions in the lists of continua, coders and values (values from 1: 0 is a gap), and offsets.
    length : numpy.ndarray of int, shape (n_continua,)
        Length of each continuum.
    n_coders, n_values : int
        Number of coders and of values, the gap included.
    """

    continuum: IntArray
    coder: IntArray
    value: IntArray
    start: IntArray
    end: IntArray
    length: IntArray
    n_coders: int
    n_values: int

    @property
    def n_continua(self) -> int:
        """The number of continua."""
        return int(self.length.size)

    def keep(self, mask: npt.NDArray[np.bool_]) -> Stretches:
        """Return the spans where ``mask`` holds."""
        return Stretches(
            continuum=self.continuum[mask],
            coder=self.coder[mask],
            value=self.value[mask],
            start=self.start[mask],
            end=self.end[mask],
            length=self.length,
            n_coders=self.n_coders,
            n_values=self.n_values,
        )


def to_stretches(
    frame: pd.DataFrame,
    length: int | Mapping[Hashable, int],
    coders: Iterable[Hashable] | None,
    *,
    same_value: bool = False,
) -> Stretches:
    """Read spans and refuse those that no continuum holds or that overlap.

    Parameters
    ----------
    frame, length, coders : optional
        As in :func:`~sourcebook.reliability.unitizing_alpha`.
    same_value : bool
        Refuse only overlaps of one coder's spans of the same value.

    Raises
    ------
    DataError
        All problems together.
    """
    require_columns(frame, ("coder", "start", "end", "value"), TABLE)
    several = isinstance(length, Mapping)
    if several:
        require_columns(frame, ("continuum",), TABLE)
    places = list(length) if isinstance(length, Mapping) else [None]
    lengths = np.array(list(length.values()) if isinstance(length, Mapping) else [length], dtype=np.int64)
    names = list(dict.fromkeys(frame["coder"] if coders is None else coders))
    continuum = (
        pd.Index(places).get_indexer(pd.Index(frame["continuum"]))
        if several
        else np.zeros(len(frame), np.int64)
    )
    coder = pd.Index(names).get_indexer(pd.Index(frame["coder"])) if names else np.zeros(0, np.int64)
    value, _ = pd.factorize(frame["value"])
    start, end = (_whole(frame, name) for name in ("start", "end"))
    order = np.lexsort((start, coder, continuum))
    if same_value:
        order = np.lexsort((start, value, coder, continuum))
    read = Stretches(
        continuum=continuum.astype(np.int64)[order],
        coder=coder.astype(np.int64)[order],
        value=value.astype(np.int64)[order] + 1,
        start=start[order],
        end=end[order],
        length=lengths,
        n_coders=len(names),
        n_values=int(value.max()) + 2 if value.size else 1,
    )
    _refuse(frame, read, order, same_value=same_value)
    return read


def _whole(frame: pd.DataFrame, name: str) -> IntArray:
    """Return a column of offsets, or refuse what is no whole number: cut off, it would move the span."""
    numbers = pd.to_numeric(frame[name], errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    wrong = np.flatnonzero(~np.isfinite(numbers) | (numbers != np.floor(numbers)))
    if wrong.size:
        raise DataError(
            Problem(
                file=TABLE,
                line=row + 2,
                column=name,
                found=str(frame[name].iloc[row]),
                expected="a whole number",
                action="correct the offset",
            )
            for row in wrong.tolist()
        )
    return numbers.astype(np.int64)


def _refuse(frame: pd.DataFrame, read: Stretches, order: IntArray, *, same_value: bool) -> None:
    unknown = (read.continuum < 0) | (read.coder < 0) | (read.value < 1)
    outside = (read.start < 0) | (read.end <= read.start) | (read.end > read.length[read.continuum])
    together = (read.continuum[1:] == read.continuum[:-1]) & (read.coder[1:] == read.coder[:-1])
    if same_value:
        together &= read.value[1:] == read.value[:-1]
    overlap = np.r_[np.zeros(min(1, read.start.size), bool), together & (read.start[1:] < read.end[:-1])]
    problems = []
    for i in np.flatnonzero(unknown | outside | overlap):
        row = frame.iloc[order[i]]
        if unknown[i]:
            expected = "a value, and a coder and a continuum that are named"
        elif outside[i]:
            expected = f"0 <= start < end <= {read.length[read.continuum[i]]}"
        else:
            expected = "no overlap of two spans of one coder" + (" with one value" if same_value else "")
        problems.append(
            Problem(
                file=TABLE,
                line=int(order[i]) + 2,
                column="start",
                found=f"{row['coder']!r} marks {row['start']} to {row['end']} as {row['value']!r}",
                expected=expected,
                action="correct the span or split it",
            )
        )
    if problems:
        raise DataError(problems)


def _pieces(spans: Stretches, which: int) -> tuple[FloatArray, IntArray]:
    """Return the lengths of the pieces between all ends on one continuum, and how many coders gave each value."""
    own = spans.keep(spans.continuum == which)
    cuts = np.unique(np.r_[0, own.start, own.end, spans.length[which]])
    first, last = np.searchsorted(cuts, own.start), np.searchsorted(cuts, own.end)
    counts = np.zeros((cuts.size, spans.n_values), dtype=np.int64)
    np.add.at(counts, (first, own.value), 1)
    np.add.at(counts, (last, own.value), -1)
    counts = np.cumsum(counts, axis=0)[:-1]
    counts[:, GAP] = spans.n_coders - counts[:, 1:].sum(axis=1)
    return np.diff(cuts).astype(np.float64), counts


def disagreements_of_draws(spans: Stretches, *, binary: bool = False) -> Callable[[FloatArray], FloatArray]:
    """Return a function from draws of continua to observed and expected disagreement, in lengths.

    Parameters
    ----------
    spans : Stretches
        Of two coders or more, without overlaps.
    binary : bool
        Whether all values are one, so that only marked or not marked counts.

    Returns
    -------
    callable
        From how often each continuum counts, shape (n_draws, n_continua), to shape (2, n_draws).
    """
    lengths = np.zeros((spans.n_continua, spans.n_values))
    disagreement = np.zeros(spans.n_continua)
    for which in range(spans.n_continua):
        piece, counts = _pieces(spans, which)
        lengths[which] = piece @ counts
        seen = np.stack([counts[:, GAP], spans.n_coders - counts[:, GAP]], axis=1) if binary else counts
        disagreement[which] = piece @ (spans.n_coders**2 - (seen**2).sum(axis=1)) / (spans.n_coders - 1)
    own = np.zeros_like(lengths)
    np.add.at(own, (spans.continuum, spans.value), (spans.end - spans.start).astype(np.float64) ** 2)
    own[:, GAP] = lengths[:, GAP]

    def of_draws(times: FloatArray) -> FloatArray:
        of_value = times @ lengths
        total = of_value.sum(axis=1)
        room = total**2 - times @ own.sum(axis=1)
        if binary:
            differing = 2.0 * of_value[:, GAP] * (total - of_value[:, GAP])
        else:
            differing = room - (of_value**2 - times @ own).sum(axis=1)
        expected = np.divide(total * differing, room, out=np.zeros_like(total), where=room > 0)
        return np.stack([times @ disagreement, expected])

    return of_draws


def disagreements_of_2004(spans: Stretches) -> tuple[float, float]:
    """Return observed and expected disagreement as defined in 2004, means over the values.

    Two spans that meet differ by the squares of the distances of their starts and of their ends; a span that
    meets none of the other coder's lies in a gap, and differs from it by the square of its length.
    """
    observed, expected = zip(*(_of_value(spans, value) for value in range(1, spans.n_values)), strict=True)
    return float(np.mean(observed)), float(np.mean(expected))


def _of_value(spans: Stretches, value: int) -> tuple[float, float]:
    own = spans.keep(spans.value == value)
    coders, whole = spans.n_coders, float(spans.length.sum())
    parts = [
        [own.keep((own.continuum == which) & (own.coder == coder)) for coder in range(coders)]
        for which in range(spans.n_continua)
    ]
    disagreement = sum(
        _apart(part[i], part[j]) for part in parts for i in range(coders) for j in range(i + 1, coders)
    )
    observed = 2.0 * disagreement / (coders * (coders - 1) * whole**2)
    gaps = np.sort(
        np.concatenate([_gaps(part[i], which) for which, part in enumerate(parts) for i in range(coders)])
    )
    size = (own.end - own.start).astype(np.float64)
    first = np.searchsorted(gaps, size)
    left = np.r_[np.cumsum(gaps[::-1])[::-1], 0.0]
    room = left[first] - (gaps.size - first) * (size - 1)
    chance = (size.size - 1) * size * (size - 1) * (2 * size - 1) / 3 + size**2 * room
    pairs = coders * whole * (coders * whole - 1) - (size * (size - 1)).sum()
    return float(observed), float(2.0 * chance.sum() / (whole * pairs)) if pairs > 0 else 0.0


def _apart(a: Stretches, b: Stretches) -> float:
    """Return the summed squared differences of two coders' spans of one value on one continuum."""
    first, last = np.searchsorted(b.end, a.start, side="right"), np.searchsorted(b.start, a.end)
    meet = np.maximum(last - first, 0)
    one = np.repeat(np.arange(a.start.size), meet)
    two = np.arange(one.size) - np.repeat(np.cumsum(meet) - meet, meet) + first[one]
    result = ((a.start[one] - b.start[two]) ** 2 + (a.end[one] - b.end[two]) ** 2).sum(dtype=np.float64)
    alone_b = np.ones(b.start.size, dtype=bool)
    alone_b[two] = False
    for spans, alone in ((a, meet == 0), (b, alone_b)):
        result += ((spans.end - spans.start)[alone] ** 2).sum(dtype=np.float64)
    return float(result)


def _gaps(part: Stretches, which: int) -> FloatArray:
    """Return the lengths of what one coder left unmarked on one continuum."""
    sizes = np.r_[part.start, part.length[which]] - np.r_[0, part.end]
    return np.asarray(sizes[sizes > 0], dtype=np.float64)

"""Passages that are nothing but formulas: stretches that both texts repeat, which happen to follow one another.

Where clauses are put together from the same formulas, as in treaties, some of them occur in the same order in any
two texts. What a copy has and they lack are stretches across the joints of the formulas, which no text repeats.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from sourcebook.reuse.scan import GOLDEN, MIX
from sourcebook.reuse.seeds import Search, hash_columns
from sourcebook.reuse.stream import Stream

__all__ = ["holds_run", "more_than_formulas"]

IntArray = npt.NDArray[np.int64]
HashArray = npt.NDArray[np.uint64]
BoolArray = npt.NDArray[np.bool_]

BLOCK = 1 << 21  # words of texts looked at together


def more_than_formulas(
    stream: Stream, hits: IntArray, known: BoolArray, excluded: npt.NDArray[np.uint8], search: Search
) -> BoolArray:
    """Find which passages have enough in common that the two texts do not repeat anyway.

    Parameters
    ----------
    stream : Stream
        The words of all texts.
    hits : int64 array, shape (n, 6)
        Passages: first place and the one after the last in both texts, words in common, those that count.
    known : bool array, shape (n,)
        True for passages of which it is known that they hold a verbatim stretch of ``search.min_words``.
    excluded : uint8 array
        1 for each word of the stream that does not count as content.
    search : Search
        The settings.

    Returns
    -------
    bool array, shape (n,)
        True for passages that are verbatim or hold a verbatim stretch of ``search.min_words``, and for those
        that have so many words of content when a word in an n-gram that one text has ``x`` times and the other
        ``y`` times counts ``1 / min(x, y)``.
    """
    enough = np.ones(len(hits), dtype=bool)
    length = hits[:, 1] - hits[:, 0] + hits[:, 3] - hits[:, 2]
    edited = np.flatnonzero(~known & (length != 2 * hits[:, 4]))
    for some in _blocks(stream, hits, edited):
        enough[some] = _enough(stream, hits[some], excluded, search)
    return enough


def holds_run(hits: IntArray, pairs: IntArray, runs: IntArray, bounds: IntArray, words: int) -> BoolArray:
    """Find which passages hold a verbatim run of so many words.

    Parameters
    ----------
    hits : int64 array, shape (n, 6)
        Passages, as in :func:`more_than_formulas`.
    pairs : int64 array, shape (n,)
        For each the number of its pair of texts.
    runs : int64 array, shape (m, 3)
        First places in both texts and length; those of a pair together, sorted.
    bounds : int64 array
        Where the runs of each pair begin, and the number of all runs.
    words : int
        The least length of a run.

    Returns
    -------
    bool array, shape (n,)
        True where such a run lies inside the passage in both texts.
    """
    holds = np.zeros(len(hits), dtype=bool)
    owner = np.repeat(np.arange(bounds.size - 1), np.diff(bounds))
    long = np.flatnonzero(runs[:, 2] >= words)
    room = int(runs[:, 0].max(initial=0)) + int(hits[:, 1].max(initial=0)) + 1
    order = owner[long] * room + runs[long, 0]
    first, last = (np.searchsorted(order, pairs * room + hits[:, side]) for side in (0, 1))
    numbers, passage = _expanded(first, last)
    run, hit = runs[long[numbers]], hits[passage]
    inside = (run[:, 0] + run[:, 2] <= hit[:, 1]) & (run[:, 1] >= hit[:, 2])
    inside &= run[:, 1] + run[:, 2] <= hit[:, 3]
    holds[passage[inside]] = True
    return holds


def _blocks(stream: Stream, hits: IntArray, edited: IntArray) -> Iterator[IntArray]:
    """Yield numbers of passages that have, with their texts, about so many words; a pair of texts counts once."""
    one, other = stream.texts[hits[edited, 0]], stream.texts[hits[edited, 2]]
    sizes = stream.lasts - stream.firsts
    first = np.concatenate([[True], (np.diff(one) != 0) | (np.diff(other) != 0)])[: edited.size]
    words = np.where(first, sizes[one] + sizes[other], 0) + hits[edited, 1] - hits[edited, 0]
    ends = np.flatnonzero(np.diff(np.cumsum(words) // BLOCK)) + 1
    yield from (part for part in np.split(edited, ends) if part.size)


def _enough(stream: Stream, hits: IntArray, excluded: npt.NDArray[np.uint8], search: Search) -> BoolArray:
    n = search.ngram
    text_a, text_b = stream.texts[hits[:, 0]].astype(np.int64), stream.texts[hits[:, 2]].astype(np.int64)
    used = np.unique(np.concatenate([text_a, text_b]))
    everywhere = _Grams(stream.keys, stream.firsts[used], stream.lasts[used], used, n)
    number = np.arange(len(hits))
    inside = _Grams(stream.keys, hits[:, 2], hits[:, 3], number, n)
    places, owner = _expanded(hits[:, 0], hits[:, 1])
    whole = np.flatnonzero(places + n <= hits[owner, 1])
    grams = _hashed(stream.keys, places[whole], n)
    shared = inside.count(grams, owner[whole]) > 0
    at, grams = whole[shared], grams[shared]
    least = np.minimum(everywhere.count(grams, text_a[owner[at]]), everywhere.count(grams, text_b[owner[at]]))
    if not (least > 1).any():
        return np.ones(len(hits), dtype=bool)
    weight = np.zeros(places.size)
    weight[at] = 1.0 / least
    best = weight.copy()
    for k in range(1, n):
        best[k:] = np.maximum(best[k:], weight[:-k])
    lost = np.where((best > 0) & (excluded[places] == 0), 1.0 - best, 0.0)
    content = hits[:, 5] - np.bincount(owner, lost, minlength=len(hits))
    kept: BoolArray = (content > search.min_words - 1e-9) | _has_run(
        at, owner[at], search.min_words - n + 1, len(hits)
    )
    return kept


class _Grams:
    """How often every n-gram occurs in each of some spans."""

    def __init__(self, keys: HashArray, starts: IntArray, ends: IntArray, names: IntArray, n: int) -> None:
        places, owner = _expanded(starts, np.maximum(ends - n + 1, starts))
        self._codes, self._counts = np.unique(
            _named(_hashed(keys, places, n), names[owner]), return_counts=True
        )

    def count(self, grams: HashArray, names: IntArray) -> IntArray:
        """Return how often each n-gram occurs in the span of the same name."""
        if not self._codes.size:
            return np.zeros(grams.size, dtype=np.int64)
        codes = _named(grams, names)
        at = np.minimum(np.searchsorted(self._codes, codes), self._codes.size - 1)
        return np.where(self._codes[at] == codes, self._counts[at], 0)


def _named(grams: HashArray, names: IntArray) -> HashArray:
    """Return n-grams as they are in one span and in no other."""
    codes = (grams ^ (names.astype(np.uint64) * GOLDEN)) * MIX
    return codes ^ (codes >> np.uint64(32))


def _hashed(keys: HashArray, places: IntArray, n: int) -> HashArray:
    """Return the hash of the n-gram at each place."""
    return hash_columns((keys[places + k] for k in range(n)), places.size)


def _expanded(starts: IntArray, ends: IntArray) -> tuple[IntArray, IntArray]:
    """Return all places of spans, one span after another, and the number of the span of each."""
    sizes = ends - starts
    owner = np.repeat(np.arange(sizes.size), sizes)
    return np.arange(owner.size) - np.repeat(np.cumsum(sizes) - sizes - starts, sizes), owner


def _has_run(at: IntArray, owner: IntArray, wanted: int, count: int) -> BoolArray:
    """Find which spans have so many places of theirs in a row among some."""
    found = np.zeros(count, dtype=bool)
    if at.size:
        new = np.concatenate([[True], (np.diff(at) != 1) | (np.diff(owner) != 0)])
        first = np.flatnonzero(new)
        sizes = np.diff(np.concatenate([first, [at.size]]))
        found[owner[first[sizes >= wanted]]] = True
    return found

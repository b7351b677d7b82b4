"""From the words of all texts to the passages that they share, in partitions, on any engine.

First every part of the shingles, by hash, tells which places count; then every part finds the verbatim runs
around its places and sends each to the bucket of its first text; then every bucket sorts its runs by pair of
texts and aligns them. What a part is given depends on the words and the settings alone.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sourcebook.reuse import kernels
from sourcebook.reuse.alignment import align_pairs, compiled_align_pairs
from sourcebook.reuse.boilerplate import holds_run, more_than_formulas
from sourcebook.reuse.engine import Engine
from sourcebook.reuse.seeds import Postings, Search, find_postings, find_runs
from sourcebook.reuse.stream import Stream, stream_from

__all__ = ["find_hits", "share_stream", "stream_of"]

IntArray = npt.NDArray[np.int64]

COST = 96  # bytes of work for each word of a part
MOST_PARTS = 1024  # one of them takes less than a byte for each word of the collection
MANY = 200_000  # words from which on compiling pays
MANY_RUNS = 3_000  # of one bucket, likewise


def find_hits(
    keys: npt.NDArray[np.uint64],
    excluded: npt.NDArray[np.uint8],
    rank: IntArray,
    search: Search,
    min_similarity: float,
    engine: Engine,
    pairs: IntArray | None = None,
) -> IntArray:
    """Return the passages that any two texts share.

    Parameters
    ----------
    keys : uint64 array
        Those of a stream.
    excluded : uint8 array
        1 for each word of the stream that does not count as content.
    rank : int64 array
        For each text its place in an order that does not depend on how the texts were given.
    search : Search
        The settings.
    min_similarity : float
        A passage of several runs below it is split.
    engine : Engine
        Where the work runs.
    pairs : int64 array, shape (n, 2), optional
        Numbers of the texts to compare, the lower first; all by default.

    Returns
    -------
    int64 array, shape (n, 6)
        First place and the one after the last in both texts, that of lower rank first; words in common;
        and those that count as content: at least ``search.min_words``. In no order that means anything.
    """
    fast = kernels.can_compile() and keys.size >= MANY
    parts = engine.cut(COST * keys.size, MOST_PARTS)
    shared = share_stream(engine, stream_from(keys, search.guard))
    stages = [(shared, part, parts, search, fast) for part in range(parts)]
    found = engine.map(_places, stages, label="shared shingles")
    postings = [Postings(places=places, ends=ends) for places, ends in found]
    active = np.zeros(keys.size, dtype=bool)
    for each in postings:
        active[each.places] = True
    sent = engine.share(active)
    stages_runs = [(shared, each, sent, search, fast, parts) for each in postings]
    buckets = engine.shuffle(_sorted_out, stages_runs, parts, label="verbatim runs")
    del postings, active
    marks = engine.share(excluded)
    settings = rank, search, min_similarity, fast, pairs
    waiting = [(shared, bucket, marks, *settings) for bucket in buckets]
    hits = list(engine.map(_aligned, waiting, label="passages"))
    return np.concatenate(hits)


def share_stream(engine: Engine, stream: Stream) -> Any:
    """Return what stands for a stream in the parts of an engine: `stream_of` gives it to them."""
    shared = engine.share(stream.keys)
    return stream if shared is stream.keys else shared


def stream_of(shared: Any, search: Search) -> Stream:
    """Return the stream that a task was given, or the one of the keys that it was given."""
    return shared if isinstance(shared, Stream) else stream_from(shared, search.guard)


def _places(shared: Any, part: int, parts: int, search: Search, fast: bool) -> tuple[IntArray, IntArray]:
    found = find_postings(stream_of(shared, search), part, parts, search, fast)
    return found.places, found.ends


def _sorted_out(
    shared: Any, part: Postings, active: Any, search: Search, fast: bool, buckets: int
) -> list[IntArray]:
    """Find the runs of a part and cut them by the first of their two texts."""
    stream = stream_of(shared, search)
    runs = find_runs(stream, part, active, search, fast)
    bucket = stream.texts[runs[:, 0]] % buckets
    return [runs[bucket == number] for number in range(buckets)]


def _aligned(
    shared: Any,
    runs: IntArray,
    excluded: Any,
    rank: IntArray,
    search: Search,
    min_similarity: float,
    fast: bool,
    pairs: IntArray | None,
) -> IntArray:
    """Return the hits of a bucket of runs."""
    stream = stream_of(shared, search)
    if pairs is not None:
        codes = stream.texts[runs[:, :2]].astype(np.int64) @ np.array([stream.firsts.size, 1])
        runs = runs[np.isin(codes, pairs @ np.array([stream.firsts.size, 1]))]
    if not runs.size:
        return np.zeros((0, 6), dtype=np.int64)
    runs = runs.copy()
    swap = rank[stream.texts[runs[:, 0]]] > rank[stream.texts[runs[:, 1]]]
    runs[swap, :2] = runs[swap, 1::-1]
    one, other = stream.texts[runs[:, 0]], stream.texts[runs[:, 1]]
    order = np.lexsort((runs[:, 1], runs[:, 0], other, one))
    runs, one, other = runs[order], one[order], other[order]
    new = np.concatenate([[True], (runs[1:, 0] != runs[:-1, 0]) | (runs[1:, 1] != runs[:-1, 1])])
    runs, one, other = runs[new], one[new], other[new]
    first = np.flatnonzero(np.concatenate([[True], (one[1:] != one[:-1]) | (other[1:] != other[:-1])]))
    sizes = np.diff(np.concatenate([first, [one.size]]))
    alone = (sizes == 1) & (runs[first, 3] == 0)
    rest = np.ascontiguousarray(runs[np.repeat(~alone, sizes), :3])
    bounds = np.concatenate([[0], np.cumsum(sizes[~alone])]).astype(np.int64)
    fast = fast or (kernels.can_compile() and len(rest) >= MANY_RUNS)
    align: Any = compiled_align_pairs() if fast else align_pairs
    found, pair = align(stream.keys, excluded, rest, bounds, search.max_gap, min_similarity)
    long = found[:, 5] >= search.min_words
    found, pair = found[long], pair[long]
    known = holds_run(found, pair, rest, bounds, search.min_words)
    found = found[more_than_formulas(stream, found, known, excluded, search)]
    whole = _verbatim(runs[first[alone]], excluded)
    return np.concatenate([whole[whole[:, 5] >= search.min_words], found])


def _verbatim(runs: IntArray, excluded: npt.NDArray[np.uint8]) -> IntArray:
    """Return hits that are one run each, with nothing that agrees before or after it."""
    a, b, length = runs[:, 0], runs[:, 1], runs[:, 2]
    content = length.copy()
    marked = np.flatnonzero(excluded)
    touched = np.zeros(length.size, dtype=bool)
    for start in (a, b) if marked.size else ():
        touched |= np.searchsorted(marked, start + length) > np.searchsorted(marked, start)
    for number in np.flatnonzero(touched):
        x, y, size = a[number], b[number], length[number]
        content[number] -= np.count_nonzero(excluded[x : x + size] | excluded[y : y + size])
    return np.stack([a, a + length, b, b + length, length, content], axis=1)

"""Edited passages: those that seeds in any order lead to, one for each stretch, put together with verbatim ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sourcebook.reuse.alignment import LONG, align_span
from sourcebook.reuse.engine import Engine
from sourcebook.reuse.evidence import Span, Words, widen
from sourcebook.reuse.joining import drop_echoes, join_known, join_near
from sourcebook.reuse.loose_seeds import cluster_seeds, find_seeds
from sourcebook.reuse.matching import share_stream, stream_of
from sourcebook.reuse.seeds import Search, hash_columns
from sourcebook.reuse.stem_stream import Stems, count_common, usual_stems

__all__ = ["find_edited_hits"]

IntArray = npt.NDArray[np.int64]

COST = 128  # bytes of work for each word of a part
MOST_PARTS = 1024
GAP = 40  # words between two seeds of a passage
LEAST = 3  # seeds of a passage
ANCHOR = 6  # words at which a long passage may be cut
EVIDENCE = 40.0  # that a passage must have, in natural logarithms


def find_edited_hits(
    keys: npt.NDArray[np.uint64],
    stems: Stems,
    excluded: npt.NDArray[np.uint8],
    rank: IntArray,
    known: IntArray,
    search: Search,
    min_similarity: float,
    engine: Engine,
    pairs: IntArray | None = None,
) -> IntArray:
    """Return the passages that any two texts share, edited ones joined with known ones.

    Parameters
    ----------
    keys : uint64 array
        Those of a stream.
    stems : Stems
        Their stems.
    excluded : uint8 array
        1 for each word of the stream that does not count as content.
    rank : int64 array
        For each text its place in an order that does not depend on how the texts were given.
    known : int64 array, shape (n, 6)
        Passages found word by word.
    search : Search
        The settings.
    min_similarity : float
        From which on the words of a passage count in their order.
    engine : Engine
        Where the work runs.
    pairs : int64 array, shape (m, 2), optional
        Numbers of the texts to compare, the lower first; all by default.

    Returns
    -------
    int64 array, shape (k, 7)
        As :func:`sourcebook.reuse.matching.find_hits`; the last column is 1 where words count in any order.
    """
    parts = engine.cut(COST * keys.size, MOST_PARTS)
    stream = stream_of(keys, search)
    shared = share_stream(engine, stream)
    codes, marks = engine.share(stems.codes), engine.share(excluded)
    handles = shared, codes, marks, stems.counts, stems.hashes
    stages = [(*handles, part, parts, search, pairs) for part in range(parts)]
    buckets = engine.shuffle(_seeds, stages, parts, label="seeds")
    owner = np.minimum(stream.texts[known[:, 0]], stream.texts[known[:, 2]]) % parts
    waiting = [
        (*handles, bucket, known[owner == number], rank, search, min_similarity)
        for number, bucket in enumerate(buckets)
    ]
    return np.concatenate(list(engine.map(_passages, waiting, label="edited passages")))


def _seeds(
    shared: Any, codes: Any, marks: Any, counts: IntArray, hashes: Any, part: int, parts: int, search: Search,
    pairs: IntArray | None,
) -> list[IntArray]:  # fmt: skip
    """Find the seeds of a part and cut them by the first of their two texts."""
    stream, stems = stream_of(shared, search), Stems(codes=codes, counts=counts, hashes=hashes)
    passed = usual_stems(counts)[codes] | (codes == 0) | (marks == 1)
    seeds = find_seeds(stream, stems, passed, part, parts, search, pairs)
    bucket = stream.texts[seeds[:, 0]] % parts
    return [seeds[bucket == number] for number in range(parts)]


def _passages(
    shared: Any, codes: Any, marks: Any, counts: IntArray, hashes: Any, seeds: IntArray, known: IntArray,
    rank: IntArray, search: Search, min_similarity: float,
) -> IntArray:  # fmt: skip
    """Return the passages of a bucket of seeds and of passages known."""
    stream, stems = stream_of(shared, search), Stems(codes=codes, counts=counts, hashes=hashes)
    words = Words(stream, stems, marks)
    seeds = seeds.copy()
    swap = rank[stream.texts[seeds[:, 0]]] > rank[stream.texts[seeds[:, 1]]]
    seeds[swap] = seeds[swap, ::-1]
    size = stream.firsts.size
    spans: dict[int, list[Span]] = {int(code): [] for code in _pairs(words, known[:, [0, 2]], size)}
    known_of: dict[int, list[int]] = {}
    for number, code in enumerate(_pairs(words, known[:, [0, 2]], size).tolist()):
        known_of.setdefault(code, []).append(number)
    for cluster in _clusters(seeds, _pairs(words, seeds, size)):
        span = widen(words, cluster)
        if span is not None:
            code = int(_pairs(words, cluster[:1], size)[0])
            spans.setdefault(code, []).append(span)
    out = [np.zeros((0, 7), dtype=np.int64)]
    for code in sorted(spans):
        own = known[known_of.get(code, [])]
        found = [each for each in drop_echoes(join_near(spans[code])) if each.evidence >= EVIDENCE]
        places = np.array([each.places for each in found], dtype=np.int64).reshape(-1, 4)
        out.append(_hits(words, own, places, search, min_similarity))
    return np.concatenate(out)


def _pairs(words: Words, places: IntArray, size: int) -> IntArray:
    """Return a number for the pair of texts of each pair of places."""
    number: IntArray = words.stream.texts[places].astype(np.int64) @ np.array([size, 1])
    return number


def _clusters(seeds: IntArray, pair: IntArray) -> list[IntArray]:
    """Return the clusters of enough seeds."""
    if not seeds.size:
        return []
    cluster = cluster_seeds(np.unique(pair, return_inverse=True)[1], seeds, GAP)
    sizes = np.bincount(cluster)
    keep = sizes[cluster] >= LEAST
    seeds, cluster = seeds[keep], cluster[keep]
    order = np.lexsort((seeds[:, 1], seeds[:, 0], cluster))
    seeds, cluster = seeds[order], cluster[order]
    return np.split(seeds, np.flatnonzero(np.diff(cluster)) + 1) if seeds.size else []


def _hits(words: Words, known: IntArray, places: IntArray, search: Search, min_similarity: float) -> IntArray:
    """Return known and edited passages of one pair of texts, joined where they overlap."""
    rows = []
    for *span, number in join_known(known[:, :4], places):
        if number >= 0:
            rows.append([*known[number].tolist(), 0])
            continue
        row = _aligned(words, np.array(span), min_similarity)
        if row[5] >= search.min_words:
            rows.append(row)
    return np.array(rows, dtype=np.int64).reshape(-1, 7)


def _aligned(words: Words, span: IntArray, min_similarity: float) -> list[int]:
    """Return a passage with its words in common: in their order or, where few are, in any order."""
    keys, excluded = words.stream.keys, words.excluded
    hit = align_span(keys, excluded, span, _anchors(keys, span))
    if hit[4] and 2 * hit[4] >= min_similarity * (hit[1] - hit[0] + hit[3] - hit[2]):
        return [*hit.tolist(), 0]
    sides = [slice(*span[:2]), slice(*span[2:])]
    every = [words.codes[side] for side in sides]
    content = [words.codes[side][excluded[side] == 0] for side in sides]
    return [*span.tolist(), count_common(*every), count_common(*content), 1]


def _anchors(keys: npt.NDArray[np.uint64], span: IntArray) -> IntArray:
    """Return where a long passage may be cut: shingles that each side has once, as runs."""
    if max(span[1] - span[0], span[3] - span[2]) <= 2 * LONG:
        return np.zeros((0, 3), dtype=np.int64)
    once = []
    for low, high in (span[:2], span[2:]):
        size = max(int(high - low) - ANCHOR + 1, 0)
        hashes = hash_columns((keys[low + k : low + k + size] for k in range(ANCHOR)), size)
        distinct, at, count = np.unique(hashes, return_index=True, return_counts=True)
        once.append((distinct[count == 1], low + at[count == 1]))
    _, at_a, at_b = np.intersect1d(once[0][0], once[1][0], assume_unique=True, return_indices=True)
    places = np.stack([once[0][1][at_a], once[1][1][at_b], np.full(at_a.size, ANCHOR)], axis=1)
    return places[np.argsort(places[:, 0], kind="stable")]

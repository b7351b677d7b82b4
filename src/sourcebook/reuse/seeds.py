"""Candidate places of reuse: an inverted index of hashed shingles, and the verbatim runs that it shows.

The hash of a word depends on the word alone, and that of a shingle on its words alone, so that an index
built in parts, or on several machines, is the same index.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from sourcebook.reuse.words import Words

__all__ = ["Run", "runs_by_pair"]

IntArray = npt.NDArray[np.int64]
HashArray = npt.NDArray[np.uint64]
Run = tuple[int, int, int]  # first word in the one text, first word in the other, length in words

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX = np.uint64(0xBF58476D1CE4E5B9)


def runs_by_pair(
    texts: Sequence[Words], *, ngram: int, max_document_frequency: int, max_repeats: int
) -> Iterator[tuple[int, int, list[Run]]]:
    """Yield, for each pair of texts with a shingle in common, the longest verbatim runs around them.

    Parameters
    ----------
    texts : sequence of Words
        The texts.
    ngram : int
        Words in a shingle.
    max_document_frequency : int
        A shingle in more texts than this is not looked at.
    max_repeats : int
        Of a shingle that one text repeats, only the first so many places are looked at.

    Yields
    ------
    tuple of int, int, list of Run
        Positions of the two texts, the lower first, and their runs sorted by place.
    """
    text, place, hashes = _index(texts, ngram, max_repeats)
    seeds = _seeds(text, place, hashes, max_document_frequency)
    if not seeds.size:
        return
    one, other, a, b = seeds
    order = np.lexsort((a, a - b, other, one))
    one, other, a, b = one[order], other[order], a[order], b[order]
    same_pair = (one[1:] == one[:-1]) & (other[1:] == other[:-1])
    continues = same_pair & (a[1:] - b[1:] == a[:-1] - b[:-1]) & (a[1:] == a[:-1] + 1)
    starts = np.flatnonzero(np.r_[True, ~continues])
    lengths = np.diff(np.r_[starts, a.size]) + ngram - 1
    pair_starts = np.flatnonzero(np.r_[True, ~same_pair[starts[1:] - 1]])
    for first, last in zip(pair_starts, np.r_[pair_starts[1:], starts.size], strict=True):
        i, j = int(one[starts[first]]), int(other[starts[first]])
        part = slice(first, last)
        found = zip(a[starts[part]].tolist(), b[starts[part]].tolist(), lengths[part].tolist(), strict=True)
        runs = {_widen(texts[i].keys, texts[j].keys, run, ngram) for run in found}
        yield i, j, sorted(run for run in runs if run[2])


def _widen(a: tuple[str, ...], b: tuple[str, ...], run: Run, ngram: int) -> Run:
    """Compare the words themselves and widen the run as far as they are equal; (0, 0, 0) if they differ."""
    start, other, length = run
    if a[start : start + length] != b[other : other + length]:
        return _agreeing_part(a, b, run, ngram)
    while start and other and a[start - 1] == b[other - 1]:
        start, other, length = start - 1, other - 1, length + 1
    while start + length < len(a) and other + length < len(b) and a[start + length] == b[other + length]:
        length += 1
    return start, other, length


def _agreeing_part(a: tuple[str, ...], b: tuple[str, ...], run: Run, ngram: int) -> Run:
    """Return the longest equal part of a run that a hash collision made too long."""
    best = (0, 0, 0)
    start = 0
    for k in range(run[2] + 1):
        if k == run[2] or a[run[0] + k] != b[run[1] + k]:
            best = max(best, (k - start, -start, start))
            start = k + 1
    return (run[0] + best[2], run[1] + best[2], best[0]) if best[0] >= ngram else (0, 0, 0)


def _index(texts: Sequence[Words], ngram: int, max_repeats: int) -> tuple[IntArray, IntArray, HashArray]:
    """Return text, place and hash of every shingle, sorted by hash, text and place."""
    known: dict[str, int] = {}
    parts = []
    for number, words in enumerate(texts):
        count = len(words.keys) - ngram + 1
        if count < 1:
            continue
        for key in words.keys:
            if key not in known:
                known[key] = int.from_bytes(
                    blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
                )
        codes = np.array([known[key] for key in words.keys], dtype=np.uint64)
        shingle = np.zeros(count, dtype=np.uint64)
        for k in range(ngram):
            shingle = (shingle ^ codes[k : k + count]) * MIX + GOLDEN
            shingle ^= shingle >> np.uint64(31)
        parts.append((np.full(count, number), np.arange(count), shingle))
    if not parts:
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty, empty.astype(np.uint64)
    text, place, hashes = (np.concatenate([part[k] for part in parts]) for k in range(3))
    order = np.lexsort((place, text, hashes))
    text, place, hashes = text[order], place[order], hashes[order]
    first = np.r_[True, (hashes[1:] != hashes[:-1]) | (text[1:] != text[:-1])]
    start = np.maximum.accumulate(np.where(first, np.arange(first.size), 0))
    keep = np.arange(first.size) - start < max_repeats
    return text[keep], place[keep], hashes[keep]


def _seeds(text: IntArray, place: IntArray, hashes: HashArray, max_document_frequency: int) -> IntArray:
    """Return the pairs of places with equal shingles in two texts, shape (4, n): texts, then places."""
    if not hashes.size:
        return np.zeros((4, 0), dtype=np.int64)
    group = np.cumsum(np.r_[False, hashes[1:] != hashes[:-1]])
    new_text = np.r_[True, (group[1:] != group[:-1]) | (text[1:] != text[:-1])]
    frequency = np.bincount(group[new_text])
    keep = (frequency >= 2)[group] & (frequency <= max_document_frequency)[group]
    text, place, group = text[keep], place[keep], group[keep]
    left = np.arange(group.size)
    found = []
    shift = 0
    while left.size:
        shift += 1
        left = left[left + shift < group.size]
        left = left[group[left] == group[left + shift]]
        pairs = left[text[left] != text[left + shift]]
        right = pairs + shift
        found.append(np.stack([text[pairs], text[right], place[pairs], place[right]]))
    return np.concatenate(found, axis=1) if found else np.zeros((4, 0), dtype=np.int64)

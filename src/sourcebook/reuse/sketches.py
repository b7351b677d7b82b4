"""Sketches: of each text the ``size`` smallest of its hashed shingles, which represent all of them.

Of the ``size`` smallest shingles of two texts together, a share near their Jaccard similarity is in both
sketches. So near-duplicates have many entries of their sketches in common, whatever their lengths.

References
----------
Broder, A. Z. (1997). On the resemblance and containment of documents. Proceedings of Compression and Complexity
of Sequences 1997, 21-29.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, comb

import numpy as np
import numpy.typing as npt

from sourcebook.reuse.constants import ENTRY_BITS
from sourcebook.reuse.hashing import encoded, hash_shingles, hash_words

__all__ = ["sketch_size", "sketches"]

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

LOW = np.uint64(64 - ENTRY_BITS)
MISSED = 1e-3


def sketch_size(threshold: float) -> tuple[int, int]:
    """Return how many entries a sketch has, and how many of them a pair of texts must share.

    Eighteen shared entries are expected of a pair at the threshold. The second number is the largest one that such
    a pair misses with a chance of at most one in a thousand; pairs above the threshold miss it more rarely.

    Examples
    --------
    >>> sketch_size(0.5), sketch_size(0.9), sketch_size(0.1)
    ((36, 9), (20, 13), (180, 7))
    """
    size = max(16, ceil(18 / threshold))
    chance, shared = 0.0, 0
    while shared < size:
        chance += comb(size, shared) * threshold**shared * (1 - threshold) ** (size - shared)
        if chance > MISSED:
            break
        shared += 1
    return size, max(1, shared)


def sketches(
    texts: Sequence[str], *, ngram: int, size: int, compiled: bool = False
) -> tuple[Hashes, Places, Hashes, Places]:
    """Return the sketches of texts, and what identifies equal texts.

    Parameters
    ----------
    texts : sequence of str
        The texts; at most 2**24.
    ngram : int
        Words in a shingle.
    size : int
        Entries of a sketch; a text with fewer different shingles has all of them.
    compiled : bool
        Whether numba does it; the result is the same.

    Returns
    -------
    entries : numpy.ndarray of uint64
        The entries, text after text, each text's ascending and without repetition.
    counts : numpy.ndarray of int64, shape (texts,)
        How many entries each text has.
    sums : numpy.ndarray of uint64, shape (texts,)
        The sum of all shingles of each text, repeated ones included, modulo 2**64.
    lengths : numpy.ndarray of int64, shape (texts,)
        The number of these shingles.
    """
    if compiled:
        from sourcebook.reuse import _compiled

        parts = [_compiled.sketch(data, bounds, ngram, size) for data, bounds in encoded(texts)]
        entries, counts, sums, lengths = (np.concatenate(each) for each in zip(*parts, strict=True))
        return entries, counts, sums, lengths
    shingles = hash_shingles(hash_words(texts), ngram)
    lengths = np.diff(shingles.first)
    sums = np.zeros(lengths.size, dtype=np.uint64)
    if shingles.hashes.size:
        some = lengths > 0
        sums[some] = np.add.reduceat(shingles.hashes, shingles.first[:-1][some])
    entries, counts = smallest(shingles.hashes, lengths, size)
    return entries, counts, sums, lengths


def smallest(hashes: Hashes, lengths: Places, size: int) -> tuple[Hashes, Places]:
    """Return the smallest different entries of each text, ascending, and how many each text has."""
    # Most texts have enough entries among the hashes below a bound that lets twice as many pass.
    share = np.minimum(2 * size / np.maximum(lengths, 1), 1.0)
    bound = np.where(share < 1, (share * 2.0**63).astype(np.uint64) * np.uint64(2), np.uint64(2**64 - 1))
    keep = hashes <= np.repeat(bound, lengths)
    entries, counts = _distinct(hashes[keep], np.repeat(np.arange(lengths.size), lengths)[keep], lengths.size)
    entries, counts = _head(entries, counts, size)
    poor = (counts < size) & (share < 1)
    if not poor.any():
        return entries, counts
    of_poor = np.repeat(poor, lengths)
    numbers = np.repeat(np.flatnonzero(poor), lengths[poor])
    more, more_counts = _head(*_distinct(hashes[of_poor], numbers, lengths.size), size)
    place = np.concatenate(
        [
            np.repeat(np.arange(poor.size), np.where(poor, 0, counts)),
            np.repeat(np.arange(poor.size), more_counts),
        ]
    )
    joined = np.concatenate([entries[~np.repeat(poor, counts)], more])
    return joined[np.argsort(place, kind="stable")], np.where(poor, more_counts, counts)


def _distinct(hashes: Hashes, text: Places, texts: int) -> tuple[Hashes, Places]:
    """Return the different entries of each text, ascending, and their number."""
    keys = np.sort((text.astype(np.uint64) << np.uint64(ENTRY_BITS)) | (hashes >> LOW))
    keys = keys[np.concatenate([np.ones(min(1, keys.size), dtype=np.bool_), keys[1:] != keys[:-1]])]
    counts = np.bincount((keys >> np.uint64(ENTRY_BITS)).astype(np.int64), minlength=texts)
    return keys & np.uint64((1 << ENTRY_BITS) - 1), counts


def _head(entries: Hashes, counts: Places, size: int) -> tuple[Hashes, Places]:
    """Keep the first entries of each text."""
    starts = np.cumsum(counts) - counts
    rank = np.arange(entries.size) - np.repeat(starts, counts)
    return entries[rank < size], np.minimum(counts, size)

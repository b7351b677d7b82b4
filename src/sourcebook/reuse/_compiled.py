"""Kernels compiled by numba (the extra ``fast``): the same results as those in numpy, in less time.

Compiled code is kept beside this file or in the user's cache, so that only the first use compiles.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from sourcebook.reuse.kernels import ENTRY_BITS, MIX, ROLL, SEED, SHORT, TABLE, WORD

__all__ = ["read_words", "sketch"]

Bytes = npt.NDArray[np.uint8]
Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

U_SEED, U_WORD = np.uint64(SEED), np.uint64(WORD)
U_ROLL, U_MIX, U_SHORT = np.uint64(ROLL), np.uint64(MIX), np.uint64(SHORT)
U_LOW = np.uint64(64 - ENTRY_BITS)
HALF = np.uint64(32)
ONES, HIGHS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)


def read_words(data: bytes) -> tuple[Hashes, Places, Places]:
    """Return hash, start and end of every word in bytes, as `sourcebook.reuse.kernels.read_words` does.

    Parameters
    ----------
    data : bytes
        UTF-8. Bytes beyond ASCII are parts of words.

    Returns
    -------
    tuple of numpy.ndarray
        Hashes (uint64), starts and half-open ends (int64, in bytes).
    """
    buffer = np.frombuffer(data.translate(TABLE) + bytes(16), dtype=np.uint8)
    room = len(data) // 2 + 1
    hashes = np.empty(room, dtype=np.uint64)
    starts, ends = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int64)
    count = _read(buffer, hashes, starts, ends)
    return hashes[:count], starts[:count], ends[:count]


@njit(cache=True, nogil=True)
def _word(data: Bytes, place: int) -> tuple[np.uint64, int]:
    """Return the hash of the word that begins at a place, and where it ends."""
    value = U_SEED
    full = np.uint64(8)
    while full == np.uint64(8):
        block = np.uint64(0)
        for k in range(8):
            block |= np.uint64(data[place + k]) << np.uint64(8 * k)
        if block & np.uint64(0xFF) == np.uint64(0):
            break
        # The lowest high bit stands in the first byte that is zero; below it are the bytes of the word.
        zeros = (block - ONES) & ~block & HIGHS
        mask = ((zeros & (~zeros + np.uint64(1))) >> np.uint64(7)) - np.uint64(1)
        full = ((mask & ONES) * ONES) >> np.uint64(56)
        value = (value ^ (block & mask)) * U_WORD
        value ^= value >> HALF
        place += int(full)
    return value, place


@njit(cache=True, nogil=True)
def _read(data: Bytes, hashes: Hashes, starts: Places, ends: Places) -> int:
    """Write the words of ``data``, which ends in 16 zeros; return how many there are."""
    count = 0
    size = data.size - 16
    place = 0
    while place < size:
        if data[place] == 0:
            place += 1
            continue
        starts[count] = place
        hashes[count], place = _word(data, place)
        ends[count] = place
        count += 1
    return count


def sketch(data: bytes, bounds: Places, ngram: int, size: int) -> tuple[Hashes, Places, Hashes, Places]:
    """Return sketches, counts, sums and lengths, as `sourcebook.reuse.sketches.sketches` does.

    Parameters
    ----------
    data : bytes
        Several texts in UTF-8, each with one byte behind it that is no part of a word.
    bounds : numpy.ndarray of int64
        Where each text begins, with the end behind the last.
    ngram, size : int
        Words in a shingle, entries in a sketch.

    Returns
    -------
    tuple of numpy.ndarray
        Entries (uint64), and for each text their count, the sum of its shingles, and their number.
    """
    texts = bounds.size - 1
    buffer = np.frombuffer(data.translate(TABLE) + bytes(16), dtype=np.uint8)
    words = np.empty(int(np.diff(bounds).max(initial=0)) // 2 + 1, dtype=np.uint64)
    entries = np.empty((texts + 1) * size, dtype=np.uint64)
    counts, lengths = np.empty(texts, dtype=np.int64), np.empty(texts, dtype=np.int64)
    sums = np.empty(texts, dtype=np.uint64)
    base = _sketch(buffer, bounds, words, ngram, size, entries, counts, sums, lengths)
    return entries[:base], counts, sums, lengths


@njit(cache=True, nogil=True)
def _sketch(
    data: Bytes,
    bounds: Places,
    words: Hashes,
    ngram: int,
    size: int,
    entries: Hashes,
    counts: Places,
    sums: Hashes,
    lengths: Places,
) -> int:
    """Write the sketch of each text behind that of the last; return how many entries there are."""
    base = 0
    for text in range(bounds.size - 1):
        place = bounds[text]
        stop = min(bounds[text + 1], data.size - 16)
        held = 0
        while place < stop:
            if data[place] == 0:
                place += 1
                continue
            words[held], place = _word(data, place)
            held += 1
        lengths[text] = max(held - ngram + 1, min(held, 1))
        counts[text], sums[text] = _smallest(words[:held], ngram, entries[base : base + size])
        base += counts[text]
    return base


@njit(cache=True, nogil=True)
def _smallest(words: Hashes, ngram: int, entries: Hashes) -> tuple[int, np.uint64]:
    """Write the smallest different entries of one text, ascending; return how many, and the sum of all."""
    size = entries.size
    span = min(ngram, words.size)
    total = np.uint64(0)
    held = 0
    for place in range(words.size - span + 1 if words.size else 0):
        value = np.uint64(span) * U_SHORT if span < ngram else np.uint64(0)
        for k in range(span):
            value = value * U_ROLL + words[place + k]
        value ^= value >> HALF
        value *= U_MIX
        value ^= value >> HALF
        total += value
        entry = value >> U_LOW
        if held == size and entry >= entries[size - 1]:
            continue
        at = held
        while at > 0 and entries[at - 1] > entry:
            at -= 1
        if at > 0 and entries[at - 1] == entry:
            continue
        held = min(held + 1, size)
        for k in range(held - 1, at, -1):
            entries[k] = entries[k - 1]
        entries[at] = entry
    return held, total

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
        hashes[count] = value
        ends[count] = place
        count += 1
    return count


def sketch(words: Hashes, first_word: Places, ngram: int, size: int) -> tuple[Hashes, Places, Hashes, Places]:
    """Return sketches, counts, sums and lengths, as `sourcebook.reuse.sketches.sketches` does from words.

    Parameters
    ----------
    words : numpy.ndarray of uint64
        Word hashes of several texts, one text after another.
    first_word : numpy.ndarray of int64
        Where the words of each text begin, with the end behind the last.
    ngram, size : int
        Words in a shingle, entries in a sketch.

    Returns
    -------
    tuple of numpy.ndarray
        Entries (uint64), and for each text their count, the sum of its shingles, and their number.
    """
    texts = first_word.size - 1
    entries = np.empty(texts * size, dtype=np.uint64)
    counts, lengths = np.empty(texts, dtype=np.int64), np.empty(texts, dtype=np.int64)
    sums = np.empty(texts, dtype=np.uint64)
    total = _sketch(words, first_word, ngram, size, entries, counts, sums, lengths)
    return entries[:total], counts, sums, lengths


@njit(cache=True, nogil=True)
def _sketch(
    words: Hashes,
    first_word: Places,
    ngram: int,
    size: int,
    entries: Hashes,
    counts: Places,
    sums: Hashes,
    lengths: Places,
) -> int:
    """Write the sketch of each text behind that of the last; return how many entries there are."""
    base = 0
    for text in range(first_word.size - 1):
        low, high = first_word[text], first_word[text + 1]
        span = min(ngram, high - low)
        length = high - low - span + 1 if high > low else 0
        total = np.uint64(0)
        held = 0
        for place in range(low, low + length):
            value = np.uint64(span) * U_SHORT if span < ngram else np.uint64(0)
            for k in range(span):
                value = value * U_ROLL + words[place + k]
            value ^= value >> HALF
            value *= U_MIX
            value ^= value >> HALF
            total += value
            entry = value >> U_LOW
            if held == size and entry >= entries[base + size - 1]:
                continue
            at = base + held
            while at > base and entries[at - 1] > entry:
                at -= 1
            if at > base and entries[at - 1] == entry:
                continue
            if held < size:
                held += 1
            for k in range(base + held - 1, at, -1):
                entries[k] = entries[k - 1]
            entries[at] = entry
        sums[text] = total
        lengths[text] = length
        counts[text] = held
        base += held
    return base

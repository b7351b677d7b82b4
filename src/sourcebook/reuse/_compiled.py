"""Kernels compiled by numba (the extra ``fast``): the same results as those in numpy, in less time.

Compiled code is kept next to this file or in the user's cache, so that only the first use compiles.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from numba import njit

from sourcebook.reuse.constants import ENTRY_BITS, MIX, ROLL, SEED, SHORT, TABLE, WORD

__all__ = ["common_shingles", "read_words", "sketch"]

Bytes = npt.NDArray[np.uint8]
Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

U_SEED, U_WORD = np.uint64(SEED), np.uint64(WORD)
U_ROLL, U_MIX, U_SHORT = np.uint64(ROLL), np.uint64(MIX), np.uint64(SHORT)
U_LOW = np.uint64(64 - ENTRY_BITS)
HALF = np.uint64(32)
RANGE = np.uint64(1 << ENTRY_BITS)
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
    buffer, blocks = _read_as(data)
    room = len(data) // 2 + 1
    hashes = np.empty(room, dtype=np.uint64)
    starts, ends = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int64)
    count = _read(buffer, blocks, hashes, starts, ends)
    return hashes[:count], starts[:count], ends[:count]


def _read_as(data: bytes) -> tuple[Bytes, Hashes]:
    """Return folded bytes with 16 zeros behind them, and the eight bytes from each place on as one number."""
    buffer = np.frombuffer(data.translate(TABLE) + bytes(16), dtype=np.uint8)
    return buffer, np.ndarray((len(data) + 8,), dtype=np.uint64, buffer=buffer.data, strides=(1,))


@njit(cache=True, nogil=True)
def _word(blocks: Hashes, place: int) -> tuple[np.uint64, int]:
    """Return the hash of the word that begins at a place, and where it ends."""
    value = U_SEED
    full = np.uint64(8)
    while full == np.uint64(8):
        block = blocks[place]
        if block & np.uint64(0xFF) == np.uint64(0):
            break
        # The lowest high bit is in the first byte that is zero; below it are the bytes of the word.
        zeros = (block - ONES) & ~block & HIGHS
        mask = ((zeros & (~zeros + np.uint64(1))) >> np.uint64(7)) - np.uint64(1)
        full = ((mask & ONES) * ONES) >> np.uint64(56)
        value = (value ^ (block & mask)) * U_WORD
        value ^= value >> HALF
        place += int(full)
    return value, place


@njit(cache=True, nogil=True)
def _read(data: Bytes, blocks: Hashes, hashes: Hashes, starts: Places, ends: Places) -> int:
    """Write the words of ``data``, which ends in 16 zeros; return how many there are."""
    count = 0
    size = data.size - 16
    place = 0
    while place < size:
        if data[place] == 0:
            place += 1
            continue
        starts[count] = place
        hashes[count], place = _word(blocks, place)
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
    buffer, blocks = _read_as(data)
    room = int(np.diff(bounds).max(initial=0)) // 2 + 2
    words, pool, ordered = (np.empty(count, dtype=np.uint64) for count in (room, room, 2 * room))
    places = np.empty(room + 1, dtype=np.int64)
    entries = np.empty((texts + 1) * size, dtype=np.uint64)
    counts, lengths = np.empty(texts, dtype=np.int64), np.empty(texts, dtype=np.int64)
    sums = np.empty(texts, dtype=np.uint64)
    base = _sketch(
        buffer, blocks, bounds, words, pool, ordered, places, ngram, size, entries, counts, sums, lengths
    )
    return entries[:base], counts, sums, lengths


@njit(cache=True, nogil=True)
def _sketch(
    data: Bytes,
    blocks: Hashes,
    bounds: Places,
    words: Hashes,
    pool: Hashes,
    ordered: Hashes,
    places: Places,
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
        filled = _words(data, blocks, bounds[text], bounds[text + 1], words)
        lengths[text] = max(filled - ngram + 1, min(filled, 1))
        sums[text] = _shingles(words[:filled], ngram, U_LOW, ordered)
        counts[text] = _smallest(lengths[text], entries[base : base + size], pool, ordered, places)
        base += counts[text]
    return base


@njit(cache=True, nogil=True)
def _words(data: Bytes, blocks: Hashes, place: int, stop: int, words: Hashes) -> int:
    """Write the words of one text; return how many there are."""
    stop = min(stop, data.size - 16)
    filled = 0
    while place < stop:
        if data[place] == 0:
            place += 1
            continue
        words[filled], place = _word(blocks, place)
        filled += 1
    return filled


@njit(cache=True, nogil=True)
def _shingles(words: Hashes, ngram: int, shift: np.uint64, out: Hashes) -> np.uint64:
    """Write the upper part of each shingle of one text; return the sum of all shingles."""
    span = min(ngram, words.size)
    total, power = np.uint64(0), np.uint64(1)
    rolled = np.uint64(span) * U_SHORT if span < ngram else np.uint64(0)
    for k in range(span):
        rolled = rolled * U_ROLL + words[k]
        power *= U_ROLL
    for place in range(words.size - span + 1 if words.size else 0):
        if place:
            rolled = rolled * U_ROLL + words[place + span - 1] - words[place - 1] * power
        value = rolled ^ (rolled >> HALF)
        value *= U_MIX
        value ^= value >> HALF
        total += value
        out[place] = value >> shift
    return total


@njit(cache=True, nogil=True)
def _smallest(length: int, entries: Hashes, pool: Hashes, ordered: Hashes, places: Places) -> int:
    """Write the smallest different entries of one text, ascending, of all that come first in ``ordered``."""
    size = entries.size
    # Most texts have enough entries below a bound that lets half as many more pass; else all are looked at.
    bound = RANGE if length <= 2 * size else RANGE // np.uint64(length) * np.uint64(size + size // 2)
    while True:
        filled = 0
        for place in range(length):
            pool[filled] = ordered[place]
            filled += 1 if ordered[place] < bound else 0
        _sort(pool[:filled], bound, ordered[length : length + filled], places)
        count = 0
        for entry in ordered[length : length + filled]:
            if count < size and (count == 0 or entries[count - 1] != entry):
                entries[count] = entry
                count += 1
        if count == size or bound == RANGE:
            return count
        bound = RANGE


@njit(cache=True, nogil=True)
def _sort(values: Hashes, bound: np.uint64, ordered: Hashes, places: Places) -> None:
    """Write values that are spread evenly below a bound in ascending order: by where they fall, then by neighbours."""
    buckets = values.size
    scale = buckets / np.float64(bound)
    places[: buckets + 1] = 0
    for value in values:
        places[min(int(np.int64(value) * scale), buckets - 1) + 1] += 1
    for k in range(buckets):
        places[k + 1] += places[k]
    for value in values:
        bucket = min(int(np.int64(value) * scale), buckets - 1)
        ordered[places[bucket]] = value
        places[bucket] += 1
    for k in range(1, buckets):
        value = ordered[k]
        at = k
        while at > 0 and ordered[at - 1] > value:
            ordered[at] = ordered[at - 1]
            at -= 1
        ordered[at] = value


def common_shingles(
    encoded: Iterable[tuple[bytes, Places]], left: Places, right: Places, ngram: int, shift: int
) -> tuple[Places, Places]:
    """Return how many different shingles each text has, and how many each pair of texts has in common.

    Parameters
    ----------
    encoded : iterable of tuple
        Texts as `sourcebook.reuse.hashing.encoded` yields them.
    left, right : numpy.ndarray of int64
        The numbers of the texts of each pair.
    ngram, shift : int
        Words in a shingle; how many of its lowest bits are left out.

    Returns
    -------
    tuple of numpy.ndarray of int64
        One number for each text; one for each pair.
    """
    parts, counts = [], [np.zeros(1, dtype=np.int64)]
    for data, bounds in encoded:
        buffer, blocks = _read_as(data)
        longest = int(np.diff(bounds).max(initial=0)) // 2 + 2
        words, pool = (np.empty(longest, dtype=np.uint64) for _ in range(2))
        out = np.empty(len(data) // 2 + bounds.size, dtype=np.uint64)
        sizes, places = np.empty(bounds.size - 1, dtype=np.int64), np.empty(longest + 1, dtype=np.int64)
        base = _sets(buffer, blocks, bounds, words, pool, places, ngram, np.uint64(shift), out, sizes)
        parts.append(out[:base])
        counts.append(sizes)
    sizes = np.concatenate(counts)
    common = np.empty(left.size, dtype=np.int64)
    _shared(np.concatenate(parts), np.cumsum(sizes), left, right, common)
    return sizes[1:], common


@njit(cache=True, nogil=True)
def _sets(
    data: Bytes,
    blocks: Hashes,
    bounds: Places,
    words: Hashes,
    pool: Hashes,
    places: Places,
    ngram: int,
    shift: np.uint64,
    out: Hashes,
    sizes: Places,
) -> int:
    """Write the different shingles of each text, ascending, behind those of the last; return how many there are."""
    base = 0
    bound = np.uint64(1) << (np.uint64(64) - shift)
    for text in range(bounds.size - 1):
        filled = _words(data, blocks, bounds[text], bounds[text + 1], words)
        length = max(filled - ngram + 1, min(filled, 1))
        _shingles(words[:filled], ngram, shift, pool)
        _sort(pool[:length], bound, out[base : base + length], places)
        first = base
        for place in range(first, first + length):
            value = out[place]
            if base == first or out[base - 1] != value:
                out[base] = value
                base += 1
        sizes[text] = base - first
    return base


@njit(cache=True, nogil=True)
def _shared(sets: Hashes, first: Places, left: Places, right: Places, common: Places) -> None:
    """Write how many values each pair of ascending sets has in common."""
    for pair in range(left.size):
        one, other = first[left[pair]], first[right[pair]]
        end, other_end = first[left[pair] + 1], first[right[pair] + 1]
        count = 0
        while one < end and other < other_end:
            a, b = sets[one], sets[other]
            count += 1 if a == b else 0
            one += 1 if a <= b else 0
            other += 1 if b <= a else 0
        common[pair] = count

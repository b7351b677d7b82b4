"""Kernels compiled by numba (the extra ``fast``): the same results as those in numpy, in less time.

Compiled code is kept beside this file or in the user's cache, so that only the first use compiles.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from sourcebook.reuse.kernels import SEED, TABLE, WORD

__all__ = ["read_words"]

Bytes = npt.NDArray[np.uint8]
Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

U_SEED, U_WORD = np.uint64(SEED), np.uint64(WORD)
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

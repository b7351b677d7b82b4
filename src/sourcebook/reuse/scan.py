"""The search for verbatim runs around pairs of equal shingles as loops, for numba to compile.

The same as :func:`sourcebook.reuse.seeds.find_runs` does on arrays; a test holds them together.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from sourcebook.reuse.compiling import compile_loops, jitable

__all__ = ["GOLDEN", "MIX", "compiled_gather", "compiled_scan", "gather", "scan"]

IntArray = npt.NDArray[np.int64]

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX = np.uint64(0xBF58476D1CE4E5B9)


def scan(
    keys: Any,
    texts: Any,
    places: IntArray,
    ends: IntArray,
    active: Any,
    low: int,
    high: int,
    min_words: int,
    ngram: int,
    max_gap: int,
    out: IntArray,
) -> int:
    """Write the runs around the pairs of equal shingles whose first is in a range of the postings.

    Parameters
    ----------
    keys, texts : arrays
        Those of the stream.
    places, ends : int64 arrays
        The postings.
    active : bool array
        For each place of the stream, whether its shingle counts.
    low, high : int
        The range of postings.
    min_words, ngram, max_gap : int
        The settings.
    out : int64 array, shape (n, 4)
        Where the runs are written; as long as there are pairs.

    Returns
    -------
    int
        How many runs there are.
    """
    count = 0
    for first in range(low, high):
        left = places[first]
        for second in range(first + 1, ends[first]):
            right = places[second]
            if texts[left] == texts[right]:
                continue
            back = 0
            if keys[left - 1] == keys[right - 1]:
                if active[left - 1] and active[right - 1]:
                    continue
                back = _reach(keys, left - 1, right - 1, -1)
            length = ngram + back + _reach(keys, left + ngram, right + ngram, 1)
            a, b = left - back, right - back
            own, their = texts[left], texts[right]
            continued = _beyond(keys, texts, own, their, a + length, b + length, 1, ngram, max_gap)
            continued = continued or _beyond(keys, texts, own, their, a - 1, b - 1, -1, ngram, max_gap)
            if not continued and length < min_words:
                most = max_gap + min_words
                across = _overlapped(keys, texts, own, their, a + length, b + length, 1, ngram, most)
                if not (across or _overlapped(keys, texts, own, their, a - 1, b - 1, -1, ngram, most)):
                    continue
            out[count, 0], out[count, 1], out[count, 2] = a, b, length
            out[count, 3] = 1 if continued else 0
            count += 1
    return count


def gather(keys: Any, ngram: int, part: int, parts: int, places: IntArray, hashes: Any) -> int:
    """Write place and hash of the shingles of one part, as many as there is room for; return their number."""
    count = 0
    for start in range(keys.size - ngram + 1):
        value = np.uint64(0)
        k = 0
        while k < ngram and not keys[start + k] & np.uint64(1):
            value = (value ^ keys[start + k]) * MIX + GOLDEN
            value ^= value >> np.uint64(31)
            k += 1
        if k == ngram and (value >> np.uint64(32)) % np.uint64(parts) == np.uint64(part):
            if count < places.size:
                places[count], hashes[count] = start, value
            count += 1
    return count


@jitable
def _reach(keys: Any, left: int, right: int, way: int) -> int:
    """Return how many words agree from two places on, forward or backward."""
    reach = 0
    while keys[left + way * reach] == keys[right + way * reach]:
        reach += 1
    return reach


@jitable
def _beyond(
    keys: Any, texts: Any, own: int, their: int, a: int, b: int, way: int, ngram: int, max_gap: int
) -> bool:
    """Tell whether, after a few words skipped in two texts, as many words agree as an extension or a run takes."""
    for skip_a in range(max_gap + 1):
        for skip_b in range(max_gap + 1):
            x, y = a + way * skip_a, b + way * skip_b
            if keys[x] == keys[y] and texts[x] == own and texts[y] == their:
                wanted = min(max(skip_a, skip_b, 1) + 1, ngram)
                k = 1
                while k < wanted and keys[x + way * k] == keys[y + way * k]:
                    k += 1
                if k == wanted:
                    return True
    return False


@jitable
def _overlapped(
    keys: Any, texts: Any, own: int, their: int, a: int, b: int, way: int, ngram: int, most: int
) -> bool:
    """Return whether another run of two texts overlaps in one of them and goes on beyond the end in both."""
    for skip in range(1, most):
        for side in range(2):
            x = a + way * skip * side
            y = b + way * skip * (1 - side)
            if keys[x] != keys[y] or keys[x - way] != keys[y - way] or texts[x] != own or texts[y] != their:
                continue
            if _reach(keys, x, y, way) + _reach(keys, x - way, y - way, -way) >= ngram:
                return True
    return False


@cache
def compiled_gather() -> Any:
    """Return :func:`gather` as machine code, made once and kept on disk for the next process."""
    return compile_loops(gather)


@cache
def compiled_scan() -> Any:
    """Return :func:`scan` as machine code, made once and kept on disk for the next process."""
    return compile_loops(scan)

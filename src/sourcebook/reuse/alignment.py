"""From verbatim runs to passages: chain the runs, extend the ends, align the words.

Everything here is loops over arrays of integers, so that numba can compile it; run by Python it gives the
same result. A passage, here a hit, is a row of six integers: its first word and the one after its last in
both texts, the words in common, and those of them that count as content.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from sourcebook.reuse.compiling import compile_loops, jitable
from sourcebook.reuse.subsequence import common_words

__all__ = ["LONG", "align_pairs", "align_span", "compiled_align_pairs"]

IntArray = npt.NDArray[np.int64]
LONG = 2048  # words; a longer span is aligned in pieces between verbatim runs


def align_pairs(
    keys: Any, excluded: Any, runs: IntArray, bounds: IntArray, max_gap: int, min_similarity: float
) -> tuple[IntArray, IntArray]:
    """Return the passages that the runs of each pair of texts make up.

    Parameters
    ----------
    keys, excluded : sequences of int
        The words of all texts, and 1 for each that does not count as content.
    runs : int64 array, shape (n, 3)
        Verbatim runs: first words in both texts and length; those of a pair together, sorted.
    bounds : int64 array
        Where the runs of each pair begin, and the number of all runs.
    max_gap : int
        Words that may be between two runs of one passage, in either text.
    min_similarity : float
        A passage below it is split at its widest gap; a single run is never below.

    Returns
    -------
    tuple of int64 arrays
        The hits, shape (m, 6), overlapping ones merged, those of a pair sorted by place; and the number
        of the pair of each.
    """
    hits = np.zeros((runs.shape[0], 6), dtype=np.int64)
    pairs = np.zeros(runs.shape[0], dtype=np.int64)
    work = np.zeros((runs.shape[0], 6), dtype=np.int64)
    count = 0
    for pair in range(bounds.size - 1):
        low, high = bounds[pair], bounds[pair + 1]
        found = _align_chains(keys, excluded, runs[low:high], max_gap, min_similarity, work)
        kept = _merge(keys, excluded, work[:found], runs[low:high], min_similarity, hits[count:])
        for number in range(count, count + kept):
            pairs[number] = pair
        count += kept
    return hits[:count], pairs[:count]


@jitable
def _align_chains(
    keys: Any, excluded: Any, runs: IntArray, max_gap: int, min_similarity: float, hits: IntArray
) -> int:
    """Write the hits of the chains of one pair; return how many there are."""
    number = runs.shape[0]
    chain = _chains(runs, max_gap)
    following = _following(chain)
    part = np.zeros((number, 3), dtype=np.int64)
    ends = np.zeros(number, dtype=np.int64)  # of the pieces of a chain that wait, the last first
    span = np.zeros(4, dtype=np.int64)
    count = 0
    for first in range(number):
        if chain[first] != first:
            continue
        size, k = 0, first
        while k >= 0:
            for column in range(3):
                part[size, column] = runs[k, column]
            size, k = size + 1, following[k]
        ends[0], waiting, low = size, 1, 0
        while waiting:
            high = ends[waiting - 1]
            span[0], span[1] = part[low, 0], part[high - 1, 0] + part[high - 1, 2]
            span[2], span[3] = part[low, 1], part[high - 1, 1] + part[high - 1, 2]
            _hit(keys, excluded, span, runs, hits[count])
            if high - low > 1 and _similarity(hits[count]) < min_similarity:
                ends[waiting] = _widest_gap(part, low, high)
                waiting += 1
                continue
            if _extend(keys, span, max_gap):
                _extended(keys, excluded, span, runs, min_similarity, hits[count])
            count += 1
            waiting -= 1
            low = high
    return count


@jitable
def _extended(
    keys: Any, excluded: Any, span: IntArray, runs: IntArray, min_similarity: float, hit: IntArray
) -> None:
    """Put the hit of an extended span in the place of a hit, where it is alike enough."""
    wide = np.zeros(6, dtype=np.int64)
    _hit(keys, excluded, span, runs, wide)
    if _similarity(wide) >= min_similarity:
        _copy(wide, hit)


@jitable
def _chains(runs: IntArray, max_gap: int) -> IntArray:
    """Join each run to the nearest chain that it continues in both texts; number chains by their first."""
    count = runs.shape[0]
    chain = np.arange(count)
    open_ends = np.zeros(count, dtype=np.int64)  # the last run of each open chain
    size = 0
    for number in range(count):
        start_a, start_b, length = runs[number, 0], runs[number, 1], runs[number, 2]
        kept = 0
        best, best_cost = -1, 0
        for k in range(size):
            last = open_ends[k]
            gap_a = start_a - runs[last, 0] - runs[last, 2]
            if gap_a > max_gap:
                continue
            open_ends[kept] = last
            gap_b = start_b - runs[last, 1] - runs[last, 2]
            forward = start_b >= runs[last, 1] and gap_a + length > 0 and gap_b + length > 0
            if forward and gap_b <= max_gap:
                cost = max(gap_a, gap_b) + max(-gap_a, -gap_b, 0)
                if best < 0 or cost < best_cost:
                    best, best_cost = kept, cost
            kept += 1
        if best < 0:
            best = kept
            kept += 1
        else:
            chain[number] = chain[open_ends[best]]
        open_ends[best] = number
        size = kept
    return chain


@jitable
def _following(chain: IntArray) -> IntArray:
    """Return for each run the next one of its chain, or -1."""
    following = np.full(chain.size, -1)
    last = np.arange(chain.size)  # of each chain so far
    for number in range(chain.size):
        first = chain[number]
        if first != number:
            following[last[first]] = number
            last[first] = number
    return following


@jitable
def _widest_gap(part: IntArray, low: int, high: int) -> int:
    """Return the number of the run after the first widest gap."""
    widest, cut = 0, -1
    for k in range(low + 1, high):
        gap_a = part[k, 0] - part[k - 1, 0] - part[k - 1, 2]
        gap_b = part[k, 1] - part[k - 1, 1] - part[k - 1, 2]
        if cut < 0 or max(gap_a, gap_b) > widest:
            widest, cut = max(gap_a, gap_b), k
    return cut


@jitable
def _extend(keys: Any, span: IntArray, max_gap: int) -> bool:
    """Step over short edits at both ends, where more words agree behind the edit than it changes."""
    step = np.zeros(2, dtype=np.int64)
    changed = False
    for end in range(2):
        way = 1 if end else -1
        while _next_match(keys, span[end] - 1 + end, span[2 + end] - 1 + end, way, max_gap, step):
            span[end] += way * step[0]
            span[2 + end] += way * step[1]
            changed = True
    return changed


@jitable
def _next_match(keys: Any, i: int, j: int, way: int, max_gap: int, step: IntArray) -> bool:
    """Write how far to step in each text to the end of the next agreement; tell whether there is one."""
    room_a, room_b = _room(keys, i, way, max_gap), _room(keys, j, way, max_gap)
    for total in range(room_a + room_b + 1):
        for skip_a in range(max(0, total - room_b), min(total, room_a) + 1):
            skip_b = total - skip_a
            length = 0
            x, y = i + way * skip_a, j + way * skip_b
            while keys[x] == keys[y]:
                x, y, length = x + way, y + way, length + 1
            if length > max(skip_a, skip_b, 1):
                step[0], step[1] = skip_a + length, skip_b + length
                return True
    return False


@jitable
def _room(keys: Any, place: int, way: int, most: int) -> int:
    """Return how many words can be skipped before the text ends: a word between texts is odd."""
    for skip in range(most):
        if keys[place + way * skip] & 1:
            return skip
    return most


@jitable
def _hit(keys: Any, excluded: Any, span: IntArray, runs: IntArray, hit: IntArray) -> None:
    """Align two spans by their longest common subsequence of words and cut them to what is common."""
    start_a, end_a, start_b, end_b = span[0], span[1], span[2], span[3]
    words, content = 0, 0
    while start_a < end_a or start_b < end_b:
        cut_a, cut_b = _cut(runs, start_a, end_a, start_b, end_b)
        at_a, at_b = common_words(keys, start_a, cut_a, start_b, cut_b)
        for k in range(at_a.size):
            a, b = at_a[k], at_b[k]
            if not words:
                hit[0], hit[2] = a, b
            hit[1], hit[3] = a + 1, b + 1
            words += 1
            if not (excluded[a] or excluded[b]):
                content += 1
        start_a, start_b = cut_a, cut_b
    hit[4], hit[5] = words, content


@jitable
def _cut(runs: IntArray, start_a: int, end_a: int, start_b: int, end_b: int) -> tuple[int, int]:
    """Return the end of the first piece of a span: its own end, or where the longest run within it begins."""
    if max(end_a - start_a, end_b - start_b) <= 2 * LONG:
        return end_a, end_b
    best, cut_a, cut_b = 0, end_a, end_b
    for k in range(_first_after(runs, start_a + LONG // 2), runs.shape[0]):
        a, b, length = runs[k, 0], runs[k, 1], runs[k, 2]
        if a > start_a + 2 * LONG:
            break
        if length > best and start_b < b < min(start_b + 4 * LONG, end_b) and a < end_a:
            best, cut_a, cut_b = length, a, b
    return cut_a, cut_b


@jitable
def _first_after(runs: IntArray, place: int) -> int:
    """Return the number of the first run that begins at or after a place of the first text."""
    low, high = 0, runs.shape[0]
    while low < high:
        middle = (low + high) // 2
        if runs[middle, 0] < place:
            low = middle + 1
        else:
            high = middle
    return low


@jitable
def _similarity(hit: IntArray) -> float:
    """Return twice the common words over the words of both passages."""
    total: float = hit[1] - hit[0] + hit[3] - hit[2]
    alike: float = 2 * hit[4] / total
    return alike


@jitable
def _copy(source: IntArray, target: IntArray) -> None:
    for column in range(6):
        target[column] = source[column]


@jitable
def _contains(outer: IntArray, inner: IntArray) -> bool:
    in_a = outer[0] <= inner[0] and inner[1] <= outer[1]
    return bool(in_a and outer[2] <= inner[2] and inner[3] <= outer[3])


@jitable
def _overlap(one: IntArray, other: IntArray) -> bool:
    in_a = one[0] < other[1] and other[0] < one[1]
    return bool(in_a and one[2] < other[3] and other[2] < one[3])


@jitable
def _before(one: IntArray, other: IntArray, by_place: bool) -> bool:
    """Return whether a hit comes first: the one of more words and more alike, unless by place alone."""
    if not by_place:
        if one[4] != other[4]:
            return bool(one[4] > other[4])
        if _similarity(one) != _similarity(other):
            return _similarity(one) > _similarity(other)
    for k in range(6):
        if one[k] != other[k]:
            return bool(one[k] < other[k])
    return False


@jitable
def _sort(hits: IntArray, by_place: bool) -> None:
    """Sort hits in place, by merging sorted pieces of them."""
    count = hits.shape[0]
    order, merged = np.arange(count), np.arange(count)
    width = 1
    while width < count:
        for low in range(0, count, 2 * width):
            middle, high = min(low + width, count), min(low + 2 * width, count)
            left, right = low, middle
            for k in range(low, high):
                if right < high and (
                    left >= middle or _before(hits[order[right]], hits[order[left]], by_place)
                ):
                    merged[k] = order[right]
                    right += 1
                else:
                    merged[k] = order[left]
                    left += 1
        order, merged = merged, order
        width *= 2
    hits[:, :] = hits[order]


@jitable
def _merge(
    keys: Any, excluded: Any, hits: IntArray, runs: IntArray, min_similarity: float, kept: IntArray
) -> int:
    """Join and drop hits, those that overlap in the first text together."""
    _sort(hits, True)
    size, low, count = 0, 0, hits.shape[0]
    while low < count:
        high, end = low + 1, hits[low, 1]
        while high < count and hits[high, 0] < end:
            end = max(end, hits[high, 1])
            high += 1
        size += _merge_some(keys, excluded, hits[low:high], runs, min_similarity, kept[size:])
        low = high
    _sort(kept[:size], True)
    return size


@jitable
def _merge_some(
    keys: Any, excluded: Any, hits: IntArray, runs: IntArray, min_similarity: float, kept: IntArray
) -> int:
    """Join hits that overlap in both texts where the union is similar enough; drop hits inside others."""
    _sort(hits, False)
    new, union = np.zeros(6, dtype=np.int64), np.zeros(6, dtype=np.int64)
    size = 0
    for number in range(hits.shape[0]):
        _copy(hits[number], new)
        k = 0
        while k < size:
            if _contains(kept[k], new):
                break
            if _overlap(kept[k], new):
                for side in (0, 2):
                    union[side] = min(kept[k, side], new[side])
                    union[side + 1] = max(kept[k, side + 1], new[side + 1])
                _hit(keys, excluded, union, runs, union)
                whole = _contains(union, kept[k]) and _contains(union, new)
                if whole and _similarity(union) >= min_similarity:
                    size -= 1
                    for later in range(k, size):
                        _copy(kept[later + 1], kept[later])
                    _copy(union, new)
                    continue
            k += 1
        if k == size:
            _copy(new, kept[size])
            size += 1
    return size


def align_span(keys: Any, excluded: Any, span: IntArray, runs: IntArray) -> IntArray:
    """Return the hit of one passage, cut to what is common; ``runs`` are where a long one may be cut in pieces."""
    hit = np.zeros(6, dtype=np.int64)
    _hit(keys, excluded, span, runs, hit)
    return hit


@cache
def compiled_align_pairs() -> Any:
    """Return :func:`align_pairs` as machine code, made once and kept on disk for the next process."""
    return compile_loops(align_pairs)

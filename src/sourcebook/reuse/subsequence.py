"""The longest common subsequence of two stretches of words, twice: by bits for Python, by table for numba."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq

from sourcebook.reuse.compiling import compiles_as

__all__ = ["by_table", "common_words"]

IntArray = npt.NDArray[np.int64]


def by_table(keys: Any, start_a: int, end_a: int, start_b: int, end_b: int) -> tuple[IntArray, IntArray]:
    """Return what :func:`common_words` does, by the classic table of lengths: loops for numba."""
    most = min(end_a - start_a, end_b - start_b)
    at_a, at_b = np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64)
    head = 0
    while head < most and keys[start_a + head] == keys[start_b + head]:
        at_a[head], at_b[head] = start_a + head, start_b + head
        head += 1
    tail = 0
    while tail < most - head and keys[end_a - 1 - tail] == keys[end_b - 1 - tail]:
        tail += 1
    first_a, first_b = start_a + head, start_b + head
    n, m = end_a - tail - first_a, end_b - tail - first_b
    count = head
    if n and m:
        table = np.zeros((m + 1, n + 1), dtype=np.int32)
        for row in range(1, m + 1):
            word = keys[first_b + row - 1]
            for column in range(1, n + 1):
                if word == keys[first_a + column - 1]:
                    table[row, column] = table[row - 1, column - 1] + 1
                else:
                    table[row, column] = max(table[row - 1, column], table[row, column - 1])
        count = head + table[m, n]
        row, column, k = m, n, count
        while row and column:
            if table[row, column] == table[row, column - 1]:
                column -= 1
                continue
            row -= 1
            if row and table[row, column] != table[row, column - 1]:
                continue
            column -= 1
            k -= 1
            at_a[k], at_b[k] = first_a + column, first_b + row
    for k in range(tail):
        at_a[count + k], at_b[count + k] = end_a - tail + k, end_b - tail + k
    return at_a[: count + tail], at_b[: count + tail]


@compiles_as(by_table)
def common_words(keys: Any, start_a: int, end_a: int, start_b: int, end_b: int) -> tuple[IntArray, IntArray]:
    """Return the places of a longest common subsequence that keeps equal beginnings and ends."""
    left, right = list(keys[start_a:end_a]), list(keys[start_b:end_b])
    shorter = min(len(left), len(right))
    head = next((k for k in range(shorter) if left[k] != right[k]), shorter)
    rest = shorter - head
    tail = next((k for k in range(rest) if left[-1 - k] != right[-1 - k]), rest)
    pairs = [(k, k) for k in range(head)]
    for block in LCSseq.opcodes(left[head : len(left) - tail], right[head : len(right) - tail]):
        if block.tag == "equal":
            length = block.src_end - block.src_start
            pairs += [(head + block.src_start + k, head + block.dest_start + k) for k in range(length)]
    pairs += [(len(left) - k, len(right) - k) for k in range(tail, 0, -1)]
    found = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return start_a + found[:, 0], start_b + found[:, 1]

"""The stems of all texts as small numbers, place by place as in the stream of words, and how often each occurs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sourcebook.reuse.stemming import Vocabulary

__all__ = ["Stems", "count_common", "number_stems", "usual_stems"]

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

STEP = 1 << 21  # words looked up together
USUAL = 0.001  # share of all words from which on a stem may be usual
LEAST = 20  # occurrences that a usual stem has at the least
MOST = 0.8  # share of all words that usual stems make up at the most


@dataclass(frozen=True, kw_only=True)
class Stems:
    """The stems of a stream of words.

    Attributes
    ----------
    codes : int32 array
        Number of the stem at each place of the stream; 0 where there is no word.
    counts : int64 array
        How often each number occurs.
    hashes : uint64 array
        Of the stem of each number.
    """

    codes: npt.NDArray[np.int32]
    counts: IntArray
    hashes: npt.NDArray[np.uint64]


def number_stems(keys: npt.NDArray[np.uint64], vocabulary: Vocabulary) -> Stems:
    """Return the stems of a stream.

    Parameters
    ----------
    keys : uint64 array
        The words, as in a :class:`sourcebook.reuse.stream.Stream`.
    vocabulary : Vocabulary
        All of them, with their stems.

    Returns
    -------
    Stems
        As long as ``keys``. The numbers depend on the words alone, not on the order of the texts.
    """
    hashes, numbers = np.unique(vocabulary.stems, return_inverse=True)
    codes = np.zeros(keys.size, dtype=np.int32)
    last = vocabulary.words.size - 1
    for low in range(0, keys.size if last >= 0 else 0, STEP):
        some = keys[low : low + STEP]
        at = np.minimum(np.searchsorted(vocabulary.words, some), last)
        known = vocabulary.words[at] == some
        codes[low : low + STEP][known] = numbers[at[known]] + 1
    counts = np.bincount(codes, minlength=hashes.size + 1)
    counts[0] = 0
    return Stems(codes=codes, counts=counts, hashes=np.concatenate([[np.uint64(0)], hashes]))


def usual_stems(counts: IntArray) -> BoolArray:
    """Find the stems that are so usual that texts have them in common anyway.

    Parameters
    ----------
    counts : int64 array
        How often each stem occurs.

    Returns
    -------
    bool array
        True for the most frequent ones: in running English, about a hundred words such as "the" and "which".

    Examples
    --------
    >>> usual_stems(np.array([0, 60, 30, 21, 5, 4])).tolist()
    [False, True, True, False, False, False]
    """
    ascending = np.sort(counts)[::-1]
    mass = np.cumsum(ascending)
    total = int(mass[-1])
    over = np.flatnonzero(mass > MOST * total)
    least = float(ascending[over[0]]) if over.size else 0.0
    usual: BoolArray = counts > max(LEAST, USUAL * total, least)
    return usual


def count_common(one: npt.NDArray[Any], other: npt.NDArray[Any]) -> int:
    """Return how many stems two passages have in common, in any order, each as often as both have it.

    Examples
    --------
    >>> count_common(np.array([4, 7, 7, 9]), np.array([7, 4, 7, 7]))
    3
    """
    stems_a, count_a = np.unique(one, return_counts=True)
    stems_b, count_b = np.unique(other, return_counts=True)
    _, at_a, at_b = np.intersect1d(stems_a, stems_b, assume_unique=True, return_indices=True)
    return int(np.minimum(count_a[at_a], count_b[at_b]).sum())

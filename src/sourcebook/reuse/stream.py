"""All words of all texts in one array, one text after the other."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sourcebook.reuse.text_arrays import Read, hash_keys
from sourcebook.text.words import phrase_keys

__all__ = ["Stream", "guard_keys", "mark_phrases", "spread_keys", "stream_from"]

IntArray = npt.NDArray[np.int64]
HashArray = npt.NDArray[np.uint64]
ByteArray = npt.NDArray[np.uint8]

SPREAD = np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, kw_only=True)
class Stream:
    """The words of all texts, hashed; before, between and after texts are words that equal no others.

    Attributes
    ----------
    keys : uint64 array
        Hash of each word as it is compared; even. What is between texts is odd.
    texts : int32 array
        The number of the text of each place, or of the one before it.
    firsts, lasts : int64 arrays
        For each text, its first place and the one after its last.
    """

    keys: HashArray
    texts: npt.NDArray[np.int32]
    firsts: IntArray
    lasts: IntArray

    def room(self, start: int, end: int) -> IntArray:
        """Return for each place how many words of its text there are from there on; at most 0 between texts."""
        places = np.arange(start, end)
        if not self.firsts.size:
            return np.zeros_like(places)
        text = self.texts[start:end]
        return np.where(places >= self.firsts[text], self.lasts[text] - places, 0)


def spread_keys(read: Read, number: int) -> HashArray:
    """Return the words of some texts as they are in a stream, each text followed by a word that equals none.

    Parameters
    ----------
    read : Read
        The texts.
    number : int
        How many texts are before them, so that no two words between texts are equal.

    Returns
    -------
    uint64 array
        As long as there are words and texts.
    """
    out = np.empty(read.keys.size + read.sizes.size, dtype=np.uint64)
    ends = np.cumsum(read.sizes + 1) - 1
    inside = np.ones(out.size, dtype=bool)
    inside[ends] = False
    out[inside] = read.keys
    out[ends] = guard_keys(number, read.sizes.size)
    return out


def guard_keys(number: int, count: int) -> HashArray:
    """Return words that equal no others, the first of them with a number."""
    return np.arange(number, number + count, dtype=np.uint64) * SPREAD | np.uint64(1)


def stream_from(keys: HashArray, guard: int) -> Stream:
    """Return the stream whose keys these are, with ``guard`` words that equal no others at both ends."""
    odd = keys.view(np.uint8)[:: keys.itemsize] if sys.byteorder == "little" else keys & np.uint64(1)
    between = np.flatnonzero(odd & 1)
    lasts = between[guard : between.size - guard]
    firsts = np.concatenate([[guard], lasts[:-1] + 1])[: lasts.size]
    texts = np.zeros(keys.size, dtype=np.int32)
    texts[firsts[1:]] = 1
    np.cumsum(texts, out=texts)
    return Stream(keys=keys, texts=texts, firsts=firsts, lasts=lasts)


def mark_phrases(keys: HashArray, phrases: Iterable[str]) -> ByteArray:
    """Return 1 for each word of a stream inside one of the phrases."""
    marked = np.zeros(keys.size, dtype=np.uint8)
    known = [hash_keys(words) for words in sorted(set(map(phrase_keys, phrases))) if words]
    if not known:
        return marked
    begins = np.flatnonzero(np.isin(keys, np.array([phrase[0] for phrase in known])))
    begins = begins[np.argsort(keys[begins], kind="stable")]
    heads = keys[begins]
    for phrase in known:
        low, high = np.searchsorted(heads, phrase[0]), np.searchsorted(heads, phrase[0], side="right")
        places = begins[low:high]
        for k in range(1, phrase.size):
            places = places[places + k < keys.size]
            places = places[keys[places + k] == phrase[k]]
        for k in range(phrase.size):
            marked[places + k] = 1
    return marked

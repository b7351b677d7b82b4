"""Candidate places of reuse: an inverted index of hashed shingles, and the verbatim runs that it shows.

The hash of a shingle depends on its words alone, so that an index built in parts, or on several machines,
is the same index. A part holds the shingles whose hash begins with its number; what a part finds depends on
the words and on which shingles count (``active``), never on the other parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sourcebook.reuse.scan import GOLDEN, MIX, compiled_gather, compiled_scan
from sourcebook.reuse.stream import Stream

__all__ = [
    "Postings",
    "Search",
    "bound_postings",
    "find_postings",
    "find_runs",
    "hash_columns",
    "pair_blocks",
]

IntArray = npt.NDArray[np.int64]
HashArray = npt.NDArray[np.uint64]
BoolArray = npt.NDArray[np.bool_]

STEP = 1 << 21  # places hashed together
BLOCK = 1 << 19  # pairs of places looked at together


@dataclass(frozen=True, kw_only=True)
class Search:
    """What to look for; the settings of :func:`sourcebook.reuse.shared_passages` of the same names."""

    min_words: int
    ngram: int
    max_gap: int
    max_document_frequency: int
    max_repeats: int

    @property
    def guard(self) -> int:
        """Words before the first text and after the last, so that no look back or ahead leaves the stream."""
        return 2 * (self.min_words + self.ngram + self.max_gap + 2)


@dataclass(frozen=True, kw_only=True)
class Postings:
    """The places of the shingles of one part that two texts share.

    Attributes
    ----------
    places : int64 array
        Places in the stream, those of one shingle together and in order.
    ends : int64 array
        For each place, the number of the place after the last of its shingle.
    """

    places: IntArray
    ends: IntArray


def find_postings(stream: Stream, part: int, parts: int, search: Search, fast: bool) -> Postings:
    """Return the places of one part's shingles that are in at least two texts and not in too many.

    Parameters
    ----------
    stream : Stream
        The words of all texts.
    part, parts : int
        Which part of how many.
    search : Search
        The settings.
    fast : bool
        Whether compiled code does it; the result is the same.

    Returns
    -------
    Postings
        The places.
    """
    places, hashes = (_gather if fast else _collect)(stream, part, parts, search.ngram)
    order = np.argsort(hashes, kind="stable")
    hashes = hashes[order]
    same = hashes[1:] == hashes[:-1]
    shared = np.zeros(hashes.size, dtype=bool)
    shared[1:] |= same
    shared[:-1] |= same
    places, hashes = places[order[shared]], hashes[shared]
    return bound_postings(
        places, hashes, stream.texts[places], search.max_document_frequency, search.max_repeats
    )


def _gather(stream: Stream, part: int, parts: int, ngram: int) -> tuple[IntArray, HashArray]:
    """Return place and hash of a part's shingles by compiled code."""
    room = stream.keys.size if parts == 1 else int(1.1 * stream.keys.size / parts) + 1000
    while True:
        places, hashes = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.uint64)
        count = compiled_gather()(stream.keys, ngram, part, parts, places, hashes)
        if count <= room:
            return places[:count], hashes[:count]
        room = count


def _collect(stream: Stream, part: int, parts: int, ngram: int) -> tuple[IntArray, HashArray]:
    """Return place and hash of a part's shingles by arrays."""
    found = []
    step = max(STEP, stream.keys.size // (4 * parts))
    for start in range(0, stream.keys.size, step):
        places, hashes = _shingles(stream, start, start + step, ngram)
        if parts > 1:
            own = np.flatnonzero((hashes >> np.uint64(32)) % np.uint64(parts) == part)
            places, hashes = places[own], hashes[own]
        found.append((places, hashes))
    return np.concatenate([each for each, _ in found]), np.concatenate([each for _, each in found])


def _shingles(stream: Stream, start: int, end: int, ngram: int) -> tuple[IntArray, HashArray]:
    """Return place and hash of each shingle that begins in ``[start, end)`` and stays within its text."""
    end = max(min(end, stream.keys.size - ngram), start)
    words = stream.keys[start : end + ngram - 1]
    count = end - start
    hashes = hash_columns((words[k : k + count] for k in range(ngram)), count)
    inside = np.flatnonzero(stream.room(start, end) >= ngram)
    return start + inside, hashes[inside]


def hash_columns(columns: Iterable[HashArray], count: int) -> HashArray:
    """Return the hash of each of some shingles, as the compiled scan has it.

    Parameters
    ----------
    columns : iterable of uint64 array, shape (count,)
        The first words of all shingles, then their second words, and so on.
    count : int
        How many shingles there are.

    Returns
    -------
    uint64 array, shape (count,)
        One hash for each.
    """
    hashes = np.zeros(count, dtype=np.uint64)
    for column in columns:
        hashes = (hashes ^ column) * MIX + GOLDEN
        hashes ^= hashes >> np.uint64(31)
    return hashes


def bound_postings(
    places: IntArray, hashes: HashArray, texts: npt.NDArray[np.int32], max_texts: int, max_repeats: int
) -> Postings:
    """Drop repeats within a text beyond a bound, and what only one text has, or too many.

    Parameters
    ----------
    places : int64 array
        Places in the stream, those of one hash together and in order.
    hashes : uint64 array
        The hash at each.
    texts : int32 array
        The text of each.
    max_texts : int
        How many texts may have a hash.
    max_repeats : int
        Of a hash that one text repeats, so many places are kept.

    Returns
    -------
    Postings
        The places kept.
    """
    if not places.size:
        return Postings(places=places, ends=places)
    new_hash = np.r_[True, hashes[1:] != hashes[:-1]]
    new_text = new_hash | np.r_[True, texts[1:] != texts[:-1]]
    number = np.arange(places.size)
    first = np.maximum.accumulate(np.where(new_text, number, 0))
    group = np.cumsum(new_hash) - 1
    frequency = np.bincount(group[new_text])[group]
    keep = (frequency >= 2) & (frequency <= max_texts)
    keep &= number - first < max_repeats
    places, group = places[keep], group[keep]
    last = np.flatnonzero(np.r_[group[1:] != group[:-1], True]) if group.size else group
    sizes = np.diff(np.r_[-1, last])
    return Postings(places=places, ends=np.repeat(last + 1, sizes))


def find_runs(stream: Stream, part: Postings, active: BoolArray, search: Search, fast: bool) -> IntArray:
    """Return the verbatim runs around the shingles of one part.

    Parameters
    ----------
    stream : Stream
        The words of all texts.
    part : Postings
        The part's places.
    active : bool array
        For each place of the stream, whether its shingle is among the postings of any part.
    search : Search
        The settings.
    fast : bool
        Whether compiled code does it; the result is the same.

    Returns
    -------
    int64 array, shape (n, 4)
        Place in the text that comes first, place in the other, length in words, and 1 for a run near
        which the texts agree again. A run that is too short, and near which nothing agrees, is left out.
        Runs with a shingle in several parts may be found by each of them.
    """
    found = [np.zeros((0, 4), dtype=np.int64)]
    for low, high in _blocks(part):
        if fast:
            found.append(_compiled_runs(stream, part, active, search, low, high))
        else:
            found.append(_runs(stream, *_pairs(part, low, high), active, search))
    return np.concatenate(found)


def _blocks(part: Postings) -> Iterator[tuple[int, int]]:
    """Yield ranges of postings that begin about so many pairs together."""
    total = np.concatenate([[0], np.cumsum(part.ends - 1 - np.arange(part.places.size))])
    low = 0
    while low < part.places.size:
        high = max(low + 1, int(np.searchsorted(total, total[low] + BLOCK, side="right")) - 1)
        yield low, high
        low = high


def pair_blocks(part: Postings) -> Iterator[tuple[IntArray, IntArray]]:
    """Yield pairs of places of equal hashes, the one that comes first on the left, some at a time."""
    for low, high in _blocks(part):
        yield _pairs(part, low, high)


def _pairs(part: Postings, low: int, high: int) -> tuple[IntArray, IntArray]:
    """Return the pairs of places of equal shingles whose first is in a range of the postings."""
    following = part.ends[low:high] - 1 - np.arange(low, high)
    left = np.repeat(np.arange(low, high), following)
    before = np.repeat(np.cumsum(following) - following, following)
    return part.places[left], part.places[left + 1 + np.arange(left.size) - before]


def _compiled_runs(
    stream: Stream, part: Postings, active: BoolArray, search: Search, low: int, high: int
) -> IntArray:
    pairs = int((part.ends[low:high] - 1 - np.arange(low, high)).sum())
    out = np.empty((pairs, 4), dtype=np.int64)
    settings = search.min_words, search.ngram, search.max_gap
    count = compiled_scan()(
        stream.keys, stream.texts, part.places, part.ends, active, low, high, *settings, out
    )
    return out[:count].copy()


def _runs(stream: Stream, left: IntArray, right: IntArray, active: BoolArray, search: Search) -> IntArray:
    """Return the runs of a block of seeds, each from its first active shingle."""
    keys = stream.keys
    before = keys[left - 1] == keys[right - 1]
    continued = before & active[left - 1] & active[right - 1]
    fresh = ~continued
    left, right, before = left[fresh], right[fresh], before[fresh]
    other = stream.texts[left] != stream.texts[right]
    left, right, before = left[other], right[other], before[other]
    end = search.ngram + _reach(keys, left + search.ngram, right + search.ngram, 1)
    back = np.zeros_like(left)
    back[before] = 1 + _reach(keys, left[before] - 2, right[before] - 2, -1)
    left, right, length = left - back, right - back, end + back
    near = np.zeros(left.size, dtype=bool)
    keep = length >= search.min_words
    for a, b, way in ((left + length, right + length, 1), (left - 1, right - 1, -1)):
        near |= _agrees_beyond(stream, left, right, a, b, way, search)
        short = np.flatnonzero(~(keep | near))
        keep[short] = _overlapped(stream, left[short], right[short], a[short], b[short], way, search)
    keep |= near
    return np.stack([left, right, length, near], axis=1)[keep]


def _reach(keys: HashArray, left: IntArray, right: IntArray, way: int) -> IntArray:
    """Return how many words agree from two places on, forward or backward."""
    reach = np.zeros(left.size, dtype=np.int64)
    going = np.arange(left.size)
    step = 0
    while going.size:
        going = going[keys[left[going] + way * step] == keys[right[going] + way * step]]
        step += 1
        reach[going] = step
    return reach


def _agrees_beyond(
    stream: Stream, left: IntArray, right: IntArray, a: IntArray, b: IntArray, way: int, search: Search
) -> BoolArray:
    """Tell where, after a few words skipped in both texts, as many words agree as an extension or a run takes."""
    keys, texts = stream.keys, stream.texts
    window = way * np.arange(search.max_gap + 1)
    places_a, places_b = a[None, :] + window[:, None], b[None, :] + window[:, None]
    there, here = keys[places_a], keys[places_b]
    inside_a, inside_b = texts[places_a] == texts[left], texts[places_b] == texts[right]
    beyond = np.zeros(a.size, dtype=bool)
    for skip_a in range(search.max_gap + 1):
        for skip_b in range(search.max_gap + 1):
            if not (skip_a or skip_b):
                continue
            at = np.flatnonzero((there[skip_a] == here[skip_b]) & inside_a[skip_a] & inside_b[skip_b])
            x, y = a[at] + way * skip_a, b[at] + way * skip_b
            for k in range(1, min(max(skip_a, skip_b, 1) + 1, search.ngram)):
                same = keys[x + way * k] == keys[y + way * k]
                at, x, y = at[same], x[same], y[same]
            beyond[at] = True
    return beyond


def _overlapped(
    stream: Stream, left: IntArray, right: IntArray, a: IntArray, b: IntArray, way: int, search: Search
) -> BoolArray:
    """Tell which short runs another run of their texts overlaps in one text and goes on beyond the end in both."""
    keys, texts = stream.keys, stream.texts
    overlapped = np.zeros(a.size, dtype=bool)
    for skip in range(1, search.max_gap + search.min_words):
        for skip_a, skip_b in ((0, skip), (skip, 0)):
            x, y = a + way * skip_a, b + way * skip_b
            inside = (texts[x] == texts[left]) & (texts[y] == texts[right])
            at = np.flatnonzero(inside & (keys[x] == keys[y]) & (keys[x - way] == keys[y - way]))
            if at.size:
                x, y = x[at], y[at]
                both = _reach(keys, x, y, way) + _reach(keys, x - way, y - way, -way)
                overlapped[at[both >= search.ngram]] = True
    return overlapped

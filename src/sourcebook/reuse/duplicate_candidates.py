"""Which pairs of texts may be near-duplicates: those whose sketches share enough entries that are not too common.

The functions work on partitions, as `sourcebook.reuse.engine` runs them. Entries and texts are packed into one
number, the entry above the number of its text, so that one sort groups the texts of each entry.

Notes
-----
A pair of near-duplicates shares at least ``need`` entries. Order all entries from the rarest to the most common.
Where each text leaves out its ``d`` most common ones, the pair loses at most ``d`` shared entries: an entry that one
of them left out has, among the shared ones, fewer than ``d`` behind it. So ``need - d`` remain, and boilerplate, whose
entries are the most common of a text, makes no candidates. This is the idea of prefix filtering.

References
----------
Chaudhuri, S., Ganti, V., & Kaushik, R. (2006). A primitive operator for similarity joins in data cleaning. ICDE 2006.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sourcebook.reuse.constants import ENTRY_BITS
from sourcebook.reuse.sketches import sketches

__all__ = [
    "TEXT_BITS",
    "common_entries",
    "fewer_entries",
    "pairs_of_entries",
    "pairs_to_check",
    "sketch_part",
]

Numbers = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.uint8]

TEXT_BITS = 64 - ENTRY_BITS
TEXT = np.uint64((1 << TEXT_BITS) - 1)
SHIFT = np.uint64(TEXT_BITS)
HALF = np.uint64(32)
KEPT = 5  # shared entries that are asked for after the most common ones are left out


def sketch_part(
    texts: list[str], first: int, ngram: int, size: int, bands: int, compiled: bool
) -> list[Numbers]:
    """Return the packed entries of some texts by band of entries, and a last array of facts on the texts.

    Parameters
    ----------
    texts : list of str
        The texts of this part.
    first : int
        The number of the first of them.
    ngram, size : int
        Words in a shingle, entries in a sketch.
    bands : int
        Number of ranges of entries, a power of two.
    compiled : bool
        Whether numba does it.

    Returns
    -------
    list of numpy.ndarray of uint64
        ``bands`` arrays of packed entries; then, shape (texts, 3), sum and number of the shingles of each text and
        number of the entries of its sketch.
    """
    entries, counts, sums, lengths = sketches(texts, ngram=ngram, size=size, compiled=compiled)
    numbers = np.repeat(np.arange(first, first + len(texts), dtype=np.uint64), counts)
    facts = np.stack([sums, lengths.astype(np.uint64), counts.astype(np.uint64)], axis=1)
    return [*_split(entries << SHIFT | numbers, entries >> _shift(ENTRY_BITS, bands), bands), facts]


def common_entries(packed: Numbers, duplicates: npt.NDArray[np.uint8], ranges: int) -> list[Numbers]:
    """Return the entries that two or more texts have, by range of texts.

    Parameters
    ----------
    packed : numpy.ndarray of uint64
        Packed entries of one band.
    duplicates : numpy.ndarray of uint8
        One bit for each text, packed; 1 for a text that represents no other and is left out.
    ranges : int
        Number of ranges of texts.

    Returns
    -------
    list of numpy.ndarray of uint64, shape (entries, 2)
        Packed entries, and in how many texts each is.
    """
    if duplicates.any():
        alone = np.unpackbits(duplicates, bitorder="little") == 0
        packed = packed[alone[(packed & TEXT).view(np.int64)]]
    packed = np.sort(packed)
    entry = packed >> SHIFT
    same = entry[1:] == entry[:-1]
    common = np.zeros(packed.size, dtype=np.bool_)
    common[1:] = same
    common[:-1] |= same
    packed = packed[common]
    _, sizes = _groups(packed >> SHIFT)
    rows = np.stack([packed, np.repeat(sizes, sizes).astype(np.uint64)], axis=1)
    return _split(rows, (rows[:, 0] & TEXT) % np.uint64(ranges), ranges)


def fewer_entries(rows: Numbers, need: Counts, cap: int, bands: int) -> list[Numbers]:
    """Leave out the most common entries of each text, and those that too many texts have.

    Parameters
    ----------
    rows : numpy.ndarray of uint64, shape (entries, 2)
        Packed entries of one range of texts, ascending, with the number of texts that have each.
    need : numpy.ndarray of uint8
        For each text, how many entries it must share with another.
    cap : int
        An entry in more texts than this is left out.
    bands : int
        Number of ranges of entries.

    Returns
    -------
    list of numpy.ndarray of uint64
        Packed entries, by band.
    """
    order = _by_text_and_frequency(rows, cap)
    packed, frequency = rows[order, 0], rows[order, 1]
    text = (packed & TEXT).astype(np.int64)
    starts, sizes = _groups(text)
    behind = np.repeat(starts + sizes, sizes) - np.arange(text.size)
    packed = packed[(behind > np.maximum(need[text].astype(np.int64) - KEPT, 0)) & (frequency <= cap)]
    return _split(packed, packed >> _shift(64, bands), bands)


def pairs_of_entries(packed: Numbers, ranges: int) -> list[Numbers]:
    """Return the pairs of texts that share an entry of a band: once for each, up to as many as are asked for.

    Parameters
    ----------
    packed : numpy.ndarray of uint64
        Packed entries of one band.
    ranges : int
        Number of ranges of pairs.

    Returns
    -------
    list of numpy.ndarray of uint64
        Pairs by range: the lower number of a text above the higher one.
    """
    packed = np.sort(packed)
    starts, sizes = _groups(packed >> SHIFT)
    texts = packed & TEXT
    partners = np.repeat(starts + sizes, sizes) - np.arange(packed.size) - 1
    left = np.repeat(np.arange(packed.size), partners)
    right = left + 1 + np.arange(left.size) - np.repeat(np.cumsum(partners) - partners, partners)
    pairs = np.sort(texts[left] << HALF | texts[right])
    again = np.zeros(pairs.size, dtype=np.bool_)
    again[KEPT:] = pairs[KEPT:] == pairs[:-KEPT]
    pairs = pairs[~again]
    return _split(pairs, (pairs >> HALF) % np.uint64(ranges), ranges)


def pairs_to_check(pairs: Numbers, need: Counts) -> Numbers:
    """Return, without repetition, the pairs that share enough entries.

    Parameters
    ----------
    pairs : numpy.ndarray of uint64
        Pairs of one range, once for each shared entry.
    need : numpy.ndarray of uint8
        For each text, how many entries it must share with another.

    Returns
    -------
    numpy.ndarray of uint64
        Pairs, ascending.
    """
    pairs = np.sort(pairs)
    starts, sizes = _groups(pairs)
    pairs = pairs[starts]
    most = np.maximum(
        need[(pairs >> HALF).astype(np.int64)], need[(pairs & np.uint64(2**32 - 1)).astype(np.int64)]
    )
    return pairs[sizes >= np.minimum(most, KEPT)]


def _by_text_and_frequency(rows: Numbers, cap: int) -> npt.NDArray[np.int64]:
    """Return the order by text, then frequency, then place; frequencies above the cap count as equal.

    All three in one number, where they fit, are sorted at once.
    """
    frequency, text = np.minimum(rows[:, 1], np.uint64(cap + 1)), rows[:, 0] & TEXT
    places, levels = max(1, rows.shape[0]).bit_length(), (cap + 1).bit_length()
    if TEXT_BITS + levels + places > 64:
        return np.lexsort((frequency, text))
    keys = (text << np.uint64(levels) | frequency) << np.uint64(places)
    keys |= np.arange(rows.shape[0], dtype=np.uint64)
    keys.sort()
    return (keys & np.uint64((1 << places) - 1)).astype(np.int64)


def _groups(values: npt.NDArray[np.generic]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return where each run of equal values starts, and its length."""
    if not values.size:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.flatnonzero(values[1:] != values[:-1]) + 1])
    return starts, np.diff(starts, append=values.size)


def _shift(bits: int, parts: int) -> np.uint64:
    """Return by how much to shift a number of so many bits to see which of ``parts`` ranges it is in."""
    return np.uint64(bits - (parts.bit_length() - 1))


def _split(values: Numbers, target: Numbers, targets: int) -> list[Numbers]:
    if targets == 1:
        return [values]
    return [values[target == np.uint64(k)] for k in range(targets)]

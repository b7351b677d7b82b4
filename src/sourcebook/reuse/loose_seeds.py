"""Places where two texts have words of meaning in common near one another, in any order, and clusters of such places.

A seed is three stems out of four that follow one another where usual words are left out, so that shuffling,
inserting, dropping and replacing of words leave some of them. As for verbatim runs, the work is cut by the hash
of a seed: what a part finds depends on the words and the settings alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from sourcebook.reuse import kernels
from sourcebook.reuse.seeds import Postings, Search, bound_postings, pair_blocks
from sourcebook.reuse.stem_stream import Stems
from sourcebook.reuse.stream import Stream

__all__ = ["cluster_seeds", "find_seeds"]

IntArray = npt.NDArray[np.int64]
HashArray = npt.NDArray[np.uint64]
BoolArray = npt.NDArray[np.bool_]

PATTERNS = ((0, 1, 2), (0, 1, 3), (0, 2, 3))
ORDERS = 6 * len(PATTERNS)  # in which three stems make a seed
STEP = 1 << 20  # words of meaning looked at together
CHANCE = 0.1  # times that a seed may be expected in all texts if words came in any order
REPEATS = 4  # of a seed in one text that are looked at; what comes back more often is a formula


def find_seeds(
    stream: Stream,
    stems: Stems,
    passed: BoolArray,
    part: int,
    parts: int,
    search: Search,
    pairs: IntArray | None,
) -> IntArray:
    """Return the places of the seeds of one part that two texts have in common.

    Parameters
    ----------
    stream : Stream
        The words of all texts.
    stems : Stems
        Their stems.
    passed : bool array
        True for each place of the stream whose word is passed over.
    part, parts : int
        Which part of how many.
    search : Search
        The settings.
    pairs : int64 array, shape (n, 2), optional
        Numbers of the texts to compare, the lower first; all by default.

    Returns
    -------
    int64 array, shape (m, 2)
        Place in the text that comes first, and in the other.
    """
    content = np.flatnonzero(~passed)
    places, hashes = _gather(stream, stems, content, part, parts)
    order = np.lexsort((places, hashes))
    places, hashes = places[order], hashes[order]
    new = np.concatenate([[True], (np.diff(places) != 0) | (hashes[1:] != hashes[:-1])])[: places.size]
    places, hashes = places[new], hashes[new]
    repeats = min(REPEATS, search.max_repeats)
    found = bound_postings(places, hashes, stream.texts[places], search.max_document_frequency, repeats)
    out = [np.zeros((0, 2), dtype=np.int64), *_seeds(stream, found, pairs)]
    return np.concatenate(out)


def _gather(
    stream: Stream, stems: Stems, content: IntArray, part: int, parts: int
) -> tuple[IntArray, HashArray]:
    """Return place and hash of the seeds of a part."""
    mixed = kernels.mix(stems.hashes.copy())
    share = np.log(np.maximum(stems.counts, 1) / max(content.size, 1))
    most = np.log(CHANCE / (ORDERS * max(content.size, 1)))
    found_places, found_hashes = [content[:0]], [mixed[:0]]
    width = max(map(max, PATTERNS))
    for low in range(0, content.size, STEP):
        some = content[low : low + STEP + width]
        values, texts, shares = mixed[stems.codes[some]], stream.texts[some], share[stems.codes[some]]
        for pattern in PATTERNS:
            size = min(STEP, some.size - pattern[-1])
            if size <= 0:
                continue
            total, chance = np.zeros(size, dtype=np.uint64), np.zeros(size)
            for k in pattern:
                total += values[k : k + size]
                chance += shares[k : k + size]
            own = (texts[:size] == texts[pattern[-1] : pattern[-1] + size]) & (chance < most)
            if parts > 1:
                own &= (kernels.mix(total.copy()) >> np.uint64(32)) % np.uint64(parts) == part
            found_places.append(some[:size][own])
            found_hashes.append(total[own])
    return np.concatenate(found_places), np.concatenate(found_hashes)


def _seeds(stream: Stream, found: Postings, pairs: IntArray | None) -> Iterator[IntArray]:
    """Yield the pairs of places of equal seeds in different texts."""
    weights = np.array([stream.firsts.size, 1])
    for left, right in pair_blocks(found):
        texts = np.stack([stream.texts[left], stream.texts[right]], axis=1).astype(np.int64)
        keep = texts[:, 0] != texts[:, 1]
        if pairs is not None:
            keep &= np.isin(texts @ weights, pairs @ weights)
        yield np.stack([left[keep], right[keep]], axis=1)


def cluster_seeds(pair: IntArray, seeds: IntArray, gap: int) -> IntArray:
    """Cut seeds into clusters without a wide gap: in the first text, in the second, and from diagonal to diagonal.

    Parameters
    ----------
    pair : int64 array, shape (n,)
        Which pair of texts each seed belongs to, numbered from 0.
    seeds : int64 array, shape (n, 2)
        Their places.
    gap : int
        Words from one seed of a cluster to the next, at the most.

    Returns
    -------
    int64 array, shape (n,)
        The number of the cluster of each seed.

    Examples
    --------
    >>> seeds = np.array([[0, 50], [3, 52], [4, 90], [60, 55]])
    >>> cluster_seeds(np.zeros(4, dtype=np.int64), seeds, 20).tolist()
    [0, 0, 1, 2]
    """
    cluster, count = pair, -1
    while seeds.size:
        before = count
        for key in (seeds[:, 0], seeds[:, 1], seeds[:, 0] - seeds[:, 1]):
            order = np.lexsort((key, cluster))
            cut = (np.diff(cluster[order]) != 0) | (np.diff(key[order]) > gap)
            cluster = np.empty_like(cluster)
            cluster[order] = np.concatenate([[0], np.cumsum(cut)])
        count = int(cluster.max())
        if count == before:
            break
    return cluster

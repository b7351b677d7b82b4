"""Pairs of texts that may share reworded passages: those with rare words near one another in both.

A seed is three stems within four words of meaning of one another, in any order, so that shuffling,
inserting and dropping of words leave some of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.reuse import kernels
from sourcebook.reuse.inputs import Texts
from sourcebook.reuse.paraphrase_sentences import split_sentences

__all__ = ["candidate_pairs"]

IntArray = npt.NDArray[np.int64]

FEW = 2_000  # pairs that are all looked at
COMMON = 0.3  # a stem in more than this share of the texts is no word of meaning
SEEDS = 3  # that two texts have in common
PATTERNS = ((0, 1, 2), (0, 1, 3), (0, 2, 3))


def candidate_pairs(texts: Texts, max_document_frequency: int, found: pd.DataFrame) -> IntArray:
    """Return the pairs of texts to look at, as numbers of the texts, the lower first.

    Parameters
    ----------
    texts : Texts
        The texts, read before.
    max_document_frequency : int
        A seed in more texts than this is not looked at.
    found : DataFrame
        Passages that are known already; their pairs are among the result.

    Returns
    -------
    int64 array, shape (n, 2)
        All pairs of few texts; of many, those that have seeds in common.
    """
    number = len(texts.ids)
    if number * (number - 1) // 2 <= FEW:
        return np.stack(np.triu_indices(number, 1), axis=1).astype(np.int64)
    place = {source: k for k, source in enumerate(texts.ids)}
    known = found["source_a"].map(place) * number + found["source_b"].map(place)
    codes = np.unique(np.concatenate([_sharing(texts, max_document_frequency), known.to_numpy(np.int64)]))
    return np.stack([codes // number, codes % number], axis=1)


def _sharing(texts: Texts, max_document_frequency: int) -> IntArray:
    """Return the pairs that share seeds, each as one number."""
    number = len(texts.ids)
    seeds, owner = _seeds(texts.take(range(number)))
    order = np.lexsort((owner, seeds))
    seeds, owner = seeds[order], owner[order]
    if not seeds.size:
        return owner
    new = np.concatenate([[True], (seeds[1:] != seeds[:-1]) | (owner[1:] != owner[:-1])])
    seeds, owner = seeds[new], owner[new]
    first = np.flatnonzero(np.concatenate([[True], seeds[1:] != seeds[:-1]]))
    sizes = np.diff(np.concatenate([first, [seeds.size]]))
    found = []
    for size in np.unique(sizes[(sizes > 1) & (sizes <= max_document_frequency)]).tolist():
        members = owner[first[sizes == size][:, None] + np.arange(size)]
        for low, high in zip(*np.triu_indices(size, 1), strict=True):
            found.append(members[:, low] * number + members[:, high])
    codes, counts = np.unique(np.concatenate(found or [owner[:0]]), return_counts=True)
    return codes[counts >= SEEDS]


def _seeds(texts: Sequence[str]) -> tuple[npt.NDArray[np.uint64], IntArray]:
    """Return the seeds of all texts, and the text of each."""
    stems = [each.stems for each in split_sentences(texts)]
    distinct = np.concatenate([np.unique(each) for each in stems])
    words, frequency = np.unique(distinct, return_counts=True)
    common = words[frequency > max(2.0, COMMON * len(texts))]
    seeds, owner = [], []
    for number, each in enumerate(stems):
        content = kernels.mix(each[~np.isin(each, common)])
        size = max(content.size - 3, 0)
        for pattern in PATTERNS:
            total = np.zeros(size, dtype=np.uint64)
            for k in pattern:
                total += content[k : k + size]
            seeds.append(total)
            owner.append(np.full(size, number))
    return np.concatenate(seeds), np.concatenate(owner).astype(np.int64)

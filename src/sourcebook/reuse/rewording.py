"""Passages whose words were changed or put in another order: sentences that are alike, in clusters.

Sentences of two texts are alike where their words are, weighed by how few sentences hold them; alike sentences
near one another in both texts make up a passage, if the passages as wholes are alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sourcebook.reuse.paraphrase_sentences import Sentences

__all__ = ["Rewording", "reworded_passages"]

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

BLOCK = 1 << 20  # words in common, and pairs of sentences, that are counted together
TRIM = 1.0  # what a word that the other side lacks weighs against one that it has


@dataclass(frozen=True, kw_only=True)
class Rewording:
    """How alike sentences and passages must be.

    Attributes
    ----------
    cosine, dice : float
        Least weighed cosine and least share of common words of two sentences that seed a passage.
    above : float
        How many times as alike as sentences of both texts are anyway, which matters where texts repeat formulas.
    whole : float
        Least weighed cosine of two passages.
    max_gap : int
        Sentences that may be between two alike ones of one passage.
    summary_gap : int
        The same where the passage in one text sums up a much longer one in the other.
    summary_ratio : float
        How many times longer that is.
    min_characters : int
        Least length of a passage in each text.
    """

    cosine: float = 0.33
    above: float = 1.7
    dice: float = 0.33
    whole: float = 0.34
    max_gap: int = 4
    summary_gap: int = 24
    summary_ratio: float = 3.0
    min_characters: int = 150


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two texts as terms and their weights.

    Attributes
    ----------
    rows, terms, weights : arrays of one length, for each text
        Sentence, number of the word, and what it weighs in the sentence.
    sizes : int64 array, for each text
        Different words of each sentence.
    """

    rows: tuple[IntArray, IntArray]
    terms: tuple[IntArray, IntArray]
    weights: tuple[FloatArray, FloatArray]
    sizes: tuple[IntArray, IntArray]


def reworded_passages(a: Sentences, b: Sentences, rule: Rewording) -> IntArray:
    """Return the passages of two texts whose sentences are alike.

    Parameters
    ----------
    a, b : Sentences
        The texts.
    rule : Rewording
        How alike.

    Returns
    -------
    int64 array, shape (n, 4)
        First word and the one after the last, in both texts.

    References
    ----------
    The plan is that of Sanchez-Perez, M., Sidorov, G. and Gelbukh, A. (2014). A winning approach to text
    alignment for text reuse detection at PAN 2014. CLEF 2014 working notes.
    """
    if not (a.stems.size and b.stems.size):
        return np.zeros((0, 4), dtype=np.int64)
    pair = _weigh(a, b)
    seeds = _seeds(pair, rule)
    if not len(seeds):
        return np.zeros((0, 4), dtype=np.int64)
    usual = _passages(a, b, pair, seeds, rule, rule.max_gap)
    wide = _passages(a, b, pair, seeds, rule, rule.summary_gap)
    if len(wide):
        length_a, length_b = _length(a, wide[:, :2]).sum(), _length(b, wide[:, 2:]).sum()
        if max(length_a, length_b) >= rule.summary_ratio * min(length_a, length_b):
            usual = wide
    return np.array([_trimmed(a, b, span) for span in usual], dtype=np.int64).reshape(-1, 4)


def _length(text: Sentences, spans: IntArray) -> IntArray:
    """Return the characters of ranges of sentences."""
    return text.ends[text.firsts[spans[:, 1]] - 1] - text.starts[text.firsts[spans[:, 0]]]


def _trimmed(a: Sentences, b: Sentences, span: IntArray) -> IntArray:
    """Return a passage as words, its first and last sentences cut to what the other side has too."""
    out = []
    inside = [
        text.stems[text.firsts[low] : text.firsts[high]]
        for text, (low, high) in ((a, span[:2]), (b, span[2:]))
    ]
    for text, own, other, (low, high) in (
        (a, inside[0], inside[1], span[:2]),
        (b, inside[1], inside[0], span[2:]),
    ):
        worth = np.where(np.isin(own, other), 1.0, -TRIM)
        head = text.firsts[low + 1] - text.firsts[low]
        tail = text.firsts[high] - text.firsts[high - 1]
        first = int(np.argmin(np.concatenate([[0.0], np.cumsum(worth[: head - 1])])))
        last = int(np.argmin(np.concatenate([[0.0], np.cumsum(worth[::-1][: tail - 1])])))
        if high - low == 1 and first + last >= head:
            first = last = 0
        out += [text.firsts[low] + first, text.firsts[high] - last]
    return np.array(out)


def _weigh(a: Sentences, b: Sentences) -> Pair:
    """Give each word of two texts a number, and more weight the fewer sentences hold it."""
    number = a.stems.size
    terms = np.unique(np.concatenate([a.stems, b.stems]), return_inverse=True)[1].astype(np.int64)
    size = int(terms.max()) + 1
    rows, words, counts = [], [], []
    for text, own in ((a, terms[:number]), (b, terms[number:])):
        sentence = np.repeat(np.arange(text.firsts.size - 1), np.diff(text.firsts))
        code, count = np.unique(sentence * size + own, return_counts=True)
        rows.append(code // size)
        words.append(code % size)
        counts.append(count)
    sentences = a.firsts.size + b.firsts.size - 2
    frequency = np.bincount(np.concatenate(words), minlength=size)
    rarity = np.log((sentences + 1) / frequency)
    weights = [count * rarity[word] for count, word in zip(counts, words, strict=True)]
    sizes = [np.bincount(row, minlength=t.firsts.size - 1) for row, t in zip(rows, (a, b), strict=True)]
    return Pair(
        rows=(rows[0], rows[1]),
        terms=(words[0], words[1]),
        weights=(weights[0], weights[1]),
        sizes=(sizes[0], sizes[1]),
    )


def _seeds(pair: Pair, rule: Rewording) -> IntArray:
    """Return the pairs of sentences that are alike, shape (n, 2)."""
    n, m = pair.sizes[0].size, pair.sizes[1].size
    norm = [
        np.sqrt(np.bincount(rows, weights**2, minlength=sizes.size))
        for rows, weights, sizes in zip(pair.rows, pair.weights, pair.sizes, strict=True)
    ]
    found = []
    for low, product, number in _products(pair):
        cell = np.flatnonzero(product)
        i, j = np.divmod(cell, m)
        cosine = product[cell] / np.maximum(norm[0][i + low] * norm[1][j], np.finfo(float).tiny)
        some = cosine > rule.cosine / rule.above  # below it, neither a seed nor what is usual is decided
        found.append((i[some] + low, j[some], cosine[some], number[cell[some]]))
    i, j, cosine, common = (np.concatenate(each) for each in zip(*found, strict=True))
    alike = cosine > max(rule.cosine, rule.above * _usual(i, j, cosine, n, m))
    alike &= 2 * common > rule.dice * (pair.sizes[0][i] + pair.sizes[1][j])
    return np.stack([i[alike], j[alike]], axis=1)


def _products(pair: Pair) -> Iterator[tuple[int, FloatArray, IntArray]]:
    """Yield for blocks of sentences of the first text: the first, products with all of the other, words in common.

    Both are as long as the block times the sentences of the other text.
    """
    n, m = pair.sizes[0].size, pair.sizes[1].size
    order = np.argsort(pair.terms[1], kind="stable")
    terms, rows, weights = pair.terms[1][order], pair.rows[1][order], pair.weights[1][order]
    first = np.searchsorted(terms, pair.terms[0])
    count = np.searchsorted(terms, pair.terms[0], side="right") - first
    begins = np.concatenate([[0], np.cumsum(pair.sizes[0])])
    cost = np.concatenate([[0], np.cumsum(count)])[begins]
    low = 0
    while low < n:
        high = int(np.searchsorted(cost, cost[low] + BLOCK, side="right")) - 1
        high = min(max(high, low + 1), low + max(BLOCK // m, 1), n)
        some = slice(begins[low], begins[high])
        own = np.repeat(np.arange(some.start, some.stop), count[some])
        at = np.arange(own.size) - np.repeat(np.cumsum(count[some]) - count[some] - first[some], count[some])
        cell = (pair.rows[0][own] - low) * m + rows[at]
        weight = pair.weights[0][own] * weights[at]
        product: Any = np.bincount(cell, weights=weight, minlength=(high - low) * m)
        yield low, product, np.bincount(cell, minlength=(high - low) * m)
        low = high


def _usual(i: IntArray, j: IntArray, cosine: FloatArray, n: int, m: int) -> float:
    """Return how alike sentences are that have no special reason to be: all but one in a hundred are less so.

    The most similar partner of each sentence is left out, for it may be its copy. Given are the pairs that are more
    alike than matters; where fewer than one in a hundred are, the result is 0.
    """
    best_i, best_j = np.zeros(n), np.zeros(m)
    np.maximum.at(best_i, i, cosine)
    np.maximum.at(best_j, j, cosine)
    rest = cosine[(cosine < best_i[i]) & (cosine < best_j[j])]
    number = (n - 1) * (m - 1) // 100
    return float(np.partition(rest, -number - 1)[-number - 1]) if number < rest.size else 0.0


def _passages(
    a: Sentences, b: Sentences, pair: Pair, seeds: IntArray, rule: Rewording, max_gap: int
) -> IntArray:
    """Cluster seeds, with less and less room between them until the passages are alike."""
    found = []
    waiting = [(seeds, max_gap, False)]
    while waiting:
        some, gap, unlike = waiting.pop()
        for cluster in _clusters(some, gap):
            if unlike and len(cluster) == len(some):
                waiting += [(cluster, gap - 1, True)] if gap else []
                continue
            (low_a, low_b), (high_a, high_b) = cluster.min(axis=0), cluster.max(axis=0) + 1
            span = np.array([low_a, high_a, low_b, high_b])
            if _cosine(pair, span) >= rule.whole:
                found.append(span)
            elif gap > 0 and len(cluster) > 1:
                waiting.append((cluster, gap - 1, True))
    spans = _apart(np.array(found, dtype=np.int64).reshape(-1, 4), pair)
    length_a, length_b = _length(a, spans[:, :2]), _length(b, spans[:, 2:])
    return spans[np.minimum(length_a, length_b) >= rule.min_characters]


def _clusters(seeds: IntArray, max_gap: int) -> list[IntArray]:
    """Cut seeds where neither text has one for more than ``max_gap`` sentences."""
    done, waiting = [], [(seeds, 0, 0)]
    while waiting:
        some, side, unchanged = waiting.pop()
        some = some[np.argsort(some[:, side], kind="stable")]
        cuts = np.flatnonzero(np.diff(some[:, side]) > max_gap + 1) + 1
        if not cuts.size and unchanged:
            done.append(some)
            continue
        parts = np.split(some, cuts)
        waiting += [(part, 1 - side, int(not cuts.size)) for part in parts]
    return done


def _cosine(pair: Pair, span: IntArray) -> float:
    """Return how alike two passages are as wholes."""
    sums, parts = [], []
    for side in range(2):
        low, high = np.searchsorted(pair.rows[side], span[2 * side : 2 * side + 2])
        parts.append((pair.terms[side][low:high], pair.weights[side][low:high]))
    number = np.unique(np.concatenate([terms for terms, _ in parts]), return_inverse=True)[1]
    size, cut = int(number.max()) + 1, parts[0][0].size
    for own, (_, weights) in zip((number[:cut], number[cut:]), parts, strict=True):
        sums.append(np.bincount(own, weights, minlength=size))
    norm = np.linalg.norm(sums[0]) * np.linalg.norm(sums[1])
    return float(sums[0] @ sums[1] / norm) if norm else 0.0


def _apart(spans: IntArray, pair: Pair) -> IntArray:
    """Of passages that overlap in one text, keep the one whose other side is more alike."""
    if len(spans) < 2:
        return spans
    quality = np.array([_cosine(pair, span) for span in spans])
    kept: list[int] = []
    for number in np.lexsort((spans[:, 2], spans[:, 0], -(spans[:, 1] - spans[:, 0]), -quality)).tolist():
        low_a, high_a, low_b, high_b = spans[number]
        clash = any(
            (low_a < spans[other, 1] and spans[other, 0] < high_a)
            or (low_b < spans[other, 3] and spans[other, 2] < high_b)
            for other in kept
        )
        if not clash:
            kept.append(number)
    return spans[sorted(kept)]

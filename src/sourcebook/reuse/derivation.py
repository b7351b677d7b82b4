"""Is a text derived from another: a score of what it has in common with it, and the passages that show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import sqrt

import pandas as pd
from rapidfuzz.distance import LCSseq

from sourcebook.core.errors import DataError, Problem
from sourcebook.reuse.passage_finder import shared_passages
from sourcebook.text.words import split_words

__all__ = ["best_threshold", "derivation"]

COLUMNS = {
    "source_id": "str",
    "score": "float64",
    "derived": "bool",
    "vocabulary": "float64",
    "pairs": "float64",
    "order": "float64",
    "passages": "object",
}
DECIMALS = 6
#: Between the scores of edited copies and of texts of one's own on the same matter; see `best_threshold`.
THRESHOLD = 0.4


def derivation(
    original: str,
    texts: Mapping[str, str] | pd.DataFrame,
    *,
    threshold: float = THRESHOLD,
    min_words: int = 4,
) -> pd.DataFrame:
    """Say of texts whether they are derived from an original, how strongly that shows, and where.

    The score is the mean of three shares of the text that the original has too:

    - *vocabulary*: of its different words, weighted by their length, so that short function words weigh little;
    - *pairs*: of its pairs of neighbouring words, as a square root, for a quarter of the pairs is already much;
    - *order*: of all its words, those in the same order (a longest common subsequence).

    Parameters
    ----------
    original : str
        The text that may have been used.
    texts : mapping of str to str, or DataFrame
        Text by source id; as a frame, columns source_id and text.
    threshold : float
        The least score of a derived text, from 0 to 1. The default suits edited copies against texts on the same matter
        that were written independently; with labelled examples at hand, learn it with `best_threshold`.
    min_words : int
        Words that a passage shares at the least.

    Returns
    -------
    DataFrame
        One row for each text, in order: source_id, score (0 to 1, six decimals), derived (bool), the three shares,
        and passages: a tuple of (start, end, start, end), half-open offsets in code points, in the original
        and in the text, as `shared_passages` finds them. A text without words has the score 0.

    Raises
    ------
    DataError
        Where the frame lacks a column.
    ValueError
        For a threshold outside its range.

    References
    ----------
    Containment and common subsequences as features are those of Clough, P., & Stevenson, M. (2011). Developing a
    corpus of plagiarised short answers. Language Resources and Evaluation, 45(1), 5-24.

    Examples
    --------
    >>> original = "The old bridge fell in the great flood of May, and nobody was hurt."
    >>> found = derivation(
    ...     original,
    ...     {"copy": "In May the old bridge fell in a great flood.", "own": "Traffic is now sent by the ferry."},
    ... )
    >>> found[["source_id", "score", "derived"]].values.tolist()
    [['copy', 0.804702, True], ['own', 0.086081, False]]
    >>> [original[a:b] for a, b, _, _ in found["passages"][0]]
    ['The old bridge fell in the great flood']
    """
    if not 0 <= threshold <= 1:
        raise ValueError(f"threshold: expected 0 to 1; found {threshold}")
    words = split_words(original).keys
    rows = []
    for name, text in _items(texts):
        shares = _shares(words, split_words(text).keys)
        score = sum(shares) / len(shares)
        parts = [round(each, DECIMALS) for each in (score, *shares)]
        rows.append((name, parts[0], score >= threshold, *parts[1:], _passages(original, text, min_words)))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def best_threshold(scores: Iterable[float], derived: Iterable[bool]) -> float:
    """Return the threshold with the highest F1 on labelled examples, in the middle of its gap.

    Parameters
    ----------
    scores : iterable of float
        Scores of examples.
    derived : iterable of bool
        Whether each example is derived.

    Returns
    -------
    float
        Halfway between two neighbouring scores; of several with the same F1, that in the widest gap. The lowest score
        where nothing is better than to call every text derived.

    Raises
    ------
    ValueError
        Where no example, or every one, is derived.

    Examples
    --------
    >>> best_threshold([0.1, 0.3, 0.7, 0.9], [False, False, True, True])
    0.5
    """
    pairs = sorted(zip(scores, derived, strict=True))
    positive = sum(label for _, label in pairs)
    if positive in (0, len(pairs)):
        raise ValueError("derived: expected some True and some False; found only one of them")
    best = (2 * positive / (len(pairs) + positive), -1.0, pairs[0][0])
    right = positive
    for k in range(1, len(pairs)):
        right -= pairs[k - 1][1]
        gap = pairs[k][0] - pairs[k - 1][0]
        if gap > 0:
            f1 = 2 * right / (len(pairs) - k + positive)
            best = max(best, (f1, gap, pairs[k - 1][0] + gap / 2))
    return best[2]


def _items(texts: Mapping[str, str] | pd.DataFrame) -> list[tuple[str, str]]:
    if not isinstance(texts, pd.DataFrame):
        return list(texts.items())
    missing = [name for name in ("source_id", "text") if name not in texts.columns]
    if missing:
        raise DataError(
            Problem(file="texts", line=1, column=name, found="no such column", expected="a column")
            for name in missing
        )
    return list(zip(texts["source_id"].astype(str), texts["text"], strict=True))


def _shares(original: Sequence[str], text: Sequence[str]) -> tuple[float, float, float]:
    """Return how much of the text's vocabulary, pairs and order the original has."""
    if not text:
        return 0.0, 0.0, 0.0
    known = set(original)
    weights = {word: len(word) for word in text}
    vocabulary = sum(weight for word, weight in weights.items() if word in known) / sum(weights.values())
    pairs = Counter(pairwise(text))
    of_original = Counter(pairwise(original))
    common = sum((pairs & of_original).values())
    order = LCSseq.similarity(tuple(original), tuple(text)) / len(text)
    return vocabulary, sqrt(common / max(1, pairs.total())), order


def _passages(original: str, text: str, min_words: int) -> tuple[tuple[int, int, int, int], ...]:
    found = shared_passages(
        {"original": original, "text": text}, min_words=min_words, ngram=min(3, min_words)
    )
    return tuple(
        zip(*(found[name].tolist() for name in ("start_a", "end_a", "start_b", "end_b")), strict=True)
    )

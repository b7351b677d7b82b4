"""The answer that most sources give, and the answer that sources give who are trusted for their answers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sourcebook.analysis.truth.options import Floats, Options, beliefs, check_numbers, options, scores

__all__ = ["accuracies", "truthfinder", "vote"]

#: A source is never trusted wholly: the logarithm of what is left would be infinite.
_MOST_TRUST = 1 - 1e-9


def vote_shares(coded: Options) -> Floats:
    """Return the share of the sources that answer a question who give each option."""
    count = coded.per_option(np.ones(len(coded.option)))
    return count / coded.per_question(count)[coded.question]


def vote(answers: pd.DataFrame) -> pd.DataFrame:
    """Choose the answer that most sources give.

    Parameters
    ----------
    answers : DataFrame
        ``source_id, proposition_id, value``.

    Returns
    -------
    DataFrame
        One row for each different answer to a question: ``proposition_id, value, sources, score`` (the
        share of the answers), ``chosen``. A tie chooses none.

    Raises
    ------
    DataError
        For a row without a source, a question or a value.

    Examples
    --------
    >>> answers = pd.DataFrame({"source_id": list("abc"), "proposition_id": "q", "value": list("xxy")})
    >>> vote(answers)[["value", "sources", "chosen"]].values.tolist()
    [['x', 2, True], ['y', 1, False]]
    """
    coded = options(answers)
    return beliefs(coded, vote_shares(coded))


def truthfinder(
    answers: pd.DataFrame,
    implications: pd.DataFrame | None = None,
    *,
    influence: float = 0.5,
    dampening: float = 0.3,
    start: float = 0.9,
    tolerance: float = 1e-5,
    rounds: int = 100,
) -> pd.DataFrame:
    """Choose by trust: a source is trusted for its answers, and an answer for its sources.

    The confidence of an answer grows with the sum of minus the logarithms of the distrust of its sources,
    plus a part of the sums of the answers that imply it; a logistic function brings it between 0 and 1.
    The trust in a source is the mean confidence of its answers. Both are computed in turn.

    Parameters
    ----------
    answers : DataFrame
        ``source_id, proposition_id, value``.
    implications : DataFrame, optional
        ``proposition_id, value_from, value_to, weight``: how far one answer speaks for (above 0) or against
        (below 0) another answer to the same question.
    influence : float
        What part of the sum of an answer counts for those that it implies (rho of the paper).
    dampening : float
        How much sources that are not independent are held back (gamma of the paper).
    start : float
        Trust in every source at the start.
    tolerance : float
        It ends when the cosine of the trusts of two rounds is nearer to 1 than this.
    rounds : int
        It ends after so many rounds in any case.

    Returns
    -------
    DataFrame
        As :func:`vote`; ``score`` is the confidence.

    Raises
    ------
    DataError
        For a row without a source, a question or a value.
    SourcebookError
        For a number outside its range.

    References
    ----------
    Yin, X., Han, J. and Yu, P. S. (2008). Truth discovery with multiple conflicting information providers
    on the web. IEEE Transactions on Knowledge and Data Engineering 20(6).
    """
    check_numbers(
        {"rounds": (rounds, 1), "dampening": (dampening, 0), "influence": (influence, 0)}, {"start": start}
    )
    coded = options(answers)
    implied = _implications(coded, implications)
    trust = np.full(len(coded.sources), start)
    confidence = np.zeros(len(coded.values))
    for _ in range(rounds):
        distrust = -np.log1p(-np.minimum(trust, _MOST_TRUST))
        raw = coded.per_option(distrust[coded.source])
        adjusted = raw.copy()
        for source, target, weight in implied:
            adjusted[target] += influence * weight * raw[source]
        confidence = 1 / (1 + np.exp(-dampening * adjusted))
        before, trust = trust, coded.mean_per_source(confidence[coded.option])
        length = float(np.linalg.norm(before) * np.linalg.norm(trust))
        if not length or 1 - float(before @ trust) / length < tolerance:
            break
    return beliefs(coded, confidence)


def _implications(coded: Options, implications: pd.DataFrame | None) -> list[tuple[int, int, float]]:
    """Return the implications as positions of options; those of answers that nobody gives are left out."""
    if implications is None:
        return []
    questions = coded.questions.to_numpy()[coded.question]
    place = {pair: n for n, pair in enumerate(zip(questions, coded.values, strict=True))}
    rows = zip(
        *(implications[c] for c in ("proposition_id", "value_from", "value_to", "weight")), strict=True
    )
    return [
        (place[q, one], place[q, other], float(weight))
        for q, one, other, weight in rows
        if (q, one) in place and (q, other) in place
    ]


def accuracies(answers: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Return the mean score of the answers of each source.

    Parameters
    ----------
    answers : DataFrame
        ``source_id, proposition_id, value``.
    found : DataFrame
        What a method of this package returns for these answers.

    Returns
    -------
    DataFrame
        ``source_id, answers, accuracy``: how many, and the mean score, between 0 and 1.
    """
    coded = options(answers)
    accuracy = coded.mean_per_source(scores(coded, found)[coded.option])
    return pd.DataFrame(
        {
            "source_id": pd.Series(coded.sources, dtype="str"),
            "answers": np.bincount(coded.source, minlength=len(coded.sources)),
            "accuracy": np.round(accuracy, 6),
        }
    )

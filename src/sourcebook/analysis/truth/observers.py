"""Observers with error rates, estimated together with what they observe."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.analysis.truth.options import Codes, Floats, Options, beliefs, options
from sourcebook.analysis.truth.votes import vote_shares
from sourcebook.core.errors import SourcebookError

__all__ = ["dawid_skene", "error_rates"]

_LEAST = 1e-12


def dawid_skene(
    answers: pd.DataFrame,
    *,
    model: str = "classes",
    tolerance: float = 1e-7,
    rounds: int = 1000,
) -> pd.DataFrame:
    """Choose by the error rates of the sources, which are estimated together with the answers.

    Parameters
    ----------
    answers : DataFrame
        ``source_id, proposition_id, value``; an answer that a source gives twice counts twice.
    model : {"classes", "one-coin"}
        With ``classes`` every question has the same possible answers, and each source has its own rate of
        taking each for each other: the model of the paper. With ``one-coin`` every question may have
        answers of its own, and each source has one rate of being right; its errors fall evenly on the
        other answers that were given.
    tolerance : float
        It ends when no score changes by more than this.
    rounds : int
        It ends after so many rounds in any case.

    Returns
    -------
    DataFrame
        As :func:`vote`; ``score`` is the probability, given the model. With ``classes`` it is that of the
        answers that somebody gives to the question, and those that nobody gives have the rest.

    Raises
    ------
    DataError
        For a row without a source, a question or a value.
    SourcebookError
        If there is no such model.

    References
    ----------
    Dawid, A. P. and Skene, A. M. (1979). Maximum likelihood estimation of observer error-rates using the
    EM algorithm. Applied Statistics 28(1).
    """
    coded = options(answers)
    if model == "one-coin":
        return beliefs(coded, _one_coin(coded, tolerance, rounds))
    if model != "classes":
        raise SourcebookError(f"dawid_skene: expected model to be 'classes' or 'one-coin', found {model!r}")
    truth, _, _, place = _classes(coded, tolerance, rounds)
    return beliefs(coded, truth[coded.question, place])


def _classes(
    coded: Options, tolerance: float, rounds: int
) -> tuple[Floats, Floats, npt.NDArray[np.str_], Codes]:
    """Return the probability of each class, the error rates, the classes, and which of them each option is."""
    classes, place = np.unique(coded.values.astype("str"), return_inverse=True)
    count = _counts(coded, place, len(classes))
    truth = count.sum(axis=1) / np.maximum(count.sum(axis=(1, 2)), 1)[:, None]
    rate = np.zeros((len(coded.sources), len(classes), len(classes)))
    for _ in range(rounds):
        before = truth
        marginal, rate = _maximise(count, truth)
        log = np.log(np.maximum(marginal, _LEAST)) + np.einsum(
            "qsl,sjl->qj", count, np.log(np.maximum(rate, _LEAST)), optimize=True
        )
        truth = np.exp(log - log.max(axis=1, keepdims=True, initial=-np.inf))
        truth /= truth.sum(axis=1, keepdims=True)
        if np.abs(truth - before).max(initial=0) < tolerance:
            break
    return truth, rate, classes, place


def _counts(coded: Options, place: Codes, classes: int) -> Floats:
    """Return how often each source gives each class, shape (questions, sources, classes)."""
    count = np.zeros((len(coded.questions), len(coded.sources), classes))
    count[coded.question[coded.option], coded.source, place[coded.option]] = coded.times
    return count


def _maximise(count: Floats, truth: Floats) -> tuple[Floats, Floats]:
    """Return the share of each class, and for each source how often it gives each class for each."""
    joint = np.einsum("qsl,qj->sjl", count, truth, optimize=True)
    total = joint.sum(axis=2, keepdims=True)
    rate = np.divide(joint, total, out=np.zeros_like(joint), where=total > 0)
    return truth.sum(axis=0) / max(len(truth), 1), rate


def _one_coin(coded: Options, tolerance: float, rounds: int) -> Floats:
    """Return the probability of each option when each source has one rate of being right."""
    others = np.maximum(coded.number_of_options() - 1, 1)[coded.question]
    times = coded.times.astype("float64")
    given = np.bincount(coded.source, weights=times, minlength=len(coded.sources))
    truth = vote_shares(coded)
    for _ in range(rounds):
        right = np.bincount(coded.source, weights=times * truth[coded.option], minlength=len(given)) / given
        right = np.clip(right, _LEAST, 1 - _LEAST)
        # What an answer adds to its option, over what it adds to each other option of the question.
        gain = times * (
            np.log(right[coded.source]) - np.log((1 - right)[coded.source] / others[coded.option])
        )
        log = coded.per_option(gain)
        best = np.full(len(coded.questions), -np.inf)
        np.maximum.at(best, coded.question, log)
        weight = np.exp(log - best[coded.question])
        before, truth = truth, weight / coded.per_question(weight)[coded.question]
        if np.abs(truth - before).max(initial=0) < tolerance:
            break
    return truth


def error_rates(answers: pd.DataFrame, *, tolerance: float = 1e-7, rounds: int = 1000) -> pd.DataFrame:
    """Return how often each source gives each answer where another is believed.

    Parameters
    ----------
    answers : DataFrame
        ``source_id, proposition_id, value``, every question with the same possible answers.
    tolerance, rounds
        As for :func:`dawid_skene`, whose model ``classes`` this is.

    Returns
    -------
    DataFrame
        ``source_id, believed, given, rate``: between 0 and 1, six decimals; for each source and believed
        answer the rates add up to 1, or are 0 where the answer is believed nowhere.
    """
    coded = options(answers)
    _, rate, classes, _ = _classes(coded, tolerance, rounds)
    index = pd.MultiIndex.from_product(
        [coded.sources, classes, classes], names=["source_id", "believed", "given"]
    )
    out = pd.DataFrame({"rate": np.round(rate.ravel(), 6)}, index=index).reset_index()
    return out.astype({"source_id": "str", "believed": "str", "given": "str"})

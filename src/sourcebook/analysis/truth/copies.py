"""Sources that copy: found by the errors that they share, and counted once."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sourcebook.analysis.truth.options import Codes, Floats, Options, beliefs, check_numbers, options, scores
from sourcebook.analysis.truth.votes import vote_shares
from sourcebook.core.errors import SourcebookError

__all__ = ["accucopy", "copying"]

#: An accuracy stays this far from 0 and from 1, so that one source cannot decide alone.
_MARGIN = 0.01
_LEAST = 1e-12


def _dependence(
    coded: Options, score: Floats, accuracy: Floats, false_values: int, rate: float, prior: float
) -> Floats:
    """Return for each two sources the probability that the first copies the second.

    Shape (sources, sources). Shared answers that are believed false weigh most, shared ones that are
    believed true little; different ones speak against copying.
    """
    held = coded.holders()
    shared_true, shared_false = (held * score) @ held.T, (held * (1 - score)) @ held.T
    asked = np.zeros((len(coded.sources), len(coded.questions)))
    asked[coded.source, coded.question[coded.option]] = 1.0
    apart = np.maximum(asked @ asked.T - shared_true - shared_false, 0.0)
    both_true = np.outer(accuracy, accuracy)
    both_false = np.outer(1 - accuracy, 1 - accuracy) / false_values
    differ = np.maximum(1 - both_true - both_false, _LEAST)
    alone = shared_true * np.log(both_true) + shared_false * np.log(both_false) + apart * np.log(differ)
    copied = (
        shared_true * np.log(accuracy[None, :] * rate + both_true * (1 - rate))
        + shared_false * np.log((1 - accuracy)[None, :] * rate + both_false * (1 - rate))
        + apart * np.log(differ * (1 - rate))
    )
    odds = np.stack([np.log(1 - prior) + alone, np.log(prior / 2) + copied, np.log(prior / 2) + copied.T])
    weight = np.exp(odds - odds.max(axis=0))
    out: Floats = weight[1] / weight.sum(axis=0)
    np.fill_diagonal(out, 0.0)
    return out


def _by_date(copies: Floats, written: Codes | None) -> Floats:
    """Give the whole probability of copying to the later of two sources."""
    if written is None:
        return copies
    both, later = copies + copies.T, written[:, None] - written[None, :]
    return np.where(later > 0, both, np.where(later < 0, 0.0, copies))


def _discounted(coded: Options, copies: Floats, rate: float) -> Floats:
    """Return what is left of each answer once what may be copied is taken off.

    Sources are taken in the order of how little they copy; each counts by the probability that it did not
    copy the answer from one taken before that gives the same.
    """
    total = copies.sum(axis=1)
    place = np.empty(len(total), dtype="int64")
    place[np.argsort(np.round(total, 9), kind="stable")] = np.arange(len(total))
    either = np.minimum(copies + copies.T, 1.0)
    log = np.where(place[:, None] > place[None, :], np.log1p(-np.minimum(rate * either, 1 - _LEAST)), 0.0)
    kept: Floats = np.exp((log @ coded.holders())[coded.source, coded.option])
    return kept


def _run(
    coded: Options,
    false_values: int,
    rate: float,
    prior: float,
    start: float,
    written: Codes | None,
    rounds: int,
) -> tuple[Floats, Floats]:
    """Return the score of each option, and for each two sources the probability that the first copies."""
    score = vote_shares(coded)
    accuracy = np.full(len(coded.sources), start)
    unseen = np.maximum(false_values + 1 - coded.number_of_options(), 0)
    copies = np.zeros((len(coded.sources),) * 2)
    for _ in range(rounds):
        copies = _by_date(_dependence(coded, score, accuracy, false_values, rate, prior), written)
        weight = np.log(false_values * accuracy / (1 - accuracy))
        count = coded.per_option(weight[coded.source] * _discounted(coded, copies, rate))
        top = np.zeros(len(coded.questions))
        np.maximum.at(top, coded.question, count)
        votes = np.exp(count - top[coded.question])
        rest = unseen * np.exp(-top)
        before, score = score, votes / (coded.per_question(votes) + rest)[coded.question]
        accuracy = np.clip(coded.mean_per_source(score[coded.option]), _MARGIN, 1 - _MARGIN)
        if np.abs(score - before).max(initial=0) < 1e-6:
            break
    return score, copies


def _written(coded: Options, written: pd.Series | None) -> Codes | None:
    if written is None:
        return None
    times = written.reindex(coded.sources)
    if times.isna().any():
        without = ", ".join(map(str, times.index[times.isna()]))
        raise SourcebookError(f"written: expected a number for every source, found none for {without}")
    return times.to_numpy(dtype="int64")


def accucopy(
    answers: pd.DataFrame,
    *,
    false_values: int = 10,
    rate: float = 0.8,
    prior: float = 0.2,
    start: float = 0.8,
    written: pd.Series | None = None,
    rounds: int = 50,
) -> pd.DataFrame:
    """Choose by the accuracy of the sources, and count an answer once that is likely to be copied.

    Three things are estimated in turn: who copies whom (by the false answers that two sources share), how
    accurate each source is, and how likely each answer is.

    Parameters
    ----------
    answers : DataFrame
        ``source_id, proposition_id, value``.
    false_values : int
        How many false answers a question could have (n of the paper).
    rate : float
        How much of its answers a copier copies (c of the paper).
    prior : float
        Probability that one of two sources copies the other, before their answers are seen.
    start : float
        Accuracy of every source at the start.
    written : Series of int, optional
        By source id, a number that grows with the time of writing: the earlier cannot copy the later.
    rounds : int
        It ends after so many rounds in any case.

    Returns
    -------
    DataFrame
        As :func:`vote`; ``score`` is the probability, given the model.

    Raises
    ------
    DataError
        For a row without a source, a question or a value.
    SourcebookError
        For a number outside its range, or a source without a time of writing where times are given.

    References
    ----------
    Dong, X. L., Berti-Équille, L. and Srivastava, D. (2009). Integrating conflicting data: the role of
    source dependence. Proceedings of the VLDB Endowment 2(1).

    Notes
    -----
    The paper orders the sources of each answer by their dependence; here they have one order for all
    answers, by how little they copy. Shared answers count as true or false by their probability instead of
    by the choice of the last round.
    """
    check_numbers(
        {"false_values": (false_values, 1), "rounds": (rounds, 1)},
        {"rate": rate, "prior": prior, "start": start},
    )
    coded = options(answers)
    score, _ = _run(coded, false_values, rate, prior, start, _written(coded, written), rounds)
    return beliefs(coded, score)


def copying(
    answers: pd.DataFrame,
    found: pd.DataFrame | None = None,
    *,
    false_values: int = 10,
    rate: float = 0.8,
    prior: float = 0.2,
    written: pd.Series | None = None,
) -> pd.DataFrame:
    """Say for each two sources how likely it is that one copies the other.

    Parameters
    ----------
    answers : DataFrame
        ``source_id, proposition_id, value``.
    found : DataFrame, optional
        The scores of the answers, as a method of this package returns them; by default those of
        :func:`accucopy` with the same settings.
    false_values, rate, prior, written
        As for :func:`accucopy`.

    Returns
    -------
    DataFrame
        ``source_id, upstream, probability``: that the first copies the second; the likeliest first. Pairs
        below one in a million are left out.

    Raises
    ------
    DataError, SourcebookError
        As for :func:`accucopy`.
    """
    check_numbers({"false_values": (false_values, 1)}, {"rate": rate, "prior": prior})
    coded = options(answers)
    if found is None:
        found = accucopy(answers, false_values=false_values, rate=rate, prior=prior, written=written)
    score = scores(coded, found)
    accuracy = np.clip(coded.mean_per_source(score[coded.option]), _MARGIN, 1 - _MARGIN)
    copies = _by_date(
        _dependence(coded, score, accuracy, false_values, rate, prior), _written(coded, written)
    )
    one, other = np.nonzero(copies > 1e-6)
    out = pd.DataFrame(
        {
            "source_id": coded.sources.to_numpy()[one],
            "upstream": coded.sources.to_numpy()[other],
            "probability": np.round(copies[one, other], 6),
        }
    ).astype({"source_id": "str", "upstream": "str"})
    return out.sort_values("probability", ascending=False, kind="stable", ignore_index=True)

"""Answers as whole numbers: which source gives which answer to which question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.core.errors import DataError, Problem, SourcebookError

__all__ = ["Codes", "Floats", "Options", "beliefs", "check_numbers", "options", "scores"]

Codes = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Two scores that are nearer than this are a tie.
_TIE = 1e-9
_DECIMALS = 6


@dataclass(frozen=True, kw_only=True)
class Options:
    """The different answers to each question, and who gives them.

    Attributes
    ----------
    sources, questions : Index
        Ids; a code is a position here. Sources and questions in the order of their first answer.
    values : array of str, one an option
        The answer.
    question : array of int, one an option
        To what it is an answer; in ascending order.
    source, option : array of int, one for each answer of a source
        Who gives it, and which it is. A source that gives an answer twice has it once.
    times : array of int, one for each answer of a source
        How often it gives it.
    """

    sources: pd.Index
    questions: pd.Index
    values: npt.NDArray[np.object_]
    question: Codes
    source: Codes
    option: Codes
    times: Codes

    def per_question(self, weights: Floats) -> Floats:
        """Sum numbers of options over the options of each question."""
        return _summed(self.question, weights, len(self.questions))

    def per_option(self, weights: Floats) -> Floats:
        """Sum numbers of answers over the sources that give each option."""
        return _summed(self.option, weights, len(self.values))

    def mean_per_source(self, weights: Floats) -> Floats:
        """Return the mean of numbers of answers for each source."""
        size = len(self.sources)
        total = _summed(self.source, weights, size)
        return total / np.bincount(self.source, minlength=size)

    def holders(self) -> Floats:
        """Return which source gives which option, shape (sources, options), as 0 and 1."""
        out = np.zeros((len(self.sources), len(self.values)))
        out[self.source, self.option] = 1.0
        return out

    def number_of_options(self) -> Codes:
        """Count the different answers to each question."""
        return np.bincount(self.question, minlength=len(self.questions))


def _summed(codes: Codes, weights: Floats, size: int) -> Floats:
    return np.bincount(codes, weights=weights, minlength=size).astype("float64")


def options(answers: pd.DataFrame) -> Options:
    """Write answers as codes.

    Parameters
    ----------
    answers : DataFrame
        ``source_id, proposition_id, value``: one row for each answer of a source.

    Raises
    ------
    DataError
        For a row without a source, a question or a value: who does not answer has no row.
    """
    columns = ["source_id", "proposition_id", "value"]
    missing = answers[columns].isna()
    if missing.to_numpy().any():
        raise DataError(
            Problem(
                file="answers",
                line=row + 1,
                column=columns[column],
                found="none",
                expected="a source, a question and a value in each row",
                action="leave out the row of a source that does not answer",
            )
            for row, column in np.argwhere(missing.to_numpy()).tolist()
        )
    source, sources = pd.factorize(answers["source_id"])
    question, questions = pd.factorize(answers["proposition_id"])
    value, values = pd.factorize(answers["value"])
    width = max(len(values), 1)
    cells, option = np.unique(question * width + value, return_inverse=True)
    given, times = np.unique(source * max(len(cells), 1) + option, return_counts=True)
    return Options(
        sources=pd.Index(sources),
        questions=pd.Index(questions),
        values=np.asarray(values, dtype=object)[cells % width],
        question=(cells // width).astype("int64"),
        source=(given // max(len(cells), 1)).astype("int64"),
        option=(given % max(len(cells), 1)).astype("int64"),
        times=times.astype("int64"),
    )


def check_numbers(least: Mapping[str, tuple[float, float]], between: Mapping[str, float]) -> None:
    """Refuse settings out of range: numbers with the least that they may be, and numbers between 0 and 1.

    Raises
    ------
    SourcebookError
        With everything that is wrong.
    """
    wrong = [
        f"{name}: expected at least {low}, found {got}"
        for name, (got, low) in least.items()
        if not got >= low
    ]
    wrong += [
        f"{name}: expected a number between 0 and 1, found {got}"
        for name, got in between.items()
        if not 0 < got < 1
    ]
    if wrong:
        raise SourcebookError("; ".join(wrong))


def beliefs(coded: Options, score: Floats) -> pd.DataFrame:
    """Return the scores of the options as a frame.

    Parameters
    ----------
    coded : Options
        The answers.
    score : array of float, one an option
        The higher, the better.

    Returns
    -------
    DataFrame
        ``proposition_id, value, sources`` (how many give it), ``score`` (six decimals), ``chosen``: whether
        it is the one answer with the highest score. A tie chooses none.
    """
    best = np.full(len(coded.questions), -np.inf)
    np.maximum.at(best, coded.question, score)
    top = score >= best[coded.question] - _TIE
    alone = np.bincount(coded.question[top], minlength=len(coded.questions)) == 1
    return pd.DataFrame(
        {
            "proposition_id": coded.questions.to_numpy()[coded.question],
            "value": coded.values,
            "sources": np.bincount(coded.option, minlength=len(coded.values)),
            "score": np.round(score, _DECIMALS),
            "chosen": top & alone[coded.question],
        }
    ).astype({"proposition_id": "str", "value": "str"})


def scores(coded: Options, found: pd.DataFrame) -> Floats:
    """Return the scores of a frame that :func:`beliefs` made, in the order of the options."""
    keys = pd.MultiIndex.from_arrays([coded.questions.to_numpy()[coded.question], coded.values])
    by_answer = found.set_index(["proposition_id", "value"])["score"]
    return by_answer.reindex(keys).to_numpy(dtype="float64", na_value=0.0)

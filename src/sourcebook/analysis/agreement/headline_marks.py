"""Which questions, and which matters, each headline counts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from sourcebook.analysis.agreement.questions import Asked

__all__ = ["HEADLINES", "count_findings", "mark_headlines", "marks_by_matter"]

#: Each headline, with the headline that is its denominator. The first is every question that is asked.
HEADLINES: Mapping[str, str] = MappingProxyType(
    {
        "asked": "asked",
        "answered": "asked",
        "single_source": "answered",
        "shared": "answered",
        "mentions": "shared",
        "several_answers": "shared",
        "variants": "shared",
        "could_differ": "shared",
        "contradict": "could_differ",
        "compatible": "could_differ",
        "agree": "could_differ",
        "two_origins": "could_differ",
        "agreed_by_two_origins": "two_origins",
        "answered_twice": "answered",
        "self_contradict": "answered_twice",
    }
)

#: Headlines that exclude others, once several questions on one matter are taken together.
_EXCLUDED_BY = {
    "single_source": ("shared",),
    "compatible": ("contradict",),
    "agree": ("contradict", "compatible"),
}


def mark_headlines(counts: pd.DataFrame, propositions: pd.DataFrame) -> pd.DataFrame:
    """Return which questions each headline counts.

    Parameters
    ----------
    counts : DataFrame
        As :func:`sourcebook.analysis.agreement.counting.count_by_proposition` or ``count_without`` returns it.
    propositions : DataFrame
        ``proposition_id, kind, cardinality``, and ``class`` if it is there.

    Returns
    -------
    DataFrame
        A column of bool for each of :data:`HEADLINES`, with ``proposition_id`` as index, in the order of
        `propositions`. ``contradict, compatible, agree, two_origins`` count among the questions that
        :func:`sourcebook.analysis.agreement.comparisons` finds comparable, and each of these is one of the first three;
        ``self_contradict`` counts among those of which one answer excludes another and that a source answers twice.

    Examples
    --------
    >>> counts = pd.DataFrame({"sources": [2], "origins": 1, "noes": 0, "contradict": 0, "compatible": 0, "variant": 0,
    ...     "agree": 1, "self_pairs": 0, "self_contradictions": 0, "agreeing_origins": 0}, index=["p"])
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "kind": "quantity", "cardinality": "one"})
    >>> marks = mark_headlines(counts, asked)
    >>> marks.columns[marks.loc["p"]].tolist()
    ['asked', 'answered', 'shared', 'could_differ', 'agree']
    """
    ids = pd.Index(propositions["proposition_id"], name="proposition_id")
    asked, place = Asked.of(propositions), counts.index.get_indexer(ids)
    # A question that nobody answers is at place -1: a nought behind the counts.
    count = {str(name): np.append(column.to_numpy(), 0)[place] for name, column in counts.items()}
    comparison = asked.compare(count)
    differ, several = comparison == "could-differ", count["sources"] > 1
    one = asked.is_single & ~asked.is_wording
    twice = one & (count["self_pairs"] > 0) & (~asked.is_presence | (count["noes"] > 0))
    contradict, compatible = differ & (count["contradict"] > 0), differ & (count["compatible"] > 0)
    columns = (
        count["sources"] >= 0,
        count["sources"] > 0,
        count["sources"] == 1,
        several,
        comparison == "mention",
        comparison == "several-answers",
        several & (count["variant"] > 0),
        differ,
        contradict,
        compatible & ~contradict,
        differ & ~contradict & ~compatible,
        differ & (count["origins"] > 1),
        differ & (count["agreeing_origins"] > 0),
        twice,
        twice & (count["self_contradictions"] > 0),
    )
    return pd.DataFrame(np.stack(columns, axis=1), columns=list(HEADLINES), index=ids)


def marks_by_matter(marks: pd.DataFrame, matter: pd.Series) -> pd.DataFrame:
    """Return which matters each headline counts: those of which it counts a question, and no weightier one.

    Parameters
    ----------
    marks : DataFrame
        As :func:`mark_headlines` returns it.
    matter : Series of str
        The matter of each question.

    Returns
    -------
    DataFrame
        The columns of `marks`, a row for each matter, in their order.

    Examples
    --------
    >>> marks = pd.DataFrame({name: [False, False] for name in HEADLINES}, index=["p", "q"])
    >>> marks["agree"], marks["contradict"] = [True, False], [False, True]
    >>> merged = marks_by_matter(marks, pd.Series("founding", index=["p", "q"]))
    >>> merged.loc["founding", ["agree", "contradict"]].tolist()
    [False, True]
    """
    merged = marks.groupby(matter, sort=False).any()
    for name, weightier in _EXCLUDED_BY.items():
        merged[name] &= ~merged[list(weightier)].any(axis="columns")
    return merged


def count_findings(counts: pd.DataFrame, propositions: pd.DataFrame) -> dict[str, int]:
    """Return the number of findings, questions of substance or on the event, behind each headline.

    Parameters
    ----------
    counts : DataFrame
        As :func:`sourcebook.analysis.agreement.counting.count_by_proposition` returns it.
    propositions : DataFrame
        As for :func:`headlines`.

    Returns
    -------
    dict of str to int
        For each of :data:`HEADLINES`.

    Examples
    --------
    >>> counts = pd.DataFrame({"sources": [1], "origins": 1, "noes": 0, "contradict": 0, "compatible": 0, "variant": 0,
    ...     "agree": 0, "self_pairs": 0, "self_contradictions": 0, "agreeing_origins": 0}, index=["p"])
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "kind": "quantity", "cardinality": "one"})
    >>> count_findings(counts, asked)["single_source"]
    1
    """
    marks = mark_headlines(counts, propositions).to_numpy()[Asked.of(propositions).is_finding]
    return dict(zip(HEADLINES, marks.sum(axis=0).tolist(), strict=True))

"""On which questions the sources could disagree, and how forms of words vary where they only name a thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.analysis.agreement.counting import relation_status
from sourcebook.core.frames import needs
from sourcebook.core.vocabularies import COMPARISONS

__all__ = ["FINDINGS", "Asked", "classify", "comparisons", "wordings"]

_Truths = npt.NDArray[np.bool_]

#: Classes of questions that are counted as findings.
FINDINGS = ("substance", "event")


@needs(
    propositions="proposition_id",
)
def classify(propositions: pd.DataFrame) -> pd.DataFrame:
    """Return the class and the matter of each question.

    Parameters
    ----------
    propositions : DataFrame
        ``proposition_id``, and ``class, matter`` if they are there.

    Returns
    -------
    DataFrame
        ``class, matter`` (str), with ``proposition_id`` as index. A question without a class is one of substance, and
        one without a matter is a matter of its own.

    Examples
    --------
    >>> asked = pd.DataFrame({"proposition_id": ["p", "q"], "matter": ["", "founding"]})
    >>> classify(asked).reset_index().values.tolist()
    [['p', 'substance', 'p'], ['q', 'substance', 'founding']]
    """
    ids = propositions["proposition_id"].astype("str")
    empty = pd.Series("", index=propositions.index)
    of_class, matter = (propositions.get(name, empty).fillna("") for name in ("class", "matter"))
    columns = {"class": of_class.mask(of_class == "", "substance"), "matter": matter.mask(matter == "", ids)}
    return pd.DataFrame(columns).astype("str").set_index(pd.Index(ids, name="proposition_id"))


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the comparison of answers needs of each question, as arrays of one length.

    Attributes
    ----------
    is_presence, is_single, is_many, is_wording, is_finding : bool arrays
        Whether yes or no is asked; whether one answer excludes others, and whether it does not; whether only words
        are asked for; and whether the question counts as a finding.
    """

    is_presence: _Truths
    is_single: _Truths
    is_many: _Truths
    is_wording: _Truths
    is_finding: _Truths

    @classmethod
    def of(cls, propositions: pd.DataFrame) -> Asked:
        """Read the columns ``kind, cardinality``, and ``class`` if it is there."""
        size = len(propositions)
        classes = propositions["class"].tolist() if "class" in propositions else [""] * size
        of_class = [name if isinstance(name, str) and name else "substance" for name in classes]
        return cls(
            is_presence=_truths(kind == "presence" for kind in propositions["kind"].tolist()),
            is_single=_truths(each == "one" for each in propositions["cardinality"].tolist()),
            is_many=_truths(each == "many" for each in propositions["cardinality"].tolist()),
            is_wording=_truths(name == "wording" for name in of_class),
            is_finding=_truths(name in FINDINGS for name in of_class),
        )

    def compare(self, counts: Mapping[str, npt.NDArray[np.int64]]) -> npt.NDArray[np.str_]:
        """Return for each question, given its counts, a term of COMPARISONS."""
        compared = sum(counts[name] for name in ("contradict", "compatible", "variant", "agree"))
        conditions = {
            "unanswered": counts["sources"] == 0,
            "single-source": counts["sources"] == 1,
            "mention": self.is_presence & (counts["noes"] == 0),
            "wording": self.is_wording,
            "several-answers": self.is_many,
            "different-things": compared == 0,
        }
        assert {*conditions, "could-differ"} == set(COMPARISONS)
        return np.select(list(conditions.values()), list(conditions), default="could-differ")


def _truths(values: Iterable[bool]) -> _Truths:
    return np.fromiter(values, dtype=np.bool_)


@needs(
    counts="sources noes contradict compatible variant agree",
    propositions="proposition_id kind cardinality",
)
def comparisons(counts: pd.DataFrame, propositions: pd.DataFrame) -> pd.Series:
    """Return whether the sources could disagree on each question, and if not, why not.

    Parameters
    ----------
    counts : DataFrame
        As :func:`sourcebook.analysis.agreement.count_questions` returns it.
    propositions : DataFrame
        ``proposition_id, kind, cardinality``, and ``class`` if it is there.

    Returns
    -------
    Series of str
        For each row of `counts` a term of :data:`sourcebook.core.vocabularies.COMPARISONS`.

    Examples
    --------
    >>> counts = pd.DataFrame({"sources": [2, 2], "noes": [0, 1], "contradict": [0, 1], "compatible": 0, "variant": 0,
    ...     "agree": [1, 0]}, index=["p", "q"])
    >>> asked = pd.DataFrame({"proposition_id": ["p", "q"], "kind": "presence", "cardinality": "one"})
    >>> comparisons(counts, asked).tolist()
    ['mention', 'could-differ']
    """
    asked = Asked.of(propositions.set_index("proposition_id").loc[counts.index])
    columns = {str(name): column.to_numpy() for name, column in counts.items()}
    return pd.Series(asked.compare(columns), index=counts.index, dtype="str")


@needs(
    claims="claim_id source_id proposition_id value",
    propositions="proposition_id",
    counts="sources contradict compatible variant agree not_comparable",
)
def wordings(claims: pd.DataFrame, propositions: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Return the forms of words of each question on wording that two or more sources answer.

    Parameters
    ----------
    claims : DataFrame
        ``claim_id, proposition_id, source_id, value``.
    propositions : DataFrame
        ``proposition_id, class, matter``.
    counts : DataFrame
        As :func:`sourcebook.analysis.agreement.count_questions` returns it for these claims.

    Returns
    -------
    DataFrame
        One row for each form, in the order of the claims, all columns str: ``proposition_id, matter, relation`` (of
        the question: the first relation between two sources that occurs), ``form`` (the value as coded), ``sources``
        and ``claims`` (those that have it, joined by ``;``).

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a1", "b1"], "proposition_id": "p", "source_id": ["a", "b"],
    ...     "value": ["West Hill", "Western Hill"]})
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "class": "wording", "matter": "name"})
    >>> counts = pd.DataFrame({"sources": [2], "contradict": 0, "compatible": 0, "variant": 1, "agree": 0,
    ...     "not_comparable": 0}, index=["p"])
    >>> wordings(claims, asked, counts)[["relation", "form", "sources"]].values.tolist()
    [['variant', 'West Hill', 'a'], ['variant', 'Western Hill', 'b']]
    """
    about = classify(propositions)
    shared = counts.index[(counts["sources"] > 1) & about.loc[counts.index, "class"].eq("wording")]
    chosen = claims[claims["proposition_id"].isin(shared)]
    forms = chosen.groupby(["proposition_id", "value"], sort=False, as_index=False).agg(
        sources=("source_id", lambda ids: ";".join(dict.fromkeys(ids))), claims=("claim_id", ";".join)
    )
    forms["matter"] = forms["proposition_id"].map(about["matter"])
    forms["relation"] = forms["proposition_id"].map(relation_status(counts))
    place = {name: at for at, name in enumerate(dict.fromkeys(chosen["proposition_id"]))}
    forms = forms.sort_values("proposition_id", key=lambda ids: ids.map(place), kind="stable")
    columns = {"value": "form"}
    order = ["proposition_id", "matter", "relation", "form", "sources", "claims"]
    return forms.rename(columns=columns)[order].reset_index(drop=True).astype("str")

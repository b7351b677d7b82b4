"""What is counted on each proposition: answers, sources, origins, and the pairs of claims by relation."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.analysis.relations import LIST_RULES
from sourcebook.core.vocabularies import RELATIONS

__all__ = ["count_by_proposition", "count_without", "pair_sources", "relation_status"]

_Codes = npt.NDArray[np.int64]


def pair_sources(claims: pd.DataFrame, relations: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of the given claims, and which of them compare two sources.

    Parameters
    ----------
    claims : DataFrame
        ``claim_id, proposition_id, source_id``.
    relations : DataFrame
        As :func:`sourcebook.analysis.relations.relate_all` returns it; pairs of other claims are left out.

    Returns
    -------
    DataFrame
        ``claim_a, claim_b, relation, proposition_id, source_a, source_b`` (str) and ``compares`` (bool): not two
        claims of one source, and not two different items that both sources list.

    Raises
    ------
    ValueError
        If no claims of two sources on a proposition are related.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a1", "b1"], "proposition_id": "p", "source_id": ["a", "b"]})
    >>> relations = pd.DataFrame({"claim_a": ["a1"], "claim_b": "b1", "relation": "agree", "rule": "term-same"})
    >>> pair_sources(claims, relations)[["source_a", "source_b", "compares"]].to_numpy().tolist()
    [['a', 'b', True]]
    """
    about = claims.set_index("claim_id")
    known = relations["claim_a"].isin(about.index) & relations["claim_b"].isin(about.index)
    pairs = relations.loc[known, ["claim_a", "claim_b", "relation", "rule"]].reset_index(drop=True)
    pairs["proposition_id"] = pairs["claim_a"].map(about["proposition_id"]).astype("str")
    for side in "ab":
        pairs[f"source_{side}"] = pairs[f"claim_{side}"].map(about["source_id"]).astype("str")
    listed = _both_list_both(pairs)
    pairs["compares"] = (pairs["source_a"] != pairs["source_b"]) & ~listed
    _check_related(claims, pairs)
    return pairs.drop(columns="rule")


def _both_list_both(pairs: pd.DataFrame) -> pd.Series:
    """Return which pairs of different items are no difference, because both sources list both items.

    Each item agrees with its like in the other source; the crossed pair says nothing.
    """
    agree = pairs[pairs["relation"] == "agree"]
    matched = pd.MultiIndex.from_arrays(
        [
            pd.concat([agree["claim_a"], agree["claim_b"]]),
            pd.concat([agree["source_b"], agree["source_a"]]),
        ]
    )
    items = pairs[pairs["rule"].isin(LIST_RULES)]
    listed = pd.Series(False, index=pairs.index)
    listed[items.index] = pd.MultiIndex.from_frame(items[["claim_a", "source_b"]]).isin(
        matched
    ) & pd.MultiIndex.from_frame(items[["claim_b", "source_a"]]).isin(matched)
    return listed


def _check_related(claims: pd.DataFrame, pairs: pd.DataFrame) -> None:
    """Raise ValueError if the claims of two sources on a proposition are not related."""
    sources = claims.groupby("proposition_id", sort=False)["source_id"].nunique()
    compared = pairs.loc[pairs["compares"], "proposition_id"].unique()
    unrelated = sources[(sources > 1) & ~sources.index.isin(compared)]
    if len(unrelated):
        raise ValueError(
            f"relations: proposition {unrelated.index[0]!r}: expected relations between the claims of its "
            f"{unrelated.iloc[0]} sources, found none; relate the same claims with relate_all"
        )


def count_by_proposition(
    claims: pd.DataFrame, pairs: pd.DataFrame, origin_of: Mapping[str, str]
) -> pd.DataFrame:
    """Count the answers to each proposition, and the pairs of claims by relation.

    Parameters
    ----------
    claims : DataFrame
        ``claim_id, proposition_id, source_id``, and ``value`` if it is there.
    pairs : DataFrame
        As :func:`pair_sources` returns it for these claims.
    origin_of : mapping of str to str
        The origin of each source.

    Returns
    -------
    DataFrame
        One row a proposition, in the order of the claims, with ``proposition_id`` (str) as index. All columns
        are int: ``claims, sources, origins`` that answer; ``noes`` (claims with the value no); ``contradict,
        compatible, variant, agree, not_comparable`` (pairs that compare two sources); ``self_pairs`` (pairs inside
        one source that can be compared) and ``self_contradictions`` (those that contradict each other);
        ``agreeing_origins`` (agreeing pairs of two origins).

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a1", "b1"], "proposition_id": "p", "source_id": ["a", "b"]})
    >>> relations = pd.DataFrame({"claim_a": ["a1"], "claim_b": "b1", "relation": "agree", "rule": "term-same"})
    >>> pairs = pair_sources(claims, relations)
    >>> count_by_proposition(claims, pairs, {"a": "a", "b": "a"}).loc["p", ["sources", "origins", "agree"]].tolist()
    [2, 1, 1]
    """
    asked, ids = pd.factorize(claims["proposition_id"])
    source, sources = pd.factorize(claims["source_id"])
    origin = pd.factorize(np.array([origin_of[name] for name in sources], dtype=object))[0][source]
    counts = {
        "claims": np.bincount(asked, minlength=ids.size),
        "sources": _count_different(asked, source, ids.size),
        "origins": _count_different(asked, origin, ids.size),
        "noes": np.bincount(asked[_is_no(claims).to_numpy()], minlength=ids.size),
    }
    place = ids.get_indexer(pd.Index(pairs["proposition_id"]))
    for name, marked in _mark_pairs(pairs, origin_of).items():
        counts[name] = np.bincount(place[marked], minlength=ids.size)
    return pd.DataFrame(counts, index=pd.Index(ids, name="proposition_id"), dtype="int64")


def _count_different(group: _Codes, value: _Codes, groups: int) -> _Codes:
    """Count the different values in each group."""
    width = int(value.max(initial=0)) + 1
    return np.bincount(np.unique(group * width + value) // width, minlength=groups)


def _is_no(claims: pd.DataFrame) -> pd.Series:
    """Return which claims answer no; none where the claims carry no values."""
    return claims["value"].eq("no") if "value" in claims else pd.Series(False, index=claims.index)


def _mark_pairs(pairs: pd.DataFrame, origin_of: Mapping[str, str]) -> dict[str, npt.NDArray[np.bool_]]:
    """Return for each count of pairs which pairs it counts."""
    number = {name: code for code, name in enumerate(RELATIONS)}
    relation = pairs["relation"].map(number).to_numpy()
    compares = pairs["compares"].to_numpy(dtype=np.bool_)
    marks = {name.replace("-", "_"): compares & (relation == code) for name, code in number.items()}
    (a, b), names = _codes_of_sources(pairs)
    origin = pd.factorize(np.array([origin_of[name] for name in names], dtype=object))[0]
    marks["self_pairs"] = (a == b) & (relation != number["not-comparable"])
    marks["self_contradictions"] = (a == b) & (relation == number["contradict"])
    marks["agreeing_origins"] = (origin[a] != origin[b]) & (relation == number["agree"])
    return marks


def _codes_of_sources(pairs: pd.DataFrame) -> tuple[tuple[_Codes, _Codes], list[str]]:
    """Return both sources of each pair as numbers, and the names that these stand for."""
    codes, names = pd.factorize(pd.concat([pairs["source_a"], pairs["source_b"]], ignore_index=True))
    return (codes[: len(pairs)], codes[len(pairs) :]), names.tolist()


def count_without(
    claims: pd.DataFrame,
    pairs: pd.DataFrame,
    origin_of: Mapping[str, str],
    group_of: Mapping[str, str],
) -> dict[str, pd.DataFrame]:
    """Count what is left on each proposition without each group of sources in turn.

    What a group takes part in is subtracted from the whole, so that the time does not grow with the groups.

    Parameters
    ----------
    claims, pairs, origin_of
        As for :func:`count_by_proposition`.
    group_of : mapping of str to str
        The group of each source; a group lies within one origin.

    Returns
    -------
    dict of str to DataFrame
        For each group, in the order of `group_of`, the rows and columns of :func:`count_by_proposition`.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a1", "b1"], "proposition_id": "p", "source_id": ["a", "b"]})
    >>> relations = pd.DataFrame({"claim_a": ["a1"], "claim_b": "b1", "relation": "agree", "rule": "term-same"})
    >>> alone = {"a": "a", "b": "b"}
    >>> left = count_without(claims, pair_sources(claims, relations), alone, alone)
    >>> {group: counts.loc["p", "sources"].item() for group, counts in left.items()}
    {'a': 1, 'b': 1}
    """
    full = count_by_proposition(claims, pairs, origin_of)
    lost = _lost_answers(claims, origin_of, group_of).join(_lost_pairs(pairs, origin_of, group_of))
    groups = pd.Index(dict.fromkeys(group_of.values()))
    group = groups.get_indexer(lost.index.get_level_values("left_out"))
    asked = full.index.get_indexer(lost.index.get_level_values("proposition_id"))
    left = np.repeat(full.to_numpy()[None], len(groups), axis=0)
    left[group, asked] -= lost.fillna(0).astype("int64")[list(full.columns)].to_numpy()
    return {
        str(name): pd.DataFrame(counts, index=full.index, columns=full.columns)
        for name, counts in zip(groups, left, strict=True)
    }


def _lost_answers(
    claims: pd.DataFrame, origin_of: Mapping[str, str], group_of: Mapping[str, str]
) -> pd.DataFrame:
    """Count the claims, sources and origins that each group takes from each proposition."""
    claims = claims.assign(left_out=claims["source_id"].map(group_of), no=_is_no(claims))
    counts = claims.groupby(["left_out", "proposition_id"]).agg(
        claims=("claim_id", "size"), noes=("no", "sum")
    )
    answers = claims[["proposition_id", "source_id", "left_out"]].drop_duplicates()
    answers = answers.assign(origin=answers["source_id"].map(origin_of))
    of_origin = answers.groupby(["proposition_id", "origin"])["source_id"].transform("size")
    of_group = answers.groupby(["proposition_id", "left_out"])["source_id"].transform("size")
    cells = answers.assign(whole_origin=of_origin == of_group).groupby(["left_out", "proposition_id"])
    return counts.join(cells.agg(sources=("source_id", "size"), origins=("whole_origin", "any")))


def _lost_pairs(
    pairs: pd.DataFrame, origin_of: Mapping[str, str], group_of: Mapping[str, str]
) -> pd.DataFrame:
    """Count the pairs that each group takes part in on each proposition; a pair inside a group counts once."""
    marks = pd.DataFrame(_mark_pairs(pairs, origin_of), index=pairs.index)
    marks["proposition_id"] = pairs["proposition_id"]
    a, b = (pairs[f"source_{side}"].map(group_of) for side in "ab")
    taking_part = pd.concat([marks.assign(left_out=a), marks[a != b].assign(left_out=b[a != b])])
    return taking_part.groupby(["left_out", "proposition_id"]).sum()


def relation_status(counts: pd.DataFrame) -> pd.Series:
    """Return the agreement status of each proposition.

    Parameters
    ----------
    counts : DataFrame
        As :func:`count_by_proposition` or :func:`count_without` returns it.

    Returns
    -------
    Series of str
        ``unanswered``, ``single source``, or the relation of two sources that comes first in
        :data:`sourcebook.core.vocabularies.RELATIONS`.

    Examples
    --------
    >>> counts = pd.DataFrame({"sources": [3, 1], "contradict": [0, 0], "compatible": [1, 0], "agree": [2, 0]})
    >>> relation_status(counts.assign(variant=0, not_comparable=0)).tolist()
    ['compatible', 'single source']
    """
    compared = [counts[name.replace("-", "_")] > 0 for name in RELATIONS]
    conditions = [counts["sources"] == 0, counts["sources"] == 1, *compared]
    names = ["unanswered", "single source", *RELATIONS]
    return pd.Series(np.select(conditions, names, default="single source"), index=counts.index, dtype="str")

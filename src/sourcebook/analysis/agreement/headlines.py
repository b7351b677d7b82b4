"""The headlines of a dataset, the propositions behind each, and what is left without a source."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sourcebook.analysis.agreement.counting import count_by_proposition, count_without, pair_sources
from sourcebook.analysis.agreement.dependence import merge_sources, origin_of_sources
from sourcebook.analysis.relations import apply_assumption

__all__ = [
    "HEADLINES",
    "count_headlines",
    "headline_counts",
    "headline_propositions",
    "headlines_by_assumption",
    "headlines_by_origin",
    "leave_one_out",
    "mark_headlines",
    "sources_by_group",
]

#: Headlines that are counts of propositions, in their order.
HEADLINES = (
    "propositions",
    "single_source",
    "shared",
    "with_contradiction",
    "all_agree",
    "within_contradiction",
    "two_origins",
    "agreed_by_two_origins",
)


def mark_headlines(counts: pd.DataFrame) -> pd.DataFrame:
    """Return which propositions each headline counts.

    Parameters
    ----------
    counts : DataFrame
        As :func:`count_by_proposition` or :func:`count_without` returns it.

    Returns
    -------
    DataFrame
        A column of bool for each of :data:`HEADLINES`, with the index of `counts`.

    Examples
    --------
    >>> counts = pd.DataFrame({"sources": [2], "origins": 1, "contradict": 0, "compatible": 0, "agree": 1})
    >>> marks = mark_headlines(counts.assign(not_comparable=0, self_contradictions=0, agreeing_origins=0))
    >>> marks.columns[marks.iloc[0]].tolist()
    ['propositions', 'shared', 'all_agree']
    """
    several = counts["sources"] > 1
    differ = counts["contradict"] + counts["compatible"] + counts["not_comparable"]
    columns = (
        counts["sources"] > 0,
        counts["sources"] == 1,
        several,
        counts["contradict"] > 0,
        several & (counts["agree"] > 0) & (differ == 0),
        counts["self_contradictions"] > 0,
        counts["origins"] > 1,
        counts["agreeing_origins"] > 0,
    )
    return pd.DataFrame(dict(zip(HEADLINES, columns, strict=True)))


def headline_propositions(
    claims: pd.DataFrame, relations: pd.DataFrame, origin: pd.DataFrame
) -> dict[str, list[str]]:
    """Return the propositions behind each headline.

    Parameters
    ----------
    claims : DataFrame
        ``claim_id, proposition_id, source_id``.
    relations : DataFrame
        As :func:`sourcebook.analysis.relations.relate_all` returns it for these claims.
    origin : DataFrame
        As :func:`origins` returns it.

    Returns
    -------
    dict of str to list of str
        ``propositions`` that are answered; ``single_source`` ones; ``shared`` ones (two or more sources);
        of these ``with_contradiction`` between sources, and ``all_agree`` (each pair of claims that
        :func:`agreement_status` counts agrees); ``within_contradiction`` (a source contradicts itself);
        ``two_origins``: answered by at least two origins; ``agreed_by_two_origins``: at least two origins
        give an agreeing claim. In the order of the claims.

    Raises
    ------
    ValueError
        If a source of the claims has no origin, or claims of two sources on a proposition are not related.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a1", "b1"], "proposition_id": "p", "source_id": ["a", "b"]})
    >>> relations = pd.DataFrame({"claim_a": ["a1"], "claim_b": "b1", "relation": "agree", "rule": "term-same"})
    >>> alone = pd.DataFrame({"source_id": ["a", "b"], "origin": ["a", "b"]})
    >>> headline_propositions(claims, relations, alone)["agreed_by_two_origins"]
    ['p']
    """
    marks = mark_headlines(_count(claims, relations, origin))
    return {name: [str(p) for p in marks.index[marks[name]]] for name in HEADLINES}


def _count(claims: pd.DataFrame, relations: pd.DataFrame, origin: pd.DataFrame) -> pd.DataFrame:
    origin_of = origin_of_sources(origin, claims["source_id"])
    return count_by_proposition(claims, pair_sources(claims, relations), origin_of)


def headline_counts(counts: pd.DataFrame) -> dict[str, int]:
    """Return the headlines of counted propositions.

    Parameters
    ----------
    counts : DataFrame
        As :func:`count_by_proposition` returns it.

    Returns
    -------
    dict of str to int
        ``claims``, and the number of propositions behind each of :data:`HEADLINES`.

    Examples
    --------
    >>> counts = pd.DataFrame({"claims": [3], "sources": 2, "origins": 1, "contradict": 0, "compatible": 0})
    >>> counts = counts.assign(agree=1, not_comparable=0, self_contradictions=0, agreeing_origins=0)
    >>> headline_counts(counts)["claims"]
    3
    """
    marks = mark_headlines(counts)
    return {"claims": int(counts["claims"].sum()), **{name: int(marks[name].sum()) for name in HEADLINES}}


def count_headlines(claims: pd.DataFrame, relations: pd.DataFrame, origin: pd.DataFrame) -> dict[str, int]:
    """Return the number behind each headline.

    Parameters
    ----------
    claims, relations, origin : DataFrame
        As for :func:`headline_propositions`.

    Returns
    -------
    dict of str to int
        ``claims``, and the number of propositions behind each headline of :func:`headline_propositions`.

    Raises
    ------
    ValueError
        As :func:`headline_propositions`.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a1"], "proposition_id": ["p"], "source_id": ["a"]})
    >>> relations = pd.DataFrame({"claim_a": [], "claim_b": [], "relation": [], "rule": []}, dtype="str")
    >>> count_headlines(claims, relations, pd.DataFrame({"source_id": ["a"], "origin": ["a"]}))["single_source"]
    1
    """
    return headline_counts(_count(claims, relations, origin))


def headlines_by_origin(claims: pd.DataFrame, relations: pd.DataFrame, origin: pd.DataFrame) -> pd.DataFrame:
    """Count every headline over the sources, and again with origins in their place.

    Parameters
    ----------
    claims, relations, origin : DataFrame
        As for :func:`headline_propositions`.

    Returns
    -------
    DataFrame
        ``headline`` (str), ``sources, origins`` (int). Counted over origins, ``single_source`` is what one
        origin alone answers, a contradiction is one of two origins, and ``within_contradiction`` one inside
        an origin.

    Raises
    ------
    ValueError
        As :func:`headline_propositions`.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a1", "b1"], "proposition_id": "p", "source_id": ["a", "b"]})
    >>> relations = pd.DataFrame({"claim_a": ["a1"], "claim_b": "b1", "relation": "agree", "rule": "term-same"})
    >>> relations = relations.assign(source_a="a", source_b="b")
    >>> one_author = pd.DataFrame({"source_id": ["a", "b"], "origin": "a"})
    >>> headlines_by_origin(claims, relations, one_author).set_index("headline").loc["single_source"].tolist()
    [0, 1]
    """
    names = origin["origin"].drop_duplicates()
    alone = pd.DataFrame({"source_id": names, "origin": names})
    by_origin = count_headlines(*merge_sources(claims, relations, origin), alone)
    by_source = count_headlines(claims, relations, origin)
    return pd.DataFrame(
        {
            "headline": list(by_source),
            "sources": list(by_source.values()),
            "origins": list(by_origin.values()),
        }
    )


def sources_by_group(origin: pd.DataFrame, by: str) -> Mapping[str, str]:
    """Return what each source is left out with: itself, or its origin.

    Parameters
    ----------
    origin : DataFrame
        As :func:`origins` returns it.
    by : {"source", "origin"}
        What is left out.

    Returns
    -------
    mapping of str to str

    Raises
    ------
    ValueError
        If `by` is something else.

    Examples
    --------
    >>> sources_by_group(pd.DataFrame({"source_id": ["a", "b"], "origin": "a"}), "origin")
    {'a': 'a', 'b': 'a'}
    """
    column = {"source": "source_id", "origin": "origin"}.get(by)
    if column is None:
        raise ValueError(f"by: expected 'source' or 'origin', found {by!r}")
    return dict(zip(origin["source_id"], origin[column], strict=True))


def leave_one_out(
    claims: pd.DataFrame, relations: pd.DataFrame, origin: pd.DataFrame, *, by: str = "source"
) -> pd.DataFrame:
    """Count the headlines again without each source, or without each origin, in turn.

    Parameters
    ----------
    claims, relations, origin : DataFrame
        As for :func:`headline_propositions`.
    by : {"source", "origin"}
        What is left out.

    Returns
    -------
    DataFrame
        One row for each headline and each source or origin that is left out: ``headline, left_out`` (str; empty
        where nothing is left out), ``count`` (int); first without any, then in the order of the origins.
        Origins stay as they are: two sources that only the one left out ties together remain one.

    Raises
    ------
    ValueError
        If `by` is something else, and as :func:`headline_propositions`.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a1", "b1"], "proposition_id": "p", "source_id": ["a", "b"]})
    >>> relations = pd.DataFrame({"claim_a": ["a1"], "claim_b": "b1", "relation": "agree", "rule": "term-same"})
    >>> alone = pd.DataFrame({"source_id": ["a", "b"], "origin": ["a", "b"]})
    >>> leave_one_out(claims, relations, alone).query("headline == 'shared'")[["left_out", "count"]].values.tolist()
    [['', 1], ['a', 0], ['b', 0]]
    """
    group_of = sources_by_group(origin, by)
    origin_of = origin_of_sources(origin, claims["source_id"])
    pairs = pair_sources(claims, relations)
    full = headline_counts(count_by_proposition(claims, pairs, origin_of))
    rows = [(name, "", n) for name, n in full.items()]
    for left_out, counts in count_without(claims, pairs, origin_of, group_of).items():
        rows += [(name, left_out, n) for name, n in headline_counts(counts).items()]
    types = {"headline": "str", "left_out": "str", "count": "int64"}
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def headlines_by_assumption(
    claims: pd.DataFrame,
    relations: pd.DataFrame,
    changes: pd.DataFrame,
    settings: pd.DataFrame,
    origin: pd.DataFrame,
) -> pd.DataFrame:
    """Count the headlines again under each other setting of each assumption.

    Parameters
    ----------
    claims, relations, origin : DataFrame
        As for :func:`headline_propositions`.
    changes : DataFrame
        As :func:`sourcebook.analysis.relations.find_relation_changes` returns it for these claims.
    settings : DataFrame
        ``assumption, setting``, as :func:`sourcebook.analysis.relations.assumption_table` returns it.

    Returns
    -------
    DataFrame
        ``assumption, setting, headline`` (str), ``baseline, alternative, difference`` (int): the count under the
        assumptions of `relations`, the count under the setting, and the second less the first.

    Raises
    ------
    ValueError
        As :func:`headline_propositions`.

    Examples
    --------
    >>> from sourcebook.analysis.relations import assumption_table, find_relation_changes, relate_all
    >>> claims = pd.DataFrame({"claim_id": ["a1", "b1"], "proposition_id": "p", "source_id": ["a", "b"],
    ...     "value": ["~460", "600"], "scope": "", "entity_id": "", "modality": "asserts"})
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "kind": "quantity", "cardinality": "one", "time_type": ""})
    >>> codebook = pd.DataFrame({"vocabulary": [], "term": [], "broader": []}, dtype="str")
    >>> changes = find_relation_changes(claims, asked, codebook)
    >>> alone = pd.DataFrame({"source_id": ["a", "b"], "origin": ["a", "b"]})
    >>> relations = relate_all(claims, asked, codebook)
    >>> counts = headlines_by_assumption(claims, relations, changes, assumption_table(changes), alone)
    >>> counts.query("headline == 'with_contradiction'")["baseline"].unique().tolist()
    [1]
    """
    baseline = count_headlines(claims, relations, origin)
    rows = []
    for assumption, setting in settings[["assumption", "setting"]].itertuples(index=False, name=None):
        changed = apply_assumption(relations, changes, assumption, setting)
        for headline, count in count_headlines(claims, changed, origin).items():
            rows.append(
                (assumption, setting, headline, baseline[headline], count, count - baseline[headline])
            )
    columns = ["assumption", "setting", "headline", "baseline", "alternative", "difference"]
    types = {name: "str" if place < 3 else "int64" for place, name in enumerate(columns)}
    return pd.DataFrame(rows, columns=columns).astype(types)

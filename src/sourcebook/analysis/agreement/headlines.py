"""The headlines of a dataset, each with its denominator, and what is left of the findings without a source."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sourcebook.analysis.agreement.counting import count_by_proposition, count_without, pair_sources
from sourcebook.analysis.agreement.dependence import merge_sources, origin_of_sources
from sourcebook.analysis.agreement.headline_marks import (
    HEADLINES,
    count_findings,
    mark_headlines,
    marks_by_matter,
)
from sourcebook.analysis.agreement.questions import FINDINGS, classify
from sourcebook.analysis.relations import apply_assumption
from sourcebook.core.frames import needs
from sourcebook.core.vocabularies import QUESTION_CLASSES

__all__ = [
    "count_questions",
    "headlines",
    "headlines_by_assumption",
    "headlines_by_origin",
    "leave_one_out",
    "sources_by_group",
]


@needs(
    claims="claim_id source_id proposition_id",
    relations="claim_a claim_b relation rule",
    origin="source_id origin",
    propositions="proposition_id kind cardinality",
)
def headlines(
    claims: pd.DataFrame, relations: pd.DataFrame, origin: pd.DataFrame, propositions: pd.DataFrame
) -> pd.DataFrame:
    """Count every headline with its denominator, by class of question, over questions and over matters.

    Parameters
    ----------
    claims : DataFrame
        ``claim_id, proposition_id, source_id, value``.
    relations : DataFrame
        As :func:`sourcebook.analysis.relations.relate_all` returns it for these claims.
    origin : DataFrame
        As :func:`origins` returns it.
    propositions : DataFrame
        ``proposition_id, kind, cardinality``, and ``class, matter`` if they are there.

    Returns
    -------
    DataFrame
        ``headline, class, unit`` (str), ``count, of`` (int), ``of_headline, propositions`` (str; ids joined by ``;``).
        The class ``findings`` takes substance and event together. A unit is a question, or a matter, which counts
        several questions on one thing once: it contradicts if one of its questions does, and agrees if all of them
        that could differ do.

    Raises
    ------
    ValueError
        If a source of the claims has no origin, or claims of two sources on a proposition are not related.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a1", "b1"], "proposition_id": "p", "source_id": ["a", "b"], "value": "5"})
    >>> relations = pd.DataFrame({"claim_a": ["a1"], "claim_b": "b1", "relation": "agree", "rule": "quantity-same"})
    >>> alone = pd.DataFrame({"source_id": ["a", "b"], "origin": ["a", "b"]})
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "kind": "quantity", "cardinality": "one"})
    >>> table = headlines(claims, relations, alone, asked)
    >>> table.query("headline == 'agree' and unit == 'question'")[["class", "count", "of"]].values.tolist()[:2]
    [['findings', 1, 1], ['substance', 1, 1]]
    """
    about = classify(propositions)
    marks = mark_headlines(count_questions(claims, relations, origin), propositions)
    rows = []
    for name in ("findings", *QUESTION_CLASSES):
        chosen = marks[about["class"].isin(FINDINGS if name == "findings" else (name,))]
        matter = about.loc[chosen.index, "matter"]
        by_matter = marks_by_matter(chosen, matter)
        for unit, table in (("question", chosen), ("matter", by_matter)):
            for headline, of in HEADLINES.items():
                counted = chosen[headline] & matter.map(by_matter[headline]).astype(bool)
                ids = chosen.index[counted if unit == "matter" else chosen[headline]]
                count, whole = int(table[headline].sum()), int(table[of].sum())
                rows.append((headline, name, unit, count, whole, of, ";".join(ids)))
    columns = ["headline", "class", "unit", "count", "of", "of_headline", "propositions"]
    types = {name: "int64" if name in ("count", "of") else "str" for name in columns}
    return pd.DataFrame(rows, columns=columns).astype(types)


@needs(
    claims="claim_id source_id proposition_id",
    relations="claim_a claim_b relation rule",
    origin="source_id origin",
)
def count_questions(claims: pd.DataFrame, relations: pd.DataFrame, origin: pd.DataFrame) -> pd.DataFrame:
    """Count the answers to each question, and the pairs of claims by relation.

    Parameters
    ----------
    claims, relations, origin : DataFrame
        As for :func:`headlines`.

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
    >>> claims = pd.DataFrame({"claim_id": ["a1"], "proposition_id": ["p"], "source_id": ["a"]})
    >>> relations = pd.DataFrame({"claim_a": [], "claim_b": [], "relation": [], "rule": []}, dtype="str")
    >>> alone = pd.DataFrame({"source_id": ["a"], "origin": ["a"]})
    >>> count_questions(claims, relations, alone).loc["p", ["claims", "sources"]].tolist()
    [1, 1]
    """
    origin_of = origin_of_sources(origin, claims["source_id"])
    return count_by_proposition(claims, pair_sources(claims, relations), origin_of)


@needs(
    claims="claim_id source_id proposition_id",
    relations="claim_a claim_b source_a source_b relation rule",
    origin="source_id origin",
    propositions="proposition_id kind cardinality",
)
def headlines_by_origin(
    claims: pd.DataFrame, relations: pd.DataFrame, origin: pd.DataFrame, propositions: pd.DataFrame
) -> pd.DataFrame:
    """Count the findings behind every headline over the sources, and again with origins in their place.

    Parameters
    ----------
    claims, relations, origin, propositions : DataFrame
        As for :func:`headlines`; the relations with ``source_a, source_b``.

    Returns
    -------
    DataFrame
        ``headline`` (str), ``sources, sources_of, origins, origins_of`` (int): the counts and their denominators.
        Counted over origins, ``single_source`` is what one origin alone answers, a contradiction is one of two
        origins, and ``self_contradict`` one inside an origin.

    Raises
    ------
    ValueError
        As :func:`headlines`.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a1", "b1"], "proposition_id": "p", "source_id": ["a", "b"], "value": "5"})
    >>> relations = pd.DataFrame({"claim_a": ["a1"], "claim_b": "b1", "relation": "agree", "rule": "quantity-same"})
    >>> relations = relations.assign(source_a="a", source_b="b")
    >>> one_author = pd.DataFrame({"source_id": ["a", "b"], "origin": "a"})
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "kind": "quantity", "cardinality": "one"})
    >>> table = headlines_by_origin(claims, relations, one_author, asked).set_index("headline")
    >>> table.loc["single_source", ["sources", "origins"]].tolist()
    [0, 1]
    """
    names = origin["origin"].drop_duplicates()
    alone = pd.DataFrame({"source_id": names, "origin": names})
    merged = merge_sources(claims, relations, origin)
    by_source = count_findings(count_questions(claims, relations, origin), propositions)
    by_origin = count_findings(count_questions(*merged, alone), propositions)
    rows = [
        (name, by_source[name], by_source[of], by_origin[name], by_origin[of])
        for name, of in HEADLINES.items()
    ]
    columns = ["headline", "sources", "sources_of", "origins", "origins_of"]
    types = {name: "str" if name == "headline" else "int64" for name in columns}
    return pd.DataFrame(rows, columns=columns).astype(types)


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


@needs(
    claims="claim_id source_id proposition_id",
    relations="claim_a claim_b relation rule",
    origin="source_id origin",
    propositions="proposition_id kind cardinality",
)
def leave_one_out(
    claims: pd.DataFrame,
    relations: pd.DataFrame,
    origin: pd.DataFrame,
    propositions: pd.DataFrame,
    *,
    by: str = "source",
) -> pd.DataFrame:
    """Count the findings behind every headline again without each source, or without each origin, in turn.

    Parameters
    ----------
    claims, relations, origin, propositions : DataFrame
        As for :func:`headlines`.
    by : {"source", "origin"}
        What is left out.

    Returns
    -------
    DataFrame
        One row for each headline and each source or origin that is left out: ``headline, left_out`` (str; empty
        where nothing is left out), ``count, of`` (int); first without any, then in the order of the origins.
        Origins stay as they are: two sources that only the one left out ties together remain one.

    Raises
    ------
    ValueError
        If `by` is something else, and as :func:`headlines`.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a1", "b1"], "proposition_id": "p", "source_id": ["a", "b"], "value": "5"})
    >>> relations = pd.DataFrame({"claim_a": ["a1"], "claim_b": "b1", "relation": "agree", "rule": "quantity-same"})
    >>> alone = pd.DataFrame({"source_id": ["a", "b"], "origin": ["a", "b"]})
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "kind": "quantity", "cardinality": "one"})
    >>> table = leave_one_out(claims, relations, alone, asked)
    >>> table.query("headline == 'agree'")[["left_out", "count", "of"]].values.tolist()
    [['', 1, 1], ['a', 0, 0], ['b', 0, 0]]
    """
    group_of = sources_by_group(origin, by)
    origin_of = origin_of_sources(origin, claims["source_id"])
    pairs = pair_sources(claims, relations)
    left = {
        "": count_by_proposition(claims, pairs, origin_of),
        **count_without(claims, pairs, origin_of, group_of),
    }
    rows = []
    for left_out, counts in left.items():
        found = count_findings(counts, propositions)
        rows += [(name, left_out, found[name], found[of]) for name, of in HEADLINES.items()]
    types = {"headline": "str", "left_out": "str", "count": "int64", "of": "int64"}
    return pd.DataFrame(rows, columns=list(types)).astype(types)


@needs(
    claims="claim_id source_id proposition_id",
    relations="claim_a claim_b relation rule",
    changes="assumption setting claim_a claim_b alternative_relation alternative_rule",
    settings="assumption setting",
    origin="source_id origin",
    propositions="proposition_id kind cardinality",
)
def headlines_by_assumption(
    claims: pd.DataFrame,
    relations: pd.DataFrame,
    changes: pd.DataFrame,
    settings: pd.DataFrame,
    origin: pd.DataFrame,
    propositions: pd.DataFrame,
) -> pd.DataFrame:
    """Count the findings behind every headline again under each other setting of each assumption.

    Parameters
    ----------
    claims, relations, origin, propositions : DataFrame
        As for :func:`headlines`.
    changes : DataFrame
        As :func:`sourcebook.analysis.relations.find_relation_changes` returns it for these claims.
    settings : DataFrame
        ``assumption, setting``, as :func:`sourcebook.analysis.relations.assumption_table` returns it.

    Returns
    -------
    DataFrame
        ``assumption, setting, headline`` (str), ``baseline, alternative, alternative_of, difference`` (int): the count
        under the assumptions of `relations`, the count under the setting and its denominator, and the second count
        less the first.

    Raises
    ------
    ValueError
        As :func:`headlines`.

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
    >>> counts = headlines_by_assumption(claims, relations, changes, assumption_table(changes), alone, asked)
    >>> counts.query("headline == 'contradict'")["baseline"].unique().tolist()
    [1]
    """
    baseline = count_findings(count_questions(claims, relations, origin), propositions)
    related = relations[["claim_a", "claim_b", "relation", "rule"]]
    deciding = set(zip(changes["assumption"], changes["setting"], strict=True))
    rows = []
    for assumption, setting in settings[["assumption", "setting"]].itertuples(index=False, name=None):
        found = baseline
        if (assumption, setting) in deciding:
            changed = apply_assumption(related, changes, assumption, setting)
            found = count_findings(count_questions(claims, changed, origin), propositions)
        for name, of in HEADLINES.items():
            difference = found[name] - baseline[name]
            rows.append((assumption, setting, name, baseline[name], found[name], found[of], difference))
    columns = ["assumption", "setting", "headline", "baseline", "alternative", "alternative_of", "difference"]
    types = {name: "str" if place < 3 else "int64" for place, name in enumerate(columns)}
    return pd.DataFrame(rows, columns=columns).astype(types)

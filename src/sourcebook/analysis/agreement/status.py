"""How the sources answer each question, and who gives each answer."""

from __future__ import annotations

import pandas as pd

from sourcebook.analysis.agreement.counting import count_by_proposition, pair_sources, relation_status
from sourcebook.analysis.agreement.dependence import origin_of_sources
from sourcebook.analysis.agreement.questions import classify, comparisons
from sourcebook.core.frames import needs
from sourcebook.core.vocabularies import RELATIONS, ordered_dtype

__all__ = ["RELATION_COLUMNS", "agreement_status", "corroboration", "matrix"]

#: Columns of :func:`agreement_status` that count pairs of claims of different sources.
RELATION_COLUMNS = ("agree", "variant", "compatible", "contradict", "not_comparable")


@needs(
    claims="claim_id source_id proposition_id",
    relations="claim_a claim_b relation rule",
    propositions="proposition_id kind cardinality",
)
def agreement_status(
    claims: pd.DataFrame, relations: pd.DataFrame, propositions: pd.DataFrame
) -> pd.DataFrame:
    """Return, for each proposition that a source answers, how the answers of different sources relate.

    Parameters
    ----------
    claims : DataFrame
        ``proposition_id, source_id, claim_id``.
    relations : DataFrame
        As :func:`sourcebook.analysis.relations.relate_all` returns it for these claims.
    propositions : DataFrame
        ``proposition_id, kind, cardinality``, and ``class, matter`` if they are there.

    Returns
    -------
    DataFrame
        One row a proposition: ``proposition_id, class, matter`` (str), ``comparison`` (str; whether the sources could
        disagree, and if not, why not), ``sources, claims, agree, variant, compatible, contradict,
        not_comparable`` (int; pairs of claims from different sources; where several answers can be right, two
        different items that both sources list are not counted), ``self_contradictions`` (int; contradicting
        pairs inside one source) and ``agreement_status`` (str): ``single source``, or the first of
        ``contradict, compatible, variant, agree, not-comparable`` that holds between two sources.

    Raises
    ------
    ValueError
        If claims of two sources on one proposition are not related.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a1", "b1"], "proposition_id": "p", "source_id": ["a", "b"]})
    >>> relations = pd.DataFrame({"claim_a": ["a1"], "claim_b": "b1", "relation": "agree", "rule": "term-same"})
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "kind": "category", "cardinality": "one"})
    >>> agreement_status(claims, relations, asked)[["comparison", "agreement_status"]].values.tolist()
    [['could-differ', 'agree']]
    """
    alone = dict(zip(claims["source_id"], claims["source_id"], strict=True))
    counts = count_by_proposition(claims, pair_sources(claims, relations), alone)
    counts = counts.join(classify(propositions)).assign(
        comparison=comparisons(counts, propositions), agreement_status=relation_status(counts)
    )
    columns = [
        "class",
        "matter",
        "comparison",
        "sources",
        "claims",
        *RELATION_COLUMNS,
        "self_contradictions",
        "agreement_status",
    ]
    return counts[columns].reset_index().astype({"proposition_id": "str"})


@needs(
    claims="claim_id source_id proposition_id",
    relations="claim_a claim_b relation rule",
    silence="proposition_id source_id silence",
    propositions="proposition_id topic",
    sources="source_id",
)
def matrix(
    claims: pd.DataFrame,
    relations: pd.DataFrame,
    silence: pd.DataFrame,
    propositions: pd.DataFrame,
    sources: pd.DataFrame,
) -> pd.DataFrame:
    """Return one state for each proposition and source.

    Parameters
    ----------
    claims : DataFrame
        ``claim_id, proposition_id, source_id``.
    relations : DataFrame
        As :func:`sourcebook.analysis.relations.relate_all` returns it for these claims.
    silence : DataFrame
        As :func:`silences` returns it.
    propositions : DataFrame
        ``proposition_id, topic``.
    sources : DataFrame
        ``source_id``.

    Returns
    -------
    DataFrame
        ``proposition_id, topic, source_id, state, claims`` (str). The state is, for a source that answers, the
        first of ``contradict, compatible, variant, agree, not-comparable`` that holds between its claims and those of
        another source, or ``only`` if no other source answers; for one that does not, the type of its silence,
        and ``not-coded`` where `silence` gives none. ``claims`` lists the claim ids, joined by ``;``. Pairs
        are counted as in :func:`agreement_status`.

    Raises
    ------
    ValueError
        If claims of two sources on one proposition are not related.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a1", "b1"], "proposition_id": "p", "source_id": ["a", "b"]})
    >>> relations = pd.DataFrame({"claim_a": ["a1"], "claim_b": "b1", "relation": "agree", "rule": "term-same"})
    >>> silence = pd.DataFrame({"proposition_id": ["p"], "source_id": "c", "silence": "searched-absent"})
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "topic": "t"})
    >>> matrix(claims, relations, silence, asked, pd.DataFrame({"source_id": ["a", "b", "c"]}))["state"].tolist()
    ['agree', 'agree', 'searched-absent']
    """
    key = ["proposition_id", "source_id"]
    cells = propositions[["proposition_id", "topic"]].merge(sources[["source_id"]], how="cross")
    answers = claims.groupby(key, sort=False)["claim_id"].agg(";".join).rename("claims")
    cells = cells.join(answers, on=key).join(_compared_states(claims, relations), on=key)
    silent = silence.drop_duplicates(key, keep="last").set_index(key)["silence"].astype("str")
    cells = cells.join(silent, on=key)
    answered = cells["compared"].fillna("only").where(cells["claims"].notna())
    cells["state"] = answered.fillna(cells["silence"]).fillna("not-coded")
    cells["claims"] = cells["claims"].fillna("")
    return cells[["proposition_id", "topic", "source_id", "state", "claims"]].astype("str")


def _compared_states(claims: pd.DataFrame, relations: pd.DataFrame) -> pd.Series:
    """Return the first relation, in their order, of each proposition and source to another source."""
    pairs = pair_sources(claims, relations)
    pairs = pairs[pairs["compares"]]
    sides = [
        pairs[["proposition_id", f"source_{side}", "relation"]].set_axis(
            ["proposition_id", "source_id", "compared"], axis="columns"
        )
        for side in "ab"
    ]
    states = pd.concat(sides, ignore_index=True)
    states = states.astype({"compared": ordered_dtype(RELATIONS)})
    return states.groupby(["proposition_id", "source_id"])["compared"].min().astype("str")


@needs(
    claims="claim_id source_id proposition_id",
    relations="claim_a claim_b relation",
    origin="source_id origin",
)
def corroboration(claims: pd.DataFrame, relations: pd.DataFrame, origin: pd.DataFrame) -> pd.DataFrame:
    """Count who gives the same answer as each claim, by sources and by origins.

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
    DataFrame
        One row a claim: ``claim_id, proposition_id, source_id`` (str), ``sources, origins`` (int) and
        ``agreeing_claims`` (str): how many sources and how many origins give a claim that agrees with this one,
        itself included, and which other claims those are. A source that gives the answer twice counts once.
        Merging never raises a count.

    Raises
    ------
    ValueError
        If a source of the claims has no origin.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a1", "b1"], "proposition_id": "p", "source_id": ["a", "b"]})
    >>> relations = pd.DataFrame({"claim_a": ["a1"], "claim_b": "b1", "relation": "agree", "rule": "term-same"})
    >>> one_author = pd.DataFrame({"source_id": ["a", "b"], "origin": "a"})
    >>> corroboration(claims, relations, one_author)[["sources", "origins", "agreeing_claims"]].to_numpy().tolist()
    [[2, 1, 'b1'], [2, 1, 'a1']]
    """
    about = claims[["claim_id", "proposition_id", "source_id"]].reset_index(drop=True)
    known = relations["claim_a"].isin(about["claim_id"]) & relations["claim_b"].isin(about["claim_id"])
    agree = relations.loc[known & (relations["relation"] == "agree"), ["claim_a", "claim_b"]]
    both = pd.concat([agree.set_axis(names, axis="columns") for names in _DIRECTIONS], ignore_index=True)
    shared = both.sort_values("partner").groupby("claim_id")["partner"].agg(";".join)
    itself = pd.DataFrame({"claim_id": about["claim_id"], "partner": about["claim_id"]})
    givers = pd.concat([both, itself], ignore_index=True)
    givers["source"] = givers["partner"].map(about.set_index("claim_id")["source_id"])
    givers["origin"] = givers["source"].map(origin_of_sources(origin, claims["source_id"]))
    counts = givers.groupby("claim_id")[["source", "origin"]].nunique()
    counts = counts.set_axis(["sources", "origins"], axis="columns").astype("int64")
    out = about.join(counts, on="claim_id").join(shared.rename("agreeing_claims"), on="claim_id")
    return out.assign(agreeing_claims=out["agreeing_claims"].fillna("").astype("str"))


#: The columns of a pair of claims, read from the one claim to the other and back.
_DIRECTIONS = (["claim_id", "partner"], ["partner", "claim_id"])

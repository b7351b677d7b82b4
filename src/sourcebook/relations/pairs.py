"""Two claims on one proposition: scope first, then the rule of the kind."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from itertools import combinations
from types import MappingProxyType
from typing import Any

import pandas as pd

from sourcebook.errors import DataError, Problem
from sourcebook.relations.amounts import relate_part_to_whole, relate_quantities
from sourcebook.relations.rules import DEFAULT_POLICY, Policy, Relation
from sourcebook.relations.times import relate_dates, relate_extents
from sourcebook.relations.wordings import broader_of, relate_names, relate_presence, relate_terms
from sourcebook.tables import LINE

__all__ = ["differences", "relate", "relate_all"]


def _scope_order(a: str, b: str, broader: Mapping[str, str]) -> int | None:
    """Return 0 for one scope, -1 if a is part of b, 1 if b is part of a, None if they are unrelated."""
    if a == b or not a or not b:
        return 0
    if b in broader_of(a, broader):
        return -1
    return 1 if a in broader_of(b, broader) else None


def relate(
    first: Mapping[Hashable, Any],
    second: Mapping[Hashable, Any],
    proposition: Mapping[Hashable, Any],
    *,
    broader: Mapping[str, str] = MappingProxyType({}),
    broader_scopes: Mapping[str, str] = MappingProxyType({}),
    labels: Mapping[tuple[str, str], str] = MappingProxyType({}),
    policy: Policy = DEFAULT_POLICY,
) -> Relation:
    """Relate two claims on one proposition.

    Parameters
    ----------
    first, second : mapping
        Claims, with ``value, scope, entity_id, modality``. An empty scope is that of the proposition; it
        compares with every other.
    proposition : mapping
        With ``kind, cardinality, dated``.
    broader : mapping of str to str
        Broader term of each term of the codebook's list ``category``.
    broader_scopes : mapping of str to str
        Broader term of each term of the codebook's list ``scope``.
    labels : mapping of (list, term) to str
        Names of the terms of both lists for people, by which the reason calls them.
    policy : Policy
        The assumptions.

    Returns
    -------
    Relation
        Symmetric in its claims but for the order in which the reason names them.

    References
    ----------
    Allen, J. F. (1983). Maintaining knowledge about temporal intervals. Communications of the ACM 26.

    Examples
    --------
    >>> claim = {"scope": "", "entity_id": "", "modality": "asserts"}
    >>> question = {"kind": "quantity", "cardinality": "one", "dated": ""}
    >>> relate({**claim, "value": ">100"}, {**claim, "value": ">200"}, question).relation
    'compatible'
    """
    if (first["modality"] == "demands") != (second["modality"] == "demands"):
        return Relation(
            relation="not-comparable", rule="modality", reason="One is a demand, the other a statement."
        )
    kind, cardinality = proposition["kind"], proposition["cardinality"]
    order = _scope_order(first["scope"], second["scope"], broader_scopes)
    scopes = [labels.get(("scope", claim["scope"]), claim["scope"]) for claim in (first, second)]
    if order and policy.related_scopes_are_one:
        order = 0
    if order is None or (order and kind != "quantity"):
        return Relation(
            relation="not-comparable",
            rule="scope",
            reason=f"One speaks of “{scopes[0]}”, the other of “{scopes[1]}”.",
        )
    if order:
        part, whole = zip((first["value"], second["value"]), scopes, strict=True)
        return relate_part_to_whole(*((part, whole) if order < 0 else (whole, part)), policy)
    a, b = first["value"], second["value"]
    if kind == "quantity":
        return relate_quantities(a, b, policy)
    if kind == "date":
        return (relate_extents if proposition["dated"] == "extent" else relate_dates)(a, b, policy)
    if kind == "category":
        named = {term: labels.get(("category", term), term) for term in (a, b)}
        return relate_terms(a, b, broader, cardinality, labels=named)
    if kind == "name":
        return relate_names((a, first["entity_id"]), (b, second["entity_id"]), cardinality)
    return relate_presence(a, b)


def _broader(codebook: pd.DataFrame, vocabulary: str) -> dict[str, str]:
    """Return the broader term of each term of a list of the codebook, or refuse a list that runs in a circle.

    A term that includes itself would be part and whole at once.
    """
    terms = codebook[codebook["vocabulary"] == vocabulary]
    broader = dict(zip(terms["term"], terms["broader"], strict=True))
    lines = terms[LINE] if LINE in terms else range(2, len(terms) + 2)
    problems = [
        Problem(
            file="coded/codebook.csv",
            line=int(line),
            column="broader",
            found=f"{broader[term]!r}, which leads back to {term!r}",
            expected="a broader term that is not part of the term itself",
            action="remove one of the broader terms of the circle",
        )
        for term, line in zip(terms["term"], lines, strict=True)
        if term in broader_of(term, broader)
    ]
    if problems:
        raise DataError(problems)
    return broader


_RELATION_COLUMNS = [
    "proposition_id",
    "claim_a",
    "claim_b",
    "source_a",
    "source_b",
    "relation",
    "rule",
    "reason",
]


def relate_all(
    claims: pd.DataFrame,
    propositions: pd.DataFrame,
    codebook: pd.DataFrame,
    *,
    policy: Policy = DEFAULT_POLICY,
) -> pd.DataFrame:
    """Relate every pair of claims that answer the same proposition.

    Parameters
    ----------
    claims : DataFrame
        ``claim_id, source_id, proposition_id, value, scope, entity_id, modality``.
    propositions : DataFrame
        ``proposition_id, kind, cardinality, dated``.
    codebook : DataFrame
        ``vocabulary, term, broader``, and ``label``, by which the reasons call a term, if it is there.
    policy : Policy
        The assumptions.

    Returns
    -------
    DataFrame
        One row a pair, in the order of the claims: ``proposition_id, claim_a, claim_b, source_a, source_b,
        relation, rule, reason``. Two claims of one source on one proposition are a pair as well.

    Raises
    ------
    DataError
        If a term of the codebook is, by its broader terms, part of itself.
    """
    broader, scopes = _broader(codebook, "category"), _broader(codebook, "scope")
    named = codebook["label"] if "label" in codebook else codebook["term"]
    labels = dict(zip(zip(codebook["vocabulary"], codebook["term"], strict=True), named, strict=True))
    questions = propositions.set_index("proposition_id").to_dict("index")
    rows = []
    for proposition_id, group in claims.groupby("proposition_id", sort=False):
        for a, b in combinations(group.to_dict("records"), 2):
            found = relate(
                a,
                b,
                questions[proposition_id],
                broader=broader,
                broader_scopes=scopes,
                labels=labels,
                policy=policy,
            )
            rows.append(
                {
                    "proposition_id": proposition_id,
                    "claim_a": a["claim_id"],
                    "claim_b": b["claim_id"],
                    "source_a": a["source_id"],
                    "source_b": b["source_id"],
                    "relation": found.relation,
                    "rule": found.rule,
                    "reason": found.reason,
                }
            )
    return pd.DataFrame(rows, columns=_RELATION_COLUMNS, dtype="str")


def differences(relations: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs that differ: contradictions first, then compatible pairs of unequal value.

    Parameters
    ----------
    relations : DataFrame
        As :func:`relate_all` returns it.

    Returns
    -------
    DataFrame
        The same columns, and ``within``: whether both claims stand in one source.
    """
    order = {"contradict": 0, "compatible": 1}
    out = relations[relations["relation"].isin(order)].copy()
    out["within"] = out["source_a"] == out["source_b"]
    return out.sort_values("relation", key=lambda c: c.map(order), kind="stable", ignore_index=True)

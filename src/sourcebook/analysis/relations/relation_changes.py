"""Which relations an assumption decides: every pair is related again under each other setting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from sourcebook.analysis.relations.all_pairs import check_claims
from sourcebook.analysis.relations.assumptions import ASSUMPTIONS, PolicySwitch
from sourcebook.analysis.relations.authority import Authority, authority_of
from sourcebook.analysis.relations.claim_groups import Answers, group_answers, pair_answers
from sourcebook.analysis.relations.pairs import relate
from sourcebook.analysis.relations.plain_tables import complete_claims, complete_propositions
from sourcebook.analysis.relations.records import Claim, Proposition, Relation, check_type
from sourcebook.analysis.relations.rules import DEFAULT_POLICY, ComparisonPolicy
from sourcebook.core.frames import needs

__all__ = ["apply_assumption", "assumption_table", "find_relation_changes", "sensitive_to"]

_PAIR = ["claim_a", "claim_b"]
_COLUMNS = [
    "assumption", "setting", "proposition_id", *_PAIR, "source_a", "source_b",
    "baseline_relation", "alternative_relation", "baseline_rule", "alternative_rule", "allen",
    "baseline_reason", "alternative_reason",
]  # fmt: skip


@needs(
    codebook="vocabulary term broader",
    entities="entity_id name",
    scope_parts="scope",
)
def find_relation_changes(
    claims: pd.DataFrame,
    propositions: pd.DataFrame,
    codebook: pd.DataFrame,
    *,
    entities: pd.DataFrame | None = None,
    scope_parts: pd.DataFrame | None = None,
    policy: ComparisonPolicy = DEFAULT_POLICY,
    assumptions: Mapping[str, PolicySwitch] = ASSUMPTIONS,
) -> pd.DataFrame:
    """Return every pair of claims whose relation changes when one assumption changes.

    Parameters
    ----------
    claims, propositions, codebook, entities, scope_parts : DataFrame
        As for :func:`relate_all`.
    policy : ComparisonPolicy
        From which one assumption at a time is changed, to each reading that it does not hold already.
    assumptions : mapping of str to PolicySwitch
        Which assumptions, with which alternatives.

    Returns
    -------
    DataFrame
        One row for each assumption, setting and pair that changes, all columns str: ``assumption, setting,
        proposition_id, claim_a, claim_b, source_a, source_b, baseline_relation, alternative_relation, baseline_rule,
        alternative_rule, allen, baseline_reason, alternative_reason``; in the order of the assumptions, then
        of the pairs.

    Raises
    ------
    DataError
        As :func:`relate_all`.

    Examples
    --------
    >>> claims = pd.DataFrame(
    ...     {"claim_id": ["a1", "b1"], "source_id": ["a", "b"], "proposition_id": "p", "value": [">100", "~90"]}
    ... ).assign(scope="", entity_id="", modality="asserts")
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "kind": "quantity", "cardinality": "one", "time_type": ""})
    >>> codebook = pd.DataFrame({"vocabulary": [], "term": [], "broader": []}, dtype="str")
    >>> changes = find_relation_changes(claims, asked, codebook)
    >>> changes[["assumption", "setting", "alternative_relation"]].values.tolist()
    [['about-width', 'twenty-five-per-cent', 'compatible']]
    """
    check_type("policy", policy, ComparisonPolicy)
    claims, propositions = complete_claims(claims), complete_propositions(propositions)
    check_claims(claims, propositions)
    authority = authority_of(codebook, entities=entities, scope_parts=scope_parts)
    settings = []
    for name, assumption in assumptions.items():
        for setting, value in assumption.alternatives_to(policy).items():
            switch: dict[str, Any] = {assumption.field: value}
            settings.append((name, setting, assumption.field, replace(policy, **switch)))
    rows: list[list[tuple[str, ...]]] = [[] for _ in settings]
    for group in group_answers(claims, propositions):
        for number, changed in enumerate(_changes_of(group, authority, policy, settings)):
            rows[number] += changed
    return pd.DataFrame([row for some in rows for row in some], columns=_COLUMNS, dtype="str")


#: An assumption, its setting, the field of the policy, and the policy with the setting.
_Setting = tuple[str, str, str, ComparisonPolicy]


def _changes_of(
    group: Answers, authority: Authority, policy: ComparisonPolicy, settings: Sequence[_Setting]
) -> Iterator[list[tuple[str, ...]]]:
    """Yield for each setting the rows of the pairs on one proposition that change under it."""
    pairs = pair_answers(group)
    found = [_relate_noting(*pair, group.proposition, authority, policy) for pair in pairs.answers]
    for name, setting, field, other in settings:
        after: dict[int, Relation] = {}
        for number, (before, noted) in enumerate(found):
            if field in noted:
                relation = relate(
                    *pairs.answers[number], group.proposition, authority=authority, policy=other
                )
                if relation.relation != before.relation:
                    after[number] = relation
        if not after:
            yield []
            continue
        changed = np.flatnonzero(np.isin(pairs.place, list(after)))
        rows = zip(
            pairs.first[changed].tolist(), pairs.second[changed].tolist(), pairs.place[changed], strict=True
        )
        yield [
            (
                *(name, setting, group.proposition_id, group.claim_ids[a], group.claim_ids[b]),
                *(group.source_ids[a], group.source_ids[b]),
                *(found[k][0].relation, after[k].relation, found[k][0].rule, after[k].rule),
                *(after[k].allen, found[k][0].reason, after[k].reason),
            )
            for a, b, k in rows
        ]


class _NotingPolicy(ComparisonPolicy):
    """A policy that notes which of its fields are looked at."""

    def __getattribute__(self, name: str) -> Any:
        if name in _FIELDS:
            object.__getattribute__(self, "noted").add(name)
        derived = _DERIVED.get(name)
        return object.__getattribute__(self, name) if derived is None else derived(self)


_FIELDS = frozenset(field.name for field in fields(ComparisonPolicy))
_DERIVED = {
    name: value.func for name, value in vars(ComparisonPolicy).items() if isinstance(value, cached_property)
}


def _relate_noting(
    a: Claim, b: Claim, proposition: Proposition, authority: Authority, policy: ComparisonPolicy
) -> tuple[Relation, set[str]]:
    """Relate two claims; return also the fields of the policy that were looked at: no other can change it."""
    noting = object.__new__(_NotingPolicy)
    noted: set[str] = set()
    noting.__dict__.update({name: getattr(policy, name) for name in _FIELDS}, noted=noted)
    relation = relate(a, b, proposition, authority=authority, policy=noting)
    return relation, set(noted)


@needs(
    relations="claim_a claim_b",
    changes="assumption claim_a claim_b",
)
def sensitive_to(relations: pd.DataFrame, changes: pd.DataFrame) -> pd.Series:
    """Return the assumptions that would change each relation.

    Parameters
    ----------
    relations : DataFrame
        ``claim_a, claim_b``.
    changes : DataFrame
        As :func:`find_relation_changes` returns it.

    Returns
    -------
    Series
        For each row of `relations` the names of the assumptions under which it changes, joined by ``;``; empty
        where it is the same under every setting.

    Examples
    --------
    >>> relations = pd.DataFrame({"claim_a": ["a1"], "claim_b": "b1", "relation": "contradict"})
    >>> changes = pd.DataFrame({"claim_a": ["a1"], "claim_b": "b1", "assumption": "about-width", "setting": "wider",
    ...     "alternative_relation": "compatible", "alternative_rule": "", "alternative_reason": "", "allen": ""})
    >>> sensitive_to(relations, changes).tolist()
    ['about-width']
    """
    named: dict[tuple[str, str], dict[str, None]] = {}
    for a, b, name in zip(changes["claim_a"], changes["claim_b"], changes["assumption"], strict=True):
        named.setdefault((a, b), {})[name] = None
    pairs = zip(relations["claim_a"], relations["claim_b"], strict=True)
    return pd.Series([";".join(named.get(pair, ())) for pair in pairs], index=relations.index, dtype="str")


@needs(
    relations="claim_a claim_b",
    changes="assumption setting claim_a claim_b alternative_relation alternative_rule",
)
def apply_assumption(
    relations: pd.DataFrame, changes: pd.DataFrame, assumption: str, setting: str
) -> pd.DataFrame:
    """Return the relations under another setting of one assumption.

    Parameters
    ----------
    relations, changes : DataFrame
        As :func:`relate_all` and :func:`find_relation_changes` return them, for the same claims.
    assumption, setting : str
        Which assumption, in which other setting.

    Returns
    -------
    DataFrame
        The rows of `relations`, with the other relation, rule and reason where the pair changes.

    Examples
    --------
    >>> relations = pd.DataFrame({"claim_a": ["a1"], "claim_b": "b1", "relation": "contradict"})
    >>> changes = pd.DataFrame({"claim_a": ["a1"], "claim_b": "b1", "assumption": "about-width", "setting": "wider",
    ...     "alternative_relation": "compatible", "alternative_rule": "", "alternative_reason": "", "allen": ""})
    >>> apply_assumption(relations, changes, "about-width", "wider")["relation"].tolist()
    ['compatible']
    """
    selected = changes[changes["assumption"].eq(assumption) & changes["setting"].eq(setting)]
    out = relations.reset_index(drop=True)
    place = {pair: k for k, pair in enumerate(zip(selected["claim_a"], selected["claim_b"], strict=True))}
    near = np.flatnonzero(out["claim_a"].isin(selected["claim_a"]))
    pairs = zip(out["claim_a"].iloc[near], out["claim_b"].iloc[near], strict=True)
    changed = np.array([place.get(pair, -1) for pair in pairs], dtype=np.int64)
    rows, after = near[changed >= 0], changed[changed >= 0]
    for column, source in (
        ("relation", "alternative_relation"),
        ("rule", "alternative_rule"),
        ("reason", "alternative_reason"),
        ("allen",) * 2,
    ):
        if column in out:
            cells = out[column].to_numpy(dtype=object, copy=True)
            cells[rows] = selected[source].to_numpy()[after]
            out[column] = pd.Series(cells, dtype=out[column].dtype)
    return out


@needs(
    changes="assumption setting proposition_id baseline_relation alternative_relation",
)
def assumption_table(
    changes: pd.DataFrame,
    *,
    policy: ComparisonPolicy = DEFAULT_POLICY,
    assumptions: Mapping[str, PolicySwitch] = ASSUMPTIONS,
) -> pd.DataFrame:
    """Return each other setting of each assumption, with counts of what changes under it.

    Parameters
    ----------
    changes : DataFrame
        As :func:`find_relation_changes` returns it for this policy and these assumptions.
    policy : ComparisonPolicy
        What is assumed.
    assumptions : mapping of str to PolicySwitch
        Which assumptions, with which alternatives.

    Returns
    -------
    DataFrame
        ``assumption, label, default, rationale, setting, field, value`` (str; the value of the field in this
        setting), ``pairs, propositions, no_longer_contradict, now_contradict, no_longer_agree, now_agree`` (int; the
        last four count pairs). A setting under which nothing changes has zeros.

    Examples
    --------
    >>> claims = pd.DataFrame(
    ...     {"claim_id": ["a1", "b1"], "source_id": ["a", "b"], "proposition_id": "p", "value": [">100", "~90"]}
    ... ).assign(scope="", entity_id="", modality="asserts")
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "kind": "quantity", "cardinality": "one", "time_type": ""})
    >>> codebook = pd.DataFrame({"vocabulary": [], "term": [], "broader": []}, dtype="str")
    >>> table = assumption_table(find_relation_changes(claims, asked, codebook))
    >>> table.loc[table["pairs"] > 0, ["setting", "no_longer_contradict"]].values.tolist()
    [['twenty-five-per-cent', 1]]
    """
    rows = []
    for name, assumption in assumptions.items():
        for setting, value in assumption.alternatives_to(policy).items():
            selected = changes[changes["assumption"].eq(name) & changes["setting"].eq(setting)]
            counts = {
                f"{words}_{relation}": int(selected[column].eq(relation).sum())
                for relation in ("contradict", "agree")
                for words, column in (("no_longer", "baseline_relation"), ("now", "alternative_relation"))
            }
            described = {
                "label": assumption.label,
                "default": assumption.default,
                "rationale": assumption.rationale,
            }
            rows.append(
                {"assumption": name, **described, "setting": setting}
                | {"field": assumption.field, "value": str(value), "pairs": len(selected)}
                | {"propositions": int(selected["proposition_id"].nunique()), **counts}
            )
    return pd.DataFrame(rows)

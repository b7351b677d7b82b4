"""Two claims on one proposition: scope first, then the rule of the kind."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sourcebook.analysis.relations.date_rules import relate_dates, relate_extents
from sourcebook.analysis.relations.quantity_rules import relate_part_to_whole, relate_quantities
from sourcebook.analysis.relations.rules import DEFAULT_POLICY, Policy, Relation
from sourcebook.analysis.relations.scopes import parts_apart, scope_order
from sourcebook.analysis.relations.term_rules import relate_names, relate_presence, relate_terms
from sourcebook.core.vocabularies import CLAIM_KINDS

__all__ = ["NO_AUTHORITY", "Authority", "relate"]


@dataclass(frozen=True, kw_only=True)
class Authority:
    """What the rules look up: the tables of a corpus that say what belongs to what.

    Attributes
    ----------
    broader : mapping of str to str
        Broader term of each term of the codebook's list ``category``.
    broader_scopes : mapping of str to str
        Broader term of each term of the codebook's list ``scope``.
    scope_parts : mapping of str to mapping
        ``counted, time, place`` of each scope, from the table of scope parts.
    labels : mapping of (list, term) to str
        Names of the terms of both lists for people, by which the reasons call them.
    bearers : mapping of str to str
        The name of each entity, from the table of entities.
    """

    broader: Mapping[str, str] = field(default_factory=dict)
    broader_scopes: Mapping[str, str] = field(default_factory=dict)
    scope_parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    bearers: Mapping[str, str] = field(default_factory=dict)


NO_AUTHORITY = Authority()


def relate(
    first: Mapping[Hashable, Any],
    second: Mapping[Hashable, Any],
    proposition: Mapping[Hashable, Any],
    *,
    authority: Authority = NO_AUTHORITY,
    policy: Policy = DEFAULT_POLICY,
) -> Relation:
    """Relate two claims on one proposition.

    Parameters
    ----------
    first, second : mapping
        Claims, with ``value, scope, entity_id, modality`` and, if there is one, ``basis``. An empty scope is
        that of the proposition; it compares with every other.
    proposition : mapping
        With ``kind, cardinality, time_type``.
    authority : Authority
        What the rules look up.
    policy : Policy
        The assumptions.

    Returns
    -------
    Relation
        Symmetric in its claims but for the order in which the reason names them, and Allen's relation, which
        is the inverse.

    Raises
    ------
    ParseError
        For a quantity or a date that cannot be read.
    ValueError
        For a proposition of no known kind.

    References
    ----------
    Allen, J. F. (1983). Maintaining knowledge about temporal intervals. Communications of the ACM 26.

    Examples
    --------
    >>> claim = {"scope": "", "entity_id": "", "modality": "asserts"}
    >>> question = {"kind": "quantity", "cardinality": "one", "time_type": ""}
    >>> relate({**claim, "value": ">100"}, {**claim, "value": ">200"}, question).relation
    'compatible'
    """
    inferred = [claim.get("basis", "") == "inferred" for claim in (first, second)]
    if any(inferred) and not policy.inferred_count:
        which = "Both answers are" if all(inferred) else "One answer is"
        return _apart("inferred", f"{which} inferred by the coder, and set aside.")
    if policy.demands_are_apart and (first["modality"] == "demands") != (second["modality"] == "demands"):
        return _apart("modality", "One is a demand, the other a statement.")
    a, b = first["scope"], second["scope"]
    parts = authority.scope_parts
    order = scope_order(a, b, authority.broader_scopes, parts, policy)
    if order is None or (order and proposition["kind"] != "quantity"):
        return _apart("scope", _two_scopes(a, b, authority) + parts_apart(a, b, parts))
    if order:
        say = [authority.labels.get(("scope", scope), scope) for scope in (a, b)]
        part, whole = zip((first["value"], second["value"]), say, strict=True)
        return relate_part_to_whole(*((part, whole) if order < 0 else (whole, part)), policy)
    found = _relate_values(first, second, proposition, authority, policy)
    said = _assumed(first, second, authority, policy)
    return replace(found, reason=f"{found.reason} {said}") if said else found


def _apart(rule: str, reason: str) -> Relation:
    return Relation(relation="not-comparable", rule=rule, reason=reason)


def _assumed(
    first: Mapping[Hashable, Any], second: Mapping[Hashable, Any], authority: Authority, policy: Policy
) -> str:
    """Say what was taken for one, though the claims differ in it, by a policy that is not the default."""
    told = []
    if (first["modality"] == "demands") != (second["modality"] == "demands"):
        told.append("A demand is compared with a statement.")
    a, b = (authority.labels.get(("scope", c["scope"]), c["scope"]) for c in (first, second))
    if policy.related_scopes_are_one and a and b and a != b:
        told.append(f"“{a}” and “{b}” are taken for one.")
    return " ".join(told)


def _two_scopes(a: str, b: str, authority: Authority) -> str:
    say = [
        f"of “{authority.labels.get(('scope', s), s)}”" if s else "without a scope of its own" for s in (a, b)
    ]
    return f"One speaks {say[0]}, the other {say[1]}."


def _relate_values(
    first: Mapping[Hashable, Any],
    second: Mapping[Hashable, Any],
    proposition: Mapping[Hashable, Any],
    authority: Authority,
    policy: Policy,
) -> Relation:
    """Relate the values of two claims on the same thing, by the rule of their kind."""
    a, b = first["value"], second["value"]
    kind, cardinality = proposition["kind"], proposition["cardinality"]
    if kind == "quantity":
        return relate_quantities(a, b, policy)
    if kind == "date":
        return (relate_extents if proposition["time_type"] == "interval" else relate_dates)(a, b, policy)
    if kind == "category":
        named = {term: authority.labels.get(("category", term), term) for term in (a, b)}
        return relate_terms(a, b, authority.broader, cardinality, labels=named, policy=policy)
    if kind == "presence":
        return relate_presence(a, b)
    if kind == "name":
        names = (a, first["entity_id"]), (b, second["entity_id"])
        return relate_names(*names, cardinality, bearers=authority.bearers, policy=policy)
    raise ValueError(f"proposition: expected one of the kinds {', '.join(CLAIM_KINDS)}; found {kind!r}")

"""Two claims on one proposition: scope first, then the rule of the kind."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from sourcebook.analysis.relations.authority import NO_AUTHORITY, Authority
from sourcebook.analysis.relations.date_rules import relate_instants, relate_time_intervals
from sourcebook.analysis.relations.plain_tables import number_in_notation
from sourcebook.analysis.relations.quantity_rules import relate_part_to_whole, relate_quantities
from sourcebook.analysis.relations.records import Claim, Proposition, Relation, check_type
from sourcebook.analysis.relations.rules import DEFAULT_POLICY, ComparisonPolicy
from sourcebook.analysis.relations.scopes import describe_scope_difference, scope_order
from sourcebook.analysis.relations.term_rules import relate_names, relate_presence, relate_terms
from sourcebook.parsing.dates import parse_date

__all__ = ["relate"]

#: The rule in the place of one by which two answers differ, where several can be right.
_LISTS = {
    "quantity-different": "quantity-list",
    "date-different": "date-list",
    "interval-different": "interval-list",
}


def relate(
    first: Claim | str | float,
    second: Claim | str | float,
    proposition: Proposition | None = None,
    *,
    kind: str | None = None,
    authority: Authority = NO_AUTHORITY,
    policy: ComparisonPolicy = DEFAULT_POLICY,
) -> Relation:
    """Relate two claims on one proposition.

    Parameters
    ----------
    first, second : Claim, str or float
        The claims; a text or a number is taken as a claim with this value, and a date may be in words. An empty scope
        is that of the proposition; it compares with every other.
    proposition : Proposition, optional
        What they answer.
    kind : str, optional
        In place of a proposition with nothing but its kind: ``quantity, date, category, name, presence``.
    authority : Authority
        What the rules look up: broader terms, parts of scopes, names of entities.
    policy : ComparisonPolicy
        The assumptions.

    Returns
    -------
    Relation
        Symmetric in its claims but for the order in which the reason names them, and Allen's relation, which
        is the inverse.

    Raises
    ------
    TypeError
        For an argument of another type, and for both or neither of `proposition` and `kind`.
    ValueError
        For an unknown `kind`, and a presence that is neither yes nor no.
    ParseError
        For a quantity or a date that cannot be read.

    References
    ----------
    Allen, J. F. (1983). Maintaining knowledge about temporal intervals. Communications of the ACM 26.

    Examples
    --------
    >>> relate(">100", ">200", kind="quantity").relation
    'compatible'
    >>> relate("~640", "~900", kind="quantity").reason
    'No number is both about 640 and about 900. “about 640” is read as 576 to 704. “about 900” is read as 810 to 990.'
    >>> relate("November 1988", "22 November 1988", kind="date").rule
    'date-share'
    >>> relate("1987/1989", "1987/1991", Proposition("date", time_type="interval")).allen
    'starts'
    >>> relate(Claim("51", scope="delegates"), Claim("200", scope="guests"), kind="quantity").relation
    'not-comparable'
    """
    asked = _as_proposition(proposition, kind)
    a, b = _as_claim("first", first, asked.kind), _as_claim("second", second, asked.kind)
    check_type("authority", authority, Authority)
    check_type("policy", policy, ComparisonPolicy)

    # CASE 1: only stated answers are to count, and one of the two was inferred by the coder.
    inferred = (a.basis == "inferred", b.basis == "inferred")
    if any(inferred) and not policy.inferred_count:
        subject = "Both answers are" if all(inferred) else "One answer is"
        return _not_comparable("inferred", f"{subject} inferred by the coder, and set aside.")

    # CASE 2: one demands what the other states. Who asks for a thing does not say that it is so.
    if policy.demands_are_separate and _is_demand(a) != _is_demand(b):
        return _not_comparable("modality", "One is a demand, the other a statement.")

    # CASE 3: the two speak of different things; only counts can be compared as a part and its whole.
    order = scope_order(a.scope, b.scope, authority.broader_scopes, authority.scope_parts, policy)
    if order is None or (order != 0 and asked.kind != "quantity"):
        return _not_comparable("scope", _describe_scopes(a, b, authority))

    # CASE 4: one counts a part of what the other counts. A part is at most the whole.
    if order != 0:
        counts = [(claim.value, authority.scope_label(claim.scope)) for claim in (a, b)]
        part, whole = counts if order < 0 else reversed(counts)
        return relate_part_to_whole(part, whole, policy)

    # CASE 5: the two speak of the same thing. The rule of the kind compares their values.
    relation = _relate_values(a, b, asked, authority, policy)
    if asked.question_class == "wording" and relation.relation == "contradict":
        reason = f"“{a.value}” and “{b.value}” differ in wording, and neither excludes the other."
        relation = Relation(relation="variant", rule="wording", reason=reason)
    taken_as_one = _describe_assumed(a, b, authority, policy)
    return replace(relation, reason=f"{relation.reason} {taken_as_one}") if taken_as_one else relation


def _as_claim(name: str, claim: Claim | str | float, kind: str) -> Claim:
    if isinstance(claim, Claim):
        return claim
    value = number_in_notation(claim)
    if not isinstance(value, str):
        raise TypeError(f"{name}: expected a Claim, text or a number, found {type(claim).__name__}")
    return Claim(parse_date(value).edtf if kind == "date" else value)


def _as_proposition(proposition: Proposition | None, kind: str | None) -> Proposition:
    if (proposition is None) == (kind is None):
        raise TypeError("proposition: expected a Proposition, or a kind in its place")
    if kind is not None:
        return Proposition(kind)
    check_type("proposition", proposition, Proposition)
    return cast(Proposition, proposition)


def _is_demand(claim: Claim) -> bool:
    return claim.modality == "demands"


def _not_comparable(rule: str, reason: str) -> Relation:
    return Relation(relation="not-comparable", rule=rule, reason=reason)


def _describe_assumed(a: Claim, b: Claim, authority: Authority, policy: ComparisonPolicy) -> str:
    """Return what was taken for one by a policy that is not the default, though the claims differ in it."""
    sentences = []
    if _is_demand(a) != _is_demand(b):
        sentences.append("A demand is compared with a statement.")
    if policy.related_scopes_are_one and a.scope and b.scope:
        names = authority.scope_label(a.scope), authority.scope_label(b.scope)
        if names[0] != names[1]:
            sentences.append(f"“{names[0]}” and “{names[1]}” are taken for one.")
    return " ".join(sentences)


def _describe_scopes(a: Claim, b: Claim, authority: Authority) -> str:
    """Return the two scopes, and in which parts they differ, as sentences."""
    names = [
        f"of “{authority.scope_label(claim.scope)}”" if claim.scope else "without a scope of its own"
        for claim in (a, b)
    ]
    difference = describe_scope_difference(a.scope, b.scope, authority.scope_parts)
    return f"One speaks {names[0]}, the other {names[1]}.{difference}"


def _relate_values(
    a: Claim, b: Claim, proposition: Proposition, authority: Authority, policy: ComparisonPolicy
) -> Relation:
    """Relate the values of two claims on the same thing, by the rule of their kind."""
    match proposition.kind:
        case "quantity":
            return _as_list(relate_quantities(a.value, b.value, policy), proposition)
        case "date" if proposition.time_type == "interval":
            return _as_list(relate_time_intervals(a.value, b.value, policy), proposition)
        case "date":
            return _as_list(relate_instants(a.value, b.value, policy), proposition)
        case "category":
            labels = {term: authority.labels.get(("category", term), term) for term in (a.value, b.value)}
            cardinality = proposition.cardinality
            return relate_terms(
                a.value, b.value, authority.broader, cardinality, labels=labels, policy=policy
            )
        case "name":
            names = (a.value, a.entity_id), (b.value, b.entity_id)
            cardinality = proposition.cardinality
            return relate_names(*names, cardinality, entity_names=authority.entity_names, policy=policy)
        case _:
            return relate_presence(a.value, b.value)


def _as_list(relation: Relation, proposition: Proposition) -> Relation:
    """Return two different quantities or dates as compatible where several answers can be right."""
    rule = _LISTS.get(relation.rule)
    if rule is None or proposition.cardinality != "many":
        return relation
    reason = f"{relation.reason.removesuffix('.')}; both can be right."
    return replace(relation, relation="compatible", rule=rule, reason=reason)

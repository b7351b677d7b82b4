"""How two claims on one proposition relate, and the rule that decided.

Scope comes first: two claims that count or date different things are not comparable, whatever their
values. Then the kind of the proposition picks the rule. Every result names its rule by a code of
:data:`RULES` and gives the reason as a sentence about the two values.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType
from typing import Any

import pandas as pd

from sourcebook import dates, quantities

__all__ = ["DEFAULT_POLICY", "RULES", "Policy", "Relation", "differences", "relate", "relate_all"]

RULES: Mapping[str, str] = MappingProxyType(
    {
        "modality": "What one source demands and another states do not bear on each other.",
        "scope": "Claims that count or date different things are not comparable.",
        "scope-part": "A count of a part is at most the count of the whole.",
        "quantity-same": "Two quantities with the same interval agree.",
        "quantity-share": "Two quantities whose intervals share a number are compatible.",
        "quantity-apart": "Two quantities whose intervals share no number contradict each other.",
        "date-same": "Two dates with the same bounds agree.",
        "date-share": "Two dates whose bounds share a day are compatible.",
        "date-apart": "Two dates whose bounds share no day contradict each other.",
        "extent-same": "Two periods with the same start and the same end agree.",
        "extent-share": "Two periods whose starts and whose ends share a day are compatible.",
        "extent-apart": "Two periods that start or end at different times contradict each other.",
        "term-same": "The same term agrees with itself.",
        "term-broader": "A term and a broader term that includes it are compatible.",
        "term-list": "Where several answers can stand together, two different ones are compatible.",
        "term-apart": "Where one answer excludes the others, two different ones contradict each other.",
        "name-same": "The same name, but for capitals and punctuation, agrees with itself.",
        "name-variant": "Two forms that the table of entities gives to one bearer are compatible.",
        "presence-same": "Both say yes, or both say no.",
        "presence-apart": "One says yes and the other no.",
    }
)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The assumptions behind the rules.

    Attributes
    ----------
    quantities : sourcebook.quantities.Assumptions
        How wide "about" is and what a vague magnitude spans.
    related_scopes_are_one : bool
        Treat a scope and its broader scope as the same; off by default.
    """

    quantities: quantities.Assumptions = quantities.DEFAULT
    related_scopes_are_one: bool = False


DEFAULT_POLICY = Policy()


@dataclass(frozen=True, kw_only=True)
class Relation:
    """The relation of two claims.

    Attributes
    ----------
    relation : str
        A term of :data:`sourcebook.vocab.RELATIONS`.
    rule : str
        A code of :data:`RULES`.
    reason : str
        The rule applied to these two values, as a sentence.
    """

    relation: str
    rule: str
    reason: str


def _ancestors(term: str, broader: Mapping[str, str]) -> list[str]:
    chain: list[str] = []
    while term in broader and broader[term] and broader[term] not in chain:
        term = broader[term]
        chain.append(term)
    return chain


def _scope_order(a: str, b: str, broader: Mapping[str, str]) -> int | None:
    """Return 0 for one scope, -1 if a is part of b, 1 if b is part of a, None if they are unrelated."""
    if a == b or not a or not b:
        return 0
    if b in _ancestors(a, broader):
        return -1
    return 1 if a in _ancestors(b, broader) else None


def _share(first: str, second: str, common: str, narrower: str) -> str:
    tail = f"; {narrower} is the narrower claim" if narrower else ""
    return f"{first} and {second} share {common}{tail}."


def _common_numbers(a: quantities.QuantityInterval, b: quantities.QuantityInterval) -> str:
    shared = quantities.intersect(a, b)
    if shared is None:
        return "nothing"
    if shared.lower == shared.upper:
        return f"the number {shared.lower:,.15g}"
    if shared.upper == float("inf"):
        return f"every number {'from' if shared.lower_closed else 'above'} {shared.lower:,.15g}"
    low = "from" if shared.lower_closed else "above"
    high = "to" if shared.upper_closed else "to just under"
    return f"the numbers {low} {shared.lower:,.15g} {high} {shared.upper:,.15g}"


def _narrower(a_has_b: bool, b_has_a: bool, first: str, second: str) -> str:
    if a_has_b == b_has_a:
        return ""
    return f"“{second}”" if a_has_b else f"“{first}”"


def _relate_quantities(
    first: Mapping[Hashable, Any], second: Mapping[Hashable, Any], order: int, policy: Policy
) -> Relation:
    a, b = (quantities.parse_quantity(c["value"], assumptions=policy.quantities) for c in (first, second))
    say_a, say_b = (quantities.format_quantity(c["value"]) for c in (first, second))
    if order:
        part, whole, say_part, say_whole = (a, b, say_a, say_b) if order < 0 else (b, a, say_b, say_a)
        too_many = part.lower > whole.upper or (
            part.lower == whole.upper and not (part.lower_closed and whole.upper_closed)
        )
        verb = "is more than" if too_many else "can be within"
        return Relation(
            relation="contradict" if too_many else "compatible",
            rule="scope-part",
            reason=f"{say_part} is said of a part and {say_whole} of the whole; the first {verb} the second.",
        )
    if quantities.same(a, b):
        return Relation(
            relation="agree", rule="quantity-same", reason=f"{say_a} and {say_b} are the same interval."
        )
    if quantities.overlaps(a, b):
        narrower = _narrower(quantities.contains(a, b), quantities.contains(b, a), say_a, say_b)
        return Relation(
            relation="compatible",
            rule="quantity-share",
            reason=_share(say_a, say_b, _common_numbers(a, b), narrower),
        )
    return Relation(
        relation="contradict", rule="quantity-apart", reason=f"No number is both {say_a} and {say_b}."
    )


def _relate_dates(first: str, second: str) -> Relation:
    a, b = dates.parse_edtf(first), dates.parse_edtf(second)
    say_a, say_b = dates.format_date(first), dates.format_date(second)
    if dates.same(a, b):
        return Relation(
            relation="agree", rule="date-same", reason=f"{say_a} and {say_b} have the same bounds."
        )
    if dates.overlaps(a, b):
        narrower = _narrower(dates.contains(a, b), dates.contains(b, a), say_a, say_b)
        return Relation(
            relation="compatible", rule="date-share", reason=_share(say_a, say_b, "at least a day", narrower)
        )
    return Relation(
        relation="contradict", rule="date-apart", reason=f"No day lies both in {say_a} and in {say_b}."
    )


def _ends(interval: dates.DateInterval) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    return (
        (interval.start_earliest, interval.start_latest),
        (interval.end_earliest, interval.end_latest),
    )


def _apart(a: tuple[Any, Any], b: tuple[Any, Any]) -> bool:
    """Whether two ranges of days share none; a missing bound is unlimited."""
    (a_low, a_high), (b_low, b_high) = a, b
    return (a_high is not None and b_low is not None and a_high < b_low) or (
        b_high is not None and a_low is not None and b_high < a_low
    )


def _relate_extents(first: str, second: str) -> Relation:
    a, b = _ends(dates.parse_edtf(first)), _ends(dates.parse_edtf(second))
    say_a, say_b = dates.format_date(first), dates.format_date(second)
    if a == b:
        return Relation(
            relation="agree",
            rule="extent-same",
            reason=f"{say_a} and {say_b} start and end at the same time.",
        )
    apart = [name for name, x, y in zip(("start", "end"), a, b, strict=True) if _apart(x, y)]
    if apart:
        same = [name for name, x, y in zip(("start", "end"), a, b, strict=True) if x == y]
        tail = f"; their {same[0]}s are the same" if same else ""
        return Relation(
            relation="contradict",
            rule="extent-apart",
            reason=f"{say_a} and {say_b} differ in their {' and '.join(apart)}{tail}.",
        )
    return Relation(
        relation="compatible",
        rule="extent-share",
        reason=f"{say_a} and {say_b} can have the same start and the same end; one is dated more exactly.",
    )


def _relate_terms(first: str, second: str, broader: Mapping[str, str], cardinality: str) -> Relation:
    if first == second:
        return Relation(relation="agree", rule="term-same", reason=f"Both say “{first}”.")
    if second in _ancestors(first, broader) or first in _ancestors(second, broader):
        return Relation(
            relation="compatible",
            rule="term-broader",
            reason=f"One of “{first}” and “{second}” includes the other.",
        )
    return _by_cardinality(first, second, cardinality)


def _by_cardinality(first: str, second: str, cardinality: str) -> Relation:
    if cardinality == "many":
        return Relation(
            relation="compatible", rule="term-list", reason=f"“{first}” and “{second}” can stand together."
        )
    return Relation(
        relation="contradict", rule="term-apart", reason=f"“{first}” and “{second}” exclude each other."
    )


def _plain(name: str) -> str:
    """Return a name without capitals, punctuation and spacing."""
    return " ".join(re.findall(r"\w+", name.casefold()))


def _words_apart(first: str, second: str) -> str:
    a, b = (re.findall(r"[\w']+", name.casefold()) for name in (first, second))
    only_a = [w for w in a if w not in b]
    only_b = [w for w in b if w not in a]
    parts = [f"only the {n} has “{' '.join(w)}”" for n, w in (("first", only_a), ("second", only_b)) if w]
    return "; ".join(parts) or "the words stand in another order"


def _relate_names(
    first: Mapping[Hashable, Any], second: Mapping[Hashable, Any], cardinality: str
) -> Relation:
    a, b = first["value"], second["value"]
    if _plain(a) == _plain(b):
        return Relation(relation="agree", rule="name-same", reason=f"Both write “{a}”.")
    if first["entity_id"] and first["entity_id"] == second["entity_id"]:
        return Relation(
            relation="compatible",
            rule="name-variant",
            reason=f"“{a}” and “{b}” are listed as names of one bearer; {_words_apart(a, b)}.",
        )
    return _by_cardinality(a, b, cardinality)


def _relate_presence(first: str, second: str) -> Relation:
    if first == second:
        return Relation(relation="agree", rule="presence-same", reason=f"Both answer {first}.")
    return Relation(
        relation="contradict", rule="presence-apart", reason=f"One answers {first}, the other {second}."
    )


def relate(
    first: Mapping[Hashable, Any],
    second: Mapping[Hashable, Any],
    proposition: Mapping[Hashable, Any],
    *,
    broader: Mapping[str, str] = MappingProxyType({}),
    policy: Policy = DEFAULT_POLICY,
) -> Relation:
    """Relate two claims on one proposition.

    Parameters
    ----------
    first, second : mapping
        Claims, with ``value, scope, entity_id, modality``.
    proposition : mapping
        With ``kind, cardinality, dated``.
    broader : mapping of str to str
        Broader term of each term of the codebook's lists ``scope`` and ``category``.
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
    order = _scope_order(first["scope"], second["scope"], broader)
    kind = proposition["kind"]
    if order and policy.related_scopes_are_one:
        order = 0
    if order is None or (order and kind != "quantity"):
        return Relation(
            relation="not-comparable",
            rule="scope",
            reason=f"One speaks of “{first['scope']}”, the other of “{second['scope']}”.",
        )
    if kind == "quantity":
        return _relate_quantities(first, second, order, policy)
    if kind == "date":
        relate_two = _relate_extents if proposition["dated"] == "extent" else _relate_dates
        return relate_two(first["value"], second["value"])
    if kind == "category":
        return _relate_terms(first["value"], second["value"], broader, proposition["cardinality"])
    if kind == "name":
        return _relate_names(first, second, proposition["cardinality"])
    return _relate_presence(first["value"], second["value"])


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
        ``vocabulary, term, broader``.
    policy : Policy
        The assumptions.

    Returns
    -------
    DataFrame
        One row a pair, in the order of the claims: ``proposition_id, claim_a, claim_b, source_a, source_b,
        relation, rule, reason``. Two claims of one source on one proposition are a pair as well.
    """
    terms = codebook[codebook["vocabulary"].isin(["scope", "category"])]
    broader = dict(zip(terms["term"], terms["broader"], strict=True))
    questions = propositions.set_index("proposition_id").to_dict("index")
    rows = []
    for proposition_id, group in claims.groupby("proposition_id", sort=False):
        for a, b in combinations(group.to_dict("records"), 2):
            found = relate(a, b, questions[proposition_id], broader=broader, policy=policy)
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

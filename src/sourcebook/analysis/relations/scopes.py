"""What a claim is about: whether two scopes are one, a part and its whole, or two different things."""

from __future__ import annotations

from collections.abc import Mapping

from sourcebook.analysis.relations.rules import ComparisonPolicy
from sourcebook.analysis.relations.term_rules import broader_of
from sourcebook.parsing.dates import contains, format_date, parse_edtf

__all__ = ["SCOPE_PARTS", "describe_scope_difference", "scope_order"]

#: The parts of a scope by column of the table of scope parts, as the reasons call them.
SCOPE_PARTS: Mapping[str, str] = {
    "counted": "what is counted or dated",
    "time": "when",
    "place": "where",
}

_Parts = Mapping[str, Mapping[str, str]]


def _part_order(name: str, a: str, b: str) -> int | None:
    """Return the order of one part of two scopes; a part that is not stated includes every other."""
    if a == b:
        return 0
    if not a or not b:
        return -1 if a else 1
    if name != "time":
        return None
    first, second = parse_edtf(a), parse_edtf(b)
    inside = (contains(first, second), contains(second, first))
    return {(True, True): 0, (True, False): 1, (False, True): -1}.get(inside)


def scope_order(
    a: str, b: str, broader: Mapping[str, str], parts: _Parts, policy: ComparisonPolicy
) -> int | None:
    """Return which of two scopes is part of the other.

    Parameters
    ----------
    a, b : str
        Terms of the codebook's list ``scope``; empty for the scope of the question itself.
    broader : mapping of str to str
        Broader term of each term. It goes before what follows from the parts.
    parts : mapping of str to mapping
        ``counted, time, place`` of each term, as far as stated.
    policy : ComparisonPolicy
        Whether a claim without a scope fits every scope, and whether related scopes are one.

    Returns
    -------
    int or None
        0 for one scope, -1 if `a` is part of `b`, 1 if `b` is part of `a`, None if they are unrelated.

    Examples
    --------
    >>> parts = {"year": {"time": "1988"}, "month": {"time": "1988-11"}}
    >>> policy = ComparisonPolicy()
    >>> scope_order("month", "year", {}, parts, policy), scope_order("month", "place", {}, parts, policy)
    (-1, None)
    """
    if a == b:
        return 0
    if not a or not b:
        return 0 if policy.unstated_scope_fits else None
    order: int | None = None
    if b in broader_of(a, broader):
        order = -1
    elif a in broader_of(b, broader):
        order = 1
    elif a in parts and b in parts:
        orders = {_part_order(n, parts[a].get(n, ""), parts[b].get(n, "")) for n in SCOPE_PARTS} - {0}
        order = orders.pop() if len(orders) == 1 else None
    return 0 if order and policy.related_scopes_are_one else order


def describe_scope_difference(a: str, b: str, parts: _Parts) -> str:
    """Return in which parts two scopes differ, as a sentence after a space; empty where that is not known.

    Parameters
    ----------
    a, b : str
        Terms of the codebook's list ``scope``.
    parts : mapping of str to mapping
        ``counted, time, place`` of each term, as far as stated.

    Returns
    -------
    str

    Examples
    --------
    >>> describe_scope_difference("year", "month", {"year": {"time": "1988"}, "month": {"time": "1988-11"}})
    ' They differ in when (“1988”, “November 1988”).'
    """
    if a not in parts or b not in parts:
        return ""
    differences = []
    for name, words in SCOPE_PARTS.items():
        cells = [parts[scope].get(name, "") for scope in (a, b)]
        if cells[0] != cells[1]:
            cells_in_words = [_format_part(name, cell) for cell in cells]
            differences.append(f"{words} ({cells_in_words[0]}, {cells_in_words[1]})")
    return f" They differ in {' and in '.join(differences)}." if differences else ""


def _format_part(name: str, cell: str) -> str:
    if not cell:
        return "not limited"
    return f"“{format_date(cell) if name == 'time' else cell}”"

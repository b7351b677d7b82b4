"""Quantities side by side: two bounds of one number, and lists, in which all have what the last member has."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from sourcebook.core.errors import ParseError
from sourcebook.parsing.quantities.found_quantity import FoundQuantity
from sourcebook.parsing.quantities.grammar import QuantityGrammar, phrases
from sourcebook.parsing.quantities.quantity_interval import parse_notation
from sourcebook.parsing.quantities.ranges import in_list

__all__ = ["join_bounds", "share_units"]

_COMMA = re.compile(r"\s*,\s+")
_SIDE = re.compile(r"\d\s?[x×]\s?\Z")
_LENGTHS = frozenset(("m", "cm", "mm", "km", "ft", "in", "yd", "mile", "μm", "nm"))
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_REACH = 40  # characters in which a word tells of a change
_WHOLE = 100  # percent
_BOUND = re.compile(r"([<>])(=?)([-\d./]+)")


def join_bounds(found: list[FoundQuantity], text: str, grammar: QuantityGrammar) -> list[FoundQuantity]:
    """Give a lower and an upper bound of one number as a range: above 1000 and below 1500.

    Parameters
    ----------
    found : list of FoundQuantity
        In the order of the text.
    text : str
    grammar : QuantityGrammar

    Returns
    -------
    list of FoundQuantity
    """
    out: list[FoundQuantity] = []
    for each in found:
        joined = (
            _joined_bounds(out[-1], each, text, grammar) or _below(out[-1], each, text, grammar)
            if out
            else None
        )
        if joined is None:
            out.append(each)
        else:
            out[-1] = joined
    return out


def _joined_bounds(
    first: FoundQuantity, second: FoundQuantity, text: str, grammar: QuantityGrammar
) -> FoundQuantity | None:
    """Return the range of two bounds, or None where they are of different numbers or leave none between them."""
    if first.notation[:1] not in ("<", ">") or second.notation[:1] not in ("<", ">"):
        return None
    between = re.sub(r"\s+", " ", text[first.end : second.start].lower())
    denied, start = first.exact.lower().split()[0] in grammar.words.get("denials", ()), second.exact.lower()
    notation = second.notation
    if denied and between.strip() in grammar.words.get("or", ()):  # not fewer than 10 or more than 20
        notation, joined = _BOUND.sub(_turned, notation), True
    elif first.notation[0] == ">" and start.startswith(grammar.words.get("up_to", ())):
        joined = between.isspace() or grammar.ranges.joint.fullmatch(between) is not None
    elif denied and start.startswith(grammar.words.get("nor", ())):
        joined = not between.strip(" ,")
    else:
        joined = grammar.ranges.joint.fullmatch(between) is not None
    one, other = _BOUND.fullmatch(first.notation), _BOUND.fullmatch(notation)
    if one is None or other is None or one[1] == other[1] or not joined:
        return None
    if first.counted or first.whole or first.unit not in ("", second.unit):
        return None
    low, high = (one, other) if one[1] == ">" else (other, one)
    return _range(first, second, text, f"{'' if low[2] else '>'}{low[3]}..{'' if high[2] else '<'}{high[3]}")


def _below(
    first: FoundQuantity, second: FoundQuantity, text: str, grammar: QuantityGrammar
) -> FoundQuantity | None:
    """Return the range of a number and the bound that it goes up to: 5 to less than 10, 5 up to 10."""
    one, other = _PLAIN.fullmatch(first.notation), _BOUND.fullmatch(second.notation)
    if (
        one is None
        or other is None
        or other[1] != "<"
        or first.counted
        or first.unit not in ("", second.unit)
    ):
        return None
    between = text[first.end : second.start].lower()
    link = grammar.ranges.links.get(between.strip(), ())
    up = between.isspace() and second.exact.lower().startswith(grammar.words.get("up_to", ()))
    before = text[max(0, first.start - _REACH) : first.start].lower().split()
    if not (up or "to" in link or "dash" in link) or grammar.ranges.changes.intersection(before):
        return None
    return _range(first, second, text, f"{one[0]}..{'' if other[2] else '<'}{other[3]}")


def _range(first: FoundQuantity, second: FoundQuantity, text: str, notation: str) -> FoundQuantity | None:
    """Return one finding of two, or None where the notation has nothing between its ends.

    Parameters
    ----------
    first, second : FoundQuantity
    text, notation : str
    """
    try:
        interval = parse_notation(notation)
    except ParseError:
        return None
    return replace(
        second, start=first.start, exact=text[first.start : second.end], pattern="bounds", notation=notation,
        low=interval.lower, high=interval.upper, low_closed=interval.lower_closed,
        high_closed=interval.upper_closed, mods=("IsRange",),
    )  # fmt: skip


def _turned(bound: re.Match[str]) -> str:
    """Return a bound as it is denied: not more than 20."""
    return f"{'<' if bound[1] == '>' else '>'}{'' if bound[2] else '='}{bound[3]}"


def share_units(found: list[FoundQuantity], text: str, grammar: QuantityGrammar) -> list[FoundQuantity]:
    """Give the members of a list the unit of the last one, or what it counts: 3, 4 and 5 km.

    A magnitude of the last one is given by :func:`.list_sizes.share_sizes` before.

    Parameters
    ----------
    found : list of FoundQuantity
        In the order of the text.
    text : str
    grammar : QuantityGrammar

    Returns
    -------
    list of FoundQuantity
    """
    last_link = _last_link(grammar)
    out: list[FoundQuantity] = []
    after, chained, sided = None, False, False  # type: FoundQuantity | None, bool, bool
    for each in reversed(found):
        between = text[each.end : after.start] if after is not None else ""
        by = after is not None and after.unit in _LENGTHS and _is_by(between, text[: each.start][-4:], sided)
        joined = after is not None and (
            by or (_COMMA if chained else last_link).fullmatch(between) is not None
        )
        apart = joined and not chained and _is_said_again(each, after, (between, text), grammar)
        if (
            after is None
            or not joined
            or apart
            or not _is_bare(each)
            or not (chained or sided or _is_shared(after))
        ):
            after, chained, sided = each, each.pattern == "either", False
            out.append(each)
            continue
        chained, sided = not by, bool(by)
        after = replace(each, unit=after.unit, counted=after.counted)
        out.append(after)
    return out[::-1]


def _is_by(between: str, before: str, sided: bool) -> bool:
    """Return whether the sides of one thing are told: 5 by 10 m, 5 × 10 × 20 cm, but not 4 × 100 m."""
    sign = between.strip()
    return sign == "by" or (sign in ("x", "×") and (sided or _SIDE.search(before) is not None))


def _is_said_again(
    share: FoundQuantity, again: FoundQuantity | None, texts: tuple[str, str], grammar: QuantityGrammar
) -> bool:
    """Return whether a percentage says in another way what stands before it: a third, or 33 per cent."""
    between, text = texts
    if again is None or again.unit != "%":
        return False
    if share.pattern == "fraction" or ("," in between and text[again.end : again.end + 1] in (",", ")")):
        return True
    if share.low > _WHOLE >= again.low:
        return True
    either = "either" in grammar.ranges.links.get(between.strip(" ,\n").lower(), ())
    return either and not in_list(text, share.start)


def _is_bare(quantity: FoundQuantity) -> bool:
    """Return whether a quantity has neither unit nor noun, nor is an ordinal."""
    named = quantity.unit or quantity.counted or quantity.whole or quantity.pattern == "in-of"
    return bool(quantity.notation) and not named


def _is_shared(last: FoundQuantity) -> bool:
    """Return whether a member of a list has after its number what the others can share."""
    return bool(last.counted) or (bool(last.unit) and not last.exact[-1:].isdigit())


@lru_cache(maxsize=16)
def _last_link(grammar: QuantityGrammar) -> re.Pattern[str]:
    """Return what joins the last member of a list."""
    return re.compile(rf"[-‐‑]?\s*,?\s+(?:{phrases(grammar.words.get('list', ()))})\s+", re.IGNORECASE)

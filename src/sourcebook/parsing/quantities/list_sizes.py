"""Lists of which the last member alone has the magnitude: 5, 6 and 7 million."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from sourcebook.parsing.quantities.found_quantity import FoundQuantity
from sourcebook.parsing.quantities.grammar import QuantityGrammar, phrases
from sourcebook.parsing.quantities.quantity_interval import parse_notation
from sourcebook.parsing.quantities.ranges import written

__all__ = ["share_sizes"]

_COMMA = re.compile(r"\s*,\s+")
_VALUE = re.compile(r"([<>=~]*)(\d+(?:\.\d+)?)")
_NEAR = 12  # characters between two members
_FIRST = re.compile(r"\d+(?:\.\d+)?")
_LETTERS = {"k": 10**3, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9}
#: From the least to the greatest part of the last member that shares its magnitude, and what is surely no part.
_LEAST, _GREATEST, _FAR = Fraction(1, 20), 5, 20


def share_sizes(found: list[FoundQuantity], text: str, grammar: QuantityGrammar) -> list[FoundQuantity]:
    """Give the members of a list the magnitude of the last one: 5, 6 and 7 million are so many million each.

    Where it is not sure that they have it, they are left out: in "3 and 4 million" the first may be 3.

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
    last_link, magnitude = _forms(grammar)
    out: list[FoundQuantity | None] = [*found]
    for number in range(len(found) - 1, 0, -1):
        last, first = found[number], number
        either = last.pattern == "either"
        if last.start - found[number - 1].end > _NEAR or not _is_sized(last, magnitude):
            continue
        link = _COMMA if either else last_link
        while first and link.fullmatch(text, found[first - 1].end, found[first].start):
            before = found[first - 1]
            if before.unit not in ("", last.unit) or before.counted or before.whole or not before.notation:
                break
            if _is_sized(before, magnitude):
                break
            first, link = first - 1, _COMMA
        if first < number:
            size = _size(last, grammar, magnitude)
            members = found[first:number]
            out[first:number] = _shared(members, last, size, many=either or len(members) > 1)
    return [each for each in out if each is not None]


def _shared(
    members: list[FoundQuantity], last: FoundQuantity, size: int, *, many: bool
) -> list[FoundQuantity | None]:
    """Return the members before the last one, each with its magnitude, as it is, or None.

    Parameters
    ----------
    members : list of FoundQuantity
    last : FoundQuantity
    size : int
        The magnitude, 0 where it is not one.
    many : bool
        There are at least three with the last.
    """
    first = _FIRST.search(last.notation)
    top = Fraction(first[0]) / size if size and first else Fraction(0)
    values = [
        (match[1], Fraction(match[2])) if (match := _VALUE.fullmatch(each.notation)) else None
        for each in members
    ]
    if many and top and all(value and _LEAST * top <= value[1] < _GREATEST * top for value in values):
        return [_times(each, *value, size) for each, value in zip(members, values, strict=True) if value]
    alone = not (last.counted or last.unit)
    return [
        each if top and value and value[1] >= _FAR * top and (alone or each.unit) else None
        for each, value in zip(members, values, strict=True)
    ]


def _is_sized(quantity: FoundQuantity, magnitude: re.Pattern[str]) -> bool:
    """Return whether a quantity has a magnitude: 7 million and 7m people, but not a length of 7 m."""
    match = magnitude.search(quantity.exact)
    return match is not None and not (match["letters"] and quantity.high < _LETTERS["k"])


def _times(each: FoundQuantity, sign: str, value: Fraction, size: int) -> FoundQuantity:
    """Return a quantity with its number times a magnitude.

    Parameters
    ----------
    each : FoundQuantity
    sign : str
    value : Fraction
    size : int
    """
    notation = f"{sign}{written(value * size)}"
    interval = parse_notation(notation)
    return replace(each, notation=notation, low=interval.lower, high=interval.upper)


def _size(last: FoundQuantity, grammar: QuantityGrammar, magnitude: re.Pattern[str]) -> int:
    """Return the magnitude of a quantity whose words end with it alone: 7 million, four hundred thousand."""
    runs = list(magnitude.finditer(last.exact))
    if len(runs) != 1:
        return 0
    if runs[0]["letters"]:
        return _LETTERS[runs[0]["letters"].lower()]
    size = 1
    for word in runs[0]["words"].lower().replace("-", " ").split():
        size *= grammar.numbers.magnitudes[word]
    return size


@lru_cache(maxsize=16)
def _forms(grammar: QuantityGrammar) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what joins the last member of a list, and what multiplies a number."""
    joined, sizes = phrases(grammar.words.get("list", ())), phrases(grammar.numbers.magnitudes)
    return (
        re.compile(rf"[-‐‑]?\s*,?\s+(?:{joined})\s+", re.IGNORECASE),
        re.compile(
            rf"(?<![^\W\d_])(?P<words>(?:{sizes})(?:[\s-]+(?:{sizes}))*)(?![^\W\d_])"
            rf"|\d\s?(?P<letters>bn|mn|[kmb])(?!\w)",
            re.IGNORECASE,
        ),
    )

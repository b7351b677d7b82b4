"""Lists of which the last member alone has the magnitude: 5, 6 and 7 million."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from sourcebook.parsing.quantities.found_quantity import FoundQuantity
from sourcebook.parsing.quantities.grammar import QuantityGrammar, phrases
from sourcebook.parsing.quantities.number import written
from sourcebook.parsing.quantities.quantity_interval import parse_notation

__all__ = ["share_sizes"]

_COMMA = re.compile(r"\s*,\s+")
_VALUE = re.compile(r"([<>=~]*)(\d+(?:\.\d+)?)")
_SIGNS = frozenset("$€£¥")
_TORN = re.compile(r",?\s[–—-]?\s?")
_APART = 20  # characters between two numbers of which the second is told without its magnitude
_THREE = 3  # members of a list at least
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
    forms = _forms(grammar)
    found = _whole(found, text, forms, grammar)
    out: list[FoundQuantity | None] = [*found]
    for number in range(len(found) - 1, 0, -1):
        last, near = found[number], found[number - 1]
        if last.start - near.end > _NEAR or not forms.sized(last) or forms.sized(near):
            continue
        size = forms.size(last, grammar)
        bounds = {near.notation[:1], last.notation[:1]} == {"<", ">"} and not near.unit
        if (bounds and grammar.ranges.joint.fullmatch(text, near.end, last.start)) or (
            last.notation[:1] in ("<", ">", "~") and forms.to.fullmatch(text, near.end, last.start)
        ):  # more than 2 but less than 3 million; 2 to nearly 3 million
            shared = _shared([near, near], last, size, many=True)[0]
            value = _VALUE.fullmatch(near.notation)
            far = value and Fraction(value[2]) >= _LETTERS["k"]
            out[number - 1] = near if far else shared
            continue
        first = _first(found, number, text, forms)
        members = found[first:number]
        if members:
            many = last.pattern == "either" or len(members) > 1
            out[first:number] = _shared(members, last, size, many=many)
    return [each for each in out if each is not None]


def _whole(
    found: list[FoundQuantity], text: str, forms: _Forms, grammar: QuantityGrammar
) -> list[FoundQuantity]:
    """Return the findings without numbers torn from their magnitude: a hundred or so thousand, 5 million from 4.

    Parameters
    ----------
    found : list of FoundQuantity
    text : str
    forms : _Forms
    grammar : QuantityGrammar
    """
    torn = set()
    for place, (near, last) in enumerate(pairwise(found)):
        between = text[near.end : last.start] if last.start - near.end <= _APART else "..."
        if forms.begins.match(last.exact) and _TORN.fullmatch(between):
            torn |= {place, place + 1}
        elif (
            forms.sized(near)
            and forms.ellipsis.fullmatch(between)
            and not (forms.sized(last) or last.counted or last.whole or last.pattern == "fraction")
            and last.unit in ("", near.unit)
        ):
            value, size, first = (
                _VALUE.fullmatch(last.notation),
                forms.size(near, grammar),
                _FIRST.search(near.notation),
            )
            top = Fraction(first[0]) / size if size and first else 0
            if value and top and top / _FAR < Fraction(value[2]) < _FAR * top:
                torn.add(place + 1)
    return [each for place, each in enumerate(found) if place not in torn]


def _first(found: list[FoundQuantity], number: int, text: str, forms: _Forms) -> int:
    """Return which finding is the first of the list that ends with one; that itself where it ends none.

    Parameters
    ----------
    found : list of FoundQuantity
    number : int
        Of the last.
    text : str
    forms : _Forms
    """
    last, first, either = found[number], number, found[number].pattern == "either"
    commas = _COMMA.fullmatch(text, found[number - 1].end, last.start) is not None
    while first:
        before, place = found[first - 1], (found[first - 1].end, found[first].start)
        money = not last.unit and before.exact[:1] in _SIGNS
        other = before.unit not in ("", last.unit) and not money
        if other or before.counted or before.whole or not before.notation or forms.sized(before):
            break
        if not (_COMMA.fullmatch(text, *place) or forms.last_link.fullmatch(text, *place)):
            break
        first -= 1
    lone = commas and not either and last.notation[:1] != "~"
    return number if lone and number - first < _THREE - 1 else first


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


@dataclass(frozen=True)
class _Forms:
    """What joins numbers, and what multiplies one.

    Attributes
    ----------
    last_link, to : re.Pattern
        Before the last member of a list, and between the ends of a range.
    ellipsis : re.Pattern
        Between a number with a magnitude and one that leaves it out.
    begins, magnitude : re.Pattern
    """

    last_link: re.Pattern[str]
    to: re.Pattern[str]
    ellipsis: re.Pattern[str]
    begins: re.Pattern[str]
    magnitude: re.Pattern[str]

    def sized(self, quantity: FoundQuantity) -> bool:
        """Return whether a quantity has a magnitude: 7 million and 7m people, but not a length of 7 m."""
        match = self.magnitude.search(quantity.exact)
        return match is not None and not (match["letters"] and quantity.high < _LETTERS["k"])

    def size(self, last: FoundQuantity, grammar: QuantityGrammar) -> int:
        """Return the magnitude of a quantity whose words end with it alone: 7 million, four hundred thousand."""
        runs = list(self.magnitude.finditer(last.exact))
        if len(runs) != 1:
            return 0
        if runs[0]["letters"]:
            return _LETTERS[runs[0]["letters"].lower()]
        size = 1
        for word in runs[0]["words"].lower().replace("-", " ").split():
            size *= grammar.numbers.magnitudes[word]
        return size


@lru_cache(maxsize=16)
def _forms(grammar: QuantityGrammar) -> _Forms:
    """Return the forms of a grammar."""
    joined, sizes = phrases(grammar.words.get("list", ())), phrases(grammar.numbers.magnitudes)
    to = phrases(word for word, of in grammar.ranges.links.items() if "to" in of or "dash" in of)
    return _Forms(
        re.compile(rf"[-‐‑]?\s*,?\s+(?:{joined})\s+", re.IGNORECASE),
        re.compile(rf"\s?(?:{to})\s?", re.IGNORECASE),
        re.compile(rf",?\s+(?:(?:{phrases(grammar.words.get('ellipsis', ()))})\s+)?", re.IGNORECASE),
        re.compile(rf"(?:{sizes})(?!\w)", re.IGNORECASE),
        re.compile(
            rf"(?<![^\W\d_])(?P<words>(?:{sizes})(?:[\s-]+(?:{sizes}))*)(?![^\W\d_])"
            rf"|\d\s?(?P<letters>bn|mn|[kmb])(?!\w)",
            re.IGNORECASE,
        ),
    )

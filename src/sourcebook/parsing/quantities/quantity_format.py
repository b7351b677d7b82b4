"""Hedged quantities written in English."""

from __future__ import annotations

import re
from decimal import Decimal

from sourcebook.parsing.quantities.quantity_interval import parse_notation

__all__ = ["format_quantity"]

_SAID = {
    ">": "over", ">=": "at least", "<": "under", "<=": "at most",
    "~": "about", "<~": "nearly", ">~": "just over", "": "",
    ">=~": "at least about", "<=~": "at most about",
}  # fmt: skip
_THOUSANDS = ("", "thousand", "million", "billion", "trillion", "quadrillion")


def format_quantity(text: str) -> str:
    """Write a quantity in English.

    Parameters
    ----------
    text : str
        In the notation of `sourcebook.parsing.quantities`.

    Returns
    -------
    str

    Raises
    ------
    ParseError
        The text does not follow the notation.

    Examples
    --------
    >>> [format_quantity(q) for q in (">200", "~460", "100000s", "100..200", "?")]
    ['over 200', 'about 460', 'hundreds of thousands', 'between 100 and 200', 'an unstated number']
    >>> format_quantity(">100..<200"), format_quantity("5..25000")
    ('over 100 and under 200', 'between 5 and 25000')
    """
    quantity = parse_notation(text)
    if text == "?":
        return "an unstated number"
    if text.endswith("s"):
        return _vague(text[:-1])
    match = re.fullmatch(r"([<>]?=?~?)(.+?)(?:\.\.(<?)(.+))?", text)
    assert match is not None
    sign, first, below, second = match.groups()
    if quantity.hedge == "between":
        if sign == ">" or below:
            low, high = "over" if sign else "at least", "under" if below else "at most"
            return f"{low} {_grouped(first)} and {high} {_grouped(second)}"
        if sign:
            return f"about {_grouped(first)} to {_upper(first, second)}"
        return f"between {_grouped(first)} and {_upper(first, second)}"
    return f"{_SAID[sign]} {_grouped(first)}".strip()


def _grouped(number: str) -> str:
    if "/" in number:
        return number
    return f"{Decimal(number):,f}"


def _upper(first: str, second: str) -> str:
    """Return the upper end of a range, without groups where its thousands would be read as those of the lower, too."""
    if "/" in first or "/" in second:
        return _grouped(second)
    low, head = Decimal(first), Decimal(second)
    while head and head % 1000 == 0:
        head /= 1000
    return f"{Decimal(second):f}" if low < head <= 5 * low and head != Decimal(second) else _grouped(second)


def _vague(magnitude: str) -> str:
    if magnitude == "12":
        return "dozens"
    zeros = len(magnitude) - 1
    group, rest = divmod(zeros, 3)
    if group >= len(_THOUSANDS):
        return f"multiples of {_grouped(magnitude)}"
    if rest == 0:
        return f"{_THOUSANDS[group]}s"
    head = ("", "tens", "hundreds")[rest]
    return f"{head} of {_THOUSANDS[group]}s" if group else head

"""Hedged quantities in English: written from the notation, and read into it."""

from __future__ import annotations

import re
from decimal import Decimal

from sourcebook.core.errors import ParseError
from sourcebook.parsing.quantities.grammar import scan
from sourcebook.parsing.quantities.quantity_interval import parse_quantity

__all__ = ["format_quantity", "read_phrase"]

_SAID = {
    ">": "over", ">=": "at least", "<": "under", "<=": "at most",
    "~": "about", "<~": "nearly", ">~": "just over", "": "",
}  # fmt: skip
_THOUSANDS = ("", "thousand", "million", "billion", "trillion", "quadrillion")
_NO_NUMBER = re.compile(
    r"\b(?:an unstated number|an unknown number|a number of|numerous|countless|many|several|a few|various)\b",
    re.IGNORECASE,
)


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
    """
    quantity = parse_quantity(text)
    if text == "?":
        return "an unstated number"
    if text.endswith("s"):
        return _vague(text[:-1])
    match = re.fullmatch(r"([<>]?[=~]?)(.+?)(?:\.\.(.+))?", text)
    assert match is not None
    sign, first, second = match.groups()
    if quantity.hedge == "between":
        if sign:
            return f"about {_grouped(first)} to {_grouped(second)}"
        return f"between {_grouped(first)} and {_grouped(second)}"
    return f"{_SAID[sign]} {_grouped(first)}".strip()


def _grouped(number: str) -> str:
    return f"{Decimal(number):,f}"


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


def read_phrase(text: str) -> str:
    """Read the one quantity of an English phrase into the notation.

    Parameters
    ----------
    text : str
        For example "more than 100 participants" or "hundreds of thousands".

    Returns
    -------
    str

    Raises
    ------
    ParseError
        The phrase holds no quantity, or more than one, or a range that runs backwards.

    Examples
    --------
    >>> [read_phrase(p) for p in ("no fewer than 216", "nearly 20,000", "some 300", "1.5 million", "dozens")]
    ['>=216', '<~20000', '~300', '1500000', '12s']
    """
    notations = [mention.notation for mention in scan(text)]
    if len(notations) > 1:
        raise ParseError(
            f"phrase {text!r}: expected one quantity, found {len(notations)}: {', '.join(notations)}"
        )
    if not notations and _NO_NUMBER.search(text):
        return "?"
    if not notations:
        raise ParseError(f"phrase {text!r}: expected a quantity, found none")
    parse_quantity(notations[0])
    return notations[0]

"""One quantity out of whatever states it: the notation, a phrase, a number."""

from __future__ import annotations

import math
import re
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from numbers import Real

from sourcebook.core.errors import ParseError
from sourcebook.parsing.quantities.grammar import QuantityGrammar
from sourcebook.parsing.quantities.number import written
from sourcebook.parsing.quantities.quantity_interval import (
    DEFAULT,
    QuantityInterval,
    QuantityReading,
    parse_notation,
)
from sourcebook.parsing.quantities.quantity_scanner import scan_quantities

__all__ = ["parse_quantity"]

_NO_NUMBER = re.compile(
    r"\b(?:an unstated number|an unknown number|a number of|numerous|countless|many|several|a few|various)\b",
    re.IGNORECASE,
)


def parse_quantity(
    quantity: str | float, *, reading: QuantityReading = DEFAULT, grammar: QuantityGrammar | None = None
) -> QuantityInterval:
    """Read one quantity: in the notation, in words, or a number.

    Use it for what a person typed; where a column holds the notation, :func:`parse_notation` accepts nothing else.

    Parameters
    ----------
    quantity : str, int or float
        Such as ``">200"``, ``"about 900"``, ``"one and a half million"`` or ``640``.
    reading : QuantityReading, optional
        What is assumed of "about" and "hundreds".
    grammar : QuantityGrammar, optional
        For phrases in another language; English where it is left out.

    Returns
    -------
    QuantityInterval
        Its `text` is the notation.

    Raises
    ------
    ParseError
        A text is neither notation nor a phrase with exactly one quantity that is understood to its end; a number is not
        finite.
    TypeError
        It is no text and no number.

    Examples
    --------
    >>> parse_quantity("one and a half million").text, parse_quantity("about 900").lower, parse_quantity(640).upper
    ('1500000', 810.0, 640.0)
    """
    if not isinstance(quantity, str):
        return parse_notation(_of_number(quantity), reading=reading)
    with suppress(ParseError):
        return parse_notation(quantity, reading=reading)
    found = scan_quantities(quantity, grammar=grammar)
    if len(found) > 1:
        listed = ", ".join(one.notation for one in found)
        raise ParseError(f"phrase {quantity!r}: expected one quantity, found {len(found)}: {listed}")
    if found:
        _refuse_rest(quantity, found[0].start, found[0].end)
        return parse_notation(found[0].notation, reading=reading)
    if _NO_NUMBER.search(quantity) and not re.search(r"\d", quantity):
        return parse_notation("?", reading=reading)
    raise ParseError(
        f"phrase {quantity!r}: expected a quantity, in the notation or in words understood to their end, found none"
    )


def _refuse_rest(phrase: str, start: int, end: int) -> None:
    """Refuse a phrase in which a digit stands outside of what was read."""
    rest = re.search(r"\d", phrase[:start] + " " * (end - start) + phrase[end:])
    if rest:
        raise ParseError(
            f"phrase {phrase!r}, position {rest.start()}: expected nothing unread, found {phrase[rest.start() :]!r}"
        )


def _of_number(number: object) -> str:
    if isinstance(number, bool) or not isinstance(number, Real | Decimal):
        raise TypeError(f"quantity: expected a text or a number, found {type(number).__name__}")
    if not math.isfinite(number):
        raise ParseError(f"quantity {number!r}: expected a finite number")
    return written(Fraction(str(number))) or f"{Decimal(str(number)):f}"

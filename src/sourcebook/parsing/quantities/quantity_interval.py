"""The notation of hedged numbers, and the intervals that it stands for."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import NoReturn

from sourcebook.core.errors import ParseError

__all__ = [
    "DEFAULT",
    "HEDGES",
    "QuantityInterval",
    "QuantityReading",
    "contains",
    "intersect",
    "overlaps",
    "parse_notation",
    "same",
]

HEDGES = {
    "": "exact",
    ">": "over",
    ">=": "at_least",
    "<": "under",
    "<=": "at_most",
    "~": "about",
    "<~": "nearly",
    ">~": "just_over",
    ">=~": "at_least_about",
    "<=~": "at_most_about",
}
"""The sign before a number, and the name of the hedge."""

_SIGN = re.compile(r">=~|<=~|>=|<=|>~|<~|>|<|~|")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+|/[1-9][0-9]*)?")
_MAGNITUDE = re.compile(r"(10+|12)s")


@dataclass(frozen=True, kw_only=True)
class QuantityReading:
    """What a reader adds to the words of a source when quantities are compared.

    Attributes
    ----------
    about_width : float
        How far "about" reaches each way, and "nearly" and "just over" on their side, as a share of the
        stated number.
    vague_low, vague_high : float
        "Hundreds" are from `vague_low` times a hundred up to, not including, `vague_high` times. By default
        there is no upper bound: the plural says "more than one", and that a writer with thousands in mind
        would not have said "hundreds" is a guess about the writer, not a part of the words.
    compound_high : float
        The same upper bound for "tens of thousands", "hundreds of millions" and the like. By default ten times:
        who counts the thousands by tens and by hundreds has chosen between the two.
    floor : float
        The least that a quantity can be, for "under" and "at most" and for a quantity without a number.
        It is dropped where the stated number itself is not above it.
    """

    about_width: float = 0.10
    vague_low: float = 2.0
    vague_high: float = math.inf
    compound_high: float = 10.0
    floor: float = 0.0

    def __post_init__(self) -> None:
        if not 0 < self.about_width < 1:
            raise ValueError(f"about_width: expected a share between 0 and 1, found {self.about_width}")
        for name in ("vague_high", "compound_high"):
            if not 0 < self.vague_low < getattr(self, name):
                raise ValueError(
                    f"vague_low, {name}: expected 0 < low < high, found {self.vague_low}, {getattr(self, name)}"
                )


DEFAULT = QuantityReading()
"""Ten per cent for "about"; twice the magnitude or more for "hundreds", up to ten times for "tens of thousands"."""


@dataclass(frozen=True, kw_only=True)
class QuantityInterval:
    """The numbers that a hedged quantity allows.

    Attributes
    ----------
    text : str
        The notation that was read.
    lower, upper : float
        The bounds; may be infinite.
    lower_closed, upper_closed : bool
        Whether the bound itself is allowed.
    approximate : bool
        The bounds rest on an assumption.
    nominal : float or None
        The one number that was stated, if any.
    hedge : str
        ``exact``, ``over``, ``at_least``, ``under``, ``at_most``, ``about``, ``nearly``, ``just_over``,
        ``at_least_about``, ``at_most_about``, ``between`` or ``vague``.
    """

    text: str
    lower: float
    upper: float
    lower_closed: bool
    upper_closed: bool
    approximate: bool
    nominal: float | None
    hedge: str


def _fail(text: str, at: int, expected: str) -> NoReturn:
    found = repr(text[at:]) if text[at:] else "the end of the string"
    raise ParseError(f"quantity {text!r}, position {at}: expected {expected}, found {found}")


def _read_number(text: str, at: int) -> tuple[float, int]:
    match = _NUMBER.match(text, at)
    if not match:
        _fail(text, at, "a number in digits (such as 200 or 1.5)")
    try:
        value = float(Fraction(match.group())) if "/" in match.group() else float(match.group())
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        _fail(text, at, "a number within the range of floating point")
    rest = text[match.end() : match.end() + 1]
    if rest in {",", " "} or rest.isdigit():
        _fail(text, match.end(), "no separators and no leading zeros within a number")
    return value, match.end()


def parse_notation(text: str, *, reading: QuantityReading = DEFAULT) -> QuantityInterval:
    """Read the notation of a hedged quantity.

    Parameters
    ----------
    text : str
        See the table in `sourcebook.parsing.quantities`.
    reading : QuantityReading

    Returns
    -------
    QuantityInterval

    Raises
    ------
    ParseError
        The text does not follow the notation, or a lower bound is above its upper.

    Examples
    --------
    >>> nearly = parse_notation("<~20000")
    >>> nearly.lower, nearly.lower_closed, nearly.upper, nearly.upper_closed
    (18000.0, True, 20000.0, False)
    >>> parse_notation("200..100")
    Traceback (most recent call last):
    sourcebook.core.errors.ParseError: quantity '200..100', position 5: expected an upper bound that is not ...
    """
    if text == "?":
        return _make(text, "vague", reading.floor, math.inf, "()", None, approximate=True)
    magnitude = _MAGNITUDE.fullmatch(text)
    if magnitude:
        unit = float(magnitude[1])
        factor = reading.compound_high if _is_compound(magnitude[1]) else reading.vague_high
        low, high = reading.vague_low * unit, factor * unit
        return _make(text, "vague", low, high, "[)", None, approximate=True)
    sign_match = _SIGN.match(text)
    sign = sign_match.group() if sign_match else ""
    number, at = _read_number(text, len(sign))
    if text.startswith("..", at):
        return _range(text, sign, number, at + 2, reading)
    if at < len(text):
        _fail(text, at, "the end of the quantity, or .. and an upper bound")
    return _hedged(text, sign, number, reading)


def _is_compound(magnitude: str) -> bool:
    """Return whether a magnitude is named by two words, as tens of thousands and hundreds of millions are."""
    zeros = magnitude.count("0")
    return zeros > 3 and zeros % 3 > 0


def _make(
    text: str, hedge: str, lower: float, upper: float, ends: str, nominal: float | None, *, approximate: bool
) -> QuantityInterval:
    return QuantityInterval(
        text=text, lower=lower, upper=upper, nominal=nominal, hedge=hedge, approximate=approximate,
        lower_closed=ends[0] == "[", upper_closed=ends[1] == "]",
    )  # fmt: skip


def _range(text: str, sign: str, lower: float, at: int, reading: QuantityReading) -> QuantityInterval:
    if sign not in ("", "~", ">"):
        _fail(text, 0, "a range without a sign, or with ~ or >")
    above, below = sign == ">", sign != "~" and text.startswith("<", at)
    upper, end = _read_number(text, at + below)
    if end < len(text):
        _fail(text, end, "the end of the quantity")
    if lower > upper or (lower == upper and (above or below)):
        which = "above" if above or below else "that is not below"
        _fail(text, at + below, f"an upper bound {which} the lower bound {text[len(sign) : at - 2]}")
    if sign == "~":
        lower -= abs(lower) * reading.about_width
        upper += abs(upper) * reading.about_width
    ends = ("(" if above else "[") + (")" if below else "]")
    return _make(text, "between", lower, upper, ends, None, approximate=sign == "~")


def _hedged(text: str, sign: str, number: float, reading: QuantityReading) -> QuantityInterval:
    hedge = HEDGES[sign]
    width = abs(number) * reading.about_width
    if hedge in ("nearly", "just_over") and width == 0:
        _fail(text, len(sign), "a number other than 0 after <~ or >~")
    floor = reading.floor if number > reading.floor else -math.inf
    below = "[" if math.isfinite(floor) else "("
    lower, upper, ends = {
        "exact": (number, number, "[]"),
        "over": (number, math.inf, "()"),
        "at_least": (number, math.inf, "[)"),
        "under": (floor, number, below + ")"),
        "at_most": (floor, number, below + "]"),
        "about": (number - width, number + width, "[]"),
        "nearly": (number - width, number, "[)"),
        "just_over": (number, number + width, "(]"),
        "at_least_about": (number - width, math.inf, "[)"),
        "at_most_about": (floor, number + width, below + "]"),
    }[hedge]
    return _make(text, hedge, lower, upper, ends, number, approximate="~" in sign)


def intersect(a: QuantityInterval, b: QuantityInterval) -> QuantityInterval | None:
    """Return the numbers that both quantities allow, or None where there are none.

    Returns
    -------
    QuantityInterval or None
        With hedge ``between``, and a text that joins both notations by an ampersand.

    Examples
    --------
    >>> both = intersect(parse_notation(">100"), parse_notation("<=200"))
    >>> both.lower, both.lower_closed, both.upper, both.upper_closed
    (100.0, False, 200.0, True)
    """
    lower, upper = max(a.lower, b.lower), min(a.upper, b.upper)
    lower_closed = all(q.lower_closed for q in (a, b) if q.lower == lower)
    upper_closed = all(q.upper_closed for q in (a, b) if q.upper == upper)
    if lower > upper or (lower == upper and not (lower_closed and upper_closed)):
        return None
    return QuantityInterval(
        text=f"{a.text} & {b.text}", lower=lower, upper=upper, lower_closed=lower_closed,
        upper_closed=upper_closed, approximate=a.approximate or b.approximate, nominal=None, hedge="between",
    )  # fmt: skip


def overlaps(a: QuantityInterval, b: QuantityInterval) -> bool:
    """Return whether some number is allowed by both.

    Examples
    --------
    >>> overlaps(parse_notation(">100"), parse_notation(">200"))
    True
    """
    return intersect(a, b) is not None


def contains(a: QuantityInterval, b: QuantityInterval) -> bool:
    """Return whether `a` allows every number that `b` allows.

    Examples
    --------
    >>> contains(parse_notation(">100"), parse_notation(">200"))
    True
    """
    low = a.lower < b.lower or (a.lower == b.lower and (a.lower_closed or not b.lower_closed))
    high = a.upper > b.upper or (a.upper == b.upper and (a.upper_closed or not b.upper_closed))
    return low and high


def same(a: QuantityInterval, b: QuantityInterval) -> bool:
    """Return whether two quantities allow the same numbers, whatever their notation.

    Examples
    --------
    >>> same(parse_notation("51"), parse_notation("51..51"))
    True
    """
    return contains(a, b) and contains(b, a)

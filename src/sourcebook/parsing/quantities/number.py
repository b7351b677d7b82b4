"""A number of a text, and the sum that its words make while they are read."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

__all__ = ["MOST", "Number", "NumberSum", "written"]

#: Digits that `decimal` keeps, and the size below which a quantity of a text stays.
_PLACES, _WRITTEN = 28, 10**36

#: No number of a text is larger than this while it is read.
MOST = 10**300


@dataclass(slots=True, kw_only=True)
class Number:
    """A number in a text, without hedge and unit.

    Attributes
    ----------
    start, end : int
        Where it is.
    value : int or Fraction
    coefficient : int or Fraction
        What multiplies the magnitude; 0 where the number is a sum of several.
    magnitude : int
        The words that multiply, as one number.
    form : str
        ``digits``, ``words``, ``fraction``, ``plural`` (hundreds) or ``ordinal``.
    plain : bool
        Digits alone, without a decimal mark: it may be a year or name something.
    bare : bool
        A magnitude or part without a number before it: "hundred", "half".
    suffix : str
        The letters that multiply, as in 300k.
    power : int or Fraction
        The power of ten that multiplies, as in 5 × 10⁶.
    """

    start: int
    end: int
    value: int | Fraction
    coefficient: int | Fraction
    magnitude: int = 1
    form: str
    plain: bool = False
    bare: bool = False
    suffix: str = ""
    power: int | Fraction = 1


@dataclass(slots=True)
class NumberSum:
    """A number while it is read: closed terms and an open one.

    Attributes
    ----------
    closed : int or Fraction
        Sum of the terms that a magnitude closed.
    open : int or Fraction or None
        The term that is being read.
    last : str
        Kind of the last word of the open term: ``ones``, ``tens``, ``hundred``, ``digits`` or ``fraction``.
    term, least : int or Fraction
        The last closed term, and its magnitude.
    terms : int
        How many are closed.
    coefficient, magnitude : int or Fraction
        Of a number of one term, what its magnitude multiplies, and the magnitude.
    end : int
        Where the words end that are read.
    """

    closed: int | Fraction = 0
    open: int | Fraction | None = None
    last: str = ""
    term: int | Fraction = 0
    least: int = 0
    terms: int = 0
    coefficient: int | Fraction = 0
    magnitude: int = 1
    end: int = 0

    def value(self) -> int | Fraction:
        """Return the number so far."""
        return self.closed + (self.open or 0)

    def close(self, coefficient: int | Fraction, size: int) -> None:
        """Close the open term with a magnitude."""
        self.term, self.least = coefficient * size, size
        self.closed, self.open, self.last = self.closed + self.term, None, "magnitude"
        self.terms += 1
        first = self.terms == 1
        self.coefficient, self.magnitude = (coefficient, size) if first else (0, 1)

    def magnify(self, size: int) -> bool:
        """Multiply the open term by a magnitude, or the last closed one by a second; return whether that can be."""
        if self.open is None:
            if self.terms != 1 or self.term * size > MOST:
                return False
            self.closed = self.term = self.term * size
            self.least, self.magnitude = self.least * size, self.magnitude * size
            return True
        if size == 100:
            if self.last not in ("ones", "tens", "digits"):
                return False
            self.coefficient, self.magnitude = (self.open, 100) if not self.terms else (0, 1)
            self.open, self.last = self.open * 100, "hundred"
            return True
        if self.terms and self.open * size >= self.least:
            return False
        coefficient, magnitude, whole = self.coefficient, self.magnitude, self.open
        self.close(whole, size)
        if magnitude == 100 and coefficient and self.terms == 1:
            self.coefficient, self.magnitude = coefficient, 100 * size
        return True

    def add_part(self, part: Fraction) -> None:
        """Add the fraction of a mixed number: to the open term, or as a share of the last magnitude."""
        if self.open is None:
            self.closed += part * self.least
            self.coefficient += part if self.terms == 1 else 0
        else:
            self.open += part
            self.last = "fraction"

    def as_number(self, start: int, form: str, *, bare: bool) -> Number:
        """Return the number that was read.

        Parameters
        ----------
        start : int
            Where it begins.
        form : str
        bare : bool
            Its first word is a magnitude.

        Returns
        -------
        Number
        """
        single = self.terms + (self.open is not None) == 1
        value = self.value()
        coefficient = (self.coefficient or (value if self.magnitude == 1 else 0)) if single else 0
        return Number(
            start=start, end=self.end, value=value, coefficient=coefficient, magnitude=self.magnitude, form=form,
            bare=bare,
        )  # fmt: skip


def written(value: int | Fraction) -> str:
    """Return a value in the notation: a decimal where it ends, else a fraction; empty where it is too long for both.

    Parameters
    ----------
    value : int or Fraction

    Returns
    -------
    str

    Examples
    --------
    >>> written(Fraction(5, 2)), written(Fraction(2, 3)), written(10**40)
    ('2.5', '2/3', '')
    """
    value = Fraction(value)
    if abs(value) >= _WRITTEN:
        return ""
    if value.denominator == 1:
        text = str(int(value))
        return text if len(text.strip("-").rstrip("0")) <= _PLACES else ""
    top, bottom, places = value.numerator, value.denominator, 0
    while bottom % 10 == 0:
        bottom, places = bottom // 10, places + 1
    while bottom % 2 == 0 and places <= _PLACES + 8:
        bottom, top, places = bottom // 2, top * 5, places + 1
    while bottom % 5 == 0 and places <= _PLACES + 8:
        bottom, top, places = bottom // 5, top * 2, places + 1
    if bottom > 1:
        short = len(str(abs(value.numerator))) <= 15 and len(str(value.denominator)) <= 15
        return f"{value.numerator}/{value.denominator}" if short else ""
    digits = str(abs(top)).rjust(places + 1, "0")
    if len(digits.strip("0")) > _PLACES or places > _PLACES + 8:
        return ""
    return f"{'-' if top < 0 else ''}{digits[:-places]}.{digits[-places:].rstrip('0')}"

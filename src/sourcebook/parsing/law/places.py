"""The record of a place inside a legal instrument."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from sourcebook.core.errors import ParseError

__all__ = ["Pinpoint", "Places", "order", "stopped"]

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_WELL_FORMED = re.compile(r"(?=.)C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", re.IGNORECASE)
#: Units whose short form is a whole word.
_WHOLE_WORDS = ("annex", "appendix", "guideline", "objective", "part", "point", "preamble", "recital", "rule")
_SUPPLEMENTED = re.compile(r"(\d+)(\D*)")


@dataclass(frozen=True, kw_only=True)
class Pinpoint:
    """A place inside a legal instrument; ``str`` gives its normal form.

    Attributes
    ----------
    unit : str
        ``art``, ``para``, ``princ``, ``rule``, ``sec``, ``ch``, ``part``, ``annex``, ``appendix``,
        ``recital``, ``guideline``, ``objective``, ``point`` or ``preamble``.
    number : str
        Arabic or Roman, with the number of a part before it where there is one (``I.23``) and with what marks an
        article that was put in later (``10a``, ``13bis``); may be empty for a preamble and an annex.
    subs : tuple of str
        Paragraphs and letters below it, outermost first.
    last : str
        Last number of a range, otherwise empty; a range of what `subs` ends with where there are any.
    protocol : str
        Number of the protocol that the place is in, if the pinpoint itself names one.
    """

    unit: str
    number: str = ""
    subs: tuple[str, ...] = ()
    last: str = ""
    protocol: str = ""

    def __str__(self) -> str:
        """Return the normal form, which `parse_pinpoint` reads back to an equal pinpoint."""
        return self.normal_form

    @cached_property
    def normal_form(self) -> str:
        """The pinpoint as text."""
        tail = f" of Protocol No. {self.protocol}" if self.protocol else ""
        letter = bool(self.subs) and len(self.subs[0]) == 1 and self.subs[0].isupper()
        below = "".join(sub if letter and depth == 0 else f"({sub})" for depth, sub in enumerate(self.subs))
        last = f"-({self.last})" if self.subs else f"-{self.last}"
        head = self.unit if self.unit in _WHOLE_WORDS else f"{self.unit}."
        return f"{head} {self.number}{below}".replace(" (", "(").strip() + (last if self.last else "") + tail


@dataclass(slots=True, kw_only=True)
class Places:
    """What one unit word introduces in a text: its pinpoints and where they are.

    Attributes
    ----------
    start, end : int
        Half-open.
    points : tuple of Pinpoint
    lossy : str
        Words of it that the pinpoints do not hold, such as ``et seq.``.
    """

    start: int
    end: int
    points: tuple[Pinpoint, ...]
    lossy: str = ""


def order(number: str) -> tuple[int, str] | None:
    """Return where a number comes in the order of its instrument, or None if it has none.

    Examples
    --------
    >>> order("XIV"), order("13bis"), order("13 Bis")
    ((14, ''), (13, 'bis'), None)
    """
    if match := _SUPPLEMENTED.fullmatch(number):
        return (int(match[1]), match[2]) if match[2] == match[2].strip().lower() else None
    if not _WELL_FORMED.fullmatch(number):
        return None
    values = [_ROMAN[letter] for letter in number.upper()]
    after = [*values[1:], 0]
    total = sum(-one if one < following else one for one, following in zip(values, after, strict=True))
    return total, ""


def stopped(text: str, position: int, expected: str) -> ParseError:
    """Return the error of a text that is no pinpoint from one position on."""
    shown = repr(text) if len(text) <= 100 else f"{text[:99]!r}…"
    return ParseError(f"{shown} is not a pinpoint: at position {position}, expected {expected}")

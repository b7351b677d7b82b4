"""The grammar of pinpoints: places inside a legal instrument, such as ``art. 13(2)`` or ``rule 132``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from sourcebook.core.errors import ParseError

__all__ = ["UNIT", "Pinpoint", "contains", "parse_pinpoint", "parsed", "scan"]

UNIT = re.compile(
    r"(?<!\w)(?:(?P<art>articles?|arts?\.?)|(?P<para>paragraphs?|paras?\.?)|(?P<princ>principles?|princ\.?)"
    r"|(?P<rule>rules?)|(?P<preamble>preamble))(?![a-z])|(?P<sign>§{1,2}|¶{1,2})",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s*")
_NUMBER = re.compile(r"((?:[IVXLC]+\.)?\d{1,4}|[IVXLC]+(?![A-Za-z0-9]))([A-Za-z](?![A-Za-z]))?")
_SUB = re.compile(r"\s*\(\s*(\d{1,3}|[ivxlc]+|[A-Za-z])\s*\)")
_LAST = re.compile(r"\s*(?:[-–—]|to\s)\s*(\d{1,4})(?![\w(])")
_AND = re.compile(r"\s*(?:,|&|and\b)\s*(?=[\dIVXLC])")
_PROTOCOL = re.compile(r"\s*(?:,|of|to)\s+(?:the\s+)?Protocol\s+(?:No\.?\s*)?(\d{1,2})", re.IGNORECASE)

_SHOWN = 100  # characters of a text in a message


@dataclass(frozen=True, kw_only=True)
class Pinpoint:
    """A place inside a legal instrument; ``str`` gives its normal form.

    Attributes
    ----------
    unit : str
        ``art``, ``para``, ``princ``, ``rule`` or ``preamble``.
    number : str
        Arabic or Roman, with the number of a part before it where there is one (``I.23``); empty for a
        preamble.
    subs : tuple of str
        Paragraphs and letters below it, outermost first.
    last : str
        Last number of a range, otherwise empty.
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
        tail = f" of Protocol No. {self.protocol}" if self.protocol else ""
        if self.unit == "preamble":
            return f"preamble{tail}"
        letter = bool(self.subs) and len(self.subs[0]) == 1 and self.subs[0].isupper()
        below = [sub if letter and depth == 0 else f"({sub})" for depth, sub in enumerate(self.subs)]
        dot = "" if self.unit == "rule" else "."
        return f"{self.unit}{dot} {self.number}{''.join(below)}{f'-{self.last}' if self.last else ''}{tail}"


def parse_pinpoint(text: str) -> Pinpoint:
    """Read one pinpoint.

    Parameters
    ----------
    text : str
        As lawyers write it: ``Article 13(2)``, ``Art. 13 (2)``, ``Articles 12(4)``, ``§ 23``, ``para. I.23``,
        ``Principle 10``, ``Rule 132``, ``Arts 2-7``, ``Article 3 of Protocol No. 4``, ``preamble``.

    Returns
    -------
    Pinpoint

    Raises
    ------
    ParseError
        If the text is anything else. The message gives the position where reading stopped.

    Examples
    --------
    >>> str(parse_pinpoint("Article 13 (2)"))
    'art. 13(2)'
    >>> str(parse_pinpoint("Articles 2–7"))
    'art. 2-7'
    """
    start = _end(_SPACE, text, 0)
    found, end = scan(text, start)
    if len(found) > 1:
        raise ParseError(f"{_shown(text)} names {len(found)} pinpoints; expected one: write them one by one")
    point = found[0]
    if protocol := _PROTOCOL.match(text, end):
        end = protocol.end()
        point = replace(point, protocol=str(int(protocol[1])))
    if rest := text[end:].strip():
        raise _stopped(text, end, f"the end of the pinpoint, not {_shown(rest)}")
    return point


def contains(provision: str | Pinpoint, pinpoint: str | Pinpoint) -> bool:
    """Return whether one pinpoint is the other or lies within it, in one instrument.

    Parameters
    ----------
    provision, pinpoint : str or Pinpoint
        The wider and the narrower one.

    Returns
    -------
    bool

    Raises
    ------
    ParseError
        If one of them is not a pinpoint.

    Examples
    --------
    >>> contains("art. 13", "art. 13(2)"), contains("art. 13(2)", "art. 13")
    (True, False)
    >>> contains("arts 2-7", "art. 5(d)")
    True
    """
    outer, inner = (parsed(point) if isinstance(point, str) else point for point in (provision, pinpoint))
    if (outer.unit, outer.protocol) != (inner.unit, inner.protocol):
        return False
    if outer.last:
        inside = inner.number.isdigit() and int(outer.number) <= int(inner.number)
        return inside and int(inner.last or inner.number) <= int(outer.last)
    if inner.last or outer.number != inner.number:
        return False
    return inner.subs[: len(outer.subs)] == outer.subs


@lru_cache(maxsize=4096)
def parsed(text: str) -> Pinpoint:
    """Return `parse_pinpoint` of a text, remembered."""
    return parse_pinpoint(text)


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


def _stopped(text: str, position: int, expected: str) -> ParseError:
    return ParseError(f"{_shown(text)} is not a pinpoint: at position {position}, expected {expected}")


def _shown(text: str) -> str:
    """Return the text as a message quotes it, cut where it is long."""
    return repr(text) if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]!r}…"


def scan(text: str, start: int) -> tuple[list[Pinpoint], int]:
    """Read the pinpoints that one unit word introduces, and where they end."""
    unit = UNIT.match(text, start)
    if unit is None:
        raise _stopped(text, start, "article, paragraph, §, principle, rule or preamble")
    name = "para" if unit.lastgroup == "sign" else str(unit.lastgroup)
    end = unit.end()
    if name == "preamble":
        return [Pinpoint(unit=name)], end
    found: list[Pinpoint] = []
    position: int | None = _end(_SPACE, text, end)
    while position is not None:
        number = _NUMBER.match(text, position)
        if number is None:
            if found:
                break
            raise _stopped(text, position, "a number")
        point, end = _below(text, name, number)
        found.append(point)
        joint = _AND.match(text, end)
        position = joint.end() if joint else None
    return found, end


def _below(text: str, unit: str, number: re.Match[str]) -> tuple[Pinpoint, int]:
    """Read what follows a number: a letter, levels in brackets, or the end of a range."""
    subs = [number[2]] if number[2] else []
    end = number.end()
    while sub := _SUB.match(text, end):
        subs.append(sub[1])
        end = sub.end()
    last = _LAST.match(text, end) if number[1].isdigit() and not subs else None
    if last is None:
        return Pinpoint(unit=unit, number=number[1], subs=tuple(subs)), end
    if int(last[1]) <= int(number[1]):
        raise _stopped(text, last.start(1), f"a number above {number[1]}")
    return Pinpoint(unit=unit, number=number[1], last=last[1]), last.end()

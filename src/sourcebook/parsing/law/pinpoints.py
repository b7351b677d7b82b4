"""Pinpoints as people write them in a table: read one, and compare two."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from sourcebook.core.errors import ParseError
from sourcebook.parsing.law.pinpoint_reader import read_places
from sourcebook.parsing.law.places import Pinpoint, order, stopped

__all__ = ["Pinpoint", "contains", "parse_pinpoint", "parsed"]

_PROTOCOL = re.compile(r"\s*(?:,|of|to)\s+(?:the\s+)?Protocol\s+(?:No\.?\s*)?(\d{1,2})", re.IGNORECASE)
_SPACE = re.compile(r"\s*")
_SHOWN = 60  # characters of what is left over, in a message


def parse_pinpoint(text: str) -> Pinpoint:
    """Read one pinpoint.

    Parameters
    ----------
    text : str
        As lawyers write it: ``Article 13(2)``, ``Art. 13 (2)``, ``Article 5 § 1``, ``Article 6, paragraph 4``,
        ``Article 12.4``, ``paragraph 4 of Article 12``, ``Article 13bis``, ``§ 23``, ``para. I.23``, ``s. 14``,
        ``Principle 10``, ``Rule 132``, ``Arts 2-7``, ``Article 3 of Protocol No. 4``, ``Annex II``, ``preamble``.

    Returns
    -------
    Pinpoint

    Raises
    ------
    ParseError
        If the text is anything else, or is not read to its end. The message gives the position where reading
        stopped.

    Examples
    --------
    >>> str(parse_pinpoint("Article 13 (2)")), str(parse_pinpoint("Article 5 § 1"))
    ('art. 13(2)', 'art. 5(1)')
    >>> str(parse_pinpoint("Articles 2–7"))
    'art. 2-7'
    """
    start = match.end() if (match := _SPACE.match(text)) else 0
    found = read_places(text, start, nested=True)
    if len(found.points) > 1:
        raise ParseError(
            f"{text[:100]!r} names {len(found.points)} pinpoints; expected one: write them one by one"
        )
    point, end = found.points[0], found.end
    if found.lossy:
        raise stopped(text, start, f"a place without {found.lossy!r}")
    if protocol := _PROTOCOL.match(text, end):
        end = protocol.end()
        point = replace(point, protocol=str(int(protocol[1])))
    if rest := text[end:].strip():
        raise stopped(text, end, f"the end of the pinpoint, not {rest[:_SHOWN]!r}")
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
    >>> contains("arts 2-7", "art. 5(d)"), contains("art. 5(1)-(4)", "art. 5(2)")
    (True, True)
    """
    outer, inner = (parsed(point) if isinstance(point, str) else point for point in (provision, pinpoint))
    if (outer.unit, outer.protocol) != (inner.unit, inner.protocol):
        return False
    depth = len(outer.subs)
    path, other = ((point.number, *point.subs) for point in (outer, inner))
    if not outer.last:
        return path == other[: depth + 1] and not (inner.last and len(inner.subs) == depth)
    if len(other) <= depth or path[:depth] != other[:depth]:
        return False
    end = inner.last if inner.last and len(inner.subs) == depth else other[depth]
    ordered = [_order(label) for label in (path[depth], other[depth], end, outer.last)]
    places = [place for place in ordered if place is not None]
    return len(places) == 4 and places == sorted(places)


def _order(label: str) -> tuple[int, str] | None:
    """Return the place of a number or of a letter among its like."""
    return (ord(label), "") if len(label) == 1 and label.isalpha() and label.islower() else order(label)


@lru_cache(maxsize=4096)
def parsed(text: str) -> Pinpoint:
    """Return `parse_pinpoint` of a text, remembered."""
    return parse_pinpoint(text)

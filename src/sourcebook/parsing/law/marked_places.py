"""Places without a number after their unit word: preambles, and paragraphs in square brackets."""

from __future__ import annotations

import re
from dataclasses import replace

from sourcebook.parsing.law.places import Pinpoint, Places, stopped

__all__ = ["LABELS", "read_preamble", "read_square"]

#: A number, a Roman numeral or a letter, in brackets or not, or a range of them.
LABELS = re.compile(
    r"\s*\(?\s*(?P<first>\d{1,2}|[ivx]+|[a-z])\s*\)?(?!\w)"
    r"(?:\s*(?:[-–—‑]|to\b)\s*\(?(?P<last>[ivx]+|[a-z])\)?(?!\w))?"
)
_SQUARE = re.compile(r"(?P<joint>^|\s?[-–—]\s?|,?\s?(?:and\s)?)\[(?P<n>\d{1,4})\]")
_PREAMBLE_PARAGRAPH = re.compile(
    r"\s*(?:,\s*(?:paragraph|para\.?)\s*(?=\d|\([a-z]\))|(?=\(\d))\(?(?P<first>\d{1,2}|[a-z](?=\)))\)?(?!\w)"
)


def read_preamble(text: str, unit: re.Match[str]) -> Places:
    """Read the preamble, with the number of its paragraph if there is one."""
    expression = LABELS if unit[0].lower() != "preamble" else _PREAMBLE_PARAGRAPH
    number = expression.match(text, unit.end())
    if number is None and expression is LABELS:
        raise stopped(text, unit.end(), "a number")
    subs = (number["first"],) if number else ()
    end = number.end() if number else unit.end()
    return Places(start=unit.start(), end=end, points=(Pinpoint(unit="preamble", subs=subs),))


def read_square(text: str, unit: re.Match[str]) -> Places:
    """Read paragraphs as judgments of the Commonwealth are cited: at [36]-[40]."""
    points: list[Pinpoint] = []
    end = unit.end()
    while match := _SQUARE.match(text, end):
        if match["joint"].strip() in ("-", "–", "—") and points:
            if points[-1].last or int(match["n"]) <= int(points[-1].number):
                raise stopped(text, match.start("n"), f"a number above {points[-1].number}")
            points[-1] = replace(points[-1], last=match["n"])
        elif match["joint"].strip() or not points:
            points.append(Pinpoint(unit="para", number=match["n"]))
        else:
            break
        end = match.end()
    return Places(start=unit.start(), end=end, points=tuple(points))

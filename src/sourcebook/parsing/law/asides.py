"""What lists of places say between their numbers and after them: asides, exceptions, parts told in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sourcebook.parsing.law.places import Pinpoint

__all__ = ["EXCEPT", "LATIN", "NEXT_NUMBER", "ON_TO", "SENTENCE", "TIGHT", "latin_after", "without"]

LATIN = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies")
_ALSO = (
    r"inter\s+alia|in\s+particular|(?:most\s+)?notably|(?:more\s+)?especially|(?:more\s+)?particularly|specifically"
    r"|above\s+all"
)
#: Between two numbers of a list, with words that add nothing: Articles 3, inter alia, and 5; 26 in conjunction with 2.
NEXT_NUMBER = re.compile(
    rf"\s*(?:,\s*(?:{_ALSO}|for\s+(?:example|instance))\s*,\s*(?:and|or)|,\s*(?:{_ALSO})\s*,?"
    rf"|,?\s*(?:and|or)\s*,?\s*(?:{_ALSO}|also|finally|lastly|possibly|perhaps|even|now|then)\s*,?"
    r"|,?\s*(?:and|or)\s*,\s*[a-z][a-z ]{2,30},"
    r"|\s+(?:plus|along\s+with|respectively|(?P<not>but\s+not)|/|j°|jo\.|juncto|i\.?V\.?m\.?|i\.?c\.?w\.?)"
    r"|(?P<open>\s\()?,?\s*(?:(?:as|when|if|is|are|both|read|taken|considered|alone|or|and|separately)\s+){0,4}"
    r"(?:together|in\s+conjunction|conjointly|in\s+combination|combined|read|taken)\s+with)\s+(?=\d)"
)
#: Between two numbers with levels, which no pinpoint holds as a range: Article 3(1) to 5(2).
ON_TO = re.compile(
    r"(?:[-–‑]|\s+(?:to|through)\s+)(?:(?:[Aa]rticles?|[Aa]rts?\.?|[Rr]ules?|[Pp]rinciples?)\s+)?"
    r"(?=\d{1,3}\s?(?:§|\((?:\d|[a-z]\)))|\d{1,3}(?:[.,;:)]|$|\s+(?:of|in|under)\s|\s[A-Z]{2}))"
)
#: A number right after a comma: the paragraph of an article, or the next article.
TIGHT = re.compile(r",(?=\d{1,3}(?!\d|\s*(?:,|and|or|&)\s*\d))")
_NTH = "first|second|third|fourth|fifth|sixth|seventh|eighth|last|final"
SENTENCE = re.compile(
    rf"\s*,?\s*(?:the\s+)?((?:(?:{_NTH})\s+(?:sentence|indent|sub-?paragraph|limb)|(?:last|final|penultimate)\s+paragraph|chapeau|in\s+fine)(?!\w)"
    r"(?:,?\s+(?:points?|letters?|lit\.?)\s*\(?[a-z]\)?(?!\w)(?:\s*(?:,|and|or)\s*\([a-z]\))*)?)",
    re.IGNORECASE,
)
_LATIN_AFTER = re.compile(
    rf"\s*(?:,\s*(?:and|or)?|and|or|&|/|(?P<to>to|through|[-–‑]))\s*-?(?P<latin>{'|'.join(LATIN)})(?![\w-])"
)
#: After a list, what it leaves out.
EXCEPT = re.compile(
    r"\s*,?\s*\(?\s*(?:(?:except|save)(?:ing)?(?:\s+for)?|excluding|with\s+the\s+exception\s+of|other\s+than|apart\s+from|but\s+(?:not|for))"
    r"\s+(?:its\s+)?(?=\d|(?i:art|para|§|sub-?para|princ|rule))"
)
_PLAIN_RANGE = re.compile(r"\d{1,3}")


def latin_after(text: str, position: int, point: Pinpoint) -> tuple[list[Pinpoint], int]:
    """Return the articles that are named by what marks them alone, with their end: 15 bis and ter, 15 bis to quater.

    Parameters
    ----------
    text : str
    position : int
        After the number of the article.
    point : Pinpoint
        The article before.
    """
    found: list[Pinpoint] = []
    digits = re.match(r"\d+", point.number)
    if point.subs or point.last or digits is None or point.number[digits.end() :] not in ("", *LATIN):
        return found, position
    marked = point.number[digits.end() :]
    while marked and (match := _LATIN_AFTER.match(text, position)):
        first, last = LATIN.index(marked) + 1, LATIN.index(match["latin"])
        marks = LATIN[first : last + 1] if match["to"] else (match["latin"],)
        found += [replace(point, number=digits[0] + mark) for mark in marks]
        marked, position = match["latin"], match.end()
    return found, position


def without(points: Sequence[Pinpoint], left_out: Sequence[Pinpoint]) -> list[Pinpoint] | None:
    """Return places without some that lie in their ranges, or None where that cannot be said with ranges.

    Parameters
    ----------
    points, left_out : sequence of Pinpoint

    Returns
    -------
    list of Pinpoint or None
        The same places where none of them holds what is left out.

    Examples
    --------
    >>> articles = Pinpoint(unit="art", number="3", last="9")
    >>> [str(each) for each in without([articles], [Pinpoint(unit="art", number="5")]) or ()]
    ['art. 3-4', 'art. 6-9']
    """
    found = list(points)
    for out in left_out:
        kept: list[Pinpoint] = []
        for point in found:
            if out.unit != point.unit:
                return None
            if point.number == out.number and not point.last and out.subs:
                return None
            if not point.last or point.subs:
                kept.append(point)
                continue
            numbers = (point.number, out.number, point.last)
            if out.subs or out.last or not all(map(_PLAIN_RANGE.fullmatch, numbers)):
                return None
            first, middle, last = map(int, numbers)
            if not first <= middle <= last:
                kept.append(point)
                continue
            for low, high in ((first, middle - 1), (middle + 1, last)):
                if low <= high:
                    kept.append(replace(point, number=str(low), last=str(high) if high > low else ""))
        found = kept
    return found

"""What follows a name that has its article before it: a further article without a unit word, or an exception."""

from __future__ import annotations

import re
from dataclasses import replace

from sourcebook.core.errors import ParseError
from sourcebook.parsing.law.mentions import Mention
from sourcebook.parsing.law.pinpoint_reader import Places, excepted, read_places

__all__ = ["read_after"]

_WITH = re.compile(
    r",?\s+\(?(?:(?:as|when|if|is|are|read|taken|considered|alone|or|and)\s+){0,4}(?:together|in\s+conjunction|conjointly|combined|read|taken)\s+with\s+"
    r"(?=\d{1,3}(?!\d))"
)
_ENDS = re.compile(r"\s*(?:[,.;:)\]]|$|(?:is|was|are|were|has|have|had|which|that|and|by|because|when)\s)")
_OF = re.compile(r"\s+(?:of|to|in)\s")
_ALL = re.compile(r"\b(?:[Aa]ll|[Ee]very)\s(?:[\w-]+\s){0,2}?articles?\s+of\s+(?:the\s+)?$")
_BUT = re.compile(r"\s+(?:but|except|save|other\s+than)\s+(?:for\s+)?(?:[Aa]rt\w*\.?\s+)?\d{1,3}")
_WORD = "Articles "
_BACK, _FAR = 40, 60  # characters


def read_after(text: str, mention: Mention, before: Places | None, end: int) -> None:
    """Read what follows a name: Article 26 ICCPR in conjunction with 2(4); Articles 3 to 9 ICCPR, except Article 5.

    Parameters
    ----------
    text : str
    mention : Mention
        Its places are added to, or changed.
    before : Places or None
        The last that it has before it.
    end : int
        Where the next name begins.
    """
    if before is None:
        but = _BUT.match(text, mention.end)
        if but and _ALL.search(text, max(0, mention.start - _BACK), mention.start):
            mention.refused = " ".join(but[0].split())
            mention.places = [places for places in mention.places if places.start >= but.end()]
        return
    if before.points[0].unit != "art":
        return
    if start := _WITH.match(text, mention.end):
        try:
            found = read_places(_WORD + text[start.end() : min(end, start.end() + _FAR)], 0)
        except ParseError:
            return
        close = found.end + start.end() - len(_WORD)
        if _ENDS.match(text, close):
            mention.places.append(replace(found, start=start.end(), end=close))
        elif _OF.match(text, close):
            mention.refused = " ".join(text[mention.end : close].split()).lstrip(", ")
    elif kept := excepted(text, before, mention.end):
        others = [places for places in mention.places if not mention.end <= places.start < kept.end]
        mention.places = [replace(kept, end=before.end) if places is before else places for places in others]

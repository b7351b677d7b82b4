"""What a sentence with several instruments is about: the one that is the subject of its last clause."""

from __future__ import annotations

import re
from bisect import bisect_left

from sourcebook.parsing.law.antecedents import STOP, Antecedents
from sourcebook.parsing.law.pinpoint_reader import Places

__all__ = ["topic"]

_FARTHEST = 400  # characters between the beginning of a sentence and an article in it or in the next
_SUBJECT = re.compile(
    r"(?:^|[,;:–—]\s+)[“\"(]*(?:(?:[Aa]nd|[Bb]ut|[Ww]hile|[Ww]hereas|[Yy]et|[Ll]ikewise,|[Ss]imilarly,|[Hh]owever,|[Tt]oday)\s+)?(?:[Tt]he\s+)?$"
)
_VERB = re.compile(
    r"\s+(?:(?:also|then|itself|alone|now|thus|in\s+turn|[a-z]+ly)\s+)?(?:is|was|has|had|does|did|goes|went|can|may|must|shall|will"
    r"|would|could|cannot|became|came|gave|left|drew|took|grew|(?!(?:rights|articles|parties|states|provisions|obligations"
    r"|standards|commitments|paragraphs|protections|reports|members|bodies|norms|its|this|terms|rules|bas(?:es|ed)|violations)\b)[a-z]{2,}(?:s|ed))\b"
)
_UNDER = re.compile(r"(?:Under|In|By)\s+(?:the\s+)?")
_NEXT = re.compile(r"(?:(?:In|Under|By|Its|The|whole|of|in|particular|first|sentence|,|“|\")\s*)*")
_ON = re.compile(r"[;:–—]|,\s+and\b|\bin\s+that\b|\bas\b|\bbecause\b|\bsince\b|\bwhere\b")


def topic(antecedents: Antecedents, places: Places) -> int | None:
    """Return the number of the mention that the sentence of places, or the one before it, is about, or None.

    Parameters
    ----------
    antecedents : Antecedents
        Of the text.
    places : Places
    """
    text, starts = antecedents.text, antecedents.starts
    first, _ = antecedents.sentence(places, _FARTHEST)
    end = places.start
    begins = not _NEXT.sub("", text[first:end])  # its sentence
    if begins:
        end = first
        stops = [stop.end() for stop in STOP.finditer(text, max(0, first - _FARTHEST), first - 1)]
        first = stops[-1] if stops else max(0, first - _FARTHEST)
    numbers = range(bisect_left(starts, first), bisect_left(starts, end))
    known = [each for each in numbers if antecedents.mentions[each].instrument_id in antecedents.instruments]
    if len({antecedents.mentions[each].instrument_id for each in known}) < 2:
        return None
    if not begins and not _ON.search(text, antecedents.mentions[known[-1]].end, end):
        return None
    subjects = [each for each in known if _is_subject(antecedents, each, first)]
    return subjects[-1] if subjects and antecedents.may_have(subjects[-1], places) else None


def _is_subject(antecedents: Antecedents, number: int, first: int) -> bool:
    """Return whether a verb follows a name that begins a clause.

    Parameters
    ----------
    antecedents : Antecedents
    number : int
    first : int
        Of the sentence.
    """
    mention, text = antecedents.mentions[number], antecedents.text
    before = text[max(first, mention.start - 40) : mention.start]
    if mention.start - first > 40:
        before = " " + before
    if _UNDER.fullmatch(text, first, mention.start) and text.startswith(",", mention.end):
        return True
    return _SUBJECT.search(before) is not None and _VERB.match(text, mention.end) is not None

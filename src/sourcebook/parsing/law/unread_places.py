"""Places next to a name that were not read: noted, so that none is lost in silence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from sourcebook.parsing.law.connectives import AFTER, ARTICLES, LONGEST_GAP, OWNED, SHORT_GAP
from sourcebook.parsing.law.mentions import Mention
from sourcebook.parsing.law.pinpoint_reader import Places

__all__ = ["note_unread"]

_UNREAD = re.compile(r"(?:[^.;]|\.(?=\d))*?\s(?:of|in)\s+(?:the\s+)?|(?:[^.;a-z]|\.(?=\d))*")
_APART = re.compile(
    r"(?:[^.;a-z]|(?<=\s)(?:of|in|to|under|the|its|their)(?=\s)|(?<=['’])s(?=\s))*"
)  # between a name and a place that is next to it and was not given to it
_EXCEPT = re.compile(
    r",?\s+\(?(?:except|save|excluding|with\s+the\s+exception\s+of|other\s+than|but\s+not)\b[^.;]*"
)
_LISTED_APART = re.compile(r"[^.a-z]*")  # the same where the name itself says its article
_BARE = re.compile(r"(?<![\w./-])\d{1,3}(?:\s?\([\da-z]{1,3}\))+,?\s+(?:of|in)\s+(?:the\s+)?$")
_SHOWN = 12  # characters after such a word, in a message


def note_unread(
    text: str, mentions: Sequence[Mention], refused: Sequence[tuple[int, int]], places: Sequence[Places]
) -> None:
    """Note in each mention the place next to it that it was not given.

    Parameters
    ----------
    text : str
        Any text.
    mentions : sequence of Mention
        In the order of the text; their `refused` is filled.
    refused : sequence of tuple of int
        Half-open places of unit words whose numbers are not understood.
    places : sequence of Places
        Those that no mention has as its own.
    """
    starts = [mention.start for mention in mentions]
    _note_refused(text, mentions, refused, starts)
    _note_unowned(text, mentions, places, starts)
    for number, mention in enumerate(mentions):
        if not (mention.places or mention.refused or mention.place):
            left = mentions[number - 1].end if number else 0
            bare = _BARE.search(text, max(left, mention.start - SHORT_GAP), mention.start)
            mention.refused = " ".join(bare[0].split()) if bare else ""


def _note_refused(
    text: str, mentions: Sequence[Mention], refused: Sequence[tuple[int, int]], starts: Sequence[int]
) -> None:
    """Note a place next to a name that was not understood, so that the citation says what it lacks."""
    for start, end in refused:
        following = bisect_left(starts, end)
        name = starts[following] if following < len(mentions) else len(text) + LONGEST_GAP + 1
        if (
            name - end <= LONGEST_GAP
            and not mentions[following].places
            and _UNREAD.fullmatch(text, end, name)
        ):
            mentions[following].refused = " ".join(text[start:name].split())
            continue
        previous = following - 1
        free = previous >= 0 and not mentions[previous].places
        if free and AFTER.fullmatch(text, mentions[previous].end, start):
            mentions[previous].refused = " ".join(text[start : end + _SHOWN].split())


def _note_unowned(
    text: str, mentions: Sequence[Mention], places: Sequence[Places], starts: Sequence[int]
) -> None:
    """Note an article next to a name that no name was given, so that it is not lost in silence."""
    taken = {given.start for mention in mentions for given in mention.places}
    for place in places:
        if place.points[0].unit not in ARTICLES or place.start in taken:
            continue
        following = bisect_left(starts, place.end)
        previous = bisect_left(starts, place.start) - 1
        near = [mentions[number] for number in (following, previous) if 0 <= number < len(mentions)]
        for mention in near:
            if mention.places or mention.refused:
                continue
            after = mention.start >= place.end
            first, last = (place.end, mention.start) if after else (mention.end, place.start)
            apart = _LISTED_APART if mention.place else _APART
            if not 0 <= last - first <= SHORT_GAP or not (
                apart.fullmatch(text, first, last) or _EXCEPT.fullmatch(text, first, last)
            ):
                continue
            if not after and OWNED.match(text, place.end):
                continue
            whole = text[place.start : last] if after else text[first : place.end]
            mention.refused = " ".join(whole.split()).strip(" ,;:(")
            break

"""Articles that a court or committee finds violated, in a text that names it and not its convention."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from sourcebook.parsing.law.antecedents import COMMENTS, Antecedents, is_of_another_law
from sourcebook.parsing.law.connectives import CHAIN, OWNED
from sourcebook.parsing.law.instruments import Instrument
from sourcebook.parsing.law.lone_places import FARTHEST
from sourcebook.parsing.law.mentions import Mention, parent_of
from sourcebook.parsing.law.nouns import COVENANTS
from sourcebook.parsing.law.patterns import watchers
from sourcebook.parsing.law.pinpoint_reader import Places

__all__ = ["find_watchers", "read_watched"]

_FOUND = r"violat\w+|breach\w*|infring\w+|contraven\w+|contrary\s+to"
_READ = (
    r"about|that|recall(?:s|ed)|interpret(?:s|ed|ing)?|reads?|reading|appl(?:y|ies|ied|ying)|invok(?:es?|ed|ing)|consider(?:s|ed)|examin(?:es?|ed)|dealt\s+with"
    r"|(?:scope|meaning|content|language|wording|text|terms|words|interpretation|application|core|requirements|reach|purposes?|limbs?|notion|understanding)\s+of|within\s+the\s+meaning\s+of"
)
_WHOSE = re.compile(
    rf"(?:\b(?:{_FOUND}|under|by|with|into|{_READ})\s+(?:of\s+)?(?:both\s+)?|\()$",
    re.IGNORECASE,
)
_VIOLATED = re.compile(
    rf"(?:\b(?:{_FOUND}|{_READ[_READ.index('(?:scope') :]})\s+(?:of\s+)?(?:both\s+)?|\()$", re.IGNORECASE
)
_BUT = re.compile(r"(?:\s*\([^()\d]{3,60}\))?,?\s+but\s+(?:not|no\s+\w+)\s+(?:of\s+)?")


def read_watched(
    text: str, mentions: list[Mention], places: Sequence[Places], instruments: Mapping[str, Instrument]
) -> list[Mention]:
    """Return the mentions with a court or committee that stands for its convention where it finds articles violated.

    Parameters
    ----------
    text : str
        Any text.
    mentions : list of Mention
        In the order of the text.
    places : sequence of Places
        Those that no mention has.
    instruments : mapping of str to Instrument
        Those of the authority by their ids.

    Returns
    -------
    list of Mention
        In the order of the text.
    """
    articles = [each for each in places if each.points[0].unit == "art"]
    if not articles:
        return mentions
    courts = [
        Mention(start, end, key, "by-its-body", tentative=True)
        for start, end, key in find_watchers(text, articles, 2 * FARTHEST)
        if key in instruments
    ]
    for mention in mentions:
        key = COVENANTS.get(mention.instrument_id.partition("-")[0], "")
        if key in instruments and mention.pattern.startswith(COMMENTS):
            courts.append(Mention(mention.start, mention.end, key, "by-its-body", tentative=True))
    courts.sort(key=lambda court: court.start)
    if not courts:
        return mentions
    named = Antecedents(text, mentions, instruments)
    bodies = Antecedents(text, courts, instruments)
    last: tuple[Places, Mention] | None = None
    for each in articles:
        goes_on = last is not None and (
            CHAIN.fullmatch(text, last[0].end, each.start) or _BUT.fullmatch(text, last[0].end, each.start)
        )
        court = last[1] if last and goes_on else _court(each, named, bodies)
        words = _WHOSE if court and court.start < each.start else _VIOLATED
        if court is None or not (goes_on or words.search(text, max(0, each.start - 40), each.start)):
            last = None
            continue
        court.places.append(each)
        last = each, court
    found = [court for court in courts if court.places]
    return sorted([*mentions, *found], key=lambda mention: mention.start) if found else mentions


def find_watchers(text: str, articles: Sequence[Places], reach: int) -> list[tuple[int, int, str]]:
    """Find the courts and committees that a text names around articles.

    Parameters
    ----------
    text : str
    articles : sequence of Places
        In the order of the text.
    reach : int
        Characters on either side of each.

    Returns
    -------
    list of tuple
        Start and end, half-open, and the id of the instrument that each watches over, in the order of the text.
    """
    near: list[tuple[int, int]] = []
    for each in articles:
        low, high = max(0, each.start - reach), each.end + reach
        if near and low <= near[-1][1]:
            near[-1] = near[-1][0], high
        else:
            near.append((low, high))
    return sorted(
        (found.start(), found.end(), key)
        for low, high in near
        for expression, key in watchers()
        for found in expression.finditer(text, low, high)
    )


def _court(places: Places, named: Antecedents, watched: Antecedents) -> Mention | None:
    """Return the court or committee that an article next to no name is said by, or None.

    Parameters
    ----------
    places : Places
    named : Antecedents
        Of the instruments that the text names.
    watched : Antecedents
        Of the courts and committees.
    """
    text = named.text
    first, last = named.sentence(places, FARTHEST)
    if OWNED.match(text, places.end) or named.is_foreign(places) or named.around(places) is not None:
        return None
    bracketed = text.startswith("(", max(0, places.start - 1))
    reach = 2 * FARTHEST if bracketed else FARTHEST
    low = bisect_left(watched.starts, max(0, places.start - reach))
    high = bisect_left(watched.starts, places.end + reach if bracketed else last)
    near = [number for number in range(low, high) if watched.may_have(number, places)]
    keys = {watched.mentions[number].instrument_id for number in range(low, high)}
    before = [number for number in near if watched.starts[number] < places.start]
    others = named.mentions[bisect_left(named.starts, first) : bisect_left(named.starts, last)]
    if is_of_another_law(text, first, others[0].start if others else last, places.start):
        return None
    treaties = [each for each in others if bracketed or not each.pattern.startswith(COMMENTS)]
    if (
        len(keys) != 1
        or not near
        or not all(parent_of(other, named.instruments) in keys for other in treaties)
    ):
        return None
    return watched.mentions[before[-1] if before else near[0]]

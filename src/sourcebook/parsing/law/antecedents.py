"""Which instrument an article is in that stands next to no name: the only one that its text can mean."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence

from sourcebook.parsing.law.connectives import FOREIGN, LAWS, MEASURED, SHORT_GAP, WORDS
from sourcebook.parsing.law.instruments import Instrument
from sourcebook.parsing.law.mentions import Mention, parent_of
from sourcebook.parsing.law.pinpoint_reader import Places

__all__ = [
    "COMMENTS",
    "IN_ARTICLES",
    "NEAR",
    "OTHER_LAW",
    "PARAGRAPH",
    "STOP",
    "Antecedents",
    "is_of_another_law",
    "sentence_start",
]

#: The end of a sentence, or of a paragraph.
STOP = re.compile(
    r"[.;!?\n](?:(?<=[.;!?])(?<!\bNo.)(?<!\bArt.)(?<!\bart.)(?<!\barts.)(?<!\bpara.)(?<!\bv.)(?:\s?[(\[]\d{1,3}(?=[)\]]))?[”\"’')\]]?\s+(?=[A-Z“(\"‘])"
    r"|(?<=\n)\s*\n)"
)
#: What ends the words right before an article that is in no listed instrument.
_UNLISTED = re.compile(
    r"(?:[A-Z][\w’-]+|\d{4}) (?:Convention|Covenant|Treaty|Protocol|Agreement|Directive|Regulation|Statute)$"
    r"|Brussels I(?:I[ab]?|a)(?: bis)?$"
)
PARAGRAPH = re.compile(r"\n\s*\n")
OTHER_LAW = re.compile(rf"\b(?:{'|'.join(LAWS)}|Statutes)\b")
#: What an article may be in that is no listed instrument.
_LAW = re.compile(
    rf"\b(?:{'|'.join(LAWS)}|Statutes?|Convention|Treaty|Charter|Directive|Regulations?|Agreement|Protocol|Decree|Bill)\b"
    r"|\b(?:constitution(?:al)?|codes?|acts?(?=\s+(?:of\s+parliament|was|were|is))|decrees?|statutes?|bills?|ordinances?|contracts?|legislation"
    r"|bylaws?|articles\s+of\s+association|protocols|lease|newspapers?|magazines?|journals?|(?:domestic|national|penal|criminal|civil|family|labou?r"
    r"|press|electoral|new|draft|federal)\s+(?:laws?|rules)|agreements?\s+between|the\s+law)\b"
)
_OF_LAW = re.compile(
    rf"[^.;]{{0,40}}?\b(?:of|in|under|to)\s+(?!this\s+(?:Convention|Covenant|Charter|Treaty|Protocol)\b)(?:\w+\s+){{0,3}}?(?:{_LAW.pattern})"
)
_IS_IN = re.compile(
    r"\s+(?:is|was|lies|stands|remains)\s+[^.,;]{0,40}\b(?:of|in)\s+(?:the\s+)?"
)  # at the core of
_IT = re.compile(r"[.!?][”\"’')\]]?\s+(?:It|This|Both|They|These)\s")
_VIOLATION = re.compile(r"\bviolations?\s+of\s+$", re.IGNORECASE)
_SEE = re.compile(r"\bsee\s+(?:also\s+)?$")
_COMMON = re.compile(r"\bcommon\s+$", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:made\s+(?:plain|clear)|sets?\s+out|conclud|not|observ|stat|say|said|recall|explain|stress|held|found|add|emphasi|recommend|underlin|clarif|call|urg|requir"
    r"|provid|affirm|oblig|refus|warn)\w*\b[^.;]{0,60}\b(?:in|under)\s+$"
)
_AND_IN = re.compile(r"(?:,|\band|\bwhich|\bthat),?\s+in\s+$")
_DID = re.compile(r",?\s+(?:also\s+)?[a-z]{3,}(?:ed|s)\b")
_SPEAKER = re.compile(
    r"[“\"‘(]*(?:It|They|He|She|The\s+(?:(?:[A-Z][\w’'-]*|on|of|the|and)\s+){0,8}"
    r"(?:Committee|Council|Court|Commission|Assembly|Rapporteur|Group|Chamber|Tribunal|Expert|resolution|comment|opinion|judgment|report))\s"
)
_CHARGED = re.compile(
    r"\b(?:charg|sentenc|convict|prosecut|indict|accus|detain|arrest|jail|fine|criminal|offen[cs]e)\w*\b[^.;]*\b(?:under|of|by)\s+$"
)
_AT_FIRST = re.compile(r"(?:In|Under|Its|By|The|whole|of|in|particular|,|\s)*")
_OPERATIVE = re.compile(r"\boperative\s+$", re.IGNORECASE)
_OF = re.compile(r"\s+(?:of|to|above|below)\b")
_POSSESSIVE = re.compile(r"['’]s\s+(?:own\s+)?$")
#: Forms of general comments, which have paragraphs and no articles.
COMMENTS = ("general-comment", "general-recommendation")
#: Kinds of instruments whose articles have the paragraphs, so that a paragraph alone is not a place in them.
IN_ARTICLES = ("treaty", "EU law", "statute of a tribunal")
_SAYS = re.compile(
    r"\s+(?:also\s+|clearly\s+|expressly\s+)?(?:says?|said|states?|provides?|requires?|prohibits?|guarantees?|protects?"
    r"|recogni[sz]es?|obliges?|declares?|stipulates?|affirms?|defines?|forbids?|allows?|permits?|grants?|entitles|enshrines"
    r"|bans|establishes|lays\s+down|sets\s+out|makes\s+clear)(?!\w)"
)
_OF_THIS_TEXT = re.compile(r"\s+(?:above|below|supra|infra)(?!\w)")
_COMPARED = re.compile(
    r"\b(?:(?:track|mirror|echo|resembl|reproduc)\w*\s+(?:the\s+)?(?:language|text|wording|terms)\s+of|modell?ed\s+(?:up)?on|inspired\s+by|[Uu]nlike(?:\s+under)?|[Ll]ike|than|contrast\s+(?:to|with)|similar\s+to|as\s+(?:in|with)|cf\.?)\s+(?:the\s+)?$"
)
_AMENDED = re.compile(r"\bas\s+(?:amended|modified|supplemented)\s+by\s+(?:the\s+)?$")
_INTRODUCED = re.compile(r"\b(?:of|under|in|by)\s+(?:the\s+)?(?:UN\s+|U\.N\.\s+|United\s+Nations\s+)?$")
NEAR = 600  # characters between a sentence that names an instrument and an article that is in it


def sentence_start(text: str, first: int, place: int) -> int:
    """Return where the sentence of a place begins, or the first place that is looked at.

    Parameters
    ----------
    text : str
    first, place : int
    """
    stops = [stop.end() for stop in STOP.finditer(text, first, place)]
    return stops[-1] if stops else first


def is_of_another_law(text: str, first: int, last: int, place: int) -> bool:
    """Return whether a sentence names a law, or says that somebody is charged under the article at a place.

    Parameters
    ----------
    text : str
    first, last : int
        Of the sentence.
    place : int
        Where the article is.
    """
    return (_LAW.search(text, first, last) or _CHARGED.search(text, first, place)) is not None


class Antecedents:
    """Finds the instruments of articles that no name stands next to.

    Parameters
    ----------
    text : str
        Any text.
    mentions : sequence of Mention
        In the order of the text.
    instruments : mapping of str to Instrument
        Those of the authority by their ids.
    """

    def __init__(self, text: str, mentions: Sequence[Mention], instruments: Mapping[str, Instrument]) -> None:
        self.text, self.mentions, self.instruments = text, mentions, instruments
        self.starts = [mention.start for mention in mentions]

    def in_sentence(self, places: Places, farthest: int) -> int | None:
        """Return the only instrument that the sentence of a place in brackets names, or None."""
        first, last = self.sentence(places, farthest)
        low, high = bisect_left(self.starts, first), bisect_left(self.starts, last)
        named = [number for number in range(low, high) if self.may_have(number, places)]
        known = [self.mentions[number].instrument_id for number in range(low, high)]
        keys = {self.mentions[number].instrument_id for number in named}
        if any(key not in self.instruments for key in known) or OTHER_LAW.search(self.text, first, last):
            return None
        if len(keys) != 1:
            return self._nearest(low, places)
        return min(named, key=lambda number: abs(self.starts[number] - places.start))

    def _nearest(self, low: int, places: Places) -> int | None:
        """Return the instrument right before a place in brackets, unless something is compared with it."""
        number = bisect_left(self.starts, places.start) - 1
        if number < low or not self.may_have(number, places) or self._is_ambiguous(number):
            return None
        return None if self.is_compared(number) else number

    def ahead(self, places: Places, farthest: int) -> int | None:
        """Return the only instrument that a sentence names, after an article: Article 7 of it is meant by that."""
        text = self.text
        first, last = self.sentence(places, farthest)
        low, high = bisect_left(self.starts, first), bisect_left(self.starts, last)
        if not low < high or self.starts[low] < places.start or _POSSESSIVE.search(text, first, places.start):
            return None
        start = self.starts[low]
        keys = {self.mentions[number].instrument_id for number in range(low, high)}
        alone = len(keys) == 1 or _IS_IN.fullmatch(text, places.end, start)
        if not alone or not self.may_have(low, places) or self._is_ambiguous(low):
            return None
        introduced = _INTRODUCED.search(text, max(0, start - SHORT_GAP), start)
        other = _LAW.search(text, first, start) or MEASURED.search(text, places.end, start)
        charged = _CHARGED.search(text, first, places.start)
        return low if introduced and not other and not charged else None

    def following(self, places: Places, farthest: int) -> int | None:
        """Return the only treaty around an article before any name, where the next sentence says what it is of."""
        text = self.text
        low, high = (
            bisect_left(self.starts, places.start - NEAR),
            bisect_left(self.starts, places.end + NEAR),
        )
        first, last = self.sentence(places, farthest)
        number = bisect_left(self.starts, places.end)
        if low != number or number >= high or self.starts[number] <= last:
            return None
        if not _IT.match(text, last):
            return None
        keys = {self.mentions[each].instrument_id for each in range(low, high)}
        start = self.starts[number]
        stops = [stop.end() for stop in STOP.finditer(text, last, start + 1)]
        near = len(stops) == 1 and len(keys) == 1 and start - places.end <= farthest
        near = near and not self.is_compared(number)
        if not near or not self.may_have(number, places) or self._is_ambiguous(number):
            return None
        treaty = self.instruments[keys.pop()].kind in IN_ARTICLES
        other = is_of_another_law(text, first, start, places.start) or PARAGRAPH.search(
            text, places.end, start
        )
        return number if treaty and not other else None

    def continued(self, places: Places, farthest: int, given: Collection[int]) -> int | None:
        """Return the instrument right before an article in its sentence, if an article of it was named there."""
        first, _ = self.sentence(places, farthest)
        number = bisect_left(self.starts, places.start) - 1
        while number >= 0 and self.mentions[number].instrument_id not in self.instruments:
            number -= 1  # a symbol or a case
        if number > 0 and _AMENDED.search(
            self.text, max(0, self.starts[number] - SHORT_GAP), self.starts[number]
        ):
            number -= 1
        if number < 0 or self.starts[number] < first:
            return None
        alone = number == 0 or self.starts[number - 1] < first
        if number not in given and not (alone and _SAYS.match(self.text, places.end)):
            return None
        if not self.may_have(number, places) or self._is_ambiguous(number):
            return None
        return None if OTHER_LAW.search(self.text, self.mentions[number].end, places.start) else number

    def before(self, places: Places, given: Collection[int]) -> int | None:
        """Return the instrument that the nearest sentence before an article names, if it names one alone."""
        text = self.text
        if _POSSESSIVE.search(text, max(0, places.start - 8), places.start):
            return None
        first = max(0, places.start - NEAR)
        for stop in PARAGRAPH.finditer(text, first, places.start):
            first = stop.end()
        low, last = bisect_left(self.starts, first), bisect_left(self.starts, places.start) - 1
        while last > low and self.mentions[last].pattern.startswith(COMMENTS):
            last -= 1
        if last < low:
            return None
        stops = [first, *(stop.end() for stop in STOP.finditer(text, first, self.starts[last] + 1))]
        named = self._named(stops[-1], last, places) or self._named(stops[-2:][0], last, places)
        number = self._only_one(named, places, given)
        return None if number is None or self._of_something_else(number, last, places) else number

    def _only_one(self, named: Sequence[int], places: Places, given: Collection[int]) -> int | None:
        """Return the last mention of the only instrument that is named, or that has a place where several are."""
        keys = {self.mentions[number].instrument_id for number in named}
        if len(keys) > 1:
            end = self.mentions[named[-1]].end
            if named[-1] not in given and not STOP.search(self.text, end, places.start + 1):
                return None
            keys = {self.mentions[number].instrument_id for number in named if number in given}
        named = [number for number in named if self.mentions[number].instrument_id in keys]
        return None if len(keys) != 1 or any(map(self._is_ambiguous, named)) else named[-1]

    def _of_something_else(self, number: int, last: int, places: Places) -> bool:
        """Return whether what stands around an article says that it is in no instrument that is named before it.

        Parameters
        ----------
        number : int
            Of the mention that it would belong to.
        last : int
            Of the mention before the article.
        places : Places
        """
        text, end = self.text, self.mentions[last].end
        instrument = self.instruments[self.mentions[number].instrument_id]
        if self.mentions[last].place:
            return True  # a name that says its article itself
        if not WORDS.search(text, end, places.start) and not STOP.search(text, end, places.start + 1):
            return True  # next to a name, and not read as one of its articles
        if _LAW.search(text, end, places.start) or self._of_law(places, {instrument.instrument_id}):
            return True
        if instrument.parent and _VIOLATION.search(text, max(0, places.start - 16), places.start):
            return True  # of the convention, in the list of a court
        charged = _CHARGED.search(text, end, places.start)
        return charged is not None and "Statute" not in instrument.title

    def _of_law(self, places: Places, keys: Collection[str]) -> bool:
        """Return whether a law is named after an article that is not a protocol to the instrument that it may be in."""
        law = _OF_LAW.match(self.text, places.end)
        following = bisect_left(self.starts, places.end)
        if law is None or following == len(self.starts) or self.starts[following] > law.end():
            return law is not None
        return parent_of(self.mentions[following], self.instruments) not in keys

    def _named(self, first: int, last: int, places: Places) -> list[int]:
        """Return the mentions from a place on, up to one of them, that may have the places."""
        low = bisect_left(self.starts, first)
        return [number for number in range(low, last + 1) if self.may_have(number, places)]

    def not_compared(self, number: int) -> int:
        """Return the last mention that the sentence does not only compare with something: unlike resolution 30/1."""
        while number > 0 and self.is_compared(number):
            number -= 1
        return number

    def is_compared(self, number: int) -> bool:
        """Return whether a sentence only compares something with a mention."""
        start = self.starts[number]
        return _COMPARED.search(self.text, max(0, start - SHORT_GAP), start) is not None

    def paragraph(self, places: Places) -> int | None:
        """Return the only document that a sentence names, of a paragraph in brackets or an operative one."""
        text = self.text
        alone = self.is_bracketed(places)
        operative = _OPERATIVE.search(text, max(0, places.start - 24), places.start)
        first, _ = self.sentence(places, NEAR)
        initial = not text[first : places.start].strip('“"(') and text[places.start].isupper()
        said = _SAID.search(text, first, places.start) or (
            _AND_IN.search(text, max(0, places.start - 12), places.start) and _DID.match(text, places.end)
        )
        if not (alone or operative or initial or said) or _OF.match(text, places.end):
            return None
        last = bisect_left(self.starts, places.start)
        found = [
            number for number in range(bisect_left(self.starts, first), last) if self.has_paragraphs(number)
        ]
        told = alone or operative or initial or _SPEAKER.match(text, first)
        if not found and told and last and places.start - self.starts[last - 1] < NEAR:
            nearest = self.not_compared(last - 1)
            found = [nearest] if self.has_paragraphs(nearest) else []
        return found[-1] if len({self.mentions[number].instrument_id for number in found}) == 1 else None

    def is_next(self, before: Places, places: Places) -> bool:
        """Return whether a place begins the sentence after the one of another."""
        first, _ = self.sentence(places, NEAR)
        stops = list(STOP.finditer(self.text, before.end, places.start + 1))
        near = len(stops) == 1 or (len(stops) <= 3 and _SAYS.match(self.text, places.end) is not None)
        return (
            near
            and places.start - before.end < NEAR
            and not _AT_FIRST.sub("", self.text[first : places.start])
        )

    def has_paragraphs(self, number: int) -> bool:
        """Return whether what a text names has paragraphs of its own, and not articles that have them."""
        instrument = self.instruments.get(self.mentions[number].instrument_id)
        return instrument is None or instrument.kind not in IN_ARTICLES

    def may_have(self, number: int, places: Places) -> bool:
        """Return whether a listed instrument has the places that are named, in numerals of the same kind."""
        instrument = self.instruments.get(self.mentions[number].instrument_id)
        if instrument is None or any(map(instrument.lacks, places.points)):
            return False
        point = places.points[0]
        roman = point.unit == "art" and len(point.number) > 1 and point.number.isalpha()
        return not (roman and any(known.number.isdigit() for known in instrument.provisions))

    def group(self, places: Places, farthest: int) -> int | None:
        """Return the group of instruments that the sentence of a common article names, or None."""
        if not _COMMON.search(self.text, max(0, places.start - SHORT_GAP), places.start):
            return None
        first, last = self.sentence(places, farthest)
        for number in range(bisect_left(self.starts, first), bisect_left(self.starts, last)):
            instrument = self.instruments.get(self.mentions[number].instrument_id)
            if instrument is not None and instrument.kind == "group of instruments":
                return number
        return None

    def is_bracketed(self, places: Places) -> bool:
        """Return whether a place stands alone in brackets."""
        return self.text.startswith("(", max(0, places.start - 1)) and self.text.startswith(")", places.end)

    def is_own_section(self, number: int, places: Places) -> bool:
        """Return whether a section in brackets is of the text itself, and not of a treaty, which has articles."""
        section = places.points[0].unit == "sec" and self.is_bracketed(places)
        return section and not self.has_paragraphs(number)

    def around(self, places: Places) -> int | None:
        """Return the number of the name that a place begins in."""
        around = bisect_right(self.starts, places.start) - 1
        return around if around >= 0 and self.mentions[around].end > places.start else None

    def is_foreign(self, places: Places) -> bool:
        """Return whether a law that is no listed instrument is named right after a place, or right before it."""
        if self.follows_law(places):
            return True
        if places.points[0].unit == "para" and _OF_THIS_TEXT.match(self.text, places.end):
            return True
        small = places.points[0].unit == "ch" and self.text[places.start].islower()
        if small and _SEE.search(self.text, max(0, places.start - 12), places.start):
            return True  # of the text itself
        if not (named := FOREIGN.match(self.text, places.end)):
            return False
        following = bisect_left(self.starts, places.end)
        return following == len(self.starts) or self.starts[following] >= named.end()

    def follows_law(self, places: Places) -> bool:
        """Return whether a law that is no listed instrument is named right before a place."""
        before = self.text[max(0, places.start - SHORT_GAP) : places.start].rstrip(" ,(\n")
        words = before[:-5] if before[-4:].isdigit() else before
        if not words.endswith(LAWS) and not _UNLISTED.search(words):
            return False
        previous = bisect_left(self.starts, places.start) - 1
        gap = places.start - self.mentions[previous].end if previous >= 0 else SHORT_GAP
        return gap > len(self.text[max(0, places.start - SHORT_GAP) : places.start]) - len(before)

    def _is_ambiguous(self, number: int) -> bool:
        return bool(self.instruments[self.mentions[number].instrument_id].candidates)

    def sentence(self, places: Places, farthest: int) -> tuple[int, int]:
        """Return where the sentence of a place begins and ends, or how far it is looked at."""
        first, last = max(0, places.start - farthest), places.end + farthest
        first = sentence_start(self.text, first, places.start + 1)
        end = STOP.search(self.text, places.end, last)
        return first, end.start() if end else min(last, len(self.text))

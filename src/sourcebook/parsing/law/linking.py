"""Which pinpoint belongs to which instrument: each is given to the name that it is written next to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

from sourcebook.parsing.law.antecedents import COMMENTS, OTHER_LAW, STOP, Antecedents
from sourcebook.parsing.law.connectives import (
    ARTICLES,
    BRACKET,
    CHAIN,
    LONGEST_GAP,
    NEXT_ITEM,
    OWNED,
    PARALLEL,
    PLAIN,
    STRONG,
    VERBS,
    WEAK,
    after_name,
    before_name,
)
from sourcebook.parsing.law.enumerations import complete
from sourcebook.parsing.law.instruments import Instrument
from sourcebook.parsing.law.lone_places import AROUND, FARTHEST, LonePlaces
from sourcebook.parsing.law.mentions import Mention
from sourcebook.parsing.law.pinpoint_reader import Places
from sourcebook.parsing.law.salience import Salience
from sourcebook.parsing.law.topics import topic
from sourcebook.parsing.law.unread_places import note_unread

__all__ = ["link"]

_LISTED = re.compile(r"[\s,;:(]*(?:(?:and|&)\s+)?")
_THAT = re.compile(r"\s+that\s")
_IN_PARTICULAR = re.compile(r",\s+(?:in\s+particular|especially|notably|see|particularly|at)\s+$")
_ON_PAGE = re.compile(r"\s\d{1,4}\s+at\s+$")
_OF = re.compile(r"\s*(?:,|of|in|under)\s+")
#: Between a paragraph and the symbol of the document that its words call by another name.
_OF_DOCUMENT = re.compile(
    r"\s+(?:of|in|from)\s+(?:(?:the|his|her|its|their|that|this|a)\s+(?:(?!the\b|an?\b)[\w’'-]+\s+){0,5}?(?:reports?|letters?|notes?|document|outcome"
    r"|study|observations|decision|statement|memorandum|programme|plan|submission|views|conclusions|handbook|response"
    r"|compilation|summary|addendum|recommendations|guidance|comment)\b[^.;()\[\]]{0,160}[\s,]\(?|(?:UN\s+)?doc(?:ument|\.)\s+)|,\s+(?:UN|U\.N\.)\s+doc(?:ument|\.)?\s+",
    re.IGNORECASE,
)
#: After a paragraph, the body that its document is of.
_OF_BODY = re.compile(
    r"\s*,?\s+of\s+the\s+(?:UN\s+)?(?:(?:[A-Z][a-z]+|on|of|the|and|against),?\s+){0,9}(?:Committee|Council|Commission|Assembly|Court)"
)
_ASIDE = re.compile(r"\s*\([^()]{3,120}\)")
_FORMER = re.compile(r"\s+of\s+the\s+former(?=\s*[,.;)]|\s+(?:is|was|has|[a-z]{3,}s)\b)")
_LONGEST_CHAIN = 120  # characters between two places of one enumeration
#: After the number of a general comment, its title; between it and its place, no end of a clause.
_TITLE = re.compile(
    r"(?:\s?[(\[][^()\[\]]{1,30}[)\]])*(?:\s*:\s|\s+on\s|,\s+(?:on\s|[Tt]he\s|[A-Z“])|\s+of\s+(?:the\s|CE))"
)
_CLAUSE = re.compile(
    r"(?:[^.;]|(?:(?<=\b[Nn]o)|(?<=art|rts|ara|ras|Art|Doc))\.|(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z][a-z])\.(?=\s\d)|\.(?=\d))*"
)
_CLAUSE_END = re.compile(r"\)?[;:]")
_WHOSE = (" its ", " Its ", " whose ", " whose common ", " their common ")
_IBID = re.compile(r"(?<!\w)(?:[Ii]bid\.?|[Ii]d\.|[Ii]dem),?\s+(?:at\s+)?$")


class _Linker:
    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        places: Sequence[Places],
        *,
        instruments: Mapping[str, Instrument],
    ) -> None:
        self.text, self.mentions, self.places, self.instruments = text, mentions, list(places), instruments
        self.antecedents = Antecedents(text, mentions, instruments)
        self.starts = self.antecedents.starts
        self.owner: dict[int, int] = {}
        self.given: set[int] = set()  # mentions that have a place
        self.comments = [n for n in range(len(mentions)) if self.antecedents.has_paragraphs(n)]
        self.before: dict[int, Places] = {}  # the place read before each mention

    def run(self) -> None:
        """Give every place to its mention."""
        for number, places in enumerate(self.places):
            if (owner := self._owner(number, places)) is not None:
                self._give(number, owner)
        self._chain_back()
        if not self.mentions:
            return
        lone = LonePlaces(self.antecedents, self.places, owner=self.owner, given=self.given)
        self._give_lone(Salience(self.antecedents, self.places, self.owner).again, lone.mention)
        self._give_lone(Salience(self.antecedents, self.places, self.owner).mention)

    def _give_lone(self, *finders: Callable[[int, Places], int | None]) -> None:
        for number, places in enumerate(self.places):
            for find in finders:
                if number not in self.owner and (owner := find(number, places)) is not None:
                    self._give(number, owner)

    def _chain_back(self) -> None:
        """Give places the owner of those that they are listed with."""
        for number in range(len(self.places) - 2, -1, -1):  # Articles 5, 8 and Article 14 of X
            following = self.owner.get(number + 1)
            if following is None or not (number not in self.owner or self._is_apart(number)):
                continue
            unit, after = (self.places[each].points[0].unit for each in (number, number + 1))
            if (unit == "para" and after in ARTICLES) or self.antecedents.around(
                self.places[number]
            ) is not None:
                continue
            protocol = self.instruments.get(self.mentions[following].instrument_id)
            meant = self._or_parent(number, following)
            lacking = protocol and protocol.parent and all(map(protocol.lacks, self.places[number].points))
            if lacking and meant == following:
                continue  # Article 8 and Article 1 of Protocol No. 1
            if self.mentions[following].start >= self.places[number].end and self._joined(number):
                self._give(number, self._of_same_article(number, meant))

    def _of_same_article(self, number: int, owner: int) -> int:
        """Return the mention whose article was read right before a paragraph of the same, or another one."""
        before, points = self.places[number - 1], self.places[number].points
        if number == 0 or number - 1 not in self.owner or len(before.points) + len(points) > 2:
            return owner
        same = (before.points[0].unit, before.points[0].number) == (points[0].unit, points[0].number)
        near = before.points[0].subs and points[0].subs and self.places[number].start - before.end < FARTHEST
        return self.owner[number - 1] if same and near else owner

    def _or_parent(self, number: int, owner: int) -> int:
        """Return a protocol, or what it belongs to: Article 8 and Article 1 of Protocol No. 1 to the Convention."""
        points, following = self.places[number].points, self.mentions[owner + 1 : owner + 2]
        protocol = self.instruments.get(self.mentions[owner].instrument_id)
        for mention in following:
            parent = self.instruments.get(mention.instrument_id)
            if (
                protocol
                and parent
                and parent.instrument_id == protocol.parent
                and all(map(protocol.lacks, points))
            ):
                return owner if any(map(parent.lacks, points)) else owner + 1
        return owner

    def _is_apart(self, number: int) -> bool:
        """Return whether a semicolon stands between a place and the name before it that has it."""
        end, start = self.mentions[self.owner[number]].end, self.places[number].start
        return end < start and ";" in self.text[end:start]

    def _give(self, number: int, owner: int) -> None:
        self.owner[number] = owner
        self.given.add(owner)
        places = self.places[number]
        if self.mentions[owner].start >= places.end:
            self.before[owner] = places

    def _owner(self, number: int, places: Places) -> int | None:
        if (
            self.comments
            and places.points[0].unit == "para"
            and (comment := self._comment(number, places)) is not None
        ):
            return comment
        tail = self.text[max(0, places.start - 12) : places.start]
        if ("bid" in tail or "d." in tail or "dem" in tail) and _IBID.search(tail):
            before = bisect_left(self.starts, places.start) - 1
            return before if before >= 0 and places.start - self.mentions[before].end < FARTHEST else None
        if self.text.endswith(_WHOSE, max(0, places.start - 16), places.start) and (
            (whose := self._whose(places)) is not None
        ):
            return whose
        if _FORMER.match(self.text, places.end):
            before = bisect_left(self.starts, places.start) - 2
            near = before >= 0 and places.start - self.mentions[before].end < FARTHEST
            return before if near else None
        following = bisect_left(self.starts, places.end)
        after = self._gap_before(places, following) if following < len(self.mentions) else 0
        around = self.antecedents.around(places)
        if around is not None:  # but for a name that ends with a unit word: Pinheiro Principles 2 and 10
            return around if self.mentions[around].end < places.end else None
        if (aside := self._beyond_aside(places, following)) is not None:
            return aside
        if after == STRONG and OWNED.match(self.text, places.end):
            return following
        previous = bisect_left(self.starts, places.start) - 1
        holder = self._holder(places, previous)
        gap = self._gap_after(number, places, previous, holder=holder) if previous >= 0 else 0
        if not after and not gap:
            return None
        if after == gap and (gap == PLAIN or self._starts_anew(places, previous)):
            own = self.text[places.end : self.starts[following]] == " " and self.text.endswith(
                (" under ", " by ", " through "), 0, places.start
            )  # accede to X under Article 6(2) Y
            return following if own or previous in self.before else holder
        return following if after > gap else holder

    def _whose(self, places: Places) -> int | None:
        """Return the name before “its”, or what the sentence before is about."""
        before = bisect_left(self.starts, places.start) - 1
        if before > 0 and "," in self.text[self.mentions[before].end : places.start]:
            before = self.antecedents.not_compared(before)
        about = topic(self.antecedents, places) if self.text.startswith("Its", places.start - 4) else None
        if about is not None or before < 0:
            return about
        end = self.mentions[before].end
        far = places.start - end >= LONGEST_GAP or STOP.search(self.text, end, places.start - 4)
        within = places.points[0].unit == "para" and not self.antecedents.has_paragraphs(before)
        return None if far or within or self.antecedents.is_foreign(places) else before

    def _beyond_aside(self, places: Places, following: int) -> int | None:
        """Return the name after brackets that name another: Article 7 (Article 8 of the Fourth) of the Conventions."""
        aside = _ASIDE.match(self.text, places.end)
        beyond = bisect_left(self.starts, aside.end()) if aside else following
        if aside is None or beyond == following or beyond == len(self.mentions):
            return None
        start = self.mentions[beyond].start
        near = start - aside.end() <= LONGEST_GAP
        return beyond if near and before_name(self.text[aside.end() : start]) == STRONG else None

    def _comment(self, place: int, places: Places) -> int | None:
        """Return the document before a paragraph that its title stands between, or its own in brackets."""
        mark = self.text[max(0, places.start - 3) : places.start].rstrip()[-1:]
        mark = "," if _ON_PAGE.search(self.text, max(0, places.start - 12), places.start) else mark
        mark = "," if _IN_PARTICULAR.search(self.text, max(0, places.start - 20), places.start) else mark
        if mark not in (",", "(") and not self.text.startswith("at [", places.start):
            return None
        last, found = bisect_left(self.comments, bisect_left(self.starts, places.start)) - 1, None
        own = mark == "(" and self.text.startswith(")", places.end)
        for each in range(last, -1, -1):
            number = self.comments[each]
            end = self.mentions[number].end
            near = places.start - end <= FARTHEST and _CLAUSE.fullmatch(self.text, end, places.start)
            article = place and self.places[place - 1].start > end
            if not near or number in self.given or (article and not self._is_comment(number)):
                break
            if _TITLE.match(self.text, end) or (own and each == last):
                found = number
        return found

    def _is_comment(self, number: int) -> bool:
        return self.mentions[number].pattern.startswith(COMMENTS)

    def _holder(self, places: Places, previous: int) -> int:
        """Return the number of the name before a place that can have it: ECHR P1-1, Art. 14 is of the ECHR."""
        number = previous
        while number > 0 and self._has_article(places, number):
            if not _LISTED.fullmatch(self.text, self.mentions[number - 1].end, self.mentions[number].start):
                return previous
            number -= 1
        protocol = self.instruments.get(self.mentions[previous].instrument_id) if number < previous else None
        return number if protocol and protocol.parent == self.mentions[number].instrument_id else previous

    def _starts_anew(self, places: Places, previous: int) -> bool:
        """Return whether a name has its place before it, and the next is of what follows: Art. 3, X; Art. 5, Y."""
        before, name = self.before.get(previous), self.mentions[previous]
        if before is None:
            return False
        return ";" in self.text[name.end : places.start] or "," in self.text[before.end : name.start]

    def _has_article(self, places: Places, number: int) -> bool:
        """Return whether a name says its article itself, as P1-1 does, or has none, and a place is an article."""
        mention = self.mentions[number]
        return places.points[0].unit == "art" and (bool(mention.place) or self._is_comment(number))

    def _gap_before(self, places: Places, following: int) -> int:
        """Return how closely a place belongs to the name after it."""
        start, end = self.mentions[following].start, self.mentions[following].end
        if start - places.end > LONGEST_GAP or self._has_article(places, following):
            return 0
        if places.points[0].unit == "sec" and self.mentions[following].pattern == "general-name":
            return 0  # Section 7 of the Charter of a state
        if self.text[end : end + 1] == ")" and BRACKET.fullmatch(self.text, places.end, start):
            return PLAIN
        of_document = places.points[0].unit == "para" and self.antecedents.has_paragraphs(following)
        if of_document and _OF_DOCUMENT.fullmatch(self.text, places.end, start):
            return STRONG
        close = before_name(self.text[places.end : start])
        return 0 if close < STRONG and self.antecedents.follows_law(places) else close

    def _gap_after(self, number: int, places: Places, previous: int, *, holder: int) -> int:
        """Return how closely a place belongs to the name before it.

        Parameters
        ----------
        number : int
            Of the place.
        places : Places
        previous, holder : int
            Numbers of the name before it, and of the one that would have it.
        """
        text, mention = self.text, self.mentions[previous]
        owned = OWNED.match(text, places.end)
        if owned and "latter" in owned[0] and OTHER_LAW.search(text, mention.end, places.start):
            return 0  # the law
        if owned and owned["thereof"] and self._is_near(previous, places):
            return STRONG
        if owned and self.antecedents.has_paragraphs(previous) and _OF_BODY.match(text, places.end):
            owned = None
        if owned and text.startswith(",", places.end) and text[mention.end : places.start] == " ":
            owned = None  # CRC art. 35, Palermo Protocol
        if owned or self._has_article(places, holder) or self.antecedents.is_foreign(places):
            return 0
        if self.antecedents.is_own_section(previous, places):
            return 0
        gap = places.start - mention.end
        if gap <= LONGEST_GAP:
            after = after_name(text[mention.end : places.start])
            if (
                after == WEAK
                and _CLAUSE_END.match(text, mention.end)
                and topic(self.antecedents, places) not in (None, previous)
            ):
                return 0
            if after and (after > WEAK or not self._has_none(previous, places)):
                return after
            if places.points[0].unit in ARTICLES and VERBS.fullmatch(text, mention.end, places.start):
                return WEAK
            chained = previous in self.before or holder != previous
            if chained and self._chains(mention.end, places.start):
                return WEAK
        if number and self.owner.get(number - 1) == holder and self._goes_on(number, mention):
            return WEAK
        return 0

    def _is_near(self, number: int, places: Places) -> bool:
        """Return whether “thereof” after a place can mean a name before it."""
        near = 0 < places.start - self.mentions[number].end <= FARTHEST
        if places.points[0].unit == "para":
            return near and self.antecedents.has_paragraphs(number)
        if places.points[0].unit in (*AROUND, "appendix"):
            return near
        return near and self.antecedents.may_have(number, places)

    def _has_none(self, number: int, places: Places) -> bool:
        """Return whether an instrument has no places of a unit at all: an article, and principles."""
        instrument = self.instruments.get(self.mentions[number].instrument_id)
        units = {place.unit for place in instrument.provisions} & set(ARTICLES) if instrument else set()
        unit = places.points[0].unit
        book = self.text[places.start].islower() and places.points[0].number.isdigit()
        if unit == "ch" and book and instrument:
            return True  # chapters of a book
        return bool(units) and unit in (*ARTICLES, "sec") and unit not in units

    def _goes_on(self, number: int, mention: Mention) -> bool:
        """Return whether a place goes on with those of a name, in a list or in a second clause with “that”."""
        if self._joined(number - 1):
            return True
        before, places = self.places[number - 1], self.places[number]
        if places.start - max(before.end, mention.end) > LONGEST_GAP:
            return False
        if before.start > mention.end:
            return NEXT_ITEM.fullmatch(self.text, before.end, places.start) is not None
        parallel = PARALLEL.fullmatch(self.text, mention.end, places.start)
        return parallel is not None and _THAT.match(self.text, places.end) is not None

    def _chains(self, start: int, end: int) -> bool:
        return end > start and CHAIN.fullmatch(self.text, start, end) is not None

    def _joined(self, number: int) -> bool:
        """Return whether a place and the next are parts of one enumeration."""
        start, end = self.places[number].end, self.places[number + 1].start
        if self.places[number + 1].points[0].unit in AROUND and _OF.fullmatch(self.text, start, end):
            return True
        return end - start <= _LONGEST_CHAIN and self._chains(start, end)


def link(
    text: str,
    mentions: Sequence[Mention],
    places: Sequence[Places],
    refused: Sequence[tuple[int, int]],
    instruments: Mapping[str, Instrument],
) -> list[Places]:
    """Give each place to the mention that it belongs to, and note what is not read.

    Parameters
    ----------
    text : str
        Any text.
    mentions : sequence of Mention
        In the order of the text; their `places` and `refused` are filled.
    places : sequence of Places
    refused : sequence of tuple of int
        Unit words whose numbers are not understood.
    instruments : mapping of str to Instrument
        Those of the authority by their ids, for what a protocol belongs to.

    Returns
    -------
    list of Places
        Those that no mention has.
    """
    linker = _Linker(text, mentions, places, instruments=instruments)
    linker.run()
    for number, owner in sorted(linker.owner.items()):
        mentions[owner].places.append(linker.places[number])
    complete(text, mentions, instruments)
    lone = [each for number, each in enumerate(places) if number not in linker.owner]
    note_unread(text, mentions, refused, lone)
    return lone

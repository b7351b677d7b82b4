"""Articles whose instrument no sentence near them says: the only one that their paragraph is about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property

from sourcebook.parsing.law.antecedents import (
    IN_ARTICLES,
    PARAGRAPH,
    STOP,
    Antecedents,
    is_of_another_law,
)
from sourcebook.parsing.law.connectives import ARTICLES, LAWS, MEASURED, OWNED, WORDS
from sourcebook.parsing.law.lone_places import is_lone
from sourcebook.parsing.law.pinpoint_reader import Places
from sourcebook.parsing.law.watchers import find_watchers

__all__ = ["Salience"]

_REACH = 1000  # characters of a paragraph on either side of an article
_SENTENCE = 300  # characters of a sentence on either side of it
#: What an article may be in that the authority does not list, anywhere in the paragraph.
_OTHER = re.compile(
    rf"\b(?<![Tt]his )(?<!present )(?:{'|'.join(LAWS)}|Bill|Statutes?|Treaty|Charter|Directive|Regulations?|Agreement"
    r"|Protocol|Covenant|Convention"
    r"|[Mm]emorandum|[Aa]ccords?|[Pp]act|protocols|[Cc]onstitution(?:al)?|[Cc]odes?|decrees?|bylaws?|contracts?)\b"
)
_NOT_ITS = re.compile(r"(?:['’]s\s+(?:own\s+)?|\bnot\s+)$")
#: What a sentence says of a treaty that only a later one names.
_TREATY = re.compile(
    r"\b(?:treaty|convention|covenant|agreement|protocol|statute|charter|provisions?|[Ss]tates?\s+[Pp]arty|[Pp]arties)\b"
)


class Salience:
    """Finds what the paragraph of an article is about.

    Parameters
    ----------
    antecedents : Antecedents
        Of the text.
    places : sequence of Places
        All of the text.
    owner : mapping of int to int
        Mentions of places, by number, as far as they are known.
    """

    def __init__(self, antecedents: Antecedents, places: Sequence[Places], owner: Mapping[int, int]) -> None:
        self.antecedents, self.places, self.owner = antecedents, places, owner

    def mention(self, number: int, places: Places) -> int | None:
        """Return the number of the mention of the only instrument that an article can be in, or None."""
        if not self._may_be_told(places):
            return None
        low, high = self._paragraph(places)
        again = self._again(number, low, high)
        return self._only_one(places, low, high) if again is None else again

    def again(self, number: int, places: Places) -> int | None:
        """Return the mention of the same article, where the paragraph names it with one instrument alone, or None."""
        if not self._may_be_told(places):
            return None
        found = self._again(number, *self._paragraph(places))
        if found is None:
            return None
        instrument = self.antecedents.instruments.get(self.antecedents.mentions[found].instrument_id)
        return None if instrument is None or instrument.parent else found

    def _may_be_told(self, places: Places) -> bool:
        """Return whether an article stands next to no name, and nothing says that it is of something else."""
        antecedents, text = self.antecedents, self.antecedents.text
        if places.points[0].unit not in ARTICLES or not is_lone(antecedents, places):
            return False
        if OWNED.match(text, places.end) or self._is_next(places):
            return False
        if _NOT_ITS.search(text, max(0, places.start - 8), places.start):
            return False  # of a state, or denied
        return not text.startswith("ARTICLE", places.start)  # a body of this name

    def _is_next(self, places: Places) -> bool:
        """Return whether an article stands next to a name, and was not read as one of its articles."""
        antecedents, text = self.antecedents, self.antecedents.text
        following = bisect_left(antecedents.starts, places.end)
        for number in range(max(0, following - 1), min(following + 1, len(antecedents.mentions))):
            name = antecedents.mentions[number]
            first, last = (name.end, places.start) if number < following else (places.end, name.start)
            apart = WORDS.search(text, first, last) or STOP.search(text, first, last + 1)
            if not apart and antecedents.may_have(number, places):
                return True
        return False

    def _paragraph(self, places: Places) -> tuple[int, int]:
        """Return where the paragraph of an article begins and ends, or how far it is looked at."""
        text = self.antecedents.text
        low, high = max(0, places.start - _REACH), min(len(text), places.end + _REACH)
        for stop in PARAGRAPH.finditer(text, low, places.start):
            low = stop.end()
        end = PARAGRAPH.search(text, places.end, high)
        return low, end.start() if end else high

    def _again(self, number: int, low: int, high: int) -> int | None:
        """Return the mention of the same article, where the paragraph names it with one instrument alone."""
        point = self.places[number].points[0]
        if len(self.places[number].points) > 1:
            return None
        starts, owners = self._owned.get((point.unit, point.number), ([], []))
        near = owners[bisect_left(starts, low) : bisect_left(starts, high)]
        meant = {self.antecedents.mentions[owner].instrument_id: owner for owner in near}
        return next(iter(meant.values())) if len(meant) == 1 else None

    @cached_property
    def _owned(self) -> dict[tuple[str, str], tuple[list[int], list[int]]]:
        """Where each article stands that a mention has, and the numbers of these."""
        found: dict[tuple[str, str], tuple[list[int], list[int]]] = {}
        for number, owner in sorted(self.owner.items()):
            places = self.places[number]
            for key in {(point.unit, point.number) for point in places.points}:
                starts, owners = found.setdefault(key, ([], []))
                starts.append(places.start)
                owners.append(owner)
        return found

    def _only_one(self, places: Places, low: int, high: int) -> int | None:
        """Return the only instrument of a paragraph that names no other law and speaks of no other court."""
        named = self._named(places, low, high)
        if not named or all(map(self.antecedents.is_compared, named)):
            return None
        antecedents, text = self.antecedents, self.antecedents.text
        starts, key = antecedents.starts, antecedents.mentions[named[0]].instrument_id
        if not antecedents.may_have(named[0], places) or self._has_other(key, low, high):
            return None
        before = [each for each in named if starts[each] < places.start]
        first, last = antecedents.sentence(places, _SENTENCE)
        if not before and not self._is_told(named, places, first, last):
            return None
        start = max(first, antecedents.mentions[before[-1]].end) if before else first
        after = [starts[each] for each in named if starts[each] > places.start]
        if is_of_another_law(text, start, min([last, *after]), places.start):
            return None
        return before[-1] if before else named[0]

    def _is_told(self, named: Sequence[int], places: Places, first: int, last: int) -> bool:
        """Return whether an article before any name can be in the only one that its paragraph names.

        Parameters
        ----------
        named : sequence of int
            Mentions of it.
        places : Places
        first, last : int
            Of the sentence of the article.
        """
        text, start = self.antecedents.text, self.antecedents.starts[named[0]]
        given = not set(named).isdisjoint(self.owner.values())
        if start < last:
            return given and not MEASURED.search(text, places.end, start)
        return given or len(named) > 1 or _TREATY.search(text, first, last) is not None

    def _named(self, places: Places, low: int, high: int) -> list[int]:
        """Return the mentions of the only instrument with articles that a paragraph names, or nothing."""
        antecedents, named = self.antecedents, dict[str, list[int]]()
        for each in range(bisect_left(antecedents.starts, low), bisect_left(antecedents.starts, high)):
            instrument = antecedents.instruments.get(antecedents.mentions[each].instrument_id)
            if instrument is None:
                continue
            if instrument.candidates:
                return []
            if instrument.kind in IN_ARTICLES or any(point.unit == "art" for point in instrument.provisions):
                named.setdefault(instrument.instrument_id, []).append(each)
        protocols = [key for key in named if antecedents.instruments[key].parent in named]
        for key in protocols:
            if not antecedents.may_have(named[key][0], places) or set(named[key]).isdisjoint(
                self.owner.values()
            ):
                del named[key]
        return next(iter(named.values())) if len(named) == 1 else []

    def _has_other(self, key: str, low: int, high: int) -> bool:
        """Return whether a paragraph names a law that is not listed, or a body that watches over another one."""
        starts, keys = self._bodies
        near = keys[bisect_left(starts, low) : bisect_left(starts, high)]
        return any(each != key for each in near) or (
            bisect_left(self._others, low) < bisect_left(self._others, high)
        )

    @cached_property
    def _bodies(self) -> tuple[list[int], list[str]]:
        """Where courts and committees are named around articles that no mention has, and what they watch over."""
        lone = [each for number, each in enumerate(self.places) if number not in self.owner]
        found = find_watchers(self.antecedents.text, lone, _REACH)
        return [start for start, _, _ in found], [key for _, _, key in found]

    @cached_property
    def _others(self) -> list[int]:
        """Where words for laws stand that are part of no name."""
        starts, mentions = self.antecedents.starts, self.antecedents.mentions
        found = [each.start() for each in _OTHER.finditer(self.antecedents.text)]
        numbers = [bisect_right(starts, each) - 1 for each in found]
        return [
            each
            for each, number in zip(found, numbers, strict=True)
            if number < 0 or mentions[number].end <= each
        ]

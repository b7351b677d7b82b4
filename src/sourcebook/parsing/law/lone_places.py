"""Places that stand next to no name, each given to the instrument that its text can only mean."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache

from sourcebook.parsing.law.antecedents import IN_ARTICLES, NEAR, STOP, Antecedents, is_of_another_law
from sourcebook.parsing.law.connectives import ARTICLES, OWNED, SHORT_GAP
from sourcebook.parsing.law.patterns import states
from sourcebook.parsing.law.pinpoint_reader import Places
from sourcebook.parsing.law.places import Pinpoint
from sourcebook.parsing.law.topics import topic

__all__ = ["AROUND", "FARTHEST", "LonePlaces", "is_lone"]

AROUND = ("ch", "part", "annex")  # of which articles are parts
FARTHEST = 300  # characters between a general comment or a name and what is said to be in it
_HEADING = re.compile(r"\.\s+[A-Z]")  # after an article of the text itself
#: After a part of an article about law, and not of a treaty.
_STUDIES = re.compile(
    r"\s+(?:then\s+|also\s+|finally\s+|below\s+)?(?:concludes?|discuss|review|examine|analy[sz]|consider|look|turn|draw|present|introduc|explain|argu|explor"
    r"|assess|describ|offer|open|begin|end|ask|address|trac|outlin|survey|follow|summari[sz]|of\s+(?:the|this|our|my)\s+(?:article|paper|book|study|report))"
)
_OF_STUDY = re.compile(
    r"\bof\s+(?:this|our|my)\s+(?:article|paper|book|study|report|chapter|essay|volume|thesis)\b"
)
_OPEN = re.compile(r"\s?[(\[]")
_OF_THAT_ARTICLE = re.compile(
    r"\s+of\s+(?:that|this|the\s+(?:same|said))\s+(?:art(?:icle|\.)|provision)(?![\w-])", re.IGNORECASE
)


_UNDER = re.compile(r"\b(?:under|pursuant\s+to)\s+(?:a\s+)?$")


@cache
def _in_state() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)[Ii]n\s+(?:the\s+)?{states()},\s+$")


def _only_treaty(antecedents: Antecedents, places: Places) -> int | None:
    """Return the only treaty that is named around a chapter under which a body acts.

    Parameters
    ----------
    antecedents : Antecedents
    places : Places
    """
    if not _UNDER.search(antecedents.text, max(0, places.start - 20), places.start):
        return None
    low = bisect_left(antecedents.starts, places.start - NEAR)
    high = bisect_left(antecedents.starts, places.end + NEAR)
    near = {
        each: antecedents.instruments.get(antecedents.mentions[each].instrument_id)
        for each in range(low, high)
    }
    named = {each.instrument_id: number for number, each in near.items() if each and each.kind == "treaty"}
    return next(iter(named.values())) if len(named) == 1 else None


def is_lone(antecedents: Antecedents, places: Places) -> bool:
    """Return whether places are part of no name, of no law that is not listed, and head no provision of the text.

    Parameters
    ----------
    antecedents : Antecedents
        Of the text.
    places : Places
    """
    text, start = antecedents.text, places.start
    if antecedents.around(places) is not None or antecedents.is_foreign(places):
        return False
    if _in_state().search(text, max(0, start - SHORT_GAP), start):
        return False  # in Italy, Article 36
    first, _ = antecedents.sentence(places, FARTHEST)
    return first != start or _HEADING.match(text, places.end) is None


class LonePlaces:
    """Finds the mentions of places that no name stands next to.

    Parameters
    ----------
    antecedents : Antecedents
        Of the text.
    places : list of Places
        All of the text; a paragraph that is one of the article before becomes that.
    owner : mapping of int to int
        Mentions of places, by number, as far as they are known.
    given : collection of int
        Mentions that have a place.
    """

    def __init__(
        self,
        antecedents: Antecedents,
        places: list[Places],
        *,
        owner: Mapping[int, int],
        given: Collection[int],
    ) -> None:
        self.antecedents, self.places, self.owner, self.given = antecedents, places, owner, given
        self._of_article: set[int] = set()  # paragraphs that became places in an article
        self._with_articles = {
            of for number, of in owner.items() if places[number].points[0].unit in ARTICLES
        }

    def mention(self, number: int, places: Places) -> int | None:
        """Return the number of the mention that a place next to no name is of, or None."""
        found = self._mention(number, places)
        if found is not None and self.places[number].points[0].unit in ARTICLES:
            self._with_articles.add(found)
        return found

    def _mention(self, number: int, places: Places) -> int | None:
        antecedents, unit = self.antecedents, places.points[0].unit
        text = antecedents.text
        if not is_lone(antecedents, places):
            return None
        if unit == "point":
            return antecedents.paragraph(places)
        if self._is_of_other(number):
            return None
        bracketed = antecedents.is_bracketed(places)
        if bracketed and unit != "para" and (glossed := self._glossed(number, places)) is not None:
            return glossed
        if unit == "para" and _OF_THAT_ARTICLE.match(text, places.end):
            return self._of_that_article(number)
        if OWNED.match(text, places.end):
            return None
        if unit == "para":
            return self._paragraph(number, places)
        about = topic(antecedents, places) if unit in (*AROUND, *ARTICLES) and not bracketed else None
        if about is not None:
            return about
        if unit in AROUND:
            return self._as_before(number, places)
        if unit not in ARTICLES:
            return None
        return self._article(places, bracketed=bracketed)

    def _is_of_other(self, number: int) -> bool:
        """Return whether the only article was named before, and was in no instrument that is named."""
        points, start = self.places[number].points, self.places[number].start
        if points[0].unit not in ARTICLES or len(points) > 1:
            return False
        for each in range(number - 1, -1, -1):
            before = self.places[each]
            if start - before.end > FARTHEST:
                return False
            if len(before.points) == 1 and before.points[0].number == points[0].number:
                first, _ = self.antecedents.sentence(before, FARTHEST)
                law = is_of_another_law(self.antecedents.text, first, before.end, before.start)
                return each not in self.owner and (law or self.antecedents.is_foreign(before))
        return False

    def _article(self, places: Places, *, bracketed: bool) -> int | None:
        antecedents = self.antecedents
        found = antecedents.group(places, FARTHEST)
        if found is None and bracketed:
            found = antecedents.in_sentence(places, FARTHEST)
        elif found is None:
            found = antecedents.continued(places, FARTHEST, self.given)
        if found is None:
            found = antecedents.before(places, self.given)
        if found is None and not bracketed:
            found = antecedents.ahead(places, FARTHEST)
            found = None if found in self._with_articles else found
        return antecedents.following(places, FARTHEST) if found is None else found

    def _paragraph(self, number: int, places: Places) -> int | None:
        found = self._again(number)
        if found is None:
            found = self.antecedents.paragraph(places)
        return self._of_last_article(number, places) if found is None else found

    def _glossed(self, number: int, places: Places) -> int | None:
        """Return the instrument of the place that one in brackets explains: Part V (Articles 55–75)."""
        end = self.places[number - 1].end if number else places.start
        return (
            self.owner.get(number - 1) if _OPEN.fullmatch(self.antecedents.text, end, places.start) else None
        )

    def _as_before(self, number: int, places: Places) -> int | None:
        """Return the instrument of the part, chapter or annex before one of its sentence or of the next."""
        before = self.places[number - 1] if number else None
        if before is None or before.points[0].unit != places.points[0].unit:
            if places.points[0].number.isdigit():
                return None  # chapters of a book
            chapter = places.points[0].unit != "annex" or self.antecedents.text.endswith(
                "under ", 0, places.start
            )
            found = self.antecedents.continued(places, FARTHEST, self.given) if chapter else None
            text, first = self.antecedents.text, self.antecedents.sentence(places, FARTHEST)[0]
            study = _STUDIES.match(text, places.end) or _OF_STUDY.search(text, first, places.start)
            if found is None and chapter and not study:
                found = self.antecedents.before(places, self.given)
            told = found is None and places.points[0].unit == "ch"
            return _only_treaty(self.antecedents, places) if told else found
        return self.owner.get(number - 1) if places.start - before.end <= FARTHEST else None

    def _before(self, number: int) -> tuple[Places | None, int | None]:
        """Return the place before one, if it is near enough, and the mention that it is of."""
        before = self.places[number - 1] if number else None
        if before is None or self.places[number].start - before.end > FARTHEST:
            return None, None
        return before, self.owner.get(number - 1)

    def _again(self, number: int) -> int | None:
        """Return the treaty of the paragraph of an article that a text names again: (a) and (b) of paragraph 3."""
        before, owner = self._before(number)
        if before is None or owner is None:
            return None
        article, points = before.points[0], self.places[number].points
        same = article.subs and all(point.number == article.subs[0] and point.subs for point in points)
        if len(before.points) > 1 or article.unit != "art" or not same:
            return None
        return self._as_part(number, replace(article, subs=(), last=""), owner)

    def _of_that_article(self, number: int) -> int | None:
        """Return the treaty of the article that is named last before “paragraph 4 of that article”."""
        before, owner = self._before(number)
        if before is None or owner is None:
            return None
        articles = {replace(point, subs=(), last="") for point in before.points if point.unit == "art"}
        ranged = any(point.last and not point.subs for point in before.points)
        return self._as_part(number, articles.pop(), owner) if len(articles) == 1 and not ranged else None

    def _of_last_article(self, number: int, places: Places) -> int | None:
        """Return the treaty of the only article that a sentence names before one about a paragraph of it.

        The place becomes one in that article: Article 12 ICCPR is in Part III. Paragraph 4 concerns return.
        """
        before = self.places[number - 1] if number else None
        owner = self.owner.get(number - 1) if number else None
        if before is None or owner is None:
            return None
        second = number - 1 in self._of_article
        if second and not STOP.search(self.antecedents.text, before.end, places.start):
            article = before.points[0]
            return self._as_part(number, replace(article, subs=(), last=""), owner)
        if not self.antecedents.is_next(before, places):
            return None
        article, mention = before.points[0], self.antecedents.mentions[owner]
        instrument = self.antecedents.instruments.get(mention.instrument_id)
        if len(before.points) > 1 or article.subs or article.last or instrument is None:
            return None
        if article.unit != "art" or instrument.kind not in IN_ARTICLES:
            return None
        return self._as_part(number, article, owner)

    def _as_part(self, number: int, article: Pinpoint, owner: int) -> int:
        """Let paragraphs be those of an article."""
        places = self.places[number]
        points = tuple(
            replace(article, subs=(point.number, *point.subs), last=point.last) for point in places.points
        )
        self.places[number] = replace(places, points=points)
        self._of_article.add(number)
        return owner

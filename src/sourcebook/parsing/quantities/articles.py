"""Numbers to which an article lends a one: a year and six months, a mile and three quarters, a day or two."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from sourcebook.parsing.quantities.drafts import Draft
from sourcebook.parsing.quantities.leads import Lead, read_lead
from sourcebook.parsing.quantities.lexicon import HYPHENS, OPENING
from sourcebook.parsing.quantities.measures import Measure
from sourcebook.parsing.quantities.number import Number
from sourcebook.parsing.quantities.ranges import ONE_OF_TWO, Ends
from sourcebook.parsing.quantities.readers import Readers
from sourcebook.parsing.quantities.units import Unit

__all__ = ["Articles"]


class Articles:
    """Reads the noun with its article before a number.

    Parameters
    ----------
    readers : Readers
    text, low : str
        The text, and the same in lower case.
    """

    def __init__(self, readers: Readers, text: str, low: str) -> None:
        self.readers, self.text, self.low = readers, text, low
        words = readers.grammar.words
        self.one, self.multiples = words.get("one", ()), words.get("multiples", ())
        self.links = frozenset(words.get("and", ()))
        self.to = frozenset(word for word, of in readers.grammar.ranges.links.items() if "to" in of)
        self.either = frozenset(word for word, of in readers.grammar.ranges.links.items() if "either" in of)

    def read(self, number: Number, lead: Lead, floor: int) -> Draft | None:
        """Return what an article and its noun make of a number.

        Parameters
        ----------
        number : Number
        lead : Lead
            What stands before it.
        floor : int
            The end of what was read before.

        Returns
        -------
        Draft or None
            None where no article stands there; with a refused lead where neither number can be read.
        """
        words = lead.words
        if len(words) > 1 and lead.start == number.start and words[0][0] in self.to:
            return self._up_to(number, lead, floor)
        if len(words) < 3 or lead.start != number.start or words[2][0].lstrip(OPENING) not in self.one:
            return None
        start = words[2][1] + len(words[2][0]) - len(words[2][0].lstrip(OPENING))
        rate = len(words) > 3 and words[3][0] in self.multiples
        if start < floor or rate or (floor and not self.low[floor:start].strip()):
            return None
        noun, at = words[1]
        found = self.readers.grammar.units.at(self.text, self.low, at)
        unit = found[0] if found and found[1] == at + len(noun) else None
        if words[0][0] in self.links and unit is not None:
            return self._added(number, unit, start, floor)
        if words[0][0] in self.either and number.form == "words" and number.value == 2:
            return self._or_two(number, unit, words[1], (start, floor))
        return None

    def _up_to(self, number: Number, lead: Lead, floor: int) -> Draft | None:
        """Read "a year to two years"; refuse "a month to six weeks" and "a few days to two weeks"."""
        noun, at = lead.words[1]
        found = self.readers.grammar.units.at(self.text, self.low, at) if at >= floor else None
        measure = self.readers.measures.read(self.text, self.low, number, None)
        if not found or found[1] != at + len(noun) or not (found[0].duration and measure.duration):
            return None
        article, place = lead.words[2] if len(lead.words) > 2 else ("", at)
        start = place + len(article) - len(article.lstrip(OPENING))
        first = read_lead(self.readers.grammar, self.text, self.low, start, floor)
        one = article.lstrip(OPENING) in self.one and start >= floor
        first.refused = first.refused or not one or measure.unit != found[0].name or number.value <= 1
        first.refused = first.refused or first.sign not in ("", "~")
        return _range(first, start, measure)

    def outside(self, lead: Lead, floor: int) -> None:
        """Read the hedge before the article of "around the 500 mark"."""
        article = self.readers.measures.the.search(self.low[max(floor, lead.start - 5) : lead.start])
        if article is None or lead.sign or lead.opener:
            return
        outer = read_lead(self.readers.grammar, self.text, self.low, lead.start - len(article[0]), floor)
        lead.refused = lead.refused or outer.refused
        if outer.sign:
            lead.sign, lead.pattern, lead.start = outer.sign, outer.pattern, outer.start

    def _added(self, number: Number, unit: Unit, start: int, floor: int) -> Draft | None:
        """Read "a year and six months", or refuse both where the second is no known part of the first."""
        measure = self.readers.measures.read(self.text, self.low, number, None)
        size = unit.parts.get(measure.unit, 0)
        if number.form == "fraction" and number.value < 1 and not measure.unit:
            more = Fraction(number.value)
        elif size and number.value < size:
            more = Fraction(number.value) / size
        elif unit.duration and measure.duration and measure.unit != unit.name:
            more = Fraction(-1)
        elif unit.duration and measure.unit == unit.name and number.value > 1:  # between a year and two years
            outer = read_lead(self.readers.grammar, self.text, self.low, start, floor)
            return _range(outer, start, measure) if outer.opener else None
        else:
            return None
        whole = replace(
            number, start=start, value=1 + more, coefficient=0, magnitude=1, form="words", bare=False
        )
        lead = read_lead(self.readers.grammar, self.text, self.low, start, floor)
        lead.refused = lead.refused or more < 0
        both = Measure(whole, unit.name, measure.end, money=unit.money, duration=unit.duration)
        return Draft(lead, both, None, lead.sign, lead.pattern, measure.end)

    def _or_two(
        self, number: Number, unit: Unit | None, noun: tuple[str, int], at: tuple[int, int]
    ) -> Draft | None:
        """Read "a day or two": one or two of what stands before."""
        low, end, lexicon = self.low, number.end, self.readers.lexicon
        word, start = noun
        if low[end : end + 1] in HYPHENS or self.readers.measures.read(self.text, low, number, None).unit:
            return None
        if self.readers.nouns.counted(self.text, low, end)[0]:
            return None
        other = lexicon.part(word) or lexicon.is_number(word) or word in lexicon.nouns.get("stops", ())
        if unit is None and (other or not word.isalpha()):
            return None
        lead = read_lead(self.readers.grammar, self.text, low, *at)
        measure = Measure(replace(number, start=at[0]), unit.name if unit else "", end)
        ends = Ends(1, 2, end, measure, "either", ONE_OF_TWO)
        counted = "" if unit else self.text[start : start + len(word)]
        return Draft(lead, measure, ends, lead.sign, "either", end, counted=counted, lossy=ONE_OF_TWO)


def _range(lead: Lead, start: int, last: Measure) -> Draft:
    """Return the range from one of a unit to several.

    Parameters
    ----------
    lead : Lead
        Of the first.
    start : int
        Of its article.
    last : Measure
    """
    ends = Ends(1, last.number.value, last.end, last, "to")
    whole = Measure(replace(last.number, start=start), last.unit, last.end, duration=True)
    return Draft(lead, whole, ends, lead.sign, lead.pattern or "to", last.end)

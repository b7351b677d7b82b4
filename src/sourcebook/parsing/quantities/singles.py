"""One of a unit by its article: less than a month, in a decade, a score of men."""

from __future__ import annotations

import re

from sourcebook.parsing.quantities.drafts import Draft
from sourcebook.parsing.quantities.grammar import phrases
from sourcebook.parsing.quantities.leads import Lead, hedge_after, read_lead
from sourcebook.parsing.quantities.measures import Measure
from sourcebook.parsing.quantities.number import Number
from sourcebook.parsing.quantities.readers import Readers

__all__ = ["Singles"]

_ARTICLE = re.compile(r"(?<!\w)(an?)\s+\Z")
_REACH = 24  # characters before a hedge
_HYPHEN = re.compile(r"[-‐‑]\w")


class Singles:
    """Reads an article with a unit where the words around tell that it measures, and is no rate.

    Parameters
    ----------
    readers : Readers
    text, low : str
        The text, and the same in lower case.
    """

    def __init__(self, readers: Readers, text: str, low: str) -> None:
        self.readers, self.text, self.low = readers, text, low
        words = readers.grammar.words
        self.units, self.long = frozenset(words.get("single", ())), frozenset(words.get("single_long", ()))
        self.loose = frozenset(words.get("single_loose", ()))
        self.before = frozenset(words.get("single_before", ()))
        joined = phrases((*words.get("list", ()), *words.get("ratio_of", ())))
        ones = phrases(words.get("one", ()))
        self.joined = re.compile(rf",?\s+(?:{joined})\s+(?:(?:{ones})\s+)?([^\W\d_]+|\d)")
        self.after = re.compile(rf"\s+(?:{phrases(words.get('single_after', ()))})(?!\w)")

    def read(self, at: int, floor: int) -> tuple[Draft | None, int] | None:
        """Read the unit at a place with its article.

        Parameters
        ----------
        at : int
        floor : int
            The end of what was read before.

        Returns
        -------
        tuple of Draft or None, and int; or None
            The draft, or none where the unit does not measure, and where to go on; None for another word.
        """
        low = self.low
        end = at
        while end < len(low) and low[end].isalpha():
            end += 1
        word = low[at:end]
        if word not in self.units:
            return None
        article = _ARTICLE.search(low[max(floor, at - 4) : at]) if at - 2 >= floor else None
        found = self.readers.grammar.units.at(self.text, low, at)
        if article is None or found is None or found[1] != end or _HYPHEN.match(low, end):
            return None, end
        start = max(floor, at - 4) + article.start()
        lead = read_lead(self.readers.grammar, self.text, low, start, floor)
        if (
            lead.refused
            or lead.opener
            or lead.negative
            or lead.money
            or self._goes_on(end)
            or not self._measures(word, lead, end)
        ):
            return None, end
        number = Number(start=start, end=end, value=1, coefficient=1, form="words")
        unit = found[0]
        measure = Measure(number, unit.name, end, money=unit.money, duration=unit.duration)
        return Draft(lead, measure, None, lead.sign, lead.pattern, end), end

    def _goes_on(self, end: int) -> bool:
        """Return whether another number or part follows: a year and six months, a day or two."""
        if hedge_after(self.readers.grammar, self.low, end):
            return False
        match, lexicon = self.joined.match(self.low, end), self.readers.lexicon
        return match is not None and (
            match[1].isdigit() or lexicon.is_number(match[1]) or bool(lexicon.part(match[1]))
            or match[1] in self.units or match[1] in ("several", "few", "so")
        )  # fmt: skip

    def _measures(self, word: str, lead: Lead, end: int) -> bool:
        """Return whether a bound stands before, or words around tell of a time."""
        if not lead.words:
            return False
        last, start = lead.words[0]
        phrase = self.low[lead.start : start + len(last)].strip() if lead.start <= start else ""
        outer = self.low[max(0, lead.start - _REACH) : lead.start].split() if phrase else [last]
        timed = (bool(outer) and outer[-1] in self.before) or self.after.match(self.low, end) is not None
        if lead.sign and phrase not in self.loose:
            return True
        later = hedge_after(self.readers.grammar, self.low, end) is not None
        return timed and (bool(lead.sign) or later or word in self.long)

"""Multiples without a number: twice the size, nearly triple its price, half as many."""

from __future__ import annotations

import re
from fractions import Fraction

from sourcebook.parsing.quantities.drafts import Draft
from sourcebook.parsing.quantities.grammar import phrases
from sourcebook.parsing.quantities.leads import Lead, phrase_before, read_lead
from sourcebook.parsing.quantities.measures import Measure
from sourcebook.parsing.quantities.number import Number
from sourcebook.parsing.quantities.readers import Readers

__all__ = ["Multiples"]

_WORD = re.compile(r"[^\W\d_]+")
_WORDS_NEXT = re.compile(r"\s+(\S+)(?:\s+(\S+))?")
_AGAIN = re.compile(r"\s+again\b")


class Multiples:
    """Reads the words that multiply what is named after them.

    Parameters
    ----------
    readers : Readers
    text, low : str
        The text, and the same in lower case.
    """

    def __init__(self, readers: Readers, text: str, low: str) -> None:
        self.readers, self.text, self.low = readers, text, low
        words, nouns = readers.grammar.words, readers.grammar.nouns
        self.times = readers.grammar.times
        self.half = frozenset(words.get("half", ()))
        self.either = frozenset(words.get("list", ()))
        sizes, measures = phrases(words.get("times_as", ())), phrases(words.get("times_of", ()))
        whose = phrases(word for word in nouns.get("determiners", ()) if word not in words.get("one", ()))
        self.compared = re.compile(rf"\s+as\s+(?:(?:{sizes})(?!\w)(?:\s+as(?!\w))?|[a-z]+\s+as(?!\w))")
        self.often, self.thinking, self.once = (
            frozenset(words.get(name, ())) for name in ("often", "thinking", "once")
        )
        either = phrases((*words.get("list", ()), *words.get("ratio_of", ()), *words.get("maybe", ())))
        again = phrases(words.get("once", ()))
        self.or_more = re.compile(rf",?\s+(?:(?:{either})\s+){{0,2}}[a-z\d]+\s+(?:{again})(?!\w)")
        ones, when = (phrases(words.get(name, ())) for name in ("one", "often_when"))
        self.counts = re.compile(
            rf"\s*(?:\Z|[.;:!?)])|,(?!\s(?:\d|or|and|if|perhaps|maybe|[a-z]+\s+times)(?!\w))"
            rf"|\s+(?:{when})(?!\w)(?!\s+\d+\s)|\s+(?:{ones}|per|each|every)\s+[a-z]+(?!\w)(?!\s+and\s)"
        )
        self.weighing = frozenset(words.get("weighing", ()))
        self.that = re.compile(r"\s+(?:that|those)\s+of(?!\w)|\s+what(?!\w)")
        self.named = re.compile(rf"\s+(?:{whose})\s+(?:[a-z][a-z-]*\s+){{0,2}}?(?:{measures})(?!\w)")

    def read(self, at: int, floor: int) -> tuple[Draft | None, int] | None:
        """Read the multiple whose word begins at a place.

        Parameters
        ----------
        at : int
        floor : int
            The end of what was read before.

        Returns
        -------
        tuple of Draft or None, and int; or None
            The draft, or none for a word that multiplies nothing, and where to go on; None for another word.
        """
        match = _WORD.match(self.low, at)
        word, end = (match[0], match.end()) if match else ("", at)
        if word in self.often and (more := self.or_more.match(self.low, end)):
            return None, more.end()  # twice or three times
        value = Fraction(1, 2) if word in self.half else self.times.get(word, 0)
        if not value:
            return None
        after = compared = self.compared.match(self.low, end)
        after = (
            after if after or value < 1 else self.named.match(self.low, end) or self.that.match(self.low, end)
        )
        count = value > 1 and after is None and self._is_count(word, at, end)
        if (after is None or self._goes_on(after.end(), 2 if compared else 1)) and not count:
            return None if value < 1 else (None, end)
        lead = read_lead(self.readers.grammar, self.text, self.low, at, floor)
        before = lead.words[0][0] if lead.words and lead.words[0][1] >= floor else ""
        if lead.refused or lead.money or lead.opener or (before in self.either and self._is_either(lead)):
            return None, after.end() if after else end
        number = Number(start=at, end=end, value=value, coefficient=value, form="words")
        return Draft(lead, Measure(number, "times", end), None, lead.sign, lead.pattern or "times", end), end

    def _is_count(self, word: str, at: int, end: int) -> bool:
        """Return whether "twice" says how often: twice a week, he won twice in May."""
        before = phrase_before(self.low, at, 0)
        return (
            word in self.often
            and not (before and before[0][0] in self.thinking)
            and self.counts.match(self.low, end) is not None
        )

    def _is_either(self, lead: Lead) -> bool:
        """Return whether "or" stands between two numbers: once or twice the size."""
        word = lead.words[1][0].strip("(") if len(lead.words) > 1 else ""
        return (
            word in self.once
            or word in self.times
            or self.is_number(word)
            or bool(self.readers.lexicon.part(word))
        )

    def compared_things(self, lead: Lead) -> bool:
        """Return whether things of another kind are named, and no bound: it weighs as much as 12 elephants."""
        words = phrase_before(self.low, lead.start, 0)
        return (
            bool(words)
            and words[0][0] in self.weighing
            and lead.sign == "<="
            and self.low.startswith("as much as", lead.start)
        )

    def _goes_on(self, end: int, reach: int = 2) -> bool:
        """Return whether a number follows, which alone would not say how many, or "again", which adds one."""
        match = _WORDS_NEXT.match(self.low, end)
        return _AGAIN.match(self.low, end) is not None or (
            match is not None and any(self.is_number(word) for word in match.groups()[:reach] if word)
        )

    def stands_alone(self, refused: re.Match[str]) -> bool:
        """Return whether no number follows "times as much as"."""
        return refused[0].split()[0] in self.readers.lexicon.units and not self._goes_on(refused.end())

    def is_number(self, word: str) -> bool:
        """Return whether a word has digits that are no year, or is a number."""
        plain = word.strip("(,.;:)")
        if any(sign.isdigit() for sign in plain):
            return not (len(plain) == 4 and plain.isdigit() and plain[:2] in ("19", "20"))
        return self.readers.lexicon.is_number(plain)

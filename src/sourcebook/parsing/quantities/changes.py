"""A change and the level that it leads to: "rose by $5 to $45" tells two numbers, "rose by 2 to 3 percent" a range."""

from __future__ import annotations

import re
from fractions import Fraction

from sourcebook.parsing.quantities.grammar import phrases
from sourcebook.parsing.quantities.leads import Lead, phrase_before
from sourcebook.parsing.quantities.measures import Measure
from sourcebook.parsing.quantities.number import Number
from sourcebook.parsing.quantities.ranges import Ends
from sourcebook.parsing.quantities.readers import Readers

__all__ = ["Changes"]

#: The level is so many times the change, or more: without units; with a unit after the level alone, perhaps; surely.
_FAR, _FARTHER, _FARTHEST = 3, 6, 20
_HUNDRED, _LARGE = 100, 1000  # below this, a magnitude is a number itself: from 18 to two dozen
_WHOLE = 2  # after a share, a number from here on is a level
_STOPS = ",;:.)"
_YEARS_AGO = re.compile(r"\s+years?\s+(?:ago|before\s+(?:the\s+)?present)(?!\w)")
_AT_ZERO = re.compile(
    r"\s*(?:\Z|[.,;:!?)])|\s+(?:by|in|from|before|after|at|over|on|and|during|this|last|within|or)\s"
)


class Changes:
    """Decides whether two numbers with "to" between them are a range, or a change and a level.

    Parameters
    ----------
    readers : Readers
    text, low : str
        The text, and the same in lower case.
    """

    def __init__(self, readers: Readers, text: str, low: str) -> None:
        self.readers, self.text, self.low = readers, text, low
        words = readers.grammar.words
        self.sure, self.nouns = frozenset(words.get("changed", ())), frozenset(words.get("change", ()))
        self.amounts = frozenset(words.get("amounts", ()))
        self.to = frozenset(words.get("ratio_of", ()))
        self.source = re.compile(rf"\s+(?:{phrases(words.get('source', ()))})\s+(?=[\w$€£¥])")
        self.falls, self.moves = frozenset(words.get("falls", ())), frozenset(words.get("moves", ()))
        self.by, self.of = frozenset(words.get("by", ())), frozenset(words.get("of", ()))
        self.fillers = {word for phrase in words.get("fillers", ()) for word in phrase.split()} - self.of

    def judge(self, lead: Lead, first: Measure, ends: Ends) -> str:
        """Return what two numbers are.

        Parameters
        ----------
        lead : Lead
            What stands before the first.
        first : Measure
        ends : Ends
            Both, read as a range.

        Returns
        -------
        str
            ``two`` for a change and a level, ``unknown`` where that is open, empty for a range.
        """
        if ends.pattern == "to" and lead.money and not self._has_unit(ends) and self._counts(ends):
            return "two"  # $5 to 40 people
        kind = self._kind(lead) if ends.pattern == "to" and ends.low > 0 else ""
        if not kind:
            return ""
        if ends.lossy:
            return "unknown"
        part = ends.second.number
        share = first.number.form == "fraction" and first.number.value < 1
        if share and not first.unit and part.form != "fraction" and ends.high >= _WHOLE:
            return "two"
        if share and part.form == "fraction" and part.value < 1:
            return ""
        times = float(Fraction(ends.high) / ends.low)
        if first.unit:
            return self._with_units(kind, ends, times)
        shared = ends.low != first.number.value
        if shared or ends.second.unit or self._counts(ends):
            if kind not in ("sure", "amount") or shared or ends.second.unit == "%" or times < _FARTHER:
                return ""
            return "two" if times >= _FARTHEST else "unknown"
        if times < _FAR:
            return "unknown" if kind in ("sure", "amount") else ""
        large = "two" if times >= _FARTHER else "unknown"
        return {"sure": "two", "noun": "two", "verb": "unknown", "amount": large}.get(kind, "")

    def lent(self, lead: Lead, first: Measure) -> tuple[int | Fraction, int] | None:
        """Return the first of two numbers with the magnitude that the second lends it: from 2.5 to 2.8 million.

        The words before decide: what falls falls with the magnitude or without it.

        Parameters
        ----------
        lead : Lead
            What stands before the first.
        first : Measure

        Returns
        -------
        tuple of int or Fraction, and int
            Its value and where both end, if neither can be read, else 0; None where nothing is lent.
        """
        words = phrase_before(self.low, lead.start, 0)
        if words and words[0][0] in self.to:
            return self._turned(lead, first, words[1:6])
        number, low = first.number, self.low
        if (
            lead.opener not in ("from-to", "between")
            or number.magnitude not in (1, _HUNDRED)
            or (number.form == "fraction" and number.value < 1)
            or lead.negative
        ):
            return None
        link = self.readers.ranges.ranges.link.match(low, number.end)
        if (
            link is None
            or not link["word"]
            or lead.opener not in self.readers.grammar.ranges.links[link["word"]]
        ):
            return None
        at, before = link.end(), self.readers.grammar.units.before
        sign = next((n for n in (3, 2, 1) if self.text[at : at + n] in before), 0)
        at += sign + (sign > 0 and low[at + sign : at + sign + 1] == " ")
        if not low[at : at + 1].isalnum():
            return None
        second, end = self.readers.numbers.read(
            low, at, money=sign > 0 or lead.money is not None, text=self.text
        )
        if second is None or second.magnitude == 1 or second.bare:
            return None
        if not second.coefficient or number.value >= second.coefficient:
            whole = self.readers.ranges.of_thousands(low, number, second, number.value)
            if whole != number.value:
                return (0, end) if whole is None else (whole, 0)
            falls = self._kind_of(phrase_before(low, lead.open_start, 0)[:5]) in self.falls
            if number.magnitude > 1 and falls and number.value < second.value:
                return 0, end  # fell from three hundred to two hundred thousand
        if number.magnitude > 1 or not second.coefficient:
            return None
        past = _YEARS_AGO.match(low, end) is not None
        return None if past else self._with_size(lead, Fraction(number.value), second, end)

    def _turned(
        self, lead: Lead, first: Measure, words: list[tuple[str, int]]
    ) -> tuple[int | Fraction, int] | None:
        """Return the level with the magnitude of what it comes from, which follows: fell to 2.5 from 2.8 million.

        Parameters
        ----------
        lead : Lead
        first : Measure
        words : list of (str, int)
            Those before "to", the last first.

        Returns
        -------
        tuple of int or Fraction, and int; or None
        """
        number, low, link = first.number, self.low, self.source.match(self.low, first.number.end)
        if (
            link is None
            or number.magnitude > 1
            or (number.form == "fraction" and number.value < 1)
            or lead.negative
        ):
            return None
        kind = self._kind_of(words)
        at, before = link.end(), self.readers.grammar.units.before
        sign = next((n for n in (3, 2, 1) if self.text[at : at + n] in before), 0)
        at += sign
        second, end = self.readers.numbers.read(
            low, at, money=sign > 0 or lead.money is not None, text=self.text
        )
        if second is None or second.magnitude == 1 or second.bare or not second.coefficient:
            return None
        value, top = Fraction(number.value), second.coefficient
        if not kind or kind in self.moves or value <= 0:
            return (0, end) if 0 < value < _FARTHEST * top else None
        if kind in self.falls:
            return (
                (value * second.magnitude, 0)
                if value < top
                else None
                if value > _FARTHEST * top
                else (0, end)
            )
        return (value * second.magnitude, 0) if value > top else (0, end)

    def _kind_of(self, words: list[tuple[str, int]]) -> str:
        """Return the nearest word that tells of a change, or nothing."""
        changes = self.readers.grammar.ranges.changes
        return next((word.strip(",;") for word, _ in words if word.strip(",;") in changes), "")

    def _with_size(
        self, lead: Lead, value: Fraction, second: Number, end: int
    ) -> tuple[int | Fraction, int] | None:
        """Return the first number with the size of the second where that agrees with the words before."""
        top, size = second.coefficient, second.magnitude
        whole = value * size
        words = phrase_before(self.low, lead.open_start, 0)[:5]
        kind = self._kind_of(words)
        ranging = bool(words) and words[0][0].strip(",;") in self.readers.grammar.words.get("ranging", ())
        if value <= 0 or value >= top * size:
            return None
        if not kind or ranging or lead.opener == "between":
            return (0, end) if top < value < _FARTHEST * top else None
        if kind in self.falls:
            return (whole, 0) if value > top else (0, end)
        if value < top:
            return whole, 0
        unsure = size >= _LARGE and (kind in self.moves or value < _FARTHEST * top)
        return (0, end) if unsure and value > top else None

    def by_one(self, lead: Lead, number: Number) -> bool:
        """Return whether a lone one tells of a change, or a lone zero is all that is said: fell by one; nought is 0."""
        end = number.end
        words = [word for word, _ in lead.words[:6]]
        if not number.value and words and words[0] in self.to and _AT_ZERO.match(self.low, end):
            return any(word in self.readers.grammar.ranges.changes for word in words[1:])
        if not self.low[: number.start].strip() and self.readers.equals.match(self.low, number.start):
            return True
        return (
            not self.readers.nouns.of.match(self.low, end)
            and bool(lead.words)
            and lead.words[0][0] in self.by
            and self.follows(lead)
        )

    def follows(self, lead: Lead) -> bool:
        """Return whether words that tell of a change stand before a number."""
        return bool(self._kind(lead))

    def _with_units(self, kind: str, ends: Ends, times: float) -> str:
        """Judge numbers of which the first has its unit."""
        far = times >= _FAR
        if not self._has_unit(ends):
            return "unknown" if far else ""
        if kind == "noun":
            return "" if not far else "unknown" if ends.second.unit == "%" else "two"
        if kind == "verb":
            return "unknown" if far else ""
        return "two" if times >= (_FARTHER if kind == "amount" else _FAR) else "unknown"

    def _has_unit(self, ends: Ends) -> bool:
        """Return whether the second number has a unit of its own, and none that the first lends."""
        second = ends.second
        before = self.readers.grammar.units.money_before(self.text, self.low, second.number.start)
        return second.end > second.number.end or before is not None

    def _counts(self, ends: Ends) -> bool:
        return bool(self.readers.nouns.counted(self.text, self.low, ends.end)[0])

    def _kind(self, lead: Lead) -> str:
        """Return what tells of a change before a number: a sure word, another verb, a noun, a verb with its object."""
        words = [word for word, _ in phrase_before(self.low, lead.start, 0)]
        while words and (words[0] in self.fillers or (words[0].endswith("ly") and len(words[0]) > 4)):
            words = words[1:]
        if not words or words[0][-1] in _STOPS:
            return ""
        if words[0] in self.of:
            return "noun" if len(words) > 1 and words[1] in self.nouns else ""
        if kind := self._verb(words[0]):
            return "amount" if words[0] in self.amounts else kind
        by = words[0] in self.by
        if not by and words[0] in self.readers.grammar.nouns.get("stops", ()):
            return ""
        for number, word in enumerate(words[1:]):
            word = word.rstrip(",") if by and not number else word  # noqa: PLW2901
            if word[-1:] in _STOPS:
                break
            if kind := self._verb(word) or ("sure" if by and word in self.nouns else ""):
                return kind if by else "object" if kind == "sure" else ""
        return ""

    def _verb(self, word: str) -> str:
        return "sure" if word in self.sure else "verb" if word in self.readers.grammar.ranges.changes else ""

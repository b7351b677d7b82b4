"""Shares by two numbers: one in five, two or three out of ten, one person in four."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from sourcebook.parsing.quantities.grammar import phrases
from sourcebook.parsing.quantities.measures import Measure
from sourcebook.parsing.quantities.number import Number
from sourcebook.parsing.quantities.ranges import Ends
from sourcebook.parsing.quantities.readers import Readers

__all__ = ["Shares"]

_WORD = re.compile(r"\s+([^\W\d_]+)")
_YEARS = range(1000, 2101)
_MOST = 10  # below this, the first of two numbers is one of a share
_LARGE = 100  # of so many, a range may be a share too


class Shares:
    """Reads the second number of a share.

    Parameters
    ----------
    readers : Readers
    text, low : str
        The text, and the same in lower case.
    """

    def __init__(self, readers: Readers, text: str, low: str) -> None:
        self.readers, self.text, self.low = readers, text, low
        self.to = re.compile(rf"\s+(?:{phrases(readers.grammar.words.get('ratio_of', ()))})\s+(?=[\w])")

    def of(
        self, low_end: int | Fraction, high_end: int | Fraction, end: int, *, alone: bool = False
    ) -> Ends | None:
        """Return the share of a number, or of a range, that ends at a place.

        Parameters
        ----------
        low_end, high_end : int or Fraction
            The same for one number.
        end : int
        alone : bool
            No other share after it is read with it.

        Returns
        -------
        Ends or None
            With its low end above the high one where the other number is not known: one in four or five.
        """
        link = self.readers.in_of.match(self.low, end)
        most = _MOST if low_end == high_end else _LARGE
        if link is None or not all(isinstance(n, int) and 0 < n < most for n in (low_end, high_end)):
            return None
        second = self._number(link.end())
        if second is not None and high_end >= _MOST and second.value not in (_LARGE, 10 * _LARGE):
            return None
        if second is None or not isinstance(second.value, int) or second.value <= high_end:
            return None
        measure = Measure(second, "", second.end)
        first = Ends(
            Fraction(low_end, second.value), Fraction(high_end, second.value), second.end, measure, "in-of"
        )
        other = self.readers.ranges.ranges.link.match(self.low, second.end)
        if (
            alone
            or other is None
            or "," in other[0]
            or other["word"] in self.readers.grammar.words.get("and", ())
        ):
            return first
        further = self._number(other.end())
        if further is None:
            return first
        last = self.of(further.value, further.value, further.end, alone=True)
        if last is None:
            return Ends(1, 0, further.end, measure, "in-of")
        return replace(last, low=first.low) if first.low <= last.low else replace(last, low=1, high=0)

    def of_counted(self, value: int | Fraction, end: int) -> Ends | None:
        """Return the share of what is counted, where the other number stands after it alone: one person in four.

        Parameters
        ----------
        value : int or Fraction
        end : int
            Where the noun ends.

        Returns
        -------
        Ends or None
        """
        ends = self.of(value, value, end)
        following = _WORD.match(self.low, ends.end) if ends is not None else None
        return None if following and following[1] not in self.readers.lexicon.nouns.get("stops", ()) else ends

    def of_bare(self, number: Number) -> int:
        """Return where the number ends that a part is of, where it has no noun: half of 500; else 0."""
        link = self.readers.nouns.of.match(self.low, number.end) if number.form == "fraction" else None
        if link is None or number.value >= 1:
            return 0
        at, before = link.end() + 1, self.readers.grammar.units.before
        sign = next((n for n in (3, 2, 1) if self.text[at : at + n] in before), 0)
        at += sign + (sign > 0 and self.low[at + sign : at + sign + 1] == " ")
        if not self.low[at : at + 1].isalnum():
            return 0
        second, _ = self.readers.numbers.read(self.low, at, money=sign > 0, text=self.text)
        if second is None or second.form not in ("digits", "words") or (second.value == 1 and not sign):
            return 0
        measure = self.readers.measures.read(self.text, self.low, second, None)
        year = second.plain and second.value in _YEARS and not (sign or measure.unit)
        return 0 if year or self.readers.nouns.counted(self.text, self.low, measure.end)[0] else measure.end

    def to_one(self, number: Number) -> int:
        """Return where the odds end whose first number this is: 100 to one; 0 where it is none of odds."""
        link = self.to.match(self.low, number.end)
        if link is None or number.form not in ("digits", "words") or number.value <= 1:
            return 0
        second, end = self.readers.numbers.read(self.low, link.end())
        if second is None or second.value != 1 or second.form not in ("digits", "words"):
            return 0
        following = _WORD.match(self.low, end)
        if self.low[end : end + 1].isalnum() or (following and not self._is_of_odds(following[1])):
            return 0
        return end

    def _is_of_odds(self, word: str) -> bool:
        words, stops = self.readers.grammar.words, self.readers.lexicon.nouns.get("stops", ())
        return word in words.get("ratio_next", ()) or (word in stops and word not in words.get("of", ()))

    def _number(self, at: int) -> Number | None:
        """Return the number at a place, without a unit; None for years, days and times."""
        low, readers = self.low, self.readers
        if not low[at : at + 1].isalnum() or readers.context.token_end(low, at):
            return None
        number, end = readers.numbers.read(low, at)
        if number is None or number.form not in ("digits", "words"):
            return None
        if (number.plain and number.value >= 1000) or low[end : end + 1].isalnum():
            return None
        return None if readers.measures.read(self.text, low, number, None).unit else number

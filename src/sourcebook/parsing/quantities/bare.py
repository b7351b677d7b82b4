"""Magnitudes and parts without a number before them: a hundred, half, a third, several thousand, hundreds."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from sourcebook.parsing.quantities.grammar import phrases
from sourcebook.parsing.quantities.leads import Lead, combined, read_lead
from sourcebook.parsing.quantities.lexicon import OPENING
from sourcebook.parsing.quantities.measures import Measure
from sourcebook.parsing.quantities.number import Number
from sourcebook.parsing.quantities.readers import Readers

__all__ = ["Bare"]

_COMPARED = re.compile(r"\s+(?:year|month|quarter|week)-(?:on|over)-")  # a fifth year-on-year
_BY_HALF = re.compile(
    r"\s*(?:\Z|[.,;:)](?!\d))|\s+(?:to|from|in|over|since|between|within|during|at|on|and)\s"
)
_SENTENCE = re.compile(r"[.!?;]\s")
_COUNT = re.compile(r"(?<![\w.,])\d(?![\w,]|\.\d)|[^\W\d_]+")
_REACH = 150  # characters of the sentence before
_FEW = 10
_NEXT = re.compile(r"\s+([^\W\d_]+)")


class Bare:
    """Decides what a magnitude or part without a number says.

    Parameters
    ----------
    readers : Readers
    text, low : str
        The text, and the same in lower case.
    """

    def __init__(self, readers: Readers, text: str, low: str) -> None:
        self.readers, self.text, self.low = readers, text, low
        self.words = words = readers.grammar.words
        of, these, after = (phrases(words.get(name, ())) for name in ("of", "half_of", "share_after"))
        whose, measures = phrases(words.get("the", ())), phrases(words.get("times_of", ()))
        self.of_size = re.compile(
            rf"\s+(?:{whose}|its|their|his|her)\s+(?:[a-z][a-z-]*\s+)?(?:{measures})(?!\w)"
        )
        self.point = re.compile(rf"[-‐‑](?:{phrases(words.get('point', ()))})(?!\w)")
        self.of_these = re.compile(rf"\s+(?:{of})\s+(?:{these})(?!\w)")
        self.after = re.compile(rf"\s+(?:{after})(?!\w)")
        numbers = readers.grammar.numbers
        links, others = (
            phrases(words.get("list", ())),
            phrases((*words.get("share_not", ()), *numbers.ordinals)),
        )
        self.also = re.compile(rf"(?:,|,?\s+(?:{links}))\s+(?:{others})(?!\w)")
        either = phrases(word for word, of in readers.grammar.ranges.links.items() if "either" in of)
        self.one = re.compile(rf"(?:{phrases(words.get('one', ()))})\s+")
        self.either = re.compile(rf",?\s+(?:{either})\s")
        self.open = frozenset(words.get("share_open", ()))
        self.changed = frozenset((*words.get("changed", ()), *words.get("change", ())))
        self.sure = self.changed.union(words.get("share_before", ()), words.get("by", ()))
        self.places = {
            word: n for of in (numbers.ones, numbers.ordinals) for word, n in of.items() if n < _FEW
        }

    def read(self, number: Number, lead: Lead, floor: int) -> tuple[Number, Lead, str] | None:
        """Return the number with what stands before it, and the pattern where it is vague.

        Parameters
        ----------
        number : Number
            As it was read, without what stands before it.
        lead : Lead
        floor : int
            The end of what was read before.

        Returns
        -------
        tuple of Number, Lead and str, or None
            None where it says which one and not how many, or where its number cannot be known.
        """
        before = [word for word in lead.words if word[1] >= floor]
        last = before[0][0].lstrip(OPENING) if before else ""
        if number.form != "fraction" or number.value > 1:
            phrase = last
            for length in range(1, min(3, len(before)) + 1):
                phrase = f"{before[length - 1][0].lstrip(OPENING)} {phrase}" if length > 1 else last
                if phrase in self.words.get("couple", ()):
                    article = length < len(before) and before[length][0] in self.words.get("one", ())
                    return self._two(number, before[length - (not article)][1], floor)
                if phrase in self.readers.grammar.vague:
                    if number.form == "fraction":
                        return None  # several million and a half
                    start = before[length - 1][1]
                    return number, self._lead(start, floor), "several"
        pair = f"{before[1][0]} {last}" if len(before) > 1 else last
        if last in self.words.get("unknown", ()) or pair in self.words.get("unknown", ()):
            return None
        if number.form == "plural":
            return number, lead, "plural"
        article = last in self.words.get("one", ())
        start = before[0][1] + len(before[0][0]) - len(last) if article else number.start
        outer = self._lead(start, floor) if article else lead
        if number.form == "fraction" and not self._is_part(number, lead, outer if article else None, floor):
            return None
        if article:
            return replace(number, start=start), outer, ""
        return number, lead, ""

    def _two(self, number: Number, start: int, floor: int) -> tuple[Number, Lead, str] | None:
        """Read a couple of hundred as about two of them; hundreds of them stay vague."""
        lead = self._lead(start, floor)
        sign = combined(lead.sign, "~")
        if number.form == "plural":
            return number, lead, "several"
        if number.form == "fraction" or sign is None or str(number.value).strip("0") not in ("1", "12"):
            return None  # a couple of million and a half
        two = replace(number, start=start, value=number.value * 2, coefficient=2, bare=False)
        return two, replace(lead, sign=sign, pattern=lead.pattern or "about"), ""

    def _lead(self, start: int, floor: int) -> Lead:
        return read_lead(self.readers.grammar, self.text, self.low, start, floor)

    def one_and_part(self, number: Number, lead: Lead) -> Measure | None:
        """Read "a year and a half", in which the first article is the number one.

        Parameters
        ----------
        number : Number
            The part.
        lead : Lead
            What stands before it.

        Returns
        -------
        Measure or None
        """
        before = lead.words
        if number.form != "fraction" or number.value >= 1 or len(before) < 4:
            return None
        article, linked, _, one = (word for word, _ in before[:4])
        if article not in self.words.get("one", ()) or linked not in self.words.get("and", ()):
            return None
        if one not in self.words.get("one", ()):
            return None
        unit = self.readers.grammar.units.at(self.text, self.low, before[2][1])
        if unit is None or unit[1] != before[2][1] + len(before[2][0]):
            return None
        whole = replace(
            number, start=before[3][1], value=1 + number.value, coefficient=0, form="words", bare=False
        )
        return Measure(whole, unit[0].name, number.end, money=unit[0].money, duration=unit[0].duration)

    def _is_part(self, number: Number, lead: Lead, outer: Lead | None, floor: int) -> bool:
        """Return whether a fraction is a share or a number, and no ordinal, quarter of a year or half of a game."""
        if number.magnitude > 1:
            return True
        if outer is not None:
            if not self.low[: outer.start].strip() and not self.low[number.end :].strip(" ."):
                return True  # "a fifth" and nothing else
            return self._is_share(number, outer) and not self._is_rate(number, lead, floor)
        if self.low[number.start : number.end] not in self.words.get("half", ()):
            return False
        last = lead.words[0][0].lstrip(OPENING) if lead.words and lead.words[0][1] >= floor else ""
        if self.readers.measures.read(self.text, self.low, number, None).unit or self.point.match(
            self.low, number.end
        ):
            return True
        if last in self.words.get("by", ()) and _BY_HALF.match(self.low, number.end):
            return True
        if last in self.readers.grammar.numbers.ordinals or last in self.words.get("not_half", ()):
            return False
        if self.readers.nouns.whole(self.text, self.low, number.end, bare=True) or self._part_follows(number):
            return True
        if self.of_these.match(self.low, number.end):
            return True
        return bool(lead.sign) and not self.low.startswith(" as ", number.end)

    def _is_rate(self, number: Number, lead: Lead, floor: int) -> bool:
        """Return whether a quarter stands directly after a quantity and is a time: 40 shillings a quarter."""
        after = bool(floor) and lead.words[0][1] - floor == 1 and self.low[floor].isspace()
        return (
            after and number.value == Fraction(1, 4) and not self.readers.nouns.of.match(self.low, number.end)
        )

    def _part_follows(self, number: Number) -> bool:
        """Return whether a part is the other end of a range: half to two thirds."""
        link = self.readers.ranges.ranges.link.match(self.low, number.end)
        if link is None or not self.low[link.end() : link.end() + 1].isalpha():
            return False
        article = self.one.match(self.low, link.end())
        second, _ = self.readers.numbers.read(self.low, article.end() if article else link.end())
        return second is not None and second.form == "fraction" and (article is not None or not second.bare)

    def _is_share(self, number: Number, lead: Lead) -> bool:
        """Return whether "a third" is a part and not one among others: it is of something, or words before say so."""
        low, end, words = self.low, number.end, self.words
        word, following = low[number.start : end], _NEXT.match(low, end)
        ordinal = word in self.readers.grammar.numbers.ordinals
        if self.readers.nouns.of.match(low, end) or self.of_size.match(low, end) or _COMPARED.match(low, end):
            return True
        if ordinal and self.also.match(low, end):
            return False
        if self._part_follows(number):
            return True
        measure = self.readers.measures.read(self.text, low, number, None)
        if measure.unit:
            return not (ordinal and measure.duration)
        if number.value == Fraction(1, 2):
            return True
        before = [each.lstrip(OPENING) for each, _ in lead.words[:2]]
        if before and before[0] in words.get("by", ()) and self.after.match(low, end):
            return True
        if following is not None and not self.readers.lexicon.is_share_at(low, end):
            return False
        if not ordinal or (following and following[1] not in self.open):
            return True
        if lead.sign or lead.opener or self.either.match(low, end):
            return True
        if self._is_next(number):
            return len(before) > 1 and before[0] in words.get("by", ()) and before[1] in self.changed
        return any(each in self.sure for each in before)

    def _is_next(self, number: Number) -> bool:
        """Return whether the sentence has counted on to an ordinal: two goals and a third."""
        sentence = _SENTENCE.split(self.low[max(0, number.start - _REACH) : number.start])[-1]
        counts = (
            int(word) if word.isdigit() else self.places.get(word, 0) for word in _COUNT.findall(sentence)
        )
        return any(0 < count < 1 / number.value for count in counts)

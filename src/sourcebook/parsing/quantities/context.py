"""Numbers that do not say how many: labels, years, days, times of day, parts of names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sourcebook.parsing.quantities.grammar import QuantityGrammar, phrases
from sourcebook.parsing.quantities.leads import Lead
from sourcebook.parsing.quantities.lexicon import OPENING
from sourcebook.parsing.quantities.number import Number

__all__ = ["Chain", "Context", "Place"]

_CHAIN = re.compile(
    r"\s*(?:\([a-z]{1,4}\)\s*)*(?P<link>,|;|/|&|[-–—]|\band\b|\bor\b|\bto\b|,\s*and\b|,\s*or\b|bis\b|ter\b)\s*\(?"
)
_YEARS = range(1000, 2101)
_LATE_YEARS = range(1700, 2101)
_DAYS = range(1, 32)
_HOURS = 25
_SPELLED = 9  # up to here a count is written in words
_YEAR_TAIL = re.compile(
    r"\s?[-–—/]\s?(?P<second>\d{4}|\d{2})(?!\d|[.,]\d)|\s?[-–—]\s?(?=present\b|now\b|today\b)"
)
_DAY_LINK = re.compile(r"\s?(?:[-–—/&]|,|\s(?:and|or|to)\s)\s?(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?(?!\d)")
_ISO = re.compile(
    r"\d{4}-\d{2}(?:-\d{2})?(?!\d)|\d{1,4}(?:[-‐/]\d+){2,}|\d{1,2}\.\d{1,2}\.\d{2,4}(?!\d)|\+?\d+(?:[-‐]\d+){2,}"
)
_MIXED = re.compile(r"\d{1,3}-(?:1/[23458]|2/3|3/[48]|[57]/8|\d{1,2}/(?:16|32|64))[\s-]?(?:[a-z\"″%]|\Z)")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?::\d{2})?(?!\d)|\d+:\d+")
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_REFERENCES = re.compile(
    r"\d{1,4}(?:\s?[,;–—-]\s?\d{1,4})*\s?\]|\d{1,3}(?:\s?[,–-]\s?\d{1,3})*,\s?\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\)"
)
#: A name begins with a capital or has one within: iPhone, but not pH.
_NAMED = re.compile(r"(?<![^\W\d_])(?:[A-Z]|[^\W\d_A-Z](?=[^\W\d_]{3})[^\W\d_A-Z]*[A-Z])[^\W\d_]*\Z")
_ABBREVIATION = re.compile(r"[^\W\d]{1,5}\.\Z|[§#№º]")


@dataclass(slots=True)
class Place:
    """Where a number stands, for those who decide whether it counts.

    Attributes
    ----------
    number : Number
    lead : Lead
    end : int
        Where the number ends with its unit.
    unit : bool
        A unit or a currency is with it.
    counted : bool
        What it counts follows.
    years : bool or None
        Of a range: whether both ends look like years.
    """

    number: Number
    lead: Lead
    end: int
    unit: bool
    counted: bool
    years: bool | None = None


@dataclass(slots=True)
class Chain:
    """The last number that did not count, of which the next may be the list's next.

    Attributes
    ----------
    end : int
        Where it ends; -1 before the first.
    name : str
        By which pattern it does not count.
    plural : bool
        The label before it announces several.
    """

    end: int = -1
    name: str = ""
    plural: bool = False


class Context:
    """Decides whether a number counts, by what stands around it.

    Parameters
    ----------
    grammar : QuantityGrammar
    """

    def __init__(self, grammar: QuantityGrammar) -> None:
        self.skips = grammar.skips
        self.label = self._listed("label", "before")
        self.labels = self._listed("label", "plural")
        self.verb, self.counts_after = self._listed("label", "verb"), self._listed("label", "counts_after")
        self.year = self._listed("year", "before")
        self.sure_year = self._listed("year", "strong")
        self.months = self._listed("date", "months")
        self.capital = self._listed("date", "capital")
        self.names_not = self._listed("name", "not_after")
        between = "|".join(map(re.escape, self._listed("date", "between")))
        self.month_after = re.compile(rf"(?:\s+|-|,\s*)(?:(?:day\s+)?(?:{between})\s+)?(?P<month>[^\W\d_]+)")
        self.clock_after = re.compile(rf"\s?(?:{phrases(self._listed('clock', 'after'))})(?!\w)")

    def _listed(self, name: str, key: str) -> frozenset[str]:
        return self.skips.get(name, {}).get(key, frozenset())

    def token_end(self, low: str, start: int) -> int:
        """Return the end of a date, number or time in digits with strokes or colons that begins here, or 0."""
        if low[start - 1 : start] in ("(", "[") and (listed := _REFERENCES.match(low, start)):
            return listed.end()
        if _MIXED.match(low, start):
            return 0
        match = _ISO.match(low, start) or _CLOCK.match(low, start)
        if match is None or (":" not in match[0] and "." in match[0] and match[0].count(".") == 1):
            return 0
        return match.end()

    def skipped(self, text: str, low: str, place: Place, chain: Chain) -> str:
        """Return the name of the pattern by which a number does not count, or nothing.

        Parameters
        ----------
        text, low : str
            The text, and the same in lower case.
        place : Place
        chain : Chain
            Carried from number to number.

        Returns
        -------
        str
        """
        number = place.number
        words = place.lead.words
        last = words[0][0].lstrip(OPENING) if words else ""
        name = self._in_chain(low, place, chain) or self._by_words(text, low, place, words, last)
        if name:
            chain.end, chain.name = number.end, name
            if last in self.labels or last in self.label:
                chain.plural = last in self.labels
            elif name == "name" and last.endswith("s"):  # Units 1 and 2
                chain.name, chain.plural = "label", True
        return name

    def _by_words(self, text: str, low: str, place: Place, words: list[tuple[str, int]], last: str) -> str:
        number = place.number
        lettered = place.unit and place.end - number.end == 1 and text[number.end].isalpha()
        if lettered and number.plain and self._is_label(text, place, words, last):
            return "label"
        if number.plain and number.value in _DAYS and self._is_day(text, low, number, last, words):
            return (
                "date"
                if not place.unit and not (place.counted and not self._month_next(text, low, number.end))
                else ""
            )
        if place.unit:
            return ""
        if (
            number.magnitude == 1
            and number.form in ("digits", "words")
            and self._is_label(text, place, words, last)
        ):
            return "label"
        if number.plain and self._is_year(low, place, last):
            return "year"
        if number.form == "digits" and 0 <= number.value < _HOURS and self.clock_after.match(low, number.end):
            return "clock"
        if number.plain and place.lead.start == number.start and not place.counted:
            before, after = low[number.start - 1 : number.start], low[number.end : number.end + 1]
            if before in _BRACKETS and after and after in (_BRACKETS[before], ",", "–", "-"):
                return "label"
        if number.plain and place.lead.start == number.start and words and self._is_name(text, words, last):
            return "name" if not place.counted or number.value <= _SPELLED else ""
        return ""

    def _in_chain(self, low: str, place: Place, chain: Chain) -> str:
        """Return the pattern of the number before, where this one is in a list with it."""
        number = place.number
        lettered = place.unit and place.end - number.end == 1 and low[number.end].isalpha()
        if (
            chain.end < 0
            or not number.plain
            or (place.unit and not lettered)
            or number.start - chain.end > 24
        ):
            return ""
        match = _CHAIN.fullmatch(low, chain.end, number.start)
        if match is None:
            return ""
        loose = "," in match["link"] or ";" in match["link"]
        if chain.name in ("year", "date"):
            dated = number.value in _YEARS or (number.value in _DAYS and not loose)
            return chain.name if dated and not place.counted else ""
        if chain.name != "label" or place.counted or (loose and not chain.plural):
            return ""
        return "label"

    def _is_label(self, text: str, place: Place, words: list[tuple[str, int]], last: str) -> bool:
        if last not in self.label and last not in self.labels:
            return False
        if place.lead.sign and place.lead.start < place.number.start:
            return False
        if last in self.verb and len(words) > 1 and words[1][0].lstrip(OPENING) in self.counts_after:
            return False
        start = words[0][1] + len(words[0][0]) - len(last)
        raw = text[start : start + len(last)]
        if place.number.form == "words":
            return raw[:1].isupper() and not place.counted
        small = place.number.value < 31 and last in self.label
        return not place.counted or small or raw[:1].isupper() or bool(_ABBREVIATION.search(raw))

    def _is_year(self, low: str, place: Place, last: str) -> bool:
        number, sign = place.number, place.lead.sign
        if number.value not in _YEARS or number.end - number.start != 4 or place.lead.negative:
            return False
        if place.years is not None:
            return place.years and not place.counted
        tail = _YEAR_TAIL.match(low, number.end)
        if tail and (
            not tail["second"] or int(tail["second"]) in range(1000, 2200) or len(tail["second"]) == 2
        ):
            return not place.counted
        if sign in (">", ">=", "<", "<=", ">~", "<~", ">=~", "<=~"):
            return False
        if place.counted:
            return last in self.sure_year and number.value in _LATE_YEARS
        return True

    def _month_next(self, text: str, low: str, end: int) -> int:
        """Return where the name of a month that follows a day ends, or 0."""
        match = self.month_after.match(low, end)
        if match is None:
            return 0
        return match.end() if self._is_month(text, match["month"], match.start("month")) else 0

    def _is_month(self, text: str, word: str, start: int) -> bool:
        return word in self.months and (word not in self.capital or text[start : start + 1].isupper())

    def _is_day(self, text: str, low: str, number: Number, last: str, words: list[tuple[str, int]]) -> bool:
        if last and self._is_month(text, last, words[0][1] + len(words[0][0]) - len(last)):
            return True
        end = number.end
        for _ in range(4):
            if self._month_next(text, low, end):
                return True
            link = _DAY_LINK.match(low, end)
            if link is None:
                return False
            end = link.end()
        return False

    def _is_name(self, text: str, words: list[tuple[str, int]], last: str) -> bool:
        """Return whether a number follows a capitalised word and belongs to its name."""
        start = words[0][1] + len(words[0][0]) - len(last)
        return (
            len(last) > 1
            and (
                text[start : start + 1].isupper()
                or _NAMED.search(text[start : start + len(last)]) is not None
            )
            and last[-1].isalpha()
            and last not in self.names_not
            and last == words[0][0]
        )

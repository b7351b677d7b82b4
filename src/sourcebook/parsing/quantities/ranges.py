"""Two numbers that are the ends of one quantity, and how a value is written in the notation."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from sourcebook.parsing.quantities.grammar import QuantityGrammar, phrases
from sourcebook.parsing.quantities.leads import Lead, phrase_before
from sourcebook.parsing.quantities.measures import Measure, MeasureReader
from sourcebook.parsing.quantities.number import Number
from sourcebook.parsing.quantities.numbers import NumberReader
from sourcebook.parsing.quantities.units import Unit

__all__ = ["ONE_OF_TWO", "Ends", "RangeReader", "in_list"]

ONE_OF_TWO = "one of two numbers"
_SIZE = "the size of the first number"  # 800 to 1.2 million may be 800 thousand

_APPROXIMATE = re.compile(r"[~∼≈≃]\s?")
_SIGN = re.compile(r"(?:[-−–]|(?P<plus>\+))(?=[\d.$€£¥])")
_LIST = re.compile(r"\d%?,\s\Z")
_ARTICLE = re.compile(r"an?\s+")
_LENT, _LEAST_LENT = 1000, 10  # magnitudes that are lent to a part, and to a mixed number
_FEW = 10  # from here on, a number is not one of two with a share
_YEARS, _YEAR = range(1000, 2101), 4
_YEAR_NEXT = re.compile(r"(?:1\d{3}|20\d\d|(?<=[-–—/])\d\d)(?![\d%]|[.,]\d|\s?(?:per|[mbt]n?\b|[mb]illion))")
_PAST = re.compile(r"\s+(?:ago|before\s+(?:the\s+)?present)(?!\w)")
_HUNDRED, _THOUSAND = 100, 1000
_FAR = 20  # 500 to 2 million are no millions both, 110 to 100 million may be
_STOP = re.compile(r"\s*(?:\Z|[.,;:!?)](?!\d))")
_DASHES = frozenset("–—-−")


@dataclass(frozen=True, slots=True)
class Ends:
    """The two ends of a range.

    Attributes
    ----------
    low, high : int or Fraction
    end : int
        Where the range ends, with its unit.
    second : Measure
    pattern : str
        ``between``, ``from-to``, ``to``, ``dash``, ``either`` or ``tolerance``.
    lossy : str
    years : bool
        Both ends look like years.
    """

    low: int | Fraction
    high: int | Fraction
    end: int
    second: Measure
    pattern: str
    lossy: str = ""
    years: bool = False


def in_list(text: str, start: int) -> bool:
    """Return whether a number that begins at a place is the second or a later one of a list: 5, 10, or 15."""
    return _LIST.search(text[max(0, start - 4) : start]) is not None


class RangeReader:
    """Reads the second end of a range.

    Parameters
    ----------
    grammar : QuantityGrammar
    numbers : NumberReader
    measures : MeasureReader
    """

    def __init__(self, grammar: QuantityGrammar, numbers: NumberReader, measures: MeasureReader) -> None:
        self.grammar, self.ranges = grammar, grammar.ranges
        self.numbers, self.measures = numbers, measures
        minus, plus = (phrases(grammar.words.get(name, ())) for name in ("minus", "plus"))
        self.in_year = grammar.skips.get("year", {}).get("strong", frozenset())
        self.maybe = re.compile(rf"(?:{phrases(grammar.words.get('maybe', ()))})\s+")
        self.most = re.compile(rf"(?:{phrases(grammar.words.get('most', ()))})\s+")
        hundred = phrases(word for word, n in grammar.numbers.magnitudes.items() if n == _HUNDRED)
        self.hundred = re.compile(rf"(?<!\w)(?:{hundred})(?!\w)")
        self.signs = re.compile(rf"(?:(?:{minus})|(?P<plus>{plus}))\s+(?=\w)")

    def tolerance(self, text: str, low: str, measure: Measure) -> Ends | None:
        """Read ± and the number after it.

        Parameters
        ----------
        text, low : str
        measure : Measure
            The number before.

        Returns
        -------
        Ends or None
        """
        match = self.ranges.tolerance.match(low, measure.end)
        if match is None:
            return None
        spread, _ = (
            self.numbers.read(low, match.end()) if low[match.end() : match.end() + 1].isalnum() else (None, 0)
        )
        if spread is None:
            return None
        second = self.measures.read(text, low, spread, None)
        value, more = measure.number.value, spread.value
        if measure.unit and second.unit and measure.unit != second.unit:
            if second.unit != "%" or measure.duration:
                return Ends(1, 0, second.end, second, "tolerance")  # 5 kg ± 200 g
            more, second = Fraction(value) * more / 100, replace(second, unit=measure.unit)
        elif spread.power != 1 and measure.number.power == 1:  # 5 ± 0.2 × 10⁶
            value *= spread.power
        elif spread.magnitude != 1 and measure.number.magnitude == 1 and not measure.unit:  # 5 ± 0.2 million
            value *= spread.magnitude
        return Ends(value - more, value + more, second.end, second, "tolerance")

    def read(self, text: str, low: str, lead: Lead, measure: Measure, value: int | Fraction) -> Ends | None:
        """Read the other end of a range, where one follows.

        Parameters
        ----------
        text, low : str
        lead : Lead
        measure : Measure
            The first number with its unit.
        value : int or Fraction
            Its value with its sign.

        Returns
        -------
        Ends or None
        """
        link = self.ranges.link.match(low, measure.end)
        if link is None or self._is_apart(low, lead, measure, link):
            return None
        phrase = re.sub(r"\s+", " ", link["word"] or link["sign"])
        pattern = self._pattern(low, lead, phrase, link)
        if not pattern or (pattern == "to" and "," in link[0]):
            return None
        at = self._hedged(low, link.end(), bounded=pattern != "between" or bool(lead.inner or lead.sign))
        negative = False
        sign = _SIGN.match(low, at) or self.signs.match(low, at)
        if sign:
            negative, at = sign.lastgroup != "plus", sign.end()
        money, at = self._money(text, at)
        if not (low[at : at + 1].isalnum() or low[at : at + 1] in ".½¼¾"):
            return None
        article = _ARTICLE.match(low, at)
        number, end = self.numbers.read(
            low, article.end() if article else at, money=bool(money or lead.money), text=text
        )
        if number is None and article and (one := self._one(text, low, measure, article.end())):
            return Ends(value, 1, one.end, one, lead.opener or pattern) if value < 1 else None
        if number is None or number.form in ("plural", "ordinal"):
            undecided = number is None and low[end - 1 : end] == "m" and low[end - 2 : end - 1].isdigit()
            return Ends(1, 0, end, measure, pattern) if undecided else None
        parted = measure.number.form == "fraction" and bool(article or number.form == "fraction")
        if number.bare and number.magnitude == 1 and not parted:
            return None
        second = self.measures.read(text, low, number, money or lead.money)
        if money is None and lead.money and self._is_of_another_unit(text, low, number, lead.money):
            return None
        if not self._same_unit(lead, measure, second, money is not None, pattern):
            return None
        other = -number.value if negative else number.value
        if pattern == "either" and self._is_other_wording(low, link, measure, second):
            return None
        if pattern == "either" and measure.number.bare and (number.form, number.value) == ("words", 2):
            other = 2 * value if measure.number.form == "words" else other  # a million or two
        return self._of_both(low, lead, (measure, second), (value, other), pattern)

    def _money(self, text: str, at: int) -> tuple[Unit | None, int]:
        """Return the currency whose sign stands at a place, and where its number begins."""
        for length in (3, 2, 1):
            unit = self.grammar.units.before.get(text[at : at + length])
            if unit is not None:
                return unit, at + length + (text[at + length : at + length + 1] == " ")
        return None, at

    def _one(self, text: str, low: str, measure: Measure, at: int) -> Measure | None:
        """Return one of the unit of a part: half an hour to an hour.

        Parameters
        ----------
        text, low : str
        measure : Measure
            The part.
        at : int
            After the article.

        Returns
        -------
        Measure or None
        """
        found = self.grammar.units.at(text, low, at)
        if found is None or found[0].name != measure.unit or text[found[1] : found[1] + 1].isalnum():
            return None
        return replace(measure, number=replace(measure.number, value=1), end=found[1])

    def _of_both(
        self,
        low: str,
        lead: Lead,
        measures: tuple[Measure, Measure],
        values: tuple[int | Fraction, int | Fraction],
        pattern: str,
    ) -> Ends | None:
        """Return the range of two numbers; a falling one after "between" and before "ago"."""
        (measure, second), (value, other) = measures, values
        number, past = second.number, _PAST.match(low, second.end) is not None
        first = measure.number
        powered = number.power != 1 and first.power == first.magnitude == 1 and not measure.unit
        if powered and 0 < value < _FAR * other / number.power:  # 5–6 × 10⁶
            shared = value * number.power if value * number.power < other else None
            return self._ends(measure, second, shared, other, lead.opener or pattern, "")
        short = (
            first.magnitude >= _THOUSAND and number.magnitude == 1 and not second.unit and first.coefficient
        )
        if short and first.coefficient < other < _FAR * first.coefficient and _STOP.match(low, second.end):
            return Ends(1, 0, second.end, second, pattern)  # 2 million to 3
        alone = not (past or lead.opener or measure.unit) and measure.number.form == number.form == "digits"
        if alone and number.magnitude >= _LENT and 1 <= value / (number.coefficient or value + 1) < _FAR:
            return Ends(1, 0, second.end, second, pattern)  # 110 to 100 million
        shared, lossy = self._shared(measure.number, number, value, past=past)
        if shared == value:
            shared = self.of_thousands(low, measure.number, number, value)
        if not lossy and shared == value and number.magnitude > _THOUSAND and first.magnitude == 1:
            lossy = _SIZE if _FEW <= value < _THOUSAND and not measure.unit else ""
        sized = bool(second.unit or measure.unit) or number.magnitude > 1
        falls = sized and lead.opener == "between" and not self._is_of_two(low, lead, measure.number)
        falls = falls or (past and (pattern != "dash" or number.magnitude > 1 or number.value >= _FAR))
        if shared is not None and falls and shared > other > 0:
            shared, other = other, shared
        return self._ends(measure, second, shared, other, lead.opener or pattern, lossy)

    def _is_of_two(self, low: str, lead: Lead, first: Number) -> bool:
        """Return whether "between" parts two numbers and tells no range: the gap between 20 and 10 percent."""
        before = phrase_before(low, lead.open_start, 0)
        apart = bool(before) and before[0][0] in self.grammar.words.get("apart", ())
        return apart or (first.plain and first.value in _YEARS)

    def _is_apart(self, low: str, lead: Lead, first: Measure, link: re.Match[str]) -> bool:
        """Return whether a number is a year of its own, or a dash between blanks parts a word and digits."""
        second, number = low[link.end() : link.end() + 1], first.number
        if (link["sign"] or "") in _DASHES and link[0].strip() != link[0]:
            return number.form == "words" and not number.bare and second.isdigit()
        year = number.plain and number.end - number.start == _YEAR and number.value in _YEARS
        if not year or first.end > number.end or lead.start < number.start or not lead.words:
            return False
        return lead.words[0][0] in self.in_year and _YEAR_NEXT.match(low, link.end()) is None

    def _hedged(self, low: str, at: int, *, bounded: bool) -> int:
        """Return where the second number begins: after "perhaps", and between two numbers after "as many as"."""
        near = _APPROXIMATE.match(low, at) or self.maybe.match(low, at)
        at = near.end() if near else at
        most = None if bounded else self.most.match(low, at)
        return most.end() if most else at

    def _pattern(self, low: str, lead: Lead, phrase: str, link: re.Match[str]) -> str:
        names = self.ranges.links[phrase]
        if lead.opener:
            if lead.opener in names:
                return lead.opener
            return lead.opener if "dash" in names else ""
        if link["sign"]:
            return "dash"
        return "to" if "to" in names else "either" if "either" in names else ""

    def _is_of_another_unit(self, text: str, low: str, number: Number, money: Unit) -> bool:
        """Return whether a number has a unit that is not the currency before the first: $3, or 4 percent."""
        own = self.measures.read(text, low, number, None)
        return own.unit[:1] not in ("", "/") and (not own.money or own.unit in money.parts)

    def _is_other_wording(self, low: str, link: re.Match[str], first: Measure, second: Measure) -> bool:
        """Return whether the second number says the first in another way: a third, or 33 per cent."""
        if first.unit or first.number.magnitude > 1:
            return False
        share = first.number.form == "fraction" and 0 < first.number.value < 1
        if share and second.number.form != "fraction" and second.number.value >= _FEW:
            return True
        if "," not in link[0] or second.unit != "%":
            return False
        return low[second.end : second.end + 1] in (",", ")") or not in_list(low, first.number.start)

    def _same_unit(self, lead: Lead, first: Measure, second: Measure, own_money: bool, pattern: str) -> bool:
        if first.unit and second.unit:
            return first.unit == second.unit or (first.money and second.unit.startswith(f"{first.unit}/"))
        if first.unit:
            return bool(lead.opener) and not first.duration
        return not (second.money and own_money and not lead.money) or True

    def _shared(
        self, first: Number, second: Number, value: int | Fraction, *, past: bool = False
    ) -> tuple[int | Fraction | None, str]:
        """Return the first number with the magnitude of the second where it lends it; None where that is not known."""
        if first.magnitude > 1 or not value:
            return value, ""
        if first.form == "fraction":
            if second.magnitude < (_LENT if value < 1 else _LEAST_LENT) or not second.coefficient:
                return value, ""
            return (value * second.magnitude if 0 < value < second.coefficient else None), ""
        if second.magnitude > 1:
            if second.coefficient:
                near = 0 < value < (_FAR if past else 1) * second.coefficient
                return (value * second.magnitude if near else value), ""
            return (None, "") if second.form == "words" and 0 < value < 10 else (value, "")
        if (
            first.plain
            and value < 1000
            and second.form == "digits"
            and not second.plain
            and isinstance(second.value, int)
        ):
            head, size = second.value, 1
            while head and head % 1000 == 0:
                head, size = head // 1000, size * 1000
            if size > 1 and value < head <= 5 * value and head < 1000:
                return value * size, "the first number is read with the thousands of the second"
        return value, ""

    def of_thousands(
        self, low: str, first: Number, second: Number, value: int | Fraction
    ) -> int | Fraction | None:
        """Return a number below a thousand with what multiplies the hundreds of the second: 250 to 300 thousand.

        Parameters
        ----------
        low : str
            The text in lower case.
        first, second : Number
        value : int or Fraction
            Of the first, with its sign.

        Returns
        -------
        int or Fraction or None
            None where it may be hundreds of thousands itself: three to two hundred thousand.
        """
        if not self.hundred.search(low, second.start, second.end):
            return value
        size = 1
        while second.value % (size * _THOUSAND) == 0 and second.magnitude >= size * _THOUSAND:
            size *= _THOUSAND
        plain = first.magnitude in (1, _HUNDRED) and first.form in ("words", "digits")
        if size == 1 or not plain or not 0 < value < second.value / size < _THOUSAND:
            return value
        return None if value < _FEW else value * size

    def _ends(
        self,
        first: Measure,
        second: Measure,
        value: int | Fraction | None,
        other: int | Fraction,
        pattern: str,
        lossy: str,
    ) -> Ends | None:
        if value is None:
            return Ends(1, 0, second.end, second, pattern)
        if value < 0 and other < 0 and value > other:
            value, other = other, value
        if value > other or (value == other and pattern in ("dash", "either")):
            return None
        years = all(
            m.number.plain and m.number.end - m.number.start == 4 and m.number.value in _YEARS
            for m in (first, second)
        )
        if pattern == "either":
            lossy = ONE_OF_TWO
        return Ends(value, other, second.end, second, pattern, lossy, years)

    def is_change(self, low: str, lead: Lead) -> bool:
        """Return whether "from … to …" tells of a change from one number to another."""
        if lead.opener != "from-to":
            return False
        before = [word.strip(",;") for word, _ in phrase_before(low, lead.open_start, 0)[:5]]
        ranging = bool(before) and before[0] in self.grammar.words.get("ranging", ())
        return not ranging and any(word in self.ranges.changes for word in before)

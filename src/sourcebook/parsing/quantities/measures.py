"""A number with its unit: the unit after it, a compound one, a smaller one with a number of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from sourcebook.parsing.quantities.grammar import QuantityGrammar, phrases
from sourcebook.parsing.quantities.number import Number
from sourcebook.parsing.quantities.numbers import NumberReader
from sourcebook.parsing.quantities.rates import Rates
from sourcebook.parsing.quantities.units import Unit

__all__ = ["Measure", "MeasureReader"]

_GAP = re.compile(r"[-‐‑](?=[^\W\d])|[ \u00a0\u2009\u202f\u2007\u200a]{0,2}\n?")
_POWER = re.compile(r"\s?[-−–]\s?([123])(?!\d|[.,]\d)|(?:\^\s?|⁻)?(-?[123²³¹])(?!\d|[.,]\d)")
_JOINT = re.compile(r"\s?[/·⋅]\s?|\s+(?:per)\s+|-per-|\s")
_CLAUSE_END = re.compile(r"\s*(?:\Z|[.;!?)](?!\d))")
_DIGIT_NEXT = re.compile(r"\s?\d")
_COMPARED = re.compile(r"-(?:on|over|to)-(?:year|month|quarter|week|day|date)")  # year-on-year
_CODE = re.compile(r"-(?:[04-9]|\d\d)(?!\d*[.,]\d)")  # 12 F-16 jets
_WORD_NEXT = re.compile(r"\s[a-z]")
_LARGE = 1000
_LONG = re.compile(r"(?<!s)-long(?!\w)")
_BRACKET = re.compile(r"\s?\((?=\w)")
_INCH = re.compile(r"[\s-]?(?:in(?!\w)(?!\s+(?:the|a|an|\d|[A-Z]))|\"|″)")
_DEGREES = re.compile(r"\s?(?P<scale>[CF])(?![\w'’-]|\.\w)")
_OTHER_SCALE = re.compile(  # 40C/104F, 40C (104F)
    r"\s?(?:C\s?(?:/|\(|or\s)\s?[-−]?\d+(?:\.\d+)?\s?[°º]?F|F\s?(?:/|\(|or\s)\s?[-−]?\d+(?:\.\d+)?\s?[°º]?C)(?!\w)"
)
_OTHER_BEFORE = re.compile(r"\d\s?[°º]?(?:C(?=.*F\Z)|F(?=.*C\Z))\s?(?:/|\()\s?[-−]?[\d.,]+\s?[CF]\Z")
_PLAIN_WORD = re.compile(r"[^\W\d_]+")
_STOP = re.compile(r"[.;!?](?=\s|\Z)|\n")
_AROUND = 160  # characters of a sentence in which a word tells of temperatures
_VERB = re.compile(r"\s+(?:the|an?|their|his|her|its|by|at|over|back)(?!\w)")  # two million won the prize
_RAISED = str.maketrans("¹²³", "123")


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit.

    Attributes
    ----------
    number : Number
    unit : str
        Empty where there is none.
    end : int
        Where both end.
    money, duration : bool
        What the unit measures.
    """

    number: Number
    unit: str
    end: int
    money: bool = False
    duration: bool = False


class MeasureReader:
    """Reads the unit of a number.

    Parameters
    ----------
    grammar : QuantityGrammar
    reader : NumberReader
    """

    def __init__(self, grammar: QuantityGrammar, reader: NumberReader) -> None:
        self.grammar, self.reader, self.units = grammar, reader, grammar.units
        joined = "|".join(map(re.escape, grammar.words.get("and", ())))
        self.part_link = re.compile(rf"(?:\s*,?\s+(?:(?:{joined})\s+)?)|\s?(?=[\d½])")
        halves = "|".join(map(re.escape, ("half", "quarter", "third")))
        ones = "|".join(map(re.escape, grammar.words.get("one", ())))
        self.half_after = re.compile(rf"\s+(?:{joined})\s+(?:{ones})\s+(?P<part>{halves})(?!\w)(?!\s+of\b)")
        of = "|".join(map(re.escape, grammar.words.get("of", ())))
        self.article = re.compile(rf"\s+(?:{ones})\s")
        self.marks = frozenset(grammar.words.get("mark", ()))
        self.warm = frozenset(grammar.words.get("temperature", ()))
        self.described = re.compile(rf"(?:\s+(?:{phrases(grammar.words.get('described', ()))}),?){{1,2}}\s+")
        self.walkers = re.compile(rf"[\s-](?:{phrases(grammar.words.get('on_foot', ()))})(?!\w)")
        self.lengths = frozenset(grammar.words.get("described_units", ()))
        self.rates = Rates(grammar, reader)
        prices = phrases(grammar.words.get("prices", ()))
        self.in_year = re.compile(rf"\s+(?:\((?:(?:{prices})\s)?|(?:{prices})\s)(?:1[89]|20)\d\d\s+")
        self.goals = frozenset(grammar.words.get("warming", ()))
        self.the = re.compile(rf"(?<!\w)(?:{phrases(grammar.words.get('the', ()))})\s[^\w\s]?\Z")
        self.of_plural = re.compile(rf"\s+(?:{of})\s+(?P<unit>[a-z]{{3,}}s|feet)(?!\w)")
        self.of_one = re.compile(rf"\s+(?:{of})\s+(?:{ones}|one|1)(?:\s|(?=%))")

    def read(self, text: str, low: str, number: Number, money: Unit | None, at: int = 0) -> Measure:
        """Return a number with the unit that follows it or whose sign stands before it.

        Parameters
        ----------
        text, low : str
            The text, and the same in lower case.
        number : Number
        money : Unit or None
            The currency before the number.
        at : int, optional
            Where the unit is looked for; the end of the number where it is left out.

        Returns
        -------
        Measure
        """
        at = at or number.end
        found = self._unit(text, low, number, at)
        if money is not None:
            end = found[1] if found and found[0].money else at
            price = self._with_parts(text, low, Measure(number, money.name, end, money=True), money)
            return self._price(text, low, price)
        if found is None:
            rate = self.rates.of_number(text, low, at)
            return Measure(number, *rate) if rate else self._in_money_of(text, low, Measure(number, "", at))
        unit, end = found
        if unit.factor > 1:
            number = replace(
                number, value=number.value * unit.factor, magnitude=number.magnitude * unit.factor
            )
        name, end = (unit.name, end) if unit.money else self._compound(text, low, unit.name, end)
        measure = Measure(number, name, end, money=unit.money, duration=unit.duration)
        measure = self._with_parts(text, low, measure, unit)
        return self._price(text, low, measure) if unit.money else measure

    def _in_money_of(self, text: str, low: str, measure: Measure) -> Measure:
        """Read money after the year of its prices: 40 million in 2010 dollars."""
        year = None if measure.unit else self.in_year.match(low, measure.end)
        found = self.units.at(text, low, year.end()) if year else None
        return (
            replace(measure, unit=found[0].name, end=found[1], money=True)
            if found and found[0].money
            else measure
        )

    def _price(self, text: str, low: str, measure: Measure) -> Measure:
        """Read what a price is for."""
        unit, end = self.rates.price(text, low, measure.unit, measure.end)
        return replace(measure, unit=unit, end=end, money=False) if end > measure.end else measure

    def vague(self, text: str, low: str, number: Number, money: Unit | None) -> Measure:
        """Return hundreds with their unit, which may follow "of" in the plural: hundreds of miles.

        Parameters
        ----------
        text, low : str
            The text, and the same in lower case.
        number : Number
        money : Unit or None
            The currency before the number.

        Returns
        -------
        Measure
        """
        measure = self.read(text, low, number, money)
        plural = None if measure.unit else self.of_plural.match(low, measure.end)
        found = self.units.at(text, low, plural.start("unit")) if plural else None
        if plural is None or found is None or found[1] != plural.end():
            return measure
        return replace(
            measure, unit=found[0].name, end=found[1], money=found[0].money, duration=found[0].duration
        )

    def _unit(self, text: str, low: str, number: Number, end: int) -> tuple[Unit, int] | None:
        gap = _GAP.match(text, end)
        at = gap.end() if gap else end
        found = self._degrees(text, low, number, end) or self.units.at(text, low, at)
        if found is None and (described := self.described.match(low, end)):
            at, found = described.end(), self.units.at(text, low, described.end())
            found = found if found and (found[0].duration or found[0].name in self.lengths) else None
        if found is None and number.magnitude >= _LARGE:
            found = self._large(low, at)
        if found is None and number.value < 1:
            article = self.article.match(low, number.end) if number.bare else None
            article = article or self.of_one.match(low, number.end)
            found = self.units.at(text, low, article.end()) if article else None
            at = article.end() if article else at
        if found is None:
            return None
        unit, end = found
        if text[end : end + 1].isalnum() and (
            text[end - 1].isalnum() or (unit.money and text[end].isdigit())
        ):
            return None
        if (unit.name == "times" and _DIGIT_NEXT.match(text, end)) or _COMPARED.match(text, end):
            return None
        sign = text[at:end]
        spaced = at > number.end
        lengthy = unit.duration and text[at - 1].isspace() and _LONG.match(text, end)
        if (lengthy and number.value != 1) or (low[at:end] == "foot" and self.walkers.match(low, end)):
            return None  # three week-long trips, 12 foot soldiers
        if len(sign) == 1 and sign.isalpha():
            if sign == "s" and not spaced and number.plain:
                return None
            if spaced and (_CODE.match(text, end) or (sign == "A" and _WORD_NEXT.match(text, end))):
                return None
        if (
            low[at:end] in self.marks
            and number.value != 1
            and self.the.search(low[max(0, number.start - 5) : number.start])
        ):
            return None
        lone = number.value != 1 and "-" not in low[number.end : at]
        if low[at:end] == "second" and spaced and lone and not self.of_one.match(low, number.end):
            return None
        return unit, end

    def repeated(self, low: str, number: Number) -> int:
        """Return where a number ends with its repetition in brackets: thirty (30) days."""
        bracket = _BRACKET.match(low, number.end)
        if bracket is None:
            return number.end
        again, end = self.reader.read(low, bracket.end())
        same = again is not None and again.value == number.value and again.form != number.form
        return end + 1 if same and low.startswith(")", end) else number.end

    def _large(self, low: str, at: int) -> tuple[Unit, int] | None:
        """Read a currency whose word is another one too, after a magnitude: 3 billion won."""
        match = _PLAIN_WORD.match(low, at)
        found = self.units.large.get(match[0]) if match else None
        return (found, match.end()) if match and found and not _VERB.match(low, match.end()) else None

    def _degrees(self, text: str, low: str, number: Number, at: int) -> tuple[Unit, int] | None:
        """Read the letter of a scale, where the sentence tells of temperatures: 1.5C, minus 201 C."""
        match = _DEGREES.match(text, at)
        if match is None:
            return None
        before, after = low[max(0, at - _AROUND) : at], low[match.end() : match.end() + _AROUND]
        near = _PLAIN_WORD.findall(f"{_STOP.split(before)[-1]} {_STOP.split(after)[0]}")
        goal = _PLAIN_WORD.match(low, match.end() + 1) if match.end() == at + 1 else None
        sure = (
            (goal is not None and goal[0] in self.goals)
            or low[number.start : match.end()] in self.goals
            or _OTHER_SCALE.match(text, at)
            or _OTHER_BEFORE.search(text[max(0, number.start - 12) : match.end()])
        )
        found = self.units.signs.get(f"°{match['scale']}") if sure or self.warm.intersection(near) else None
        return (found, match.end()) if found else None

    def _compound(self, text: str, low: str, name: str, end: int) -> tuple[str, int]:
        """Read the units that multiply or divide the first."""
        power = _POWER.match(text, end)
        if power and self._is_power(text, power):
            name, end = f"{name}{_exponent(power)}", power.end()
        for _ in range(4):
            joint = _JOINT.match(text, end)
            if joint is None:
                break
            found = self.units.at(text, low, joint.end())
            if found is None:
                name, end = self.rates.after(text, low, name, joint) or (name, end)
                break
            if text[found[1] - 1].isalnum() and text[found[1] : found[1] + 1].isalpha():
                break
            power = _POWER.match(text, found[1])
            power = power if power and self._is_power(text, power) else None
            blank = joint[0].isspace()
            if blank and (power is None or "-" not in _exponent(power)):
                break
            exponent = _exponent(power) if power else ""
            if blank:
                name = f"{name}/{found[0].name}{exponent.removeprefix('-').removeprefix('1')}"
            else:
                name = f"{name}{'·' if joint[0].strip() in ('·', '⋅') else '/'}{found[0].name}{exponent}"
            end = power.end() if power else found[1]
        if "/" not in name and (each := self.rates.of_time(text, low, end)):
            name, end = f"{name}/{each[0]}", each[1]
        return name, end

    def _is_power(self, text: str, power: re.Match[str]) -> bool:
        return not text[power.end() : power.end() + 1].isalnum() and "–" not in power[0][1:]

    def _with_parts(self, text: str, low: str, measure: Measure, unit: Unit) -> Measure:
        """Add a smaller unit with its own number (5 ft 2 in), or "and a half"."""
        half = self.half_after.match(low, measure.end) if measure.unit else None
        if half:
            part = Fraction(1, self.grammar.numbers.parts.get(half["part"], 3))
            number = replace(measure.number, value=measure.number.value + part, coefficient=0)
            return replace(measure, number=number, end=half.end())
        if not unit.parts:
            return measure
        link = self.part_link.match(low, measure.end)
        large = measure.number.magnitude > 1 or measure.number.value % 1
        if link is None or (measure.money and ("," in link[0] or large)):
            return measure
        second, end = (
            self.reader.read(low, link.end()) if low[link.end() : link.end() + 1].isalnum() else (None, 0)
        )
        if second is None or second.magnitude > 1 or second.form == "plural":
            return measure
        found = self._unit(text, low, second, second.end)
        if found is None and "in" in unit.parts:
            inch = _INCH.match(text, end)
            name, end = ("in", inch.end()) if inch else ("", end)
        else:
            name, end = (found[0].name, found[1]) if found else ("", end)
        if not name and measure.money and second.plain and second.value < 100 and _CLAUSE_END.match(low, end):
            name = next((part for part, count in unit.parts.items() if count == 100), "")
        size = unit.parts.get(name)
        if not size or second.value >= size:
            return measure
        smaller = Measure(second, name, end)
        smaller = self._with_parts(text, low, smaller, found[0]) if found else smaller
        number = replace(
            measure.number, value=measure.number.value + Fraction(smaller.number.value) / size, coefficient=0
        )
        return replace(measure, number=number, end=smaller.end)


def _exponent(power: re.Match[str]) -> str:
    if power[1]:
        return f"-{power[1]}"
    raised = power[2].translate(_RAISED)
    return f"-{raised}" if power[0].startswith("⁻") else raised

"""What a number is a rate of: $5 an hour, 5 per 100,000, 8 L/100 km, 3 percent annually."""

from __future__ import annotations

import re

from sourcebook.parsing.quantities.grammar import QuantityGrammar, phrases
from sourcebook.parsing.quantities.numbers import NumberReader

__all__ = ["Rates"]

_LEAST, _MOST = 100, 2  # of so many, and rates one after another
_GOES_ON = re.compile(r"[-‐‑]?\w")
#: What is told in 100 of another unit with a stroke; 60 mph/100 km/h are two speeds.
_IN_MANY = re.compile(r"[kmμnd]?(?:L|g|mol|J|cal|Wh)|IU")
_SURE = "thgL"  # letters that are units after the stroke of a price, where "m" may be millions
_GROUP = re.compile(r"\(([^()\s]+(?:\s?[·⋅*.\s]\s?[^()\s·⋅*.]+){1,2})\)")
_EVERY = "every_"
_Named = tuple[str, int]


class Rates:
    """Reads the unit or the number that a number is a rate of.

    Parameters
    ----------
    grammar : QuantityGrammar
        Its words ``every_year``, ``every_day`` and so on say how often without naming the time.
    reader : NumberReader
    """

    def __init__(self, grammar: QuantityGrammar, reader: NumberReader) -> None:
        self.reader, self.units, words = reader, grammar.units, grammar.words
        self.rate = re.compile(rf"\s?/\s?|(?:\s+|-)(?:{phrases(words.get('per', ()))})(?:\s+|-)")
        singular = [word for word in self.units.words if not word.endswith("s")]
        times = phrases(word for word in singular if self.units.words[word].duration)
        priced = phrases(word for word in singular if not self.units.words[word].money)
        after, stops = phrases(words.get("not_rate", ())), phrases(grammar.nouns.get("stops", ()))
        every = phrases((*words.get("one", ()), *words.get("every", ())))
        self.each, self.for_each = (
            re.compile(rf"(?:\s+|-)(?:{every})(?:\s+|-)(?P<unit>{listed})(?![\w-]|\s+(?:{after})(?!\w))")
            for listed in (times, priced)
        )
        self.often = {
            word: name.removeprefix(_EVERY)
            for name in words
            if name.startswith(_EVERY)
            for word in words[name]
        }
        sure = phrases(word for word in self.often if not word.isalpha())
        self.adverb = re.compile(
            rf"\s+(?P<often>(?:{sure})(?!\w)|(?:{phrases(self.often)})(?!\w)(?=\s*(?:\Z|[^\s\w])|\s+(?:{stops}|\d\S*)(?!\w)))"
        )

    def of_time(self, text: str, low: str, end: int, *, price: bool = False) -> _Named | None:
        """Return the time that a number comes in, or the unit of a price, and where it ends: $5 an hour, $3 a gallon.

        Parameters
        ----------
        text, low : str
            The text, and the same in lower case.
        end : int
            Where the number ends with its unit.
        price : bool
            It is money, for which any unit may be.
        """
        if adverb := self.adverb.match(low, end):
            return self.often[adverb["often"]], adverb.end()
        each = (self.for_each if price else self.each).match(low, end)
        found = self.units.at(text, low, each.start("unit")) if each else None
        return (found[0].name, found[1]) if each and found and found[1] == each.end() else None

    def of_number(self, text: str, low: str, at: int, *, counted: bool = False) -> _Named | None:
        """Return what a number without unit is a rate of, and where it ends: 5 per 100,000, 12 people per km².

        Parameters
        ----------
        text, low : str
            The text, and the same in lower case.
        at : int
            Where the number ends, or what it counts.
        counted : bool
            What it counts ends there.
        """
        name, end = "", at
        while (rate := self._one(text, low, end, counted=counted)) and name.count("/") < _MOST:
            name, end = f"{name}/{rate[0]}", rate[1]
        return (name, end) if name else None

    def _one(self, text: str, low: str, at: int, *, counted: bool) -> _Named | None:
        """Return the unit or number of one rate at a place, and where it ends."""
        rate = self.rate.match(low, at)
        if rate is None or not (counted or low[rate.start()].isspace()):
            return self.of_time(text, low, at)
        if many := self._many(low, rate.end()):
            return str(many[0]), many[1]
        found = self.units.at(text, low, rate.end())
        if (
            found is None
            or found[0].money
            or _GOES_ON.match(text, found[1])
            or found[0].name in ("%", "times")
        ):
            return None
        return found[0].name, found[1]

    def _many(self, low: str, at: int) -> tuple[int, int] | None:
        """Return the round number at a place that a rate is of, and where it ends: 5 per 1,000, 3 l/100 km."""
        if not low[at : at + 1].isalnum():
            return None
        second, end = self.reader.read(low, at)
        whole = second is not None and isinstance(second.value, int) and second.form in ("digits", "words")
        if second is None or not whole:
            return None
        if second.magnitude == 1 and str(second.value).rstrip("0") not in ("1", "25", "5"):
            return None
        return (int(second.value), end) if second.value >= _LEAST else None

    def after(self, text: str, low: str, name: str, joint: re.Match[str]) -> _Named | None:
        """Read what is no unit after a unit and a stroke or "per": 5 mg/100 ml, 5 g per 100 people, 5 W/(m·K).

        Parameters
        ----------
        text, low : str
            The text, and the same in lower case.
        name : str
            The unit before.
        joint : re.Match
            What stands between.

        Returns
        -------
        tuple of str and int, or None
            The whole unit, and where it ends.
        """
        sign = joint[0].strip(" -\n")
        if sign == "/" and (group := _GROUP.match(text, joint.end())):
            return self._group(name, group)
        known = sign.isalpha() or (sign == "/" and _IN_MANY.fullmatch(name))
        many = self._many(low, joint.end()) if known else None
        found = self.units.at(text, low, many[1] + text[many[1] : many[1] + 1].isspace()) if many else None
        if many is None or (found is None and sign == "/"):
            return None
        if found is not None and text[found[1] : found[1] + 1].isalpha():
            return None
        return f"{name}/{many[0]}{f' {found[0].name}' if found else ''}", found[1] if found else many[1]

    def _group(self, name: str, group: re.Match[str]) -> _Named | None:
        """Return a unit by all units of a bracket."""
        for part in re.split(r"\s?[·⋅*.\s]\s?", group[1]):
            plain = part.rstrip("0123456789²³^")
            found = self.units.at(part, part.lower(), 0)
            if found is None or found[1] < len(plain):
                return None
            name = f"{name}/{found[0].name}{part[len(plain) :].translate(str.maketrans('²³', '23', '^'))}"
        return name, group.end()

    def price(self, text: str, low: str, name: str, end: int) -> _Named:
        """Read what a price is for: $62.06 per barrel, $49/bbl, $5 per kg per day.

        Parameters
        ----------
        text, low : str
            The text, and the same in lower case.
        name : str
            The currency.
        end : int

        Returns
        -------
        tuple of str and int
            The currency with what it is for, and where that ends.
        """
        for _ in range(_MOST):
            if each := self.of_time(text, low, end, price=True):
                name, end = f"{name}/{each[0]}", each[1]
                continue
            rate = self.rate.match(low, end)
            many = self._many(low, rate.end()) if rate else None
            at = many[1] + text[many[1] : many[1] + 1].isspace() if many else rate.end() if rate else 0
            found = self.units.at(text, low, at) if rate else None
            if rate is None or found is None or found[0].money or _GOES_ON.match(text, found[1]):
                break
            if not many and "/" in rate[0] and found[1] - at == 1 and text[at] not in _SURE:
                break
            name, end = f"{name}/{f'{many[0]} ' if many else ''}{found[0].name}", found[1]
        return name, end

"""From what was read of a quantity to its record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from sourcebook.core.errors import ParseError
from sourcebook.parsing.quantities.asides import unread
from sourcebook.parsing.quantities.found_quantity import FoundQuantity
from sourcebook.parsing.quantities.leads import Lead
from sourcebook.parsing.quantities.measures import Measure
from sourcebook.parsing.quantities.number import written
from sourcebook.parsing.quantities.quantity_interval import QuantityInterval, parse_notation
from sourcebook.parsing.quantities.ranges import Ends
from sourcebook.parsing.quantities.readers import Readers

__all__ = ["Draft"]

_RATE = re.compile(r"\s+per\s+[a-z]+(?=,?\s)")  # 12 per room at most
_HALF = ("about", "nearly", "just_over", "vague")


@dataclass(slots=True)
class Draft:
    """What was read of a quantity.

    Attributes
    ----------
    lead : Lead
        What stands before it.
    measure : Measure
        Its number, or the first of two, with the unit.
    ends : Ends or None
        Both numbers of a range.
    sign, pattern : str
        The hedge, and the name of the pattern that decides.
    end : int
        Where it ends.
    counted : str
    lossy : str
    vague : int
        The magnitude of "hundreds"; 0 where there is a number.
    """

    lead: Lead
    measure: Measure
    ends: Ends | None
    sign: str
    pattern: str
    end: int
    counted: str = ""
    lossy: str = ""
    vague: int = 0

    def value(self) -> int | Fraction:
        """Return the number with its sign."""
        return -self.measure.number.value if self.lead.negative else self.measure.number.value

    def start(self) -> int:
        """Return where the quantity begins: after "from" and "between" where no range follows."""
        lead = self.lead
        return (
            lead.open_end
            if lead.opener and (self.ends is None or self.ends.pattern != lead.opener)
            else lead.start
        )

    def closes(self, low: str, counted_end: int) -> list[int]:
        """Return where a hedge may follow: after the unit, what is counted, and "per room"."""
        rate = _RATE.match(low, counted_end)
        return [
            self.end,
            *((counted_end,) if self.counted else ()),
            *((rate.end(),) if rate else ()),
        ]

    def notation(self) -> str:
        """Return the notation, and keep what it leaves out; empty where there is none."""
        if self.vague:
            return f"{self.vague}s"
        if self.ends is None or self.ends.low == self.ends.high:
            value = self.value() if self.ends is None else self.ends.low
            sign = "~" if not value and self.sign in ("<~", ">~") else self.sign
            text = written(value)
            return f"{sign}{text}" if text else ""
        low, high = written(self.ends.low), written(self.ends.high)
        if not low or not high:
            return ""
        if self.sign in ("", "~", "<~", ">~"):
            return f"{'~' if self.sign else ''}{low}..{high}"
        which, sign, number = ("least", ">=", low) if self.sign.startswith(">") else ("greatest", "<=", high)
        self.lossy = f"the {which} number itself is given as {low} to {high}"
        return f"{sign}{number}"

    def record(self, readers: Readers, text: str, low: str, doc: str) -> FoundQuantity | None:
        """Return the record of the quantity, or None where its number is too long for the notation.

        Parameters
        ----------
        readers : Readers
        text, low : str
            The text, and the same in lower case.
        doc : str
            Id of the text.

        Returns
        -------
        FoundQuantity or None
        """
        notation, start = self.notation(), self.start()
        try:
            interval = _interval(notation)
        except ParseError:
            return None
        last = self.ends.second if self.ends and self.ends.second.unit else self.measure
        counted, whole = self._nouns(readers, text, low, last)
        return FoundQuantity(
            doc=doc, start=start, end=self.end, exact=text[start : self.end], pattern=self.pattern,
            lossy=self.lossy
            or (readers.prices_of(low, self.end) if last.money else "")
            or unread(readers.grammar, low, self.measure.number.start, self.end),
            notation=notation, low=interval.lower, high=interval.upper, low_closed=interval.lower_closed,
            high_closed=interval.upper_closed, unit=last.unit, counted=counted, whole=whole,
            mods=_mods(interval, self.pattern),
        )  # fmt: skip

    def _nouns(self, readers: Readers, text: str, low: str, last: Measure) -> tuple[str, str]:
        """Return what is counted, and the whole that a share is of."""
        if self.pattern == "in-of":
            return "", self.counted
        if self.counted:
            return self.counted, ""
        share = last.unit == "%" or last.number.form == "fraction"
        out = readers.out_of.match(low, self.end)
        if not share and not out and readers.nouns.of.match(low, self.end) is None:
            return "", ""
        bare = last.number.form == "fraction"
        found = readers.nouns.whole(text, low, out.end() if out else self.end, bare=bare)
        measured = self.vague or (last.unit and not share)
        return (found, "") if measured and not out else ("", found)


@lru_cache(maxsize=8192)
def _interval(notation: str) -> QuantityInterval:
    return parse_notation(notation)


def _mods(interval: QuantityInterval, pattern: str) -> tuple[str, ...]:
    if interval.hedge in _HALF:
        return ("IsApproximate",)
    several = interval.hedge != "exact" and pattern != "tolerance"
    return ("IsApproximate",) * interval.approximate + ("IsRange",) * several

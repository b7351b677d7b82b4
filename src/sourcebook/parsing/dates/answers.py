"""What an expression of time means in its text, and what a text has said before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sourcebook.parsing.dates.calendar import Value, When, day_of, first_day, week_of
from sourcebook.parsing.dates.days import civil_date
from sourcebook.parsing.dates.edtf import parse_edtf

__all__ = ["Answer", "Context", "Resolve", "is_exact_enough", "moved", "written_on"]

_ORDER = ("day", "weekend", "week", "month", "season", "year", "decade", "century")
_GRAINS = {"D": "day", "W": "week", "WE": "week", "M": "month", "Q": "season"}
_GRAINS |= {"Y": "year", "DE": "decade", "CE": "century"}


@dataclass
class Context:
    """What a text has said so far.

    `written` is when it was written, `last` the date that it named last; a `narrative` tells of other
    years than its own. `future` and `past` say that such a verb is near, `near` that `last` is, `sure` that the verb
    right before speaks of what is to come. `beside` says that the sentence told of `last` by its weekday, and `led`
    is the year whose summit or vote it speaks of, 0 if what is said of it need not be in that year. `quarterly` says
    that the sentence told of a quarter last, `reported` that the results of a quarter are to be told, `coming` that the
    sentence says in so many words that it is to come.
    """

    written: When | None = None
    last: When | None = None
    narrative: bool = True
    future: bool = False
    past: bool = False
    near: bool = False
    sure: bool = False
    beside: bool = False
    led: int | None = None
    quarterly: bool = False
    coming: bool = False
    reported: bool = False

    def _close(self) -> bool:
        """Return whether the date named last is of the time in which the text was written."""
        years = [
            when.year for when in (self.written, self.last) if when is not None and when.year is not None
        ]
        return len(years) == 2 and abs(years[0] - years[1]) <= 1

    def base(self, anchor: str) -> tuple[When | None, str]:
        """Return the date from which an expression counts, and what that is."""
        if anchor in ("document", "ahead") and self.written and (not self.narrative or self._close()):
            return self.written, "document"
        if self.last is not None and (anchor == "text" or self.narrative):
            return self.last, "text"
        return (self.written, "document") if self.written else (None, "")


@dataclass(frozen=True)
class Answer:
    """A value tied to dates."""

    edtf: str = ""
    timex: str = ""
    readings: tuple[str, ...] = ()
    relative_to: str = ""
    when: When | None = None


def is_exact_enough(base: When, unit: str) -> bool:
    """Return whether a date is exact enough to count units from it."""
    return base.year is not None and _ORDER.index(base.grain) <= _ORDER.index(_GRAINS[unit])


def moved(base: When, unit: str, step: float) -> When | None:
    """Return the unit that is so many steps from the one that holds a date."""
    number = first_day(base)
    if number is None or step != int(step):
        return None
    count = int(step)
    if unit == "D":
        return day_of(number + count)
    if unit in ("W", "WE"):
        if not 8 < number + 7 * count < 3_652_000:
            return None
        return week_of(number + 7 * count, "weekend" if unit == "WE" else "week")
    year, month, _ = civil_date(number)
    if unit == "M":
        index = year * 12 + month - 1 + count
        return When("month", index // 12, index % 12 + 1, before_era=index // 12 <= 0)
    if unit == "Q":
        index = year * 4 + (month - 1) // 3 + count
        return When("season", index // 4, code=33 + index % 4)
    size = {"Y": 1, "DE": 10, "CE": 100}[unit]
    if size == 1:
        return When("year", year + count, before_era=year + count <= 0)
    return _age(year, size, count, unit)


def _age(year: int, size: int, count: int, unit: str) -> When:
    grain = "decade" if unit == "DE" else "century"
    if year <= 0:
        named = (1 - year) // size + (size == 100) - count
        return When(grain, named * size if size == 10 else named, before_era=True)
    return When(grain, (year // size + count) * size)


def written_on(edtf: str | None) -> When | None:
    """Return the day, month or year on which a text was written."""
    if not edtf:
        return None
    date = parse_edtf(edtf)
    if date.earliest is None:
        return None
    day = day_of(date.earliest)
    if date.granularity in ("month", "year"):
        return replace(
            day, grain=date.granularity, day=None, month=day.month if date.granularity == "month" else None
        )
    return day


Resolve = Callable[[Value, Context], Answer]
"""A function that ties a value to dates."""

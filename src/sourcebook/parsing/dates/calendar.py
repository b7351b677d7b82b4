"""Values of date expressions before they are tied to a document: calendar dates, shifts, durations, ranges."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Union

from sourcebook.core.errors import ParseError
from sourcebook.parsing.dates.days import civil_date, day_number, days_in_month, easter, iso_day, shift
from sourcebook.parsing.dates.edtf import parse_edtf
from sourcebook.parsing.dates.masks import season_days

__all__ = [
    "LENGTHS", "THIRDS", "Alike", "Duration", "Feast", "Fixed", "Named", "Open", "Range", "Shift", "Stretch", "Value",
    "When", "day_of", "exists", "feast_day", "first_day", "last_day", "week_of",
]  # fmt: skip

_CODES = {21: "SP", 22: "SU", 23: "FA", 24: "WI"}
_CODES |= {33 + n: f"Q{n + 1}" for n in range(4)} | {40: "H1", 41: "H2"}
THIRDS = {"early": 37, "mid": 38, "late": 39}
#: Units of which each is so many calendar days, months or years.
LENGTHS = {"D": {"days": 1}, "W": {"days": 7}, "M": {"months": 1}, "Q": {"months": 3}, "Y": {"years": 1}}
LENGTHS |= {"DE": {"years": 10}, "CE": {"years": 100}}
#: The year in which the Gregorian calendar began.
_REFORM = 1582


@dataclass(frozen=True)
class When:
    """A place in the calendar, as far as words give it.

    `grain` is ``day``, ``week``, ``weekend``, ``month``, ``season`` (also quarters and halves), ``year``, ``decade`` or
    ``century``; `code` is that of EDTF for a season. Decades and centuries are named by their first year, before the
    era by the number that the words give.
    """

    grain: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    code: int | None = None
    week: int | None = None
    before_era: bool = False
    about: bool = False
    part: str = ""
    daypart: str = ""
    weekday: int | None = None
    short_year: bool = False

    @property
    def ends(self) -> tuple[str, str] | None:
        """Return first and last as EDTF where one string of EDTF does not hold it."""
        if self.grain in ("week", "weekend") and self.year is not None and self.week is not None:
            monday = datetime.date.fromisocalendar(self.year, self.week, 1).toordinal()
            return iso_day(monday + (5 if self.grain == "weekend" else 0)), iso_day(monday + 6)
        if self.grain == "decade" and self.before_era and self.year is not None:
            return f"-{self.year + 8:04d}", f"-{self.year - 1:04d}" if self.year > 1 else "0000"
        if self.grain == "century" and self.before_era and self.year == 1:
            return "-0099", "0000"
        return None

    @property
    def edtf(self) -> str:
        """Return the date as EDTF, or an empty string where it has none."""
        mark = "~" if self.about else ""
        if self.ends:
            return "/".join(end + mark for end in self.ends)
        if self.grain in ("week", "weekend"):
            return ""
        return self._year_mask() + self._rest() + mark

    def _year_mask(self) -> str:
        if self.year is None:
            return "XXXX"
        if self.short_year:
            return f"XX{self.year % 100 // 10}X" if self.grain == "decade" else f"XX{self.year % 100:02d}"
        if self.grain == "decade":
            return f"{self.year // 10:03d}X"
        if self.grain == "century":
            return f"-{self.year - 1:02d}XX" if self.before_era else f"{self.year // 100:02d}XX"
        return f"-{-self.year:04d}" if self.year < 0 else f"{self.year:04d}"

    def _rest(self) -> str:
        if self.grain == "year" and self.part:
            return f"-{THIRDS[self.part]}"
        if self.code:
            return f"-{self.code}"
        month = f"-{self.month:02d}" if self.month else "-XX" if self.day else ""
        return month + (f"-{self.day:02d}" if self.day else "")

    @property
    def timex(self) -> str:
        """Return the date as a TIMEX3 value."""
        if self.grain in ("week", "weekend"):
            year = "XXXX" if self.year is None else f"{self.year:04d}"
            week = "WXX" if self.week is None else f"W{self.week:02d}"
            return f"{year}-{week}" + ("-WE" if self.grain == "weekend" else "")
        if self.weekday is not None and self.day is None:
            return f"XXXX-WXX-{self.weekday}{self.daypart}"
        era, year = "", "XXXX" if self.year is None else f"{self.year:04d}"
        if self.before_era and self.year is not None:
            era, year = "BC", f"{1 - self.year if self.grain not in ('decade', 'century') else self.year:04d}"
        if self.grain == "decade":
            return era + ("XX" + year[2] if self.short_year else year[:3])
        if self.grain == "century":
            return era + (year[2:] if self.before_era else year[:2])
        if self.short_year:
            year = f"XX{year[2:]}"
        if self.code:
            return f"{era}{year}-{_CODES.get(self.code, 'XX')}"
        rest = self._rest() if self.grain != "year" else ""
        return era + year + rest + self.daypart


@dataclass(frozen=True)
class Duration:
    """A length of time; without a number it is not known how many units.

    `hedge` is ``over``, ``under`` or ``about`` where the words say that it is longer, shorter or inexact; `edge` is 1
    or -1 where they say that it is the first or last of something.
    """

    parts: tuple[tuple[float | None, str], ...]
    hedge: str = ""
    edge: int = 0

    @property
    def timex(self) -> str:
        """Return the length as a TIMEX3 value."""
        dates, times = "", ""
        for count, size in self.parts:
            years = {"DE": 10, "CE": 100}.get(size) if count is not None and count % 1 else None
            number, unit = (count * years, "Y") if count and years else (count, size)
            text = ("X" if number is None else f"{number:g}") + unit.removeprefix("T")
            if unit.startswith("T"):
                times += text
            else:
                dates += text
        return f"P{dates}" + (f"T{times}" if times else "")


@dataclass(frozen=True)
class Shift:
    """A date so many units away from another: from that of the document, from the last one named, or from `base`.

    `anchor` is ``document`` or ``text``; `inside` is a date within the unit that was moved to ("August of last year");
    `window` says that all the units passed over are meant ("the past three months").
    """

    unit: str
    step: float | None
    anchor: str = "document"
    base: Value | None = None
    inside: When | None = None
    window: bool = False
    distance: bool = False
    part: str = ""
    daypart: str = ""
    about: bool = False
    more: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True)
class Named:
    """A month, season, weekday or quarter chosen by a word: last June, next Friday, the third Monday of May.

    `which` is -1, 0 or 1 for last, this and next; `count` the number of a weekday or week within `base`, -1 for the
    last.
    """

    when: When
    which: int | None = None
    count: int | None = None
    base: Value | None = None
    anchor: str = "document"


@dataclass(frozen=True)
class Range:
    """Two dates: a span from one to the other, or both, or one of them."""

    first: Value
    last: Value
    join: str = "/"
    more: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Stretch:
    """A length of time that begins with a date, or is its first or last part, by the `edge` of the length.

    The date is `at` its "start" or "end" where that is said; `past` says that it then has ended.
    """

    base: Value
    length: Duration
    at: str = ""
    past: bool = False


@dataclass(frozen=True)
class Alike:
    """A day, week, month or quarter of another year that is as one is: the same month last year."""

    same: Shift | Named
    year: Value


@dataclass(frozen=True)
class Open:
    """A date that bounds another: since, until, before, after, by."""

    value: Value
    side: str


@dataclass(frozen=True)
class Fixed:
    """A TIMEX3 value that no calendar holds, such as PRESENT_REF."""

    timex: str


@dataclass(frozen=True)
class Feast:
    """A feast that moves: so many days from Easter, or from a weekday of a month by its number.

    `law` gives that as month, weekday, number and the first year for which it holds; `which` is -1, 0 or 1 for last,
    this and next, and `year` the year that is said.
    """

    days: int
    law: tuple[int, int, int, int] | None = None
    which: int | None = None
    year: Value | None = None


Value = Union[When, Duration, Shift, Named, Range, Stretch, Alike, Open, Fixed, Feast]  # noqa: UP007 - the classes refer to it


def day_of(number: int) -> When:
    """Return the day of a day number."""
    year, month, day = civil_date(number)
    return When("day", year, month, day, before_era=year <= 0)


def week_of(number: int, grain: str = "week") -> When:
    """Return the week of a day number, by ISO 8601 from Monday to Sunday."""
    year, week, _ = datetime.date.fromordinal(number).isocalendar()
    return When(grain, year, week=week)


def first_day(when: When) -> int | None:
    """Return the number of the first day of a date whose year is known."""
    if when.year is None or when.short_year:
        return None
    if when.ends:
        return parse_edtf(when.ends[0]).earliest
    if when.code:
        return season_days(when.year, when.code)[0]
    year = when.year if not (when.before_era and when.grain == "century") else 1 - 100 * when.year
    return day_number(year, when.month or 1, when.day or 1)


def exists(when: When) -> bool:
    """Return whether the calendar has such a day."""
    if when.day is None or when.month is None:
        return when.day is None or 1 <= when.day <= 31
    return 1 <= when.day <= days_in_month(2000 if when.year is None else when.year, when.month)


def last_day(when: When) -> int:
    """Return the number of the last day of a date."""
    try:
        return parse_edtf(when.edtf).latest or 0
    except ParseError:
        return first_day(when) or 0


def feast_day(feast: Feast, year: int) -> When | None:
    """Return the day of a moving feast in a year, or None of a year for which its rule does not hold."""
    if feast.law is None:
        return day_of(easter(year) + feast.days) if year > _REFORM else None
    month, weekday, count, since = feast.law
    if year < since:
        return None
    first = day_number(year, month, 1)
    days = range(first + (weekday - 1 - (first - 1)) % 7, shift(first, months=1), 7)
    return day_of(days[count - 1 if count > 0 else -1] + feast.days)

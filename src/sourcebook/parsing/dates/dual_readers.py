"""Reader of a day that is given in the Julian and in the Gregorian calendar."""

from __future__ import annotations

from dataclasses import replace

from sourcebook.parsing.dates.calendar import When, day_of, exists
from sourcebook.parsing.dates.calendar_readers import read_date, year_of
from sourcebook.parsing.dates.cascade import Fields, Made, Reader
from sourcebook.parsing.dates.days import day_number

__all__ = ["DUAL_READERS"]

_BROKEN = Made(kind="broken", value=None)
#: The first day of the Gregorian calendar.
_REFORM = day_number(1582, 10, 15)


def read_dual(f: Fields) -> Made | None:
    """Read a day in both calendars as its Gregorian day; two days that are not one day are refused.

    Two whole dates, each with its year, of which one is in brackets may be two days of which each is meant.
    """
    days, months = _numbers(f, "day"), _numbers(f, "month")
    bases = [year_of(f, year) for year in f.filled("year")]
    years = [base.year for base in bases if base.year is not None and not base.short_year]
    if not years or not days or not months or len(years) < len(bases):
        return _BROKEN
    dates = sorted((years[n % len(years)], months[n % len(months)], day) for n, day in enumerate(days))
    julian = _gregorian(*dates[0])
    if len(dates) == 1:
        return Made(kind="date", value=julian) if julian else _BROKEN
    when = replace(bases[-1], grain="day", year=dates[1][0], month=dates[1][1], day=dates[1][2])
    if exists(when) and julian == when:
        return Made(kind="date", value=when)
    if f.item("closing"):
        return None if len(years) > 1 else _BROKEN
    return read_date(f) if _is_night(*(When("day", *date) for date in dates)) else _BROKEN


def read_days_slashed(f: Fields) -> Made | None:
    """Read two days of a month with a stroke: the night between them, or one day in both calendars."""
    days = _numbers(f, "day")
    if not days or days[0] >= days[1]:
        return _BROKEN
    if days[1] == days[0] + 1:
        return read_date(f)
    return read_dual(f) if f.item("year") else _BROKEN


def _numbers(f: Fields, slot: str) -> list[int]:
    """Return the numbers of the items in a slot, or nothing where one of them is no number."""
    values = [f.value(item, f.slots[slot][1]) for item in f.filled(slot)]
    return values if all(isinstance(value, int) for value in values) else []


def _is_night(first: When, last: When) -> bool:
    """Return whether a day is the one before another."""
    if not exists(first) or not exists(last):
        return False
    before, after = (day_number(when.year or 0, when.month or 1, when.day or 1) for when in (first, last))
    return after == before + 1


def _gregorian(year: int, month: int, day: int) -> When | None:
    """Return the Gregorian day of a Julian one, or None before the reform and where there is no such day."""
    leap = year % 4 == 0
    if not exists(When("day", 2000 if leap else 2001, month, day)):
        return None
    in_year = day_number(2000 if leap else 2001, month, day) - day_number(2000 if leap else 2001, 1, 1)
    number = 365 * (year - 1) + (year - 1) // 4 + in_year - 1
    return day_of(number) if number >= _REFORM else None


DUAL_READERS: dict[str, Reader] = {"dual": read_dual, "days_slashed": read_days_slashed}
"""The reader of each name that a file of patterns can give."""

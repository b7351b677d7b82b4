"""Reader of a day that is given in the Julian and in the Gregorian calendar."""

from __future__ import annotations

from dataclasses import replace

from sourcebook.parsing.dates.calendar import When, day_of, exists
from sourcebook.parsing.dates.calendar_readers import year_of
from sourcebook.parsing.dates.cascade import Fields, Made, Reader
from sourcebook.parsing.dates.days import day_number

__all__ = ["DUAL_READERS"]

_BROKEN = Made(kind="broken", value=None)
#: The first day of the Gregorian calendar.
_REFORM = day_number(1582, 10, 15)


def read_dual(f: Fields) -> Made | None:
    """Read a day in both calendars as its Gregorian day; two days that are not one day are refused."""
    days, months, year = f.filled("day"), f.filled("month"), f.item("year")
    if year is None:
        return _BROKEN
    numbers = [f.value(day, f.slots["day"][1]) for day in days]
    names = [f.value(month, f.slots["month"][1]) for month in months]
    base = year_of(f, year)
    if base.year is None or base.short_year or not all(isinstance(n, int) for n in numbers + names):
        return _BROKEN
    pairs = sorted((names[n % len(names)], number) for n, number in enumerate(numbers))
    when = replace(base, grain="day", month=pairs[-1][0], day=pairs[-1][1])
    if len(pairs) == 1:
        made = _gregorian(base.year, *pairs[0])
        return Made(kind="date", value=made) if made else _BROKEN
    if not exists(when) or _gregorian(base.year, *pairs[0]) != when:
        return _BROKEN
    return Made(kind="date", value=when)


def _gregorian(year: int, month: int, day: int) -> When | None:
    """Return the Gregorian day of a Julian one, or None before the reform and where there is no such day."""
    leap = year % 4 == 0
    if not exists(When("day", 2000 if leap else 2001, month, day)):
        return None
    in_year = day_number(2000 if leap else 2001, month, day) - day_number(2000 if leap else 2001, 1, 1)
    number = 365 * (year - 1) + (year - 1) // 4 + in_year - 1
    return day_of(number) if number >= _REFORM else None


DUAL_READERS: dict[str, Reader] = {"dual": read_dual}
"""The reader of each name that a file of patterns can give."""

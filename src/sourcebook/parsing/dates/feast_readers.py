"""Readers of days that have a name, of feasts that move, and of days counted within a month or year."""

from __future__ import annotations

from dataclasses import replace

from sourcebook.parsing.dates.calendar import (
    Feast,
    Named,
    Range,
    Shift,
    When,
    day_of,
    exists,
    feast_day,
    first_day,
    week_of,
)
from sourcebook.parsing.dates.calendar_readers import year_of
from sourcebook.parsing.dates.cascade import Fields, Made, Reader
from sourcebook.parsing.dates.days import day_number, days_in_month

__all__ = ["FEAST_READERS"]

#: How many days the weekend is from each weekday of a feast, of one with its date and of Easter and Thanksgiving.
_TO_WEEKEND = ({4: 1, 5: 0, 6: 0, 0: -2}, {3: 2, 6: 0})


def read_feast(f: Fields) -> Made | None:
    """Read a day by its name: Christmas 1988, New Year's Eve."""
    name = f.get("name", f.pattern.with_.get("day"))
    month, day = (int(part) for part in name.split("-"))
    when = When("day", month=month, day=day)
    if f.pattern.with_.get("shift"):
        eve = day_of(day_number(2001, month, day) + f.pattern.with_["shift"])
        when = replace(when, month=eve.month, day=eve.day)
    item, year = f.item("year"), f.get("year")
    if item is None:
        return Made(kind="monthday", value=when, first=f.after("skip"))
    if isinstance(year, Shift):
        return Made(kind="relative", value=replace(year, inside=when))
    if isinstance(year, Range):
        return None
    value = replace(year_of(f, item), grain="day", month=when.month, day=when.day)
    return Made(kind="date", value=value)


def read_nth_day(f: Fields) -> Made | None:
    """Read a day by its number in a month or year: the last day of 2020."""
    count, base = f.get("count"), f.get("base")
    base = When("year", base) if isinstance(base, int) else base
    if isinstance(base, Shift) and base.unit == "M" and not base.window and count != "last":
        return Made(kind="relative", value=replace(base, inside=When("day", day=count)))
    if not isinstance(base, When) or base.grain not in ("month", "year") or base.part or base.about:
        return Made(kind="broken", value=None)
    if base.grain == "month":
        last = days_in_month(2001 if base.year is None else base.year, base.month or 1)
        when = replace(base, grain="day", day=last if count == "last" else count)
        if not exists(when) or (count == "last" and base.year is None and base.month == 2):
            return Made(kind="broken", value=None)
        return Made(kind="date" if base.year is not None else "monthday", value=when)
    if base.year is None or base.short_year or not (count == "last" or 1 <= count <= 365):
        return Made(kind="broken", value=None)
    first = (
        day_number(base.year + 1, 1, 1) - 1 if count == "last" else day_number(base.year, 1, 1) + count - 1
    )
    return Made(kind="date", value=day_of(first))


def read_moving_feast(f: Fields) -> Made | None:
    """Read a day so many days from Easter, as the Western churches keep it, or from a holiday: Good Friday 1998."""
    days, law = f.get("days", f.get("lead", 0)), f.get("name", f.pattern.with_.get("law"))
    if isinstance(days, dict):
        days = days.get(str(f.get("weekday")))
    if days is None or (law is not None and not isinstance(law, dict)):
        return Made(kind="broken", value=None)
    rule = (law["month"], law["weekday"], law["count"], law["since"]) if law else None
    item, year = f.item("year"), f.get("year")
    if item is not None and not isinstance(year, Shift):
        year = year_of(f, item)
        if not isinstance(year, When) or year.year is None or year.short_year:
            return Made(kind="broken", value=None)
    value = Feast(
        days + f.pattern.with_.get("shift", 0), rule, f.get("which"), None if item is None else year
    )
    day = feast_day(value, year.year) if isinstance(year, When) and year.year is not None else None
    if isinstance(year, When) and day is None:
        return Made(kind="broken", value=None)
    if day is not None:
        return Made(kind="date", value=day)
    return Made(kind="relativeday", value=value, first=f.after("skip"))


def read_feast_weekend(f: Fields) -> Made | None:
    """Read the weekend beside or around a day that has a name: Halloween weekend 2021."""
    day = read_feast(f) if f.item("name") else read_moving_feast(f)
    number = first_day(day.value) if day is not None and isinstance(day.value, When) else None
    if number is None:
        return Made(kind="broken", value=None)
    step = _TO_WEEKEND[0 if f.item("name") else 1].get((number - 1) % 7)
    if step is None:
        return Made(kind="broken", value=None)
    return Made(kind="relative", value=week_of(number + step, "weekend"))


def read_counted_feast(f: Fields) -> Made | None:
    """Read a day that is a weekday of its month by number, as laws of the United States have it: Labor Day 2010."""
    law = f.get("name") if f.item("name") else f.pattern.with_["law"]
    day, month = When("day", weekday=law["weekday"]), When("month", month=law["month"])
    item, year = f.item("year"), f.get("year")
    if item is None:
        base = month
    elif isinstance(year, Shift):
        return Made(kind="relativeday", value=Named(day, None, law["count"], replace(year, inside=month)))
    else:
        base = replace(year_of(f, item), grain="month", month=law["month"])
        if base.year is None or base.year < law["since"] or base.short_year:
            return Made(kind="broken", value=None)
    return Made(kind="relativeday", value=Named(day, None, law["count"], base), first=f.after("skip"))


FEAST_READERS: dict[str, Reader] = {
    "feast": read_feast,
    "nth_day": read_nth_day,
    "moving_feast": read_moving_feast,
    "feast_weekend": read_feast_weekend,
    "counted_feast": read_counted_feast,
}
"""The reader of each name that a file of patterns can give."""

"""Readers of days that have a name, and of days counted within a month or year."""

from __future__ import annotations

from dataclasses import replace

from sourcebook.parsing.dates.calendar import Range, Shift, When, day_of, exists
from sourcebook.parsing.dates.calendar_readers import year_of
from sourcebook.parsing.dates.cascade import Fields, Made, Reader
from sourcebook.parsing.dates.days import day_number, days_in_month

__all__ = ["FEAST_READERS"]


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


FEAST_READERS: dict[str, Reader] = {"feast": read_feast, "nth_day": read_nth_day}
"""The reader of each name that a file of patterns can give."""

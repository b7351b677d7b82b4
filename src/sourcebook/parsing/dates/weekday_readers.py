"""Readers of weekdays beside a date, a distance or a week."""

from __future__ import annotations

import re
from dataclasses import replace
from math import isfinite

from sourcebook.parsing.dates.calendar import Alike, Duration, Feast, Named, Shift, When, exists, first_day
from sourcebook.parsing.dates.cascade import Fields, Made, Reader
from sourcebook.parsing.dates.relative_readers import read_named

__all__ = ["WEEKDAY_READERS"]

#: After an ordinal in words, what it counts.
_COUNTED = re.compile(
    r"\s+(?!(?:of|and|or|to|in|at|on|the|when|was|were|is|he|she|they|it|we|I|after|before|as|with|for)\b)[a-z]"
)


def read_weekday_beside(f: Fields) -> Made | None:
    """Read a weekday before or after a date: the second Friday after 5 May 1988."""
    day, base, way, count = f.get("weekday"), f.get("base"), f.get("way"), f.get("count", 1)
    if (
        not isinstance(day, Named)
        or day.which is not None
        or not isinstance(count, int)
        or not 0 < count < 54
    ):
        return None
    if not isinstance(base, When | Feast) and not (isinstance(base, Named) and base.count):
        return Made(kind="broken", value=None)
    first = Shift("D", 7 * count - 6 if way > 0 else -7 * count, "base", base=base)
    return Made(kind="relativeday", value=Named(day.when, 1, base=first))


def read_weekday_and_day(f: Fields) -> Made | None:
    """Read a weekday with its day of the month; not Monday, the first meeting, where the ordinal counts a noun."""
    day = f.item("day")
    counts = day is not None and day.text[:1].isalpha() and _COUNTED.match(f.text, f.end)
    return None if counts else read_named(f)


def read_weekday_aside(f: Fields) -> Made | None:
    """Read a day with its weekday in brackets, or a weekday with its day: 3 March 2020 (Tuesday)."""
    item, day, year = f.item("date"), f.get("weekday"), f.get("year")
    if (
        item is None
        or not isinstance(day, Named)
        or day.which is not None
        or day.base is not None
        or day.when.day
    ):
        return None
    value, kind = item.value, item.kind
    if isinstance(value, When) and isinstance(year, When) and value.year is None:
        value, kind = replace(value, year=year.year, before_era=year.before_era), "date"
        if not exists(value):
            return Made(kind="broken", value=None)
    if not isinstance(value, When) and not (
        isinstance(value, Shift) and value.unit == "D" and not value.window
    ):
        return None
    number = first_day(value) if isinstance(value, When) else None
    sure = isinstance(value, When) and (number is None or (number - 1) % 7 + 1 == day.when.weekday)
    word = f.item("weekday")
    if f.pattern.with_.get("sure") and (number is None or not sure):
        return None
    lossy = (*item.lossy, *(() if sure or word is None else (word.text,)))
    return Made(kind=kind, value=value, lossy=lossy, ends=item.ends)


def read_weekday_of(f: Fields) -> Made | None:
    """Read a weekday beside a distance or in a week: Friday two weeks ago, the first week of May on Friday."""
    day, outer = f.get("weekday"), f.get("outer")
    if not isinstance(day, Named) or day.which is not None or day.base is not None:
        return None
    far = isinstance(outer, Shift) and outer.distance and not outer.about
    if not far and not (isinstance(outer, Named) and outer.when.grain == "week" and outer.count):
        return None
    if "," not in f.text[f.start : f.end] and f.grammar.past.search(f.text, max(0, f.start - 25), f.start):
        return None
    return Made(kind="relativeday", value=Named(day.when, 1, base=outer))


def read_weekdays_ago(f: Fields) -> Made | None:
    """Read a weekday that has passed so many times: two Sundays ago."""
    count = f.get("count")
    if not isinstance(count, int) or not 0 < count < 54:
        return None
    when = When("day", weekday=f.get("weekday"))
    return Made(kind="relativeday", value=Named(when, 1, base=Shift("D", -7 * count)))


def read_weeks_from_weekday(f: Fields) -> Made | None:
    """Read a day so many weeks from the last or the coming weekday: a week ago Tuesday, Monday week."""
    day, outer = f.get("weekday"), f.get("outer", Duration(((1, "W"),)))
    if isinstance(outer, Shift) and outer.distance and outer.base is None and not (outer.about or outer.more):
        weeks = outer.step if outer.unit == "W" and outer.anchor == "document" else None
    else:
        parts = outer.parts if isinstance(outer, Duration) and not outer.hedge else ()
        weeks = parts[0][0] if len(parts) == 1 and parts[0][1] == "W" else None
    if not isinstance(day, Named) or day.which is not None or day.base is not None or weeks is None:
        return None
    if weeks != int(weeks):
        return None
    first = 7 * weeks - 6 if weeks < 0 else 7 * weeks + 1
    return Made(kind="relativeday", value=Named(day.when, 1, base=Shift("D", first)))


def read_that_weekday(f: Fields) -> Made | None:
    """Read a weekday of the days that were told: closed that Friday; not where "that" begins a clause."""
    before = f.text[max(0, f.start - 30) : f.start]
    opens = not before.strip() or before.rstrip()[-1] in ".;:!?"
    if not opens and (f.grammar.claiming.search(before) or f.grammar.clauseverb.match(f.text, f.end)):
        return None
    return Made(kind="relativeday", value=Named(When("day", weekday=f.get("weekday")), 0, anchor="text"))


def read_years_ago(f: Fields) -> Made | None:
    """Read the week, month or season of a year that so many years are from: ten years ago this week."""
    outer, same = f.get("outer"), f.get("same")
    if (
        not isinstance(outer, Shift)
        or not outer.distance
        or outer.base is not None
        or outer.inside is not None
    ):
        return None
    if (
        outer.anchor != "document"
        or outer.step is None
        or outer.step >= 0
        or not isinstance(same, Shift | Named)
    ):
        return None
    step = same.step if isinstance(same, Shift) else same.which
    if isinstance(same, Shift) and (same.distance or same.window):
        return None
    day = isinstance(same, Named) and same.when.grain in ("day", "weekend")
    if isinstance(same, Named) and day and step is None and outer.unit != "Y":
        return None
    known = not day and step is not None and isfinite(outer.step) and not (outer.about or outer.more)
    if outer.unit != "Y" or not known or (isinstance(same, Shift) and same.unit not in ("W", "M", "Q")):
        return Made(kind="broken", value=None)
    return Made(kind="relative", value=Alike(same, Shift("Y", outer.step, "base", base=same)))


WEEKDAY_READERS: dict[str, Reader] = {
    "weekday_beside": read_weekday_beside,
    "weekday_aside": read_weekday_aside,
    "weekday_and_day": read_weekday_and_day,
    "weekday_of": read_weekday_of,
    "weekdays_ago": read_weekdays_ago,
    "that_weekday": read_that_weekday,
    "years_ago": read_years_ago,
    "weeks_from_weekday": read_weeks_from_weekday,
}
"""The reader of each name that a file of patterns can give."""

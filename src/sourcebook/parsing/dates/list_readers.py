"""Readers of lists: dates of which the last alone has the year, days and spans of a month, its first and third week."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from sourcebook.parsing.dates.calendar import Named, Range, Shift, Value, When, exists
from sourcebook.parsing.dates.calendar_readers import compose, ends_of, is_labelled, is_rising, next_word
from sourcebook.parsing.dates.cascade import Fields, Item, Made, Reader, spans_of
from sourcebook.parsing.dates.days import day_number

__all__ = ["LIST_READERS"]

_DOTTED = re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.(?:\s?(?P<month>\d{1,2})(?!\d))?")
_BROKEN = Made(kind="broken", value=None)


def read_list(f: Fields) -> Made | None:
    """Read dates that share the year of the last of them: 5 May, 6 June and 7 July 2020, 5–6 May and 7–8 June 2020."""
    items, joins = f.filled("item"), {item.text.lower() for item in f.filled("join")}
    year = next(iter(_leaves(items[-1].value)), None)
    values = [*(_of_year(item.value, year) for item in items[:-1]), items[-1].value]
    leaves = [_calendar(leaf) for value in values for leaf in _leaves(value)]
    whens = [when for when in leaves if when is not None]
    grains = {when.grain for when in whens}
    if None in values or len(whens) < len(leaves) or len(grains) > 1 or len(joins) > 1:
        return None
    if not all(map(exists, whens)) or not (
        is_rising([replace(when, year=when.year or 1) for when in whens]) or grains == {"season"}
    ):
        return None
    of_days = grains == {"day"} or any(isinstance(value, Range) for value in values)
    if not joins and len(items) == 2 and not of_days:
        return None
    join = (
        f.join if joins else getattr(values[-1], "join", "/").replace("/", "{}" if grains == {"day"} else "")
    )
    if not join:
        return None
    members: list[Value] = []
    for value in values:
        split = isinstance(value, Range) and value.join == join
        members += [value.first, value.last, *value.more] if split and isinstance(value, Range) else [value]
    if any(isinstance(value, Range) and value.join != "/" for value in members):
        return None
    ends = [replace(end, value=_of_year(end.value, year)) for i in items[:-1] for end in i.ends or (i,)]
    return Made(
        kind="range",
        value=Range(members[0], members[1], join, tuple(members[2:])),
        ends=(*ends, *(items[-1].ends or items[-1:])),
        lossy=(*(word for item in items for word in item.lossy), *_wrong_weekdays(f, items, values)),
    )


def _leaves(value: Value) -> list[Value]:
    """Return the dates of a range of ranges."""
    if isinstance(value, Range):
        return [leaf for part in (value.first, value.last, *value.more) for leaf in _leaves(part)]
    return [value]


def _calendar(value: Value) -> When | None:
    """Return a date with its month, of a year that is said or named by its distance."""
    if isinstance(value, Shift) and value.unit == "Y" and value.inside is not None:
        return value.inside
    known = isinstance(value, When) and value.year is not None and not value.short_year
    return value if known and isinstance(value, When) and (value.month or value.code) else None


def _of_year(value: Value, year: Value | None) -> Value | None:
    """Return a date, or a range of them, that leaves out its year in the year of another; None if it has its own."""
    if isinstance(value, Range):
        parts = [_of_year(part, year) for part in (value.first, value.last, *value.more)]
        if any(part is None for part in parts):
            return None
        return replace(value, first=parts[0], last=parts[1], more=tuple(parts[2:]))  # type: ignore[arg-type]
    if not isinstance(value, When) or value.year is not None:
        return None
    if isinstance(year, When):
        return replace(value, year=year.year, before_era=year.before_era)
    return replace(year, inside=value) if isinstance(year, Shift) else None


def _wrong_weekdays(f: Fields, items: list[Item], values: list[Value | None]) -> tuple[str, ...]:
    """Return the weekdays before the dates of a list that are not theirs, but for the last, which was read with it."""
    wrong = []
    for item, when in zip(items[:-1], values, strict=False):
        word = item.text.partition(" ")[0].strip(".,")
        weekday = f.grammar.values.get(("weekday", word.lower()))
        if weekday and isinstance(when, When) and when.year and when.month and when.day:
            right = (day_number(when.year, when.month, when.day) - 1) % 7 + 1
            wrong += [word] if right != weekday else []
    return tuple(wrong)


def read_year_aside(f: Fields) -> Made | None:
    """Read a day or month, or a list of them, with its year in brackets: 5 May [1944]."""
    item, year = f.item("item"), f.get("year")
    value = None if item is None or not isinstance(year, When) else _of_year(item.value, year)
    if item is None or value is None:
        return None
    if not all(when is not None and exists(when) for when in map(_calendar, _leaves(value))):
        return _BROKEN
    ends = tuple(replace(end, value=_of_year(end.value, year)) for end in item.ends)
    kind = {"monthday": "date", "monthonly": "monthyear"}.get(item.kind, item.kind)
    return Made(kind=kind, value=value, lossy=item.lossy, ends=ends)


def read_quarter_of_years(f: Fields) -> Made | None:
    """Read a day, month, quarter, half or season of several years: Q1 2019 and 2020, 5 May 2019 and 2020."""
    item, first, years = f.item("item"), f.get("item"), f.filled("year")
    if item is None or not isinstance(first, When) or first.year is None or first.short_year:
        return None
    values = [first, *(replace(first, year=year.value.year) for year in years)]
    if not is_rising(values) or not all(map(exists, values)):
        return _BROKEN if item.kind in ("date", "monthyear") else None
    ends = spans_of(f, values, [item, *years])
    return Made(
        kind="range",
        value=Range(values[0], values[1], f.join, tuple(values[2:])),
        ends=ends,
        lossy=item.lossy,
    )


def read_spans(f: Fields) -> Made | None:
    """Read days and spans of days of one month: July 18–20 and 25–27, 3–5, 7 and 9–11 March 2020."""
    days, months, years = f.filled("day"), f.filled("month"), f.filled("year")
    whens = [compose(f, days, months, years, n, len(days)) for n in range(len(days))]
    made = [when for when in whens if when is not None]
    joins = f.filled("join")
    groups = [[0]]
    for n, (a, b) in enumerate(pairwise(days), start=1):
        apart = "," in f.text[a.end : b.start] or any(a.end <= j.start < b.start for j in joins)
        groups += [[n]] if apart else []
        groups[-1] += [] if apart else [n]
    if max(map(len, groups)) == 1 or (not joins and min(map(len, groups)) == 1):
        return None
    labelled = f.start == days[0].start and is_labelled(f)
    wrong = (
        not _is_by_night(f, days, groups, made)
        or labelled
        or len(made) < len(days)
        or not all(map(exists, made))
        or not is_rising(made)
    )
    if wrong or max(map(len, groups)) > 2 or (not years and next_word(f) in f.grammar.counted):
        return _BROKEN
    members = [Range(made[g[0]], made[g[1]]) if len(g) > 1 else made[g[0]] for g in groups]
    value = Range(members[0], members[1], f.join if joins else "{}", tuple(members[2:]))
    return Made(kind="range", value=value, ends=ends_of(f, made, [days, months, years], len(days)))


def _is_by_night(f: Fields, days: list[Item], groups: list[list[int]], made: list[When]) -> bool:
    """Return whether two days with a stroke between them follow each other.

    Parameters
    ----------
    f : Fields
    days : list of Item
    groups : list of list of int
        The numbers of the days that make each span.
    made : list of When
        The days.

    Returns
    -------
    bool
    """
    if len(made) < len(days):
        return True
    pairs = [(g[0], g[-1]) for g in groups if "/" in f.text[days[g[0]].end : days[g[-1]].start]]
    return all((made[a].day or 0) + 1 == made[b].day for a, b in pairs)


def read_dotted(f: Fields) -> Made | None:
    """Read days in digits that share the year of the last, and perhaps its month: 3.5. and 4.5.1944, 3.–4.5.1944."""
    year, days = f.item("year"), list(_DOTTED.finditer(f.text, f.start, f.end))
    last = days[-1]["month"] if days else None
    months = [day["month"] or last for day in days]
    if year is None or last is None or (None in [day["month"] for day in days[1:-1]]):
        return _BROKEN
    whens = [
        When("day", int(year.text), int(month or 0), int(day["day"]))
        for day, month in zip(days, months, strict=True)
    ]
    if not all(map(exists, whens)) or not is_rising(whens) or (f.join == "/" and len(whens) > 2):
        return _BROKEN
    value = Range(whens[0], whens[1], f.join, tuple(whens[2:]))
    return Made(kind="range", value=value)


def read_inside(f: Fields) -> Made | None:
    """Read the dates of a range within a year that is named by its distance: 29–31 August next year."""
    dates, year = f.get("dates"), f.get("outer")
    if not isinstance(dates, Range) or not isinstance(year, Shift) or year.inside is not None:
        return None
    value, item = _of_year(dates, year), f.item("dates")
    whens = [_calendar(leaf) for leaf in _leaves(value)] if value is not None else []
    made = [when for when in whens if when is not None]
    if item is None or not made or len(made) < len(whens) or not all(when.month for when in made):
        return None
    if not is_rising([replace(when, year=1) for when in made]):
        return _BROKEN
    starts, stops = [end.start for end in item.ends], [*(end.end for end in item.ends[:-1]), f.end]
    ends = tuple(
        Item(start=a, end=b, text=f.text[a:b], kind="relative", value=_of_year(end.value, year))
        for a, b, end in zip(starts, stops, item.ends, strict=True)
    )
    return Made(kind="range", value=value, ends=ends, lossy=item.lossy)


def read_nths(f: Fields) -> Made | None:
    """Read weekdays or weeks by their numbers: the first and third week of May, the first or last Friday of it."""
    items, base, weekday = f.filled("count"), f.get("base"), f.get("weekday")
    counts = [f.value(item, f.slots["count"][1]) for item in items]
    counts = [-1 if count == "last" else count for count in counts]
    if not all(isinstance(count, int) for count in counts) or isinstance(base, Range):
        return _BROKEN
    when = When("week") if weekday is None else getattr(weekday, "when", When("day", weekday=weekday))
    values = [Named(when, None, count, base) for count in counts]
    ends = spans_of(f, values, items)
    return Made(kind="range", value=Range(values[0], values[1], f.join, tuple(values[2:])), ends=ends)


LIST_READERS: dict[str, Reader] = {
    "list": read_list,
    "spans": read_spans,
    "dotted": read_dotted,
    "nths": read_nths,
    "dates_inside": read_inside,
    "year_aside": read_year_aside,
    "quarter_of_years": read_quarter_of_years,
}
"""The reader of each name that a file of patterns can give."""

"""Readers of durations, and of dates that are given by their distance from another."""

from __future__ import annotations

import math
from dataclasses import replace

from sourcebook.parsing.dates.calendar import (
    THIRDS,
    Duration,
    Feast,
    Fixed,
    Named,
    Open,
    Range,
    Shift,
    When,
)
from sourcebook.parsing.dates.cascade import Fields, Item, Made, Reader

__all__ = ["RELATIVE_READERS"]


def read_fixed(f: Fields) -> Made | None:
    """Read a word that means now, the past, the future, or how often."""
    word = f.get("word", f.pattern.with_.get("word"))
    return Made(
        kind=f.pattern.with_.get("kind", "ref"), value=Fixed("PRESENT_REF" if word == "NOW" else word)
    )


def read_day_word(f: Fields) -> Made | None:
    """Read yesterday, today, tomorrow, this morning, last night."""
    daypart, item = f.get("daypart", ""), f.item("daypart")
    lossy = (item.text.lower(),) if item else ()
    anchor = f.pattern.with_.get("anchor", "document")
    value = Shift("D", f.get("step", f.pattern.with_.get("step", 0)), anchor, daypart=daypart)
    return Made(kind="relativeday", value=value, lossy=lossy)


def read_step(f: Fields) -> Made | None:
    """Read a unit of time that many steps away: last week, the next day, this year."""
    unit = f.get("unit", f.pattern.with_.get("unit"))
    step = f.get("step", f.pattern.with_.get("step", 0))
    anchor = f.pattern.with_.get("anchor", "document")
    if unit.startswith("T") or not isinstance(step, int):
        return None
    if unit == "F":
        return Made(kind="relative", value=Shift("D", 14 * step, anchor, window=True))
    kind = "relativeday" if unit == "D" else f"relative{unit}" if unit in ("Y", "M", "W") else "relative"
    lost = f.item("lost")
    lossy = (lost.text.lower(),) if lost else ()
    value = Shift(unit, step, anchor, about=bool(lossy), distance=f.pattern.with_.get("distance", False))
    return Made(kind=kind, value=value, lossy=lossy, first=f.after("skip"))


def read_window(f: Fields) -> Made | None:
    """Read so many units up to or from a date: the past three months, the next 2 days."""
    named = f.pattern.with_
    unit, number = f.get("unit", named.get("unit")), f.get("number", named.get("number", 1))
    step = f.get("step", named.get("step"))
    if f.item("length"):
        length = f.get("length")
        if not isinstance(length, Duration) or len(length.parts) > 1:
            return None
        number, unit = length.parts[0]
    anchor = f.pattern.with_.get("anchor", "document")
    if unit == "F":
        unit, number = "W", 2 * number
    number = number if isinstance(number, int | float) else None
    if step == 0 or number is None or unit.startswith("T") or unit == "WE":
        return Made(kind="duration", value=Duration(((number, unit),)))
    amount = number * step
    return Made(kind="relative", value=Shift(unit, amount, anchor, window=True))


def read_duration(f: Fields) -> Made | None:
    """Read a length of time: thirty-five years, half a century, a year and a half."""
    unit = f.get("unit", f.pattern.with_.get("unit"))
    number = f.get("number", f.pattern.with_.get("number"))
    if isinstance(number, str):
        number = None
    if number is not None:
        number = number * f.pattern.with_.get("share", 1) + f.pattern.with_.get("plus", 0)
    if unit == "F":
        unit, number = "W", None if number is None else 2 * number
    lossy = tuple(item.text.lower() for slot in ("lost", "odd") if (item := f.item(slot)) is not None)
    if unit == "Q" and _is_fraction(f):
        return None
    last = f.item("last")
    if last is None:
        kind = f.pattern.with_.get("kind", "duration")
        return Made(kind=kind, value=Duration(((number, unit),)), lossy=lossy, first=f.after("skip"))
    high = f.value(last, ("number",))
    first = f.item("number") or f.item("unit")
    if first is None or not isinstance(high, int | float):
        return None
    start = first.start if f.item("number") else f.start
    values = [Duration(((n, unit),)) for n in (number, high)]
    ends = (
        Item(start=start, end=first.end, text=f.text[start : first.end], kind="duration", value=values[0]),
        Item(start=last.start, end=f.end, text="", kind="duration", value=values[1]),
    )
    return Made(kind="duration", value=Range(values[0], values[1], "/"), ends=ends)


def _is_fraction(f: Fields) -> bool:
    """Return whether three quarters are parts of a thing rather than of a year."""
    number = f.item("number")
    return number is None or (f.chars[f.span[1] : f.span[1] + 1] == " " and f.text[f.end :].startswith(" of"))


def read_duration_hedge(f: Fields) -> Made | None:
    """Read a length of time with a word that makes it longer, shorter or inexact."""
    item = f.item("length")
    if item is None:
        return None
    before, after = f.text[f.start : item.start].strip().lower(), f.text[item.end : f.end].strip().lower()
    words = (before or after).split()
    sides = [side for w in words if (side := f.grammar.values.get(("hedgeside", w)))]
    value = item.value
    if (
        before in ("over", "under")
        and item.pattern.startswith("length-window")
        and isinstance(value, Duration)
    ):
        return None
    if sides and isinstance(value, Duration):
        side = sides[-1]
        turned = {"over": "under", "under": "over"}.get(side, side) if words[0] in ("no", "not") else side
        value = replace(value, hedge=turned)
    return Made(kind="duration", value=value, lossy=(before or after, *item.lossy), ends=item.ends)


def read_sum(f: Fields) -> Made | None:
    """Read a length of time in several units: 5 years 1 month 12 days."""
    items = [item for item in f.matched if item.kind == "duration"]
    if not all(isinstance(item.value, Duration) for item in items):
        return None
    parts = tuple(part for item in items for part in item.value.parts)
    if len({unit for _, unit in parts}) < len(parts) or any(n is None or n != int(n) for n, _ in parts):
        return None
    return Made(kind="duration", value=Duration(parts), lossy=tuple(w for i in items for w in i.lossy))


def read_ahead(f: Fields) -> Made | None:
    """Read a length of time that in the future is a date: in two weeks, within 5 days."""
    item, length = f.item("length"), f.get("length")
    if item is None or not isinstance(length, Duration):
        return None
    (number, unit), *more = length.parts
    if number is None or item.lossy:
        return None
    within = f.pattern.with_.get("window", False)
    before = (max(0, f.start - 40), f.start)
    years = unit in ("Y", "DE", "CE")
    if f.grammar.unseen.search(f.text, *before) or (years and f.grammar.unrivalled.search(f.text, *before)):
        return Made(kind="duration", value=length, first=item)
    value = Shift(unit, number, "ahead", window=within, distance=True, more=tuple(more))  # type: ignore[arg-type]
    return Made(kind="duration", value=value, first=item)


def read_week_span(f: Fields) -> Made | None:
    """Read two weekdays of a week: next week between Wednesday and Friday."""
    outer = f.get("outer")
    items = [f.items[n] for n in f.slots["weekday"][0]]
    days = [f.value(item, f.slots["weekday"][1]) for item in items]
    days = [day if isinstance(day, Named) else Named(When("day", weekday=day)) for day in days]
    values = [replace(day, which=0, base=outer) for day in days]
    ends = tuple(
        Item(start=item.start, end=item.end, text=item.text, kind="relativeday", value=value)
        for item, value in zip(items, values, strict=True)
    )
    return Made(kind="range", value=Range(values[0], values[1], f.join), ends=ends)


def read_weekend(f: Fields) -> Made | None:
    """Read the weekend that is spoken of: the last or the next."""
    return Made(kind="relative", value=Named(When("weekend")))


def read_distance(f: Fields) -> Made | None:
    """Read a date so long before or after another: six years ago, two weeks after next Friday."""
    item, length = f.item("length"), f.get("length")
    direction = f.get("way", f.pattern.with_.get("way"))
    if item is None or not isinstance(length, Duration):
        return None
    parts = [((math.inf if n is None else n) * direction, unit) for n, unit in length.parts]
    base_item = f.item("base")
    base = f.get("base")
    if isinstance(base, int):
        base = When("year", base)
    if f.item("way") is None and isinstance(base, Named) and base.when.weekday and base.which is None:
        base = base if base.base else replace(base, which=2)
    step, unit = parts[0]
    more = (*parts[1:], (0, "D")) if f.pattern.with_.get("exact") else tuple(parts[1:])
    anchor = f.pattern.with_.get("anchor", "text" if base is None else "base")
    if isinstance(base, Range) and base.join == "?":
        return Made(kind="broken", value=None)
    if isinstance(base, Range | Duration):
        return None
    value = Shift(unit, step, anchor, base=base, more=more, distance=True)
    lossy = (*item.lossy[1 if length.hedge else 0 :], *(base_item.lossy if base_item else ()))
    hedge = length.hedge or f.pattern.with_.get("hedge", "")
    if hedge in ("over", "under"):
        side = "within" if hedge == "under" else "notbefore" if direction > 0 else "by"
        return Made(kind="open", value=Open(value, side), lossy=lossy, first=f.after("skip"))
    value = replace(value, about=bool(length.hedge))
    kind = "relativeday" if unit in ("D", "W") else "relative"
    return Made(kind=kind, value=value, lossy=lossy, first=f.after("skip"))


def read_unit_beside(f: Fields) -> Made | None:
    """Read the unit before or after a date of its own size: the day after 5 May 1988, the year before 1988."""
    unit, way, base, item = f.get("unit"), f.get("way"), f.get("base"), f.item("base")
    base = When("year", base) if isinstance(base, int) else base
    if item is None or isinstance(base, Range | Open | Duration):
        return None
    if unit != "D" and not isinstance(base, When):
        return Made(kind="broken", value=None) if item.kind in ("relativeday", "weekdaynode") else None
    grain = {"D": "day", "M": "month", "Y": "year", "DE": "decade", "CE": "century"}.get(unit)
    inner = base.inside if isinstance(base, Shift) else None
    is_day = isinstance(base, Shift | Named | Feast) and item.kind in ("relativeday", "weekdaynode")
    is_day = is_day or (unit == "D" and inner is not None and inner.grain == "day")
    if not is_day and (not isinstance(base, When) or base.grain != grain or base.part or base.about):
        finer = isinstance(base, When) and base.grain in ("day", "month")
        return Made(kind="broken", value=None) if finer else None
    kind = "relativeday" if unit == "D" else "relative"
    return Made(kind=kind, value=Shift(unit, way, "base", base=base), lossy=item.lossy)


def read_named(f: Fields) -> Made | None:
    """Read a weekday, month or season chosen by a word: Friday, last June, this summer, next quarter."""
    which = f.get("step", f.pattern.with_.get("step"))
    anchor = f.pattern.with_.get("anchor", "document")
    if f.item("weekday"):
        when = When("day", weekday=f.get("weekday"), day=f.get("day"))
        if f.item("outer"):
            outer = f.get("outer")
            if not isinstance(outer, Shift) or outer.unit != "W":
                return None
            return Made(kind="relativeday", value=Named(when, 0, base=outer), first=f.after("skip"))
        if f.item("day"):
            if not isinstance(when.day, int) or when.day > 31:
                return None
            return Made(kind="relativeday", value=Named(when, None))
        return Made(
            kind="relativeday" if which is not None else "weekdaynode",
            value=Named(when, which, anchor=anchor),
        )
    if f.item("feast"):
        month, day = (int(part) for part in f.get("feast").split("-"))
        return Made(kind="relativeday", value=Named(When("day", month=month, day=day), which, anchor=anchor))
    if f.item("month"):
        return Made(kind="relative", value=Named(When("month", month=f.get("month")), which, anchor=anchor))
    return Made(kind="relative", value=Named(When("season", code=f.get("season")), which, anchor=anchor))


def read_nth(f: Fields) -> Made | None:
    """Read a weekday or week by its number: the first Friday of this month, the last week of 2015."""
    count = f.get("count")
    count = -1 if count == "last" else count
    base = f.get("base")
    if not isinstance(count, int) or isinstance(base, Range):
        return None
    if f.item("weekday"):
        return Made(kind="relativeday", value=Named(f.get("weekday").when, None, count, base))
    return Made(kind="relative", value=Named(When("week"), None, count, base))


def read_day_of_month(f: Fields) -> Made | None:
    """Read a day without its month: the 21st."""
    day, item = f.get("day"), f.item("day")
    if item is None or not isinstance(day, int) or not 1 <= day <= 31:
        return None
    return Made(kind="dayofmonth", value=When("day", day=day), first=item)


def read_part_unit(f: Fields) -> Made | None:
    """Read a part of the month or year that is spoken of: the end of the month."""
    unit, part, dated = f.get("unit"), f.get("part", "late"), f.item("date")
    if dated is not None:
        value = dated.value
        if isinstance(value, Shift) and value.step == 0 and value.unit in ("W", "M", "Y"):
            return Made(kind=dated.kind, value=replace(value, part=part), lossy=dated.lossy)
        return Made(kind=dated.kind, value=value, lossy=(*dated.lossy, part))
    if unit not in ("D", "W", "M", "Y", "DE", "CE", "Q"):
        return None
    lossy = (f.text[f.start : f.end].partition(" of ")[0].partition(" in ")[0],)
    value = Shift(unit, 0, "text", part=part if part in THIRDS else "")
    return Made(kind="relative", value=value, lossy=() if unit == "Y" and part in THIRDS else lossy)


def read_rest(f: Fields) -> Made | None:
    """Read the rest of the week, month or year that is spoken of."""
    value = f.get("date", Shift(f.get("unit", "Y"), 0))
    return Made(kind="relative", value=replace(value, part="rest")) if isinstance(value, Shift) else None


def read_inside_unit(f: Fields) -> Made | None:
    """Read a day of the month that is spoken of: the twenty-sixth day of the month."""
    if f.get("unit") != "M":
        return None
    return Made(kind="relative", value=Shift("M", 0, "text", inside=When("day", day=f.get("day"))))


def read_week_of(f: Fields) -> Made | None:
    """Read the week that a day is in: the week of April 10th."""
    value = f.get("date")
    if isinstance(value, int):
        value = When("day", day=value)
    if not isinstance(value, When) or (value.day or 0) > 31:
        return None
    return Made(kind="relative", value=Shift("W", 0, "base", base=value))


RELATIVE_READERS: dict[str, Reader] = {
    "fixed": read_fixed,
    "day_word": read_day_word,
    "step": read_step,
    "window": read_window,
    "duration": read_duration,
    "duration_hedge": read_duration_hedge,
    "sum": read_sum,
    "ahead": read_ahead,
    "week_span": read_week_span,
    "weekend": read_weekend,
    "distance": read_distance,
    "unit_beside": read_unit_beside,
    "named": read_named,
    "nth": read_nth,
    "day_of_month": read_day_of_month,
    "week_of": read_week_of,
    "part_unit": read_part_unit,
    "rest": read_rest,
    "inside_unit": read_inside_unit,
}
"""The reader of each name that a file of patterns can give."""

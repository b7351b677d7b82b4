"""Readers of what is said about a date: parts, hedges, ranges, bounds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sourcebook.parsing.dates.calendar import THIRDS, Fixed, Named, Open, Range, Shift, Value, When
from sourcebook.parsing.dates.cascade import Fields, Item, Made, Reader, spans_of

__all__ = ["BOUND_READERS", "parted"]

#: So many parts a century may be said to have; a greater number is that of another century.
_MOST_PARTS = 10
_THIRD = tuple(THIRDS).index
#: The last code of a season; those after it are of quarters and halves.
_SEASONS = 32


def read_part(f: Fields) -> Made | None:
    """Read the early, middle or late part of a date, or a half or quarter of it."""
    value, part = f.get("date"), f.get("part", f.pattern.with_.get("part"))
    item = f.item("date")
    word = f.item("part")
    which = f.get("nth")
    if item is None or (isinstance(which, int) and which > _MOST_PARTS):
        return None
    if (
        isinstance(value, Shift)
        and value.step == 0
        and value.unit in ("W", "M", "Y")
        and part in ("later", "earlier")
    ):
        return Made(kind=item.kind, value=replace(value, part=part), lossy=item.lossy)
    if isinstance(value, Range) and word is not None:
        value = replace(value, first=parted(value.first, part))
        ends = tuple(_with_part(e, n, f, part) for n, e in enumerate(item.ends))
        return Made(kind=item.kind, value=value, lossy=(*item.lossy, word.text.lower()), ends=ends)
    held = part in THIRDS and isinstance(value, When) and value.grain == "year" and value.year is not None
    lossy = item.lossy if held else (*item.lossy, f.text[f.start : item.start].strip())
    return Made(kind=item.kind, value=parted(value, part), lossy=lossy, ends=item.ends)


def _with_part(item: Item, n: int, f: Fields, part: str) -> Item:
    """Return an end of a range with the word before the first."""
    if n:
        return item
    return replace(item, start=f.start, value=parted(item.value, part))


def parted(value: Value, part: Any) -> Value:
    """Return a date with the part of it that is meant, where that is one of its thirds."""
    return replace(value, part=part) if isinstance(value, When | Shift) and part in THIRDS else value


def read_parts(f: Fields) -> Made | None:
    """Read two parts of a year: mid to late 2020, early or late 1990."""
    item, value, names = f.item("date"), f.get("date"), [part.text.lower() for part in f.filled("part")]
    value = When("year", value) if isinstance(value, int) else value
    if (
        item is None
        or not isinstance(value, When)
        or value.year is None
        or names != sorted(names, key=_THIRD)
    ):
        return Made(kind="broken", value=None)
    values = [replace(value, part=name) for name in names]
    ends = spans_of(f, values, f.filled("part"))
    return Made(kind="range", value=Range(values[0], values[1], f.join), ends=ends, lossy=item.lossy)


def read_hedge(f: Fields) -> Made | None:
    """Read a date that is said to be about right."""
    item, value = f.item("date"), f.get("date")
    if item is None:
        return None
    if isinstance(value, When | Shift):
        return Made(kind=item.kind, value=replace(value, about=True), lossy=item.lossy)
    if isinstance(value, Range) and all(isinstance(v, When | Shift) for v in (value.first, value.last)):
        ends = tuple(
            replace(end, start=end.start if n else f.start, value=_about(end.value))
            for n, end in enumerate(item.ends)
        )
        changed = [_about(v) for v in (value.first, value.last, *value.more)]
        return Made(
            kind="range", value=Range(changed[0], changed[1], value.join, tuple(changed[2:])), ends=ends
        )
    return Made(kind=item.kind, value=value, lossy=(*item.lossy, f.get("about")), ends=item.ends)


def _about(value: Value) -> Value:
    return replace(value, about=True) if isinstance(value, When | Shift) else value


def read_daypart(f: Fields) -> Made | None:
    """Read a part of a day: the morning of 31 January 1965."""
    item, value = f.item("date"), f.get("date")
    if item is None:
        return None
    lossy = (*item.lossy, f.text[f.start : item.start].strip() or f.text[item.end : f.end].strip())
    if isinstance(value, Range):
        first = value.first
        if not isinstance(first, When) or not item.ends or f.start == item.start:
            return None
        first = replace(first, daypart=f.get("daypart"))
        ends = (replace(item.ends[0], start=f.start, value=first), *item.ends[1:])
        return Made(kind=item.kind, value=replace(value, first=first), lossy=lossy, ends=ends)
    if isinstance(value, When | Shift):
        value = replace(value, daypart=f.get("daypart"))
    elif isinstance(value, Named):
        value = replace(value, when=replace(value.when, daypart=f.get("daypart")))
    return Made(kind=item.kind, value=value, lossy=lossy, ends=item.ends)


def read_range(f: Fields) -> Made | None:
    """Read a range between two dates that were read each by itself."""
    first, last = f.item("first"), f.item("last")
    if first is None or last is None:
        return None
    a, b = f.value(first, ("year4",)), f.value(last, ("year4",))
    if isinstance(a, int):
        a = When("year", a)
    if isinstance(b, int):
        b = When("year", b)
    if isinstance(a, Range | Open) or isinstance(b, Range | Open):
        return None
    if isinstance(a, When) and isinstance(b, When):
        if b.before_era and not a.before_era and a.year is not None:
            return None
        if a.year is None and b.year is not None and a.grain in ("day", "month", "season"):
            a = replace(a, year=b.year, before_era=b.before_era)
            if a.month and b.month and a.month > b.month:
                a = replace(a, year=b.year - 1)
        elif _leads_on(a, b):
            turned = (b.month or b.code or 0, b.day or 31) < (a.month or a.code or 0, a.day or 1)
            b = replace(b, year=(a.year or 0) + turned)
    if isinstance(a, When) and a.year is None and isinstance(b, Shift) and b.unit == "Y" and b.inside:
        if (a.month or 0, a.day or 0) > (b.inside.month or 0, b.inside.day or 0) or a.grain != b.inside.grain:
            return Made(kind="broken", value=None)
        a = replace(b, inside=a)
    ends = (
        Item(start=first.start, end=first.end, text=first.text, kind=first.kind, value=a),
        Item(start=last.start, end=last.end, text=last.text, kind=last.kind, value=b),
    )
    return Made(kind="range", value=Range(a, b), ends=ends, lossy=(*first.lossy, *last.lossy))


def _leads_on(a: When, b: When) -> bool:
    """Return whether the year of the first of two dates says that of the last: 28 December 2019 to 3 January."""
    known = a.year is not None and not a.short_year and not a.before_era
    quarters = (a.code or 0) > _SEASONS and (b.code or 0) > _SEASONS
    return known and b.year is None and (quarters or bool(a.month and b.month))


def read_open(f: Fields) -> Made | None:
    """Read a date that bounds another: since 1988, by the end of May, 2018 or later."""
    item, value = f.item("date"), f.get("date")
    if item is None or isinstance(value, Open):
        return None
    side = f.get("side") or f.pattern.with_["side"]
    ends = item.ends or (item,)
    if isinstance(value, Range):
        return Made(kind=item.kind, value=value, ends=ends, lossy=(*item.lossy, side))
    return Made(kind="open", value=Open(value, side), ends=ends, lossy=item.lossy)


def read_from_first(f: Fields) -> Made | None:
    """Read a date since when, where the word for it begins the sentence; elsewhere it may be where a thing is from."""
    return read_open(f) if f.text[f.start].isupper() else None


def read_to_present(f: Fields) -> Made | None:
    """Read a range that lasts: 1988–present."""
    item, value, present = f.item("date"), f.get("date"), f.item("present")
    if item is None or present is None or isinstance(value, Range | Open):
        return None
    if isinstance(value, int):
        value = When("year", value)
    now = _now(f)
    ends = (
        Item(start=item.start, end=item.end, text=item.text, kind=item.kind, value=value),
        Item(start=present.start, end=present.end, text=present.text, kind="ref", value=now),
    )
    return Made(kind="range", value=Range(value, now), ends=ends, lossy=item.lossy)


def _now(f: Fields) -> Value:
    """Return the present: the day of the document, or an open end."""
    word = f.get("present")
    return Shift("D", 0) if word == "NOW" else Fixed(word)


def read_from_present(f: Fields) -> Made | None:
    """Read a range that begins now: between now and 15 December."""
    item, value, present = f.item("date"), f.get("date"), f.item("present")
    if item is None or present is None or isinstance(value, Range | Open):
        return None
    now = Shift("D", 0)
    ends = (
        Item(start=present.start, end=present.end, text=present.text, kind="ref", value=now),
        Item(start=item.start, end=item.end, text=item.text, kind=item.kind, value=value),
    )
    return Made(kind="range", value=Range(now, value), ends=ends, lossy=item.lossy)


def read_nothing(f: Fields) -> Made | None:
    """Mark what looks like a date and is none, so that no part of it is read; a number in it has to be one."""
    if f.get("one", 1) != 1:
        return None
    return Made(kind="broken", value=None)


BOUND_READERS: dict[str, Reader] = {
    "part": read_part,
    "parts": read_parts,
    "hedge": read_hedge,
    "daypart": read_daypart,
    "range": read_range,
    "open": read_open,
    "from_first": read_from_first,
    "to_present": read_to_present,
    "from_present": read_from_present,
    "nothing": read_nothing,
}
"""The reader of each name that a file of patterns can give."""

"""Readers of periods: lengths of time at one end of a date, and units of another year that are as one is."""

from __future__ import annotations

from dataclasses import replace

from sourcebook.parsing.dates.bound_readers import parted
from sourcebook.parsing.dates.calendar import Alike, Duration, Named, Open, Range, Shift, Stretch, When
from sourcebook.parsing.dates.cascade import Fields, Item, Made, Reader

__all__ = ["PERIOD_READERS"]

#: How many months the quarters and halves of a year have, by the EDTF code of the first and the last of them.
_MONTHS = {(33, 36): 3.0, (40, 41): 6.0}
_WHOLE_MONTHS = frozenset({"M", "Q", "Y", "DE"})


def read_edge(f: Fields) -> Made | None:
    """Read a length of time that is the first or last part of something: the last two weeks of it."""
    item, length = f.item("length"), f.get("length")
    if item is None or not isinstance(length, Duration) or f.get("edge") not in (1, -1):
        return None
    return Made(kind="edgelength", value=replace(length, edge=f.get("edge")), lossy=item.lossy)


def read_edge_units(f: Fields) -> Made | None:
    """Read units that are not counted at an end of something: the closing months of it."""
    if f.get("edge") not in (1, -1):
        return None
    return Made(kind="edgelength", value=Duration(((None, f.get("unit")),), edge=f.get("edge")))


def read_stretch(f: Fields) -> Made | None:
    """Read a length of time and the date that it is a part of or begins with: the last ten days of May 1915."""
    items = [f.item("length"), f.item("base")]
    length, base = f.get("length"), f.get("base")
    base = When("year", base) if isinstance(base, int) else base
    if not isinstance(length, Duration) or isinstance(base, Range | Open) or items[1] is None:
        return None
    whole = f.start if length.edge else items[0].start  # type: ignore[union-attr]
    ends = tuple(
        replace(item, start=whole) if n == 0 else item for n, item in enumerate(items) if item is not None
    )
    lossy = tuple(word for item in ends for word in item.lossy)
    if length.edge and length.parts[0][0] is None:
        lossy = (*lossy, f.text[f.start : items[1].start].strip())
        if items[1].kind in ("date", "monthday", "relativeday", "weekdaynode"):
            return Made(kind=items[1].kind, value=base, lossy=lossy)
        value = parted(base, "early" if length.edge > 0 else "late")
        return Made(kind=items[1].kind, value=value, lossy=lossy, ends=ends)
    if f.pattern.with_.get("vague"):
        return None
    return Made(kind="range", value=Stretch(base, length), lossy=lossy, ends=ends)


def _length_of(f: Fields) -> Duration | None:
    """Return the length of a period, which may be named as a unit or a quarter: the year to May."""
    value = f.get("length", "W")
    if isinstance(value, When):
        months = [n for (low, high), n in _MONTHS.items() if low <= (value.code or 0) <= high]
        return Duration(((months[0], "M"),)) if months and value.year is None else None
    if isinstance(value, Shift):
        past = value.window and value.step is not None and value.step < 0 and not value.more
        return Duration(((-value.step, value.unit),)) if past and value.step else None
    if isinstance(value, str):
        return Duration(((1, value),)) if value in _WHOLE_MONTHS or value in ("W", "CE") else None
    return value if isinstance(value, Duration) else None


def read_period(f: Fields) -> Made | None:
    """Read a length of time that ends or begins with a date: the year to March 2012, the quarter ended August 31."""
    item, base, length = f.item("base"), f.get("base"), _length_of(f)
    if item is None or length is None or length.parts[0][0] is None:
        return None
    if isinstance(base, When) and base.part:
        if base.part != "late" or item.pattern not in ("part-of", "part-end"):
            return Made(kind="broken", value=None)
        base, item = replace(base, part=""), replace(item, lossy=())
    when = base.when if isinstance(base, Named) else base
    grain = when.grain if isinstance(when, When) else when.unit if isinstance(when, Shift) else ""
    monthly = grain in ("month", "M")
    if (
        grain not in ("month", "M", "day", "D")
        or item.lossy
        or length.hedge
        or (monthly and length.parts[0][1] not in _WHOLE_MONTHS)
    ):
        return Made(kind="broken", value=None)
    lead = f.item("length")
    first = Item(start=f.start, end=f.end, text="", kind="duration", value=length)
    if lead is not None:
        named = lead.value if lead.kind == "seasonyear" else length
        first = replace(first, start=lead.start if lead.kind else f.start, end=lead.end, value=named)
    ends = (item,) if lead is None or first.value == Duration(((1, "Q"),)) else (first, item)
    value = Stretch(base, length, f.pattern.with_.get("at", "end"), f.pattern.with_.get("past", False))
    return Made(kind="range", value=value, ends=ends)


def read_alike(f: Fields) -> Made | None:
    """Read a day, week, month or quarter of another year that is as this one: the same month last year."""
    item, year = f.item("same"), f.get("year")
    same = Shift("M", 0) if item is None else item.value
    year = When("year", year) if isinstance(year, int) else year
    if item is not None and item.pattern not in ("step", "step-same"):
        return None
    if not isinstance(same, Shift) or same.step or same.unit not in ("D", "W", "M", "Q"):
        return None
    if isinstance(year, Shift) and year.unit in ("W", "M") and item is not None:
        if same.unit != "D" or year.unit != "W" or year.step is None or year.window or year.base is not None:
            return Made(kind="broken", value=None)
        return Made(kind="relativeday", value=replace(same, step=7 * year.step))
    yearly = isinstance(year, Shift) and year.unit == "Y" and not year.window and not year.inside
    if not yearly and not (isinstance(year, When) and year.grain == "year" and not year.part):
        return None
    return Made(kind="relativeday" if same.unit == "D" else "relative", value=Alike(same, year))


PERIOD_READERS: dict[str, Reader] = {
    "edge": read_edge,
    "edge_units": read_edge_units,
    "stretch": read_stretch,
    "lasting": read_stretch,
    "period": read_period,
    "alike": read_alike,
}
"""The reader of each name that a file of patterns can give."""

"""Readers of years by themselves, of spans of years, and of numbers that look like years and count something."""

from __future__ import annotations

import re
from dataclasses import replace

from sourcebook.parsing.dates.calendar import Range, Value, When
from sourcebook.parsing.dates.calendar_readers import next_word, year_of
from sourcebook.parsing.dates.cascade import Fields, Item, Made, Reader, spans_of

__all__ = ["YEAR_READERS"]

_LISTED = re.compile(r"\b\d{4}\D{1,6}$")


def read_years(f: Fields) -> Made | None:
    """Read a span of years: 1987/88, 1918–1921, 1900-01."""
    first, last = (f.item("first"), f.item("last"))
    if first is None or last is None:
        return None
    low, high = f.value(first, ("year4",)), f.value(last, ("year4", "two"))
    if isinstance(low, When) or isinstance(high, When):
        return None
    if len(last.text) != f.pattern.with_.get("digits", len(last.text)):
        return None
    if len(first.text) == 2:
        low = year_of(f, first).year or 0
    readings: Value | None = None
    if len(last.text) == 2:
        if 1 <= high <= 12 and f.pattern.with_.get("months") and _is_hyphen(f, first, last):
            readings = When("month", low, high)
        high += low // 100 * 100
    elif len(last.text) == 1:
        high += low // 10 * 10
        if _is_hyphen(f, first, last) and high != low + 1:
            return Made(kind="broken", value=None)
    if next_word(f) in f.grammar.counted and not readings:
        return Made(kind="broken", value=None)
    if high <= low and readings is not None:
        return Made(kind="monthyear", value=readings)
    if high <= low:
        return Made(kind="broken", value=None)
    ends = [When("year", low), When("year", high)]
    if readings is not None:
        return Made(
            kind="range",
            value=Range(ends[0], ends[1], "?", (readings,)),
            ends=spans_of(f, ends, (first, last)),
        )
    return Made(
        kind="range",
        value=Range(ends[0], ends[1], f.join),
        ends=spans_of(f, ends, (first, last)),
        first=f.after("skip"),
    )


def _is_hyphen(f: Fields, first: Item, last: Item) -> bool:
    return f.text[first.end : last.start].strip() in ("-", "/")


def read_winter(f: Fields) -> Made | None:
    """Read a winter that is named by its two years: the winter of 1731/2."""
    years, year, rest = f.get("years"), f.get("year"), f.get("rest")
    if rest is not None:
        year = year_of(f, f.item("year")).year or 0  # type: ignore[arg-type]
        if (year + 1) % 100 != rest % 100 or rest > year + 1:
            return Made(kind="broken", value=None)
        return Made(kind="seasonyear", value=When("season", year, code=24))
    first, last = (years.first, years.last) if isinstance(years, Range) else (None, None)
    if not isinstance(first, When) or not isinstance(last, When) or first.grain != "year":
        return None
    if first.year is None or last != replace(first, year=first.year + 1):
        return None
    return Made(kind="seasonyear", value=replace(first, grain="season", code=24))


def _is_count(f: Fields, item: Item, *, led: bool) -> bool:
    """Return whether words around a number say that it counts something: 1300 were wounded, a crowd of 1500."""
    if item.kind == "yearmark":
        return False
    after = next_word(f)
    if f.grammar.counting.search(f.text, max(0, item.start - 40), item.start):
        return after not in f.grammar.yearly
    listed = _LISTED.search(f.text, max(0, f.start - 12), f.start)
    if not led and not listed and f.grammar.countnext.match(f.text, f.end):
        return True
    lead = f.item("lead")
    if led and (lead is None or lead.text.lower() not in f.grammar.countlead):
        return False
    before = f.text[max(0, f.start - 20) : f.start].split()
    parted = bool(before) and ("part", before[-1].lower()) in f.grammar.values
    return (after in f.grammar.counted or bool(f.grammar.addressed.match(f.text, f.end))) and not parted


def read_bare_year(f: Fields) -> Made | None:
    """Read a year by itself, unless it numbers a thing or counts people."""
    item = f.item("year")
    if item is None:
        return None
    year = f.get("year")
    year = year if isinstance(year, When) else year_of(f, item)
    before = (
        f.text[max(0, f.start - 40) : f.start]
        .rstrip(" ()\n.")
        .rpartition(" ")[2]
        .rstrip(".")
        .lower()
        .rpartition("\n")[2]
    )
    labelled = before.strip("(“\"'") in f.grammar.labels and next_word(f) not in f.grammar.yearly
    if f.pattern.name == "year" and f.item("lead") is None and labelled:
        return Made(kind="broken", value=None)
    led = f.item("lead") is not None or f.pattern.with_.get("led", False)
    if f.text[f.end : f.end + 1] == ")" and f.grammar.cited.search(f.text[max(0, f.start - 160) : f.start]):
        return Made(kind="broken", value=None)
    if _is_count(f, item, led=led):
        return Made(kind="broken", value=None)
    if item.kind == "wordyear" and not led:
        return None
    first = f.items[f.slots["year"][0][0] - 1] if f.pattern.name == "year-short" else item
    return Made(kind="yearonly", value=year, lossy=item.lossy, first=first)


YEAR_READERS: dict[str, Reader] = {"years": read_years, "winter": read_winter, "bare_year": read_bare_year}
"""The reader of each name that a file of patterns can give."""

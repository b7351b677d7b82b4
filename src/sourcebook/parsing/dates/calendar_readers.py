"""Readers of days, months, years and parts of years, and of ranges that share a part."""

from __future__ import annotations

from dataclasses import replace

from sourcebook.parsing.dates.calendar import Range, Shift, When, exists
from sourcebook.parsing.dates.cascade import Fields, Item, Made, Reader, spans_of
from sourcebook.parsing.dates.days import day_number

__all__ = ["CALENDAR_READERS", "compose", "ends_of", "is_labelled", "is_rising", "next_word", "year_of"]

_KINDS = {"season": "seasonyear", "decade": "decade", "century": "century"}
#: Two digits after "1H" from the first up to the second may be minutes.
_TIME = (30, 60)
#: Two digits are a year of this century up to the first, and of the last from the second on.
_PIVOT_2000, _PIVOT_1900 = 30, 40


def year_of(f: Fields, item: Item) -> When:
    """Return the year that an item gives, with its era."""
    value = f.value(item, f.slots["year"][1] if "year" in f.slots else ())
    if isinstance(value, When):
        return value
    if len(item.text) == 2 and item.text.isdigit():
        return When(
            "year",
            value + (2000 if value < _PIVOT_2000 else 1900),
            short_year=_PIVOT_2000 <= value < _PIVOT_1900,
        )
    era = f.get("era")
    if era == "bc":
        return When("year", 1 - value, before_era=True)
    return When("year", value)


def read_date(f: Fields) -> Made | None:
    """Read a date, or several that share their month or year, from the slots day, month, season and year."""
    days, months, years = f.filled("day"), f.filled("month") or f.filled("season"), f.filled("year")
    count = max(len(days), len(months), len(years))
    if days and _is_numbered(f, days[0]):
        return None
    if any(len(part) not in (0, 1, count) for part in (days, months, years)):
        return None
    whens = [compose(f, days, months, years, n, count) for n in range(count)]
    made = [w for w in whens if w is not None]
    if len(made) < count:
        return None
    if any((w.day or 1) > 31 for w in made):
        return None
    if days and not years and f.items[f.span[1] - 1] is days[-1] and next_word(f) in f.grammar.counted:
        return Made(kind="broken", value=None)
    if not all(exists(w) for w in made):
        return Made(kind="broken", value=None)
    lossy = _wrong_weekday(f, made)
    if count == 1:
        kind = _kind(made[0])
        return Made(kind=kind, value=made[0], lossy=lossy, first=f.after("skip"))
    by_month = made[0].grain == "month" and bool(years)
    if f.join != "/" and (by_month or "join" in f.pattern.with_) and not is_rising(made):
        return None
    if days and f.start == days[0].start and is_labelled(f):
        return Made(kind="broken", value=None)
    if f.join == "/":
        made = _across_years(made, len(years))
        if not is_rising(made) and made[0].grain != "season":
            return None if f.pattern.with_.get("weak") else Made(kind="broken", value=None)
    ends = ends_of(f, made, [days, months, years], count)
    return Made(
        kind="range",
        value=Range(made[0], made[1], f.join, tuple(made[2:])),
        ends=ends,
        lossy=lossy,
        first=f.after("skip"),
    )


def _is_numbered(f: Fields, day: Item) -> bool:
    """Return whether what looks like the day of a month numbers a thing that the rest dates: order no. 7 of June 1."""
    if day.start != f.start or f.chars[f.span[0] : f.span[0] + 2].isspace():
        return False
    after = f.text[day.end : f.end].split()
    before = f.text[max(0, f.start - 20) : f.start].split()
    of = bool(after) and f.grammar.values.get(("unitlead", after[0].lower())) == "of"
    return of and bool(before) and before[-1].strip(".(").lower() in f.grammar.labels


def compose(
    f: Fields, days: list[Item], months: list[Item], years: list[Item], n: int, count: int
) -> When | None:
    """Return one of so many dates that share a part.

    Parameters
    ----------
    f : Fields
        The match.
    days, months, years : list of Item
        One item of a kind, which all dates share, or one for each.
    n, count : int
        Which date, of how many.

    Returns
    -------
    When or None
        None where a word is no number.
    """
    year = year_of(f, years[n if len(years) == count else 0]) if years else When("year")
    when = replace(year, grain="year")
    if months:
        value = f.value(
            months[n if len(months) == count else 0], f.slots["month" if "month" in f.slots else "season"][1]
        )
        if not isinstance(value, int):
            return None
        when = (
            replace(when, grain="month", month=value)
            if value < 20
            else replace(when, grain="season", code=value)
        )
    if days:
        day = f.value(days[n if len(days) == count else 0], f.slots["day"][1])
        if not isinstance(day, int):
            return None
        when = replace(when, grain="day", day=day)
    return when


def _kind(when: When) -> str:
    if when.grain == "day":
        return "date" if when.year is not None else "monthday"
    if when.grain == "month":
        return "monthyear" if when.year is not None else "monthonly"
    return _KINDS[when.grain]


def _wrong_weekday(f: Fields, whens: list[When]) -> tuple[str, ...]:
    """Return the weekday that the words give where it is not that of the day."""
    item, weekday = f.item("weekday"), f.get("weekday")
    when = whens[0]
    if item is None or when.year is None or when.day is None or when.month is None or when.before_era:
        return ()
    return () if (day_number(when.year, when.month, when.day) - 1) % 7 + 1 == weekday else (item.text,)


def _across_years(whens: list[When], years: int) -> list[When]:
    """Let a span such as November to February 2017 begin in the year before."""
    first, last = whens[0], whens[-1]
    if years == 1 and last.year is not None and first.month and last.month and first.month > last.month:
        return [replace(first, year=last.year - 1), *whens[1:]]
    return whens


def is_rising(whens: list[When]) -> bool:
    """Return whether dates are in their order; two in different months may be of two years if none is said."""
    keys = [(w.year or 0, w.month or w.code or 0, w.day or 0) for w in whens]
    return keys == sorted(set(keys)) or (whens[0].year is None and keys[0][1] != keys[1][1])


def ends_of(f: Fields, whens: list[When], parts: list[list[Item]], count: int) -> tuple[Item, ...]:
    """Return an item for each of several dates, with its own words.

    Parameters
    ----------
    f : Fields
        The match.
    whens : list of When
    parts : list of list of Item
        The days, the months and the years of the match.
    count : int
        How many dates there are.

    Returns
    -------
    tuple of Item
    """
    own = [[part[n] for part in parts if len(part) == count] for n in range(count)]
    starts = [min(item.start for item in items) for items in own]
    shared = [part[0] for part in parts if len(part) == 1]
    starts[0] = (
        f.start if f.pattern.with_.get("whole") else min([starts[0], *(item.start for item in shared)])
    )
    filled = sorted((item for part in parts for item in part), key=lambda item: item.start)
    stops = [max(item.end for item in filled if item.start < nxt) for nxt in starts[1:]] + [f.end]
    return tuple(
        Item(start=a, end=b, text=f.text[a:b], kind=_kind(when), value=when)
        for a, b, when in zip(starts, stops, whens, strict=True)
    )


def read_numeric(f: Fields) -> Made | None:
    """Read a date in digits. Which of two numbers up to 12 is the day is a matter of `dayfirst`."""
    year = None
    if f.item("year"):
        year = year_of(f, f.item("year"))  # type: ignore[arg-type]
    base = replace(year, grain="year") if year else When("year")
    month, named = f.get("month"), f.item("month")
    if f.pattern.with_.get("short") and named and len(named.text) == 2 and month > (base.year or 0) % 100:
        return None
    if f.item("day"):
        when = replace(base, grain="day", month=month, day=f.get("day"))
        return Made(kind=_kind(when) if exists(when) else "broken", value=when)
    if month is not None:
        when = replace(base, grain="month", month=month)
        if f.pattern.with_.get("short") and named and named.text == str((base.year or 0) % 10 + 1):
            following = replace(base, year=(base.year or 0) + 1)
            return Made(kind="range", value=Range(base, following, "?", (when,)))
        return Made(kind="monthyear", value=when)
    a, b = f.get("a"), f.get("b")
    readings = [
        When("day", base.year, m, d, short_year=base.short_year)
        for m, d in ((a, b), (b, a))
        if m <= 12 and exists(When("day", base.year, m, d))
    ]
    dayfirst = f.options.get("dayfirst")
    if dayfirst is None:
        dayfirst = f.pattern.with_.get("dayfirst")
    if len(readings) == 2 and readings[0] != readings[1] and dayfirst is not None:
        readings = [readings[1] if dayfirst else readings[0]]
    if not readings:
        return Made(kind="broken", value=None)
    if len(readings) == 2 and readings[0] != readings[1]:
        return Made(kind="date", value=Range(readings[0], readings[1], "?"), first=f.after("skip"))
    return Made(kind=_kind(readings[0]), value=readings[0], first=f.after("skip"))


def read_numeric_range(f: Fields) -> Made | None:
    """Read a range of dates in digits, of which both ends have the same order."""
    first, last = f.filled("a"), f.filled("b")
    years = [year_of(f, item) for item in f.filled("year")]
    pairs = [(int(a.text), int(b.text)) for a, b in zip(first, last, strict=True)]
    order = f.options.get("dayfirst")
    options = []
    for dayfirst in (False, True) if order is None else (order,):
        whens = [
            replace(years[n % len(years)], grain="day", month=p[dayfirst], day=p[not dayfirst])
            for n, p in enumerate(pairs)
        ]
        if all(w.month is not None and w.month <= 12 and exists(w) for w in whens) and is_rising(whens):
            options.append(whens)
    if not options:
        return Made(kind="broken", value=None)
    ends = ends_of(f, options[0], [first], 2)
    ranges = [Range(a, b) for a, b in options]
    value = ranges[0] if len(ranges) == 1 or ranges[0] == ranges[1] else Range(ranges[0], ranges[1], "?")
    return Made(kind="range", value=value, ends=ends if value is ranges[0] else ())


def read_part_of_year(f: Fields) -> Made | None:
    """Read a quarter or half of a year: the third quarter of 2016, H1 2016."""
    number, kind, mark = f.get("number"), f.pattern.with_["code"], f.item("mark")
    if mark is not None and (mark.text.islower() or _TIME[0] <= f.get("year") < _TIME[1]):
        return None
    if number == "last":
        number = 4 if kind == "quarter" else 2
    if not isinstance(number, int) or not 1 <= number <= (4 if kind == "quarter" else 2):
        return None
    when = When("season", code=(32 if kind == "quarter" else 39) + number)
    lossy = _fiscal(f)
    if f.item("unit"):
        return (
            Made(kind="relative", value=Shift("Y", 0, "near", inside=when), lossy=lossy)
            if f.get("unit") == "Y"
            else None
        )
    year = f.item("year")
    if year is None:
        return Made(kind="seasonyear", value=when, lossy=lossy)
    value = f.value(year, f.slots["year"][1])
    if isinstance(value, Shift):
        return Made(kind="relative", value=replace(value, inside=when), lossy=lossy)
    made = year_of(f, year)
    return Made(kind="seasonyear", value=replace(made, grain="season", code=when.code), lossy=lossy)


def read_parts_of_year(f: Fields) -> Made | None:
    """Read quarters or halves of one year: Q1 and Q2 1988, the third and last quarters of 1988, H1 and H2 1988."""
    items, outer = f.filled("number"), f.get("year")
    year = When("year") if isinstance(outer, Shift) else year_of(f, f.item("year"))  # type: ignore[arg-type]
    base, size = (32, 4) if f.pattern.with_["code"] == "quarter" else (39, 2)
    numbers = [f.value(item, f.slots["number"][1]) for item in items]
    numbers = [size if number == "last" else number for number in numbers]
    if not all(isinstance(n, int) and 1 <= n <= size for n in numbers) or numbers != sorted(set(numbers)):
        return Made(kind="broken", value=None)
    whens = [replace(year, grain="season", code=base + n) for n in numbers]
    values = [replace(outer, inside=when) for when in whens] if isinstance(outer, Shift) else whens
    value = Range(values[0], values[1], f.join, tuple(values[2:]))
    return Made(kind="range", value=value, ends=spans_of(f, values, items), lossy=_fiscal(f))


def _fiscal(f: Fields) -> tuple[str, ...]:
    """Return the word that makes a part of a year one that is not that of the calendar."""
    lost = f.item("lost")
    return () if lost is None else (lost.text.lower(),)


def read_roman_month(f: Fields) -> Made | None:
    """Read a date whose month is a Roman numeral in capitals: 9.V.1945."""
    item = f.item("month")
    month = f.value(item, f.slots["month"][1]) if item else None
    if item is None or not item.text.isupper() or not isinstance(month, int) or month > 12:
        return Made(kind="broken", value=None)
    return read_date(f)


def read_inside(f: Fields) -> Made | None:
    """Read a date within a year or month that is named by its distance: August of that year, the 20th of next month."""
    shift = f.get("outer")
    if not isinstance(shift, Shift):
        return None
    days, months = f.filled("day"), f.filled("month")
    if months:
        when = f.value(months[0], f.slots["month"][1])
        if isinstance(when, int):
            when = When("month", month=when) if when < 20 else When("season", code=when)
        if days:
            when = replace(when, grain="day", day=f.value(days[0], f.slots["day"][1]))
        if len(months) > 1 and shift.unit == "Y":
            return _months_inside(shift, months)
        return Made(kind="relative", value=replace(shift, inside=when)) if shift.unit == "Y" else None
    if shift.unit != "M":
        return None
    numbers = [f.value(item, f.slots["day"][1]) for item in days]
    if not all(isinstance(n, int) and n <= 31 for n in numbers):
        return None
    values = [replace(shift, inside=When("day", day=n)) for n in numbers]
    if len(values) == 1:
        return Made(kind="relative", value=values[0])
    stops = (days[0].end, f.end)
    ends = tuple(
        Item(start=i.start, end=e, text="", kind="relative", value=v)
        for i, e, v in zip(days, stops, values, strict=True)
    )
    return Made(kind="range", value=Range(values[0], values[1]), ends=ends)


def _months_inside(shift: Shift, months: list[Item]) -> Made:
    """Return the span of two months within a year that is named by its distance."""
    values = [replace(shift, inside=month.value) for month in months]
    ends = tuple(replace(i, kind="relative", value=v) for i, v in zip(months, values, strict=True))
    return Made(kind="range", value=Range(values[0], values[1]), ends=ends)


def is_labelled(f: Fields) -> bool:
    """Return whether the word before a match says that its first numbers count something else: articles 3 and 5."""
    before = f.text[max(0, f.start - 20) : f.start].split()
    return bool(before) and before[-1].strip(".(").lower() in f.grammar.labels


def next_word(f: Fields) -> str:
    """Return the word after a match in small letters, or nothing where there is a mark between."""
    after = f.text[f.end : f.end + 40]
    words = after.split(maxsplit=1)
    return words[0].strip(".,;:!?)”\"'").lower() if words and after[:1].isspace() else ""


CALENDAR_READERS: dict[str, Reader] = {
    "date": read_date,
    "numeric": read_numeric,
    "numeric_range": read_numeric_range,
    "part_of_year": read_part_of_year,
    "parts_of_year": read_parts_of_year,
    "roman_month": read_roman_month,
    "inside": read_inside,
}
"""The reader of each name that a file of patterns can give."""

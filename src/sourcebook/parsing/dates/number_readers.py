"""Readers of numbers in words, of years counted from an era, of decades and centuries."""

from __future__ import annotations

from typing import Any

from sourcebook.parsing.dates.calendar import Range, When, exists
from sourcebook.parsing.dates.calendar_readers import is_labelled
from sourcebook.parsing.dates.cascade import Fields, Item, Made, Reader, spans_of

__all__ = ["NUMBER_READERS"]

#: Decades of two digits from here on are of the twentieth century.
_DECADES = 1900  # from which on hundreds in the plural are a decade
_PIVOT = 30
#: Years below this one are named by "the year 5" alone.
_SMALL_YEAR = 100


def _count(words: list[Any]) -> int | None:
    """Return the number that number words make together, or None where they are no one number."""
    total = current = 0
    for n, word in enumerate(words):
        if word >= 1000:
            if n and not current:
                return None
            total, current = total + max(current, 1) * word, 0
        elif word == 100:
            if n and not 0 < current < 100:
                return None
            current = max(current, 1) * 100
        elif word == 0:
            return 0 if len(words) == 1 else None
        elif (word < 10 and (current % 10 or current % 100 == 10)) or (word >= 10 and current % 100):
            return None
        else:
            current += word
    return total + current


def _pair(words: list[int]) -> int | None:
    """Return a year said in two halves, such as nineteen eighty-eight or nineteen oh one."""
    for cut in range(1, len(words)):
        left, right = _count(words[:cut]), words[cut:]
        if right[0] == 0 and len(right) == 2:
            right = right[1:]
        low = _count(right)
        if (
            left is not None
            and low is not None
            and 10 <= left <= 20
            and 0 < low < 100
            and (low > 9 or words[cut] == 0)
        ):
            return left * 100 + low
    return None


def read_number(f: Fields) -> Made | None:
    """Read a number in words; one that can be a year is marked as such."""
    words = [f.value(i, ("ones", "tens", "scale")) for i in f.matched]
    numbers = [w for w in words if isinstance(w, int)]
    joined_early = f.chars and any(
        w == "and" and numbers[:1] and words[n - 2] not in (100, 1000, *range(20, 100))
        for n, w in enumerate(words)
    )
    count = None if joined_early else _count(numbers)
    if count is None and "and" not in words:
        count = _pair(numbers)
    if count is None:
        return None
    return Made(kind="wordyear" if 1000 <= count <= 2099 else "number", value=count)


def read_decimal(f: Fields) -> Made | None:
    """Read a number with a decimal point, a grouping comma or a fraction."""
    if f.item("fraction"):
        part = {"½": 0.5, "¼": 0.25, "¾": 0.75}[f.item("fraction").text]  # type: ignore[union-attr]
        return Made(kind="number", value=f.get("number", 0) + part)
    whole, rest = f.get("number"), f.item("rest")
    if rest is None:
        return Made(kind="number", value=whole + 0.5)
    if f.pattern.with_.get("mark") == ",":
        return Made(kind="number", value=int(f"{whole}{rest.text}"))
    return Made(kind="number", value=float(f"{whole}.{rest.text}"))


def read_ordinal(f: Fields) -> Made | None:
    """Read an ordinal: 22nd, twenty-second."""
    number = f.get("number")
    return Made(kind="ordinal", value=(f.get("tens") or 0) + number if number is not None else None)


def read_era_name(f: Fields) -> Made | None:
    """Read the name of an era."""
    return Made(kind="era", value=f.pattern.with_["era"])


def read_era_years(f: Fields) -> Made | None:
    """Read years counted from an era: 499–493 BC, AD 301."""
    bc = f.get("era") == "bc"
    items = f.filled("number")
    numbers = [i.value if i.kind else int(i.text) if i.text.isdigit() else None for i in items]
    if not all(isinstance(n, int) and 0 < n < 10000 for n in numbers):
        return None
    whens = [When("year", 1 - n if bc else n, before_era=bc) for n in numbers]  # type: ignore[operator]
    if len(whens) == 1:
        return Made(kind="yearmark", value=whens[0])
    if whens[0].year >= whens[1].year:  # type: ignore[operator]
        return Made(kind="broken", value=None) if f.join == "/" else None
    return Made(kind="range", value=Range(whens[0], whens[1], f.join), ends=spans_of(f, whens, items))


def read_decade(f: Fields) -> Made | None:
    """Read a decade: the 1980s, the '40s, the nineteen seventies, the 470s BC; the 1700s are a century."""
    bc = f.get("era") == "bc"
    item = f.item("year")
    year = f.get("year")
    if item is None or not isinstance(year, int):
        return None
    if f.get("hundreds") is not None:
        if not 10 <= f.get("hundreds") <= 20:
            return None
        year += f.get("hundreds") * 100
    if year % 10:
        return None
    if year % 100 == 0 and 1000 <= year < _DECADES and not bc:
        return Made(kind="century", value=When("century", year), first=f.after("skip"))
    short = year < 100 and f.get("hundreds") is None and not bc
    if short:
        year += 1900 if year >= _PIVOT else 2000
    return Made(
        kind="decade", value=When("decade", year, before_era=bc, short_year=short), first=f.after("skip")
    )


def read_decades(f: Fields) -> Made | None:
    """Read decades of which all but the first, or all, lack their century: the 1970s and 80s, the 60s, 70s and 80s."""
    items = f.filled("item")
    numbers = [f.value(item, f.slots["item"][1]) for item in items]
    first, rest = numbers[0], [number % 100 for number in numbers]
    if any(number % 10 for number in numbers) or rest != sorted(set(rest)):
        return None
    short = first < _SMALL_YEAR
    if short:
        first += 1900 if first >= _PIVOT else 2000
    whens = [When("decade", first // 100 * 100 + number, short_year=short) for number in rest]
    value = Range(whens[0], whens[1], f.join, tuple(whens[2:]))
    return Made(kind="range", value=value, ends=spans_of(f, whens, items))


def read_century(f: Fields) -> Made | None:
    """Read one century, or several: the 19th century, the 2nd or 3rd century BC."""
    bc = f.get("era") == "bc"
    items = f.filled("number")
    numbers = [f.value(item, f.slots["number"][1]) for item in items]
    least = f.pattern.with_.get("above", 0)
    if not all(isinstance(n, int) and 0 < n < 100 for n in numbers) or _is_small_roman(items):
        return None
    if numbers[0] <= least:
        return None
    whens = [When("century", n if bc else (n - 1) * 100, before_era=bc) for n in numbers]
    parts = f.filled("part")
    lossy = tuple(item.text.lower() for item in parts)
    if len(whens) == 1:
        if len(f.filled("era")) < 2:
            return Made(kind="century", value=whens[0])
        whens, items = _of_both_eras(f, numbers[0]), [items[0], items[0]]
    stops = [*(item.end for item in items[:-1]), f.end]
    ends: list[Item] = []
    for item, stop, when in zip(items, stops, whens, strict=True):
        led = [part.start for part in parts if ends and ends[-1].end <= part.start < item.start]
        start = min([item.start, *led]) if ends else f.start
        ends.append(Item(start=start, end=stop, text="", kind="century", value=when))
    if f.join == "[]" and items[0] is not items[1]:
        whens.sort(key=lambda w: -(w.year or 0) if bc else (w.year or 0))
    value = Range(whens[0], whens[1], f.join, tuple(whens[2:]))
    return Made(kind="range", value=value, ends=() if items[0] is items[1] else tuple(ends), lossy=lossy)


def _of_both_eras(f: Fields, number: int) -> list[When]:
    """Return a century before the era and the one of that number in it: the 1st century BC or AD."""
    eras = [f.value(item, ("era",)) for item in f.filled("era")]
    whens = [
        When("century", number if bc else (number - 1) * 100, before_era=bc)
        for bc in (era == "bc" for era in eras)
    ]
    return sorted(whens, key=lambda when: not when.before_era)


def _is_small_roman(items: list[Item]) -> bool:
    """Return whether a Roman numeral is in small letters, as no century is."""
    return any(not item.kind and item.text.isalpha() and item.text.islower() for item in items)


def read_fiscal(f: Fields) -> Made | None:
    """Read a fiscal year, which is not that of the calendar."""
    items = f.filled("year")
    years = [int(item.text) for item in items]
    years = [n + (0 if n >= _SMALL_YEAR else 2000 if n < _PIVOT else 1900) for n in years]
    whens, lossy = [When("year", year, about=True) for year in years], (f.get("lost"),)
    if len(whens) == 1:
        return Made(kind="yearmark", value=whens[0], lossy=lossy)
    return Made(
        kind="range", value=Range(whens[0], whens[1], f.join), ends=spans_of(f, whens, items), lossy=lossy
    )


def read_marked_year(f: Fields) -> Made | None:
    """Read a year that is called one: the year 301. A small number may count something else: year 5, the year of 5."""
    year, words = f.get("year"), f.text[f.start : f.end].lower().split()
    if not isinstance(year, int) or not 0 < year < 3000:
        return None
    if year < _SMALL_YEAR and ("of" in words or words[0] != "the" or f.text[f.end :].split()[:1] == ["of"]):
        return Made(kind="broken", value=None)
    return Made(kind="yearmark", value=When("year", year))


def read_decade_of_century(f: Fields) -> Made | None:
    """Read decades within their century: the last decade of the 19th century, the sixties and seventies of it."""
    items, words = f.filled("number"), f.filled("decade")
    number, count = f.value(items[0], f.slots["number"][1]), f.get("count")
    counts = [f.value(word, ("decadeword",)) // 10 + 1 for word in words] or [
        10 if count == "last" else count
    ]
    counted = isinstance(number, int) and all(isinstance(n, int) and 0 < n <= 10 for n in counts)
    if not counted or _is_small_roman(items) or counts != sorted(set(counts)):
        return Made(kind="broken", value=None)
    whens = [When("decade", (number - 1) * 100 + (n - 1) * 10) for n in counts]
    if len(whens) == 1:
        return Made(kind="decade", value=whens[0])
    value = Range(whens[0], whens[1], f.join, tuple(whens[2:]))
    return Made(kind="range", value=value, ends=spans_of(f, whens, words))


def read_compact(f: Fields) -> Made | None:
    """Read a day as eight digits, or a span of such days: on 20161016, from 20161016 to 20161020."""
    items = f.filled("date")
    parts = [(int(item.text[:4]), int(item.text[4:6]), int(item.text[6:])) for item in items]
    whens = [When("day", *part) for part in parts]
    if not all(map(exists, whens)) or parts != sorted(set(parts)) or (len(parts) > 1 and is_labelled(f)):
        return None
    if len(whens) == 1:
        return Made(kind="date", value=whens[0])
    return Made(kind="range", value=Range(whens[0], whens[1]), ends=spans_of(f, whens, items))


NUMBER_READERS: dict[str, Reader] = {
    "compact": read_compact,
    "number": read_number,
    "decimal": read_decimal,
    "ordinal": read_ordinal,
    "era_name": read_era_name,
    "era": read_era_years,
    "decade": read_decade,
    "decades": read_decades,
    "century": read_century,
    "fiscal": read_fiscal,
    "marked_year": read_marked_year,
    "decade_of_century": read_decade_of_century,
}
"""The reader of each name that a file of patterns can give."""

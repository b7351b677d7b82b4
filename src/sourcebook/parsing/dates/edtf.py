"""Read EDTF strings, levels 0, 1 and 2, into `DateInterval` records."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NoReturn

from sourcebook.core.errors import ParseError
from sourcebook.parsing.dates.date_interval import AS_STATED, DateInterval, DateReading
from sourcebook.parsing.dates.days import day_number, shift
from sourcebook.parsing.dates.masks import runs, years_of

__all__ = ["parse_edtf"]

_YEAR = re.compile(r"-?[0-9X]{4}(?![0-9X])")
_TWO = re.compile(r"[0-9X]{2}(?![0-9X])")
_MARK = re.compile(r"[?~%]")
_DIGITS = re.compile(r"[0-9]+")
_TIME = re.compile(
    r"T(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]|24:00:00)"
    r"(?:Z|\+(?:0[0-9]|1[0-3])(?::[0-5][0-9])?|\+14(?::00)?|-(?!00(?::00)?$)(?:0[0-9]|1[01])(?::[0-5][0-9])?|-12(?::00)?)?"
)
_PARTS = ("year", "month", "day")
_MAX_EXPONENT = 12
_LEAP_YEAR = 2000


@dataclass
class _Reader:
    """A string and the place up to which it was read."""

    text: str
    at: int = 0

    def peek(self, literal: str) -> bool:
        return self.text.startswith(literal, self.at)

    def skip(self, literal: str) -> bool:
        found = self.peek(literal)
        self.at += len(literal) if found else 0
        return found

    def take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return match.group() if match else ""

    def expect(self, pattern: re.Pattern[str], expected: str) -> str:
        return self.take(pattern) or self.fail(expected)

    def fail(self, expected: str, at: int | None = None) -> NoReturn:
        place = self.at if at is None else at
        rest = self.text[place:]
        found = repr(rest) if rest else "the end of the string"
        raise ParseError(f"EDTF date {self.text!r}, position {place}: expected {expected}, found {found}")


def _number(reader: _Reader, digits: str, significant: str, start: int) -> tuple[int, int]:
    """Return the years that a number with that many significant digits stands for."""
    value, length = int(digits), len(digits.lstrip("-"))
    if not significant:
        return value, value
    if not 1 <= int(significant) <= length:
        reader.fail(f"a number of significant digits from 1 to {length}", start)
    step = 10 ** (length - int(significant))
    low = abs(value) // step * step
    return (low, low + step - 1) if value >= 0 else (-low - step + 1, -low)


def _significant(reader: _Reader) -> str:
    return reader.expect(_DIGITS, "the number of significant digits after S") if reader.skip("S") else ""


def _years(reader: _Reader, start: int, first: int, last: int, marks: tuple[str, str]) -> DateInterval:
    earliest, latest = day_number(first, 1, 1), day_number(last, 12, 31)
    return _single(reader.text[start : reader.at], earliest, latest, "year", {"year": "".join(marks)})


def _long_year(reader: _Reader, start: int) -> DateInterval:
    """Read ``Y170000002``, ``Y-17E7``, ``Y3388E2S3``."""
    sign = "-" if reader.skip("-") else ""
    place = reader.at
    digits = reader.expect(_DIGITS, "the digits of a year after Y")
    if digits.startswith("0"):
        reader.fail("a year after Y that does not begin with 0", place)
    if reader.skip("E"):
        exponent = reader.expect(_DIGITS, "an exponent after E")
        if int(exponent) > _MAX_EXPONENT:
            reader.fail(f"an exponent of at most {_MAX_EXPONENT}", reader.at - len(exponent))
        digits += "0" * int(exponent)
    elif len(digits) < 5:
        reader.fail("a year of more than four digits after Y (write a shorter one without Y)", place)
    place = reader.at + 1
    first, last = _number(reader, sign + digits, _significant(reader), place)
    return _years(reader, start, first, last, ("", reader.take(_MARK)))


def _single(
    edtf: str, earliest: int | None, latest: int | None, grain: str, marks: dict[str, str]
) -> DateInterval:
    """Make the record of one date from its bounds and the marks of its parts."""
    about = tuple(p for p in _PARTS if set(marks.get(p, "")) & {"~", "%"})
    doubtful = tuple(p for p in _PARTS if set(marks.get(p, "")) & {"?", "%"})
    return DateInterval(
        edtf=edtf, earliest=earliest, latest=latest,
        start_earliest=earliest, start_latest=latest, end_earliest=earliest, end_latest=latest,
        unknown_start=earliest is None, unknown_end=latest is None,
        approximate=bool(about), uncertain=bool(doubtful),
        approximate_parts=about, uncertain_parts=doubtful, granularity=grain,
    )  # fmt: skip


def _grain(year: str, month: str, day: str) -> str:
    if day and "X" not in day:
        return "day"
    if month and "X" not in month:
        return "season" if int(month) > 20 else "month"
    tail = len(year) - len(year.rstrip("X"))
    return ("year", "decade", "century", "millennium", "unknown")[tail]


def _components(reader: _Reader) -> tuple[dict[str, str], dict[str, str]]:
    """Read year, month and day with the marks before and after each."""
    values = dict.fromkeys(_PARTS, "")
    marks = dict.fromkeys(_PARTS, "")
    for index, part in enumerate(_PARTS):
        if index and not reader.skip("-"):
            break
        marks[part] += reader.take(_MARK)
        start = reader.at
        expected = "a year of four digits" if part == "year" else f"a {part} of two digits"
        values[part] = reader.expect(_YEAR if part == "year" else _TWO, expected)
        if part == "year" and values[part] == "-0000":
            reader.fail("0000 for the year before year 1", start)
        if (
            part == "month"
            and values[part].isdigit()
            and not (1 <= int(values[part]) <= 12 or 21 <= int(values[part]) <= 41)
        ):
            reader.fail("a month 01 to 12 or a season 21 to 41", start)
        if part == "year" and reader.peek("S"):
            break
        group = reader.take(_MARK)
        for earlier in _PARTS[: index + 1]:
            marks[earlier] += group
        if part == "month" and values[part].isdigit() and int(values[part]) > 20:
            break
    return values, marks


def _date(reader: _Reader, southern: bool, *, with_time: bool = False) -> DateInterval:
    """Read one date, with a time of day where that is allowed."""
    start = reader.at
    if reader.skip("Y"):
        return _long_year(reader, start)
    values, marks = _components(reader)
    year, month, day = (values[part] for part in _PARTS)
    if reader.peek("S"):
        if "X" in year:
            reader.fail("no S after a year with unspecified digits")
        place = reader.at + 1
        first, last = _number(reader, year, _significant(reader), place)
        return _years(reader, start, first, last, (marks["year"], reader.take(_MARK)))
    unknown = year.lstrip("-") == "XXXX"
    allowed = [
        run
        for y in ([_LEAP_YEAR] if unknown else years_of(year))
        for run in runs(y, month, day, southern=southern)
    ]
    if not allowed:
        reader.fail("a date that exists in the calendar", start)
    if with_time and reader.peek("T"):
        if not day or "X" in year + month + day or any(marks.values()):
            reader.fail("no time of day unless year, month and day are stated without marks")
        reader.expect(_TIME, "a time hh:mm:ss with Z, ±hh or ±hh:mm or nothing after it")
    earliest, latest = (None, None) if unknown else (allowed[0][0], allowed[-1][1])
    date = _single(reader.text[start : reader.at], earliest, latest, _grain(year, month, day), marks)
    days = sum(final - begin + 1 for begin, final in allowed)
    gaps = bool(month.strip("X") or day.strip("X")) if unknown else days < allowed[-1][1] - allowed[0][0] + 1
    return replace(date, pattern="-".join(p for p in (year, month, day) if p)) if gaps else date


def _widen(date: DateInterval, reading: DateReading) -> DateInterval:
    """Move the ends of an approximate date outward by what is assumed for its finest marked part."""
    if not date.approximate_parts:
        return date
    part = f"{date.approximate_parts[-1]}s"
    by = {part: getattr(reading, f"approximate_{part}")}
    low = None if date.earliest is None else shift(date.earliest, **{k: -v for k, v in by.items()})
    high = None if date.latest is None else shift(date.latest + 1, **by) - 1
    pattern = "" if by[part] and date.bounded else date.pattern
    return replace(
        date, earliest=low, latest=high, start_earliest=low, start_latest=high,
        end_earliest=low, end_latest=high, pattern=pattern,
    )  # fmt: skip


def _span(
    edtf: str, left: DateInterval | str, right: DateInterval | str, reading: DateReading
) -> DateInterval:
    """Join two ends; an end is a date, or ``..`` for open, or an empty string for unknown."""
    start = _widen(left, reading) if isinstance(left, DateInterval) else None
    end = _widen(right, reading) if isinstance(right, DateInterval) else None
    start_earliest, start_latest = (start.earliest, start.latest) if start else (None, None)
    end_earliest, end_latest = (end.earliest, end.latest) if end else (None, None)
    if start_latest is None or (end_latest is not None and end_latest < start_latest):
        start_latest = end_latest
    if end_earliest is None or (start_earliest is not None and start_earliest > end_earliest):
        end_earliest = start_earliest
    members = tuple(d for d in (start, end) if d)
    patterns = [d.pattern for d in members if d.pattern]
    return DateInterval(
        edtf=edtf, earliest=start_earliest, latest=end_latest, start_earliest=start_earliest,
        start_latest=start_latest, end_earliest=end_earliest, end_latest=end_latest,
        open_start=left == "..", open_end=right == "..",
        unknown_start=left == "" or bool(start and start.earliest is None),
        unknown_end=right == "" or bool(end and end.latest is None),
        approximate=any(d.approximate for d in members), uncertain=any(d.uncertain for d in members),
        granularity="interval", members=members,
        pattern="/".join(patterns) if len(patterns) == 2 else "",
    )  # fmt: skip


def _check_order(reader: _Reader, left: DateInterval | str, right: DateInterval | str, start: int) -> None:
    if (
        isinstance(left, DateInterval) and isinstance(right, DateInterval)
        and left.earliest is not None and right.latest is not None and left.earliest > right.latest
    ):  # fmt: skip
        reader.fail(f"an end that is not before the start {left.edtf}", start)


def _end(reader: _Reader, southern: bool, stops: tuple[str, ...]) -> DateInterval | str:
    """Read one end of a span up to `stops`."""
    if reader.skip(".."):
        return ".."
    if reader.at == len(reader.text) or reader.text[reader.at] in stops:
        return ""
    return _date(reader, southern)


def _interval(reader: _Reader, reading: DateReading) -> DateInterval:
    left = _end(reader, reading.southern, ("/",))
    if not reader.skip("/"):
        reader.fail("a slash between the two ends of an interval (no time of day in intervals)")
    place = reader.at
    right = _end(reader, reading.southern, ())
    if left == "" and right == "":
        reader.fail("a date on at least one side of the slash", 0)
    _check_order(reader, left, right, place)
    return _span(reader.text, left, _last_year(left, right, reading.end_years), reading)


def _last_year(left: DateInterval | str, right: DateInterval | str, end_years: str) -> DateInterval | str:
    """Move the end of a span of years, where the year that ends it may not belong to it.

    An end that would come before the start stays where it is: ``1988/1988`` is that year.
    """
    if end_years == "inclusive" or not isinstance(right, DateInterval) or right.granularity != "year":
        return right
    if right.earliest is None or right.latest is None:
        return right
    low, high = shift(right.earliest, years=-1), right.latest
    if end_years == "exclusive":
        high = right.earliest - 1
    if isinstance(left, DateInterval) and left.earliest is not None and right.earliest <= left.earliest:
        return right
    return replace(
        right, earliest=low, latest=high, start_earliest=low, start_latest=high,
        end_earliest=low, end_latest=high,
    )  # fmt: skip


def _member(reader: _Reader, reading: DateReading, close: str) -> DateInterval:
    """Read one member of a set: a date, ``a..b``, ``..b`` or ``a..``."""
    start = reader.at
    if reader.skip(".."):
        if reader.text[start - 1] not in "[{":
            reader.fail("the two dots of an open start only on the first member", start)
        right = _date(reader, reading.southern)
        return _span(f"../{right.edtf}", "..", right, reading)
    left = _date(reader, reading.southern)
    if not reader.skip(".."):
        return _widen(left, reading)
    if reader.peek(close):
        return _span(f"{left.edtf}/..", left, "..", reading)
    place = reader.at
    right = _date(reader, reading.southern)
    if right.granularity != left.granularity:
        reader.fail(f"an end as exact as {left.edtf}, a {left.granularity}", place)
    _check_order(reader, left, right, place)
    return _span(f"{left.edtf}/{right.edtf}", left, right, reading)


def _set(reader: _Reader, reading: DateReading) -> DateInterval:
    close = "]" if reader.skip("[") else "}"
    reader.skip("{")
    members = [_member(reader, reading, close)]
    while reader.skip(","):
        members.append(_member(reader, reading, close))
    if not reader.skip(close):
        reader.fail(f"a comma or {close}")
    lows = [m.earliest for m in members]
    highs = [m.latest for m in members]
    low = None if None in lows else min(n for n in lows if n is not None)
    high = None if None in highs else max(n for n in highs if n is not None)
    first_end = min((n for n in (m.start_latest for m in members) if n is not None), default=None)
    last_start = max((n for n in (m.end_earliest for m in members) if n is not None), default=None)
    all_of = close == "}"
    return DateInterval(
        edtf=reader.text, earliest=low, latest=high, start_earliest=low, end_latest=high,
        start_latest=first_end if all_of else high, end_earliest=last_start if all_of else low,
        open_start=any(m.open_start for m in members), open_end=any(m.open_end for m in members),
        unknown_start=any(m.unknown_start for m in members), unknown_end=any(m.unknown_end for m in members),
        approximate=any(m.approximate for m in members), uncertain=any(m.uncertain for m in members),
        granularity="set", set_kind="all_of" if all_of else "one_of", members=tuple(members),
    )  # fmt: skip


def parse_edtf(text: str, *, reading: DateReading = AS_STATED) -> DateInterval:
    """Read an EDTF string of level 0, 1 or 2.

    Parameters
    ----------
    text : str
        For example ``1985-04-12``, ``2004-06~``, ``1987/1991``, ``../1985``, ``19XX``, ``XXXX-12-05``,
        ``[1667,1668,1670..1672]``, ``2004?-06-~11``, ``Y-17E7``, ``1950S2``, ``2001-21``.
    reading : DateReading
        How far marks of approximation widen the bounds; by default not at all.

    Returns
    -------
    DateInterval

    Raises
    ------
    ParseError
        The string is not EDTF, names a day that does not exist, or runs backwards. The message gives the
        string, the position, what was expected and what was found.

    Notes
    -----
    ===== ======================================== ==============================================
    Level Read                                     Examples
    ===== ======================================== ==============================================
    0     day, month, year                         ``1985-04-12``, ``1985-04``, ``1985``
    0     day with a time, checked and kept in     ``1985-04-12T23:20:30Z``
          `edtf` only: the bounds are the day's
    0     interval of dates                        ``1964/2008``, ``2004-02-01/2005-02``
    1     year of more than four digits, BCE       ``Y170000002``, ``-1985``
    1     season                                   ``2001-21`` to ``2001-24``
    1     uncertain, approximate, both             ``1984?``, ``2004-06~``, ``2004-06-11%``
    1     unspecified digits                       ``201X``, ``2004-XX``, ``1985-XX-XX``
    1     open or unknown end                      ``1985/..``, ``../1985``, ``1985/``, ``/1985``
    2     exponent up to 12, significant digits    ``Y-17E7``, ``1950S2`` (1900 to 1999)
    2     season of a hemisphere, quarter, half    ``2001-25`` to ``2001-41``
    2     one of, all of                           ``[1667,1668,1670..1672]``, ``{1960,1961-12}``
    2     marks of a part or a group               ``2004-?06-~11``, ``2004?-06``
    2     unspecified digits anywhere              ``156X-12-25``, ``XXXX-12-XX``
    ===== ======================================== ==============================================

    Refused is what EDTF leaves out of ISO 8601: the form without hyphens, week and ordinal dates, durations,
    parts of a second, two-digit centuries, a time of day in an interval; also the year ``-0000``, ``../..`` and
    ``unknown`` and ``open`` of the draft of 2012.

    References
    ----------
    Library of Congress, *Extended Date/Time Format (EDTF) Specification*, 4 February 2019,
    https://www.loc.gov/standards/datetime/; ISO 8601-2:2019, annex A.

    Examples
    --------
    >>> from sourcebook.parsing.dates import iso_day
    >>> span = parse_edtf("1987/1991")
    >>> [iso_day(n) for n in (span.start_earliest, span.start_latest, span.end_earliest, span.end_latest)]
    ['1987-01-01', '1987-12-31', '1991-01-01', '1991-12-31']
    >>> parse_edtf("1900-02-29")
    Traceback (most recent call last):
    sourcebook.core.errors.ParseError: EDTF date '1900-02-29', position 0: expected a date that exists ...
    """
    if len(text) > 1000:
        raise ParseError(f"EDTF date {text[:40]!r}…: expected at most 1,000 characters, found {len(text):,}")
    return _parse(text, reading)


@lru_cache(maxsize=4096)
def _parse(text: str, reading: DateReading) -> DateInterval:
    reader = _Reader(text)
    if reader.peek("[") or reader.peek("{"):
        date = _set(reader, reading)
    elif "/" in text:
        date = _interval(reader, reading)
    else:
        date = _widen(_date(reader, reading.southern, with_time=True), reading)
    if reader.at < len(text):
        reader.fail("the end of the string")
    return date

"""Spans, sets, and dates that bound others."""

from __future__ import annotations

from dataclasses import replace

from sourcebook.core.errors import ParseError
from sourcebook.parsing.dates.answers import Answer, Context, Resolve, moved
from sourcebook.parsing.dates.calendar import (
    LENGTHS,
    Duration,
    Fixed,
    Named,
    Open,
    Range,
    Shift,
    Stretch,
    Value,
    When,
    first_day,
    last_day,
)
from sourcebook.parsing.dates.days import iso_day, shift
from sourcebook.parsing.dates.edtf import parse_edtf

__all__ = ["resolve_open", "resolve_range", "resolve_stretch"]

#: How much of a day says months or years.
_CUT = {"M": 7, "Q": 7, "Y": 4, "DE": 4}


def resolve_range(value: Range, context: Context, resolve: Resolve) -> Answer:
    """Return a span, or a set of dates."""
    if (
        isinstance(value.last, Named)
        and value.last.when.weekday
        and value.last.which is None
        and value.join == "/"
    ):
        weekdays = _weekdays(value.first, value.last.when.weekday, context, resolve)
        if weekdays is not None:
            return weekdays
    answers = [resolve(v, context) for v in (value.first, value.last, *value.more)]
    answers[1:] = [_of_year(answer, answers[0], value) for answer in answers[1:]]
    first, last = answers[0], answers[1]
    known = all(answer.timex for answer in answers)
    if isinstance(value.first, Duration) or not known:
        return Answer(timex=_joined(answers) if known else "")
    if value.join == "?":
        return _either(answers)
    relative_to = first.relative_to or last.relative_to
    timex = _joined(answers)
    readings = _paired(first, last) if value.join == "/" else ()
    if readings and _is_turned(first, last, context):
        years = [end[:4] for end in readings[-1 if context.future else 0].split("/")]
        timex = f"{years[0]}{first.timex[4:]}/{years[1]}{last.timex[4:]}"
    if isinstance(value.last, Shift) and value.last.step is None:
        return Answer(timex=timex)
    if isinstance(value.last, Fixed):
        return Answer(f"{first.edtf}/.." if first.edtf else "", timex, (), relative_to, first.when)
    if not all(a.edtf for a in answers):
        return Answer("", timex, (), relative_to, last.when)
    if "XXXX" in last.edtf and "XXXX" not in first.edtf and last.readings:
        ahead = [name for name in last.readings if name >= first.timex]
        timex = f"{first.timex}/{ahead[0]}" if ahead else timex
    if ("XXXX" in first.edtf) != ("XXXX" in last.edtf) and "X" not in timex:
        return Answer(timex, timex, (), relative_to, last.when)
    if value.join == "/":
        edtf = f"{_start(first.edtf)}/{_end(last.edtf)}"
    else:
        members = ",".join(a.edtf.replace("/", "..") for a in answers)
        edtf = value.join[0] + members + value.join[1]
    return Answer(edtf, timex, readings, relative_to, last.when)


def _joined(answers: list[Answer]) -> str:
    """Return the TIMEX3 values of several dates; the thirds of one year have that of the year."""
    names = [answer.timex for answer in answers]
    first = answers[0].when
    thirds = first is not None and first.grain == "year" and bool(first.part) and len(set(names)) == 1
    return names[0] if thirds else "/".join(names)


def _is_turned(first: Answer, last: Answer, context: Context) -> bool:
    """Return whether a range ends before it begins, or is over where what is said of it is still to come."""
    if first.when is None or last.when is None:
        return False
    over = (
        context.future
        and context.written is not None
        and last_day(last.when) < (first_day(context.written) or 0)
    )
    return over or (first_day(first.when) or 0) > (first_day(last.when) or 0)


def _of_year(answer: Answer, first: Answer, value: Range) -> Answer:
    """Return an answer of the same year as the first where they are spans of one month."""
    if not isinstance(value.first, Range) or answer.when is None or first.when is None:
        return answer
    timex = answer.timex.replace(f"{answer.when.timex[:4]}-", f"{first.when.timex[:4]}-")
    return replace(answer, timex=timex, when=replace(answer.when, year=first.when.year))


def _weekdays(start: Value, weekday: int, context: Context, resolve: Resolve) -> Answer | None:
    """Return a span that ends on the first such weekday after its start: from next Monday to Friday."""
    first = resolve(start, context)
    if first.when is None or first.when.grain != "day" or first.when.year is None:
        return None
    spans = []
    for name in dict.fromkeys((first.when.edtf, *first.readings)):
        number = parse_edtf(name).earliest or 0
        spans.append(f"{name}/{iso_day(number + 1 + (weekday - 1 - number) % 7)}")
    readings = tuple(sorted(spans)) if len(spans) > 1 else ()
    return Answer(spans[0] if first.edtf else "", spans[0], readings, first.relative_to, first.when)


def _paired(first: Answer, last: Answer) -> tuple[str, ...]:
    """Return the readings of a range without a year: each start with the end that follows it."""
    pairs = []
    for start in first.readings:
        year = start[:4]
        if not year.isdigit() or not last.edtf.startswith("XXXX"):
            continue
        end = last.edtf.replace("XXXX", year)
        ahead = (parse_edtf(end).earliest or 0) >= (parse_edtf(start).earliest or 0)
        pairs.append(f"{start}/{end if ahead else last.edtf.replace('XXXX', f'{int(year) + 1:04d}')}")
    return tuple(pairs)


def _either(answers: list[Answer]) -> Answer:
    """Return what may be read in two ways."""
    first, last = answers[0], answers[1]
    if len(answers) == 3:
        span = f"{first.edtf}/{last.edtf}"
        return Answer(span, f"{first.timex}/{last.timex}", (span, answers[2].edtf), "", last.when)
    common = first.timex[:4]
    readings = (*(first.readings or (first.edtf,)), *(last.readings or (last.edtf,)))
    return Answer(f"[{','.join(sorted((first.edtf, last.edtf)))}]", common, readings)


def _start(edtf: str) -> str:
    return edtf.split("/")[0].strip("[]{}").split(",")[0]


def _end(edtf: str) -> str:
    return edtf.split("/")[-1].strip("[]{}").split(",")[-1]


def resolve_stretch(value: Stretch, context: Context, resolve: Resolve) -> Answer:
    """Return the days, months or years that a length takes from a date on, or at one end of it."""
    past = value.past or (value.at == "end" and not context.future)
    base = resolve(value.base, replace(context, past=True, future=False) if past else context)
    if base.when is None or base.when.year is None or base.when.year <= 0:
        return Answer(timex=value.length.timex)
    names = dict.fromkeys((base.when.edtf, *base.readings))
    spans = [span for name in names if (span := _stretch(name, value.length, at=value.at))]
    if not spans:
        return Answer(timex=value.length.timex)
    readings = tuple(sorted(spans)) if len(spans) > 1 else ()
    return Answer(spans[0] if base.edtf else "", spans[0], readings, base.relative_to, base.when)


def _stretch(name: str, length: Duration, *, at: str) -> str:
    """Return the span of a length that begins or ends with a date, or is its first or last part."""
    date, (number, unit) = parse_edtf(name), length.parts[0]
    if (
        number is None
        or number != int(number)
        or len(length.parts) > 1
        or length.hedge
        or unit not in LENGTHS
    ):
        return ""
    if date.earliest is None or date.latest is None or date.approximate:
        return ""
    lengths, cut = {key: each * int(number) for key, each in LENGTHS[unit].items()}, _CUT.get(unit)
    if length.edge:
        first = (
            date.earliest
            if length.edge > 0
            else shift(date.latest + 1, **{k: -n for k, n in lengths.items()})
        )
        last = shift(first, **lengths) - 1
        if first < date.earliest or last > date.latest:
            return ""
    elif at:
        first, last = shift(date.latest + 1, **{k: -n for k, n in lengths.items()}), date.latest
        if at == "start":
            first, last = date.earliest, shift(date.earliest, **lengths) - 1
        cut = None if date.granularity == "day" else len(name)
    elif date.granularity == "day":
        first, last, cut = date.earliest, shift(date.earliest, **lengths) - 1, None
    elif (date.granularity, unit) in (("year", "Y"), ("month", "M"), ("month", "Y")):
        first, last, cut = date.earliest, shift(date.earliest, **lengths), len(name)
    else:
        return ""
    return f"{iso_day(first)[:cut]}/{iso_day(last)[:cut]}"


def _within(value: Shift, inner: Answer, context: Context, resolve: Resolve) -> Answer:
    """Return the days between a date and one that is less than a length away."""
    there = resolve(value.base if value.base is not None else Shift("D", 0, value.anchor), context)
    ends = sorted((answer.readings or (answer.edtf,))[-1] for answer in (inner, there))
    if not ends[0] or any(not end[:4].isdigit() for end in ends):
        return replace(inner, edtf="", readings=())
    return replace(inner, edtf=f"[{_start(ends[0])}..{_end(ends[1])}]", readings=())


def resolve_open(value: Open, context: Context, resolve: Resolve) -> Answer:
    """Return what a date bounds."""
    inner = resolve(value.value, context)
    if value.side == "within" and isinstance(value.value, Shift):
        return _within(value.value, inner, context, resolve)
    readings = tuple(
        _opened(replace(inner, edtf=name, when=_part_only(inner)), value.side) for name in inner.readings
    )
    return replace(inner, edtf=_opened(inner, value.side), readings=readings)


def _part_only(inner: Answer) -> When | None:
    """Return what says which part of a date is meant, for its other readings."""
    return When("day", part=inner.when.part) if inner.when is not None and inner.when.part else None


def _unnamed_year(inner: Answer, side: str) -> str:
    """Return what is before or after a date whose year the words leave out, if it is of the same year."""
    if inner.when is None or inner.when.grain not in ("day", "month"):
        return ""
    year, opened = inner.when.edtf[:4], _opened(replace(inner, edtf=inner.when.edtf), side)
    name = opened.strip("[.]")
    return opened.replace(name, f"XXXX{name[4:]}") if name.startswith(f"{year}-") else ""


def _opened(inner: Answer, side: str) -> str:
    """Return EDTF for all from a date on or up to it, or for some time before or after."""
    edtf = inner.edtf
    if not edtf:
        return ""
    if side in ("since", "until"):
        return f"{_start(edtf)}/.." if side == "since" else f"../{_end(edtf)}"
    if edtf.startswith("XXXX") and inner.when is not None and side not in ("by", "notbefore"):
        return _unnamed_year(inner, side)
    if side in ("by", "notbefore"):
        return f"[..{_end(edtf)}]" if side == "by" else f"[{_start(edtf)}..]"
    when = inner.when
    if edtf.startswith("XX"):
        return ""
    if when is not None and when.grain in ("year", "month") and not when.part and when.year is not None:
        there = moved(when, "Y" if when.grain == "year" else "M", -1 if side == "before" else 1)
        name = replace(there, about=when.about).edtf if there else ""
    else:
        if edtf.startswith("[") and "," in edtf:  # what holds of either date
            edtf = _end(edtf) if side == "before" else _start(edtf)
        try:
            date = parse_edtf(edtf)
        except ParseError:
            return ""
        inside = when is not None and when.part == {"before": "late", "after": "early"}[side]
        day = date.earliest if (side == "before") != inside else date.latest
        step = 0 if inside else -1 if side == "before" else 1
        name = "" if day is None else iso_day(day + step)
        name += "~" if date.approximate and name else ""
    if not name:
        return ""
    return f"[..{name}]" if side == "before" else f"[{name}..]"

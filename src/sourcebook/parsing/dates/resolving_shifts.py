"""Calendar dates without their year, and dates so many units away from another."""

from __future__ import annotations

import math
from dataclasses import replace

from sourcebook.parsing.dates.answers import Answer, Context, Resolve, is_exact_enough, moved, written_on
from sourcebook.parsing.dates.calendar import (
    LENGTHS,
    Duration,
    Shift,
    When,
    day_of,
    exists,
    first_day,
    last_day,
)
from sourcebook.parsing.dates.days import iso_day, shift

__all__ = ["likelier", "resolve_shift", "resolve_when"]

#: So many months back, and a narrative has come to the next year.
_TURN = 7
#: The last code of a season; those after it are of quarters and halves.
_SEASONS = 32
#: Days from which a date without its year is far, if the other reading is so near.
_FAR, _NEAR = 240, 125
#: So many days after the end of a quarter its results are told.
_REPORTED = 120
#: So many years before one that is told, or half so many after, is the decade meant; a coming one is so many ahead.
_AROUND, _AHEAD = 40, 60
_NEAR_GRAINS = ("day", "week", "weekend", "month", "season", "year")
_UNKNOWN = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "Y": "XXXX",
}


def resolve_when(when: When, context: Context) -> Answer:
    """Return a calendar date, with the year supplied where the words leave it out."""
    if when.short_year and when.year is not None:
        other = replace(when, short_year=False)
        meant, relative_to = _meant(other, context)
        if meant is not None:
            return Answer(meant.edtf, meant.timex, (), relative_to, meant)
        later = replace(other, year=when.year + (100 if when.year < 2000 else -100))
        timex = other.timex if when.grain == "decade" else when.timex
        return Answer(edtf=when.edtf, timex=timex, readings=(other.edtf, later.edtf), when=other)
    if when.year is not None:
        return Answer(edtf=when.edtf, timex=when.timex, when=when)
    return _without_year(when, context)


def _meant(when: When, context: Context) -> tuple[When | None, str]:
    """Return the decade or year of two digits that a reader takes, if there is but one, and what that counts from.

    In a history it is the one before or soon after the year that was told; elsewhere the last one that has begun,
    unless the text was written in it, or the next is near or is spoken of.
    """
    written, told, size = context.written, context.last, 10 if when.grain == "decade" else 1
    year = when.year or 0
    if when.month:
        return None, ""
    base = told.year if told is not None and told.grain in _NEAR_GRAINS and not told.before_era else None
    if context.narrative and base:
        start = max(range(year % 100 - 100, base + _AROUND // 2, 100))
        known = base - start <= _AROUND and (written is None or start <= (written.year or start))
        return (replace(when, year=start), "text") if known else (None, "")
    if written is None or not written.year or written.before_era:
        return None, ""
    start = written.year - (written.year - year) % 100
    ahead = start + 100 - written.year
    if written.year - start < size or ahead <= size or (context.sure and ahead <= _AHEAD):
        return None, ""
    return replace(when, year=start), "document"


def _without_year(when: When, context: Context) -> Answer:
    """Supply the year, or the month and year, that the words leave out."""
    readings = _around(when, context.written)
    edtf = replace(when, about=when.about).edtf
    if context.led is not None and not context.past and (when.month or when.code):
        led = replace(when, year=context.led or None)
        return Answer(led.edtf, led.timex, (), "document", led if context.led else None)
    if context.coming and (ahead := _ahead(when, readings, context)) is not None:
        return Answer(edtf, ahead.timex, tuple(dict.fromkeys(r.edtf for r in readings)), "document", ahead)
    if (
        not context.narrative
        and context.written
        and not (context.near and context.last and context.last.year)
    ):
        chosen = likelier(readings, context)
        if chosen is not None:
            names = tuple(dict.fromkeys(r.edtf for r in readings))
            return Answer(edtf, chosen.timex, names, "document", chosen)
    base, relative_to = context.base("text")
    if base is None or base.year is None:
        return Answer(edtf=edtf, timex=when.timex)
    filled = replace(when, year=_nearest_year(when, base), before_era=base.before_era)
    if when.day and not when.month:
        if not base.month:
            return Answer(edtf=edtf, timex=when.timex)
        filled = replace(filled, month=base.month)
    names = tuple(dict.fromkeys(r.edtf for r in readings))
    return Answer(edtf, filled.timex, names, relative_to, filled)


def _ahead(when: When, readings: list[When], context: Context) -> When | None:
    """Return the coming date where what is said of it is to come, and the year told last is over: it will open then."""
    told, written = context.last, context.written
    if told is None or told.year is None or told.before_era or written is None or written.grain != "day":
        return None
    over = first_day(replace(when, year=told.year)) if when.month else None
    if over is None or over >= (first_day(written) or 0) or told.year >= (written.year or 0):
        return None
    return readings[-1] if readings and (first_day(readings[-1]) or 0) >= (first_day(written) or 0) else None


def likelier(readings: list[When], context: Context) -> When | None:
    """Return the reading that news mean: the nearer, and of two that are not far the one that the verb asks for."""
    if len(readings) < 2 or context.written is None:
        return readings[0] if readings else None
    today = first_day(context.written) or 0
    back, ahead = (abs((first_day(reading) or 0) - today) for reading in readings)
    if context.past or ((readings[0].code or 0) > _SEASONS and not context.future):
        return readings[0]
    if context.reported and today - last_day(readings[0]) < _REPORTED:
        return readings[0]
    if context.future:
        return readings[0] if ahead > _FAR and back < _NEAR and not context.sure else readings[1]
    return readings[1] if back > _FAR and ahead < _NEAR else readings[0]


def _nearest_year(when: When, base: When) -> int:
    """Return the year of a month in a narrative: after December comes January of the next."""
    year = base.year or 0
    if when.month and base.month and base.grain in ("day", "month", "week"):
        if base.month - when.month >= _TURN:
            return year + 1
        if when.month - base.month >= _TURN:
            return year - 1
    return year


def _around(when: When, written: When | None) -> list[When]:
    """Return the last such date up to a day, and the first one from it on."""
    if written is None or written.year is None or written.before_era:
        return []
    today = first_day(written) or 0
    options = []
    rare = when.day is not None and when.day > 28
    for step in range(-8, 9) if rare else (-1, 0, 1):
        if when.day and not when.month:
            index = written.year * 12 + (written.month or 1) - 1 + step
            option = replace(when, year=index // 12, month=index % 12 + 1)
        else:
            option = replace(when, year=written.year + step)
        if exists(option):
            options.append(option)
    fits = written.grain == "day"
    past = [o for o in options if ((first_day(o) or 0) <= today if fits else o.year == written.year)]
    ahead = [o for o in options if (first_day(o) or 0) >= today or last_day(o) >= today]
    return [*past[-1:], *ahead[:1]]


def resolve_shift(value: Shift, context: Context, resolve: Resolve) -> Answer:
    """Return the date that lies so many units from another."""
    if value.anchor == "ahead" and (context.narrative or not context.future or value.unit.startswith("T")):
        return Answer(timex=Duration(((value.step, value.unit), *value.more)).timex)
    if value.unit.startswith("T"):
        return _vague(value)
    base, relative_to = context.base(value.anchor)
    if value.base is not None:
        answer = resolve(value.base, replace(context))
        base, relative_to = answer.when, answer.relative_to
    if value.step is None or math.isinf(value.step):
        return _vague(value)
    if value.window:
        return _window(value, base, relative_to)
    if base is None or not is_exact_enough(base, value.unit):
        if value.unit == "D" and value.daypart:
            return Answer(timex=_UNKNOWN["D"] + value.daypart)
        if value.step == 0 and value.unit == "D" and value.anchor == "document" and not value.inside:
            return Answer(timex="PRESENT_REF")
        return Answer(timex=_UNKNOWN.get(value.unit, "XXXX"))
    if (
        value.anchor == "document"
        and value.unit == "D"
        and context.narrative
        and not value.daypart
        and value.step == 0
    ):
        return Answer(timex="PRESENT_REF")
    when = moved(base, value.unit, value.step)
    if when is None:
        return _vague(value)
    if context.quarterly and value.anchor == "text" and value.distance and value.unit == "Y" and base.code:
        when = replace(base, year=when.year)
    placed = _placed(value, base, when, context, relative_to)
    return _undecided(value, placed, answer, context) if value.base is not None else placed


def _undecided(value: Shift, placed: Answer, base: Answer, context: Context) -> Answer:
    """Return the dates so far from each reading of a day or month whose year the words leave out."""
    if not isinstance(value.base, When) or value.base.grain not in ("day", "month") or len(base.readings) < 2:
        return placed
    bases = [when for name in base.readings if (when := written_on(name)) is not None]
    pairs = [
        (when, there) for when in bases if (there := moved(when, value.unit, value.step or 0)) is not None
    ]
    names = [_placed(value, when, there, context, base.relative_to).edtf for when, there in pairs]
    if len(names) < len(base.readings) or not all(names) or "/" in "".join(names):
        return placed
    return replace(placed, edtf=f"[{','.join(names)}]", readings=tuple(names))


def _placed(value: Shift, base: When, when: When, context: Context, relative_to: str) -> Answer:
    exact = _exact(value, base)
    if value.more and exact is None:
        return _vague(value)
    if value.more or (value.distance and value.base is not None):
        when = exact or when
    if value.part == "rest":
        return _rest(base, when, relative_to)
    if value.part in ("later", "earlier"):
        return _within(value, base, when, relative_to)
    if value.inside is not None:
        inside = replace(value.inside, year=when.year, before_era=when.before_era)
        if value.inside.day and not value.inside.month:
            inside = replace(inside, month=when.month)
        if not exists(inside):
            return Answer()
        when = inside
    when = replace(when, part=value.part or when.part, daypart=value.daypart, about=value.about)
    unnamed = value.distance and value.anchor == "text" and not context.future
    stated = (relative_to == "document" and not unnamed) or value.base is not None
    readings: tuple[str, ...] = ()
    if value.distance and exact is not None and exact.grain != when.grain:
        readings = (when.edtf, exact.edtf)
    return Answer(when.edtf if stated else "", when.timex, readings if stated else (), relative_to, when)


def _rest(base: When, when: When, relative_to: str) -> Answer:
    """Return what is left of a week, month or year."""
    first, last = first_day(base), last_day(when)
    if base.grain != "day" or first is None or relative_to != "document":
        return Answer("", when.timex, (), relative_to, when)
    return Answer(f"{iso_day(first)}/{iso_day(last)}", when.timex, (), relative_to, when)


def _within(value: Shift, base: When, when: When, relative_to: str) -> Answer:
    """Return a day of a week, month or year that is before or after the day of the document."""
    first, last, today = first_day(when), last_day(when), first_day(base)
    if base.grain != "day" or first is None or today is None or relative_to != "document":
        return Answer(when.edtf if relative_to == "document" else "", when.timex, (), relative_to, when)
    span = (first, today) if value.part == "earlier" else (today, last)
    return Answer(f"[{iso_day(span[0])}..{iso_day(span[1])}]", when.timex, (), relative_to, when)


def _exact(value: Shift, base: When) -> When | None:
    """Return the day that lies exactly so far from a day."""
    if base.grain != "day" or value.step is None:
        return None
    number = first_day(base)
    for step, unit in ((value.step, value.unit), *value.more):
        lengths = LENGTHS.get(unit)
        if lengths is None or number is None or step != int(step):
            return None
        number = shift(number, **{k: int(v * step) for k, v in lengths.items()})
    return None if number is None else day_of(number)


def _vague(value: Shift) -> Answer:
    ahead = value.step is not None and value.step > 0
    return Answer(timex="FUTURE_REF" if ahead else "PAST_REF")


def _window(value: Shift, base: When | None, relative_to: str) -> Answer:
    """Return the span of the units that are passed over."""
    step = value.step or 0
    length = Duration(((abs(step), value.unit), *value.more))
    unit = "W" if value.unit == "D" and abs(step) == 14 else value.unit
    timex = "P2W" if unit != value.unit else length.timex
    lengths = LENGTHS.get(value.unit)
    number = first_day(base) if base is not None and base.grain == "day" else None
    if number is None or lengths is None or step != int(step) or relative_to != "document":
        return Answer(timex=timex, relative_to=relative_to)
    far = shift(number, **{k: int(v * step) for k, v in lengths.items()})
    if value.anchor == "ahead":
        exact_day = _exact(value, base) if base is not None else None
        return Answer(f"{iso_day(number)}/{exact_day.edtf}" if exact_day else "", timex, (), relative_to)
    if value.unit == "Q" and base is not None:
        ends = [end for n in (step, math.copysign(1, step)) if (end := moved(base, "Q", n)) is not None]
        names = sorted(end.edtf for end in ends)
        return Answer(f"{names[0]}/{names[-1]}", timex, (), relative_to)
    days = (far, number - 1) if step < 0 else (number + 1, far)
    exact = "/".join(iso_day(day) for day in days)
    if value.unit in ("D", "W"):
        return Answer(exact, timex, (), relative_to)
    cut = 7 if value.unit == "M" else 4
    coarse = "/".join(iso_day(day)[:cut] for day in (min(far, number), max(far, number)))
    return Answer(coarse, timex, (coarse, exact), relative_to)

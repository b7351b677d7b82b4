"""Weekdays, months, seasons and weekends chosen by a word or a number."""

from __future__ import annotations

import datetime
from dataclasses import replace

from sourcebook.parsing.dates.answers import Answer, Context, Resolve, is_exact_enough, written_on
from sourcebook.parsing.dates.calendar import (
    Alike,
    Named,
    Shift,
    When,
    day_of,
    exists,
    first_day,
    last_day,
    week_of,
)
from sourcebook.parsing.dates.days import day_number, iso_day, shift
from sourcebook.parsing.dates.edtf import parse_edtf

__all__ = ["resolve_alike", "resolve_named"]


#: The weeks that every year has, and the season that follows a year within it.
_WEEKS, _WINTER = 52, 24
#: So many days around the day of a text, and both readings of a weekday stand.
_THIS_WEEK = 7


def resolve_named(value: Named, context: Context, resolve: Resolve) -> Answer:
    """Return the weekday, month, season or weekend that is meant."""
    answer = _chosen(value, context, resolve)
    daypart = value.when.daypart
    return replace(answer, timex=answer.timex + daypart) if daypart and len(answer.timex) == 10 else answer


def resolve_alike(value: Alike, context: Context, resolve: Resolve) -> Answer:
    """Return the day, week, month or quarter of a year that is as another is; not all years have its last ones."""
    same, year = resolve(value.same, context), resolve(value.year, context)
    if same.when is None or year.when is None or same.when.year is None or year.when.year is None:
        return Answer(timex=same.timex)
    when = replace(same.when, year=year.when.year, before_era=year.when.before_era)
    if not exists(when) or (when.week or 0) > _WEEKS:
        return Answer()
    relative_to = same.relative_to or year.relative_to
    return Answer(when.edtf if same.edtf and year.edtf else "", when.timex, (), relative_to, when)


def _chosen(value: Named, context: Context, resolve: Resolve) -> Answer:
    if value.count is not None:
        return _counted(value, context, resolve)
    when = value.when
    if when.weekday is not None:
        return _weekday(value, context, resolve)
    base, relative_to = context.base(value.anchor)
    if base is None or base.year is None:
        return Answer(timex=replace(when, year=None).timex)
    if when.grain == "weekend":
        return _weekend(base, relative_to, context)
    today, options = first_day(base) or 0, [replace(when, year=base.year + n) for n in range(-2, 3)]
    if value.which == 0:
        now = [o for o in options if base.grain == "day" and (first_day(o) or 0) <= today <= last_day(o)]
        chosen = now[0] if now else replace(when, year=base.year)
    else:
        step = value.which or 0
        warm = step > 0 and base.grain == "year" and when.code is not None and when.code != _WINTER
        after = last_day(base) if warm else today
        passed = [o for o in options if (last_day(o) < today if step < 0 else (first_day(o) or 0) > after)]
        if not passed:
            return Answer(timex=when.timex)
        chosen = passed[-1] if step < 0 else passed[0]
    stated = relative_to == "document"
    return Answer(chosen.edtf if stated else "", chosen.timex, (), relative_to, chosen)


def _weekend(base: When, relative_to: str, context: Context) -> Answer:
    """Return the weekend before or after a day."""
    number = first_day(base)
    if number is None or number < 14 or not is_exact_enough(base, "D"):
        return Answer(timex="XXXX-WXX-WE")
    this = week_of(number, "weekend")
    last = this if (number - 1) % 7 >= 5 else week_of(number - 7, "weekend")
    chosen = this if context.future else last
    if relative_to != "document":
        return Answer("", chosen.timex, (), relative_to, chosen)
    readings = () if this == last else (last.edtf, this.edtf)
    return Answer(chosen.edtf, chosen.timex, readings, relative_to, chosen)


def _weekday(value: Named, context: Context, resolve: Resolve) -> Answer:
    """Return the day of a weekday: that of a named week, or the one before or after."""
    weekday = value.when.weekday or 1
    base, relative_to = context.base("document")
    if value.base is not None:
        answer = resolve(value.base, context)
        if answer.when is None or answer.when.year is None:
            return Answer(timex=f"XXXX-WXX-{weekday}")
        base, relative_to = answer.when, answer.relative_to
        if (
            isinstance(value.base, Shift)
            and value.base.distance
            and (found := _beside(value.base, weekday, answer))
        ):
            return found
    elif (told := _told(value, context)) is not None:
        return _from_told(value, told)
    elif value.anchor == "text" and value.which == 0:
        value = replace(value, which=None)
    number = None if base is None else first_day(base)
    if base is None or number is None or base.grain not in ("day", "week"):
        return Answer(timex=f"XXXX-WXX-{weekday}")
    monday = number - (number - 1) % 7
    if value.when.day:
        return _weekday_and_day(value.when, base)
    if value.which == 2:
        when = day_of(number + 1 + (weekday - 1 - number) % 7)
        return Answer(when.edtf, when.timex, (), relative_to, when)
    if value.which is not None:
        when = day_of(monday + 7 * (value.which if value.base is None else 0) + weekday - 1)
        if value.base is not None and base.grain == "day":
            when = day_of(number + (weekday - 1 - (number - 1)) % 7)
        return Answer(when.edtf, when.timex, (), relative_to, when)
    back = (number - 1 - (weekday - 1)) % 7
    past, latest = day_of(number - (back or 7)), day_of(number - back)
    ahead = day_of(number - back + (7 if back else 0))
    chosen = ahead if context.future else latest
    if context.narrative:
        return Answer("", latest.timex, (), relative_to, latest)
    return Answer(f"[{past.edtf},{ahead.edtf}]", chosen.timex, (past.edtf, ahead.edtf), relative_to, chosen)


def _told(value: Named, context: Context) -> When | None:
    """Return the date named last, if a weekday counts from it: that Friday, unless that is of the text's own week."""
    told, written = context.last, context.written
    if told is None or told.year is None or (value.which is None and not context.beside):
        return None
    if value.which is None:
        return None if value.when.day else told
    days = [first_day(when) for when in (told, written) if when is not None and when.grain == "day"]
    near = len(days) == 2 and abs((days[0] or 0) - (days[1] or 0)) <= _THIS_WEEK
    return told if value.anchor == "text" and not (near and value.which == 0) else None


def _from_told(value: Named, told: When) -> Answer:
    """Return the weekday after or before a day that was told, or of its week: the following Friday, that Friday."""
    weekday, number = value.when.weekday or 1, first_day(told)
    if told.grain == "week" and told.week:
        number = datetime.date.fromisocalendar(told.year or 1, told.week, 1).toordinal()
    far = told.grain == "week" and value.which
    if number is None or told.grain not in ("day", "week") or far:
        return Answer(timex=f"XXXX-WXX-{weekday}")
    ahead = (weekday - 1 - (number - 1)) % 7
    if not value.which and ahead > 6 - (number - 1) % 7:
        return Answer(timex=f"XXXX-WXX-{weekday}")
    step = ahead if not value.which else (ahead or 7) if value.which == 1 else ahead - 7
    when = day_of(number + step)
    return Answer(when.edtf, when.timex, (), "text", when)


def _beside(base: Shift, weekday: int, answer: Answer) -> Answer | None:
    """Return the weekday named beside a distance: of the week that it leads to, or the first from its day on."""
    name = (answer.readings or (answer.edtf,))[-1]
    if len(name) != 10 or not name[:4].isdigit():
        return None
    number = parse_edtf(name).earliest or 0
    ahead = number + (weekday - number) % 7
    if base.unit == "D":
        return (
            Answer(name, answer.timex, (), answer.relative_to, day_of(number))
            if ahead == number
            else Answer()
        )
    days = sorted({ahead, number - (number - 1) % 7 + weekday - 1} if base.unit == "W" else {ahead})
    names = tuple(day_of(day).edtf for day in days)
    edtf, chosen = (names[0], days[0]) if len(days) == 1 else (f"[{','.join(names)}]", days[0])
    return Answer(
        edtf, day_of(chosen).timex, names if len(names) > 1 else (), answer.relative_to, day_of(chosen)
    )


def _weekday_and_day(when: When, base: When) -> Answer:
    """Return the day of a weekday with the number of its day: Thursday the 21st."""
    index = (base.year or 1) * 12 + (base.month or 1) - 1
    found: list[When] = []
    for step in sorted(range(-12, 13), key=lambda s: (s != 0, -s)):
        year, month = (index + step) // 12, (index + step) % 12 + 1
        day = When("day", year, month, when.day)
        if exists(day) and (day_number(year, month, when.day or 1) - 1) % 7 + 1 == when.weekday:
            found.append(day)
    today = first_day(base) or 0
    same = [d for d in found if d.month == base.month and d.year == base.year]
    if same:
        return Answer(same[0].edtf, same[0].timex, (), "document", same[0])
    past = sorted((d for d in found if (first_day(d) or 0) < today), key=lambda d: first_day(d) or 0)[-1:]
    ahead = sorted((d for d in found if (first_day(d) or 0) > today), key=lambda d: first_day(d) or 0)[:1]
    names = tuple(d.edtf for d in (*past, *ahead))
    return Answer(f"[{','.join(names)}]" if names else "", f"XXXX-WXX-{when.weekday}", names, "document")


def _counted(value: Named, context: Context, resolve: Resolve) -> Answer:
    """Return a weekday or week by its number within a month or year."""
    base, relative_to = context.base("document")
    if value.base is not None:
        answer = resolve(value.base, context)
        base, relative_to = answer.when, answer.relative_to
        if isinstance(value.base, When) and value.base.year is None:
            relative_to = relative_to or "document"
    if base is None or base.year is None or base.before_era or not value.count:
        return Answer()
    whole_year = base.grain == "year" or (value.base is None and value.when.grain == "week")
    first = day_number(base.year, 1 if whole_year else base.month or 1, 1)
    last = shift(first, years=1) - 1 if whole_year else shift(first, months=1) - 1
    weekday = value.when.weekday or 4
    days = range(first + (weekday - 1 - (first - 1)) % 7, last + 1, 7)
    if value.count > len(days):
        return Answer()
    if isinstance(value.base, When) and value.base.year is None and len(answer.readings) > 1:
        return _counted_in_each(value, answer, context, resolve)
    day = days[value.count - 1 if value.count > 0 else -1]
    when = day_of(day) if value.when.weekday else week_of(day)
    edtf, monday = when.edtf, day - 3
    if not value.when.weekday and base.grain == "month" and not first <= monday <= last - 6:
        start = first if monday < first else last - 6
        edtf = f"{iso_day(start)}/{iso_day(start + 6)}"
    return Answer(edtf, when.timex, (), relative_to, when)


def _counted_in_each(value: Named, base: Answer, context: Context, resolve: Resolve) -> Answer:
    """Return the weekday by its number in each month that may be meant, as the year of it is left out."""
    months = [when for name in base.readings if (when := written_on(name)) is not None]
    days = [_counted(replace(value, base=month), context, resolve) for month in months]
    chosen = base.when and _counted(replace(value, base=base.when), context, resolve)
    if not chosen or not all(day.edtf for day in days):
        return Answer()
    names = tuple(day.edtf for day in days)
    return Answer(f"[{','.join(names)}]", chosen.timex, names, "document", chosen.when)

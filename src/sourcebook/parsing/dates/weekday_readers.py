"""Readers of weekdays beside a date, a distance or a week."""

from __future__ import annotations

from sourcebook.parsing.dates.calendar import Duration, Named, Shift, When
from sourcebook.parsing.dates.cascade import Fields, Made, Reader

__all__ = ["WEEKDAY_READERS"]


def read_weekday_beside(f: Fields) -> Made | None:
    """Read a weekday before or after a date: the second Friday after 5 May 1988."""
    day, base, way, count = f.get("weekday"), f.get("base"), f.get("way"), f.get("count", 1)
    if (
        not isinstance(day, Named)
        or day.which is not None
        or not isinstance(base, When)
        or not 0 < count < 54
    ):
        return None
    first = Shift("D", 7 * count - 6 if way > 0 else -7 * count, "base", base=base)
    return Made(kind="relativeday", value=Named(day.when, 1, base=first))


def read_weekday_of(f: Fields) -> Made | None:
    """Read a weekday beside a distance or in a week: Friday two weeks ago, the first week of May on Friday."""
    day, outer = f.get("weekday"), f.get("outer")
    if not isinstance(day, Named) or day.which is not None or day.base is not None:
        return None
    far = isinstance(outer, Shift) and outer.distance and not outer.about
    if not far and not (isinstance(outer, Named) and outer.when.grain == "week" and outer.count):
        return None
    if "," not in f.text[f.start : f.end] and f.grammar.past.search(f.text, max(0, f.start - 25), f.start):
        return None
    return Made(kind="relativeday", value=Named(day.when, 1, base=outer))


def read_weekdays_ago(f: Fields) -> Made | None:
    """Read a weekday that has passed so many times: two Sundays ago."""
    count = f.get("count")
    if not isinstance(count, int) or not 0 < count < 54:
        return None
    when = When("day", weekday=f.get("weekday"))
    return Made(kind="relativeday", value=Named(when, 1, base=Shift("D", -7 * count)))


def read_weeks_from_weekday(f: Fields) -> Made | None:
    """Read a day so many weeks from the last or the coming weekday: a week ago Tuesday, Monday week."""
    day, outer = f.get("weekday"), f.get("outer", Duration(((1, "W"),)))
    if isinstance(outer, Shift) and outer.distance and outer.base is None and not (outer.about or outer.more):
        weeks = outer.step if outer.unit == "W" and outer.anchor == "document" else None
    else:
        parts = outer.parts if isinstance(outer, Duration) and not outer.hedge else ()
        weeks = parts[0][0] if len(parts) == 1 and parts[0][1] == "W" else None
    if not isinstance(day, Named) or day.which is not None or day.base is not None or weeks is None:
        return None
    if weeks != int(weeks):
        return None
    first = 7 * weeks - 6 if weeks < 0 else 7 * weeks + 1
    return Made(kind="relativeday", value=Named(day.when, 1, base=Shift("D", first)))


WEEKDAY_READERS: dict[str, Reader] = {
    "weekday_beside": read_weekday_beside,
    "weekday_of": read_weekday_of,
    "weekdays_ago": read_weekdays_ago,
    "weeks_from_weekday": read_weeks_from_weekday,
}
"""The reader of each name that a file of patterns can give."""

"""Feasts that move, tied to the year that is said or to the day of the text."""

from __future__ import annotations

from sourcebook.parsing.dates.answers import Answer, Context, Resolve
from sourcebook.parsing.dates.calendar import Feast, When, feast_day, first_day
from sourcebook.parsing.dates.resolving_shifts import likelier

__all__ = ["resolve_feast"]


def resolve_feast(value: Feast, context: Context, resolve: Resolve) -> Answer:
    """Return the day of a feast in the year that is said, or those around the day of a text that is no history."""
    if value.year is not None:
        year = resolve(value.year, context)
        day = feast_day(value, year.when.year) if year.when is not None and year.when.year else None
        return Answer(day.edtf, day.timex, (), year.relative_to, day) if day is not None else Answer()
    written = context.written
    if context.narrative or written is None or written.grain != "day" or not written.year:
        return Answer()
    years = range(written.year - 1, written.year + 2)
    days = [day for year in years if (day := feast_day(value, year)) is not None]
    today = first_day(written) or 0
    past = [day for day in days if (first_day(day) or 0) <= today]
    ahead = [day for day in days if (first_day(day) or 0) >= today]
    if value.which is None:
        return _around([*past[-1:], *ahead[:1]], context)
    chosen = _chosen(value.which, days, written)
    return Answer(chosen.edtf, chosen.timex, (), "document", chosen) if chosen is not None else Answer()


def _chosen(which: int, days: list[When], written: When) -> When | None:
    """Return the last day before that of a text, the first after it, or that of its year."""
    today = first_day(written) or 0
    if which == 0:
        return next((day for day in days if day.year == written.year), None)
    found = [day for day in days if ((first_day(day) or 0) - today) * which > 0]
    return found[-1 if which < 0 else 0] if found else None


def _around(days: list[When], context: Context) -> Answer:
    """Return the last or the coming feast, with both as readings."""
    chosen = likelier(days, context)
    if chosen is None:
        return Answer()
    names = tuple(dict.fromkeys(day.edtf for day in days))
    edtf = f"[{','.join(names)}]" if len(names) > 1 else names[0]
    return Answer(edtf, chosen.timex, names if len(names) > 1 else (), "document", chosen)

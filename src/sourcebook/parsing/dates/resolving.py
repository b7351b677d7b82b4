"""Tie what words say to dates: to the day on which a text was written, or to the date that it named last."""

from __future__ import annotations

from sourcebook.parsing.dates.answers import Answer, Context
from sourcebook.parsing.dates.calendar import Alike, Feast, Named, Open, Range, Shift, Stretch, Value, When
from sourcebook.parsing.dates.resolving_feasts import resolve_feast
from sourcebook.parsing.dates.resolving_names import resolve_alike, resolve_named
from sourcebook.parsing.dates.resolving_ranges import resolve_open, resolve_range, resolve_stretch
from sourcebook.parsing.dates.resolving_shifts import resolve_shift, resolve_when

__all__ = ["resolve"]


def resolve(value: Value, context: Context) -> Answer:
    """Return what a value means in its context."""
    if isinstance(value, When):
        return resolve_when(value, context)
    if isinstance(value, Shift):
        return resolve_shift(value, context, resolve)
    if isinstance(value, Named):
        return resolve_named(value, context, resolve)
    if isinstance(value, Range):
        return resolve_range(value, context, resolve)
    if isinstance(value, Stretch):
        return resolve_stretch(value, context, resolve)
    if isinstance(value, Alike):
        return resolve_alike(value, context, resolve)
    if isinstance(value, Open):
        return resolve_open(value, context, resolve)
    if isinstance(value, Feast):
        return resolve_feast(value, context, resolve)
    return Answer(timex=value.timex)

"""The record of a date found in a text."""

from __future__ import annotations

from dataclasses import dataclass

from sourcebook.parsing.findings import Finding

__all__ = ["FoundDate"]


@dataclass(frozen=True, kw_only=True)
class FoundDate(Finding):
    """An expression of time found in a text.

    Attributes
    ----------
    edtf : str
        The date, or empty where the words alone, with the date of the text if one was given, make none: durations,
        "now", "the next day", "two weeks later".
    timex : str
        A TIMEX3 value, in which the year, month or day that the words leave out is supplied from the date of the
        text or the one named before; two or more joined by ``/`` for a range.
    timex_start, timex_end : str
        The values of the two ends; the same for a single date.
    earliest, latest : str
        First and last day that `edtf` allows, as ``YYYY-MM-DD``; empty where there is no bound.
    precision : str
        ``day``, ``month``, ``season``, ``year``, ``decade``, ``century``, ``interval``, ``set``, or empty.
    relative_to : str
        ``document`` where `timex` counts from the date of the text, ``text`` where from a date named
        before, else empty.
    readings : tuple of str
        The dates that ambiguous words can mean, in EDTF.
    """

    edtf: str = ""
    timex: str = ""
    timex_start: str = ""
    timex_end: str = ""
    earliest: str = ""
    latest: str = ""
    precision: str = ""
    relative_to: str = ""
    readings: tuple[str, ...] = ()

"""Dates with unspecified digits: which days a pattern such as ``19XX-02-29`` or ``2024-XX-05`` allows."""

from __future__ import annotations

from collections.abc import Iterator

from sourcebook.parsing.dates.days import day_number, days_in_month

__all__ = ["candidates", "runs", "season_days", "years_of"]

_SEASON_START = {
    "northern": {"spring": 3, "summer": 6, "autumn": 9, "winter": 12},
    "southern": {"spring": 9, "summer": 12, "autumn": 3, "winter": 6},
}
_SEASONS = ("spring", "summer", "autumn", "winter")


def candidates(mask: str, first: int, last: int) -> list[int]:
    """Return the two-digit numbers from `first` to `last` that a mask such as ``1X`` allows."""
    return [
        n for n in range(first, last + 1) if all(m in ("X", c) for m, c in zip(mask, f"{n:02d}", strict=True))
    ]


def years_of(mask: str) -> list[int]:
    """Return the years that a four-digit mask with optional minus sign allows, in order; ``-0000`` is none."""
    sign, digits = (-1, mask[1:]) if mask.startswith("-") else (1, mask)
    years = [0]
    for digit in digits:
        choice = range(10) if digit == "X" else (int(digit),)
        years = [year * 10 + d for year in years for d in choice]
    return sorted(sign * year for year in years if year or sign > 0)


def season_days(year: int, code: int, *, southern: bool = False) -> tuple[int, int]:
    """Return first and last day of an EDTF season 21 to 41.

    Seasons proper are whole months (spring March to May in the north); one that begins in December is
    named by the year in which it begins and ends in February of the next. 33 to 36 are quarters, 37 to
    39 thirds and 40 to 41 halves of the calendar year.
    """
    if code >= 33:
        length, first = (3, 33) if code <= 36 else (4, 37) if code <= 39 else (6, 40)
        start = (code - first) * length + 1
    else:
        side = "southern" if code >= 29 or (code <= 24 and southern) else "northern"
        length, start = 3, _SEASON_START[side][_SEASONS[(code - 21) % 4]]
    last_year, last_month = year, start + length - 1
    if last_month > 12:
        last_year, last_month = year + 1, last_month - 12
    return day_number(year, start, 1), day_number(last_year, last_month, days_in_month(last_year, last_month))


def runs(year: int, month: str, day: str, *, southern: bool = False) -> Iterator[tuple[int, int]]:
    """Yield the runs of days, first and last, that a pattern allows within one year, in order.

    Parameters
    ----------
    year : int
    month, day : str
        Two-digit masks; an empty string or ``XX`` for a month or day that is not stated.
    southern : bool
        See `season_days`.
    """
    if month.isdigit() and int(month) > 20:
        yield season_days(year, int(month), southern=southern)
        return
    if not month.strip("X") and not day.strip("X"):
        yield day_number(year, 1, 1), day_number(year, 12, 31)
        return
    for m in candidates(month or "XX", 1, 12):
        last = days_in_month(year, m)
        if not day.strip("X"):
            yield day_number(year, m, 1), day_number(year, m, last)
        else:
            for d in candidates(day, 1, last):
                yield day_number(year, m, d), day_number(year, m, d)

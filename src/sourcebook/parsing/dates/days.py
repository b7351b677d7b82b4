"""Days of the proleptic Gregorian calendar as integers, for years of any length."""

from __future__ import annotations

__all__ = ["civil_date", "day_number", "days_in_month", "easter", "is_leap", "iso_day", "shift"]

_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_CYCLE_YEARS, _CYCLE_DAYS = 400, 146_097


def is_leap(year: int) -> bool:
    """Return whether a year (astronomical, 0 = 1 BCE) has 366 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """Return the number of days of a month of a year."""
    return 29 if month == 2 and is_leap(year) else _MONTH_DAYS[month - 1]


def day_number(year: int, month: int, day: int) -> int:
    """Return the number of a day, 0001-01-01 being day 1.

    Parameters
    ----------
    year, month, day : int
        Proleptic Gregorian; year 0 is 1 BCE. Not checked here.

    Returns
    -------
    int
        In the range of `datetime.date` the same as ``date.toordinal()``.

    Examples
    --------
    >>> day_number(2024, 12, 5)
    739225
    >>> day_number(0, 12, 31)
    0
    """
    before = year - 1
    leap_days = before // 4 - before // 100 + before // 400
    past_february = month > 2 and is_leap(year)
    return 365 * before + leap_days + _BEFORE_MONTH[month - 1] + past_february + day


def civil_date(number: int) -> tuple[int, int, int]:
    """Return year, month and day of a day number.

    Examples
    --------
    >>> civil_date(739225)
    (2024, 12, 5)
    """
    cycle, rest = divmod(number - 1, _CYCLE_DAYS)
    year = cycle * _CYCLE_YEARS + rest * _CYCLE_YEARS // _CYCLE_DAYS + 1
    while day_number(year, 1, 1) > number:
        year -= 1
    while day_number(year + 1, 1, 1) <= number:
        year += 1
    left = number - day_number(year, 1, 1) + 1
    month = 1
    while left > days_in_month(year, month):
        left -= days_in_month(year, month)
        month += 1
    return year, month, left


def iso_day(number: int | None) -> str:
    """Write a day number as an EDTF day; an unbounded end (None) gives an empty string.

    Examples
    --------
    >>> iso_day(739225), iso_day(None)
    ('2024-12-05', '')
    """
    if number is None:
        return ""
    year, month, day = civil_date(number)
    sign = "-" if year < 0 else ""
    prefix = "Y" if abs(year) > 9999 else ""
    return f"{prefix}{sign}{abs(year):04d}-{month:02d}-{day:02d}"


def shift(number: int, *, years: int = 0, months: int = 0, days: int = 0) -> int:
    """Move a day by calendar years, months and days; the 31st becomes the last day of a shorter month."""
    year, month, day = civil_date(number)
    index = (year + years) * 12 + month - 1 + months
    year, month = index // 12, index % 12 + 1
    return day_number(year, month, min(day, days_in_month(year, month))) + days


def easter(year: int) -> int:
    """Return the day number of Easter Sunday in a Gregorian year: the Sunday after its first full moon of spring."""
    century, golden = year // 100, year % 19
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    full = day_number(year, 3, 21) + moon
    return full + 7 - full % 7

"""Dates as intervals: EDTF strings with their earliest and latest day, and dates found in English text.

A source says "1987–1991", "about 1988", "5 December" or "in the 1980s". The Extended Date/Time Format
writes each of these down (``1987/1991``, ``1988~``, ``XXXX-12-05``, ``198X``), and this package says which
days the string allows. Nothing is widened silently: what "about" adds is a `DateReading` object.

Days are integers, counted in the proleptic Gregorian calendar from 0001-01-01 = 1 as in
`datetime.date.toordinal`, without that type's limits: year 0 is 1 BCE, and years may be of any length. A day whose
year a text names, in both calendars ("22 April (5 May) 1915") or in the old style ("22 April 1915 O.S."), is read as
its Gregorian day, its year as one that begins in January; one that would fall before the first Gregorian day,
15 October 1582, is refused. Any other day, month or year is taken as it is printed.

References
----------
ISO 8601-2:2019, *Date and time, Representations for information interchange, Part 2: Extensions*.

Library of Congress, *Extended Date/Time Format (EDTF) Specification*, 4 February 2019,
https://www.loc.gov/standards/datetime/.
"""

from sourcebook.parsing.dates.allen import ALLEN, allen, contains, inverse, overlaps, possible_allen, same
from sourcebook.parsing.dates.date_finder import find_dates, parse_date, scan_dates
from sourcebook.parsing.dates.date_format import format_date
from sourcebook.parsing.dates.date_interval import AS_STATED, DateInterval, DateReading
from sourcebook.parsing.dates.days import civil_date, day_number, iso_day
from sourcebook.parsing.dates.edtf import parse_edtf
from sourcebook.parsing.dates.found_date import FoundDate

__all__ = [
    "ALLEN",
    "AS_STATED",
    "DateInterval",
    "DateReading",
    "FoundDate",
    "allen",
    "civil_date",
    "contains",
    "day_number",
    "find_dates",
    "format_date",
    "inverse",
    "iso_day",
    "overlaps",
    "parse_date",
    "parse_edtf",
    "possible_allen",
    "same",
    "scan_dates",
]

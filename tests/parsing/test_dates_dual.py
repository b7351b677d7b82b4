"""A day in the Julian and in the Gregorian calendar is one day, or none."""

import datetime
from calendar import month_name

import pytest

from sourcebook.parsing.dates import scan_dates

GAPS = {1650: 10, 1750: 11, 1850: 12, 1915: 13, 2015: 13}
FORMS = [
    "{j} {jm} ({g} {gm}) {y}",
    "{g} {gm} [O.S. {j} {jm}] {y}",
    "{jm} {j} ({gm} {g}), {y}",
    "{g} {gm} ({j} {jm} Old Style) {y}",
    "{j} {jm}/{g} {gm} {y}",
]


def read(text):
    return [(text[d.start : d.end], d.edtf) for d in scan_dates(text)]


def written(form, day, gap):
    julian = day - datetime.timedelta(days=gap)
    names = {"j": julian.day, "jm": month_name[julian.month], "g": day.day, "gm": month_name[day.month]}
    return form.format(**names, y=day.year)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("month", range(2, 13))
@pytest.mark.parametrize("year", GAPS)
def test_both_days_over_the_end_of_a_month_are_the_gregorian_day(year, month, form):
    text = written(form, datetime.date(year, month, 5), GAPS[year])
    assert read(text) == [(text, f"{year}-{month:02d}-05")]
    assert read(written(form, datetime.date(year, month, 5), GAPS[year] - 1)) == []


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("11 (24) November 1917", "1917-11-24"),
        ("29 February (13 March) 1900", "1900-03-13"),
        ("16 February (28 February) 1900", "1900-02-28"),
        ("22 April 1915 (O.S.)", "1915-05-05"),
        ("25 December 1916 (Old Style)", "1917-01-07"),
    ],
)
def test_the_calendars_are_as_far_apart_as_in_their_century(text, edtf):
    assert read(text) == [(text, edtf)]


@pytest.mark.parametrize("text", ["16 March (28 March) 1900", "22 April (5 May)", "1 (11) May 1500"])
def test_two_days_that_are_not_one_are_refused_whole(text):
    assert read(text) == []


def test_a_day_in_new_style_is_read_as_it_stands():
    assert read("22 April 1915 (N.S.)") == [("22 April 1915", "1915-04-22")]

"""Dates given by a length of time and another date, by a weekday and a distance, or as a part of a period."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import product as pairs_of

import pytest

from sourcebook.parsing.dates import scan_dates

WRITTEN = date(2016, 11, 7)
DAY = date(1988, 5, 5)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ROMAN = {1: "I", 2: "II", 4: "IV", 9: "IX", 12: "XII", 16: "XVI", 19: "XIX", 20: "XX", 21: "XXI"}


def product(*parts):
    return list(pairs_of(*parts))


def values(text, dct="2016-11-07"):
    return [found.edtf for found in scan_dates(text, dct=dct) if found.edtf]


def found(text, dct="2016-11-07"):
    return [(each.exact, each.edtf) for each in scan_dates(text, dct=dct)]


# A weekday beside a distance is the weekday there, and not the one nearest to the day of the text.


@pytest.mark.parametrize(
    ("weekday", "days", "form"),
    product(
        range(0, 7, 2), (3, 9, 16), ("on {}, {} days after 5 May 1988", "on the {} {} days after 5 May 1988")
    ),
)
def test_a_weekday_that_is_so_many_days_away_is_that_day_or_none(weekday, days, form):
    there = DAY + timedelta(days)
    expected = [there.isoformat()] if there.weekday() == weekday else []
    assert values(form.format(WEEKDAYS[weekday], days)) == expected


@pytest.mark.parametrize(
    ("text", "dct", "edtf"),
    [
        ("on Friday, two weeks ago", "2016-11-07", "2016-10-28"),
        ("on Monday two weeks ago", "2016-11-11", "[2016-10-24,2016-10-31]"),
        ("two weeks ago on Friday", "2016-11-07", "2016-10-28"),
        ("on Thursday, two years from now", "2021-01-02", "2023-01-05"),
        ("two months from today on Tuesday", "2016-07-01", "2016-09-06"),
        ("on the Friday two weeks after 5 May 1988", "2016-11-07", "1988-05-20"),
        ("in the first week of October 2019 on Friday", "2019-11-07", "2019-10-04"),
    ],
)
def test_a_weekday_beside_a_distance(text, dct, edtf):
    assert values(text, dct) == [edtf]


@pytest.mark.parametrize(
    "text",
    ["He said Friday two years ago the town was quiet.", "six years ago, on Friday", "on Friday, in 1988"],
)
def test_a_weekday_that_is_not_of_the_distance_is_read_by_itself(text):
    assert "Friday" in [exact for exact, _ in found(text)]


# A length of time from a date on is the whole of it, and not the day on which it ends.


@pytest.mark.parametrize(
    ("count", "lead"),
    product((2, 3, 10, 45), ("from", "starting on", "beginning", ", from", "commencing on")),
)
def test_days_from_a_day_on_are_a_span(count, lead):
    last = DAY + timedelta(count - 1)
    text = f"It was closed for {count} days {lead} 5 May 1988.".replace(" ,", ",")
    assert values(text) == [f"1988-05-05/{last}"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("for three years from 1988", ["1988/1991"]),
        ("for two months beginning in May 1988", ["1988-05/1988-07"]),
        ("for two years from 1 May 1988", ["1988-05-01/1990-04-30"]),
        ("for 3 days from today", ["2016-11-07/2016-11-09"]),
        ("for three years from 1988 to 1991", ["1988/1991"]),
        ("for three years from 1988 onwards", ["1988/.."]),
        ("three days from today", ["2016-11-10"]),
    ],
)
def test_a_length_from_a_date(text, edtf):
    assert values(text) == edtf


# The first and the last part of a period are days of that period, and of no other.


@pytest.mark.parametrize(("month", "count", "end"), product((2, 5, 12), (2, 10, 28), ("first", "last")))
def test_the_days_at_an_end_of_a_month(month, count, end):
    length = monthrange(1915, month)[1]
    first, last = (1, count) if end == "first" else (length - count + 1, length)
    name = date(1915, month, 1).strftime("%B %Y")
    assert values(f"the {end} {count} days of {name}") == [
        f"1915-{month:02d}-{first:02d}/1915-{month:02d}-{last:02d}"
    ]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("the first three months of 1988", ["1988-01/1988-03"]),
        ("in the last two months of 1988", ["1988-11/1988-12"]),
        ("the first two decades of the 20th century", ["1900/1919"]),
        ("the last five years of the 1980s", ["1985/1989"]),
        ("the final two weeks of May 1915", ["1915-05-18/1915-05-31"]),
        ("the last three weeks of this year", ["2016-12-11/2016-12-31"]),
        ("the last two weeks of the war", []),
        ("the last thirteen months of 1988", []),
        ("the last two weeks", ["2016-10-24/2016-11-06"]),
    ],
)
def test_the_end_of_a_period(text, edtf):
    assert values(text) == edtf


@pytest.mark.parametrize(("count", "step"), product((2, 3, 5), (-1, 1)))
def test_quarters_are_those_of_the_calendar(count, step):
    quarters = [n if step < 0 else n + count + 1 for n in range(2016 * 4 + 3 - count, 2016 * 4 + 3)]
    first, last = (f"{n // 4}-{33 + n % 4}" for n in (quarters[0], quarters[-1]))
    assert values(f"the {'last' if step < 0 else 'next'} {count} quarters") == [f"{first}/{last}"]


# Seasons and months that are said to be the last.


@pytest.mark.parametrize(
    ("text", "dct", "edtf"),
    [
        ("last winter", "1989-01-07", ["1987-24"]),
        ("this winter", "1989-01-07", ["1988-24"]),
        ("next winter", "1989-01-07", ["1989-24"]),
        ("this winter", "1988-11-07", ["1988-24"]),
        ("last summer", "1988-07-07", ["1987-22"]),
        ("last summer", "1988-11-07", ["1988-22"]),
        ("this past summer", "1988-11-07", ["1988-22"]),
        ("the past June", "1988-11-07", ["1988-06"]),
        ("the last summer of the war", "1988-11-07", []),
        ("the summer before last", "1988-11-07", []),
        ("the Friday before last", "1988-11-07", []),
        ("the year before last", "1988-11-07", ["1986"]),
        ("the week before last", "1988-11-07", ["1988-10-24/1988-10-30"]),
        ("last year's summer", "1988-11-07", ["1987-22"]),
    ],
)
def test_the_last_season(text, dct, edtf):
    assert values(text, dct) == edtf


# Other forms.


@pytest.mark.parametrize(
    ("number", "form"),
    product(ROMAN, ("the {}th century", "the {} century", "the {} c.", "in the early {}th c. it")),
)
def test_a_century_in_roman_numerals(number, form):
    ending = {1: "st", 2: "nd", 21: "st"}.get(number, "th")
    text = form.format(ROMAN[number]).replace(f"{ROMAN[number]}th", ROMAN[number] + ending)
    assert values(text) == [f"{number - 1:02d}XX"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("the XVIth and XVIIth centuries", ["{15XX,16XX}"]),
        ("the I–II centuries AD", ["00XX/01XX"]),
        ("19th–20th cc.", ["18XX/19XX"]),
        ("the 4th c. BC", ["-03XX"]),
        ("the xixth century", []),
        ("the turn of the 20th century", []),
        ("you and I and the 20th century", ["19XX"]),
        ("in the early two thousands", ["200X"]),
        ("two thousands of men", []),
    ],
)
def test_centuries_in_other_forms(text, edtf):
    assert values(text) == edtf


@pytest.mark.parametrize(("month", "day"), product(("January", "May", "October"), (2, 19, 28)))
def test_a_stop_after_the_whole_name_of_a_month(month, day):
    number = {"January": 1, "May": 5, "October": 10}[month]
    assert values(f"He came on {month}. {day}, 1988.") == [f"1988-{number:02d}-{day:02d}"]
    assert values(f"He came in {month}. {day} men fell.") == [f"XXXX-{number:02d}"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Nov-Feb 5th, 2017", ["2016-11/2017-02-05"]),
        ("May–5 June 2017", ["2017-05/2017-06-05"]),
        ("from May to 5 June 2017", ["2017-05/2017-06-05"]),
        ("in two weeks' time", ["2016-11-21/2016-11-27"]),
        ("in a fortnight’s time", ["2016-11-21/2016-11-27"]),
        ("before the twenty-sixth day of the month", ["[..2016-11-25]"]),
        ("after the 15th day of next month", ["[2016-12-16..]"]),
        ("less than 3 days after 5 May 1988", ["[1988-05-05..1988-05-08]"]),
        ("less than two weeks before 5 May 1988", ["[1988-04-21..1988-05-05]"]),
        ("less than three years after 1988", ["[1988..1991]"]),
        ("an up to date list", []),
    ],
)
def test_other_forms(text, edtf):
    assert values(text) == edtf


def test_a_length_of_one_or_two_is_both():
    assert [(d.exact, d.timex) for d in scan_dates("It took a week or two, or a year.")] == [
        ("a week or two", "P1W/P2W"),
        ("a year", "P1Y"),
    ]


# What is before or after a date counts from it, and from nothing else.


@pytest.mark.parametrize(("weekday", "count", "way"), product(range(0, 7, 2), (1, 2, 3), ("after", "before")))
def test_a_weekday_before_or_after_a_date(weekday, count, way):
    step = 1 if way == "after" else -1
    days = [
        DAY + timedelta(step * n) for n in range(1, 30) if (DAY + timedelta(step * n)).weekday() == weekday
    ]
    ordinal = {1: "", 2: "second ", 3: "third "}[count]
    text = f"on the {ordinal}{WEEKDAYS[weekday]} {way} 5 May 1988"
    assert values(text) == [days[count - 1].isoformat()]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("the day after 5 May 1988", ["1988-05-06"]),
        ("the day before 1 March 1988", ["1988-02-29"]),
        ("the month after December 1987", ["1988-01"]),
        ("the year before 1988", ["1987"]),
        ("the day after next Friday", ["2016-11-19"]),
        ("the day before yesterday", ["2016-11-05"]),
        ("5 days after the 5th of May 1988", ["1988-05-10"]),
        ("ten years to the day after 5 May 1988", ["1998-05-05"]),
        ("a week from Friday", ["2016-11-18"]),
        ("three days from next Monday", ["2016-11-17"]),
        ("the day after the battle", []),
        ("A week later she left.", []),
        ("She will leave a week later.", ["2016-11-14/2016-11-20"]),
        ("I'll be back two days later.", ["2016-11-09"]),
    ],
)
def test_before_and_after_a_date(text, edtf):
    assert values(text) == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("the last Monday in May 1988", ["1988-05-30"]),
        ("the last Friday of May 1988", ["1988-05-27"]),
        ("the last Friday of the war", []),
        ("last Friday in Paris", ["2016-11-04"]),
        ("the first weekend in May", []),
        ("last weekend in Paris", ["2016-11-05/2016-11-06"]),
        ("5 May and 6 June 1988", ["{1988-05-05,1988-06-06}"]),
        ("5th May or 6th May 1988", ["[1988-05-05,1988-05-06]"]),
        ("no sooner than 5 May 1988", ["[1988-05-05..]"]),
        ("every day except 5 May 1988", []),
        ("Sept.15, 1988", ["1988-09-15"]),
    ],
)
def test_weekdays_of_months_and_days_in_lists(text, edtf):
    assert values(text) == edtf


@pytest.mark.parametrize(
    ("first", "last", "form"),
    product((1920, 1970), (10, 80, 90), ("the {}s–{}s", "from the {}s to the {}s", "the {}s and {}s")),
)
def test_a_second_decade_is_of_the_century_of_the_first(first, last, form):
    text = form.format(first, last)
    names = f"{first // 10}X", f"19{last // 10}X"
    if last <= first % 100:
        assert names[1] not in "".join(values(text))
    else:
        assert values(text) == ["{" + ",".join(names) + "}" if "and" in form else "/".join(names)]


@pytest.mark.parametrize(("first", "gap"), product((1918, 1941), ("- ", " -")))
def test_a_span_of_years_with_a_blank_beside_its_dash(first, gap):
    last = first + 4
    assert values(f"in {first}{gap}{last % 100}, they say") == [f"{first}/{last}"]
    assert values(f"in {first}{gap}{last % 100} degrees") == []


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("for the first two weeks in May 1988", ["1988-05-01/1988-05-14"]),
        ("the last two weeks in May 1988", ["1988-05-18/1988-05-31"]),
        ("the last two weeks in Paris", ["2016-10-24/2016-11-06"]),
        ("within two weeks after 5 May 1988", ["[1988-05-05..1988-05-19]"]),
        ("within ten days before 5 May 1988", ["[1988-04-25..1988-05-05]"]),
        ("a Sunday in May 1988", ["1988-05"]),
        ("every Friday of the war", []),
    ],
)
def test_what_is_in_a_month_is_not_counted_from_the_text(text, edtf):
    assert values(text) == edtf


def test_the_year_of_a_day_is_no_year_of_that_number():
    assert "0005" not in values("within a year of 5 May 1988")
    assert values("in the year of 301") == ["0301"]

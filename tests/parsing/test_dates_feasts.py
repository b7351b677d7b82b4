"""Feasts that move, without their year, by last and next, as weekends, and as what other dates count from."""

import pytest

from sourcebook.parsing.dates import scan_dates

MARCH = "2012-03-20"


def timex(text, dct=MARCH):
    return "; ".join(found.timex for found in scan_dates(text, dct=dct))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("They married last Easter.", "2011-04-24"),
        ("They meet next Easter.", "2012-04-08"),
        ("this Easter", "2012-04-08"),
        ("Last Good Friday he fell.", "2011-04-22"),
        ("next Thanksgiving", "2012-11-22"),
        ("He ate turkey last Labor Day.", "2011-09-05"),
        ("She will be back by Easter.", "2012-04-08"),
        ("The police left on Good Friday.", "2011-04-22"),
        ("The police will leave on Easter Monday.", "2012-04-09"),
        ("On Thanksgiving he cooked.", "2011-11-24"),
        ("On Black Friday, sales rose.", "2011-11-25"),
        ("Easter last year was cold.", "2011-04-24"),
        ("Good Friday this year is late.", "2012-04-06"),
        ("Black Friday 2010", "2010-11-26"),
        ("Cyber Monday 2010", "2010-11-29"),
        ("two days before Easter", "2012-04-06"),
        ("two weeks before Easter 2010", "2010-03-21"),
        ("on the Thursday before Easter", "2012-04-05"),
        ("the Tuesday after Labor Day", "2011-09-06"),
        ("the Sunday after Christmas", "2012-01-01"),
        ("after Easter, 1943", "1943-04-25"),
        ("a year after Black Friday", "2012-11-25"),
        ("Halloween weekend 2021", "2021-W43-WE"),
        ("Halloween weekend 1988", "1988-W43-WE"),
        ("the weekend of Thanksgiving 2023", "2023-W47-WE"),
        ("Easter weekend 2012", "2012-W14-WE"),
    ],
)
def test_a_feast_is_the_day_that_is_meant(text, values):
    assert timex(text) == values


@pytest.mark.parametrize(
    "text",
    [
        "the Good Friday Agreement", "since the Easter Sunday attacks", "after the Easter Rising", "at Easter Mass",
        "on Easter eggs", "Black Friday 1978 in Tehran", "It was before Orthodox Easter.", "in Easter week",
        "from Easter to Pentecost", "between Easter and Christmas", "Halloween weekend 2019", "before Passover",
        "The day after Easter was quiet.", "The week after Easter was quiet.", "The Sunday after Easter was quiet.",
        "The week after last Friday was quiet.", "the month after last Friday", "the Friday after next Monday",
        "I plan to leave before Independence Day.", "the week before Thanksgiving Day", "over the Labor Day weekend",
    ],
)  # fmt: skip
def test_what_is_no_day_of_a_feast_is_refused_whole(text):
    assert timex(text) == ""


def test_a_feast_whose_year_is_left_out_has_both_readings_in_news_and_none_in_histories():
    (found,) = scan_dates("on Good Friday", dct=MARCH)
    assert found.edtf == "[2011-04-22,2012-04-06]"
    assert found.readings == ("2011-04-22", "2012-04-06")
    assert timex("He came in 1915, fell ill in 1914, and left in 1916. On Easter Monday it began.").endswith(
        "1916"
    )
    assert not scan_dates("on Good Friday")

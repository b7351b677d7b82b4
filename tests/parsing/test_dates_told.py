"""Weekdays that count from a day just told, distances to this week or month, and verbs that look ahead."""

import pytest

from sourcebook.parsing.dates import scan_dates

FRIDAY = "2013-03-22"


def values(text):
    return "; ".join(found.edtf for found in scan_dates(text, dct=FRIDAY))


def timex(text):
    return "; ".join(found.timex for found in scan_dates(text, dct=FRIDAY))


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("The show opened on Monday, 27 September 1937, and closed that Friday.", "1937-09-27; 1937-10-01"),
        ("They met on 27 September 1937. That Friday they left.", "1937-09-27; 1937-10-01"),
        ("They met on 27 September 1937. That Friday was cold.", "1937-09-27; 1937-10-01"),
        ("On March 5, 1770, soldiers fired. By that Sunday it was quiet.", "1770-03-05; [..1770-03-11]"),
        ("He landed on 6 June 1944; the following Friday he was wounded.", "1944-06-06; 1944-06-09"),
        ("He landed on 6 June 1944. The next Friday he was wounded.", "1944-06-06; 1944-06-09"),
        ("He landed on 6 June 1944. On the following Sunday he fell.", "1944-06-06; 1944-06-11"),
        ("He landed on 6 June 1944. That same Friday he fell.", "1944-06-06; 1944-06-09"),
        ("He landed on 6 June 1944. On the following Tuesday he fell.", "1944-06-06; 1944-06-13"),
        ("It began on 1 July 1916; the previous Sunday it had rained.", "1916-07-01; 1916-06-25"),
        ("He landed on Tuesday, 6 June 1944, and was wounded on Friday.", "1944-06-06; 1944-06-09"),
        ("He landed on Tuesday, 6 June 1944, after sailing on Monday.", "1944-06-06; "),
        (
            "The landing of Tuesday, 6 June 1944, failed. They met on Friday.",
            "1944-06-06; [2013-03-15,2013-03-22]",
        ),
        ("On 6 June 1944 they landed. That Monday they had left.", "1944-06-06; "),
        ("In 1937 it rained. He came that Friday.", "1937; "),
        ("In January 2013 he left. The following Friday he died.", "2013-01; "),
        ("He came last week. That Friday he left.", "2013-03-11/2013-03-17; 2013-03-15"),
        ("That week, in May 1968, France stopped.", "1968-05"),
        ("That Friday, in May 1968, France stopped.", "1968-05"),
        ("The fair opens that Friday.", "[2013-03-15,2013-03-22]"),
        (
            "They met on Monday. The fair opens that Friday.",
            "[2013-03-18,2013-03-25]; [2013-03-15,2013-03-22]",
        ),
        ("He said on 6 June 1944 that Friday's vote was off.", "1944-06-06; [2013-03-15,2013-03-22]"),
        ("In 1990 he said that Friday would be free.", "1990; [2013-03-15,2013-03-22]"),
        ("next Friday", "2013-03-29"),
    ],
)
def test_a_weekday_counts_from_the_day_that_was_told(text, edtf):
    assert values(text) == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Ten years ago this week", "2003-03-17/2003-03-23"),
        ("Twenty years ago this month", "1993-03"),
        ("Forty years ago this summer", "1973-22"),
        ("five years ago next month", "2008-04"),
        ("ten years ago last month", "2003-02"),
        ("three years ago last Tuesday", ""),
        ("three years ago Tuesday", ""),
        ("a year ago this Friday", ""),
        ("two months ago this week", ""),
        ("ten years ago today", "2003-03-22"),
        ("Ten years ago on Wednesday", "2003-03-26"),
        ("two weeks ago Friday", "2013-03-08"),
        ("two years ago in May", "2011; XXXX-05"),
    ],
)
def test_so_many_years_ago_this_week_is_one_date_or_none(text, edtf):
    assert values(text) == edtf


def test_years_ago_next_month_are_counted_from_that_month():
    assert [d.edtf for d in scan_dates("five years ago next month", dct="2012-12-10")] == ["2008-01"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Stocks fell after Thursday's sell-off", "[2013-03-22..]"),
        ("Stocks rose after Monday's losses", "[2013-03-19..]"),
        ("He arrived after Monday", "[2013-03-19..]"),
        ("They spoke before Thursday's vote", "[..2013-03-27]"),
        ("They spoke by Thursday", "[..2013-03-28]"),
        ("after 5 May 1988", "[1988-05-06..]"),
    ],
)
def test_what_is_after_either_of_two_days_is_after_the_first(text, edtf):
    assert values(text) == edtf


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Next year's summit will be held in Sochi on June 4-5", "2014; 2014-06-04/2014-06-05"),
        ("Next year's summit will be in June", "2014; 2014-06"),
        ("Next year's fair opens on June 4", "2014; 2014-06-04"),
        ("Next year's election is set for March", "2014; 2014-03"),
        ("Next year's budget will be presented in October", "2014; XXXX-10"),
        ("Next year's budget was presented on June 4", "2014; 2012-06-04"),
        ("Next year's summit is in Sochi. Ministers will meet in June.", "2014; 2013-06"),
        ("Last year's vote was held on June 4", "2012; 2012-06-04"),
        ("Parliament reconvenes in September", "2013-09"),
        ("He retires in December", "2013-12"),
        ("The fair opens in December", "2013-12"),
        ("The Senate votes in September", "2013-09"),
        ("He won votes in September", "2012-09"),
        ("She takes office in January", "2014-01"),
        ("He stands down in November", "2013-11"),
    ],
)
def test_the_year_of_a_month_follows_what_is_said_of_it(text, value):
    assert timex(text) == value


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on the eve of 1848", ""),
        ("the eve of the 20th century", ""),
        ("the eve of the 1848 revolution", ""),
        ("the war of 1870–1", "1870/1871"),
        ("in 1904–5", "1904/1905"),
        ("the years 1788–9", "1788/1789"),
        ("the war of 1904-5", "1904/1905"),
        ("the war of 1914–8", "1914/1918"),
        ("in 2013-5", ""),
        ("in 1908–5", ""),
        ("the score was 1904-5", ""),
        ("the last week of April 1992", "1992-04-24/1992-04-30"),
        ("the last week of March 2013", "2013-03-25/2013-03-31"),
    ],
)
def test_eves_short_spans_and_weeks_at_the_end_of_a_month(text, edtf):
    assert values(text) == edtf

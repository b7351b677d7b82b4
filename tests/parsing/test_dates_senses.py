"""Dates in news: which year, month or day the sentence around them asks for, and words that only look like dates."""

import pytest

from sourcebook.parsing.dates import find_dates


def told(text):
    found = find_dates(text, reference="2013-03-22", ends=True)
    return [date.timex for date in found.itertuples() if not date.timex.startswith("P")]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("On Saturday, deputies are expected to reconvene.", ["2013-03-23"]),
        ("On Monday, the cabinet is due to debate the loan.", ["2013-03-25"]),
        ("On Monday, ministers said the loan would be paid.", ["2013-03-18"]),
        ('"We have three things to do before Tuesday," a source told the agency.', ["2013-03-26"]),
        ("Two bills must pass before Wednesday, the whip warned.", ["2013-03-27"]),
        ("The shop had closed before Tuesday.", ["2013-03-19"]),
        ("The clock ticks towards the Monday deadline.", ["2013-03-25"]),
        ("The union set a Thursday deadline for an offer.", ["2013-03-28"]),
        ("The union missed the Monday deadline.", ["2013-03-18"]),
        ("The court delivers its ruling on Wednesday and Thursday.", ["2013-03-27", "2013-03-28"]),
        ("The court handed down its ruling on Tuesday.", ["2013-03-19"]),
        ("He sprained his ankle Wednesday night and will be out until April.", ["2013-03-20TNI", "2013-04"]),
        ("The keeper broke a finger Sunday and will miss the final in May.", ["2013-03-17", "2013-05"]),
        ("He was hurt on Tuesday and is expected back in April.", ["2013-03-19", "2013-04"]),
        ("He is to be heard on Tuesday and will be freed in April.", ["2013-03-26", "2013-04"]),
        ("The minister said the Tuesday meeting will be crucial.", ["2013-03-26"]),
        ("The minister said Tuesday's vote will be close.", ["2013-03-26"]),
        ("The minister said Tuesday the bank will pay.", ["2013-03-19"]),
    ],
)
def test_a_weekday_is_on_the_side_of_which_its_clause_speaks(text, values):
    assert told(text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("By December the ministry hopes to have the money.", ["2013-12"]),
        ("By November the firm wants to hire 300 people.", ["2013-11"]),
        ("By November the firm had hired 300 people.", ["2012-11"]),
        ("The shops will reopen on the day after Christmas.", ["2013-12-26"]),
        ("The shops were full on the day after Christmas.", ["2012-12-26"]),
        ("He will retire in December.", ["2013-12"]),
        ("He retired in December.", ["2012-12"]),
        ("Organisers said the 28 June to 5 July event would have 28 acts.", ["2013-06-28", "2013-07-05"]),
    ],
)
def test_a_day_or_month_far_ahead_is_meant_where_a_verb_says_so(text, values):
    assert told(text) == values

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
        ("The summit next year was announced on Monday.", ["2014", "2013-03-18"]),
        ("He landed on 6 June 1944 and was wounded on Friday.", ["1944-06-06", "1944-06-09"]),
        ("He was born on 6 June 1944 and died on Thursday.", ["1944-06-06", "2013-03-21"]),
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


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It is held from 29-31 August next year.", ["2014-08-29", "2014-08-31"]),
        ("It took place on 12-14 June last year.", ["2012-06-12", "2012-06-14"]),
        ("It runs from 28 June to 5 July next year.", ["2014-06-28", "2014-07-05"]),
        ("It ran from December 28 to January 3 last year.", []),
        ("In the June 16–17 runoff last year, he took 52 percent.", ["2012-06-16", "2012-06-17", "2012"]),
        ("On June 5 the firm sold more than last year.", ["2012-06-05", "2012"]),
        ("Next year's World Cup begins in June and ends in July.", ["2014", "2014-06", "2014-07"]),
        ("Callers should quote incident number 26 of March 16, 2013.", ["2013-03-16"]),
        ("Order no. 7 of June 1, 2012, was annulled.", ["2012-06-01"]),
        ("On the 7 of June 2012 it was annulled.", ["2012-06-07"]),
        ("on July 18-20 and 25-27", ["2013-07-18", "2013-07-20", "2013-07-25", "2013-07-27"]),
    ],
)
def test_a_day_takes_the_year_and_month_that_it_shares(text, values):
    assert told(text) == values


def test_two_spans_of_one_month_are_a_set_of_spans():
    (found,) = find_dates("July 18-20 and 25-27, 2013", reference="2013-03-22").itertuples()
    assert found.edtf == "{2013-07-18..2013-07-20,2013-07-25..2013-07-27}"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The economy grew by 3.1% in the third quarter.", ["2012-Q3"]),
        ("Sales will rise by 4% in the third quarter.", ["2013-Q3"]),
        ("The cut was extended into the second quarter.", ["2013-Q2"]),
        ("Profits rose in the third and fourth quarters last year.", ["2012-Q3", "2012-Q4"]),
        ("Demand should pick up in the second and third quarters this year.", ["2013-Q2", "2013-Q3"]),
        ("Fourth-quarter profit rose from $1.8 billion a year earlier.", ["2012-Q4", "2011-Q4"]),
        ("In the fourth quarter profit fell. A year earlier it had risen.", ["2012-Q4", "2011"]),
    ],
)
def test_a_quarter_without_its_year_is_the_last_one_unless_it_is_to_come(text, values):
    assert told(text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Schools reopened after Labor Day.", ["2012-09-03"]),
        ("Schools will reopen after Labor Day.", ["2013-09-02"]),
        ("The singer plays on July 4 and returns on Labor Day.", ["2013-07-04", "2013-09-02"]),
        ("The parade will be held on Columbus Day.", ["2013-10-14"]),
        ("Banks were shut on Martin Luther King Jr. Day.", ["2013-01-21"]),
        ("The park was closed for Presidents' Day.", ["2013-02-18"]),
        ("Memorial Day last year was warm.", ["2012-05-28"]),
        ("He died on the day after Thanksgiving.", ["2012-11-23"]),
        ("He left on the day before Thanksgiving last year.", ["2012-11-21"]),
        ("They married on the day after Christmas last year.", ["2012-12-26"]),
        ("Labor Day weekend was wet.", []),
        ("Memorial Day 1960 was wet.", []),
        ("Labour Day was wet.", []),
    ],
)
def test_a_holiday_that_is_a_counted_weekday_moves_with_its_year(text, values):
    assert told(text) == values


def test_a_holiday_whose_year_is_left_out_has_both_readings():
    (found,) = find_dates("on Labor Day", reference="2013-03-22").itertuples()
    assert found.edtf == "[2012-09-03,2013-09-02]"
    assert found.readings == ("2012-09-03", "2013-09-02")


@pytest.mark.parametrize(
    "text",
    [
        "The Sunday Times said that the minister may resign.",
        "The Mail on Sunday carried the photographs.",
        "Fans of Sheffield Wednesday sang in the stands.",
        "Man Friday was the name of his dog.",
        "Mr. March and Mrs. April Jones won a prize.",
        "Sen. Summer may block the bill.",
        "The film August Rush lost at the box office.",
        "The Daily Mirror and Today FM carried the interview.",
        "The Friday the 13th films made $380 million.",
        "The fall damaged its case.",
        "The house at 1901 Main Street was sold.",
        "The shop moved to 1850 Broadway.",
        "The firm leased Boeing 1960 series jets.",
        "The plant made 1950 trucks and 1700 vans.",
        "He shared the bill with The 1975.",
    ],
)
def test_a_name_or_a_number_that_counts_is_no_date(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("On Sunday Times Square was closed.", ["2013-03-17"]),
        ("A fire broke out in Sheffield Wednesday.", ["2013-03-20"]),
        ("He saw the film Friday.", ["2013-03-22"]),
        ("He saw the band in August.", ["2012-08"]),
        ("In the fall prices dropped.", ["2012-FA"]),
        ("In 1901 Main Street was paved.", ["1901"]),
        ("Boeing 2012 deliveries rose.", ["2012"]),
        ("He spoke of the 1975.", ["1975"]),
        ("USA lost today.", ["2013-03-22"]),
    ],
)
def test_a_date_beside_a_name_stays_one(text, values):
    assert told(text) == values

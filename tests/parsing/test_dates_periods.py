"""Periods that end with a date, parts of years, feasts that move, and units of another year that are as one is."""

import pytest

from sourcebook.parsing.dates import scan_dates

FRIDAY = "2013-03-22"


def values(text):
    return "; ".join(found.edtf for found in scan_dates(text, dct=FRIDAY))


def timex(text):
    return "; ".join(found.timex for found in scan_dates(text, dct=FRIDAY, ends=True))


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("the year to March 2012", "2011-04/2012-03"),
        ("in the 12 months to March 2012", "2011-04/2012-03"),
        ("the three months to the end of January", "2012-11/2013-01"),
        ("the six months to December", "2012-07/2012-12"),
        ("the 12 months through February", "2012-03/2013-02"),
        ("the three months ended Dec. 31", "2012-10-01/2012-12-31"),
        ("the three months ended June 30", "2012-04-01/2012-06-30"),
        ("the quarter ended August 31, 2012", "2012-06-01/2012-08-31"),
        ("the year ended March 31, 2012", "2011-04-01/2012-03-31"),
        ("its fiscal year ending 31 March 2012", "2011-04-01/2012-03-31"),
        ("the fourth quarter, which ended March 31, 2012", "2012-01-01/2012-03-31"),
        ("the three-month period ended March 31, 2012", "2012-01-01/2012-03-31"),
        ("over the past three months to March 2012", "2012-01/2012-03"),
        ("the six months to June", "2012-01/2012-06"),
        ("They will pay for the six months to June", "2013-01/2013-06"),
        ("for the quarter ending in March 2012", "2012-01/2012-03"),
        ("the fiscal year ended last March", "2011-04/2012-03"),
        ("the year beginning 1 April 2012", "2012-04-01/2013-03-31"),
        ("the six months starting in May 2012", "2012-05/2012-10"),
        ("the 12 months from April 2012", "2012-04/2013-03"),
        ("the 12 months from April 2012 to March 2013", "; 2012-04/2013-03"),
        ("the week ending 5 May 2012", "2012-04-29/2012-05-05"),
        ("w/e 5 May 2012", "2012-04-29/2012-05-05"),
        ("the ten years to 2012", ""),
        ("the decade to 2012", ""),
        ("the year to mid-March 2012", ""),
        ("for the first half ended June 30", ""),
        ("moved the vote to March 2012", "2012-03"),
    ],
)
def test_a_period_that_ends_with_a_date_is_read_whole_or_refused(text, edtf):
    assert values(text) == edtf


def test_the_end_of_a_period_is_a_row_of_its_own_where_asked():
    assert timex("the 12 months to March 2012") == "P12M; 2012-03"
    assert timex("the quarter ended August 31, 2012") == "2012-08-31"


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("the same month last year", "2012-03"),
        ("in the same month a year ago", "2012-03"),
        ("the same quarter of 2012", "2012-33"),
        ("the same week last year", "2012-03-19/2012-03-25"),
        ("the same day last year", "2012-03-22"),
        ("on this day in 1990", "1990-03-22"),
        ("at this time last year", "2012-03"),
        ("in February a year ago", "2012-02"),
        ("in May two years ago", "2011-05"),
        ("the same day last week", "2013-03-15"),
        ("the same day last month", ""),
        ("the same week last month", ""),
        ("the April-June quarter of last year", "2012-04/2012-06"),
        ("this week in Paris", "2013-03-18/2013-03-24"),
    ],
)
def test_a_unit_of_another_year_that_is_as_this_one(text, edtf):
    assert values(text) == edtf


def test_the_same_month_is_that_of_the_month_named_before():
    assert timex("In May 2012 it fell. In the same month of 2011 it rose.") == "2012-05; 2011-05"
    assert not values("On 29 February 2012 it fell. It rose on the same day of 2011.").partition("; ")[2]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("a day after Monday's bombing", "2013-03-19"),
        ("two days after Sunday's vote", "2013-03-19"),
        ("They will meet two days after Monday's vote.", "2013-03-27"),
        ("the day after Monday's bombing", "2013-03-19"),
        ("a week after the May 6 vote", "[2012-05-13,2013-05-13]"),
        ("a week after the May 6, 2012, vote", "2012-05-13"),
    ],
)
def test_a_distance_from_a_date_that_is_not_named_whole(text, edtf):
    assert values(text) == edtf


@pytest.mark.parametrize(
    ("text", "edtf", "lossy"),
    [
        ("the final quarter of last year", "2012-36", ""),
        ("the final quarter of 2012", "2012-36", ""),
        ("the closing months of 2012", "2012-39", "the closing months of"),
        ("in the opening months of 2012", "2012-37", "the opening months of"),
        ("the last months of 2012", "2012-39", "the last months of"),
        ("the dying days of 2012", "2012-39", "the dying days of"),
        ("the last days of May 2012", "2012-05", "the last days of"),
        ("the early hours of 5 May 2012", "2012-05-05", "the early hours of"),
        ("the last two months of 2012", "2012-11/2012-12", ""),
        ("the first weeks of this year", "2013-37", "the first weeks of"),
    ],
)
def test_an_end_of_a_year_is_a_part_of_it(text, edtf, lossy):
    (found,) = scan_dates(text, dct=FRIDAY)
    assert (found.edtf, found.lossy) == (edtf, lossy)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("from Nov. 28, 2012, to Jan. 3, 2013", "2012-11-28/2013-01-03"),
        ("between Nov. 28, 2012, and Jan. 3, 2013", "2012-11-28/2013-01-03"),
        ("from March 4, 1861, until April 15, 1865", "1861-03-04/1865-04-15"),
        ("March 4, 1861, to April 15, 1865", "1861-03-04/1865-04-15"),
        ("On March 4, 1861, to celebrate", "1861-03-04"),
        ("the January-March quarter", "XXXX-01/XXXX-03"),
        ("in January-March", "XXXX-01/XXXX-03"),
        ("the January-to-March quarter", "XXXX-01/XXXX-03"),
        ("the January-March period of 2012", "2012-01/2012-03"),
        ("the October-to-December quarter of 2012", "2012-10/2012-12"),
        ("the night of August 23/24, 1572", "1572-08-23/1572-08-24"),
        ("August 23/25, 1572", ""),
        ("Monday to Friday last week", "2013-03-11/2013-03-15"),
        ("from Monday to Friday next week", "2013-03-25/2013-03-29"),
        ("between Monday and Friday last week", "2013-03-11/2013-03-15"),
        ("Tuesday and Thursday last week", "{2013-03-12,2013-03-14}"),
        ("from 1 May 2012, to the present", "2012-05-01/.."),
        ("the Jan.-March quarter", "XXXX-01/XXXX-03"),
        ("the school year 2012-13", "2012/2013"),
    ],
)
def test_the_ends_of_a_range_are_joined_in_every_way(text, edtf):
    assert values(text) == edtf


@pytest.mark.parametrize(
    "text",
    [
        "It killed 1200 and wounded 300.",
        "1300 were wounded.",
        "A crowd of 1500 came.",
        "A force of 1200 men",
        "He had 1800 followers.",
        "He sold 1500 of them.",
        "A crowd of 2000 people",
        "About 2000 soldiers came.",
        "An estimated 1500 died.",
        "A crowd of about 1500 came.",
        "Crowds of 1500 came.",
        "As many as 1500 fled.",
        "He paid 1900 francs.",
        "between 1500 and 2000 men",
        "from 1200 to 1500 men",
    ],
)
def test_a_number_that_counts_is_no_year(text):
    assert not values(text)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("The army of 1944 was large.", "1944"),
        ("Kennedy, killed (1963) in Dallas", "1963"),
        ("The elections of 1990 were free.", "1990"),
        ("He spent 493 BC there.", "-0492"),
        ("The firm had 2012 sales of $5", "2012"),
        ("In 1914 and 1915 were built", "1914; 1915"),
        ("from 1200 to 1500", "1200/1500"),
        ("He had, in 2012, two", "2012"),
        ("In 2012 troops entered", "2012"),
        ("By the end of 2014 troops will leave", "[..2014-39]"),
        ("By mid-2014 troops will leave", "[..2014-38]"),
        ("By late 2014 troops will go", "[..2014-39]"),
        ("In early 2012 troops entered", "2012-37"),
        ("At year-end 2012 it rose", "2012-39"),
        ("by end-2012", "[..2012-39]"),
        ("at end-March", "XXXX-03"),
        ("set for May", "XXXX-05"),
        ("scheduled for May", "XXXX-05"),
        ("the May election", "XXXX-05"),
        ("A vote for May is", ""),
        ("the March on Rome", ""),
    ],
)
def test_a_year_or_month_among_words_that_name_things(text, edtf):
    assert values(text) == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Easter 2012", "2012-04-08"),
        ("Easter Sunday 2012", "2012-04-08"),
        ("Easter Monday, 1916", "1916-04-24"),
        ("Easter 1818", "1818-03-22"),
        ("on Easter, 1943", "1943-04-25"),
        ("Good Friday 1998", "1998-04-10"),
        ("Ash Wednesday 2013", "2013-02-13"),
        ("Palm Sunday 1289", ""),
        ("Ascension Day 2013", "2013-05-09"),
        ("Pentecost 2013", "2013-05-19"),
        ("Whit Monday 1914", "1914-06-01"),
        ("Pentecost Sunday 2013", "2013-05-19"),
        ("Easter Eve 1916", "1916-04-22"),
        ("Thanksgiving 2012", "2012-11-22"),
        ("Thanksgiving Day, 1963", "1963-11-28"),
        ("Thanksgiving 1939", ""),
        ("Christmas 2012", "2012-12-25"),
        ("Good Friday", ""),
        ("Holy Week 2012", ""),
    ],
)
def test_a_feast_that_moves_is_the_day_of_its_year(text, edtf):
    assert values(text) == edtf


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The talks begin Monday.", "2013-03-25"),
        ("Talks start on Monday.", "2013-03-25"),
        ("The deadline is Sunday.", "2013-03-24"),
        ("The hearing is set for Tuesday.", "2013-03-26"),
        ("The market's close on Monday was high.", "2013-03-18"),
        ("The store was open on Sunday.", "2013-03-17"),
        ("In September he said he would go.", "2012-09"),
        ("On May 6, the firm announced that it would go.", "2012-05-06"),
        ("in the last year", "P1Y"),
        ("in the last year of the war", ""),
        ("a quarter of a century", "P25Y"),
        ("three quarters of a century", "P75Y"),
        ("a third of a century", ""),
        ("Voters go to the polls on Sunday.", "2013-03-24"),
        ("They must decide on Sunday.", "2013-03-24"),
        ("They must have left on Sunday.", "2013-03-17"),
        ("Talks did not start Monday.", "2013-03-18"),
        ("They won the vote on Sunday.", "2013-03-17"),
        ("He refused to leave on Sunday.", "2013-03-17"),
        ("In May, June and July sales fell.", "2012-05; 2012-06; 2012-07"),
        ("In April it rained.", "2012-04"),
        ("In May the united front will meet.", "2013-05"),
        ("In June, he said, they will go.", "2013-06"),
        ("By May he had won.", "2012-05"),
        ("By May he will have won.", "2013-05"),
        ("In 1914 he left. The next summer he died.", "1914; 1915-SU"),
        ("In 1914 he left. The following winter he died.", "1914; 1914-WI"),
        ("On 3 May 1914 he left. On the 10th he died.", "1914-05-03; 1914-05-10"),
        ("on the 10th floor", ""),
        ("over the last decade", "P1DE"),
        ("in the last decade of the war", ""),
        ("half a century", "P50Y"),
        ("half a decade", "P5Y"),
        ("a decade and a half", "P15Y"),
        ("decades of war", "PXDE"),
        ("the night before last", "2013-03-20TNI"),
        ("three months after Easter", "2013-06-30"),
    ],
)
def test_verbs_and_what_was_told_choose_the_date(text, value):
    assert timex(text) == value


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("two Sundays ago", "2013-03-10"),
        ("two Fridays ago", "2013-03-08"),
        ("a week ago Tuesday", "2013-03-12"),
        ("two weeks ago Friday", "2013-03-08"),
        ("on Monday week", "2013-04-01"),
        ("a week on Monday", "2013-04-01"),
        ("closed for a week on Monday", "; [2013-03-18,2013-03-25]"),
        ("4 weeks in the future", "2013-04-15/2013-04-21"),
        ("By March 31", "[..XXXX-03-31]"),
        ("before May 5", "[..XXXX-05-04]"),
        ("after March", "[XXXX-04..]"),
        ("before January", ""),
        ("May 5, 6, 1920", "{1920-05-05,1920-05-06}"),
        ("by end 2012", "[..2012-39]"),
        ("at end March", "XXXX-03"),
        ("end-of-2012", "2012-39"),
        ("10 years into the future", "2023"),
        ("It must be paid within two weeks.", "2013-03-22/2013-04-05"),
        ("by mid-May", "[..XXXX-05]"),
        ("From 2014 the tax will rise", "2014/.."),
        ("letters from 1914", "1914"),
        ("From 1914 to 1918", "1914/1918"),
        ("5, 6 May 1920", "{1920-05-05,1920-05-06}"),
        ("on 5, 6, 7 May 1920", "{1920-05-05,1920-05-06,1920-05-07}"),
        ("p. 5, 6 May 1920", "1920-05-06"),
        ("5 May (old style) 1920", "1920-05-18"),
        ("the winter of 1731/2", "1731-24"),
        ("the winter of 1731–33", ""),
        ("the week after 5 May 1988", ""),
    ],
)
def test_weekdays_bounds_and_lists_are_read_to_their_end(text, edtf):
    assert values(text) == edtf

"""Dates found in English: every word that changes the value is read, or nothing is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.core.errors import ParseError
from sourcebook.parsing.dates import find_dates, parse_date, parse_edtf, scan_dates


def pairs(text, **options):
    return [(date.exact, date.edtf) for date in scan_dates(text, **options)]


@pytest.mark.parametrize(
    ("text", "exact", "edtf"),
    [
        # ranges in every typography and order
        ("in 1987/88 it", "1987/88", "1987/1988"),
        ("in 1987/1988 it", "1987/1988", "1987/1988"),
        ("the years 1918–1921", "the years 1918–1921", "1918/1921"),
        ("22 to 24 November 1988", "22 to 24 November 1988", "1988-11-22/1988-11-24"),
        ("between 22 and 24 November 1988", "between 22 and 24 November 1988", "1988-11-22/1988-11-24"),
        ("November 22 to 24, 1988", "November 22 to 24, 1988", "1988-11-22/1988-11-24"),
        ("from 4 to 22 January 1995", "from 4 to 22 January 1995", "1995-01-04/1995-01-22"),
        ("from 7 June to 14 July 1916", "from 7 June to 14 July 1916", "1916-06-07/1916-07-14"),
        ("from the 5th of May to 7 June 1916", "from the 5th of May to 7 June 1916", "1916-05-05/1916-06-07"),
        ("22 and 24 November 1988", "22 and 24 November 1988", "{1988-11-22,1988-11-24}"),
        ("22, 23 and 24 November 1988", "22, 23 and 24 November 1988", "{1988-11-22,1988-11-23,1988-11-24}"),
        ("22 or 24 November 1988", "22 or 24 November 1988", "[1988-11-22,1988-11-24]"),
        ("April–June 1988", "April–June 1988", "1988-04/1988-06"),
        ("from November to February 2017", "from November to February 2017", "2016-11/2017-02"),
        ("September 1939–1945", "September 1939–1945", "1939-09/1945"),
        ("c. 1970–1980", "c. 1970–1980", "1970~/1980~"),
        ("late 1940 to early 1943", "late 1940 to early 1943", "1940-39/1943-37"),
        # days, however they are written
        ("22 Nov 1988", "22 Nov 1988", "1988-11-22"),
        ("on 5 Dec 2024", "5 Dec 2024", "2024-12-05"),
        ("Nov. 22, 1988", "Nov. 22, 1988", "1988-11-22"),
        ("NOVEMBER 22, 1988", "NOVEMBER 22, 1988", "1988-11-22"),
        ("7th day of May, 2013", "7th day of May, 2013", "2013-05-07"),
        ("the tenth of September 1990", "tenth of September 1990", "1990-09-10"),
        ("September the twenty-first, 1978", "September the twenty-first, 1978", "1978-09-21"),
        ("Thursday, 5 December 2024", "Thursday, 5 December 2024", "2024-12-05"),
        ("2016-11", "2016-11", "2016-11"),
        ("13/4/2017", "13/4/2017", "2017-04-13"),
        # parts of years, decades, centuries, eras
        ("early 1988", "early 1988", "1988-37"),
        ("mid-1988", "mid-1988", "1988-38"),
        ("mid-to-late 1988", "mid-to-late 1988", "1988-38/1988-39"),
        ("the third quarter of 2016", "the third quarter of 2016", "2016-35"),
        ("the second half of 2008", "the second half of 2008", "2008-41"),
        ("the winter of 1941–42", "the winter of 1941–42", "1941-24"),
        ("in the nineteen seventies", "the nineteen seventies", "197X"),
        ("18th and 19th centuries", "18th and 19th centuries", "{17XX,18XX}"),
        ("the 19th–20th century", "the 19th–20th century", "18XX/19XX"),
        ("2nd or 3rd century BC", "2nd or 3rd century BC", "[-02XX,-01XX]"),
        ("the 1st century BC", "the 1st century BC", "-0099/0000"),
        ("the 470s BC", "the 470s BC", "-0478/-0469"),
        ("301 AD", "301 AD", "0301"),
        ("AD 301", "AD 301", "0301"),
        ("499–493 BC", "499–493 BC", "-0498/-0492"),
        ("c.1970", "c.1970", "1970~"),
        ("ca 1970", "ca 1970", "1970~"),
        # bounds
        ("since 1988", "since 1988", "1988/.."),
        ("until May 1991", "until May 1991", "../1991-05"),
        ("before 1988", "before 1988", "[..1987]"),
        ("after March 1988", "after March 1988", "[1988-04..]"),
        ("before 1 March 2000", "before 1 March 2000", "[..2000-02-29]"),
        ("by the end of 1988", "by the end of 1988", "[..1988-39]"),
        ("no later than 1990", "no later than 1990", "[..1990]"),
        ("not earlier than 1990", "not earlier than 1990", "[1990..]"),
        ("1990 or later", "1990 or later", "1990/.."),
        ("from 1990 onwards", "from 1990 onwards", "1990/.."),
        ("1988–present", "1988–present", "1988/.."),
        ("on or before 5 May 1988", "on or before 5 May 1988", "[..1988-05-05]"),
        ("100 BC to AD 100", "100 BC to AD 100", "-0099/0100"),
    ],
)  # fmt: skip
def test_an_expression_is_read_to_its_end(text, exact, edtf):
    assert pairs(text) == [(exact, edtf)]


@pytest.mark.parametrize(
    ("text", "timex"),
    [
        ("for thirty-five years", "P35Y"),
        ("thirty-five years of it", "P35Y"),
        ("twenty-one days", "P21D"),
        ("two hundred and fifty years", "P250Y"),
        ("10 to 15 days", "P10D/P15D"),
        ("half a century", "P50Y"),
        ("a year and a half", "P1.5Y"),
        ("two and a half years", "P2.5Y"),
        ("a hundred years", "P100Y"),
        ("5 years, 1 month and 12 days", "P5Y1M12D"),
        ("1,200 years", "P1200Y"),
    ],
)
def test_a_length_of_time_keeps_all_its_words(text, timex):
    assert [date.timex for date in scan_dates(text)] == [timex]


@pytest.mark.parametrize(
    ("text", "lossy"),
    [
        ("twenty-odd years", "odd"),
        ("more than three years", "more than"),
        ("two years or more", "or more"),
        ("early October 1988", "early"),
        ("the morning of 31 January 1965", "the morning of"),
        ("Friday, 5 December 2024", "Friday"),
        ("fiscal 1988", "fiscal"),
    ],
)
def test_what_the_value_does_not_hold_is_said(text, lossy):
    assert [date.lossy for date in scan_dates(text)] == [lossy]


@pytest.mark.parametrize(
    "text",
    [
        "1905 people came", "some 1905 children", "Room 1905", "page 1988", "No. 1988", "flight 1905", "31 June 1988",
        "30 February 1990", "13/13/2017", "12.1950", "$1988", "1988%", "pre-1988", "1988-plus", "3/1988/4", "1,905",
        "1988.5", "May we march?", "a second man", "the first one", "You may not.", "Good Friday", "not until 1990",
        "2016-13-05", "from 1991 to 1987", "1991–1987", "November 24 to 22, 1988", "tel. 138-2010-2015",
        "2024-12-05-17", "the fall of Rome", "In December 15 people died.", "they spring up", "five score", "v1988.2",
        "A1988", "1988a",
        "the Winter Palace", "half of 1988", "until at least May 1988",
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_read_nor_any_part_of_it(text):
    assert not [date for date in scan_dates(text) if date.edtf]


def test_the_number_of_a_resolution_is_no_year():
    assert pairs("Resolution 1325 (2000)") == []


@pytest.mark.parametrize(
    ("text", "edtf", "timex"),
    [
        ("yesterday", "2016-11-06", "2016-11-06"),
        ("last June", "2016-06", "2016-06"),
        ("six years ago", "2010", "2010"),
        ("this month", "2016-11", "2016-11"),
        ("last week", "2016-10-31/2016-11-06", "2016-W44"),
        ("August of last year", "2015-08", "2015-08"),
        ("the 20th of next month", "2016-12-20", "2016-12-20"),
        ("next week Tuesday", "2016-11-15", "2016-11-15"),
        ("the first Friday of this month", "2016-11-04", "2016-11-04"),
        ("four days from yesterday", "2016-11-10", "2016-11-10"),
        ("two weeks after 13 May 1999", "1999-05-27", "1999-05-27"),
        ("the past three months", "2016-08/2016-11", "P3M"),
        ("since last June", "2016-06/..", "2016-06"),
        ("rest of the year", "2016-11-07/2016-12-31", "2016"),
        ("from next Monday to Friday", "2016-11-14/2016-11-18", "2016-11-14/2016-11-18"),
        ("between now and 15 December", "2016-11-07/2016-12-15", "2016-11-07/2016-12-15"),
    ],
)
def test_what_counts_from_the_document_is_tied_to_its_date(text, edtf, timex):
    (date,) = scan_dates(text, dct="2016-11-07")
    assert (date.edtf, date.timex) == (edtf, timex)


def test_what_counts_from_the_document_has_no_date_without_it():
    assert [d.edtf for d in scan_dates("yesterday, last June, six years ago, on Friday")] == ["", "", "", ""]


@pytest.mark.parametrize(
    ("text", "options", "readings"),
    [
        ("on Friday", {"dct": "2016-11-07"}, ("2016-11-04", "2016-11-11")),
        ("on 2 October", {"dct": "2016-11-07"}, ("2016-10-02", "2017-10-02")),
        ("3/7/2017", {}, ("2017-03-07", "2017-07-03")),
        ("3/7/2017", {"dayfirst": True}, ()),
        ("in 1905-07", {}, ("1905/1907", "1905-07")),
        ("in 1905–07", {}, ()),
        ("two years ago", {"dct": "2016-11-07"}, ("2014", "2014-11-07")),
        ("from Sep to Nov", {"dct": "2016-10-07"}, ("2016-09/2016-11", "2017-09/2017-11")),
        ("the '40s", {}, ("194X", "204X")),
    ],
)
def test_ambiguous_words_give_their_readings(text, options, readings):
    (date,) = scan_dates(text, **options)
    assert date.readings == readings
    assert all(parse_edtf(reading) for reading in readings)


def test_the_order_of_day_and_month_is_said_by_the_caller():
    assert pairs("3/7/2017", dayfirst=True) == [("3/7/2017", "2017-07-03")]
    assert pairs("3/7/2017", dayfirst=False) == [("3/7/2017", "2017-03-07")]
    assert pairs("3/7/2017") == [("3/7/2017", "[2017-03-07,2017-07-03]")]
    assert parse_date("3/7/2017", dayfirst=True).edtf == "2017-07-03"


def test_a_verb_of_the_future_chooses_the_reading_ahead():
    assert scan_dates("They will meet on Friday.", dct="2016-11-07")[0].timex == "2016-11-11"
    assert scan_dates("They met on Friday.", dct="2016-11-07")[0].timex == "2016-11-04"
    assert scan_dates("They will meet in two weeks.", dct="2016-11-07")[0].readings[1] == "2016-11-21"


def test_a_history_goes_on_from_the_year_that_it_named():
    text = (
        "On December 7, 1941 it began. In January they came, and in May they left. Two years later it ended."
    )
    assert [d.timex for d in scan_dates(text, dct="2009")] == ["1941-12-07", "1942-01", "1942-05", "1944"]


def test_an_aside_does_not_change_the_year_that_is_told_of():
    text = (
        "In March 1918 it met. Others (founded in 1905) came in April; some before 1900. In May it met again."
    )
    assert [d.timex for d in scan_dates(text)] == ["1918-03", "1905", "1918-04", "1900", "1918-05"]


def test_ends_of_a_range_are_records_of_their_own_where_asked():
    text = "from 7 June to 14 July 1916, in the 18th and 19th centuries, since 1988"
    found = scan_dates(text, ends=True)
    assert [(d.exact, d.timex) for d in found] == [
        ("7 June", "1916-06-07"),
        ("14 July 1916", "1916-07-14"),
        ("the 18th", "17"),
        ("19th centuries", "18"),
        ("1988", "1988"),
    ]
    (whole,) = scan_dates("from 7 June to 14 July 1916")
    assert (whole.timex_start, whole.timex_end) == ("1916-06-07", "1916-07-14")
    assert (whole.earliest, whole.latest, whole.precision) == ("1916-06-07", "1916-07-14", "interval")


def test_a_place_that_is_read_as_something_else_holds_no_date():
    text = "the 1951 Convention of 1967"
    assert pairs(text, taken=[(4, 19)]) == [("1967", "1967")]
    assert pairs(text, taken=[(0, len(text))]) == []


def test_a_reference_that_is_no_date_is_refused():
    with pytest.raises(ParseError, match="yesterday"):
        find_dates("1988", reference="yesterday")


@pytest.mark.parametrize(
    "text", ["in May 1988 or so", "May", "early October 1988", "yesterday", "ten years", "31 June 1988", ""]
)
def test_one_date_is_read_whole_or_refused(text):
    with pytest.raises(ParseError):
        parse_date(text)


WORDS = """
1988 12 5 31 May June Nov the of to and or between from since until by early end mid last next this year month week day
days ago later before after century 19th second twenty one hundred BC AD c . , - – / ( ) ' s Friday summer weekend half
a an in on not people present now Q3 2/29 '40s XX ½ $ yesterday first of 99 00 0 2100 12345 fiscal rest
"""
texts = st.lists(
    st.tuples(st.sampled_from(WORDS.split()), st.sampled_from([" ", "", "\n", "\n\n"])), max_size=14
)


@given(texts, st.sampled_from([None, "2016-11-07", "1988", "0001-01-01"]), st.booleans())
def test_any_words_give_ordered_slices_with_valid_values(words, dct, ends):
    text = "".join(word + space for word, space in words)
    last = 0
    for date in scan_dates(text, dct=dct, ends=ends):
        assert last <= date.start < date.end <= len(text)
        assert text[date.start : date.end] == date.exact
        assert date.timex
        for edtf in (date.edtf, *date.readings):
            assert not edtf or parse_edtf(edtf)
        last = date.end


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "May ",
        "5 May ",
        "-",
        "1-",
        "one ",
        "of the ",
        "1988/",
        "first ",
        "the last ",
        "two weeks after ",
    ],
)
def test_a_long_run_of_one_word_is_read_without_a_fault(piece):
    scan_dates(piece * 3000)


BOUNDS_AND_OTHERS = {
    "before or in 1604": "[..1604]",
    "in or before 1604": "[..1604]",
    "in or after 1604": "[1604..]",
    "up to and including 1991": "[..1991]",
    "in 1920 at the earliest": "[1920..]",
    "1920 at the latest": "[..1920]",
    "(1604?)": "1604?",
    "(c. 1604?)": "1604%",
    "born 1604?, in town": "1604?",
    "Was it in 1604?": "1604",
    "January/February 1990": "1990-01/1990-02",
    "Jan/Feb 1990": "1990-01/1990-02",
    "May/June": "XXXX-05/XXXX-06",
    "late January or early February 1990": "[1990-01,1990-02]",
    "early to mid January 1990": "1990-01",
    "mid- to late 1980s": "198X",
    "5.–6. May 1920": "1920-05-05/1920-05-06",
    "O.S. 5 May 1920": "1920-05-18",
    "Michaelmas 1604": "1604-09-29",
    "Lady Day 1604": "1604-03-25",
    "the last quarter of the 19th century": "18XX",
    "the first third of the 19th century": "18XX",
    "as early as 1920": "1920",
    "as late as mid-1920": "1920-38",
    "the summer of 1731/2": "",
    "5 Muharram 1340": "",
    "in Ramadan 1425": "",
    "in the year 604 of the Hijra": "",
    "week 23 of 2020": "",
    "2020-W23": "",
    "Passover 2020": "",
    "Orthodox Christmas 2020": "",
    "between 1920 and 1921/22": "",
    "within a week of 5 May 1920": "",
    "the eve of 5 May 1920": "",
}


@pytest.mark.parametrize("words", BOUNDS_AND_OTHERS)
def test_a_date_is_read_whole_or_refused(words):
    assert "; ".join(date.edtf for date in scan_dates(words)) == BOUNDS_AND_OTHERS[words]


@pytest.mark.parametrize(
    "words", ["the first third of the 19th century", "early to mid January 1990", "as early as 1920"]
)
def test_words_that_the_value_does_not_hold_are_told(words):
    (date,) = scan_dates(words)
    assert date.lossy
    assert date.exact == words

"""Dates: the examples of the EDTF specification with bounds worked out by hand, and what must be refused."""

import dataclasses
import datetime

import edtf as edtf_library
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.core.errors import ParseError, SourcebookError
from sourcebook.parsing.dates import (
    ALLEN,
    DateReading,
    FoundDate,
    allen,
    civil_date,
    contains,
    day_number,
    find_dates,
    format_date,
    inverse,
    iso_day,
    overlaps,
    parse_edtf,
    possible_allen,
    same,
)

LEVEL_0 = [
    ("1985-04-12", "1985-04-12", "1985-04-12"),
    ("1985-04", "1985-04-01", "1985-04-30"),
    ("1985", "1985-01-01", "1985-12-31"),
    ("2000-02", "2000-02-01", "2000-02-29"),
    ("1900-02", "1900-02-01", "1900-02-28"),
    ("0000", "0000-01-01", "0000-12-31"),
    ("1985-04-12T23:20:30", "1985-04-12", "1985-04-12"),
    ("1985-04-12T23:20:30Z", "1985-04-12", "1985-04-12"),
    ("1985-04-12T23:20:30-04", "1985-04-12", "1985-04-12"),
    ("1985-04-12T23:20:30+04:30", "1985-04-12", "1985-04-12"),
    ("1964/2008", "1964-01-01", "2008-12-31"),
    ("2004-06/2006-08", "2004-06-01", "2006-08-31"),
    ("2004-02-01/2005-02-08", "2004-02-01", "2005-02-08"),
    ("2004-02-01/2005-02", "2004-02-01", "2005-02-28"),
    ("2004-02-01/2005", "2004-02-01", "2005-12-31"),
    ("2005/2006-02", "2005-01-01", "2006-02-28"),
]
LEVEL_1 = [
    ("Y170000002", "Y170000002-01-01", "Y170000002-12-31"),
    ("Y-170000002", "Y-170000002-01-01", "Y-170000002-12-31"),
    ("2001-21", "2001-03-01", "2001-05-31"),
    ("2001-24", "2001-12-01", "2002-02-28"),
    ("1984?", "1984-01-01", "1984-12-31"),
    ("2004-06~", "2004-06-01", "2004-06-30"),
    ("2004-06-11%", "2004-06-11", "2004-06-11"),
    ("201X", "2010-01-01", "2019-12-31"),
    ("20XX", "2000-01-01", "2099-12-31"),
    ("2004-XX", "2004-01-01", "2004-12-31"),
    ("1985-04-XX", "1985-04-01", "1985-04-30"),
    ("1985-XX-XX", "1985-01-01", "1985-12-31"),
    ("1985-04-12/..", "1985-04-12", ""),
    ("1985/..", "1985-01-01", ""),
    ("../1985-04-12", "", "1985-04-12"),
    ("../1985-04", "", "1985-04-30"),
    ("1985-04/", "1985-04-01", ""),
    ("/1985", "", "1985-12-31"),
    ("1984~/2004-06", "1984-01-01", "2004-06-30"),
    ("1984?/2004%", "1984-01-01", "2004-12-31"),
    ("-1985", "-1985-01-01", "-1985-12-31"),
]
LEVEL_2 = [
    ("Y-17E7", "Y-170000000-01-01", "Y-170000000-12-31"),
    ("1950S2", "1900-01-01", "1999-12-31"),
    ("Y171010000S3", "Y171000000-01-01", "Y171999999-12-31"),
    ("Y3388E2S3", "Y338000-01-01", "Y338999-12-31"),
    ("-1950S2", "-1999-01-01", "-1900-12-31"),
    ("2001-26", "2001-06-01", "2001-08-31"),
    ("2001-29", "2001-09-01", "2001-11-30"),
    ("2001-34", "2001-04-01", "2001-06-30"),
    ("2001-39", "2001-09-01", "2001-12-31"),
    ("2001-41", "2001-07-01", "2001-12-31"),
    ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31"),
    ("[..1760-12-03]", "", "1760-12-03"),
    ("[1760-12..]", "1760-12-01", ""),
    ("[1760-01,1760-02,1760-12..]", "1760-01-01", ""),
    ("[1667,1760-12]", "1667-01-01", "1760-12-31"),
    ("{1667,1668,1670..1672}", "1667-01-01", "1672-12-31"),
    ("{1960,1961-12}", "1960-01-01", "1961-12-31"),
    ("{..1984}", "", "1984-12-31"),
    ("2004-06~-11", "2004-06-11", "2004-06-11"),
    ("?2004-06-~11", "2004-06-11", "2004-06-11"),
    ("156X-12-25", "1560-12-25", "1569-12-25"),
    ("-000X", "-0009-01-01", "-0001-12-31"),
    ("15XX-12-25", "1500-12-25", "1599-12-25"),
    ("190X-02-29", "1904-02-29", "1908-02-29"),
    ("XXXX-12-XX", "", ""),
    ("1XXX-XX", "1000-01-01", "1999-12-31"),
    ("1XXX-12", "1000-12-01", "1999-12-31"),
    ("1984-1X", "1984-10-01", "1984-12-31"),
    ("2024-XX-05", "2024-01-05", "2024-12-05"),
    ("2004-XX-31", "2004-01-31", "2004-12-31"),
    ("2004-06-~01/2004-06-~20", "2004-06-01", "2004-06-20"),
    ("2004-06-XX/2004-07-03", "2004-06-01", "2004-07-03"),
]
ALL = LEVEL_0 + LEVEL_1 + LEVEL_2


@pytest.mark.parametrize(("text", "earliest", "latest"), ALL)
def test_examples_of_the_specification(text, earliest, latest):
    date = parse_edtf(text)
    assert (iso_day(date.earliest), iso_day(date.latest)) == (earliest, latest)
    assert date.edtf == text


INVALID = [
    ("1900-02-29", 0), ("2023-02-29", 0), ("2001-02-30", 0), ("2001-04-31", 0), ("2001-06-00", 0),
    ("2001-13", 5), ("2001-00", 5), ("2001-20", 5), ("2001-42", 5), ("2001-21-05", 7),
    ("2002/2001", 5), ("2004-06-11/2004-06-10", 11), ("[1670..1668]", 7), ("2004/06", 5),
    ("198", 0), ("19850412", 0), ("1985-4-12", 5), ("85", 0), ("-0000", 0), ("1985-04-12-01", 10),
    ("2004-06-11T25:00:00", 10), ("1985-04-12T10:00", 10), ("1985-04-12T23:20:30+15", 19),
    ("2004-06-11T10:00:00/2005", 10), ("1985-04-12~T10:00:00", 11), ("1985-04T10:00:00", 7),
    ("Y2012", 1), ("Y0123456", 1), ("Y17E99", 4), ("Y", 1), ("1950S0", 5), ("1950S5", 5), ("195XS2", 4),
    ("XXXX-02-30", 0), ("2004-XX-32", 0), ("2001-02-3X", 0), ("19u5", 0), ("1985??", 5), ("2004-06-11~~", 11),
    ("/", 0), ("1985//1986", 5), ("1985/open", 5), ("unknown", 0), ("1667..1668", 4),
    ("[2025-01..2026]", 10), ("{1987-10..1988}", 10), ("[1987..1988-10-01]", 7),
    ("[", 1), ("[]", 1), ("[1667,]", 6), ("[1667", 5), ("{1667]", 5), ("[..]", 3), ("[1667,..1668]", 6),
    ("", 0), (" 1985", 0), ("1985 ", 4),
]  # fmt: skip


@pytest.mark.parametrize(("text", "position"), INVALID)
def test_refused_with_string_position_and_expectation(text, position):
    with pytest.raises(ParseError) as caught:
        parse_edtf(text)
    message = str(caught.value)
    assert message.startswith(f"EDTF date {text!r}, position {position}: expected ")
    assert ", found " in message


def test_a_span_keeps_the_bounds_of_each_end():
    span = parse_edtf("1987/1991")
    ends = (span.start_earliest, span.start_latest, span.end_earliest, span.end_latest)
    assert [iso_day(n) for n in ends] == ["1987-01-01", "1987-12-31", "1991-01-01", "1991-12-31"]
    assert span.granularity == "interval"


def test_an_end_within_the_start_bounds_the_start():
    span = parse_edtf("1987/1987-03")
    assert iso_day(span.start_latest) == "1987-03-31"
    assert iso_day(span.end_earliest) == "1987-03-01"


def test_open_and_unknown_ends_are_told_apart():
    assert parse_edtf("1985/..").open_end and not parse_edtf("1985/..").unknown_end
    assert parse_edtf("1985/").unknown_end and not parse_edtf("1985/").open_end
    assert iso_day(parse_edtf("1985/").end_earliest) == "1985-01-01"
    assert parse_edtf("../1985").open_start
    assert parse_edtf("XXXX-12-05").unknown_start and parse_edtf("XXXX-12-05").unknown_end


def test_marks_are_kept_by_component():
    date = parse_edtf("2004?-06-~11")
    assert (date.uncertain_parts, date.approximate_parts) == (("year",), ("day",))
    assert parse_edtf("2004-06~-11").approximate_parts == ("year", "month")
    assert (
        parse_edtf("2004-%06-11").uncertain_parts == parse_edtf("2004-%06-11").approximate_parts == ("month",)
    )


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1988~", "1986-01-01", "1990-12-31"),
        ("2011-03~", "2011-02-01", "2011-04-30"),
        ("2011-03-31~", "2011-03-31", "2011-03-31"),
        ("1988?", "1988-01-01", "1988-12-31"),
        ("~1988-05", "1986-05-01", "1990-05-31"),
        ("1988~/1990", "1986-01-01", "1990-12-31"),
        ("[1988~,1999]", "1986-01-01", "1999-12-31"),
    ],
)
def test_approximation_widens_only_as_declared(text, earliest, latest):
    date = parse_edtf(text, reading=DateReading(approximate_years=2, approximate_months=1))
    assert (iso_day(date.earliest), iso_day(date.latest)) == (earliest, latest)


def test_widening_does_not_excuse_a_reversed_span():
    with pytest.raises(ParseError):
        parse_edtf("1990~/1989", reading=DateReading(approximate_years=5))


def test_negative_assumption_is_refused():
    with pytest.raises(ValueError, match="approximate_years"):
        DateReading(approximate_years=-1)


def test_southern_seasons_are_an_assumption():
    summer = parse_edtf("2001-22", reading=DateReading(southern=True))
    assert (iso_day(summer.earliest), iso_day(summer.latest)) == ("2001-12-01", "2002-02-28")


@pytest.mark.parametrize(
    ("text", "granularity"),
    [
        ("1985-04-12", "day"), ("1985-04-XX", "month"), ("2001-21", "season"), ("1985", "year"),
        ("198X", "decade"), ("19XX", "century"), ("1XXX", "millennium"), ("XXXX", "unknown"),
        ("XXXX-12-05", "day"), ("1985/1986", "interval"), ("[1985,1987]", "set"),
    ],
)  # fmt: skip
def test_granularity(text, granularity):
    assert parse_edtf(text).granularity == granularity


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("1985", "1987", "before"),
        ("1985", "1986", "meets"),
        ("1985/1987", "1986/1988", "overlaps"),
        ("1985", "1985/1987", "starts"),
        ("1986", "1985/1987", "during"),
        ("1987", "1985/1987", "finishes"),
        ("1985", "1985-01/1985-12", "equals"),
        ("1987", "1985", "after"),
        ("1986", "1985", "met-by"),
        ("1986/1988", "1985/1987", "overlapped-by"),
        ("1985/1987", "1985", "started-by"),
        ("1985/1987", "1986", "contains"),
        ("1985/1987", "1987", "finished-by"),
        ("1985/..", "1990/..", "finished-by"),
        ("../1985", "../1990", "starts"),
        ("../..", "1990", "contains"),
    ],
)
def test_allen_by_hand(a, b, relation):
    assert allen(parse_edtf(a), parse_edtf(b)) == relation
    assert len(ALLEN) == 13


def test_allen_refuses_unknown_ends():
    with pytest.raises(SourcebookError, match="unknown end in '1985/'"):
        allen(parse_edtf("1985/"), parse_edtf("1990"))


def test_possible_allen_by_hand():
    assert possible_allen(parse_edtf("1985-01-01"), parse_edtf("1985-01-01")) == {"equals"}
    assert possible_allen(parse_edtf("1985"), parse_edtf("1987")) == {"before"}
    assert possible_allen(parse_edtf("1985"), parse_edtf("1985")) == set(ALLEN)
    spans = possible_allen(parse_edtf("1987/1989"), parse_edtf("1987/1991"))
    assert spans == {"overlaps", "starts", "during"}


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("XXXX-12-05", "2024-12", True),
        ("XXXX-12-05", "2024-12-01/2024-12-04", False),
        ("XXXX-12-05/XXXX-12-06", "2024-12-06", True),
        ("XXXX-12-05/XXXX-12-06", "2024-12-07/2025-12-04", False),
        ("XXXX-12-30/XXXX-01-02", "2025-01-01", True),
        ("XXXX-02-29", "1896-03-01/1904-02-28", False),
        ("XXXX-02-29", "1896-03-01/1904-02-29", True),
        ("XXXX-12", "XXXX-11", False),
        ("2024-XX-05", "2024-03-06/2024-04-04", False),
        ("[1667,1670]", "1668", False),
        ("[1667,1670..]", "1999", True),
        ("1985/..", "2024", True),
        ("../1985", "1986", False),
    ],
)
def test_overlap_looks_through_gaps(a, b, expected):
    assert overlaps(parse_edtf(a), parse_edtf(b)) is expected
    assert overlaps(parse_edtf(b), parse_edtf(a)) is expected


def test_contains_and_same():
    assert contains(parse_edtf("1987/1991"), parse_edtf("1988-11-22/1988-11-24"))
    assert not contains(parse_edtf("1987/1991"), parse_edtf("1991/1992"))
    assert contains(parse_edtf("XXXX-12"), parse_edtf("2024-12-05"))
    assert not contains(parse_edtf("XXXX-12"), parse_edtf("2024-11-30/2024-12-05"))
    assert same(parse_edtf("1988?"), parse_edtf("1988"))
    assert not same(parse_edtf("1987/1989"), parse_edtf("1987/1991"))
    assert not same(parse_edtf("XXXX-12-05"), parse_edtf("XXXX-12-06"))
    assert not same(parse_edtf("[1985,1987]"), parse_edtf("[1985,1986,1987]"))


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("1988-11-22/1988-11-24", "22–24 November 1988"),
        ("1988-11-22/1988-12-03", "22 November – 3 December 1988"),
        ("1987/1991", "1987–1991"),
        ("2004-06/2004-08", "June–August 2004"),
        ("2024-12", "December 2024"),
        ("XXXX-12-05", "5 December, year not stated"),
        ("XXXX-12-05/XXXX-12-06", "5–6 December, year not stated"),
        ("XXXX", "year not stated"),
        ("1988~", "about 1988"),
        ("1984?", "1984 (uncertain)"),
        ("2004?-06-11", "11 June 2004 (year uncertain)"),
        ("198X", "1980s"),
        ("19XX", "some year from 1900 to 1999"),
        ("1985/..", "from 1985 on"),
        ("/1985", "until 1985, start not known"),
        ("2001-25", "northern spring 2001"),
        ("2001-33", "first quarter of 2001"),
        ("192X-33", "first quarter of the 1920s"),
        ("098X", "980s"),
        ("000X", "first decade CE"),
        ("19XX-33", "first quarter of some year from 1900 to 1999"),
        ("-0999", "1000 BCE"),
        ("[1667,1668,1670..1672]", "one of 1667, 1668 or 1670–1672"),
        ("[..1984]", "some time until 1984"),
        ("{1960,1961-12}", "1960 and December 1961"),
        ("1950S2", "1950 to 2 significant digits"),
        ("1985-04-12T23:20:30Z", "12 April 1985, 23:20:30 UTC"),
    ],
)
def test_plain_english(edtf, words):
    assert format_date(edtf) == words


@pytest.mark.parametrize("text", [text for text, _, _ in ALL])
def test_every_example_can_be_said(text):
    assert format_date(text)


# Properties


days = st.integers(-800_000, 3_600_000)
precise = st.tuples(days, days).map(lambda pair: tuple(sorted(pair)))


def _edtf(first, last):
    return first if first == last else f"{first}/{last}"


spans = precise.map(lambda p: parse_edtf(_edtf(iso_day(p[0]), iso_day(p[1]))))


@st.composite
def masked(draw):
    year = draw(st.text("X0123456789", min_size=4, max_size=4))
    month = draw(st.sampled_from(["", "XX", "1X", "X2", "02", "04", "12"]))
    day = draw(st.sampled_from(["", "XX", "0X", "2X", "15", "28"])) if month else ""
    return "-".join(p for p in (year, month, day) if p)


@given(st.integers(1, 3_652_059))
def test_day_numbers_agree_with_datetime(number):
    date = datetime.date.fromordinal(number)
    assert civil_date(number) == (date.year, date.month, date.day)
    assert day_number(date.year, date.month, date.day) == number
    assert iso_day(number) == date.isoformat()


@given(st.integers(-(10**12), 10**12))
def test_day_numbers_round_trip_for_any_year(number):
    assert day_number(*civil_date(number)) == number


@given(spans)
def test_bounds_in_order_and_round_trip(date):
    assert date.earliest <= date.latest
    assert date.start_earliest <= date.start_latest and date.end_earliest <= date.end_latest
    assert parse_edtf(_edtf(iso_day(date.earliest), iso_day(date.latest))) == date


@given(masked(), st.sampled_from(["", "?", "~", "%"]))
def test_masks_have_ordered_bounds_and_contain_themselves(text, mark):
    date = parse_edtf(text + mark)
    assert (date.earliest is None) == (date.latest is None)
    if date.bounded:
        assert date.earliest <= date.latest
    assert overlaps(date, date) and contains(date, date) and same(date, parse_edtf(text))
    assert format_date(text + mark)


@given(spans, spans)
def test_allen_is_exclusive_exhaustive_and_inverts(a, b):
    relation = allen(a, b)
    assert relation in ALLEN
    assert allen(b, a) == inverse(relation)
    assert possible_allen(a, b) == {relation}
    apart = {"before", "meets", "after", "met-by"}
    assert overlaps(a, b) == (relation not in apart)
    assert contains(a, b) == (relation in {"contains", "equals", "started-by", "finished-by"})


@given(
    masked().filter(lambda t: not t.startswith("XXXX")), masked().filter(lambda t: not t.startswith("XXXX"))
)
def test_the_relation_of_the_extents_is_possible(a, b):
    first, second = parse_edtf(a), parse_edtf(b)
    assert allen(first, second) in possible_allen(first, second)


@given(st.text("0123456789-X/.~?%,[]{}YES TZ:+", max_size=16))
def test_any_string_is_read_or_refused_by_name(text):
    try:
        date = parse_edtf(text)
    except ParseError as error:
        assert repr(text) in str(error)
    else:
        assert date.earliest is None or date.latest is None or date.earliest <= date.latest
        assert format_date(text)


# Cross-check with the library of the same name on strings that it reads as the specification says. It is
# not compared on 1900-02-29 and reversed spans (accepted there), S and the winters (bounds there are those of the
# stated year only), approximations (always widened there), open and unknown ends.

AGREED = [
    text
    for text, earliest, latest in ALL
    if earliest and latest and text[0] not in "Y-" and "S" not in text and "T" not in text
    and not set(text) & {"~", "?", "%"} and text not in {"2001-24", "0000", "1984-1X", "190X-02-29", "2004-XX-31"}
]  # fmt: skip


@pytest.mark.parametrize("text", AGREED)
def test_agrees_with_the_edtf_library(text):
    theirs = edtf_library.parse_edtf(text)
    ours = parse_edtf(text)
    assert tuple(theirs.lower_strict()[:3]) == civil_date(ours.earliest)
    assert tuple(theirs.upper_strict()[:3]) == civil_date(ours.latest)


# Finding dates in English


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        ("held on December 5–6, 2024 in", "December 5–6, 2024", "2024-12-05/2024-12-06"),
        ("on November 22-24, 1988,", "November 22-24, 1988", "1988-11-22/1988-11-24"),
        ("in 1918–1921 there", "1918–1921", "1918/1921"),
        ("in 1948-53 there", "1948-53", "1948/1953"),
        ("between 1987 and 1991.", "between 1987 and 1991", "1987/1991"),
        ("from 1905 to 1907", "from 1905 to 1907", "1905/1907"),
        ("the 12th December 2024", "12th December 2024", "2024-12-12"),
        ("in the 1900s", "the 1900s", "190X"),
        ("in the 20th century", "the 20th century", "19XX"),
        ("on August 3, 2022,", "August 3, 2022", "2022-08-03"),
        ("founded in 2022.", "2022", "2022"),
        ("and on December 5 they", "December 5", "XXXX-12-05"),
        ("on 5 December they", "5 December", "XXXX-12-05"),
        ("June 3 – July 5, 2001", "June 3 – July 5, 2001", "2001-06-03/2001-07-05"),
        ("in April 1918", "April 1918", "1918-04"),
        ("in the summer of 1963", "the summer of 1963", "1963-22"),
        ("in late 1942", "late 1942", "1942-39"),
        ("ca. 466 BC", "ca. 466 BC", "-0465~"),
        ("around 1988", "around 1988", "1988~"),
        ("the past two centuries", "the past two centuries", ""),
    ],
)
def test_one_expression_of_time(text, words, edtf):
    found = find_dates(text)
    assert list(found["exact"]) == [words]
    assert list(found["edtf"]) == [edtf]
    row = found.iloc[0]
    assert text[row["start"] : row["end"]] == words


def test_counts_and_impossible_days_are_not_dates():
    assert find_dates("It took 2000 men, 1,950 horses and $1900; see 12.1950.").empty
    assert "1990-02-30" not in set(find_dates("On 30 February 1990")["edtf"])


def test_timex_supplies_the_year_that_the_words_leave_out():
    found = find_dates("On August 3, 2022 it met; on August 5 again, and the next day.", reference="2020")
    assert list(found["edtf"]) == ["2022-08-03", "XXXX-08-05", ""]
    assert list(found["timex"]) == ["2022-08-03", "2022-08-05", "2022-08-06"]
    assert list(find_dates("on December 5", reference="2024-12-12")["timex"]) == ["2024-12-05"]


def test_columns_and_types_hold_for_an_empty_text():
    found = find_dates("")
    assert list(found.columns) == [field.name for field in dataclasses.fields(FoundDate)]
    assert found["exact"].dtype == "str" and found["start"].dtype == "int64"


recent = st.tuples(st.integers(402_000, 763_000), st.integers(402_000, 763_000)).map(
    lambda p: tuple(sorted(p))
)


@given(recent.map(lambda p: parse_edtf(_edtf(iso_day(p[0]), iso_day(p[1])))))
def test_what_is_said_is_found_again(date):
    for end in {iso_day(date.earliest), iso_day(date.latest)[:7], iso_day(date.latest)[:4]}:
        assert list(find_dates(f"It was {format_date(end)} then")["edtf"]) == [end]


@given(st.text(st.sampled_from("0123456789 -–.,May Junthsd'BC19²٣"), max_size=40))
def test_found_dates_are_ordered_slices_and_valid(text):
    found = find_dates(text)
    last = 0
    for row in found.itertuples():
        assert last <= row.start < row.end <= len(text)
        assert text[row.start : row.end] == row.exact
        assert not row.edtf or parse_edtf(row.edtf)
        last = row.end


@pytest.mark.parametrize(
    "text",
    [
        "Y" + "1" * 4301,
        "Y-" + "1" * 4301,
        "Y1E" + "1" * 4301,
        "Y1E13",
        "Y12345S" + "1" * 4301,
        "1988S" + "1" * 4301,
        "Y12345E" + "0" * 4301 + "1",
        "[Y" + "1" * 4301 + "..]",
        "Y12345/Y" + "1" * 4301,
        "{Y" + "1" * 4301 + ",1988}",
    ],
)
def test_a_year_of_too_many_digits_is_refused(text):
    with pytest.raises(ParseError) as caught:
        parse_edtf(text)
    assert "integer string conversion" not in str(caught.value)


def test_a_year_of_eighteen_digits_is_read():
    assert parse_edtf("Y" + "1" * 18).edtf == "Y" + "1" * 18

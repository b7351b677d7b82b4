"""Kinds of dates of which a part was once read as the whole: each with variants written down and variants made."""

import tomllib
from datetime import date, timedelta
from itertools import product as pairs_of
from pathlib import Path

import pytest

from sourcebook.parsing.dates import scan_dates

NEWS = tomllib.loads(Path(__file__).with_name("news_dates.toml").read_text(encoding="utf-8"))["passage"]
WRITTEN = date(2016, 11, 7)


def every(*parts):
    return list(pairs_of(*parts))


def values(text, **options):
    return [found.edtf for found in scan_dates(text, **options) if found.edtf]


def value(text, **options):
    (found,) = values(text, **options)
    return found


FEASTS = {
    "Christmas": "12-25", "Christmas Day": "12-25", "Christmas Eve": "12-24", "New Year's Day": "01-01",
    "New Year's Eve": "12-31", "Boxing Day": "12-26", "All Saints' Day": "11-01", "St Patrick's Day": "03-17",
    "May Day": "05-01", "Halloween": "10-31", "Human Rights Day": "12-10", "International Women's Day": "03-08",
}  # fmt: skip


@pytest.mark.parametrize(("name", "year"), every(FEASTS, (1605, 1988, 2024)))
def test_a_feast_with_its_year_is_a_day(name, year):
    assert value(f"It was {name} {year}.") == value(f"on {name}, {year}") == f"{year}-{FEASTS[name]}"


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("by Christmas 1963", "[..1963-12-25]"),
        ("at Christmas", "XXXX-12-25"),
        ("until New Year's Eve 1999", "../1999-12-31"),
        ("Christmas of 1914", "1914-12-25"),
        ("the Christmas truce of 1914", "1914"),
        ("Saint Patrick 2020", "2020-03-17"),
        ("independence in 1991", "1991"),
    ],
)
def test_a_feast_among_other_words(text, edtf):
    assert value(text) == edtf


@pytest.mark.parametrize(
    ("name", "year"),
    every(
        (
            "Good Monday",
            "Bloody Sunday",
            "Canadian Thanksgiving",
            "Orthodox Easter",
            "Independence Day",
            "Labour Day",
            "Labor Day weekend",
            "Eid",
            "Halloween week",
        ),
        (1988, 2010),
    ),
)
def test_the_year_of_a_feast_without_a_fixed_date_is_not_read_for_it(name, year):
    assert not values(f"on {name} {year}")


@pytest.mark.parametrize(
    ("form", "year"),
    every(
        ("June 5th, '{}", "June 5, '{}", "5 June '{}", "5 June, '{}", "the 5th of June '{}"),
        (46, 68, 88, 99, 12),
    ),
)
def test_a_year_of_two_digits_belongs_to_its_day(form, year):
    assert value(form.format(year)) == f"{1900 + year if year > 40 else 2000 + year}-06-05"


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("in '88", "1988"),
        ("since '45", "1945/.."),
        ("the class of '99", "1999"),
        ("May '68", "1968-05"),
        ("until '91", "../1991"),
    ],
)
def test_a_year_of_two_digits_needs_its_apostrophe(text, edtf):
    assert value(text) == edtf
    assert edtf[:4] not in values(text.replace("'", ""))


@pytest.mark.parametrize(
    ("form", "first", "join"),
    every(
        ("{part} {a} and {other} {b} centuries", "the {part} {a} and {other} {b} centuries"),
        (12, 13, 15, 18, 19),
        ("early", "mid"),
    ),
)  # fmt: skip
def test_the_parts_of_two_centuries_are_said_to_be_lost(form, first, join):
    text = form.format(part="late", other=join, a=f"{first}th", b=f"{first + 1}th")
    (found,) = scan_dates(text)
    assert (found.edtf, found.exact) == (f"{{{first - 1}XX,{first}XX}}", text)
    assert found.lossy in ("late, early", "late, mid")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("XIX century", "18XX"), ("the XX century", "19XX"), ("V century BC", "-04XX"),
        ("the XVIII–XIX centuries", "17XX/18XX"),
        ("XVII and XVIII centuries", "{16XX,17XX}"), ("the late XIX century", "18XX"),
    ],
)  # fmt: skip
def test_a_century_may_have_a_roman_numeral(text, edtf):
    assert value(text) == edtf
    assert not values(text.lower().replace("bc", "BC")) or "late" in text


@pytest.mark.parametrize(
    ("lead", "when"),
    every(("not in", "not on", "not during", "not"), ("1988", "May 1988", "5 May 1988", "the 1980s")),
)
def test_a_date_that_is_denied_is_no_date(lead, when):
    assert not values(f"They met {lead} {when}.")
    assert value(f"They met {lead} {when} but in 1991.") == "1991"


NUMBERS = ("1325", "822", "62/243", "194 (III)", "No. 1996")
CITED = (
    "Resolution {} ({})",
    "resolution {} ({}) of the Council",
    "Decision {} ({})",
    "General comment {} ({})",
)


@pytest.mark.parametrize(("form", "number", "year"), every(CITED, NUMBERS, (1993, 2011)))
def test_the_year_in_brackets_after_a_resolution_is_part_of_its_name(form, number, year):
    assert not values(form.format(number, year))


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("resolutions 822 (1993), 853 (1993) and 884 (1993)", []),
        ("S/RES/822 (1993)", []),
        ("A/RES/62/243 (2008)", []),
        ("UNSCR 1325 (2000)", []),
        ("a decision in Paris (1993)", ["1993"]),
        ("resolution 822 of 30 April 1993", ["1993-04-30"]),
        ("resolution 822 (1993), adopted in 1993", ["1993"]),
        ("He was born in Baku (1993).", ["1993"]),
        ("the resolution adopted in Lagos (1999)", ["1999"]),
        ("Table 3 (1993)", ["1993"]),
    ],
)
def test_other_years_in_brackets_are_dates(text, edtf):
    assert values(text) == edtf


@pytest.mark.parametrize(
    ("hedge", "days"),
    every(
        ("more than", "over", "at least", "less than", "under", "nearly", "almost", "no more than"),
        (3, 10, 45),
    ),
)
def test_a_hedged_distance_is_a_bound(hedge, days):
    then = WRITTEN - timedelta(days)
    far = hedge in ("more than", "over", "at least")
    assert value(f"{hedge} {days} days ago", dct="2016-11-07") == (
        f"[..{then}]" if far else f"[{then}..{WRITTEN}]"
    )
    later = WRITTEN + timedelta(days)
    text = f"{hedge} {days} days from now"
    assert value(text, dct="2016-11-07") == (f"[{later}..]" if far else f"[{WRITTEN}..{later}]")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("before the end of 1988", "[..1988-12-31]"),
        ("before the end of May 1988", "[..1988-05-31]"),
        ("before late 1988", "[..1988-12-31]"),
        ("after the beginning of March 1988", "[1988-03-01..]"),
        ("after the start of 1988", "[1988-01-01..]"),
        ("after the end of 1988", "[1989-01-01..]"),
        ("before the beginning of 1988", "[..1987-12-31]"),
        ("later this year", "[2016-11-07..2016-12-31]"),
        ("earlier this year", "[2016-01-01..2016-11-07]"),
        ("earlier this month", "[2016-11-01..2016-11-07]"),
        ("later this week", "[2016-11-07..2016-11-13]"),
        ("later in the year", "[2016-11-07..2016-12-31]"),
        ("the first half of the year", "2016-40"),
        ("the third quarter of the year", "2016-35"),
        ("year-end", "2016-39"),
        ("two years ago today", "2014-11-07"),
        ("the last day of 2020", "2020-12-31"),
        ("the last day of February 2024", "2024-02-29"),
        ("the first day of 1988", "1988-01-01"),
        ("the 100th day of 2023", "2023-04-10"),
        ("between May and July 1950", "1950-05/1950-07"),
        ("May-August 1950", "1950-05/1950-08"),
        ("Nov–Feb 2017", "2016-11/2017-02"),
        ("from last May to Oct 2020", "2016-05/2020-10"),
        ("FY2008", "2008~"),
    ],
)
def test_the_parts_of_a_period_are_what_they_are(text, edtf):
    assert value(text, dct="2016-11-07") == edtf


@pytest.mark.parametrize(
    "text",
    [
        "the 31st day of June 1988",
        "the last day of the 1980s",
        "<= 1988",
        "≥ 1988",
        "16 days from 01/02/2018",
        "a Monday in 90",
    ],
)
def test_what_cannot_be_tied_to_a_day_is_refused(text):
    assert not values(text)


def scored(passage):
    """Return the numbers of expressions, of findings, of those that overlap, and of those with the right value."""
    text, start, gold = passage["text"], 0, []
    for words, timex in passage["values"]:
        start = text.index(words, start)
        gold.append((start, start + len(words), timex))
    found = scan_dates(text, dct=passage["dct"], ends=True)
    pairs = [next((f for f in found if f.start < end and start < f.end), None) for start, end, _ in gold]
    right = sum(f is not None and f.timex == timex for f, (_, _, timex) in zip(pairs, gold, strict=True))
    return len(gold), len(found), sum(f is not None for f in pairs), right


def test_expressions_of_time_in_news_are_found_with_their_values():
    gold, found, spans, right = (sum(column) for column in zip(*map(scored, NEWS), strict=True))
    assert len(NEWS) == 60
    assert 200 * spans / (gold + found) > 99
    assert 200 * right / (gold + found) > 96


# A sign or word beside a year that makes it doubtful, open or of another era.


@pytest.mark.parametrize(
    ("form", "year"),
    every(
        (
            "AH {}", "A.H. {}", "{} AH", "{} A.H.", "the year {} AH", "{} (?)", "{} [?]", "?{}", "{} ff.", "{}ff.",
            "(born {}–)", "{}–?",
        ),
        (1334, 1905, 1988),
    ),
)  # fmt: skip
def test_a_year_that_is_not_read_to_its_end_is_refused(form, year):
    assert not values(f"It is of {form.format(year)}, they say.")
    assert value(f"It is of {year}, they say.") == str(year)


@pytest.mark.parametrize("year", [1640, 1904, 1918, 1980])
def test_a_year_and_one_digit_may_be_two_years(year):
    (found,) = scan_dates(f"in {year}/{year % 10 + 1}")
    assert found.readings == (f"{year}/{year + 1}", f"{year}-{year % 10 + 1:02d}")
    assert value(f"in {year}/3") == f"{year}-03"


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("in the 3rd and 4th quarters of 1988", ["{1988-35,1988-36}"]),
        ("in the third or fourth quarter of 1988", ["[1988-35,1988-36]"]),
        ("in Q1 and Q2 1988", ["{1988-33,1988-34}"]),
        ("in Q3/Q4 of 1988", ["1988-35/1988-36"]),
        ("in Q4 and Q1 1988", []),
        ("in three quarters of 1988", []),
        ("the halves of 1988", []),
        ("the fourth quarter of 1988", ["1988-36"]),
        ("in May, June and July 1988", ["{1988-05,1988-06,1988-07}"]),
        ("in March, April, and May 1988", ["{1988-03,1988-04,1988-05}"]),
        ("between mid-May and the end of June 1988", ["1988-05/1988-06"]),
        ("Was it in 1988?", ["1988"]),
    ],
)
def test_parts_and_lists_of_months_are_read_whole(text, edtf):
    assert values(text) == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("25 December 1916 (7 January 1917)", ["1917-01-07"]),
        ("December 25, 1916 (January 7, 1917)", ["1917-01-07"]),
        ("31 December 1917 / 13 January 1918", ["1918-01-13"]),
        ("26 December 1916/8 January 1917", ["1917-01-08"]),
        ("5/18 May 1920", ["1920-05-18"]),
        ("11/24 November 1917", ["1917-11-24"]),
        ("signed on 5 May 1988 (30 June 1988)", ["1988-05-05", "1988-06-30"]),
        ("5/6 May 1988", ["1988-05-05/1988-05-06"]),
        ("5./6. May 1988", ["1988-05-05/1988-05-06"]),
        ("the night of 30 April/1 May 1988", ["1988-04-30/1988-05-01"]),
        ("the night of 31 December 1917/1 January 1918", ["1917-12-31/1918-01-01"]),
        ("12/13 May", ["XXXX-05-12/XXXX-05-13"]),
        ("5/17 May 1920", []),
        ("5/7 May 1988", []),
        ("29/30 February 1988", []),
        ("31/1 May 1988", []),
        ("26 December 1916/9 January 1917", []),
        ("5/6/7 May 1988", []),
        ("11 February 1731/2", []),
        ("20 March 1700/1 O.S.", []),
        ("February 11, 1731/32", []),
        ("25 December O.S.", []),
    ],
)
def test_two_days_with_a_stroke_or_in_brackets_are_a_night_or_one_day_of_two_calendars(text, edtf):
    assert [found.edtf for found in scan_dates(text)] == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on 9.V.1945", ["1945-05-09"]),
        ("on 9. XII. 1945", ["1945-12-09"]),
        ("on 9/I/1945", ["1945-01-09"]),
        ("on 9.v.1945", []),
        ("on 31.IX.1945", []),
        ("on 9.XIII.1945", []),
        ("the last decade of the 19th century", ["189X"]),
        ("in the first decade of the twentieth century", ["190X"]),
        ("the eleventh decade of the 19th century", []),
        ("between 1988 and '94", ["1988/1994"]),
        ("1988–'94", ["1988/1994"]),
        ("between 1988 and '86", []),
        ("the summer months of 1988", ["1988-22"]),
        ("at the turn of the century", []),
        ("the turn of the year 1988", []),
        ("the year 5", ["0005"]),
        ("the year of 5 comrades", []),
        ("Year 5 pupils", []),
        ("in the year 5 of the war", []),
        ("one Sunday in May 1988", ["1988-05"]),
    ],
)
def test_months_in_roman_decades_of_centuries_and_small_numbers(text, edtf):
    assert [found.edtf for found in scan_dates(text, dct="2024-12-05")] == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("He left on 20161016.", "2016-10-16"),
        ("the file dated 20161016", "2016-10-16"),
        ("since 20161016", "2016-10-16/.."),
        ("on 20190229", ""),
        ("on 20161016_v2", ""),
        ("on 20161016.5", ""),
        ("the number 20161016", ""),
        ("on 30161016", ""),
    ],
)
def test_eight_digits_are_a_day_where_a_word_says_so(text, edtf):
    assert values(text) == ([edtf] if edtf else [])

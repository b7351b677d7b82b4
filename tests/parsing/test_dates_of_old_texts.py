"""Dates as letters, reports and law reports of other times write them, and words that only look like dates."""

import pytest

from sourcebook.parsing.dates import find_dates


def timexes(text, reference=None):
    return [hit.timex for hit in find_dates(text, reference=reference, ends=True).itertuples()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On the 23d day of January, 1856, he wrote.", ["1856-01-23"]),
        ("on the 2d of March 1863", ["1863-03-02"]),
        ("the 22d of May, 1864", ["1864-05-22"]),
        ("March 2d, 1863", ["1863-03-02"]),
        ("in the seventies of the nineteenth century", ["187"]),
        ("502 F.2d 1233, 1235 (1974)", ["1974"]),
        ("12 F. Supp. 1066, 1068 (1935)", ["1935"]),
        ("18 U.S.C. 1341, 1343", []),
        ("c. 1341 he died", ["1341"]),
    ],
)
def test_old_ordinals_decades_and_law_reports(text, expected):
    assert timexes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Winter War began.",
        "the Spring Offensive",
        "in his autumn statement",
        "a summer school on law",
        "The winter wheat harvest was poor.",
        "the method used to date individual locations",
        "The Weekly Press wrote",
    ],
)
def test_words_that_only_look_like_dates(text):
    assert timexes(text, "2015-05-05") == []


@pytest.mark.parametrize(
    ("text", "reference", "expected"),
    [
        # an ordinal after a weekday counts the noun after it
        (
            "The two sides met in Vienna on Monday, the first direct contacts of the war.",
            "2002-07-09",
            "2002-07-08",
        ),
        ("They met on Friday, the third meeting this month.", "2018-09-20", "2018-09-14"),
        ("They will meet on Friday the third of October.", "2018-09-20", "2018-10-03"),
        # a verb further off says whether a date is past
        ("He said over the radio late Tuesday that his group would stop.", "2001-07-18", "2001-07-17"),
        (
            "Officers were deployed in the town on Saturday as part of a planned operation.",
            "2024-08-06",
            "2024-08-03",
        ),
        ("Gold was trading at 30 dollars in late September.", "2022-06-23", "2021-09"),
        ("The clinic had screened 10 people as of 25 October.", "2022-06-23", "2021-10-25"),
        ("He had to leave in September.", "2022-06-23", "2022-09"),
        # a verb before what one does
        ("He balked at signing in April.", "2016-02-05", "2015-04"),
        ("It succeeded in raising funds in April.", "2016-02-05", "2015-04"),
        ("They refrained from voting in April.", "2016-02-05", "2015-04"),
        ("They talked about voting in April.", "2016-02-05", "2016-04"),
    ],
)
def test_the_words_around_a_day_or_month_say_whether_it_is_past(text, reference, expected):
    assert timexes(text, reference)[0] == expected


@pytest.mark.parametrize(
    ("text", "edtf", "timex"),
    [("the 1600s", "16XX", "16"), ("in the late 1800s", "18XX", "18"), ("the early 1900s", "190X", "190")],
)
def test_hundreds_in_the_plural_are_a_century_up_to_the_1800s(text, edtf, timex):
    assert [(hit.edtf, hit.timex) for hit in find_dates(text).itertuples()] == [(edtf, timex)]


def test_a_decade_lends_no_year_in_the_news():
    assert timexes("The talks began in the 1990s. It refused in April.", "2008-12-14")[1] == "2008-04"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sales in the second quarter of 2009 rose over second quarter 2008 sales. Profit in the second quarter fell.",
         ["2009-Q2", "2008-Q2", "2009-Q2"]),
        ("in 2Q 2009", ["2009-Q2"]),
        ("in Q2'09", []),
        ("in Q2 09", []),
    ],
)  # fmt: skip
def test_quarters_that_are_compared_or_written_short(text, expected):
    assert timexes(text, "2009-08-06") == expected


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("not less than three days before 3 March 2020", "[..2020-02-29]"),
        ("not more than three days after 3 March 2020", "[2020-03-03..2020-03-06]"),
        ("not fewer than ten years ago", "[..2014]"),
        ("less than three days before 3 March 2020", "[2020-02-29..2020-03-03]"),
    ],
)
def test_a_length_that_is_denied_is_bounded_on_the_other_side(text, edtf):
    assert [hit.edtf for hit in find_dates(text, reference="2024-12-05").itertuples()] == [edtf]

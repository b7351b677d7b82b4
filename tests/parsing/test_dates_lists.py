"""Lists of dates that share a part, years and decades of two digits, and dates with signs that nobody sees."""

import pytest

from sourcebook.parsing.dates import scan_dates


def edtf(text, **options):
    return "; ".join(date.edtf for date in scan_dates(text, **options))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 May, 6 June and 7 July 2020", "{2020-05-05,2020-06-06,2020-07-07}"),
        ("May 5, June 6, and July 7, 2020", "{2020-05-05,2020-06-06,2020-07-07}"),
        ("5 May, 6 June, 7 July 2020", "{2020-05-05,2020-06-06,2020-07-07}"),
        ("on 1 May, 2 June, 3 July, 4 August and 5 September 1999",
         "{1999-05-01,1999-06-02,1999-07-03,1999-08-04,1999-09-05}"),
        ("5-6 May and 7-8 June 2020", "{2020-05-05..2020-05-06,2020-06-07..2020-06-08}"),
        ("March 3-5 and April 7-9, 2020", "{2020-03-03..2020-03-05,2020-04-07..2020-04-09}"),
        ("between 3 and 5 March and 7 April 2020", "{2020-03-03..2020-03-05,2020-04-07}"),
        ("14 and 15 August and 3 September 1914", "{1914-08-14,1914-08-15,1914-09-03}"),
        ("14 or 15 August and 3 September 1914", "[XXXX-08-14,XXXX-08-15]; 1914-09-03"),
        ("from 5 May to 6 June and from 7 July to 8 August 2020",
         "{2020-05-05..2020-06-06,2020-07-07..2020-08-08}"),
        ("May–June and August–September 2020", "{2020-05..2020-06,2020-08..2020-09}"),
        ("March 3 & 5, 2020", "{2020-03-03,2020-03-05}"),
        ("March & April 2020", "{2020-03,2020-04}"),
        ("between 3 & 5 March 2020", "2020-03-03/2020-03-05"),
        ("3–5, 7 and 9–11 March 2020", "{2020-03-03..2020-03-05,2020-03-07,2020-03-09..2020-03-11}"),
        ("March 3, 5-7 and 9, 2020", "{2020-03-03,2020-03-05..2020-03-07,2020-03-09}"),
        ("2–3 and 5 May, 7 June 2020", "{2020-05-02..2020-05-03,2020-05-05,2020-06-07}"),
        ("3, 5, 7 and 9 March 2020", "{2020-03-03,2020-03-05,2020-03-07,2020-03-09}"),
        ("January, March, May and July 1998", "{1998-01,1998-03,1998-05,1998-07}"),
        ("5 May, June 2020", "XXXX-05-05; 2020-06"),
        ("5 May, 6 June 2020", "{2020-05-05,2020-06-06}"),
        ("May, June 2020", "2020-06"),
        ("May 2019 and 2020", "{2019-05,2020-05}"),
        ("in May 2019, 2020 and 2021", "{2019-05,2020-05,2021-05}"),
        ("May 2019 or 2020", "[2019-05,2020-05]"),
        ("5 May 2019 and 2020", "{2019-05-05,2020-05-05}"),
        ("29 February 2020 and 2021", ""),
        ("between May 2019 and 2020", "2019-05/2020"),
        ("in May 2019 and 2020 saw more", "2019-05; 2020"),
        ("born on 5 May 1920 and 1944 he died", "1920-05-05; 1944"),
        ("3.5. and 4.5.1944", "{1944-05-03,1944-05-04}"),
        ("3.5., 4.5. and 5.6.1944", "{1944-05-03,1944-05-04,1944-06-05}"),
        ("from 3.5. to 4.6.1944", "1944-05-03/1944-06-04"),
        ("3.–4.5.1944", "1944-05-03/1944-05-04"),
        ("3. and 4.5.1944", "{1944-05-03,1944-05-04}"),
        ("3. or 4.5.1944", "[1944-05-03,1944-05-04]"),
        ("5.5. and 4.5.1944", ""),
        ("30.2. and 4.5.1944", ""),
        ("5 May and 6 June 2020 and 7 July 2021", "{2020-05-05,2020-06-06}; 2021-07-07"),
        ("pp. 3–5, 7 and 9 March 2020", ""),
        ("articles 3 and 5 March 2020", ""),
        ("room 12, 5 May 1920", "1920-05-05"),
        ("from 3. to 5. March 2020", "2020-03-03/2020-03-05"),
        ("3. and 5. March 2020", "{2020-03-03,2020-03-05}"),
        ("3 (–4) March 2020", "2020-03-03/2020-03-04"),
        ("the first, third and fifth Mondays in June 1999", ""),
        ("the summers of 1968 and 1969", "{1968-22,1969-22}"),
        ("the summer of '68 and '69", "{1968-22,1969-22}"),
        ("the winter of 1944 and 1945", ""),
        ("in May of 1944 and 1945", "{1944-05,1945-05}"),
        ("between the summers of 1968 and 1969", "1968-22/1969-22"),
        ("the summers of the 1990s", ""),
        ("the third quarter of 2019 and 2020", "{2019-35,2020-35}"),
        ("3/4 and 5/6 May 1944", "{1944-05-03..1944-05-04,1944-05-05..1944-05-06}"),
        ("3/5 and 7/9 May 1944", ""),
        ("3 and/or 4 May 1944", ""),
        ("[5] May 1944", "1944-05-05"),
        ("5 [May] 1944", "1944-05-05"),
        ("5 May [1944]", "1944-05-05"),
        ("5–7 May (1944)", "1944-05-05/1944-05-07"),
        ("[March] 3, 1863", "1863-03-03"),
        ("5 May 19[44]", ""),
        ("on May 19[12] he left", "XXXX-05-19"),
        ("He left.[5] May 1944 was cold.", "1944-05"),
        ("6 June and 5 May 2020", "XXXX-06-06; 2020-05-05"),
        ("December and January 2020", "XXXX-12; 2020-01"),
        ("30 February and 5 May 2020", "2020-05-05"),
        ("Q1, Q2 and Q3 1988", "{1988-33,1988-34,1988-35}"),
        ("H1 and H2 2020", "{2020-40,2020-41}"),
        ("1Q–3Q 2020", "2020-33/2020-35"),
        ("the first, second and third quarters of 1988", "{1988-33,1988-34,1988-35}"),
        ("spring, summer and autumn 1944", "{1944-21,1944-22,1944-23}"),
        ("the first or second half of 2020", "[2020-40,2020-41]"),
        ("the first or second week of May 2020", "[2020-05-04..2020-05-10,2020-05-11..2020-05-17]"),
        ("the first and last Mondays of May 1988", "{1988-05-02,1988-05-30}"),
        ("the first or second day of May 1988", "[1988-05-01,1988-05-02]"),
        ("the first and last days of May 1988", ""),
        ("3 (or 4) March 2020", "[2020-03-03,2020-03-04]"),
        ("March 3 (or 4), 2020", "[2020-03-03,2020-03-04]"),
        ("3 May (or 6 June) 2020", "[2020-05-03,2020-06-06]"),
        ("May (or June) 2020", "[2020-05,2020-06]"),
        ("16th, 17th, 18th and 19th centuries", "{15XX,16XX,17XX,18XX}"),
        ("1st century BC or AD", "[-0099..0000,00XX]"),
        ("1st century BC/AD", ""),
        ("1st century BC–AD", ""),
        ("the 1960s, 70s and 80s", "{196X,197X,198X}"),
        ("the 1960s and seventies", "{196X,197X}"),
        ("the forties and fifties of the 19th century", "{184X,185X}"),
        ("the 1890s/1900s", "189X/190X"),
        ("between the 60s and 80s", "XX6X/XX8X"),
        ("301 BC or AD", ""),
        ("2nd century BC and AD 45", "-01XX; 0045"),
    ],
)  # fmt: skip
def test_a_list_shares_what_its_last_member_says(text, expected):
    assert edtf(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 5 May and 6 June last year", "{2015-05-05,2015-06-06}"),
        ("in March, April and May last year", "{2015-03,2015-04,2015-05}"),
        ("May, June and July of last year", "{2015-05,2015-06,2015-07}"),
        ("3–5 and 7 May last year", "{2015-05-03..2015-05-05,2015-05-07}"),
        ("early to mid last year", "2015"),
        ("summer months of last year", "2015-22"),
    ],
)
def test_a_list_of_another_year_is_of_that_year(text, expected):
    assert edtf(text, dct="2016-05-05") == expected


def test_each_member_of_a_list_is_a_date_with_its_words():
    found = scan_dates("5–6 May and 7 June 2020, in the 15th to early 17th centuries", ends=True)
    assert [(date.exact, date.timex, date.lossy) for date in found] == [
        ("5", "2020-05-05", ""),
        ("6 May", "2020-05-06", ""),
        ("7 June 2020", "2020-06-07", ""),
        ("the 15th", "14", ""),
        ("early 17th centuries", "16", "early"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("28 December 2019 to 3 January", "2019-12-28/2020-01-03"),
        ("between December 28, 2019 and January 3", "2019-12-28/2020-01-03"),
        ("from November 2019 to March", "2019-11/2020-03"),
        ("May 2019 to July", "2019-05/2019-07"),
        ("5 May 2019 until July", "2019-05-05/2019-07"),
        ("from 1987 to May", "1987/XXXX-05"),
        ("Q4 2019 to Q1", "2019-36/2020-33"),
    ],
)
def test_a_span_ends_in_the_year_in_which_it_begins_or_the_next(text, expected):
    assert edtf(text) == expected


@pytest.mark.parametrize(
    ("text", "expected", "lossy"),
    [
        ("3 March 2020 (Tuesday)", "2020-03-03", ""),
        ("3 March 2020 (Monday)", "2020-03-03", "Monday"),
        ("3 March 2020 (Tue.)", "2020-03-03", ""),
        ("Tuesday – 3 March 2020", "2020-03-03", ""),
        ("Wednesday (4 March) and Thursday (5 March) 2020", "{2020-03-04,2020-03-05}", ""),
        ("on Tuesday (3 March)", "XXXX-03-03", ""),
        ("3 March (Tuesday) and 5 March (Thursday) 2020", "{2020-03-03,2020-03-05}", ""),
        ("Monday 3 May and Tuesday 4 May 2020", "{2020-05-03,2020-05-04}", "Tuesday, Monday"),
        ("this morning (Wednesday)", "", "morning, Wednesday"),
        ("mid to late 2020", "2020-38/2020-39", ""),
        ("Friday and Saturday, May 5-6, 1944", "1944-05-05/1944-05-06", ""),
        ("Friday, 5 and 6 May 1944", "{1944-05-05,1944-05-06}", ""),
        ("between Monday and Wednesday, 5 and 7 May 2025", "2025-05-05/2025-05-07", ""),
        ("between Monday 5 and Wednesday 7 May 2025", "2025-05-05/2025-05-07", ""),
        ("from Monday 5th to Wednesday 7th May 2025", "2025-05-05/2025-05-07", ""),
        ("Monday through Wednesday, May 5 through 7, 2025", "2025-05-05/2025-05-07", ""),
        ("Thursday, Friday and Saturday, 5, 6 and 7 May 2022", "{2022-05-05,2022-05-06,2022-05-07}", ""),
        ("early in March and April 2020", "{2020-03,2020-04}", "early"),
        ("Fri 5, Sat 6 and Sun 7 May 1944", "{1944-05-05,1944-05-06,1944-05-07}", ""),
        ("Monday–Tuesday, 5/6 May 1944", "1944-05-05/1944-05-06", "Monday"),
        ("from Friday to Sunday, 5-7 May 1944", "1944-05-05/1944-05-07", ""),
        ("mid-2019/2020", "2019-38/2020", "mid"),
        ("late May–June 2020", "2020-05/2020-06", "late"),
        ("early or late 1990", "[1990-37,1990-39]", ""),
        ("late to early 1990", "", ""),
        ("the second quarter of fiscal 2008", "2008-34", "fiscal"),
        ("fiscal years 2008 and 2009", "{2008~,2009~}", "fiscal"),
        ("the first or second half of the 19th century", "18XX", "the first or second half of"),
        ("the first or second quarter of the 19th century", "18XX", "the first or second quarter of"),
        ("the second half of the 18th and the 19th century", "{17XX,18XX}", "second"),
        ("the end of the 18th and 19th centuries", "{17XX,18XX}", "end"),
        ("the 18th and first half of the 19th century", "{17XX,18XX}", "first"),
        ("the end of the 19th and the beginning of the 20th century", "{18XX,19XX}", "end, beginning"),
        ("between the end of the 19th and the start of the 20th century", "18XX/19XX", "end, start"),
        (
            "the last quarter of the 5th and first quarter of the 4th century BC",
            "{-04XX,-03XX}",
            "last, first",
        ),
        ("the late 19th and the first half of the 20th century", "{18XX,19XX}", "late, first"),
        ("the turn of the 19th and 20th centuries", "", ""),
        ("the mid-18th, 19th and 20th centuries", "{17XX,18XX,19XX}", "mid"),
    ],
)
def test_weekdays_in_brackets_and_parts_of_a_year(text, expected, lossy):
    found = scan_dates(text)
    assert "; ".join(date.edtf for date in found) == expected
    assert "; ".join(date.lossy for date in found) == lossy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the summer of '68", "1968-22"),
        ("the winter of '44–'45", "1944-24"),
        ("the winter of '44-45", "1944-24"),
        ("the winter of '44-'46", ""),
        ("in '44–'45", "1944/1945"),
        ("between '44 and '46", "1944/1946"),
        ("in '68 or '69", "[1968,1969]"),
        ("1890-ies", "189X"),
        ("the 1890ties", "189X"),
        ("the 1890'ies", "189X"),
        ("the 1980-s", "198X"),
        ("in 2Q09", "2009-34"),
        ("in 1H09", "2009-40"),
        ("at 1h30", ""),
        ("at 1H45", ""),
        ("2h20 later", ""),
        ("in 1H 2009", "2009-40"),
        ("the winter of 44/45", "1944-24"),
        ("in FY08", "2008~"),
        ("FY2008/09", "2008/2009"),
        ("Q3 FY09", ""),
        ("Q3 of fiscal 2008", ""),
        ("during the winter months of 1941", "1941-24"),
        ("during the winter months", ""),
        ("from 20161016 to 20161020", "2016-10-16/2016-10-20"),
        ("by 20161016", "[..2016-10-16]"),
        ("invoice 20161016", ""),
        ("file 20161016.txt", ""),
        ("order 20161016 to 20161020", ""),
        ("week 1 of January 2015", ""),
    ],
)
def test_years_of_two_digits_and_days_of_eight(text, expected):
    assert edtf(text) == expected


@pytest.mark.parametrize(
    ("text", "dct", "expected"),
    [
        ("In the 70s", "2016-05-05", "197X"),
        ("in the '40s", "2016-05-05", "194X"),
        ("the nineties", "2016-05-05", "199X"),
        ("the early seventies", "2016-05-05", "197X"),
        ("the 70s and 80s", "2016-05-05", "{197X,198X}"),
        ("the late 80s or early 90s", "2016-05-05", "198X; 199X"),
        ("before the 70s", "2016-05-05", "[..1969-12-31]"),
        ("before the 70s", None, ""),
        ("scores in the 70s", "2016-05-05", ""),
        ("In the 70s", "1885-05-05", "187X"),
        ("in '35", "2016-05-05", "1935"),
        ("on 23/08/39", "2016-05-05", "XX39-08-23"),
        ("In 1985 he wrote of the 20s.", None, "1985; XX2X"),
        ("It will grow in the 30s", "2016-05-05", "XX3X"),
        ("the 20s", "2016-05-05", "XX2X"),
        ("the 20s", "2024-05-05", "XX2X"),
        ("the 70s", None, "XX7X"),
        ("In 1895 he left. In the 70s he had come.", None, "1895; 187X"),
        ("In 1945 he left. By the 60s he was rich.", "2016-05-05", "1945; [..196X]"),
        ("temperatures in the 70s", "2016-05-05", ""),
        ("Highs will be in the upper 80s", "2016-05-05", ""),
        ("previous Easter", "2016-05-05", "2016-03-27"),
        ("previous Good Friday", "2016-05-05", "2016-03-25"),
        ("the previous Easter", "2016-05-05", ""),
    ],
)
def test_a_decade_of_two_digits_is_the_one_that_a_reader_takes(text, dct, expected):
    assert edtf(text, dct=dct) == expected


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("on 3 Mar\u00adch 2020.", "3 Mar\u00adch 2020"),
        ("on 3 March\u200b 2020.", "3 March\u200b 2020"),
        ("on 3\u200bMarch\u20602020.", "3\u200bMarch\u20602020"),
        ("on 3&nbsp;March&#160;2020.", "3&nbsp;March&#160;2020"),
        ("on <b>3</b> March 2020.", "3</b> March 2020"),
        ("on 3<sup>rd</sup> <i>March</i> 2020.", "3<sup>rd</sup> <i>March</i> 2020"),
        ("on **3 March** 2020.", "3 March** 2020"),
        ("on 3\u2009March\u00a02020.", "3\u2009March\u00a02020"),
        ("on 3\nMarch 2020.", "3\nMarch 2020"),
        ("on the 3rd. March 2020.", "3rd. March 2020"),
        ("on 3. March 2020.", "3. March 2020"),
        ("on March 3rd., 2020.", "March 3rd., 2020"),
        ("on March 3rd. 2020.", "March 3rd. 2020"),
        ("Berlin, 3. March 2020.", "3. March 2020"),
    ],
)
def test_what_nobody_sees_does_not_part_a_date(text, exact):
    found = scan_dates(text)
    assert [(date.edtf, date.exact) for date in found] == [("2020-03-03", exact)]
    assert text[found[0].start : found[0].end] == exact


def test_a_place_that_is_taken_is_kept_where_signs_are_dropped():
    text = "1987 &amp; <b>3</b> March 2020"
    assert [date.edtf for date in scan_dates(text, taken=[(0, 4)])] == ["2020-03-03"]
    assert [date.edtf for date in scan_dates(text, taken=[(11, 30)])] == ["1987"]


def test_a_century_lends_no_start_to_a_count_once_a_year_is_told():
    text = "The 16th century ended; in 1700 he died. Two centuries later it was gone."
    assert scan_dates(text)[-1].timex == "19"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On July 4, 2005 it was founded. On February 14th it will open.", "2012-02-14"),
        ("It was founded on July 4, 2005. It will open on February 14.", "2012-02-14"),
        ("On July 4, 2005 it was founded. It closed on February 14.", "2005-02-14"),
        ("In 2005 he said that it will open in May.", "2005-05"),
        ("In 1914 he wrote that war will break out on 4 August.", "1914-08-04"),
        ("The treaty was signed on 4 April 1949. The summit is scheduled for 20 May.", "2011-05-20"),
        ("In 1951 it fell. BELGRADE, 17 February (Tanjug) – Serbia will stay.", "1951-02-17"),
    ],
)
def test_what_will_be_is_not_of_a_year_that_is_over(text, expected):
    assert scan_dates(text, dct="2011-05-05")[-1].timex == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. January 2020", ["1."]),
        ("He left.\n1. January 2020", ["1."]),
        ("- 1. January 2020", ["1."]),
        ("1. January 2020 to 3. March 2020", ["1.", "3."]),
        ("On 1. January 2020", [""]),
        ("40. January 2020", [""]),
        ("They met in room 12. May 2020 was cold.", [""]),
    ],
)
def test_a_number_with_a_point_before_a_month_is_told(text, expected):
    assert [date.lossy for date in scan_dates(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 5 (not 6) May 1988", ["5 (not 6)"]),
        ("on 5? May 1988", ["5?"]),
        ("on 5 [6?] May 1988", ["5 [6?]"]),
        ("in May (?) 1988", ["May (?)"]),
        ("on 5 v 1988", ["5 v"]),
        ("in room 105 (north) May 1988 was cold", [""]),
        ("Did he come in May? 1988 was cold", ["", ""]),
    ],
)
def test_a_day_or_month_in_doubt_before_a_date_is_told(text, expected):
    assert [date.lossy for date in scan_dates(text)] == expected

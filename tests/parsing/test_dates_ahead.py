"""Dates that a verb puts ahead, results of a quarter that is over, and years and lengths that name something else."""

import pytest

from sourcebook.parsing.dates import scan_dates

MARCH = "2021-03-17"


def timex(text, dct=MARCH):
    return "; ".join(found.timex for found in scan_dates(text, dct=dct))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The trial was postponed until December.", "2021-12"),
        ("The vote was put off to November.", "2021-11"),
        ("The deadline was extended to 5 January.", "2022-01-05"),
        ("The game was rescheduled for December 3.", "2021-12-03"),
        ("The trial was postponed in December.", "2020-12"),
        ("In December the trial was adjourned to January.", "2020-12; 2021-01"),
        ("The deadline was extended by two weeks to 31 March.", "P2W; 2021-03-31"),
        ("The exhibition runs from 5 June to 9 January.", "2021-06-05/2022-01-09"),
        ("The mandate runs to the end of September.", "2021-09"),
        ("The ban remains in force until December.", "2021-12"),
        ("The museum is closed until January 10.", "2022-01-10"),
        ("The museum stayed closed until December.", "2020-12"),
        ("The siege lasted until December.", "2020-12"),
        ("He said he would resign in December.", "2021-12"),
        ("The firm promised that it would close the plant in December.", "2021-12"),
        ("The bank said in December it would close.", "2020-12"),
    ],
)
def test_what_is_put_off_or_promised_is_ahead(text, values):
    assert timex(text) == values


@pytest.mark.parametrize(
    ("text", "dct", "values"),
    [
        ("Sony will publish its fourth-quarter results on 30 March.", MARCH, "2020-Q4; 2021-03-30"),
        ("Sony is to report fourth-quarter earnings next week.", MARCH, "2020-Q4; 2021-W12"),
        ("Fourth-quarter figures are due on 30 March.", MARCH, "2020-Q4; 2021-03-30"),
        ("Sony will report its second-quarter profit in July.", MARCH, "2021-Q2; 2021-07"),
        ("Sony will report its second-quarter profit on July 29.", "2021-07-15", "2021-Q2; 2021-07-29"),
        ("Sony expects fourth-quarter sales to rise.", MARCH, "2021-Q4"),
        ("The plant will close in the fourth quarter.", MARCH, "2021-Q4"),
    ],
)
def test_results_that_are_to_be_told_are_those_of_the_quarter_that_is_over(text, dct, values):
    assert timex(text, dct) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The 2022 budget will be debated in the autumn.", "2022; 2021-FA"),
        ("The 2022 season will begin in the autumn.", "2022; 2022-FA"),
        ("A 2019 Toyota was seen near the house on Friday.", "2021-03-12"),
        ("She left in her 1998 Volvo station wagon.", "1998"),
        ("She left in her 1998 Volvo V70.", ""),
        ("The 2020 Tesla Model 3 burned.", ""),
        ("The 1998 Ford strike was long.", "1998"),
        ("In 1998 Ford closed the plant.", "1998"),
        ("In the 1998 Renault affair he was silent.", "1998"),
        ("The camp was hit twice in as many days.", ""),
        ("It was the third attack in as many months.", ""),
        ("He was killed a month ago to the day.", "2021-02-17"),
        ("Three years ago, to the day, the war began.", "2018-03-17"),
        ("Three years ago the war began.", "2018"),
        ("Three weeks ago to the day they met.", "2021-02-24"),
    ],
)
def test_a_year_or_length_that_is_something_else_is_not_read_for_a_date(text, values):
    assert timex(text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The country will chair the group for the first time in two decades.", "P2DE"),
        ("It will be the largest exercise in 30 years.", "P30Y"),
        ("It will be the worst harvest in a decade.", "P1DE"),
        ("She will leave for the West in two years.", "2023"),
        ("It will close its largest plant in two weeks.", "2021-W13"),
        ("On Monday he said that the raid had taken place three days before.", "2021-03-15; 2021-03-12"),
        (
            "It was signed on 4 May 2018. He had left two days before, and three days after he came back.",
            "2018-05-04; P2D; P3D",
        ),
        ("The commission was set up two years earlier, in March 2016.", "2016; 2016-03"),
        ("He fell in May 1915. Two days later, on 9 June 1915, he died.", "1915-05; 1915-06-09; 1915-06-09"),
        ("A fortnight later, on 1 June 1914, the hall burned down.", "1914-06-01; 1914-06-01"),
        ("It is for a term of 99 years from 25 March 1950.", "1950-03-25/2049-03-24"),
        ("It was raised in 1794 and disbanded in 1802, and re-formed two years later.", "1794; 1802; 1804"),
        ("The time limit began on the day after the decision.", ""),
        ("He died on the day before his trial.", ""),
        ("He was shot on the evening of the 2nd.", "2021-03-02TEV"),
        ("During the winter months the pass is closed.", ""),
        ("The chancellor is visiting Beijing on Thursday.", "2021-03-18"),
        ("The chancellor, who is visiting Beijing, said on Thursday that it was so.", "2021-03-11"),
    ],
)
def test_what_a_length_of_time_counts_from_is_what_its_sentence_says(text, values):
    assert timex(text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It lasted from the spring until Christmas.", "2021-SP/2021-12-25"),
        ("It lasted from autumn to March.", "2020-FA/2021-03"),
        ("It will last from spring to December.", "2021-SP/2021-12"),
        ("It will last from December to February.", "2021-12/2022-02"),
        ("It lasted from December to February.", "2020-12/2021-02"),
        ("from the second quarter to November", "2020-Q2/2020-11"),
        ("from October to the first quarter", "2020-10/2021-Q1"),
        ("from 27 April to the third", ""),
        ("It came two working days later.", ""),
        ("It must be filed 10 business days after 13 May 2020.", ""),
        ("within ten working days of May 13, 2020", ""),
        ("the last business day of the month", ""),
        ("He seeks a third term on Sunday.", "2021-03-21"),
    ],
)
def test_a_range_without_its_year_ends_after_it_begins(text, values):
    assert timex(text) == values

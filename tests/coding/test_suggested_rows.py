"""What the coding sheet suggests beside a sentence: values, and no numbers of headings and no words for habits."""

from types import SimpleNamespace

import pytest

from sourcebook.coding.suggestions import find_by_sentence, is_suggestion
from sourcebook.parsing.suggestions import coded_value
from sourcebook.text.normalise import normalise

BODY = "The council counted 640 people on 12 May 2023 and closed the hall in the evening of that day."


def suggested(raw):
    document = SimpleNamespace(source_id="a", raw=raw, normal=normalise(raw), recorded=(), metadata={})
    found = find_by_sentence(document).values()
    return [coded_value(each) for group in found for each in group if is_suggestion(each)]


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("1 Introduction", []),
        ("3.1 Overview", []),
        ("(2) Methods", []),
        ("12. Results of the Survey", []),
        ("2.3.1 The Count of 640 People", ["640"]),
        ("640 People Left", ["640"]),
        ("The 3 Counts", ["3"]),
    ],
)
@pytest.mark.parametrize("mark", ["## ", ""])
def test_the_number_of_a_heading_is_no_suggestion(heading, values, mark):
    assert suggested(f"{mark}{heading}\n\n{BODY}") == [*values, "640", "2023-05-12"]


@pytest.mark.parametrize("item", ["1. Ask the council", "2) Ask the council", "(3) Ask the council"])
def test_the_number_of_an_item_is_no_suggestion(item):
    assert suggested(f"{BODY}\n\n{item} for 20 houses.\n") == ["640", "2023-05-12", "20"]


@pytest.mark.parametrize(
    "words", ["everyday life", "the Eastern Daily Press", "an annual report", "a weekly meeting"]
)
def test_a_word_without_a_value_is_no_suggestion(words):
    assert suggested(f"They wrote of {words} in the village.\n\n{BODY}") == ["640", "2023-05-12"]


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Winter", []),
        ("The Village in 1988", []),
        ("Report 2023", []),
        ("The Flood of 5 May 2021", ["2021-05-05"]),
        ("The Years 1918–1921", ["1918/1921"]),
    ],
)
def test_a_year_or_season_that_names_a_chapter_is_no_suggestion(heading, values):
    assert suggested(f"## {heading}\n\n{BODY}") == [*values, "640", "2023-05-12"]


def test_a_table_of_contents_gives_no_suggestion():
    contents = (
        "Winter in the Valley ...... 12\nThe Flood of 1988 . . . . . . 15\n640 Houses …… 18\nIndex ......20"
    )
    assert suggested(f"# Report\n\n{contents}\n\n{BODY}") == ["640", "2023-05-12"]
    assert suggested("They waited .... In 1988 20 people left. It rained.") == ["1988", "20"]

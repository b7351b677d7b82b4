"""One pass of the finders: what one has read, the next leaves alone."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.core.errors import ParseError
from sourcebook.parsing.law import Authority
from sourcebook.parsing.suggestions import KINDS, RECORDS, coded_value, find_all

AUTHORITY = Authority.of(
    pd.DataFrame(
        {
            "instrument_id": ["rivers", "bridges"],
            "variants": ["Convention of the Rivers;1951 Convention of the Rivers", "Charter of Bridges"],
        }
    )
)


def values(text, **options):
    return [(f.kind, f.exact, coded_value(f)) for f in find_all(text, authority=AUTHORITY, **options)]


@pytest.mark.parametrize(
    "text",
    [
        "Article 12 binds them.",
        "Articles 12(4) and 13 bind them.",
        "See § 23.",
        "It ended in 1988.",
        "It ended on 5 December 2024.",
        "The 1951 Convention of the Rivers binds them.",
    ],
)
def test_the_number_of_an_article_a_day_or_a_name_is_no_quantity(text):
    assert "quantity" not in {kind for kind, _, _ in values(text)}


def test_the_three_kinds_in_one_sentence():
    text = "On 5 December 2024 over 200 people invoked Article 12 of the Convention of the Rivers."
    assert values(text) == [
        ("date", "5 December 2024", "2024-12-05"),
        ("quantity", "over 200", ">200"),
        ("citation", "Convention of the Rivers", "rivers"),
    ]


@pytest.mark.parametrize("kinds", [["dates"], ["quantities"], ["citations"], ["quantities", "citations"], []])
def test_a_finding_is_the_same_whatever_kinds_are_asked_for(kinds):
    text = "In 1988 over 200 people invoked Article 12 of the Charter of Bridges and paid 30 coins."
    names = {record.__name__: kind for kind, record in RECORDS.items()}
    asked = find_all(text, authority=AUTHORITY, kinds=kinds)
    every = find_all(text, authority=AUTHORITY)
    assert asked == [finding for finding in every if names[type(finding).__name__] in kinds]


@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "5 December 2024",
                    "1988",
                    "over 200",
                    "Article 12(4)",
                    "Charter of Bridges",
                    "§ 3",
                    "(1990)",
                ),
                *(
                    "about",
                    "of the",
                    ",",
                    "and",
                    "-",
                    "\n",
                    "\U0001f30a",
                    "between 1918 and 1920",
                    "half",
                    "%",
                ),
            ]
        ),
        max_size=12,
    ).map(" ".join)
)
def test_findings_are_slices_in_order_without_overlaps(text):
    found = find_all(text, doc="d", authority=AUTHORITY)
    for finding in found:
        assert finding.doc == "d"
        assert text[finding.start : finding.end] == finding.exact != ""
    for one, other in pairwise(found):
        assert one.end <= other.start


def test_what_is_relative_is_read_against_the_day_of_the_text():
    (found,) = find_all("It fell on December 5.", dct="1988-12-08")
    assert (found.edtf, found.timex) == ("XXXX-12-05", "1988-12-05")


def test_wrong_arguments_are_named():
    with pytest.raises(
        ValueError, match=r"kinds: expected any of citations, dates, quantities, found 'names'"
    ):
        find_all("text", kinds=["names"])
    with pytest.raises(ParseError):
        find_all("In 1988.", dct="yesterday")


def test_every_kind_has_a_record():
    assert tuple(RECORDS) == KINDS


@pytest.mark.parametrize(
    "word",
    [
        "former",
        "formerly",
        "now",
        "currently",
        "recently",
        "recent",
        "the past",
        "the future",
        "presently",
        "nowadays",
    ],
)
def test_a_word_that_names_no_time_is_no_proposal(word):
    assert [finding.exact for finding in find_all(f"The {word} mayor left in 1988.")] == ["1988"]

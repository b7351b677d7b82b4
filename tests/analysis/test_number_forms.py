"""The forms of a value in a sentence."""

import pytest

from sourcebook.analysis.numbers import in_form, split_form
from sourcebook.core.errors import ParseError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("count.claims", ("", "count.claims")),
        (" words  count.claims ", ("words", "count.claims")),
        ("alpha.value: date", ("", "alpha.value: date")),
        ("words", ("", "words")),
    ],
)
def test_a_form_stands_before_the_name(text, expected):
    assert split_form(text) == expected


@pytest.mark.parametrize(
    ("display", "form", "expected"),
    [
        ("over 200", "", "over 200"),
        ("1,320", "words", "one thousand three hundred and twenty"),
        ("5", "Words", "Five"),
        ("October 1948", "year", "1948"),
        ("5–6 December 2024", "year", "2024"),
    ],
)
def test_forms(display, form, expected):
    assert in_form(display, form) == expected


@pytest.mark.parametrize(
    ("display", "form", "message"),
    [
        ("over 200", "words", "'over 200' has no form 'words': expected a whole number"),
        ("0.81", "words", "expected a whole number"),
        ("-41", "words", "expected a whole number without a sign"),
        ("", "words", "expected a whole number"),
        ("1948–1953", "year", "expected a date of one year"),
        ("5", "year", "expected a date of one year"),
        ("5", "roman", "unknown form 'roman': expected one of words, Words, year"),
    ],
)
def test_a_value_without_the_form(display, form, message):
    with pytest.raises(ParseError, match=message):
        in_form(display, form)

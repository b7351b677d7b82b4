"""Kinds of quantities that once were read in part: two bounds of one number, and numbers of parts in words."""

from itertools import product

import pytest

from sourcebook.core.errors import ParseError
from sourcebook.parsing.quantities import format_quantity, parse_notation, same, scan_quantities

LOWER = {"above": ">", "more than": ">", "at least": ">=", "no fewer than": ">="}
UPPER = {"below": "<", "less than": "<", "at most": "<=", "no more than": "<="}


def notations(text):
    return [quantity.notation for quantity in scan_quantities(text)]


def between(lower, low, upper, high):
    return f"{lower.removesuffix('>=') or ''}{low}..{upper.removesuffix('<=') or ''}{high}"


@pytest.mark.parametrize(
    ("lower", "upper", "joint"), list(product(LOWER, UPPER, (" and ", " but ", ", ", ", and ")))
)
def test_two_bounds_of_one_number_are_a_range(lower, upper, joint):
    expected = between(LOWER[lower], 1000, UPPER[upper], 1500)
    assert notations(f"The number is {lower} 1000{joint}{upper} 1500.") == [expected]
    assert notations(f"The number is {upper} 1500{joint}{lower} 1000.") == [expected]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("over 100 and under 200 people", [(">100..<200", "", "people")]),
        ("above 10 km and below 20 km", [(">10..<20", "km", "")]),
        ("above 10 and below 20 km", [(">10..<20", "km", "")]),
        ("children over 5 and under 18", [(">5..<18", "", "")]),
        ("above one quarter and below a half", [(">0.25..<0.5", "", "")]),
        # two numbers
        ("at least 3 women and at most 5 men", [(">=3", "", "women"), ("<=5", "", "men")]),
        ("more than 40 and less than 10", [(">40", "", ""), ("<10", "", "")]),
        ("more than 40 or less than 50", [(">40", "", ""), ("<50", "", "")]),
        ("over 40 fell and under 50 rose", [(">40", "", ""), ("<50", "", "")]),
        ("over 40 km and under 50 kg", [(">40", "km", ""), ("<50", "kg", "")]),
        ("over 40 and over 50", [(">40", "", ""), (">50", "", "")]),
        ("about 40 and under 50", [("~40", "", ""), ("<50", "", "")]),
        ("over 100 and under 100", [(">100", "", ""), ("<100", "", "")]),
    ],
)
def test_bounds_side_by_side(text, found):
    assert [(q.notation, q.unit, q.counted) for q in scan_quantities(text)] == found


@pytest.mark.parametrize(
    ("notation", "words", "ends"),
    [
        (">100..<200", "over 100 and under 200", (False, False)),
        (">100..200", "over 100 and at most 200", (False, True)),
        ("100..<200", "at least 100 and under 200", (True, False)),
        ("100..200", "between 100 and 200", (True, True)),
    ],
)
def test_a_range_says_whether_its_ends_are_in_it(notation, words, ends):
    read = parse_notation(notation)
    assert (read.lower, read.upper, read.hedge) == (100, 200, "between")
    assert (read.lower_closed, read.upper_closed) == ends
    assert format_quantity(notation) == words
    (quantity,) = scan_quantities(words)
    assert same(parse_notation(quantity.notation), read)


@pytest.mark.parametrize("notation", [">200..100", ">100..100", "100..<100", "<100..200", "~100..<200"])
def test_a_range_that_holds_no_number_is_refused(notation):
    with pytest.raises(ParseError):
        parse_notation(notation)


# A number of parts is read where a word or a hyphen says where the number ends.


@pytest.mark.parametrize(
    ("tens", "ones", "part"),
    list(
        product(
            ("twenty", "forty", "ninety"), ("two", "three", "nine"), ("a half", "three fifths", "a quarter")
        )
    ),
)
def test_tens_and_ones_and_a_part_are_refused(tens, ones, part):
    assert notations(f"It was {tens} and {ones} and {part}.") == []


@pytest.mark.parametrize(
    "text",
    [
        "one hundred one thousand fifths",
        "one hundred thirty fifths",
        "two thousand five hundredths",
        "three hundred twenty thousandths",
    ],
)
def test_a_number_of_parts_that_may_end_in_two_places_is_refused(text):
    assert notations(text) == []


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("one hundred and thirty fifths", "26"),
        ("ninety-five hundred fifths", "1900"),
        ("twenty-three hundredths", "0.23"),
        ("two and fifty-four hundredths", "2.54"),
        ("100 millionths", "0.0001"),
        ("twenty and three fifths", "20.6"),
        ("three and a half", "3.5"),
    ],
)
def test_a_number_of_parts(text, notation):
    assert notations(text) == [notation]

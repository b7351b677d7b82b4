"""What counts as a number in English prose, sentence by sentence."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.parsing.numerals import find_numerals, in_words


def told(text):
    return [numeral.text for numeral in find_numerals(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 of them", ["5"]),
        ("some 1,741 pairs", ["1,741"]),
        ("98 % and 2.5%", ["98 %", "2.5%"]),
        ("on the 23rd, in the 1990s", ["23rd", "1990s"]),
        ("in 1987–1991", ["1987–1991"]),
        ("at 10:30", ["10:30"]),
        ("about ½ of it, and x²", ["½", "²"]),
        ("Three of the five agree.", ["Three", "five"]),
        ("twenty-five, two hundred and three", ["twenty-five", "two hundred and three"]),
        ("hundreds of thousands, dozens", ["hundreds", "thousands", "dozens"]),
        ("a two-day event", ["two"]),
        ("half of them, a third of the rest, two thirds, three quarters", ["half", "a third", "two thirds",
                                                                        "three quarters"]),
        ("Twice, and threefold", ["Twice", "threefold"]),
        ("Both agree.", ["Both"]),
        ("5 December 2024 and December 5, 2024", ["5 December 2024", "December 5, 2024"]),
        ("in March, on Monday", ["March", "Monday"]),
        ("in the twentieth century, the nineties", ["twentieth century", "nineties"]),
        ("the XIX century, volumes II and IV", ["XIX", "II", "IV"]),
        ("zero", ["zero"]),
    ],
)  # fmt: skip
def test_numbers(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "One of them alone, once, in a single place; no other, none.",
        "The first, the second and the twenty-first; a third source; the second-hand report.",
        "Both Turan and Trend agree.",
        "Either says so, neither denies it; they contradict each other.",
        "Several, a few, many.",
        "In UTF-8, with SHA-256, after COVID-19.",
        "They may march on. March on, and it may be.",
        "Nicholas II and World War II; I think so; the I of the poem.",
        "someone, often, tent, weight, network, freighten",
        "",
    ],
)
def test_no_numbers(text):
    assert told(text) == []


@given(st.text(max_size=60))
def test_places_are_in_order_and_hold_their_text(text):
    found = find_numerals(text)
    assert all(text[n.start : n.end] == n.text for n in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.integers(2, 10**15 - 1))
def test_what_is_spelt_out_is_found_as_one_number(number):
    words = in_words(number)
    found = told(f"All {words}.")
    assert len(found) == 1 and words.endswith(found[0])


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_different_numbers_have_different_words(a, b):
    assert (in_words(a) == in_words(b)) == (a == b)


@pytest.mark.parametrize("number", [-1, 10**15])
def test_numbers_that_are_not_spelt_out(number):
    with pytest.raises(ValueError, match="expected a number from 0"):
        in_words(number)

"""Hedged quantities: the notation with bounds worked out by hand, and English read into it."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sourcebook.core.errors import ParseError
from sourcebook.parsing.quantities import (
    QuantityReading,
    contains,
    format_quantity,
    intersect,
    overlaps,
    parse_notation,
    parse_quantity,
    same,
)

INF = math.inf
NOTATION = [
    ("51", 51, 51, "[]", 51, "exact", False),
    ("1.5", 1.5, 1.5, "[]", 1.5, "exact", False),
    ("-3", -3, -3, "[]", -3, "exact", False),
    ("0", 0, 0, "[]", 0, "exact", False),
    (">200", 200, INF, "()", 200, "over", False),
    (">=216", 216, INF, "[)", 216, "at_least", False),
    ("<50", 0, 50, "[)", 50, "under", False),
    ("<=50", 0, 50, "[]", 50, "at_most", False),
    ("<-5", -INF, -5, "()", -5, "under", False),
    ("~460", 414, 506, "[]", 460, "about", True),
    ("~-100", -110, -90, "[]", -100, "about", True),
    (">=~300", 270, INF, "[)", 300, "at_least_about", True),
    ("<=~300", 0, 330, "[]", 300, "at_most_about", True),
    ("2/3", 2 / 3, 2 / 3, "[]", 2 / 3, "exact", False),
    ("1/3..1/2", 1 / 3, 1 / 2, "[]", None, "between", False),
    ("<~20000", 18000, 20000, "[)", 20000, "nearly", True),
    (">~20000", 20000, 22000, "(]", 20000, "just_over", True),
    ("100..200", 100, 200, "[]", None, "between", False),
    ("5..5", 5, 5, "[]", None, "between", False),
    ("~100..200", 90, 220, "[]", None, "between", True),
    ("10s", 20, INF, "[)", None, "vague", True),
    ("12s", 24, INF, "[)", None, "vague", True),
    ("100s", 200, INF, "[)", None, "vague", True),
    ("1000s", 2000, INF, "[)", None, "vague", True),
    ("10000s", 20000, 100000, "[)", None, "vague", True),
    ("100000s", 200000, 1000000, "[)", None, "vague", True),
    ("1000000s", 2000000, INF, "[)", None, "vague", True),
    ("?", 0, INF, "()", None, "vague", True),
]


@pytest.mark.parametrize(("text", "lower", "upper", "ends", "nominal", "hedge", "approximate"), NOTATION)
def test_notation_by_hand(text, lower, upper, ends, nominal, hedge, approximate):
    q = parse_notation(text)
    assert (q.lower, q.upper) == (pytest.approx(lower), pytest.approx(upper))
    assert ("[" if q.lower_closed else "(") + ("]" if q.upper_closed else ")") == ends
    assert (q.text, q.nominal, q.hedge, q.approximate) == (text, nominal, hedge, approximate)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 0), ("abc", 0), ("over 200", 0), (">", 1), ("~", 1), ("1,000", 1), ("1 000", 1), ("007", 1),
        ("51 people", 2), ("51 ", 2), ("200..100", 5), ("100..", 5), ("..100", 0), (">=100..200", 0),
        (">100..<100", 7), ("~100..<200", 6),
        ("100..200..300", 8), ("<~0", 2), ("20s", 2), ("s", 0), ("??", 0), (">>5", 1), ("1e3", 1), ("NaN", 0),
        ("9" * 400, 0), ("1/0", 1), ("1/", 1), ("1/2/3", 3),
    ],
)  # fmt: skip
def test_refused_with_string_position_and_expectation(text, position):
    with pytest.raises(ParseError) as caught:
        parse_notation(text)
    assert str(caught.value).startswith(f"quantity {text!r}, position {position}: expected ")


def test_a_reversed_range_says_so():
    with pytest.raises(ParseError, match="an upper bound that is not below the lower bound 200, found '100'"):
        parse_notation("200..100")


def test_assumptions_are_parameters():
    loose = QuantityReading(about_width=0.25, vague_low=1, vague_high=20, floor=-INF)
    assert parse_notation("~100", reading=loose).lower == 75
    assert parse_notation("100s", reading=loose).upper == 2000
    assert parse_notation("<50", reading=loose).lower == -INF
    assert not parse_notation("<50", reading=loose).lower_closed


@pytest.mark.parametrize(
    "wrong", [{"about_width": 0}, {"about_width": 1}, {"vague_low": 10, "vague_high": 10}, {"vague_low": 0}]
)
def test_impossible_assumptions_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        QuantityReading(**wrong)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (">100", ">200", True),
        (">200", "200", False),
        (">=200", "200", True),
        ("<200", ">=200", False),
        ("~460", "500", True),
        ("~460", "51", False),
        ("<~20000", "20000", False),
        ("100000s", "250000", True),
        ("100000s", "1000000", False),
        ("10000s", "100000s", False),
        ("1000s", "100000s", True),
        ("100000s", "150000", False),
        ("100..200", "200..300", True),
        ("?", "51", True),
        ("?", "0", False),
    ],
)
def test_overlap_by_hand(a, b, expected):
    assert overlaps(parse_notation(a), parse_notation(b)) is expected


def test_intersection_contains_and_same_by_hand():
    both = intersect(parse_notation(">100"), parse_notation("<=200"))
    assert (both.lower, both.upper, both.lower_closed, both.upper_closed) == (100, 200, False, True)
    assert both.text == ">100 & <=200"
    assert intersect(parse_notation("51"), parse_notation("52")) is None
    assert contains(parse_notation(">100"), parse_notation(">200"))
    assert not contains(parse_notation(">100"), parse_notation(">=100"))
    assert same(parse_notation("51"), parse_notation("51..51"))
    assert not same(parse_notation(">51"), parse_notation(">=51"))


PHRASES = [
    ("over 200", ">200"), ("more than 100", ">100"), ("at least 216", ">=216"), ("approximately 250,000", "~250000"),
    ("around 460", "~460"), ("nearly 20,000", "<~20000"), ("almost 70", "<~70"), ("just over 20,000", ">~20000"),
    ("up to 300", "<=300"), ("as many as 5,000", "<=5000"), ("fewer than 50", "<50"), ("less than 50", "<50"),
    ("no fewer than 216", ">=216"), ("no more than 9", "<=9"), ("some 300", "~300"), ("just under 40", "<~40"),
    ("dozens", "12s"), ("tens", "10s"), ("hundreds", "100s"), ("thousands of people", "1000s"),
    ("several hundred", "100s"), ("a few thousand", "1000s"), ("tens of thousands", "10000s"),
    ("hundreds of thousands", "100000s"), ("millions", "1000000s"), ("1.5 million", "1500000"),
    ("120 million", "120000000"), ("50,000", "50000"), ("twenty-one", "21"), ("fifty-one countries", "51"),
    ("two hundred and fifty thousand", "250000"), ("half a million", "500000"), ("a dozen", "12"),
    ("more than a thousand", ">1000"), ("between 100 and 200", "100..200"), ("from 100 to 200", "100..200"),
    ("100–200", "100..200"), ("1.5 to 2 million", "1500000..2000000"), ("about 2–3 million", "~2000000..3000000"),
    ("200 or more", ">=200"), ("100+", ">=100"), ("300 or so", "~300"), ("exactly 51", "51"),
    ("Over 200 participants", ">200"), ("many", "?"), ("numerous villages", "?"), ("12 ± 2", "10..14"),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "notation"), PHRASES)
def test_phrases_are_read(phrase, notation):
    assert parse_quantity(phrase).text == notation
    assert same(parse_quantity(phrase), parse_notation(notation))


@pytest.mark.parametrize(
    ("phrase", "count"), [("51 of 57", "found 2: 51, 57"), ("people", "found none"), ("", "none")]
)
def test_phrases_without_exactly_one_quantity_are_refused(phrase, count):
    with pytest.raises(ParseError, match=count):
        parse_quantity(phrase)


@pytest.mark.parametrize(
    ("notation", "words"),
    [
        ("51", "51"), (">200", "over 200"), (">=216", "at least 216"), ("<50", "under 50"), ("<=50", "at most 50"),
        ("~460", "about 460"), ("<~20000", "nearly 20,000"), (">~20000", "just over 20,000"),
        ("100..200", "between 100 and 200"), ("~100..200", "about 100 to 200"), ("100000s", "hundreds of thousands"),
        ("10000s", "tens of thousands"), ("1000s", "thousands"), ("12s", "dozens"), ("?", "an unstated number"),
        ("1500000", "1,500,000"), ("1.25", "1.25"), ("2/3", "2/3"), (">=~300", "at least about 300"),
        ("<=~300", "at most about 300"),
    ],
)  # fmt: skip
def test_plain_english(notation, words):
    assert format_quantity(notation) == words


@pytest.mark.parametrize(
    ("number", "notation"),
    [(640, "640"), (2.5, "2.5"), (-3, "-3"), (1e6, "1000000"), (0.1, "0.1"), (0, "0"), (1e-7, "0.0000001")],
)
def test_a_number_is_a_quantity(number, notation):
    assert parse_quantity(number).text == notation
    assert parse_quantity(number).nominal == number


@pytest.mark.parametrize(
    ("wrong", "error"),
    [(math.nan, ParseError), (math.inf, ParseError), (True, TypeError), (None, TypeError), ([], TypeError)],
)
def test_what_is_no_text_and_no_number_is_refused(wrong, error):
    with pytest.raises(error, match="expected a"):
        parse_quantity(wrong)


def test_assumptions_hold_for_phrases_too():
    assert parse_quantity("about 100", reading=QuantityReading(about_width=0.25)).lower == 75


@pytest.mark.parametrize(
    "phrase", ["twice as many as 200", "not 300", "1994^3", "300,00,0", "Article 5", "5 (or 6.6.6)"]
)
def test_what_is_not_understood_to_its_end_is_refused(phrase):
    with pytest.raises(ParseError, match="expected"):
        parse_quantity(phrase)


def test_format_refuses_what_parse_refuses():
    with pytest.raises(ParseError):
        format_quantity("200..100")


# Properties


numbers = st.integers(1, 10**9).map(str) | st.decimals(1, 999, places=2).map(lambda d: f"{d.normalize():f}")
hedged = st.tuples(st.sampled_from(["", ">", ">=", "<", "<=", "~", "<~", ">~"]), numbers).map("".join)
ranges = st.tuples(st.sampled_from(["", "~"]), st.integers(0, 10**6), st.integers(0, 10**6)).map(
    lambda t: f"{t[0]}{min(t[1:])}..{max(t[1:])}"
)
notations = (
    hedged | ranges | st.sampled_from(["?", "12s", "10s", "100s", "1000s", "10000s", "100000s", "1000000s"])
)
quantities = notations.map(parse_notation)


@given(quantities)
def test_bounds_in_order_and_nominal_at_the_closure(q):
    assert q.lower <= q.upper
    assert overlaps(q, q) and contains(q, q) and same(q, q)
    if q.nominal is not None:
        assert q.lower <= q.nominal <= q.upper


@given(quantities, quantities)
def test_overlap_is_symmetric_and_follows_from_containment(a, b):
    assert overlaps(a, b) == overlaps(b, a)
    assert same(a, b) == (contains(a, b) and contains(b, a))
    if contains(a, b):
        assert overlaps(a, b)
    both = intersect(a, b)
    if both is not None:
        assert contains(a, both) and contains(b, both)


@given(notations)
@example("5..25000")
@example("~300..400000")
def test_what_is_said_is_read_back(notation):
    assert same(parse_quantity(format_quantity(notation)), parse_notation(notation))


@given(st.text("0123456789.<>=~s? -,", max_size=12))
def test_any_string_is_read_or_refused_by_name(text):
    try:
        q = parse_notation(text)
    except ParseError as error:
        assert repr(text) in str(error)
    else:
        assert q.lower <= q.upper and format_quantity(text)

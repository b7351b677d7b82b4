"""Hedged quantities: the notation with bounds worked out by hand, and English read into it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.core.errors import ParseError
from sourcebook.parsing.quantities import (
    QuantityReading,
    contains,
    find_quantities,
    format_quantity,
    intersect,
    overlaps,
    parse_quantity,
    read_phrase,
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
    q = parse_quantity(text)
    assert (q.lower, q.upper) == (pytest.approx(lower), pytest.approx(upper))
    assert ("[" if q.lower_closed else "(") + ("]" if q.upper_closed else ")") == ends
    assert (q.text, q.nominal, q.hedge, q.approximate) == (text, nominal, hedge, approximate)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 0), ("abc", 0), ("over 200", 0), (">", 1), ("~", 1), ("1,000", 1), ("1 000", 1), ("007", 1),
        ("51 people", 2), ("51 ", 2), ("200..100", 5), ("100..", 5), ("..100", 0), (">100..200", 0),
        ("100..200..300", 8), ("<~0", 2), ("20s", 2), ("s", 0), ("??", 0), (">>5", 1), ("1e3", 1), ("NaN", 0),
        ("9" * 400, 0),
    ],
)  # fmt: skip
def test_refused_with_string_position_and_expectation(text, position):
    with pytest.raises(ParseError) as caught:
        parse_quantity(text)
    assert str(caught.value).startswith(f"quantity {text!r}, position {position}: expected ")


def test_a_reversed_range_says_so():
    with pytest.raises(ParseError, match="an upper bound that is not below the lower bound 200, found '100'"):
        parse_quantity("200..100")


def test_assumptions_are_parameters():
    loose = QuantityReading(about_width=0.25, vague_low=1, vague_high=20, floor=-INF)
    assert parse_quantity("~100", reading=loose).lower == 75
    assert parse_quantity("100s", reading=loose).upper == 2000
    assert parse_quantity("<50", reading=loose).lower == -INF
    assert not parse_quantity("<50", reading=loose).lower_closed


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
    assert overlaps(parse_quantity(a), parse_quantity(b)) is expected


def test_intersection_contains_and_same_by_hand():
    both = intersect(parse_quantity(">100"), parse_quantity("<=200"))
    assert (both.lower, both.upper, both.lower_closed, both.upper_closed) == (100, 200, False, True)
    assert both.text == ">100 & <=200"
    assert intersect(parse_quantity("51"), parse_quantity("52")) is None
    assert contains(parse_quantity(">100"), parse_quantity(">200"))
    assert not contains(parse_quantity(">100"), parse_quantity(">=100"))
    assert same(parse_quantity("51"), parse_quantity("51..51"))
    assert not same(parse_quantity(">51"), parse_quantity(">=51"))


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
    assert read_phrase(phrase) == notation
    assert parse_quantity(notation)


@pytest.mark.parametrize(
    ("phrase", "count"), [("51 of 57", "found 2: 51, 57"), ("people", "found none"), ("", "none")]
)
def test_phrases_without_exactly_one_quantity_are_refused(phrase, count):
    with pytest.raises(ParseError, match=count):
        read_phrase(phrase)


@pytest.mark.parametrize(
    ("notation", "words"),
    [
        ("51", "51"), (">200", "over 200"), (">=216", "at least 216"), ("<50", "under 50"), ("<=50", "at most 50"),
        ("~460", "about 460"), ("<~20000", "nearly 20,000"), (">~20000", "just over 20,000"),
        ("100..200", "between 100 and 200"), ("~100..200", "about 100 to 200"), ("100000s", "hundreds of thousands"),
        ("10000s", "tens of thousands"), ("1000s", "thousands"), ("12s", "dozens"), ("?", "an unstated number"),
        ("1500000", "1,500,000"), ("1.25", "1.25"),
    ],
)  # fmt: skip
def test_plain_english(notation, words):
    assert format_quantity(notation) == words


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
quantities = notations.map(parse_quantity)


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
def test_what_is_said_is_read_back(notation):
    back = read_phrase(format_quantity(notation))
    assert same(parse_quantity(back), parse_quantity(notation))


@given(st.text("0123456789.<>=~s? -,", max_size=12))
def test_any_string_is_read_or_refused_by_name(text):
    try:
        q = parse_quantity(text)
    except ParseError as error:
        assert repr(text) in str(error)
    else:
        assert q.lower <= q.upper and format_quantity(text)


# Finding quantities in English


def test_found_quantities_have_spans_notation_and_modifiers():
    text = "Over 200 guests from 51 states; nearly 20,000 homes, about 5 km, 12% to 15% of it, tens of thousands."
    found = find_quantities(text)
    assert list(found["text"]) == [
        "Over 200", "51", "nearly 20,000", "about 5 km", "12% to 15%", "tens of thousands",
    ]  # fmt: skip
    assert list(found["notation"]) == [">200", "51", "<~20000", "~5", "12..15", "10000s"]
    assert list(found["mods"]) == [
        ("IsRange",), (), ("IsApproximate",), ("IsApproximate",), ("IsRange",), ("IsApproximate",),
    ]  # fmt: skip
    assert [text[s:e] for s, e in zip(found["start"], found["end"], strict=True)] == list(found["text"])


def test_numbers_that_name_things_are_left_out():
    assert find_quantities("See Fig. 3, Table 2 and Article 12 [4]; one of them (Smith et al., 2009).").empty


def test_columns_and_types_hold_for_an_empty_text():
    found = find_quantities("")
    assert list(found.columns) == ["start", "end", "text", "notation", "mods"]
    assert found["notation"].dtype == "str" and found["start"].dtype == "int64"


words = st.sampled_from(
    [
        *(
            "over",
            "nearly",
            "~",
            ">",
            "0",
            "12",
            "1,000",
            "1.5",
            "million",
            "dozen",
            "a",
            "half",
            "between",
            "and",
        ),
        *("to", "from", "–", "±", "%", "km", "+", "or more", "²", "٣", "-", "10", "x10-3", "one", "10"),
    ]
)


@given(
    st.lists(words, max_size=9).map(" ".join)
    | st.lists(words, max_size=9).map("".join)
    | st.text(max_size=30)
)
def test_found_quantities_are_ordered_slices_and_valid(text):
    last = 0
    for row in find_quantities(text).itertuples():
        assert last <= row.start < row.end <= len(text)
        assert text[row.start : row.end] == row.text
        assert parse_quantity(row.notation)
        last = row.end


@pytest.mark.parametrize(
    "text",
    [
        "1" + " trillion" * 26,
        "1" + " trillion" * 100_000,
        "hundreds of " * 2150,
        "thousands of millions of " * 500,
        "9" + ",000" * 103,
        "9" * 29,
        "9" * 5000,
        "1." + "3" * 5000,
        "one hundred " * 5000,
        "5 ± " + "9" * 400,
        "over " + "1" * 310 + " people",
        "2" + "0" * 40,
    ],
)
def test_a_number_that_arithmetic_does_not_keep_is_no_quantity(text):
    notations = find_quantities(text)["notation"]
    assert [n for n in notations if len(n) > 40] == []
    for notation in notations:
        parse_quantity(notation)


def test_a_long_number_is_read_digit_by_digit_or_not_at_all():
    digits = "1234567890123456789012345678"
    assert find_quantities(f"{digits} people")["notation"].tolist() == [digits]
    assert find_quantities(f"{digits}9 people")["notation"].tolist() == []

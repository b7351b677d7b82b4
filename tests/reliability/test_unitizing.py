"""Alpha for unitizing: the published example, cases worked out by hand, and properties."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.core.errors import DataError
from sourcebook.reliability import unitizing_alpha, unitizing_interval, unitizing_jackknife


def spans(*rows, columns=("coder", "start", "end", "value")):
    return pd.DataFrame(rows, columns=list(columns))


# Krippendorff (2004), p. 254: two observers on a continuum from 150 to 450; here from 0.
PUBLISHED = spans(
    ("i", 75, 145, "c"),
    ("i", 220, 250, "c"),
    ("j", 70, 150, "c"),
    ("j", 205, 225, "c"),
    ("j", 250, 270, "c"),
    ("i", 30, 90, "k"),
    ("i", 150, 200, "k"),
    ("j", 30, 90, "k"),
    ("j", 150, 200, "k"),
)


class TestPublished:
    def test_overall(self):
        result = unitizing_alpha(PUBLISHED, length=300, definition="2004")
        assert result.value == pytest.approx(0.8591, abs=0.0005)
        assert (result.n_coders, result.n_spans, result.status) == (2, 9, "ok")

    @pytest.mark.parametrize(
        ("value", "observed", "expected", "alpha"), [("c", 0.0144, 0.0532, 0.7286), ("k", 0.0, 0.0490, 1.0)]
    )
    def test_by_value(self, value, observed, expected, alpha):
        own = PUBLISHED[PUBLISHED["value"] == value]
        result = unitizing_alpha(own, length=300, definition="2004")
        assert round(result.observed, 4) == observed
        assert round(result.expected, 4) == expected
        assert result.value == pytest.approx(alpha, abs=0.0001)


class TestByHand:
    def test_one_value(self):
        # of 2 · 10 places c has 6 and the gap 14; c and gap meet on 2 places, in two orders: 4
        # alike by chance 20 (36 - 16 - 4 + 196 - 14) / (400 - 34); apart 20 · 168 / 366
        result = unitizing_alpha(spans(("a", 0, 4, "c"), ("b", 0, 2, "c")), length=10)
        assert result.observed == 4
        assert result.expected == pytest.approx(20 * 168 / 366)
        assert result.value == pytest.approx(1 - 4 * 366 / (20 * 168))
        assert result.boundaries == pytest.approx(result.value)

    def test_boundaries_agree_where_values_do_not(self):
        result = unitizing_alpha(spans(("a", 0, 4, "c"), ("b", 0, 4, "k")), length=10)
        # apart 8; by chance: all 400 - (16 + 16 + 12) = 356, alike (16 - 16) · 2 + 144 - 12
        assert result.observed == 8
        assert result.expected == pytest.approx(20 * (356 - 132) / 356)
        assert result.boundaries == 1.0

    def test_three_coders_one_of_whom_marked_nothing(self):
        frame = spans(("a", 0, 5, "c"), ("b", 0, 5, "c"))
        assert unitizing_alpha(frame, length=10).value == 1
        third = unitizing_alpha(frame, length=10, coders=["a", "b", "x"])
        # on five places two say c and one nothing: (9 - 4 - 1) / 2 = 2 each
        assert third.observed == 10
        assert third.n_coders == 3

    def test_2004_a_span_in_a_gap(self):
        result = unitizing_alpha(spans(("a", 2, 5, "c"), ("b", 7, 8, "c")), length=10, definition="2004")
        assert result.observed == pytest.approx((9 + 1) / 100)


class TestDegenerate:
    def test_a_status_for_each(self):
        nothing = spans(("a", 0, 4, "c")).iloc[:0]
        assert unitizing_alpha(nothing, length=10).status == "no data"
        assert unitizing_alpha(spans(("a", 0, 4, "c")), length=10).status == "one coder"
        full = unitizing_alpha(spans(("a", 0, 10, "c"), ("b", 0, 10, "c")), length=10)
        assert (full.value, full.status) == (None, "no variation")

    def test_all_problems_together(self):
        frame = spans(
            ("a", 0, 4, "c"), ("a", 3, 5, "c"), ("b", 8, 12, "c"), ("b", 3, 3, "c"), ("b", 4, 5, "")
        )
        with pytest.raises(DataError) as caught:
            unitizing_alpha(frame.replace("", None), length=10)
        assert sorted(problem.line for problem in caught.value.problems) == [3, 4, 5, 6]
        with pytest.raises(DataError, match="continuum"):
            unitizing_alpha(frame, length={"one": 10})
        with pytest.raises(ValueError, match="definition"):
            unitizing_alpha(PUBLISHED, length=300, definition="1995")

    @pytest.mark.parametrize("end", [2.5, float("nan"), float("inf"), "three"])
    def test_an_offset_is_a_whole_number_and_never_cut_off(self, end):
        frame = spans(("a", 0, 2, "c"), ("b", 0, end, "c"))
        with pytest.raises(DataError, match="spans:3:end: expected a whole number, found"):
            unitizing_alpha(frame, length=10)
        assert unitizing_alpha(spans(("a", 0, 2.0, "c"), ("b", 0, "2", "c")), length=10).value == 1

    def test_spans_of_two_values_may_overlap_in_2004_only(self):
        with pytest.raises(DataError, match="overlap"):
            unitizing_alpha(PUBLISHED, length=300)


class TestSeveralContinua:
    def test_two_documents_are_one_long_continuum(self):
        one = spans(("a", 0, 4, "c"), ("b", 1, 4, "c"))
        two = spans(("a", 2, 5, "k"), ("b", 2, 6, "c"))
        both = pd.concat([one.assign(continuum="x"), two.assign(continuum="y")])
        joined = pd.concat([one, two.assign(start=two["start"] + 10, end=two["end"] + 10)])
        apart = unitizing_alpha(both, length={"x": 10, "y": 8})
        together = unitizing_alpha(joined, length=18)
        assert apart.value == pytest.approx(together.value)
        assert apart.n_continua == 2

    def test_interval_and_jackknife(self):
        rows = [
            (coder, 3 * u % 7, 3 * u % 7 + 3 + (u % 3 == 0 and coder == "b"), "c", u)
            for u in range(12)
            for coder in "abc"
        ]
        frame = spans(*rows, columns=("coder", "start", "end", "value", "continuum"))
        length = dict.fromkeys(range(12), 20)
        found = unitizing_interval(frame, length=length, resamples=300)
        assert found.low < found.estimate <= found.high
        assert found.n_units == 12
        assert found == unitizing_interval(frame, length=length, resamples=300)
        table = unitizing_jackknife(frame, length=length).set_index("left_out")
        assert table.loc["b", "value"] == 1
        assert (table.loc[["a", "c"], "value"] < 1).all()

    def test_one_continuum_has_no_interval(self):
        found = unitizing_interval(spans(("a", 0, 4, "c"), ("b", 0, 2, "c")), length=10, resamples=5)
        assert found.low is None
        assert "one continuum" in found.note


@st.composite
def marked(draw):
    rows = []
    for coder in range(draw(st.integers(2, 3))):
        cuts = draw(st.lists(st.integers(0, 12), min_size=2, max_size=6, unique=True).map(sorted))
        kept = [pair for pair in itertools.pairwise(cuts) if draw(st.booleans())]
        rows += [(coder, a, b, draw(st.sampled_from("ck"))) for a, b in kept]
    return spans(*rows)


def by_places(frame, length, coders):
    """Alpha of 2016 by counting places one at a time."""
    said = {
        (row.coder, place): row.value for row in frame.itertuples() for place in range(row.start, row.end)
    }
    places = [(coder, place) for coder in coders for place in range(length)]
    observed = sum(
        (said.get((a, x)) != said.get((b, x))) / (len(coders) - 1)
        for x in range(length)
        for a, b in itertools.permutations(coders, 2)
    )
    span = {(r.coder, place): i for i, r in enumerate(frame.itertuples()) for place in range(r.start, r.end)}
    pairs = differing = 0
    for p, q in itertools.product(places, repeat=2):
        if p == q or (p in span and span.get(p) == span.get(q)):
            continue
        pairs += 1
        differing += said.get(p) != said.get(q)
    return 1 - observed * pairs / (len(places) * differing) if differing else None


@settings(max_examples=40)
@given(marked())
def test_equals_counting_places(frame):
    coders = sorted(set(frame["coder"])) if len(frame) else [0, 1]
    if len(coders) < 2:
        coders = [0, 1, 2]
    found = unitizing_alpha(frame.astype({"start": "int64", "end": "int64"}), length=12, coders=coders)
    if found.status == "ok":
        assert found.value == pytest.approx(by_places(frame, 12, coders))


@settings(max_examples=40)
@given(marked(), st.sampled_from(["2016", "2004"]))
def test_equal_marks_give_one_and_names_do_not_matter(frame, definition):
    first = frame[frame["coder"] == 0]
    twice = pd.concat([first, first.assign(coder=1)]).astype({"start": "int64", "end": "int64"})
    result = unitizing_alpha(twice, length=12, coders=[0, 1], definition=definition)
    assert result.value in (None, pytest.approx(1.0))
    assert (result.value is None) == (result.status != "ok")
    numbers = frame.astype({"start": "int64", "end": "int64"})
    a = unitizing_alpha(numbers, length=12, coders=[0, 1, 2], definition=definition)
    shuffled = numbers.sample(frac=1, random_state=1).assign(
        coder=lambda f: f["coder"].map(lambda c: f"n{2 - c}")
    )
    b = unitizing_alpha(shuffled, length=12, coders=["n0", "n1", "n2"], definition=definition)
    assert (a.value is None) == (b.value is None)
    assert a.value is None or a.value == pytest.approx(b.value)


def test_many_spans():
    start = np.arange(0, 1_000_000, 10)
    frame = pd.concat(
        pd.DataFrame({"coder": name, "start": start + shift, "end": start + 6, "value": "c"})
        for name, shift in (("a", 0), ("b", 1), ("c", 2))
    )
    result = unitizing_alpha(frame, length=1_000_000)
    # of ten places one has two of three coders' marks, one has one: (9 - 5) / 2 each, 100,000 times
    assert result.observed == pytest.approx(400_000)

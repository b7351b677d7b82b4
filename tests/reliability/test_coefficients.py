"""Published values, cases worked out by hand, and properties of the reliability coefficients."""

from __future__ import annotations

import itertools
import math
import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sourcebook.core.errors import DataError
from sourcebook.reliability import (
    agreement_by_variable,
    bootstrap_interval,
    brennan_prediger,
    cohen_kappa,
    coincidences,
    conger_kappa,
    disagreements,
    expand_labels,
    fleiss_kappa,
    gwet_ac1,
    jackknife,
    krippendorff_alpha,
    percent_agreement,
)
from sourcebook.reliability.alpha import alpha_of_ratings, numbers_for
from sourcebook.reliability.draws import alpha_of_draws
from sourcebook.reliability.ratings import degenerate_status, to_ratings

METRICS = ("nominal", "ordinal", "interval", "ratio")

# Krippendorff (2011), example C: four observers, twelve units, 0 = missing.
EXAMPLE_C = """
1 2 3 3 2 1 4 1 2 0 0 0
1 2 3 3 2 2 4 1 2 5 0 0
0 3 3 3 2 3 4 2 2 5 1 3
1 2 3 3 2 4 4 1 2 5 1 0
"""


def from_matrix(text):
    """One row of text for each coder, one column for each unit, 0 = missing."""
    rows = [
        {"coder": f"c{c}", "unit": u, "value": int(cell)}
        for c, line in enumerate(text.strip().splitlines())
        for u, cell in enumerate(line.split())
        if cell != "0"
    ]
    return pd.DataFrame(rows, columns=["coder", "unit", "value"])


def two(a, b):
    """Two coders, one character for each unit, '.' = missing."""
    rows = [
        {"coder": coder, "unit": f"u{i}", "value": v}
        for coder, values in (("a", a), ("b", b))
        for i, v in enumerate(values)
        if v != "."
    ]
    return pd.DataFrame(rows, columns=["coder", "unit", "value"])


def brute_alpha(frame, delta):
    """Alpha by the definition: every ordered pair of pairable values, one at a time."""
    units = [list(g) for _, g in frame.groupby("unit")["value"] if len(g) > 1]
    values = [v for unit in units for v in unit]
    n = len(values)
    observed = sum(
        delta(x, y, values) / (len(unit) - 1) for unit in units for x, y in itertools.permutations(unit, 2)
    )
    expected = sum(delta(x, y, values) for x, y in itertools.permutations(values, 2))
    return 1 - (n - 1) * observed / expected


def ordinal_delta(x, y, values):
    low, high = sorted((x, y))
    return (sum(low <= v <= high for v in values) - (values.count(x) + values.count(y)) / 2) ** 2


DELTAS = {
    "nominal": lambda x, y, _: float(x != y),
    "ordinal": lambda x, y, values: 0.0 if x == y else ordinal_delta(x, y, values),
    "interval": lambda x, y, _: float((x - y) ** 2),
    "ratio": lambda x, y, _: 0.0 if x == y else ((x - y) / (x + y)) ** 2,
}


class TestPublishedValues:
    @pytest.mark.parametrize(
        ("metric", "value"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
    )
    def test_krippendorff_example_c(self, metric, value):
        result = krippendorff_alpha(from_matrix(EXAMPLE_C), metric=metric)
        assert round(result.alpha, 3) == value
        assert (result.n_units, result.n_pairable, result.n_coders, result.status) == (11, 40, 4, "ok")

    @pytest.mark.parametrize(
        ("coefficient", "value"),
        [
            (gwet_ac1, 0.77544),
            (fleiss_kappa, 0.76117),
            (krippendorff_alpha, 0.74342),
            (conger_kappa, 0.76282),
            (brennan_prediger, 0.77273),
        ],
    )
    def test_gwet_four_raters(self, coefficient, value):
        assert round(coefficient(from_matrix(EXAMPLE_C)).value, 5) == value

    @pytest.mark.parametrize(
        ("coefficient", "value"),
        [
            (cohen_kappa, 0.79641),
            (conger_kappa, 0.79641),
            (fleiss_kappa, 0.79624),
            (gwet_ac1, 0.84933),
            (brennan_prediger, 0.835),
            (krippendorff_alpha, 0.79726),
            (percent_agreement, 0.89),
        ],
    )
    def test_three_by_three_abstractors(self, coefficient, value):
        cells = [("e", "e", 13), ("a", "a", 20), ("a", "n", 7), ("n", "a", 4), ("n", "n", 56)]
        first = "".join(x * k for x, _, k in cells)
        second = "".join(y * k for _, y, k in cells)
        assert round(coefficient(two(first, second)).value, 5) == value

    def test_krippendorff_example_a_binary(self):
        # Krippendorff (2011), example A: two observers, ten units, alpha 0.095.
        frame = two("0100000000", "1110010010")
        assert round(krippendorff_alpha(frame).alpha, 3) == 0.095


class TestAlphaByHand:
    def test_six_values(self):
        # xx, yy, xy: three x and three y; observed 2/6, expected (36 - 18)/30; 1 - (1/3)/(3/5) = 4/9.
        result = krippendorff_alpha(two("xyx", "xyy"))
        assert result.alpha == pytest.approx(4 / 9)
        assert result.observed == pytest.approx(1 / 3)
        assert result.expected == pytest.approx(3 / 5)

    def test_interval_pair(self):
        # (0, 0), (2, 4): within 2·4 = 8; overall: 0-2 ×4·4... ordered pairs: 2·(4+4+16+16+4) = 88.
        frame = pd.DataFrame({"coder": list("abab"), "unit": [1, 1, 2, 2], "value": [0, 0, 2, 4]})
        assert krippendorff_alpha(frame, metric="interval").alpha == pytest.approx(1 - 3 * 8 / 88)

    def test_words_with_an_order(self):
        words = two("lmh", "lmm").replace({"l": "low", "m": "middle", "h": "high"})
        numbers = two("123", "122").astype({"value": "int64"})
        ordered = krippendorff_alpha(words, metric="ordinal", order=["low", "middle", "high"])
        assert ordered.alpha == pytest.approx(krippendorff_alpha(numbers, metric="ordinal").alpha)

    def test_numbers_as_text_are_read_as_numbers(self):
        frame = from_matrix(EXAMPLE_C)
        as_text = frame.assign(value=frame["value"].astype(str))
        for metric in METRICS:
            assert (
                krippendorff_alpha(as_text, metric=metric).alpha
                == krippendorff_alpha(frame, metric=metric).alpha
            )

    @pytest.mark.parametrize("metric", METRICS[:3])
    def test_many_distinct_values_need_little_memory(self, metric):
        # A value × value matrix of 20,000 distinct numbers would take 3.2 GB.
        rng = np.random.default_rng(1)
        x = rng.normal(size=10_000)
        frame = pd.DataFrame(
            {
                "coder": np.repeat(["a", "b"], 10_000),
                "unit": np.tile(np.arange(10_000), 2),
                "value": np.r_[x, x + rng.normal(size=10_000) / 10],
            }
        )
        result = krippendorff_alpha(frame, metric=metric)
        assert result.n_pairable == 20_000
        assert result.alpha == pytest.approx(0.0 if metric == "nominal" else 0.995, abs=0.01)


class TestDegenerate:
    def test_no_variation(self):
        frame = two("xxx", "xxx")
        result = krippendorff_alpha(frame)
        assert (result.alpha, result.observed, result.status) == (None, 0.0, "no variation")
        assert "the same" in result.note
        assert percent_agreement(frame).value == 1
        for coefficient in (cohen_kappa, conger_kappa, fleiss_kappa, gwet_ac1, brennan_prediger):
            assert (coefficient(frame).value, coefficient(frame).status) == (None, "no variation")

    def test_no_variation_with_declared_categories_is_defined_for_ac1(self):
        assert gwet_ac1(two("xxx", "xxx"), n_categories=2).value == 1
        assert brennan_prediger(two("xxx", "xxx"), n_categories=2).value == 1

    def test_equal_numbers_written_differently(self):
        frame = two("11", "11").assign(value=["1", "1", "1.0", "1"])
        assert krippendorff_alpha(frame, metric="interval").status == "no variation"

    def test_one_unit(self):
        result = krippendorff_alpha(two("x", "y"))
        assert (result.alpha, result.status) == (0.0, "one unit")

    def test_one_coder(self):
        assert krippendorff_alpha(two("xyx", "...")).status == "one coder"
        assert gwet_ac1(two("xyx", "...")).value is None

    def test_no_pairable_values(self):
        result = krippendorff_alpha(two("xy..", "..xy"))
        assert (result.alpha, result.status, result.n_units, result.n_pairable) == (
            None,
            "no pairable values",
            0,
            0,
        )

    @pytest.mark.parametrize("metric", METRICS)
    def test_no_data(self, metric):
        assert krippendorff_alpha(two("", ""), metric=metric).status == "no data"
        missing = two("xx", "xx").assign(value=["", "", "", ""])
        assert krippendorff_alpha(missing, metric=metric).status == "no data"

    def test_three_coders_for_cohen(self):
        result = cohen_kappa(from_matrix(EXAMPLE_C))
        assert (result.value, result.status) == (None, "not two coders")


class TestErrors:
    def test_absent_columns_all_named(self):
        with pytest.raises(DataError) as caught:
            krippendorff_alpha(pd.DataFrame({"coder": ["a"]}))
        assert [p.column for p in caught.value.problems] == ["unit", "value"]

    def test_second_value_of_a_coder(self):
        frame = pd.DataFrame({"coder": list("aab"), "unit": [1, 1, 1], "value": list("xyx")})
        with pytest.raises(DataError, match="a second value 'y' of coder 'a' on unit 1"):
            krippendorff_alpha(frame)

    def test_several_variables(self):
        frame = two("xy", "xy").assign(variable=["v", "w", "v", "w"])
        with pytest.raises(DataError, match="expected one variable, found v, w"):
            krippendorff_alpha(frame)

    def test_words_for_an_interval_metric_all_named(self):
        with pytest.raises(DataError, match="2 problems"):
            krippendorff_alpha(two("1x", "1y"), metric="interval")

    def test_below_zero_for_ratio(self):
        frame = two("12", "12").assign(value=[1, -2, 1, 2])
        with pytest.raises(DataError, match="at least 0"):
            krippendorff_alpha(frame, metric="ratio")

    def test_value_outside_the_order(self):
        with pytest.raises(DataError, match="one of l, m"):
            krippendorff_alpha(two("lm", "lh"), metric="ordinal", order=["l", "m"])

    def test_unknown_names(self):
        with pytest.raises(ValueError, match="metric"):
            krippendorff_alpha(two("xy", "xy"), metric="cardinal")
        with pytest.raises(ValueError, match="statistic"):
            bootstrap_interval(two("xy", "xy"), "pi")
        with pytest.raises(ValueError, match="n_categories"):
            gwet_ac1(two("xyz", "xyz"), n_categories=2)


cells = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 5), st.integers(0, 4)), max_size=24, unique_by=lambda c: c[:2]
)


def as_frame(triples):
    return pd.DataFrame(triples, columns=["coder", "unit", "value"]).astype({"coder": "int64"})


class TestProperties:
    @settings(max_examples=60)
    @given(cells, st.sampled_from(METRICS))
    def test_equals_the_definition(self, triples, metric):
        frame = as_frame(triples)
        result = krippendorff_alpha(frame, metric=metric)
        if result.status in ("ok", "one unit"):
            assert result.alpha == pytest.approx(brute_alpha(frame, DELTAS[metric]), abs=1e-9)
        else:
            assert result.alpha is None

    @settings(max_examples=40)
    @given(cells, st.randoms(use_true_random=False))
    def test_names_and_row_order_do_not_matter(self, triples, rng):
        frame = as_frame(triples)
        renamed = frame.assign(
            coder=frame["coder"].map(lambda c: f"z{9 - c}"),
            unit=frame["unit"].map(lambda u: f"q{7 * u % 11}"),
        )
        order = list(range(len(frame)))
        rng.shuffle(order)
        for coefficient in (krippendorff_alpha, conger_kappa, gwet_ac1, fleiss_kappa):
            a, b = coefficient(frame), coefficient(renamed.iloc[order])
            assert a.status == b.status
            assert (a.value is None) == (b.value is None)
            assert a.value is None or a.value == pytest.approx(b.value, abs=1e-12)

    @settings(max_examples=40)
    @given(cells)
    def test_missing_rows_add_nothing(self, triples):
        frame = as_frame(triples).astype({"value": "str"})
        missing = pd.DataFrame({"coder": [0, 7], "unit": [77, 0], "value": ["", ""]}).astype({"value": "str"})
        assert krippendorff_alpha(pd.concat([frame, missing])) == krippendorff_alpha(frame)

    @settings(max_examples=30)
    @given(st.lists(st.integers(0, 4), min_size=2, max_size=8), st.sampled_from(METRICS))
    def test_perfect_agreement_gives_one(self, values, metric):
        frame = pd.DataFrame(
            [(c, u, v) for c in "abc" for u, v in enumerate(values)], columns=["coder", "unit", "value"]
        )
        result = krippendorff_alpha(frame, metric=metric)
        assert result.alpha == (1 if len(set(values)) > 1 else None)

    @settings(max_examples=40)
    @given(st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from("xyz")), min_size=2, max_size=12))
    def test_two_coders_nominal_by_the_direct_formula(self, pairs):
        frame = two([a for a, _ in pairs], [b for _, b in pairs])
        n = 2 * len(pairs)
        values = [v for pair in pairs for v in pair]
        expected = 1 - sum(values.count(v) * (values.count(v) - 1) for v in set(values)) / (n * (n - 1))
        observed = sum(a != b for a, b in pairs) / len(pairs)
        alpha = krippendorff_alpha(frame).alpha
        assert alpha == (pytest.approx(1 - observed / expected) if expected else None)

    def test_cohen_on_random_data_by_the_direct_formula(self):
        rng = random.Random(3)
        a, b = ("".join(rng.choice("xyz") for _ in range(30)) for _ in range(2))
        agreed = sum(x == y for x, y in zip(a, b, strict=True)) / 30
        chance = sum(a.count(v) * b.count(v) for v in "xyz") / 900
        assert cohen_kappa(two(a, b)).value == pytest.approx((agreed - chance) / (1 - chance))


class TestResampling:
    def test_deterministic_and_free_of_row_order(self):
        frame = from_matrix(EXAMPLE_C)
        first = bootstrap_interval(frame, resamples=200, seed=5)
        assert first == bootstrap_interval(frame.sample(frac=1, random_state=2), resamples=200, seed=5)
        assert first != bootstrap_interval(frame, resamples=200, seed=6)
        assert first.low < first.estimate < first.high <= 1

    def test_counts_degenerate_resamples(self):
        # Three units, one of which varies: 8 of 27 draws miss it.
        result = bootstrap_interval(two("xxx", "xxy"), resamples=2000, seed=1)
        assert result.used + result.degenerate == 2000
        assert result.degenerate / 2000 == pytest.approx(8 / 27, abs=0.04)
        assert str(result.degenerate) in result.note

    def test_undefined_estimate_has_no_interval(self):
        result = bootstrap_interval(two("xxx", "xxx"), resamples=10)
        assert (result.estimate, result.low, result.high, result.used) == (None, None, None, 0)
        assert result.status == "no variation"

    @pytest.mark.parametrize("name", ["percent_agreement", "conger_kappa", "fleiss_kappa"])
    def test_a_function_gives_what_its_name_gives(self, name):
        function = {f.__name__: f for f in (percent_agreement, conger_kappa, fleiss_kappa)}[name]
        frame = from_matrix(EXAMPLE_C)
        named = bootstrap_interval(frame, name, resamples=50)
        called = bootstrap_interval(frame, function, resamples=50)
        assert called.low == pytest.approx(named.low)
        assert called.high == pytest.approx(named.high)

    @settings(max_examples=60)
    @given(
        st.lists(st.tuples(*[st.sampled_from(["1", "2", "5", ""])] * 3), min_size=2, max_size=6),
        st.lists(st.integers(0, 5), min_size=1, max_size=8),
        st.sampled_from(METRICS),
    )
    def test_counting_drawn_units_gives_what_the_drawn_ratings_give(self, rows, draws, metric):
        cells = [(c, u, v) for u, row in enumerate(rows) for c, v in zip("abc", row, strict=True)]
        ratings = to_ratings(pd.DataFrame(cells, columns=["coder", "unit", "value"]))
        assume(degenerate_status(ratings)[0] == "ok")
        chosen = np.array(draws) % ratings.n_units
        numbers = numbers_for(ratings, metric)
        whole = alpha_of_ratings(ratings.take_units(chosen), metric, numbers).alpha
        expected = math.nan if whole is None else whole
        times = np.bincount(chosen, minlength=ratings.n_units)[None].astype(float)
        assert alpha_of_draws(ratings, metric, numbers)(times)[0] == pytest.approx(
            expected, abs=1e-9, nan_ok=True
        )

    def test_jackknife_over_coders_and_sources(self):
        frame = from_matrix(EXAMPLE_C)
        table = jackknife(frame)
        assert table["left_out"].tolist() == ["c0", "c1", "c2", "c3"]
        without = krippendorff_alpha(frame[frame["coder"] != "c2"]).alpha
        assert table.loc[2, "value"] == pytest.approx(without)
        assert table.loc[2, "change"] == pytest.approx(without - krippendorff_alpha(frame).alpha)
        by_source = jackknife(frame.assign(source=np.where(frame["unit"] < 6, "s", "t")), by="source")
        assert by_source["left_out"].tolist() == ["s", "t"]

    def test_jackknife_states_what_remains_undefined(self):
        table = jackknife(two("xy", "xy"))
        assert table["status"].tolist() == ["one coder", "one coder"]
        assert table["value"].isna().all()

    def test_bad_settings(self):
        with pytest.raises(ValueError, match="level"):
            bootstrap_interval(two("xy", "xy"), level=95)
        with pytest.raises(ValueError, match="resamples"):
            bootstrap_interval(two("xy", "xy"), resamples=0)


class TestTables:
    def test_by_variable(self):
        frame = pd.concat(
            [two("xyx", "xyy").assign(variable="kind"), two("aa", "aa").assign(variable="voice")]
        )
        table = agreement_by_variable(frame, metrics={"kind": "nominal"}, resamples=100, seed=3)
        assert (
            " ".join(table.columns)
            == "variable metric coders units agreements disagreements percent alpha low high "
            "resamples_used status note"
        )
        kind, voice = table.to_dict("records")
        assert (kind["agreements"], kind["disagreements"], kind["percent"]) == (2, 1, 0.666667)
        assert (kind["alpha"], kind["status"]) == (0.444444, "ok")
        assert (voice["percent"], voice["status"], voice["resamples_used"]) == (1.0, "no variation", 0)
        assert np.isnan(voice["alpha"])
        assert voice["note"]

    def test_a_variable_more_changes_no_other(self):
        kind = from_matrix(EXAMPLE_C).assign(variable="kind")
        more = pd.concat([from_matrix(EXAMPLE_C).assign(variable="again"), kind])
        alone = agreement_by_variable(kind, resamples=50)
        both = agreement_by_variable(more, resamples=50)
        pd.testing.assert_frame_equal(alone, both.iloc[[1]].reset_index(drop=True))

    def test_metric_of_a_variable(self):
        frame = from_matrix(EXAMPLE_C).assign(variable="size")
        assert (
            agreement_by_variable(frame, metrics={"size": "ratio"}, resamples=5).loc[0, "alpha"] == 0.797403
        )

    def test_coincidences_by_hand(self):
        frame = pd.DataFrame({"coder": list("abcab"), "unit": [1, 1, 1, 2, 2], "value": list("xxyyy")})
        assert coincidences(frame).to_numpy().tolist() == [
            ["x", "y", False, 2, 1, 2.0],
            ["x", "x", True, 1, 1, 1.0],
            ["y", "y", True, 1, 1, 2.0],
        ]

    def test_coincidences_sum_to_the_pairable_values(self):
        table = coincidences(from_matrix(EXAMPLE_C))
        assert table["coincidences"].sum() == pytest.approx(40)
        assert coincidences(two("", "")).empty

    def test_expand_labels(self):
        frame = pd.DataFrame(
            {
                "coder": ["a", "b", "a", "b", "a"],
                "unit": ["1", "1", "2", "2", "1"],
                "variable": ["frame", "frame", "frame", "frame", "voice"],
                "value": ["problem; cause", "cause", "none", "", "author"],
                "source": ["s"] * 5,
            }
        )
        before = frame.copy()
        expanded = expand_labels(frame, none="none")
        got = {(r.coder, r.unit, r.variable): r.value for r in expanded.itertuples()}
        assert got == {
            ("a", "1", "voice"): "author",
            ("a", "1", "frame:cause"): "yes",
            ("a", "1", "frame:problem"): "yes",
            ("b", "1", "frame:cause"): "yes",
            ("b", "1", "frame:problem"): "no",
            ("a", "2", "frame:cause"): "no",
            ("a", "2", "frame:problem"): "no",
        }
        assert expanded["source"].eq("s").all()
        pd.testing.assert_frame_equal(frame, before)

    def test_expand_labels_leaves_single_labels_alone(self):
        frame = two("xy", "xy").assign(variable="v")
        pd.testing.assert_frame_equal(expand_labels(frame)[frame.columns], frame)
        assert set(expand_labels(frame, variables=["v"])["variable"]) == {"v:x", "v:y"}


def test_disagreements_list_what_each_coder_gave():
    frame = pd.DataFrame(
        [
            ("a", "u1", "frame", "x"),
            ("b", "u1", "frame", "x"),
            ("a", "u2", "frame", "x"),
            ("b", "u2", "frame", "y"),
            ("a", "u3", "frame", "x"),
            ("b", "u3", "frame", ""),
            ("c", "u2", "frame", "x"),
            ("a", "u1", "date", "1918"),
            ("b", "u1", "date", "1919"),
        ],
        columns=["coder", "unit", "variable", "value"],
    )
    found = disagreements(frame)
    assert list(found.columns) == ["variable", "unit", "a", "b", "c"]
    assert found.values.tolist() == [
        ["date", "u1", "1918", "1919", ""],
        ["frame", "u2", "x", "y", "x"],
    ]


def test_no_disagreement_gives_an_empty_table_with_its_columns():
    found = disagreements(two("xy", "xy").assign(variable="frame"))
    assert found.empty
    assert list(found.columns) == ["variable", "unit", "a", "b"]


def test_disagreements_need_their_columns():
    with pytest.raises(DataError):
        disagreements(pd.DataFrame({"coder": ["a"], "unit": ["u"], "value": ["x"]}))

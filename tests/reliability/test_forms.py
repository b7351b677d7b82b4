"""Wide frames and arrays give what long frames give; the fast sums equal the plain ones; invariances; memory."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.core.errors import DataError
from sourcebook.reliability import (
    bootstrap_interval,
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    jackknife,
    krippendorff_alpha,
    percent_agreement,
)
from sourcebook.reliability.ratio import RatioPairs, ratio_difference

METRICS = ("nominal", "ordinal", "interval", "ratio")
NAN = float("nan")
# Krippendorff (2011), example C, units in rows.
EXAMPLE_C = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
).T

tables = st.lists(
    st.lists(st.one_of(st.integers(0, 4), st.just(None)), min_size=3, max_size=3), min_size=1, max_size=8
)


def array(rows):
    return np.array([[NAN if v is None else v for v in row] for row in rows], dtype=float)


def long(x):
    cells = [(c, u, x[u, c]) for u in range(x.shape[0]) for c in range(x.shape[1]) if not np.isnan(x[u, c])]
    return pd.DataFrame(cells, columns=["coder", "unit", "value"])


def same(a, b, tolerance=1e-12):
    assert (a.status, a.n_units, a.n_pairable, a.n_coders) == (b.status, b.n_units, b.n_pairable, b.n_coders)
    assert (a.value is None) == (b.value is None)
    assert a.value is None or a.value == pytest.approx(b.value, abs=tolerance)


class TestForms:
    @settings(max_examples=150)
    @given(tables, st.sampled_from(METRICS), st.sampled_from([1.0, 0.5, 1e7]))
    def test_array_wide_and_long_agree(self, rows, metric, scale):
        x = array(rows) * scale
        expected = krippendorff_alpha(long(x), metric=metric)
        same(krippendorff_alpha(x, metric=metric), expected, 1e-9)
        same(krippendorff_alpha(pd.DataFrame(x), metric=metric), expected, 1e-9)
        same(krippendorff_alpha(np.hstack([x, np.full((len(x), 15), NAN)]), metric=metric), expected, 1e-9)

    @settings(max_examples=60)
    @given(tables)
    def test_kappas_of_arrays(self, rows):
        x = array(rows)
        for coefficient in (percent_agreement, cohen_kappa, conger_kappa, fleiss_kappa, gwet_ac1):
            same(coefficient(x), coefficient(long(x)))

    @settings(max_examples=60)
    @given(
        st.lists(
            st.lists(st.sampled_from(["", "a", "b", "agrees", "agreed"]), min_size=2, max_size=2), min_size=1
        )
    )
    def test_text_in_every_container(self, rows):
        fixed = np.array(rows)
        cells = [(c, u, v) for u, row in enumerate(rows) for c, v in enumerate(row)]
        expected = krippendorff_alpha(pd.DataFrame(cells, columns=["coder", "unit", "value"]))
        kind = pd.CategoricalDtype(["", "a", "agreed", "agrees", "b"])
        for data in (
            fixed,
            fixed.astype(object),
            pd.DataFrame(rows),
            pd.DataFrame(rows).astype(kind),
            fixed.astype(">U9"),
        ):
            same(krippendorff_alpha(data), expected)

    def test_example_c(self):
        values = [krippendorff_alpha(EXAMPLE_C, metric=metric).alpha for metric in METRICS]
        assert [round(v, 3) for v in values] == [0.743, 0.815, 0.849, 0.797]

    @pytest.mark.parametrize(
        "kind", ["bool", "int8", "uint8", "int64", "uint64", "float32", "object", "Int64"]
    )
    def test_kinds_of_numbers(self, kind):
        x = pd.DataFrame([[0, 0], [1, 1], [0, 1], [1, 1]]).astype(kind)
        # three 0 and five 1: within 2, overall 64 - 9 - 25 = 30; 1 - (2/8) / (30/56)
        for data in (x, x.to_numpy()):
            for metric in METRICS:
                assert krippendorff_alpha(data, metric=metric).alpha == pytest.approx(1 - 2 / 8 / (30 / 56))

    def test_long_numbers_stay_apart(self):
        high = 2**62
        assert krippendorff_alpha(np.array([[high, high + 1], [1, 1]])).observed == pytest.approx(0.5)

    def test_many_blocks(self):
        rng = np.random.default_rng(4)
        x = rng.integers(0, 9, (90_000, 3)).astype(float)
        x[rng.random(x.shape) < 0.3] = NAN
        for metric in METRICS:
            same(krippendorff_alpha(x, metric=metric), krippendorff_alpha(long(x), metric=metric), 1e-9)
            same(krippendorff_alpha(x / 7, metric=metric), krippendorff_alpha(x, metric=metric), 1e-9)

    def test_a_distant_origin_does_not_blur_the_interval_metric(self):
        x = np.array([[0.0, 0.25], [1.0, 1.5], [3.0, 2.5]])
        far = krippendorff_alpha(x + 2.0**40, metric="interval").alpha
        assert far == pytest.approx(krippendorff_alpha(x, metric="interval").alpha, abs=1e-12)

    def test_ordered_words(self):
        words = pd.DataFrame([["low", "low"], ["middle", "high"], ["high", "high"]])
        numbers = np.array([[1, 1], [2, 3], [3, 3]])
        order = ["low", "middle", "high"]
        same(
            krippendorff_alpha(words, metric="ordinal", order=order),
            krippendorff_alpha(numbers, metric="ordinal"),
        )


class TestDegenerateForms:
    @pytest.mark.parametrize("metric", METRICS)
    @pytest.mark.parametrize(
        ("x", "status"),
        [
            (np.empty((0, 0)), "no data"),
            (np.full((3, 2), NAN), "no data"),
            (np.array([[1.0], [2.0]]), "one coder"),
            (np.array([[1.0, NAN], [2.0, NAN]]), "one coder"),
            (np.array([[1.0, NAN], [NAN, 2.0]]), "no pairable values"),
            (np.array([[0.1, 0.1], [0.1, 0.1], [NAN, 7.0]]), "no variation"),
            (np.array([[1.0, 2.0]]), "one unit"),
        ],
    )
    def test_a_status_for_each(self, x, status, metric):
        result = krippendorff_alpha(x, metric=metric)
        assert result.status == status
        assert result.note
        assert result.alpha == (0.0 if status == "one unit" else None)
        for coefficient in (percent_agreement, conger_kappa, fleiss_kappa, gwet_ac1):
            assert coefficient(x).status == status

    def test_no_interval_says_why(self):
        found = bootstrap_interval(np.array([[1, 1], [1, 1]]), "percent_agreement", resamples=5)
        assert (found.estimate, found.low) == (1.0, None)
        assert found.note.startswith("No interval: All compared values are the same")

    def test_refused(self):
        with pytest.raises(DataError, match="two: units in rows"):
            krippendorff_alpha(np.array([1, 2, 3]))
        with pytest.raises(DataError, match="long frame"):
            krippendorff_alpha(pd.DataFrame({"rater": ["a", "b"], "item": [1, 1], "label": ["x", "y"]}))
        with pytest.raises(DataError, match="more than once"):
            krippendorff_alpha(pd.DataFrame([[1, 2]], columns=["a", "a"]))
        with pytest.raises(DataError, match="finite"):
            krippendorff_alpha(np.array([[1.0, np.inf], [1, 2]]), metric="interval")
        for metric in ("interval", "ratio"):
            for data in (
                np.array([[1.0, 1e200], [1, 2]]),
                pd.DataFrame({"a": ["1", "1"], "b": ["1e200", "2"]}),
            ):
                with pytest.raises(DataError, match=r"whose square a computer holds .*found .*1e\+?200"):
                    krippendorff_alpha(data, metric=metric)
        with pytest.raises(DataError, match="at least 0"):
            krippendorff_alpha(np.array([[1.0, -2], [1, 2]]), metric="ratio")
        with pytest.raises(DataError, match="finite number"):
            krippendorff_alpha(np.array([["x", "1"], ["1", "1"]]), metric="interval")
        with pytest.raises(ValueError, match="by"):
            jackknife(EXAMPLE_C, by="source")


class TestInvariance:
    @settings(max_examples=80)
    @given(tables, st.sampled_from(METRICS), st.randoms(use_true_random=False))
    def test_order_of_coders_and_units(self, rows, metric, rng):
        x = array(rows)
        units, coders = list(range(len(x))), [0, 1, 2]
        rng.shuffle(units)
        rng.shuffle(coders)
        same(krippendorff_alpha(x[units][:, coders], metric=metric), krippendorff_alpha(x, metric=metric))

    @settings(max_examples=80)
    @given(tables, st.sampled_from(METRICS))
    def test_a_unit_without_values_changes_nothing(self, rows, metric):
        x = array(rows)
        more = np.vstack([x, np.full((1, 3), NAN)])
        same(krippendorff_alpha(more, metric=metric), krippendorff_alpha(x, metric=metric))

    @settings(max_examples=60)
    @given(tables)
    def test_names_of_values_do_not_matter_to_nominal(self, rows):
        x = array(rows)
        renamed = np.take(np.array([9, 0, 3.5, -7, 2]), np.nan_to_num(x).astype(int))
        same(krippendorff_alpha(np.where(np.isnan(x), NAN, renamed)), krippendorff_alpha(x))

    @settings(max_examples=60)
    @given(tables)
    def test_monotone_maps_do_not_matter_to_ordinal(self, rows):
        x = array(rows)
        same(krippendorff_alpha(x**3 - 5, metric="ordinal"), krippendorff_alpha(x, metric="ordinal"))

    @settings(max_examples=60)
    @given(tables, st.floats(0.01, 100), st.floats(-100, 100))
    def test_unit_and_origin_do_not_matter_to_interval(self, rows, a, b):
        x = array(rows)
        moved = krippendorff_alpha(a * x + b, metric="interval")
        same(moved, krippendorff_alpha(x, metric="interval"), 1e-8)

    @settings(max_examples=60)
    @given(tables, st.floats(0.01, 100))
    def test_unit_does_not_matter_to_ratio(self, rows, a):
        x = array(rows)
        same(krippendorff_alpha(a * x, metric="ratio"), krippendorff_alpha(x, metric="ratio"), 1e-9)

    @settings(max_examples=80)
    @given(tables, st.sampled_from(METRICS))
    def test_one_if_and_only_if_agreement_is_perfect(self, rows, metric):
        x = array(rows)
        result = krippendorff_alpha(x, metric=metric)
        if result.status == "ok":
            units = [row[~np.isnan(row)] for row in x]
            perfect = all(unit.size < 2 or (unit == unit[0]).all() for unit in units)
            assert (result.alpha == 1) == perfect


class TestResampledForms:
    @pytest.mark.parametrize("name", ["krippendorff_alpha", "gwet_ac1", "conger_kappa", "percent_agreement"])
    def test_an_array_gives_what_its_long_frame_gives(self, name):
        frame = long(EXAMPLE_C)
        one, two = (bootstrap_interval(data, name, resamples=50) for data in (EXAMPLE_C, frame))
        assert (one.low, one.high) == (pytest.approx(two.low), pytest.approx(two.high))
        assert (one.estimate, one.degenerate, one.status) == (two.estimate, two.degenerate, two.status)
        wide, tall = jackknife(EXAMPLE_C, name), jackknife(frame, name)
        pd.testing.assert_frame_equal(wide, tall)

    @pytest.mark.parametrize("metric", METRICS)
    def test_the_interval_contains_the_estimate(self, metric):
        rng = np.random.default_rng(2)
        truth = rng.integers(1, 5, 60)
        x = np.where(rng.random((60, 3)) < 0.7, truth[:, None], rng.integers(1, 5, (60, 3)))
        found = bootstrap_interval(x, metric=metric, resamples=400)
        assert found.low < found.estimate < found.high
        assert 0.1 < found.high - found.low < 0.5

    def test_nearly_equal_numbers(self):
        x = 1e9 + np.array([[0.0, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, 1e-3]])
        found = bootstrap_interval(x, metric="interval", resamples=200)
        # draws without the last unit, (3/4)^4 of them, have no variation
        assert found.degenerate / 200 == pytest.approx(0.316, abs=0.1)


class TestRatioPairs:
    @pytest.mark.parametrize(
        "points",
        [
            np.linspace(1900, 2000, 700),
            np.r_[0.0, np.geomspace(1e-3, 1e6, 700)],
            1 + np.linspace(0, 1e-9, 700),
            np.geomspace(1e-300, 1e300, 700),
        ],
        ids=["years", "amounts", "close", "far"],
    )
    def test_the_smooth_sum_equals_the_sum_over_pairs(self, points):
        points = np.unique(points)
        weights = np.arange(2.0 * points.size).reshape(2, -1) % 5
        pairs = ratio_difference(*np.broadcast_arrays(points[:, None], points[None]))
        by_pairs = np.einsum("ri,ij,rj->r", weights, pairs, weights)
        for direct in (0, 10_000):
            found = RatioPairs(points, direct=direct).total(weights, weights)
            np.testing.assert_allclose(found, by_pairs, rtol=1e-12)


def peak_mb(work):
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()


class TestMemory:
    @pytest.mark.parametrize("metric", METRICS)
    def test_units_of_many_values(self, metric):
        # 2,000 units, 600 distinct values: a matrix of units × values × values would take gigabytes.
        rng = np.random.default_rng(5)
        x = rng.integers(1, 601, (2_000, 5))
        assert peak_mb(lambda: krippendorff_alpha(x, metric=metric)) < 16
        assert peak_mb(lambda: krippendorff_alpha(long(x.astype(float)), metric=metric)) < 32

    @pytest.mark.parametrize("metric", METRICS)
    def test_a_hundred_thousand_distinct_numbers(self, metric):
        # A matrix of 300,000 × 300,000 values would take 720 GB; the data are 2.4 MB.
        x = np.random.default_rng(6).lognormal(size=(100_000, 3))
        assert peak_mb(lambda: krippendorff_alpha(x, metric=metric)) < 60

    def test_resamples_of_many_distinct_numbers(self):
        x = np.random.default_rng(7).lognormal(size=(20_000, 2))
        for metric in ("nominal", "interval"):
            assert peak_mb(lambda metric=metric: bootstrap_interval(x, metric=metric, resamples=20)) < 120

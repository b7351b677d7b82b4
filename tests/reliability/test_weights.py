"""Weighted agreement: published and hand-computed values, draws, and scales of many values."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sourcebook.core.errors import DataError
from sourcebook.reliability import (
    bootstrap_interval,
    brennan_prediger,
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    percent_agreement,
    scott_pi,
)
from sourcebook.reliability.chance import KERNELS
from sourcebook.reliability.ratings import degenerate_status, to_ratings
from sourcebook.reliability.weights import WEIGHTS, scale_of

NAN = float("nan")
FOUR_RATERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, NAN],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
).T


def pairs(cells):
    return np.array([(a, b) for a, b, times in cells for _ in range(times)])


# Gwet (2014): two abstractors classify 100 pregnancies as ectopic, abnormal or normal intrauterine.
ABSTRACTORS = pairs([("e", "e", 13), ("a", "a", 20), ("a", "n", 7), ("n", "a", 4), ("n", "n", 56)])


class TestPublished:
    @pytest.mark.parametrize(
        ("coefficient", "value"),
        [
            (gwet_ac1, 0.77544),
            (gwet_ac2, 0.914),
            (fleiss_kappa, 0.76117),
            (conger_kappa, 0.76282),
            (brennan_prediger, 0.77273),
        ],
    )
    def test_four_raters(self, coefficient, value):
        assert round(coefficient(FOUR_RATERS).value, 5) == value

    @pytest.mark.parametrize(
        ("weights", "values"),
        [
            # agreement, AC2, Fleiss, Conger, Brennan–Prediger, as irrCAC 0.4.4 gives them too
            ("linear", (0.93939, 0.85874, 0.81794, 0.81378, 0.84848)),
            ("quadratic", (0.97538, 0.914, 0.86494, 0.85771, 0.90152)),
            ("ordinal", (0.96818, 0.89894, 0.85021, 0.84366, 0.88636)),
            ("radical", (0.89727, 0.81981, 0.78992, 0.78834, 0.81263)),
            ("ratio", (0.95411, 0.85737, 0.82134, 0.81197, 0.84024)),
        ],
    )
    def test_four_raters_weighted(self, weights, values):
        coefficients = (percent_agreement, gwet_ac2, fleiss_kappa, conger_kappa, brennan_prediger)
        found = [coefficient(FOUR_RATERS, weights=weights).value for coefficient in coefficients]
        assert tuple(round(value, 5) for value in found) == values

    def test_three_by_three_abstractors(self):
        assert round(cohen_kappa(ABSTRACTORS).value, 5) == 0.79641
        assert round(scott_pi(ABSTRACTORS).value, 5) == 0.79624
        assert round(gwet_ac1(ABSTRACTORS).value, 5) == 0.84933

    def test_scotts_pi_counts_what_both_coded(self):
        lone = np.vstack([ABSTRACTORS, [["e", ""]] * 30])
        assert scott_pi(lone).value == pytest.approx(scott_pi(ABSTRACTORS).value)
        assert scott_pi(FOUR_RATERS).status == "not two coders"


class TestByHand:
    X = np.array([[1, 1], [2, 2], [3, 2], [1, 2]])

    def test_ac2_linear(self):
        # agreement (1 + 1 + 1/2 + 1/2) / 4; shares 3/8, 4/8, 1/8; weights sum to 5 of 9
        chance = 5 / 6 * (15 + 16 + 7) / 64
        result = gwet_ac2(self.X, weights="linear")
        assert (result.observed, result.expected) == (pytest.approx(0.75), pytest.approx(chance))
        assert result.value == pytest.approx((0.75 - chance) / (1 - chance))

    def test_cohen_quadratic(self):
        # 1, 2, 3, 1 against 1, 2, 2, 2: two units are 1 apart; of all 16 pairs the squares sum to 3 + 1 + 7 + 3
        chance = 1 - 14 / 16 / 4
        observed = 1 - 2 / 4 / 4
        result = cohen_kappa(self.X, weights="quadratic")
        assert result.value == pytest.approx((observed - chance) / (1 - chance))

    def test_categories_that_nobody_used_widen_the_scale(self):
        assert percent_agreement(self.X, weights="linear").value == pytest.approx(0.75)
        wide = percent_agreement(self.X, weights="linear", categories=[1, 2, 3, 4, 5])
        assert wide.value == pytest.approx(0.875)
        assert brennan_prediger(self.X, categories=range(1, 6)).expected == pytest.approx(0.2)

    def test_words_in_their_order(self):
        words = np.array(["", "low", "mid", "top"])[self.X]
        named = gwet_ac2(words, weights="linear", categories=["low", "mid", "top"])
        assert named.value == pytest.approx(gwet_ac2(self.X, weights="linear").value)

    def test_refused(self):
        with pytest.raises(ValueError, match="weights"):
            gwet_ac2(self.X, weights="cubic")
        with pytest.raises(ValueError, match="categories"):
            brennan_prediger(self.X, weights="linear", n_categories=4)
        with pytest.raises(DataError, match="one of 1, 2"):
            gwet_ac2(self.X, categories=[1, 2])
        with pytest.raises(DataError, match="finite number"):
            gwet_ac2(np.array([["x", "y"], ["x", "x"]]))


cells = st.lists(st.tuples(*[st.sampled_from([0.0, 1.0, 2.0, 5.0, NAN])] * 3), min_size=2, max_size=6).map(
    np.array
)


class TestProperties:
    @settings(max_examples=80)
    @given(cells, st.sampled_from(WEIGHTS))
    def test_agreement_by_the_definition(self, x, weights):
        scale = scale_of(to_ratings(x), weights)
        place = {point: i for i, point in enumerate(sorted(set(x[~np.isnan(x)])))}
        shares = []
        for row in x:
            at = np.array([place[v] for v in row if not np.isnan(v)], dtype=np.int64)
            both = list(itertools.permutations(at, 2))
            if both:
                a, b = np.array(both).T
                if weights == "identity":
                    shares.append(np.mean(a == b))
                else:
                    shares.append(1 - scale.distance(a, b).mean() / scale.largest())
        result = percent_agreement(x, weights=weights)
        if result.value is not None:
            assert result.value == pytest.approx(np.mean(shares))

    @settings(max_examples=80)
    @given(cells, st.lists(st.integers(0, 5), min_size=1, max_size=8), st.sampled_from(WEIGHTS))
    def test_counting_drawn_units_gives_what_the_drawn_ratings_give(self, x, draws, weights):
        ratings = to_ratings(x)
        assume(degenerate_status(ratings)[0] == "ok")
        scale = scale_of(ratings, weights)
        chosen = np.array(draws) % ratings.n_units
        times = np.bincount(chosen, minlength=ratings.n_units)[None].astype(float)
        for kernel in KERNELS.values():
            if kernel.two_coders and ratings.n_coders != 2:
                continue
            whole = kernel.compute(ratings.take_units(chosen), scale).value
            expected = NAN if whole is None else whole
            assert kernel.of_draws(ratings, scale)(times)[0] == pytest.approx(expected, abs=1e-9, nan_ok=True)

    @pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS)
    def test_a_draw_of_units_that_one_coder_alone_coded_is_undefined(self, kernel):
        ratings = to_ratings([[1, 1], [2, 1], [3, NAN]])
        scale = scale_of(ratings, "identity")
        assert np.isnan(kernel.of_draws(ratings, scale)(np.array([[0.0, 0.0, 1.0]]))).all()

    @settings(max_examples=60)
    @given(cells)
    def test_identity_weights_of_ac2_are_ac1(self, x):
        a, b = gwet_ac1(x), gwet_ac2(x, weights="identity")
        assert (a.value, a.status) == (b.value, b.status)

    @settings(max_examples=60)
    @given(cells, st.sampled_from(["linear", "quadratic", "radical"]), st.floats(0.1, 10), st.floats(-5, 5))
    def test_unit_and_origin_do_not_matter(self, x, weights, a, b):
        for coefficient in (gwet_ac2, conger_kappa, fleiss_kappa):
            one, two = coefficient(x, weights=weights), coefficient(a * x + b, weights=weights)
            assert (one.value is None) == (two.value is None)
            assert one.value is None or one.value == pytest.approx(two.value, abs=1e-7)

    @settings(max_examples=60)
    @given(st.lists(st.integers(0, 6), min_size=3, max_size=9), st.sampled_from(WEIGHTS))
    def test_sums_without_a_matrix(self, counts, weights):
        points = np.cumsum(np.arange(1.0, len(counts) + 1))
        scale = scale_of(to_ratings(points[:, None]), weights)
        p = np.array([counts, counts[::-1]], dtype=float)
        every = np.arange(points.size)
        matrix = scale.distance(every[:, None] + 0 * every, every + 0 * every[:, None])
        expected = np.einsum("ri,ij,rj->r", p, matrix, p[::-1])
        np.testing.assert_allclose(scale.total(p, p[::-1]), expected, atol=1e-9)


@pytest.mark.parametrize("name", ["gwet_ac2", "brennan_prediger", "conger_kappa"])
def test_intervals_of_weighted_coefficients(name):
    found = bootstrap_interval(FOUR_RATERS, name, weights="linear", resamples=300)
    assert (
        found.estimate
        == KERNELS[name].compute(to_ratings(FOUR_RATERS), scale_of(to_ratings(FOUR_RATERS), "linear")).value
    )
    assert found.low < found.estimate < found.high
    frame = pd.DataFrame(FOUR_RATERS)
    assert bootstrap_interval(frame, name, weights="linear", resamples=300) == found

"""Missing values in every form, and names that would be compared wrongly without a word."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from sourcebook.core.errors import DataError
from sourcebook.reliability import (
    bootstrap_interval,
    brennan_prediger,
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    jackknife,
    krippendorff_alpha,
    percent_agreement,
    scott_pi,
)

FORMS = ["", " ", "\t", "\u00a0", "nan", "NaN", "n/a", "N/A", " n/a ", "NA", "<NA>", "null", "None"]
OBJECTS = [None, np.nan, pd.NA, pd.NaT, float("nan")]


def told(data, **columns):
    with pytest.raises(DataError) as caught:
        krippendorff_alpha(data, **columns)
    (problem,) = caught.value.problems
    assert problem.action
    return f"{problem.column}: {problem.found} → {problem.action}"


def long(rows):
    return pd.DataFrame(rows, columns=["coder", "unit", "value"])


@pytest.mark.parametrize("missing", [*FORMS, *OBJECTS])
def test_a_missing_value_is_missing_in_every_form_and_layout(missing):
    rows = [["yes", missing], ["no", "no"], ["yes", "yes"]]
    arrays = [np.array(rows, dtype=object), pd.DataFrame(rows, dtype=object)]
    if isinstance(missing, str | float):
        arrays.append(np.array(rows))
    for data in arrays:
        assert krippendorff_alpha(data).alpha == 1.0
        assert percent_agreement(data).value == 1.0
    frame = long([(c, u, rows[u][c]) for u in range(3) for c in range(2)])
    assert krippendorff_alpha(frame).alpha == 1.0
    assert krippendorff_alpha(frame).n_units == 2


@given(st.lists(st.sampled_from(["yes", "no", *FORMS]), min_size=8, max_size=40), st.data())
@settings(max_examples=80, deadline=None)
def test_blanks_around_values_and_forms_of_missing_change_nothing(values, data):
    values = values[: len(values) // 2 * 2]
    plain = np.array([v if v in ("yes", "no") else "" for v in values]).reshape(-1, 2)
    edges = st.sampled_from(["", " ", "\n", "\u00a0"])
    padded = np.array([data.draw(edges) + v + data.draw(edges) for v in values]).reshape(-1, 2)
    one, other = krippendorff_alpha(plain), krippendorff_alpha(padded)
    assert (one.alpha, one.status, one.n_units) == (other.alpha, other.status, other.n_units)
    frame = long([(c, u, padded[u, c]) for u in range(len(padded)) for c in range(2)])
    assert krippendorff_alpha(frame).alpha == one.alpha


@pytest.mark.parametrize("column", ["unit", "coder"])
@pytest.mark.parametrize("blank", ["", " ", None, np.nan, "n/a", "nan"])
def test_a_unit_or_coder_without_a_name_is_told_in_one_line(column, blank):
    frame = long([("a", "1", "x"), ("b", "1", "x"), ("a", "2", "y"), ("b", "2", "y")]).astype(object)
    frame.loc[2:, column] = blank
    frame = frame.drop_duplicates(["coder", "unit"])
    assert "without a name" in told(frame)


@pytest.mark.parametrize("column", ["unit", "coder", "value"])
def test_numbers_and_text_in_one_column_are_told_in_one_line(column):
    frame = long([("a", "1", "5"), ("b", "1", "5"), ("a", "2", "6"), ("b", "2", "6")]).astype(object)
    frame.loc[0, column] = 1
    assert column in told(frame) and "astype(str)" in told(frame)
    if column == "value":
        assert "astype(str)" in told(np.array([[1, "1"], [2, "2"]], dtype=object))


@pytest.mark.parametrize("column", ["unit", "coder"])
@pytest.mark.parametrize("other", ["second ", " second", "second\n", "second\u00a0"])
def test_names_that_differ_in_blanks_are_told_in_one_line(column, other):
    frame = long([("a", "1", "5"), ("b", "1", "5"), ("a", "2", "6"), ("b", "2", "6")])
    frame[column] = ["second", "other", other, "third"]
    assert repr(other) in told(frame)


WIDE = pd.DataFrame({"anna": list("xxyyxy"), "ben": list("xyyyxy"), "carl": list("xxyyyy")})


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("id", range(6)),
        ("n", range(101, 107)),
        ("article", [f"a{n}" for n in range(6)]),
        ("url", [f"https://example.org/{n}" for n in range(6)]),
        ("text", ["One came.", "Two came.", "It rained.", "It ended.", "No one.", "All."]),
    ],
)
@pytest.mark.parametrize("place", [0, 3])
def test_an_id_column_left_in_a_wide_frame_is_told_with_the_cure(name, ids, place):
    frame = WIDE.copy()
    frame.insert(place, name, list(ids))
    if not isinstance(ids, range):
        message = told(frame)
        assert name in message and "coders=" in message and "unit=" in message
    else:
        with pytest.raises(DataError, match=name):
            krippendorff_alpha(frame)
    expected = krippendorff_alpha(WIDE).alpha
    coders = ["anna", "ben", "carl"]
    assert krippendorff_alpha(frame, coders=coders, unit=name).alpha == expected
    assert krippendorff_alpha(frame, coders=coders).alpha == expected
    assert krippendorff_alpha(frame, unit=name).alpha == expected
    assert (
        cohen_kappa(frame, coders=["anna", "ben"], unit=name).value
        == cohen_kappa(WIDE[["anna", "ben"]]).value
    )


def test_numeric_ids_beside_numeric_codes_are_told():
    codes = WIDE.replace({"x": 1, "y": 2}).astype("int64")
    codes.insert(0, "id", range(1, 7))
    assert "id" in told(codes)


@given(st.lists(st.tuples(*[st.integers(1, 5)] * 3), min_size=4, max_size=12))
@settings(max_examples=80, deadline=None)
def test_ratings_in_another_order_are_never_taken_for_ids(rows):
    frame = pd.DataFrame(rows, columns=list("abc"))
    frame.loc[0, "a"], frame.loc[1, "a"] = 5, 1
    assert krippendorff_alpha(frame, metric="interval").n_coders == 3


FAMILY = [percent_agreement, conger_kappa, fleiss_kappa, gwet_ac1, gwet_ac2, brennan_prediger]
PAIRS = [cohen_kappa, scott_pi]


@pytest.mark.parametrize("coefficient", [*FAMILY, *PAIRS], ids=lambda each: each.__name__)
def test_columns_of_ones_own_in_every_coefficient(coefficient):
    named = {"weights": "identity"} if coefficient is gwet_ac2 else {}
    names = ["anna", "ben"] if coefficient in PAIRS else ["anna", "ben", "carl"]
    wide = WIDE.assign(article=[f"a{n}" for n in range(6)])
    expected = coefficient(WIDE[names], **named)
    assert coefficient(wide, coders=names, unit="article", **named) == expected
    assert coefficient(wide, coders=names, **named) == expected
    own = wide.melt("article", names, var_name="rater", value_name="value")
    assert coefficient(own, coders="rater", unit="article", **named) == expected
    with pytest.raises(ValueError, match="coders"):
        coefficient(wide, coders=["zoe"], **named)
    with pytest.raises(TypeError, match="DataFrame"):
        coefficient(wide.to_numpy(), unit="article", **named)


@pytest.mark.parametrize("statistic", ["krippendorff_alpha", *[each.__name__ for each in FAMILY]])
def test_columns_of_ones_own_in_intervals(statistic):
    named = {"statistic": statistic} | ({"weights": "identity"} if statistic == "gwet_ac2" else {})
    wide = WIDE.assign(article=[f"a{n}" for n in range(6)])
    own = wide.melt("article", ["anna", "ben", "carl"], var_name="rater", value_name="value")
    long_form = own.rename(columns={"rater": "coder", "article": "unit"})
    expected = bootstrap_interval(long_form, resamples=50, **named)
    of_wide = bootstrap_interval(wide, coders=["anna", "ben", "carl"], unit="article", resamples=50, **named)
    assert bootstrap_interval(own, coders="rater", unit="article", resamples=50, **named) == expected
    assert (of_wide.low, of_wide.estimate, of_wide.high) == (expected.low, expected.estimate, expected.high)
    for by, old in (("rater", "coder"), ("article", "unit")):
        left = jackknife(own, by=by, coders="rater", unit="article", **named)
        assert_frame_equal(left, jackknife(long_form, by=old, **named))
    with pytest.raises(ValueError, match="unit"):
        bootstrap_interval(own, coders="rater", unit="item", **named)


@pytest.mark.parametrize("function", [krippendorff_alpha, bootstrap_interval])
def test_the_order_of_categories_is_read_by_intervals_too(function):
    degrees = pd.CategoricalDtype(["low", "mid", "high", "top"], ordered=True)
    frame = pd.DataFrame({"anna": ["low", "mid", "high", "top"], "ben": ["low", "high", "high", "mid"]})
    given = function(frame, metric="ordinal", order=list(degrees.categories))
    assert function(frame.astype(degrees), metric="ordinal") == given


def test_columns_of_ones_own_in_a_long_frame():
    frame = long([("a", "1", "x"), ("b", "1", "x"), ("a", "2", "y"), ("b", "2", "x")])
    own = frame.rename(columns={"coder": "rater", "unit": "article"})
    assert krippendorff_alpha(own, coders="rater", unit="article").alpha == krippendorff_alpha(frame).alpha


@pytest.mark.parametrize(("argument", "columns"), [("coders", {"coders": ["zoe"]}), ("unit", {"unit": "id"})])
def test_a_column_that_is_not_there_is_named(argument, columns):
    with pytest.raises(ValueError, match=argument):
        krippendorff_alpha(WIDE, **columns)
    with pytest.raises(TypeError, match="DataFrame"):
        krippendorff_alpha(WIDE.to_numpy(), **columns)

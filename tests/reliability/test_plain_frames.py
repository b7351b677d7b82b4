"""Reliability data as a spreadsheet gives it: one variable, wide frames, ordered words."""

import pandas as pd
import pytest

from sourcebook.core.errors import DataError
from sourcebook.reliability import agreement_by_variable, krippendorff_alpha

DEGREES = ["low", "mid", "high"]
WIDE = pd.DataFrame(
    {
        "Ana": ["low", "mid", "high", "low"],
        "Ben": ["low", "high", "high", "mid"],
        "Cem": ["low", "mid", None, "low"],
    },
    index=["a1", "a2", "a3", "a4"],
)
LONG = WIDE.rename_axis(index="unit", columns="coder").stack().rename("value").reset_index()


def test_words_in_order_are_ordinal_by_their_categories():
    ordered = pd.CategoricalDtype(DEGREES, ordered=True)
    expected = krippendorff_alpha(WIDE, metric="ordinal", order=DEGREES)
    assert krippendorff_alpha(WIDE.astype(ordered), metric="ordinal") == expected
    assert krippendorff_alpha(LONG.astype({"value": ordered}), metric="ordinal") == expected
    assert expected.alpha != krippendorff_alpha(WIDE.astype(ordered)).alpha


def test_an_order_given_goes_before_that_of_the_categories():
    ordered = pd.CategoricalDtype(sorted(DEGREES), ordered=True)
    found = krippendorff_alpha(WIDE.astype(ordered), metric="ordinal", order=DEGREES)
    assert found == krippendorff_alpha(WIDE, metric="ordinal", order=DEGREES)


@pytest.mark.parametrize("dtype", ["category", "str"])
def test_words_without_an_order_are_refused_with_what_to_give(dtype):
    with pytest.raises(DataError, match=r"order=\[lowest, …, highest\]"):
        krippendorff_alpha(WIDE.astype(dtype), metric="ordinal")


def test_columns_with_different_orders_have_none():
    kinds = {
        name: pd.CategoricalDtype(order, ordered=True)
        for name, order in zip(WIDE, (DEGREES, DEGREES, DEGREES[::-1]), strict=True)
    }
    with pytest.raises(DataError, match="order="):
        krippendorff_alpha(WIDE.astype(kinds), metric="ordinal")


def test_one_variable_needs_no_column_and_may_be_wide():
    named = agreement_by_variable(LONG.assign(variable="value"), resamples=50)
    pd.testing.assert_frame_equal(agreement_by_variable(LONG, resamples=50), named)
    pd.testing.assert_frame_equal(agreement_by_variable(WIDE, resamples=50), named)
    assert named["units"].tolist() == [4]


def test_a_wide_frame_with_its_ids_is_refused_as_by_alpha():
    with pytest.raises(DataError, match="unit='article'"):
        agreement_by_variable(WIDE.rename_axis("article").reset_index())

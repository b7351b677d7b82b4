"""Relations of tables and values as people have them, without the columns of a data folder."""

import numpy as np
import pandas as pd
import pytest

from sourcebook.analysis.relations import relate, relate_all
from sourcebook.core.errors import DataError, ParseError

ASKED = pd.DataFrame({"proposition_id": ["people"], "kind": "quantity"})


def claims(*values):
    return pd.DataFrame(
        {"source_id": ["a", "b", "a"][: len(values)], "proposition_id": "people", "value": values}
    )


@pytest.mark.parametrize(
    ("first", "second", "kind", "rule"),
    [
        (640, 900, "quantity", "quantity-different"),
        (640.0, "640", "quantity", "quantity-same"),
        (np.int64(640), np.float64(640), "quantity", "quantity-same"),
        (1e6, "1000000", "quantity", "quantity-same"),
        (0.5, ">0.4", "quantity", "quantity-share"),
        ("~640", "~900", "quantity", "quantity-different"),
        ("November 1988", "22 November 1988", "date", "date-share"),
        ("1988-11", "1989", "date", "date-different"),
        ("The Council", "the council", "name", "name-same"),
        ("yes", "no", "presence", "presence-different"),
    ],
)
def test_values_are_taken_as_one_has_them(first, second, kind, rule):
    assert relate(first, second, kind=kind).rule == rule


@pytest.mark.parametrize("value", [None, True, float("nan"), ["640"], {"value": "640"}])
def test_other_values_are_refused_by_name(value):
    with pytest.raises(TypeError, match=r"second: expected a Claim, text or a number, found"):
        relate("640", value, kind="quantity")


def test_a_date_that_is_none_is_refused():
    with pytest.raises(ParseError, match="nor is it one English date"):
        relate("1988", "some day", kind="date")


def test_three_columns_of_claims_and_two_of_questions_are_enough():
    found = relate_all(claims(640, 900.5, "~640"), ASKED)
    assert found[["claim_a", "claim_b", "relation"]].values.tolist() == [
        ["a.1", "b.1", "contradict"],
        ["a.1", "a.2", "compatible"],
        ["b.1", "a.2", "contradict"],
    ]


def test_columns_that_are_there_are_used():
    frame = claims(100, 300).assign(scope=["delegates", "guests"], claim_id=["x", "y"])
    found = relate_all(frame, ASKED)
    assert found[["claim_a", "rule"]].values.tolist() == [["x", "scope"]]


def test_the_tables_given_are_not_changed():
    frame, asked = claims(640, 900), ASKED.copy()
    before = frame.copy()
    relate_all(frame, asked)
    pd.testing.assert_frame_equal(frame, before)
    pd.testing.assert_frame_equal(asked, ASKED)


@pytest.mark.parametrize(
    ("frame", "asked", "columns"),
    [
        (claims(1).drop(columns="value"), ASKED, ["value"]),
        (claims(1)[["value"]], ASKED, ["source_id", "proposition_id"]),
        (claims(1), ASKED[["proposition_id"]], ["kind"]),
        (pd.DataFrame(), ASKED, ["source_id", "proposition_id", "value"]),
    ],
)
def test_missing_columns_are_named_together(frame, asked, columns):
    with pytest.raises(DataError) as error:
        relate_all(frame, asked)
    assert [problem.column for problem in error.value.problems] == sorted(columns)


@pytest.mark.parametrize("value", [None, float("nan"), "several of them"])
def test_a_value_that_cannot_be_read_is_told_with_its_place(value):
    with pytest.raises(DataError, match=r"claims.csv:3:value"):
        relate_all(claims(640, value), ASKED)

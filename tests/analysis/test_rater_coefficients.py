"""The sources as raters, on tables small enough to count by hand."""

import pandas as pd
import pytest

from sourcebook.analysis.agreement import COEFFICIENTS, coefficients, source_ratings

PROPOSITIONS = pd.DataFrame(
    {"proposition_id": ["p", "q", "r", "s"], "cardinality": ["one", "one", "many", "one"]}
)
CLAIMS = pd.DataFrame(
    [
        ("a", "p", "1", ""),
        ("b", "p", "1", ""),
        ("c", "p", "2", ""),
        ("a", "q", "x", "wide"),
        ("b", "q", "x", "narrow"),
        ("a", "r", "one", ""),
        ("b", "r", "two", ""),
        ("a", "s", "yes", ""),
        ("a", "s", "no", ""),
        ("b", "s", "no", ""),
    ],
    columns=["source_id", "proposition_id", "value", "scope"],
)


def test_units_are_questions_with_one_answer_and_one_scope_that_two_raters_answer():
    ratings = source_ratings(CLAIMS, PROPOSITIONS)
    assert list(ratings.itertuples(index=False, name=None)) == [
        ("a", "p", "answer", "1"),
        ("a", "s", "answer", "no;yes"),
        ("b", "p", "answer", "1"),
        ("b", "s", "answer", "no"),
        ("c", "p", "answer", "2"),
    ]


def test_origins_as_raters_join_what_their_sources_say():
    origin = pd.DataFrame({"source_id": ["a", "b", "c"], "origin": ["a", "b", "a"]})
    ratings = source_ratings(CLAIMS, PROPOSITIONS, origin).set_index(["coder", "unit"])["value"]
    assert ratings["a", "p"] == "1;2"
    assert ratings["b", "p"] == "1"


def test_percent_agreement_counts_pairs():
    table = coefficients(source_ratings(CLAIMS, PROPOSITIONS), resamples=50).set_index("coefficient")
    # p: one of three pairs agrees; s: none of one; a question weighs as its pairs' mean: (1/3 + 0) / 2
    assert table.loc["percent_agreement", "value"] == pytest.approx(1 / 6, abs=1e-6)
    assert set(table.index) == set(COEFFICIENTS)
    assert (table["units"] == 2).all()
    assert table.loc["percent_agreement", "low"] <= table.loc["percent_agreement", "value"]


def test_the_jackknife_names_the_rater_whose_absence_matters():
    table = coefficients(source_ratings(CLAIMS, PROPOSITIONS), resamples=50).set_index("coefficient")
    row = table.loc["percent_agreement"]
    # without c: p agrees, s does not, so one half; without a: p disagrees and nothing else is shared, so 0
    assert (row["highest_without"], row["highest"]) == ("c", 0.5)
    assert (row["lowest_without"], row["lowest"]) == ("a", 0.0)


def test_no_shared_question_is_a_stated_result():
    table = coefficients(source_ratings(CLAIMS.head(1), PROPOSITIONS), resamples=10)
    assert table["value"].isna().all()
    assert (table["status"] != "ok").all()

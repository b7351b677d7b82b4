"""Facts from elsewhere with the claims of the sources, on frames small enough to compare by hand."""

import pandas as pd

from sourcebook.analysis.context import compare_with_reference, with_bounds
from sourcebook.coding import with_intervals

FACTS = pd.DataFrame(
    [
        ("f1", "Guests, says the host.", "~50", "the host", "guests", "yes", "book"),
        ("f2", "Guests, says the cook.", ">40", "the cook", "guests;meals", "no", "leaflet"),
        ("f3", "The host spoke.", "", "the host", "", "no", "book"),
        ("f4", "The host spoke well.", "", "the cook", "speech", "no", "book"),
    ],
    columns=["fact_id", "statement", "value", "stated_by", "compare_to", "secondary", "reference"],
    dtype="str",
)
PROPOSITIONS = pd.DataFrame(
    [("meals", "quantity"), ("guests", "quantity"), ("rooms", "quantity")],
    columns=["proposition_id", "kind"],
    dtype="str",
)
CLAIMS = with_intervals(
    pd.DataFrame(
        [
            ("a.c001", "a", "meals", "12", "", "12 meals", "12"),
            ("a.c002", "a", "guests", "<=60", "seated", "up to 60", "at most 60"),
            ("b.c001", "b", "rooms", "3", "", "3 rooms", "3"),
        ],
        columns=["claim_id", "source_id", "proposition_id", "value", "scope", "quote", "display"],
        dtype="str",
    ),
    PROPOSITIONS,
)


def test_bounds_of_a_fact_are_those_of_a_claim_with_the_same_words():
    read = with_bounds(FACTS).set_index("fact_id")
    assert list(read.loc["f1", ["lower", "upper", "lower_closed", "display"]]) == [
        45,
        55,
        True,
        "about 50",
    ]
    assert list(read.fillna({"upper": -1}).loc["f2", ["lower", "upper", "lower_closed"]]) == [40, -1, False]
    assert read.loc["f3", ["lower", "upper", "lower_closed"]].isna().all()
    assert read.loc["f3", "display"] == ""


def test_claims_come_before_facts_and_unnamed_propositions_are_left_out():
    both = compare_with_reference(CLAIMS, FACTS)
    assert list(zip(both["proposition_id"], both["kind"], both["row_id"], strict=True)) == [
        ("guests", "source", "a.c002"),
        ("guests", "reference", "f1"),
        ("guests", "reference", "f2"),
        ("meals", "source", "a.c001"),
        ("meals", "reference", "f2"),
        ("speech", "reference", "f4"),
    ]
    assert list(both["label"]) == ["", "the host", "the cook", "", "the cook", "the cook"]
    assert list(both["statement"][:2]) == ["up to 60", "Guests, says the host."]
    assert list(both["upper"][:3].fillna(-1)) == [60, 55, -1]


def test_a_folder_without_context_has_nothing_beside():
    assert compare_with_reference(CLAIMS, FACTS.iloc[:0]).empty


def test_the_input_is_left_as_it_was():
    before = FACTS.copy()
    compare_with_reference(CLAIMS, FACTS)
    pd.testing.assert_frame_equal(FACTS, before)

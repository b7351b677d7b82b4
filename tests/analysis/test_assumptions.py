"""Assumptions as switches: each one registered, each change worked out by hand."""

from __future__ import annotations

import dataclasses
import math

import pandas as pd
import pytest

from sourcebook.analysis.relations import (
    ASSUMPTIONS,
    DEFAULT_POLICY,
    Authority,
    Claim,
    ComparisonPolicy,
    apply_assumption,
    assumption_table,
    find_relation_changes,
    relate,
    relate_all,
    self_contradictions,
    sensitive_to,
)
from sourcebook.analysis.relations.scopes import describe_scope_difference, scope_order


def frame(rows, columns):
    return pd.DataFrame(rows, columns=columns.split(), dtype="str")


PROPOSITIONS = frame(
    [
        ("many", "quantity", "one", ""),
        ("when", "date", "one", "instant"),
        ("how-long", "date", "one", "interval"),
        ("what", "category", "one", ""),
        ("who", "name", "one", ""),
        ("whether", "presence", "one", ""),
    ],
    "proposition_id kind cardinality time_type",
)
CODEBOOK = frame(
    [
        ("category", "legal-heir", "heir"),
        ("category", "heir", ""),
        ("scope", "part", "whole"),
        ("scope", "whole", ""),
    ],
    "vocabulary term broader",
)
ENTITIES = frame([("mill", "The Mill Company")], "entity_id name")
COLUMNS = "claim_id source_id proposition_id value scope entity_id modality basis"

#: Field, alternative, proposition, two claims as (value, scope, entity, modality, basis), before and after.
CASES = [
    ("about_width", 0.05, "many", ("~100",), ("108",), "compatible", "contradict"),
    ("about_width", 0.25, "many", ("~100",), ("120",), "contradict", "compatible"),
    ("compound_high", math.inf, "many", ("10000s",), ("100000s",), "contradict", "compatible"),
    ("vague_low", 1.0, "many", ("100s",), ("150",), "contradict", "compatible"),
    ("vague_low", 3.0, "many", ("100s",), ("250",), "compatible", "contradict"),
    ("vague_high", 10.0, "many", ("1000s",), ("50000",), "compatible", "contradict"),
    ("least_quantity", -math.inf, "many", ("<100",), ("-5",), "contradict", "compatible"),
    ("approximate_dates", 0, "when", ("1988~",), ("1989",), "compatible", "contradict"),
    ("approximate_dates", 5, "when", ("1988~",), ("1992",), "contradict", "compatible"),
    ("end_years", "exclusive", "when", ("1918/1921",), ("1921-05",), "compatible", "contradict"),
    ("end_years", "either", "how-long", ("1918/1921",), ("1918/1920",), "contradict", "compatible"),
    ("unstated_year_fits", False, "when", ("XXXX-12-05",), ("2024-12-06",), "contradict", "not-comparable"),
    ("unstated_scope_fits", False, "many", ("5",), ("6", "part"), "contradict", "not-comparable"),
    ("related_scopes_are_one", True, "many", ("5", "part"), ("6", "whole"), "compatible", "contradict"),
    ("broader_terms_fit", False, "what", ("heir",), ("legal-heir",), "compatible", "contradict"),
    ("variants_are_one", True, "who", ("Mill Co.", "", "mill"), ("The Mill", "", "mill"), "variant", "agree"),
    (
        "demands_are_separate", False, "whether",
        ("yes",), ("yes", "", "", "demands"), "not-comparable", "agree",
    ),
    (
        "inferred_count", False, "whether",
        ("yes",), ("yes", "", "", "asserts", "inferred"), "agree", "not-comparable",
    ),
]  # fmt: skip


def claims_of(proposition, *sides):
    defaults = ("", "", "", "asserts", "")
    rows = [
        (f"{s}.c1", s, proposition, *side, *defaults[len(side) :])
        for s, side in zip("ab", sides, strict=True)
    ]
    return frame(rows, COLUMNS)


def test_every_switch_of_the_policy_is_declared_once():
    fields = [assumption.field for assumption in ASSUMPTIONS.values()]
    assert sorted(fields) == sorted(field.name for field in dataclasses.fields(ComparisonPolicy))
    assert list(ASSUMPTIONS) == [field.replace("_", "-") for field in fields]
    for assumption in ASSUMPTIONS.values():
        assert assumption.alternatives
        assert getattr(DEFAULT_POLICY, assumption.field) not in assumption.alternatives.values()
        assert assumption.label.endswith("?")
        assert assumption.rationale.endswith(".")


def test_every_alternative_has_a_case():
    declared = {(a.field, value) for a in ASSUMPTIONS.values() for value in a.alternatives.values()}
    assert declared == {case[:2] for case in CASES}


@pytest.mark.parametrize(("field", "value", "proposition", "one", "other", "before", "after"), CASES)
def test_each_alternative_flips_what_it_should(field, value, proposition, one, other, before, after):
    found = find_relation_changes(
        claims_of(proposition, one, other), PROPOSITIONS, CODEBOOK, entities=ENTITIES
    )
    name = field.replace("_", "-")
    alternative = next(a for a, v in ASSUMPTIONS[name].alternatives.items() if v == value)
    mine = found[found["assumption"].eq(name) & found["setting"].eq(alternative)]
    assert mine[["claim_a", "claim_b", "baseline_relation", "alternative_relation"]].to_numpy().tolist() == [
        ["a.c1", "b.c1", before, after]
    ]


def test_the_reason_says_how_the_words_were_read():
    claims = claims_of("many", ("1000s",), ("50000",))
    (row,) = (
        find_relation_changes(claims, PROPOSITIONS, CODEBOOK)
        .query("setting == 'below-one-thousand'")
        .to_dict("records")
    )
    assert row["baseline_reason"] == (
        "thousands and 50,000 share the number 50,000; “50,000” is the narrower claim. "
        "“thousands” is read as 2,000 or more."
    )
    assert row["alternative_reason"] == (
        "No number is both thousands and 50,000. “thousands” is read as 2,000 to just under 10,000."
    )
    claims = claims_of("how-long", ("1918/1921",), ("1918/1920",))
    (row,) = (
        find_relation_changes(claims, PROPOSITIONS, CODEBOOK)
        .query("setting == 'it-may-or-may-not'")
        .to_dict("records")
    )
    assert row["alternative_reason"].endswith(
        "The year that ends a period is read as belonging to it or not."
    )


CLAIMS = pd.concat(
    [
        claims_of("many", ("~100",), ("120",)),
        claims_of("whether", ("yes",), ("no",)).assign(claim_id=["a.c2", "b.c2"]),
        frame([("a.c3", "a", "whether", "no", "", "", "asserts", "")], COLUMNS),
    ],
    ignore_index=True,
)
RELATIONS = relate_all(CLAIMS, PROPOSITIONS, CODEBOOK)
FLIPS = find_relation_changes(CLAIMS, PROPOSITIONS, CODEBOOK)


def test_a_relation_names_the_assumptions_on_which_it_hangs():
    assert sensitive_to(RELATIONS, FLIPS).tolist() == ["about-width", "", "", ""]


def test_the_relations_under_an_alternative_are_those_of_its_policy():
    chosen = apply_assumption(RELATIONS, FLIPS, "about-width", "twenty-five-per-cent")
    pd.testing.assert_frame_equal(
        chosen[["claim_a", "claim_b", "relation", "rule", "reason"]].iloc[:1],
        relate_all(CLAIMS, PROPOSITIONS, CODEBOOK, policy=ComparisonPolicy(about_width=0.25))[
            ["claim_a", "claim_b", "relation", "rule", "reason"]
        ].iloc[:1],
    )
    assert chosen["relation"].tolist() == ["compatible", "contradict", "contradict", "agree"]
    assert list(chosen.columns) == list(RELATIONS.columns)
    assert RELATIONS["relation"].tolist() == ["contradict", "contradict", "contradict", "agree"]


def test_alternatives_are_counted_also_where_nothing_flips():
    table = assumption_table(FLIPS).set_index(["assumption", "setting"])
    counted = ["pairs", "propositions", "no_longer_contradict", "now_contradict"]
    assert table.loc[("about-width", "twenty-five-per-cent"), counted].tolist() == [1, 1, 1, 0]
    assert table.loc[("about-width", "five-per-cent"), counted].tolist() == [0, 0, 0, 0]
    assert len(table) == sum(len(a.alternatives) for a in ASSUMPTIONS.values())


def test_an_alternative_that_the_policy_holds_already_is_no_alternative():
    found = find_relation_changes(CLAIMS, PROPOSITIONS, CODEBOOK, policy=ComparisonPolicy(about_width=0.25))
    assert found["setting"].tolist() == ["by-default", "five-per-cent"]
    assert ("about-width", "twenty-five-per-cent") not in {
        (row["assumption"], row["setting"])
        for row in assumption_table(found, policy=ComparisonPolicy(about_width=0.25)).to_dict("records")
    }


def test_a_source_that_contradicts_itself():
    (row,) = self_contradictions(RELATIONS).to_dict("records")
    assert (row["source_id"], row["claim_a"], row["claim_b"], row["rule"]) == (
        "a",
        "a.c2",
        "a.c3",
        "presence-different",
    )


PARTS = {
    "wave": {"counted": "people", "time": "1987/1991", "place": ""},
    "days": {"counted": "people", "time": "1988-11-22/1988-11-24", "place": ""},
    "later": {"counted": "people", "time": "1992", "place": ""},
    "houses": {"counted": "houses", "time": "1987/1991", "place": ""},
    "north": {"counted": "people", "time": "", "place": "the north"},
}


class TestScopeParts:
    @pytest.mark.parametrize(
        ("a", "b", "order"),
        [
            ("days", "wave", -1),
            ("wave", "days", 1),
            ("wave", "later", None),
            ("wave", "houses", None),
            ("days", "north", None),
            ("wave", "unlisted", None),
            ("", "wave", 0),
        ],
    )
    def test_what_lies_within_what(self, a, b, order):
        assert scope_order(a, b, {}, PARTS, ComparisonPolicy()) == order

    def test_a_declared_broader_scope_goes_first(self):
        assert scope_order("houses", "wave", {"houses": "wave"}, PARTS, ComparisonPolicy()) == -1

    def test_the_parts_that_differ_are_named(self):
        assert (
            describe_scope_difference("wave", "houses", PARTS)
            == " They differ in what is counted or dated (“people”, “houses”)."
        )
        assert describe_scope_difference("days", "north", PARTS) == (
            " They differ in when (“22–24 November 1988”, not limited) and in where (not limited, “the north”)."
        )
        assert describe_scope_difference("wave", "unlisted", PARTS) == ""

    def test_a_part_by_its_time_cannot_exceed_the_whole(self):
        one, other = Claim("300", scope="days"), Claim("200", scope="wave")
        found = relate(one, other, kind="quantity", authority=Authority(scope_parts=PARTS))
        assert (found.relation, found.rule) == ("contradict", "scope-part")

"""Two claims at a time, each with the relation, the rule and the reason worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from snapshot import Snapshot

from sourcebook.analysis import relations
from sourcebook.analysis.relations import (
    DEFAULT_POLICY,
    RULES,
    Authority,
    Claim,
    ComparisonPolicy,
    Proposition,
    differences,
    relate,
    relate_all,
)
from sourcebook.analysis.relations.term_rules import broader_of, describe_word_difference
from sourcebook.core import vocabularies
from sourcebook.core.errors import DataError, ParseError
from sourcebook.parsing import dates, quantities
from sourcebook.parsing.dates import parse_edtf
from sourcebook.parsing.quantities import parse_notation

SCOPES = {"delegates": "participants", "ministers": "delegates", "participants": ""}
AUTHORITY = Authority(broader={"government": "state"}, broader_scopes=SCOPES)


def claim(value, *, scope="", entity="", modality="asserts"):
    return Claim(value, scope=scope, entity_id=entity, modality=modality)


def question(kind, *, cardinality="one", time_type="instant"):
    return Proposition(kind, cardinality, time_type)


def related(a, b, kind, *, cardinality="one", time_type="instant", policy=None, broader=None):
    a, b = (c if isinstance(c, Claim) else claim(c) for c in (a, b))
    found = relate(
        a,
        b,
        question(kind, cardinality=cardinality, time_type=time_type),
        authority=Authority(broader=broader or {}, broader_scopes=SCOPES, entity_names={"hill": "The Hill"}),
        policy=policy or ComparisonPolicy(),
    )
    return found.relation, found.rule, found.reason


REASONS = Snapshot("reasons")


@pytest.fixture(scope="module", autouse=True)
def _reasons():
    yield
    REASONS.close()


def worded(a, b, kind, **options):
    """Return relation and rule, after a comparison of the reason with the snapshot."""
    relation, rule, reason = related(a, b, kind, **options)
    case = ", ".join([repr(a), repr(b), kind, *(f"{name}={value}" for name, value in options.items())])
    REASONS.check(case, reason)
    return relation, rule


class TestQuantities:
    @pytest.mark.parametrize(
        ("a", "b", "relation", "rule"),
        [
            ("51", "51", "agree", "quantity-same"),
            ("51", "51..51", "agree", "quantity-same"),
            ("?", "?", "not-comparable", "quantity-unstated"),
            ("10000s", "100000s", "contradict", "quantity-different"),
            (">100", ">200", "compatible", "quantity-share"),
            (">=216", ">200", "compatible", "quantity-share"),
            ("<=50", "50..80", "compatible", "quantity-share"),
            (">100", "<200", "compatible", "quantity-share"),
            ("?", ">1000", "compatible", "quantity-share"),
            ("100s", ">500", "compatible", "quantity-share"),
            ("~460", "500", "compatible", "quantity-share"),
            ("51", "44", "contradict", "quantity-different"),
            ("?", "0", "contradict", "quantity-different"),
            ("<100", "-5", "contradict", "quantity-different"),
            ("~0", "1", "contradict", "quantity-different"),
            ("<~100", "100", "contradict", "quantity-different"),
        ],
    )
    def test_pairs(self, a, b, relation, rule):
        assert worded(a, b, "quantity") == (relation, rule)

    def test_numbers_below_zero_have_no_floor(self):
        assert worded("<-5", "<=-10", "quantity") == ("compatible", "quantity-share")

    def test_assumptions_decide_about_approximate_numbers(self):
        wide = ComparisonPolicy(about_width=0.5)
        assert related("~100", "140", "quantity")[0] == "contradict"
        assert related("~100", "140", "quantity", policy=wide)[0] == "compatible"


class TestDates:
    @pytest.mark.parametrize(
        ("a", "b", "relation", "rule"),
        [
            ("1989", "1989", "agree", "date-same"),
            ("1988", "1988-01/1988-12", "agree", "date-same"),
            ("XXXX-12-05", "XXXX-12-05", "agree", "date-same"),
            ("1988", "1988?", "compatible", "date-marked"),
            ("1987-24", "1987-01", "contradict", "date-different"),
            ("0001", "0476", "contradict", "date-different"),
            ("1987/1991", "1988-11", "compatible", "date-share"),
            ("1987/1989", "1989/1991", "compatible", "date-share"),
            ("1987/..", "../1989", "compatible", "date-share"),
            ("1987/..", "1989/..", "compatible", "date-share"),
            ("XXXX-12-05", "2024-12-05/2024-12-06", "compatible", "date-share"),
            ("XXXX-12-05", "2024-12-05", "compatible", "date-share"),
            ("XXXX-12-05", "XXXX-12-06", "contradict", "date-different"),
            ("XXXX-12-05", "2024-11", "contradict", "date-different"),
            ("XXXX", "1988", "compatible", "date-share"),
            ("1988~", "1989", "compatible", "date-share"),
            ("1988-11~", "1989", "contradict", "date-different"),
        ],
    )
    def test_instants(self, a, b, relation, rule):
        assert worded(a, b, "date", time_type="instant") == (relation, rule)

    def test_the_reading_of_the_year_that_ends_a_period_is_said_where_there_is_one(self):
        read = "The year that ends a period is read as"
        policy = ComparisonPolicy(end_years="exclusive")
        found = worded("1918/1921", "1921-05", "date", time_type="instant", policy=policy)
        assert found == ("contradict", "date-different")
        assert read in related("1918/1921", "1921-05", "date", time_type="instant", policy=policy)[2]
        for time_type in ("instant", "interval"):
            for open_end in ("1918/", "1918/..", "1918-01/1921-05", "1921-05-02"):
                assert read not in related(open_end, "1921-05", "date", time_type=time_type, policy=policy)[2]

    def test_policy_may_add_nothing_to_approximate_dates(self):
        policy = ComparisonPolicy(approximate_dates=0)
        assert worded("1988~", "1989", "date", policy=policy) == ("contradict", "date-different")
        assert related("1988~", "1988", "date", policy=policy)[:2] == ("compatible", "date-marked")

    @pytest.mark.parametrize(
        ("a", "b", "relation", "rule"),
        [
            ("1987/1991", "1987/1991", "agree", "interval-same"),
            ("1987/1989", "1987/1991", "contradict", "interval-different"),
            ("1918/1920", "1987/1991", "contradict", "interval-different"),
            ("1987/", "1987/1991", "compatible", "interval-share"),
            ("1987/..", "1987/", "compatible", "interval-share"),
            ("1988/", "1987/1991", "contradict", "interval-different"),
            ("1987-11/1991", "1987/1991", "compatible", "interval-share"),
            ("19XX", "1987/1991", "compatible", "interval-share"),
            ("1988", "1987/1991", "contradict", "interval-different"),
            ("../1988", "1989/", "contradict", "interval-different"),
            ("../..", "1987/", "compatible", "interval-share"),
            ("1987~/1991", "1987/1991", "compatible", "interval-share"),
        ],
    )
    def test_intervals(self, a, b, relation, rule):
        assert worded(a, b, "date", time_type="interval") == (relation, rule)

    def test_intervals_without_years_are_compared_by_day_and_month(self):
        assert related("XXXX-12-05/XXXX-12-06", "XXXX-11-22/XXXX-11-24", "date", time_type="interval")[0] == (
            "contradict"
        )
        assert related("XXXX-12-05/XXXX-12-06", "2024-12-05/2024-12-06", "date", time_type="interval")[0] == (
            "compatible"
        )
        found = worded("XXXX-12-05/XXXX-12-06", "2024-12-05/2024-12-07", "date", time_type="interval")
        assert found == ("contradict", "interval-different")

    def test_the_kind_of_dating_decides(self):
        assert related("1987/1989", "1987/1991", "date", time_type="instant")[0] == "compatible"
        assert related("1987/1989", "1987/1991", "date", time_type="interval")[0] == "contradict"


class TestWords:
    def test_terms(self):
        broader = {"government": "state", "ministry": "government"}
        assert related("state", "state", "category")[:2] == ("agree", "term-same")
        assert worded("ministry", "state", "category", broader=broader) == ("compatible", "term-broader")
        assert worded("state", "army", "category", broader=broader) == ("contradict", "term-different")
        assert worded("state", "army", "category", cardinality="many") == ("compatible", "term-list")

    @pytest.mark.parametrize(
        ("a", "b", "kind", "time_type", "rule"),
        [
            ("393", "647", "quantity", "instant", "quantity"),
            (">900", "~640", "quantity", "instant", "quantity"),
            ("10..20", "<10", "quantity", "instant", "quantity"),
            ("2023-01", "1971", "date", "instant", "date"),
            ("1988-11-22", "1988-11-23", "date", "instant", "date"),
            ("1918/1920", "1921/1922", "date", "interval", "interval"),
        ],
    )
    def test_two_quantities_or_dates_that_can_both_be_right(self, a, b, kind, time_type, rule):
        assert related(a, b, kind, time_type=time_type)[:2] == ("contradict", f"{rule}-different")
        for x, y in ((a, b), (b, a)):
            found = related(x, y, kind, time_type=time_type, cardinality="many")
            assert found[:2] == ("compatible", f"{rule}-list")
            assert found[2].endswith("; both can be right.")
        assert related(a, a, kind, time_type=time_type, cardinality="many")[0] == "agree"

    def test_names(self):
        one, other = claim("West Hill", entity="hill"), claim("Western Hill", entity="hill")
        assert worded(one, other, "name") == ("variant", "name-variant")
        assert worded("Café Noir", "café  noir!", "name") == ("agree", "name-same")
        assert related("Café", "Cafe\u0301", "name")[:2] == ("agree", "name-same")
        assert related("A", "B", "name", cardinality="many")[:2] == ("compatible", "name-list")
        assert worded("First Return", "Return", "name") == ("contradict", "name-different")

    def test_one_name_of_two_entities_is_two_answers(self):
        a, b = claim("The Hill", entity="hill"), claim("the hill", entity="other")
        assert worded(a, b, "name") == ("contradict", "name-entities")
        assert worded(a, b, "name", cardinality="many") == ("compatible", "name-list")
        assert related(a, claim("the hill"), "name")[:2] == ("agree", "name-same")

    def test_names_without_an_entity_are_no_variants(self):
        assert related("West Hill", "Western Hill", "name")[1] == "name-different"

    def test_names_of_signs_only_differ(self):
        assert related("!!", "??", "name")[0] == "contradict"

    @pytest.mark.parametrize(
        ("a", "b"),
        [
            ("the right to the land", "the right to land"),
            ("the right to land", "the right to the land"),
            ("North and South", "South and North"),
            ("Refugee Society", "Refugees' Society"),
            ("International Conference", "Second International Conference on Return"),
        ],
    )
    def test_which_words_differ(self, a, b):
        REASONS.check(f"words: {a!r}, {b!r}", describe_word_difference(a, b))

    def test_presence(self):
        assert worded("yes", "yes", "presence") == ("agree", "presence-same")
        assert worded("yes", "no", "presence") == ("contradict", "presence-different")


class TestScopeAndModality:
    def test_a_part_cannot_exceed_its_whole(self):
        part, whole = claim(">100", scope="delegates"), claim(">200", scope="participants")
        assert related(part, whole, "quantity")[:2] == ("compatible", "scope-part")
        too_many = claim("300", scope="delegates"), claim("200", scope="participants")
        assert worded(*too_many, "quantity") == ("contradict", "scope-part")
        too_few = claim("200", scope="participants"), claim("300", scope="ministers")
        assert worded(*too_few, "quantity") == ("contradict", "scope-part")

    def test_a_part_that_is_the_whole_is_possible(self):
        part = claim("200", scope="delegates")
        assert related(part, claim("200", scope="participants"), "quantity")[0] == "compatible"
        assert related(part, claim("<200", scope="participants"), "quantity")[0] == "contradict"

    def test_policy_can_treat_related_scopes_as_one(self):
        policy = ComparisonPolicy(related_scopes_are_one=True)
        part, whole = claim("300", scope="delegates"), claim("300", scope="participants")
        assert related(part, whole, "quantity", policy=policy)[:2] == ("agree", "quantity-same")

    def test_what_a_policy_takes_for_one_is_said(self):
        a, b = claim("5", scope="delegates"), claim("6", scope="participants")
        policy = ComparisonPolicy(related_scopes_are_one=True, demands_are_separate=False)
        assert worded(a, b, "quantity", policy=policy) == ("contradict", "quantity-different")
        demand = claim("5", modality="demands")
        assert worded(demand, "5", "quantity", policy=policy) == ("agree", "quantity-same")

    def test_unrelated_scopes_are_not_comparable(self):
        a, b = claim("1", scope="delegates"), claim("2", scope="states")
        assert worded(a, b, "quantity") == ("not-comparable", "scope")

    def test_part_and_whole_count_only_for_quantities(self):
        a, b = claim("1988", scope="delegates"), claim("1989", scope="participants")
        assert related(a, b, "date")[:2] == ("not-comparable", "scope")

    def test_an_empty_scope_compares_with_every_scope(self):
        assert related(claim("1"), claim("2", scope="delegates"), "quantity")[1] == "quantity-different"

    def test_demands_and_statements_are_not_comparable(self):
        demand = claim("yes", modality="demands")
        assert related(demand, "yes", "presence")[:2] == ("not-comparable", "modality")
        assert related(demand, claim("no", modality="demands"), "presence")[0] == "contradict"


def frame(rows, columns):
    return pd.DataFrame(rows, columns=columns, dtype="str")


CLAIMS = frame(
    [
        ("a.c1", "a", "how-many", ">100", "delegates", "", "asserts"),
        ("a.c2", "a", "when", "1988", "", "", "asserts"),
        ("b.c1", "b", "how-many", ">200", "participants", "", "asserts"),
        ("b.c2", "b", "when", "1989", "", "", "asserts"),
        ("a.c3", "a", "when", "1988", "", "", "reports"),
    ],
    ["claim_id", "source_id", "proposition_id", "value", "scope", "entity_id", "modality"],
)
PROPOSITIONS = frame(
    [("how-many", "quantity", "one", ""), ("when", "date", "one", "instant")],
    ["proposition_id", "kind", "cardinality", "time_type"],
)
CODEBOOK = frame(
    [
        ("scope", "delegates", "participants"),
        ("scope", "participants", ""),
        # The same words in another list, and the other way round: the lists are kept apart.
        ("category", "participants", "delegates"),
        ("category", "delegates", ""),
    ],
    ["vocabulary", "term", "broader"],
)


class TestFrames:
    def test_each_pair_once_in_the_order_of_the_claims(self):
        found = relate_all(CLAIMS, PROPOSITIONS, CODEBOOK)
        shown = found[["proposition_id", "claim_a", "claim_b", "source_a", "source_b", "relation", "rule"]]
        assert shown.to_numpy().tolist() == [
            ["how-many", "a.c1", "b.c1", "a", "b", "compatible", "scope-part"],
            ["when", "a.c2", "b.c2", "a", "b", "contradict", "date-different"],
            ["when", "a.c2", "a.c3", "a", "a", "agree", "date-same"],
            ["when", "b.c2", "a.c3", "b", "a", "contradict", "date-different"],
        ]
        assert found.loc[0, "reason"].startswith("“delegates” is part of “participants”")

    def test_missing_cells_are_empty_ones(self):
        holes = CLAIMS.astype(object).replace("", None)
        codebook = CODEBOOK.astype(object).replace("", float("nan"))
        questions = PROPOSITIONS.astype(object).replace("", None)
        found = relate_all(holes, questions, codebook)
        pd.testing.assert_frame_equal(found, relate_all(CLAIMS, PROPOSITIONS, CODEBOOK))

    def test_what_cannot_be_related_is_reported_together(self):
        claims = CLAIMS.assign(
            value=["100-200", "summer 1988", ">200", "", "1988"],
            proposition_id=[*["how-many", "when"] * 2, "why"],
        )
        with pytest.raises(DataError) as caught:
            relate_all(claims, PROPOSITIONS, CODEBOOK)
        problems = [(p.line, p.column, p.found) for p in caught.value.problems]
        assert problems == [
            (2, "value", "'100-200' in claim 'a.c1'"),
            (3, "value", "'summer 1988' in claim 'a.c2'"),
            (5, "value", "'' in claim 'b.c2'"),
            (6, "proposition_id", "'why'"),
        ]
        with pytest.raises(DataError, match="expected yes or no, found 'Yes' in claim"):
            relate_all(claims.iloc[:1].assign(value="Yes"), PROPOSITIONS.assign(kind="presence"), CODEBOOK)
        with pytest.raises(DataError, match="one of the kinds quantity, date"):
            relate_all(CLAIMS, PROPOSITIONS.assign(kind="number"), CODEBOOK)
        with pytest.raises(DataError, match=r"expected one of asserts, .*found 'asks'"):
            relate_all(CLAIMS.assign(modality="asks"), PROPOSITIONS, CODEBOOK)
        with pytest.raises(DataError, match=r"basis.*expected one of stated, .*found 'guessed'"):
            relate_all(CLAIMS.assign(basis="guessed"), PROPOSITIONS, CODEBOOK)
        with pytest.raises(ValueError, match="kind: expected one of quantity, date"):
            related("1", "1", "number")

    def test_inputs_stay_as_they_are(self):
        before = CLAIMS.copy(deep=True)
        relate_all(CLAIMS, PROPOSITIONS, CODEBOOK)
        pd.testing.assert_frame_equal(CLAIMS, before)

    def test_no_claims_no_pairs(self):
        found = relate_all(CLAIMS.iloc[:0], PROPOSITIONS, CODEBOOK)
        assert found.empty
        assert "reason" in found
        assert differences(found).empty

    def test_a_circle_of_scopes_is_refused(self):
        circle = frame(
            [("scope", "a", "b"), ("scope", "b", "a"), ("scope", "c", "a")], ["vocabulary", "term", "broader"]
        )
        with pytest.raises(DataError, match="2 problems") as caught:
            relate_all(CLAIMS, PROPOSITIONS, circle)
        assert [p.line for p in caught.value.problems] == [2, 3]

    def test_differences_contradictions_first(self):
        found = differences(relate_all(CLAIMS, PROPOSITIONS, CODEBOOK))
        assert found["relation"].tolist() == ["contradict", "contradict", "compatible"]
        assert found["same_source"].tolist() == [False, False, False]

    def test_broader_terms_end_in_a_circle(self):
        assert broader_of("a", {"a": "b", "b": "a"}) == ["b", "a"]


numbers = st.integers(min_value=0, max_value=10**6)
amounts = st.one_of(
    st.builds("{}{}".format, st.sampled_from(["", ">", ">=", "<=", "~"]), numbers),
    st.builds("{}{}".format, st.sampled_from(["<~", ">~", "<"]), st.integers(1, 10**6)),
    st.builds(lambda a, b: f"{min(a, b)}..{max(a, b)}", numbers, numbers),
    st.sampled_from(["?", "10s", "100s", "1000s", "100000s"]),
)
days = st.one_of(
    st.builds("{:04d}".format, st.integers(1980, 1995)),
    st.builds("{:04d}-{:02d}".format, st.integers(1980, 1995), st.integers(1, 12)),
    st.builds("{:04d}-{:02d}-{:02d}".format, st.integers(1980, 1995), st.integers(1, 12), st.integers(1, 28)),
)
ordered = st.tuples(days, days).filter(lambda d: parse_edtf(d[0]).earliest <= parse_edtf(d[1]).latest)
edtf = st.one_of(
    days,
    days.map("{}~".format),
    ordered.map("/".join),
    days.map("{}/".format),
    days.map("{}/..".format),
    days.map("../{}".format),
    st.sampled_from(
        ["XXXX", "XXXX-12-05", "XXXX-11", "19XX", "198X", "[1987,1989]", "XXXX-12-05/XXXX-12-06"]
    ),
)
words = st.lists(st.sampled_from(["West", "Western", "the", "of", "Return", "to"]), min_size=1, max_size=5)
names = words.map(" ".join)
claims_of = {
    "quantity": amounts,
    "date": edtf,
    "name": names,
    "category": st.sampled_from(["state", "government", "army"]),
    "presence": st.sampled_from(["yes", "no"]),
}


@st.composite
def pairs(draw):
    kind = draw(st.sampled_from(list(vocabularies.CLAIM_KINDS)))
    sides = [
        claim(
            draw(claims_of[kind]),
            scope=draw(st.sampled_from(["", "delegates", "participants", "ministers", "other"])),
            entity=draw(st.sampled_from(["", "x", "y"])),
            modality=draw(st.sampled_from(list(vocabularies.MODALITIES))),
        )
        for _ in range(2)
    ]
    asked = question(
        kind,
        cardinality=draw(st.sampled_from(["one", "many"])),
        time_type=draw(st.sampled_from(["instant", "interval"])),
    )
    return (*sides, asked)


class TestProperties:
    @given(pairs())
    def test_symmetric_and_known(self, drawn):
        a, b, asked = drawn
        one, other = (relate(x, y, asked, authority=AUTHORITY) for x, y in ((a, b), (b, a)))
        assert (one.relation, one.rule) == (other.relation, other.rule)
        assert one.relation in vocabularies.RELATIONS
        assert one.rule in RULES
        assert one.reason.endswith(".")

    @given(pairs())
    def test_every_claim_agrees_with_itself(self, drawn):
        a, _, asked = drawn
        unstated = asked.kind == "quantity" and a.value == "?"
        expected = "not-comparable" if unstated else "agree"
        assert relate(a, a, asked, authority=AUTHORITY).relation == expected

    @given(amounts, amounts)
    def test_a_quantity_never_contradicts_one_that_contains_it(self, a, b):
        relation = related(a, b, "quantity")[0]
        if a == b == "?":
            assert relation == "not-comparable"
        elif quantities.contains(parse_notation(a), parse_notation(b)):
            assert relation in ("agree", "compatible")
        if relation == "agree":
            assert quantities.contains(parse_notation(a), parse_notation(b))

    @given(edtf, edtf)
    def test_a_date_never_contradicts_one_that_contains_it(self, a, b):
        if dates.contains(parse_edtf(a), parse_edtf(b)):
            assert related(a, b, "date")[0] in ("agree", "compatible")

    @given(ordered, st.sampled_from(["{}/", "{}/.."]))
    def test_a_start_alone_never_contradicts_the_whole_period(self, ends, form):
        start = form.format(ends[0])
        assert related(start, "/".join(ends), "date", time_type="interval")[0] == "compatible"

    @given(edtf, edtf)
    def test_periods_that_agree_also_share_a_day(self, a, b):
        if related(a, b, "date", time_type="interval")[0] == "agree":
            assert related(a, b, "date", time_type="instant")[0] == "agree"

    @given(amounts, amounts, amounts)
    def test_more_in_the_whole_or_less_in_the_part_never_makes_a_contradiction(self, part, whole, other):
        def fits(p, w):
            found = related(claim(p, scope="delegates"), claim(w, scope="participants"), "quantity")
            assert found[1] == "scope-part"
            return found[0] == "compatible"

        parsed = {text: parse_notation(text) for text in (part, whole, other)}
        if not fits(part, whole):
            return
        if parsed[other].upper > parsed[whole].upper:
            assert fits(part, other)
        if parsed[other].lower < parsed[part].lower:
            assert fits(other, whole)

    @given(names, names)
    def test_the_words_that_differ_are_named_the_same_way_from_both_sides(self, a, b):
        swapped = {"first": "second", "second": "first"}
        one, other = describe_word_difference(a, b), describe_word_difference(b, a)
        if " against " not in one:
            turned = {
                " ".join(swapped.get(w.strip(","), w.strip(",")) for w in p.split()) for p in one.split(", ")
            }
            assert turned == set(other.split(", "))


#: Policies from narrow to wide: each reads at least as much into the words as the one before.
WIDER = [
    (ComparisonPolicy(about_width=0.05), ComparisonPolicy()),
    (ComparisonPolicy(), ComparisonPolicy(about_width=0.25)),
    (ComparisonPolicy(), ComparisonPolicy(vague_low=1.0)),
    (ComparisonPolicy(vague_high=10.0), ComparisonPolicy(vague_high=20.0)),
    (ComparisonPolicy(vague_high=10.0), ComparisonPolicy()),
    (ComparisonPolicy(approximate_dates=0), ComparisonPolicy()),
    (ComparisonPolicy(), ComparisonPolicy(approximate_dates=5)),
    (ComparisonPolicy(), ComparisonPolicy(end_years="either")),
    (ComparisonPolicy(end_years="exclusive"), ComparisonPolicy(end_years="either")),
]


class TestRulesAsLogic:
    """What must hold of every rule, whatever the values."""

    @given(pairs(), st.sampled_from(WIDER))
    def test_reading_the_words_more_widely_never_makes_a_contradiction(self, drawn, policies):
        a, b, asked = drawn
        narrow, wide = (relate(a, b, asked, authority=AUTHORITY, policy=p).relation for p in policies)
        if narrow in ("agree", "compatible"):
            assert wide in ("agree", "compatible")
        if narrow == "not-comparable":
            assert wide == "not-comparable"

    @given(amounts, amounts)
    def test_quantities_agree_when_and_only_when_their_bounds_are_equal(self, a, b):
        first, second = parse_notation(a), parse_notation(b)
        bounds = [(q.lower, q.upper, q.lower_closed, q.upper_closed) for q in (first, second)]
        stated = (a, b) != ("?", "?")
        assert (related(a, b, "quantity")[0] == "agree") == (stated and bounds[0] == bounds[1])

    @given(edtf, edtf)
    def test_dates_that_agree_have_equal_bounds(self, a, b):
        for time_type in ("instant", "interval"):
            if related(a, b, "date", time_type=time_type)[0] == "agree":
                first, second = parse_edtf(a), parse_edtf(b)
                assert (first.earliest, first.latest) == (second.earliest, second.latest)

    @given(amounts, amounts, amounts)
    def test_what_contradicts_a_quantity_contradicts_every_narrower_one(self, a, b, narrower):
        wide, narrow = parse_notation(a), parse_notation(narrower)
        if quantities.contains(wide, narrow) and related(a, b, "quantity")[0] == "contradict":
            assert related(narrower, b, "quantity")[0] == "contradict"

    @given(edtf, edtf, edtf)
    def test_what_contradicts_a_date_contradicts_every_narrower_one(self, a, b, narrower):
        """Narrower as the rules read it: 1980-01~ reaches a month further than 1980-01."""
        wide, narrow = (parse_edtf(text, reading=DEFAULT_POLICY.dates) for text in (a, narrower))
        if dates.contains(wide, narrow) and related(a, b, "date")[0] == "contradict":
            assert related(narrower, b, "date")[0] == "contradict"

    @given(st.sampled_from(["instant", "interval"]), days, days)
    def test_a_date_within_another_is_compatible_with_it(self, time_type, day, other):
        both = sorted((day, other), key=lambda d: parse_edtf(d).earliest)
        if parse_edtf(both[0]).earliest <= parse_edtf(both[1]).latest:
            span = "/".join(both)
            assert related(span, span, "date", time_type=time_type)[0] == "agree"
            assert related(span, day, "date", time_type="instant")[0] in ("agree", "compatible")

    @given(edtf, edtf)
    def test_allen_of_the_swapped_pair_is_the_inverse(self, a, b):
        for time_type in ("instant", "interval"):
            one, other = (
                relate(claim(x), claim(y), question("date", time_type=time_type)).allen
                for x, y in ((a, b), (b, a))
            )
            named = {dates.inverse(name) for name in one.split(";") if name}
            assert named == {name for name in other.split(";") if name}

    @given(pairs(), st.sampled_from(["delegates", "participants"]))
    def test_other_scopes_are_not_comparable_whatever_the_values(self, drawn, scope):
        a, b, asked = drawn
        found = relate(replace(a, scope=scope), replace(b, scope="states"), asked, authority=AUTHORITY)
        assert found.relation == "not-comparable"
        assert found.rule in ("scope", "modality")

    @given(pairs())
    def test_inferred_answers_can_be_set_aside(self, drawn):
        a, b, asked = drawn
        policy = ComparisonPolicy(inferred_count=False)
        found = relate(replace(a, basis="inferred"), b, asked, authority=AUTHORITY, policy=policy)
        assert (found.relation, found.rule) == ("not-comparable", "inferred")

    @given(st.sampled_from(["state", "government", "army"]), st.sampled_from(["state", "government", "army"]))
    def test_a_broader_term_never_contradicts_a_narrower_one(self, a, b):
        for cardinality in vocabularies.CARDINALITIES:
            relation = related(a, b, "category", cardinality=cardinality, broader={"government": "state"})[0]
            if {a, b} == {"state", "government"}:
                assert relation == "compatible"
            if cardinality == "many":
                assert relation != "contradict"

    @settings(max_examples=50)
    @given(
        st.lists(
            st.tuples(amounts, st.sampled_from(["", "delegates", "participants"])), min_size=2, max_size=8
        )
    )
    def test_many_claims_relate_as_each_pair_of_them_does(self, drawn):
        claims = frame(
            [(f"s{n}.c1", f"s{n}", "how-many", v, s, "", "asserts") for n, (v, s) in enumerate(drawn)],
            list(CLAIMS.columns),
        )
        found = relate_all(claims, PROPOSITIONS, CODEBOOK)
        for row in found.to_dict("records"):
            (v, s), (w, t) = (drawn[int(row[c].split(".")[0][1:])] for c in ("claim_a", "claim_b"))
            single = relate(claim(v, scope=s), claim(w, scope=t), question("quantity"),
                            authority=Authority(broader_scopes={"delegates": "participants"}))  # fmt: skip
            assert (row["relation"], row["rule"], row["reason"]) == (
                single.relation,
                single.rule,
                single.reason,
            )


class TestRecords:
    @pytest.mark.parametrize(
        ("kind", "a", "b", "relation"),
        [
            ("quantity", "~640", "~900", "contradict"),
            ("date", "1987/1991", "1988-11", "compatible"),
            ("category", "state", "army", "contradict"),
            ("name", "West Hill", "west hill", "agree"),
            ("presence", "yes", "no", "contradict"),
        ],
    )
    def test_two_values_and_a_kind_are_enough(self, kind, a, b, relation):
        assert relate(a, b, kind=kind).relation == relation
        assert relate(a, b, kind=kind) == relate(Claim(a), Claim(b), Proposition(kind))

    def test_records_are_printed_as_the_call_that_makes_them(self):
        for record in (
            Claim("5", modality="demands"),
            Proposition("name", "many"),
            relate("1988", "1989", kind="date"),
        ):
            assert eval(repr(record), vars(relations)) == record
        assert repr(Claim("5")) == "Claim(value='5')"

    @pytest.mark.parametrize(
        ("error", "words", "make"),
        [
            (TypeError, "value: expected text, found int", lambda: Claim(5)),
            (TypeError, "scope: expected text, found int", lambda: Claim("5", scope=5)),
            (TypeError, "entity_id: expected text, found NoneType", lambda: Claim("5", entity_id=None)),
            (TypeError, "modality: expected text, found list", lambda: Claim("5", modality=["asserts"])),
            (TypeError, "kind: expected text, found list", lambda: Proposition(["name"])),
            (TypeError, "kind: expected text, found list", lambda: relate("1", "2", kind=["name"])),
            (
                TypeError,
                "policy: expected a ComparisonPolicy, found NoneType",
                lambda: relate("1", "2", kind="quantity", policy=None),
            ),
            (
                TypeError,
                "authority: expected an Authority, found dict",
                lambda: relate("1", "2", kind="quantity", authority={}),
            ),
            (TypeError, "broader: expected a Mapping, found list", lambda: Authority(broader=[])),
            (TypeError, "about_width: expected a number", lambda: ComparisonPolicy(about_width="0.1")),
            (TypeError, "about_width: expected a number", lambda: ComparisonPolicy(about_width=True)),
            (TypeError, "inferred_count: expected True or", lambda: ComparisonPolicy(inferred_count="no")),
            (
                TypeError,
                "approximate_dates: expected a whole",
                lambda: ComparisonPolicy(approximate_dates=1.5),
            ),
            (TypeError, "end_years: expected text", lambda: ComparisonPolicy(end_years=None)),
            (ValueError, "least_quantity: .*nan", lambda: ComparisonPolicy(least_quantity=float("nan"))),
            (ValueError, "about_width: expected a share", lambda: ComparisonPolicy(about_width=2)),
            (ValueError, "approximate_dates: expected 0", lambda: ComparisonPolicy(approximate_dates=-1)),
            (ValueError, "end_years: expected one of", lambda: ComparisonPolicy(end_years="never")),
            (
                TypeError,
                "second: expected a Claim, text or a number, found dict",
                lambda: relate("1", {}, kind="quantity"),
            ),
            (TypeError, "expected a Proposition, or a kind", lambda: relate("1", "2")),
            (TypeError, "found str", lambda: relate("1", "2", "quantity")),
            (TypeError, "or a kind", lambda: relate("1", "2", Proposition("date"), kind="date")),
            (ValueError, "kind: expected one of quantity, date", lambda: Proposition("amount")),
            (ValueError, "cardinality: expected one of one, many", lambda: Proposition("name", "some")),
            (
                ValueError,
                "time_type: expected one of instant, interval",
                lambda: Proposition("date", time_type="x"),
            ),
            (ValueError, "modality: expected one of asserts", lambda: Claim("5", modality="asks")),
            (ValueError, "basis: expected one of stated", lambda: Claim("5", basis="guessed")),
            (
                ValueError,
                "value: expected yes or no, found 'perhaps'",
                lambda: relate("yes", "perhaps", kind="presence"),
            ),
            (ParseError, "many", lambda: relate("many", "5", kind="quantity")),
        ],
    )
    def test_what_is_wrong_is_named(self, error, words, make):
        with pytest.raises(error, match=words):
            make()


NO_CHANGES = pd.DataFrame(
    columns=["assumption", "setting", "proposition_id", "baseline_relation", "alternative_relation"]
)


@pytest.mark.parametrize(
    "use",
    [
        lambda policy, *tables: relate_all(*tables, policy=policy),
        lambda policy, *tables: relations.find_relation_changes(*tables, policy=policy),
        lambda policy, *tables: relations.assumption_table(NO_CHANGES, policy=policy),
    ],
)
@pytest.mark.parametrize("policy", [None, "strict", {}])
def test_what_takes_a_policy_names_one_that_is_none(use, policy):
    claims = pd.DataFrame(columns=["claim_id", "source_id", "proposition_id", "value", "scope", "modality"])
    questions = pd.DataFrame(columns=["proposition_id", "kind", "cardinality", "time_type"])
    codebook = pd.DataFrame(columns=["vocabulary", "term", "broader"])
    with pytest.raises(TypeError, match="policy: expected a ComparisonPolicy"):
        use(policy, claims.assign(entity_id=""), questions, codebook)


def test_reasons_call_terms_and_scopes_by_their_labels():
    codebook = pd.DataFrame(
        [
            ("category", "renamed-body", "a renamed body", ""),
            ("category", "legal-successor", "a legal successor", ""),
            ("scope", "three-days", "three days of it", "whole-wave"),
            ("scope", "whole-wave", "the whole wave", ""),
        ],
        columns=["vocabulary", "term", "label", "broader"],
    )
    questions = pd.DataFrame(
        [("how", "category", "one", ""), ("many", "quantity", "one", "")],
        columns=["proposition_id", "kind", "cardinality", "time_type"],
    )
    claims = pd.DataFrame(
        [
            ("a.c1", "a", "how", "renamed-body", "", "", "asserts"),
            ("b.c1", "b", "how", "legal-successor", "", "", "asserts"),
            ("a.c2", "a", "many", "300", "three-days", "", "asserts"),
            ("b.c2", "b", "many", "200", "whole-wave", "", "asserts"),
        ],
        columns=["claim_id", "source_id", "proposition_id", "value", "scope", "entity_id", "modality"],
    )
    assert list(relate_all(claims, questions, codebook)["reason"]) == [
        "“a renamed body” and “a legal successor” exclude each other.",
        "“three days of it” is part of “the whole wave”: 300 for the part is more than 200 for the whole.",
    ]

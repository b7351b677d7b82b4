"""Named values of a small dataset, each counted by hand, and the promise that a name has one value."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from bridge import SCHEMAS
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.analysis import agreement
from sourcebook.analysis.numbers import evaluate, is_expression, number
from sourcebook.analysis.numbers.from_answers import answer_numbers, headline_numbers
from sourcebook.analysis.numbers.from_coding import coded_numbers, sentence_numbers
from sourcebook.analysis.numbers.from_law import element_numbers
from sourcebook.analysis.numbers.from_reliability import reliability_numbers
from sourcebook.analysis.numbers.named_number import NamedNumber, numbers_by_name
from sourcebook.analysis.relations import relate_all
from sourcebook.coding.answers import display_claim
from sourcebook.core import vocabularies
from sourcebook.core.errors import DataError, ParseError


def frame(rows, columns):
    return pd.DataFrame(rows, columns=columns.split(), dtype="str")


CLAIMS = frame(
    [
        ("a.c1", "a", "how-many", ">200"),
        ("b.c1", "b", "how-many", ">200"),
        ("b.c2", "b", "how-many", "150"),
        ("a.c2", "a", "when", "1987/1991"),
    ],
    "claim_id source_id proposition_id value",
).assign(scope="", entity_id="", modality="asserts", voice="author")
PROPOSITIONS = frame(
    [("how-many", "quantity", "one", ""), ("when", "date", "one", "interval")],
    "proposition_id kind cardinality time_type",
)
SOURCES = frame([("a",), ("b",)], "source_id")
LINKS = frame(
    [("a.u1", "a", "smith", "author"), ("b.u1", "b", "smith", "author"), ("b.u2", "b", "talk", "speech")],
    "link_id source_id upstream kind",
)
TABLES = {
    "sources": SOURCES,
    "claims": CLAIMS,
    "propositions": PROPOSITIONS,
    "links": LINKS,
    "terms": frame([("exile",), ("return",)], "term_id"),
    "instruments": frame([], "instrument_id"),
    "entities": frame([], "entity_id"),
    "codebook": frame(
        [("voice", "author", "the author"), ("voice", "guests", "the guests")], "vocabulary term label"
    ),
    "term_uses": frame(
        [("a.t1", "a", "exile"), ("a.t2", "a", "exile"), ("b.t1", "b", "exile")], "use_id source_id term_id"
    ),
    "mentions": frame([], "mention_id source_id entity_id"),
    "citations": frame([], "citation_id source_id instrument_id"),
    "frames": frame([("a.f1", "a", "cause", "law")], "frame_id source_id function frame"),
    "demands": frame([], "demand_id source_id addressee action"),
    "heritage": frame([], "heritage_id source_id object treatment"),
}
RELATIONS = relate_all(CLAIMS, PROPOSITIONS, frame([], "vocabulary term label broader"))
ORIGIN = agreement.origins(SOURCES, LINKS, merging=["speech"])
DERIVED = {
    "relations": RELATIONS,
    "origins": ORIGIN,
    "agreement": agreement.agreement_status(CLAIMS, RELATIONS, PROPOSITIONS),
    "corroboration": agreement.corroboration(CLAIMS, RELATIONS, ORIGIN),
    "headlines": agreement.headlines(CLAIMS, RELATIONS, ORIGIN, PROPOSITIONS),
    "origins_by_rule": agreement.origins_by_rule(SOURCES, LINKS, merging=["speech"]),
    "headlines_without_source": agreement.leave_one_out(CLAIMS, RELATIONS, ORIGIN, PROPOSITIONS),
    "headlines_without_origin": agreement.leave_one_out(CLAIMS, RELATIONS, ORIGIN, PROPOSITIONS, by="origin"),
    "silences": frame([("when", "b", "searched-absent")], "proposition_id source_id silence"),
}


def shown(rows):
    """Return display and rows behind it, by name; a name that comes twice fails."""
    listed = list(rows)
    assert len({number.name for number in listed}) == len(listed)
    return {number.name: (number.formatted, ";".join(number.evidence)) for number in listed}


class TestDisplay:
    @pytest.mark.parametrize(
        ("kind", "value", "words"),
        [
            ("quantity", ">200", "over 200"),
            ("date", "1987/1991", "1987–1991"),
            ("category", "expelled", "expelled"),
            ("name", "The Right: To Return", "The Right: To Return"),
        ],
    )
    def test_in_words(self, kind, value, words):
        assert display_claim(kind, value) == words


class TestAnswers:
    def test_claims_and_propositions(self):
        found = shown(answer_numbers(TABLES, DERIVED))
        assert found["claim.a.c1"] == ("over 200", "a.c1")
        assert found["claim.a.c2"] == ("1987–1991", "a.c2")
        behind = "a.c1;b.c1;b.c2"
        assert found["proposition.how-many.sources"] == ("2", behind)
        assert found["proposition.how-many.claims"] == ("3", behind)
        assert found["proposition.how-many.agreement_status"] == ("contradict", behind)
        assert found["proposition.how-many.contradict"] == ("1", behind)
        assert found["proposition.how-many.values"] == ("2", behind)
        assert found["proposition.how-many.values.b"] == ("2", "b.c1;b.c2")
        assert found["proposition.how-many.agreeing_sources"] == ("2", behind)
        assert found["proposition.when.agreeing_origins"] == ("1", "a.c2")

    def test_headlines_lead_to_their_claims(self):
        found = shown(headline_numbers(TABLES, DERIVED))
        assert found["headline.single_source"] == ("1", "a.c2")
        assert found["headline.shared"] == ("1", "a.c1;b.c1;b.c2")
        assert found["headline.contradict"] == ("1", "a.c1;b.c1;b.c2")
        assert found["headline.contradict.of"] == ("1", "")
        assert found["headline.contradict.substance.matters"] == ("1", "a.c1;b.c1;b.c2")
        assert found["headline.self_contradict"] == ("1", "a.c1;b.c1;b.c2")
        assert found["headline.agree"] == ("0", "")
        assert found["headline.two_origins"] == ("1", "a.c1;b.c1;b.c2")
        assert found["headline.agreed_by_two_origins"] == ("1", "a.c1;b.c1;b.c2")
        assert found["headline.shared.without_source.a"] == ("0", "")

    def test_a_relation_or_silence_that_does_not_occur_counts_zero(self):
        found = shown(headline_numbers(TABLES, DERIVED))
        # a.c1 and b.c1 agree; b.c2 stands against each of them, once inside b.
        assert [found[f"relations.{r}"][0] for r in vocabularies.RELATIONS] == ["2", "0", "0", "1", "0"]
        between = [found[f"relations.{r}.between"][0] for r in vocabularies.RELATIONS]
        assert between == ["1", "0", "0", "1", "0"]
        assert {s: found[f"silence.{s}"][0] for s in vocabularies.SILENCES} == {
            **dict.fromkeys(vocabularies.SILENCES, "0"),
            "searched-absent": "1",
        }

    def test_origins_for_each_set_of_links(self):
        found = shown(headline_numbers(TABLES, DERIVED))
        assert found["origins.count"][0] == "2"
        assert found["origins.by_author"] == ("1", "a.u1;b.u1")
        assert found["origins.by_speech"] == ("2", "b.u2")
        assert found["origins.by_all"] == ("1", "a.u1;b.u1;b.u2")


class TestCoding:
    def test_counts_by_label_and_source(self):
        found = shown(coded_numbers(TABLES, SCHEMAS))
        assert found["count.term_uses"] == ("3", "a.t1;a.t2;b.t1")
        assert found["count.term_uses.b"] == ("1", "b.t1")
        assert found["term.exile.total"] == ("3", "a.t1;a.t2;b.t1")
        assert found["term.exile.sources"] == ("2", "a.t1;b.t1")
        assert found["term.exile.a"] == ("2", "a.t1;a.t2")
        assert found["count.sources"] == ("2", "")

    def test_a_term_that_nobody_uses_counts_zero(self):
        found = shown(coded_numbers(TABLES, SCHEMAS))
        assert found["term.return.total"] == found["term.return.a"] == ("0", "")
        assert found["voice.guests.sources"] == ("0", "")
        assert found["function.remedy.total"] == ("0", "")
        assert found["modality.demands.b"] == ("0", "")

    def test_sentences_and_words(self):
        derived = {
            "coverage": frame([("a", "coded"), ("a", "uncoded"), ("b", "coded")], "source_id status"),
            "sentences": frame(
                [("a", "One two."), ("a", "Three."), ("b", "Four five six.")], "source_id text"
            ),
        }
        found = {name: display for name, (display, _) in shown(sentence_numbers(derived)).items()}
        assert found["coverage.sentences"] == "3"
        assert found["coverage.share"] == "67 %"
        assert (found["source.a.coded"], found["source.a.uncoded"], found["source.a.share"]) == (
            "1",
            "1",
            "50 %",
        )
        assert (found["source.a.words"], found["source.b.words"]) == ("3", "3")


class TestMeasures:
    def test_an_undefined_alpha_is_said_to_be_so(self):
        table = pd.DataFrame(
            {
                "variable": ["voice", "demand"],
                "alpha": [0.8149, float("nan")],
                "low": [0.5, float("nan")],
                "high": [1.0, float("nan")],
                "units": [12, 0],
                "disagreements": [3, 0],
            }
        )
        passes = frame([("first",), ("second",), ("first",)], "coder")
        found = shown(reliability_numbers({"reliability": table, "reliability_data": passes}))
        assert found["count.passes"][0] == "2"
        assert (found["alpha.voice"][0], found["alpha.voice.low"][0]) == ("0.81", "0.50")
        assert found["alpha.demand"][0] == found["alpha.demand.high"][0] == "undefined"
        assert found["alpha.voice.units"][0] == "12"

    def test_no_citation_that_states_anything(self):
        derived = {
            "element_checks": frame([], "finding citation_id"),
            "shared_passages": frame(
                [("a", "b", "verbatim", 9, 8), ("a", "c", "verbatim", 12, 7)],
                "source_a source_b kind words content_words",
            ),
        }
        assert shown(element_numbers(derived)) == {
            "shared.passages": ("2", ""),
            "shared.verbatim": ("2", ""),
            "shared.longest": ("12", ""),
            "shared.shortest": ("7", ""),
        }


letters = st.sampled_from(["x", "y"])
numbers = st.builds(NamedNumber, letters, letters, st.tuples(letters), letters)


class TestNames:
    def test_two_values_of_one_name_are_refused_with_both(self):
        one, other, two = (
            NamedNumber("n", "1", (), "rows"),
            NamedNumber("m", "1", (), "rows"),
            ("n", "2", (), "pairs"),
        )
        with pytest.raises(DataError) as caught:
            numbers_by_name([one, other, NamedNumber(*two)])
        (problem,) = caught.value.problems
        assert problem.found == "'n' again, as '2' (pairs)"
        assert problem.expected == "one value for a name; first it is '1' (rows)"

    @given(st.lists(numbers, max_size=8))
    def test_what_is_kept_has_each_name_once_and_loses_nothing(self, listed):
        try:
            kept = numbers_by_name(listed)
        except DataError:
            assert len({number.name for number in listed}) < len(set(listed))
        else:
            assert set(kept.values()) == set(listed)
            assert all(number.name == name for name, number in kept.items())

    def test_all_names_of_a_dataset_are_different(self):
        listed = [
            *answer_numbers(TABLES, DERIVED),
            *headline_numbers(TABLES, DERIVED),
            *coded_numbers(TABLES, SCHEMAS),
        ]
        assert len(numbers_by_name(listed)) == len(listed)


class TestNumbersOfAChapter:
    def test_a_number_is_printed_as_the_book_prints_numbers(self):
        assert [number("n", value, "x").formatted for value in (1428, 2.25, 3.0, True, "5 May", pd.NA)] == [
            *("1,428", "2.2", "3"),
            *("True", "5 May", "<NA>"),
        ]
        assert number("n", np.int64(12_345), " rows ", iter(["a.c1", "a.c2"])) == NamedNumber(
            "n", "12,345", ("a.c1", "a.c2"), "rows"
        )

    @pytest.mark.parametrize("name", ["", "Two words", "A", "a b", "a-", ".a", "a..b", "1a", "a - b"])
    def test_a_name_that_a_role_cannot_tell_from_an_expression_is_refused(self, name):
        if name == "a-":  # a hyphen at the end is a name: only one with a space before it is an operator
            assert number(name, 1, "x").name == name
        else:
            with pytest.raises(ValueError, match="name: expected lower-case words"):
                number(name, 1, "x")

    @pytest.mark.parametrize(
        ("value", "formatted"),
        [
            (2**53 + 1, "9,007,199,254,740,993"),
            (-0.0, "0"),
            (-0.04, "0.0"),
            (np.float64(7), "7"),
            (10**400, None),
        ],
    )
    def test_odd_values(self, value, formatted):
        assert number("n", value, "x").formatted == (formatted or f"{value:,}")

    @pytest.mark.parametrize("value", [float("nan"), float("inf"), -np.inf])
    def test_a_number_that_is_not_finite_is_refused(self, value):
        with pytest.raises(ValueError, match="value: expected a finite number"):
            number("n", value, "x")

    def test_wrong_arguments_are_named(self):
        with pytest.raises(TypeError, match="rows: expected a list of ids"):
            number("n", 1, "x", "mill.c001")
        with pytest.raises(ValueError, match="description: expected"):
            number("n", 1, None)
        with pytest.raises(ValueError, match="name: expected"):
            number(5, 1, "x")
        assert number("n", 1, "x", ["a", "a"]).evidence == ("a",)

    def test_a_number_without_a_description_is_refused(self):
        with pytest.raises(ValueError, match="description: expected what was counted"):
            number("n", 1, "  ")

    def test_jupyter_shows_text_and_keeps_the_record_for_the_book(self):
        data, metadata = number("n.m", 7, "rows", ["a.c1"])._repr_mimebundle_()
        assert data == {"text/plain": "n.m = 7 (rows)"}
        assert metadata["scrapbook"] == {"name": data["text/plain"], "mime_prefix": ""}
        assert NamedNumber(**metadata["sourcebook"]) == NamedNumber("n.m", "7", ["a.c1"], "rows")


KNOWN = {
    "a-b.c": NamedNumber("a-b.c", "1,200", ("r1", "r2"), "rows"),
    "d": NamedNumber("d", "50 %", ("r2", "r3"), "share"),
    "half": NamedNumber("half", "0.5", (), "half"),
    "zero": NamedNumber("zero", "0", (), "none"),
    "day": NamedNumber("day", "5 December 2024", (), "a date"),
    "hedged": NamedNumber("hedged", "over 200", (), "a quantity"),
}


class TestExpressions:
    @pytest.mark.parametrize(
        ("expression", "formatted"),
        [
            ("a-b.c - 200", "1,000"),
            ("a-b.c + a-b.c * 2", "3,600"),
            ("(a-b.c + a-b.c) * 2", "4,800"),
            ("a-b.c * d", "600"),
            ("a-b.c / 7", "171.4"),
            ("- a-b.c", "-1,200"),
            ("-a-b.c", "-1,200"),
            ("a-b.c * half", "600"),
            ("100 * (a-b.c / 2400)", "50"),
        ],
    )
    def test_values_computed_by_hand(self, expression, formatted):
        assert is_expression(expression)
        assert evaluate(expression, KNOWN).formatted == formatted

    def test_evidence_is_that_of_every_number_once_and_the_name_is_the_expression(self):
        found = evaluate("( a-b.c   +  d )", KNOWN)
        assert found.evidence == ("r1", "r2", "r3")
        assert (found.name, found.description) == ("(a-b.c + d)", "(“rows” + “share”)")

    @pytest.mark.parametrize("name", ["count.claims", "source.turan-2024-12.words", "a-b", "d"])
    def test_a_name_with_hyphens_is_no_expression(self, name):
        assert not is_expression(name)

    @pytest.mark.parametrize(
        ("expression", "message"),
        [
            ("1 + 1", "expected the name of a number in it"),
            ("a-b.c + x", "the dataset has no number 'x'"),
            ("a-b.c - day", "day is '5 December 2024', which is no plain number"),
            ("a-b.c - hedged", "hedged is 'over 200', which is no plain number"),
            ("a-b.c / zero", "divides by zero"),
            ("a-b.c +", "expected names and numbers joined"),
            ("a-b.c + * 2", "expected names and numbers joined"),
            ("(a-b.c + 1", "expected names and numbers joined"),
            ("a-b.c ** 2", "expected names and numbers joined"),
            ("a-b.c ; d", "expected a name, a number or an operator at '; d'"),
            ("a-b.c * " + "9" * 400 + " / 2", "the result is too large"),
            (" + ".join(["a-b.c"] * 60), "expected at most 100"),
            ("d(1) + 1", "expected names and numbers joined"),
        ],
    )
    def test_what_cannot_be_computed_is_refused_with_the_reason(self, expression, message):
        with pytest.raises(ParseError, match=re.escape(message)):
            evaluate(expression, KNOWN)

    @given(st.integers(-5000, 5000), st.integers(-5000, 5000))
    def test_differences_are_those_of_the_numbers(self, a, b):
        known = {name: NamedNumber(name, f"{n:,}", (), "x") for name, n in (("a", a), ("b", b))}
        assert evaluate("a - b", known).formatted == f"{a - b:,}"

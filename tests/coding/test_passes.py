"""Coding passes: two sentences, two sources, and up to three coders, compared by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from bridge import SCHEMAS
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.coding import passes
from sourcebook.coding.passes import (
    ANSWER_VARIABLES,
    PASS_COLUMNS,
    agreement,
    all_questions,
    blind_passes,
    first_pass,
    read_pass,
    reliability_data,
    template,
)
from sourcebook.core.csvfiles import write_table
from sourcebook.core.errors import DataError
from sourcebook.pipeline import dataset
from sourcebook.sources.documents import sentence_table


def frame(rows, columns):
    return pd.DataFrame(rows, columns=columns.split(), dtype="str")


TABLES = {
    "sources": frame([("a",), ("b",)], "source_id"),
    "propositions": frame(
        [("how-many", "quantity"), ("when", "date"), ("who", "category")], "proposition_id kind"
    ),
    "claims": frame(
        [
            ("a", "how-many", ">200", "author", "asserts", "over 200 came"),
            ("a", "how-many", "~190", "guests", "asserts", "about 190"),
            ("b", "when", "1988", "author", "hedges", "in 1988"),
        ],
        "source_id proposition_id value voice modality exact",
    ),
    "frames": frame(
        [("a.s1", "remedy", "let them"), ("a.s1", "cause", "because of"), ("a.s1", "cause", "since")],
        "sentence_id function exact",
    ),
    "demands": frame([("a.s2", "states", "states must")], "sentence_id addressee exact"),
    "citations": frame([], "sentence_id instrument_id exact"),
    "heritage": frame([], "sentence_id treatment exact"),
    "term_uses": frame([], "sentence_id term_id exact"),
    "codebook": frame(
        [
            ("addressee", "states"),
            ("addressee", "courts"),
            ("voice", "author"),
            ("voice", "guests"),
            ("category", "poets"),
        ],
        "vocabulary term",
    ),
    "instruments": frame([("treaty",)], "instrument_id"),
    "terms": frame([("exile",)], "term_id"),
}
SENTENCES = frame([("a.s1",), ("a.s2",)], "sentence_id")


class TestFirstPass:
    def test_every_unit_and_variable_once(self):
        found = first_pass(TABLES, SENTENCES, SCHEMAS)
        assert found.columns.tolist() == list(PASS_COLUMNS)
        assert len(found) == 2 * len(SCHEMAS.variables) + 6 * len(ANSWER_VARIABLES)
        assert not found.duplicated(["unit", "variable"]).any()
        assert set(found["coder"]) == {"first"}

    def test_labels_are_joined_sorted_and_each_once(self):
        found = first_pass(TABLES, SENTENCES, SCHEMAS).set_index(["unit", "variable"])[["value", "exact"]]
        assert found.loc[("a.s1", "frame")].tolist() == ["cause;remedy", "let them"]
        assert found.loc[("a.s2", "frame")].tolist() == ["none", ""]
        assert found.loc[("a.s2", "demand")].tolist() == ["states", "states must"]
        assert found.loc[("a|how-many", "value")].tolist() == [">200;~190", "over 200 came"]
        assert found.loc[("a|how-many", "voice")].tolist() == ["author;guests", "over 200 came"]
        assert found.loc[("a|how-many", "modality")].tolist() == ["asserts", "over 200 came"]
        assert found.loc[("b|how-many", "value")].tolist() == ["none", ""]

    def test_a_template_has_the_units_and_no_values(self):
        empty, full = template(TABLES, SENTENCES, SCHEMAS, coder="me"), first_pass(TABLES, SENTENCES, SCHEMAS)
        assert {"instrument"} <= set(full["variable"]) - {"frame", "demand", "value", "voice", "modality"}
        asked = full[
            full["variable"].isin(["frame", "demand", "value", "voice", "modality"])
        ]  # the others have no row
        assert empty[["unit", "variable"]].equals(asked[["unit", "variable"]].reset_index(drop=True))
        assert set(empty["coder"]) == {"me"}
        assert set(empty["value"]) | set(empty["exact"]) == {""}

    @pytest.mark.parametrize("blank", ["", " ", "\n"])
    def test_a_template_needs_the_name_of_its_coder(self, blank):
        with pytest.raises(ValueError, match="coder: expected a name"):
            template(TABLES, SENTENCES, SCHEMAS, coder=blank)


class TestReadPass:
    def read(self, tmp_path, *rows):
        path = tmp_path / "second.csv"
        write_table(frame([(*row, "", "") for row in rows], " ".join(PASS_COLUMNS)), path)
        return read_pass(path, TABLES, SENTENCES, SCHEMAS)

    def test_the_first_pass_can_be_read_back(self, tmp_path):
        path = tmp_path / "first.csv"
        write_table(first_pass(TABLES, SENTENCES, SCHEMAS), path)
        pd.testing.assert_frame_equal(
            read_pass(path, TABLES, SENTENCES, SCHEMAS), first_pass(TABLES, SENTENCES, SCHEMAS)
        )

    def test_the_order_of_labels_means_nothing(self, tmp_path):
        found = self.read(
            tmp_path,
            ("me", "a.s1", "frame", "remedy;cause;cause"),
            ("me", "a|how-many", "value", "~190;>200"),
            ("me", "a.s2", "frame", ""),
        )
        assert found["value"].tolist() == ["cause;remedy", ">200;~190", ""]

    def test_everything_that_is_wrong_is_reported_with_its_line(self, tmp_path):
        with pytest.raises(DataError) as caught:
            self.read(
                tmp_path,
                ("me", "a.s1", "frame", "blame"),
                ("me", "a.s9", "frame", "cause"),
                ("me", "a.s1", "voice", "author"),
                ("", "a.s2", "demand", "none;courts"),
                ("me", "a|how-many", "value", "200 or so"),
                ("me", "b|when", "value", "1988;1988-13"),
                ("me", "a|who", "value", "kings"),
                ("me", "a.s1", "frame", "cause"),
                ("me", "a|who", "voice", "none"),
            )
        found = {(p.line, p.column): p for p in caught.value.problems}
        assert sorted(found) == [
            (2, "value"),
            (3, "unit"),
            (4, "variable"),
            (5, "coder"),
            (5, "value"),
            (6, "value"),
            (7, "value"),
            (8, "value"),
            (9, "unit"),
        ]
        assert found[2, "value"].expected == (
            "labels of “frame” in the codebook, unlike 'blame'; there are: cause, moral, problem, remedy"
        )
        assert found[5, "value"].expected == "labels, or 'none' alone"
        assert found[7, "value"].expected.startswith("a date: EDTF date '1988-13'")
        assert found[9, "unit"].expected == "each variable of a unit once; see line 2"

    def test_blanks_and_control_characters_are_reported(self, tmp_path):
        with pytest.raises(DataError) as caught:
            self.read(tmp_path, (" ", "a.s1", "frame", "cause"), ("m\x07e", "a.s2", "frame", "cause"))
        places = [(p.file, p.line, p.column, p.found) for p in caught.value.problems]
        assert places == [("second.csv", 2, "coder", "' '"), ("second.csv", 3, "coder", r"'m\x07e'")]

    def test_a_record_may_answer_retired_questions_in_terms_that_are_gone(self, tmp_path):
        kept = frame(
            [
                ("first", "a|why", "value", "gone-term", "", ""),
                ("first", "a|who", "value", "gone-term", "", ""),
            ],
            " ".join(PASS_COLUMNS),
        )
        write_table(kept, tmp_path / "first.csv")
        tables = {**TABLES, "retired": frame([("why", "category")], "proposition_id kind")}
        with pytest.raises(DataError):
            read_pass(tmp_path / "first.csv", tables, SENTENCES, SCHEMAS)
        found = read_pass(tmp_path / "first.csv", tables, SENTENCES, SCHEMAS, is_record=True)
        assert found["value"].tolist() == ["gone-term", "gone-term"]
        data = reliability_data([found], all_questions(tables), SCHEMAS)
        assert data.loc[data["variable"] == "value: category", "unit"].tolist() == ["a|who", "a|why"]

    def test_a_unit_that_never_was_is_wrong_in_a_record_too(self, tmp_path):
        kept = frame([("first", "a|never", "value", "none", "", "")], " ".join(PASS_COLUMNS))
        write_table(kept, tmp_path / "first.csv")
        tables = {**TABLES, "retired": frame([], "proposition_id kind")}
        with pytest.raises(DataError, match="never"):
            read_pass(tmp_path / "first.csv", tables, SENTENCES, SCHEMAS, is_record=True)

    def test_a_record_takes_the_place_of_the_tables(self):
        kept = [first_pass(TABLES, SENTENCES, SCHEMAS).assign(value="none")]
        second = [first_pass(TABLES, SENTENCES, SCHEMAS, coder="second")]
        assert blind_passes(TABLES, SENTENCES, SCHEMAS, kept, second)[0]["value"].unique().tolist() == [
            "none"
        ]
        assert blind_passes(TABLES, SENTENCES, SCHEMAS, [], second)[0]["value"].nunique() > 1

    def test_absent_columns_are_named_together(self, tmp_path):
        path = tmp_path / "bad.csv"
        path.write_text("coder,unit,label\nme,a.s1,cause\n", encoding="utf-8")
        with pytest.raises(DataError) as caught:
            read_pass(path, TABLES, SENTENCES, SCHEMAS)
        assert {p.column for p in caught.value.problems} == {"variable", "value", "exact", "note"}


def coded(coder, **cells):
    """Return a pass; a unit is written with two underscores for a bar, and its cells as variable: value."""
    rows = [
        (coder, unit.replace("__", "|").replace("_", "-"), variable, value, "", "")
        for unit, given_ in cells.items()
        for variable, value in given_.items()
    ]
    return frame(rows, " ".join(PASS_COLUMNS))


ONE = coded(
    "one",
    s1={"frame": "cause;remedy", "demand": "states"},
    s2={"frame": "none", "demand": "states"},
    a__when={"value": "1988", "voice": "author", "modality": "asserts"},
)
TWO = coded(
    "two",
    s1={"frame": "cause", "demand": "courts"},
    s2={"frame": "", "demand": "none"},
    a__when={"value": "none", "voice": "none", "modality": "none"},
)
THREE = coded(
    "three",
    s1={"frame": "none", "demand": "states"},
    s2={"frame": "none", "demand": ""},
    a__when={"value": "1988", "voice": "guests", "modality": ""},
)


def cells(data, variable):
    rows = data[data["variable"] == variable]
    return list(zip(rows["unit"], rows["coder"], rows["value"], strict=True))


class TestReliabilityData:
    data = reliability_data([ONE, TWO, THREE], TABLES["propositions"], SCHEMAS)

    def test_three_coders_yes_or_no(self):
        assert cells(self.data, "demand") == [
            ("s1", "one", "yes"),
            ("s1", "three", "yes"),
            ("s1", "two", "yes"),
            ("s2", "one", "yes"),
            ("s2", "two", "no"),  # three did not code this cell
        ]
        assert cells(self.data, "answered") == [
            ("a|when", "one", "yes"),
            ("a|when", "three", "yes"),
            ("a|when", "two", "no"),
        ]

    def test_each_framing_function_is_a_variable(self):
        assert cells(self.data, "frame:remedy") == [
            ("s1", "one", "yes"),
            ("s1", "three", "no"),
            ("s1", "two", "no"),
            ("s2", "one", "no"),
            ("s2", "three", "no"),
        ]
        assert [c[2] for c in cells(self.data, "frame:moral")] == ["no"] * 5

    def test_labels_of_those_who_gave_one(self):
        assert cells(self.data, "demand, which") == [
            ("s1", "one", "states"),
            ("s1", "three", "states"),
            ("s1", "two", "courts"),
            ("s2", "one", "states"),
        ]
        # The second coder found no answer; the other two are compared all the same.
        assert cells(self.data, "value: date") == [("a|when", "one", "1988"), ("a|when", "three", "1988")]
        assert cells(self.data, "voice") == [("a|when", "one", "author"), ("a|when", "three", "guests")]
        assert cells(self.data, "modality") == [("a|when", "one", "asserts")]

    def test_counts_of_the_agreement(self):
        table = agreement(self.data, resamples=20).set_index("variable")
        # s1: three pairs agree; s2: one pair differs.
        assert table.loc["demand", ["units", "agreements", "disagreements"]].tolist() == [2, 3, 1]
        # s1: one agreeing and two differing pairs; s2 has one label only.
        assert table.loc["demand, which", ["units", "agreements", "disagreements"]].tolist() == [1, 1, 2]
        assert table.loc["value: date", ["units", "agreements"]].tolist() == [1, 1]
        assert table.loc["modality", "units"] == 0

    def test_two_passes_of_one_name_are_refused(self):
        with pytest.raises(DataError, match="name of its own") as caught:
            reliability_data([ONE, ONE], TABLES["propositions"], SCHEMAS)
        assert len(caught.value.problems) == 1

    @pytest.mark.parametrize("cell", ["None", "NONE", "n/a", "N/A", "nan", "-", " null ", "a;None"])
    def test_a_mistaken_none_is_refused(self, cell, tmp_path):
        rows = template(TABLES, SENTENCES, SCHEMAS, coder="anna")
        rows.loc[rows["unit"] == "a|who", "value"] = cell
        write_table(rows, tmp_path / "a.csv")
        with pytest.raises(DataError) as caught:
            read_pass(tmp_path / "a.csv", TABLES, SENTENCES, SCHEMAS)
        assert all("none" in problem.expected for problem in caught.value.problems)

    def test_inputs_stay_as_they_are(self):
        before = ONE.copy(deep=True)
        reliability_data([ONE, TWO], TABLES["propositions"], SCHEMAS)
        pd.testing.assert_frame_equal(ONE, before)


labels = st.sampled_from(["", "none", "states", "courts", "courts;states"])


class TestProperties:
    @settings(max_examples=40)
    @given(st.lists(st.tuples(labels, labels, labels), min_size=1, max_size=4))
    def test_a_pass_agrees_with_its_copy_and_missing_cells_give_no_rows(self, units):
        passes = [
            frame(
                [(coder, f"s{i}", "demand", row[n], "", "") for i, row in enumerate(units)],
                " ".join(PASS_COLUMNS),
            )
            for n, coder in enumerate(["one", "two", "three"])
        ]
        data = reliability_data(passes, TABLES["propositions"], SCHEMAS)
        given_cells = sum(cell != "" for row in units for cell in row)
        assert (data["variable"] == "demand").sum() == given_cells
        assert (data["variable"] == "demand, which").sum() == sum(
            cell not in ("", "none") for row in units for cell in row
        )
        twins = [passes[0], passes[0].assign(coder="twin")]
        measured = agreement(reliability_data(twins, TABLES["propositions"], SCHEMAS), resamples=5)
        assert (measured["disagreements"] == 0).all()


def test_a_template_asks_only_for_what_the_corpus_uses(corpus):
    data = dataset.read(corpus)
    sentences = sentence_table(data.documents)
    whole = passes.template(data.tables, sentences, data.schemas, coder="me")
    without = {**data.tables, "frames": data.tables["frames"].iloc[:0]}
    fewer = passes.template(without, sentences, data.schemas, coder="me")
    assert set(whole["variable"]) - set(fewer["variable"]) == {"frame"}
    assert len(whole) - len(fewer) == len(sentences)

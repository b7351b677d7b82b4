"""The whole: build, write, load; what changes with what, and what is refused."""

import copy
import hashlib
import pickle

import pandas as pd
import pytest
from bridge import ROWS, SCHEMAS, TEXTS, change, line_of, make_corpus, sha256, write_pass

from sourcebook.core import vocabularies
from sourcebook.core.errors import DataError, HashMismatchError
from sourcebook.core.schemas import DERIVED, DerivedColumn, DerivedTable
from sourcebook.pipeline import build, dataset, store

CLAIMS = "coded/claims.csv"


def as_bytes(folder):
    return {path.name: path.read_bytes() for path in sorted((folder / "derived").glob("*"))}


def test_build_write_load(corpus):
    data = build.build(corpus)
    assert data.sources == list(TEXTS)
    paths = store.write(data)
    assert {path.stem for path in paths} == {*data.derived, "SHA256SUMS"} == {*DERIVED, "SHA256SUMS"}
    assert_same_tables(store.load(corpus), data)


def assert_same_tables(loaded, built):
    """Check that two datasets have the same derived tables, in values and types."""
    assert list(loaded.derived) == list(built.derived)
    for name, frame in built.derived.items():
        pd.testing.assert_frame_equal(loaded.derived[name], frame, obj=name)


@pytest.mark.slow
def test_the_five_documents_have_the_same_tables_built_and_loaded():
    assert_same_tables(store.load(), build.build())


def test_every_derived_table_has_the_columns_and_types_of_its_schema(built):
    data = build.build(built)
    for name, schema in DERIVED.items():
        assert data.derived[name].dtypes.to_dict() == {
            column: pd.Series(dtype=kind.dtype).dtype for column, kind in schema.columns.items()
        }, name
        assert schema.description.endswith(".")
        for column, kind in schema.columns.items():
            assert kind.description.endswith("."), (name, column)
            if kind.terms:
                assert set(data.derived[name][column]) <= set(kind.terms), (name, column)


LINKS = {
    (name, column): (link, separator)
    for name, columns in {
        **{name: table.columns for name, table in DERIVED.items()},
        **{name: table.schema.columns for name, table in SCHEMAS.items()},
    }.items()
    for column, kind in columns.items()
    for about in [vars(kind) if name in DERIVED else kind.metadata or {}]
    if (link := about.get("link"))
    for separator in [about.get("separator")]
}


def broken_links(data):
    """Return each value of a linking column that the column it links to does not have."""
    values = {link: set(data[link.split(".")[0]][link.split(".")[1]]) for link, _ in LINKS.values()}
    return [
        (name, column, value)
        for (name, column), (link, separator) in LINKS.items()
        for cell in data[name][column][lambda cells: cells != ""]
        for value in (cell.split(separator) if separator else [cell])
        if value not in values[link]
    ]


def test_every_link_leads_to_a_value_of_an_existing_column(built):
    assert len(LINKS) > 60
    assert broken_links(store.load(built)) == []


@pytest.mark.slow
def test_every_link_of_the_five_documents_leads_to_a_value():
    assert broken_links(store.load()) == []


def test_no_derived_table_has_the_name_of_another():
    assert not set(DERIVED) & set(SCHEMAS)


def test_every_fault_of_the_derived_files_is_named_at_once(built):
    (built / "derived/agreement.csv").unlink()
    (built / "derived/origins.csv").unlink()
    (built / "derived/timeline.csv").write_text('claim_id\n"open', encoding="utf-8")
    path = built / "derived/shares.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("share_a", "part_a", 1), encoding="utf-8")
    first = {"lower_closed": "maybe", "kind": "number", "start": "1.5", "lower": "few"}
    for column, value in first.items():
        change(built, "derived/claim_intervals.csv", column, value, claim_id="mill.c001")
    change(built, "derived/dating.csv", "has_date", "", source_id="mill")
    with pytest.raises(DataError) as caught:
        store.load(built)
    line = line_of(built, "derived/claim_intervals.csv", "mill.c001,")
    mill = line_of(built, "derived/dating.csv", "mill,")
    kinds = "one of: quantity, date, category, name, presence"
    assert [(p.file, p.line, p.column, p.found, p.expected) for p in caught.value.problems] == [
        ("derived/agreement.csv", 0, "", "no file", "a derived table"),
        ("derived/claim_intervals.csv", line, "kind", "'number'", kinds),
        ("derived/claim_intervals.csv", line, "lower", "'few'", "a number, or an empty cell"),
        ("derived/claim_intervals.csv", line, "lower_closed", "'maybe'", "yes, no or an empty cell"),
        ("derived/claim_intervals.csv", line, "start", "'1.5'", "a whole number"),
        ("derived/dating.csv", mill, "has_date", "''", "yes or no"),
        ("derived/origins.csv", 0, "", "no file", "a derived table"),
        ("derived/shares.csv", 1, "part_a", "an unknown column", "none of that name"),
        ("derived/shares.csv", 1, "share_a", "no such column", "the column"),
        ("derived/timeline.csv", 2, "", "a quotation mark that is never closed", "RFC 4180 quoting"),
    ]
    assert all("sourcebook build" in p.action for p in caught.value.problems[:-1])


@pytest.mark.parametrize(
    ("column", "cells", "message"),
    [
        (DerivedColumn(kind="boolean", description="."), [True, None], "expected yes or no, found ''"),
        (DerivedColumn(kind="boolean", description="."), ["yes", "true"], "expected yes or no, found 'true'"),
        (
            DerivedColumn(kind="string", description=".", terms=("a", "b")),
            ["a", "c"],
            "one of: a, b, found 'c'",
        ),
    ],
)
def test_a_cell_that_is_built_fits_its_column(column, cells, message):
    with pytest.raises(ValueError, match=f"column 'x': .*{message}"):
        column.typed(pd.Series(cells, name="x"))


def test_terms_with_an_order_sort_by_it_built_and_loaded(built):
    for data in (build.build(built), store.load(built)):
        states = data["matrix"]["state"].sort_values().unique().tolist()
        assert states == [state for state in vocabularies.STATES if state in states]
        assert (data["agreement"]["agreement_status"] <= "single source").all()
        assert data["reporting_lag"]["order"].cat.ordered


def test_an_order_needs_terms():
    with pytest.raises(ValueError, match="ordered: expected terms"):
        DerivedColumn(kind="string", description=".", ordered=True)


def test_cells_keep_their_types_whatever_they_look_like():
    """Text stays text where all of its cells are digits; what is missing stays missing."""
    table = DerivedTable(
        name="made",
        description="Made.",
        columns={
            "name": DerivedColumn(kind="string", description="Text."),
            "n": DerivedColumn(kind="integer", description="Count."),
            "share": DerivedColumn(kind="number", description="Share."),
            "is_so": DerivedColumn(kind="boolean", description="Truth."),
            "maybe": DerivedColumn(kind="optional boolean", description="Truth or none."),
        },
    )
    text = pd.DataFrame(
        {
            "name": ["007", "12"],
            "n": ["7", "12"],
            "share": ["0.5", ""],
            "is_so": ["yes", "no"],
            "maybe": ["", "no"],
        },
        dtype="str",
    )
    typed = table.typed(text)
    assert [str(dtype) for dtype in typed.dtypes] == ["str", "int64", "float64", "bool", "boolean"]
    pd.testing.assert_frame_equal(store._as_text(typed), text)


def test_a_dataset_is_a_mapping_that_shows_itself_shortly(built):
    data = store.load(built)
    assert (
        repr(data)
        == f"<Dataset {built.name!r}: 3 sources, {len(data.tables)} tables, {len(DERIVED)} derived tables>"
    )
    assert set(data) == {*data.tables, *data.derived}
    assert len(data) == len(list(data))
    assert "claims" in data.coded
    assert "claims" not in data.derived
    html = data._repr_html_()
    assert "<td>claim_intervals</td>" in html


def test_claims_on_a_question_come_with_what_a_reader_wants(built):
    data = store.load(built)
    claims = data.claims_on("residents", "bridge-name")
    assert list(claims) == [
        "claim_id",
        "source_id",
        "proposition_id",
        "question",
        "answer",
        "voice",
        "modality",
        "quote",
    ]
    assert claims["proposition_id"].unique().tolist() == ["residents", "bridge-name"]
    assert claims["question"].iloc[0] == "How many residents were cut off?"
    with pytest.raises(KeyError, match="no question 'resident'; near it: residents"):
        data.claims_on("resident")


def test_a_table_is_given_as_a_copy(built):
    data = store.load(built)
    frame = data["claims"]
    frame.loc[0, "value"] = "changed"
    assert data["claims"].loc[0, "value"] == "closed"
    assert "kind" in data["claim_intervals"]
    assert "kind" not in data["claims"]
    with pytest.raises(KeyError, match="no table 'claim'; near it: claims"):
        data["claim"]


@pytest.mark.parametrize("key", [5, None, ("claims",), ["claims"], float("nan")])
def test_a_key_that_is_no_text_is_no_table(built, key):
    data = store.load(built)
    assert key not in data
    assert data.get(key) is None
    with pytest.raises(KeyError, match=r"no table .*claims"):
        data[key]


def test_a_dataset_equals_itself_alone(built):
    data, other = store.load(built), store.load(built)
    assert data == data
    assert data != other
    assert len({data, other, data}) == 2


@pytest.mark.parametrize("duplicate", [copy.deepcopy, lambda data: pickle.loads(pickle.dumps(data))])
def test_a_dataset_is_copied_with_all_that_is_in_it(built, duplicate):
    data = store.load(built)
    made = duplicate(data)
    assert_same_tables(made, data)
    assert made.numbers == data.numbers
    assert made.documents["mill"].metadata == data.documents["mill"].metadata
    assert made.documents["mill"].normal.text == data.documents["mill"].normal.text
    with pytest.raises(TypeError):
        made.documents["mill"].metadata["title"] = "other"


def test_what_needs_derived_tables_says_so(corpus):
    data = dataset.read(corpus)
    for use in (lambda: data.numbers, lambda: data["relations"], lambda: data.claims_on("residents")):
        with pytest.raises(KeyError, match=r"without derived tables: get it by sourcebook\.load"):
            use()
    assert "relations" not in data


def test_a_question_that_is_no_text_is_named(built):
    with pytest.raises(TypeError, match="proposition_ids: expected texts, found 5"):
        store.load(built).claims_on("residents", 5)


@pytest.mark.parametrize(
    ("path", "text"), [(CLAIMS, "\n"), ("coded/new.txt", None), ("coded/passes/x.csv", None)]
)
def test_only_what_is_an_input_makes_it_stale(built, path, text):
    target = built / path
    target.parent.mkdir(exist_ok=True)
    target.write_text(target.read_text(encoding="utf-8") + text if text else "", encoding="utf-8")
    assert store.stale(built) == ([] if path.endswith(".txt") else [path])


def test_stale_inputs_are_refused_with_what_changed(built):
    change(built, CLAIMS, "note", "seen again", claim_id="mill.c001")
    (built / "coded/scopes.csv").unlink()
    with pytest.raises(DataError) as caught:
        store.load(built)
    assert [p.found for p in caught.value.problems] == [
        f"another state of {CLAIMS}",
        "another state of coded/scopes.csv",
    ]
    assert "sourcebook build" in str(caught.value)


def shorten(path):
    path.write_text(
        "".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8"
    )


def test_every_derived_table_without_its_last_line_is_refused(built):
    for path in (built / "derived").glob("*.csv"):
        shorten(path)
    with pytest.raises(DataError) as caught:
        store.load(built)
    assert {p.file for p in caught.value.problems} == {f"derived/{name}.csv" for name in DERIVED}


def test_changed_derived_tables_are_named_with_changed_inputs(built):
    change(built, CLAIMS, "note", "seen again", claim_id="mill.c001")
    shorten(built / "derived/relations.csv")
    change(built, "derived/agreement.csv", "sources", "9", proposition_id="residents")
    (built / "derived/origins.csv").unlink()
    with pytest.raises(DataError) as caught:
        store.load(built)
    other = "another content than SHA256SUMS records"
    assert [(p.file, p.found) for p in caught.value.problems] == [
        ("derived/agreement.csv", other),
        ("derived/inputs.csv", f"another state of {CLAIMS}"),
        ("derived/origins.csv", "no file"),
        ("derived/relations.csv", other),
    ]
    assert all("sourcebook build" in p.action for p in caught.value.problems)
    (built / "derived/SHA256SUMS").unlink()
    with pytest.raises(DataError, match="derived/SHA256SUMS: expected the hashes of the derived tables"):
        store.load(built)


def test_a_changed_source_does_not_hide_what_is_wrong_in_the_tables(corpus):
    source = corpus / "raw/mill.txt"
    source.write_bytes(source.read_bytes().replace(b"150", b"160"))
    change(corpus, CLAIMS, "value", "200..100", claim_id="gazette.c001")
    change(corpus, CLAIMS, "voice", "mayor", claim_id="mill.c001")
    with pytest.raises(DataError) as caught:
        store.load(corpus)
    assert [(p.file, p.line, p.column) for p in caught.value.problems] == [
        (CLAIMS, line_of(corpus, CLAIMS, "mill.c001,"), "voice"),
        (CLAIMS, line_of(corpus, CLAIMS, "gazette.c001,"), "value"),
        ("raw/sources.csv", 3, "sha256"),
    ]


def test_a_folder_or_a_table_that_leads_nowhere_is_named(corpus, tmp_path):
    for run in (dataset.read, build.build, store.load):
        with pytest.raises(DataError, match="none: expected a data folder, found no such folder"):
            run(tmp_path / "none")
    with pytest.raises(DataError, match=r"claims\.csv: expected a data folder, found a file"):
        dataset.read(corpus / CLAIMS)
    table = corpus / "coded/unfinished.csv"
    table.unlink(missing_ok=True)
    dataset.read(corpus)
    table.symlink_to("unfinished.csv")
    with pytest.raises(DataError, match=r"coded/unfinished\.csv: expected a readable file, found Too many"):
        dataset.read(corpus)


def test_a_folder_that_was_not_built_is_refused(corpus):
    assert store.stale(corpus) == ["derived"]
    with pytest.raises(DataError, match="found no derived tables"):
        store.load(corpus)


def test_a_write_that_fails_on_the_way_changes_nothing(built, monkeypatch):
    data = build.build(built)
    written = []

    def stop(frame, path):
        written.append(path)
        if len(written) == 3:
            raise OSError("disk full")

    monkeypatch.setattr("sourcebook.pipeline.store.write_table", stop)
    before = as_bytes(built)
    with pytest.raises(OSError, match="disk full"):
        store.write(data)
    assert store.stale(built) == []
    assert as_bytes(built) == before


def test_write_removes_tables_that_are_no_longer_made(built):
    old, sums = built / "derived/old.csv", built / "derived/SHA256SUMS"
    old.write_text("a\n")
    sums.write_text(f"{hashlib.sha256(b'a' + bytes([10])).hexdigest()}  old.csv\n" + sums.read_text())
    store.write(build.build(built))
    assert not (built / "derived/old.csv").exists()
    others = [path.name for path in (built / "derived").iterdir() if path.suffix != ".csv"]
    assert others == ["SHA256SUMS"]


def test_the_same_inputs_give_the_same_bytes(built, tmp_path):
    before = as_bytes(built)
    store.write(build.build(built))
    assert as_bytes(built) == before
    other = make_corpus(tmp_path / "elsewhere")
    store.write(build.build(other))
    assert as_bytes(other) == before


def test_one_coded_value_changes_the_tables_that_depend_on_it(built):
    before = as_bytes(built)
    change(built, CLAIMS, "value", "2021-03-03", claim_id="mill.c001")
    store.write(build.build(built))
    changed = {name.removesuffix(".csv") for name, text in as_bytes(built).items() if text != before[name]}
    assert {
        "claim_intervals",
        "relations",
        "differences",
        "agreement",
        "matrix",
        "timeline",
    } <= changed
    assert {"sentences", "coverage", "origins", "invocations", "shared_passages", "columns"}.isdisjoint(
        changed
    )
    numbers = store.load(built).numbers
    assert numbers["headline.contradict"].value == 1  # the residents; the dates now agree
    assert numbers["claim.mill.c001"].formatted == "3 March 2021"


def test_one_byte_of_a_source_stops_with_both_hashes(built):
    source = built / "raw/mill.txt"
    recorded = sha256(source)
    source.write_bytes(source.read_bytes().replace(b"150", b"160"))
    for run in (dataset.read, build.build, store.load):
        with pytest.raises(HashMismatchError) as caught:
            run(built)
        assert recorded in str(caught.value)
        assert sha256(source) in str(caught.value)
        assert str(source) in str(caught.value)


def test_problems_of_registry_and_tables_come_together(corpus):
    change(corpus, "raw/layout.csv", "zone", "header", source_id="council")
    (corpus / "coded/events.csv").write_text("")
    with pytest.raises(DataError) as caught:
        dataset.read(corpus)
    assert [p.file for p in caught.value.problems] == ["coded/events.csv", "raw/layout.csv"]


def test_passes_are_read_checked_and_compared(corpus):
    write_pass(
        corpus,
        "second",
        [
            ("second", "mill|flooded", "value", "2021-03-04"),
            ("second", "council|flooded", "value", "2021-03-04"),
            ("second", "council.s006", "frame", "none"),
        ],
    )
    data = build.build(corpus)
    assert [len(frame) for frame in data.passes] == [3]
    row = data["reliability"].set_index("variable").loc["value: date"]
    assert (row["units"], row["agreements"], row["disagreements"]) == (2, 1, 1)


def test_what_is_wrong_in_a_pass_comes_with_the_rest(corpus):
    write_pass(
        corpus, "second", [("second", "mill|flood", "value", "x"), ("second", "mill.s001", "frame", "y")]
    )
    change(corpus, CLAIMS, "value", "200..100", claim_id="mill.c002")
    with pytest.raises(DataError) as caught:
        dataset.read(corpus)
    places = [(p.file, p.line, p.column) for p in caught.value.problems]
    assert places == [
        (CLAIMS, line_of(corpus, CLAIMS, "mill.c002,"), "value"),
        ("coded/passes/second.csv", 2, "unit"),
        ("coded/passes/second.csv", 3, "value"),
    ]


def test_optional_tables_may_be_absent(tmp_path):
    """A new folder has its documents, a codebook, questions, claims and reasons, and nothing else."""
    rows = {name: ROWS[f"coded/{name}.csv"] for name in ("codebook", "propositions", "claims")}
    folder = make_corpus(
        tmp_path / "data",
        rows={
            "coded/codebook.csv": rows["codebook"],
            "coded/propositions.csv": [{**r, "event_id": ""} for r in rows["propositions"]],
            "coded/claims.csv": [r for r in rows["claims"] if r["claim_id"].startswith("gazette")],
            "coded/uncoded.csv": [
                {"source_id": source, "sentence_id": f"{source}.s00{n}", "exact": exact, "reason": "rhetoric"}
                for source, n, exact in (
                    ("council", 1, "RIVER COUNCIL · OFFICE OF WORKS"),
                    ("council", 2, "The Bridge Is Closed"),
                    ("council", 3, "The mill bridge was flooded on 3 March 2021."),
                    ("council", 4, "Over 200 residents were cut off from the market."),
                    ("council", 5, "The Convention of the Rivers, in Article 4"),
                    ("council", 6, "The old lamp was saved."),
                    ("council", 7, "Nobody should despair."),
                    ("mill", 1, "The bridge was flooded on 4 March 2021."),
                    ("mill", 2, "About 150 residents were cut off from the market."),
                    ("mill", 3, "The council must pay for the lamp"),
                )
            ],
        },
    )
    data = build.build(folder)
    assert data["agreement"]["proposition_id"].tolist() == ["residents", "bridge-name"]
    assert data["element_checks"].empty
    store.write(data)
    assert store.load(folder)["relations"].empty


def test_the_inputs_are_not_changed_by_the_build(corpus, monkeypatch):
    data = dataset.read(corpus)
    before = {name: frame.copy() for name, frame in data.tables.items()}
    monkeypatch.setattr(build, "read", lambda folder: data)
    build.build(corpus)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(data.tables[name], frame)


def test_the_steps_are_logged_with_rows_and_seconds(corpus, caplog):
    with caplog.at_level("INFO", logger="sourcebook.pipeline.build"):
        build.build(corpus)
    steps = [record.getMessage() for record in caplog.records]
    assert len(steps) == len(DERIVED)
    assert steps[0].startswith("sentences: 10 rows in ")

"""The whole: build, write, load; what changes with what, and what is refused."""

import dataclasses

import pandas as pd
import pytest
from bridge import ROWS, TEXTS, change, line_of, make_corpus, sha256, write_pass

from sourcebook.core.csvfiles import read_table
from sourcebook.core.errors import DataError, HashMismatchError
from sourcebook.core.schemas import DERIVED
from sourcebook.pipeline import build, dataset, store

CLAIMS = "coded/claims.csv"


def as_bytes(folder):
    return {path.name: path.read_bytes() for path in sorted((folder / "derived").glob("*"))}


def test_build_write_load(corpus):
    data = build.build(corpus)
    assert data.sources == list(TEXTS)
    paths = store.write(data)
    assert {path.stem for path in paths} == set(data.derived) | {"inputs", "columns"}
    loaded = store.load(corpus)
    assert set(loaded.derived) == {path.stem for path in paths}
    for name, frame in data.derived.items():
        again = loaded.derived[name]
        assert list(again.columns) == list(frame.columns), name
        assert len(again) == len(frame), name
        for column in frame.columns:
            if pd.api.types.is_integer_dtype(frame[column]):
                assert again[column].tolist() == frame[column].tolist(), (name, column)
            else:
                assert again[column].dtype == "str", (name, column)


def test_every_derived_table_is_described(built):
    made = {path.stem for path in (built / "derived").glob("*.csv")}
    assert made == set(DERIVED)
    assert all(text.endswith(".") for text in DERIVED.values())


def test_columns_keep_their_types_whatever_their_cells_look_like(built):
    """A column of text stays text where all of its cells happen to be digits."""
    made = pd.DataFrame(
        {"name": ["007", "12"], "n": [7, 12], "share": [0.5, float("nan")], "yes": [True, False]}
    )
    data = dataclasses.replace(dataset.read(built), derived={"made": made})
    store.write(data)
    frame = store.load(built)["made"]
    assert frame["name"].tolist() == ["007", "12"]
    assert frame["n"].tolist() == [7, 12]
    assert frame["share"].tolist() == ["0.5", ""]
    assert frame["yes"].tolist() == ["yes", "no"]


def test_a_table_is_given_as_a_copy(built):
    data = store.load(built)
    frame = data["claims"]
    frame.loc[0, "value"] = "changed"
    assert data["claims"].loc[0, "value"] == "closed"
    assert "kind" in data["claim_intervals"]
    assert "kind" not in data["claims"]
    with pytest.raises(KeyError, match=r"no table 'claim'; there are: .*claims"):
        data["claim"]


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


def test_a_folder_that_was_not_built_is_refused(corpus):
    assert store.stale(corpus) == ["derived"]
    with pytest.raises(DataError, match="found no derived tables"):
        store.load(corpus)


def test_an_interrupted_write_counts_as_not_built(built, monkeypatch):
    data = build.build(built)
    written = []

    def stop(frame, path):
        written.append(path)
        if len(written) == 3:
            raise OSError("disk full")

    monkeypatch.setattr("sourcebook.pipeline.store.write_table", stop)
    before = (built / "derived/values.csv").read_bytes()
    with pytest.raises(OSError, match="disk full"):
        store.write(data)
    assert store.stale(built) == ["derived"]
    assert (built / "derived/values.csv").read_bytes() == before


def test_write_removes_tables_that_are_no_longer_made(built):
    (built / "derived/old.csv").write_text("a\n")
    store.write(build.build(built))
    assert not (built / "derived/old.csv").exists()
    assert not [path for path in (built / "derived").iterdir() if path.suffix != ".csv"]


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
        "values",
    } <= changed
    assert {"sentences", "coverage", "origins", "invocations", "shared_passages", "columns"}.isdisjoint(
        changed
    )
    values = read_table(built / "derived/values.csv").set_index("name")["display"]
    assert values["headline.with_contradiction"] == "1"  # the residents; the dates now agree
    assert values["claim.mill.c001"] == "3 March 2021"


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


def test_a_dataset_is_not_changed_by_its_stages(corpus):
    data = dataset.read(corpus)
    before = {name: frame.copy() for name, frame in data.tables.items()}
    build.STAGES["sentences"](data)
    for name, stage in build.STAGES.items():
        data = dataclasses.replace(data, derived={**data.derived, **stage(data)})
        assert name
    for name, frame in before.items():
        pd.testing.assert_frame_equal(data.tables[name], frame)

"""Proposals of codings: merged where a person accepted them, refused with place and cause where they cannot stand."""

import json

import pytest
from bridge import change
from hypothesis import given
from hypothesis import strategies as st

from sourcebook import cli
from sourcebook.coding import read_tables
from sourcebook.coding.merging import merge_proposals, write_changed
from sourcebook.coding.proposals import proposal_id, try_proposals
from sourcebook.coding.suggestions import suggest
from sourcebook.core.csvfiles import read_table, write_table
from sourcebook.core.errors import DataError
from sourcebook.core.schemas import TABLES, read_schemas
from sourcebook.pipeline import dataset
from sourcebook.sources.documents import read_document, read_documents

GOOD = {
    "source_id": "gazette",
    "exact": "the mill bridge was flooded",
    "proposition_id": "state",
    "value": "closed",
    "voice": "author",
    "modality": "asserts",
    "proposed_by": "a model",
    "decision": "accept",
}


def write(path, *rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def accept(corpus, path, by="Anna", on="2025-01-31"):
    schemas = read_schemas(corpus)
    proposals, problems = try_proposals(path, schemas)
    merged = merge_proposals(
        proposals,
        read_tables(corpus),
        read_documents(corpus / "raw"),
        schemas,
        by=by,
        on=on,
        file=path.name,
        problems=problems,
    )
    write_changed(merged.tables, corpus, schemas)
    return merged


def refused(corpus, path):
    """Return the problems, having looked that nothing was changed."""
    before = {file: file.read_bytes() for file in corpus.rglob("*") if file.is_file()}
    with pytest.raises(DataError) as caught:
        accept(corpus, path)
    assert {file: file.read_bytes() for file in corpus.rglob("*") if file.is_file()} == before
    return [(p.line, p.column, p.found) for p in caught.value.problems]


def test_an_accepted_proposal_becomes_an_anchored_claim(corpus, tmp_path):
    merged = accept(corpus, write(tmp_path / "p.jsonl", GOOD))
    assert (merged.added, merged.present, merged.rejected, merged.undecided) == ({"claims": 1}, 0, 0, 0)
    row = read_table(corpus / "coded/claims.csv").set_index("claim_id").loc["gazette.c003"]
    raw = dataset.read(corpus).documents["gazette"].raw  # and the folder is as right as it was
    assert raw[int(row["start"]) : int(row["end"])] == row["exact"] == GOOD["exact"]
    assert row["sentence_id"] == "gazette.s001"
    (decision,) = read_table(corpus / "coded/decisions.csv").to_dict("records")
    assert (decision["row_id"], decision["decision"], decision["edited"]) == ("gazette.c003", "accept", "")
    assert (decision["proposed_by"], decision["decided_by"], decision["decided_on"]) == (
        *("a model", "Anna", "2025-01-31"),
    )
    assert decision["proposed"] == "proposition_id: state; value: closed; voice: author; modality: asserts"


def test_again_adds_nothing(corpus, tmp_path):
    path = write(tmp_path / "p.jsonl", GOOD, GOOD | {"exact": "More than 100", "decision": "reject"})
    accept(corpus, path)
    before = {file: file.read_bytes() for file in corpus.rglob("*.csv")}
    merged = accept(corpus, path, by="Berta", on="2026-01-01")
    assert (merged.added, merged.present, merged.rejected) == ({}, 1, 1)
    assert {file: file.read_bytes() for file in corpus.rglob("*.csv")} == before


def test_a_run_that_was_killed_between_two_tables_is_completed(corpus, tmp_path):
    path = write(tmp_path / "p.jsonl", GOOD)
    accept(corpus, path)
    claims = (corpus / "coded/claims.csv").read_bytes()
    (corpus / "coded/decisions.csv").unlink()
    merged = accept(corpus, path)
    assert (merged.added, merged.present) == ({}, 1)
    assert (corpus / "coded/claims.csv").read_bytes() == claims
    assert read_table(corpus / "coded/decisions.csv")["row_id"].tolist() == ["gazette.c003"]


def test_what_is_coded_already_is_not_coded_again_but_recorded(corpus, tmp_path):
    claim = read_table(corpus / "coded/claims.csv").set_index("claim_id").loc["mill.c002"]
    given = {
        name: claim[name] for name in ("source_id", "exact", "proposition_id", "value", "voice", "modality")
    }
    merged = accept(corpus, write(tmp_path / "p.jsonl", given | {"proposed_by": "x", "decision": "accept"}))
    assert (merged.added, merged.present) == ({}, 1)
    assert read_table(corpus / "coded/decisions.csv")["row_id"].tolist() == ["mill.c002"]


def test_two_that_propose_the_same_make_one_row_and_two_decisions(corpus, tmp_path):
    merged = accept(corpus, write(tmp_path / "p.jsonl", GOOD, GOOD | {"proposed_by": "another"}, GOOD))
    assert (merged.added, merged.present) == ({"claims": 1}, 1)
    assert read_table(corpus / "coded/decisions.csv")["row_id"].tolist() == ["gazette.c003"] * 2


def test_what_a_person_changes_is_recorded(corpus, tmp_path):
    row = next(r for r in suggest(read_documents(corpus / "raw")["mill"]) if r["value"] == "~150")
    done = row | {
        "exact": "About 150 residents were",
        "start": row["start"],
        "end": "",
        "value": "150",
        "proposition_id": "residents",
        "voice": "miller",
        "modality": "hedges",
        "decision": "Accept ",
    }
    merged = accept(corpus, write(tmp_path / "p.jsonl", done))
    assert merged.added == {"claims": 1}
    (decision,) = read_table(corpus / "coded/decisions.csv").to_dict("records")
    assert decision["edited"] == "exact: About 150 → About 150 residents were; value: ~150 → 150"
    assert decision["proposed"].startswith("proposition_id: residents; value: ~150")


def test_a_decision_against_an_earlier_one(corpus, tmp_path):
    path = write(tmp_path / "p.jsonl", GOOD | {"proposal_id": "p-1"})
    accept(corpus, path)
    for other in ({"decision": "reject"}, {"modality": "hedges"}):
        ((line, column, found),) = refused(corpus, write(path, GOOD | {"proposal_id": "p-1"} | other))
        assert (line, column) == (1, "decision")
        assert "Anna" in found
    claims = corpus / "coded/claims.csv"
    rows = read_table(claims)
    write_table(rows[rows["claim_id"] != "gazette.c003"], claims)
    merged = accept(corpus, write(path, GOOD | {"proposal_id": "p-1", "decision": "reject"}))
    assert merged.rejected == 1
    assert read_table(corpus / "coded/decisions.csv")["decision"].tolist() == ["reject"]
    merged = accept(corpus, write(path, GOOD | {"proposal_id": "p-1"}))
    assert merged.added == {"claims": 1}


def cli_told(corpus, path, capsys):
    assert cli.main(["accept", str(path), "--by", "Anna", "--data", str(corpus)]) == 0
    return capsys.readouterr().out


def test_an_id_is_never_given_a_second_time(corpus, tmp_path, capsys):
    accept(corpus, write(tmp_path / "p.jsonl", GOOD))
    claims = corpus / "coded/claims.csv"
    rows = read_table(claims)
    write_table(rows[rows["claim_id"] != "gazette.c003"], claims)
    merged = accept(corpus, tmp_path / "p.jsonl")
    assert (merged.added, merged.present, merged.gone) == ({}, 0, ["gazette.c003"])
    told = cli_told(corpus, tmp_path / "p.jsonl", capsys)
    assert "1 accepted (0 of them coded already)" in told and "removed from the data since" in told
    accept(corpus, write(tmp_path / "p.jsonl", GOOD | {"exact": "mill bridge was flooded"}))
    assert "gazette.c004" in set(read_table(claims)["claim_id"])


@pytest.mark.parametrize(
    ("table", "more", "row_id"),
    [
        (
            "citations",
            {"instrument_id": "rivers", "exact": "The Convention of the Rivers, in Article 4"},
            "council.l002",
        ),
        ("demands", {"addressee": "the-council", "action": "pay", "summary": "warn"}, "council.d001"),
        ("mentions", {"entity_id": "river-council", "exact": "the council to warn"}, "council.m003"),
    ],
)
def test_rows_of_any_coded_table_can_be_proposed(corpus, tmp_path, table, more, row_id):
    row = {"source_id": "council", "exact": "obliges the council to warn residents", "table": table, **more}
    row |= {"proposed_by": "anna", "decision": "accept"}
    row |= {} if table == "mentions" else {"voice": "author", "modality": "asserts"}
    merged = accept(corpus, write(tmp_path / "p.jsonl", row))
    assert merged.added == {table: 1}
    assert read_table(corpus / "coded/decisions.csv")["row_id"].tolist() == [row_id]
    dataset.read(corpus)


@pytest.mark.parametrize(
    ("instrument", "title"),
    [
        ("iccpr", "International Covenant on Civil and Political Rights"),
        ("udhr", "Universal Declaration of Human Rights"),
        ("un-charter", "Charter of the United Nations"),
        ("no-such-instrument", ""),
    ],
)
def test_an_instrument_that_only_the_library_knows_is_refused_with_the_row_to_add(
    corpus, tmp_path, instrument, title
):
    row = GOOD | {"source_id": "council", "exact": "The Convention of the Rivers", "table": "citations"}
    row = {name: cell for name, cell in row.items() if name not in ("proposition_id", "value")}
    path = write(tmp_path / "p.jsonl", row | {"instrument_id": instrument})
    with pytest.raises(DataError) as caught:
        accept(corpus, path)
    (problem,) = caught.value.problems
    assert (
        f"reference/instruments.csv, with where you read it as its reference: {instrument},{title}"
        in problem.action
    ) is (title != "")


MISQUOTES = {
    "a number changed": ("Over 300 residents", "Over 200 residents"),
    "a word left out": ("The mill was flooded", "score"),
    "a negation put in": ("The old lamp was not saved", "The old lamp was saved"),
    "a name changed": ("The Convention of the Lakes", "The Convention of the"),
    "two sentences run together": ("flooded on 3 March 2021 Over 200", "score"),
    "a summary": ("Residents lost access to the market", "score"),
    "another source's words": ("the miller said", "score"),
    "an ellipsis": ("The Convention of the Rivers … obliges the council", "score"),
    "words made up": ("zzz qqq", ""),
    "a translation": ("Le pont est fermé", ""),
}


def test_words_that_the_source_does_not_have_are_refused_with_the_nearest(corpus, tmp_path):
    rows = [
        GOOD | {"source_id": "council", "exact": exact, "proposed_by": kind}
        for kind, (exact, _) in MISQUOTES.items()
    ]
    problems = refused(corpus, write(tmp_path / "p.jsonl", GOOD, *rows))
    assert [(line, column) for line, column, _ in problems] == [(n, "exact") for n in range(2, len(rows) + 2)]
    for (_, _, found), (kind, (_, near)) in zip(problems, MISQUOTES.items(), strict=True):
        assert near in found, kind


def test_undecided_words_are_refused_too_and_rejected_ones_are_recorded(corpus, tmp_path):
    row = GOOD | {"exact": "More than 900 residents", "decision": ""}
    assert refused(corpus, write(tmp_path / "p.jsonl", row))[0][:2] == (1, "exact")
    merged = accept(corpus, write(tmp_path / "p.jsonl", row | {"decision": "reject", "note": "misquoted"}))
    assert merged.rejected == 1
    (decision,) = read_table(corpus / "coded/decisions.csv").to_dict("records")
    assert (decision["start"], decision["row_id"], decision["note"]) == ("", "", "misquoted")
    dataset.read(corpus)


HOSTILE = {
    "unknown source": ({"source_id": "nowhere"}, "source_id"),
    "unknown question": ({"proposition_id": "colour"}, "proposition_id"),
    "no question": ({"proposition_id": None}, "proposition_id"),
    "a value that its kind refuses": ({"proposition_id": "residents", "value": "many"}, "value"),
    "a date that is none": ({"proposition_id": "flooded", "value": "3 March 2021"}, "value"),
    "a truth for yes or no": ({"proposition_id": "lamp-saved", "value": True}, "value"),
    "an unknown term": ({"value": "shut"}, "value"),
    "an unknown voice": ({"voice": "narrator"}, "voice"),
    "no voice": ({"voice": ""}, "voice"),
    "an unknown modality": ({"modality": "claims"}, "modality"),
    "an unknown decision": ({"decision": "yes"}, "decision"),
    "a truth as decision": ({"decision": True}, "decision"),
    "nobody proposes": ({"proposed_by": " "}, "proposed_by"),
    "a list": ({"value": ["closed", "open"]}, "value"),
    "an object": ({"voice": {"term": "author"}}, "voice"),
    "not a number": ({"start": float("nan")}, "start"),
    "infinite": ({"start": float("inf")}, "start"),
    "an unknown table": ({"table": "facts"}, "table"),
    "a table without ids": ({"table": "uncoded"}, "table"),
    "a column of another table": ({"instrument_id": "rivers"}, "instrument_id"),
    "an unknown column": ({"vlaue": "closed"}, "vlaue"),
    "an id of its own": ({"claim_id": "gazette.c001"}, "claim_id"),
    "no words": ({"exact": ""}, "exact"),
    "no source": ({"source_id": None}, "source_id"),
    "a wrong place": ({"start": 3}, "start"),
    "a place from 1": ({"start": 68}, "start"),
    "an inclusive end": ({"start": 67, "end": 84}, "end"),
    "a place in words": ({"start": "line 1"}, "start"),
    "a negative place": ({"start": -1}, "start"),
    "an enormous place": ({"start": 10**40}, "start"),
    "another sentence": ({"sentence_id": "gazette.s999"}, "exact"),
    "a control character": ({"note": "a\x07b"}, "note"),
    "a blank value": ({"value": "  "}, "value"),
    "an id that is none": ({"proposal_id": "../x"}, "proposal_id"),
    "half a surrogate": ({"note": "\ud800"}, "note"),
    "what was proposed for no column": ({"proposed_colour": "red"}, "proposed_colour"),
}


def test_hostile_proposals_are_refused_with_their_place(corpus, tmp_path):
    path = tmp_path / "p.jsonl"
    base = GOOD | {"exact": "bridge was flooded"}
    rows = [GOOD] + [base | {"proposed_by": kind} | more for kind, (more, _) in HOSTILE.items()]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))  # a surrogate is escaped
    found = {(line, column) for line, column, _ in refused(corpus, path)}
    expected = {(line, column): kind for line, (kind, (_, column)) in enumerate(HOSTILE.items(), start=2)}
    assert not [kind for place, kind in expected.items() if place not in found]
    assert not found - expected.keys()


LINES = {
    "no JSON": b"{'source_id': 'gazette'}",
    "an array": b'[{"source_id": "gazette"}]',
    "a text": b'"gazette"',
    "a fence": b"```json",
    "prose": b"Here are the claims that I found:",
    "cut": b'{"source_id": "gaz',
    "Windows-1252": '{"source_id": "gazette", "note": "grün"}'.encode("cp1252"),
    "a name twice": b'{"source_id": "gazette", "source_id": "mill"}',
    "too deep": b"[" * 100_000,
    "a number of too many digits": b'{"start": ' + b"9" * 5_000 + b"}",
}


def test_lines_that_are_no_proposals_are_refused_with_their_line(corpus, tmp_path):
    path = write(tmp_path / "p.jsonl", GOOD)
    path.write_bytes(path.read_bytes() + b"\n".join(LINES.values()))
    assert [line for line, _, _ in refused(corpus, path)] == [*range(2, len(LINES) + 2)]


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("p.json", b"[]", "a .json file"),
        ("p.xlsx", b"PK\x03\x04", "a .xlsx file"),
        ("p", b"{}", "without a suffix"),
        ("p.csv", b"source_id;exact\n", "';'"),
        ("p.csv", "source_id,exact\ngazette,x\n".encode("utf-16"), "UTF-16"),
        ("p.csv", b"", "an empty file"),
        ("p.csv", b'source_id,exact\ngazette,"x\n', "never closed"),
        ("p.csv", b"source_id,exact\ngazette\n", "1 cells"),
        ("p.csv", b"source_id,exact,exact\ngazette,x,y\n", "again in column 3"),
    ],
)
def test_files_that_are_no_proposals_are_refused(corpus, tmp_path, name, data, found):
    path = tmp_path / name
    path.write_bytes(data)
    assert found in " ".join(found for _, _, found in refused(corpus, path))


def test_all_that_is_wrong_is_told_at_once(corpus, tmp_path):
    rows = [
        GOOD | {"exact": "More than 900"},
        GOOD | {"voice": "narrator"},
        GOOD | {"value": "open", "decision": "yes"},
    ]
    problems = sorted(refused(corpus, write(tmp_path / "p.jsonl", *rows, GOOD)))
    assert [(line, column) for line, column, _ in problems] == [(1, "exact"), (2, "voice"), (3, "decision")]


@pytest.mark.parametrize("unit", ["UTF-16 code units", "bytes of UTF-8"])
def test_offsets_in_other_units_are_named(corpus, tmp_path, unit):
    raw = "\U0001f30a The mill bridge was flooded. \U0001f30a The lamp was lost."
    (corpus / "raw/gazette.txt").write_text(raw)
    documents = {"gazette": read_document(corpus / "raw/gazette.txt", source_id="gazette")}
    exact = "The lamp was lost"
    before = raw[: raw.index(exact)]
    start = len(before.encode("utf-16-le")) // 2 if unit.startswith("UTF-16") else len(before.encode())
    proposals, _ = try_proposals(write(tmp_path / "p.jsonl", GOOD | {"exact": exact, "start": start}), TABLES)
    with pytest.raises(DataError, match=f"expected {len(before)}, .*counted in {unit}"):
        merge_proposals(proposals, read_tables(corpus), documents, read_schemas(corpus), by="A", on="2025")


def test_a_place_decides_among_equal_words(corpus, tmp_path):
    raw = read_documents(corpus / "raw")["council"].raw
    row = GOOD | {"source_id": "council", "exact": "residents", "proposition_id": "bridge-name", "value": "x"}
    assert "in 2 places" in refused(corpus, write(tmp_path / "p.jsonl", row))[0][2]
    for decided in ({"start": raw.rindex("residents")}, {"prefix": "warn "}, {"sentence_id": "council.s004"}):
        accept(corpus, write(tmp_path / "p.jsonl", row | decided))
    claims = read_table(corpus / "coded/claims.csv")
    assert claims.loc[claims["exact"] == "residents", "start"].tolist() == [str(raw.rindex("residents"))]


def test_words_in_another_form_become_those_of_the_source(corpus, tmp_path):
    row = GOOD | {"source_id": "council", "exact": "The mill  bridge was flooded"}
    accept(corpus, write(tmp_path / "p.jsonl", row))
    assert "The **mill bridge** was flooded" in set(read_table(corpus / "coded/claims.csv")["exact"])


def test_what_was_wrong_before_does_not_hinder_and_what_becomes_wrong_elsewhere_does(corpus, tmp_path):
    change(corpus, "coded/propositions.csv", "topic", "nothing", proposition_id="state")
    assert accept(corpus, write(tmp_path / "p.jsonl", GOOD)).added == {"claims": 1}
    row = GOOD | {"source_id": "council", "exact": "Nobody should despair"}
    ((_, column, found),) = refused(corpus, write(tmp_path / "p.jsonl", row))
    assert (column, found) == ("sentence_id", "council.s006, which other tables code")


def test_csv_with_a_mark_and_lines_of_windows(corpus, tmp_path):
    path = tmp_path / "p.csv"
    path.write_bytes(
        ("\ufeff" + ",".join(GOOD) + "\r\n" + ",".join(GOOD.values()) + "\r\n,,,,,,,\r\n").encode()
    )
    assert accept(corpus, path).added == {"claims": 1}


def test_a_column_that_the_table_does_without_is_not_added(corpus, tmp_path):
    claims = corpus / "coded/claims.csv"
    frame = read_table(claims)
    write_table(frame.drop(columns="basis"), claims)
    accept(corpus, write(tmp_path / "p.jsonl", GOOD))
    assert "basis" not in read_table(claims)
    accept(corpus, write(tmp_path / "p.jsonl", GOOD | {"basis": "inferred", "exact": "bridge was flooded"}))
    assert read_table(claims)["basis"].tolist().count("inferred") == 1


@pytest.mark.slow
def test_many_proposals(corpus, tmp_path):
    """A hundred thousand rows, most of them undecided."""
    rows = [GOOD | {"note": str(n), "decision": "", "value": str(n)} for n in range(100_000)]
    path = write(tmp_path / "p.jsonl", *rows, GOOD)
    merged = accept(corpus, path)
    assert (merged.added, merged.undecided) == ({"claims": 1}, 100_000)


@given(st.dictionaries(st.sampled_from([*GOOD, "start", "note", "table", "x"]), st.text(max_size=8)))
def test_the_id_of_a_proposal_does_not_depend_on_what_is_decided(row):
    given_id = proposal_id(row)
    assert given_id == proposal_id(row | {"decision": "accept", "note": "n", "pattern": "p", "line": 3})
    assert TABLES["decisions"].schema.columns["proposal_id"].checks[0]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["accept", "links"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)
NAMES = st.sampled_from(
    [*GOOD, "start", "end", "note", "table", "kind", "proposal_id", "proposed_value", "line", "x"]
)


@given(st.lists(st.dictionaries(NAMES, JSON), max_size=5))
def test_every_object_is_read_or_refused(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    frame, problems = try_proposals(path, TABLES)
    read, refused_ = set(frame["line"]), {problem.line for problem in problems}
    assert read | refused_ == set(range(1, len(rows) + 1))
    assert not read & refused_

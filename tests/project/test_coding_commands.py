"""The commands of coders: what they find, what they write, and what they leave alone."""

import json
from pathlib import Path

import pandas as pd
import pytest
from bridge import change, write_rows

from sourcebook import cli
from sourcebook.core.csvfiles import read_table, write_table

CLAIMS, LAYOUT, IDS = "coded/claims.csv", "raw/layout.csv", "raw/sentence_ids.csv"


def run(capsys, *arguments):
    code = cli.main([str(argument) for argument in arguments])
    out = capsys.readouterr()
    return code, out.out, out.err


def bare(folder, columns=("sentence_id", "start", "end", "prefix", "suffix")):
    """Leave only what a person writes in the claims."""
    frame = read_table(folder / CLAIMS)
    write_table(frame.drop(columns=list(columns)), folder / CLAIMS)
    return frame


@pytest.mark.parametrize("given", ["claims.csv", "coded/claims.csv", None])
def test_anchor_finds_the_table_and_fills_in_place_and_sentence(corpus, capsys, monkeypatch, tmp_path, given):
    before = bare(corpus)
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, "anchor", *([given] if given else []), "--data", corpus)
    assert (code, err) == (0, "")
    assert f"{corpus / CLAIMS}: 9 quotes at their places, 9 rows filled in or corrected\n" in out
    after = read_table(corpus / CLAIMS)[list(before.columns)]
    columns = ["claim_id", "sentence_id", "start", "end", "exact"]
    pd.testing.assert_frame_equal(after[columns], before[columns])
    assert run(capsys, "check", "--data", corpus)[0] == 0
    assert "nothing to change" in run(capsys, "anchor", "claims.csv", "--data", corpus)[1]


def test_a_table_that_is_nowhere_is_named_with_where_it_was_looked_for(corpus, capsys):
    code, out, err = run(capsys, "anchor", "clams.csv", "--data", corpus)
    assert (code, out) == (1, "")
    assert "clams.csv: expected a table here, in" in err


def test_the_layout_is_anchored_as_its_schema_has_it(corpus, capsys):
    frame = read_table(corpus / LAYOUT)
    write_table(frame.assign(start="", end=""), corpus / LAYOUT)
    assert "run `sourcebook anchor raw/layout.csv`" in run(capsys, "check", "--data", corpus)[2]
    code, out, _ = run(capsys, "anchor", "raw/layout.csv", "--data", corpus)
    assert code == 0 and "1 rows filled in or corrected" in out
    pd.testing.assert_frame_equal(read_table(corpus / LAYOUT), frame)
    assert run(capsys, "check", "--data", corpus)[0] == 0


def test_a_change_of_the_layout_leaves_the_ids_and_anchor_cures_what_it_takes_away(corpus, capsys):
    assert run(capsys, "anchor", "--data", corpus)[0] == 0
    assert read_table(corpus / IDS)["sentence_id"].tolist()[:2] == ["council.s001", "council.s002"]
    heading = read_table(corpus / CLAIMS).loc[0, "exact"]
    write_rows(
        corpus,
        LAYOUT,
        [
            {"source_id": "council", "zone": zone, "exact": exact}
            for zone, exact in (("letterhead", "RIVER COUNCIL · OFFICE OF WORKS\n\n# "), ("title", heading))
        ],
    )
    assert run(capsys, "anchor", "layout.csv", "--data", corpus)[0] == 0
    code, _, err = run(capsys, "check", "--data", corpus)
    assert (code, err) == (0, "")
    write_table(read_table(corpus / LAYOUT).iloc[:0], corpus / LAYOUT)  # now the letterhead is a sentence
    rows = json.loads(run(capsys, "sentences", "--json", "--source", "council", "--data", corpus)[1])
    assert [row["sentence_id"][-3:] for row in rows] == ["007", "001", "002", "003", "004", "005", "006"]
    assert rows[0]["text"] == "RIVER COUNCIL · OFFICE OF WORKS"
    assert run(capsys, "anchor", "--data", corpus)[0] == 0
    mentions = read_table(corpus / "coded/mentions.csv")
    assert mentions["sentence_id"].tolist() == ["council.s007", "council.s004"]
    err = run(capsys, "check", "--data", corpus)[2]
    assert [line.split(":")[0].strip() for line in err.splitlines()[1:]] == ["coded/uncoded.csv"]


def test_sentences_have_their_places(corpus, capsys, tmp_path):
    code, out, _ = run(capsys, "sentences", "--source", "mill", "-o", tmp_path / "s.csv", "--data", corpus)
    assert (code, out) == (0, f"{tmp_path / 's.csv'}: 3 rows\n")
    frame = read_table(tmp_path / "s.csv")
    raw = (corpus / "raw/mill.txt").read_text(encoding="utf-8")
    for text, start, end in zip(frame["text"], frame["raw_start"], frame["raw_end"], strict=True):
        assert raw[int(start) : int(end)] == text
    code, out, err = run(capsys, "sentences", "--source", "mil", "--data", corpus)
    assert (code, out) == (
        1,
        "",
    ) and err == "mil: expected the id of a source, found none → did you mean mill?\n"
    code, out, err = run(capsys, "sentences", "--source", "xyz", "--data", corpus)
    assert (code, out) == (1, "") and "found none → write one of council, mill, gazette" in err


def test_an_anchor_that_fails_changes_nothing(corpus, capsys):
    bare(corpus)
    change(corpus, CLAIMS, "exact", "Over 300 residents", claim_id="council.c004")
    before = {path: path.read_bytes() for path in Path(corpus).rglob("*.csv")}
    assert run(capsys, "anchor", "--data", corpus)[0] == 1
    assert {path: path.read_bytes() for path in Path(corpus).rglob("*.csv")} == before

"""A review that is settled is merged into the coded tables, all of it or nothing, with who decided."""

import pytest

from sourcebook.cli import main
from sourcebook.coding.reviews import REVIEW_COLUMNS, VERDICTS
from sourcebook.core.csvfiles import read_table
from sourcebook.pipeline import dataset

AGREE, OTHERWISE, UNSUPPORTED = VERDICTS


def answers(folder, claim):
    row = read_table(folder / "coded/claims.csv").set_index("claim_id").loc[claim]
    return {name: row[name] for name in ("value", "voice", "modality")}


def review(folder, *codings, header=REVIEW_COLUMNS):
    """Write a review as the page exports it: coding, verdict, and the answers that are others."""
    lines = [",".join(header)]
    for claim, verdict, others, follows in codings:
        for name, coded in answers(folder, claim).items():
            now = "" if verdict == UNSUPPORTED else others.get(name, coded)
            lines.append(f"{claim},{verdict},{name},{coded},{now},Ana,{follows},")
    path = folder.parent / "decisions-Ana.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def accept(folder, path):
    return main(["accept", str(path), "--by", "Berta", "--data", str(folder)])


def state(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*.csv"))}


def test_what_is_settled_is_merged_with_who_decided(corpus, capsys):
    path = review(
        corpus,
        ("council.c001", AGREE, {}, ""),
        ("mill.c002", OTHERWISE, {"value": "~160", "modality": "hedges"}, "Cem"),
    )
    assert accept(corpus, path) == 0, capsys.readouterr().err
    assert capsys.readouterr().out.endswith("1 agreed with, 1 coded otherwise, 0 removed\n")
    assert answers(corpus, "mill.c002") == {"value": "~160", "voice": "author", "modality": "hedges"}
    decisions = (
        dataset.read(corpus).tables["decisions"].set_index("row_id").loc[["council.c001", "mill.c002"]]
    )
    assert decisions["proposed_by"].tolist() == ["Ana", "Ana"]
    assert decisions["decided_by"].tolist() == ["Berta", "Berta"]
    assert decisions.loc["mill.c002", "edited"] == "value: ~150 → ~160; modality: asserts → hedges"
    assert decisions.loc["mill.c002", "note"] == "as the pass of Cem"
    before = state(corpus)
    assert accept(corpus, path) == 0
    assert "nothing new" in capsys.readouterr().out
    assert state(corpus) == before


def test_what_is_not_supported_goes_and_its_id_is_given_to_no_other(corpus, capsys):
    path = review(corpus, ("mill.c002", UNSUPPORTED, {}, ""))
    (corpus / "dataset.toml").write_text('name = "bridge"\ntitle = "The bridge"\n')
    assert accept(corpus, path) == 0, capsys.readouterr().err
    data = dataset.read(corpus)
    assert "mill.c002" not in set(data.tables["claims"]["claim_id"])
    assert data.tables["decisions"].set_index("row_id").loc["mill.c002", "decision"] == "reject"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("mill.c002", "mill.c999", ":2:row_id: expected the id of a coding that the data has"),
        ("~150,~160", "~140,~160", ":2:coded: expected '~150', as it is coded now, found '~140'"),
        ("code otherwise,value", "maybe,value", ":2:verdict: expected one of agree, code otherwise"),
        ("~150,~160", "~150,", ":2:review: expected the answer of the review, found nothing"),
        ("~150,~160", "~150,many", "expected a quantity such as 647, ~647"),
        ("value,~150", "colour,~150", ":2:variable: expected one of value, voice, modality"),
        (",Ana,", ",,", ":2:reviewer: expected who reviewed"),
        ("row_id,verdict,variable", "row_id,verdict,other", ":1:variable: expected a column of a review"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_changes(corpus, capsys, old, new, expected):
    path = review(corpus, ("mill.c002", OTHERWISE, {"value": "~160"}, ""))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    before = state(corpus)
    assert accept(corpus, path) == 1
    assert expected in capsys.readouterr().err
    assert state(corpus) == before


def test_a_sentence_that_loses_its_last_coding_is_named_where_all_must_be_coded(corpus, capsys):
    path = review(corpus, ("mill.c002", UNSUPPORTED, {}, ""))
    (corpus / "dataset.toml").write_text('name = "bridge"\ntitle = "The bridge"\nexhaustive = true\n')
    assert main(["check", "--data", str(corpus)]) == 0, capsys.readouterr().err
    assert accept(corpus, path) == 1
    assert "mill.s002" in capsys.readouterr().err

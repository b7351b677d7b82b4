"""What changed between two releases of a data folder, changed by hand."""

import logging
import shutil

import pandas as pd
import pytest

from sourcebook.cli import main
from sourcebook.core.csvfiles import read_table, write_table
from sourcebook.core.errors import DataError
from sourcebook.pipeline import build, datapackage, store
from sourcebook.pipeline.releases import COLUMNS, compare_releases, summarise_changes


def rebuild(folder):
    store.write(build.build(folder))
    datapackage.write(folder)


@pytest.fixture
def releases(built, tmp_path):
    return built, shutil.copytree(built, tmp_path / "newer")


def edit(folder, table, change):
    path = folder / "coded" / f"{table}.csv"
    frame = read_table(path)
    write_table(change(frame), path)


def rows_of(changes, table):
    return changes[changes["table"] == table].drop(columns="table").values.tolist()


def test_equal_releases_have_no_change(releases):
    changes = compare_releases(*releases)
    assert changes.columns.tolist() == list(COLUMNS)
    assert changes.empty
    assert summarise_changes(changes).empty


def test_a_claim_that_changes_is_named_with_what_follows(releases):
    old, new = releases
    claims = read_table(old / "coded/claims.csv")
    asked = read_table(old / "coded/propositions.csv").set_index("proposition_id")["kind"]
    counts = claims[claims["proposition_id"].map(asked).eq("quantity")]
    name, value, becomes = *counts[["claim_id", "value"]].iloc[0], "1234"
    edit(new, "claims", lambda f: f.assign(value=f["value"].where(f["claim_id"] != name, becomes)))
    rebuild(new)
    changes = compare_releases(old, new)
    assert rows_of(changes, "claims") == [[name, "changed", "value", value, becomes]]
    numbers = changes[changes["table"] == "numbers"]
    old_numbers, new_numbers = store.load(old).numbers, store.load(new).numbers
    expected = {
        key
        for key in {*old_numbers, *new_numbers}
        if key not in old_numbers
        or key not in new_numbers
        or old_numbers[key].formatted != new_numbers[key].formatted
    }
    assert set(numbers["key"]) == expected
    assert f"claim.{name}" in expected
    assert summarise_changes(changes).set_index("table").loc["claims"].tolist() == [0, 0, 1, 0]


def test_claims_added_and_removed_are_told_by_their_words(releases):
    old, new = releases
    claims = read_table(old / "coded/claims.csv")
    gone, kept = claims.iloc[0], claims.iloc[1]
    edit(
        new,
        "claims",
        lambda f: pd.concat([f.iloc[1:], f.iloc[[1]].assign(claim_id="council.extra")], ignore_index=True),
    )
    assert rows_of(compare_releases(old, new), "claims") == [
        [gone["claim_id"], "removed", "", gone["exact"], ""],
        ["council.extra", "added", "", "", kept["exact"]],
    ]


def test_a_quote_at_another_place_is_moved_and_not_changed(releases):
    old, new = releases
    edit(new, "claims", lambda f: f.assign(start=(f["start"].astype(int) + 7).astype(str)))
    changes = compare_releases(old, new)
    claims = read_table(old / "coded/claims.csv")
    assert changes.loc[changes["table"] == "claims", "change"].tolist() == ["moved"] * len(claims)
    assert rows_of(changes, "claims")[0][2:] == [
        "start", claims["start"][0], str(int(claims["start"][0]) + 7)
    ]  # fmt: skip


def test_a_column_and_a_table_that_only_one_has(releases):
    old, new = releases
    edit(new, "claims", lambda f: f.drop(columns="note") if "note" in f else f)
    (old / "derived/silences.csv").unlink()
    changes = compare_releases(old, new)
    noted = read_table(old / "coded/claims.csv")["note"]
    assert changes.loc[changes["table"] == "claims", "old"].tolist() == [note for note in noted if note]
    assert set(changes.loc[changes["table"] == "silences", "change"]) == {"added"}


def test_a_release_that_cannot_be_loaded_is_compared_without_numbers(releases, caplog):
    old, new = releases
    edit(new, "claims", lambda f: f.assign(modality="whispers"))
    with caplog.at_level(logging.WARNING, logger="sourcebook"):
        changes = compare_releases(old, new)
    assert "numbers are not compared" in caplog.text
    assert set(changes["table"]) == {"claims"}
    assert set(changes["new"]) == {"whispers"}


def test_what_is_no_release_is_refused_with_every_reason(releases, tmp_path):
    old, new = releases
    edit(new, "claims", lambda f: pd.concat([f, f.iloc[[0]]], ignore_index=True))
    edit(new, "propositions", lambda f: f.drop(columns="proposition_id"))
    with pytest.raises(DataError) as error:
        compare_releases(old, new)
    assert [(p.file, p.column) for p in error.value.problems] == [
        ("coded/claims.csv", "claim_id"),
        ("coded/propositions.csv", "proposition_id"),
    ]
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="expected a data folder, found no table"):
        compare_releases(old, tmp_path / "empty")
    with pytest.raises(DataError, match="no such folder"):
        compare_releases(old, tmp_path / "nowhere")


def test_the_command_prints_counts_then_changes(releases, capsys, tmp_path):
    old, new = map(str, releases)
    assert main(["compare", old, new]) == 0
    assert capsys.readouterr().out == "no change\n"
    edit(releases[1], "claims", lambda f: f.assign(note=["a new\nremark", *f["note"][1:]]))
    name = read_table(releases[0] / "coded/claims.csv")["claim_id"][0]
    out = tmp_path / "changes.csv"
    assert main(["compare", old, "--data", new]) == 0
    assert f"claims {name}: changed note: (empty) → a new remark" in capsys.readouterr().out
    assert main(["compare", old, new, "-o", str(out)]) == 0
    assert read_table(out)["new"].tolist() == ["a new\nremark"]


def test_numbers_of_a_release_with_other_derived_tables_are_computed_anew(releases, caplog):
    old, new = releases
    (old / "derived/agreement.csv").unlink()
    with caplog.at_level(logging.WARNING, logger="sourcebook"):
        changes = compare_releases(old, new)
    assert "numbers are computed anew by this version" in caplog.text
    assert rows_of(changes, "numbers") == []
    assert set(changes["table"]) == {"agreement"}

"""A new text of a source: what becomes of its quotes, and what is written."""

import json
import os
import unicodedata

import pytest
from bridge import TEXTS, sha256, write_rows

from sourcebook import cli
from sourcebook.coding import reanchoring
from sourcebook.core.csvfiles import read_table, write_table

OLD = TEXTS["council"]
CLAIMS, LAYOUT, PAGES = "coded/claims.csv", "raw/layout.csv", "raw/pages.csv"


def state(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture
def reanchor(corpus, capsys, tmp_path):
    """Run the command with a new text of the council's notice; return exit code, rows of the report, errors."""
    (corpus / "dataset.toml").write_text('name = "data"\ntitle = "data"\n', encoding="utf-8")

    def run(text, *arguments, source="council"):
        file = tmp_path / "new.txt"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        code = cli.main(["reanchor", source, str(file), "--data", str(corpus), "--json", *arguments])
        out = capsys.readouterr()
        return code, json.loads(out.out) if out.out else [], out.err

    return run


def statuses(rows):
    return {row["status"] for row in rows}


def check(corpus, capsys):
    code = cli.main(["check", "--data", str(corpus)])
    return code, capsys.readouterr().err


def sliced(corpus):
    """Return whether every quote and every zone is at its place."""
    texts = {source: (corpus / f"raw/{source}.txt").read_bytes().decode() for source in TEXTS}
    tables = [read_table(path) for path in (*(corpus / "coded").glob("*.csv"), corpus / LAYOUT)]
    return all(
        texts[row["source_id"]][int(row["start"]) : int(row["end"])] == row["exact"]
        for table in tables
        if {"source_id", "exact", "start"} <= set(table)
        for row in table.to_dict("records")
    )


def test_without_write_nothing_is_written(reanchor, corpus):
    before = state(corpus)
    code, rows, err = reanchor(OLD)
    assert (code, statuses(rows), err) == (0, {"kept"}, "")
    assert {row["table"] for row in rows} >= {CLAIMS, LAYOUT, "coded/mentions.csv"}
    assert statuses(reanchor("Something else.")[1]) == {"lost"}
    assert state(corpus) == before


MOVED = {
    "paragraph before": "A new paragraph on the weather in spring.\n\n" + OLD,
    "paragraph between": OLD.replace("\n\nThe Convention", "\n\nA new paragraph.\n\nThe Convention"),
    "paragraphs exchanged": OLD.replace("The **mill", "The lamp is dear to all of us.\n\nThe **mill"),
    "carriage returns": OLD.replace("\n", "\r\n"),
    "byte-order mark": "\ufeff" + OLD,
    "text at the end": OLD + "\nPrinted in town.\n",
}


@pytest.mark.parametrize("name", MOVED)
def test_what_moved_gets_its_new_place_and_keeps_its_sentence(reanchor, corpus, capsys, name):
    ids = read_table(corpus / CLAIMS)["sentence_id"].tolist()
    code, rows, err = reanchor(MOVED[name], "--write")
    assert code == 0, err
    assert statuses(rows) <= {"kept", "moved"}
    assert check(corpus, capsys) == (0, "")
    assert sliced(corpus)
    assert read_table(corpus / CLAIMS)["sentence_id"].tolist() == ids
    (version,) = read_table(corpus / "raw/versions.csv").to_dict("records")
    kept = corpus / "raw" / version["file"]
    assert kept.read_bytes().decode() == OLD
    assert version["sha256"] == sha256(kept) and version["sha256"][:12] in version["file"]
    assert reanchor(MOVED[name], "--write")[0] == 0  # nothing is left to do
    assert len(read_table(corpus / "raw/versions.csv")) == 1


def test_back_and_forth_keeps_each_text_once(reanchor, corpus, capsys):
    before = state(corpus)
    for text in (MOVED["paragraph before"], OLD, MOVED["paragraph before"], OLD):
        assert reanchor(text, "--write")[0] == 0
    after = state(corpus)
    assert len(read_table(corpus / "raw/versions.csv")) == 2
    assert {name for name in before if after[name] != before[name]} <= {"raw/sources.csv"}
    assert read_table(corpus / "raw/sources.csv")["sha256"].tolist()[0] == sha256(corpus / "raw/council.txt")
    assert check(corpus, capsys) == (0, "")


def test_a_kept_text_is_checked_by_its_hash(reanchor, corpus, capsys):
    assert reanchor(OLD + "\nMore.\n", "--write")[0] == 0
    (kept,) = (corpus / "raw/versions").iterdir()
    kept.write_text("forged")
    code, err = check(corpus, capsys)
    assert code == 1 and "raw/versions.csv:2:sha256" in err
    kept.unlink()
    code, err = check(corpus, capsys)
    assert code == 1 and "remove its row from versions.csv" in err


def test_a_changed_quote_is_shown_refused_and_accepted(reanchor, corpus, capsys):
    before = state(corpus)
    text = OLD.replace("Over 200 residents", "Over 300 residents")
    code, rows, err = reanchor(text, "--write")
    changed = [row for row in rows if row["status"] == "changed"]
    assert code == 1 and changed
    assert all("200" in row["old"] and "300" in row["new"] and row["score"] > 90 for row in changed)
    assert {row["note"] for row in changed} == {"'300' for '200'"}
    assert all(f"{row['table']}:{row['line']}:exact" in err for row in changed)
    assert state(corpus) == before
    code, _, err = reanchor(text, "--write", "--accept-changed")
    assert code == 0, err
    assert sliced(corpus)
    assert check(corpus, capsys) == (0, "")


def test_a_changed_quote_is_accepted_by_itself(reanchor, corpus, capsys):
    text = OLD.replace("Over 200 residents", "Over 300 residents")
    _, rows, _ = reanchor(text)
    first, *rest = [row["id"] for row in rows if row["status"] == "changed"]
    before = state(corpus)
    code, _, err = reanchor(text, "--write", "--accept", first, "--accept", "nobody.c001")
    assert code == 1 and "--accept: expected the id of a row whose words changed" in err
    assert all(f"--accept {name} takes the new words" in err for name in rest)
    assert f"--accept {first} takes" not in err and state(corpus) == before
    code, _, err = reanchor(
        text, "--write", *(part for name in (first, *rest) for part in ("--accept", name))
    )
    assert code == 0, err
    assert check(corpus, capsys) == (0, "")
    assert reanchor(text, "--accept", first)[0] == 1


def test_a_deleted_quote_is_lost_and_nothing_is_written(reanchor, corpus):
    before = state(corpus)
    text = OLD.replace("Over 200 residents were cut off from the market.", "")
    code, rows, err = reanchor(text, "--write", "--accept-changed")
    lost = [row for row in rows if row["status"] == "lost"]
    assert code == 1 and lost and all(row["new"] == "" and row["new_start"] is None for row in lost)
    assert "remove the row, or let it quote words that both texts have" in err
    assert state(corpus) == before


def test_a_quote_that_is_there_twice_is_the_one_with_its_surroundings(reanchor, corpus, capsys):
    text = "> The old lamp was saved.\n\n" + OLD
    code, rows, err = reanchor(text, "--write")
    assert code == 0, err
    (row,) = [row for row in rows if row["table"] == "coded/heritage.csv" and "lamp" in row["old"]]
    assert row["new_start"] == text.rindex(row["old"])
    assert check(corpus, capsys) == (0, "")


def test_letters_composed_otherwise_are_the_same_words(reanchor, corpus, capsys):
    words = "The café at the mill is open."
    assert reanchor(OLD + f"\n{words}\n", "--write")[0] == 0
    frame = read_table(corpus / "coded/mentions.csv")
    row = frame.iloc[0].to_dict() | {"mention_id": "council.m900", "exact": words, "sentence_id": ""}
    raw = (corpus / "raw/council.txt").read_bytes().decode()
    row |= {"source_id": "council", "start": str(raw.index(words)), "end": str(raw.index(words) + len(words))}
    frame.loc[len(frame)] = row | {"prefix": "", "suffix": ""}
    write_table(frame, corpus / "coded/mentions.csv")
    code, _, err = reanchor(unicodedata.normalize("NFD", raw), "--write")
    assert code == 0, err
    last = read_table(corpus / "coded/mentions.csv").iloc[-1]
    assert last["exact"] == unicodedata.normalize("NFD", words) != words
    assert sliced(corpus)


def test_zones_and_pages_move_with_their_words(reanchor, corpus, capsys):
    half = OLD.index("The Convention")
    write_rows(
        corpus,
        PAGES,
        [
            {"source_id": "council", "page": "1", "start": "0", "end": str(half)},
            {"source_id": "council", "page": "2", "start": str(half), "end": str(len(OLD))},
            {"source_id": "council", "page": "3", "start": str(len(OLD)), "end": str(len(OLD))},
        ],
    )
    text = "Corrected copy.\n\n" + OLD.replace("Nobody should despair", "Nobody, though, should despair")
    code, _, err = reanchor(text, "--write", "--accept-changed")
    assert code == 0, err
    pages = read_table(corpus / PAGES)[["start", "end"]].astype(int).to_numpy().tolist()
    cut = text.index("The Convention")
    assert pages == [[len("Corrected copy.\n\n"), cut], [cut, len(text)], [len(text), len(text)]]
    zone = read_table(corpus / LAYOUT).iloc[0]
    assert int(zone["start"]) == text.index(zone["exact"])
    assert check(corpus, capsys) == (0, "")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"\xff\xfe\x00broken", "UTF-8"),
        (b"", None),
        (b"\x00\x00\x00", None),
        ("RIVER COUNCIL · OFFICE OF WORKS\n" * 3, None),
        (OLD + OLD, None),
        (OLD[: len(OLD) // 2], None),
        (OLD.upper(), None),
        (OLD.replace(" ", ""), None),
        (" ".join(reversed(OLD.split())), None),
        ("".join(reversed(OLD)), None),
    ],
)
def test_hostile_texts_change_nothing_and_end_with_an_error(reanchor, corpus, text, why):
    before = state(corpus)
    code, rows, err = reanchor(text, "--write")
    if code == 0:
        assert statuses(rows) <= {"kept", "moved"} and sliced(corpus)
    else:
        assert code == 1 and err and "Traceback" not in err and state(corpus) == before
        assert why is None or why in err


def test_a_failure_in_the_middle_leaves_everything_as_it_was(reanchor, corpus, monkeypatch):
    before = state(corpus)
    written = []

    def failing(frame, path):
        written.append(path)
        if path.name == "mentions.csv":
            raise OSError(28, "No space left on device", str(path))
        write_table(frame, path)

    monkeypatch.setattr(reanchoring, "write_table", failing)
    code, _, err = reanchor(MOVED["paragraph before"], "--write")
    assert code == 1 and "No space left" in err and len(written) > 2
    assert state(corpus) == before


def test_wrong_calls_are_refused(reanchor, corpus, capsys, tmp_path):
    code, _, err = reanchor(OLD, source="nobody")
    assert code == 1 and "expected one of council, mill, gazette, found nobody" in err
    code, _, err = reanchor(OLD, "--accept-changed")
    assert code == 1 and "add --write" in err
    assert cli.main(["reanchor", "council", str(tmp_path), "--data", str(corpus)]) == 1
    assert cli.main(["reanchor", "council", str(tmp_path / "none.txt"), "--data", str(corpus)]) == 1
    os.mkfifo(tmp_path / "pipe")
    assert cli.main(["reanchor", "council", str(tmp_path / "pipe"), "--data", str(corpus)]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_quotes_that_are_not_at_their_places_now_are_named_first(reanchor, corpus):
    frame = read_table(corpus / CLAIMS)
    frame.loc[frame["source_id"] == "council", "start"] = "1"
    write_table(frame, corpus / CLAIMS)
    code, _, err = reanchor(OLD)
    assert code == 1 and f"{CLAIMS}:2:" in err


def test_for_people_counts_come_first(corpus, capsys, tmp_path):
    (tmp_path / "new.txt").write_text(OLD.replace("Over 200", "Over 300"))
    assert cli.main(["reanchor", "council", str(tmp_path / "new.txt"), "--data", str(corpus)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["kept", "moved", "changed", "lost"]
    assert any("changed: 'Over 200" in line and "→ 'Over 300" in line for line in lines)

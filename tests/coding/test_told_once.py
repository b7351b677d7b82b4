"""What goes into a data folder is told: every cause, once, with its cell, before a later step breaks on it."""

import hashlib
import shutil
import unicodedata

import pytest
from bridge import change, write_pass

from sourcebook.core.csvfiles import read_table, write_table
from sourcebook.core.errors import DataError
from sourcebook.pipeline import dataset

CLAIMS = "coded/claims.csv"


def problems(folder):
    with pytest.raises(DataError) as caught:
        dataset.read(folder)
    return [(p.file, p.line, p.column) for p in caught.value.problems]


def message(folder):
    with pytest.raises(DataError) as caught:
        dataset.read(folder)
    assert all(p.action for p in caught.value.problems)
    return str(caught.value)


def rewrite(folder, source, data):
    """Change a raw file and record its new hash, as one does who takes over another state of it."""
    (folder / f"raw/{source}.txt").write_bytes(data)
    change(folder, "raw/sources.csv", "sha256", hashlib.sha256(data).hexdigest(), source_id=source)


@pytest.mark.parametrize(
    ("path", "column", "value", "where"),
    [
        (CLAIMS, "start", "9" * 5000, {"claim_id": "mill.c002"}),
        (CLAIMS, "end", "9" * 5000, {"claim_id": "mill.c002"}),
        (CLAIMS, "start", "000", {"claim_id": "gazette.c001"}),
        (CLAIMS, "value", "Y12024", {"claim_id": "council.c003"}),
        (CLAIMS, "value", "Y-17E7", {"claim_id": "council.c003"}),
        (CLAIMS, "value", "2021/Y17E7", {"claim_id": "council.c003"}),
        (CLAIMS, "value", "Y" + "1" * 4301, {"claim_id": "council.c003"}),
        ("raw/layout.csv", "start", "9" * 5000, {"zone": "letterhead"}),
        ("raw/layout.csv", "end", "0031", {"zone": "letterhead"}),
        ("raw/sources.csv", "date_published", "Y12024", {"source_id": "mill"}),
        ("raw/sources.csv", "not_before", "2022", {"source_id": "mill"}),
        ("raw/sources.csv", "not_after", "2020-12", {"source_id": "mill"}),
        ("raw/sources.csv", "title", "two\nlines", {"source_id": "mill"}),
        ("raw/sources.csv", "file", "a\0b.txt", {"source_id": "mill"}),
        ("raw/sources.csv", "file", "a\nb.txt", {"source_id": "mill"}),
        ("raw/sources.csv", "file", ".", {"source_id": "mill"}),
        ("coded/codebook.csv", "label", "a\nb", {"vocabulary": "voice", "term": "author"}),
        ("coded/codebook.csv", "label", "a\u2028b", {"vocabulary": "voice", "term": "author"}),
        ("coded/codebook.csv", "label", "a\x07b", {"vocabulary": "voice", "term": "author"}),
        ("coded/entities.csv", "name", " ", {"entity_id": "river-council"}),
        ("coded/entities.csv", "name", "\u00a0\u200b", {"entity_id": "river-council"}),
        ("coded/propositions.csv", "search", " ", {"proposition_id": "residents"}),
        ("coded/propositions.csv", "search", ";", {"proposition_id": "residents"}),
        ("coded/propositions.csv", "search", "bridge; ;road", {"proposition_id": "residents"}),
        ("coded/propositions.csv", "question", "What?\r\n", {"proposition_id": "residents"}),
    ],
)
def test_a_cell_that_a_later_step_would_break_on_is_told(corpus, path, column, value, where):
    change(corpus, path, column, value, **where)
    told = problems(corpus)
    places = [(file, name) for file, line, name in told if line]
    named = "start" if path == "raw/layout.csv" and len(value) > 10 else column
    assert (path, "not_before" if column == "not_after" else named) in places
    assert len({place for place in told if place[1]}) == 1


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_tables_that_were_saved_with_other_line_ends_are_read(corpus, ends):
    for path in [*corpus.glob("coded/*.csv"), *corpus.glob("raw/*.csv"), *corpus.glob("reference/*.csv")]:
        path.write_bytes(path.read_bytes().replace(b"\n", ends.encode()))
    read = dataset.read(corpus)
    claims = read["claims"]
    for row in claims.to_dict("records"):
        raw = read.documents[row["source_id"]].raw
        assert raw[int(row["start"]) : int(row["end"])] == row["exact"]
        assert raw.endswith(row["prefix"], 0, int(row["start"])) and raw.startswith(
            row["suffix"], int(row["end"])
        )


@pytest.mark.parametrize(
    ("source", "change_bytes", "why"),
    [
        ("mill", lambda data: b"\xef\xbb\xbf" + data, ""),
        ("council", lambda data: data.replace(b"\n", b"\r\n"), "has line ends of two characters"),
    ],
)
def test_quotes_that_one_change_moved_keep_their_words(corpus, source, change_bytes, why):
    rewrite(corpus, source, change_bytes((corpus / f"raw/{source}.txt").read_bytes()))
    told = message(corpus)
    assert "copy the words" not in told and "where the words are" in told
    claims = [line for line in told.splitlines() if f"{CLAIMS}:" in line]
    if why:
        assert len(claims) == 1 and why in claims[0] and "more quotes of council at other places" in claims[0]


def test_a_layout_that_a_byte_order_mark_moved_is_one_problem(corpus):
    rewrite(corpus, "council", b"\xef\xbb\xbf" + (corpus / "raw/council.txt").read_bytes())
    assert problems(corpus) == [("raw/layout.csv", 2, "start")]
    assert "[1, 32), where the words are (what counts too: a byte-order mark)" in message(corpus)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le"])
def test_a_raw_file_in_another_encoding_is_one_problem(corpus, encoding):
    rewrite(corpus, "council", (corpus / "raw/council.txt").read_text(encoding="utf-8").encode(encoding))
    assert problems(corpus) == [("raw/council.txt", 1, "")]


@pytest.mark.parametrize(
    ("change_bytes", "why"),
    [
        (lambda data: data.replace(b"\n", b"\r\n"), ", with line ends that something changed"),
        (lambda data: b"\xef\xbb\xbf" + data, ", with a byte-order mark that something added"),
        (lambda data: data + b".", ""),
    ],
)
def test_a_changed_file_is_told_at_the_cell_of_its_hash(corpus, change_bytes, why):
    path = corpus / "raw/mill.txt"
    path.write_bytes(change_bytes(path.read_bytes()))
    assert problems(corpus) == [("raw/sources.csv", 3, "sha256")]
    assert (why or "expected raw/mill.txt with SHA-256") in message(corpus)


def test_everything_is_told_in_one_run(corpus):
    """A fault in each part: registry, raw file, layout, a table, a quote, a pass."""
    write_pass(
        corpus, "second", [("second", "gazette.s001", "frame", "y"), ("second", "mill.s001", "frame", "none")]
    )
    change(corpus, "raw/layout.csv", "zone", "header", source_id="council")
    change(corpus, "raw/sources.csv", "language", "?", source_id="gazette")
    change(corpus, CLAIMS, "exact", "Fewer than 100", claim_id="gazette.c001")
    change(corpus, "coded/codebook.csv", "label", " ", vocabulary="voice", term="author")
    (corpus / "raw/mill.txt").write_bytes(b"gone")
    (corpus / "raw/new.pdf").write_bytes(b"%PDF")
    files = [file for file, _, _ in problems(corpus)]
    assert sorted(set(files)) == [
        CLAIMS,
        "coded/codebook.csv",
        "coded/passes/second.csv",
        "raw/layout.csv",
        "raw/new.pdf",
        "raw/sources.csv",
    ]
    assert len(files) == 7


@pytest.mark.parametrize("name", ["extra.md", "notes.csv", "data.json", "b.TXT", "sub/deep.txt"])
def test_a_file_in_raw_that_no_row_names_is_told(corpus, name):
    (corpus / "raw" / name).parent.mkdir(exist_ok=True)
    (corpus / "raw" / name).write_text("x")
    assert problems(corpus) == [(f"raw/{name}", 0, "")]


def test_a_link_out_of_the_folder_is_told(corpus, tmp_path):
    path = corpus / "raw/mill.txt"
    shutil.move(path, tmp_path / "outside.txt")
    path.symlink_to(tmp_path / "outside.txt")
    assert problems(corpus) == [("raw/sources.csv", 3, "file")]
    assert f"a link to {tmp_path / 'outside.txt'}" in message(corpus)


@pytest.mark.parametrize("name", ["Trend-2021", "council ", "rat_der_stadt", "-council", "c" * 121])
def test_an_id_of_a_source_that_is_none_is_told_in_the_registry(corpus, name):
    for path in ("raw/sources.csv", "raw/layout.csv"):
        change(corpus, path, "source_id", name, source_id="council")
    told = problems(corpus)
    assert ("raw/sources.csv", 2, "source_id") in told
    assert not [line for file, line, _ in told if file == "raw/layout.csv" and line != 2]


@pytest.mark.parametrize(("registered", "there"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_name_is_found_whatever_composes_its_letters(corpus, registered, there):
    (corpus / "raw/mill.txt").rename(corpus / f"raw/{unicodedata.normalize(there, 'mühle')}.txt")
    name = f"{unicodedata.normalize(registered, 'mühle')}.txt"
    change(corpus, "raw/sources.csv", "file", name, source_id="mill")
    assert dataset.read(corpus).sources == ["council", "mill", "gazette"]


@pytest.mark.parametrize(
    ("column", "value", "found"),
    [
        (
            "proposition_id",
            "bridge\u2011name",
            "(it differs by U+2011 NON-BREAKING HYPHEN)",
        ),
        (
            "proposition_id",
            "bridge-name\u200b",
            "(it differs by U+200B ZERO WIDTH SPACE)",
        ),
        ("proposition_id", "bridge-name ", "which looks like 'bridge-name' (it differs by U+0020 SPACE)"),
        ("proposition_id", "bridge\u2013name", "U+2013 EN DASH"),
        ("voice", "Author", "which looks like 'author' (it differs by U+0041"),
        ("voice", "ａuthor", "U+FF41 FULLWIDTH LATIN SMALL LETTER A"),
    ],
)
def test_values_that_look_the_same_are_shown_by_what_differs(corpus, column, value, found):
    row = read_table(corpus / CLAIMS)
    claim = row.loc[row["proposition_id"] == "bridge-name", "claim_id"].iloc[0]
    change(corpus, CLAIMS, column, value, claim_id=claim)
    told = message(corpus)
    assert found in told or "text like" in told


@pytest.mark.parametrize("name", ["Claims.csv", "claims.CSV", "CLAIMS.csv"])
def test_a_table_whose_name_is_spelt_otherwise_is_told_once(corpus, name):
    (corpus / CLAIMS).rename(corpus / "coded" / name)
    assert f"{CLAIMS}: expected a file 'claims.csv', found '{name}' → rename it to claims.csv" in message(
        corpus
    )


@pytest.mark.parametrize(
    "name", ["coded/claims.xlsx", "coded/extra.CSV", "reference/terms.tsv", "coded/passes/a.CSV"]
)
def test_a_table_that_would_be_left_out_is_named(corpus, name):
    (corpus / name).parent.mkdir(exist_ok=True)
    (corpus / name).write_text("a\n")
    assert problems(corpus) == [(name, 0, "")]


def test_a_row_of_empty_cells_is_one_problem(corpus):
    path = corpus / CLAIMS
    columns = path.read_text(encoding="utf-8").split("\n", 1)[0].count(",")
    with path.open("a", encoding="utf-8") as file:
        file.write("," * columns + "\n")
    (told,) = problems(corpus)
    assert told[0] == CLAIMS and "a row of empty cells" in message(corpus)


PASS = [("second", "mill.s001", "frame", "none"), ("second", "mill.s002", "frame", "none")]


def test_the_same_coder_in_two_passes_is_one_problem(corpus):
    write_pass(corpus, "a", PASS)
    write_pass(corpus, "b", PASS)
    assert problems(corpus) == [("coded/passes/b.csv", 0, "coder")]
    assert "found 'second', who has 2 of the same cells in coded/passes/a.csv → rename the coder" in message(
        corpus
    )


def test_a_coder_with_the_name_of_the_coded_tables_is_one_problem(corpus):
    write_pass(corpus, "a", [("first", *row[1:]) for row in PASS])
    assert problems(corpus) == [("coded/passes/a.csv", 0, "coder")]


@pytest.mark.parametrize("name", ["second ", " second", "", "\u00a0second"])
def test_a_coder_with_blanks_is_told_once(corpus, name):
    write_pass(corpus, "a", [(name, *row[1:]) for row in PASS])
    assert set(problems(corpus)) == {("coded/passes/a.csv", 2, "coder")}


def test_an_extra_column_of_a_pass_is_told(corpus):
    path = write_pass(corpus, "a", PASS)
    write_table(read_table(path).assign(sure="yes"), path)
    assert problems(corpus) == [("coded/passes/a.csv", 1, "sure")]

"""A folder of documents: what is read, and what is refused."""

import hashlib
import os

import pandas as pd
import pytest

from sourcebook.core.csvfiles import write_table
from sourcebook.core.errors import DataError, HashMismatchError
from sourcebook.sources import documents
from sourcebook.sources.documents import (
    MOST_BYTES,
    read_document,
    read_documents,
    read_registry,
    sentence_table,
)
from sourcebook.text.normalise import Zone

TEXTS = {"b": "# On “b”\r\n\r\nOne. Two.", "a": "Logo\n\nThree."}
EMPTY = hashlib.sha256(b"").hexdigest()


def sha(data):
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "raw"
    path.mkdir()
    for name, text in TEXTS.items():
        (path / f"{name}.txt").write_bytes(text.encode())
    return path


def register(folder, *changes, layout=None):
    """Write the registry of the folder with each (row, column, value) changed."""
    rows = [
        {"source_id": n, "file": f"{n}.txt", "sha256": sha(t.encode()), "title": f"Title\nof {n}"}
        for n, t in TEXTS.items()
    ]
    for row, column, value in changes:
        rows[row][column] = value
    write_table(pd.DataFrame(rows), folder / "sources.csv")
    if layout is not None:
        names = ["source_id", "zone", "exact", "start", "end"]
        write_table(pd.DataFrame(layout, columns=names), folder / "layout.csv")


def found(function, folder):
    with pytest.raises(DataError) as caught:
        function(folder)
    return [(p.file, p.line, p.column) for p in caught.value.problems]


def test_documents_come_in_the_order_of_the_registry(folder):
    register(folder)
    documents = read_documents(folder)
    assert list(documents) == ["b", "a"]
    document = documents["b"]
    assert document.raw == TEXTS["b"]  # line ends as they are
    assert document.normal.text == 'On "b"\nOne. Two.'
    assert document.sha256 == sha(TEXTS["b"].encode())
    assert document.path == folder / "b.txt"
    assert dict(document.metadata)["title"] == "Title\nof b"
    assert "line" not in document.metadata


def test_metadata_cannot_be_changed(folder):
    register(folder)
    with pytest.raises(TypeError):
        read_documents(folder)["a"].metadata["title"] = "other"


def test_the_layout_is_applied(folder):
    register(folder, layout=[("a", "letterhead", "Logo", "0", "4"), ("b", "title", "# On “b”", "", "")])
    table = sentence_table(read_documents(folder))
    assert table.sentence_id.tolist() == ["b.s001", "b.s002", "b.s003", "a.s001"]
    assert table.kind.tolist() == ["title", "paragraph", "paragraph", "paragraph"]
    assert table.text.tolist() == ['On "b"', "One.", "Two.", "Three."]


def test_no_documents_have_no_sentences():
    assert sentence_table({}).empty


def test_the_registry_keeps_physical_lines(folder):
    register(folder)
    assert read_registry(folder).line.tolist() == [2, 4]


def test_everything_wrong_in_the_registry_is_reported_together(folder):
    register(folder, (0, "source_id", "x y"), (1, "sha256", "ABC"), (1, "file", "../a.txt"))
    assert found(read_registry, folder) == [
        ("raw/sources.csv", 2, "source_id"),
        ("raw/sources.csv", 4, "file"),
        ("raw/sources.csv", 4, "sha256"),
    ]


def test_a_second_row_of_one_id_or_file_is_reported(folder):
    register(folder, (1, "source_id", "b"), (1, "file", "b.txt"))
    assert found(read_registry, folder) == [
        ("raw/sources.csv", 4, "file"),
        ("raw/sources.csv", 4, "source_id"),
    ]


def test_an_absent_column_is_reported(folder):
    write_table(pd.DataFrame({"source_id": ["a"], "file": ["a.txt"]}), folder / "sources.csv")
    assert found(read_registry, folder) == [("raw/sources.csv", 1, "sha256")]


def test_no_registry_at_all(folder):
    assert found(read_documents, folder) == [("raw/sources.csv", 0, "")]


@pytest.mark.parametrize("place", [0, 5, -1])
def test_one_changed_byte_is_an_error_with_both_hashes(folder, place):
    register(folder)
    data = bytearray((folder / "a.txt").read_bytes())
    data[place] ^= 1
    (folder / "a.txt").write_bytes(data)
    with pytest.raises(HashMismatchError) as caught:
        read_documents(folder)
    for part in ("a.txt", sha(TEXTS["a"].encode()), sha(data), "restore", "sources.csv"):
        assert part in str(caught.value)
    assert "b.txt" not in str(caught.value)


def test_changed_files_are_named_in_one_error_also_where_the_layout_no_longer_fits(folder):
    register(folder, layout=[("a", "letterhead", "Logo", "0", "4")])
    for name in TEXTS:
        (folder / f"{name}.txt").write_bytes(b"")
    with pytest.raises(HashMismatchError) as caught:
        read_documents(folder)
    assert str(caught.value).count(EMPTY) == 2
    assert [(p.line, p.column, p.expected[:21]) for p in caught.value.problems] == [
        (2, "sha256", "raw/b.txt with SHA-25"),
        (4, "sha256", "raw/a.txt with SHA-25"),
    ]


def test_absent_unregistered_undecodable_and_changed_files_are_reported_together(folder):
    latin = "Señor\nRuíz\n".encode("latin-1")
    register(folder, (0, "sha256", sha(latin)), (1, "sha256", EMPTY))
    (folder / "b.txt").write_bytes(latin)
    (folder / "c.txt").write_text("new")
    (folder / "README.md").write_text("allowed")
    (folder / ".hidden").write_text("allowed")
    assert found(read_documents, folder) == [
        ("raw/b.txt", 1, ""),
        ("raw/c.txt", 0, ""),
        ("raw/sources.csv", 4, "sha256"),
    ]
    (folder / "a.txt").unlink()
    assert found(read_documents, folder)[0] == ("raw/a.txt", 0, "")


def test_a_link_that_leads_nowhere_is_reported(folder):
    register(folder)
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "self").symlink_to(".")
    assert found(read_documents, folder) == [("raw/loop.txt", 0, "")]


def test_everything_wrong_in_the_layout_is_reported_together(folder):
    rows = [
        ("z", "title", "x", "0", "1"),
        ("a", "chapter", "Logo", "0", "4"),
        ("a", "title", "Lego", "0", "4"),
        ("a", "title", "Logo", "0", "x"),
        ("a", "title", "Logo", "4", "400"),
        ("a", "title", "e", "", ""),
        ("a", "title", "", "", ""),
        ("a", "letterhead", "Logo", "0", "4"),
        ("a", "title", "go", "2", "4"),
    ]
    register(folder, layout=rows)
    assert found(read_documents, folder) == [
        ("raw/layout.csv", 2, "source_id"),
        ("raw/layout.csv", 3, "zone"),
        ("raw/layout.csv", 4, "exact"),
        ("raw/layout.csv", 5, "start"),
        ("raw/layout.csv", 6, "start"),
        ("raw/layout.csv", 7, "exact"),
        ("raw/layout.csv", 8, "exact"),
        ("raw/layout.csv", 10, "start"),
    ]


def test_one_document_without_a_registry(folder):
    document = read_document(
        folder / "a.txt",
        source_id="a",
        sha256=sha(TEXTS["a"].encode()),
        zones=[Zone(kind="letterhead", start=0, end=4)],
        metadata={"title": "T"},
    )
    assert (document.normal.text, document.metadata["title"]) == ("Three.", "T")
    assert read_document(folder / "a.txt", source_id="a").sha256 == document.sha256


def test_one_document_that_is_changed_absent_or_undecodable(folder):
    with pytest.raises(HashMismatchError, match=EMPTY):
        read_document(folder / "a.txt", source_id="a", sha256=EMPTY)
    with pytest.raises(DataError, match="No such file"):
        read_document(folder / "none.txt", source_id="a")
    (folder / "a.txt").write_bytes(b"a\n\xff")
    with pytest.raises(DataError, match=r"a\.txt:2: expected text in UTF-8, found byte 0xff"):
        read_document(folder / "a.txt", source_id="a")


@pytest.mark.parametrize("size", [MOST_BYTES + 1, 100_000_000, 10**13])
def test_a_text_that_is_too_large_is_refused_unread(folder, size):
    register(folder)
    with (folder / "a.txt").open("wb") as file:
        file.truncate(size)  # a file with a hole takes no room
    with pytest.raises(DataError) as caught:
        read_documents(folder)
    told = [problem for problem in caught.value.problems if "at most 10,000,000 bytes" in problem.expected]
    assert [(problem.file, problem.found) for problem in told] == [
        (f"{folder.name}/a.txt", f"{size:,} bytes")
    ]
    assert "divide it" in told[0].action
    with pytest.raises(DataError, match="at most 10,000,000 bytes"):
        read_document(folder / "a.txt", source_id="a")


def test_a_text_as_large_as_a_text_may_be_is_read(folder, monkeypatch):
    size = (folder / "a.txt").stat().st_size
    monkeypatch.setattr(documents, "MOST_BYTES", size)
    assert len(read_document(folder / "a.txt", source_id="a").raw.encode()) == size
    monkeypatch.setattr(documents, "MOST_BYTES", size - 1)
    with pytest.raises(DataError, match=f"{size:,} bytes"):
        read_document(folder / "a.txt", source_id="a")


def test_a_pipe_in_place_of_a_text_is_refused_and_not_waited_for(folder):
    register(folder)
    (folder / "a.txt").unlink()
    os.mkfifo(folder / "a.txt")
    with pytest.raises(DataError, match="a pipe or device"):
        read_documents(folder)

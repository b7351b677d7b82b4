"""Further documents in a data folder, and texts that were changed on purpose."""

import pytest

from sourcebook.core.csvfiles import read_table
from sourcebook.core.errors import DataError
from sourcebook.pipeline import dataset
from sourcebook.starter import add_documents, new_book, register_changes

SHARED = (
    "The authority said in the night that the bridge over the river had been closed for all traffic since the "
    "spring flood, and that nobody had crossed it when the middle pier gave way under the weight of the water."
)


@pytest.fixture
def book(tmp_path):
    (tmp_path / "one.txt").write_text(f"The bridge\n\n{SHARED}\n")
    return new_book(tmp_path / "book", [tmp_path / "one.txt"]).folder


def state(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_a_document_is_added_with_its_page_and_its_links(book, tmp_path):
    (tmp_path / "ONE.md").write_text(f"# Another report\n\n{SHARED}\n")
    documents, skipped, links = add_documents(book / "data", [tmp_path / "ONE.md"])
    assert ([each.source_id for each in documents], skipped, links) == (["one-2"], [], 2)
    data = dataset.read(book / "data")
    assert data.sources == ["one", "one-2"]
    assert data.tables["links"]["link_id"].tolist() == ["one.u001", "one-2.u001"]
    assert data.tables["links"]["upstream"].tolist() == ["text-shared-with-one"] * 2
    assert (book / "book/sources/one-2.md").read_text().startswith("# {source-title}`one-2`\n")


def test_what_is_there_already_is_not_added_again(book, tmp_path):
    before = state(book)
    (tmp_path / "copy.txt").write_bytes((tmp_path / "one.txt").read_bytes())
    documents, skipped, _ = add_documents(book / "data", [tmp_path / "one.txt", tmp_path / "copy.txt"])
    assert not documents
    assert {each.reason for each in skipped} == {"a file that is registered already → nothing is to be done"}
    assert state(book) == before


def test_a_failure_changes_nothing(book, tmp_path, monkeypatch):
    before = state(book)
    (tmp_path / "two.txt").write_text("Another text.")
    monkeypatch.setattr("sourcebook.starter.add.propose_links", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        add_documents(book / "data", [tmp_path / "two.txt"])
    assert state(book) == before


def test_a_confirmed_row_and_its_own_columns_stay(book, tmp_path):
    table = book / "data/raw/sources.csv"
    table.write_text(
        table.read_text().replace("source_id,", "source_id,mine,").replace("\none,one", "\none,my note,one")
    )
    (tmp_path / "two.txt").write_text("Another text.")
    add_documents(book / "data", [tmp_path / "two.txt"])
    assert read_table(table)["mine"].tolist() == ["my note", ""]


def test_a_change_on_purpose_is_registered(book):
    raw = book / "data/raw"
    assert register_changes(book / "data") == []
    (raw / "one.txt").write_text("Changed.\n")
    (raw / "layout.csv").write_text("source_id,zone,exact,start,end\n")
    with pytest.raises(DataError, match="sha256"):
        dataset.read(book / "data")
    (changed,) = register_changes(book / "data", ["one"])
    assert (changed.source_id, changed.file) == ("one", "one.txt")
    assert dataset.read(book / "data").documents["one"].raw == "Changed.\n"
    with pytest.raises(DataError, match="expected the id of a source, found nobody"):
        register_changes(book / "data", ["nobody"])

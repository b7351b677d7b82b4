"""Further documents in a data folder, and texts that were changed on purpose."""

import pytest
from sources import made_files as made

from sourcebook import cli
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


@pytest.fixture
def paged(book, tmp_path):
    """A book with a source of three pages."""
    pages = [
        [f"The {word} page says that the bridge of the {word} village fell in the night."] for word in WORDS
    ]
    (tmp_path / "paged.pdf").write_bytes(made.pdf(pages))
    add_documents(book / "data", [tmp_path / "paged.pdf"])
    return book / "data/raw"


WORDS = ("first", "second", "third")


def starts_of_pages(raw):
    table, text = read_table(raw / "pages.csv"), (raw / "paged.txt").read_text()
    own = table[table["source_id"] == "paged"]
    return [text[int(a) : int(b)].split()[:2] for a, b in zip(own["start"], own["end"], strict=True)]


@pytest.mark.parametrize("place", [0, 12, 90, -1])
def test_the_pages_of_a_changed_text_are_placed_anew(paged, place):
    before = starts_of_pages(paged)
    path = paged / "paged.txt"
    text = path.read_text()
    path.write_text(f"{text[:place]} mended {text[place:]}")
    (changed,) = register_changes(paged.parent, ["paged"])
    assert changed.has_pages is True
    assert [words[1] for words in before] == list(WORDS)
    found = [" ".join(words) for words in starts_of_pages(paged)]
    assert all(word in words or "mended" in words for word, words in zip(WORDS, found, strict=True)), found
    dataset.read(paged.parent)


def test_pages_that_are_not_found_are_told_and_left(paged, capsys, monkeypatch):
    table = (paged / "pages.csv").read_text()
    (paged / "paged.txt").write_text(
        "Nothing of all that was in the original, not a word, over and over again.\n" * 9
    )
    monkeypatch.chdir(paged.parent.parent)
    assert cli.main(["register"]) == 0
    assert "its pages were not found: correct their places in raw/pages.csv" in capsys.readouterr().out
    assert (paged / "pages.csv").read_text() == table


def test_a_text_without_pages_has_none_to_place(book):
    (book / "data/raw/one.txt").write_text("Changed.\n")
    assert register_changes(book / "data")[0].has_pages is None


def test_a_text_that_was_changed_in_place_is_put_back_for_reanchor_where_a_copy_has_the_change(
    book, tmp_path, capsys
):
    text, copy = book / "data/raw/one.txt", tmp_path / "changed.txt"
    old = text.read_bytes()
    text.write_bytes(old.replace(b"middle pier", b"last pier"))
    command = ["--data", str(book / "data"), "reanchor", "one"]
    assert cli.main([*command, str(text)]) == 1  # the only copy of the change is not written over
    copy.write_bytes(text.read_bytes())
    assert cli.main([*command, str(copy)]) == 0
    assert text.read_bytes() == old
    assert "put back, as it is in" in capsys.readouterr().err
    assert cli.main([*command, str(copy), "--write"]) == 0
    assert text.read_bytes() == copy.read_bytes()
    dataset.read(book / "data")


def test_a_text_is_not_put_back_where_its_original_gives_another(book, tmp_path):
    text, copy = book / "data/raw/one.txt", tmp_path / "changed.txt"
    text.write_bytes(text.read_bytes().replace(b"middle pier", b"last pier"))
    copy.write_bytes(text.read_bytes())
    next((book / "data/raw/original").iterdir()).write_text("Another text.\n")
    assert cli.main(["--data", str(book / "data"), "reanchor", "one", str(copy)]) == 1
    assert text.read_bytes() == copy.read_bytes()

"""The commands that begin a book, as a user types them."""

import importlib.util

import pytest

from sourcebook.book.rendering import render_book
from sourcebook.cli import main
from sourcebook.core.errors import SourcebookError
from sourcebook.sources.documents import read_documents, sentence_table


@pytest.fixture
def place(tmp_path, monkeypatch):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "one.txt").write_bytes("Das Café schloss im Mai.".encode("cp1252"))
    (tmp_path / "docs" / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_new_says_what_it_read_what_not_and_what_to_do_next(place, capsys):
    assert main(["new", "my book", "--from", "docs"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("my book: a book with 1 document\n")
    assert "look at: encoding guessed as cp1252: “Das Café schloss im Mai.”" in out
    assert "docs/old.doc: an old Word file → save it as .docx" in out
    assert 'cd "my book"' in out and "sourcebook code coding.xlsx" in out
    assert err == ""


@pytest.mark.parametrize(("head", "words"), [("", 8), ("RIVER AUTHORITY\nOffice of Works\n\n", 8)])
def test_new_counts_the_words_that_the_pages_count(place, capsys, monkeypatch, head, words):
    text = f"{head}# The bridge\n\nIt fell in the summer again.\n"
    (place / "docs" / "two.md").write_text(text)
    assert main(["new", "book", "--from", "docs/two.md"]) == 0
    assert f"  two: The bridge ({words} words; utf-8)" in capsys.readouterr().out
    monkeypatch.chdir(place / "book")
    counted = sentence_table(read_documents("data/raw"))["text"].str.split().str.len().sum()
    assert counted == words


def test_new_refuses_with_an_exit_code(place, capsys):
    (place / "full").mkdir()
    (place / "full" / "mine").write_text("mine")
    assert main(["new", "full", "--from", "docs"]) == 1
    assert main(["new", "book", "--from", "nothing"]) == 1
    assert "expected a file or folder of documents, found nothing → check the path" in capsys.readouterr().err


def test_new_names_the_extra_that_it_needs(place, capsys, monkeypatch):
    there = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *a: None if name == "kreuzberg" else there(name, *a)
    )
    assert main(["new", "book", "--from", "docs"]) == 1
    assert 'found no kreuzberg → pip install "sourcebook[ingest]"' in capsys.readouterr().err


def test_add_and_register_find_the_book_around_them(place, capsys, monkeypatch):
    assert main(["new", "book", "--from", "docs/one.txt"]) == 0
    (place / "two.txt").write_text("Another text.")
    monkeypatch.chdir(place / "book")
    assert main(["add", "../two.txt"]) == 0
    assert main(["add", "../two.txt"]) == 1
    out, err = capsys.readouterr()
    assert "data: 1 document added" in out and "nothing was added" in err
    assert main(["register"]) == 0
    assert main(["check"]) == 0
    assert "every file has the hash that the registry records" in capsys.readouterr().out


def test_a_folder_that_is_no_book_is_not_rendered(place):
    with pytest.raises(SourcebookError, match=r"expected a book, found no _config\.yml"):
        render_book(place)

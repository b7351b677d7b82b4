"""`sourcebook check` tells the typed numbers of chapters at once, in the words of the strict build."""

import json

import pytest

from sourcebook import cli
from sourcebook.book.number_lint import bare_numbers, number_message
from sourcebook.book.typed_numbers import typed_numbers
from sourcebook.pipeline import dataset

CONFIG = "sphinx:\n  config:\n    extensions: [myst_nb, sourcebook.book]\n"
TOC = "format: jb-book\nroot: book/index\nchapters:\n  - file: book/rules\n  - glob: book/sources/*\n"
PROSE = "The counts differ by 260 people."
INDEX = f"""# 12 people

The council names {{value}}`count.sources` texts, “some 640 people”, Article 13(2) and `7` in code; see {{doc}}`rules`.

{PROSE} The mill, 3 May 2021, says more.

```{{code-cell}}
print(99)
```
"""


@pytest.fixture
def book(corpus):
    folder = corpus.parent
    (folder / "_config.yml").write_text(CONFIG)
    (folder / "_toc.yml").write_text(TOC)
    (folder / "book" / "sources").mkdir(parents=True)
    (folder / "book" / "index.md").write_text(INDEX)
    (folder / "book" / "rules.md").write_text("---\nprose: reference\n---\n# Rules\n\nAt most 5.\n")
    (folder / "book" / "sources" / "mill.md").write_text("# The mill, 3 May 2021\n\nFour words.\n")
    (folder / "book" / "draft.md").write_text("Not in the contents: 8.\n")
    return folder


def test_typed_numbers_are_told_with_place_and_the_words_of_the_build(book):
    (number,) = bare_numbers(PROSE)
    told = typed_numbers(book, dataset.read(book / "data"))
    assert [(each.file, each.line) for each in told] == [("book/index.md", 5), ("book/sources/mill.md", 3)]
    build = number_message(PROSE, number, [])
    assert f"expected {told[0].expected}, found {told[0].found.partition(' in “')[0]}" in build
    assert told[0].action in build


@pytest.mark.parametrize(
    "config", [CONFIG.replace("sourcebook.book", "x"), f"{CONFIG}    sourcebook_bare_numbers: 'off'\n"]
)
def test_a_book_that_does_not_check_its_numbers_has_none(book, config):
    (book / "_config.yml").write_text(config)
    assert typed_numbers(book, dataset.read(book / "data")) == []


def test_pages_that_are_not_checked_are_left_out(book):
    (book / "_config.yml").write_text(f"{CONFIG}    sourcebook_bare_numbers_pages: [book/sources/*]\n")
    assert len(typed_numbers(book, dataset.read(book / "data"))) == 1


@pytest.mark.parametrize("toc", [None, "", "- [", "root: x\nformat: jb-book\n"])
def test_a_folder_that_is_no_book_has_none(book, toc):
    (book / "_toc.yml").unlink()
    if toc is not None:
        (book / "_toc.yml").write_text(toc)
    assert typed_numbers(book, dataset.read(book / "data")) == []


def test_check_tells_them_and_what_to_type(book, capsys):
    assert cli.main(["--data", str(book / "data"), "check"]) == 1
    told = capsys.readouterr()
    assert "nothing is wrong in the tables" in told.out
    assert "book/index.md:5: expected a {value} role" in told.err
    assert "refuses them: 2; type, for instance, {value}`" in told.err


def test_check_gives_them_as_data(book, capsys):
    assert cli.main(["--data", str(book / "data"), "check", "--json"]) == 1
    told = [(each["file"], each["line"]) for each in json.loads(capsys.readouterr().out)]
    assert told == [("book/index.md", 5), ("book/sources/mill.md", 3)]

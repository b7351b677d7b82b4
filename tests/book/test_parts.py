"""What the book says of itself: files on offer, chapters that ran, captions, names of the library."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document
from small_books import HEAD

from sourcebook.book.captions import _caption
from sourcebook.book.data_files import described_tables
from sourcebook.book.executed import executed_chapters
from sourcebook.book.public_names import public_name

NOTEBOOK = (
    HEAD
    + """\
# A chapter

```{code-cell} ipython3
1
```

Words.

```{code-cell} ipython3
2
```
"""
)


def test_tables_come_in_the_order_of_the_dictionary_with_rows_and_descriptions(tmp_path: Path):
    (tmp_path / "coded" / "passes").mkdir(parents=True)
    (tmp_path / "coded" / "claims.csv").write_text('claim_id,note\na.c001,\na.c002,"two\nlines"\n')
    (tmp_path / "coded" / "codebook.csv").write_text("vocabulary,term\n")
    (tmp_path / "coded" / "own.csv").write_text("x\n1\n")
    (tmp_path / "coded" / "passes" / "me.csv").write_text("coder\nme\n")
    found = [
        (path.relative_to(tmp_path).as_posix(), rows, text)
        for path, rows, text in described_tables(tmp_path, "coded")
    ]
    assert [(name, rows) for name, rows, _ in found] == [
        ("coded/codebook.csv", 0),
        ("coded/claims.csv", 2),
        ("coded/own.csv", 1),
        ("coded/passes/me.csv", 1),
    ]
    assert found[1][2].startswith("Claims. One row for each answer")
    assert found[2][2] == ""
    assert found[3][2].startswith("Coding passes.")


def test_executed_chapters_are_the_notebooks_with_how_they_ended(tmp_path: Path):
    for name, text in (("a", NOTEBOOK), ("b", "# No notebook\n"), ("c", NOTEBOOK), ("d", NOTEBOOK)):
        (tmp_path / f"{name}.md").write_text(text)
    environment = SimpleNamespace(
        found_docs={"d", "c", "b", "a"},
        doc2path=lambda name: tmp_path / f"{name}.md",
        nb_metadata={
            "a": {"exec_data": {"succeeded": True, "runtime": 2.5}},
            "c": {"exec_data": {"succeeded": False, "runtime": 1.0}},
        },
    )
    assert list(executed_chapters(environment)) == [
        ("a", 2, "ran to its end"),
        ("c", 2, "failed"),
        ("d", 2, "not run"),
    ]


@pytest.mark.parametrize(("title", "expected"), [("", "A section"), ("Its own", "Its own")])
def test_a_table_without_a_caption_takes_the_title_of_its_section(title, expected):
    document = new_document("page")
    table = nodes.table("", nodes.tgroup(cols=0))
    if title:
        table.insert(0, nodes.title("", title))
    document += nodes.section("", nodes.title("", "A section"), nodes.container("", table))
    _caption(None, document, "page")
    captions = [child.astext() for child in table.children if isinstance(child, nodes.title)]
    assert captions == [expected]
    assert len(set(table["ids"])) == (0 if title else 1)


def test_a_public_name_is_the_nearest_described_one():
    known = {"p.f", "p.dates.f", "p.dates.edtf"}
    assert public_name("p.dates.edtf.f", known) == "p.dates.f"
    assert public_name("p.other.f", known) == "p.f"
    assert public_name("f", known) is None
    assert public_name("edtf", known) == "p.dates.edtf"
    assert public_name("p.dates.g", known) is None

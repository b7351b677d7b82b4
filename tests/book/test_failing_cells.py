"""Every failing cell of every chapter is told in one build, with its line; a cell that may fail is not."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from small_books import CONF, HEAD, Build, sources, write_book

from sourcebook.book.failing_cells import failing_cells

EXECUTED = CONF.replace('nb_execution_mode = "off"', 'nb_execution_mode = "force"')


def cell(code, tags=""):
    return f"```{{code-cell}} ipython3\n{f':tags: [{tags}]' if tags else ''}\n{code}\n```\n\n"


FIRST = HEAD + "# First\n\n" + cell("1 / 0") + cell("print('later')") + cell("nothing", "remove-cell")
SECOND = (
    HEAD
    + "# Second\n\n"
    + cell("int('x')", "raises-exception")
    + cell("{}['a']", "hide-output")
    + cell("def f(:")
)


@pytest.fixture
def pages():
    return {"index": "# Start\n\n```{executed}\n```\n", "first": FIRST, "second": SECOND, **sources()}


def test_all_failing_cells_are_told_at_once(built, pages):
    write_book(built.parent, pages, EXECUTED)
    book = Build(built.parent)
    told = [line.partition("WARNING: ")[0::2] for line in book.warnings if "this cell fails" in line]
    lines = {name: text.splitlines() for name, text in (("first", FIRST), ("second", SECOND))}
    expected = [
        ("first", "1 / 0", "ZeroDivisionError: division by zero"),
        ("first", "nothing", "NameError: name 'nothing'"),
        ("second", "{}['a']", "KeyError: 'a'"),
        ("second", "def f(:", "SyntaxError"),
    ]
    assert len(told) == len(expected)
    for (where, what), (page, code, error) in zip(told, expected, strict=True):
        line = lines[page].index(code)
        assert f"{page}.md:{line - 1}:" in where or f"{page}.md:{line}:" in where
        assert what.startswith(f"this cell fails: {error}")
    assert book.app.statuscode == 1
    assert "later" in book.page("first").text_content()
    assert [row.text_content().split()[-1] for row in book.page("index").xpath("//table//tbody/tr")] == [
        "failed",
        "failed",
    ]


@pytest.mark.parametrize("setting", ["nb_execution_allow_errors = True", "nb_execution_allow_errors = False"])
def test_a_book_that_allows_errors_may_have_them(built, pages, setting):
    write_book(built.parent, {**pages, "second": "# Second\n"}, f"{EXECUTED}{setting}\n")
    book = Build(built.parent)
    assert any("this cell fails" in line for line in book.warnings) == ("False" in setting)
    assert book.app.statuscode == int("False" in setting)


def test_a_book_without_failing_cells_is_told_nothing(built):
    page = HEAD + "# First\n\n" + cell("print('fine')") + cell("int('x')", "raises-exception")
    write_book(built.parent, {"index": "# Start\n", "first": page, **sources()}, EXECUTED)
    book = Build(built.parent)
    assert (book.warnings, book.app.statuscode) == ([], 0)


def test_lines_are_those_of_the_source_and_zero_without_one():
    error = new_output("error", ename="ValueError", evalue="no", traceback=[])
    cells = [new_code_cell("a"), new_code_cell("b", outputs=[error]), new_code_cell("c", outputs=[error])]
    notebook = nbformat.from_dict(new_notebook(cells=cells))
    assert list(failing_cells(notebook)) == [(0, "ValueError: no")] * 2
    notebook.metadata["source_map"] = [3, 7, 12]
    assert list(failing_cells(notebook)) == [(8, "ValueError: no"), (13, "ValueError: no")]
    notebook.cells[1].metadata["tags"] = ["raises-exception"]
    assert list(failing_cells(notebook)) == [(13, "ValueError: no")]

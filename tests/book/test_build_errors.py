"""Errors are reported by every build, and fail it."""

import pytest
from small_books import Book

from sourcebook.book.state import BookState

pytestmark = pytest.mark.slow

CONF = """\
extensions = ["sourcebook.book.build_errors", "faulty"]
html_theme = "basic"
"""
FAULTY = """\
from sourcebook.book.build_errors import add_error

def read(app, tree):
    if "wrong" in tree.astext():
        add_error(app.env, 3, "it is wrong")

def setup(app):
    app.connect("doctree-read", read)
    return {"parallel_read_safe": True}
"""


def test_an_error_is_reported_again_by_a_build_that_does_not_read_its_page(tmp_path):
    book = Book(
        tmp_path, CONF, {"index": "Start\n=====\n\nwrong\n", "other": ":orphan:\n\nRight.\n"}, faulty=FAULTY
    )
    for _ in range(2):
        built = book.build()
        assert built.returncode == 1
        assert built.stderr == f"{tmp_path}/index.rst:3: WARNING: it is wrong\n"
    book.write({"index": "Start\n=====\n\nMended.\n"})
    built = book.build()
    assert (built.returncode, built.stderr) == (0, "")


def test_errors_are_purged_and_merged_by_page():
    ours, theirs = BookState(), BookState()
    for state, text in ((ours, "old"), (theirs, "new")):
        for page in ("a", "b"):
            state.page(page).errors.append((0, f"{text} {page}"))
    ours.purge("a")
    assert {page: record.errors for page, record in ours.sorted_pages()} == {"b": [(0, "old b")]}
    ours.merge({"a", "not read"}, theirs)
    errors = {page: record.errors for page, record in ours.sorted_pages()}
    assert errors == {"a": [(0, "new a")], "b": [(0, "old b")]}

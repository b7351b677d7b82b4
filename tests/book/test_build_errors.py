"""Faults are told by every build, and fail it."""

from types import SimpleNamespace

import pytest
from small_books import Book

from sourcebook.book.build_errors import Faults

pytestmark = pytest.mark.slow

CONF = """\
extensions = ["sourcebook.book.build_errors", "faulty"]
html_theme = "basic"
"""
FAULTY = """\
from sourcebook.book.build_errors import Faults

def read(app, tree):
    if "wrong" in tree.astext():
        Faults.of(app.env).add(app.env.docname, 3, "it is wrong")

def setup(app):
    app.connect("doctree-read", read)
    return {"parallel_read_safe": True}
"""


def test_a_fault_is_told_again_by_a_build_that_does_not_read_its_page(tmp_path):
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


def test_faults_are_kept_by_page():
    env = SimpleNamespace()
    faults = Faults.of(env)
    faults.add("a", None, "x")
    assert Faults.of(env) is faults
    assert faults.by_page == {"a": [(0, "x")]}
    faults.forget("a")
    assert faults.by_page == {}

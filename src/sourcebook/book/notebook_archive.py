"""All notebooks of a book in one archive with the data that they read: what runs in an empty folder elsewhere."""

from __future__ import annotations

import hashlib
import json
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import nbformat
from sphinx.application import Sphinx

from sourcebook._version import __version__
from sourcebook.book.book_data import book_data, page_addresses
from sourcebook.book.notebooks import ARCHIVE, chapter_texts, notebook_from_chapter, role_texts
from sourcebook.render.addresses import VARIABLE

__all__ = ["register"]

#: The same bytes on every day.
_DATE = (1980, 1, 1, 0, 0, 0)
_ABOUT = """\
The chapters of “{title}” as Jupyter notebooks (*.ipynb), with the data that they read.

    pip install -r requirements.txt jupyterlab
    jupyter lab

A notebook reads the folder data beside it, wherever this archive is unpacked. {links}
"""
_PUBLISHED = "Links lead to the pages at {base}."
_UNPUBLISHED = "Links lead to the pages of the book where it is unpacked into the folder of the built book."
_SETUP = """\
# The names of the sources, and where links lead: to the pages of the book.
import os

os.environ.setdefault({variable!r}, {addresses!r})
"""


def _setup_cell(app: Sphinx, docname: str) -> str:
    """Return the code that a notebook begins with, so that it knows its book."""
    up = posixpath.relpath("data/coded/claims.csv", posixpath.dirname(docname) or ".")
    addresses = replace(page_addresses(app, docname), claims_file=up, base=app.config.html_baseurl or "")
    return _SETUP.format(variable=VARIABLE, addresses=json.dumps(asdict(addresses), ensure_ascii=False))


def _files(app: Sphinx) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the archive, each with its name."""
    base = app.config.html_baseurl
    links = _PUBLISHED.format(base=base) if base else _UNPUBLISHED
    yield "README.txt", _ABOUT.format(title=app.config.html_title, links=links).encode()
    own = Path(app.confdir, "requirements.txt")
    needed = own.read_bytes() if own.is_file() else f"sourcebook[book]=={__version__}\n".encode()
    yield "requirements.txt", needed
    chapters = chapter_texts(app)
    for docname, text in chapters.items():
        notebook = notebook_from_chapter(
            text, role_text=role_texts(app, docname, chapters), first_cell=_setup_cell(app, docname)
        )
        yield f"{docname}.ipynb", (nbformat.writes(notebook) + "\n").encode()  # type: ignore[no-untyped-call]
    folder = book_data(app).folder
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in inside.parts):
            yield f"data/{inside.as_posix()}", path.read_bytes()


def write_archive(app: Sphinx, exception: Exception | None) -> None:
    """Write the archive beside the pages of a finished HTML build, unless one of the same files is there.

    Parameters
    ----------
    app : Sphinx
        The application.
    exception : Exception or None
        What ended the build, if anything did: then nothing is written.
    """
    if exception is not None or app.builder.format != "html" or not chapter_texts(app):
        return
    path = Path(app.outdir, ARCHIVE)
    path.parent.mkdir(parents=True, exist_ok=True)
    files = list(_files(app))
    digest = hashlib.sha256()
    for name, data in files:
        digest.update(f"{name} {len(data)} ".encode() + data)
    mark = digest.hexdigest().encode()
    if _mark_of(path) == mark:
        return
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = mark
        for name, data in files:
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)


def _mark_of(path: Path) -> bytes:
    """Return the hash of the files that an archive was made of; empty if there is no archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.comment
    except (OSError, zipfile.BadZipFile):
        return b""


def register(app: Sphinx) -> None:
    """Connect the handler."""
    app.connect("build-finished", write_archive)

"""One build of a book while somebody writes: read what is new, write every page, keep every warning.

Sphinx warns of a page when it reads it, and says nothing in the next build. So a page with a warning is read again in
each build, and what no page is to blame for is followed by a build from clean; every page is written, so that a
reference that no longer leads anywhere is found wherever it is.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from jupyter_book.config import get_final_config  # type: ignore[import-untyped]
from sphinx.application import Sphinx
from sphinx.util.console import nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sourcebook.book import warm_kernels
from sourcebook.book.rendering import kernel_settings
from sourcebook.core.errors import SourcebookError
from sourcebook.pipeline.refresh import refresh

__all__ = ["FOLDER", "Outcome", "Request", "build"]

#: Where the pages go that are shown while one writes, beside those of a strict build.
FOLDER = Path("_build", "serve")
_WARNING = re.compile(r"(?P<file>[^\n]*?\.\w+)(?::\d*)*: (?:WARNING|ERROR|CRITICAL|SEVERE)")


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a build is to do.

    Attributes
    ----------
    folder : Path
        The folder of the book.
    data : Path
        Its data folder.
    derive : bool
        Whether the data is checked and built first, and every chapter run again.
    clean : bool
        Whether nothing of an earlier build is used.
    pages : frozenset of str
        Docnames of pages that are read again, besides those that changed.
    """

    folder: Path
    data: Path
    derive: bool = True
    clean: bool = True
    pages: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a build ended.

    Attributes
    ----------
    problems : tuple of str
        Everything that a strict build would refuse.
    pages : frozenset of str
        Docnames of the pages that have a problem.
    is_derived : bool
        Whether the derived tables are those of the data.
    is_rendered : bool
        Whether the pages are written.
    is_clean_next : bool
        Whether the next build must be from clean.
    read : tuple of str
        Docnames of the pages that were read.
    seconds : float
        How long it took.
    """

    problems: tuple[str, ...] = ()
    pages: frozenset[str] = frozenset()
    is_derived: bool = True
    is_rendered: bool = True
    is_clean_next: bool = False
    read: tuple[str, ...] = ()
    seconds: float = 0.0


class _Warnings:
    """A stream that keeps each message of Sphinx."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def write(self, text: str) -> int:
        if text.strip():
            self.messages.append(text.strip())
        return len(text)

    def flush(self) -> None:
        """Do nothing: there is nothing to flush."""

    def isatty(self) -> bool:
        return False


def build(request: Request, answers: Connection) -> None:
    """Build in this process, and send the outcome.

    Parameters
    ----------
    request : Request
        What to do.
    answers : multiprocessing.connection.Connection
        Where the `Outcome` goes.
    """
    started = time.monotonic()
    if hasattr(os, "setsid"):
        os.setsid()  # Ctrl-C is for the process that asked, which ends this one
    warm_kernels.use_forked_kernels()
    warm_kernels.end_with_parent()
    try:
        outcome = _build(request)
    finally:
        warm_kernels.end_forked_kernels()
    answers.send(Outcome(**{**vars(outcome), "seconds": time.monotonic() - started}))


def _build(request: Request) -> Outcome:
    if request.derive:
        try:
            refresh(request.data)
        except (SourcebookError, OSError) as error:
            return Outcome(
                problems=(str(error),),
                pages=request.pages,
                is_derived=False,
                is_rendered=False,
                is_clean_next=request.clean,
            )
    os.chdir(request.folder)
    target, warnings = request.folder / FOLDER, _Warnings()
    if request.clean:
        shutil.rmtree(target, ignore_errors=True)
    os.environ.update(kernel_settings(target))
    read: list[str] = []
    try:
        _render(request, target, warnings, read)
    except Exception as error:  # whatever an extension or a chapter raises is shown, and work goes on
        problem = f"the build ended: {type(error).__name__}: {error}"
        return Outcome(problems=(*warnings.messages, problem), is_rendered=False, is_clean_next=True)
    blamed = list(_blamed(warnings.messages, request.folder))
    return Outcome(
        problems=tuple(dict.fromkeys(warnings.messages)),
        pages=frozenset(page for page in blamed if page),
        is_clean_next="" in blamed,
        read=tuple(read),
    )


def _render(request: Request, target: Path, warnings: _Warnings, read: list[str]) -> None:
    """Read what changed and write every page."""
    nocolor()
    config, _ = get_final_config(
        user_yaml=request.folder / "_config.yml",
        cli_config={"nitpicky": True, "latex_individualpages": False},
        sourcedir=request.folder,
    )
    with patch_docutils(str(request.folder)), docutils_namespace():
        app = Sphinx(
            srcdir=request.folder,
            confdir=None,
            outdir=target / "html",
            doctreedir=target / ".doctrees",
            buildername="html",
            confoverrides=config,
            status=None,
            warning=warnings,  # type: ignore[arg-type]
            freshenv=request.clean,
            keep_going=True,
        )
        if app.config["use_multitoc_numbering"] and "numbered: true" in (
            request.folder / "_toc.yml"
        ).read_text(encoding="utf-8"):
            app.setup_extension("sphinx_multitoc_numbering")

        def outdated(
            app: Sphinx, env: Any, added: set[str], changed: set[str], removed: set[str]
        ) -> list[str]:
            again = set(request.pages) | (set(_notebooks(env)) if request.derive else set())
            return sorted(again & env.found_docs)

        app.connect("env-get-outdated", outdated)
        app.connect("env-before-read-docs", lambda app, env, names: read.extend(names), priority=900)
        app.build(force_all=True)


def _notebooks(env: Any) -> Iterator[str]:
    """Yield the pages with code, each of which may read the data."""
    for name in env.found_docs:
        path = Path(env.doc2path(name))
        if path.suffix == ".ipynb" or "{code-cell}" in path.read_text(encoding="utf-8", errors="replace"):
            yield name


def _blamed(messages: list[str], folder: Path) -> Iterator[str]:
    """Yield the docname of the page that each message names, an empty string for none."""
    for message in messages:
        found = _WARNING.match(message)
        path = Path(found["file"]) if found else Path()
        page = path if path.is_absolute() else folder / path
        known = page.suffix in {".md", ".ipynb"} and page.is_file() and page.is_relative_to(folder)
        yield page.relative_to(folder).with_suffix("").as_posix() if known else ""

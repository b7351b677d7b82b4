"""Build a book anew whenever its data, its chapters or its pictures are changed."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from watchfiles import watch

from sourcebook.book.live_build import Outcome, Request, build
from sourcebook.book.rendering import kernel_settings

__all__ = ["LiveState", "Watcher", "next_request"]

#: What a change of which the whole book depends on, beside `*.bib` and `*.py`.
_SETTINGS = ("_config.yml", "_toc.yml")
_INPUTS = ("raw", "coded", "reference")
_PAGES = (".md", ".ipynb")
#: What the process that builds has imported before it is asked.
_IMPORTS = (
    "sourcebook.book.extension",
    "sourcebook.pipeline.refresh",
    "sourcebook.render.figures",
    "sourcebook.book.warm_kernels",
    "sphinxcontrib.bibtex",
    "sphinx_external_toc",
    "sphinx.builders.html",
    "sphinx_book_theme",
    "jupyter_book.config",
    "myst_nb.sphinx_",
    "nbclient",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "matplotlib.figure",
    "matplotlib.backends.backend_svg",
)


@dataclass
class LiveState:
    """What the pages ask for while they are open.

    Attributes
    ----------
    stamp : int
        Another one after each build that wrote pages.
    is_building : bool
        Whether a build runs.
    problems : tuple of str
        What a strict build would refuse.
    """

    stamp: int = 0
    is_building: bool = False
    problems: tuple[str, ...] = field(default_factory=tuple)


def next_request(
    last: Request, outcome: Outcome, changed: Collection[Path], *, other_pages: bool = False
) -> Request:
    """Return what is to be built after a change.

    Parameters
    ----------
    last : Request
        The build before.
    outcome : Outcome
        How it ended.
    changed : collection of Path
        The files that were changed, made or removed.
    other_pages : bool, optional
        Whether there are pages that were not there, or the other way round.

    Returns
    -------
    Request
        The data is derived again if one of its files changed, or if it could not be derived. The build is from clean
        if settings, bibliography or code changed, or the list of pages, or if the build before left no other way.
        Pages with a problem are read again.

    Examples
    --------
    >>> last = Request(folder=Path("book"), data=Path("book/data"))
    >>> then = next_request(last, Outcome(), [Path("book/data/coded/claims.csv")])
    >>> then.derive, then.clean
    (True, False)
    """
    settings = any(path.name in _SETTINGS or path.suffix in {".bib", ".py"} for path in changed)
    of_data = any(path.is_relative_to(last.data) for path in changed)
    return replace(
        last,
        derive=of_data or not outcome.is_derived,
        clean=settings or other_pages or outcome.is_clean_next,
        pages=outcome.pages,
    )


def _is_of_interest(_change: object, path: str) -> bool:
    """Return whether a file is one of the book: no hidden one, and none that an editor keeps beside it."""
    name = Path(path).name
    return (
        bool(Path(path).suffix)
        and not name.startswith((".", "~$", "#"))
        and not name.endswith(("~", ".tmp", ".swp", ".swx"))
    )


class Watcher:
    """Builds a book in a process of its own, once and then after each change.

    Parameters
    ----------
    folder, data : Path
        The folder of the book, and that of its data.
    state : LiveState
        Kept up to date for the pages.
    """

    def __init__(self, folder: Path, data: Path, state: LiveState) -> None:
        self.request = Request(folder=folder, data=data)
        self.state = state
        self._process: multiprocessing.process.BaseProcess | None = None

    def run(self, stop: threading.Event | None = None) -> None:
        """Build, watch and build again until the event is set or Ctrl-C is pressed.

        Parameters
        ----------
        stop : threading.Event, optional
            Ends it.
        """
        pages = self._pages()
        changes = self._changes(stop)
        next(changes)  # what changes during the first build counts
        try:
            outcome = self._build(self.request, ())
            for changed in changes:
                if not changed:
                    continue
                before, pages = pages, self._pages()
                self.request = next_request(self.request, outcome, changed, other_pages=before != pages)
                outcome = self._build(self.request, changed)
        finally:
            self._end()

    def _changes(self, stop: threading.Event | None) -> Iterator[set[Path]]:
        """Yield the files of each change; an empty set now and then."""
        folder, data = self.request.folder, self.request.data
        places = [path for path in (folder / "book", *(data / name for name in _INPUTS)) if path.is_dir()]
        single = [*(folder / name for name in _SETTINGS), data / "dataset.toml"]
        known = {path: _stamp(path) for path in single}
        yield set()
        for found in watch(
            *places,
            watch_filter=_is_of_interest,
            debounce=400,
            rust_timeout=500,
            yield_on_timeout=True,
            stop_event=stop,
        ):
            now = {path: _stamp(path) for path in single}
            yield {Path(path) for _, path in found} | {path for path in single if now[path] != known[path]}
            known = now

    def _pages(self) -> frozenset[Path]:
        found = (self.request.folder / "book").rglob("*")
        return frozenset(path for path in found if path.suffix in _PAGES)

    def _build(self, request: Request, changed: Collection[Path]) -> Outcome:
        """Build, and say what came of it."""
        for path in sorted(changed):
            _say(f"changed: {os.path.relpath(path, request.folder)}")
        self.state.is_building = True
        outcome = self._ask(request)
        self.state.problems = outcome.problems
        self.state.is_building = False
        if outcome.is_rendered:
            self.state.stamp += 1
        for problem in outcome.problems:
            _say(problem)
        _say(_summary(outcome))
        return outcome

    def _ask(self, request: Request) -> Outcome:
        """Let a process that has the imports already build."""
        methods = multiprocessing.get_all_start_methods()
        context: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            context.set_forkserver_preload(list(_IMPORTS))
        os.environ.update(kernel_settings(request.folder / "_build" / "serve"))
        answers, other_end = context.Pipe(duplex=False)
        self._process = context.Process(target=build, args=(request, other_end))
        self._process.start()
        other_end.close()
        try:
            outcome: Outcome = answers.recv()
        except EOFError:
            problem = "the build ended without an answer: its messages, if it had any, are above"
            outcome = Outcome(problems=(problem,), is_derived=False, is_rendered=False, is_clean_next=True)
        self._process.join()
        return outcome

    def _end(self) -> None:
        if self._process is not None and self._process.is_alive():
            self._process.kill()  # whatever it writes is written whole or not at all, and its kernels end with it
            self._process.join()


def _stamp(path: Path) -> tuple[int, int]:
    with suppress(OSError):
        found = path.stat()
        return found.st_mtime_ns, found.st_size
    return 0, 0


def _summary(outcome: Outcome) -> str:
    """Return in one line what a build did."""
    seconds = f"{outcome.seconds:.1f} s"
    if not outcome.is_rendered:
        return f"the pages stay as they were ({seconds})"
    marked = (
        f"; {len(outcome.problems)} that `sourcebook book` refuses, see above" if outcome.problems else ""
    )
    return f"pages read: {len(outcome.read)} ({seconds}){marked}"


def _say(message: str) -> None:
    sys.stderr.write(f"{message}\n")
    sys.stderr.flush()

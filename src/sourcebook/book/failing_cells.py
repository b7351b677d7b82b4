"""Cells that fail: all of a chapter run, and each that fails is told with its line, in every build until it is mended.

MyST-NB alone ends a chapter at its first failing cell. A book that asks for that, or allows errors, keeps to it
(``nb_execution_raise_on_error``, ``nb_execution_allow_errors``); a cell with the tag ``raises-exception`` may fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from sourcebook.book.build_errors import add_error

__all__ = ["failing_cells", "register"]

_MAY_FAIL = {"raises-exception", "raises_exception"}


def failing_cells(notebook: Any) -> Iterator[tuple[int, str]]:
    """Yield the cells of an executed notebook that failed and may not.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        As it was executed.

    Yields
    ------
    tuple of int and str
        Line of the cell in its chapter, 0 where it is not known; name and message of the exception.
    """
    lines = dict(enumerate(notebook.metadata.get("source_map", [])))
    for number, cell in enumerate(notebook.cells):
        if _MAY_FAIL.intersection(cell.metadata.get("tags", [])):
            continue
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                yield lines.get(number, -1) + 1, f"{output.ename}: {output.evalue}"


def _run_all(app: Sphinx, config: Config) -> None:
    """Let the cells after one that fails run."""
    if not hasattr(config, "nb_execution_mode") or config.nb_execution_raise_on_error:
        return
    app.sourcebook_tells_cells = not config.nb_execution_allow_errors  # type: ignore[attr-defined]
    config.nb_execution_allow_errors = True


def _tell(app: Sphinx, doctree: nodes.document) -> None:
    """Keep an error for each failing cell of the page that was read."""
    env = app.env
    run = getattr(env, "nb_metadata", {}).get(env.docname, {}).get("exec_data")
    if not run or not getattr(app, "sourcebook_tells_cells", False):
        return
    path = Path(env.mystnb_config.output_folder, f"{env.docname}.ipynb")  # type: ignore[attr-defined]
    executed = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    for line, message in failing_cells(executed):
        run["succeeded"] = False
        add_error(env, line or None, f"this cell fails: {message}")


def register(app: Sphinx) -> None:
    """Register the handlers with Sphinx."""
    app.connect("config-inited", _run_all)
    app.connect("doctree-read", _tell)

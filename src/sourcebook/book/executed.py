"""The directive ``{executed}``: the chapters that the build ran, each with its code cells and how it ended.

Times differ between two builds of one commit, so there are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from myst_nb.core.read import (  # type: ignore[import-untyped]
    is_myst_markdown_notebook,
    read_myst_markdown_notebook,
)
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from sourcebook.book.state import state_of

__all__ = ["executed_chapters", "register"]


class _Executed(nodes.General, nodes.Element):
    """The place of the list of executed chapters, until all of them have run."""


class _ExecutedDirective(SphinxDirective):
    has_content: ClassVar[bool] = False

    def run(self) -> list[nodes.Node]:
        state_of(self.env).page(self.env.docname).is_deferred = True
        return [_Executed()]


def executed_chapters(env: BuildEnvironment) -> Iterator[tuple[str, int, str]]:
    """Yield each chapter that is a notebook, with its number of code cells and how its run ended.

    Parameters
    ----------
    env : BuildEnvironment
        The environment of a build in which all pages are read.

    Yields
    ------
    tuple
        Docname, code cells, and ``ran to its end``, ``failed`` or ``not run``; in the order of the docnames.
    """
    ran = getattr(env, "nb_metadata", {})
    for docname in sorted(env.found_docs):
        text = Path(env.doc2path(docname)).read_text(encoding="utf-8")
        if not is_myst_markdown_notebook(text):
            continue
        cells = read_myst_markdown_notebook(text).cells
        found = ran.get(docname, {}).get("exec_data")
        ended = "not run" if not found else "ran to its end" if found["succeeded"] else "failed"
        yield docname, sum(cell.cell_type == "code" for cell in cells), ended


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[nodes.Node]]) -> nodes.table:
    """Return a table of the document tree, with a caption."""
    group = nodes.tgroup(cols=len(heads))
    group += [nodes.colspec(colwidth=1) for _ in heads]

    def row(cells: Sequence[nodes.Node]) -> nodes.row:
        return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))

    group += nodes.thead("", row([nodes.Text(head) for head in heads]))
    group += nodes.tbody("", *(row(cells) for cells in rows))
    return nodes.table("", nodes.title(caption, caption), group, classes=["colwidths-auto"], ids=["executed"])


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for place in list(doctree.findall(_Executed)):
        rows = []
        for name, cells, ended in executed_chapters(app.env):
            address = app.builder.get_relative_uri(docname, name)
            link = nodes.reference("", app.env.titles[name].astext(), internal=True, refuri=address)
            rows.append([link, nodes.Text(str(cells)), nodes.Text(ended)])
        place.replace_self(_table("The chapters that this build ran", ["Chapter", "Code cells", "Run"], rows))


def register(app: Sphinx) -> None:
    """Register the directive with Sphinx."""
    app.add_node(_Executed)
    app.add_directive("executed", _ExecutedDirective)
    app.connect("doctree-resolved", _resolve)

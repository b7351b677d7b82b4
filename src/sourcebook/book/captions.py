"""A caption for each table that has none: the title of its section."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

__all__ = ["register"]


def _caption(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give each table without a caption the title of its section, without a number."""
    for number, table in enumerate(doctree.findall(nodes.table), start=1):
        section = table.parent
        while section is not None and not isinstance(section, nodes.section):
            section = section.parent
        if section is None or any(isinstance(child, nodes.title) for child in table.children):
            continue
        title = section.next_node(nodes.title)
        table.insert(0, nodes.title("", title.astext()))
        if not table["ids"]:
            table["ids"] = [f"table-{number}"]


def register(app: Sphinx) -> None:
    """Connect the handler."""
    app.connect("doctree-resolved", _caption)

"""The directive ``{tables} part``: the CSV files of one part of the data folder, to download.

A part is ``raw``, ``coded``, ``reference`` or ``derived``; each file comes with its number of rows and its
description.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from sourcebook.book.number_lint import COMPUTED
from sourcebook.core.csvfiles import read_table
from sourcebook.core.schemas import DERIVED, PASS, read_schemas

__all__ = ["described_tables", "register"]

_DOWNLOAD = re.compile(r'download=""([^>]* href="[^">]*_downloads/([^">]*)")')


def described_tables(folder: Path, part: str) -> list[tuple[Path, int, str]]:
    """List the CSV files of one part of a data folder.

    Parameters
    ----------
    folder : Path
        The data folder.
    part : str
        A folder in it, such as ``coded``.

    Returns
    -------
    list of tuple
        File, number of rows, and description; in the order of the data dictionary, then by name. A file
        that no schema describes has an empty description.
    """
    known = {table.path: f"{table.title}. {table.description}" for table in read_schemas(folder).values()}
    known |= {f"derived/{name}.csv": table.description for name, table in DERIVED.items()}
    order = {path: place for place, path in enumerate(known)}
    files = {path.relative_to(folder).as_posix(): path for path in (folder / part).rglob("*.csv")}
    shared = f"{PASS.title}. {PASS.description}"
    return [
        (files[name], len(read_table(files[name])), known.get(name, shared if "/passes/" in name else ""))
        for name in sorted(files, key=lambda name: (order.get(name, len(order)), name))
    ]


class _TablesDirective(SphinxDirective):
    required_arguments: ClassVar[int] = 1
    has_content: ClassVar[bool] = False

    def run(self) -> list[nodes.Node]:
        app = self.env.app
        folder = Path(app.confdir, app.config.sourcebook_data).resolve()
        listed = nodes.bullet_list(classes=["sb-files"], **{COMPUTED: False})
        for path, rows, text in described_tables(folder, self.arguments[0]):
            self.env.note_dependency(str(path))
            target = "/" + path.relative_to(Path(app.srcdir).resolve()).as_posix()
            name = nodes.literal("", path.relative_to(folder).as_posix(), classes=["xref", "download"])
            link = addnodes.download_reference("", "", name, reftarget=target, refdoc=self.env.docname)
            count = f" ({rows:,} {'row' if rows == 1 else 'rows'}): {text}"
            listed += nodes.list_item("", nodes.paragraph("", "", link, nodes.Text(count)))
        if not len(listed):
            raise self.error(f"no CSV file in {folder / self.arguments[0]}")
        return [listed]


def _name_downloads(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Give the files of the data folder names that tell them apart: ``coded-claims.csv``."""
    body = context.get("body")
    if not body or "_downloads/" not in body:
        return
    source, data = Path(app.srcdir).resolve(), Path(app.confdir, app.config.sourcebook_data).resolve()
    names = {}
    for file, (_, target) in app.env.dlfiles.items():
        path = (source / file).resolve()
        if path.is_relative_to(data):
            names[quote(target)] = "-".join(path.relative_to(data).parts)

    def named(found: re.Match[str]) -> str:
        return f'download="{escape(names[found[2]])}"{found[1]}' if found[2] in names else found[0]

    context["body"] = _DOWNLOAD.sub(named, body)


def register(app: Sphinx) -> None:
    """Register the directive with Sphinx."""
    app.add_directive("tables", _TablesDirective)
    app.connect("html-page-context", _name_downloads)

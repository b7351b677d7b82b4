"""What the book says of itself: the files that it offers, the chapters that were run, captions of tables.

Its directives:

``{tables} part``
    The CSV files of one part of the data folder (``raw``, ``coded``, ``reference``, ``derived``), each to
    download, with its number of rows and its description.
``{executed}``
    The chapters that the build ran, each with its code cells and how it ended. Times differ between two
    builds of one commit, so there are none.

A table without a caption takes the title of its section for one. A name of the library that a package
exports is found under the package, wherever it was defined.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from myst_nb.core.read import (  # type: ignore[import-untyped]
    is_myst_markdown_notebook,
    read_myst_markdown_notebook,
)
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from sourcebook.book.number_lint import COMPUTED
from sourcebook.book.state import state_of
from sourcebook.core.csvfiles import read_table
from sourcebook.core.schemas import DERIVED, PASS, TABLES

__all__ = ["described_tables", "executed_chapters", "public_name", "register"]


class _Executed(nodes.General, nodes.Element):
    """The place of the list of executed chapters, until all of them have run."""


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
    known = {table.path: f"{table.title}. {table.description}" for table in TABLES.values()}
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


def _caption(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give each table without a caption the title of the section that it stands in, without a number."""
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


def public_name(target: str, known: Collection[str]) -> str | None:
    """Find the name under which a package exports what one of its modules defines.

    Parameters
    ----------
    target : str
        A dotted name that is not described.
    known : iterable of str
        The dotted names that are.

    Returns
    -------
    str or None
        The described name with parts left out before its last; for a bare name, the only described one that
        ends with it. None where there is none or no single one.

    Examples
    --------
    >>> public_name("package.dates.edtf.parse", {"package.dates.parse"})
    'package.dates.parse'
    >>> public_name("parse", {"package.dates.parse"})
    'package.dates.parse'
    >>> public_name("package.dates.edtf.parse", {"parse"}) is None
    True
    """
    *parts, last = target.split(".")
    if not parts:
        ending = [name for name in known if name.endswith(f".{last}")]
        return ending[0] if len(ending) == 1 else None
    shorter = (".".join([*parts[:end], last]) for end in range(len(parts) - 1, 0, -1))
    return next((name for name in shorter if name in known), None)


def _reference(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, content: nodes.TextElement
) -> nodes.Element | None:
    """Resolve a reference to a name where it was defined to where it is described."""
    if node.get("refdomain") != "py":
        return None
    described = env.domains["py"].objects
    name = public_name(str(node.get("reftarget", "")), set(described))
    if name is None:
        return None
    entry = described[name]
    address = app.builder.get_relative_uri(node["refdoc"], entry.docname)
    return nodes.reference("", "", content, internal=True, refuri=f"{address}#{entry.node_id}", reftitle=name)


def register(app: Sphinx) -> None:
    """Register the directives, the captions and the handlers with Sphinx."""
    app.add_node(_Executed)
    app.add_directive("tables", _TablesDirective)
    app.add_directive("executed", _ExecutedDirective)
    app.connect("doctree-resolved", _resolve)
    app.connect("doctree-resolved", _caption)
    app.connect("missing-reference", _reference)

"""The Sphinx extension: numbers and quotes in prose come from the dataset and lead to their passages.

Roles
-----
``{value}`name```
    Prints a value of the table ``values`` and links to the passage behind it, or, where many rows stand
    behind it, to its entry on the page of values.
``{passage}`row id``` or ``{passage}`text <row id>```
    Prints the words of a coded row in quotation marks, or the given text, as a link to the passage.

Directives
----------
``{values}``
    Every value that the book prints, with what was counted and the rows behind it.

The directives of sources, claims and time are those of ``sourcebook.editions`` and ``sourcebook.pages``.

Settings
--------
``sourcebook_data``
    The data folder, relative to the folder of the configuration (default ``data``).
``sourcebook_source_page``
    Document of a source's page, with ``{source_id}`` in it (default ``book/sources/{source_id}``).
``sourcebook_values_page``
    Document that holds ``{values}`` (default ``book/values``).

An unknown name or id is a warning, and so is a link to a page that the book does not have; a strict build
turns them into errors. A page that prints from the dataset is read again when the dataset has changed.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from sourcebook import __version__
from sourcebook.edition import quotes
from sourcebook.errors import SourcebookError
from sourcebook.notebooks import ROLE_TEXT_EVENT
from sourcebook.opened import dataset, depend
from sourcebook.uses import Use, Uses, places, rows_of_values, use_id

__all__ = ["setup"]

_logger = logging.getLogger(__name__)
_TITLED = re.compile(r"(?P<text>.+?)\s*<(?P<id>[^<>]+)>", re.DOTALL)


class _Book:
    """The dataset of a build, read once, with what the roles look up."""

    def __init__(self, app: Sphinx) -> None:
        self.data = dataset(app)
        table = self.data["values"]
        self.values = {
            str(row["name"]): {str(column): str(cell) for column, cell in row.items()}
            for row in table.to_dict("records")
        }
        self.quotes = quotes(self.data.tables, self.data.documents)


def _book(app: Sphinx) -> _Book:
    found = getattr(app, "_sourcebook", None)
    if not isinstance(found, _Book):
        found = _Book(app)
        app._sourcebook = found  # type: ignore[attr-defined]
    return found


class _Value(nodes.Inline, nodes.TextElement):
    """A printed value, until its link can be resolved."""


class _Passage(nodes.Inline, nodes.TextElement):
    """A link to a passage, until it can be resolved."""


class _AllValues(nodes.General, nodes.Element):
    """The place of the table of values, until all pages are read."""


def _nearest(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    return f"; near it: {', '.join(close)}" if close else ""


def _opened(env: BuildEnvironment) -> _Book:
    """Return the dataset, and note that the page being read depends on it."""
    depend(env)
    return _book(env.app)


class _ValueRole(SphinxRole):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        book, name = _opened(self.env), self.text.strip()
        found = book.values.get(name)
        if found is None:
            _logger.warning(
                "no value %r in data/derived/values.csv%s",
                name,
                _nearest(name, book.values),
                location=self.get_location(),
            )
            return [nodes.literal(name, name)], []
        Uses.of(self.env).values.setdefault(name, set()).add(self.env.docname)
        return [_Value("", found["display"], name=name)], []


class _PassageRole(SphinxRole):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        book = _opened(self.env)
        titled = _TITLED.fullmatch(self.text.strip())
        row_id = titled["id"].strip() if titled else self.text.strip()
        words = book.quotes.get(row_id)
        if words is None:
            _logger.warning(
                "no coded row or sentence %r%s",
                row_id,
                _nearest(row_id, book.quotes),
                location=self.get_location(),
            )
            return [nodes.literal(row_id, row_id)], []
        Uses.of(self.env).passages.setdefault(row_id, set()).add(self.env.docname)
        return [_Passage("", titled["text"] if titled else f"“{words}”", row_id=row_id)], []


class _ValuesDirective(SphinxDirective):
    has_content: ClassVar[bool] = False

    def run(self) -> list[nodes.Node]:
        _opened(self.env)
        Uses.of(self.env).late.add(self.env.docname)
        return [_AllValues()]


def uses(env: BuildEnvironment) -> dict[str, set[str]]:
    """Return the pages that use each row: that quote it, or print a value that it stands behind.

    Parameters
    ----------
    env : BuildEnvironment
        Complete once every page has been read.

    Returns
    -------
    dict of str to set of str
        Id of a row to docnames.
    """
    return {row: {use.page for use in found} for row, found in _places(env).items()}


def _places(env: BuildEnvironment) -> dict[str, list[Use]]:
    return places(Uses.of(env), rows_of_values(_book(env.app).values))


def _rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the pages that show what others print again, whichever page has changed."""
    return sorted(Uses.of(env).late)


def _forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    Uses.of(env).forget(docname)


def value_id(name: str) -> str:
    """Return the address of a value on the page of values."""
    return "value-" + re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-")


def _reference(app: Sphinx, docname: str, target: str, fragment: str, text: str, css: str) -> nodes.reference:
    """Return a link, and warn if its page is not in the book."""
    if target not in app.env.found_docs:
        _logger.warning(
            "no page %r to link %r to; check sourcebook_source_page and sourcebook_values_page",
            target,
            fragment,
            location=docname,
        )
    address = f"{app.builder.get_relative_uri(docname, target)}#{fragment}"
    return nodes.reference("", text, internal=True, refuri=address, classes=[css])


def _address(place: nodes.Node, link: nodes.reference, fragment: str, addressed: set[str]) -> None:
    """Give the first use of a value or a row on a page its address.

    In a heading, which the menus repeat, its section carries the address.
    """
    if fragment not in addressed:
        addressed.add(fragment)
        holder = place.parent.parent if isinstance(place.parent, nodes.title) else link
        holder["ids"].append(fragment)


def _source_page(app: Sphinx, row_id: str) -> str:
    page: str = app.config.sourcebook_source_page.format(source_id=row_id.rpartition(".")[0])
    return page


def _rows_behind(app: Sphinx, name: str) -> list[str]:
    return [row for row in _book(app).values[name]["rows"].split(";") if row]


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Turn the roles' nodes into links, now that every page has its address."""
    addressed: set[str] = set()
    for passage in list(doctree.findall(_Passage)):
        row_id = passage["row_id"]
        link = _reference(app, docname, _source_page(app, row_id), row_id, passage.astext(), "sb-passage")
        _address(passage, link, use_id(row_id), addressed)
        passage.replace_self(link)
    for value in list(doctree.findall(_Value)):
        name = value["name"]
        rows = _rows_behind(app, name)
        if len(rows) == 1:
            target, fragment = _source_page(app, rows[0]), rows[0]
        else:
            target, fragment = app.config.sourcebook_values_page, value_id(name)
        link = _reference(app, docname, target, fragment, value.astext(), "sb-value")
        _address(value, link, use_id(name), addressed)
        value.replace_self(link)
    for place in list(doctree.findall(_AllValues)):
        place.replace_self(_values_list(app, docname))


def _values_list(app: Sphinx, docname: str) -> nodes.Element:
    """List the values that the book prints, each with its rows and the pages that print it."""
    entries = nodes.definition_list(classes=["sb-values"])
    for name, pages in sorted(Uses.of(app.env).values.items()):
        found = _book(app).values[name]
        # the term carries the address: no writer of HTML prints the ids of an item
        words = (nodes.literal(name, name), nodes.Text(f" = {found['display']}"))
        item = nodes.definition_list_item("", nodes.term("", "", *words, ids=[value_id(name)]))
        body = nodes.paragraph("", f"{found['how'][:1].upper()}{found['how'][1:]}. Printed in: ")
        for i, page in enumerate(sorted(pages)):
            title = app.env.titles[page].astext()
            uri = app.builder.get_relative_uri(docname, page)
            body += [nodes.Text(", ")] if i else []
            body += nodes.reference("", title, internal=True, refuri=uri)
        body += nodes.Text(".")
        rows = _rows_behind(app, name)
        content = [body]
        if rows:
            behind = nodes.paragraph("", "Rows: ")
            for i, row_id in enumerate(rows):
                behind += [nodes.Text(", ")] if i else []
                behind += _reference(app, docname, _source_page(app, row_id), row_id, row_id, "sb-row")
            content.append(behind)
        item += nodes.definition("", *content)
        entries += item
    return entries


def _role_text(app: Sphinx, docname: str, role: str, content: str) -> str | None:
    """Give the notebooks the text of our roles, since Jupyter shows roles as they are written."""
    book = _book(app)
    if role == "value":
        found = book.values.get(content)
        return found["display"] if found else None
    if role == "passage":
        titled = _TITLED.fullmatch(content)
        return titled["text"] if titled else f"“{book.quotes.get(content, content)}”"
    return None


def _start(app: Sphinx) -> None:
    """Read the dataset before the first page, so that what is wrong in it stops the build at once."""
    try:
        _book(app)
    except SourcebookError as error:
        raise ExtensionError(f"the dataset cannot be used:\n{error}", modname="sourcebook.book") from error


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the roles, directives, settings and handlers.

    Parameters
    ----------
    app : Sphinx
        The application.

    Returns
    -------
    dict
        What Sphinx wants to know of an extension.
    """
    app.setup_extension("sourcebook.notebooks")
    app.setup_extension("sourcebook.colophon")
    app.setup_extension("sourcebook.pages")
    app.setup_extension("sourcebook.editions")
    app.setup_extension("sourcebook.theme")
    app.add_config_value("sourcebook_data", "data", "env", [str])
    app.add_config_value("sourcebook_source_page", "book/sources/{source_id}", "env", [str])
    app.add_config_value("sourcebook_values_page", "book/values", "env", [str])
    app.add_role("value", _ValueRole())
    app.add_role("passage", _PassageRole())
    app.add_directive("values", _ValuesDirective)
    app.connect("builder-inited", _start)
    app.connect("env-purge-doc", _forget)
    app.connect("env-updated", _rewrite)
    app.connect("doctree-resolved", _resolve)
    app.connect(ROLE_TEXT_EVENT, _role_text)
    return {"version": __version__, "parallel_read_safe": False, "parallel_write_safe": True}

"""The roles: numbers and quotes in prose come from the dataset and lead to their passages.

Roles
-----
``{value}`name```, ``{value}`words name```, ``{value}`Words name```, ``{value}`year name```
    Prints a value of the table ``values``, as it stands or in a form of ``sourcebook.analysis.numbers.FORMS``, and
    links to the passage behind it, or, where many rows stand behind it, to its entry on the page of values.
``{passage}`row id``` or ``{passage}`text <row id>```
    Prints the words of a coded row in quotation marks, or the given text, as a link to the passage.

Directives
----------
``{values}``
    Every value that the book prints, with what was counted and the rows behind it.

The directives of sources, claims and time are those of ``sourcebook.book.source_pages`` and
``sourcebook.book.claim_pages``.

An unknown name or id fails the build (:mod:`sourcebook.book.build_errors`), and so does a page that prints
another value than the table now has under its name. A link to a page that the book does not have is a warning, which a
strict build turns into an error. A page that prints from the dataset is read again when the dataset has
changed. Numbers that are typed instead of computed are found by :mod:`sourcebook.book.number_lint`, which this
extension brings and tells the names of instruments and sources.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from sourcebook.analysis.numbers import in_form, split_form
from sourcebook.book.backlinks import find_disagreements, pages_by_value, use_id
from sourcebook.book.book_data import book_data, depend, page_addresses, relative_href
from sourcebook.book.build_errors import add_error, report
from sourcebook.book.notebooks import ROLE_TEXT_EVENT
from sourcebook.book.number_lint import COMPUTED, NAMES_EVENT
from sourcebook.book.state import state_of
from sourcebook.core.errors import ParseError, SourcebookError
from sourcebook.parsing.law import instrument_spans
from sourcebook.render.addresses import value_id

__all__ = ["register"]

_logger = logging.getLogger(__name__)
_TITLED = re.compile(r"(?P<text>.+?)\s*<(?P<id>[^<>]+)>", re.DOTALL)
#: Longer lists of the rows behind a value are folded.
_ROWS_SHOWN = 12


class _Value(nodes.Inline, nodes.TextElement):
    """A printed value, until its link can be resolved."""


class _Passage(nodes.Inline, nodes.TextElement):
    """A link to a passage, until it can be resolved."""


class _AllValues(nodes.General, nodes.Element):
    """The place of the table of values, until all pages are read."""


def _nearest(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    return f"; near it: {', '.join(close)}" if close else ""


class _Role(SphinxRole):
    def error(self, message: str) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Note what is wrong, and show what was typed."""
        add_error(self.env, self.lineno, message)
        return [nodes.literal(self.text, self.text)], []


class _ValueRole(_Role):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        data, (form, name) = depend(self.env), split_form(self.text)
        found = data.values.get(name)
        if found is None:
            return self.error(f"no value {name!r} in data/derived/values.csv{_nearest(name, data.values)}")
        try:
            shown = in_form(found["display"], form)
        except ParseError as error:
            return self.error(f"value {name!r}: {error}")
        state_of(self.env).page(self.env.docname).values[name] = found["display"]
        return [_Value("", shown, name=name, **{COMPUTED: True})], []


class _PassageRole(_Role):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        book = depend(self.env)
        titled = _TITLED.fullmatch(self.text.strip())
        row_id = titled["id"].strip() if titled else self.text.strip()
        words = book.quotes.get(row_id)
        if words is None:
            return self.error(f"no coded row or sentence {row_id!r}{_nearest(row_id, book.quotes)}")
        state_of(self.env).page(self.env.docname).passages.add(row_id)
        if titled:  # the author's words, and read as such
            return [_Passage("", titled["text"], row_id=row_id)], []
        return [_Passage("", f"“{words}”", row_id=row_id, **{COMPUTED: False})], []


class _ValuesDirective(SphinxDirective):
    has_content: ClassVar[bool] = False

    def run(self) -> list[nodes.Node]:
        depend(self.env)
        state_of(self.env).page(self.env.docname).is_deferred = True
        return [_AllValues()]


def _reference(app: Sphinx, docname: str, address: str, text: str, css: str) -> nodes.reference:
    """Return a link, and warn if its page is not in the book."""
    target, _, fragment = address.partition("#")
    if target not in app.env.found_docs:
        _logger.warning(
            "no page %r to link %r to; check sourcebook_source_page and sourcebook_values_page",
            target,
            fragment,
            location=docname,
        )
    href = relative_href(app, docname, address)
    return nodes.reference("", text, internal=True, refuri=href, classes=[css])


def _address(place: nodes.Node, link: nodes.reference, fragment: str, addressed: set[str]) -> None:
    """Give the first use of a value or a row on a page its address.

    In a heading, which the menus repeat, its section carries the address.
    """
    if fragment not in addressed:
        addressed.add(fragment)
        holder = place.parent.parent if isinstance(place.parent, nodes.title) else link
        holder["ids"].append(fragment)


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Turn the roles' nodes into links, now that every page has its address."""
    addressed: set[str] = set()
    addresses = page_addresses(app)
    for passage in list(doctree.findall(_Passage)):
        row_id = passage["row_id"]
        link = _reference(app, docname, addresses.passage(row_id), passage.astext(), "sb-passage")
        _address(passage, link, use_id(row_id), addressed)
        passage.replace_self(link)
    for value in list(doctree.findall(_Value)):
        name = value["name"]
        rows = book_data(app).rows_behind[name]
        address = addresses.passage(rows[0]) if len(rows) == 1 else addresses.number(name)
        link = _reference(app, docname, address, value.astext(), "sb-value")
        _address(value, link, use_id(name), addressed)
        value.replace_self(link)
    for place in list(doctree.findall(_AllValues)):
        place.replace_self(_values_list(app, docname))


def _values_list(app: Sphinx, docname: str) -> nodes.Element:
    """List the values that the book prints, each with its rows and the pages that print it."""
    entries = nodes.definition_list(classes=["sb-values"])
    for name, pages in pages_by_value(state_of(app.env)).items():
        found = book_data(app).values[name]
        # the term carries the address: no writer of HTML prints the ids of an item
        words = (nodes.literal(name, name), nodes.Text(f" = {found['display']}"))
        item = nodes.definition_list_item("", nodes.term("", "", *words, ids=[value_id(name)]))
        body = nodes.paragraph("", f"{found['how'][:1].upper()}{found['how'][1:]}. Printed in: ")
        for i, page in enumerate(pages):
            title = app.env.titles[page].astext()
            uri = relative_href(app, docname, f"{page}#{use_id(name)}")
            body += [nodes.Text(", ")] if i else []
            body += nodes.reference("", title, internal=True, refuri=uri)
        body += nodes.Text(".")
        rows = book_data(app).rows_behind[name]
        content = [body, *(_rows_list(app, docname, rows) if rows else ())]
        item += nodes.definition("", *content)
        entries += item
    return entries


def _rows_list(app: Sphinx, docname: str, rows: Sequence[str]) -> list[nodes.Element]:
    """Link rows, by source, each by the last part of its id; many of them in a fold."""
    behind = nodes.paragraph("", "Rows: ")
    grouped: dict[str, list[str]] = {}
    for row_id in rows:
        grouped.setdefault(row_id.rpartition(".")[0], []).append(row_id)
    for source, ids in grouped.items():
        behind += [nodes.Text("; ")] if len(behind.children) > 1 else []
        behind += [nodes.literal(source, source), nodes.Text(": ")]
        for i, row_id in enumerate(ids):
            behind += [nodes.Text(", ")] if i else []
            short = row_id.rpartition(".")[2]
            behind += _reference(app, docname, page_addresses(app).passage(row_id), short, "sb-row")
    if len(rows) <= _ROWS_SHOWN:
        return [behind]
    fold = f"<details><summary>{len(rows)} rows</summary>"
    return [nodes.raw("", fold, format="html"), behind, nodes.raw("", "</details>", format="html")]


def _role_text(app: Sphinx, docname: str, role: str, content: str) -> str | None:
    """Give the notebooks the text of our roles, since Jupyter shows roles as they are written."""
    book = book_data(app)
    if role == "value":
        form, name = split_form(content)
        found = book.values.get(name)
        return in_form(found["display"], form) if found else None
    if role == "passage":
        titled = _TITLED.fullmatch(content)
        return titled["text"] if titled else f"“{book.quotes.get(content, content)}”"
    return None


def _compare(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Report each page that prints another value than the table has: one that should have been read again."""
    current = {name: row["display"] for name, row in book_data(app).values.items()}
    report(app, [(page, 0, message) for page, message in find_disagreements(state_of(env), current)])
    return []


def _names(app: Sphinx, text: str) -> list[tuple[int, int]]:
    """Find the names in a text that may hold numbers: of instruments, and of sources, as their pages are titled."""
    data, titles = book_data(app).dataset, app.env.titles
    pages = [page_addresses(app).source(source) for source in data.sources]
    spans = instrument_spans(text, data["instruments"]) if "instruments" in data.tables else []
    for title in [titles[page].astext() for page in pages if page in titles]:
        name, _, date = title.rpartition(", ")
        forms = [title, f"{name} ({date})"] if name else [title]
        for form in forms:
            body = r"\s+".join(re.escape(word) for word in form.split())
            spans += [match.span() for match in re.finditer(rf"(?<!\w){body}(?!\w)", text)]
    return spans


def _start(app: Sphinx) -> None:
    """Read the dataset before the first page, so that what is wrong in it stops the build at once."""
    try:
        book_data(app)
    except SourcebookError as error:
        raise ExtensionError(f"the dataset cannot be used:\n{error}", modname="sourcebook.book") from error


def register(app: Sphinx) -> None:
    """Register the roles, the directive and the handlers with Sphinx."""
    app.add_role("value", _ValueRole())
    app.add_role("passage", _PassageRole())
    app.add_directive("values", _ValuesDirective)
    app.connect("builder-inited", _start)
    app.connect("env-updated", _compare)
    app.connect(NAMES_EVENT, _names)
    app.connect("doctree-resolved", _resolve)
    app.connect(ROLE_TEXT_EVENT, _role_text)

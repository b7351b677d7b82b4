"""The roles: numbers and quotes in prose come from the dataset and lead to their passages.

Roles
-----
``{value}`name```, ``{value}`words name```, ``{value}`Words name```, ``{value}`year name```
    Prints a number of the dataset or of a chapter's cell, as it is or in a form of
    ``sourcebook.analysis.numbers.FORMS``, and links to the passage behind it, or, where many rows are, to its entry
    on the page of values. In place of a name: names of the dataset and numbers joined
    by ``+ - * /``, with spaces.
``{passage}`row id``` or ``{passage}`text <row id>```
    Prints the words of a coded row in quotation marks, or the given text, as a link to the passage.

Directives
----------
``{values}``
    Every value that the book prints, with what was counted and the rows behind it.

The directives of sources, claims and time are those of ``sourcebook.book.source_pages`` and
``sourcebook.book.claim_pages``.

An unknown name or id fails the build (:mod:`sourcebook.book.build_errors`), and so does a page that prints
another value than its name now has. A link to a page that the book does not have is a warning, which a
strict build turns into an error. A page that prints from the dataset is read again when the dataset has
changed. Numbers that are typed instead of computed are found by :mod:`sourcebook.book.number_lint`, which this
extension brings and tells the names of instruments and sources.
"""

from __future__ import annotations

import contextlib
import difflib
import posixpath
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from sourcebook.analysis.numbers import NamedNumber, evaluate, in_form, is_expression, split_form
from sourcebook.book import numbers
from sourcebook.book.backlinks import find_disagreements, pages_by_value, use_id
from sourcebook.book.book_data import book_data, depend, page_addresses, relative_href
from sourcebook.book.build_errors import add_error, report
from sourcebook.book.notebooks import ROLE_ADDRESS_EVENT, ROLE_TEXT_EVENT
from sourcebook.book.number_lint import COMPUTED, NAMES_EVENT, ROLES_EVENT
from sourcebook.book.role_words import TITLED, role_words
from sourcebook.book.state import PageRecord, state_of
from sourcebook.core.errors import ParseError, SourcebookError
from sourcebook.parsing.law import instrument_spans
from sourcebook.parsing.numerals import in_words
from sourcebook.render.addresses import value_id

__all__ = ["register"]

_logger = logging.getLogger(__name__)
#: What the data hold is printed as it is: smart quotes are for the prose of a chapter.
_AS_IT_IS = {"support_smartquotes": False}
#: Longer lists of the rows behind a value are folded.
_ROWS_SHOWN = 12


_ROLES_SHOWN = 3  # roles that a message on a typed number gives


class _Value(nodes.Inline, nodes.TextElement):
    """A printed value, until its link can be resolved."""


class _Passage(nodes.Inline, nodes.TextElement):
    """A link to a passage, until it can be resolved."""


class _AllValues(nodes.General, nodes.Element):
    """The place of the list of values, until all pages are read."""


def _nearest(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    return f"; near it: {', '.join(close)}" if close else ""


def _spaced(name: str, known: Container[str]) -> str:
    """Say that the operators of an expression have spaces around them, if a name is one without them."""
    operators = [match.start() for match in re.finditer(r"[-+*/]", name) if name[: match.start()] in known]
    if not operators:
        return ""
    at = operators[-1]
    return f"; put spaces around an operator: {name[:at]} {name[at]} {name[at + 1 :]}"


class _Role(SphinxRole):
    def error(self, message: str) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Note what is wrong, and show what was typed."""
        add_error(self.env, self.lineno, message)
        return [nodes.literal(self.text, self.text)], []


class _ValueRole(_Role):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        form, name = split_form(self.text)
        known, page = depend(self.env).dataset.numbers, state_of(self.env).page(self.env.docname)
        value = _Value("", name=name, form=form, line=self.lineno, **{COMPUTED: True}, **_AS_IT_IS)
        try:
            if is_expression(name):
                computed = evaluate(name, known)
                value["name"] = computed.name
                known, page.numbers[computed.name] = {computed.name: computed}, computed
            _print(value, known, page)
        except ParseError as error:
            return self.error(f"value {name!r}: {error}")
        return [value], []


def _print(value: _Value, known: Mapping[str, NamedNumber], page: PageRecord) -> None:
    """Print a number that is known; one that is not may be that of a cell further down, or of another page.

    Raises
    ------
    ParseError
        If the number has not the form that is asked for.
    """
    number = known.get(value["name"])
    if number is not None and not value.children:
        value += nodes.Text(in_form(number.formatted, value["form"]))
        page.values[number.name] = number.formatted


def _print_own(app: Sphinx, doctree: nodes.document) -> None:
    """Print the numbers that the cells of the page itself computed, and note those that it does not know yet."""
    page = state_of(app.env).page(app.env.docname)
    for value in doctree.findall(_Value):
        try:
            _print(value, page.numbers, page)
        except ParseError as error:
            add_error(app.env, value["line"], f"value {value['name']!r}: {error}")
            value.append(nodes.Text(value["name"]))
        if not value.children:
            page.pending.append((value["line"], value["form"], value["name"]))
            page.is_deferred = True


def _settle(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Note the numbers of other pages that a page prints, now that all pages are read; report unknown names."""
    known, errors = numbers.all_numbers(app), []
    names = [name for name in known if not is_expression(name)]
    for docname, page in state_of(env).sorted_pages():
        for line, form, name in page.pending:
            if name not in known:
                page.values.pop(name, None)
                where = "in the dataset or in a cell of the book"
                hint = _spaced(name, known) or _nearest(name, names)
                errors.append((docname, line, f"no value {name!r} {where}{hint}"))
                continue
            page.values[name] = known[name].formatted
            try:
                in_form(known[name].formatted, form)
            except ParseError as error:
                errors.append((docname, line, f"value {name!r}: {error}"))
    report(app, errors)
    return []


class _PassageRole(_Role):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        book = depend(self.env)
        titled = TITLED.fullmatch(self.text.strip())
        row_id = titled["id"].strip() if titled else self.text.strip()
        words = book.quotes.get(row_id)
        if words is None:
            return self.error(f"no coded row or sentence {row_id!r}{_nearest(row_id, book.quotes)}")
        state_of(self.env).page(self.env.docname).passages.add(row_id)
        if titled:  # the author's words, and read as such
            return [_Passage("", titled["text"], row_id=row_id)], []
        return [_Passage("", f"“{words}”", row_id=row_id, **{COMPUTED: False}, **_AS_IT_IS)], []


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
    known = numbers.all_numbers(app)
    for value in list(doctree.findall(_Value)):
        name = value["name"]
        if name not in known:  # as was reported when all pages were read
            value.replace_self(nodes.literal(name, name))
            continue
        if not value.children:
            with contextlib.suppress(ParseError):  # as before
                value.append(nodes.Text(in_form(known[name].formatted, value["form"])))
        rows = known[name].evidence
        address = addresses.passage(rows[0]) if len(rows) == 1 else addresses.number(name)
        link = _reference(app, docname, address, value.astext(), "sb-value")
        _address(value, link, use_id(name), addressed)
        value.replace_self(link)
    for place in list(doctree.findall(_AllValues)):
        place.replace_self([_downloads(app, docname), _values_list(app, docname)])


def _downloads(app: Sphinx, docname: str) -> nodes.paragraph:
    """Link the tables of what the book prints."""
    target = app.builder.get_target_uri(docname)
    here = target if target.endswith("/") else posixpath.dirname(target)
    words = nodes.paragraph("", "As tables: ")
    for file, what in (
        ("values.csv", " (name, formatted, description) and "),
        ("value_evidence.csv", " (name, row_id)."),
    ):
        href = posixpath.relpath(f"{numbers.FOLDER}/{file}", here or ".")
        words += [nodes.reference("", file, internal=True, refuri=href), nodes.Text(what)]
    return words


def _values_list(app: Sphinx, docname: str) -> nodes.Element:
    """List the values that the book prints, each with its rows and the pages that print it."""
    entries = nodes.definition_list(classes=["sb-values"])
    for name, (found, pages) in numbers.printed_numbers(app).items():
        # the term carries the address: no writer of HTML prints the ids of an item
        words = (nodes.literal(name, name), nodes.Text(f" = {found.formatted}"))
        item = nodes.definition_list_item("", nodes.term("", "", *words, ids=[value_id(name)]))
        body = nodes.paragraph("", f"{_sentence(found.description)}. Printed in: ")
        for i, page in enumerate(pages):
            title = app.env.titles[page].astext()
            uri = relative_href(app, docname, f"{page}#{use_id(name)}")
            body += [nodes.Text(", ")] if i else []
            body += nodes.reference("", title, internal=True, refuri=uri)
        body += nodes.Text(".")
        rows = found.evidence
        content = [body, *(_rows_list(app, docname, rows) if rows else ())]
        item += nodes.definition("", *content)
        entries += item
    return entries


def _sentence(words: str) -> str:
    """Return words with the first letter, which a quotation mark may precede, in upper case."""
    return re.sub(r"\w", lambda match: match[0].upper(), words, count=1)


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
    fold = Markup("<details><summary>{} rows</summary>").format(len(rows))
    return [nodes.raw("", fold, format="html"), behind, nodes.raw("", "</details>", format="html")]


def _role_text(app: Sphinx, docname: str, role: str, content: str) -> str | None:
    """Give the notebooks the text of our roles, since Jupyter shows roles as they are written."""
    return role_words(
        role, content, quoted=book_data(app).quotes, number=lambda name: numbers.look_up(app, name)
    )


def _role_address(app: Sphinx, docname: str, role: str, content: str) -> str | None:
    """Give the notebooks where a role of ours leads in the published book, if its address is known."""
    addresses = replace(page_addresses(app, docname), base=app.config.html_baseurl or "")
    if addresses.base and role == "passage":
        titled = TITLED.fullmatch(content.strip())
        return addresses.href(addresses.passage(titled["id"].strip() if titled else content.strip()))
    if addresses.base and role == "value" and (found := numbers.look_up(app, split_form(content)[1])):
        one = len(found.evidence) == 1
        return addresses.href(addresses.passage(found.evidence[0]) if one else addresses.number(found.name))
    return None


def _compare(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Report each page that prints another value than the table has: one that should have been read again."""
    found = {name: numbers.look_up(app, name) for name in pages_by_value(state_of(env))}
    current = {name: each.formatted for name, each in found.items() if each}
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


def _printing(app: Sphinx, text: str) -> list[str]:
    """Return the roles that print what an author typed, of the numbers of the dataset, the shortest first."""
    typed, found = " ".join(text.split()).lower(), []
    for name, number in sorted(book_data(app).dataset.numbers.items(), key=lambda each: len(each[0])):
        if number.formatted == typed:
            found.append(f"{{value}}`{name}`")
        elif number.formatted.isdecimal() and in_words(int(number.formatted)) == typed:
            found.append(f"{{value}}`words {name}`")
    return found[:_ROLES_SHOWN]


def _start(app: Sphinx) -> None:
    """Read the dataset before the first page, so that what is wrong in it stops the build at once."""
    try:
        book_data(app)
    except SourcebookError as error:
        raise ExtensionError(f"the dataset cannot be used:\n{error}", modname="sourcebook.book") from error


def _visit(translator: nodes.NodeVisitor, node: nodes.Element) -> None:
    """Write nothing around the text of a role in a heading that a menu repeats."""


def register(app: Sphinx) -> None:
    """Register the roles, the directive and the handlers with Sphinx."""
    for node in (_Value, _Passage):
        app.add_node(node, html=(_visit, _visit), latex=(_visit, _visit), text=(_visit, _visit))
    app.add_role("value", _ValueRole())
    app.add_role("passage", _PassageRole())
    app.add_directive("values", _ValuesDirective)
    app.connect("builder-inited", _start)
    app.connect("doctree-read", _print_own, priority=200)  # after the numbers of its cells, before its title
    app.connect("env-updated", _settle, priority=100)
    app.connect("env-updated", _compare)
    app.connect(NAMES_EVENT, _names)
    app.connect(ROLES_EVENT, _printing)
    app.connect("doctree-resolved", _resolve)
    app.connect(ROLE_TEXT_EVENT, _role_text)
    app.connect(ROLE_ADDRESS_EVENT, _role_address)

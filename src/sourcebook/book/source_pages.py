"""The pages of the sources in a Sphinx book: their text with its codings, and what the registry knows of them.

Its role, and its directives:

``{source-title}`source id```
    The title of a source in the registry, for the heading of its page; without one its short name.
``{edition} source id``
    The text of a source with its codings, their notes, and the pages that use them.
``{registry} source id``
    What the registry knows of a source, and the hash of its file.

A page with an edition loads the style sheet and the script of editions; no other page does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole

from sourcebook.book.backlinks import find_backlinks
from sourcebook.book.book_data import book_data, depend, passage_href, relative_href
from sourcebook.book.build_errors import add_error
from sourcebook.book.claim_pages import add_review
from sourcebook.book.links import claim_address
from sourcebook.book.number_lint import COMPUTED
from sourcebook.book.numbers import printed_numbers
from sourcebook.book.state import state_of
from sourcebook.parsing.dates import format_date
from sourcebook.render.links import Links, PageLink
from sourcebook.render.source_page import STATIC, edition

__all__ = ["register", "registry"]

_MARK = '<div class="sb-edition"'


class _Edition(nodes.General, nodes.Element):
    """The place of an edition, until all pages are read and it is known which of them use its rows."""


class _EditionDirective(SphinxDirective):
    required_arguments: ClassVar[int] = 1
    has_content: ClassVar[bool] = False

    def run(self) -> list[nodes.Node]:
        data, source_id = depend(self.env).dataset, self.arguments[0]
        if source_id not in data.documents:
            raise self.error(f"no source {source_id!r}; there are: {', '.join(data.sources)}")
        state_of(self.env).page(self.env.docname).is_deferred = True
        return [_Edition(source_id=source_id)]


def _uses(app: Sphinx, here: str) -> dict[str, list[PageLink]]:
    """Return the places on other pages that use each row, by row."""
    backlinks = find_backlinks(
        state_of(app.env), {name: each.evidence for name, (each, _) in printed_numbers(app).items()}
    )
    return {
        row: [
            PageLink(
                title=app.env.titles[use.page].astext(),
                href=relative_href(app, here, f"{use.page}#{use.fragment}"),
                is_direct=use.is_direct,
            )
            for use in uses
            if use.page != here
        ]
        for row, uses in backlinks.items()
    }


def _depth(place: nodes.Node) -> int:
    """Return how many sections a place is in."""
    return 0 if place.parent is None else isinstance(place.parent, nodes.section) + _depth(place.parent)


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write the editions of a page, now that every page has its address."""
    waiting = list(doctree.findall(_Edition))
    if not waiting:
        return
    book, uses = book_data(app), _uses(app, docname)
    links = Links(
        passage=lambda row_id: passage_href(app, docname, row_id),
        claim=lambda claim_id: claim_address(app, docname, claim_id),
    )
    for place in waiting:
        page = edition(
            book.claim_index,
            place["source_id"],
            book.dataset.tables,
            book.dataset["shared_passages"],
            links=links,
            uses=uses,
            level=min(_depth(place) + 1, 6),
        )
        place.replace_self(nodes.raw("", page.markup, format="html"))


#: Columns of the registry that a page shows, with their labels and what stands for an empty cell.
_REGISTRY = (
    ("title", "Title", "none is printed in the file"),
    ("author", "Author", "unsigned"),
    ("author_role", "Signs as", ""),
    ("publisher", "Publisher", "not known"),
    ("place", "Place", "not known"),
    ("written", "Date", "undated"),
    ("date_note", "How it is dated", ""),
    ("genre", "Genre, as classed here", "not classed"),
    ("language", "Language", ""),
    ("page", "Original page", "not found"),
    ("carries", "Carries besides its text", ""),
    ("rights", "Rights, as understood here", ""),
    ("original_name", "Received as", ""),
    ("tool", "Text taken out by", ""),
    ("original_sha256", "SHA-256 of the file as received", ""),
    ("sha256", "SHA-256 of the file", ""),
)
#: Columns whose value is a hash.
_HASHES = ("sha256", "original_sha256")


def registry(row: Mapping[str, Any]) -> nodes.field_list:
    """Return the facts of a row of the registry as a list of fields; what nobody has confirmed is called proposed."""
    proposed = str(row.get("proposed", "")).split(";")
    fields = nodes.field_list(classes=["sb-registry"], **{COMPUTED: False})
    for column, label, otherwise in _REGISTRY:
        text = str(row.get(column, "")) or otherwise
        named = "date_published" if column == "written" else column
        if not text:
            continue
        piece: nodes.Node = nodes.Text(text)
        if column == "page" and text.startswith(("https://", "http://")):
            piece = nodes.reference("", text, refuri=text, internal=False)
        elif column in _HASHES:
            piece = nodes.literal(text, text)
        body = nodes.paragraph("", "", piece, nodes.Text(" (proposed)" if named in proposed else ""))
        fields += nodes.field("", nodes.field_name("", label), nodes.field_body("", body))
    return fields


class _RegistryDirective(SphinxDirective):
    required_arguments: ClassVar[int] = 1
    has_content: ClassVar[bool] = False

    def run(self) -> list[nodes.Node]:
        data, source_id = depend(self.env).dataset, self.arguments[0]
        found = data["sources"].merge(data["dating"], on="source_id", suffixes=("", "_again"))
        rows = found[found["source_id"] == source_id].to_dict("records")
        if not rows:
            raise self.error(f"no source {source_id!r}; there are: {', '.join(data.sources)}")
        row = {str(column): cell for column, cell in rows[0].items()}
        open_date = not row["has_date"] and row["earliest"]
        bound = f", not before {format_date(row['earliest'])}" if open_date else ""
        return [registry(row | {"written": f"{row['display']}{bound}"})]


class _TitleRole(SphinxRole):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        data, source_id = depend(self.env).dataset, self.text
        if source_id not in data.documents:
            known = ", ".join(data.sources)
            add_error(self.env, self.lineno, f"source-title: no source {source_id!r}; there are: {known}")
            return [nodes.literal(source_id, source_id)], []
        registered = data["sources"].set_index("source_id")
        title = registered.at[source_id, "title"] if "title" in registered else ""
        words = " ".join(str(title).split()) or data.source_names[source_id]
        return [nodes.inline(words, words, support_smartquotes=False, **{COMPUTED: False})], []


def _serve_files(app: Sphinx) -> None:
    app.config.html_static_path.append(str(STATIC))


def _add_files(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if _MARK in context.get("body", ""):
        app.add_css_file("edition.css")
        app.add_js_file("edition.js", loading_method="defer")
        add_review(app)


def register(app: Sphinx) -> None:
    """Register the directives and the handlers with Sphinx."""
    app.add_role("source-title", _TitleRole())
    app.add_directive("edition", _EditionDirective)
    app.add_directive("registry", _RegistryDirective)
    app.connect("builder-inited", _serve_files)
    app.connect("doctree-resolved", _resolve)
    app.connect("html-page-context", _add_files)

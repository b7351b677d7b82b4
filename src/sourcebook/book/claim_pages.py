"""The pages of evidence in a Sphinx book: one for each claim, and places to search, compare and zoom all.

Its directives:

``{explorer}``
    Every claim in a table by topic, with filters where scripts run. Beyond as many claims as the setting
    ``sourcebook_explorer_claims`` says, the tables stand on pages of their own.
``{matrix}``
    Every question by every source. With ``least`` and a number, only the questions that so many sources
    answer; with ``folded``, each topic in a fold, open if it has a contradiction; with ``silences``, silent
    cells lead to ``{silences}`` on the same page.
``{silences}``
    Every question on which a source is silent: what was looked for, and in which way each is silent.
``{timeline}``
    The figure of what the sources date, and one to zoom where scripts run; with the option ``beside``
    only the latter, for a page that has a figure of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from markupsafe import Markup, escape
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from sourcebook.book.backlinks import pages_by_passage, use_id
from sourcebook.book.book_data import book_data, depend, page_addresses, relative_href
from sourcebook.book.explorer_pieces import claims_pages, explorer_pieces, write_pieces
from sourcebook.book.links import links_from
from sourcebook.book.numbers import printed_numbers
from sourcebook.book.state import state_of
from sourcebook.core.about import read_about
from sourcebook.render import claim_page
from sourcebook.render.claim_index import ClaimIndex
from sourcebook.render.links import Links, PageLink, PrintedNumber

__all__ = ["add_review", "register"]

_STATIC = Path(__file__).with_name("static")
_LINKED = re.compile(r'href="([^"#]*)#?([^"#]*)"')
_INDEX = "sourcebook_index"  # the attribute of HTML that shows all claims, and none by itself
_CLAIM = "sourcebook_claim"  # the claim, in the context of its page
_EVIDENCE = "sourcebook_evidence"  # in the context of a page that shows claims in tables
_SCRIPTS = {"explorer": ("words.js", "explore.js"), "timeline": ("zoom.js",)}
_WORDS = Path(__file__).with_name("theme") / "static" / "words.js"


class _Place(SphinxDirective):
    """A directive that prints HTML made from the dataset, and asks for a script."""

    has_content: ClassVar[bool] = False

    def run(self) -> list[nodes.Node]:
        app, here = self.env.app, self.env.docname
        state_of(self.env).page(here).directives.add(self.name)
        markup = self.markup(depend(self.env).claim_index, links_from(app, here))
        return [nodes.raw("", markup, format="html", **{_INDEX: True})]

    def markup(self, index: ClaimIndex, links: Links) -> str:
        raise NotImplementedError


class _Explorer(_Place):
    def markup(self, index: ClaimIndex, links: Links) -> str:
        pieces = explorer_pieces(self.env.app, self.env.docname, index)
        return claim_page.explorer(index, links=links, pieces=pieces).markup


class _Matrix(_Place):
    option_spec: ClassVar[dict[str, Any]] = {
        "least": directives.nonnegative_int,
        "folded": directives.flag,
        "silences": directives.flag,
    }

    def markup(self, index: ClaimIndex, links: Links) -> str:
        return claim_page.matrix(
            index,
            links=links,
            least=self.options.get("least", 0),
            folded="folded" in self.options,
            silences="silences" in self.options,
        ).markup


class _Silences(_Place):
    def markup(self, index: ClaimIndex, links: Links) -> str:
        return claim_page.silence_table(index).markup


class _Timeline(_Place):
    option_spec: ClassVar[dict[str, Any]] = {"beside": directives.flag}

    def markup(self, index: ClaimIndex, links: Links) -> str:
        return claim_page.timeline(index, links=links, still="beside" not in self.options).markup


def _record(app: Sphinx, doctree: nodes.document) -> None:
    """Note which claims the tables of a page link to; an edition and an index of all claims show none by itself."""
    found, env = book_data(app).claim_index, app.env
    addresses = page_addresses(app, env.docname)
    editions = set(map(addresses.source, found.sources))
    if env.docname in editions:
        return
    claims = state_of(env).page(env.docname).claims
    pages = {addresses.href(addresses.claim(claim_id)): claim_id for claim_id in found.claims}
    for raw in doctree.findall(nodes.raw):
        if "html" in raw.get("format", "") and not raw.get(_INDEX):
            links = _LINKED.findall(raw.astext())
            claims |= {fragment or pages.get(page, "") for page, fragment in links} & set(found.claims)


def _numbers(app: Sphinx, here: str) -> dict[str, list[PrintedNumber]]:
    """Return the printed values that count each claim beside others, by claim."""
    addresses = page_addresses(app)
    listed = addresses.numbers_page in app.env.found_docs
    found: dict[str, list[PrintedNumber]] = defaultdict(list)
    for name, (printed, docnames) in printed_numbers(app).items():
        behind = printed.evidence
        if len(behind) < 2:
            continue
        places = [(docname, use_id(name)) for docname in docnames]
        number = PrintedNumber(
            number=printed,
            href=relative_href(app, here, addresses.number(name)) if listed else "",
            pages=_uses(app, here, places),
        )
        for row_id in behind:
            found[row_id].append(number)
    return found


def _uses(app: Sphinx, here: str, places: Iterable[tuple[str, str]]) -> tuple[PageLink, ...]:
    """Return links to pages, or to places on them."""
    return tuple(
        PageLink(
            title=app.env.titles[page].astext(),
            href=app.builder.get_relative_uri(here, page) + (f"#{fragment}" if fragment else ""),
        )
        for page, fragment in places
    )


def _pages_by_claim(app: Sphinx) -> dict[str, dict[str, str]]:
    """Return the pages that show each claim by itself, each with the place on it that does, if it has one."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    state = state_of(app.env)
    for page, record in state.sorted_pages():
        for claim_id in record.claims:
            found[claim_id][page] = ""
    for row_id, pages in pages_by_passage(state).items():
        found[row_id] |= dict.fromkeys(pages, use_id(row_id))
    for name, (number, pages) in printed_numbers(app).items():
        behind = number.evidence
        if len(behind) == 1:
            for page in pages:
                found[behind[0]][page] = found[behind[0]].get(page) or use_id(name)
    return found


def _collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield a page for each claim, in the order of the claims."""
    index, pages = book_data(app).claim_index, _pages_by_claim(app)
    base = app.config.html_baseurl
    version = read_about(book_data(app).folder).version or ""
    addresses = page_addresses(app)
    numbers = _numbers(app, addresses.claim("x"))
    for claim_id in index.claims:
        name = addresses.claim(claim_id)
        target = app.builder.get_target_uri(name)
        page = claim_page.claim_page(
            index,
            claim_id,
            links=links_from(app, name),
            uses=_uses(app, name, sorted(pages[claim_id].items())),
            numbers=numbers.get(claim_id, ()),
            book=app.config.html_title,
            version=version,
            address=PageLink(
                title=f"{base.rstrip('/')}/{target}" if base else target,
                href=target.rpartition("/")[2] or "./",
            ),
        )
        tags = Markup('<meta name="description" content="{}">').format(page.description)
        context = {"title": escape(page.title), "body": page.body, "metatags": tags, _CLAIM: claim_id}
        yield name, context, "page.html"
    yield from claims_pages(app, index, _EVIDENCE)


def _write_pieces(app: Sphinx, exception: Exception | None) -> None:
    """Write the pieces of every page that has an explorer, once all pages are there."""
    if exception is None and app.builder.format == "html":
        write_pieces(app, book_data(app).claim_index)


def add_review(app: Sphinx) -> None:
    """Load the switch by which a reader reviews the codings of a page."""
    app.add_css_file("review.css")
    app.add_js_file("review.js", loading_method="defer")


def _serve_files(app: Sphinx) -> None:
    app.config.html_static_path += [str(_STATIC), str(_WORDS)]


def _add_files(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load the style sheet where there is evidence, and each script only where its directive stands."""
    page = state_of(app.env).pages.get(pagename)
    wanted = page.directives if page else set()
    if wanted or _CLAIM in context or _EVIDENCE in context:
        app.add_css_file("explore.css")
    if _CLAIM in context:
        add_review(app)
    for directive, files in _SCRIPTS.items():
        for file in files if directive in wanted else ():
            app.add_js_file(file, loading_method="defer")


def register(app: Sphinx) -> None:
    """Register the directives and the handlers with Sphinx."""
    app.add_config_value("sourcebook_explorer_claims", 2_000, "env", int)
    app.add_directive("explorer", _Explorer)
    app.add_directive("matrix", _Matrix)
    app.add_directive("silences", _Silences)
    app.add_directive("timeline", _Timeline)
    app.connect("builder-inited", _serve_files)
    app.connect("doctree-read", _record)
    app.connect("html-page-context", _add_files)
    app.connect("html-collect-pages", _collect)
    app.connect("build-finished", _write_pieces)

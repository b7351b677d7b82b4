"""What a book says to machines: schema.org data in its pages, a map of the site, and a feed of changes.

The first two need absolute addresses, so a book without ``html_baseurl`` has neither. The feed is ``changes.atom``
beside the configuration, where there is one, to which ``sourcebook compare --feed`` adds each release. The data are a
block of JSON that no browser executes, which the Content-Security-Policy of the pages therefore does not concern.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from sourcebook.book.book_data import book_data, page_addresses
from sourcebook.book.state import state_of
from sourcebook.core.about import About, read_about
from sourcebook.core.files import write_text
from sourcebook.render.templating import render

__all__ = ["FEED", "as_block", "claim_data", "describe_book", "register", "site_map"]

#: The feed of changes, beside the configuration and the first page.
FEED = "changes.atom"
_CLAIM = "sourcebook_claim"  # the claim, in the context of its page


def as_block(data: dict[str, Any]) -> Markup:
    r"""Return data as a block of JSON-LD in a page.

    Parameters
    ----------
    data : dict
        Without ``@context``.

    Examples
    --------
    >>> print(as_block({"name": "</script>"}))
    <script type="application/ld+json">{"@context":"https://schema.org","name":"\u003c/script>"}</script>
    """
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, separators=(",", ":"))
    return Markup('<script type="application/ld+json">{}</script>').format(
        Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))
    )


def describe_book(base: str, title: str, author: str, language: str, about: About) -> dict[str, Any]:
    """Return the book and its data set in the terms of schema.org.

    Parameters
    ----------
    base : str
        Where the book is published, with a slash at the end.
    title, author, language : str
        Of the book.
    about : About
        What the data folder says of itself.
    """
    maker = {"@type": "Organization", "name": author}
    dataset = {
        "@type": "Dataset",
        "@id": f"{base}#data",
        "name": about.title,
        "description": about.description or about.title,
        "version": about.version,
        "keywords": list(about.keywords or ()),
        "license": [each["path"] for each in about.licenses or () if each.get("path")],
        "url": base,
        "creator": maker,
        "isPartOf": {"@id": f"{base}#book"},
    }
    book = {
        "@type": "Book",
        "@id": f"{base}#book",
        "name": title,
        "author": maker,
        "inLanguage": language,
        "url": base,
        "version": about.version,
        "isBasedOn": {"@id": f"{base}#data"},
    }
    return {"@graph": [_stated(book), _stated(dataset)]}


def claim_data(
    base: str, address: str, claim: Mapping[str, Any], source: str, language: str
) -> dict[str, Any]:
    """Return a coded passage in the terms of schema.org: as a quotation, whose truth nobody here asserts.

    Parameters
    ----------
    base, address : str
        Where the book and the page of the claim are published.
    claim : mapping
        The claim, with ``claim_id`` and ``quote``.
    source : str
        The line that names its source.
    language : str
        Of the quote.
    """
    return {
        "@type": "Quotation",
        "@id": address,
        "identifier": claim["claim_id"],
        "text": claim["quote"],
        "inLanguage": language,
        "citation": source,
        "url": address,
        "isPartOf": {"@id": f"{base}#book"},
    }


def _stated(data: dict[str, Any]) -> dict[str, Any]:
    """Return what is known."""
    return {name: text for name, text in data.items() if text}


def site_map(addresses: list[str]) -> str:
    """Return a map of a site for search engines.

    Parameters
    ----------
    addresses : list of str
        Of its pages.
    """
    return f"{render('site_map', addresses=addresses)}\n"


def _base(app: Sphinx) -> str:
    base = app.config.html_baseurl
    return f"{base.rstrip('/')}/" if base else ""


def _add(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the template of a page its block of data."""
    base = _base(app)
    context["sb_data"] = ""
    context["sb_feed"] = FEED if Path(app.confdir, FEED).is_file() else ""
    if not base or templatename != "page.html":
        return
    address = base + app.builder.get_target_uri(pagename)
    index = book_data(app).claim_index
    if claim := index.claims.get(context.get(_CLAIM, "")):
        language = index.documents[claim["source_id"]].metadata.get("language") or "und"
        data = claim_data(base, address, claim, index.source_line(claim["source_id"]), language)
    elif pagename == app.config.root_doc:
        about = read_about(book_data(app).folder)
        data = describe_book(base, app.config.html_title, app.config.author, app.config.language, about)
    else:
        name = str(context.get("title") or pagename)
        data = {
            "@type": "Chapter",
            "@id": address,
            "name": Markup(name).striptags(),
            "url": address,
            "isPartOf": {"@id": f"{base}#book"},
        }
    context["sb_data"] = as_block(data)


def _pages(app: Sphinx) -> Iterator[str]:
    """Yield the names of all pages of the book, the front page first."""
    root = app.config.root_doc
    yield root
    yield from sorted(app.env.found_docs - {root})
    if state_of(app.env).pages:
        yield from map(page_addresses(app).claim, book_data(app).claim_index.claims)


def _write_map(app: Sphinx, exception: Exception | None) -> None:
    base = _base(app)
    if exception is None and base and isinstance(app.builder, StandaloneHTMLBuilder):
        addresses = [base + app.builder.get_target_uri(name) for name in _pages(app)]
        write_text(Path(app.outdir, "sitemap.xml"), site_map(addresses))


def _copy_feed(app: Sphinx, exception: Exception | None) -> None:
    feed = Path(app.confdir, FEED)
    if exception is None and feed.is_file() and isinstance(app.builder, StandaloneHTMLBuilder):
        shutil.copyfile(feed, Path(app.outdir, FEED))


def register(app: Sphinx) -> None:
    """Connect the handlers with Sphinx."""
    app.connect("html-page-context", _add)
    app.connect("build-finished", _write_map)
    app.connect("build-finished", _copy_feed)

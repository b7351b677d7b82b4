"""The look of the book: a theme of its own, with the pages that a reader meets beside the chapters.

This is a Sphinx extension of its own, brought by :mod:`sourcebook.book`. It registers the theme ``sourcebook``
(``html_theme = "sourcebook"``): one style sheet, one small script, nothing from another host, nothing that a
page needs a script for. A book with that theme gets, beside its pages, ``404.html``, an ``index.html`` that leads
to the front page where that is not there already, and a picture for previews of its links, which shows the
fact sheet of the front page if that has one.

Settings
--------
``sourcebook_redirects``
    Old address to new, as names of pages without suffix; the new one may have a fragment. Each old one becomes
    a small page that leads on.
``html_baseurl``
    Sphinx's own: where the book is published. Without it no page claims an address, and the links of
    ``404.html`` hold at the top folder only.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path, PurePosixPath
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from sourcebook._version import __version__
from sourcebook.book.theme import search_texts
from sourcebook.book.theme.card import Sheet, describe_card, draw_card, read_sheet
from sourcebook.book.theme.fonts import write_fonts
from sourcebook.book.theme.index_words import IndexWords
from sourcebook.book.theme.policy import content_policy, gather_styles

__all__ = ["CARD", "describe", "sections", "setup"]

#: The picture for previews, in the folder of the pages.
CARD = "_static/card.png"

_logger = logging.getLogger(__name__)

#: The faces that every page needs before its first paint: text, headings, tables and menus.
_PRELOADED = ("serif", "serif-semibold", "sans")

#: Style sheets and scripts of Sphinx and MyST-NB that this theme's own replace or does without.
_REPLACED = re.compile(
    r"(?:^|/)(?:pygments|basic|mystnb|doctools|documentation_options|sphinx_highlight)\b[^/]*\.(?:css|js)$"
)
_DESCRIPTION = re.compile(r'<meta\b[^>]*\bname="description"[^>]*\bcontent="([^"]*)"')
#: Mark-up of others that keeps readers out: a name that the eye does not see, a role that is given up.
_MENDED = {
    '<summary aria-label="Toggle hidden content">': "<summary>",
    ' role="doc-biblioentry"': ' role="listitem"',
}
#: What a fold of code is called while it is closed and while it is open; a summary holds words, no paragraph.
_FOLD_WORDS = re.compile(r'<p (class="(?:collapsed|expanded) admonition-title")>(.*?)</p>')
#: Tokens of code that the style sheet does not tell from their surroundings, and the code that holds them.
_PLAIN_TOKEN = re.compile(r'<span class="(?:n|nb|nc|nd|ne|nf|nn|o|p|py|w)">([^<]*)</span>')
_CODE = re.compile(r"<pre>.*?</pre>", re.DOTALL)
_LONGEST_DESCRIPTION = 160
#: Templates that state a policy for styles of their own.
_OWN_STYLE = ("404.html", "redirect.html")


def _is_ours(app: Sphinx) -> bool:
    return getattr(getattr(app.builder, "theme", None), "name", "") == "sourcebook"


def describe(doctree: nodes.document) -> str:
    """Return the start of a page's first paragraph, for previews and lists of results.

    Parameters
    ----------
    doctree : docutils.nodes.document
        The page.

    Returns
    -------
    str
        At most 160 characters, cut between words; empty for a page without a paragraph.
    """
    for paragraph in doctree.findall(nodes.paragraph):
        text = " ".join(paragraph.astext().split())
        if not text:
            continue
        if len(text) <= _LONGEST_DESCRIPTION:
            return text
        return f"{text[: _LONGEST_DESCRIPTION - 1].rpartition(' ')[0].rstrip(',;:')}…"
    return ""


def sections(toc: nodes.Node, *, depth: int = 2) -> list[dict[str, Any]]:
    """Return the sections of a page from Sphinx's contents of it.

    Parameters
    ----------
    toc : docutils.nodes.Node
        What ``env.tocs`` has for the page: the title with its sections below.
    depth : int
        How many levels below the title.

    Returns
    -------
    list of dict
        ``text``, ``anchor`` and ``sections`` (of the next level) of each, in the order of the page.
    """

    def level(listed: nodes.Node, left: int) -> list[dict[str, Any]]:
        found = []
        for item in listed.children:
            links = [link for child in item.children[:1] for link in child.findall(nodes.reference)]
            if not isinstance(item, nodes.list_item) or not links or not links[0].get("anchorname"):
                continue
            inner = [child for child in item.children[1:] if isinstance(child, nodes.bullet_list)]
            below = level(inner[0], left - 1) if inner and left > 1 else []
            anchor = links[0]["anchorname"].removeprefix("#")
            found.append({"text": links[0].astext(), "anchor": anchor, "sections": below})
        return found

    titles = [
        inner
        for item in toc.children
        if isinstance(item, nodes.list_item)
        for inner in item.children
        if isinstance(inner, nodes.bullet_list)
    ]
    return [section for title in titles for section in level(title, depth)]


def _chapters(context: dict[str, Any]) -> str:
    """Return the contents of the book as Sphinx prints them, with the current page named as such."""
    markup = str(context["toctree"](collapse=True, maxdepth=2, includehidden=True, titles_only=True) or "")
    markup = markup.replace('<p class="caption" role="heading">', '<p class="sb-part">')
    return re.sub(r'class="current reference internal" href="#"', r'aria-current="page" href="#"', markup)


def _contents(app: Sphinx, pagename: str, context: dict[str, Any], known: dict[str, str]) -> str:
    """Return the contents of the book; they are the same on all pages of a folder that they do not name."""
    if pagename in app.env.found_docs:
        return _chapters(context)
    folder = app.builder.get_target_uri(pagename).rpartition("/")[0]
    if folder not in known:
        known[folder] = _chapters(context)
    return known[folder]


def _mended(body: str) -> str:
    """Return the body of a page with better mark-up, and without what the look makes no use of."""
    for written, better in _MENDED.items():
        body = body.replace(written, better)
    body = _FOLD_WORDS.sub(r"<span \1>\2</span>", body)
    return _CODE.sub(lambda code: _PLAIN_TOKEN.sub(r"\1", code[0]), body)


def _front_sheet(app: Sphinx) -> Sheet | None:
    """Return the fact sheet of the front page, if that has one."""
    root = app.config.root_doc
    if root not in app.env.found_docs:
        return None
    front = app.env.get_doctree(root)
    sheet = read_sheet(
        "".join(raw.astext() for raw in front.findall(nodes.raw) if raw.get("format") == "html")
    )
    return sheet if sheet and any(cell for _, cells in sheet.rows for cell in cells) else None


def _add_to_page(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
    *,
    alternative: Callable[[], str],
    contents: dict[str, str],
) -> None:
    """Give the templates what they print beside the page's own text."""
    if not _is_ours(app):
        return
    for kind in ("css_files", "script_files"):
        context[kind] = [
            asset for asset in context[kind] if not _REPLACED.search(str(asset.filename or "").split("?")[0])
        ]
    base = app.config.html_baseurl
    context["author"] = app.config.author
    context["sb_card"] = f"{base.rstrip('/')}/{CARD}" if base else context["pathto"](CARD, 1)
    context["sb_card_alt"] = alternative()
    context["sb_chapters"] = _contents(app, pagename, context, contents)
    context["body"], context["sb_style"] = gather_styles(_mended(context.get("body") or ""))
    if templatename in _OWN_STYLE:
        context["sb_policy"] = content_policy
    else:
        context["sb_policy"] = content_policy(context["sb_style"])
    toc = app.env.tocs.get(pagename)
    context["sb_sections"] = sections(toc) if toc is not None else []
    stated = _DESCRIPTION.search(context.get("metatags", ""))
    if stated:  # by the page itself, among its tags
        context["sb_description"], context["sb_preview"] = "", html.unescape(stated[1])
    elif doctree is not None:
        context["sb_description"] = describe(doctree)
    else:
        context["sb_description"] = f"{context.get('title') or pagename} of {app.config.html_title}"
    context.setdefault("sb_preview", context["sb_description"])
    links = context.setdefault("page_links", [])
    if context.get("sourcename"):
        links.append(
            {"text": "Source of this page", "url": context["pathto"](f"_sources/{context['sourcename']}", 1)}
        )


def _title(env: BuildEnvironment, docname: str) -> str:
    return env.titles[docname].astext() if docname in env.titles else docname


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page for addresses without one, and the pages that lead on to others."""
    if not _is_ours(app):
        return
    base, root = app.config.html_baseurl, app.config.root_doc
    base = f"{base.rstrip('/')}/" if base else ""
    home = app.builder.get_target_uri(root)
    yield "404", {"sb_base": base, "sb_home": home}, "404.html"
    redirects = dict(app.config.sourcebook_redirects)
    if "index" not in app.env.found_docs:
        redirects.setdefault("index", root)
    for old, new in sorted(redirects.items()):
        docname, _, fragment = new.partition("#")
        if docname not in app.env.found_docs:
            _logger.warning("sourcebook_redirects: %r leads to %r, which is no page of the book", old, new)
            continue
        if old in app.env.found_docs:
            _logger.warning("sourcebook_redirects: %r is a page of the book and cannot lead elsewhere", old)
            continue
        up = "../" * (len(PurePosixPath(old).parts) - 1)
        address = app.builder.get_target_uri(docname) + (f"#{fragment}" if fragment else "")
        yield (
            old,
            {
                "sb_target": up + address,
                "sb_target_title": _title(app.env, docname),
                "sb_canonical": base + address if base else "",
            },
            "redirect.html",
        )


def _draw(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and isinstance(app.builder, StandaloneHTMLBuilder) and _is_ours(app):
        write_fonts(Path(app.outdir, "_static", "fonts"))
        card = Path(app.outdir, CARD)
        draw_card(card, title=app.config.html_title, author=app.config.author, sheet=_front_sheet(app))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the theme, its settings and its handlers with Sphinx."""
    app.add_html_theme("sourcebook", str(Path(__file__).resolve().parent))
    app.add_search_language(IndexWords)
    app.add_config_value("sourcebook_redirects", {}, "html", [dict])
    if "comments_config" not in app.config:
        # Jupyter Book sets it for an extension that a book without comments has no use for
        app.add_config_value("comments_config", {}, "", [dict])
    faces: dict[str, Any] = {"data-faces": " ".join(_PRELOADED)}
    app.add_js_file("early.js", **faces)
    app.add_js_file("sourcebook.js", loading_method="defer")
    app.add_js_file("keys.js", loading_method="defer")
    alternative = cache(lambda: describe_card(app.config.html_title, _front_sheet(app)))
    context = partial(_add_to_page, alternative=alternative, contents={})
    app.connect("html-page-context", context, priority=900)
    app.connect("html-collect-pages", _pages)
    app.connect("build-finished", _draw)
    search_texts.register(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}

"""The texts of the pages for the search: what a result shows of a page, and the place on it where that is.

Sphinx's index says which page holds a word, not where. ``searchtexts.js`` holds each paragraph, cell and sentence with
the id that is nearest to it; a browser loads it for a query only, from a folder too, as it loads the index.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from sourcebook.core.files import write_text

__all__ = ["FILE", "page_texts", "register"]

#: Its name, beside that of the index.
FILE = "searchtexts.js"
_CALL = "Search.setTexts("
_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)

_BLOCKS = {
    "p",
    "li",
    "dd",
    "dt",
    "td",
    "th",
    "caption",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "div",
}
_EMPTY = {"br", "img", "input", "hr", "wbr", "meta", "link", "col", "source"}
_LEFT_OUT = {"script", "style", "svg", "form", "fieldset", "nav", "pre", "button"}
#: Code that is folded, signs for the mouse, and what repeats the passages of a page below them.
_LEFT_OUT_CLASSES = {"hide", "headerlink", "sb-sign", "sb-notes", "sb-answers", "sb-number"}


class _Reader(HTMLParser):
    """Gathers the blocks of text of a page, each with the nearest id."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[list[str]] = []
        self._open: list[tuple[str, str, bool, bool]] = []  # tag, id in force, is a block, is left out
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _EMPTY:
            self._text.append(" ")
            return
        if tag in {"td", "th"} and any(self._text):
            self._text.append(" · ")
        known = dict(attrs)
        classes = set((known.get("class") or "").split())
        before = self._open[-1] if self._open else ("", "", False, False)
        block = tag in _BLOCKS or "sb-sentence" in classes
        if block:
            self._end()
        own = known.get("id") or ""
        if not (
            block or tag in {"section", "article", "table", "figure", "aside", "ol", "ul", "dl", "blockquote"}
        ):
            own = ""  # a mark within a sentence is no place of its own
        out = before[3] or tag in _LEFT_OUT or bool(classes & _LEFT_OUT_CLASSES)
        self._open.append((tag, own or before[1], block, out))

    def handle_endtag(self, tag: str) -> None:
        if tag not in {entry[0] for entry in self._open}:
            return
        while self._open:
            closed = self._open[-1]
            if closed[2]:
                self._end()
            self._open.pop()
            if closed[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if not (self._open and self._open[-1][3]):
            self._text.append(data)

    def _end(self) -> None:
        text = " ".join("".join(self._text).split()).strip("· ")
        self._text = []
        if not text:
            return
        place = self._open[-1][1] if self._open else ""
        if self.found and self.found[-1][0] == place:
            self.found[-1].append(text)
        else:
            self.found.append([place, text])


def page_texts(body: str) -> list[list[str]]:
    """Return the blocks of text of a page, in lists that begin with the nearest id around them.

    Parameters
    ----------
    body : str
        HTML.

    Examples
    --------
    >>> page_texts('<section id="a"><h2>Mill</h2><p>One <b>word</b>.</p><p id="b">Two.</p>')
    [['a', 'Mill', 'One word.'], ['b', 'Two.']]
    """
    reader = _Reader()
    reader.feed(body)
    reader.close()
    reader._end()
    return reader.found


def _texts(outdir: Path, addresses: dict[str, str]) -> dict[str, list[list[str]]]:
    """Return the texts of the built pages; of those that an earlier build wrote, what it found in them."""
    file = outdir / FILE
    written, before = 0, {}
    if file.is_file():
        written = file.stat().st_mtime_ns
        before = json.loads(file.read_text(encoding="utf-8")[len(_CALL) : -2])
    found = {}
    for name, address in sorted(addresses.items()):
        page = outdir / address
        if not page.is_file():
            continue
        if name in before and page.stat().st_mtime_ns < written:
            found[name] = before[name]
        else:
            body = _ARTICLE.search(page.read_text(encoding="utf-8"))
            found[name] = page_texts(body[0]) if body else []
    return found


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and isinstance(app.builder, StandaloneHTMLBuilder):
        addresses = {name: app.builder.get_outfilename(name) for name in app.env.found_docs}
        data = json.dumps(_texts(Path(app.outdir), addresses), ensure_ascii=False, separators=(",", ":"))
        write_text(Path(app.outdir, FILE), f"{_CALL}{data})\n")


def register(app: Sphinx) -> None:
    """Connect the handler with Sphinx."""
    app.connect("build-finished", _write)

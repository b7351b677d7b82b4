"""Read web pages: the main text without navigation, and what the page says of itself."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from sourcebook.sources.ingest.encodings import decode
from sourcebook.sources.ingest.extraction import Extraction, UnreadableError
from sourcebook.sources.ingest.page_tree import Node, parse_page

__all__ = ["page_text", "read_page"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_LEFT = _words(
    "script style noscript template head nav footer aside form button select textarea svg iframe "
    "object audio video canvas dialog map"
)
_LEFT_ROLES = _words("navigation banner contentinfo complementary search menu menubar dialog")
_LEFT_WORDS = _words(
    "nav navbar navigation menu breadcrumb breadcrumbs sidebar footer cookie cookies cookiebar share "
    "sharing social related advert advertisement ads newsletter skip pagination toolbar"
)
#: At least this share of the words of a page must be in what it marks as its main part.
_MAIN = 0.3
#: No cell of a table of data has more characters.
_CELL = 300


def read_page(data: bytes) -> Extraction:
    """Return the main text of a web page.

    Parameters
    ----------
    data : bytes
        The page as it was saved.

    Raises
    ------
    UnreadableError
        If there is no text on the page.
    """
    match = _CHARSET.search(data[:4000]) or _XML.search(data[:4000])
    markup, encoding, notes = decode(data, match.group(1).decode("ascii") if match else "")
    page = parse_page(markup)
    text = page_text(page)
    if not text.strip():
        found = "a page without text: perhaps a script writes it"
        raise UnreadableError(found, "print the page to PDF in a browser, and give that")
    return Extraction(text=text, encoding=encoding, metadata=_metadata(page), notes=notes)


def page_text(page: Node) -> str:
    r"""Return the main text of a page: headings with ``#``, items with ``-``, rows of tables with ``|``.

    Parameters
    ----------
    page : Node
        The page, or a part of it.

    Examples
    --------
    >>> page_text(parse_page("<nav><a href='/'>Home</a></nav><h1>The bridge</h1><p>It <b>fell</b>.</p>"))
    '# The bridge\n\nIt fell.\n'
    """
    blocks = []
    for block in _Blocks(_main(page)).found:
        is_navigation = block.links > 1 and block.linked > 0.8 * len(block.text) and not block.mark
        if block.text and not is_navigation:
            blocks.append(block.mark + block.text)
    return "\n\n".join(blocks) + ("\n" if blocks else "")


def _main(page: Node) -> Node:
    """Return the part of a page that it marks as its main one, if that holds enough of its words."""
    whole = len(page.words())
    marked = [n for n in page.walk() if n.tag == "main" or n.attributes.get("role") == "main"]
    for nodes in (marked, [n for n in page.walk() if n.tag == "article"]):
        best = max(nodes, key=lambda node: len(node.words()), default=None)
        if best is not None and len(best.words()) > _MAIN * whole:
            return best
    return page


def _is_left_out(node: Node, inside: str) -> bool:
    """Return whether an element is no part of the text, given the tag of what it is in."""
    attributes = node.attributes
    if node.tag in _LEFT or attributes.get("role") in _LEFT_ROLES:
        return True
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", attributes.get("style", "")):
        return True
    if node.tag == "header" and inside in ("body", "html", "root"):
        return not any(each.tag == "h1" for each in node.walk())
    named = set(re.split(r"[\s_-]+", f"{attributes.get('class', '')} {attributes.get('id', '')}".lower()))
    return node.tag in ("div", "ul", "ol", "section", "p", "table") and bool(named & _LEFT_WORDS)


@dataclass
class _Block:
    """A paragraph, heading, item or row: its mark, its text, and how much of that is in links."""

    mark: str = ""
    text: str = ""
    linked: int = 0
    links: int = 0


class _Blocks:
    """The blocks of a part of a page, in order."""

    def __init__(self, root: Node) -> None:
        self.found: list[_Block] = []
        self._current = _Block()
        self._visit(root, "", is_link=False, is_set=False)
        self._end("")

    def _end(self, mark: str, *, is_set: bool = False) -> None:
        """End the block that is being gathered, and begin another."""
        text = self._current.text
        if not is_set:
            text = re.sub(r" ?\n ?", "\n", re.sub(r"[^\S\n]+", " ", text))
        self._current.text = text.strip("\n") if is_set else text.strip()
        self.found.append(self._current)
        self._current = _Block(mark)

    def _visit(self, node: Node, mark: str, *, is_link: bool, is_set: bool) -> None:
        """Gather what is in an element; `is_set` where its blanks and lines count."""
        for child in node.children:
            if isinstance(child, str):
                words = child if is_set else re.sub(r"\s+", " ", child)
                self._current.text += words
                self._current.linked += len(words) if is_link else 0
            elif child.tag == "br":
                self._current.text += "\n"
            elif child.tag == "sup":
                self._current.text += f"<sup>{words}</sup>" if (words := child.words()) else ""
            elif child.tag == "tr" and _is_row(child):
                self._end("")
                cells = [
                    words for cell in child.children if isinstance(cell, Node) and (words := cell.words())
                ]
                linked = [each for each in child.walk() if each.tag == "a"]
                size = sum(len(each.words()) for each in linked)
                self._current = _Block("", " | ".join(cells), size, len(linked))
                self._end(mark)
            elif not _is_left_out(child, node.tag):
                own = _mark(child, mark)
                self._current.links += child.tag == "a"
                if child.is_block:
                    self._end(own, is_set=is_set)
                inner = is_set or child.tag == "pre"
                self._visit(child, own, is_link=is_link or child.tag == "a", is_set=inner)
                if child.is_block:
                    self._end(mark, is_set=inner)


def _is_row(row: Node) -> bool:
    """Return whether a row belongs to a table of data, and not to one that lays out the page."""
    cells = [cell for cell in row.children if isinstance(cell, Node)]
    inner = [each for each in row.walk() if each.tag in ("table", "p", "ul", "h1", "h2", "h3")]
    return len(cells) > 1 and len(inner) == 0 and all(len(cell.words()) <= _CELL for cell in cells)


def _mark(node: Node, inherited: str) -> str:
    """Return what shows the kind of a block."""
    if re.fullmatch("h[1-6]", node.tag):
        return "#" * int(node.tag[1]) + " "
    if node.tag == "li":
        return "- "
    if node.tag in ("table", "ul", "ol", "blockquote"):
        return ""
    return inherited


_NAMES = {
    "title": ("og:title", "citation_title", "dc.title"),
    "author": ("author", "citation_author", "dc.creator", "article:author"),
    "date": (
        "article:published_time",
        "citation_publication_date",
        "date",
        "dc.date",
        "pubdate",
        "publish-date",
    ),
    "publisher": ("og:site_name", "citation_journal_title", "dc.publisher"),
    "page": ("og:url",),
}


def _metadata(page: Node) -> dict[str, str]:
    """Return what a page says of itself."""
    said: dict[str, str] = {}
    found: dict[str, str] = {}
    for node in page.walk():
        attributes = node.attributes
        if node.tag == "meta":
            name = (attributes.get("property") or attributes.get("name") or "").lower()
            said.setdefault(name, attributes.get("content", "").strip())
        elif node.tag == "html" and attributes.get("lang"):
            found["language"] = attributes["lang"]
        elif node.tag == "link" and attributes.get("rel") == "canonical":
            found["page"] = attributes.get("href", "")
        elif node.tag == "script" and "ld+json" in attributes.get("type", ""):
            found = {**_linked_data("".join(map(str, node.children))), **found}
    for column, names in _NAMES.items():
        value = next((said[name] for name in names if said.get(name)), "")
        if value and not (column == "author" and value.startswith("http")):
            found[column] = value
    titles = [node.words() for tag in ("h1", "title") for node in page.walk() if node.tag == tag]
    found.setdefault("title", next(iter([t for t in titles if t]), ""))
    return {column: value[:10] if column == "date" else value for column, value in found.items() if value}


def _linked_data(text: str) -> dict[str, str]:
    """Return what the JSON-LD of a page says of an article."""
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    graph = data.get("@graph", [data]) if isinstance(data, dict) else data
    for each in graph if isinstance(graph, list) else []:
        if isinstance(each, dict) and "datePublished" in each:
            named = {"date": each["datePublished"], "title": each.get("headline")}
            for column, value in (("author", each.get("author")), ("publisher", each.get("publisher"))):
                first = value[0] if isinstance(value, list) and value else value
                named[column] = first.get("name") if isinstance(first, dict) else first
            return {column: value for column, value in named.items() if isinstance(value, str)}
    return {}

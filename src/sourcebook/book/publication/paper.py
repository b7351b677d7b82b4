"""The whole book as one page of HTML, to be printed: title, contents, chapters, notes, with links that hold within.

Every id gets the name of its chapter before it. Places that say a page number are filled after a first printing,
when it is known on which page each id is: see :mod:`sourcebook.book.publication.pdf`.
"""

from __future__ import annotations

import copy
import posixpath
import re
from collections.abc import Sequence
from pathlib import Path

import lxml.html
from lxml.html import HtmlElement
from lxml.html.builder import E

from sourcebook.book.publication.chapters import Book, Chapter, Place, lead, show_pictures
from sourcebook.book.publication.fitting import fit_tables
from sourcebook.book.publication.notes import ChapterNotes, passages

__all__ = ["headings", "page_numbers_wanted", "paper_page", "place_id"]

_STYLE = Path(__file__).with_name("print.css")
#: Attributes that name an id of the same page.
_NAMING = ("aria-labelledby", "aria-describedby", "for", "headers")
_URL = re.compile(r"url\((['\"]?)#([^)'\"]+)\1\)")
#: Nothing runs and nothing is fetched from elsewhere while the book is printed.
_POLICY = "default-src 'none'; style-src file: 'unsafe-inline'; img-src file: data:; font-src file:"
_WANTED = "data-page-of"


def place_id(book: Book, place: Place) -> str:
    """Return the id that a place has in the whole book on one page."""
    slug = book.by_name[place.page].slug
    return f"{slug}.{place.id}" if place.id else slug


def paper_page(book: Book, notes: Sequence[ChapterNotes], *, statics: str) -> HtmlElement:
    """Return the book as one page.

    Parameters
    ----------
    book : Book
        With numbers of notes in its articles.
    notes : sequence of ChapterNotes
        What these numbers lead to.
    statics : str
        Address of the folder of the book's style sheets, seen from the page.

    Returns
    -------
    lxml.html.HtmlElement
        The page, for A4. Elements with ``data-page-of`` are to hold the page of the id that it names.
    """
    sheets = [name for name in _sheets(book) if (book.folder / "_static" / name).is_file()]
    styles = [chapter.style for chapter in book.chapters]
    heads = "".join(_running_head(chapter.slug, chapter.title) for chapter in book.chapters)
    page = E.html(
        E.head(
            E.meta(charset="utf-8"),
            E.meta({"http-equiv": "Content-Security-Policy"}, content=_POLICY),
            E.title(book.title),
            E.meta(name="author", content=book.author),
            *(E.link(rel="stylesheet", href=posixpath.join(statics, name)) for name in sheets),
            E.style("\n".join(styles)),
            E.style(_STYLE.read_text(encoding="utf-8") + heads + _running_head("notes", "Passages")),
        ),
        E.body(_title_page(book), _contents(book, notes)),
        lang=book.language,
    )
    body = page.find("body")
    body.extend(_chapter(book, chapter) for chapter in book.chapters)
    if notes:
        body.append(
            passages(
                notes,
                address=lambda place: f"#{place_id(book, place)}",
                note_id=_note_id,
                page_of=lambda place: _page_of(place_id(book, place)),
            )
        )
    return page


def page_numbers_wanted(page: HtmlElement) -> dict[str, list[HtmlElement]]:
    """Return the elements that are to hold a page number, by the id whose page it is."""
    found: dict[str, list[HtmlElement]] = {}
    for element in page.xpath(f"//*[@{_WANTED}]"):
        found.setdefault(element.get(_WANTED), []).append(element)
    return found


def headings(page: HtmlElement) -> list[tuple[int, str, str]]:
    """Return the headings of the page for an outline: level from 1, text, and the id of what each heads."""
    found = []
    for chapter in page.xpath("//*[contains(concat(' ', @class, ' '), ' sb-chapter ')]"):
        for place, head in enumerate(chapter.xpath(".//h1|.//h2|.//h3")):
            name = head.getparent().get("id") if place else chapter.get("id")
            if name:
                found.append((int(head.tag[1]), " ".join(head.text_content().split()), str(name)))
    return found


def _sheets(book: Book) -> list[str]:
    """Return the style sheets that any page of the book loads, the theme's first."""
    found = {"sourcebook.css": None}
    for chapter in book.chapters:
        page = lxml.html.parse(str(book.folder / f"{chapter.name}.html"))
        for href in page.xpath("//link[@rel='stylesheet']/@href"):
            found[posixpath.basename(href.partition("?")[0])] = None
    return list(found)


def _running_head(slug: str, title: str) -> str:
    """Return the rule that prints the title of a chapter at the top of its pages."""
    text = title.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ").replace("\n", " ")
    return f'#{slug}{{page:{slug}}}@page {slug}{{@top-left{{content:"{text}"}}}}\n'


def _title_page(book: Book) -> HtmlElement:
    about = [E.p(book.author, {"class": "sb-title-author"})] if book.author else []
    if book.address:
        about.append(E.p(E.a(book.address, href=book.address)))
    return E.section(
        {"class": "sb-title-page"}, E.p({"class": "sb-title", "role": "doc-title"}, book.title), *about
    )


def _page_of(name: str) -> HtmlElement:
    return E.span("000", {_WANTED: name, "class": "sb-page-number"})


def _contents(book: Book, notes: Sequence[ChapterNotes]) -> HtmlElement:
    """Return the table of contents: parts, chapters, and the sections of chapters."""
    section = E.nav({"class": "sb-contents", "aria-label": "Contents"}, E.h1("Contents", id="contents"))
    lines = E.ul()
    section.append(lines)
    for chapter in book.chapters:
        if chapter.part:
            section.append(E.p(chapter.part, {"class": "sb-contents-part"}))
            lines = E.ul()
            section.append(lines)
        line = E.li(
            {"class": f"sb-depth-{min(chapter.depth, 2)}"},
            E.a(E.span(chapter.title), _page_of(chapter.slug), href=f"#{chapter.slug}"),
        )
        lines.append(line)
        inner = [
            (place_id(book, Place(chapter.name, name)), text) for name, text in chapter.sections() if name
        ]
        if inner and not chapter.depth:
            items = (
                E.li(E.a(E.span(text.rstrip("#")), _page_of(name), href=f"#{name}")) for name, text in inner
            )
            line.append(E.ul(*items))
    if notes:
        lines.append(E.li({"class": "sb-depth-0"}, E.a(E.span("Passages"), _page_of("notes"), href="#notes")))
    return section


def _chapter(book: Book, chapter: Chapter) -> HtmlElement:
    """Return a chapter with ids and links that hold on the page of the whole book."""
    article = copy.deepcopy(chapter.article)
    article.tag = "section"
    article.set("class", f"sb-article sb-chapter sb-depth-{min(chapter.depth, 2)}")
    _name_places(book, chapter, article)
    lead(
        book,
        chapter,
        article,
        address=lambda place: f"#{place_id(book, place)}",
        note=lambda number: f"#{_note_id(chapter, number)}",
    )
    for used in article.xpath(".//*[local-name()='use'][starts-with(@href, '#')]"):
        used.set("href", f"#{chapter.slug}.{used.get('href')[1:]}")
    fit_tables(article)
    show_pictures(book, chapter, article, Path.as_uri)
    article.set("id", chapter.slug)
    for level in (
        range(5, 0, -1) if chapter.depth else ()
    ):  # a page below another is a section of it in the outline
        for heading in article.xpath(f".//h{level}"):
            heading.tag = f"h{level + 1}"
            heading.set("class", f"{heading.get('class', '')} sb-h{level}".strip())
    return article


def _name_places(book: Book, chapter: Chapter, article: HtmlElement) -> None:
    for element in article.xpath(".//*[@id]"):
        element.set("id", place_id(book, Place(chapter.name, element.get("id"))))
    for name in _NAMING:
        for element in article.xpath(f".//*[@{name}]"):
            ids = element.get(name).split()
            element.set(name, " ".join(place_id(book, Place(chapter.name, each)) for each in ids))
    for element in article.iter():
        for name, text in element.attrib.items():
            if "url(" in text:
                element.set(name, _URL.sub(rf"url(#{chapter.slug}.\2)", text))


def _note_id(chapter: Chapter, number: str | int) -> str:
    return f"notes.{chapter.slug}.{number}"

"""The book as an EPUB 3, for readers of books and for phones.

It is made of the same articles as the PDF, one file for each chapter. Scripts, fonts and the sheets of the pages stay
out: the reader's program sets the type, the colours are those of light paper, and a fold is open.
"""

from __future__ import annotations

import os
import re
import time
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from lxml import etree
from lxml.html import HtmlElement
from lxml.html.builder import E

from sourcebook.book.publication.chapters import (
    PICTURES,
    Book,
    Chapter,
    Place,
    lead,
    read_book,
    show_pictures,
)
from sourcebook.book.publication.notes import ChapterNotes, add_notes, passages
from sourcebook.core.files import write_bytes
from sourcebook.render.templating import render

__all__ = ["write_epub"]

_STYLE = Path(__file__).with_name("epub.css")
_XHTML, _SVG, _OPS = (
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/2000/svg",
    "http://www.idpf.org/2007/ops",
)
#: Names that HTML writes small and XML does not.
_CAMEL = {
    name.lower(): name
    for name in [
        "viewBox",
        "preserveAspectRatio",
        "clipPath",
        "linearGradient",
        "radialGradient",
        "textPath",
        "gradientUnits",
        "patternUnits",
        "gradientTransform",
        "patternTransform",
        "textLength",
        "lengthAdjust",
        "markerWidth",
        "markerHeight",
        "refX",
        "refY",
        "clipPathUnits",
        "patternContentUnits",
    ]
}
_VARIABLE = re.compile(r"var\(--[\w-]+(?:,\s*((?:[^()]|\([^()]*\))*))?\)")
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_MODES = (
    ("accessMode", "textual"),
    ("accessMode", "visual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityHazard", "none"),
    ("accessibilitySummary", "Figures have text alternatives and the data behind them as tables."),
)


def write_epub(pages: Path, target: Path) -> Path:
    """Write a built book as an EPUB.

    Parameters
    ----------
    pages : Path
        The folder of its pages, ``_build/html``.
    target : Path
        The file to write.

    Returns
    -------
    Path
        The file. The same pages give the same bytes, with ``SOURCE_DATE_EPOCH`` as the time of the change.

    Raises
    ------
    SourcebookError
        If there is no book in the folder.
    """
    book = read_book(pages)
    notes = add_notes(book)
    pictures: dict[str, bytes] = {}
    files = {f"{chapter.slug}.xhtml": _chapter(book, chapter, pictures) for chapter in book.chapters}
    if notes:
        files["passages.xhtml"] = _passages(book, notes)
    cover = book.folder / "_static" / "card.png"
    if cover.is_file():
        pictures["cover.png"] = cover.read_bytes()
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        _add(archive, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        _add(archive, "META-INF/container.xml", _CONTAINER.encode())
        _add(archive, "EPUB/package.opf", _package(book, files, pictures).encode())
        _add(archive, "EPUB/nav.xhtml", _page(book, "Contents", _contents(book, bool(notes))))
        _add(archive, "EPUB/style.css", _STYLE.read_bytes())
        for name, content in [*files.items(), *pictures.items()]:
            _add(archive, f"EPUB/{name}", content)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_bytes(target, packed.getvalue())
    return target


def _add(archive: zipfile.ZipFile, name: str, content: bytes, how: int = zipfile.ZIP_DEFLATED) -> None:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = how
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def _address(book: Book, place: Place) -> str:
    return f"{book.by_name[place.page].slug}.xhtml" + (f"#{place.id}" if place.id else "")


def _note_id(chapter: Chapter, number: int | str) -> str:
    return f"{chapter.slug}.{number}"


def _chapter(book: Book, chapter: Chapter, pictures: dict[str, bytes]) -> bytes:
    """Return a chapter; its pictures are added to the others."""
    article = chapter.article
    for sign in article.xpath(".//a[@class='sb-note']"):
        sign.set(f"{{{_OPS}}}type", "noteref")
    lead(
        book,
        chapter,
        article,
        address=lambda place: _address(book, place),
        note=lambda number: f"passages.xhtml#{_note_id(chapter, number)}",
    )

    def keep(file: Path) -> str:
        name = re.sub(r"[^\w.-]+", "-", file.relative_to(book.folder.resolve()).as_posix())
        pictures[name] = file.read_bytes()
        return name

    show_pictures(book, chapter, article, keep)
    return _page(book, chapter.title, article, chapter.style)


def _passages(book: Book, notes: Sequence[ChapterNotes]) -> bytes:
    section = passages(notes, address=lambda place: _address(book, place), note_id=_note_id)
    section.set(f"{{{_OPS}}}type", "endnotes")
    return _page(book, "Passages", section)


def _page(book: Book, title: str, content: HtmlElement, style: str = "") -> bytes:
    """Return a page as XHTML."""
    page = E.html(
        E.head(
            E.title(title),
            E.link(rel="stylesheet", href="style.css"),
            *([E.style(_plain(style))] if style else []),
        ),
        E.body(content),
        lang=book.language,
    )
    root = _as_xml(page)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", book.language)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")
    return written


def _plain(style: str) -> str:
    """Return a style sheet for programs that know no variables: each becomes what it falls back to."""
    before = ""
    while before != style:
        before, style = style, _VARIABLE.sub(lambda found: found[1] or "inherit", style)
    return style


def _as_xml(element: HtmlElement, space: str = _XHTML) -> etree._Element:
    """Return an element of HTML in the namespaces and the letters of XML."""
    space = _SVG if element.tag == "svg" else space
    names = {None: space} | ({"epub": _OPS} if element.tag == "html" else {})
    made = etree.Element(f"{{{space}}}{_CAMEL.get(element.tag, element.tag)}", nsmap=names)
    for name, text in element.attrib.items():
        if not name.startswith("xmlns") and (":" not in name or name.startswith("{")):
            made.set(_CAMEL.get(name, name) if space == _SVG else name, _NO_XML.sub("", text))
    made.text = _NO_XML.sub("", element.text) if element.text else None
    for child in element:
        if not isinstance(child.tag, str):  # a comment
            tail = _NO_XML.sub("", child.tail or "")
            if len(made):
                made[-1].tail = (made[-1].tail or "") + tail
            else:
                made.text = (made.text or "") + tail
            continue
        inner = _as_xml(child, space)
        inner.tail = _NO_XML.sub("", child.tail or "")
        made.append(inner)
    return made


def _contents(book: Book, has_notes: bool) -> HtmlElement:
    """Return the contents, as readers of books show them."""
    top = E.ol()
    lines = [top]
    for chapter in book.chapters:
        if chapter.part:
            inner = E.ol()
            top.append(E.li(E.span(chapter.part), inner))
            lines = [inner]
        depth = min(chapter.depth, len(lines) - 1)
        del lines[depth + 1 :]
        line = E.li(E.a(chapter.title, href=f"{chapter.slug}.xhtml"))
        lines[-1].append(line)
        below = E.ol()
        line.append(below)
        lines.append(below)
    if has_notes:
        top.append(E.li(E.a("Passages", href="passages.xhtml")))
    for empty in top.xpath(".//ol[not(*)]"):
        empty.getparent().remove(empty)
    return E.nav({f"{{{_OPS}}}type": "toc", "id": "toc"}, E.h1(book.title), top)


def _changed() -> str:
    moment = os.environ.get("SOURCE_DATE_EPOCH", "")
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(moment) if moment.isdigit() else None))


def _package(book: Book, files: dict[str, bytes], pictures: dict[str, bytes]) -> str:
    """Return the package document: what the book is, and the files of which it consists."""
    return str(
        render(
            "epub_package",
            identifier=uuid.uuid5(uuid.NAMESPACE_URL, book.address or f"{book.title}\n{book.author}").urn,
            title=book.title,
            author=book.author,
            language=book.language,
            changed=_changed(),
            access=_MODES,
            items=list(_items(files, pictures)),
        )
    )


def _items(files: dict[str, bytes], pictures: dict[str, bytes]) -> Iterator[dict[str, str]]:
    """Yield what the package says of each file."""
    for file, content in files.items():
        drawn = "svg" if b"<svg" in content else ""
        yield {"id": _item_id(file), "href": file, "kind": "application/xhtml+xml", "properties": drawn}
    for file in pictures:
        kind = PICTURES[Path(file).suffix.lower()]
        shown = "cover-image" if file == "cover.png" else ""
        yield {"id": _item_id(file), "href": file, "kind": kind, "properties": shown}


def _item_id(file: str) -> str:
    return "f-" + re.sub(r"[^\w-]", "-", file)

"""Read Word files: paragraphs, headings, tables, notes, and the heads and feet of pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from sourcebook.sources.ingest.archives import Archive
from sourcebook.sources.ingest.extraction import Extraction, UnreadableError

__all__ = ["read_word"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: Parts that are not in the text as a reader sees it: what was struck out, codes of fields, a second form of a box.
_UNSEEN = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_W}rPr", f"{_W}pPr", _FALLBACK}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}


def read_word(data: bytes) -> Extraction:
    """Return the text of a Word file (.docx).

    Headings have ``#`` before them, items of lists ``-``; a row of a table is a paragraph, with ``|`` between its
    cells. The text is as it stands after all changes that are tracked in it. The heads of pages come before the text
    and the feet after it, both marked; footnotes and endnotes are at the end with their numbers.

    Parameters
    ----------
    data : bytes
        The whole file.

    Raises
    ------
    UnreadableError
        If the file is broken, has a password or no text.
    """
    archive = Archive(data)
    body = archive.xml("word/document.xml").find(f"{_W}body")
    if body is None:
        raise UnreadableError("no Word document", "open it in Word, and save it anew as .docx")
    levels = _levels(archive.xml("word/styles.xml"))
    notes: list[tuple[str, str]] = []
    blocks = list(_blocks(body, levels, notes))
    heads = [
        _plain(archive, name) for name in sorted(archive.names) if re.fullmatch(r"word/header\d*\.xml", name)
    ]
    feet = [
        _plain(archive, name) for name in sorted(archive.names) if re.fullmatch(r"word/footer\d*\.xml", name)
    ]
    parts = [("letterhead", text) for text in dict.fromkeys(heads) if text]
    parts += [("", text) for text in blocks]
    parts += [("", f"[{n}] {text}") for n, text in enumerate(_notes(archive, notes), 1)]
    parts += [("furniture", text) for text in dict.fromkeys(feet) if text]
    text, zones = "", []
    for kind, part in parts:
        if kind:
            zones.append((kind, len(text), len(text) + len(part)))
        text += f"{part}\n\n"
    return Extraction(text=text, metadata=_metadata(archive), zones=tuple(zones))


def _levels(styles: Element) -> dict[str, int]:
    """Return the level of each style of headings; the names of styles are English in every language of Word."""
    levels = {}
    for style in styles.iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        value = name.get(f"{_W}val", "") if name is not None else ""
        match = re.fullmatch(r"(?i)heading (\d)|(title)", value)
        if match:
            levels[style.get(f"{_W}styleId", "")] = int(match.group(1) or 1)
    return levels


def _blocks(parent: Element, levels: dict[str, int], notes: list[tuple[str, str]]) -> Iterator[str]:
    """Yield the paragraphs and rows of tables of a part."""
    for child in parent:
        if child.tag == f"{_W}p":
            text = _text(child, notes).strip()
            if text:
                yield _mark(child, levels) + text
        elif child.tag == f"{_W}tbl":
            for row in child.findall(f"{_W}tr"):
                cells = [" ".join(_blocks(cell, {}, notes)) for cell in row.findall(f"{_W}tc")]
                if any(cells):
                    yield " | ".join(cell for cell in cells if cell)
        elif child.tag not in _UNSEEN:
            yield from _blocks(child, levels, notes)


def _mark(paragraph: Element, levels: dict[str, int]) -> str:
    """Return what shows a heading or an item of a list."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = style.get(f"{_W}val", "") if style is not None else ""
    level = levels.get(name) or (int(name[-1]) if re.fullmatch(r"(?i)heading[1-9]", name) else 0)
    if level:
        return "#" * min(level, 6) + " "
    return "- " if paragraph.find(f"{_W}pPr/{_W}numPr") is not None else ""


def _text(parent: Element, notes: list[tuple[str, str]]) -> str:
    """Return the words of a paragraph, with the numbers of its notes."""
    pieces: list[str] = []
    waiting = list(reversed(parent))
    while waiting:
        element = waiting.pop()
        name = element.tag.removeprefix(_W)
        if name == "t":
            pieces.append(element.text or "")
        elif name in _SIGNS:
            pieces.append(_SIGNS[name])
        elif name in ("footnoteReference", "endnoteReference"):
            notes.append((name.removesuffix("Reference"), element.get(f"{_W}id", "")))
            pieces.append(f"<sup>{len(notes)}</sup>")
        elif name == "p":  # of a text box
            pieces.append(" ")
            waiting += reversed(element)
        elif element.tag not in _UNSEEN:
            waiting += reversed(element)
    return "".join(pieces)


def _notes(archive: Archive, notes: list[tuple[str, str]]) -> Iterator[str]:
    """Yield the notes that the text names, in its order."""
    texts = {}
    for kind in ("footnote", "endnote"):
        for note in archive.xml(f"word/{kind}s.xml").iter(f"{_W}{kind}"):
            texts[kind, note.get(f"{_W}id", "")] = " ".join(_blocks(note, {}, []))
    yield from (texts.get(each, "") for each in notes)


def _plain(archive: Archive, name: str) -> str:
    """Return the text of a head or foot."""
    return "\n".join(_blocks(archive.xml(name), {}, []))


def _metadata(archive: Archive) -> dict[str, str]:
    """Return what the file says of itself."""
    core = archive.xml("docProps/core.xml")
    names = {"title": f"{_DC}title", "author": f"{_DC}creator", "language": f"{_DC}language"}
    found = {column: (core.findtext(tag) or "").strip() for column, tag in names.items()}
    found["saved"] = (core.findtext(f"{_TERMS}created") or "")[:10]
    return {column: value for column, value in found.items() if value}

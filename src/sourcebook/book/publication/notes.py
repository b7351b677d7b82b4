"""The notes of a printed book: what each number and quote of the prose rests on, chapter by chapter.

On a page a number is a link. On paper it has the number of a note beside it, and the note says the words of the
source, or what was counted, with the page where the passage or the list of the rows is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement
from lxml.html.builder import E

from sourcebook.book.publication.chapters import Book, Chapter, Place

__all__ = ["ChapterNotes", "Note", "add_notes", "passages"]

_EVIDENCE = {"sb-value", "sb-passage", "sb-row"}
_ROWS = ".//dt[@id=$id]/following-sibling::dd[1]//a[contains(@class, 'sb-row')]"
_MOST_ROWS = 8
#: Where a link stands by itself: in cells and lists of rows it leads to the passage, and the row's id is printed.
_NO_NOTES = ("table", "dt", "figcaption", "figure")


@dataclass(kw_only=True)
class Note:
    """What a number or a quote rests on.

    Attributes
    ----------
    number : int
        Its number in the chapter.
    target : Place
        The passage of the source, or the entry of the number.
    origin : Place
        Where it is referred to first.
    quote : str
        The words of the source; empty for a number that counts several rows.
    language : str
        Of these words.
    text : str
        What is coded or counted.
    where : str
        The source and the sentence; empty for a number that counts several rows.
    rows : list of Place
        The passages behind a number that counts several rows, the first of them where they are many.
    more : int
        How many passages are not among these.
    """

    number: int
    target: Place
    origin: Place
    quote: str = ""
    language: str = ""
    text: str = ""
    where: str = ""
    rows: list[Place] = field(default_factory=list)
    more: int = 0


@dataclass(kw_only=True)
class ChapterNotes:
    """The notes of one chapter.

    Attributes
    ----------
    chapter : Chapter
        The chapter.
    notes : list of Note
        In the order of their numbers.
    """

    chapter: Chapter
    notes: list[Note] = field(default_factory=list)


def add_notes(book: Book) -> list[ChapterNotes]:
    """Give each number and quote of the prose a note, and return the notes.

    Parameters
    ----------
    book : Book
        Its articles get a number after each number and quote that is a link: an ``a`` of class ``sb-note`` whose
        address is ``note:`` with the page and the number.

    Returns
    -------
    list of ChapterNotes
        Those of each chapter that has any. The editions of the sources have notes of their own, and a list of all
        numbers is what notes lead to.
    """
    found = (_notes(book, chapter) for chapter in book.chapters if not _lists_numbers(chapter))
    return [notes for notes in found if notes.notes]


def _lists_numbers(chapter: Chapter) -> bool:
    return chapter.is_edition or bool(chapter.article.xpath(".//dl[contains(@class, 'sb-values')]"))


def _notes(book: Book, chapter: Chapter) -> ChapterNotes:
    listed = ChapterNotes(chapter=chapter)
    known: dict[Place, Note] = {}
    for link in list(chapter.article.iter("a")):
        if not _EVIDENCE.intersection(link.get("class", "").split()):
            continue
        if any(True for _ in link.iterancestors(*_NO_NOTES)):
            continue
        target = book.resolve(chapter.name, link.get("href", ""))
        if not isinstance(target, Place) or not target.id:
            continue
        note = known.get(target)
        if note is None:
            number = len(known) + 1
            origin = link.get("id") or f"note-from-{number}"
            link.set("id", origin)
            chapter.ids.add(origin)
            note = _note(book, target, number, Place(chapter.name, origin))
            known[target] = note
        _add_number(link, chapter, note)
    listed.notes += known.values()
    return listed


def _add_number(link: HtmlElement, chapter: Chapter, note: Note) -> None:
    """Put the number of a note behind a link, before any text that follows."""
    sign = link.makeelement("a", {"class": "sb-note", "href": f"note:{chapter.name}:{note.number}"})
    sign.text = str(note.number)
    sign.tail, link.tail = link.tail, None
    link.addnext(sign)


def _note(book: Book, target: Place, number: int, origin: Place) -> Note:
    note = Note(number=number, target=target, origin=origin)
    chapter = book.by_name[target.page]
    if not chapter.is_edition:
        for entry in chapter.article.xpath(".//dt[@id=$id]/following-sibling::dd[1]/p[1]", id=target.id):
            note.text = _words(entry).partition(" Printed in:")[0]
        links = chapter.article.xpath(_ROWS, id=target.id)
        places = [book.resolve(target.page, link.get("href", "")) for link in links]
        rows = [place for place in places if isinstance(place, Place) and place.id]
        note.rows, note.more = rows[:_MOST_ROWS], len(rows[_MOST_ROWS:])
        return note
    marks = chapter.article.xpath(".//mark[@id=$id or @data-of=$id]", id=target.id)
    marks = marks or chapter.article.xpath(".//*[@class='sb-sentence'][@id=$id]", id=target.id)
    note.quote = " ".join(" ".join(_outermost(marks, target.id)).split())
    note.language = next(
        (str(lang) for mark in marks for lang in mark.xpath("ancestor::*[@lang][1]/@lang")), ""
    )
    for entry in chapter.article.xpath(".//*[@id=$id]", id=f"note-{target.id}"):
        note.text = ": ".join(_words(part) for part in entry.xpath("./*[@class='sb-kind']|./b"))
    sentence = marks[0].xpath("ancestor-or-self::*[@class='sb-sentence']/@id") if marks else []
    note.where = chapter.title + (
        f", sentence {sentence[0].rpartition('.')[2].lstrip('s0')}" if sentence else ""
    )
    return note


def _outermost(marks: list[HtmlElement], row: str) -> Iterator[str]:
    """Yield the words of a passage, each once."""
    for mark in marks:
        if not any(row in (outer.get("id"), outer.get("data-of")) for outer in mark.iterancestors("mark")):
            yield mark.text_content()


def _words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def passages(
    notes: Sequence[ChapterNotes],
    *,
    address: Callable[[Place], str],
    note_id: Callable[[Chapter, int], str],
    page_of: Callable[[Place], HtmlElement] | None = None,
) -> HtmlElement:
    """Return the notes of all chapters as a chapter of their own.

    Parameters
    ----------
    notes : sequence of ChapterNotes
        The notes.
    address : callable
        Gives the address of a place.
    note_id : callable
        Gives the id of a note, by its chapter and number.
    page_of : callable, optional
        Gives the element that says the page of a place, where there are pages.
    """
    section = E.section({"class": "sb-article sb-chapter sb-passages", "id": "notes"}, E.h1("Passages"))
    places = "with the page on which" if page_of else "with a link to where"
    section.append(
        E.p(
            "What the small numbers in the text lead to, chapter by chapter: the words of the source, or what was "
            f"counted, {places} the passage stands in its text or the rows are listed."
        )
    )
    for each in notes:
        items = [_note_item(each.chapter, note, address, note_id, page_of) for note in each.notes]
        part = E.section(E.h2(each.chapter.title), E.ol(*items), id=f"notes.{each.chapter.slug}")
        section.append(part)
    return section


def _note_item(
    chapter: Chapter,
    note: Note,
    address: Callable[[Place], str],
    note_id: Callable[[Chapter, int], str],
    page_of: Callable[[Place], HtmlElement] | None,
) -> HtmlElement:
    """Return one note."""
    item = E.li({"id": note_id(chapter, note.number), "value": str(note.number)})
    if note.quote:
        item.append(E.q({"lang": note.language or "und", "dir": "auto"}, note.quote))
        item[-1].tail = " "
    if note.text:
        item.append(E.bdi(note.text))
        item[-1].tail = ". " if note.quote else " "
    for place in note.rows:
        item.append(E.a(place.id, href=address(place)))
        item[-1].tail = ", " if place is not note.rows[-1] else " "
    words = note.where or (f"and {note.more} more" if note.more else "where it is listed")
    item.append(E.a(words, href=address(note.target)))
    if page_of:
        item[-1].text = f"{words}, p. "
        item[-1].append(page_of(note.target))
    item[-1].tail = ". "
    item.append(E.a("↩", {"aria-label": "Back to the text"}, href=address(note.origin)))
    return item

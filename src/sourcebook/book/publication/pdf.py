"""The book as one PDF, printed by Chromium.

Chromium is what the pages are tested with, so that paper has the same figures, fonts and colours. WeasyPrint was
tried on the same pages: version 70 stops at ``light-dark()``; with the colours replaced, version 66 takes five times
as long, and paints every figure black, since it knows no variables in SVG.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import lxml.html
import pikepdf

from sourcebook.book.publication.chapters import Book, read_book
from sourcebook.book.publication.notes import add_notes
from sourcebook.book.publication.paper import headings, page_numbers_wanted, paper_page
from sourcebook.core.errors import SourcebookError
from sourcebook.core.files import write_bytes

__all__ = ["find_chromium", "print_book", "write_pdf"]

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--no-pdf-header-footer",
    "--allow-file-access-from-files",
)
_SECONDS = 600
#: Chromium's name of an element in the tags.
_ELEMENT = re.compile(rb"\(node([0-9]{8})\)")
#: Filling in the page numbers may move a line; after so many printings they have to hold.
_PRINTINGS = 4


def find_chromium() -> str:
    """Return the path of a Chromium.

    Raises
    ------
    SourcebookError
        If there is none on this machine.
    """
    for name in _CHROMIUM:
        if found := shutil.which(name):
            return found
    raise SourcebookError(
        "a PDF is printed by Chromium, found none → install it (Debian: apt-get install chromium) and run this again"
    )


def write_pdf(pages: Path | Book, target: Path) -> Path:
    """Print a built book as one PDF.

    Parameters
    ----------
    pages : Path or Book
        The folder of its pages, ``_build/html``, or what was read of them.
    target : Path
        The file to write.

    Returns
    -------
    Path
        The file: tagged, with an outline, the book's fonts, and links from each number to its passage. Two printings
        of the same pages by the same Chromium, with the same fonts installed, give the same bytes: type of one width
        and rare signs are in fonts of the machine.

    Raises
    ------
    SourcebookError
        If there is no book in the folder, or no Chromium.
    """
    chromium = find_chromium()
    book = pages if isinstance(pages, Book) else read_book(pages)
    page = paper_page(book, add_notes(book), statics=(book.folder / "_static").resolve().as_uri())
    with tempfile.TemporaryDirectory() as folder:
        printed = print_book(chromium, page, Path(folder))
        finished = _finish(printed, book, headings(page), Path(folder))
        target.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(target, finished.read_bytes())
    return target


def print_book(chromium: str, page: lxml.html.HtmlElement, folder: Path) -> Path:
    """Print a page until the page numbers on it are right.

    Parameters
    ----------
    chromium : str
        The program.
    page : lxml.html.HtmlElement
        What :func:`sourcebook.book.publication.paper.paper_page` returns; its page numbers are filled in.
    folder : Path
        Where to work.

    Returns
    -------
    Path
        The file as Chromium writes it.

    Raises
    ------
    SourcebookError
        If Chromium does not print it.
    """
    source, printed = folder / "book.html", folder / "printed.pdf"
    wanted = page_numbers_wanted(page)
    for printing in range(_PRINTINGS):
        source.write_bytes(lxml.html.tostring(page, encoding="utf-8", doctype="<!DOCTYPE html>"))
        _print(chromium, source, printed, tagged=printing > 0)  # the first only tells the numbers
        numbers = _page_numbers(printed)
        missing = [name for name in wanted if name not in numbers]
        if missing:
            raise SourcebookError(f"{missing[0]}: expected a place in the printed book, found none")
        changed = False
        for name, elements in wanted.items():
            for element in elements:
                changed |= element.text != str(numbers[name])
                element.text = str(numbers[name])
        if printing and not changed:
            break
    return printed


def _print(chromium: str, source: Path, target: Path, *, tagged: bool) -> None:
    profile = source.parent / "profile"
    tags = "--export-tagged-pdf" if tagged else "--disable-pdf-tagging"
    command = [
        chromium,
        *_OPTIONS,
        tags,
        f"--user-data-dir={profile}",
        f"--print-to-pdf={target}",
        source.as_uri(),
    ]
    target.unlink(missing_ok=True)
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise SourcebookError(f"{chromium}: expected a PDF within {_SECONDS} seconds, found none") from None
    if done.returncode or not target.is_file():
        raise SourcebookError(f"{chromium}: expected a PDF, found none: {done.stderr.strip()[-400:]}")


def _page_numbers(file: Path) -> dict[str, int]:
    """Return the page of each named place of a PDF."""
    with pikepdf.open(file) as pdf:
        pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        places: Any = pdf.Root.get("/Dests", {})
        return {name.removeprefix("/"): pages[places[name][0].objgen] for name in map(str, places)}


def _finish(printed: Path, book: Book, heads: list[tuple[int, str, str]], folder: Path) -> Path:
    """Say whose book it is, leave out what changes from day to day, and pack the objects."""
    target = folder / "finished.pdf"
    printed.write_bytes(_recounted(printed.read_bytes()))
    with pikepdf.open(printed) as pdf:
        pdf.trailer.Info = pdf.make_indirect(pikepdf.Dictionary())
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
            about["dc:title"] = book.title
            about["dc:creator"] = [book.author]
            about["dc:language"] = [book.language]
            about["pdf:Producer"] = "Chromium, sourcebook"
        for name, text in (
            ("Title", book.title),
            ("Author", book.author),
            ("Producer", "Chromium, sourcebook"),
        ):
            pdf.docinfo[f"/{name}"] = text
        pdf.Root.Lang = book.language
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
        _outline(pdf, heads)
        pdf.remove_unreferenced_resources()
        pdf.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
        )
    return target


def _recounted(data: bytes) -> bytes:
    """Return a printed PDF with the names of its elements counted from 1, each of the length that it had.

    Chromium counts from how many elements it has made before, which is not always the same.
    """
    names = sorted(set(_ELEMENT.findall(data)))
    counted = {name: b"(node%08d)" % number for number, name in enumerate(names, start=1)}
    return _ELEMENT.sub(lambda found: counted[found[1]], data)


def _outline(pdf: pikepdf.Pdf, heads: list[tuple[int, str, str]]) -> None:
    """Write the outline: the headings that the contents list, each below the last one of a higher level.

    The one that Chromium writes repeats a heading that fills more than one line.
    """
    places: Any = pdf.Root.get("/Dests", {})
    with pdf.open_outline() as outline:
        above: list[tuple[int, list[pikepdf.OutlineItem]]] = [(0, outline.root)]
        for level, text, name in heads:
            if f"/{name}" not in places:
                continue
            while above[-1][0] >= level:
                above.pop()
            item = pikepdf.OutlineItem(text)
            item.destination = places[f"/{name}"]
            item.is_closed = True
            above[-1][1].append(item)
            above.append((level, item.children))

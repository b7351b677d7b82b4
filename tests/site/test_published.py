"""The book itself as PDF and EPUB: a sample of its chapters on paper, and all of it for readers of books."""

import shutil
import subprocess
import zipfile
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from walk import toc_pages

from sourcebook.book.publication.chapters import read_book
from sourcebook.book.publication.epub import write_epub
from sourcebook.book.publication.notes import add_notes
from sourcebook.book.publication.pdf import write_pdf

pytestmark = pytest.mark.slow

EPUBCHECK = Path("/usr/share/java/epubcheck.jar")
XHTML = "{http://www.w3.org/1999/xhtml}"
#: A front page, figures, wide tables, an edition of a source, all claims, code and an API.
SAMPLE = ("index", "travel", "legal", "sources/akram-2024-10", "explore", "matrix", "recipes", "values")
MARGIN, WIDTH = 18 / 25.4 * 72, 210 / 25.4 * 72


@pytest.fixture(scope="module")
def sample(html, chromium, tmp_path_factory):
    book = read_book(html)
    assert [chapter.name for chapter in book.chapters] == toc_pages()
    book.chapters = [c for c in book.chapters if c.name.removeprefix("book/") in SAMPLE]
    assert len(book.chapters) == len(SAMPLE)
    return write_pdf(book, tmp_path_factory.mktemp("pdf") / "sample.pdf")


def test_every_link_of_the_sample_leads_to_a_place_in_it(sample):
    with pikepdf.open(sample) as pdf:
        places = set(map(str, pdf.Root.Dests))
        inner = [
            str(mark.Dest)
            for page in pdf.pages
            for mark in page.get("/Annots", [])
            if mark.get("/Dest") is not None
        ]
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.pages) > 60
    assert len(inner) > 3_500
    assert [name for name in inner if name not in places] == []


@pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="no pdftotext (Debian: apt-get install poppler-utils)"
)
def test_no_word_of_the_sample_is_cut(sample):
    shown = subprocess.run(["pdftotext", "-bbox", str(sample), "-"], capture_output=True, check=True).stdout
    pages = etree.fromstring(shown, etree.XMLParser(huge_tree=True)).iter(f"{XHTML}page")
    cut = [
        (number, word.text)
        for number, page in enumerate(pages, start=1)
        for word in page.iter(f"{XHTML}word")
        if float(word.get("xMin")) < MARGIN - 2 or float(word.get("xMax")) > WIDTH - MARGIN + 2
    ]
    assert cut == []


def test_each_number_and_quote_of_the_prose_has_its_note(html):
    book = read_book(html)
    notes = {each.chapter.name: each.notes for each in add_notes(book)}
    assert {"book/index", "book/legal", "book/travel", "book/agreement"} <= set(notes)
    told = [note for listed in notes.values() for note in listed]
    assert len(told) > 400
    assert [note for note in told if not (note.text or note.quote) or (note.where and not note.quote)] == []
    assert all(note.target.id in book.by_name[note.target.page].ids for note in told)


def test_the_epub_of_the_book_is_valid(html, tmp_path):
    book = write_epub(html, tmp_path / "book.epub")
    with zipfile.ZipFile(book) as archive:
        assert sum(name.endswith(".xhtml") for name in archive.namelist()) == len(toc_pages()) + 2
    assert book.stat().st_size < 2_000_000
    if not (EPUBCHECK.is_file() and shutil.which("java")):
        pytest.skip("no epubcheck (Debian: apt-get install epubcheck)")
    done = subprocess.run(["java", "-jar", EPUBCHECK, book], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr

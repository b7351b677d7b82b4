"""The book as one PDF and as an EPUB: every page and link of it, and the same bytes each time."""

import posixpath
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import lxml.html
import pikepdf
import pytest
from lxml import etree
from small_books import CONF, VALUES, Build, sources, write_book
from walk import CHROMIUM

from sourcebook.book.publication import pdf as printing
from sourcebook.book.publication import publishing
from sourcebook.book.publication.chapters import Place, read_book
from sourcebook.book.publication.epub import write_epub
from sourcebook.book.publication.fitting import fit_tables
from sourcebook.book.publication.notes import add_notes
from sourcebook.book.publication.pdf import write_pdf
from sourcebook.core.errors import SourcebookError

EPUBCHECK = Path("/usr/share/java/epubcheck.jar")
XHTML = "{http://www.w3.org/1999/xhtml}"
NEEDS_CHROMIUM = pytest.mark.skipif(CHROMIUM is None, reason="no chromium (Debian: apt-get install chromium)")
NEEDS_EPUBCHECK = pytest.mark.skipif(
    not (EPUBCHECK.is_file() and shutil.which("java")),
    reason="no epubcheck (Debian: apt-get install epubcheck)",
)
CONFIGURATION = CONF.replace('"basic"', '"sourcebook"') + (
    'html_title = "The “bridge” & <others>"\nauthor = "A. Mason"\nlanguage = "en"\nexclude_patterns += ["*.pdf"]\n'
)
PAGES = {
    "index": "# The bridge\n\nThe council says {passage}`council.c001`, the mill {value}`claim.mill.c002`;\n"
    "{value}`count.claims` claims, as the [matrix](book/matrix.md) and <https://example.org/> show.\n",
    "book/matrix": "# Matrix\n\n## All of it\n\n```{matrix}\n```\n",
    **sources(),
    **VALUES,
}


@pytest.fixture(scope="module")
def pages(_built, tmp_path_factory):
    """Return the folder of the pages of a small book."""
    root = tmp_path_factory.mktemp("published")
    shutil.copytree(_built, root / "data")
    write_book(root, PAGES, CONFIGURATION)
    build = Build(root)
    assert build.warnings == []
    return build.out


@pytest.fixture(scope="module")
def printed(pages):
    return write_pdf(pages, pages.parent / "book.pdf")


def test_the_chapters_are_in_the_order_of_the_contents(pages):
    book = read_book(pages)
    assert (book.title, book.author, book.language) == ("The “bridge” & <others>", "A. Mason", "en")
    assert [chapter.title for chapter in book.chapters] == [
        "The bridge", "Matrix", "Council", "Mill", "Gazette", "Values",
    ]  # fmt: skip
    assert book.resolve("index", "claims/mill.c002.html") == Place("book/sources/mill", "mill.c002")
    assert book.resolve("book/matrix", "../index.html#nowhere") == Place("index")
    assert book.resolve("index", "_static/card.png") == ""
    assert book.resolve("index", "javascript:alert(1)") == ""


def test_a_note_says_the_words_of_the_source_and_the_rows_of_a_count(pages):
    (notes,) = add_notes(read_book(pages))
    quote, value, count = notes.notes
    assert quote.quote == "The Bridge Is Closed"
    assert (value.quote, value.text, value.where) == (
        "About 150 residents",
        "quantity: about 150",
        "Mill, sentence 2",
    )
    assert (len(count.rows), count.more) == (8, 1)
    assert count.rows[0].id.startswith(("council", "mill", "gazette"))


def test_only_pictures_of_the_book_are_taken_and_nothing_that_runs(tmp_path):
    page = (
        '<html lang="en"><head><meta property="og:site_name" content="B"></head><body><article class="sb-article">'
        '<h1 onclick="x()">T</h1><img src="a.png" alt="in"><img src="../b.png" alt="beside"><img alt="far" '
        'src="https://example.org/c.png"><img src="index.html" alt="a page"><iframe src="x"></iframe></article>'
    )
    folder = tmp_path / "html"
    folder.mkdir()
    (folder / "index.html").write_text(page, encoding="utf-8")
    for file in (folder / "a.png", tmp_path / "b.png"):
        file.write_bytes(b"png")
    with zipfile.ZipFile(write_epub(folder, tmp_path / "b.epub")) as archive:
        shown = archive.read("EPUB/index.xhtml").decode()
        assert [name for name in archive.namelist() if name.endswith("png")] == ["EPUB/a.png"]
    assert (
        '<img src="a.png" alt="in"/><span>beside</span><span>far</span><span>a page</span></article>' in shown
    )
    assert "onclick" not in shown


def test_the_pages_offer_the_forms_that_there_are(pages, tmp_path):
    def linked(folder):
        found = {}
        for page in folder.rglob("*.html"):
            links = lxml.html.parse(str(page)).xpath("//footer//a[@download]")
            own = [
                (a.text, page.parent / a.get("href"))
                for a in links
                if a.get("href").split("/")[-1][:5] == "book."
            ]
            found[page.relative_to(folder).as_posix()] = [
                text for text, path in own if path.resolve().is_file()
            ]
            assert len(own) == len(found[page.relative_to(folder).as_posix()])
        return found

    pdf, epub = "The whole book as PDF", "The whole book as EPUB, for e-readers"
    files = {"pdf": tmp_path / "book.pdf", "epub": tmp_path / "book.epub"}
    folders = {
        order: shutil.copytree(pages, tmp_path / "-".join(order))
        for order in (("pdf", "epub"), ("epub", "pdf"))
    }
    for file in files.values():
        file.write_bytes(file.name.encode())
    for order, folder in folders.items():
        assert not any(linked(folder).values())
        publishing.offer(folder, files[order[0]])
        assert linked(folder)["book/matrix.html"] == [{"pdf": pdf, "epub": epub}[order[0]]]
        for form in (*order, "pdf"):
            publishing.offer(folder, files[form])
        assert linked(folder)["index.html"] == linked(folder)["book/matrix.html"] == [pdf, epub]
    one, other = (
        {p.relative_to(f): p.read_bytes() for p in f.rglob("*") if p.is_file()} for f in folders.values()
    )
    assert one == other
    assert (
        write_epub(folders["pdf", "epub"], tmp_path / "1.epub").read_bytes()
        == write_epub(pages, tmp_path / "2.epub").read_bytes()
    )


def test_no_book_is_an_error(tmp_path):
    with pytest.raises(SourcebookError, match="expected a page of the built book, found none"):
        read_book(tmp_path)


def test_a_missing_package_is_named_before_anything_is_done(monkeypatch):
    monkeypatch.setattr(publishing.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SourcebookError, match=r'needs lxml and pikepdf.*"sourcebook\[print\]"'):
        publishing.check_form("pdf")


def test_a_missing_chromium_is_named_before_anything_is_done(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(SourcebookError, match="printed by Chromium, found none"):
        publishing.check_form("pdf")


def test_long_names_may_break_after_their_signs():
    table = etree.HTML(
        "<table><tr><td>a <b>akram-2024-10.c001</b> very-long-tail.of/a name</td></tr></table>"
    )
    fit_tables(table)
    shown = lxml.html.tostring(table.find(".//td"), encoding="unicode").replace("</wbr>", "")
    assert shown == (
        "<td>a <b>akram-<wbr>2024-<wbr>10.<wbr>c001</b> very-<wbr>long-<wbr>tail.<wbr>of/<wbr>a name</td>"
    )
    assert "".join(table.find(".//td").itertext()) == "a akram-2024-10.c001 very-long-tail.of/a name"


@pytest.mark.parametrize(
    ("columns", "size"), [(3, ""), (10, "sb-small"), (12, "sb-smaller"), (30, "sb-smaller sb-anywhere")]
)
def test_a_table_of_many_columns_has_smaller_letters(columns, size):
    table = lxml.html.fromstring("<table><tr>" + "<td>extraordinary</td>" * columns + "</tr></table>")
    fit_tables(table)
    assert table.get("class", "") == size


def links(pdf):
    """Yield the page and the target of each link of a PDF."""
    for page in pdf.pages:
        for mark in page.get("/Annots", []):
            if mark.get("/Subtype") == "/Link":
                yield page, mark.get("/Dest"), mark.get("/A")


@pytest.mark.browser
@NEEDS_CHROMIUM
def test_the_pdf_is_whole_tagged_and_says_what_it_is(printed):
    with pikepdf.open(printed) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.Root.Lang == "en"
        assert (str(pdf.docinfo["/Title"]), str(pdf.docinfo["/Author"])) == (
            "The “bridge” & <others>",
            "A. Mason",
        )
        assert "/CreationDate" not in pdf.docinfo
        assert len(pdf.pages) >= 9  # title, contents, six chapters, passages
        assert {tuple(map(round, page.mediabox)) for page in pdf.pages} == {(0, 0, 595, 842)}
        with pdf.open_outline() as outline:
            shown = [item.title for item in outline.root]
            assert [item.title for item in outline.root[1].children] == ["All of it"]
    assert shown == ["The bridge", "Matrix", "Council", "Mill", "Gazette", "Values", "Passages"]


@pytest.mark.browser
@NEEDS_CHROMIUM
def test_every_link_of_the_pdf_leads_to_a_place_in_it(printed, pages):
    with pikepdf.open(printed) as pdf:
        places = pdf.Root.Dests
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        inner = [str(place) for _, place, _ in links(pdf) if place is not None]
        outer = {str(action.URI) for _, _, action in links(pdf) if action is not None}
        first = {name: numbers[places[name][0].objgen] for name in set(inner)}
        fonts = [
            font
            for page in pdf.pages
            for font in page.resources.get("/Font", {}).values()
            if "/FontFile2" not in font.DescendantFonts[0].FontDescriptor
            and "/FontFile3" not in font.DescendantFonts[0].FontDescriptor
        ]
    assert fonts == []  # each is in the file
    assert outer == {"https://example.org/"}
    assert first["/notes"] > first["/book-values"] > first["/book-sources-council"] > first["/index"] == 3
    # the number leads to its note and to the passage, the note to the passage and back
    assert {"/notes.index.2", "/book-sources-mill.mill.c002", "/index.use-claim.mill.c002"} <= set(inner)
    claims = len(list((pages / "claims").glob("*.html")))
    assert len({name for name in inner if re.search(r"\.c\d{3}$", name)}) >= claims


@pytest.mark.browser
@NEEDS_CHROMIUM
def test_a_second_printing_gives_the_same_bytes(printed, pages):
    assert write_pdf(pages, pages.parent / "again.pdf").read_bytes() == printed.read_bytes()


def test_elements_are_counted_alike_wherever_chromium_begins():
    """It began one element earlier in one of three printings of the same book."""
    one, other = (
        b"".join(b"<< /ID (node%08d) /Headers [ (node%08d) ] >>\n" % (n + 2, n) for n in range(k, k + 3, 2))
        for k in (1035, 1036)
    )
    assert one != other
    assert printing._recounted(one) == printing._recounted(other)
    assert len(printing._recounted(one)) == len(one)


def words(pdf):
    """Yield page, left, right and text of each word of a PDF."""
    shown = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True).stdout
    for number, page in enumerate(etree.fromstring(shown).iter(f"{XHTML}page"), start=1):
        for word in page.iter(f"{XHTML}word"):
            yield number, float(word.get("xMin")), float(word.get("xMax")), word.text


@pytest.mark.browser
@NEEDS_CHROMIUM
@pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="no pdftotext (Debian: apt-get install poppler-utils)"
)
def test_the_contents_say_the_right_pages_and_no_word_is_cut(printed):
    found = list(words(printed))
    left, right = 18 / 25.4 * 72, (210 - 18) / 25.4 * 72
    assert [word for word in found if word[1] < left - 2 or word[2] > right + 2] == []
    command = ["pdftotext", "-layout", "-f", "2", "-l", "2", str(printed), "-"]
    contents = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    lines = dict(re.findall(r"^ *(\S.*?) {2,}(\d+)$", contents, re.MULTILINE))
    assert list(lines) == [
        "The bridge",
        "Matrix",
        "All of it",
        "Council",
        "Mill",
        "Gazette",
        "Values",
        "Passages",
    ]
    heads = {}
    for number, *_, text in found:
        heads.setdefault(number, text)
    for title in ("Matrix", "Gazette", "Values", "Passages"):
        assert heads[int(lines[title])] == title


def epub_links(archive):
    """Yield each link of an EPUB as file, target file and fragment, and the ids of each file."""
    trees = {
        name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xhtml")
    }
    ids = {name: set(tree.xpath("//@id")) for name, tree in trees.items()}
    for name, tree in trees.items():
        for href in tree.xpath("//*[local-name()='a']/@href"):
            if not href.startswith("http"):
                file, _, fragment = href.partition("#")
                yield name, posixpath.join(posixpath.dirname(name), file) if file else name, fragment, ids


def test_every_link_of_the_epub_leads_to_a_place_in_it(pages):
    with zipfile.ZipFile(write_epub(pages, pages.parent / "book.epub")) as archive:
        assert archive.namelist()[0] == "mimetype"
        found = list(epub_links(archive))
        front = archive.read("EPUB/index.xhtml").decode()
        notes = archive.read("EPUB/passages.xhtml").decode()
    assert [link for link in found if link[2] and link[2] not in link[3].get(link[1], ())] == []
    assert [link for link in found if link[1] not in link[3]] == []
    assert 'class="sb-note" href="passages.xhtml#index.2" epub:type="noteref">2</a>' in front
    assert 'href="book-sources-mill.xhtml#mill.c002"' in notes
    assert "<script" not in front


def test_the_same_pages_give_the_same_epub(pages, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    one, two = (write_epub(pages, pages.parent / f"{name}.epub").read_bytes() for name in "ab")
    assert one == two
    assert b"2026-11-22" not in one  # packed


@NEEDS_EPUBCHECK
def test_the_epub_is_valid(pages):
    book = write_epub(pages, pages.parent / "valid.epub")
    done = subprocess.run(["java", "-jar", EPUBCHECK, book], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr

"""What a reader takes along from a page, the keys, the excerpts of the search, and a claim on one sheet."""

import csv
import io
import re
import shutil
import unicodedata
from urllib.parse import quote

import lxml.html
import openpyxl
import pikepdf
import pytest
from small_books import CONF, HEAD, VALUES, Build, sources, write_book

pytestmark = pytest.mark.browser

FIGURE = """\
# Days

```{code-cell}
from sourcebook.render import display, figures
import pandas as pd
counts = pd.DataFrame({"label": ["<flood> & lamp"], "mill": [1234], "council": [-5]})
display.table(counts, caption="Counts, by source")
```

<div class="sb-figure"><figure><svg class="sb-wide" role="img" aria-label="One bar." viewBox="0 0 300 40"
xmlns="http://www.w3.org/2000/svg"><rect width="100" height="20" fill="currentColor"/>
<text x="5" y="35">=1+1</text></svg>
<figcaption>How high was the flood?</figcaption></figure></div>

<table><caption>A formula</caption><tr><th>=SUM(A1)</th><td>-2.5</td><td>"q", r</td></tr></table>
"""
PAGES = {
    "index": "# The bridge\n\n{passage}`council.c001`. I\u0307stanbul and KAPI.\n",
    "book/days": HEAD + FIGURE,
    "book/names": f"# Names\n\n## Of towns\n\n{unicodedata.normalize('NFD', 'The café in Gəncə')} is in the "
    "Azərbaycan of the kapı; it was a café. İSTANBUL is far.\n",
    **sources(),
    **VALUES,
}
THEME = CONF.replace('"basic"', '"sourcebook"').replace('"off"', '"force"') + (
    'html_title = "The bridge"\nauthor = "A. Mason"\nlanguage = "en"\nhtml_search_language = "en"\n'
    'sourcebook_bare_numbers = "off"\n'
)


@pytest.fixture(scope="module")
def book(_built, tmp_path_factory):
    root = tmp_path_factory.mktemp("taken")
    shutil.copytree(_built, root / "data")
    write_book(root, PAGES, THEME)
    build = Build(root)
    assert build.warnings == []
    return build.out


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 390, "height": 800}, color_scheme="dark")
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    yield page
    assert [text for text in page.said if "favicon" not in text] == []
    context.close()


def taken(page, form, place, target):
    with page.expect_download() as waiting:
        page.locator("dialog[open] button", has_text=form).nth(place).click()
    file = target / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


@pytest.fixture
def opened(book, page):
    page.goto((book / "book/days.html").as_uri())
    page.get_by_text("Figures and tables of this page").click()
    page.wait_for_selector("dialog[open]")
    return page


def test_a_table_is_taken_as_csv_and_no_cell_of_it_is_a_formula(opened, tmp_path):
    rows = list(csv.reader(io.StringIO(taken(opened, "CSV", 0, tmp_path).read_text(encoding="utf-8"))))
    assert (
        rows == [["label", "mill", "council"], ["<flood> & lamp", "1,234", "-5"]]
        or rows[1][0] == "<flood> & lamp"
    )
    rows = list(csv.reader(io.StringIO(taken(opened, "CSV", 1, tmp_path).read_text(encoding="utf-8"))))
    assert rows == [["'=SUM(A1)", "-2.5", '"q", r']]


def test_a_table_is_taken_as_a_workbook_with_the_line_to_cite_it(opened, tmp_path):
    book = openpyxl.load_workbook(taken(opened, "Excel", 1, tmp_path))
    values = [[cell.value for cell in row] for row in book.active.rows]
    assert values[0] == ["=SUM(A1)", -2.5, '"q", r']
    assert book.active["A1"].data_type == "s"
    assert values[-1][0] == "A formula. In: The bridge, Days."


def test_a_figure_is_taken_as_svg_and_png_on_light_paper_with_its_citation(opened, tmp_path):
    drawn = taken(opened, "SVG", 0, tmp_path)
    root = lxml.html.fromstring(drawn.read_bytes())
    text = drawn.read_text(encoding="utf-8")
    assert "How high was the flood? In: The bridge, Days." in " ".join(root.itertext())
    assert 'fill="rgb(29, 29, 27)"' in text  # the ink of light paper, though the page is dark
    assert "var(" not in text
    assert "class=" not in text
    from PIL import Image

    picture = Image.open(taken(opened, "PNG", 0, tmp_path)).convert("RGB")
    assert picture.size[0] == 600
    assert picture.getpixel((590, 60)) == (255, 255, 255)
    assert picture.getpixel((50, 20)) == (29, 29, 27)


def test_the_keys_are_listed_work_and_can_be_turned_off(book, page):
    page.goto((book / "index.html").as_uri())
    page.keyboard.press("?")
    shown = page.locator("dialog[open]")
    assert shown.get_by_role("heading").inner_text() == "Keys"
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    assert shown.count() == 0
    page.keyboard.press("]")
    page.wait_for_url("**/book/days.html")
    page.keyboard.press("[")
    page.wait_for_url("**/index.html")
    page.get_by_role("button", name="Keys").click()
    page.get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="Close").click()
    assert page.evaluate("document.activeElement.textContent") == "Keys"  # the focus is where it was
    page.keyboard.press("?")
    assert shown.count() == 0


def test_a_key_is_a_letter_where_text_is_typed(book, page):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto((book / "index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("a?")
    assert page.evaluate("document.activeElement.value") == "a?"
    assert page.locator("dialog[open]").count() == 0


@pytest.mark.parametrize(
    ("query", "marked", "place"),
    [
        ("café", ["café", "café"], "book/names.html#of-towns"),
        (unicodedata.normalize("NFD", "café"), ["café", "café"], "book/names.html#of-towns"),
        ("istanbul", ["İSTANBUL"], "book/names.html#of-towns"),
        ("KAPI", ["kapı"], "book/names.html#of-towns"),
        ("residents cut", ["residents", "cut"], "book/sources/mill.html#mill.s002"),
    ],
)
def test_a_result_shows_the_words_in_their_paragraph_and_leads_to_it(book, page, query, marked, place):
    page.goto((book / "search.html").as_uri() + f"?q={quote(query)}")
    link = page.locator(f'.sb-excerpts a[href="{place}"]').first
    link.wait_for()
    assert [unicodedata.normalize("NFC", text) for text in link.locator("mark").all_inner_texts()] == marked
    link.click()
    page.wait_for_url(f"**/{place}")
    assert page.evaluate("document.querySelector(':target') !== null")


def sheets(chromium, address):
    page = chromium.new_page()
    page.goto(address)
    printed = page.pdf(prefer_css_page_size=True, format="A4")
    page.close()
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        return len(pdf.pages)


def test_a_claim_is_printed_on_one_sheet(book, chromium):
    assert {path.stem: sheets(chromium, path.as_uri()) for path in sorted((book / "claims").glob("*.html"))[:3]} == {
        "council.c001": 1, "council.c002": 1, "council.c003": 1,
    }  # fmt: skip


def test_the_longest_claims_of_the_book_are_printed_on_one_sheet(html, chromium):
    pages = sorted((html / "claims").glob("*.html"), key=lambda path: path.stat().st_size)[-6:]
    assert {path.stem: sheets(chromium, path.as_uri()) for path in pages} == {path.stem: 1 for path in pages}


def test_the_citation_of_a_claim_is_copied(book, chromium):
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto((book / "claims/mill.c002.html").as_uri())
    page.get_by_role("button", name="Copy the citation").click()
    page.get_by_text(re.compile("^(Copied|Marked)")).wait_for()
    taken = page.evaluate("navigator.clipboard.readText().catch(() => getSelection().toString())")
    assert " ".join(taken.split()).startswith("“About 150 residents”, “Notice of the mill”")
    assert taken.strip().endswith("claims/mill.c002.html")
    context.close()

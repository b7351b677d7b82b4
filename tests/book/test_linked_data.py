"""What a published book says to machines, and what a book without an address does not say."""

import json
import shutil

import pytest
from lxml import etree, html
from small_books import CONF, VALUES, Build, sources, write_book

PAGES = {
    "index": "# The bridge\n\nThe council says {passage}`council.c001`.\n",
    "book/more": "# More & \\<more>\n\nText.\n",
    **sources(),
    **VALUES,
}
THEME = (
    CONF.replace('"basic"', '"sourcebook"')
    + 'html_title = "The bridge"\nauthor = "A. Mason"\nlanguage = "en"\n'
)
BASE = "https://example.org/bridge/"
BLOCK = "//script[@type='application/ld+json']/text()"


@pytest.fixture(scope="module")
def published(_built, tmp_path_factory):
    root = tmp_path_factory.mktemp("published")
    shutil.copytree(_built, root / "data")
    (root / "changes.atom").write_text("<feed/>", encoding="utf-8")
    write_book(root, PAGES, THEME + f'html_baseurl = "{BASE[:-1]}"\n')
    build = Build(root)
    assert build.warnings == []
    return build


def block(page):
    (text,) = page.xpath(BLOCK)
    data = json.loads(text)
    assert data["@context"] == "https://schema.org"
    return data


def test_the_front_page_describes_the_book_and_its_data(published):
    book, dataset = block(published.page("index"))["@graph"]
    assert (book["@type"], book["name"], book["author"]["name"]) == ("Book", "The bridge", "A. Mason")
    assert book["isBasedOn"]["@id"] == dataset["@id"] == f"{BASE}#data"
    assert dataset["@type"] == "Dataset"
    assert "version" not in book  # the data folder has none


def test_a_chapter_and_a_claim_are_parts_of_the_book(published):
    chapter = block(published.page("book/more"))
    assert (chapter["@type"], chapter["name"]) == ("Chapter", "More & <more>")
    claim = block(published.page("claims/mill.c002"))
    assert (claim["@type"], claim["text"]) == ("Quotation", "About 150 residents")
    assert claim["@id"] == f"{BASE}claims/mill.c002.html"
    assert claim["isPartOf"] == chapter["isPartOf"] == {"@id": f"{BASE}#book"}


def test_addresses_for_previews_are_absolute(published):
    page = published.page("claims/mill.c002")
    assert page.xpath("//meta[@property='og:url']/@content") == [f"{BASE}claims/mill.c002.html"]
    assert page.xpath("//meta[@property='og:image']/@content") == [f"{BASE}_static/card.png"]


def test_the_map_has_every_page_once(published):
    tree = etree.parse(str(published.out / "sitemap.xml"))
    found = [node.text for node in tree.iter("{*}loc")]
    pages = {path.relative_to(published.out).as_posix() for path in published.out.rglob("*.html")}
    assert found[0] == f"{BASE}index.html"
    assert sorted(found) == sorted(
        f"{BASE}{page}" for page in pages - {"404.html", "search.html", "genindex.html"}
    )


def test_the_feed_is_served_and_named_on_each_page(published):
    assert (published.out / "changes.atom").read_text(encoding="utf-8") == "<feed/>"
    for name, address in (("index", "changes.atom"), ("claims/mill.c002", "../changes.atom")):
        assert published.page(name).xpath("//link[@type='application/atom+xml']/@href") == [address]


def test_a_book_without_an_address_says_nothing(_built, tmp_path):
    shutil.copytree(_built, tmp_path / "data")
    write_book(tmp_path, PAGES, THEME)
    build = Build(tmp_path)
    assert not (build.out / "sitemap.xml").exists()
    for path in build.out.rglob("*.html"):
        assert not html.parse(str(path)).xpath(BLOCK)
        assert "atom" not in path.read_text(encoding="utf-8").split("<body")[0]
        assert "schema.org" not in path.read_text(encoding="utf-8")


@pytest.mark.browser
def test_a_browser_finds_no_fault_with_the_data(published):
    from walk import CHROMIUM, browser

    if CHROMIUM is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    said = []
    with browser() as chromium:
        page = chromium.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto((published.out / "index.html").as_uri())
        page.wait_for_timeout(200)
    assert [text for text in said if "Content Security Policy" in text or "JSON" in text] == []

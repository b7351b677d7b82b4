"""The pages of the sources in a Sphinx book."""

import pytest
from bridge import change
from small_books import VALUES, Build, sources, write_book

from sourcebook.pipeline import store
from sourcebook.pipeline.build import build

# myst-nb, sphinx and their dependencies warn of what later versions of each other will do
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

START = "# Start\n\n{passage}`council.c004`, {passage}`mill.s003`\n"
BARE = {name: text.partition("\n\n")[2] for name, text in sources().items()}
COUNTS = "# Counts\n\nThere are {value}`count.claims`.\n"


@pytest.fixture
def book(built):
    root = built.parent
    write_book(root, {"index": START, "book/counts": COUNTS, **sources(), **VALUES})
    return Build(root)


def test_notes_name_the_pages_that_print_a_row_and_lead_to_the_place_and_to_the_page_of_the_claim(book):
    assert book.warnings == []
    note = book.page("book/sources/council").get_element_by_id("note-council.c004")
    links = {a.text_content(): a.get("href") for a in note.xpath("./details//a")}
    assert links["Start"] == "../../index.html#use-council.c004"
    assert links["Counts"] == "../counts.html#use-count.claims"
    assert links["page of this claim"] == "../../claims/council.c004.html"
    assert "printed in Start; counted in Counts" in note.text_content()
    for href in ("../../index.html#use-council.c004", "../counts.html#use-count.claims"):
        page, _, fragment = href.replace("../../", "").replace("../", "book/").partition("#")
        assert book.page(page.removesuffix(".html")).get_element_by_id(fragment) is not None


def test_a_quoted_sentence_names_the_pages_that_quote_it(book):
    (note,) = book.page("book/sources/mill").xpath("//li[a/@href='#mill.s003']")
    assert note.xpath("./a/@href") == ["#mill.s003", "../../index.html#use-mill.s003"]


def test_the_editions_follow_when_another_page_stops_printing_a_row(book):
    (book.root / "book/counts.md").write_text("# Counts\n\nNone.\n", encoding="utf-8")
    note = Build(book.root).page("book/sources/council").get_element_by_id("note-council.c004")
    assert "Counts" not in note.text_content()


def test_the_headings_of_the_text_stand_below_those_of_the_page(book):
    assert book.page("book/sources/council").get_element_by_id("council.s001").getparent().tag == "h2"
    text = "# Council\n\n## The text\n\n```{edition} council\n```\n"
    (book.root / "book/sources/council.md").write_text(text, encoding="utf-8")
    shown = Build(book.root).page("book/sources/council")
    assert shown.get_element_by_id("council.s001").getparent().tag == "h3"


def test_a_heading_follows_the_title_in_the_registry_and_so_does_what_leads_to_it(built):
    root = built.parent
    pages = {name: f"# {{source-title}}`{name.rpartition('/')[2]}`\n\n{text}" for name, text in BARE.items()}
    write_book(root, {"index": "# Start\n", **pages})
    for title, shown in (('The *"mill"* of 1900', 'The *"mill"* of 1900'), ("", "mill")):
        change(root / "data", "raw/sources.csv", "title", title, source_id="mill")
        store.write(build(root / "data"))
        book = Build(root)
        assert book.warnings == []
        assert book.page("book/sources/mill").xpath("string(//h1/span)") == shown
        links = book.page("index").xpath("//div[contains(@class, 'toctree')]//a")
        assert shown in [link.text_content() for link in links]


def test_a_heading_for_a_source_that_there_is_not(built):
    write_book(built.parent, {"index": "# {source-title}`miller`\n"})
    [warning] = Build(built.parent).warnings
    assert "source-title: no source 'miller'; there are: council, mill, gazette" in warning


def test_only_pages_with_an_edition_load_its_style_and_script(book):
    for name, wanted in (("book/sources/mill", True), ("index", False), ("claims/mill.c001", False)):
        page = book.page(name)
        assert bool(page.xpath("//link[contains(@href, 'edition.css')]")) is wanted
        assert bool(page.xpath("//script[contains(@src, 'edition.js')]")) is wanted

"""The chapters on agreement and on law, as built: light, and each statement a step from its evidence."""

import gzip

import lxml.html
import pytest

LIGHT = 60 * 1024
SILENT = "//table[contains(@class, 'sb-matrix')]//td[.//*[@data-relation='silent']]"


@pytest.fixture(scope="module")
def page(html):
    return lxml.html.parse(str(html / "book" / "agreement.html")).getroot()


def table(page, caption):
    (found,) = page.xpath(f"//table[starts-with(normalize-space(caption), '{caption}')]")
    return found


@pytest.mark.parametrize("name", ["agreement", "legal"])
def test_the_page_is_light(html, name):
    packed = len(gzip.compress((html / "book" / f"{name}.html").read_bytes(), 9, mtime=0))
    assert packed <= LIGHT, f"{packed:,} bytes, packed"


def test_every_silence_leads_to_what_was_looked_for(page):
    cells = page.xpath(SILENT)
    assert cells
    for cell in cells:
        (href,) = cell.xpath(".//a/@href")
        row = page.get_element_by_id(href.removeprefix("#"))
        assert cell.text_content().strip() in row.text_content()


def test_every_answer_in_the_matrix_leads_to_its_claims(page):
    answers = page.xpath("//table[contains(@class, 'sb-matrix')]//td[not(.//*[@data-relation='silent'])]")
    assert answers
    assert [
        cell.text_content() for cell in answers if not cell.xpath(".//a[contains(@href, 'claims/')]")
    ] == []


def test_links_between_sources_lead_to_the_passages_on_both_editions(page):
    rows = table(page, "What joins each two sources").xpath("./tbody/tr")
    shared = [row for row in rows if "shared" in row[1].text_content()]
    assert shared
    for row in rows:
        ends = {href.partition("#")[0] for href in row.xpath(".//a/@href")}
        assert len(ends) == 2, row.text_content()
    for row in shared:
        assert all("#shared-" in href for href in row.xpath(".//a/@href"))


def test_the_numbers_of_the_graph_are_those_of_the_table(page):
    rows = table(page, "What joins each two sources").xpath("./tbody/tr")
    numbered = list(dict.fromkeys(row[0].text_content().strip() for row in rows))
    (graph,) = page.xpath("//figure[contains(figcaption, 'one origin')]/*[contains(@class, 'sb-wide')]")
    drawn = [
        text
        for node in graph.xpath(".//*[local-name()='text']")
        if (text := "".join(node.itertext()).strip()).isdigit()
    ]
    assert numbered == [str(n) for n in range(1, len(numbered) + 1)]
    assert sorted(drawn, key=int) == numbered


def test_both_answers_of_a_contradiction_are_quoted_and_linked(page):
    for row in table(page, "Answers of different sources that exclude each other").xpath("./tbody/tr"):
        one, other = ([q.xpath(".//a/@href") for q in cell.xpath(".//q")] for cell in row[1:3])
        assert one, row.text_content()
        assert other, row.text_content()
        assert all(len(hrefs) == 1 for hrefs in one + other)
        assert row[3].text_content().strip().endswith(".")

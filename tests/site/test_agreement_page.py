"""The chapters on agreement and on law and the matrix, as built: light, and each statement a step from its evidence."""

import gzip

import lxml.html
import pytest

LIGHT = 60 * 1024
SILENT = "//table[contains(@class, 'sb-matrix')]//td[.//*[@data-relation='silent']]"


@pytest.fixture(scope="module")
def page(html):
    return lxml.html.parse(str(html / "book" / "agreement.html")).getroot()


@pytest.fixture(scope="module")
def matrix(html):
    return lxml.html.parse(str(html / "book" / "matrix.html")).getroot()


def table(page, caption):
    (found,) = page.xpath(f"//table[starts-with(normalize-space(caption), '{caption}')]")
    return found


@pytest.mark.parametrize("name", ["agreement", "legal"])
def test_the_page_is_light(html, name):
    packed = len(gzip.compress((html / "book" / f"{name}.html").read_bytes(), 9, mtime=0))
    assert packed <= LIGHT, f"{packed:,} bytes, packed"


def test_every_silence_leads_to_what_was_looked_for(matrix):
    cells = matrix.xpath(SILENT)
    assert cells
    for cell in cells:
        (href,) = cell.xpath(".//a/@href")
        row = matrix.get_element_by_id(href.removeprefix("#"))
        assert cell.text_content().strip() in row.text_content()


def test_every_answer_in_the_matrix_leads_to_its_claims(matrix):
    answers = matrix.xpath("//table[contains(@class, 'sb-matrix')]//td[not(.//*[@data-relation='silent'])]")
    assert answers
    assert [
        cell.text_content() for cell in answers if not cell.xpath(".//a[contains(@href, 'claims/')]")
    ] == []


def test_both_answers_of_a_contradiction_are_quoted_and_linked(page):
    for row in table(page, "Answers of different texts that exclude each other").xpath("./tbody/tr"):
        one, other = ([q.xpath(".//a/@href") for q in cell.xpath(".//q")] for cell in row[1:3])
        assert one, row.text_content()
        assert other, row.text_content()
        assert all(len(hrefs) == 1 for hrefs in one + other)
        assert row[3].text_content().strip().endswith(".")


def test_every_answer_that_the_texts_agree_on_is_quoted_and_linked(page):
    for row in table(page, "The questions on which no text differs").xpath("./tbody/tr"):
        quoted = row[2].xpath(".//q")
        assert len(quoted) > 1, row.text_content()
        assert all(len(q.xpath(".//a/@href")) == 1 for q in quoted)

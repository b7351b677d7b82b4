"""No page of the book breaks a rule of accessibility that axe-core can see, on either paper, narrow or wide."""

import pytest
from accessibility import WINDOWS, audit, claim_sample
from walk import browser, served, toc_pages

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def names(html):
    """Return every page but those of claims, and of these the ones that together hold every kind of element."""
    return [*toc_pages(), "search", "search.html?q=claims", "404", *claim_sample(html)]


def test_the_sample_of_claims_holds_every_kind_of_element_and_few_pages(tmp_path):
    (tmp_path / "claims").mkdir()
    for number in range(60):
        kind = {17: 'class="rare"', 18: 'class="rare"', 40: 'data-relation="agree"'}.get(
            number, 'class="usual"'
        )
        (tmp_path / f"claims/c{number:02}.html").write_text(
            f'<article data-of="c{number}"><a href="x#{number}" data-answers="{{{number}}}" {kind}>'
            f"{'long' * 20 * (number == 33)}</a></article>"
        )
    assert claim_sample(tmp_path) == ["claims/c33", "claims/c17", "claims/c40", "claims/c00"]


@pytest.mark.parametrize("width", WINDOWS)
def test_no_page_breaks_a_rule_of_accessibility(address, names, width):
    with browser() as chromium:
        context = chromium.new_context(viewport={"width": width, "height": 900})
        page = context.new_page()
        problems = [found for name in names for found in audit(page, address, name)]
    assert not problems, f"{len(problems)} found\n" + "\n".join(problems[:40])


def test_the_audit_finds_what_is_wrong_on_either_paper_and_behind_a_fold(tmp_path):
    (tmp_path / "bad.html").write_text(
        '<!DOCTYPE html><html lang="en"><head><title>Bad</title><meta name="color-scheme" content="light dark">'
        "<style>html{color-scheme:light dark;background:light-dark(#fff,#111)}p{color:light-dark(#000,#222)}"
        "h1,summary{color:light-dark(#000,#fff)}</style></head><body><main><h1>Bad</h1>"
        "<p>Too dark on dark paper.</p><details><summary>Fold</summary><img src='x.png'></details></main></body>",
        encoding="utf-8",
    )
    with served(tmp_path) as address, browser() as chromium:
        page = chromium.new_page(viewport={"width": 390, "height": 900})
        found = list(audit(page, address, "bad"))
    assert [problem.split(": ")[1:3] for problem in found] == [
        ["390, light", "image-alt"],
        ["390, dark", "color-contrast"],
    ]

"""Each page in a real browser, on a phone's width and a desk's, in light and in dark."""

import pytest
from walk import SCHEMES, WIDTHS, toc_pages, wait_until

pytestmark = pytest.mark.browser

SIDEWAYS = """() => {
  const wide = [...document.querySelectorAll('.bd-article *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.sb-scroll, pre, table'))
    .slice(0, 3).map(e => e.tagName + '.' + e.className);
  return [document.documentElement.scrollWidth, innerWidth, wide.join(', ')];
}"""

PAPER = "getComputedStyle(document.documentElement).backgroundColor"
PAPERS = {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 30)"}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_fit_stay_at_home_and_raise_no_error(chromium, address, width, scheme):
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    problems = []
    for name in [*toc_pages(), "search"]:
        page = context.new_page()
        page.on(
            "request",
            lambda request, name=name: (
                request.url.startswith((address, "data:", "blob:"))
                or problems.append(f"{name}: asks {request.url}")
            ),
        )
        page.on(
            "console",
            lambda message, name=name: (
                message.type == "error" and problems.append(f"{name}: console: {message.text}")
            ),
        )
        page.on("pageerror", lambda error, name=name: problems.append(f"{name}: script error: {error}"))
        response = page.goto(f"{address}/{name}.html", wait_until="load")
        if not response.ok:
            problems.append(f"{name}: answered {response.status}")
        if page.evaluate(PAPER) != PAPERS[scheme]:
            problems.append(f"{name}: is not shown in the {scheme} scheme")
        reached, inner, wide = page.evaluate(SIDEWAYS)
        if reached > inner:
            problems.append(f"{name}: the page is {reached} px wide in a window of {inner} px ({wide})")
        page.close()
    context.close()
    assert not problems, "\n" + "\n".join(problems)


WAITING = """() => [...document.querySelectorAll('section')]
  .filter(e => getComputedStyle(e).contentVisibility !== 'visible').length"""
LOOKS = """() => [...document.querySelectorAll('.sb-article > section > section')]
  .map(e => getComputedStyle(e).color + getComputedStyle(e).font)"""


def test_a_long_page_on_a_phone_is_whole_once_it_has_loaded(chromium, address):
    context = chromium.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/book/agreement.html", wait_until="load")
    wait_until(page, "!document.documentElement.classList.contains('sb-early')")
    assert page.evaluate(WAITING) == 0
    assert len(set(page.evaluate(LOOKS))) == 1
    page.goto(f"{address}/book/agreement.html#agreement-silence", wait_until="load")
    page.reload()
    assert page.evaluate(WAITING) == 0
    context.close()


def test_the_address_of_a_value_opens_the_fold_of_its_rows(chromium, address):
    page = chromium.new_page()
    page.goto(f"{address}/book/values.html#value-count.claims")
    entry = page.locator('[id="value-count.claims"] + dd details')
    assert entry.count() == 1
    wait_until(page, "e => e.open", entry.element_handle())
    page.close()

"""The book opens from a folder as from a host, tells what each page is about, and answers for pages that are gone."""

import lxml.html
import pytest
from accessibility import OPEN, claim_sample
from walk import browser, served, toc_pages


def pages(html):
    """Yield every page of the book, but those that lead on to another, with its head."""
    for path in sorted(html.rglob("*.html")):
        if "_static" in path.parts:
            continue
        root = lxml.html.parse(str(path)).getroot()
        if not root.xpath("//meta[@http-equiv='refresh']"):
            yield path.relative_to(html).as_posix(), path, root


def meta(root, name):
    return root.xpath(f"string(//meta[@name='{name}' or @property='{name}']/@content)").strip()


def test_every_page_says_what_it_is_and_shows_a_card(html):
    problems = []
    for name, path, root in pages(html):
        description = meta(root, "description")
        if len(description) < 20:
            problems.append(f"{name}: the description is {description!r}")
        if name == "404.html":  # shown at any address, so that it depends on no other file
            continue
        problems += [
            f"{name}: no {wanted}"
            for wanted in ("og:title", "og:description", "og:image", "og:image:alt", "twitter:card")
            if not meta(root, wanted)
        ]
        if "A table with a column for each of" not in meta(root, "og:image:alt"):
            problems.append(f"{name}: the card shows the fact sheet, and its text does not say so")
        card = meta(root, "og:image")
        if "://" not in card and not (path.parent / card).resolve().is_file():
            problems.append(f"{name}: the card {card!r} is not there")
    assert not problems, f"{len(problems)} found\n" + "\n".join(problems[:40])


def test_a_page_that_leads_on_names_its_target_for_eye_and_machine(html):
    found = 0
    for path in sorted(html.rglob("*.html")):
        root = lxml.html.parse(str(path)).getroot()
        for content in root.xpath("//meta[@http-equiv='refresh']/@content"):
            target = content.partition("url=")[2]
            assert (path.parent / target.partition("#")[0]).is_file(), path
            assert root.xpath("//a/@href") == [target], path
            assert meta(root, "description"), path
            found += 1
    assert found >= 1


@pytest.mark.browser
@pytest.mark.parametrize("way", ["host", "folder"])
def test_no_page_asks_another_host(html, way):
    asked, problems = [], []
    with served(html) as host, browser() as chromium:
        address = host if way == "host" else html.as_uri()
        page = chromium.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
        for name in [*toc_pages(), "search", "404", "index", *claim_sample(html)]:
            page.goto(f"{address}/{name}.html", wait_until="load")
            if name == "index":
                page.wait_for_url(f"**/{toc_pages()[0]}.html")
            page.evaluate(OPEN)
    problems += [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    assert not problems, "\n".join(problems[:40])
    assert len(asked) > 30


@pytest.mark.browser
def test_the_page_for_addresses_without_one_leads_on(html):
    with served(html) as address, browser() as chromium:
        page = chromium.new_page()
        page.goto(f"{address}/404.html")
        page.get_by_role("searchbox").fill("timeline")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=timeline")
        page.locator("#sb-results a").first.click()
        assert page.is_visible("h1")
        page.goto(f"{address}/404.html")
        page.get_by_role("link").first.click()
        page.wait_for_url(f"**/{toc_pages()[0]}.html")

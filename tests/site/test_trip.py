"""From a printed number to the passage behind it and back to the number's place, in every chapter that prints one."""

import re

import lxml.html
import pytest
from walk import browser, served, toc_pages

pytestmark = pytest.mark.browser

WAYS = {"mouse": (True, False), "keyboard": (True, True), "mouse, no scripts": (False, False)}
WAYS["keyboard, no scripts"] = (False, True)
LIMIT = 1500
IN_SIGHT = "e => { const box = e.getBoundingClientRect(); return box.top < innerHeight && box.bottom > 0 }"


@pytest.fixture(scope="module")
def rows_of(html):
    """Return the rows that the page of values lists for a place on it."""
    root = lxml.html.parse(str(html / "book/values.html")).getroot()
    terms = root.xpath("//dt[starts-with(@id, 'value-')]")
    listed = {
        term.get("id"): [
            h.partition("#")[2] for h in term.getnext().xpath(".//a[contains(@class, 'sb-row')]/@href")
        ]
        for term in terms
    }
    assert any(listed.values())
    return listed


def behind(address, rows_of):
    """Return the rows behind a number, by where its link leads."""
    place = address.partition("#")[2]
    return rows_of.get(place, []) if place.startswith("value-") else [place]


def numbers(html, name, rows_of):
    """Return the first number of a chapter that leads to one passage, and the first that leads to a list of rows.

    Rows are coded; a sentence that is counted has no mark and no note of its own.
    """
    found = {}
    for link in lxml.html.parse(str(html / f"{name}.html")).getroot().xpath("//article//a[@id]"):
        rows = [row for row in behind(link.get("href"), rows_of) if not re.fullmatch(r".+\.s\d+", row)]
        if "sb-value" in link.get("class", "") and rows and not link.xpath("ancestor::details"):
            found.setdefault("values.html" in link.get("href"), (link.get("id"), rows[0]))
    return found


class Reader:
    """Somebody who follows links by one way alone."""

    def __init__(self, page, *, keys):
        self.page, self.keys = page, keys

    def use(self, selector):
        if self.keys:
            for _ in range(LIMIT):
                self.page.keyboard.press("Tab")
                if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                    break
            else:
                raise AssertionError(f"{self.page.url}: the tab key never comes to {selector}")
            self.page.keyboard.press("Enter")
        else:
            self.page.locator(selector).first.click()

    def follow(self, selector, address, *, inside=""):
        fold = f"{inside} details:not([open]):has({selector}) > summary"
        if inside and self.page.locator(fold).count():
            self.use(fold)
        self.use(f"{inside} {selector}")
        self.page.wait_for_url(address)


def trip(reader, address, name, place, row, *, scripts, listed, kept):
    """Follow a number to its passage, to the note on it, and back to where the chapter prints what rests on it."""
    page = reader.page
    page.goto(f"{address}/{name}.html")
    start = f'[id="{place}"]'
    if listed:
        reader.follow(start, "**/book/values.html#value-*")
        entry = f'[id="{page.url.partition("#")[2]}"] + dd'
        reader.follow(f'a[href$="#{row}"]', f"**/book/sources/*#{row}", inside=entry)
    else:
        reader.follow(start, f"**/book/sources/*#{row}")
    assert page.locator(f'mark[id="{row}"]').first.evaluate(IN_SIGHT), (
        f"{page.url}: the passage is not in sight"
    )
    link = f'mark[id="{row}"] a[href^="#note-"]'
    note = f"note-{row}"
    if scripts:
        reader.follow(link, f"**/book/sources/*#{row}")
        box = ".sb-popover li:first-child"
    else:
        inner = page.locator(link).first.get_attribute("href").removeprefix("#")
        reader.follow(link, f"**/book/sources/*#{inner}")
        if inner != note:  # the words carry another coding inside this one, whose note names this one
            reader.follow(f'[id="{inner}"] a[href="#{note}"]', f"**/book/sources/*#{note}")
        box = f'[id="{note}"]'
    chapter = name.removeprefix("book/")
    reader.follow(f'{box} a[href*="/{chapter}.html#use-"]', f"**/{name}.html#use-*")
    end = f'[id="{page.url.partition("#")[2]}"]'
    assert page.locator(end).evaluate(IN_SIGHT), f"{page.url}: the number is not in sight"
    assert kept(page.locator(end).get_attribute("href")), f"{page.url}: another number"


@pytest.mark.parametrize("way", WAYS)
def test_a_number_leads_to_its_passage_and_back(html, rows_of, way):
    scripts, keys = WAYS[way]
    problems, done = [], 0
    with served(html) as address, browser() as chromium:
        context = chromium.new_context(java_script_enabled=scripts, viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.set_default_timeout(6000)
        reader = Reader(page, keys=keys)
        chapters = [name for name in toc_pages() if numbers(html, name, rows_of)]
        for name in chapters if scripts != keys else chapters[:3]:  # mixed ways on some chapters
            for listed, (place, row) in numbers(html, name, rows_of).items():

                def kept(href, row=row):
                    return row in behind(href, rows_of)

                try:
                    trip(reader, address, name, place, row, scripts=scripts, listed=listed, kept=kept)
                    done += 1
                except Exception as error:  # all the broken ways together
                    problems.append(f"{name}#{place} to {row}: {str(error).splitlines()[0]}")
    assert not problems, f"{len(problems)} of {done + len(problems)}\n" + "\n".join(problems)
    assert done >= 4

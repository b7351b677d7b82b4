"""The editions in a browser: with and without scripts, by mouse and by keyboard, wide and narrow, light and dark."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe
from small import build
from walk import SCHEMES, served

pytestmark = pytest.mark.browser

DATE = "mark#council\\.c003"
NOTE = "#note-council\\.c003"
COLOUR = "e => getComputedStyle(e).textDecorationColor"
NOTHING = "rgba(0, 0, 0, 0)"
ALL = """() => {
  document.querySelectorAll('.sb-legend input').forEach(b => { if (!b.checked) b.click() });
  document.querySelectorAll('.sb-edition details').forEach(d => { d.open = true });
}"""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return build(tmp_path_factory.mktemp("editions"), theme="sourcebook")


@pytest.fixture(scope="module")
def address(small):
    with served(small) as address:
        yield f"{address}/book/sources"


@pytest.fixture
def opened(chromium, request):
    contexts = []

    def open_page(*, width=1280, **options):
        contexts.append(chromium.new_context(viewport={"width": width, "height": 800}, **options))
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_box_switches_the_marks_and_the_notes_of_its_category(opened, address, scripts):
    page = opened(java_script_enabled=scripts)
    page.goto(f"{address}/council.html")
    date, term = page.locator(DATE), page.locator("mark#council\\.t001")
    assert date.evaluate(COLOUR) != NOTHING
    assert page.locator(NOTE).is_visible()
    assert term.evaluate(COLOUR) == NOTHING
    assert not page.locator("#note-council\\.t001").is_visible()
    page.get_by_label("dates").uncheck()
    page.get_by_label("terms of art").focus()
    page.keyboard.press("Space")
    assert date.evaluate(COLOUR) == NOTHING
    assert not page.locator(NOTE).is_visible()
    assert term.evaluate(COLOUR) != NOTHING
    assert page.locator("#note-council\\.t001").is_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("keys", [True, False])
def test_without_scripts_a_mark_leads_to_its_note_to_the_other_source_and_back(opened, address, width, keys):
    page = opened(width=width, java_script_enabled=False)

    def follow(selector):
        link = page.locator(selector).first
        if keys:
            link.focus()
            page.keyboard.press("Enter")
        else:
            link.click()

    page.goto(f"{address}/council.html")
    follow(f"{DATE} a")
    page.wait_for_url("**/council.html#note-council.c003")
    assert page.locator(f"{NOTE} details li").first.is_visible()
    follow(f"{NOTE} details a")
    page.wait_for_url("**/mill.html#mill.c001")
    assert page.locator("mark#mill\\.c001").is_visible()
    follow("mark#mill\\.c001 a")
    page.wait_for_url("**/mill.html#note-mill.c001")
    follow("#note-mill\\.c001 details a")
    page.wait_for_url("**/council.html#council.c003")
    follow(f"{DATE} a")
    page.wait_for_url("**/council.html#note-council.c003")
    follow(f"{NOTE} > .sb-back")
    page.wait_for_url("**/council.html#council.c003")


def test_a_note_of_a_category_that_is_off_shows_when_the_address_names_it(opened, address):
    page = opened(width=390, java_script_enabled=False)
    page.goto(f"{address}/council.html")
    page.locator("mark#council\\.c001 a").click()
    assert page.locator("#note-council\\.c001").is_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("keys", [True, False])
def test_with_scripts_the_note_opens_at_the_mark_and_gives_the_place_back(opened, address, width, keys):
    page = opened(width=width)
    page.goto(f"{address}/council.html")
    link, box = page.locator(f"{DATE} a"), page.locator(".sb-popover")
    focused = "e => e === document.activeElement"
    for leave in ("Escape", "Close"):
        if keys:
            link.focus()
            page.keyboard.press("Enter")
        else:
            link.click()
        assert box.is_visible()
        assert box.evaluate(focused)
        assert "4 March 2021" in box.inner_text()
        if leave == "Escape":
            page.keyboard.press("Escape")
        else:
            box.get_by_role("button", name="Close").click()
        assert not box.is_visible()
        assert link.evaluate(focused)
    assert page.url.endswith("/council.html")
    link.click()
    for _ in range(4):
        page.keyboard.press("Tab")
    assert box.evaluate("e => e.contains(document.activeElement)")
    box.locator("details a").first.click()
    page.wait_for_url("**/mill.html#mill.c001")
    page.go_back()
    page.wait_for_url("**/council.html")


def test_the_script_keeps_the_choice_and_stops_at_marks_that_show(opened, address):
    page = opened()
    page.goto(f"{address}/council.html")
    assert page.locator("mark#council\\.t001 a").get_attribute("tabindex") == "-1"
    page.get_by_label("terms of art").check()
    assert page.locator("mark#council\\.t001 a").get_attribute("tabindex") == "0"
    page.goto(f"{address}/mill.html")
    assert page.get_by_label("terms of art").is_checked()
    assert page.locator("mark#mill\\.t001").evaluate(COLOUR) != NOTHING


@pytest.mark.parametrize("scripts", [True, False])
def test_shared_passages_lead_to_each_other_and_stand_side_by_side(opened, address, scripts):
    page = opened(java_script_enabled=scripts)
    page.goto(f"{address}/council.html")
    assert not page.locator("#with-shared-1 blockquote").first.is_visible()
    page.locator("#shared-1 .sb-sign").click()
    here, there = page.locator("#with-shared-1 blockquote").all()
    assert here.bounding_box()["x"] < there.bounding_box()["x"]
    assert here.bounding_box()["y"] == there.bounding_box()["y"]
    there.locator("a").click()
    assert page.url.endswith("/mill.html#shared-1")
    assert page.locator("#shared-1").is_visible()


def test_notes_stand_beside_the_text_where_there_is_room_and_after_it_elsewhere(opened, address):
    for width in (1200, 1280, 1900, 390, 320):
        page = opened(width=width, java_script_enabled=False)
        page.goto(f"{address}/council.html")
        text = page.locator("#council\\.s002").bounding_box()
        notes = page.locator(".sb-notes").nth(2)
        if width >= 1200:
            note = page.locator(NOTE).bounding_box()
            assert note["x"] >= text["x"] + text["width"]
            assert abs(page.locator(".sb-notes ol").nth(2).bounding_box()["y"] - text["y"]) < 60
            assert not notes.locator("> summary").is_visible()
        else:
            assert notes.locator("> summary").bounding_box()["y"] > text["y"] + text["height"]
            assert not page.locator(NOTE).is_visible()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_never_scrolls_sideways(opened, address, width):
    page = opened(width=width)
    for source in ("council", "mill", "gazette"):
        page.goto(f"{address}/{source}.html")
        page.evaluate(ALL)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, source
        page.locator("mark a[href^='#note-']").first.click()
        right = page.locator(".sb-popover").evaluate("e => e.getBoundingClientRect().right")
        assert right <= width


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [390, 1280])
def test_no_violation_of_accessibility(opened, address, width, scheme):
    page = opened(width=width, color_scheme=scheme)
    for source in ("council", "mill"):
        page.goto(f"{address}/{source}.html")
        found = [Axe().run(page)]
        page.evaluate(ALL)
        found.append(Axe().run(page))
        page.locator("mark a[href^='#note-']").first.click()
        found.append(Axe().run(page))
        for result in found:
            assert result.violations_count == 0, result.generate_report()


def test_hostile_text_stays_text_in_what_the_script_opens(opened, address):
    page = opened()
    page.add_init_script("window.ran = []; window.hacked = what => window.ran.push(what);")
    for source in ("council", "mill", "gazette"):
        page.goto(f"{address}/{source}.html")
        page.evaluate(ALL)
        for link in page.locator("mark a[href^='#note-']").all():
            link.dispatch_event("click")
            assert page.locator(".sb-popover").is_visible()
        assert page.evaluate("window.ran.length + document.querySelectorAll('img[src=x]').length") == 0
        assert page.is_visible("h1")


def test_it_works_from_a_file(opened, small):
    page = opened()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((small / "book/sources/council.html").as_uri())
    page.get_by_label("terms of art").check()
    page.locator(f"{DATE} a").click()
    page.locator(".sb-popover details a").first.click()
    assert page.url.endswith("mill.html#mill.c001")
    assert not errors


def test_only_editions_load_their_style_and_script(small):
    for page in small.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert ("edition.css" in text) == ("edition.js" in text) == ('class="sb-edition"' in text), page


def test_the_printed_page_has_the_notes_and_the_targets_of_links(opened, address):
    page = opened()
    page.goto(f"{address}/council.html")
    page.emulate_media(media="print")
    assert page.locator(f"{NOTE} details a").first.is_visible()
    assert not page.locator(".sb-legend").is_visible()
    target = page.locator(f"{NOTE} details a").first.evaluate("e => getComputedStyle(e, '::after').content")
    assert target == '" [" attr(href) "]"' or "mill.html#mill.c001" in target


def test_the_weight_of_the_editions_of_the_book(html):
    heavy = {}
    for page in sorted(html.glob("book/sources/*.html")):
        weight = len(gzip.compress(page.read_bytes(), 9))
        assert 'class="sb-edition"' in page.read_text(encoding="utf-8")
        if weight > 60_000:
            heavy[page.name] = weight
    assert not heavy

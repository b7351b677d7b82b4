"""Every page in a narrow window and enlarged, by keyboard, and without motion that nobody asked for."""

import re

import pytest
from accessibility import OPEN, claim_sample
from walk import SCHEMES, toc_pages

pytestmark = pytest.mark.browser

#: A small phone; and a desk's window of 1280 px at 200 %, which leaves 640 px of which each is two wide.
NARROW = {"320 px": (320, 1), "200 %": (640, 2)}

WIDE = """() => {
  const out = [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".sb-scroll, .sb-hidden, .sb-skip"))
    .slice(0, 3).map(e => `${e.tagName}.${e.getAttribute("class")}: ${e.textContent.trim().slice(0, 30)}`);
  return [document.documentElement.scrollWidth, innerWidth, out.join("; ")];
}"""
# Of each kind of control one, with what shows that it has the focus: an outline of two pixels or more.
UNSEEN = """() => {
  const kinds = new Map();
  const controls = "a[href], button, input, select, summary, [tabindex]:not([tabindex='-1'])";
  for (const e of document.querySelectorAll(controls)) {
    const key = [e, e.parentElement].map(x => x.tagName + "." + x.getAttribute("class")).join(" in ");
    if (e.checkVisibility() && e.tabIndex >= 0 && !e.disabled && !kinds.has(key)) kinds.set(key, e);
  }
  const unseen = [];
  for (const [key, e] of kinds) {
    e.focus();
    const style = getComputedStyle(e);
    if (document.activeElement !== e) unseen.push(`${key}: takes no focus`);
    else if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) unseen.push(`${key}: no outline`);
    else if (style.outlineColor === getComputedStyle(document.documentElement).backgroundColor)
      unseen.push(`${key}: an outline in the colour of the paper`);
  }
  return [kinds.size, unseen];
}"""
MOTION = re.compile(r"\b(?:animation|transition)(?:-[a-z]+)?\s*:|scroll-behavior\s*:\s*smooth|@keyframes")
MOVING_SCRIPT = re.compile(r"""behavior\s*:\s*["']smooth|\.animate\(|requestAnimationFrame""")
ALLOWED = re.compile(r"@media[^{]*prefers-reduced-motion:\s*no-preference[^{]*\{(?:[^{}]|\{[^{}]*\})*\}")


@pytest.fixture(scope="module")
def names(html):
    return [*toc_pages(), "search", "404", *claim_sample(html)]


@pytest.mark.parametrize("window", NARROW)
def test_no_page_scrolls_sideways(chromium, address, names, window):
    width, scale = NARROW[window]
    context = chromium.new_context(viewport={"width": width, "height": 600}, device_scale_factor=scale)
    page, problems = context.new_page(), []
    for name in names:
        page.goto(f"{address}/{name}.html")
        for state in ("as it opens", "with every fold opened"):
            reached, inner, wide = page.evaluate(WIDE)
            if reached > inner:
                problems.append(f"{name}, {state}: {reached} px wide in a window of {inner} px ({wide})")
            page.evaluate(OPEN)
    context.close()
    assert not problems, "\n" + "\n".join(problems)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_focus_shows_on_every_kind_of_control(chromium, address, names, scheme):
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page, problems, seen = context.new_page(), [], 0
    for name in names:
        page.goto(f"{address}/{name}.html")
        page.evaluate(OPEN)
        page.keyboard.press("Tab")
        kinds, unseen = page.evaluate(UNSEEN)
        seen += kinds
        problems += [f"{name}: {what}" for what in unseen]
    context.close()
    assert not problems, "\n" + "\n".join(problems[:40])
    assert seen > 5 * len(names)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_first_stop_leads_past_the_head(chromium, address, names, scripts):
    context = chromium.new_context(java_script_enabled=scripts)
    page, problems = context.new_page(), []
    for name in names:
        if name == "404":  # has no head
            continue
        page.goto(f"{address}/{name}.html")
        page.keyboard.press("Tab")
        first = page.locator(":focus")
        box = first.bounding_box()
        if first.get_attribute("href") != "#content" or box["x"] < 0 or box["y"] < 0:
            problems.append(f"{name}: the first stop is not the link past the head, in sight")
            continue
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        if not page.evaluate("document.activeElement.closest('main')"):
            problems.append(f"{name}: after the link past the head the next stop is not in the text")
    context.close()
    assert not problems, "\n" + "\n".join(problems)


def test_nothing_moves_unless_the_system_of_the_reader_allows_it(html):
    moving = []
    ours = ("sourcebook", "edition", "explore", "zoom", "search", "words")  # the pages load no other
    for path in sorted([*(html / f"_static/{name}.css" for name in ours), html / "404.html"]):
        if not path.exists():
            continue
        text = ALLOWED.sub("", path.read_text(encoding="utf-8"))
        moving += [f"{path.name}: {found[0]}" for found in MOTION.finditer(text)]
    for path in (html / f"_static/{name}.js" for name in ours):
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        if "(prefers-reduced-motion: no-preference)" not in text:
            moving += [f"{path.name}: {found[0]}" for found in MOVING_SCRIPT.finditer(text)]
    assert not moving

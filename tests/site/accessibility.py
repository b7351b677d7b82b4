"""The rules of axe-core, run over pages in one tab: what the test and a report on all pages have in common."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import axe_playwright_python

#: The windows, in CSS pixels, and the paper on which every rule is run there; on the other one those on colours.
WINDOWS = {390: ("light", "dark"), 1280: ("dark", "light")}

OPEN = """() => {
  document.querySelectorAll("details:not([open])").forEach(fold => { fold.open = true });
  document.querySelectorAll(".sb-legend input:not(:checked)").forEach(box => box.click());
}"""
RUN = """async rules => {
  const found = await axe.run(document, {resultTypes: ["violations"], ...rules});
  return found.violations.map(rule => [rule.id, rule.nodes.length, rule.nodes[0].target.join(" "), rule.help]);
}"""
# Of the texts that have the same elements and classes around them, and the same colour, the first stands for all:
# axe needs half a minute for the contrast of every word of a long page.
COLOURS = """async () => {
  const kinds = new Map();
  for (const e of document.body.querySelectorAll("*")) {
    if (![...e.childNodes].some(child => child.nodeType === 3 && child.data.trim()) || !e.checkVisibility()) continue;
    let key = getComputedStyle(e).color;
    for (let up = e; up !== document.body; up = up.parentElement)
      key += " " + up.tagName + "." + up.getAttribute("class") + "." + (up.dataset.category || up.dataset.state || "");
    if (!kinds.has(key)) kinds.set(key, e);
  }
  const found = await axe.run({include: [...kinds.values()]}, {
    resultTypes: ["violations"], runOnly: {type: "rule", values: ["color-contrast", "link-in-text-block"]}});
  return found.violations.map(rule => [rule.id, rule.nodes.length, rule.nodes[0].target.join(" "), rule.help]);
}"""
ATTRIBUTE = re.compile(r' ([a-z][a-z0-9-]*)="([^"]*)"')
STRUCTURE = {"rules": {"color-contrast": {"enabled": False}, "link-in-text-block": {"enabled": False}}}


@cache
def _axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def audit(page: object, address: str, name: str) -> Iterator[str]:
    """Yield what axe-core finds on a page with every fold opened and every category of an edition shown.

    The rules are those that axe-core runs when it is not told which: WCAG 2.0 to 2.2, A and AA, and good practice.
    """
    width = page.viewport_size["width"]
    page.goto(f"{address}/{name if '.html' in name else f'{name}.html'}")
    page.evaluate(OPEN)
    page.evaluate(_axe())
    first, second = WINDOWS[width]
    for paper in (first, second):
        page.emulate_media(color_scheme=paper)
        found = page.evaluate(COLOURS)
        if paper == first:
            found += page.evaluate(RUN, STRUCTURE)
        for rule, count, where, what in found:
            yield f"{name}: {width}, {paper}: {rule}: {count} x, first {where} ({what})"


def claim_sample(html: Path) -> list[str]:
    """Choose pages of claims that together hold every kind of element that any of them holds.

    A kind is an element with its attributes, but for those that name the claim, which have more values than a tenth of
    the pages. The page that brings most that is new is taken first, the alphabet deciding between equals; the longest
    page and every sixtieth come with them.
    """
    tags = {}
    for path in sorted(html.glob("claims/*.html")):
        text = path.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
        tags[path] = set(re.findall(r"<[a-z][^>]*>", text))
    if not tags:
        return []
    values: dict[str, set[str]] = {}
    for name, value in ATTRIBUTE.findall("".join(set().union(*tags.values()))):
        values.setdefault(name, set()).add(value)
    naming = [name for name in values if name != "class" and len(values[name]) > max(10, len(tags) // 10)]
    dropped = re.compile(rf' (?:{"|".join(map(re.escape, ["id", *naming]))})="[^"]*"')
    kinds = {path: frozenset(dropped.sub("", tag) for tag in found) for path, found in tags.items()}
    chosen = [max(kinds, key=lambda path: path.stat().st_size)]
    missing = frozenset().union(*kinds.values()) - kinds[chosen[0]]
    while missing:
        chosen.append(max(kinds, key=lambda path: len(kinds[path] & missing)))
        missing -= kinds[chosen[-1]]
    chosen += [path for path in list(kinds)[::60] if path not in chosen]
    return [path.relative_to(html).with_suffix("").as_posix() for path in chosen]

"""The rendered pages as files: complete, self-contained, linked, labelled, and the same in every build."""

import hashlib
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import lxml.html
import pytest
from walk import toc_pages

PAGES = toc_pages()
LOADING_LINKS = {
    "stylesheet",
    "icon",
    "shortcut",
    "preload",
    "modulepreload",
    "manifest",
    "prefetch",
    "preconnect",
}
LOADED = {"img": "src", "script": "src", "source": "src", "iframe": "src", "embed": "src", "object": "data"}
STYLE_URL = re.compile(r"""(?:url\(\s*|@import\s+)['"]?([^'")\s;]+)""")
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LEAK = re.compile(r"\{[a-z][a-z0-9:-]*\}`|^\s*`{3,}|^:::|\(\S+\)=$|\{\{.*?\}\}", re.MULTILINE)
PATH_LIKE = re.compile(r"^\S*(/\S*|\.(png|svg|jpe?g|gif|webp))$", re.IGNORECASE)


@cache
def parsed(path: Path) -> lxml.html.HtmlElement:
    return lxml.html.parse(str(path)).getroot()


@cache
def anchors(path: Path) -> frozenset[str]:
    root = parsed(path)
    return frozenset([*root.xpath("//@id"), *root.xpath("//a/@name")])


def pages(html: Path) -> list[Path]:
    return sorted(path for path in html.rglob("*.html") if "_static" not in path.relative_to(html).parts)


def articles(html: Path):
    for name in PAGES:
        (article,) = parsed(html / f"{name}.html").xpath("//article[contains(@class, 'bd-article')]")
        yield name, article


def is_elsewhere(address: str) -> bool:
    return bool(urlsplit(address).netloc) and not address.startswith("data:")


def report(problems: list[str]) -> None:
    assert not problems, f"{len(problems)} found\n" + "\n".join(problems[:40])


def test_a_page_for_every_entry_of_the_toc(html):
    report([f"{name}.html is missing" for name in PAGES if not (html / f"{name}.html").is_file()])


def test_the_first_page_is_reached_from_the_root(html):
    text = (html / "index.html").read_text(encoding="utf-8")
    assert f"{PAGES[0]}.html" in text


def loaded_addresses(root: lxml.html.HtmlElement):
    for tag, attribute in LOADED.items():
        yield from root.xpath(f"//{tag}/@{attribute}")
    for image_set in root.xpath("//@srcset"):
        yield from (part.split()[0] for part in image_set.split(",") if part.strip())
    for link in root.xpath("//link[@href]"):
        if LOADING_LINKS.intersection((link.get("rel") or "").split()):
            yield link.get("href")
    for style in [*root.xpath("//style/text()"), *root.xpath("//@style")]:
        yield from STYLE_URL.findall(CSS_COMMENT.sub("", style))
    yield from root.xpath("//*[local-name()='use' or local-name()='image']/@*[local-name()='href']")


def test_no_page_loads_anything_from_elsewhere(html):
    found = [
        f"{path.relative_to(html)}: {address}"
        for path in pages(html)
        for address in loaded_addresses(parsed(path))
        if is_elsewhere(address)
    ]
    found += [
        f"{path.relative_to(html)}: {address}"
        for path in sorted(html.rglob("*.css"))
        for address in STYLE_URL.findall(CSS_COMMENT.sub("", path.read_text(encoding="utf-8")))
        if is_elsewhere(address)
    ]
    report(found)


def test_every_internal_link_and_fragment_leads_somewhere(html):
    problems = []
    for path in pages(html):
        root = parsed(path)
        for address in [*root.xpath("//a/@href"), *root.xpath("//link/@href"), *loaded_addresses(root)]:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            file, fragment = urldefrag(address)
            file = unquote(urlsplit(file).path)
            target = (path.parent / file).resolve() if file else path
            target = target / "index.html" if target.is_dir() else target
            where = f"{path.relative_to(html)}: {address}"
            if not target.is_file():
                problems.append(f"{where}: no such file")
            elif fragment and target.suffix == ".html" and unquote(fragment) not in anchors(target):
                problems.append(f"{where}: no such place in {target.name}")
    report(problems)


def test_every_picture_says_what_it_shows(html):
    problems = []
    for name, article in articles(html):
        for image in article.iter("img"):
            alternative = (image.get("alt") or "").strip()
            if not alternative or PATH_LIKE.match(alternative):
                problems.append(f"{name}: img {image.get('src')} has the alt text {alternative!r}")
        for drawing in article.xpath(".//*[local-name()='svg'][not(@aria-hidden='true')]"):
            named = drawing.get("aria-label") or drawing.xpath("./*[local-name()='title']/text()")
            labelled = drawing.get("aria-labelledby", "").split()
            if drawing.get("role") != "img":
                problems.append(f"{name}: svg at line {drawing.sourceline} lacks role=img")
            if not named and not labelled:
                problems.append(f"{name}: svg at line {drawing.sourceline} has no title and no aria-label")
            problems += [
                f"{name}: svg at line {drawing.sourceline} is labelled by #{place}, which is not there"
                for place in labelled
                if not article.xpath(".//*[@id=$place]", place=place)
            ]
    report(problems)


def test_every_table_has_a_caption_and_header_cells(html):
    problems = []
    for name, article in articles(html):
        # autosummary's lists of functions and pygments' line numbers are tables by mark-up only
        tables = article.xpath(
            ".//table[not(contains(@class, 'autosummary') or contains(@class, 'highlighttable'))]"
        )
        for table in tables:
            where = f"{name}: table at line {table.sourceline}"
            if not "".join(table.xpath("./caption//text()")).strip():
                problems.append(f"{where} has no caption")
            if not table.xpath(".//th"):
                problems.append(f"{where} has no header cells")
    report(problems)


def test_no_source_and_no_traceback_shows(html):
    problems = []
    for name, article in articles(html):
        shown = article.xpath(".//text()[not(ancestor::*[contains(@class, 'doctest')])]")  # examples may fail
        if "Traceback (most recent call last)" in "".join(shown):
            problems.append(f"{name}: a traceback")
        prose = article.xpath(
            ".//text()[not(ancestor::pre or ancestor::code or ancestor::script or ancestor::style)]"
        )
        problems += [f"{name}: {leak!r}" for text in prose for leak in LEAK.findall(text)]
    report(problems)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_names_its_language_and_itself(html, name):
    root = parsed(html / f"{name}.html")
    assert root.get("lang") == "en"
    assert root.findtext(".//title").strip()
    (article,) = root.xpath("//article[contains(@class, 'bd-article')]")
    assert len(article.xpath(".//h1")) == 1


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_second_build_elsewhere_gives_the_same_bytes(html, html_again):
    one, two = digests(html), digests(html_again)
    assert sorted(one) == sorted(two)
    report(
        [
            f"{name} differs: compare {html / name} and {html_again / name}"
            for name in one
            if one[name] != two[name]
        ]
    )

"""What a person writes into the declaration of tables is inert on the pages that print it, or is refused."""

import json
import re

import prices
import pytest
from bridge import make_corpus
from every_field import PAYLOADS, marked
from lxml import html
from markdown_it import MarkdownIt
from small_books import CONF, Build, write_book

from sourcebook.core.errors import DataError
from sourcebook.core.schemas import DECLARATIONS, read_schemas
from sourcebook.pipeline import build, datapackage, store

FOREIGN = {
    *("iframe", "object", "embed", "base", "frame", "frameset", "marquee", "plaintext", "xmp", "dialog"),
    *("audio", "video", "template", "math", "svg"),
}
ADDRESS = re.compile(r"(?i)(javascript|vbscript|data):")
PARTS = ("title", "description", "column", "unit", "label", "definition")


def text(payload):
    return json.dumps(payload, ensure_ascii=False)  # a basic string of TOML


def declared(number, parts):
    """Return the declaration of a table with these texts, what is not given being plain."""
    said = {part: text(parts.get(part, "Plain")) for part in PARTS}
    return f"""
[tables.t{number:03d}]
title = {said["title"]}
description = {said["description"]}
path = "reference/t{number:03d}.csv"
key = "row_id"
[tables.t{number:03d}.columns]
row_id = {{ type = "id", description = {said["column"]} }}
amount = {{ type = "number", description = "How much.", unit = {said["unit"]} }}
kind = {{ description = "Which.", one_of = {{ {said["label"]} = {said["definition"]} }} }}
"""


def is_read(folder, declaration):
    (folder / DECLARATIONS).write_text(declaration, encoding="utf-8")
    try:
        read_schemas(folder)
    except DataError as error:
        assert {(problem.file, problem.line > 0) for problem in error.problems} == {(DECLARATIONS, True)}
        return False
    return True


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Return the build of a book with a declared table for each payload in each part that takes it, and how many."""
    root = tmp_path_factory.mktemp("declared")
    folder = make_corpus(root / "data", texts=prices.TEXTS, rows=prices.ROWS, declaration=prices.DECLARATION)
    tables, taken = [prices.DECLARATION], dict.fromkeys(PARTS, 0)
    for number, payload in enumerate(PAYLOADS):
        hostile = marked(number, payload)
        parts = {part: hostile for part in PARTS if is_read(folder, declared(number, {part: hostile}))}
        taken |= {part: taken[part] + 1 for part in parts}
        tables.append(declared(number, parts))
        label = parts.get("label", "Plain").replace('"', '""')
        (folder / f"reference/t{number:03d}.csv").write_text(
            f'row_id,amount,kind\na,1,"{label}"\n', encoding="utf-8"
        )
    (folder / DECLARATIONS).write_text("".join(tables), encoding="utf-8")
    store.write(build.build(folder))
    datapackage.write(folder)
    pages = {
        "index": "# Start\n",
        "tables": "# Tables\n\n```{tables} coded\n```\n\n```{tables} reference\n```\n",
    }
    write_book(root, pages, CONF)
    return Build(root), taken, folder


def test_texts_of_a_declaration_are_read_or_refused_with_their_line(book):
    _, taken, _ = book
    assert all(0 < count <= len(PAYLOADS) for count in taken.values()), taken
    assert taken["title"] < len(PAYLOADS)  # mark-up is no title


def test_texts_of_a_declaration_are_inert_on_pages(book):
    page = book[0].page("tables")
    for element in page.iter():
        assert element.tag not in FOREIGN, element.attrib
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), (element.tag, name, value)
            assert name not in ("href", "src", "action") or not ADDRESS.match(
                re.sub(r"[\x00-\x20]", "", value)
            ), value
    assert not [e.text for e in page.iter("script") if not e.get("src") and "Z" in (e.text or "")]
    assert not page.xpath("//main//img | //body//img[contains(@src, 'x')]")


def test_the_data_dictionary_has_no_live_markup(book):
    """What is code is shown; of what a person wrote as Markdown or HTML nothing else is read as such."""
    said = (book[2] / "README.md").read_text(encoding="utf-8")
    for rules in ("commonmark", "gfm-like"):
        reader = MarkdownIt(rules, {"linkify": False, "html": True})
        reader.validateLink = lambda address: True  # the strictest readers refuse some addresses, not all do
        page = html.fromstring(reader.render(said))
        read = {element.tag for element in page.iter()} - {"table", "thead", "tbody", "tr", "th", "td"}
        assert read <= {"div", "h1", "h2", "h3", "p", "code", "em", "strong", "s"}
        assert not [
            (element.tag, element.attrib) for element in page.iter() if set(element.attrib) - {"style"}
        ]


@pytest.mark.parametrize(
    "said",
    [
        "[x](javascript:hacked())",
        "[x](<javascript:hacked()>)",
        "![x](https://elsewhere.example/x.png)",
        "\\[x](javascript:hacked())",
        "\\\\[x](javascript:hacked())",
        "\\`[x](javascript:hacked())`",
        "``<script>`",
        "` <script>hacked()</script>",
        "a `code` <b>x</b> `",
        "x\n\n<script>hacked()</script>",
        "x\n\n[x]: javascript:hacked()\n\n[x]",
        "x | [y](javascript:hacked()) | z",
    ],
)
@pytest.mark.parametrize("rules", ["commonmark", "gfm-like"])
def test_a_row_of_the_data_dictionary_is_text_and_code(said, rules):
    reader = MarkdownIt(rules, {"linkify": False, "html": True})
    reader.validateLink = lambda address: True
    rows = [datapackage._row(said, datapackage._code(said), f"`{said}", "`x`")]
    page = html.fromstring(reader.render("\n".join(["| a | b | c | d |", "|---|---|---|---|", *rows])))
    assert not list(page.iter("a", "img", "script", "b"))
    assert "x" in [element.text_content() for element in page.iter("code")]

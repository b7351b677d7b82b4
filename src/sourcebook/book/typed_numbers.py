"""Find the typed numbers of the chapters of a book without building it, by the check of the strict build.

Pages are read as MyST without Sphinx: what a role or a directive of the book puts out is not known then, and is passed
over. So the build can find more, in directives that are passed over here; what is found here, it finds too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml  # type: ignore[import-untyped]
from docutils import nodes
from docutils.core import publish_doctree
from myst_parser.parsers.docutils_ import Parser
from sphinx.util.matching import Matcher
from sphinx_external_toc.parsing import MalformedError, parse_toc_yaml

from sourcebook.book.number_lint import bare_numbers, blocks, number_words
from sourcebook.core.errors import Problem
from sourcebook.parsing.law import instrument_spans

if TYPE_CHECKING:
    from sourcebook.pipeline.dataset import Dataset

__all__ = ["typed_numbers"]

_SETTING = "sourcebook_bare_numbers"
_QUIET = {"report_level": 5, "halt_level": 5, "warning_stream": "", "doctitle_xform": False}
#: Nothing is read but the page itself.
_ALONE = {"file_insertion_enabled": False, "raw_enabled": False}


def typed_numbers(book: Path, data: Dataset) -> list[Problem]:
    """Return the numbers that somebody typed in the chapters of a book, each with its file and line.

    Parameters
    ----------
    book : Path
        The folder with ``_config.yml`` and ``_toc.yml``.
    data : sourcebook.pipeline.dataset.Dataset
        The data of the book, whose sources and instruments have names with numbers.

    Returns
    -------
    list of Problem
        Empty as well for a folder that is no book of sourcebook.
    """
    try:
        settings = yaml.safe_load((book / "_config.yml").read_text(encoding="utf-8")) or {}
        pages = _pages(book, parse_toc_yaml(book / "_toc.yml"))
    except (OSError, ValueError, yaml.YAMLError, MalformedError):
        return []
    sphinx = settings.get("sphinx") or {}
    config = sphinx.get("config") or {}
    extensions = [*(config.get("extensions") or []), *(sphinx.get("extra_extensions") or [])]
    if "sourcebook.book" not in extensions or config.get(_SETTING) == "off":
        return []
    chosen = Matcher(config.get(f"{_SETTING}_pages", ["**"]))
    syntax = (settings.get("parse") or {}).get("myst_enable_extensions") or []
    trees = {page: _read(book / f"{page}.md", Parser(), syntax) for page in pages}
    names = _titles(trees, data)
    return [
        Problem(f"{page}.md", line, "", *told)
        for page, tree in trees.items()
        if chosen(page)
        for line, told in _of_page(tree, names, data)
    ]


def _pages(book: Path, site: Any) -> list[str]:
    """Return the pages of a table of contents that are Markdown, those of its patterns among them."""
    patterns = {glob for document in site.values() for glob in document.child_globs()}
    names = [
        *site,
        *(path.relative_to(book).as_posix() for glob in patterns for path in book.glob(f"{glob}.md")),
    ]
    pages = dict.fromkeys(name.removesuffix(".md") for name in names)
    return sorted(page for page in pages if (book / f"{page}.md").is_file())


def _read(path: Path, parser: Any, syntax: list[str]) -> nodes.document:
    """Return the tree of a page, with a literal in place of each role that is not known."""
    text = path.read_text(encoding="utf-8")
    options = {**_QUIET, **_ALONE, "myst_enable_extensions": syntax}
    tree = publish_doctree(text, source_path=str(path), parser=parser, settings_overrides=options)
    for message in list(tree.findall(nodes.system_message)):
        if isinstance(message.parent, nodes.TextElement):
            message.parent.replace(message, nodes.literal("", "role"))
    front = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    tree["is_reference"] = bool(front and re.search(r"(?m)^prose: *reference *$", front[1]))
    return tree


def _titles(trees: Mapping[str, nodes.document], data: Dataset) -> list[re.Pattern[str]]:
    """Return patterns of the names of sources, as the registry and their pages have them."""
    titles = {str(document.metadata.get("title", "")) for document in data.documents.values()}
    for page, tree in trees.items():
        if page.rpartition("/")[2] in data.documents:
            titles.update(title.astext() for title in list(tree.findall(nodes.title))[:1])
    forms = set()
    for title in titles - {""}:
        name, _, date = title.rpartition(", ")
        forms |= {title, f"{name} ({date})"} if name else {title}
    bodies = (r"\s+".join(re.escape(word) for word in form.split()) for form in sorted(forms))
    return [re.compile(rf"(?<!\w){body}(?!\w)") for body in bodies]


def _of_page(
    tree: nodes.document, names: list[re.Pattern[str]], data: Dataset
) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """Yield the line of each typed number of a page, and what was found, expected and is to do."""
    for block in () if tree["is_reference"] else blocks(tree):
        spans = [match.span() for name in names for match in name.finditer(block.text)]
        if "instruments" in data.tables:
            spans += instrument_spans(block.text, data["instruments"])
        for numeral in bare_numbers(block.text, spans):
            line = block.line + block.text.count("\n", 0, numeral.start) if block.line else 0
            yield line, number_words(block.text, numeral, [])

"""The book of the repository and the books that `new` makes are of one kind: what both have is the same in both."""

import re
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment, FileSystemLoader

from sourcebook import starter

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = Path(starter.__file__).with_name("templates")
#: What each book says of itself, and what is named for one data folder.
OWN = {"title", "author", "copyright", "exclude_patterns", "html_title"}
#: Chapters of a new book, each with the chapter of this one that has its parts.
CHAPTERS = {
    "agreement": "agreement",
    "bibliography": "bibliography",
    "explore": "explore",
    "index": "index",
    "joins": "sources",
    "law": "legal",
    "matrix": "matrix",
    "sources": "sources",
    "timeline": "timeline",
    "values": "values",
}
_PART = re.compile(
    r"^```(\{\w+\}(?: \S+)?)$|\b((?:standard_tables|figures|fact_sheet)\b[.(]\w*)", re.MULTILINE
)


def settings(text):
    """Return the settings of a book, flat."""

    def flat(node, path=()):
        for key, value in node.items():
            if isinstance(value, dict):
                yield from flat(value, (*path, key))
            elif key not in OWN:
                yield (*path, key), value

    return dict(flat(yaml.safe_load(text)))


def test_a_new_book_has_the_settings_of_this_one():
    template = Environment(loader=FileSystemLoader(TEMPLATES)).get_template("_config.yml.j2")
    new = settings(template.render(title="T", author="A", year=2026))
    this = settings((ROOT / "_config.yml").read_text(encoding="utf-8"))
    extensions = ("sphinx", "config", "extensions")
    assert [name for name in this[extensions] if name in new[extensions]] == new[extensions]
    del new[extensions]
    assert new == {key: this.get(key) for key in new}


@pytest.mark.parametrize(
    "name", [path.name.partition(".")[0] for path in (TEMPLATES / "book").glob("*.md.j2")]
)
def test_what_a_chapter_of_a_new_book_shows_this_book_shows_in_the_same_way(name):
    """A directive, figure or table that is made anew for one of them would miss the mends of the other."""
    new = (TEMPLATES / "book" / f"{name}.md.j2").read_text(encoding="utf-8")
    this = (ROOT / "book" / f"{CHAPTERS[name]}.md").read_text(encoding="utf-8")
    parts = {found[0] for found in _PART.finditer(new)} - {"```{code-cell} ipython3"}
    assert parts
    assert not [part for part in parts if part not in this]

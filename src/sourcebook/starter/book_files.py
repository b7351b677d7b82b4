"""Write the files of a book beside its data folder, from templates."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from sourcebook._version import __version__
from sourcebook.core.csvfiles import read_table
from sourcebook.core.files import write_text

__all__ = ["write_book", "write_source_pages"]

#: Templates that are parts of others, or that are written once for each source.
_PARTS = ("head.j2", "source.md.j2")
_MARKUP = re.compile(r"([\\`*_{}\[\]<>$#|])")


def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("sourcebook.starter"),
        autoescape=False,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )


def _escaped(text: str) -> str:
    """Return a text as words of Markdown."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def write_book(folder: Path, *, title: str, author: str) -> None:
    """Write the settings, the chapters and the pages of the sources.

    Parameters
    ----------
    folder : Path
        The folder of the book, with its data folder ``data``.
    title, author : str
        Of the book.
    """
    templates = _templates()
    for name in templates.list_templates():
        if name in _PARTS:
            continue
        shown = title if name == "_config.yml.j2" else _escaped(title)
        text = templates.get_template(name).render(
            title=shown,
            author=author or "The authors of this book",
            version=__version__,
            year=datetime.date.today().year,
        )
        path = folder / name.removesuffix(".j2")
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, text)
    write_source_pages(folder, read_table(folder / "data" / "raw" / "sources.csv").to_dict("records"))


def write_source_pages(folder: Path, sources: Iterable[Mapping[Any, str]]) -> None:
    """Write a page for each source that has none.

    Parameters
    ----------
    folder : Path
        The folder of the book.
    sources : iterable of mapping
        Rows of the registry.
    """
    template = _templates().get_template("source.md.j2")
    (folder / "book" / "sources").mkdir(parents=True, exist_ok=True)
    for row in sources:
        path = folder / "book" / "sources" / f"{row['source_id']}.md"
        if not path.exists():
            write_text(path, template.render(source_id=row["source_id"]))

"""CSL-JSON of the sources, which Zotero and Pandoc read: out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sourcebook.core.files import write_text
from sourcebook.exchange.formats import Format
from sourcebook.exchange.references import Name, Reference, references_of

__all__ = ["FORMAT", "write"]


def write(folder: Path, path: Path) -> list[str]:
    """Write the sources of a data folder as CSL-JSON, and return what a person should know.

    Parameters
    ----------
    folder : Path
        The data folder.
    path : Path
        The file.

    Returns
    -------
    list of str
        How many sources have no date, or a date of which CSL takes the words alone.
    """
    references = references_of(folder)
    write_text(path, json.dumps([_item(each) for each in references], ensure_ascii=False, indent=2) + "\n")
    undated = [each.key for each in references if not each.date]
    spans = [each.key for each in references if each.date and not each.parts]
    told = [f"sources without a date: {', '.join(undated)}"] if undated else []
    return told + ([f"dates that are no day, month or year, as text: {', '.join(spans)}"] if spans else [])


def _item(each: Reference) -> dict[str, Any]:
    """Return a reference; what it does not have is left out."""
    issued: dict[str, Any] = {"literal": each.date} if each.date else {}
    if each.parts:
        issued = {"date-parts": [list(each.parts)]} | ({"circa": True} if each.uncertain else {})
    values = {
        "title": each.title,
        "author": [_name(name) for name in each.authors],
        "issued": issued,
        "publisher": each.publisher,
        "publisher-place": each.place,
        "language": each.language,
        "URL": each.address,
        "genre": each.genre,
    }
    return {"id": each.key, "type": each.type, **{name: value for name, value in values.items() if value}}


def _name(name: Name) -> dict[str, str]:
    return {"family": name.family, "given": name.given} if name.given else {"literal": name.family}


FORMAT = Format(
    name="csl-json",
    text="the sources as CSL-JSON, for Zotero and Pandoc",
    suffixes=(".json",),
    write_data=write,
    tried="the library citeproc-py 0.11",
)

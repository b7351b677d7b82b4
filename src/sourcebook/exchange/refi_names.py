"""Names of the REFI-QDA standard, and the note that holds the columns of a coded row.

References
----------
Rotterdam Exchange Format Initiative, "REFI-QDA Standard", version 1.0, 18 March 2019.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from sourcebook.exchange.xmlfiles import Element

__all__ = [
    "CODEBOOK",
    "PROJECT",
    "ROW",
    "children",
    "fields_of_note",
    "local_name",
    "note_of_fields",
    "same_guid",
    "text_of",
]

PROJECT, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
#: The line above the columns of a coded row.
ROW = "Coded row"

_LINE = re.compile(r"([a-z][a-z0-9_]*): (.*)")


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace, of whichever version."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, *names: str) -> Iterator[Element]:
    """Yield the elements of some names within another."""
    for each in element:
        if isinstance(each, Element) and local_name(each) in names:
            yield each


def text_of(element: Element, name: str) -> str:
    """Return the text of the first element of a name within another, or an empty string."""
    return next((each.text or "" for each in children(element, name)), "")


def same_guid(text: str) -> str:
    """Return a GUID in one form: without braces, in small letters.

    Examples
    --------
    >>> same_guid("{A182CD3A-D83C-4D8C-BC80-26D9103EC6D6}")
    'a182cd3a-d83c-4d8c-bc80-26d9103ec6d6'
    """
    return text.strip().strip("{}").lower()


def note_of_fields(fields: Mapping[str, str]) -> str:
    r"""Return columns as the text of a note, one in a line; a cell that is no plain line is written as JSON.

    Examples
    --------
    >>> note_of_fields({"table": "claims", "value": "two\nlines"})
    'Coded row\ntable: claims\nvalue: "two\\nlines"'
    """
    return "\n".join([ROW, *(f"{name}: {_plain(cell)}" for name, cell in fields.items())])


def _plain(cell: str) -> str:
    plain = cell and cell == cell.strip() and cell.isprintable() and not cell.startswith('"')
    return cell if plain else json.dumps(cell)


def fields_of_note(text: str) -> tuple[dict[str, str], str]:
    r"""Return the columns that a note ends with, if it does, and the rest of it.

    Examples
    --------
    >>> fields_of_note('Why?\n\nCoded row\ntable: claims\nvalue: "two\\nlines"')
    ({'table': 'claims', 'value': 'two\nlines'}, 'Why?')
    >>> fields_of_note("page: 3")
    ({}, 'page: 3')
    """
    before, sign, block = text.rpartition(f"{ROW}\n")
    fields: dict[str, str] = {}
    if not sign or (before and not before.endswith("\n\n")):
        return {}, text
    for line in block.strip().splitlines():
        match = _LINE.fullmatch(line.strip())
        cell = _cell(match[2]) if match else None
        if match is None or cell is None:
            return {}, text
        fields[match[1]] = cell
    return (fields, before.removesuffix("\n\n")) if fields else ({}, text)


def _cell(text: str) -> str | None:
    """Return a cell as it was, or None for text that is none."""
    if not text.startswith('"'):
        return text
    try:
        cell = json.loads(text)
    except ValueError:
        return None
    return cell if isinstance(cell, str) else None

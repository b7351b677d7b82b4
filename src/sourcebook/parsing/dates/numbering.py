"""Numbers with a point before a month, which are its day or count the lines of a list: 1. January 2020."""

from __future__ import annotations

import re
from dataclasses import replace

from sourcebook.parsing.dates.cascade import Item

__all__ = ["with_number"]

_MONTHS = frozenset({"monthyear", "monthonly"})
_REACH = 12
#: Elsewhere a number with a point ends its sentence: they met in room 12. May 2020 was cold.
_NUMBER = re.compile(
    r"(?:\A|[\n–—]\s*|^\s*[-*•(]\s?|\b(?:to|and|or|until|till|the|on),?\s|,\s)(?P<day>(?:[1-9]|[12]\d|3[01])\.)\s\Z",
    re.MULTILINE | re.IGNORECASE,
)


def with_number(text: str, item: Item) -> Item:
    """Return a month with a note of the number before it, which may be its day.

    Parameters
    ----------
    text : str
    item : Item

    Returns
    -------
    Item
        Unchanged where it is no month, or no such number is before it.
    """
    if item.kind not in _MONTHS:
        return item
    start = max(0, item.start - _REACH)
    match = _NUMBER.search(f"{'' if start == 0 else text[start - 1]}{text[start : item.start]}")
    return replace(item, lossy=(*item.lossy, match["day"])) if match else item

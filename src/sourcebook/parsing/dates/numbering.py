"""What belongs to a month or a year before it and is not read: 1. January 2020, 5 (not 6) May, May (?) 1988."""

from __future__ import annotations

import re
from dataclasses import replace

from sourcebook.parsing.dates.cascade import Item

__all__ = ["with_number"]

_YEAR = "yearonly"
_KINDS = frozenset({"monthyear", "monthonly", _YEAR})
_REACH = 12
#: Elsewhere a number with a point ends its sentence: they met in room 12. May 2020 was cold.
_NUMBER = re.compile(
    r"(?:\A|[\n–—]\s*|^\s*[-*•(]\s?|\b(?:to|and|or|until|till|the|on),?\s|,\s)(?P<day>(?:[1-9]|[12]\d|3[01])\.)\s\Z",
    re.MULTILINE | re.IGNORECASE,
)
#: A day or a month in doubt, and a month in Roman numerals.
_DOUBTED_DAY = re.compile(
    r"(?<![\d./-])(?P<day>(?:[1-9]|[12]\d|3[01])\s?(?:\?|[(\[][^()\[\]\n]{1,20}[)\]]))\s\Z"
)
_DOUBTED_MONTH = re.compile(
    r"(?<!\w)(?P<day>[^\W\d_]{3,9}\s?[(\[]\?[)\]]|(?:[1-9]|[12]\d|3[01])[ .](?:i{1,3}|iv|vi{0,3}|ix|xi{0,2})[ .]?)\s?\Z"
)
_LONGEST = 32  # characters before


def with_number(text: str, item: Item) -> Item:
    """Return a month or year with a note of what is before it and may be its day or month.

    Parameters
    ----------
    text : str
    item : Item

    Returns
    -------
    Item
        Unchanged where it is neither, or nothing of the kind is before it.
    """
    if item.kind not in _KINDS:
        return item
    start = max(0, item.start - _REACH)
    before = text[max(0, item.start - _LONGEST) : item.start]
    if item.kind == _YEAR:
        match = _DOUBTED_MONTH.search(before)
    else:
        near = f"{'' if start == 0 else text[start - 1]}{text[start : item.start]}"
        match = _NUMBER.search(near) or _DOUBTED_DAY.search(before)
    return replace(item, lossy=(*item.lossy, match["day"].strip())) if match else item

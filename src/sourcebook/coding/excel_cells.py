"""What a cell of Excel holds, as text, and how text is put into it."""

from __future__ import annotations

import datetime
import re
from typing import Any

__all__ = ["escaped", "text_of", "unescaped"]

#: Parts of a number format that are printed as they are.
_IN_QUOTES = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
#: A workbook writes some characters by number, as ``_x000D_``; such words of a text have ``_x005F_`` before them.
_NUMBERED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FIRST_LINE = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")
_LINE_END = re.compile(r"(?<!_x005F)_x000D_\n")
#: What a tab is shown as, which LibreOffice drops from a cell that it saves as .ods; selectors after it tell it from
#: the same sign of a text (the first), and from a tab before a selector (the second).
TAB, _SIGN, _TAB = "\u2409", "\u2409\ufe0e", "\u2409\ufe0f"
_TABS = re.compile(r"\t(?=([\ufe0e\ufe0f]?))|\u2409")
_SHOWN = re.compile(r"\u2409([\ufe0e\ufe0f]?)")


def escaped(text: str) -> str:
    r"""Return text as a workbook has it, so that no words of it are taken for a character by its number, and tabs stay.

    Examples
    --------
    >>> escaped("_x000D_ is a word,\tthis is one")
    '_x005F_x000D_ is a word,␉this is one'
    """
    shown = _TABS.sub(lambda found: _SIGN if found[0] == TAB else _TAB if found[1] else TAB, text)
    return _NUMBERED.sub("_x005F_", shown)


def unescaped(text: str) -> str:
    r"""Return the text that a cell of a workbook has, with line ends of two characters as Excel writes them made one.

    Examples
    --------
    >>> unescaped("_x005F_x000D_ is a word_x000D_\n")
    '_x000D_ is a word\n'
    """
    plain = _FIRST_LINE.sub("_", _LINE_END.sub("\n", text))
    return _SHOWN.sub(lambda found: TAB if found[1] == _SIGN[1:] else "\t", plain)


def text_of(cell: Any) -> tuple[str, str, str]:
    """Return the text of a cell, what is wrong with it, and what a person should know of how it was read."""
    value = cell.value
    if cell.data_type in ("f", "e"):
        return "", f"{'a formula' if cell.data_type == 'f' else 'an error'} {str(value)!r:.60}", ""
    if isinstance(value, str):
        return unescaped(value).strip(), "", ""
    if isinstance(value, bool):
        return ("yes" if value else "no"), "", f"{str(value).upper()} was read as {'yes' if value else 'no'}"
    if isinstance(value, datetime.datetime | datetime.date):
        shown = _IN_QUOTES.sub("", cell.number_format).lower()
        parts = 3 if "d" in shown else 2 if "m" in shown else 1
        text = "-".join(value.strftime("%Y-%m-%d").split("-")[:parts])
        return text, "", f"a date of Excel was read as {text}; format the cell as text to write it otherwise"
    if isinstance(value, datetime.time | datetime.timedelta):
        return "", f"a time of day, {value}", ""
    text = f"{value:.15g}" if isinstance(value, float) and not value.is_integer() else str(int(value))
    note = (
        f"the cell shows a percentage and holds {text}, which was read" if "%" in cell.number_format else ""
    )
    return text, "", note

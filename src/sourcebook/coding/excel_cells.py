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


def escaped(text: str) -> str:
    """Return text as a workbook has it, so that no words of it are taken for a character by its number.

    Examples
    --------
    >>> escaped("_x000D_ is a word")
    '_x005F_x000D_ is a word'
    """
    return _NUMBERED.sub("_x005F_", text)


def unescaped(text: str) -> str:
    r"""Return the text that a cell of a workbook has, with line ends of two characters as Excel writes them made one.

    Examples
    --------
    >>> unescaped("_x005F_x000D_ is a word_x000D_\n")
    '_x000D_ is a word\n'
    """
    return _FIRST_LINE.sub("_", _LINE_END.sub("\n", text))


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

"""What a cell of Excel holds, as text, and how text is put into it."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sourcebook.core.errors import DataError, Problem

__all__ = ["before_of", "check_size", "escaped", "text_of", "unescaped"]

#: What a sheet of Excel has at most, and how many cells are looked at, in some millionths of a second each.
_ROWS, _MOST_CELLS = 1_048_576, 5_000_000

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


def check_size(path: Path, pages: Iterable[Any]) -> None:
    """Raise an error for sheets with a cell far below or beyond all others, up to which each cell would be made.

    Parameters
    ----------
    path : Path
        The workbook.
    pages : iterable of openpyxl worksheets
        The sheets of it that will be read.

    Raises
    ------
    DataError
        With each that is too large.
    """
    problems = [
        Problem(
            str(path),
            0,
            "",
            f"{page.title} with cells up to row {page.max_row:,} and column {page.max_column:,}",
            f"a sheet of at most {_ROWS:,} rows and {_MOST_CELLS:,} cells",
            "delete what is below the last row and beside the last column",
        )
        for page in pages
        if page.max_row > _ROWS or page.max_row * page.max_column > _MOST_CELLS
    ]
    if problems:
        raise DataError(problems)


def before_of(path: Path, page: Any) -> dict[str, dict[str, dict[str, str]]]:
    """Return what the sheets of a workbook held when they were written, as its hidden sheet says.

    Parameters
    ----------
    path : Path
        The workbook.
    page : openpyxl worksheet
        The hidden sheet: in each row a sheet, the key of a row of it, and its cells as JSON in pieces.

    Raises
    ------
    DataError
        If somebody changed the hidden sheet so that it says something else.
    """
    found: dict[str, dict[str, dict[str, str]]] = {}
    for number, line in enumerate(page.iter_rows(values_only=True), start=1):
        try:
            name, key, *pieces = [unescaped(str(value)) for value in line if value is not None]
            cells = json.loads("".join(pieces) or "{}")
            if not isinstance(cells, dict) or not all(isinstance(each, str) for each in cells.values()):
                raise ValueError(cells)
        except (ValueError, RecursionError):
            expected, action = "a row of it as it was written", "restore the file from a copy, or begin anew"
            problem = Problem(str(path), number, "", "another", expected, action, f"{page.title}!A{number}")
            raise DataError([problem]) from None
        found.setdefault(name, {})[key] = cells
    return found


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

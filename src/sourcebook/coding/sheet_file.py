"""The file of a coding sheet: whether it can be written, and the forms of CSV that spreadsheets save."""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
from pathlib import Path

import pandas as pd

from sourcebook.core.csvfiles import LINE, csv_lines, read_table
from sourcebook.core.decoding import INVISIBLE, decoded
from sourcebook.core.errors import DataError, Problem, SourcebookError
from sourcebook.core.files import scratch_folder, write_text

__all__ = ["NOT_TEXT", "check_writable", "read_sheet_csv", "write_sheet_csv"]

_SEPARATORS = ",;\t"
#: The first line by which Excel is told what parts the columns.
_SEP = re.compile(r"[\s]*\"?sep=.\"?[,;\t]*[ ]*(?=\r?\n|\r)", re.IGNORECASE)
#: What to know of a CSV file before a spreadsheet program opens it.
NOT_TEXT = (
    "a spreadsheet program makes 123 of 00123 and a day of “May 2023” unless it is told that all columns are text; "
    "an .xlsx says so itself"
)
#: What a spreadsheet runs as a formula, but for a plain negative number, also where an apostrophe is there already.
_FORMULA = re.compile(r"'*(?!-\d+(\.\d+)?$)[=+\-@\t\r]")


def check_writable(path: Path) -> None:
    """Try whether a sheet can be written, before anything else is.

    Parameters
    ----------
    path : Path
        The sheet.

    Raises
    ------
    SourcebookError
        If it is open in a program that locks it, or may only be read.
    """
    try:
        with path.open("r+b"):
            pass
        open_to_us = bool(path.stat().st_mode & 0o222) and os.access(path.resolve().parent, os.W_OK)
    except OSError:
        open_to_us = False
    if not open_to_us:
        raise SourcebookError(
            f"{path}: expected a sheet that can be written, found one that is locked or may only be read → close it in "
            "Excel, or make it writable; nothing was changed"
        )


def _text_and_separator(path: Path) -> tuple[str, str, str]:
    """Return the first line if it names the separator, the text with an empty line in its place, and the separator."""
    text, problem = decoded(path, path.name)
    if problem is not None:
        raise DataError([problem])
    text = text.lstrip(INVISIBLE)
    named = _SEP.match(text)
    first = named.group() if named else ""
    text = first.count("\n") * "\n" + text[len(first) :]
    header = next((line for line in text.splitlines() if line.strip()), "")
    return first, text, max(_SEPARATORS, key=lambda sign: len(next(csv.reader([header], delimiter=sign), [])))


def read_sheet_csv(path: Path) -> pd.DataFrame:
    """Return a sheet in CSV whose columns commas, semicolons or tabs separate: its header says which.

    A line ``sep=;`` before the header, as Excel asks for it, is passed over.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    DataError
        As `sourcebook.core.csvfiles.read_table` does.
    """
    first, text, separator = _text_and_separator(path)
    if separator == "," and not first:
        return _without_apostrophes(read_table(path))
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        rows = list(lines)
    except csv.Error as error:
        expected, action = "quotes around whole cells, doubled within them", "save it again as CSV"
        raise DataError([Problem(path.name, lines.line_num, "", str(error), expected, action)]) from None
    with scratch_folder() as folder:
        write_text(folder / path.name, csv_lines(rows))
        return _without_apostrophes(read_table(folder / path.name))


def _without_apostrophes(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the cells as they were before `write_sheet_csv` put an apostrophe before a formula."""
    return frame.assign(
        **{
            str(name): [
                cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell for cell in frame[name]
            ]
            for name in frame.columns
            if name != LINE
        }
    )


def write_sheet_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a sheet in CSV, if its file is there as that was, so that the spreadsheet that saved it opens it again.

    A new one begins with a mark of the encoding, without which spreadsheets take it for another. A cell that would be
    run as a formula gets an apostrophe before it, which `read_sheet_csv` takes away.

    Parameters
    ----------
    frame : DataFrame
        As `read_sheet_csv` returns it.
    path : Path
        The file.
    """
    first, mark, separator = "", "\ufeff", ","
    if path.exists():
        first, _, separator = _text_and_separator(path)
        mark = "\ufeff" if path.read_bytes().startswith(codecs.BOM_UTF8) else ""
    kept = frame.drop(columns=[LINE], errors="ignore")
    kept = kept.map(lambda cell: f"'{cell}" if _FORMULA.match(str(cell)) else cell)
    rows = [list(kept), *kept.to_numpy().tolist()]
    lines = io.StringIO(newline="")
    if separator == "," and not first:
        lines.write(csv_lines(rows))
    else:
        csv.writer(lines, delimiter=separator, lineterminator="\r\n").writerows(rows)
    write_text(path, mark + (f"{first}\r\n" if first else "") + lines.getvalue())

"""The file of a coding sheet: whether it can be written, and the forms of CSV that spreadsheets save."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pandas as pd

from sourcebook.core.csvfiles import LINE, csv_lines, read_table, write_table
from sourcebook.core.decoding import INVISIBLE, decoded
from sourcebook.core.errors import DataError, Problem, SourcebookError
from sourcebook.core.files import scratch_folder, write_text

__all__ = ["check_writable", "read_sheet_csv", "write_sheet_csv"]

_SEPARATORS = ",;\t"


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


def _text_and_separator(path: Path) -> tuple[str, str]:
    text, problem = decoded(path, path.name)
    if problem is not None:
        raise DataError([problem])
    header = next((line for line in text.lstrip(INVISIBLE).splitlines() if line.strip()), "")
    return text, max(_SEPARATORS, key=lambda sign: len(next(csv.reader([header], delimiter=sign), [])))


def read_sheet_csv(path: Path) -> pd.DataFrame:
    """Return a sheet in CSV whose columns commas, semicolons or tabs separate: its first line says which.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    DataError
        As `sourcebook.core.csvfiles.read_table` does.
    """
    text, separator = _text_and_separator(path)
    if separator == ",":
        return read_table(path)
    lines = csv.reader(io.StringIO(text.lstrip(INVISIBLE), newline=""), delimiter=separator, strict=True)
    try:
        rows = list(lines)
    except csv.Error as error:
        expected, action = "quotes around whole cells, doubled within them", "save it again as CSV"
        raise DataError([Problem(path.name, lines.line_num, "", str(error), expected, action)]) from None
    with scratch_folder() as folder:
        write_text(folder / path.name, csv_lines(rows))
        return read_table(folder / path.name)


def write_sheet_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a sheet in CSV as its file was, so that the spreadsheet that saved it opens it again.

    Parameters
    ----------
    frame : DataFrame
        As `read_sheet_csv` returns it.
    path : Path
        The file, which is there.
    """
    text, separator = _text_and_separator(path)
    if separator == ",":
        write_table(frame, path)
        return
    kept = frame.drop(columns=[LINE])
    lines = io.StringIO()
    csv.writer(lines, delimiter=separator, lineterminator="\r\n").writerows(
        [list(kept), *kept.values.tolist()]
    )
    write_text(path, ("\ufeff" if text.startswith("\ufeff") else "") + lines.getvalue())

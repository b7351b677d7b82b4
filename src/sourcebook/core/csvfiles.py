"""Read and write the project's CSV tables: text in, text out, each record with its line.

One dialect for every table: RFC 4180, UTF-8, a header in the first line, a missing value as an empty cell.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from sourcebook.core.decoding import INVISIBLE, decoded
from sourcebook.core.errors import DataError, Problem
from sourcebook.core.files import write_text

__all__ = [
    "LINE",
    "cells_problem",
    "header_problems",
    "read_records",
    "read_table",
    "separator_problem",
    "write_table",
]

#: Name of the column that `read_table` adds and `write_table` leaves out.
LINE = "line"

_RESAVE = "save the file again with commas (a spreadsheet calls that “CSV UTF-8”)"


def read_table(path: str | Path, *, root: str | Path | None = None) -> pd.DataFrame:
    r"""Return a CSV file as a frame of text.

    Invisible marks at the start are ignored, as are empty lines. Cells are not trimmed, not converted, and never
    missing: an empty cell is an empty string.

    Parameters
    ----------
    path : path
        The file.
    root : path, optional
        Folder to which problems name the file; without it they give only its name.

    Returns
    -------
    pandas.DataFrame
        The columns of the file, all ``str``, and ``line`` (int64): the physical line of the file where the
        record starts, also after cells that hold line breaks. A column, not an attribute, so that it
        survives filtering and merging. The index is a RangeIndex.

    Raises
    ------
    DataError
        With every problem found: header names that are empty, repeated, ``line`` or not what they seem; records
        with too few or too many cells; the first record that is wrongly quoted. For a file that is absent, empty,
        not UTF-8 or separated by something else than commas, that alone.

    References
    ----------
    Y. Shafranovich, "Common Format and MIME Type for Comma-Separated Values (CSV) Files",
    RFC 4180, 2005.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "t.csv"
    >>> _ = file.write_text('id,quote\na,"two\nlines"\nb,one\n')
    >>> read_table(file).line.tolist()
    [2, 4]
    """
    path = Path(path)
    name = path.relative_to(root).as_posix() if root is not None else path.name
    text, problem = decoded(path, name)
    if problem is not None:
        raise DataError([problem])
    text = text.lstrip(INVISIBLE)
    problems = _whole_problems(text, name)
    if problems:
        raise DataError(problems)
    records: list[tuple[int, list[str]]] = []
    try:
        records.extend(read_records(io.StringIO(text, newline=""), name))
    except DataError as error:
        problems += error.problems
    header = records[0][1] if records else []
    problems += header_problems(name, records[0][0], header) if records else []
    problems += [p for line, cells in records[1:] if (p := cells_problem(name, line, cells, header))]
    if problems:
        raise DataError(problems)
    frame = pd.DataFrame([cells for _, cells in records[1:]], columns=header, dtype="str")
    frame[LINE] = pd.Series([line for line, _ in records[1:]], dtype="int64")
    return frame


def _whole_problems(text: str, name: str) -> list[Problem]:
    """Return what is wrong with a file before its records are read: then nothing else is worth saying."""
    if not text.strip():
        return [Problem(name, 1, "", "an empty file", "a header", "write the column names")]
    first = next(line for line in io.StringIO(text, newline="") if line.strip())
    problem = separator_problem(name, text.count("\n", 0, text.index(first)) + 1, first)
    return [problem] if problem else []


def separator_problem(name: str, line: int, header: str) -> Problem | None:
    r"""Return a problem for a header whose columns something else than a comma separates.

    Parameters
    ----------
    name : str
        What the problem calls the file.
    line : int
        The line of the header.
    header : str
        That line.

    Examples
    --------
    >>> separator_problem("t.csv", 1, "id;text\n").found
    "columns separated by ';'"
    """
    if header.lower().startswith("sep="):
        found = f"{header.strip()!r}, which only a spreadsheet reads"
        return Problem(name, line, "", found, "the column names", _RESAVE)
    counts = {each: len(next(csv.reader([header], delimiter=each))) for each in ",;\t|"}
    most = max(counts, key=counts.__getitem__)
    if most == ",":
        return None
    found = "columns separated by " + ("tabs" if most == "\t" else repr(most))
    return Problem(name, line, "", found, "commas between the columns", _RESAVE)


def read_records(lines: Iterable[str], name: str) -> Iterator[tuple[int, list[str]]]:
    r"""Yield the records of a CSV file that are not empty, each with the line where it starts.

    Parameters
    ----------
    lines : iterable of str
        The file, opened with ``newline=""``.
    name : str
        What a problem calls it.

    Raises
    ------
    DataError
        At the first record that is wrongly quoted: what follows it cannot be told apart.

    Examples
    --------
    >>> list(read_records(['id,text\n', 'a,"two\n', 'lines"\n'], "t.csv"))
    [(1, ['id', 'text']), (2, ['a', 'two\nlines'])]
    """
    csv.field_size_limit(sys.maxsize)  # a cell may be as long as a text
    reader = csv.reader(lines, strict=True)
    start = 1
    try:
        for cells in reader:
            if cells:
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        expected = "RFC 4180 quoting"
        if "end of data" in str(error):
            found, action = "a quotation mark that is never closed", "close it where its cell ends"
        else:
            found = f"text after a closing quotation mark, in line {reader.line_num}"
            action = 'quote the whole cell, and double the quotation marks in it ("")'
            if reader.line_num > start:
                action = f"close the quotation mark of line {start} where its cell ends; else {action}"
        raise DataError([Problem(name, start, "", found, expected, action)]) from error


def header_problems(name: str, line: int, header: list[str]) -> list[Problem]:
    """Return what is wrong with the column names.

    Parameters
    ----------
    name : str
        What a problem calls the file.
    line : int
        The line of the header.
    header : list of str
        The column names.

    Examples
    --------
    >>> [problem.found for problem in header_problems("t.csv", 1, ["id", "", "id"])]
    ['no name for column 2', "'id' again in column 3"]
    """
    problems = []
    nameless = [number for number, column in enumerate(header, start=1) if not column.strip()]
    if nameless:
        found = f"no name for column {', '.join(map(str, nameless))}"
        action = "name the column or remove it"
        problems.append(Problem(name, line, "", found, "a name for every column", action))
    for number, column in enumerate(header, start=1):
        marks = {sign for sign in column if not sign.isprintable() or sign in INVISIBLE}
        if number in nameless:
            continue
        if column in header[: number - 1]:
            found = f"{column!r} again in column {number}"
            problems.append(Problem(name, line, column, found, "each name once", "rename one of them"))
        elif column == LINE:
            found, expected = repr(LINE), "another name: this one is kept for the line of the file"
            problems.append(Problem(name, line, column, found, expected, "rename the column"))
        elif marks or column != column.strip():
            signs = ", ".join(sorted(f"U+{ord(sign):04X}" for sign in marks)) or "blanks around it"
            found = f"{column!r} with {signs}"
            problems.append(
                Problem(name, line, "", found, repr(column.strip(f" {INVISIBLE}")), "rename the column")
            )
    return problems


def cells_problem(name: str, line: int, cells: list[str], header: list[str]) -> Problem | None:
    """Return a problem for a record that has more or fewer cells than the header.

    Parameters
    ----------
    name : str
        What a problem calls the file.
    line : int
        Where the record starts.
    cells, header : list of str
        The record, and the column names.

    Examples
    --------
    >>> cells_problem("t.csv", 2, ["a", "one", " two"], ["id", "text"]).found
    '3 cells'
    """
    if len(cells) == len(header):
        return None
    expected = f"{len(header)} cells, as in the header"
    action = "quote cells that hold a comma or a line break"
    if any(cell.lstrip(" ").startswith('"') for cell in cells):
        action = "remove the blank between the comma and the quotation mark"
    elif len(cells) < len(header):
        action = f"add the missing cells, or {action}"
    elif not any(cells[len(header) :]):
        action = "remove the commas at the end of the line"
    return Problem(name, line, "", f"{len(cells)} cells", expected, action)


class _Lines(list[str]):
    """The lines that a `csv.writer` writes; it quotes a carriage return only if that may end a line."""

    def write(self, line: str) -> None:
        """Keep one line, ended by a line feed alone."""
        self.append(line.removesuffix("\r\n") + "\n")


def write_table(frame: pd.DataFrame, path: str | Path) -> None:
    r"""Write a frame as CSV: the same frame always gives the same bytes.

    Lines end with a line feed, cells are quoted where they must be, a missing value is an empty cell, the
    index and the column ``line`` are left out. A reader sees the old file or the new one, never half of it: see
    `sourcebook.core.files.replacing`.

    Parameters
    ----------
    frame : pandas.DataFrame
        Values are written as ``str`` gives them.
    path : path
        The file; its folder must exist.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "t.csv"
    >>> write_table(pd.DataFrame({"id": ["a"], "quote": ["one, two"]}), file)
    >>> file.read_text()
    'id,quote\na,"one, two"\n'
    """
    kept = frame.drop(columns=[LINE], errors="ignore")
    rows = [[str(column) for column in kept.columns]]
    rows += [["" if pd.isna(value) else str(value) for value in row] for row in kept.itertuples(index=False)]
    lines = _Lines()
    csv.writer(lines, lineterminator="\r\n").writerows(rows)
    write_text(path, "".join(lines))

"""The records of a CSV file, and what is wrong with them: separators, quoting, names, numbers of cells."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator

from sourcebook.core.decoding import INVISIBLE
from sourcebook.core.errors import DataError, Problem

__all__ = ["LINE", "cells_problem", "header_problems", "read_records", "separator_problem"]

#: Name of the column that `read_table` adds and `write_table` leaves out.
LINE = "line"

_RESAVE = "export it again with a comma as separator; putting commas for them in an editor breaks cells"


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
    problems, seen = [], set[str]()
    nameless = [number for number, column in enumerate(header, start=1) if not column.strip()]
    if nameless:
        found = f"no name for column {', '.join(map(str, nameless))}"
        action = "name the column or remove it"
        problems.append(Problem(name, line, "", found, "a name for every column", action))
    for number, column in enumerate(header, start=1):
        marks = {sign for sign in column if not sign.isprintable() or sign in INVISIBLE}
        if not column.strip():
            continue
        if column in seen:
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
        seen.add(column)
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

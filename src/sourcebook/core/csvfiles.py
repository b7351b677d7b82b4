"""Read and write the project's CSV tables: text in, text out, each record with its line.

One dialect for every table: RFC 4180, UTF-8, a header in the first line, a missing value as an empty cell.
"""

from __future__ import annotations

import csv
import io
import os
import sys
from pathlib import Path

import pandas as pd

from sourcebook.core.errors import DataError, Problem

__all__ = ["LINE", "read_table", "write_table"]

#: Name of the column that `read_table` adds and `write_table` leaves out.
LINE = "line"


def read_table(path: str | Path, *, root: str | Path | None = None) -> pd.DataFrame:
    r"""Return a CSV file as a frame of text.

    A byte-order mark is ignored, as are empty lines. Cells are not trimmed, not converted, and never
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
        With every problem found: a file that is absent, not UTF-8, empty or wrongly quoted; header names
        that are empty, repeated or ``line``; records with too few or too many cells.

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
    records = _records(path, name)
    if not records:
        raise DataError([Problem(name, 1, "", "an empty file", "a header", "write the column names")])
    header = records[0][1]
    problems = _header_problems(name, records[0][0], header)
    for line, cells in records[1:]:
        if len(cells) != len(header):
            found, expected = f"{len(cells)} cells", f"{len(header)} cells, as in the header"
            problems.append(
                Problem(name, line, "", found, expected, "quote cells that hold a comma or a line break")
            )
    if problems:
        raise DataError(problems)
    frame = pd.DataFrame([cells for _, cells in records[1:]], columns=header, dtype="str")
    frame[LINE] = pd.Series([line for line, _ in records[1:]], dtype="int64")
    return frame


def _records(path: Path, name: str) -> list[tuple[int, list[str]]]:
    """Return the records that are not empty, each with the line where it starts."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(
            [Problem(name, 0, "", reason, "a readable CSV file", f"write or restore {path}")]
        ) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{data[error.start]:02x} at offset {error.start}"
        raise DataError(
            [Problem(name, line, "", found, "text in UTF-8", "save the file again as UTF-8")]
        ) from error
    csv.field_size_limit(sys.maxsize)  # a cell may be as long as a text
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            if cells:
                records.append((start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        action = 'quote the cell, and double the quotation marks in it ("")'
        raise DataError([Problem(name, start, "", str(error), "RFC 4180 quoting", action)]) from error
    return records


def _header_problems(name: str, line: int, header: list[str]) -> list[Problem]:
    """Return what is wrong with the column names."""
    problems = []
    for number, column in enumerate(header, start=1):
        if not column.strip():
            found, expected = f"no name for column {number}", "a name for every column"
            problems.append(Problem(name, line, "", found, expected, "name the column or remove it"))
        elif column in header[: number - 1]:
            found = f"{column!r} again in column {number}"
            problems.append(Problem(name, line, column, found, "each name once", "rename one of them"))
        elif column == LINE:
            found, expected = repr(LINE), "another name: this one is kept for the line of the file"
            problems.append(Problem(name, line, column, found, expected, "rename the column"))
    return problems


class _Lines(list[str]):
    """The lines that a `csv.writer` writes; it quotes a carriage return only if that may end a line."""

    def write(self, line: str) -> None:
        """Keep one line, ended by a line feed alone."""
        self.append(line.removesuffix("\r\n") + "\n")


def write_table(frame: pd.DataFrame, path: str | Path) -> None:
    r"""Write a frame as CSV: the same frame always gives the same bytes.

    Lines end with a line feed, cells are quoted where they must be, a missing value is an empty cell, the
    index and the column ``line`` are left out. The file is written under another name and then renamed,
    so that a reader sees the old file or the new one, never half of it.

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
    path = Path(path)
    kept = frame.drop(columns=[LINE], errors="ignore")
    rows = [[str(column) for column in kept.columns]]
    rows += [["" if pd.isna(value) else str(value) for value in row] for row in kept.itertuples(index=False)]
    lines = _Lines()
    csv.writer(lines, lineterminator="\r\n").writerows(rows)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes("".join(lines).encode("utf-8"))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)

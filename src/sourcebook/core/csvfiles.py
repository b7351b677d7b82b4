"""Read and write the project's CSV tables: text in, text out, each record with its line.

One dialect for every table: RFC 4180, UTF-8, a header in the first line, a missing value as an empty cell.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from sourcebook.core.decoding import INVISIBLE, decoded
from sourcebook.core.errors import DataError, Problem
from sourcebook.core.files import write_text
from sourcebook.core.records import LINE, cells_problem, header_problems, read_records, separator_problem

__all__ = ["LINE", "csv_lines", "read_table", "write_table"]


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


class _Lines(list[str]):
    """The lines that a `csv.writer` writes; it quotes a carriage return only if that may end a line."""

    def write(self, line: str) -> None:
        """Keep one line, ended by a line feed alone."""
        self.append(line.removesuffix("\r\n") + "\n")


def csv_lines(rows: Iterable[Iterable[object]]) -> str:
    r"""Return rows in the dialect of the tables, each ended by a line feed.

    Examples
    --------
    >>> csv_lines([["id", "quote"], ["a", "one, two"]])
    'id,quote\na,"one, two"\n'
    """
    lines = _Lines()
    csv.writer(lines, lineterminator="\r\n").writerows(rows)
    return "".join(lines)


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
    columns = [
        [
            "" if gone else str(value)
            for value, gone in zip(cells.tolist(), cells.isna().tolist(), strict=True)
        ]
        for _, cells in kept.items()
    ]
    rows += map(list, zip(*columns, strict=True))
    write_text(path, csv_lines(rows))

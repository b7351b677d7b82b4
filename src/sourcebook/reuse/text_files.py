"""Texts of files and folders, each with its place: read whole, or refused with the real cause."""

from __future__ import annotations

import logging
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd

from sourcebook.core.decoding import INVISIBLE, encoding_problem, kind_problem
from sourcebook.core.errors import DataError, Problem
from sourcebook.core.jsonlines import read_json_lines
from sourcebook.core.records import cells_problem, read_records, separator_problem

__all__ = ["Row", "files_of", "no_text", "read_file"]

Row = tuple[str, str, str, int]  # id, text, file, line

_logger = logging.getLogger(__name__)

_ID_NAMES = ("source_id", "id")
_LINES = {".jsonl", ".ndjson"}
_TABLE = ".csv"
_TEXT = ".txt"
#: Kinds of files that hold more than one text, or none, and what to make of them.
_OTHERS = {
    ".tsv": "export it as .csv, with a comma as separator",
    ".tab": "export it as .csv, with a comma as separator",
    ".json": "write one object in each line, with id and text, as .jsonl",
}
#: After so many problems the rest of a file is not read.
_MOST = 100
_SURROGATE = re.compile("[\ud800-\udfff]")


def files_of(path: Path) -> list[Path]:
    """Return the file of a path, or the text files below a folder; log the names of files that are left out.

    Parameters
    ----------
    path : Path
        The file or folder.

    Raises
    ------
    DataError
        For a folder without text files.
    OSError
        For a path that is not there, or a folder that may not be read.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> folder = Path(mkdtemp())
    >>> _ = (folder / "A.TXT").write_text("a")
    >>> [file.name for file in files_of(folder)]
    ['A.TXT']
    """
    if not path.is_dir():
        path.stat()  # a path that is not there is an error here, not later
        return [path]
    found: list[Path] = []
    left: list[str] = []
    for each in _below(path):
        if each.suffix.lower() == _TEXT and not each.is_dir():
            found.append(each)
        else:
            left.append(each.relative_to(path).as_posix())
    if not found:
        action = "name another folder, or the files themselves (.jsonl, .csv, .txt)"
        beside = f"none, beside {_some(left)}" if left else "none"
        raise DataError([Problem(str(path), 0, "", beside, "text files (.txt) in the folder", action)])
    if left:
        _logger.warning("%s: left out, as only .txt files of a folder are read: %s", path, _some(left))
    return sorted(found)


def _below(path: Path) -> Iterator[Path]:
    """Yield the files below a folder, and the links to folders, which are not followed; nothing that is hidden."""

    def fail(error: OSError) -> None:
        raise error

    for name, folders, files in os.walk(path, onerror=fail):
        folders[:] = [each for each in folders if not each.startswith(".")]
        links = [each for each in folders if (Path(name) / each).is_symlink()]
        yield from (Path(name) / each for each in [*files, *links] if not each.startswith("."))


def _some(names: list[str]) -> str:
    """Return names for a message, the first of many."""
    more = f" and {len(names) - 20} more" if len(names) > 20 else ""
    return ", ".join(sorted(names)[:20]) + more


def read_file(given: Path, path: Path) -> Iterator[Row]:
    """Yield the texts of a file.

    Parameters
    ----------
    given : Path
        The file itself, or the folder that was named, from which the id of a text file counts.
    path : Path
        The file.

    Yields
    ------
    tuple of (str, str, str, int)
        Id, text, file and line. The id of a text file is its name without suffix, its letters composed.

    Raises
    ------
    DataError
        With every record that is wrong, when all that can be read has been.
    """
    suffix = path.suffix.lower()
    if suffix in _OTHERS:
        raise DataError(
            [Problem(str(path), 0, "", f"a {suffix} file", ".csv, .jsonl or text", _OTHERS[suffix])]
        )
    if path.is_file():  # and no pipe, which can be read only once
        with path.open("rb") as start:
            if problem := kind_problem(start.read(2000), str(path)):
                raise DataError([problem])
    try:
        if suffix in _LINES:
            yield from _gather(_rows_of_lines(path))
        elif suffix == _TABLE:
            yield from _gather(_rows_of_table(path))
        else:
            name = path.relative_to(given).with_suffix("").as_posix() if path != given else path.stem
            name = _checked_name(unicodedata.normalize("NFC", name), str(path), 0)
            with path.open(encoding="utf-8", newline="") as file:
                yield name, file.read(), str(path), 1
    except UnicodeDecodeError:
        raise DataError([p for p in [encoding_problem(path.read_bytes(), str(path))] if p]) from None


def no_text(file: str, line: int, text: Any) -> Problem:
    """Return what is wrong with a cell that should be a text and is none.

    Examples
    --------
    >>> no_text("texts", 2, None).found
    'none'
    """
    found = (
        "none" if pd.api.types.is_scalar(text) and pd.isna(text) else f"{type(text).__name__} {text!r:.60}"
    )
    action = "leave the record out, or give it a text, which may be empty"
    return Problem(file=file, line=line, column="text", found=found, expected="a text", action=action)


def _gather(rows: Iterable[Row | Problem]) -> Iterator[Row]:
    """Yield rows, and raise all problems together at the end."""
    problems: list[Problem] = []
    try:
        for row in rows:
            if isinstance(row, Problem):
                problems.append(row)
                if len(problems) == _MOST:
                    break
            elif not problems:
                yield row
    except DataError as error:
        problems += error.problems
    if problems:
        raise DataError(problems)


def _rows_of_lines(path: Path) -> Iterator[Row | Problem]:
    for line, record in read_json_lines(path, action="write an object with id and text in one line"):
        yield record if isinstance(record, Problem) else _row(record, str(path), line)


def _rows_of_table(path: Path) -> Iterator[Row | Problem]:
    name = str(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        top = next(file, "")
        if top and (problem := separator_problem(name, 1, top)):
            yield problem
            return
        records = read_records(chain([top] if top else [], file), name)
        first, header = next(records, (1, []))
        header = [header[0].lstrip(INVISIBLE), *header[1:]] if header else []
        twice = {each for each in ("text", *_ID_NAMES) if header.count(each) > 1}
        for each in sorted(twice):
            yield Problem(
                name, first, each, f"{each!r} in two columns", "each name once", "rename one of them"
            )
        if "text" not in header or not set(_ID_NAMES) & set(header):
            found = ", ".join(header) or "none"
            action = "name the column of the ids id, and that of the texts text"
            yield Problem(name, first, "", found, "a header with the columns id and text", action)
            return
        for line, cells in records:
            wrong = cells_problem(name, line, cells, header)
            yield wrong or _row(dict(zip(header, cells, strict=True)), name, line)


def _row(row: Mapping[str, Any], name: str, line: int) -> Row | Problem:
    key = next((each for each in _ID_NAMES if each in row), "id")
    if row.get(key) in (None, ""):
        return Problem(name, line, key, "none", "an id for each text", "give it one")
    text = row.get("text")
    if not isinstance(text, str):
        return no_text(name, line, text)
    try:
        identifier = _checked_name(str(row[key]), name, line)
    except DataError as error:
        return error.problems[0]
    if not text.isascii() and (half := _SURROGATE.search(text)):
        found = f"half of a pair of surrogates (U+{ord(half[0]):04X})"
        return Problem(name, line, "text", found, "whole characters", "put U+FFFD in its place")
    return identifier, text, name, line


def _checked_name(identifier: str, name: str, line: int) -> str:
    """Return an id; raise DataError for one that no table can name."""
    if identifier.isprintable():
        return identifier
    wrong = next((sign for sign in identifier if ord(sign) < 32 or "\ud800" <= sign <= "\udfff"), None)
    if wrong is not None:
        found = f"{identifier!r} with U+{ord(wrong):04X}"
        action = "rename the text"
        raise DataError(
            [Problem(name, line, "id" if line else "", found, "an id of whole characters", action)]
        )
    return identifier

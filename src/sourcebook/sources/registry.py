"""The registry of the raw files: which they are, and the hash that each must have; and the tables beside it."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import pandas as pd

from sourcebook.core.csvfiles import LINE, read_table
from sourcebook.core.errors import DataError, Problem

__all__ = [
    "LAYOUT",
    "ORIGINAL",
    "PAGES",
    "REGISTRY",
    "SENTENCE_IDS",
    "VERSIONS",
    "raw_name",
    "raw_problem",
    "read_raw_table",
    "read_registry",
    "recorded_sentences",
    "try_registry",
]

REGISTRY = "sources.csv"
LAYOUT = "layout.csv"
PAGES = "pages.csv"
#: The columns that name a file as it was received, and its hash.
ORIGINAL = ("original", "original_sha256")
SENTENCE_IDS = "sentence_ids.csv"
VERSIONS = "versions.csv"
_REQUIRED = {
    REGISTRY: ("source_id", "file", "sha256"),
    LAYOUT: ("source_id", "zone", "exact", "start", "end"),
    SENTENCE_IDS: ("sentence_id", "source_id", "text"),
    VERSIONS: ("source_id", "file", "sha256", "replaced"),
}
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_HASH = re.compile(r"[0-9a-f]{64}")


def read_registry(folder: str | Path) -> pd.DataFrame:
    r"""Return the registry of a folder of documents.

    Parameters
    ----------
    folder : path
        The folder that holds ``sources.csv``.

    Returns
    -------
    pandas.DataFrame
        The columns of the registry, all ``str``, and ``line`` (int64), in the order of the file.

    Raises
    ------
    DataError
        With every id that is malformed or repeated, every hash that is not 64 lower-case hexadecimal
        digits, every file named twice or outside the folder, every required column that is absent.

    Examples
    --------
    >>> import hashlib
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.md").write_text("The bridge fell.")
    ...     hashed = hashlib.sha256(b"The bridge fell.").hexdigest()
    ...     _ = Path(folder, "sources.csv").write_text(f"source_id,file,sha256\na,a.md,{hashed}\n")
    ...     read_registry(folder)[["source_id", "file", "line"]].values.tolist()
    [['a', 'a.md', 2]]
    """
    frame, problems = try_registry(Path(folder))
    if problems:
        raise DataError(problems)
    return frame


def try_registry(folder: Path) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the rows of a registry in which nothing is wrong, and what is wrong in the others.

    Parameters
    ----------
    folder : Path
        The folder that holds ``sources.csv``.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> frame, problems = try_registry(Path(mkdtemp()))
    >>> len(frame), [problem.found for problem in problems]
    (0, ['No such file or directory'])
    """
    try:
        frame = read_raw_table(folder, REGISTRY)
    except DataError as error:
        columns = {name: pd.Series(dtype="str") for name in _REQUIRED[REGISTRY]}
        return pd.DataFrame({**columns, LINE: pd.Series(dtype="int64")}), error.problems
    problems = []
    for column, good, expected in (
        ("source_id", _ID.fullmatch, "letters, digits, - and _"),
        ("sha256", _HASH.fullmatch, "64 lower-case hexadecimal digits"),
        ("file", _is_inside, "the name of a file in this folder"),
    ):
        for line, value in zip(frame[LINE], frame[column], strict=True):
            if not good(value):
                problems.append(raw_problem(folder, REGISTRY, line, column, repr(value), expected))
        if column != "sha256":
            for line, value in frame.loc[frame[column].duplicated(), [LINE, column]].itertuples(index=False):
                first = frame.loc[frame[column] == value, LINE].iloc[0]
                found = f"{value!r} again, first in line {first}"
                problems.append(raw_problem(folder, REGISTRY, line, column, found, "each value once"))
    wrong = {problem.line for problem in problems}
    return frame[~frame[LINE].isin(wrong)], problems


def raw_name(folder: Path, file: str) -> str:
    """Return how problems call a file of the folder."""
    return f"{folder.name}/{file}"


def raw_problem(
    folder: Path, file: str, line: int, column: str, found: str, expected: str, action: str = ""
) -> Problem:
    """Return a problem in one of the two tables.

    Parameters
    ----------
    folder : pathlib.Path
        The folder of the raw sources.
    file, line, column : str, int, str
        Where the fault is: the name of the table, the line of its file from 1 on, and the column.
    found, expected, action : str
        What is there, what should be, and what to do; without an action, to correct the table.

    Returns
    -------
    sourcebook.core.errors.Problem
        The fault with its place, written from the folder of the data.
    """
    return Problem(raw_name(folder, file), int(line), column, found, expected, action or f"correct {file}")


def read_raw_table(folder: Path, file: str) -> pd.DataFrame:
    """Return one of the two tables, with its required columns."""
    frame = read_table(folder / file, root=folder.parent)
    absent = [column for column in _REQUIRED[file] if column not in frame.columns]
    if absent:
        raise DataError([raw_problem(folder, file, 1, c, "no such column", f"a column {c}") for c in absent])
    return frame


def _is_inside(file: str) -> bool:
    parts = PurePosixPath(file).parts
    return (
        bool(parts)
        and not file.startswith("/")
        and ".." not in parts
        and "\\" not in file
        and file.isprintable()
    )


def recorded_sentences(folder: Path) -> tuple[dict[str, list[tuple[str, str]]], list[Problem]]:
    """Return the ids that sentences got, with their words, by source; and why they cannot be read."""
    found: dict[str, list[tuple[str, str]]] = {}
    if not (folder / SENTENCE_IDS).exists():
        return found, []
    try:
        rows = read_raw_table(folder, SENTENCE_IDS)
    except DataError as error:
        return found, error.problems
    for name, source, text in zip(rows["sentence_id"], rows["source_id"], rows["text"], strict=True):
        found.setdefault(str(source), []).append((str(name), str(text)))
    return found, []

"""What changed between two releases of a data folder: claims, sentences, relations and the numbers of the book."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from sourcebook.core.csvfiles import LINE, read_table
from sourcebook.core.errors import DataError, Problem, SourcebookError
from sourcebook.core.schemas import ANCHOR_COLUMNS, read_schemas
from sourcebook.pipeline import store
from sourcebook.pipeline.build import build
from sourcebook.pipeline.folders import data_folder

__all__ = ["COLUMNS", "compare_releases", "summarise_changes"]

_log = logging.getLogger(__name__)

#: The columns of :func:`compare_releases`.
COLUMNS = ("table", "key", "change", "column", "old", "new")

_CHANGES = ("added", "removed", "changed", "moved")
_ADDED, _REMOVED, _CHANGED, _MOVED = _CHANGES
#: Where a quote is, and what is around it: where only these differ, the words are the same at another place.
_PLACES = frozenset(ANCHOR_COLUMNS) - {"exact"}
#: The derived tables that are compared: path, key, and the columns in which a change is news.
_DERIVED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "sentences": (("sentence_id",), ("text", "kind")),
    "relations": (("claim_a", "claim_b"), ("relation", "rule")),
    "agreement": (("proposition_id",), ("agreement_status",)),
    "silences": (("proposition_id", "source_id"), ("silence",)),
}

_Row = dict[str, str]
_Rows = dict[str, _Row]


def compare_releases(old: str | Path, new: str | Path) -> pd.DataFrame:
    """Compare two states of a data folder, row by row and cell by cell.

    Parameters
    ----------
    old, new : path
        The data folders. Both are read as they are, so that a release that this version of the library would refuse
        can be compared as well.

    Returns
    -------
    DataFrame
        One row for each row that only one has, and for each cell that differs, all str: ``table`` (of the registry,
        the coded and reference tables, ``sentences``, ``relations``, ``agreement``, ``silences``; ``numbers``),
        ``key``, ``change`` (``added, removed, changed``; ``moved`` for a quote with the same words at another place),
        ``column, old, new``. Tables are in the order of the data dictionary, rows in that of the old release, then of
        the new one.

    Raises
    ------
    DataError
        If one is no data folder, or a table of it cannot be read or repeats a key.

    Notes
    -----
    Numbers are those that a page may print, by name. Those of a release whose derived tables are not those of this
    version are computed anew. Where even that fails, they are left out; both are logged as warnings.

    Examples
    --------
    >>> from sourcebook.pipeline.folders import default_folder
    >>> compare_releases(default_folder(), default_folder()).shape
    (0, 6)
    """
    folders = [data_folder(Path(old)), data_folder(Path(new))]
    before, after = (_read_tables(folder) for folder in folders)
    rows = [
        (table, key, change, column, was, becomes)
        for table in dict.fromkeys([*before, *after])
        for key, change, column, was, becomes in _changes(before.get(table, {}), after.get(table, {}))
    ]
    numbers = [_numbers(folder) for folder in folders]
    if None not in numbers:
        rows += [("numbers", *change) for change in _changes(numbers[0] or {}, numbers[1] or {})]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def summarise_changes(changes: pd.DataFrame) -> pd.DataFrame:
    """Count what changed, table by table.

    Parameters
    ----------
    changes : DataFrame
        As :func:`compare_releases` returns it.

    Returns
    -------
    DataFrame
        One row for each table with a change: ``table`` (str) and the numbers of rows ``added, removed, changed,
        moved`` (int64).

    Examples
    --------
    >>> rows = [("claims", "a.c1", "changed", "value", "1", "2"), ("claims", "a.c1", "changed", "note", "", "x")]
    >>> summarise_changes(pd.DataFrame(rows, columns=COLUMNS)).values.tolist()
    [['claims', 0, 0, 1, 0]]
    """
    rows = changes.drop_duplicates(["table", "key", "change"])
    counts = pd.crosstab(rows["table"], rows["change"]).reindex(columns=list(_CHANGES), fill_value=0)
    counts = counts.reindex(list(dict.fromkeys(rows["table"]))).astype("int64")
    return counts.rename_axis(columns=None).reset_index()


def _read_tables(folder: Path) -> dict[str, _Rows]:
    """Return the rows of the tables of a folder, by name and key."""
    schemas = read_schemas(folder)
    asked = {name: (table.path, table.key, ()) for name, table in schemas.items()}
    derived = {name: (f"derived/{name}.csv", *about) for name, about in _DERIVED.items()}
    tables: dict[str, _Rows] = {}
    problems: list[Problem] = []
    for name, (path, key, shown) in {**asked, **derived}.items():
        if (folder / path).is_file():
            try:
                tables[name] = _by_key(read_table(folder / path, root=folder), path, key, shown)
            except DataError as error:
                problems += error.problems
    if not tables:
        problems.append(Problem(str(folder), 0, "", "no table", "a data folder", "check the path"))
    if problems:
        raise DataError(problems)
    return tables


def _by_key(frame: pd.DataFrame, path: str, key: tuple[str, ...], shown: tuple[str, ...]) -> _Rows:
    """Return the rows of a table by their keys, with the columns to compare."""
    missing = [name for name in key if name not in frame]
    if missing:
        found = ", ".join(str(name) for name in frame if name != LINE)
        raise DataError(Problem(path, 1, name, found, f"the column {name}") for name in missing)
    compared = [name for name in shown or frame.columns if name in frame and name not in (*key, LINE)]
    rows: _Rows = {}
    problems = []
    for record in frame.to_dict("records"):
        name = " ".join(str(record[part]) for part in key)
        if name in rows:
            problems.append(Problem(path, record[LINE], key[0], f"{name!r} again", "each key once"))
        rows[name] = {column: str(record[column]) for column in compared}
    if problems:
        raise DataError(problems)
    return rows


def _changes(before: _Rows, after: _Rows) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield key, change, column, old and new of what differs."""
    for key in dict.fromkeys([*before, *after]):
        if key not in after:
            yield key, _REMOVED, "", _in_words(before[key]), ""
        elif key not in before:
            yield key, _ADDED, "", "", _in_words(after[key])
        else:
            yield from _cell_changes(key, before[key], after[key])


def _cell_changes(key: str, old: _Row, new: _Row) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield the cells of a row that differ; a column that only one has counts as empty in the other."""
    differing = [name for name in dict.fromkeys([*old, *new]) if old.get(name, "") != new.get(name, "")]
    if differing and set(differing) <= _PLACES:
        yield key, _MOVED, "start", old.get("start", ""), new.get("start", "")
        return
    for name in differing:
        if name not in _PLACES:
            yield key, _CHANGED, name, old.get(name, ""), new.get(name, "")


def _in_words(row: _Row) -> str:
    """Return the words of a row that only one release has: its quote, text or value, else all its cells."""
    for name in ("exact", "text", "value", "question", "relation"):
        if row.get(name):
            return row[name]
    return "; ".join(f"{name}: {cell}" for name, cell in row.items() if cell)


def _numbers(folder: Path) -> _Rows | None:
    """Return the numbers that a page may print, by name; None where they can be neither loaded nor computed."""
    for made in (store.load, build):
        try:
            return {name: {"value": number.formatted} for name, number in made(folder).numbers.items()}
        except SourcebookError as error:
            reason = str(error).splitlines()[-1].strip()
            how = "are computed anew by this version" if made is store.load else "are not compared"
            _log.warning("%s: numbers %s: %s", folder, how, reason)
    return None

"""Read the tables of a data folder as text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from sourcebook.core.csvfiles import LINE, read_table
from sourcebook.core.errors import DataError, Problem
from sourcebook.core.schemas import ANCHOR_COLUMNS, DECLARATIONS, Schemas, Table, read_schemas
from sourcebook.sources.documents import Document, read_documents
from sourcebook.text.line_ends import restore_line_ends
from sourcebook.text.quotes import Source

__all__ = [
    "complete",
    "labels_of_column",
    "narrowed",
    "problem_in",
    "read_folder",
    "read_tables",
    "records",
    "try_tables",
    "with_source_line_ends",
]

#: Folders in which a CSV file that is no known table is reported: most likely its name is misspelt.
_WATCHED = ("coded", "reference")
_TABLES = frozenset({".csv", ".tsv", ".tab", ".xlsx", ".xls", ".ods", ".json", ".jsonl"})


def problem_in(table: Table, line: int, column: str, found: str, expected: str, action: str) -> Problem:
    """Return a problem in a table."""
    return Problem(
        file=table.path, line=int(line), column=column, found=found, expected=expected, action=action
    )


def records(frame: pd.DataFrame) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line of each row and its cells as text."""
    names = [str(name) for name in frame.columns]
    columns = [list(map(str, cells.tolist())) for _, cells in frame.items()]
    for line, *cells in zip(frame[LINE].tolist(), *columns, strict=True):
        yield int(line), dict(zip(names, cells, strict=True))


def _optional(table: Table) -> list[str]:
    """Return the columns that a table may lack."""
    return [str(name) for name, column in table.schema.columns.items() if not column.required]


def _with_optional(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Add the columns that a table may lack, empty."""
    return frame.assign(**{name: "" for name in _optional(table) if name not in frame})


def complete(table: Table, frame: pd.DataFrame) -> bool:
    """Say whether a frame has every column that its table must have."""
    return set(table.schema.columns) - set(_optional(table)) <= set(frame.columns)


def narrowed(table: Table, frame: pd.DataFrame) -> Table:
    """Return a table with those of its columns that a frame has, so that they are checked where others are missing."""
    missing = [name for name in table.schema.columns if name not in frame.columns]
    if not missing:
        return table
    schema = table.schema.remove_columns(missing)
    schema.unique = None
    anchored = table.anchored and not {"source_id", *ANCHOR_COLUMNS} & set(missing)
    key = () if set(missing) & set(table.key) else table.key
    return replace(table, schema=schema, anchored=anchored, key=key)


def labels_of_column(table: Table, column: str, tables: Mapping[str, pd.DataFrame]) -> set[str] | None:
    """Return the values that a column may have, where its schema lists them or says which table does.

    None also where that table, or its column, is not among the tables.
    """
    declared = table.schema.columns[column].metadata or {}
    if "one_of" in declared:
        return set(declared["one_of"])
    if "link" in declared:
        other, _, key = str(declared["link"]).partition(".")
        return set(tables[other][key]) if other in tables and key in tables[other] else None
    if "term" in declared and {"vocabulary", "term"} <= set(tables.get("codebook", ())):
        book = tables["codebook"]
        return set(book.loc[book["vocabulary"] == declared["term"], "term"])
    return None


def _empty(table: Table) -> pd.DataFrame:
    columns = {str(name): pd.Series(dtype="str") for name in table.schema.columns}
    return pd.DataFrame({**columns, LINE: pd.Series(dtype="int64")})


def _strays(folder: Path, schemas: Schemas) -> Iterator[Problem]:
    """Report tables next to the tables that are none of the dataset: without this they would be ignored."""
    known = {table.path for table in schemas.values()}
    for part in _WATCHED:
        for path in sorted((folder / part).glob("*")):
            name = path.relative_to(folder).as_posix()
            if path.name.startswith((".", "~$")) or path.suffix.lower() not in _TABLES or name in known:
                continue
            if _namesake(name, known) is None:
                expected = f"one of {', '.join(sorted(k for k in known if k.startswith(part)))}"
                action = f"correct its name, declare it in {DECLARATIONS}, or move it elsewhere"
                yield Problem(name, 0, "", "a file that is no table of the dataset", expected, action)
            elif (folder / str(_namesake(name, known))).exists():
                expected, action = "one file of that name", "move one of them elsewhere"
                yield Problem(name, 0, "", f"a second file beside {_namesake(name, known)}", expected, action)
    for path in sorted((folder / "coded/passes").glob("*")):
        if path.suffix != ".csv" and path.suffix.lower() in _TABLES and not path.name.startswith((".", "~$")):
            name = path.relative_to(folder).as_posix()
            yield Problem(
                name, 0, "", f"a {path.suffix} file", "passes as .csv", "save it as .csv, or move it away"
            )


def _namesake(name: str, known: Iterable[str]) -> str | None:
    """Return the table whose name differs from that of a file in nothing but case and composition of letters."""
    return next((k for k in known if _spelt(k) == _spelt(name)), None)


def _spelt(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def try_tables(
    folder: Path, names: Iterable[str] | None = None, *, schemas: Schemas | None = None
) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Read what can be read of the tables of a data folder, unchecked.

    Parameters
    ----------
    folder : Path
        The data folder, the one that holds ``raw`` and ``coded``.
    names : iterable of str, optional
        Names of tables of the folder; all by default.
    schemas : sourcebook.core.schemas.Schemas, optional
        The tables that the folder can have; by default as :func:`sourcebook.core.schemas.read_schemas` reads them.

    Returns
    -------
    tuple of (dict of str to DataFrame, list of Problem)
        The tables as :func:`read_tables` returns them, without those that cannot be read; and why not, with every
        CSV file that is no table of the dataset if all tables are asked for.

    Raises
    ------
    DataError
        If the declaration of the tables is wrong.
    """
    schemas = read_schemas(folder) if schemas is None else schemas
    frames: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = list(_strays(folder, schemas)) if names is None else []
    for name in schemas if names is None else names:
        table = schemas[name]
        path = folder / table.path
        if path.exists() or path.is_symlink():  # a link that leads nowhere is no table that is left out
            try:
                frames[name] = _with_optional(table, read_table(path, root=folder))
            except DataError as error:
                problems.extend(error.problems)
        elif beside := [p for p in path.parent.glob("*") if _spelt(p.name) == _spelt(path.name)]:
            action = f"rename it to {path.name}"
            problems.append(problem_in(table, 0, "", f"{beside[0].name!r}", f"a file {path.name!r}", action))
        elif table.required:
            expected = f"the table “{table.title}”"
            action = f"add it, with the columns {', '.join(map(str, table.schema.columns))}"
            problems.append(problem_in(table, 0, "", "no file", expected, action))
        else:
            frames[name] = _empty(table)
    return frames, problems


def read_tables(folder: Path, names: Iterable[str] | None = None) -> dict[str, pd.DataFrame]:
    """Read the tables of a data folder as text, unchecked.

    Parameters
    ----------
    folder : Path
        The data folder, the one that holds ``raw`` and ``coded``.
    names : iterable of str, optional
        Names of tables of the folder; all by default.

    Returns
    -------
    dict of str to DataFrame
        Columns of the file in its order, all text, empty cells as ``""``, and ``line``, the line of the
        file where the record starts. An optional table without a file is empty.

    Raises
    ------
    DataError
        Files that cannot be read as tables, required tables that are missing, and CSV files that are no
        table, all together; before these, whatever is wrong in the declaration of the tables.
    """
    frames, problems = try_tables(folder, names)
    if problems:
        raise DataError(problems)
    return frames


def read_folder(folder: Path) -> tuple[Schemas, dict[str, Document], dict[str, pd.DataFrame]]:
    """Return what a data folder can have, its documents, and its tables with the line ends of the documents.

    Parameters
    ----------
    folder : Path
        The data folder.

    Returns
    -------
    tuple of (sourcebook.core.schemas.Schemas, dict of str to Document, dict of str to DataFrame)
        The documents by source id, the tables as :func:`read_tables` returns them.

    Raises
    ------
    DataError
        With everything in a file that keeps it from being read.
    """
    schemas, documents = read_schemas(folder), read_documents(folder / "raw")
    return schemas, documents, with_source_line_ends(read_tables(folder), documents, schemas)


def with_source_line_ends(
    frames: Mapping[str, pd.DataFrame], documents: Mapping[str, Source], schemas: Schemas
) -> dict[str, pd.DataFrame]:
    """Return tables whose quotes have the line ends of their sources, whatever a program made of them.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        As :func:`read_tables` returns them.
    documents : mapping of str to Source
        By source id.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have.

    Returns
    -------
    dict of str to DataFrame
        All tables; only those with whole anchors are changed.
    """
    return {
        name: restore_line_ends(frame, documents)
        if schemas[name].anchored and set(schemas[name].schema.columns) <= set(frame)
        else frame
        for name, frame in frames.items()
    }

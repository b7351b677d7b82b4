"""Fill in the places and the sentences of the quotes of coded tables, in their files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sourcebook.core.csvfiles import LINE, read_table, write_table
from sourcebook.core.errors import DataError, Problem
from sourcebook.core.schemas import TABLES, read_schemas
from sourcebook.sources.documents import (
    Document,
    read_document,
    read_documents,
    read_registry,
    sentence_table,
)
from sourcebook.sources.registry import LAYOUT
from sourcebook.sources.sentence_record import record_sentences
from sourcebook.text import anchors

__all__ = ["Anchored", "anchor_tables", "find_table"]


@dataclass(frozen=True, kw_only=True)
class Anchored:
    """What became of a file.

    Attributes
    ----------
    path : pathlib.Path
        The file.
    quotes : int
        Its quotes, all of them at their places now.
    changed : int
        The rows in which something was filled in or corrected. Without any the file was not written.
    """

    path: Path
    quotes: int
    changed: int


def find_table(folder: Path, path: Path) -> Path:
    """Return the file that a path means: here, in the data folder, or in its folder ``coded``.

    Parameters
    ----------
    folder : Path
        The data folder.
    path : Path
        As a user gives it.

    Raises
    ------
    DataError
        If there is none.

    Examples
    --------
    >>> from sourcebook.pipeline.folders import default_folder
    >>> find_table(default_folder(), Path("claims.csv")).parts[-2:]
    ('coded', 'claims.csv')
    """
    places = [path, *(folder / part / path for part in ("", "coded", "raw"))]
    if found := next((place for place in places if place.is_file()), None):
        return found
    looked = ", ".join(str(place.parent) for place in places[1:3])
    raise DataError(
        [Problem(str(path), 0, "", "no such file", f"a table here, in {looked}", "check the path")]
    )


def anchor_tables(folder: Path, paths: Iterable[Path] = ()) -> list[Anchored]:
    """Fill in place and sentence of every quote of some tables, and write their files.

    Nothing is written unless every quote of every table has one place. The ids of the sentences are written down, so
    that they stay as they are: see `sourcebook.sources.sentence_record`.

    Parameters
    ----------
    folder : Path
        The data folder.
    paths : iterable of Path
        The tables, as :func:`find_table` finds them; by default the layout and all of the folder that have quotes.

    Raises
    ------
    DataError
        With every quote that is not found, or not certain.
    """
    schemas = read_schemas(folder)
    anchored = [folder / table.path for table in schemas.values() if table.anchored]
    layout = folder / "raw" / LAYOUT
    files = [find_table(folder, path) for path in paths]
    files = files or [path for path in (layout, *anchored) if path.is_file()]
    done = []
    if any(path.samefile(layout) for path in files if layout.exists()):
        done.append(_anchor_layout(folder, layout))
        files = [path for path in files if not path.samefile(layout)]
    documents = read_documents(folder / "raw")
    filled: dict[Path, tuple[pd.DataFrame, pd.DataFrame]] = {}
    problems: list[Problem] = []
    for path in files:
        try:
            filled[path] = _filled(path, documents)
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    record_sentences(folder / "raw", documents)
    return done + [_written(path, *frames) for path, frames in filled.items()]


def _filled(path: Path, documents: Mapping[str, Document]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a table as it is and as it will be."""
    before = read_table(path)
    spans = anchors.sentence_spans(sentence_table(documents))
    after = anchors.fill_anchors(before, documents, file=str(path), spans=spans)
    return before, after


def _anchor_layout(folder: Path, path: Path) -> Anchored:
    """Fill in the places of the layout, which has no other columns of an anchor, in the whole texts."""
    raw = folder / "raw"
    registry = read_registry(raw)
    documents = {
        str(row["source_id"]): read_document(
            raw / str(row["file"]), source_id=str(row["source_id"]), sha256=str(row["sha256"])
        )
        for row in registry.to_dict("records")
    }
    before = read_table(path)
    after = anchors.fill_anchors(before, documents, file=str(path))
    kept = [name for name in after if name in before or name in TABLES["layout"].schema.columns]
    return _written(path, before, after[kept])


def _written(path: Path, before: pd.DataFrame, after: pd.DataFrame) -> Anchored:
    """Write a table where it changed."""
    old = before.reindex(columns=after.columns, fill_value="")
    changed = int((old.drop(columns=LINE) != after.drop(columns=LINE)).any(axis=1).sum())
    if changed:
        write_table(after, path)
    return Anchored(path=path, quotes=len(after), changed=changed)

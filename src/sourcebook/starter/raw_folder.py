"""Write documents into the folder ``raw``: texts, originals, registry, layout and pages."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from sourcebook.core.csvfiles import LINE, read_table, write_table
from sourcebook.core.files import write_text
from sourcebook.core.schemas import TABLES
from sourcebook.starter.documents import NewDocument

__all__ = ["extend_table", "registry_row", "write_raw"]

_RIGHTS = "Not stated; presumably with the publisher."


def write_raw(folder: Path, documents: Sequence[NewDocument]) -> None:
    """Add documents to a folder ``raw``: each text, the file it was taken from, and its rows in the three tables.

    Parameters
    ----------
    folder : Path
        The folder, with or without documents in it.
    documents : sequence of NewDocument
        Those to add; the tables are written last, so that a folder without them has its old state.
    """
    (folder / "original").mkdir(parents=True, exist_ok=True)
    for document in documents:
        write_text(folder / f"{document.source_id}.txt", document.read.text)
        shutil.copyfile(document.path, folder / document.original)
    for name, rows in (
        ("layout", _layout(documents)),
        ("pages", _pages(documents)),
        ("sources", map(registry_row, documents)),
    ):
        extend_table(folder / Path(TABLES[name].path).name, rows, list(TABLES[name].schema.columns))


def extend_table(path: Path, rows: Iterable[Mapping[Any, str]], columns: Sequence[str]) -> None:
    """Add rows to a table: it keeps the columns that it has, and gets those that the rows need.

    Parameters
    ----------
    path : Path
        The table, which is made with all columns if it is not there.
    rows : iterable of mapping
        The rows.
    columns : sequence of str
        Those of its schema, in order.
    """
    added = pd.DataFrame(list(rows), columns=list(columns), dtype="str").fillna("")
    if path.exists():
        old = read_table(path).drop(columns=LINE)
        kept = [name for name in columns if name in old.columns or added[name].ne("").any()]
        added = pd.concat([old, added[kept]], ignore_index=True).fillna("")
    write_table(added, path)


def registry_row(document: NewDocument) -> dict[str, str]:
    """Return the row of the registry for a document, and name in it what is a proposal.

    Parameters
    ----------
    document : NewDocument
        The document.
    """
    read, cells = document.read, document.proposal.cells
    part = f", article {read.name}" if read.name else ""
    row: dict[str, str] = dict.fromkeys(map(str, TABLES["sources"].schema.columns), "")
    row |= cells
    row |= {
        "source_id": document.source_id,
        "file": f"{document.source_id}.txt",
        "original_name": f"{document.path.name}{part}",
        "sha256": hashlib.sha256(read.text.encode()).hexdigest(),
        "rights": _RIGHTS,
        "original": document.original,
        "original_sha256": document.sha256,
        "tool": read.tool[0],
        "tool_version": read.tool[1],
        "encoding": read.encoding,
        "proposed": ";".join(
            [name for name, value in cells.items() if value and name != "date_note"] + ["rights"]
        ),
    }
    return row


def _layout(documents: Iterable[NewDocument]) -> Iterable[dict[str, str]]:
    for document in documents:
        for kind, start, end in document.proposal.zones:
            words = document.read.text[start:end]
            yield {
                "source_id": document.source_id,
                "zone": kind,
                "exact": words,
                "start": str(start),
                "end": str(end),
            }


def _pages(documents: Iterable[NewDocument]) -> Iterable[dict[str, str]]:
    for document in documents:
        for number, (start, end) in enumerate(document.read.pages, 1):
            yield {
                "source_id": document.source_id,
                "page": str(number),
                "start": str(start),
                "end": str(end),
            }

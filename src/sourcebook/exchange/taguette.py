"""Highlights of Taguette: its export of them as CSV or as a workbook, a row for each tag of each."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterator
from pathlib import Path

from sourcebook.coding.workbook import read_workbook
from sourcebook.core.decoding import INVISIBLE, decoded
from sourcebook.core.errors import DataError, Problem
from sourcebook.exchange.formats import Format
from sourcebook.exchange.model import Annotation, Code, Document, Project
from sourcebook.exchange.sheet import check_workbook
from sourcebook.exchange.untrusted import read_bytes

__all__ = ["FORMAT"]

_SHEET, _COLUMNS = "highlights", ("id", "document", "tag", "content")


def read(path: Path) -> Project:
    """Return the highlights of a file, the rows of one and the same together.

    A tag with dots is a code within the one before its last dot, as Taguette shows it.
    """
    tags: dict[tuple[str, str, str], dict[str, None]] = {}
    for number, document, tag, words in _rows(path):
        tags.setdefault((number, document, words), {}).update(dict.fromkeys([tag] if tag else []))
    annotations = tuple(
        Annotation(annotation_id=number, document_id=document, exact=words, codes=tuple(codes))
        for (number, document, words), codes in tags.items()
    )
    paths = {path: None for each in annotations for code in each.codes for path in _paths(code)}
    return Project(
        documents=tuple(
            Document(document_id=name, text="") for name in dict.fromkeys(a.document_id for a in annotations)
        ),
        codes=tuple(
            Code(code_id=path, name=path.rpartition(".")[2], parent=path.rpartition(".")[0]) for path in paths
        ),
        annotations=annotations,
        told=["highlights are found by their words: the file has no places"] if annotations else [],
    )


def _paths(tag: str) -> Iterator[str]:
    """Yield a tag and those that it is within, the outermost first."""
    parts = tag.split(".")
    if all(parts):
        yield from (".".join(parts[: count + 1]) for count in range(len(parts) - 1))
    yield tag


def _rows(path: Path) -> Iterator[list[str]]:
    """Yield number, document, tag and words of each row."""
    if path.suffix.lower() == ".csv":
        yield from _rows_of_csv(path)
        return
    check_workbook(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's, on parts that are not read
        book = read_workbook(path, {_SHEET: _COLUMNS})
    if book.problems:
        raise DataError(book.problems)
    for row in book.sheets[_SHEET].rows:
        yield [row.cells[name] for name in _COLUMNS]


def _rows_of_csv(path: Path) -> Iterator[list[str]]:
    read_bytes(path)
    text, problem = decoded(path, path.name)
    if problem is not None:
        raise DataError([problem])
    lines = csv.reader(io.StringIO(text.lstrip(INVISIBLE), newline=""), strict=True)
    try:
        header, *rows = [(lines.line_num, row) for row in lines if row] or [(1, [])]
    except csv.Error as error:
        expected, action = "quotes around whole cells, doubled within them", "export the highlights again"
        raise DataError([Problem(path.name, lines.line_num, "", str(error), expected, action)]) from None
    bad = [(number, row) for number, row in rows if len(row) != len(_COLUMNS)]
    if tuple(header[1]) != _COLUMNS or bad:
        number, row = header if tuple(header[1]) != _COLUMNS else bad[0]
        expected = f"the columns {', '.join(_COLUMNS)}, as Taguette exports highlights"
        action = "export the highlights as CSV or Excel; `import sheet` takes other sheets"
        raise DataError([Problem(path.name, number, "", f"{', '.join(row):.80}", expected, action)])
    yield from (row for _, row in rows)


FORMAT = Format(
    name="taguette",
    text="highlights of Taguette",
    suffixes=(".csv", ".xlsx"),
    read=read,
    tried="CSV and .xlsx of Taguette 1.5.2",
)

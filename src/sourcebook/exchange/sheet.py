"""Annotations, codes and documents as the sheets of an Excel workbook, or the annotations alone as a CSV file.

A column under a name of one's own is a field of the annotations. `sourcebook sheet` writes another sheet: the one for
coding, with every sentence.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import fields as fields_of
from pathlib import Path

import pandas as pd

from sourcebook.coding.sheet_file import NOT_TEXT, write_sheet_csv
from sourcebook.coding.workbook import Row, Sheet, Workbook, read_workbook, write_workbook
from sourcebook.core.errors import DataError
from sourcebook.exchange.formats import Format
from sourcebook.exchange.model import Annotation, Code, Document, Project
from sourcebook.exchange.untrusted import Archive, read_bytes
from sourcebook.exchange.xmlfiles import parse_xml

__all__ = ["FORMAT", "check_workbook"]

ANNOTATIONS, CODES, DOCUMENTS = "Annotations", "Codes", "Documents"
#: The columns of the sheet of annotations; every other is a field.
_OWN = {
    "annotation_id": "Its id.",
    "document_id": "The document that it is in.",
    "start": "Where its words begin, in code points counted from 0.",
    "end": "Where they end; the character there is no longer among them.",
    "exact": "Its words.",
    "prefix": "Words before them.",
    "suffix": "Words after them.",
    "codes": "Its codes, one in a line.",
    "note": "A remark.",
    "coder": "Who made it.",
    "created": "When it was made.",
}
_AGAIN = " (field)"
_LONGEST = 32_000


def write(project: Project, path: Path) -> list[str]:
    """Write a project as a workbook, or its annotations as CSV, and return what that could not hold."""
    sheets = [_annotations(project), _plain(CODES, Code, project.codes), _documents(project)]
    told = ["the texts of documents"] if any(document.text for document in project.documents) else []
    if path.suffix.lower() == ".csv":
        columns = list(sheets[0].columns)
        rows = [[row.cells.get(name, "") for name in columns] for row in sheets[0].rows]
        write_sheet_csv(pd.DataFrame(rows, columns=columns, dtype="str"), path)
        return [
            *told,
            "codes by themselves, and titles, addresses and languages of documents: a CSV file is one sheet",
            f"that its cells are text: {NOT_TEXT}",
        ]
    write_workbook(path, sheets, {})
    cells = [cell for sheet in sheets for row in sheet.rows for cell in row.cells.values()]
    if long := sum(len(cell) > _LONGEST for cell in cells):
        told.append(
            f"the ends of {long} texts of more than {_LONGEST:,} characters, the most that a cell takes"
        )
    return told


def _annotations(project: Project) -> Sheet:
    names = dict.fromkeys(name for annotation in project.annotations for name in annotation.fields)
    shown = {name: f"{name}{_AGAIN}" if name in _OWN else name for name in names}
    rows = []
    for number, each in enumerate(project.annotations, start=2):
        own = {name: getattr(each, name) for name in _OWN} | {"codes": "\n".join(each.codes)}
        cells = {name: "" if value is None else str(value) for name, value in own.items()}
        cells |= {shown[name]: cell for name, cell in each.fields.items()}
        rows.append(Row(number=number, cells=cells))
    columns = _OWN | dict.fromkeys(shown.values(), "")
    return Sheet(name=ANNOTATIONS, columns=columns, rows=rows, widths={"exact": 60, "note": 40, "codes": 30})


def _plain(name: str, kind: type, things: Iterable[object]) -> Sheet:
    columns = [each.name for each in fields_of(kind)]
    rows = [
        Row(number=number, cells={column: str(getattr(each, column)) for column in columns})
        for number, each in enumerate(things, start=2)
    ]
    return Sheet(name=name, columns=dict.fromkeys(columns, ""), rows=rows, widths={"description": 60})


def _documents(project: Project) -> Sheet:
    sheet = _plain(DOCUMENTS, Document, project.documents)
    for row in sheet.rows:
        row.cells.pop("text")
    sheet.columns.pop("text")
    return sheet


def read(path: Path) -> Project:
    """Return the annotations, codes and documents of a workbook, or the annotations of a CSV file."""
    if path.suffix.lower() == ".csv":
        read_bytes(path)
    else:
        check_workbook(path)
    needed = {ANNOTATIONS: ("document_id", "exact"), CODES: ("code_id", "name"), DOCUMENTS: ("document_id",)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's, on parts that are not read
        book = read_workbook(path, needed)
    if book.problems:
        raise DataError(book.problems)
    annotations = tuple(_annotation(row) for row in book.sheets[ANNOTATIONS].rows if any(row.cells.values()))
    documents = {
        row["document_id"]: Document(
            document_id=row["document_id"], text="", **_some(row, "title", "address", "language")
        )
        for row in _rows(book, DOCUMENTS)
    }
    for each in annotations:
        documents.setdefault(each.document_id, Document(document_id=each.document_id, text=""))
    codes = {
        row["code_id"]: Code(
            code_id=row["code_id"], name=row["name"], **_some(row, "parent", "description", "colour")
        )
        for row in _rows(book, CODES)
    }
    for code in (code for each in annotations for code in each.codes):
        codes.setdefault(code, Code(code_id=code, name=code))
    return Project(
        documents=tuple(documents.values()),
        codes=tuple(codes.values()),
        annotations=annotations,
        told=list(book.notes),
    )


def check_workbook(path: Path) -> None:
    """Raise an error for a workbook that would ask too much of the program that reads it.

    Parameters
    ----------
    path : Path
        The workbook.

    Raises
    ------
    DataError
        If it is no archive, or one of its parts is too large, too deep or no XML.
    """
    with Archive(path) as archive:
        for name in archive.names:
            if name.lower().endswith((".xml", ".rels")):
                parse_xml(archive.read(name), f"{path}/{name}")


def _rows(book: Workbook, sheet: str) -> list[Mapping[str, str]]:
    return [row.cells for row in book.sheets[sheet].rows] if sheet in book.sheets else []


def _some(row: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: row.get(name, "") for name in names}


def _annotation(row: Row) -> Annotation:
    cells = row.cells
    places = [cells.get(name, "") for name in ("start", "end")]
    whole = all(place.isascii() and place.isdigit() and len(place) < 13 for place in places)
    start, end = (int(place) for place in places) if whole else (None, None)
    given = {name.removesuffix(_AGAIN): cell for name, cell in cells.items() if name not in _OWN and cell}
    return Annotation(
        annotation_id=cells.get("annotation_id", "") or f"row {row.number}",
        document_id=cells.get("document_id", ""),
        start=start,
        end=end,
        codes=tuple(filter(None, (line.strip() for line in cells.get("codes", "").splitlines()))),
        fields=given,
        **_some(cells, "exact", "prefix", "suffix", "note", "coder", "created"),
    )


FORMAT = Format(
    name="sheet",
    text="an Excel workbook of annotations, codes and documents, or a CSV file of annotations",
    suffixes=(".xlsx", ".csv"),
    read=read,
    write=write,
    tried="LibreOffice 7.4 and the library openpyxl 3.1",
)

"""doccano's JSON Lines: a text in each line, with labels of stretches of it or of the whole."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sourcebook.core.errors import DataError, Problem
from sourcebook.core.files import write_text
from sourcebook.exchange.exported import Exported, exported_files
from sourcebook.exchange.formats import Format
from sourcebook.exchange.model import Annotation, Code, Document, Project
from sourcebook.exchange.spans import placed, quoted
from sourcebook.exchange.untrusted import parse_json, read_text

__all__ = ["FORMAT", "read", "write"]

_ACTION = "export the project again as JSONL"
#: Where a line has its text and its labels, in the order of doccano's versions.
_TEXTS = ("text", "data", "sentence")
_LABELS = ("entities", "label", "labels", "annotations", "cats")
#: Names of files of an export that are of no one coder.
_NOBODY = {"all", "unknown", "admin_all"}
_LONGEST = 200
_UNCHECKED = (
    "texts with characters of two UTF-16 code units: doccano gives no words, so that offsets are taken as it counts "
    "them, in code points"
)


def read(path: Path) -> Project:
    """Return the project that a file of doccano holds, or a folder or a ZIP archive with a file of each coder.

    Parameters
    ----------
    path : Path
        A file of JSON Lines, or of JSON with a list; or a folder or an archive of them.

    Returns
    -------
    Project
        A document for each line; labels are codes, those of a whole text of the whole document.

    Raises
    ------
    DataError
        With every line that has no text, or a label that is none.
    """
    told: Counter[str] = Counter()
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    annotations: list[Annotation] = []
    for file in exported_files(path, (".jsonl", ".json")):
        coder = "" if file.where == str(path) else Path(file.where).stem
        for line, record in _records(file, problems):
            reader = _Reader(file.where, line, "" if coder in _NOBODY else coder, told)
            document = reader.document(record, documents, Path(file.where).stem)
            if document is not None:
                annotations += reader.annotations(record, document)
            problems += reader.problems
    if problems:
        raise DataError(problems)
    labels = dict.fromkeys(code for each in annotations for code in each.codes)
    return Project(
        documents=tuple(documents.values()),
        codes=tuple(Code(code_id=label, name=label) for label in labels),
        annotations=tuple(annotations),
        told=[f"{sentence}: {count:,}" for sentence, count in told.items() if count],
    )


def _records(file: Exported, problems: list[Problem]) -> Iterator[tuple[int, Any]]:
    """Yield the records of a file with their lines; of a list the number of each."""
    try:
        text = read_text(file.data, file.where)
        if text.lstrip()[:1] == "[":
            values = parse_json(text, file.where)
            yield from enumerate(values, 1)
            return
    except DataError as error:
        problems += error.problems
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, parse_json(line, file.where)
            except DataError as error:
                problems += [
                    Problem(each.file, number, each.column, each.found, each.expected, each.action)
                    for each in error.problems
                ]


class _Reader:
    """Reads one record."""

    def __init__(self, where: str, line: int, coder: str, told: Counter[str]) -> None:
        self.where, self.line, self.coder, self.told = where, line, coder, told
        self.problems: list[Problem] = []

    def _wrong(self, found: object, expected: str, column: str = "") -> None:
        self.problems.append(Problem(self.where, self.line, column, f"{found!r:.80}", expected, _ACTION))

    def document(self, record: Any, documents: dict[str, Document], stem: str) -> Document | None:
        """Return the document of a record, which is added if it is not known."""
        name = next((key for key in _TEXTS if isinstance(record, dict) and key in record), "")
        text = record[name] if name else None
        if not isinstance(text, str):
            self._wrong(record if text is None else text, "an object with a text (text)")
            return None
        key = str(record.get("document_id") or record.get("id") or f"{stem}-{self.line}")
        if key in documents and documents[key].text != text:
            key = f"{key}/{stem}-{self.line}"
        title = record.get("title") or record.get("filename") or ""
        document = Document(document_id=key, text=text, title=title if isinstance(title, str) else "")
        return documents.setdefault(key, document)

    def annotations(self, record: dict[str, Any], document: Document) -> Iterator[Annotation]:
        """Yield the annotations of a record."""
        stretches: list[tuple[int, int, str]] = []
        found: list[tuple[str, str]] = []
        whole: list[str] = []
        for column in _LABELS:
            if (values := record.get(column)) is not None:
                self._labels(values, column, stretches, found, whole)
        number = 0
        if any(sign > "\uffff" for sign in document.text) and stretches:
            self.told[_UNCHECKED] += 1
        places, _ = placed(document.text, stretches, ("code points",))
        words = quoted(document.text, places, self.where)
        for (label, name), place, exact in zip(found, places, words, strict=True):
            number += 1
            if place is None or not exact:
                self.told["labels beyond the text, or of no character, not taken"] += 1
                continue
            yield self._annotation(document, name or str(number), label, place, exact)
        for label in whole:
            number += 1
            yield self._annotation(document, str(number), label, None, "")
        yield from self._comments(record, document)
        if isinstance(relations := record.get("relations"), list):
            self.told["relations, not taken"] += len(relations)

    def _labels(
        self,
        values: Any,
        column: str,
        stretches: list[tuple[int, int, str]],
        found: list[tuple[str, str]],
        whole: list[str],
    ) -> None:
        """Sort the labels of a record into those of stretches and those of the whole text."""
        if isinstance(values, dict):
            values = [name for name, value in values.items() if value]
        for each in values if isinstance(values, list) else [values]:
            if isinstance(each, str | int) and not isinstance(each, bool):
                whole.append(str(each))
                continue
            match each:
                case [int(start), int(end), str() | int() as label]:
                    name = ""
                case {"start_offset": int(start), "end_offset": int(end), "label": str() | int() as label}:
                    name = str(each.get("id", ""))
                case {"label": str() | int() as label}:
                    whole.append(str(label))
                    continue
                case _:
                    self._wrong(each, "a label: its start, its end and its name, or its name", column)
                    continue
            if isinstance(label, int):
                self.told["labels of old versions, which the file names by numbers"] += 1
            big = 10**12
            stretches.append((max(-big, min(start, big)), max(-big, min(end, big)), ""))
            found.append((str(label), name))

    def _comments(self, record: dict[str, Any], document: Document) -> Iterator[Annotation]:
        """Yield the comments on a text, each as a note on the whole of it."""
        number = 0
        comments = record.get("Comments") or record.get("comments") or []
        for each in comments if isinstance(comments, list) else [comments]:
            text = each.get("comment", each.get("text")) if isinstance(each, dict) else each
            if isinstance(text, str) and text.strip():
                number += 1
                yield Annotation(
                    annotation_id=self._id(document, f"comment {number}"),
                    document_id=document.document_id,
                    note=text,
                    coder=self.coder,
                )

    def _id(self, document: Document, name: str) -> str:
        return ".".join(part for part in (document.document_id, self.coder, name) if part)

    def _annotation(
        self, document: Document, name: str, label: str, place: tuple[int, int] | None, exact: str
    ) -> Annotation:
        long = len(label) > _LONGEST  # of a project of summaries or translations
        return Annotation(
            annotation_id=self._id(document, name),
            document_id=document.document_id,
            start=place and place[0],
            end=place and place[1],
            exact=exact,
            codes=() if long else (label,),
            note=label if long else "",
            coder=self.coder,
        )


def write(project: Project, path: Path) -> list[str]:
    """Write a project as JSON Lines for doccano's sequence labelling, and return what that has no place for.

    Parameters
    ----------
    project : Project
        The project.
    path : Path
        The file.

    Returns
    -------
    list of str
        A sentence for each kind of loss.
    """
    lost: Counter[str] = Counter()
    lines = []
    for document, of_it in project.by_document():
        labels = []
        for each in of_it:
            if each.start is None or each.end is None:
                lost["annotations of a whole document, or without a place in its text"] += 1
                continue
            labels += [[each.start, each.end, code] for code in each.codes or ("",)]
            lost["notes"] += bool(each.note)
            lost["annotations whose coder has no place"] += bool(each.coder)
            lost["annotations whose fields have no place"] += bool(each.fields)
        about = {"title": document.title, "address": document.address, "language": document.language}
        record = {"document_id": document.document_id, "text": document.text, "label": labels}
        lines.append(json.dumps(record | {k: v for k, v in about.items() if v}, ensure_ascii=False) + "\n")
    lost["ids of annotations"] = len(project.annotations)
    lost["descriptions of codes"] += sum(bool(code.description) for code in project.codes)
    write_text(path, "".join(lines))
    return [f"{sentence}: {count:,}" for sentence, count in lost.items() if count]


FORMAT = Format(
    name="doccano",
    text="doccano's JSON Lines",
    suffixes=(".jsonl",),
    read=read,
    write=write,
    tried="JSONL of doccano 1.8.4, and lines as its versions document them",
)

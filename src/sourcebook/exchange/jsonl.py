"""Proposals in JSON Lines, as `sourcebook accept` takes them: a language model's, a colleague's, or coded rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sourcebook.core.errors import DataError, Problem
from sourcebook.core.files import write_text
from sourcebook.core.jsonlines import read_json_lines
from sourcebook.exchange.formats import Format
from sourcebook.exchange.model import Annotation, Code, Document, Project
from sourcebook.exchange.untrusted import read_bytes

__all__ = ["FORMAT"]

_OWN = {
    "source_id",
    "exact",
    "prefix",
    "suffix",
    "start",
    "end",
    "note",
    "proposed_by",
    "proposal_id",
    "decision",
}


def read(path: Path) -> Project:
    """Return the proposals of a file; lines that are none are told, and refused where all are."""
    read_bytes(path)
    annotations, problems = [], []
    for line, record in read_json_lines(path):
        found = record if isinstance(record, Problem) else _annotation(record, line, str(path))
        if isinstance(found, Problem):
            problems.append(found)
        else:
            annotations.append(found)
    if problems and not annotations:
        raise DataError(problems)
    sources = dict.fromkeys(annotation.document_id for annotation in annotations)
    return Project(
        documents=tuple(Document(document_id=name, text="") for name in sources),
        annotations=tuple(annotations),
        told=[f"not taken: {problem}" for problem in problems],
    )


def _annotation(record: dict[str, Any], line: int, where: str) -> Annotation | Problem:
    """Return a proposal, or what is wrong with it."""
    for name, value in record.items():
        if isinstance(value, list | dict | bool):
            found = f"{json.dumps(value, ensure_ascii=False):.80}"
            return Problem(where, line, name, found, "a text, a number, or null", "write it as one text")
    cells = {name: "" if value is None else str(value) for name, value in record.items()}
    for name in ("source_id", "exact"):
        if not cells.get(name, "").strip():
            return Problem(where, line, name, "nothing", "the source, and its words", "fill it in")
    places = [cells.get(name, "") for name in ("start", "end")]
    whole = all(place.isascii() and place.isdigit() and len(place) < 13 for place in places)
    start, end = (int(place) for place in places) if whole else (None, None)
    return Annotation(
        annotation_id=cells.get("proposal_id", "") or str(line),
        document_id=cells["source_id"],
        start=start,
        end=end,
        exact=cells["exact"],
        prefix=cells.get("prefix", ""),
        suffix=cells.get("suffix", ""),
        note=cells.get("note", ""),
        coder=cells.get("proposed_by", ""),
        fields={name: cell for name, cell in cells.items() if cell and name not in _OWN},
    )


def write(project: Project, path: Path) -> list[str]:
    """Write each annotation as a proposal, and return what that could not hold."""
    codes = {code.code_id: code for code in project.codes}
    texts = {document.document_id: document.text for document in project.documents}
    rows = [_row(each, codes, texts[each.document_id]) for each in project.annotations]
    write_text(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    told = ["texts of documents, and codes by themselves"]
    if any(annotation.fields for annotation in project.annotations):
        told.append("ids of coded rows: what is coded already is recognised by its words and cells")
    return told


def _row(annotation: Annotation, codes: dict[str, Code], text: str) -> dict[str, str]:
    start, end = annotation.start, annotation.end
    placed = start is not None and end is not None
    fields = {name: cell for name, cell in annotation.fields.items() if cell != annotation.annotation_id}
    coded = [codes[code].name if code in codes else code for code in annotation.codes]
    about = [f"coded {', '.join(coded)}"] if coded and not fields else []
    row = {
        **fields,
        "source_id": annotation.document_id,
        "exact": annotation.exact or (text[start:end] if placed else ""),
        "prefix": annotation.prefix,
        "suffix": annotation.suffix,
        "start": str(start) if placed else "",
        "end": str(end) if placed else "",
        "note": "; ".join([*about, *filter(None, [annotation.note])]),
        "proposed_by": annotation.coder or "sourcebook",
    }
    return {name: cell for name, cell in row.items() if cell}


FORMAT = Format(
    name="jsonl",
    text="proposals in JSON Lines, as the command accept takes them",
    suffixes=(".jsonl", ".ndjson"),
    read=read,
    write=write,
    tried="the command accept",
)

"""STAM, the stand-off text annotation model, as STAM JSON: out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sourcebook.core.files import write_text
from sourcebook.exchange.formats import Format
from sourcebook.exchange.model import Annotation, Code, Project

__all__ = ["FORMAT", "write"]

_SET, _CODES = "sourcebook", "sourcebook-codes"


def write(project: Project, path: Path) -> list[str]:
    """Write a project as a STAM annotation store, and return what that has no place for: nothing.

    Parameters
    ----------
    project : Project
        The project. Its documents are resources, what their metadata and the codes say are annotations of them.
    path : Path
        The file.

    Returns
    -------
    list of str
        Empty.
    """
    written = {each.document_id for each in project.documents}
    annotations = [
        _annotation(f"document {each.document_id}", _whole(each.document_id), about)
        for each in project.documents
        if (about := {"title": each.title, "address": each.address, "language": each.language})
        and any(about.values())
    ]
    for each in project.annotations:
        if each.document_id in written:
            target = _whole(each.document_id)
            if each.start is not None and each.end is not None:
                target = _stretch(each.document_id, each.start, each.end)
            annotations.append(_annotation(each.annotation_id, target, _said(each), each.codes))
    keys = {data["key"] for each in annotations for data in each["data"]}
    store = {
        "@type": "AnnotationStore",
        "@id": "sourcebook",
        "resources": [
            {"@type": "TextResource", "@id": each.document_id, "text": each.text}
            for each in project.documents
        ],
        "annotationsets": [
            {
                "@type": "AnnotationDataSet",
                "@id": _SET,
                "keys": [{"@type": "DataKey", "@id": key} for key in sorted(keys)],
                "data": [],
            },
            _codebook(project.codes),
        ],
        "annotations": annotations,
    }
    write_text(path, json.dumps(store, ensure_ascii=False, indent=1) + "\n")
    return []


def _whole(document: str) -> dict[str, Any]:
    return {"@type": "ResourceSelector", "resource": document}


def _stretch(document: str, start: int, end: int) -> dict[str, Any]:
    """Return a stretch of a text, counted in code points as STAM counts."""
    begin, finish = ({"@type": "BeginAlignedCursor", "value": value} for value in (start, end))
    offset = {"@type": "Offset", "begin": begin, "end": finish}
    return {"@type": "TextSelector", "resource": document, "offset": offset}


def _said(each: Annotation) -> dict[str, str]:
    own = {"note": each.note, "coder": each.coder, "created": each.created}
    return {**{f"field {name}" if name in own else name: text for name, text in each.fields.items()}, **own}


def _annotation(
    name: str, target: dict[str, Any], said: dict[str, str], codes: tuple[str, ...] = ()
) -> dict[str, Any]:
    data = [_data("code", code) for code in codes] + [_data(key, text) for key, text in said.items() if text]
    return {"@type": "Annotation", "@id": name, "target": target, "data": data}


def _data(key: str, text: str) -> dict[str, Any]:
    return {"@type": "AnnotationData", "set": _SET, "key": key, "value": _text(text)}


def _text(text: str) -> dict[str, str]:
    return {"@type": "String", "value": text}


def _codebook(codes: tuple[Code, ...]) -> dict[str, Any]:
    """Return a set with what each code says, under keys that begin with its id."""
    parts = ("name", "parent", "description", "colour")
    said = [
        (f"{code.code_id} {part}", text) for code in codes for part in parts if (text := getattr(code, part))
    ]
    return {
        "@type": "AnnotationDataSet",
        "@id": _CODES,
        "keys": [{"@type": "DataKey", "@id": key} for key, _ in said],
        "data": [
            {"@type": "AnnotationData", "@id": f"data {key}", "key": key, "value": _text(text)}
            for key, text in said
        ],
    }


FORMAT = Format(
    name="stam",
    text="STAM JSON, the stand-off text annotation model",
    suffixes=(".json",),
    write=write,
    tried="the library stam 0.12",
)

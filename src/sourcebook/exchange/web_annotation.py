"""W3C Web Annotations (JSON-LD): an annotation for each coded row, with its quote and its place.

A source has the address ``urn:x-sourcebook:source:ID``, since the offsets count in its text and not in the page that
it was taken from, which is the scope of the target. Codes are tags; the other columns of a row are a body in JSON.

References
----------
R. Sanderson, P. Ciccarese, B. Young (eds.), "Web Annotation Data Model", W3C Recommendation, 23 February 2017.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sourcebook.core.files import write_text
from sourcebook.exchange.formats import Format
from sourcebook.exchange.model import Annotation, Code, Document, Project
from sourcebook.exchange.web_checks import CONTEXT, is_iri
from sourcebook.exchange.web_reader import URN, read

__all__ = ["FORMAT"]


def write(project: Project, path: Path) -> list[str]:
    """Write a project as one collection of annotations, and return what that could not hold."""
    documents = {document.document_id: document for document in project.documents}
    codes = {code.code_id: code for code in project.codes}
    items = [_annotation(each, documents[each.document_id], codes) for each in project.annotations]
    value = {
        "@context": CONTEXT,
        "type": "AnnotationCollection",
        "label": "Coded passages",
        "total": len(items),
        "first": {"type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    write_text(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")
    return list(_not_held(project))


def _not_held(project: Project) -> list[str]:
    told = []
    if texts := sum(bool(document.text) for document in project.documents):
        told.append(f"the texts of {texts} documents: annotations refer to them")
    if parents := sum(bool(code.parent) for code in project.codes):
        told.append(f"which code includes which, of {parents} codes")
    used = {code for annotation in project.annotations for code in annotation.codes}
    if rest := [code for code in project.codes if code.code_id not in used]:
        told.append(f"{len(rest)} codes that no annotation has")
    if any(code.description or code.colour for code in project.codes):
        told.append("descriptions and colours of codes")
    return told


def _urn(kind: str, name: str) -> str:
    return f"{URN}{kind}:{quote(name, safe='')}"


def _annotation(annotation: Annotation, document: Document, codes: dict[str, Code]) -> dict[str, Any]:
    name = annotation.annotation_id
    value: dict[str, Any] = {
        "id": name if is_iri(name) else _urn("annotation", name),
        "type": "Annotation",
        "motivation": "classifying" if annotation.codes else "commenting",
    }
    if annotation.created:
        value["created"] = annotation.created
    if annotation.coder:
        value["creator"] = {"type": "Person", "name": annotation.coder}
    body = [_tag(code, codes) for code in annotation.codes]
    if annotation.note:
        body.append(_textual(annotation.note, "commenting", format="text/plain"))
    if annotation.fields:
        fields = json.dumps(dict(annotation.fields), ensure_ascii=False)
        body.append(_textual(fields, "describing", format="application/json"))
    if body:
        value["body"] = body
    value["target"] = _target(annotation, document)
    return value


def _textual(text: str, purpose: str, **more: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": text, "purpose": purpose, **more}


def _tag(code: str, codes: dict[str, Code]) -> dict[str, str]:
    shown = codes[code].name if code in codes else code
    return {"id": code if is_iri(code) else _urn("code", code), **_textual(shown, "tagging")}


def _target(annotation: Annotation, document: Document) -> dict[str, Any]:
    name = document.document_id
    source: dict[str, str] = {"id": name if is_iri(name) else _urn("source", name), "type": "Text"}
    if document.language:
        source["language"] = document.language
    target: dict[str, Any] = {"type": "SpecificResource", "source": source}
    if is_iri(document.address):
        target["scope"] = document.address
    start, end, exact = annotation.start, annotation.end, annotation.exact
    placed = start is not None and end is not None
    exact = exact or (document.text[start:end] if placed else "")
    selectors: list[dict[str, Any]] = []
    if exact:
        around = {"prefix": annotation.prefix, "suffix": annotation.suffix}
        about = {side: words for side, words in around.items() if words}
        selectors.append({"type": "TextQuoteSelector", "exact": exact, **about})
    if placed:
        selectors.append({"type": "TextPositionSelector", "start": start, "end": end})
    if selectors:
        target["selector"] = selectors
    return target


FORMAT = Format(
    name="web-annotation",
    text="W3C Web Annotation (JSON-LD)",
    suffixes=(".jsonld", ".json"),
    read=read,
    write=write,
    tried="samples of the W3C test suite, correct and incorrect; the output is expanded with PyLD",
)

"""Annotations of Hypothesis: what its API answers (``rows``), and what its client exports (``annotations``).

A tag is a code, the text is the note; a reply is added to the note that it answers. Places are found by the quotes:
the offsets of Hypothesis count in the page as a browser shows it. Going out, the other columns of a coded row are a
block of lines at the end of the text, which comes back.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from sourcebook.core.files import write_text
from sourcebook.exchange.formats import Format
from sourcebook.exchange.model import Annotation, Code, Document, Project
from sourcebook.exchange.refi_names import fields_of_note, note_of_fields
from sourcebook.exchange.selectors import Stretch, stretch_of
from sourcebook.exchange.untrusted import read_json, refuse
from sourcebook.exchange.web_checks import BrokenRuleError, check_selector, items_of
from sourcebook.exchange.web_reader import URN
from sourcebook.text.quotes import anchor_at

__all__ = ["FORMAT"]

_USER = re.compile(r"acct:([^@]*)@.*")
_NO_PAGE = "a page without an address"


def read(path: Path) -> Project:
    """Return the annotations of a file; what cannot be taken is told."""
    value = read_json(path)
    rows = value
    if isinstance(value, dict):
        rows = next((value[name] for name in ("rows", "annotations") if name in value), None)
        rows = [value] if rows is None and "target" in value else rows
    if not isinstance(rows, list):
        expected = "an object with rows or annotations, or a list of annotations"
        refuse(str(path), f"{value!r:.80}", expected, "export it again")
    reader = _Reader()
    for number, row in enumerate(rows, start=1):
        reader.add(number, row)
    return reader.project()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _first(value: Any) -> str:
    return next((each for each in items_of(value) if isinstance(each, str)), "")


class _Reader:
    """Collects what is read of annotations."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.codes: dict[str, Code] = {}
        self.annotations: dict[str, Annotation] = {}
        self.replies: list[tuple[list[str], str]] = []
        self.told: list[str] = []
        self.selectors: Counter[str] = Counter()

    def add(self, number: int, row: Any) -> None:
        """Read an annotation, or say why not."""
        try:
            if not isinstance(row, dict):
                raise BrokenRuleError(f"expected an object, found {row!r:.80}")
            self._add(row, _text(row.get("id")) or str(number))
        except BrokenRuleError as error:
            self.told.append(f"annotation {number} was not taken: {error}")

    def _add(self, row: Mapping[str, Any], name: str) -> None:
        user, info = _text(row.get("user")), row.get("user_info")
        shown = _text(info.get("display_name")) if isinstance(info, dict) else ""
        match = _USER.fullmatch(user)
        coder, text = shown or (match[1] if match else user), _text(row.get("text"))
        references = [each for each in items_of(row.get("references")) if isinstance(each, str)]
        if references:
            self.replies.append((references, f"{coder or 'somebody'} replied: {text}"))
            return
        if name in self.annotations:
            raise BrokenRuleError(f"its id {name!r:.60} is that of another, which was kept")
        target = next((each for each in items_of(row.get("target")) if isinstance(each, dict)), {})
        selectors = items_of(target.get("selector"))
        for selector in selectors:
            check_selector(selector)
        known = [
            each for each in selectors if each.get("type") in ("TextQuoteSelector", "TextPositionSelector")
        ]
        stretch = stretch_of(known, self.selectors)
        if selectors and stretch is None:
            raise BrokenRuleError("it has no quote")
        fields, text = fields_of_note(text)
        self.annotations[name] = Annotation(
            annotation_id=name,
            document_id=self._document(row, _text(row.get("uri")) or _text(target.get("source"))),
            **vars(stretch or Stretch()),
            codes=tuple(dict.fromkeys(map(self._code, filter(None, map(_text, items_of(row.get("tags"))))))),
            note=text,
            coder=coder,
            created=_text(row.get("created")),
            fields=fields,
        )

    def _document(self, row: Mapping[str, Any], uri: str) -> str:
        about = row.get("document")
        title = _first(about.get("title")) if isinstance(about, dict) else ""
        own = uri.startswith(f"{URN}source:")
        name = unquote(uri.removeprefix(f"{URN}source:")) if own else uri or _NO_PAGE
        known = self.documents.setdefault(
            name, Document(document_id=name, text="", title=title, address="" if own else uri)
        )
        self.documents[name] = replace(known, title=known.title or title)
        return name

    def _code(self, tag: str) -> str:
        self.codes.setdefault(tag, Code(code_id=tag, name=tag))
        return tag

    def project(self) -> Project:
        """Return all of it, replies in the notes of what they answer."""
        lost = 0
        for references, text in self.replies:
            answered = next((name for name in references if name in self.annotations), None)
            if answered is None:
                lost += 1
                continue
            before = self.annotations[answered]
            self.annotations[answered] = replace(before, note="\n".join(filter(None, [before.note, text])))
        if found := len(self.replies) - lost:
            self.told.append(f"{found} replies were added to the notes that they answer")
        if lost:
            self.told.append(f"{lost} replies to what is not in the file were left out")
        return Project(
            documents=tuple(self.documents.values()),
            codes=tuple(self.codes.values()),
            annotations=tuple(self.annotations.values()),
            told=self.told,
        )


def write(project: Project, path: Path) -> list[str]:
    """Write a project as the API would answer it, and return what that could not hold."""
    documents = {document.document_id: document for document in project.documents}
    names = {code.code_id: code.code_id if code.parent else code.name for code in project.codes}
    rows = [_row(each, documents[each.document_id], names) for each in project.annotations]
    write_text(path, json.dumps({"total": len(rows), "rows": rows}, ensure_ascii=False, indent=1) + "\n")
    told = ["descriptions and colours of codes, which code includes which, and codes that nothing has"]
    if any(document.text for document in project.documents):
        told.append("the texts of documents: annotations are found again by their quotes")
    return told


def _row(annotation: Annotation, document: Document, names: Mapping[str, str]) -> dict[str, Any]:
    uri = document.address or f"{URN}source:{quote(document.document_id, safe='')}"
    block = note_of_fields(annotation.fields) if annotation.fields else ""
    row: dict[str, Any] = {
        "id": annotation.annotation_id,
        "created": annotation.created,
        "user": f"acct:{annotation.coder}@" if annotation.coder else "",
        "uri": uri,
        "text": "\n\n".join(filter(None, [annotation.note, block])),
        "tags": [names.get(code, code) for code in annotation.codes],
        "document": {"title": [document.title]} if document.title else {},
    }
    selectors = _selectors(annotation, document.text)
    row["target"] = [{"source": uri, "selector": selectors} if selectors else {"source": uri}]
    return {name: value for name, value in row.items() if value not in ("", {})}


def _selectors(annotation: Annotation, text: str) -> list[dict[str, str]]:
    """Return the quote of an annotation, with as much around it as leads to its place."""
    exact, prefix, suffix = annotation.exact, annotation.prefix, annotation.suffix
    start, end = annotation.start, annotation.end
    if start is not None and end is not None and 0 <= start < end <= len(text):
        anchor = anchor_at(text, start, end)
        exact, prefix, suffix = anchor.exact, anchor.prefix, anchor.suffix
    if not exact:
        return []
    return [{"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}]


FORMAT = Format(
    name="hypothesis",
    text="Hypothesis, as its API and its client give annotations",
    suffixes=(".json",),
    read=read,
    write=write,
    tried="an annotated page, and what the API answers on it",
)

"""Read W3C Web Annotations: one, a page, a collection, or a list of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sourcebook.core.errors import DataError, Problem
from sourcebook.exchange.model import Annotation, Code, Document, Project
from sourcebook.exchange.selectors import Stretch, stretch_of
from sourcebook.exchange.untrusted import read_json
from sourcebook.exchange.web_checks import (
    CONTEXT,
    BrokenRuleError,
    check_annotation,
    has_context,
    is_iri,
    items_of,
    kinds_of,
)

__all__ = ["URN", "read"]

#: How the addresses begin that things get which have none.
URN = "urn:x-sourcebook:"
_TAGGING = {"tagging", "classifying", "identifying"}
_READ = {
    *("@context", "id", "@id", "type", "@type", "body", "bodyValue", "target", "motivation", "created"),
    *("creator", "label"),
}
_READ_OF_TARGET = {"id", "@id", "type", "@type", "source", "selector", "scope", "items", "language", "format"}


def read(path: Path) -> Project:
    """Return the annotations of a file; what does not keep the rules of the data model is told, or refused."""
    value = read_json(path)
    reader, found = _Reader(), list(_annotations(value, str(path)))
    for number, each in enumerate(found, start=1):
        reader.add(number, each)
    if reader.wrong and not (reader.annotations or reader.left):
        action = "export it again, by a program that keeps the rules of the data model"
        raise DataError(
            Problem(str(path), 0, f"annotation {number}", why, "a Web Annotation", action)
            for number, why in reader.wrong.items()
        )
    return reader.project()


def _annotations(value: Any, where: str) -> Iterator[Any]:
    """Yield the annotations of a file; raise an error for a file that holds none."""
    action = f'begin it with "@context": "{CONTEXT}"'
    if isinstance(value, list):
        found: list[Any] = value
        without = [each for each in found if not (isinstance(each, dict) and has_context(each))]
    else:
        found = _listed(value, where) if isinstance(value, dict) else []
        without = [] if isinstance(value, dict) and has_context(value) else [value]
    if without:
        context = without[0].get("@context") if isinstance(without[0], dict) else without[0]
        expected = f"annotations with the context {CONTEXT}"
        raise DataError([Problem(where, 0, "@context", f"{context!r:.120}", expected, action)])
    yield from found


def _listed(value: Mapping[str, Any], where: str) -> list[Any]:
    """Return the annotations of an object, page after page."""
    kinds, found, page = kinds_of(value), list[Any](), value
    if "@graph" in value:
        return items_of(value["@graph"])
    if not kinds & {"AnnotationCollection", "AnnotationPage"}:
        return [value]
    if "AnnotationCollection" in kinds:
        page = value.get("first", {"items": value.get("items")})
    while isinstance(page, dict):
        found += items_of(page.get("items"))
        page = page.get("next", "")
    if page:
        expected, action = "a collection with its pages", "put the pages into the file; none is fetched"
        raise DataError([Problem(where, 0, "", f"a page elsewhere, {page!r:.120}", expected, action)])
    return found


class _Reader:
    """Collects what is read of annotations, and what is not."""

    def __init__(self) -> None:
        self.annotations: list[Annotation] = []
        self.documents: dict[str, Document] = {}
        self.codes: dict[str, Code] = {}
        self.wrong: dict[int, str] = {}
        self.left: dict[int, str] = {}
        self.number = 0
        self.unread: Counter[str] = Counter()
        self.selectors: Counter[str] = Counter()

    def add(self, number: int, value: Any) -> None:
        """Read an annotation, or say why not."""
        self.number = number
        try:
            if not isinstance(value, dict):
                raise BrokenRuleError(f"expected an object, found {value!r:.80}")
            check_annotation(value)
            self._add(number, value)
        except BrokenRuleError as error:
            self.wrong[number] = str(error)

    def project(self) -> Project:
        """Return all of it."""
        left = {**self.wrong, **self.left}
        told = [f"annotation {number} was not taken: {why}" for number, why in sorted(left.items())]
        for what, counts in (("selectors", self.selectors), ("properties", self.unread)):
            if counts:
                listed = ", ".join(f"{name} ({count})" for name, count in sorted(counts.items()))
                told.append(f"{what} that were not read: {listed}")
        return Project(
            documents=tuple(self.documents.values()),
            codes=tuple(self.codes.values()),
            annotations=tuple(self.annotations),
            told=told,
        )

    def _add(self, number: int, value: Mapping[str, Any]) -> None:
        self.unread.update(name for name in value if name not in _READ)
        motivations = {str(each).removeprefix("oa:") for each in items_of(value.get("motivation"))}
        said = _Said(self)
        if isinstance(value.get("bodyValue"), str):
            said.text(value["bodyValue"], motivations)
        for body in items_of(value.get("body")):
            said.body(body, motivations)
        targets = list(self._targets(items_of(value.get("target"))))
        name = str(value.get("id", value.get("@id", "")))
        name = _own(name, "annotation") or name or str(number)
        for at, (document_id, stretch) in enumerate(targets):
            self.annotations.append(
                Annotation(
                    annotation_id=name if len(targets) == 1 else f"{name}#{at + 1}",
                    document_id=document_id,
                    **vars(stretch),
                    codes=tuple(dict.fromkeys(said.codes)),
                    note="\n".join(said.notes),
                    coder=", ".join(filter(None, map(_agent, items_of(value.get("creator"))))),
                    created=str(value.get("created", "")),
                    fields=said.fields,
                )
            )

    def _targets(self, targets: Iterable[Any]) -> Iterator[tuple[str, Stretch]]:
        """Yield the document and the stretch of each target; those of a set one by one."""
        for target in targets:
            if isinstance(target, str):
                yield self._document(target, {}), Stretch()
                continue
            self.unread.update(name for name in target if name not in _READ_OF_TARGET)
            if "items" in target:
                together = kinds_of(target) & {"Composite", "List", "Choice"}
                self.unread.update(f"{kind}, read one by one" for kind in together)
                yield from self._targets(items_of(target["items"]))
                continue
            source = target.get("source", target.get("id", target.get("@id", "")))
            about = source if isinstance(source, dict) else target
            address = about.get("id", about.get("@id", "")) if isinstance(source, dict) else source
            scope = next((each for each in items_of(target.get("scope")) if is_iri(each)), "")
            document_id = self._document(str(address), {**about, "scope": scope})
            stretch = stretch_of(items_of(target.get("selector")), self.selectors)
            if stretch is None and "selector" in target:
                self.left[self.number] = "its selector cannot be read"
            else:
                yield document_id, stretch or Stretch()

    def _document(self, address: str, about: Mapping[str, Any]) -> str:
        own = _own(address, "source")
        name, scope = own or address or "a document without an address", str(about.get("scope", ""))
        language = next((str(each) for each in items_of(about.get("language"))), "")
        known = self.documents.setdefault(
            name, Document(document_id=name, text="", address=scope if own else address, language=language)
        )
        self.documents[name] = replace(known, language=known.language or language)
        return name

    def code(self, code_id: str, name: str) -> str:
        """Return the id of a code, which is new or known."""
        code_id = _own(code_id, "code") or code_id
        self.codes.setdefault(code_id, Code(code_id=code_id, name=name or code_id))
        return code_id


class _Said:
    """What the bodies of an annotation say."""

    def __init__(self, reader: _Reader) -> None:
        self.reader = reader
        self.codes: list[str] = []
        self.notes: list[str] = []
        self.fields: dict[str, str] = {}

    def text(self, text: str, purposes: set[str]) -> None:
        """Take a text: a tag, or a remark."""
        if purposes & _TAGGING and text.strip():
            self.codes.append(self.reader.code(text.strip(), text.strip()))
        elif text:
            self.notes.append(text)

    def body(self, body: Any, motivations: set[str]) -> None:
        """Take a body: a code, a remark, or the columns of a row."""
        if isinstance(body, str):
            if motivations & _TAGGING:
                self.codes.append(self.reader.code(body, body))
            else:
                self.notes.append(body)
            return
        if "items" in body:
            for each in items_of(body["items"]):
                self.body(each, motivations)
            return
        own = {str(each).removeprefix("oa:") for each in items_of(body.get("purpose"))}
        purposes, value, name = own or motivations, body.get("value"), body.get("id", body.get("@id"))
        if isinstance(value, str):
            if purposes & _TAGGING and value.strip():
                self.codes.append(self.reader.code(str(name or value.strip()), value.strip()))
            elif not ("describing" in own and self._fields(body, value)):
                self.notes.append(value)
            return
        source = body.get("source", name)
        address = source.get("id", source.get("@id", "")) if isinstance(source, dict) else source
        if address:
            self.body(str(address), purposes)
        if "selector" in body:
            self.reader.unread["selector of a body"] += 1

    def _fields(self, body: Mapping[str, Any], value: str) -> bool:
        """Take the columns of a coded row; return whether the text holds them."""
        if "application/json" not in items_of(body.get("format")):
            return False
        try:
            fields = json.loads(value)
        except (ValueError, RecursionError):
            return False
        if not isinstance(fields, dict) or not all(isinstance(cell, str) for cell in fields.values()):
            return False
        self.fields |= fields
        return True


def _own(address: str, kind: str) -> str:
    """Return the name in an address that was made for what has none, or an empty string."""
    start = f"{URN}{kind}:"
    return unquote(address[len(start) :]) if address.startswith(start) else ""


def _agent(value: Any) -> str:
    """Return the name of a person or a program."""
    if not isinstance(value, dict):
        return str(value)
    names = (value.get(name) for name in ("name", "nickname", "email", "id", "@id"))
    return next((str(each) for name in names for each in items_of(name)[:1]), "")

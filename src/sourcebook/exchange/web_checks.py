"""Whether an annotation keeps the rules of the W3C Web Annotation data model, as far as its parts are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = [
    "CONTEXT",
    "BrokenRuleError",
    "check_annotation",
    "check_selector",
    "has_context",
    "is_iri",
    "items_of",
    "kinds_of",
]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")
_DATE = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_RESOURCES = ("creator", "generator", "audience", "rights", "canonical", "via", "stylesheet")
_IRIS = ("rights", "canonical", "via")
_TEXTS = ("format", "language", "processingLanguage", "textDirection", "value", "purpose")
_SETS = {"Choice", "List", "Composite", "Independents"}


class BrokenRuleError(ValueError):
    """An annotation that does not keep the rules: the message says which."""


def is_iri(value: object) -> bool:
    """Return whether a value is an absolute IRI.

    Examples
    --------
    >>> is_iri("urn:isbn:0451450523"), is_iri("not a uri"), is_iri(9)
    (True, False, False)
    """
    return isinstance(value, str) and _IRI.fullmatch(value) is not None


def items_of(value: Any) -> list[Any]:
    """Return a value that may be a list of values as that list."""
    return [] if value is None else value if isinstance(value, list) else [value]


def kinds_of(value: Mapping[str, Any]) -> set[str]:
    """Return the types of a resource, without the namespace."""
    return {str(kind).removeprefix("oa:") for kind in items_of(value.get("type", value.get("@type")))}


def has_context(value: Mapping[str, Any]) -> bool:
    """Return whether a value says that its names are those of the data model.

    Examples
    --------
    >>> has_context({"@context": [CONTEXT, "http://example.org/more"]}), has_context({"@context": "x"})
    (True, False)
    """
    return any(
        isinstance(each, str) and each.replace("https:", "http:") == CONTEXT
        for each in items_of(value.get("@context"))
    )


def check_annotation(value: Mapping[str, Any]) -> None:
    """Raise an error for an annotation that does not keep the rules.

    Parameters
    ----------
    value : mapping
        The annotation.

    Raises
    ------
    BrokenRuleError
        With everything that is wrong.

    Examples
    --------
    >>> check_annotation({"id": "http://example.org/1", "type": "Annotation", "target": "http://example.org/2"})
    >>> check_annotation({"id": ["urn:a", "urn:b"], "type": "Squirrel", "target": 9})
    Traceback (most recent call last):
    sourcebook.exchange.web_checks.BrokenRuleError: type: expected Annotation, found 'Squirrel'; id: expected one IRI, \
found ['urn:a', 'urn:b']; target: expected an IRI or an object, found 9
    """
    if wrong := list(_wrong(value)):
        raise BrokenRuleError("; ".join(wrong))


def check_selector(value: Any) -> None:
    """Raise an error for a selector that does not keep the rules.

    Examples
    --------
    >>> check_selector({"type": "TextQuoteSelector"})
    Traceback (most recent call last):
    sourcebook.exchange.web_checks.BrokenRuleError: selector exact: expected one text, found None
    """
    if wrong := list(_wrong_selector(value)):
        raise BrokenRuleError("; ".join(wrong))
    if not isinstance(value, dict):
        raise BrokenRuleError(_said("selector", value, "an object"))


def _wrong(value: Mapping[str, Any]) -> Iterator[str]:
    if "Annotation" not in kinds_of(value):
        yield _said("type", value.get("type"), "Annotation")
    yield from _wrong_id(value, "id")
    for name in ("created", "modified", "generated"):
        if name in value and not (isinstance(value[name], str) and _DATE.fullmatch(value[name])):
            yield _said(name, value[name], "one date and time, as 2015-01-28T12:00:00Z")
    for name in _RESOURCES:
        for each in items_of(value.get(name)):
            if not (is_iri(each) or (isinstance(each, dict) and name not in _IRIS)):
                yield _said(name, each, "an IRI" if name in _IRIS else "an IRI or an object")
    if "bodyValue" in value:
        if not isinstance(value["bodyValue"], str):
            yield _said("bodyValue", value["bodyValue"], "one text")
        if "body" in value:
            yield "bodyValue: expected it or body, found both"
    for each in items_of(value.get("body")):
        yield from _wrong_body(each)
    targets = items_of(value.get("target"))
    if not targets:
        yield "target: expected one or more, found none"
    for each in targets:
        yield from _wrong_target(each)


def _said(name: str, found: object, expected: str) -> str:
    return f"{name}: expected {expected}, found {found!r:.80}"


def _wrong_id(value: Mapping[str, Any], name: str) -> Iterator[str]:
    found = value.get("id", value.get("@id"))
    if found is not None and not is_iri(found):
        yield _said(name, found, "one IRI")


def _wrong_texts(value: Mapping[str, Any], part: str) -> Iterator[str]:
    for name in _TEXTS:
        several = (
            items_of(value.get(name)) if name in ("format", "language", "purpose") else [value.get(name)]
        )
        for each in several:
            if each is not None and not isinstance(each, str):
                yield _said(f"{part} {name}", each, "one text")


def _wrong_body(body: object) -> Iterator[str]:
    if not isinstance(body, dict):
        if not is_iri(body):
            yield _said("body", body, "an IRI or an object")
        return
    yield from _wrong_id(body, "body id")
    yield from _wrong_texts(body, "body")
    kinds = kinds_of(body)
    if "TextualBody" in kinds and not isinstance(body.get("value"), str):
        yield _said("body value", body.get("value"), "one text")
    if _SETS & kinds:
        for each in items_of(body.get("items")):
            yield from _wrong_body(each)
    elif not {"id", "@id", "source", "value"} & body.keys():
        yield "body: expected an id, a source, a value or a type of set, found none of them"
    if "source" in body:
        yield from _wrong_source(body, "body")


def _wrong_target(target: object) -> Iterator[str]:
    if not isinstance(target, dict):
        if not is_iri(target):
            yield _said("target", target, "an IRI or an object")
        return
    yield from _wrong_id(target, "target id")
    yield from _wrong_texts(target, "target")
    kinds = kinds_of(target)
    if _SETS & kinds:
        for each in items_of(target.get("items")):
            yield from _wrong_target(each)
    elif "source" in target or "SpecificResource" in kinds or "selector" in target:
        yield from _wrong_source(target, "target")
        for selector in items_of(target.get("selector")):
            yield from _wrong_selector(selector)
    elif not {"id", "@id", "value"} & target.keys():
        yield "target: expected an id or a source, found neither"


def _wrong_source(value: Mapping[str, Any], part: str) -> Iterator[str]:
    source = value.get("source")
    if isinstance(source, dict):
        yield from _wrong_id(source, f"{part} source")
    elif not is_iri(source):
        yield _said(f"{part} source", source, "one IRI or object")


def _wrong_selector(selector: object) -> Iterator[str]:
    if not isinstance(selector, dict):
        if not is_iri(selector):
            yield _said("selector", selector, "an IRI or an object")
        return
    for name in ("value", "exact", "prefix", "suffix"):
        if name in selector and not isinstance(selector[name], str):
            yield _said(f"selector {name}", selector[name], "one text")
    kinds = kinds_of(selector)
    if "TextQuoteSelector" in kinds and "exact" not in selector:
        yield _said("selector exact", None, "one text")
    if "TextPositionSelector" in kinds:
        for name in ("start", "end"):
            place = selector.get(name)
            if isinstance(place, bool) or not isinstance(place, int) or not 0 <= place < 1 << 53:
                yield _said(f"selector {name}", place, "a whole number from 0")
    for each in items_of(selector.get("refinedBy")):
        yield from _wrong_selector(each)

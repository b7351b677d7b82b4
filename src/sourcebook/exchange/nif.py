"""NIF 2.0, the NLP interchange format, as Turtle: out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from sourcebook.core.files import write_text
from sourcebook.exchange.formats import Format
from sourcebook.exchange.model import Annotation, Document, Project

__all__ = ["FORMAT", "write"]

_PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "itsrdf": "http://www.w3.org/2005/11/its/rdf#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\u0000"})
_LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")


def write(project: Project, path: Path) -> list[str]:
    """Write a project as NIF 2.0 in Turtle, and return what that has no place for.

    Parameters
    ----------
    project : Project
        The project. A document is a context, an annotation a string of it with an annotation unit, a code a concept.
    path : Path
        The file.

    Returns
    -------
    list of str
        A sentence for each kind of loss.
    """
    lost: Counter[str] = Counter()
    lines = [*(f"@prefix {name}: <{address}> .\n" for name, address in _PREFIXES.items()), "\n"]
    for code in project.codes:
        said = [
            ("skos:notation", _text(code.code_id)),
            ("skos:prefLabel", _text(code.name)),
            ("skos:definition", _text(code.description) if code.description else ""),
            ("skos:broader", _code(code.parent) if code.parent else ""),
        ]
        lines.append(_resource(_code(code.code_id), "skos:Concept", said))
        lost["colours of codes"] += bool(code.colour)
    documents = {each.document_id: each for each in project.documents}
    lines += [_context(each) for each in project.documents]
    for number, each in enumerate(project.annotations, 1):
        if each.document_id in documents:
            lines += _annotation(each, documents[each.document_id], number, lost)
    write_text(path, "".join(lines))
    return [f"{sentence}: {count:,}" for sentence, count in lost.items() if count]


def _text(text: str, language: str = "") -> str:
    """Return a literal; what Turtle cannot write as it is, escaped."""
    mark = f"@{language}" if _LANGUAGE.fullmatch(language) else ""
    return f'"{text.translate(_ESCAPES)}"{mark}'


def _code(code: str) -> str:
    return f"<urn:sourcebook:code:{quote(code, safe='')}>"


def _place(document: Document, start: int, end: int) -> str:
    """Return the address of a stretch of a document, by RFC 5147."""
    return f"<urn:sourcebook:document:{quote(document.document_id, safe='')}#char={start},{end}>"


def _resource(subject: str, types: str, said: list[tuple[str, str]]) -> str:
    rest = "".join(f" ;\n  {name} {value}" for name, value in said if value)
    return f"{subject} a {types}{rest} .\n\n"


def _context(document: Document) -> str:
    length = len(document.text)
    address = document.address if _ADDRESS.fullmatch(document.address) else ""
    said = [
        ("nif:isString", _text(document.text, document.language)),
        ("nif:beginIndex", '"0"^^xsd:nonNegativeInteger'),
        ("nif:endIndex", f'"{length}"^^xsd:nonNegativeInteger'),
        ("nif:sourceUrl", f"<{address}>" if address else ""),
        ("dcterms:identifier", _text(document.document_id)),
        ("dcterms:title", _text(document.title) if document.title else ""),
        ("dcterms:language", _text(document.language) if document.language else ""),
    ]
    return _resource(_place(document, 0, length), "nif:Context, nif:RFC5147String", said)


def _annotation(each: Annotation, document: Document, number: int, lost: Counter[str]) -> Iterator[str]:
    """Yield the string that an annotation is of, and the annotation."""
    context = _place(document, 0, len(document.text))
    unit = f"<urn:sourcebook:annotation:{quote(each.annotation_id, safe='') or number}>"
    place = context
    if each.start is not None and each.end is not None:
        place = _place(document, each.start, each.end)
        if (each.start, each.end) != (0, len(document.text)):
            said = [
                ("nif:referenceContext", context),
                ("nif:beginIndex", f'"{each.start}"^^xsd:nonNegativeInteger'),
                ("nif:endIndex", f'"{each.end}"^^xsd:nonNegativeInteger'),
                ("nif:anchorOf", _text(document.text[each.start : each.end], document.language)),
            ]
            yield _resource(place, "nif:RFC5147String, nif:String", said)
    elif each.exact:
        lost["annotations without a place in the text, which are now of the whole document"] += 1
    classes = ", ".join(_code(code) for code in each.codes)
    yield f"{place} nif:annotationUnit {unit} .\n"
    if classes:
        yield f"{place} itsrdf:taClassRef {classes} .\n"
    said = [
        ("itsrdf:taClassRef", classes),
        ("dcterms:identifier", _text(each.annotation_id)),
        ("rdfs:comment", _text(each.note) if each.note else ""),
        ("dcterms:creator", _text(each.coder) if each.coder else ""),
        ("dcterms:created", _text(each.created) if each.created else ""),
    ]
    for name, value in each.fields.items():
        said.append((f"<urn:sourcebook:field:{quote(name, safe='')}>", _text(value)))
    yield _resource(unit, "nif:AnnotationUnit", said)


FORMAT = Format(
    name="nif",
    text="NIF 2.0, the NLP interchange format, in Turtle",
    suffixes=(".ttl",),
    write=write,
    tried="the library rdflib 7",
)

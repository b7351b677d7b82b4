"""Write TEI P5: each text as it is, and the annotations in a list that stands off from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sourcebook.core.files import write_text
from sourcebook.exchange.model import Annotation, Code, Document, Project

__all__ = ["write"]

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}
_IN_TEXT = str.maketrans({sign: text for sign, text in _SPECIAL.items() if sign != '"'})
_IN_ATTRIBUTE = str.maketrans(_SPECIAL | {"\n": "&#10;", "\t": "&#9;"})
_WORD = re.compile(r"[\w-]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def write(project: Project, path: Path) -> list[str]:
    """Write a project as a corpus of TEI P5, and return what that has no place for.

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
    pointers = {code.code_id: f"c{number}" for number, code in enumerate(project.codes, 1)}
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        '<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">\n',
        _corpus_header(project.codes, pointers),
    ]
    first = 1
    for number, (document, of_it) in enumerate(project.by_document(), 1):
        parts += _document(document, number, of_it, pointers, first, lost)
        first += len(of_it)
    if not project.documents:
        parts.append(_element("TEI", _header("none", ""), "<text><body><p/></body></text>"))
    text = "".join([*parts, "</teiCorpus>\n"])
    lost["characters that XML does not have, of which each is now U+FFFD"] = len(_NO_XML.findall(text))
    write_text(path, _NO_XML.sub("\ufffd", text))
    return [f"{sentence}: {count:,}" for sentence, count in lost.items() if count]


def _escaped(text: str) -> str:
    return text.translate(_IN_TEXT)


def _element(name: str, *content: str, attributes: Mapping[str, str] | None = None) -> str:
    """Return an element with its content, which is markup; attributes without a value are left out."""
    given = "".join(
        f' {key}="{value.translate(_IN_ATTRIBUTE)}"' for key, value in (attributes or {}).items() if value
    )
    inner = "".join(content)
    return f"<{name}{given}>{inner}</{name}>" if inner else f"<{name}{given}/>"


def _header(title: str, address: str, *more: str) -> str:
    """Return the header of a corpus or a document."""
    source = _element("bibl", _element("title", _escaped(title))) if title else ""
    pointer = _element("ptr", attributes={"target": re.sub(r"\s", "%20", address)}) if address else ""
    described = source.replace("</bibl>", f"{pointer}</bibl>") if source else _element("bibl", pointer)
    return (
        _element(
            "teiHeader",
            _element(
                "fileDesc",
                _element("titleStmt", _element("title", _escaped(title))),
                _element("publicationStmt", _element("p", "Written by sourcebook for exchange.")),
                _element(
                    "sourceDesc", described if described != "<bibl/>" else "<p>A text of the project.</p>"
                ),
            ),
            *more,
        )
        + "\n"
    )


def _corpus_header(codes: tuple[Code, ...], pointers: Mapping[str, str]) -> str:
    """Return the header that lists the codes."""
    if not codes:
        return _header("Annotated texts", "")
    below: dict[str, list[Code]] = {}
    for code in codes:
        below.setdefault(code.parent if code.parent in pointers else "", []).append(code)
    taxonomy = _element("taxonomy", *_categories(below, "", pointers, set()), attributes={"xml:id": "codes"})
    return _header("Annotated texts", "", _element("encodingDesc", _element("classDecl", taxonomy)))


def _categories(
    below: Mapping[str, list[Code]], above: str, pointers: Mapping[str, str], seen: set[str]
) -> Iterator[str]:
    """Yield the categories below one, each with those below it."""
    for code in below.get(above, []):
        if code.code_id in seen:
            continue
        seen.add(code.code_id)
        gloss = _element("gloss", _escaped(code.description)) if code.description else ""
        yield (
            _element(
                "category",
                _element("catDesc", _element("term", _escaped(code.name)), gloss),
                *_categories(below, code.code_id, pointers, seen),
                attributes={
                    "xml:id": pointers[code.code_id],
                    "n": code.code_id,
                    "style": f"background-color: {code.colour}" if code.colour else "",
                },
            )
            + "\n"
        )


def _document(
    document: Document,
    number: int,
    annotations: list[Annotation],
    pointers: Mapping[str, str],
    first: int,
    lost: Counter[str],
) -> Iterator[str]:
    """Yield the parts of a document."""
    language = document.language if _LANGUAGE.fullmatch(document.language) else ""
    lost["languages that are no code of one"] += bool(document.language and not language)
    used = _element("language", _escaped(language), attributes={"ident": language}) if language else ""
    profile = [_element("profileDesc", _element("langUsage", used))] if used else []
    yield f'<TEI xml:id="d{number}" n="{document.document_id.translate(_IN_ATTRIBUTE)}">\n'
    yield _header(document.title, document.address, *profile)
    listed = [
        _annotation(each, document, number, f"a{first + at}", pointers, lost)
        for at, each in enumerate(annotations)
    ]
    if listed:
        yield _element("standOff", _element("listAnnotation", "\n", *listed)) + "\n"
    kept = {"xml:id": f"t{number}", "xml:space": "preserve"}
    yield _element("text", _element("body", _element("ab", _escaped(document.text), attributes=kept)))
    yield "\n</TEI>\n"


def _annotation(
    each: Annotation,
    document: Document,
    number: int,
    name: str,
    pointers: Mapping[str, str],
    lost: Counter[str],
) -> str:
    """Return an annotation: whose it is, when it was made, and what it says."""
    target = f"#d{number}"
    if each.start is not None and each.end is not None:
        target = f"#string-range(t{number},{each.start},{each.end - each.start})"
    elif each.exact:
        lost["annotations without a place in the text, which are now of the whole document"] += 1
    coder = [_element("respStmt", _element("resp", "coder"), _element("name", _escaped(each.coder)))]
    made = [_element("revisionDesc", _element("change", attributes={"when": each.created}))]
    known = [pointers[code] for code in each.codes if code in pointers]
    lost["codes of annotations that the project does not list"] += len(each.codes) - len(known)
    return (
        _element(
            "annotation",
            *(coder if each.coder else []),
            *(made if each.created else []),
            *_notes(each, lost),
            attributes={
                "xml:id": name,
                "n": each.annotation_id,
                "target": target,
                "motivation": "classifying" if known else "commenting",
                "ana": " ".join(f"#{code}" for code in known),
            },
        )
        + "\n"
    )


def _notes(each: Annotation, lost: Counter[str]) -> Iterable[str]:
    """Yield the note of an annotation and its fields, which are notes with a type."""
    space = {"xml:space": "preserve"}
    if each.note:
        yield _element("note", _escaped(each.note), attributes=space)
    for name, value in each.fields.items():
        if _WORD.fullmatch(name):
            yield _element("note", _escaped(value), attributes={"type": name, **space})
        else:
            lost["fields whose names are no words"] += 1

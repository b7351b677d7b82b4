"""TEI P5: texts with what is marked in them, and annotations that stand off from them, in and out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from sourcebook.core.errors import DataError
from sourcebook.exchange.formats import Format
from sourcebook.exchange.model import Annotation, Code, Document, Project
from sourcebook.exchange.spans import quoted
from sourcebook.exchange.tei_header import categories, described
from sourcebook.exchange.tei_text import TEI, XML, Flat, flattened, flattened_note
from sourcebook.exchange.tei_writing import write
from sourcebook.exchange.untrusted import read_bytes, refuse
from sourcebook.exchange.xmlfiles import parse_xml

__all__ = ["FORMAT", "read", "write"]

#: Elements within a text that say something of their words.
_MARKED = frozenset(
    {
        "bibl",
        "date",
        "forename",
        "geogName",
        "measure",
        "mentioned",
        "name",
        "num",
        "objectName",
        "orgName",
        "persName",
        "placeName",
        "q",
        "quote",
        "rs",
        "said",
        "seg",
        "socecStatus",
        "surname",
        "term",
        "time",
        "title",
    }
)
_RANGE = re.compile(r"#string-range\(\s*#?([\w.:-]+)\s*,\s*([0-9]{1,9})\s*(?:,\s*([0-9]{1,9})\s*)?\)")
_ACTION = "export it again as TEI P5"


@dataclass
class _Found:
    """An annotation before its words are known."""

    document: int
    place: tuple[int, int] | None
    about: Annotation


@dataclass
class _Corpus:
    """The texts of a file, and where in them the elements with ids are."""

    texts: list[tuple[Document, Flat]] = field(default_factory=list)
    ids: dict[str, tuple[int, tuple[int, int] | None]] = field(default_factory=dict)


def read(path: Path) -> Project:
    """Return the project that a file of TEI holds, or a folder of such files.

    Parameters
    ----------
    path : Path
        A file with the root `TEI` or `teiCorpus`, or a folder with files that end with `.xml`.

    Returns
    -------
    Project
        Names, dates, segments and the like that are marked in a text, notes, spans and annotations are annotations;
        categories and interpretations, and else the elements and their types, are codes.

    Raises
    ------
    DataError
        With every file that is none.
    """
    files = sorted(path.rglob("*.xml")) if path.is_dir() else [path]
    if not files:
        refuse(str(path), "none", "files that end with .xml", "name the folder of the texts")
    told: Counter[str] = Counter()
    problems, projects = [], []
    for each in files:
        try:
            projects.append(_project(each, parse_xml(read_bytes(each), str(each)), told))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    codes = {code.code_id: code for project in projects for code in project.codes}
    return Project(
        documents=tuple(document for project in projects for document in project.documents),
        codes=tuple(codes.values()),
        annotations=tuple(annotation for project in projects for annotation in project.annotations),
        told=[f"{sentence}: {count:,}" for sentence, count in told.items() if count],
    )


def _project(path: Path, root: Element, told: Counter[str]) -> Project:
    if root.tag not in {f"{TEI}TEI", f"{TEI}teiCorpus"}:
        expected = "the root TEI or teiCorpus in the namespace of TEI P5"
        refuse(str(path), f"{root.tag!r:.60}", expected, _ACTION, line=1)
    codes, pointers = categories(root)
    corpus = _corpus(path, root, told)
    found = [each for number in range(len(corpus.texts)) for each in _inline(corpus, number, pointers)]
    found += _apart(root, corpus, pointers, told)
    annotations = []
    by_document: dict[int, list[_Found]] = {}
    for one in found:
        by_document.setdefault(one.document, []).append(one)
    for number, (document, flat) in enumerate(corpus.texts):
        of_it = by_document.get(number, [])
        words = quoted(flat.text, [each.place for each in of_it], str(path))
        for at, (each, exact) in enumerate(zip(of_it, words, strict=True), 1):
            if each.place is not None and not exact:
                told["annotations of no words, not taken"] += 1
                continue
            start, end = each.place or (None, None)
            name = each.about.annotation_id or f"{document.document_id}.{at}"
            annotations.append(
                replace(
                    each.about,
                    annotation_id=name,
                    document_id=document.document_id,
                    start=start,
                    end=end,
                    exact=exact,
                )
            )
    used = dict.fromkeys(code for each in annotations for code in each.codes)
    return Project(
        documents=tuple(document for document, _ in corpus.texts),
        codes=(*codes.values(), *_further(used, codes)),
        annotations=tuple(annotations),
    )


def _further(used: dict[str, None], known: dict[str, Code]) -> Iterator[Code]:
    """Yield the codes that no category describes: elements, and their types within them."""
    made = set(known)
    for code in used:
        above, _, name = ("", "", "") if "://" in code else code.partition("/")
        for each in [above, code] if above and name else [code]:
            if each not in made:
                made.add(each)
                yield Code(
                    code_id=each,
                    name=name if each == code and name else each,
                    parent=above if each != above else "",
                )


def _corpus(path: Path, root: Element, told: Counter[str]) -> _Corpus:
    corpus = _Corpus()
    every = [root] if root.tag == f"{TEI}TEI" else list(root.iter(f"{TEI}TEI"))
    names: set[str] = set()
    for number, each in enumerate(every, 1):
        text = each.find(f"{TEI}text")
        if text is None:
            told["documents without a text"] += 1
        flat = Flat() if text is None else flattened(text)
        stem = path.stem if len(every) == 1 else f"{path.stem}-{number}"
        name = each.get("n") or each.get(f"{XML}id") or stem
        name = f"{name}-{number}" if name in names else name
        names.add(name)
        corpus.texts.append((described(each, name, flat.text), flat))
        for identity, place in flat.ids.items():
            corpus.ids.setdefault(identity, (number - 1, place))
        if own := each.get(f"{XML}id"):
            corpus.ids.setdefault(own, (number - 1, None))
    return corpus


def _inline(corpus: _Corpus, number: int, pointers: dict[str, str]) -> Iterator[_Found]:
    """Yield what is marked within a text, and the notes that stand in it."""
    _, flat = corpus.texts[number]
    for element, start, end in flat.spans:
        if element.tag.removeprefix(TEI) in _MARKED:
            yield _Found(number, (start, end), _about(element, pointers))
    for note in flat.notes:
        if not note.element.get("target"):
            yield _Found(number, (note.start, note.end), _of_note(note.element, note.text, pointers))


def _apart(root: Element, corpus: _Corpus, pointers: dict[str, str], told: Counter[str]) -> Iterator[_Found]:
    """Yield the annotations, notes and spans that point to what they are of."""
    groups = {id(span): group for group in root.iter(f"{TEI}spanGrp") for span in group}
    for element in root.iter():
        name = element.tag.removeprefix(TEI)
        target = element.get("target") or " ".join(element.get(each, "") for each in ("from", "to")).strip()
        if name not in {"annotation", "note", "span"} or not target:
            continue
        place = _place(target, corpus)
        if place is None:
            told["annotations that point elsewhere, or in a way that is not read, not taken"] += 1
            continue
        if name == "annotation":
            about = _of_annotation(element, pointers)
        elif name == "note":
            about = _of_note(element, flattened_note(element), pointers)
        else:
            about = _of_span(element, groups.get(id(element)), pointers)
        yield _Found(*place, about)


def _place(target: str, corpus: _Corpus) -> tuple[int, tuple[int, int] | None] | None:
    """Return the document and the place of what pointers point to: from the first to the last of them."""
    found = [_pointed(match[0], corpus) for match in re.finditer(r"\S+\([^()]*\)|\S+", target)]
    places = [each for each in found if each is not None]
    if len(places) < len(found) or len({document for document, _ in places}) != 1:
        return None
    stretches = [place for _, place in places if place is not None]
    if not stretches:
        return places[0][0], None
    return places[0][0], (min(start for start, _ in stretches), max(end for _, end in stretches))


def _pointed(pointer: str, corpus: _Corpus) -> tuple[int, tuple[int, int] | None] | None:
    if match := _RANGE.fullmatch(pointer):
        document, place = corpus.ids.get(match[1], (0, None))
        if place is None:
            return None
        start = place[0] + int(match[2])
        end = start + int(match[3]) if match[3] else place[1]
        return (document, (start, end)) if end <= place[1] else None
    return corpus.ids.get(pointer[1:]) if pointer.startswith("#") else None


def _about(element: Element, pointers: dict[str, str], note: str = "") -> Annotation:
    """Return what an element says: its codes by its pointers, or by its name and its type; and its attributes."""
    name, type_ = element.tag.removeprefix(TEI), element.get("type", "")
    codes = [pointers.get(each.partition("#")[2], each) for each in (element.get("ana") or "").split()]
    ignored = {"ana", "type", "target", "from", "to", "n"}
    return Annotation(
        annotation_id=element.get(f"{XML}id") or "",
        document_id="",
        codes=tuple(dict.fromkeys(codes)) or (f"{name}/{type_}" if type_ else name,),
        note=note,
        coder=(element.get("resp") or "").removeprefix("#"),
        fields={
            key: value
            for key, value in element.items()
            if not key.startswith("{") and key not in ignored and key != "resp"
        },
    )


def _of_note(element: Element, text: str, pointers: dict[str, str]) -> Annotation:
    return _about(element, pointers, text)


def _of_span(element: Element, group: Element | None, pointers: dict[str, str]) -> Annotation:
    """Return what a span says: its words are the code."""
    about = _about(element, pointers)
    value = flattened_note(element)
    type_ = element.get("type") or (group.get("type", "") if group is not None else "")
    if value and not element.get("ana"):
        return replace(about, codes=(f"{type_ or 'span'}/{value}" if len(value) <= 100 else type_ or "span",))
    return replace(about, note=value)


def _of_annotation(element: Element, pointers: dict[str, str]) -> Annotation:
    """Return what an annotation of a list says: notes with a type are its fields."""
    notes = [each for each in element if each.tag == f"{TEI}note"]
    names = [
        part for each in element if each.tag == f"{TEI}respStmt" for part in each if part.tag != f"{TEI}resp"
    ]
    dates = [each.get("when", "") for each in element.iter(f"{TEI}change")]
    about = _about(element, pointers, "; ".join(_said(each) for each in notes if not each.get("type")))
    codes = about.codes if element.get("ana") else ()
    return replace(
        about,
        annotation_id=element.get("n") or about.annotation_id,
        codes=codes,
        coder=flattened_note(names[0]) if names else about.coder,
        created=next((date for date in dates if date), ""),
        fields={each.get("type", ""): _said(each) for each in notes if each.get("type")},
    )


def _said(note: Element) -> str:
    """Return the words of a note, white space as it is where the note keeps it."""
    return "".join(note.itertext()) if note.get(f"{XML}space") == "preserve" else flattened_note(note)


FORMAT = Format(
    name="tei",
    text="TEI P5 with stand-off annotations",
    suffixes=(".xml",),
    read=read,
    write=write,
    tried="the schema tei_all of TEI P5 4.3",
)

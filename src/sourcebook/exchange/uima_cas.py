"""UIMA CAS, which INCEpTION and the tools of DKPro exchange: JSON in and out, XMI in and out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sourcebook.core.errors import DataError
from sourcebook.exchange.exported import Exported, document_of, exported_files
from sourcebook.exchange.formats import Format
from sourcebook.exchange.layers import Layers, is_linguistic, said
from sourcebook.exchange.model import Annotation, Code, Document, Project
from sourcebook.exchange.offsets import NOWHERE, code_points
from sourcebook.exchange.spans import quoted
from sourcebook.exchange.uima_reading import Cas, Structure, read_cas
from sourcebook.exchange.uima_writing import CODE, CODING, write

__all__ = ["FORMAT", "read", "write"]

_META = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
_LANGUAGE = "uima.tcas.DocumentAnnotation"
#: Features of our own layer that are no fields.
_OWN = {"id", "code", "codes", "note", "coder", "created"}

Structures = list[tuple[str, Structure]]


def read(path: Path) -> Project:
    """Return the project that a CAS holds, or a folder or a ZIP archive of several.

    Parameters
    ----------
    path : Path
        A file of UIMA CAS JSON, or of XMI with its `TypeSystem.xml` beside it; or a folder, or a ZIP archive, of such
        files. As INCEpTION exports a project, a folder is a document and a file in it is of a coder.

    Returns
    -------
    Project
        Layers, and the values of their features, are codes.

    Raises
    ------
    DataError
        With every file that is none.
    """
    told: Counter[str] = Counter()
    problems, found = [], []
    for each in exported_files(path, (".json", ".xmi")):
        try:
            found.append((each, read_cas(each.data, each.where, each.types)))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    layers = Layers(structure.type for _, cas in found for structure in cas.structures.values())
    documents: dict[str, Document] = {}
    annotations: list[Annotation] = []
    own: dict[str, Code] = {}
    for each, cas in found:
        own |= _own_codes(cas)
        by_text = _by_text(cas, told)
        for sofa, text in cas.texts.items():
            document = _document(each, by_text[sofa], text, documents)
            annotations += _annotations(each, by_text[sofa], document, layers, told)
    codes = {**own, **layers.codes}
    for code in dict.fromkeys(code for each in annotations for code in each.codes):
        codes.setdefault(code, Code(code_id=code, name=code))
    return Project(
        documents=tuple(documents.values()),
        codes=tuple(codes.values()),
        annotations=tuple(annotations),
        told=[f"{sentence}: {count:,}" for sentence, count in told.items() if count],
    )


def _by_text(cas: Cas, told: Counter[str]) -> dict[str, Structures]:
    """Return the structures that are of a stretch of a text, by the ids of the texts."""
    found: dict[str, Structures] = {sofa: [] for sofa in cas.texts}
    for name, structure in cas.indexed():
        if structure.sofa in found:
            found[structure.sofa].append((name, structure))
        elif structure.begin is not None:
            told["annotations of no text of the file, not taken"] += 1
    return found


def _document(file: Exported, of_it: Structures, text: str, documents: dict[str, Document]) -> Document:
    """Return the document of a text, with what the file says of it."""
    about = {
        name: values[0]
        for _, structure in of_it
        if structure.type in {_META, _LANGUAGE}
        for name, values in structure.values.items()
        if values
    }
    if file.document == Path(file.where).stem and about.get("documentId"):
        file = replace(file, document=about["documentId"])
    name = document_of(documents, file, text)
    language = about.get("language", "")
    address = about.get("documentUri", "")
    documents[name] = replace(
        documents[name],
        title=about.get("documentTitle", ""),
        language="" if language == "x-unspecified" else language,
        address=address if address.startswith(("https://", "http://")) else "",
    )
    return documents[name]


def _own_codes(cas: Cas) -> dict[str, Code]:
    """Return the codes that a file of our own lists."""
    names = ("code_id", "name", "parent", "description", "colour")
    found = {}
    for structure in cas.structures.values():
        if structure.type == CODE:
            code = Code(**{name: "; ".join(structure.values.get(name, [])) for name in names})
            found[code.code_id] = code
    return found


def _annotations(
    file: Exported, of_it: Structures, document: Document, layers: Layers, told: Counter[str]
) -> Iterator[Annotation]:
    """Yield the annotations of a text, in the order of the file."""
    taken = list(_taken(of_it, told))
    starts = code_points(document.text, [structure.begin or 0 for _, structure in taken]).tolist()
    ends = code_points(document.text, [structure.end or 0 for _, structure in taken]).tolist()
    places = [
        (start, end) if NOWHERE < start < end else None for start, end in zip(starts, ends, strict=True)
    ]
    words = quoted(document.text, places, file.where)
    for (name, structure), place, exact in zip(taken, places, words, strict=True):
        if place is None:
            told["annotations without words, or beyond the text"] += 1
            continue
        made = Annotation(
            annotation_id=".".join(part for part in (document.document_id, file.coder, name) if part),
            document_id=document.document_id,
            start=place[0],
            end=place[1],
            exact=exact,
            coder=file.coder,
        )
        told["links from annotations to others (slots), not taken"] += len(structure.references)
        yield _own(made, structure) if structure.type == CODING else _other(made, structure, layers)


def _taken(of_it: Structures, told: Counter[str]) -> Iterator[tuple[str, Structure]]:
    """Yield the structures that are codings of a stretch of a text."""
    for name, structure in of_it:
        if structure.begin is None or structure.end is None:
            continue
        if {"Governor", "Dependent"} <= structure.references.keys():
            told[f"relations of the layer {structure.type}, not taken"] += 1
        elif is_linguistic(structure.type):
            if structure.type not in {_META, _LANGUAGE}:
                sentence = (
                    f"annotations of the layer {structure.type}, not taken: it is of words, not of codings"
                )
                told[sentence] += 1
        else:
            yield name, structure


def _own(made: Annotation, structure: Structure) -> Annotation:
    """Return an annotation of the layer that we write."""
    values = {name: "; ".join(each) for name, each in structure.values.items() if each}
    return replace(
        made,
        annotation_id=values.get("id") or made.annotation_id,
        codes=tuple(structure.values.get("codes") or structure.values.get("code", [])),
        note=values.get("note", ""),
        coder=values.get("coder") or made.coder,
        created=values.get("created", ""),
        fields={name.removeprefix("field_"): value for name, value in values.items() if name not in _OWN},
    )


def _other(made: Annotation, structure: Structure, layers: Layers) -> Annotation:
    """Return an annotation of a layer of others."""
    label, note, rest = said({name: "; ".join(each) for name, each in structure.values.items() if any(each)})
    codes = dict.fromkeys(layers.code(structure.type, value) for value in structure.values.get(label, [""]))
    return replace(made, codes=tuple(codes), note=note, fields=rest)


FORMAT = Format(
    name="uima-cas",
    text="UIMA CAS, JSON or XMI, of INCEpTION and others",
    suffixes=(".zip", ""),
    read=read,
    write=write,
    tried="a document of INCEpTION, and DKPro cassis 0.12",
)

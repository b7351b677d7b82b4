"""Write UIMA CAS: a layer of codings with a feature for each field, and the codes beside it."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sourcebook.core.errors import SourcebookError
from sourcebook.core.files import write_bytes
from sourcebook.exchange.exported import TYPES
from sourcebook.exchange.folders import each_once, file_names, new_folder
from sourcebook.exchange.model import Annotation, Code, Document, Project
from sourcebook.exchange.offsets import NOWHERE, code_units
from sourcebook.exchange.uima_serialising import ARRAY, STRING, Structures, TypesOf, as_json, as_xmi, as_xml

__all__ = ["CODE", "CODING", "write"]

#: The layer of the annotations, called as INCEpTION calls a layer that a person makes; and the type of the codes.
CODING, CODE = "webanno.custom.Coding", "sourcebook.Code"

_META = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
_FEATURES = ("id", "code", "note", "coder", "created")
_CODE_FEATURES = ("code_id", "name", "parent", "description", "colour")
_META_FEATURES = ("documentTitle", "documentId", "documentUri")
_NO_FEATURE = re.compile(r"[^A-Za-z0-9_]+")
#: Names that UIMA, or readers of it in Python, have for something else.
_TAKEN = {*_FEATURES, "codes", "sofa", "begin", "end", "type", "self", "xmiID", "elements"}


def write(project: Project, path: Path) -> list[str]:
    """Write a project as UIMA CAS, and return what that has no place for.

    Parameters
    ----------
    project : Project
        The project.
    path : Path
        A file that ends with `.zip` for XMI with its type system; for a project of one document one that ends with
        `.json`; else a folder that there is not yet, which gets a file of JSON for each document.

    Returns
    -------
    list of str
        A sentence for each kind of loss.

    Raises
    ------
    SourcebookError
        If there is a folder with something in it, or a file of JSON would have to hold several documents.
    """
    if path.suffix == ".json" and len(project.documents) != 1:
        found = f"a project of {len(project.documents)} documents"
        action = "name a folder, or a file that ends with .zip"
        raise SourcebookError(
            f"{path}: expected one document for a file of CAS JSON, found {found} → {action}"
        )
    lost: Counter[str] = Counter()
    fields = [name for each in project.annotations for name in each.fields]
    features = each_once(fields, _feature)
    names = file_names(each.document_id for each in project.documents)
    made = [
        (names[document.document_id], _structures(document, annotations, project.codes, features, lost))
        for document, annotations in project.by_document()
    ]
    types = _types([*features.values()])
    if path.suffix == ".json":
        write_bytes(path, as_json(made[0][1], types))
    elif path.suffix == ".zip":
        write_bytes(
            path, _zipped({TYPES: as_xml(types)} | {f"{name}.xmi": as_xmi(each) for name, each in made})
        )
    else:
        with new_folder(path) as folder:
            for name, structures in made:
                (folder / f"{name}.json").write_bytes(as_json(structures, types))
    return [f"{sentence}: {count:,}" for sentence, count in lost.items() if count]


def _zipped(members: dict[str, bytes]) -> bytes:
    """Return an archive, the same bytes each time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _feature(name: str) -> str:
    """Return a name for the feature of a field."""
    plain = _NO_FEATURE.sub("_", name).strip("_")
    return plain if plain[:1].isalpha() and plain not in _TAKEN else f"field_{plain}"


def _types(features: list[str]) -> TypesOf:
    """Return each type with the one above it and the ranges of its features."""
    coding = dict.fromkeys([*_FEATURES, *features], STRING) | {"codes": ARRAY}
    return {
        CODING: ("uima.tcas.Annotation", coding),
        CODE: ("uima.cas.TOP", dict.fromkeys(_CODE_FEATURES, STRING)),
        _META: ("uima.tcas.DocumentAnnotation", dict.fromkeys(_META_FEATURES, STRING)),
    }


def _structures(
    document: Document,
    annotations: list[Annotation],
    codes: Iterable[Code],
    features: dict[str, str],
    lost: Counter[str],
) -> Structures:
    """Return the structures of a document; the first is its text."""
    text = {"%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text"}
    made: Structures = [{**text, "sofaString": document.text}]
    about = zip(_META_FEATURES, (document.title, document.document_id, document.address), strict=True)
    length = int(code_units(document.text, [len(document.text)])[0])
    made.append(
        {
            "%TYPE": _META,
            "@sofa": 1,
            "begin": 0,
            "end": length,
            "language": document.language or "x-unspecified",
            **{name: value for name, value in about if value},
        }
    )
    for code in codes:
        values = {name: value for name in _CODE_FEATURES if (value := getattr(code, name))}
        made.append({"%TYPE": CODE, **values})
    begins = code_units(
        document.text, [NOWHERE if each.start is None else each.start for each in annotations]
    )
    ends = code_units(document.text, [NOWHERE if each.end is None else each.end for each in annotations])
    for each, begin, end in zip(annotations, begins.tolist(), ends.tolist(), strict=True):
        if NOWHERE in (begin, end):
            lost["annotations of a whole document, or without a place in its text"] += 1
            continue
        values = dict(_values(each, features, made))
        made.append({"%TYPE": CODING, "@sofa": 1, "begin": begin, "end": end, **values})
    return [{"%ID": number, **each} for number, each in enumerate(made, 1)]


def _values(each: Annotation, features: dict[str, str], made: Structures) -> Iterator[tuple[str, Any]]:
    """Yield the features of an annotation; several codes are a structure of their own, which it refers to."""
    own = {
        "id": each.annotation_id,
        "code": each.codes[0] if each.codes else "",
        "note": each.note,
        "coder": each.coder,
        "created": each.created,
        **{features[name]: value for name, value in each.fields.items()},
    }
    yield from ((name, value) for name, value in own.items() if value)
    if len(each.codes) > 1:
        made.append({"%TYPE": ARRAY, "%ELEMENTS": list(each.codes)})
        yield "@codes", len(made)

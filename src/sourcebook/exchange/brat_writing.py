"""Write a folder of brat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sourcebook.exchange.brat_files import ANNOTATION_CONF, IS_CODE, NO_CODE, VISUAL_CONF
from sourcebook.exchange.folders import each_once, file_names, new_folder
from sourcebook.exchange.model import Annotation, Code, Document, Project

__all__ = ["write"]

_NO_TYPE = re.compile(r"[^\w-]+")
_BREAK = re.compile(r"\s*[\r\n\t\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_LINE = re.compile(r"[^\r\n]+")


def write(project: Project, path: Path) -> list[str]:
    """Write a project as a folder of brat, and return what brat has no place for.

    Parameters
    ----------
    project : Project
        The project.
    path : Path
        A folder that there is not yet, or that is empty.

    Returns
    -------
    list of str
        A sentence for each kind of loss.

    Raises
    ------
    SourcebookError
        If there is a file or a folder with something in it.
    """
    lost: Counter[str] = Counter()
    types = _types(project, lost)
    names = file_names([each.document_id for each in project.documents])
    with new_folder(path) as folder:
        for document, of_it in project.by_document():
            (folder / f"{names[document.document_id]}.txt").write_bytes(document.text.encode("utf-8"))
            lines = "".join(_lines(document, of_it, types, lost))
            (folder / f"{names[document.document_id]}.ann").write_bytes(lines.encode("utf-8"))
        (folder / ANNOTATION_CONF).write_bytes(_declared(project.codes, types).encode("utf-8"))
        (folder / VISUAL_CONF).write_bytes(_shown(project.codes, types).encode("utf-8"))
    return [f"{sentence}: {count:,}" for sentence, count in lost.items() if count]


def _types(project: Project, lost: Counter[str]) -> dict[str, str]:
    """Return a type for each code: letters, digits, hyphens and underscores, each once."""
    every = [code.code_id for code in project.codes]
    every += [code for each in project.annotations for code in each.codes or (NO_CODE,)]
    types = each_once(every, lambda code: _NO_TYPE.sub("_", code).strip("_") or "code")
    lost["descriptions of codes"] += sum(bool(code.description) for code in project.codes)
    for name in ("title", "address", "language"):
        lost[f"documents whose {name} has no place"] += sum(
            bool(getattr(document, name)) for document in project.documents
        )
    return types


def _lines(
    document: Document, annotations: list[Annotation], types: dict[str, str], lost: Counter[str]
) -> Iterator[str]:
    """Yield the lines of a document's annotations, each with its line end."""
    comment = 0
    for number, each in enumerate(annotations, 1):
        if each.start is None or each.end is None or not document.text[each.start : each.end].strip():
            lost["annotations of a whole document, or without a place in its text"] += 1
            continue
        type_ = types[each.codes[0] if each.codes else NO_CODE]
        fragments = [
            match.span() for match in _LINE.finditer(document.text, each.start, each.end) if match[0].strip()
        ]
        places = ";".join(f"{start} {end}" for start, end in fragments)
        words = " ".join(document.text[start:end] for start, end in fragments)
        yield f"T{number}\t{type_} {places}\t{_BREAK.sub(' ', words)}\n"
        for name, value in _said(each, types):
            comment += 1
            plain = _BREAK.sub(" ", value)
            lost["values with line ends or tabs, written with blanks"] += plain != value
            yield f"#{comment}\t{name} T{number}\t{plain}\n"


def _said(each: Annotation, types: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what else there is of an annotation, as the types and texts of comments."""
    yield "id", each.annotation_id
    yield from (("code", types[code]) for code in each.codes[1:])
    for name, value in {
        "AnnotatorNotes": each.note,
        "coder": each.coder,
        "created": each.created,
        **{_field(name): value for name, value in each.fields.items()},
    }.items():
        if value:
            yield name, value


def _field(name: str) -> str:
    """Return the type of the comment of a field, which is none of those that have another meaning."""
    plain = _NO_TYPE.sub("_", name)
    return f"field_{plain}" if plain in {"id", "code", "coder", "created", "AnnotatorNotes"} else plain


def _declared(codes: tuple[Code, ...], types: dict[str, str]) -> str:
    """Return the configuration of the types; those below another are indented."""
    below: dict[str, list[Code]] = {}
    known = {code.code_id for code in codes}
    for code in codes:
        below.setdefault(code.parent if code.parent in known else "", []).append(code)
    lines: list[str] = []
    waiting = [(code, 0) for code in reversed(below.get("", []))]
    while waiting:
        code, depth = waiting.pop()
        lines.append("\t" * depth + types[code.code_id])
        waiting += [(each, depth + 1) for each in reversed(below.get(code.code_id, []))]
    lines += [name for code, name in types.items() if code not in known]
    ids = [
        f"{IS_CODE}{name} {code}" for code, name in types.items() if name != code and not _BREAK.search(code)
    ]
    return "\n".join(["[entities]", *ids, *lines, "[relations]", "[events]", "[attributes]", ""])


def _shown(codes: tuple[Code, ...], types: dict[str, str]) -> str:
    """Return the configuration of labels and colours."""
    labels = [f"{types[code.code_id]} | {_BREAK.sub(' ', code.name).replace('|', '/')}" for code in codes]
    colours = [f"{types[code.code_id]}\tbgColor:{code.colour}" for code in codes if code.colour]
    return "\n".join(["[labels]", *labels, "[drawing]", *colours, ""])

"""Label Studio's JSON, as it exports tasks, and its short form JSON-MIN."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sourcebook.core.errors import DataError, Problem
from sourcebook.core.files import write_text
from sourcebook.exchange.formats import Format
from sourcebook.exchange.label_studio_results import Region, regions
from sourcebook.exchange.label_studio_texts import Text, text_of
from sourcebook.exchange.model import Annotation, Code, Document, Project
from sourcebook.exchange.spans import placed, quoted
from sourcebook.exchange.untrusted import read_json

__all__ = ["FORMAT", "read", "write"]

_ACTION = "export the tasks again as JSON"
#: What a task of JSON-MIN has besides its data and its labels.
_ABOUT = {"id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time"}
_TEXTS = {"text", "html", "document", "content"}
#: How places are counted: in a text or page, by version 1.23; in a dialogue, and in texts by versions before.
_WAYS = ("code points", "UTF-16 code units", "code points, a line end as one")


def read(path: Path) -> Project:
    """Return the project that an export of Label Studio holds.

    Parameters
    ----------
    path : Path
        A file of JSON, or of JSON-MIN.

    Returns
    -------
    Project
        A document for each task; labels and choices are codes, comments are notes, and who completed an annotation is
        its coder.

    Raises
    ------
    DataError
        With every task that is none.
    """
    tasks = read_json(path)
    tasks = tasks if isinstance(tasks, list) else [tasks]
    told: Counter[str] = Counter()
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    annotations: list[Annotation] = []
    for number, task in enumerate(tasks, 1):
        if not isinstance(task, dict):
            problems.append(
                Problem(str(path), 0, "", f"{task!r:.60}", f"an object as task {number}", _ACTION)
            )
            continue
        versions = [(about, list(regions(results, told))) for *about, results in _versions(task, told)]
        data = task["data"] if isinstance(task.get("data"), dict) else task
        text = text_of(data, [region for _, found in versions for region in found])
        name = _text(data.get("document_id")) or f"{path.stem}-{task.get('id', number)}"
        document = _document(documents, name, text, data)
        annotations += _annotations(document, text, versions, told, str(path))
    if problems:
        raise DataError(problems)
    codes = dict.fromkeys(code for each in annotations for code in each.codes)
    return Project(
        documents=tuple(documents.values()),
        codes=tuple(Code(code_id=code, name=code) for code in codes),
        annotations=tuple(annotations),
        told=[f"{sentence}: {count:,}" for sentence, count in told.items() if count],
    )


def _versions(task: dict[str, Any], told: Counter[str]) -> Iterator[tuple[str, str, list[Any]]]:
    """Yield who annotated a task, when, and with what results."""
    if isinstance(predictions := task.get("predictions"), list) and predictions:
        told["predictions of models, not taken"] += len(predictions)
    made = task.get("annotations", task.get("completions"))
    if not isinstance(made, list):
        if "data" in task:
            yield "", "", []
            return
        short = [
            {"from_name": name, "value": value}
            for name, value in task.items()
            if name not in _ABOUT and not (name in _TEXTS and isinstance(value, str))
        ]
        yield _person(task.get("annotator")), _text(task.get("created_at")), short
        return
    for each in made:
        if not isinstance(each, dict):
            continue
        if each.get("was_cancelled"):
            told["annotations that were cancelled or skipped, not taken"] += 1
            continue
        results = each.get("result")
        created = _text(each.get("created_at"))
        coder = _person(each.get("completed_by")) or _text(each.get("coder"))
        yield coder, created, results if isinstance(results, list) else []
    if not made:
        yield "", "", []


def _person(value: Any) -> str:
    """Return the name of who annotated: an address, a name, or a number."""
    if isinstance(value, dict):
        names = [value.get("email"), value.get("username"), value.get("first_name"), value.get("id")]
        value = next((each for each in names if each), "")
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _document(documents: dict[str, Document], name: str, text: Text, data: dict[str, Any]) -> Document:
    if name in documents and documents[name].text != text.text:
        name = f"{name}-{len(documents) + 1}"
    title = data.get("title") or data.get("filename") or ""
    made = Document(document_id=name, text=text.text, title=_text(title), address=text.address)
    return documents.setdefault(name, made)


def _annotations(
    document: Document,
    text: Text,
    versions: list[tuple[list[str], list[Region]]],
    told: Counter[str],
    where: str,
) -> Iterator[Annotation]:
    """Yield the annotations of a task, of one version after the other."""
    every = [
        (coder, created, f"{version}.{region.name or number}", region)
        for version, ((coder, created), found) in enumerate(versions, 1)
        for number, region in enumerate(found, 1)
    ]
    stretches = [text.stretch(region) for *_, region in every]
    counted = [each for each in stretches if each is not None]
    spots: list[tuple[int, int] | None] = [None] * len(counted)
    if document.text:
        ways = (_WAYS[1], _WAYS[0], *_WAYS[2:]) if text.starts else _WAYS
        spots, way = placed(document.text, counted, ways)
        if counted and way != ways[0]:
            told[f"tasks whose offsets count {way}, not {ways[0]}"] += 1
    spot = iter(spots)
    places = [None if each is None else next(spot) for each in stretches]
    words = quoted(document.text, places, where)
    for (coder, created, name, region), place, exact in zip(every, places, words, strict=True):
        if place is None and region.is_stretch and not region.words:
            told["labels without words, or beyond the text, not taken"] += 1
            continue
        if place is None and region.is_stretch and document.text:
            told["labels whose words are not at their place, read by their words"] += 1
        yield Annotation(
            annotation_id=f"{document.document_id}.{name}",
            document_id=document.document_id,
            start=place and place[0],
            end=place and place[1],
            exact=exact or text.words(region),
            codes=tuple(dict.fromkeys(region.codes)),
            note="; ".join(region.notes),
            coder=coder,
            created=created,
            fields=region.fields,
        )


def write(project: Project, path: Path) -> list[str]:
    """Write a project as tasks of Label Studio, and return what they have no place for.

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
    tasks: list[dict[str, Any]] = []
    for number, (document, of_it) in enumerate(project.by_document(), 1):
        coders = dict.fromkeys(each.coder for each in of_it)
        made = [
            {
                "id": len(tasks) * 1000 + at,
                **_by(coder),
                "result": _results(document, [each for each in of_it if each.coder == coder], lost),
            }
            for at, coder in enumerate(coders, 1)
        ]
        lost["coders without an e-mail address, to Label Studio whoever imports the file"] += sum(
            bool(coder) and "@" not in coder for coder in coders
        )
        data = {"text": document.text, "title": document.title, "document_id": document.document_id}
        tasks.append({"id": number, "data": data, "annotations": made})
        lost["documents whose address or language has no place"] += bool(
            document.address or document.language
        )
    lost["ids of annotations"] = len(project.annotations)
    lost["descriptions of codes"] += sum(bool(code.description) for code in project.codes)
    write_text(path, json.dumps(tasks, ensure_ascii=False, indent=1) + "\n")
    return [f"{sentence}: {count:,}" for sentence, count in lost.items() if count]


def _by(coder: str) -> dict[str, Any]:
    """Return who annotated: Label Studio refuses a file with `completed_by` that is no address of an account."""
    if "@" in coder:
        return {"completed_by": {"email": coder}}
    return {"coder": coder} if coder else {}


def _results(document: Document, annotations: list[Annotation], lost: Counter[str]) -> list[dict[str, Any]]:
    """Return the results of one coder in one document."""
    with_place = [each for each in annotations if each.start is not None and each.end is not None]
    lost["annotations of a whole document, or without a place in its text"] += len(annotations) - len(
        with_place
    )
    results: list[dict[str, Any]] = []
    for each in with_place:
        value = {"start": each.start, "end": each.end, "text": each.exact, "labels": list(each.codes)}
        names = {"from_name": "label", "to_name": "text", "type": "labels"}
        note = {"meta": {"text": [each.note]}} if each.note else {}
        results.append({"id": f"r{len(results) + 1}", **names, "value": value, **note})
        lost["annotations whose fields have no place"] += bool(each.fields)
        lost["dates of annotations"] += bool(each.created)
    return results


FORMAT = Format(
    name="label-studio",
    text="Label Studio's JSON and JSON-MIN",
    suffixes=(".json",),
    read=read,
    write=write,
    tried="JSON and JSON-MIN of Label Studio 1.23, which also shows what is written; tasks as its versions "
    "document them",
)

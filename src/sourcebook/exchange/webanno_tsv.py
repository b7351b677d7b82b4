"""WebAnno's TSV 3, which INCEpTION writes too: a word in each line, and a column for each feature of each layer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sourcebook.core.errors import DataError
from sourcebook.exchange.exported import document_of, exported_files
from sourcebook.exchange.formats import Format
from sourcebook.exchange.layers import Layers, is_linguistic, said
from sourcebook.exchange.model import Annotation, Document, Project
from sourcebook.exchange.offsets import NOWHERE, code_points
from sourcebook.exchange.spans import quoted
from sourcebook.exchange.untrusted import read_text
from sourcebook.exchange.webanno_lines import CHAIN, RELATION, Column, Table, Unit, parts, read_table

__all__ = ["FORMAT", "read"]


@dataclass
class _Span:
    """An annotation of one unit or of several."""

    layer: str
    start: int
    end: int
    features: dict[str, str] = field(default_factory=dict)


def read(path: Path) -> Project:
    """Return the project that a file of WebAnno TSV 3 holds, or a folder of such files.

    Parameters
    ----------
    path : Path
        A file; or a folder, or a ZIP archive, with files of the suffix `.tsv` in folders of any depth. As INCEpTION
        exports a project, a folder is a document and a file in it is of a coder.

    Returns
    -------
    Project
        Layers, and the values of their features, are codes.

    Raises
    ------
    DataError
        With every line that is none of the format.
    """
    documents: dict[str, Document] = {}
    annotations: list[Annotation] = []
    told: Counter[str] = Counter()
    problems = []
    tables = []
    for each in exported_files(path, (".tsv",)):
        try:
            tables.append((each, read_table(read_text(each.data, each.where), each.where)))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    layers = Layers(column.layer for _, table in tables for column in table.columns)
    for each, table in tables:
        document = document_of(documents, each, table.text)
        annotations += _annotations(table, document, each.coder, layers, told)
        told["gaps between sentences, whose characters the file has not: read as line ends and blanks"] += (
            table.gaps
        )
        told["words that are not in the text of their sentence"] += table.strange
    return Project(
        documents=tuple(documents.values()),
        codes=tuple(layers.codes.values()),
        annotations=tuple(annotations),
        told=[f"{sentence}: {count:,}" for sentence, count in told.items() if count],
    )


def _annotations(
    table: Table, document: str, coder: str, layers: Layers, told: Counter[str]
) -> list[Annotation]:
    """Return the annotations of a table, and count what is not taken."""
    spans = list(_spans(table, told))
    starts = code_points(table.text, [span.start for span in spans]).tolist()
    ends = code_points(table.text, [span.end for span in spans]).tolist()
    places = [
        (start, end) if NOWHERE < start <= end else None for start, end in zip(starts, ends, strict=True)
    ]
    made: list[Annotation] = []
    for span, place, words in zip(spans, places, quoted(table.text, places, table.where), strict=True):
        if place is None or not words:
            told["annotations without words"] += 1
            continue
        label, note, rest = said(span.features)
        made.append(
            Annotation(
                annotation_id=f"{document}{f'/{coder}' if coder else ''}.{len(made) + 1}",
                document_id=document,
                start=place[0],
                end=place[1],
                exact=words,
                codes=(layers.code(span.layer, span.features.get(label, "")),),
                note=note,
                coder=coder,
                fields=rest,
            )
        )
    return made


def _spans(table: Table, told: Counter[str]) -> Iterator[_Span]:
    """Yield the annotations of the layers of spans and of chains, in the order in which they begin."""
    by_layer: dict[tuple[str, str], list[Column]] = {}
    for column in table.columns:
        by_layer.setdefault((column.layer, column.kind), []).append(column)
    found: dict[tuple[str, object], _Span] = {}
    for number, unit in enumerate(table.units):
        for (layer, kind), columns in by_layer.items():
            if kind == RELATION:
                told[f"relations of the layer {layer}, not taken"] += _stacked(unit, columns)
            elif is_linguistic(layer):
                told[f"annotations of the layer {layer}, not taken: it is of words, not of codings"] += (
                    _stacked(unit, columns)
                )
            else:
                _take(found, (layer, kind), columns, unit, number)
    yield from found.values()


def _stacked(unit: Unit, columns: list[Column]) -> int:
    """Return how many annotations of a layer a unit has."""
    return max((len(parts(unit.cells[column.index], "|")) for column in columns), default=0)


def _take(
    found: dict[tuple[str, object], _Span],
    layer: tuple[str, str],
    columns: list[Column],
    unit: Unit,
    number: int,
) -> None:
    """Add what a unit has in the columns of a layer: new annotations, or the continuation of earlier ones."""
    values = [[column.value(cell) for cell in parts(unit.cells[column.index], "|")] for column in columns]
    for stack in range(max(map(len, values), default=0)):
        here = [each[stack] if stack < len(each) else ("", "") for each in values]
        marks = [mark for (_, mark), column in zip(here, columns, strict=True) if mark and column.identifies]
        key = (layer[0], marks[0] if marks else (number, stack))
        span = found.setdefault(key, _Span(layer[0], unit.start, unit.end))
        span.start, span.end = min(span.start, unit.start), max(span.end, unit.end)
        for (value, mark), column in zip(here, columns, strict=True):
            if value:
                span.features[column.feature] = value
            if mark and layer[1] == CHAIN and column.identifies:
                span.features["chain"] = mark.partition("-")[0]


FORMAT = Format(
    name="webanno-tsv",
    text="WebAnno TSV 3, of INCEpTION and WebAnno",
    suffixes=(".tsv", ".zip"),
    read=read,
    tried="a file of INCEpTION, and the examples of its documentation",
)

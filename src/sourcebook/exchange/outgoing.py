"""A data folder as a project that the formats of other tools can hold."""

from __future__ import annotations

from collections.abc import Iterator

from sourcebook.coding.proposals import proposal_tables
from sourcebook.core.csvfiles import LINE
from sourcebook.core.schemas import ANCHOR_COLUMNS
from sourcebook.exchange.codes import code_of_row, codes_of_tables
from sourcebook.exchange.model import Annotation, Document, Project
from sourcebook.pipeline.dataset import Dataset

__all__ = ["from_dataset"]

_ELSEWHERE = {*ANCHOR_COLUMNS, "source_id", "note", LINE}


def from_dataset(dataset: Dataset) -> Project:
    """Return a data folder as a project: its sources, its codes, and each coded row that quotes a source.

    Parameters
    ----------
    dataset : Dataset
        The data folder in memory.

    Returns
    -------
    Project
        The fields of an annotation are the other columns of its row with its id, and ``table``; empty cells are left
        out. What a project has no place for is told.

    Examples
    --------
    >>> import sourcebook
    >>> project = from_dataset(sourcebook.read())
    >>> project.annotations[0].annotation_id, project.annotations[0].codes
    ('akram-2024-10.c001', ('text-title',))
    """
    codes = codes_of_tables(dataset.tables, dataset.schemas)
    documents = tuple(
        Document(
            document_id=name,
            text=document.raw,
            title=document.metadata.get("title", ""),
            address=document.metadata.get("page", ""),
            language=document.metadata.get("language", ""),
        )
        for name, document in dataset.documents.items()
    )
    annotations = tuple(_annotations(dataset))
    return Project(
        documents=documents,
        codes=tuple(code for code, _ in codes.values()),
        annotations=annotations,
        told=list(_left_out(dataset)),
    )


def _annotations(dataset: Dataset) -> Iterator[Annotation]:
    asked = dataset.tables["propositions"]
    kinds = dict(zip(asked["proposition_id"], asked["kind"], strict=True))
    for name, table in proposal_tables(dataset.schemas).items():
        for cells in dataset.tables[name].to_dict("records"):
            row = {str(column): str(cell) for column, cell in cells.items()}
            rest = {c: cell for c, cell in row.items() if cell and c not in {*_ELSEWHERE, *table.key}}
            rest.pop("sentence_id", None)
            yield Annotation(
                annotation_id=row[table.key[0]],
                document_id=row["source_id"],
                start=int(row["start"]),
                end=int(row["end"]),
                exact=row["exact"],
                prefix=row["prefix"],
                suffix=row["suffix"],
                codes=(code_of_row(table, row, kinds),),
                note=row.get("note", ""),
                fields={"table": name, table.key[0]: row[table.key[0]], **rest},
            )


def _left_out(dataset: Dataset) -> Iterator[str]:
    """Yield what of a data folder a project has no place for."""
    held = {*proposal_tables(dataset.schemas), "propositions", "codebook"}
    rest = [name for name, frame in dataset.coded.items() if name not in held and not frame.empty]
    if rest:
        yield f"tables that do not quote the words of a source: {', '.join(rest)}"
    if dataset.passes or dataset.record:
        yield f"coding passes: {len(dataset.passes) + len(dataset.record)}"

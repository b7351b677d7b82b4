"""What a project of another tool says in a data folder: rows that are coded there, and proposals of further ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sourcebook.coding.proposals import content_columns, proposal_id, proposal_tables
from sourcebook.core.csvfiles import LINE
from sourcebook.core.errors import AnchorError
from sourcebook.core.schemas import ANCHOR_COLUMNS, Table
from sourcebook.exchange.codes import Meaning, codes_of_tables, meanings
from sourcebook.exchange.model import Annotation, Project
from sourcebook.exchange.places import Match, match_documents, place_of
from sourcebook.pipeline.dataset import Dataset
from sourcebook.sources.documents import sentence_table
from sourcebook.text.anchors import sentence_spans, starts_in
from sourcebook.text.quotes import Anchor

__all__ = ["Taken", "take"]

#: Columns of which two rows that say the same may have more or less.
_AROUND = ("prefix", "suffix")


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What could be taken of a project.

    Attributes
    ----------
    tables : dict of str to DataFrame
        The rows that annotations hold whole, with an id and the columns of their table, by table; all text.
    proposals : list of dict of str to str
        What is not coded in the data folder, as :func:`sourcebook.coding.proposals.try_proposals` reads it.
    spans : DataFrame
        Every stretch that was taken: ``coder, continuum`` (the source), ``start, end, value`` (a code).
    coded : list of dict of str to str
        What is coded in the data folder already, in the same words.
    refused : list of str
        Annotations that could not be taken, each with the reason.
    told : list of str
        What else a person should know.
    """

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    proposals: list[dict[str, str]] = field(default_factory=list)
    spans: pd.DataFrame = field(default_factory=pd.DataFrame)
    coded: list[dict[str, str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def take(project: Project, dataset: Dataset, *, proposed_by: str, source: str = "") -> Taken:
    """Return what a project says of the sources of a data folder.

    Each annotation is put at its place in the source, or refused with the nearest passage. One that holds the columns
    of a coded row becomes such a row; a code that is a question, an answer or a term of the data folder fills in what
    it means; any other code goes into the note.

    Parameters
    ----------
    project : Project
        As a format reads it.
    dataset : Dataset
        The data folder in memory.
    proposed_by : str
        Who proposes what no coder is named for.
    source : str
        The id of the source that a document is which is not recognised; none by default.

    Returns
    -------
    Taken
        Nothing is written.

    Examples
    --------
    >>> import sourcebook
    >>> from sourcebook.exchange.outgoing import from_dataset
    >>> data = sourcebook.read()
    >>> taken = take(from_dataset(data), data, proposed_by="me")
    >>> len(taken.coded) == sum(map(len, taken.tables.values())), taken.proposals, taken.refused
    (True, [], [])
    """
    return _Taking(project, dataset, proposed_by, source).taken()


class _Taking:
    """One project, and what is known of it while it is taken."""

    def __init__(self, project: Project, dataset: Dataset, proposed_by: str, source: str) -> None:
        self.project, self.dataset, self.proposed_by = project, dataset, proposed_by
        self.own = proposal_tables(dataset.schemas)
        self.matches = match_documents(project.documents, dataset.documents, other=source)
        self.meanings = meanings(project.codes, codes_of_tables(dataset.tables, dataset.schemas))
        self.names = {code.code_id: code.name for code in project.codes}
        self.spans = sentence_spans(sentence_table(dataset.documents))
        self.rows: list[dict[str, str]] = []
        self.stretches: list[tuple[str, str, int, int, str]] = []
        self.refused: list[str] = []

    def taken(self) -> Taken:
        """Return all of it."""
        whole = 0
        for annotation in self.project.annotations:
            match = self.matches.get(annotation.document_id)
            if match is None:
                self._refuse(annotation, "its document is none of the sources")
            elif annotation.start is None and not annotation.exact:
                whole += 1
            else:
                try:
                    self._add(annotation, match, place_of(annotation, match))
                except AnchorError as error:
                    self._refuse(annotation, str(error))
        tables, coded, proposals, told = self._sorted()
        if whole:
            told.append(f"{whole} annotations of whole documents have no words, and were left out")
        columns = ["coder", "continuum", "start", "end", "value"]
        return Taken(
            tables=tables,
            proposals=proposals,
            spans=pd.DataFrame(self.stretches, columns=columns),
            coded=coded,
            refused=self.refused,
            told=[*self.project.told, *self._documents(), *told],
        )

    def _refuse(self, annotation: Annotation, why: str) -> None:
        self.refused.append(f"{annotation.annotation_id or 'an annotation'}: {why}")

    def _documents(self) -> Iterator[str]:
        """Yield what a person should know of the documents."""
        used = {annotation.document_id for annotation in self.project.annotations}
        for document in self.project.documents:
            name = document.document_id
            match = self.matches.get(name)
            shown = f"{document.title or document.address or name!s:.120}"
            if match is None and name in used:
                yield f"document {shown}: none of the sources; `sourcebook add` takes a file of its text"
            elif match is not None and match.places is None and document.text:
                how = f"known by its {match.how}, its text is another"
                yield f"document {shown}: is {match.source.source_id} ({how}); its words were looked for there"

    def _add(self, annotation: Annotation, match: Match, anchor: Anchor) -> None:
        """Add the rows of an annotation."""
        source = match.source
        place = {name: str(getattr(anchor, name)) for name in ANCHOR_COLUMNS}
        if _fits(annotation, anchor, source.raw):
            place |= {"prefix": annotation.prefix, "suffix": annotation.suffix}
        place["source_id"] = source.source_id
        spans = self.spans.get(source.source_id, {})
        place["sentence_id"] = starts_in(source.normal, spans, anchor.start, anchor.end)
        coder = annotation.coder or self.proposed_by
        for code in annotation.codes or ("",):
            value = self._shown(code)
            self.stretches.append((coder, source.source_id, anchor.start, anchor.end, value))
        for row in self._contents(annotation):
            self.rows.append({**row, **place, "proposed_by": coder})

    def _shown(self, code: str) -> str:
        return self.names.get(code, code)

    def _contents(self, annotation: Annotation) -> Iterator[dict[str, str]]:
        """Yield the cells of each row that an annotation means, without its place."""
        table = self.own.get(annotation.fields.get("table", ""))
        if table is not None:
            cells = {n: c for n, c in annotation.fields.items() if n in table.schema.columns and c}
            row = {**cells, "table": table.name, "note": annotation.note}
            yield row
            further = [self.meanings[code] for code in annotation.codes if code in self.meanings]
            yield from (self._row(each, {}, "") for each in further if not _says(row, each))
            return
        known = [code for code in annotation.codes if code in self.meanings]
        others = [self._shown(code) for code in annotation.codes if code not in self.meanings]
        about = [f"coded {', '.join(others)}"] if others else []
        note = "; ".join([*about, *filter(None, [annotation.note])])
        for code in known:
            yield self._row(self.meanings[code], annotation.fields, note)
        if not known:
            yield self._row(Meaning(table="claims"), annotation.fields, note)

    def _row(self, meaning: Meaning, fields: Mapping[str, str], note: str) -> dict[str, str]:
        table = self.own[meaning.table]
        given = {n: c for n, c in fields.items() if c and n in table.schema.columns and n not in table.key}
        return {**given, **meaning.cells, "table": table.name, "note": note}

    def _sorted(
        self,
    ) -> tuple[dict[str, pd.DataFrame], list[dict[str, str]], list[dict[str, str]], list[str]]:
        """Return whole rows by table, what is coded, the proposals, and what is coded otherwise."""
        whole: dict[str, list[dict[str, str]]] = {}
        coded, proposals, told = list[dict[str, str]](), dict[str, dict[str, str]](), list[str]()
        there = {name: _by_id(table, self.dataset.tables[name]) for name, table in self.own.items()}
        said = {
            name: {_content(row, self.own[name]) for row in rows.values()} for name, rows in there.items()
        }
        for row in self.rows:
            table = self.own[row["table"]]
            columns, key = [str(name) for name in table.schema.columns], row.get(table.key[0], "")
            if key:
                whole.setdefault(table.name, []).append({n: row.get(n, "") for n in columns})
            before = there[table.name].get(key, {})
            differing = [n for n in columns if before.get(n, "") != row.get(n, "") and n not in _AROUND]
            if (before and not differing) or (not before and _content(row, table) in said[table.name]):
                coded.append(row)
                continue
            if before:
                cells = [f"{n} {before.get(n, '')!r:.60} → {row.get(n, '')!r:.60}" for n in differing]
                told.append(f"{key} is coded otherwise: {'; '.join(cells)}")
            _propose(row, table, proposals)
        frames = {
            name: pd.DataFrame(rows, columns=list(self.own[name].schema.columns), dtype="str")
            for name, rows in whole.items()
        }
        return frames, coded, list(proposals.values()), told


def _by_id(table: Table, frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Return the rows of a table by their ids."""
    rows = frame.drop(columns=LINE, errors="ignore").to_dict("records")
    return {str(row[table.key[0]]): {str(n): cell for n, cell in row.items()} for row in rows}


def _content(row: Mapping[str, Any], table: Table) -> tuple[str, ...]:
    """Return the place of a row and what it says of the words there."""
    return tuple(str(row.get(name, "")) for name in ("source_id", "start", "end", *content_columns(table)))


def _says(row: Mapping[str, str], meaning: Meaning) -> bool:
    """Return whether a row says what a code means."""
    return row["table"] == meaning.table and all(row.get(n) == cell for n, cell in meaning.cells.items())


def _fits(annotation: Annotation, anchor: Anchor, raw: str) -> bool:
    """Return whether the words around an annotation are literally those around its place."""
    prefix, suffix = annotation.prefix, annotation.suffix
    there = raw.endswith(prefix, 0, anchor.start) and raw.startswith(suffix, anchor.end)
    return there and bool(prefix or suffix)


def _propose(row: Mapping[str, str], table: Table, proposals: dict[str, dict[str, str]]) -> None:
    """Add a proposal; one that is there twice, with two remarks, is one with both."""
    cells = {name: cell for name, cell in row.items() if cell and name not in table.key}
    given = {"proposal_id": proposal_id(cells), "decision": "", **cells}
    before = proposals.setdefault(given["proposal_id"], given)
    notes = [before.get("note", ""), given.get("note", "")]
    if note := "; ".join(dict.fromkeys(filter(None, notes))):
        before["note"] = note

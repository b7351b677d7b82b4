"""Check every cell of the tables, and report everything that is wrong together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import pandas as pd

from sourcebook.coding import cell_checks, link_checks, quote_checks
from sourcebook.coding.coded_tables import complete, narrowed
from sourcebook.coding.coverage import coverage_problems
from sourcebook.core.errors import DataError, Problem
from sourcebook.core.schemas import Schemas
from sourcebook.sources.documents import Document, sentence_table

__all__ = ["check_tables", "validate"]


def _stages(
    frames: Mapping[str, pd.DataFrame],
    documents: Mapping[str, Document] | None,
    schemas: Schemas,
    unread: Collection[str],
    exhaustive: bool,
) -> Iterator[Iterable[Problem]]:
    """Yield the problems that each check finds, the plainest checks first."""
    sentences = sentence_table(documents or {})
    ids = set(sentences["sentence_id"]) if documents is not None else None
    for name, frame in frames.items():
        yield cell_checks.column_problems(schemas[name], frame)
        yield cell_checks.empty_row_problems(schemas[name], frame)
        if ids is not None and {"source_id", "sentence_id"} <= set(frame.columns):
            ids |= set(frame.loc[frame["source_id"].isin(unread), "sentence_id"])
    frames = {name: cell_checks.without_empty_rows(frame) for name, frame in frames.items()}
    for name, frame in frames.items():
        table = narrowed(schemas[name], frame)
        yield cell_checks.cell_problems(table, frame)
        yield cell_checks.text_problems(table, frame)
        yield cell_checks.key_problems(table, frame)
        yield cell_checks.grammar_problems(table, frame)
        yield cell_checks.order_problems(table, frame)
        yield link_checks.link_problems(table, frame, frames, ids, schemas)
        if name == "pages" and documents is not None and complete(table, frame):
            yield quote_checks.page_problems(
                frame, {n: len(document.raw) for n, document in documents.items()}
            )
        if table.anchored and documents is not None:
            readable = frame[~frame["source_id"].isin(unread)]
            yield quote_checks.quote_problems(table, readable, documents)
            if "sentence_id" in table.schema.columns:
                yield quote_checks.sentence_problems(table, readable, sentences, documents)
    whole = {name: frame for name, frame in frames.items() if complete(schemas[name], frame)}
    yield link_checks.identity_problems(whole, ids or set(), schemas)
    yield link_checks.circle_problems(whole)
    if {"claims", "propositions"} <= set(frames):
        book = whole.get("codebook")
        terms = None if book is None else set(book.loc[book["vocabulary"] == "category", "term"])
        yield cell_checks.value_problems(frames["claims"], frames["propositions"], terms)
    if "uncoded" in whole and documents is not None:
        yield coverage_problems(whole, sentences, schemas, exhaustive=exhaustive)


def check_tables(
    frames: Mapping[str, pd.DataFrame],
    documents: Mapping[str, Document] | None,
    schemas: Schemas,
    unread: Collection[str] = (),
    *,
    exhaustive: bool = False,
) -> list[Problem]:
    """Return everything that is wrong in the tables.

    Checked are the columns, every cell against the schema, blanks and control characters, keys, links
    between tables, the grammars of dates, quantities and pinpoints, every quote against the raw file, and
    that no sentence is both coded and listed as uncoded; in an exhaustive folder also that each is one of
    them. A cell that one check has reported is not reported again by a later one.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        As :func:`read_tables` returns them. What links to a table that is not there is not checked.
    documents : mapping of str to sourcebook.sources.documents.Document, or None
        By source id. None if they could not be read: quotes and sentences are not checked.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have.
    unread : collection of str
        Ids of sources that are registered and could not be read: their quotes and sentences are not checked.
    exhaustive : bool
        Whether the folder accounts for every sentence, see :class:`sourcebook.core.about.About`.

    Returns
    -------
    list of Problem
        Sorted by file, line and column; empty if all is well.
    """
    found: list[Problem] = []
    for stage in _stages(frames, documents, schemas, unread, exhaustive):
        known = {(p.file, p.line, p.column) for p in found if p.line}
        found += [p for p in stage if (p.file, p.line, p.column) not in known]
    return sorted(found, key=lambda p: (p.file, p.line, p.column, p.found))


def validate(
    frames: Mapping[str, pd.DataFrame],
    documents: Mapping[str, Document],
    schemas: Schemas,
    *,
    exhaustive: bool = False,
) -> None:
    """Refuse tables in which anything is wrong.

    Parameters
    ----------
    frames, documents, schemas, exhaustive
        As for :func:`check_tables`.

    Raises
    ------
    DataError
        With all that :func:`check_tables` finds.
    """
    problems = check_tables(frames, documents, schemas, exhaustive=exhaustive)
    if problems:
        raise DataError(problems)

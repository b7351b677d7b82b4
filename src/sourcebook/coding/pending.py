"""Proposals that wait in a data folder for somebody to decide on them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from sourcebook.coding.proposals import content_columns, proposal_tables, try_proposals
from sourcebook.core.csvfiles import LINE
from sourcebook.core.errors import DataError
from sourcebook.core.schemas import Schemas
from sourcebook.sources.documents import Document, sentence_table
from sourcebook.text.anchors import fill_anchors, sentence_spans

__all__ = ["PROPOSALS", "pending_proposals"]

#: Where files of proposals wait, within a data folder.
PROPOSALS = "coded/proposals"


def pending_proposals(
    folder: Path,
    tables: Mapping[str, pd.DataFrame],
    documents: Mapping[str, Document],
    schemas: Schemas,
) -> dict[str, list[str]]:
    """Return what is proposed in ``coded/proposals`` and not decided, in words, by the sentence in which it begins.

    Parameters
    ----------
    folder : Path
        The data folder.
    tables : mapping of str to DataFrame
        All tables of the data folder, as :func:`sourcebook.coding.read_tables` returns them.
    documents : mapping of str to Document
        By source id.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have.

    Returns
    -------
    dict of str to list of str
        For each proposal its words, what is coded of them, and who proposes it.

    Raises
    ------
    DataError
        With everything that is wrong in the files; also for words that the source does not have.
    """
    decided, spans = set(tables["decisions"]["proposal_id"]), sentence_spans(sentence_table(documents))
    found: dict[str, list[str]] = {}
    problems = []
    for path in sorted((folder / PROPOSALS).glob("*")):
        if path.suffix.lower() not in (".csv", ".jsonl", ".ndjson"):
            continue
        frame, wrong = try_proposals(path, schemas)
        frame = frame[(frame["decision"] != "reject") & ~frame["proposal_id"].isin(decided)]
        try:
            placed = fill_anchors(frame, documents, file=str(path), spans=spans)
        except DataError as error:
            problems += [*wrong, *error.problems]
            continue
        problems += wrong
        for cells in placed.drop(columns=LINE).to_dict("records"):
            row = {str(name): str(cell) for name, cell in cells.items()}
            found.setdefault(row["sentence_id"], []).append(_in_words(row, schemas))
    if problems:
        raise DataError(problems)
    return found


def _in_words(row: Mapping[str, str], schemas: Schemas) -> str:
    """Return a proposal in words."""
    table = proposal_tables(schemas)[row["table"]]
    cells = [f"{name} {row[name]}" for name in content_columns(table) if row.get(name)]
    about = "; ".join([*cells, *([row["note"]] if row.get("note") else [])])
    kind = "" if table.name == "claims" else f"{table.name}, "
    return f"{row['proposed_by']}: “{row['exact']}”" + (f" ({kind}{about})" if about or kind else "")

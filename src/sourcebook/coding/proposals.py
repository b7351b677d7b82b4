"""Proposals of codings, from whoever made them: read a file of them, and refuse what is none."""

from __future__ import annotations

import difflib
import hashlib
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from sourcebook.core.csvfiles import LINE, read_table
from sourcebook.core.errors import DataError, Problem
from sourcebook.core.jsonlines import read_json_lines
from sourcebook.core.schemas import ANCHOR_COLUMNS, PROPOSAL, Schemas, Table

__all__ = ["content_columns", "proposal_id", "proposal_tables", "try_proposals"]

_LINES = (".jsonl", ".ndjson")
_BEFORE = "proposed_"
_SURROGATE = re.compile("[\ud800-\udfff]")
#: Columns of a coded row that are not what is proposed of the words, but their place, or a remark.
_PLACE = {*ANCHOR_COLUMNS, "source_id", "sentence_id", "note"}


def proposal_tables(schemas: Schemas) -> dict[str, Table]:
    """Return the coded tables for which rows can be proposed: those with a quote and an id of their own.

    Examples
    --------
    >>> from sourcebook.core.schemas import TABLES
    >>> list(proposal_tables(TABLES))
    ['claims', 'mentions', 'citations', 'links']
    """
    return {
        name: table
        for name, table in schemas.items()
        if table.anchored and len(table.key) == 1 and table.path.startswith("coded/") and name != "uncoded"
    }


def content_columns(table: Table) -> list[str]:
    """Return the columns of a table that say what is coded of the words."""
    return [str(name) for name in table.schema.columns if name not in {*_PLACE, *table.key}]


def proposal_id(row: Mapping[str, Any]) -> str:
    """Return the id of a proposal that has none: it follows from what is proposed, where, and by whom.

    Parameters
    ----------
    row : mapping of str to object
        The cells of the proposal; the decision, remarks and what was found do not count.

    Examples
    --------
    >>> row = {"source_id": "mill", "exact": "150 residents", "value": "150", "proposed_by": "anna"}
    >>> proposal_id(row), proposal_id(row | {"decision": "accept", "note": "checked"}) == proposal_id(row)
    ('p-5f5cfad236ab', True)
    """
    rest = {
        "proposal_id",
        "decision",
        "note",
        "expression",
        "pattern",
        "lossy",
        "prefix",
        "suffix",
        "end",
        LINE,
    }
    given = {
        name: cell
        for name, cell in row.items()
        if cell and name not in rest and (name == "proposed_by" or not name.startswith(_BEFORE))
    }
    given.setdefault("table", "claims")
    return "p-" + hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()[:12]


def try_proposals(path: str | Path, schemas: Schemas) -> tuple[pd.DataFrame, list[Problem]]:
    """Read what can be read of a file of proposals: CSV, or JSON Lines with an object for each.

    Parameters
    ----------
    path : path
        The file: ``.csv``, ``.jsonl`` or ``.ndjson``.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have.

    Returns
    -------
    tuple of (pandas.DataFrame, list of Problem)
        The proposals in which nothing is wrong by themselves: the columns of
        :data:`sourcebook.core.schemas.PROPOSAL`, those of an anchor, and those of every table that a row can be for;
        all text, empty where a row lacks them. ``line`` (int64) is the line of the row in the file. Rows of nothing
        but blanks are left out.
        And what is wrong in the others: unknown columns and tables, cells that are no text and no number, cells for
        which the table has no column, decisions that are none, proposals without proposer, and one id for two
        proposals. For a file that cannot be read, that alone.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> from sourcebook.core.schemas import TABLES
    >>> file = Path(mkdtemp()) / "mine.jsonl"
    >>> _ = file.write_text('{"source_id": "mill", "exact": "150", "value": 150, "proposed_by": "anna"}')
    >>> frame, problems = try_proposals(file, TABLES)
    >>> frame[["table", "exact", "value", "decision"]].values.tolist(), problems
    ([['claims', '150', '150', '']], [])
    """
    path, tables = Path(path), proposal_tables(schemas)
    try:
        rows, problems = _rows(path, _known_columns(schemas))
    except DataError as error:
        rows, problems = [], [replace(problem, file=str(path)) for problem in error.problems]
    for row in rows:
        row["decision"] = row.get("decision", "").strip().casefold()
        row["table"] = row.get("table") or "claims"
        problems += [Problem(str(path), int(row[LINE]), *wrong) for wrong in _row_problems(row, tables)]
        row["proposal_id"] = row.get("proposal_id") or proposal_id(row)
    problems += _repeated(path, rows)
    wrong = {problem.line for problem in problems}
    rows = [row for row in rows if row[LINE] not in wrong]
    names = [*_known_columns(schemas), *sorted({n for row in rows for n in row if n.startswith(_BEFORE)})]
    columns = {name: [row.get(name, "") for row in rows] for name in dict.fromkeys(names)}
    frame = pd.DataFrame({name: pd.Series(cells, dtype="str") for name, cells in columns.items()})
    return frame.assign(**{LINE: pd.Series([row[LINE] for row in rows], dtype="int64")}), problems


def _known_columns(schemas: Schemas) -> list[str]:
    """Return the columns that a proposal can have, but those that hold what was proposed for another."""
    own = [name for name in PROPOSAL if not name.endswith("…")]
    keys = {table.key[0] for table in proposal_tables(schemas).values()}
    coded = [
        str(n) for table in proposal_tables(schemas).values() for n in table.schema.columns if n not in keys
    ]
    return list(dict.fromkeys([*own, *coded]))


def _rows(path: Path, known: list[str]) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Return the rows of a file as text, each with its line, and what is wrong with their names and cells."""
    suffix = path.suffix.lower()
    if suffix == ".csv":
        frame = read_table(path)
        names = [str(name) for name in frame.columns if name != LINE]
        problems = [wrong for name in names if (wrong := _name_problem(str(path), 1, name, known))]
        rows = [row for row in frame.to_dict("records") if any(str(row[name]).strip() for name in names)]
        return [{str(name): cell for name, cell in row.items() if cell != ""} for row in rows], problems
    if suffix not in _LINES:
        found = f"a {suffix} file" if suffix else "a file without a suffix"
        action = "write an object for each proposal, in one line, as .jsonl"
        return [], [Problem(str(path), 0, "", found, "proposals as .csv or .jsonl", action)]
    kept: list[dict[str, Any]] = []
    problems = []
    told: set[str] = set()
    for line, record in read_json_lines(path):
        if isinstance(record, Problem):
            problems.append(record)
            continue
        row: dict[str, Any] = {LINE: line}
        for name, value in record.items():
            cell = _cell(value)
            if wrong := _name_problem(str(path), line, name, known):
                problems += [] if name in told else [wrong]
                told.add(name)
            elif isinstance(cell, str):
                row |= {name: cell} if cell else {}
            else:
                problems.append(Problem(str(path), line, name, *cell))
        kept.append(row)
    return kept, problems


def _name_problem(file: str, line: int, name: str, known: list[str]) -> Problem | None:
    if name in known or (name.startswith(_BEFORE) and name.removeprefix(_BEFORE) in known):
        return None
    near = difflib.get_close_matches(name, [*known, _BEFORE], n=1)
    expected = "a column of a proposal" + (f", such as {near[0]}" if near else "")
    return Problem(file, line, name, f"{name!r:.80}", expected, "rename it, or leave it out")


def _cell(value: Any) -> str | tuple[str, str, str]:
    """Return a value of JSON as the text of a cell, or found, expected and action."""
    expected = "a text, a number, or null"
    if isinstance(value, bool):
        return str(value).lower(), expected, 'write "yes" or "no"'
    if isinstance(value, list | dict):
        return f"{json.dumps(value, ensure_ascii=False):.80}", expected, "write it as one text"
    if isinstance(value, float) and not math.isfinite(value):
        return str(value), expected, "leave it out, or write null"
    text = "" if value is None else str(value)
    if half := _SURROGATE.search(text):
        return f"half of a pair of surrogates (U+{ord(half[0]):04X})", "whole characters", "correct the text"
    return text


def _row_problems(row: Mapping[str, Any], tables: Mapping[str, Table]) -> Iterator[tuple[str, str, str, str]]:
    """Yield column, found, expected and action for what is wrong in a row by itself."""
    table = tables.get(row["table"])
    if table is None:
        yield "table", repr(row["table"]), f"one of {', '.join(tables)}", "correct the table"
    else:
        others = {str(name) for each in tables.values() for name in each.schema.columns}
        for name in row.keys() & (others - set(table.schema.columns)):
            expected = f"nothing: {table.name} has no such column"
            yield name, f"{row[name]!r:.80}", expected, "empty it, or correct the table"
    if row["decision"] not in ("", "accept", "reject"):
        yield "decision", repr(row["decision"]), "accept, reject, or nothing", "correct the decision"
    for name, what in (("proposed_by", "who or what proposes it"), ("source_id", "the id of a source")):
        if not str(row.get(name, "")).strip():
            yield name, "nothing", what, "fill it in"
    if not str(row.get("exact", "")).strip():
        yield "exact", "nothing", "the words of the source", "quote them"


def _repeated(path: Path, rows: list[dict[str, Any]]) -> Iterator[Problem]:
    """Report proposals of which an earlier row with the same id says something else."""
    first: dict[str, dict[str, Any]] = {}
    for row in rows:
        before = first.setdefault(row["proposal_id"], row)
        said = ({name: cell for name, cell in each.items() if name != LINE} for each in (before, row))
        if next(said) != next(said):
            found = f"{row['proposal_id']!r} again, with other cells than in line {before[LINE]}"
            action = "keep one of the two rows, or give one another id"
            yield Problem(str(path), int(row[LINE]), "proposal_id", found, "each proposal once", action)

"""Settle reviews: merge what a reader decided on codings, in the page, into the coded tables, all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from sourcebook.coding.checks import check_tables
from sourcebook.core.csvfiles import LINE, read_table
from sourcebook.core.errors import DataError, Problem
from sourcebook.core.schemas import ANSWER_VARIABLES, Schemas, Table
from sourcebook.sources.documents import Document

__all__ = ["REVIEW_COLUMNS", "VERDICTS", "Settled", "is_review", "merge_review"]

#: The columns of a review, as the page exports it: a row for each variable of a coding.
REVIEW_COLUMNS = ("row_id", "verdict", "variable", "coded", "review", "reviewer", "follows", "note")
#: What a reader says of a coding, as the page has it.
VERDICTS = ("agree", "code otherwise", "not supported")
_AGREE, _OTHERWISE, _UNSUPPORTED = VERDICTS
_Row = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What a review makes of the coded tables.

    Attributes
    ----------
    tables : dict of str to DataFrame
        The tables that change, whole, by name, decisions last.
    agreed, changed, removed : int
        Codings that stay, that are coded otherwise now, and that are no more.
    """

    tables: dict[str, pd.DataFrame]
    agreed: int
    changed: int
    removed: int


def is_review(path: Path) -> bool:
    """Return whether a file is a review, by its first row.

    Parameters
    ----------
    path : Path
        A file that was given for proposals.
    """
    return path.suffix.lower() == ".csv" and {"verdict", "row_id"} <= set(read_table(path).columns)


def merge_review(
    path: Path,
    tables: Mapping[str, pd.DataFrame],
    documents: Mapping[str, Document],
    schemas: Schemas,
    *,
    by: str,
    on: str,
    exhaustive: bool = False,
) -> Settled:
    """Merge a review that is settled: codings that are coded otherwise change, those that are not supported go.

    Parameters
    ----------
    path : Path
        The review, as the page of a source or of a claim exports it.
    tables : mapping of str to DataFrame
        All tables of the data folder, as :func:`sourcebook.coding.read_tables` returns them.
    documents : mapping of str to sourcebook.sources.documents.Document
        By source id.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have.
    by, on : str
        Who decided, and on which day (EDTF).
    exhaustive : bool
        Whether the folder accounts for every sentence.

    Returns
    -------
    Settled
        Nothing is written. A review that was merged before changes nothing.

    Raises
    ------
    DataError
        Everything that does not fit, each problem with the line of the review: a coding that is not there, or is coded
        otherwise than the reader saw it, and an answer that the checks of the data folder refuse.
    """
    frame = read_table(path)
    if missing := [name for name in REVIEW_COLUMNS if name not in frame]:
        action = "export the review from the page again"
        raise DataError(
            Problem(str(path), 1, name, "no such column", "a column of a review", action) for name in missing
        )
    work = _Review(str(path), tables, schemas)
    codings: dict[str, list[_Row]] = {}
    for row in frame.astype("str").to_dict("records"):
        codings.setdefault(str(row["row_id"]), []).append({str(n): str(c) for n, c in row.items()})
    for row_id, rows in codings.items():
        work.settle(row_id, rows, by=by, on=on)
    work.check(documents, exhaustive=exhaustive)
    if work.problems:
        raise DataError(work.problems)
    return Settled(tables=work.changed(), **work.counts)


class _Review:
    """The work on one review."""

    def __init__(self, file: str, tables: Mapping[str, pd.DataFrame], schemas: Schemas) -> None:
        self.file, self.tables, self.schemas = file, tables, schemas
        self.frames = dict(tables)
        self.problems: list[Problem] = []
        self.counts = {"agreed": 0, "changed": 0, "removed": 0}
        self.decisions: list[_Row] = []
        self.lines: dict[tuple[str, int], int] = {}
        self.places = {
            str(row_id): (table, index)
            for table in schemas.values()
            if table.anchored and len(table.key) == 1 and table.name in tables
            for index, row_id in enumerate(tables[table.name][table.key[0]])
        }
        self.done = dict(zip(tables["decisions"]["proposal_id"], tables["decisions"]["row_id"], strict=True))

    def settle(self, row_id: str, rows: list[_Row], *, by: str, on: str) -> None:
        """Settle one coding."""
        if _review_id(rows) in self.done:
            return
        if found := list(self._faults(row_id, rows)):
            self.problems += found
            return
        verdict = rows[0]["verdict"]
        table, index = self.places[row_id]
        frame = self.frames[table.name]
        row = {str(column): str(cell) for column, cell in self.tables[table.name].loc[index].items()}
        self.lines[table.path, int(row[LINE])] = int(rows[0][LINE])
        if verdict == _OTHERWISE:
            frame = frame.copy()
            for each in rows:
                frame.loc[index, self._column(table, each["variable"])] = each["review"].strip()
        elif verdict == _UNSUPPORTED:
            frame = frame.drop(index=index)
        self.frames[table.name] = frame
        self.counts[dict(zip(VERDICTS, self.counts, strict=True))[verdict]] += 1
        self.decisions.append(self._decision(table, row, rows) | {"decided_by": by, "decided_on": on})

    def _decision(self, table: Table, row: _Row, rows: list[_Row]) -> _Row:
        """Return what is recorded of the review of one coding."""
        cells = [
            (self._column(table, each["variable"]), each["coded"], each["review"].strip()) for each in rows
        ]
        is_other = rows[0]["verdict"] == _OTHERWISE
        edits = [f"{column}: {old} → {new}" for column, old, new in cells if is_other and old != new]
        follows = next((each["follows"] for each in rows if each["follows"]), "")
        remarks = [f"as the pass of {follows}" if follows else "", rows[0]["note"].strip()]
        return {
            "proposal_id": _review_id(rows),
            "table": table.name,
            "row_id": row[table.key[0]],
            **{column: row[column] for column in ("source_id", "exact", "start")},
            "proposed": "; ".join(f"{column}: {old}" for column, old, _ in cells),
            "edited": "; ".join(edits),
            "decision": "reject" if rows[0]["verdict"] == _UNSUPPORTED else "accept",
            "proposed_by": rows[0]["reviewer"].strip(),
            "note": "; ".join(filter(None, remarks)),
        }

    def _column(self, table: Table, variable: str) -> str:
        return variable if variable in ANSWER_VARIABLES else self.schemas.variables[variable][1].column

    def _faults(self, row_id: str, rows: list[_Row]) -> Iterator[Problem]:
        """Yield what does not fit in the rows of one coding."""
        if row_id not in self.places:
            expected = "the id of a coding that the data has"
            yield self._fault(
                rows[0], "row_id", repr(row_id), expected, "leave its rows out, or review it anew"
            )
            return
        table, index = self.places[row_id]
        for each in rows:
            if each["verdict"] not in VERDICTS or each["verdict"] != rows[0]["verdict"]:
                expected = f"one of {', '.join(VERDICTS)}, the same for the whole coding"
                yield self._fault(each, "verdict", repr(each["verdict"]), expected, "correct the cell")
            if not each["reviewer"].strip():
                yield self._fault(each, "reviewer", "nothing", "who reviewed", "fill it in")
            of_table = (
                ANSWER_VARIABLES
                if table.name == "claims"
                else [table.variable.name]
                if table.variable
                else []
            )
            if each["variable"] not in of_table:
                expected = f"one of {', '.join(of_table)}"
                yield self._fault(each, "variable", repr(each["variable"]), expected, "correct the cell")
                continue
            now = str(self.tables[table.name].loc[index, self._column(table, each["variable"])])
            if now != each["coded"]:
                action = "look at the coding as it is now, and review it again"
                yield self._fault(each, "coded", repr(each["coded"]), f"{now!r}, as it is coded now", action)
            if each["verdict"] == _OTHERWISE and not each["review"].strip():
                yield self._fault(each, "review", "nothing", "the answer of the review", "fill it in")

    def _fault(self, row: _Row, column: str, found: str, expected: str, action: str) -> Problem:
        return Problem(self.file, int(row[LINE]), column, found, expected, action)

    def check(self, documents: Mapping[str, Document], *, exhaustive: bool) -> None:
        """Report what the changed tables have wrong that they had right before, at the lines of the review."""
        if not self.decisions:
            return
        check = {"documents": documents, "schemas": self.schemas, "exhaustive": exhaustive}
        before = set(check_tables(self.tables, **check))  # type: ignore[arg-type]
        for problem in check_tables(self.frames, **check):  # type: ignore[arg-type]
            if problem in before:
                continue
            line = self.lines.get((problem.file, problem.line))
            moved = problem if line is None else replace(problem, file=self.file, line=line)
            self.problems.append(moved)

    def changed(self) -> dict[str, pd.DataFrame]:
        """Return the tables that change, with the decisions."""
        changed = {name: frame for name, frame in self.frames.items() if frame is not self.tables[name]}
        if self.decisions:
            before = self.tables["decisions"]
            rows = pd.DataFrame(
                self.decisions, columns=[name for name in before if name != LINE], dtype="str"
            )
            fresh = rows.fillna("").assign(**{LINE: pd.Series(0, index=rows.index, dtype="int64")})
            changed["decisions"] = pd.concat([before, fresh], ignore_index=True)
        return changed


def _review_id(rows: Iterable[_Row]) -> str:
    """Return the id under which the decision on a review of a coding is kept."""
    said = "\n".join("\t".join(row[name] for name in REVIEW_COLUMNS if name != "note") for row in rows)
    return "r-" + hashlib.sha256(said.encode()).hexdigest()[:12]

"""Merge proposals that a person decided on into the coded tables: all of them, or none and why."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from sourcebook.coding.checks import check_tables
from sourcebook.coding.proposals import content_columns, proposal_tables
from sourcebook.core.csvfiles import LINE, read_table, write_table
from sourcebook.core.errors import DataError, Problem
from sourcebook.core.schemas import ANCHOR_COLUMNS, Schemas, Table
from sourcebook.parsing.law.instruments import library_row
from sourcebook.sources.documents import Document, sentence_table
from sourcebook.text import anchors

__all__ = ["Merged", "merge_proposals", "new_ids", "write_changed"]

#: Lines of proposed rows, above those of any file, by which their problems are found again.
_FIRST_LINE = 10**9
_ROW_ID = re.compile(r"(.+)\.([a-z]+)([0-9]+)")
_OFFSET = re.compile(r"0|[1-9][0-9]{0,11}")
#: Letters of the ids of tables without rows, where it is not the first letter of the table.
_LETTERS = {"citations": "l", "links": "u"}


@dataclass(frozen=True, kw_only=True)
class Merged:
    """What a file of proposals makes of the coded tables.

    Attributes
    ----------
    tables : dict of str to DataFrame
        The tables that change, whole, by name, decisions last.
    added : dict of str to int
        The rows that are new, by table.
    present, rejected, undecided : int
        Accepted proposals that are coded already, rejected ones, and those without a decision.
    gone : list of str
        Rows that proposals accepted earlier became, and that somebody removed since.
    """

    tables: dict[str, pd.DataFrame]
    added: dict[str, int]
    present: int
    rejected: int
    undecided: int
    gone: list[str]


def merge_proposals(
    proposals: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    documents: Mapping[str, Document],
    schemas: Schemas,
    *,
    by: str,
    on: str,
    file: str = "",
    problems: Iterable[Problem] = (),
) -> Merged:
    """Merge the proposals that a person accepted, and record all decisions.

    A row gets the next id of its source and table, its place and its sentence. What is coded already is not coded
    again; what was decided before stays as it was.

    Parameters
    ----------
    proposals : DataFrame
        As :func:`sourcebook.coding.proposals.try_proposals` returns them.
    tables : mapping of str to DataFrame
        All tables of the data folder, as :func:`sourcebook.coding.read_tables` returns them.
    documents : mapping of str to sourcebook.sources.documents.Document
        By source id.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have.
    by, on : str
        Who decided, and on which day (EDTF).
    file : str
        What problems call the file of the proposals.
    problems : iterable of Problem
        What is wrong in it already.

    Returns
    -------
    Merged
        Nothing is written.

    Raises
    ------
    DataError
        Everything that is wrong, each problem with the line of its proposal: quotes that the source does not have,
        also of undecided proposals; cells of accepted ones that the checks of the data folder refuse; decisions
        against earlier ones.

    Examples
    --------
    >>> import sourcebook
    >>> data = sourcebook.read()
    >>> proposal = {"source_id": "turan-2024-12", "exact": "over 100 delegates", "value": ">100", "voice": "author"}
    >>> proposal |= {"proposition_id": "conf2-participants", "modality": "asserts", "table": "claims"}
    >>> proposal |= {"decision": "accept", "proposed_by": "a model", "proposal_id": "p-1", "line": 2}
    >>> merged = merge_proposals(pd.DataFrame([proposal]), data.tables, data.documents, data.schemas, by="A", on="2025")
    >>> merged.added, merged.present, merged.tables["decisions"]["row_id"].tolist()
    ({}, 1, ['turan-2024-12.c008'])
    """
    frame, found = _anchored(proposals.drop_duplicates("proposal_id"), documents, file)
    problems = [*problems, *found]
    before = {str(row["proposal_id"]): row for row in _rows(tables["decisions"])}
    decided = [row for row in _rows(frame) if row["decision"]]
    coded = {name: set(tables[name][table.key[0]]) for name, table in proposal_tables(schemas).items()}
    problems += [wrong for row in decided if (wrong := _against(row, before, coded, schemas, file))]
    new = [row for row in decided if before.get(row["proposal_id"], {}).get("decision") != row["decision"]]
    accepted = [row for row in new if row["decision"] == "accept"]
    known = [(before.get(row["proposal_id"], {}), row) for row in decided if row["decision"] == "accept"]
    again = [(b["row_id"], row["table"]) for b, row in known if b.get("decision") == "accept"]
    gone = [name for name, table in again if name not in coded[table]]
    added = _coded_rows([row for row in accepted if row["start"]], tables, documents, schemas)
    changed = {name: pd.concat([tables[name], rows], ignore_index=True) for name, rows in added.items()}
    if new:
        changed["decisions"] = _with_decisions(tables["decisions"], new, schemas, by, on)
    problems += _new_problems(tables, changed, documents, schemas, file)
    if problems:
        raise DataError({(p.file, p.line, p.column): p for p in reversed(problems)}.values())
    counts = {name: len(rows) for name, rows in added.items()}
    choices = frame["decision"].value_counts()
    return Merged(
        tables=changed,
        added=counts,
        present=int(choices.get("accept", 0)) - sum(counts.values()) - len(gone),
        gone=gone,
        rejected=int(choices.get("reject", 0)),
        undecided=int(choices.get("", 0)),
    )


def write_changed(tables: Mapping[str, pd.DataFrame], folder: Path, schemas: Schemas) -> None:
    """Write tables that change, in their order.

    A run that ends between two tables is completed by the next one. A column that a file did without, and that no
    row fills, is not added to it.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables, whole, by name.
    folder : Path
        The data folder.
    schemas : sourcebook.core.schemas.Schemas
        Its tables.
    """
    for name, frame in tables.items():
        path = folder / schemas[name].path
        kept = set(read_table(path).columns) if path.exists() else set(frame.columns)
        write_table(frame[[c for c in frame if c in kept or (frame[c] != "").any()]], path)


def new_ids(
    sources: Iterable[str], table: Table, frame: pd.DataFrame, used: Iterable[str] = ()
) -> Iterator[str]:
    """Yield an id for each new row: the id of its source, the letter of its table, and the next number.

    Parameters
    ----------
    sources : iterable of str
        The source of each new row.
    table : sourcebook.core.schemas.Table
        The table that they come into.
    frame : DataFrame
        Its rows.
    used : iterable of str
        Ids of rows that are no more: none is given a second time.

    Yields
    ------
    str

    Examples
    --------
    >>> from sourcebook.core.schemas import TABLES
    >>> rows = pd.DataFrame({"claim_id": ["mill.c001", "mill.c007"]})
    >>> list(new_ids(["mill", "mill", "town"], TABLES["claims"], rows, ["mill.c008"]))
    ['mill.c009', 'mill.c010', 'town.c001']
    """
    letter, last = "", dict[str, int]()
    for name in [*frame[table.key[0]], *used]:
        if match := _ROW_ID.fullmatch(name):
            letter = letter or match[2]
            if match[2] == letter:
                last[match[1]] = max(last.get(match[1], 0), int(match[3]))
    letter = letter or _LETTERS.get(table.name, table.name[0])
    for source in sources:
        last[source] = last.get(source, 0) + 1
        yield f"{source}.{letter}{last[source]:03d}"


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]


def _anchored(
    proposals: pd.DataFrame, documents: Mapping[str, Document], file: str
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the proposals with the places of their quotes, empty for rejected ones that have none; and problems."""
    frame = proposals.assign(**{n: "" for n in (*ANCHOR_COLUMNS, "sentence_id") if n not in proposals})
    rows = _rows(frame)
    places = [_literal_place(row, documents) for row in rows]
    placed = frame.assign(start=[start for start, _ in places], end=[end for _, end in places])
    spans = anchors.sentence_spans(sentence_table(documents))
    try:
        found, problems = anchors.fill_anchors(placed, documents, file=file, spans=spans), []
    except DataError as error:
        problems = error.problems
        refused = placed[LINE].isin([problem.line for problem in problems])
        found = anchors.fill_anchors(placed[~refused], documents, file=file, spans=spans)
        found = pd.concat([found, frame[refused].assign(start="", end="")]).sort_values(LINE, kind="stable")
    for given, row in zip(rows, _rows(found), strict=True):
        if row["start"]:
            problems += _offset_problems(given, row, documents[row["source_id"]].raw, file)
    rejected = set(frame.loc[frame["decision"] == "reject", LINE])
    return found, [problem for problem in problems if problem.line not in rejected]


def _literal_place(row: Mapping[str, Any], documents: Mapping[str, Document]) -> tuple[str, str]:
    """Return the place that a proposal gives, if its words are literally there; else none."""
    document, start, exact = documents.get(row["source_id"]), row["start"], row["exact"]
    if document is None or not _OFFSET.fullmatch(start) or not document.raw.startswith(exact, int(start)):
        return "", ""
    return start, str(int(start) + len(exact))


def _offset_problems(
    given: Mapping[str, Any], row: Mapping[str, Any], raw: str, file: str
) -> Iterator[Problem]:
    """Report offsets that are not those of the words."""
    for name in ("start", "end"):
        said, right = given[name], row[name]
        if said and said != right:
            before = raw[: int(right)]
            other = {
                "UTF-16 code units": len(before.encode("utf-16-le")) // 2,
                "bytes of UTF-8": len(before.encode()),
            }
            unit = next((unit for unit, count in other.items() if str(count) == said), "")
            found = f"{said!r:.40}" + (f", counted in {unit}" if unit else "")
            expected = f"{right}, where the words {name}, counted in code points"
            yield Problem(file, int(row[LINE]), name, found, expected, "correct it, or leave it out")


def _against(
    row: Mapping[str, Any],
    done: Mapping[str, Mapping[str, Any]],
    coded: Mapping[str, set[str]],
    schemas: Schemas,
    file: str,
) -> Problem | None:
    """Return a problem for a proposal that was accepted before, and is now another or rejected."""
    before, table = done.get(row["proposal_id"]), schemas[row["table"]]
    if before is None or before["decision"] != "accept" or before["row_id"] not in coded[table.name]:
        return None
    said = (row["decision"], *_proposed(row, table))
    if said == (before["decision"], before["proposed"], before["edited"]):
        return None
    found = f"{row['decision']} of what {before['decided_by']} accepted otherwise on {before['decided_on']}"
    action = (
        f"change {before['row_id']} in {table.path} itself, or remove it there and in coded/decisions.csv"
    )
    return Problem(file, int(row[LINE]), "decision", found, "the decision that was recorded", action)


def _coded_rows(
    accepted: list[dict[str, Any]],
    tables: Mapping[str, pd.DataFrame],
    documents: Mapping[str, Document],
    schemas: Schemas,
) -> dict[str, pd.DataFrame]:
    """Return the new rows by table; each proposal gets the ``row_id`` of the row that codes it, new or not."""
    spans = anchors.sentence_spans(sentence_table(documents))
    added: dict[str, pd.DataFrame] = {}
    for name in dict.fromkeys(row["table"] for row in accepted):
        table, frame, key = schemas[name], tables[name], schemas[name].key[0]
        here, fresh = [row for row in accepted if row["table"] == name], []
        there: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
        for row in _rows(frame):
            there.setdefault(_identity(row, table), []).append(row)
        coded = []
        for row in here:
            document = documents[row["source_id"]]
            place = int(row["start"]), int(row["end"])
            row["sentence_id"] = anchors.starts_in(document.normal, spans.get(row["source_id"], {}), *place)
            alike = there.setdefault(_identity(row, table), [])
            same = next((each for each in alike if _is_same(row, each, table)), None)
            if same is None:
                fresh.append(row)
                alike.append(row)
            coded.append(same or row)
        used = tables["decisions"]["row_id"]
        for row, row_id in zip(
            fresh, new_ids([row["source_id"] for row in fresh], table, frame, used), strict=True
        ):
            row |= {key: row_id, LINE: _FIRST_LINE + row[LINE]}
        for row, each in zip(here, coded, strict=True):
            row["row_id"] = each[key]
        if fresh:
            rows = pd.DataFrame(fresh).reindex(columns=frame.columns).fillna("")
            added[name] = rows.astype({column: frame[column].dtype for column in frame})
    return added


def _identity(row: Mapping[str, Any], table: Table) -> tuple[str, ...]:
    """Return the place of a coded row, and what it must say."""
    columns = [name for name in content_columns(table) if not _may_be_empty(table, name)]
    return tuple(str(row.get(name, "")) for name in ("source_id", "start", "end", *columns))


def _is_same(row: Mapping[str, Any], other: Mapping[str, Any], table: Table) -> bool:
    """Return whether a coded row says all that a proposal says which it need not say."""
    names = [name for name in content_columns(table) if _may_be_empty(table, name)]
    return all(not row.get(name) or row[name] == other.get(name, "") for name in names)


def _may_be_empty(table: Table, name: str) -> bool:
    return bool((table.schema.columns[name].metadata or {}).get("empty"))


def _new_problems(
    tables: Mapping[str, pd.DataFrame],
    changed: Mapping[str, pd.DataFrame],
    documents: Mapping[str, Document],
    schemas: Schemas,
    file: str,
) -> Iterator[Problem]:
    """Yield what is wrong with the new rows, at the lines of their proposals, and what they make wrong elsewhere."""
    found = check_tables({**tables, **changed}, documents, schemas) if changed else []
    other = [problem for problem in found if problem.line < _FIRST_LINE]
    known = set(check_tables(tables, documents, schemas)) if other else set()
    yield from (problem for problem in other if problem not in known)
    for problem in found:
        if problem.line >= _FIRST_LINE:
            told = _as_library_has_it(problem, tables, changed)
            yield replace(told, file=file, line=problem.line - _FIRST_LINE)


def _as_library_has_it(
    problem: Problem, tables: Mapping[str, pd.DataFrame], changed: Mapping[str, pd.DataFrame]
) -> Problem:
    """Say of an instrument that only the list of the library has which row the data folder needs for it."""
    if problem.column != "instrument_id" or "citations" not in changed:
        return problem
    rows = changed["citations"]
    cited = rows.loc[rows[LINE] == problem.line, "instrument_id"]
    known = next((row for key in cited if (row := library_row(str(key)))), None)
    if known is None:
        return problem
    names = [str(name) for name in tables["instruments"] if name != LINE]
    cells = {name: known.get(name, "") for name in names} | {"status": "seen"}
    cells["short_name"] = cells["short_name"] or cells["title"]
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells.values())
    action = (
        f"add it to reference/instruments.csv, with where you read it as its reference: {line.getvalue()}"
    )
    return replace(problem, expected=f"{problem.expected}; the library's own list has it", action=action)


def _with_decisions(
    before: pd.DataFrame, new: list[dict[str, Any]], schemas: Schemas, by: str, on: str
) -> pd.DataFrame:
    """Return the decisions with new ones, which replace those on the same proposals."""
    kept = before[~before["proposal_id"].isin([row["proposal_id"] for row in new])]
    records = []
    for row in new:
        proposed, edited = _proposed(row, schemas[row["table"]])
        made = {"proposed": proposed, "edited": edited, "decided_by": by, "decided_on": on}
        line = _FIRST_LINE + row[LINE] % _FIRST_LINE
        records.append(
            dict.fromkeys(before, "") | {n: row[n] for n in before if n in row} | made | {LINE: line}
        )
    fresh = pd.DataFrame(records, columns=before.columns).astype({n: before[n].dtype for n in before})
    return pd.concat([kept, fresh], ignore_index=True)


def _proposed(row: Mapping[str, Any], table: Table) -> tuple[str, str]:
    """Return what was proposed, and what the person changed in it, column by column."""
    before = {name: row.get(f"proposed_{name}", "") for name in ("exact", *content_columns(table))}
    said = {name: before[name] or row.get(name, "") for name in before if name != "exact"}
    edits = {
        name: f"{old} → {row.get(name, '')}"
        for name, old in before.items()
        if old != row.get(name, "") and old
    }
    return tuple("; ".join(f"{n}: {c}" for n, c in cells.items() if c) for cells in (said, edits))  # type: ignore[return-value]

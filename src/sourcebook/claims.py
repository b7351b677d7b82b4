"""Read the coded tables, check every cell of them at once, and read their values as intervals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pandera.errors

from sourcebook import anchors, tables
from sourcebook.dates import iso_day, parse_edtf
from sourcebook.documents import Document, sentence_table
from sourcebook.errors import DataError, ParseError, Problem
from sourcebook.instruments import parse_pinpoint
from sourcebook.quantities import DEFAULT, Assumptions, parse_quantity
from sourcebook.schemas import TABLES, Table

__all__ = [
    "CONTENT_TABLES",
    "check_tables",
    "coverage",
    "read_claims",
    "read_tables",
    "validate",
    "with_intervals",
]

#: Tables whose rows count as a coding of a sentence's content. A bare mention of a name, or a bare use
#: of a term, does not.
CONTENT_TABLES = ("claims", "citations", "frames", "demands", "heritage")


def read_tables(folder: Path, names: Iterable[str] | None = None) -> dict[str, pd.DataFrame]:
    """Read the tables of a data folder as text, unchecked.

    Parameters
    ----------
    folder : Path
        The data folder, the one that holds ``raw`` and ``coded``.
    names : iterable of str, optional
        Names in :data:`sourcebook.schemas.TABLES`; all by default.

    Returns
    -------
    dict of str to DataFrame
        Columns of the file in its order, all text, empty cells as ``""``, and ``line``, the line of the
        file where the record starts. An optional table without a file is empty.

    Raises
    ------
    DataError
        Files that cannot be read as tables, and required tables that are missing, all together.
    """
    frames: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for name in TABLES if names is None else names:
        table = TABLES[name]
        path = folder / table.path
        if path.exists():
            try:
                frames[name] = tables.read_table(path)
            except DataError as error:
                problems.extend(error.problems)
        else:
            frames[name] = pd.DataFrame({c: pd.Series(dtype="str") for c in table.schema.columns}).assign(
                line=pd.Series(dtype="int64")
            )
            if table.required:
                problems.append(
                    Problem(
                        file=table.path,
                        line=0,
                        column="",
                        found="no file",
                        expected=f"the table “{table.title}”",
                        action="add it, with the columns that data/README.md lists",
                    )
                )
    if problems:
        raise DataError(problems)
    return frames


def _columns_problems(table: Table, frame: pd.DataFrame) -> list[Problem]:
    expected = list(table.schema.columns)
    found = [c for c in frame.columns if c != "line"]
    missing = [c for c in expected if c not in found]
    unknown = [c for c in found if c not in expected]
    return [
        Problem(
            file=table.path, line=1, column=c, found="no such column", expected="the column", action="add it"
        )
        for c in missing
    ] + [
        Problem(
            file=table.path,
            line=1,
            column=c,
            found="a column that the schema does not know",
            expected=f"only {', '.join(expected)}",
            action="remove or rename it",
        )
        for c in unknown
    ]


def _schema_problems(table: Table, frame: pd.DataFrame) -> list[Problem]:
    """Return what pandera finds wrong, cell by cell."""
    try:
        table.schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as failure:
        cases = failure.failure_cases
        cells = cases[cases["index"].notna() & (cases["schema_context"] == "Column")]
        return [
            Problem(
                file=table.path,
                line=int(frame.loc[index, "line"]),
                column=str(column),
                found=repr(str(found)),
                expected=str(check),
                action="correct the cell",
            )
            for index, column, found, check in zip(
                cells["index"], cells["column"], cells["failure_case"], cells["check"], strict=True
            )
        ]
    return []


def _key_problems(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    keys = list(table.key)
    first = frame.groupby(keys, sort=False)["line"].transform("min")
    for _, row in frame[first < frame["line"]].iterrows():
        original = first[row.name]
        yield Problem(
            file=table.path,
            line=int(row["line"]),
            column=keys[0],
            found=f"{', '.join(str(row[k]) for k in keys)!r} a second time (first on line {original})",
            expected="an identifier that no other row has",
            action="give the row an identifier of its own, or remove it",
        )


def _allowed(
    table: Table, frames: Mapping[str, pd.DataFrame], sentences: pd.DataFrame
) -> Iterator[tuple[str, set[str], str, str | None]]:
    """Yield column, allowed values, where they come from, and the separator, for each linking column."""
    for name, column in table.schema.columns.items():
        meta = column.metadata or {}
        if "term" in meta:
            book = frames["codebook"]
            terms = set(book.loc[book["vocabulary"] == meta["term"], "term"])
            yield (
                name,
                terms,
                f"a term of “{meta['term']}” in {TABLES['codebook'].path}",
                meta.get("separator"),
            )
        elif "link" in meta:
            other, key = str(meta["link"]).split(".")
            if other == "sentences":
                yield name, set(sentences["sentence_id"]), "the id of a sentence of the source", None
            elif other in frames:
                where = f"a {key} of {TABLES[other].path}"
                yield name, set(frames[other][key]), where, meta.get("separator")


def _link_problems(
    table: Table, frame: pd.DataFrame, frames: Mapping[str, pd.DataFrame], sentences: pd.DataFrame
) -> Iterator[Problem]:
    for column, allowed, where, separator in _allowed(table, frames, sentences):
        cells = zip(frame["line"], frame[column], strict=True)
        for line, cell in cells:
            for value in cell.split(separator) if separator else [cell]:
                if value and value not in allowed:
                    yield Problem(
                        file=table.path,
                        line=int(line),
                        column=column,
                        found=repr(value),
                        expected=where,
                        action="correct the value, or add it there",
                    )


_GRAMMARS = {"edtf": parse_edtf, "quantity": parse_quantity, "pinpoint": parse_pinpoint}


def _grammar_problem(table: Table, line: int, column: str, value: str, grammar: str) -> Problem | None:
    try:
        _GRAMMARS[grammar](value)
    except ParseError as error:
        return Problem(
            file=table.path,
            line=line,
            column=column,
            found=repr(value),
            expected=f"a value in the grammar “{grammar}” ({error})",
            action="correct the value",
        )
    return None


def _grammar_problems(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    for name, column in table.schema.columns.items():
        grammar = (column.metadata or {}).get("grammar")
        if grammar:
            for line, value in zip(frame["line"], frame[name], strict=True):
                problem = value and _grammar_problem(table, int(line), name, value, grammar)
                if problem:
                    yield problem


def _value_problems(frames: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    """Check the value of each claim by the kind of its proposition."""
    kinds = dict(zip(frames["propositions"]["proposition_id"], frames["propositions"]["kind"], strict=True))
    book = frames["codebook"]
    categories = set(book.loc[book["vocabulary"] == "category", "term"])
    table = TABLES["claims"]
    for row in frames["claims"].itertuples():
        kind = kinds.get(row.proposition_id)
        problem = None
        if kind in {"quantity", "date"}:
            grammar = "edtf" if kind == "date" else "quantity"
            problem = _grammar_problem(table, int(row.line), "value", row.value, grammar)
        elif (kind == "presence" and row.value not in {"yes", "no"}) or (
            kind == "category" and row.value not in categories
        ):
            problem = Problem(
                file=table.path,
                line=int(row.line),
                column="value",
                found=repr(row.value),
                expected="yes or no"
                if kind == "presence"
                else f"a term of “category” in {TABLES['codebook'].path}",
                action="correct the value, or add the term there",
            )
        if problem:
            yield problem


def _sentence_problems(table: Table, frame: pd.DataFrame, sentences: pd.DataFrame) -> Iterator[Problem]:
    """Return the quotes that do not start in the sentence that their row names."""
    spans = sentences.set_index("sentence_id")[["raw_start", "raw_end"]]
    known = frame[frame["sentence_id"].isin(spans.index) & frame["start"].str.fullmatch(r"\d+")]
    start = known["start"].astype("int64").to_numpy()
    bounds = spans.loc[known["sentence_id"]].to_numpy()
    for position in np.flatnonzero((start < bounds[:, 0]) | (start >= bounds[:, 1])):
        row = known.iloc[position]
        yield Problem(
            file=table.path,
            line=int(row["line"]),
            column="sentence_id",
            found=f"{row['sentence_id']!r}, which spans {bounds[position, 0]} to {bounds[position, 1]}",
            expected=f"the sentence that holds position {row['start']}",
            action="correct the sentence, or leave start and end empty and run `sourcebook anchor`",
        )


def check_tables(frames: Mapping[str, pd.DataFrame], documents: Mapping[str, Document]) -> list[Problem]:
    """Return everything that is wrong in the tables.

    Checked are the columns, every cell against the schema, keys, links between tables, the grammars of
    dates, quantities and pinpoints, every quote against the raw file, and that each sentence is either
    coded or listed with a reason.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        As :func:`read_tables` returns them.
    documents : mapping of str to Document
        By source id.

    Returns
    -------
    list of Problem
        Sorted by file, line and column; empty if all is well.
    """
    sentences = sentence_table(documents)
    problems: list[Problem] = []
    whole: dict[str, pd.DataFrame] = {}
    for name, frame in frames.items():
        found = _columns_problems(TABLES[name], frame)
        problems.extend(found)
        if not any(p.found == "no such column" for p in found):
            whole[name] = frame
    for name, frame in whole.items():
        table = TABLES[name]
        problems.extend(_schema_problems(table, frame))
        problems.extend(_key_problems(table, frame))
        problems.extend(_grammar_problems(table, frame))
        if "codebook" in whole:
            problems.extend(_link_problems(table, frame, whole, sentences))
        if table.anchored:
            problems.extend(anchors.check_anchors(frame, documents, file=table.path))
            problems.extend(_sentence_problems(table, frame, sentences))
    if {"claims", "propositions", "codebook"} <= set(whole):
        problems.extend(_value_problems(whole))
    if "uncoded" in whole and not problems:
        problems.extend(_coverage_problems(whole, sentences))
    return sorted(problems, key=lambda p: (p.file, p.line, p.column, p.found))


def validate(frames: Mapping[str, pd.DataFrame], documents: Mapping[str, Document]) -> None:
    """Raise one :class:`~sourcebook.errors.DataError` with all that :func:`check_tables` finds."""
    problems = check_tables(frames, documents)
    if problems:
        raise DataError(problems)


def coverage(frames: Mapping[str, pd.DataFrame], sentences: pd.DataFrame) -> pd.DataFrame:
    """Account for every sentence.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        The checked tables.
    sentences : DataFrame
        As :func:`sourcebook.documents.sentence_table` returns it.

    Returns
    -------
    DataFrame
        One row a sentence: ``sentence_id, source_id, kind``, one column for each anchored table with the
        number of rows whose quote touches the sentence, ``reason`` for an uncoded sentence, and
        ``status``: ``coded``, ``uncoded`` (with a reason) or ``open`` (neither).
    """
    out = sentences[["sentence_id", "source_id", "kind"]].copy()
    counted = [n for n, t in TABLES.items() if t.anchored and n != "uncoded" and n in frames]
    for name in counted:
        out[name] = _touching(frames[name], sentences)
    reasons = frames["uncoded"].set_index("sentence_id")["reason"].to_dict()
    out["reason"] = out["sentence_id"].map(reasons).fillna("")
    coded = out[[n for n in CONTENT_TABLES if n in out]].sum(axis=1) > 0
    out["status"] = np.select([coded, out["reason"] != ""], ["coded", "uncoded"], default="open")
    return out


def _touching(frame: pd.DataFrame, sentences: pd.DataFrame) -> list[int]:
    """Count, for each sentence, the quotes that share at least one character with it."""
    counts = []
    spans = {
        source: (rows["start"].astype("int64").to_numpy(), rows["end"].astype("int64").to_numpy())
        for source, rows in frame.groupby("source_id")
    }
    for row in sentences.itertuples():
        start, end = spans.get(row.source_id, (np.empty(0), np.empty(0)))
        counts.append(int(((start < row.raw_end) & (end > row.raw_start)).sum()))
    return counts


def _coverage_problems(frames: Mapping[str, pd.DataFrame], sentences: pd.DataFrame) -> Iterator[Problem]:
    cover = coverage(frames, sentences).set_index("sentence_id")
    text = sentences.set_index("sentence_id")["text"]
    table = TABLES["uncoded"]
    for sentence in cover.index[cover["status"] == "open"]:
        yield Problem(
            file=table.path,
            line=0,
            column="sentence_id",
            found=f"{sentence} in no table: {text[sentence][:80]!r}",
            expected="each sentence coded, or listed here with a reason",
            action="code it, or add a row",
        )
    both = frames["uncoded"][frames["uncoded"]["sentence_id"].isin(cover.index[cover["status"] == "coded"])]
    for row in both.itertuples():
        yield Problem(
            file=table.path,
            line=int(row.line),
            column="sentence_id",
            found=f"{row.sentence_id}, which other tables code",
            expected="only sentences that carry no coding",
            action="remove the row",
        )


def with_intervals(
    claims: pd.DataFrame, propositions: pd.DataFrame, *, assumptions: Assumptions = DEFAULT
) -> pd.DataFrame:
    """Read the value of each claim as an interval.

    Parameters
    ----------
    claims : DataFrame
        ``claim_id, proposition_id, value`` and whatever else; kept.
    propositions : DataFrame
        ``proposition_id, kind``.
    assumptions : Assumptions
        How wide "about" is, and what a vague magnitude spans.

    Returns
    -------
    DataFrame
        The claims with ``kind`` and, as numbers or ISO dates where the kind has them and empty otherwise:
        ``lower, upper, lower_closed, upper_closed`` of a quantity, ``earliest, latest`` of a date. An
        interval that is open on a side has an empty bound there.
    """
    kinds = dict(zip(propositions["proposition_id"], propositions["kind"], strict=True))
    out = claims.copy()
    out["kind"] = out["proposition_id"].map(kinds)
    bounds = [_bounds(k, v, assumptions) for k, v in zip(out["kind"], out["value"], strict=True)]
    names = ["lower", "upper", "lower_closed", "upper_closed", "earliest", "latest"]
    return out.assign(**{name: [b[i] for b in bounds] for i, name in enumerate(names)})


def _number(value: float) -> str:
    return "" if np.isinf(value) else f"{value:.15g}"


def _bounds(kind: str, value: str, assumptions: Assumptions) -> tuple[str, str, str, str, str, str]:
    if kind == "quantity":
        q = parse_quantity(value, assumptions=assumptions)
        closed = ("yes" if q.lower_closed else "no", "yes" if q.upper_closed else "no")
        return _number(q.lower), _number(q.upper), *closed, "", ""
    if kind == "date":
        d = parse_edtf(value)
        return "", "", "", "", iso_day(d.earliest), iso_day(d.latest)
    return ("",) * 6


def read_claims(folder: Path, documents: Mapping[str, Document]) -> pd.DataFrame:
    """Read, check and anchor the claims of a folder, with their intervals.

    Raises
    ------
    DataError
        Everything that is wrong in any of the tables.
    """
    frames = read_tables(folder)
    validate(frames, documents)
    return with_intervals(frames["claims"], frames["propositions"])

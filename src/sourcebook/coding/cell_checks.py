"""What can be wrong in the cells of a table by itself: columns, terms, keys, and the grammars of values."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping

import pandas as pd
import pandera.errors

from sourcebook.coding.coded_tables import problem_in, records
from sourcebook.core.csvfiles import LINE
from sourcebook.core.errors import ParseError, Problem
from sourcebook.core.languages import parse_language
from sourcebook.core.schemas import ANCHOR_COLUMNS, TABLES, Table
from sourcebook.core.schemas.columns import ID
from sourcebook.parsing.dates import iso_day, parse_edtf
from sourcebook.parsing.law import parse_pinpoint
from sourcebook.parsing.quantities import parse_notation
from sourcebook.parsing.suggestions import coded_value, find_all

__all__ = [
    "cell_problems",
    "column_problems",
    "empty_row_problems",
    "grammar_problems",
    "key_problems",
    "order_problems",
    "parse_day",
    "text_problems",
    "value_problems",
    "without_empty_rows",
]


def parse_day(text: str) -> object:
    """Return a date of the tables; raise ParseError for one that has no place among the years of four digits.

    Examples
    --------
    >>> parse_day("Y12024")
    Traceback (most recent call last):
    sourcebook.core.errors.ParseError: date 'Y12024': expected years from -9999 to 9999
    """
    span = parse_edtf(text)
    bounds = (span.start_earliest, span.start_latest, span.end_earliest, span.end_latest)
    if any(bound is not None and "Y" in iso_day(bound) for bound in bounds):
        raise ParseError(f"date {text!r}: expected years from -9999 to 9999")
    return span


_GRAMMARS: Mapping[str, Callable[[str], object]] = {
    "edtf": parse_day,
    "quantity": parse_notation,
    "pinpoint": parse_pinpoint,
    "language": parse_language,
}

#: How a value of each grammar is written, for a person who sees it the first time.
_FORMS = {
    "edtf": "a date such as 1986-06-26, 1986-06, 1986~ (about) or 1986/1988",
    "quantity": "a quantity such as 647, ~647 (about), >647, >=647 or 600..700",
    "pinpoint": "a place in a law such as Article 13(2) or para. 4",
    "language": "a code of a language (BCP 47) such as en, de or pt-BR",
}

#: Column of a proposition that belongs to one kind of answer, and to no other.
_OF_KIND = {"time_type": "date", "unit": "quantity"}


#: Characters that no eye sees and that mean nothing in a table: all controls but tab and the ends of lines.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


#: Ends of lines.
_END = re.compile("[\n\r\u2028\u2029]")

#: Columns whose cells are names, headings or links on pages, which have one line.
_ONE_LINE = frozenset(
    {"label", "name", "title", "short_name", "question", "headline", "author", "publisher", "value"}
)


def column_problems(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    """Report columns that are missing or unknown."""
    expected = [str(c) for c in table.schema.columns]
    needed = [name for name in expected if table.schema.columns[name].required]
    for name in (c for c in needed if c not in frame.columns):
        placed = table.anchored and name in {"sentence_id", *ANCHOR_COLUMNS} - {"exact"}
        action = f"run `sourcebook anchor {table.path}`, which adds it" if placed else "add the column"
        yield problem_in(table, 1, name, "no such column", f"the column {name}", action)
    for name in (str(c) for c in frame.columns if c not in expected and c != LINE):
        found, only = "a column that the schema does not know", f"only {', '.join(expected)}"
        near = difflib.get_close_matches(name.strip().lower().replace(" ", "_"), expected, n=1, cutoff=0.8)
        free = bool(near) and (near[0] not in frame or set(frame[near[0]]) <= {""})
        action = f"rename it to {near[0]}" if free else "remove or rename it"
        yield problem_in(table, 1, name, found, only, action)


def empty_row_problems(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    """Report rows of nothing but blanks, which the other checks leave out."""
    for line in frame.loc[_is_empty(frame), LINE]:
        yield problem_in(table, line, "", "a row of empty cells", "a row with values", "remove the row")


def without_empty_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table without rows of nothing but blanks."""
    empty = _is_empty(frame)
    return frame[~empty] if empty.any() else frame


def _is_empty(frame: pd.DataFrame) -> pd.Series[bool]:
    cells = frame.drop(columns=LINE).to_numpy().tolist()
    return pd.Series(
        [not any(cell.strip() for cell in row) for row in cells], index=frame.index, dtype="bool"
    )


def cell_problems(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    """Report what pandera finds wrong, cell by cell."""
    try:
        table.schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as failure:
        cases = failure.failure_cases
        cells = cases[cases["index"].notna() & (cases["schema_context"] == "Column")]
        lines = frame[LINE].to_dict()
        for index, column, found, check in zip(
            cells["index"], cells["column"], cells["failure_case"], cells["check"], strict=True
        ):
            quoted = {"exact", "start", "end"} <= set(table.schema.columns)
            unplaced = quoted and column in {"sentence_id", "start", "end"} and not found
            action = (
                f"run `sourcebook anchor {table.path}`, which fills it in" if unplaced else "correct the cell"
            )
            low = str(found).strip().lower().replace(" ", "-")
            if str(check) == f"text like {ID}" and re.fullmatch(ID, low):
                action = f"write it as {low!r}"
            yield problem_in(table, lines[index], str(column), repr(str(found)), str(check), action)


def text_problems(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    """Report control characters, and cells of nothing but blanks, outside the literal words of a source."""
    for name, column in table.schema.columns.items():
        meta = column.metadata or {}
        if name in ANCHOR_COLUMNS or meta.get("literal") or name not in frame:
            continue
        separator = "" if {"link", "term"} & set(meta) else meta.get("separator", "")
        blank = "an empty cell, or text that can be seen" if meta.get("empty") else "a value"
        for line, cell in zip(frame[LINE].tolist(), frame[name].tolist(), strict=True):
            if cell.isprintable() and not separator and cell.strip():
                continue  # as nearly all cells are: nothing unseen in them, and something seen
            if control := _CONTROL.search(cell):
                expected = f"no control character U+{ord(control[0]):04X}"
                yield problem_in(table, line, name, repr(cell), expected, "remove the character")
            elif ends := name in _ONE_LINE and _END.search(cell):
                expected, action = "one line", "write it in one line"
                yield problem_in(table, line, name, f"{cell!r} with U+{ord(ends[0]):04X}", expected, action)
            elif separator and cell.strip() and not all(part.strip() for part in cell.split(separator)):
                expected = f"a value on each side of {separator!r}"
                yield problem_in(
                    table, line, name, repr(cell), expected, "remove the separator that is too many"
                )
            elif cell and not any(sign.isprintable() and sign != " " for sign in cell):
                yield problem_in(table, line, name, repr(cell), f"{blank}, not blanks", "correct the cell")


def key_problems(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    """Report rows with the key of an earlier row."""
    first: dict[tuple[str, ...], int] = {}
    for line, row in records(frame) if table.key else ():
        key = tuple(row[k] for k in table.key)
        original = first.setdefault(key, line)
        if original != line:
            found = f"{', '.join(key)!r} a second time (first on line {original})"
            expected = "an identifier that no other row has"
            action = "give the row an identifier of its own, or remove it"
            yield problem_in(table, line, table.key[0], found, expected, action)


def _grammar_problem(table: Table, line: int, column: str, value: str, grammar: str) -> Iterator[Problem]:
    try:
        _GRAMMARS[grammar](value)
    except ParseError as error:
        if grammar == "language":
            action = str(error).rpartition(": ")[2].removeprefix("for it, ")
            yield problem_in(table, line, column, repr(value), _FORMS[grammar], action)
            return
        reason = re.sub(r"(?s)^.*(?=position \d+[:,] expected)|, found .*", "", str(error))
        near = _as_it_is_written(value, grammar)
        action = f"write {near}" if near else "correct the value"
        yield problem_in(table, line, column, repr(value), f"{_FORMS[grammar]} ({reason})", action)


def _as_it_is_written(value: str, grammar: str) -> str:
    """Return the notation of a value that is written as a text writes it, such as "26 June 1986"; empty for others."""
    kinds = {"edtf": "dates", "quantity": "quantities"}
    found = find_all(value, kinds=[kinds[grammar]]) if grammar in kinds else []
    near = coded_value(found[0]) if len(found) == 1 else ""
    doubtful = (
        not near or re.search(r"[X\[{]", near) or re.search(r"\d", value.replace(found[0].exact, "", 1))
    )
    if doubtful or re.search(r"\d\s?m\b", value):  # a metre, a minute or a million
        return ""
    try:
        _GRAMMARS[grammar](near)
    except ParseError:
        return ""
    return near


def order_problems(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    """Report bounds of a date of which the first is later than the last."""
    if not {"not_before", "not_after"} <= set(frame.columns):
        return
    for line, first, last in zip(frame[LINE], frame["not_before"], frame["not_after"], strict=True):
        try:
            begin, end = parse_edtf(first).start_earliest, parse_edtf(last).end_latest
        except ParseError:
            continue
        if begin is not None and end is not None and begin > end:
            expected = f"a date that is not after not_after, {last!r}"
            yield problem_in(table, line, "not_before", repr(first), expected, "correct one of the two")


def grammar_problems(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    """Report dates, quantities and pinpoints that cannot be read."""
    for name, column in table.schema.columns.items():
        grammar = (column.metadata or {}).get("grammar")
        if grammar:
            for line, value in zip(frame[LINE], frame[name], strict=True):
                if value:
                    yield from _grammar_problem(table, int(line), str(name), str(value), str(grammar))


def value_problems(
    claims: pd.DataFrame, propositions: pd.DataFrame, categories: set[str] | None
) -> Iterator[Problem]:
    """Report values of claims that do not fit the kind of their proposition, and propositions of no kind.

    Parameters
    ----------
    claims, propositions : DataFrame
        As read.
    categories : set of str or None
        The terms that answer a question of kind category; None if the codebook could not be read.
    """
    if not {"proposition_id", "kind"} <= set(propositions):
        return
    kinds = dict(zip(propositions["proposition_id"], propositions["kind"], strict=True))
    table = TABLES["claims"]
    for line, row in records(claims) if {"proposition_id", "value"} <= set(claims) else ():
        kind, value = kinds.get(row["proposition_id"]), row["value"]
        if kind in {"quantity", "date"}:
            grammar = "edtf" if kind == "date" else "quantity"
            yield from _grammar_problem(table, line, "value", value, grammar)
        elif kind == "presence" and value not in {"yes", "no"}:
            yield problem_in(table, line, "value", repr(value), "yes or no", "correct the value")
        elif kind == "category" and categories is not None and value not in categories:
            expected = f"a term of “category” in {TABLES['codebook'].path}"
            yield problem_in(
                table, line, "value", repr(value), expected, "correct the value, or add the term there"
            )
    for line, row in records(propositions):
        for column, kind in _OF_KIND.items():
            if (row["kind"] == kind) != bool(row[column]):
                expected = f"a value for a question of kind {kind}, and an empty cell for another"
                found = f"{row[column]!r} for one of kind {row['kind']}"
                yield problem_in(TABLES["propositions"], line, column, found, expected, "correct the cell")

"""What can be wrong between tables: links to rows and terms that are not there, circles, and identities."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

import pandas as pd

from sourcebook.coding.coded_tables import labels_of_column, problem_in, records
from sourcebook.core.circles import find_circles
from sourcebook.core.csvfiles import LINE
from sourcebook.core.errors import Problem
from sourcebook.core.schemas import TABLES, Schemas, Table

__all__ = ["circle_problems", "identity_problems", "link_problems"]

_SHOWN = 8  # rows of a circle that a message names

_Frames = Mapping[str, pd.DataFrame]


def _allowed(
    table: Table, frames: _Frames, sentences: set[str] | None, schemas: Schemas
) -> Iterator[tuple[str, set[str], str, str | None]]:
    """Yield column, allowed values, where they come from, and the separator, for each linking column.

    Columns that link to a table, or to sentences, that could not be read are left out.
    """
    for name, column in table.schema.columns.items():
        meta = column.metadata or {}
        if "term" in meta:
            where = f"a term of “{meta['term']}” in {TABLES['codebook'].path}"
        elif "link" in meta:
            other, _, key = str(meta["link"]).partition(".")
            where = "the id of a sentence of a source"
            where = f"a value of {key} in {schemas[other].path}" if other != "sentences" else where
        else:
            continue
        labels = (
            sentences
            if meta.get("link") == "sentences.sentence_id"
            else labels_of_column(table, str(name), frames)
        )
        if labels is not None:
            yield str(name), labels, where, meta.get("separator")


def _seems(value: str, allowed: set[str]) -> str:
    """Say which allowed value another looks like, and by which characters it differs; nothing where none does."""
    folded = _folded(value)
    like = next((each for each in sorted(allowed) if _folded(each) == folded), None) if folded else None
    if like is None:
        return ""
    signs = [sign for sign in value if sign not in like] or [sign for sign in like if sign not in value]
    named = ", ".join(
        dict.fromkeys(f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".strip() for sign in signs)
    )
    return f", which looks like {like!r}" + (f" (it differs by {named})" if named else "")


def _folded(text: str) -> str:
    """Return a text without what makes two that look the same differ: case, composition, dashes, invisible marks."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    kinds = [(sign, unicodedata.category(sign)) for sign in plain]
    return "".join("-" if kind == "Pd" else sign for sign, kind in kinds if kind[0] not in "CZ")


def link_problems(
    table: Table, frame: pd.DataFrame, frames: _Frames, sentences: set[str] | None, schemas: Schemas
) -> Iterator[Problem]:
    """Report values that are not in the table, or in the list of the codebook, that they come from."""
    for column, allowed, where, separator in _allowed(table, frames, sentences, schemas):
        for line, cell in zip(frame[LINE], frame[column], strict=True):
            for value in str(cell).split(separator) if separator and cell else [str(cell)]:
                listed = separator is not None and cell != ""
                if (value or listed) and value not in allowed:
                    action = "correct the value, or add it there"
                    if schemas[table.name].anchored and column == "sentence_id":
                        action = f"run `sourcebook anchor {table.path}`, which fills it in"
                    found = repr(value) + (seems := _seems(value, allowed))
                    action = "write it the same way in both" if seems else action
                    yield problem_in(table, int(line), column, found, where, action)


def _chains(frames: _Frames) -> Iterator[tuple[Table, str, list[tuple[int, str, str]]]]:
    """Yield each column that names a larger row of its own table, with line, row and larger row."""
    if "events" in frames:
        rows = [(n, r["event_id"], r["part_of"]) for n, r in records(frames["events"])]
        yield TABLES["events"], "part_of", rows
    if "codebook" in frames:
        book = frames["codebook"]
        for _, part in book.groupby("vocabulary", sort=False):
            yield TABLES["codebook"], "broader", [(n, r["term"], r["broader"]) for n, r in records(part)]


def circle_problems(frames: _Frames) -> Iterator[Problem]:
    """Report terms and events that include themselves, and broader terms from another list."""
    for table, column, rows in _chains(frames):
        larger = {name: above for _, name, above in rows}
        circles = find_circles(larger)
        for line, name, above in rows:
            if above and above not in larger and column == "broader":
                expected = "a term of the same list"
                yield problem_in(table, line, column, repr(above), expected, "correct the value, or add it")
            if name in circles:
                expected = "something larger that does not lead back to the row"
                yield problem_in(table, line, column, _way(name, larger), expected, "break the circle")


def _way(name: str, larger: Mapping[str, str]) -> str:
    """Return the way from a row on a circle back to it; of a long one its beginning."""
    way = [name]
    while len(way) <= _SHOWN and (len(way) == 1 or way[-1] != name):
        way.append(larger[way[-1]])
    return " → ".join(way) if way[-1] == name else f"{' → '.join(way)} → … → {name}"


def identity_problems(frames: _Frames, sentences: set[str], schemas: Schemas) -> Iterator[Problem]:
    """Report ids of anchored rows that cannot serve as addresses on the page of their source.

    Such an id is the id of the row's source, a full stop and a name that no row of another table and no
    sentence has.
    """
    taken: dict[str, str] = dict.fromkeys(sentences, "a sentence")
    for name, frame in frames.items():
        table = schemas[name]
        key = table.key[0]
        if not table.anchored or "link" in (table.schema.columns[key].metadata or {}):
            continue
        for line, row in records(frame):
            row_id, source = row[key], row["source_id"]
            if row_id.rpartition(".")[0] != source:
                expected = f"{source}. and a name without a full stop"
                action = "begin the id with the id of its source"
                yield problem_in(table, line, key, repr(row_id), expected, action)
            elif taken.setdefault(row_id, table.path) != table.path:
                found = (
                    f"{row_id!r}, which is {taken[row_id]}"
                    if row_id in sentences
                    else (f"{row_id!r}, which stands in {taken[row_id]} too")
                )
                yield problem_in(table, line, key, found, "an id that nothing else has", "choose another id")

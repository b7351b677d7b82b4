"""The codes of a data folder: its questions with their answers, and the terms of its other coded tables.

A question is a code, and an answer that is a term, yes or no is a code within it. Each other table that is anchored to
words is a code, and the terms of its first column of terms are codes within that.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from sourcebook.coding.proposals import content_columns, proposal_tables
from sourcebook.core.schemas import Schemas, Table
from sourcebook.exchange.model import Code

__all__ = ["Meaning", "code_of_row", "codes_of_tables", "guid_of", "meanings"]

#: Kinds of questions whose answers are terms, and so codes.
_TERMS = ("category", "presence")
_SPEECH = {"voice", "via", "modality", "basis"}
_NAMESPACE = uuid.UUID("6f3a1c52-5d2e-5b0a-9a8e-8f1f6f0f5c11")


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What a code says in a data folder.

    Attributes
    ----------
    table : str
        The coded table.
    cells : mapping of str to str
        The cells that it fills in.
    """

    table: str
    cells: Mapping[str, str] = field(default_factory=dict)


def guid_of(name: str) -> str:
    """Return the GUID of an id: the same whenever and wherever it is made.

    Examples
    --------
    >>> guid_of("residents") == guid_of("residents") != guid_of("flooded")
    True
    """
    return str(uuid.uuid5(_NAMESPACE, name))


def code_of_row(table: Table, row: Mapping[str, str], kinds: Mapping[str, str]) -> str:
    """Return the id of the code of a coded row.

    Parameters
    ----------
    table : sourcebook.core.schemas.Table
        Its table.
    row : mapping of str to str
        Its cells.
    kinds : mapping of str to str
        The kinds of the questions, by id.

    Examples
    --------
    >>> from sourcebook.core.schemas import TABLES
    >>> row = {"proposition_id": "flooded", "value": "yes"}
    >>> code_of_row(TABLES["claims"], row, {"flooded": "presence"}), code_of_row(TABLES["claims"], row, {})
    ('flooded=yes', 'flooded')
    """
    if table.name == "claims":
        asked = row["proposition_id"]
        return f"{asked}={row['value']}" if kinds.get(asked) in _TERMS else asked
    column = _column_of_terms(table)
    return f"{table.name}:{row[column]}" if column and row.get(column) else f"{table.name}:"


def _column_of_terms(table: Table) -> str:
    """Return the column of a table whose terms are its codes, or an empty string."""
    if table.variable is not None:
        return table.variable.column
    for name in content_columns(table):
        about = table.schema.columns[name].metadata or {}
        if {"term", "link", "one_of"} & about.keys() and not about.get("separator") and name not in _SPEECH:
            return name
    return ""


def codes_of_tables(tables: Mapping[str, pd.DataFrame], schemas: Schemas) -> dict[str, tuple[Code, Meaning]]:
    """Return the codes of a data folder by id, each after the one that includes it, with what each says.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Its tables.
    schemas : sourcebook.core.schemas.Schemas
        The tables that it can have.

    Examples
    --------
    >>> import sourcebook
    >>> data = sourcebook.read()
    >>> codes = codes_of_tables(data.tables, data.schemas)
    >>> codes["conf2-participants"][1].table, codes["frames:remedy"][0].parent
    ('claims', 'frames:')
    """
    listed: dict[str, tuple[Code, Meaning]] = {}
    for code, meaning in [*_questions(tables), *_terms(tables, schemas)]:
        listed.setdefault(code.code_id, (code, meaning))
    return listed


def _questions(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[Code, Meaning]]:
    answers: dict[str, list[str]] = {}
    claims = tables["claims"]
    for asked, value in zip(claims["proposition_id"], claims["value"], strict=True):
        answers.setdefault(asked, []).append(value)
    book = tables["codebook"]
    about = dict(zip(book["term"], book["label"] + ": " + book["definition"], strict=True))
    for row in tables["propositions"].to_dict("records"):
        asked = str(row["proposition_id"])
        yield (
            Code(code_id=asked, name=asked, description=str(row["question"])),
            Meaning(table="claims", cells={"proposition_id": asked}),
        )
        if row["kind"] in _TERMS:
            both = ["yes", "no"] if row["kind"] == "presence" else []
            for value in dict.fromkeys([*both, *answers.get(asked, [])]):
                text = about.get(value, "") if row["kind"] == "category" else ""
                code = Code(code_id=f"{asked}={value}", name=value, parent=asked, description=text)
                yield code, Meaning(table="claims", cells={"proposition_id": asked, "value": value})


def _terms(tables: Mapping[str, pd.DataFrame], schemas: Schemas) -> Iterator[tuple[Code, Meaning]]:
    for name, table in proposal_tables(schemas).items():
        if name == "claims" or tables[name].empty:
            continue
        top, column = f"{name}:", _column_of_terms(table)
        yield Code(code_id=top, name=name, description=table.description), Meaning(table=name)
        if not column:
            continue
        about = _descriptions(table, column, tables, schemas)
        for term in dict.fromkeys([*about, *tables[name][column]]):
            if term:
                code = Code(code_id=top + term, name=term, parent=top, description=about.get(term, ""))
                yield code, Meaning(table=name, cells={column: term})


def _descriptions(
    table: Table, column: str, tables: Mapping[str, pd.DataFrame], schemas: Schemas
) -> dict[str, str]:
    """Return the terms of a column, each with what it means, as far as a list of them is known."""
    about = table.schema.columns[column].metadata or {}
    if "one_of" in about:
        return dict(about["one_of"])
    if "term" in about:
        book = tables["codebook"]
        book = book[book["vocabulary"] == about["term"]]
        return dict(zip(book["term"], book["label"] + ": " + book["definition"], strict=True))
    other, _, key = str(about.get("link", "")).partition(".")
    if other not in tables or key not in tables[other]:
        return {}
    label = schemas[other].label if other in schemas else ""
    labels = tables[other][label] if label in tables[other] else tables[other][key]
    used = set(tables[table.name][column])
    return {term: text for term, text in zip(tables[other][key], labels, strict=True) if term in used}


def meanings(codes: Iterable[Code], own: Mapping[str, tuple[Code, Meaning]]) -> dict[str, Meaning]:
    """Return what the codes of a project say in a data folder, by their ids; those that say nothing there are left out.

    A code is recognised by its id, by the GUID of that, by its name within those that include it, or by its question.

    Parameters
    ----------
    codes : iterable of Code
        Those of the project.
    own : mapping of str to (Code, Meaning)
        Those of the data folder, as :func:`codes_of_tables` returns them.

    Examples
    --------
    >>> own = {"flooded": (Code(code_id="flooded", name="flooded"), Meaning(table="claims"))}
    >>> meanings([Code(code_id="7", name="Flooded"), Code(code_id="8", name="dry")], own)
    {'7': Meaning(table='claims', cells={})}
    """
    codes = list(codes)
    by_id = {key: meaning for code_id, (_, meaning) in own.items() for key in (code_id, guid_of(code_id))}
    paths = _paths([code for code, _ in own.values()])
    by_path: dict[tuple[str, ...], list[str]] = {}
    for code_id, (code, _) in own.items():
        for key in {paths[code_id], (_spelt(code.description),)}:
            by_path.setdefault(key, []).append(code_id)
    found: dict[str, Meaning] = {}
    for code_id, path in _paths(codes).items():
        if code_id.casefold() in by_id:
            found[code_id] = by_id[code_id.casefold()]
        elif path[-1] and len(same := by_path.get(path, [])) == 1:
            found[code_id] = own[same[0]][1]
    return found


def _paths(codes: list[Code]) -> dict[str, tuple[str, ...]]:
    """Return for each code the names that lead to it."""
    by_id = {code.code_id: code for code in codes}
    paths: dict[str, tuple[str, ...]] = {}
    for code in codes:
        names, at, seen = [_spelt(code.name)], code, {code.code_id}
        while at.parent in by_id and at.parent not in seen:
            at = by_id[at.parent]
            seen.add(at.code_id)
            names.append(_spelt(at.name))
        paths[code.code_id] = tuple(reversed(names))
    return paths


def _spelt(name: str) -> str:
    return " ".join(name.casefold().split())

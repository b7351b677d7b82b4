"""Read the tables that a data folder declares in ``coded/tables.toml``."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandera.pandas as pa

from sourcebook.core.csvfiles import LINE
from sourcebook.core.errors import DataError
from sourcebook.core.schemas import columns as parts
from sourcebook.core.schemas.coding_pass import ANSWER_VARIABLES
from sourcebook.core.schemas.columns import Category, Table, Variable
from sourcebook.core.schemas.declaration import GROUPS, ColumnDeclaration, Declaration, TableDeclaration
from sourcebook.core.schemas.derived import DERIVED
from sourcebook.core.schemas.registry import TABLES, Schemas
from sourcebook.core.toml_files import Fault, read_toml

__all__ = ["DECLARATIONS", "FAMILIES", "read_schemas"]

#: Where a data folder declares its tables.
DECLARATIONS = "coded/tables.toml"

_ID = ColumnDeclaration.model_validate({"type": "id"})
_GRAMMARS = {"date": "edtf", "quantity": "quantity", "pinpoint": "pinpoint"}
_PATTERNS = {
    "integer": (r"-?[0-9]+", "a whole number"),
    "number": (r"-?[0-9]+(\.[0-9]+)?", "a number, with a full stop before decimals"),
}
_CELL = re.compile(r"\{([^{}\[\]]*)\}")
_OPTIONAL = re.compile(r"\[[^\[\]{}]*\]")

#: First parts of the names of numbers that every corpus has.
FAMILIES = frozenset(
    re.findall(
        r"\w+",
        "adopted agreeing alone alpha assumption claim context count coverage dependencies elements "
        "entity headline in_force instrument instrument_kind mentions modality origins pinpoint proposition "
        "provisions publisher relations self_contradictions sensitivity printed share shared silence silent source "
        "step uninvoked upstream voice",
    )
)


def read_schemas(folder: str | Path) -> Schemas:
    """Return the tables of a data folder: those of every folder, and those that it declares.

    Parameters
    ----------
    folder : path
        The data folder. Without a file ``coded/tables.toml`` it declares none.

    Returns
    -------
    sourcebook.core.schemas.Schemas

    Raises
    ------
    DataError
        If something in the file is wrong, with every :class:`~sourcebook.core.errors.Problem` and its place.

    Examples
    --------
    >>> from sourcebook.pipeline.folders import default_folder
    >>> read_schemas(default_folder()).declared[0].path
    'coded/frames.csv'
    """
    path = Path(folder) / DECLARATIONS
    if not os.path.lexists(path):
        return TABLES
    file = read_toml(path, DECLARATIONS)
    declaration = file.parsed(Declaration)
    if problems := file.problems(_faults(declaration)):
        raise DataError(problems)
    return Schemas((_table(*item) for item in declaration.tables.items()), declaration.lists)


def _faults(declaration: Declaration) -> Iterator[Fault]:
    """Yield key, what is found and what is expected for what does not fit together."""
    lists = {**TABLES.lists, **declaration.lists}
    columns = {name: _columns_of(about) for name, about in declaration.tables.items()}
    for name in declaration.lists:
        if name in TABLES.lists:
            yield f"lists.{name}", repr(name), "a name that no list of every data folder has"
    for name, about in declaration.tables.items():
        where = f"tables.{name}"
        if name in TABLES or name in DERIVED or name == "passes" or name.startswith(("pass_", "derived_")):
            yield where, repr(name), "a name that no other table has, nor a pass or a derived table"
        expanded = [n for key, of in about.columns.items() for n in _columns(key, of)]
        for twice in sorted({n for n in expanded if expanded.count(n) > 1}):
            yield (
                f"{where}.columns.{twice}",
                f"column {twice} twice",
                "each column once; quote and speech bring several",
            )
        for column, of in about.columns.items():
            yield from _column_faults(f"{where}.columns.{column}", column, of, lists, columns)
        yield from _reference_faults(where, about, set(columns[name]))
    yield from _repeated(declaration.tables)


def _column_faults(
    key: str,
    name: str,
    of: ColumnDeclaration,
    lists: Mapping[str, str],
    tables: Mapping[str, Mapping[str, Any]],
) -> Iterator[Fault]:
    if name == LINE:
        yield key, repr(name), f"another name: {LINE} is the line of a row in its file"
    if of.type in GROUPS:
        if set(of.model_fields_set) - {"type", "description"}:
            yield (
                key,
                "more than a type",
                f"nothing else: {of.type} means several columns that are the same everywhere",
            )
        return
    if not of.description.strip() or not of.description.isprintable():
        yield (
            key,
            "no description" if not of.description else repr(of.description),
            "a description of one line",
        )
    if of.vocabulary is not None and of.vocabulary not in lists:
        yield key, f"list {of.vocabulary!r}", f"one of: {', '.join(lists)}"
    if sum(part is not None for part in (of.vocabulary, of.one_of, of.link)) > 1:
        yield key, "more than one of list, one_of, link", "one of them"
    if of.type not in ("text", "id") and (of.vocabulary or of.one_of or of.link or of.separator):
        yield key, f"type {of.type} with list, one_of, link or separator", "text, or an id for a link"
    elif of.separator and of.type == "id":
        yield key, "a separator with id", "a separator for text"
    elif of.separator and (joined := [term for term in of.one_of or () if of.separator in term]):
        yield key, f"a term with the separator in it: {joined[0]!r}", "terms without it, or another separator"
    if of.link is not None:
        other, _, column = of.link.partition(".")
        known = tables[other] if other in tables else TABLES[other].schema.columns if other in TABLES else ()
        if column not in known and of.link != "sentences.sentence_id":
            yield key, f"link {of.link!r}", "“table.column” of a table that the folder can have"


def _reference_faults(where: str, about: TableDeclaration, columns: set[str]) -> Iterator[Fault]:
    """Report columns that the declaration of a table names and does not have, and what asks for a quote."""
    named = [("key", name) for name in about.key]
    named += [(f"numbers.{label}", name) for label, name in (about.numbers or {}).items()]
    named += [("label", about.label)] if about.label is not None else []
    named += [("pass.column", about.compared.column)] if about.compared else []
    named += [("edition.text", name) for name in _CELL.findall(about.edition.text if about.edition else "")]
    for key, name in named:
        if name not in columns:
            yield f"{where}.{key}", repr(name), f"one of its columns: {', '.join(sorted(columns))}"
    if len(set(about.key)) < len(about.key):
        yield f"{where}.key", repr(about.key), "each column once"
    if about.label is not None and len(about.key) > 1:
        yield f"{where}.key", repr(about.key), "one column, since a label names one row"
    if about.edition or about.compared or about.coverage or about.numbers is not None:
        if not any(of.type == "quote" for of in about.columns.values()):
            yield where, "no column of type quote", "a quote, for what is marked, compared or counted"
        if len(about.key) > 1 or about.columns.get(about.key[0], _ID).type != "id":
            yield f"{where}.key", repr(about.key), "one column of type id, for the same reason"
    yield from _label_faults(where, about)
    if about.edition and re.search(r"[\[\]{}]", _OPTIONAL.sub("", _CELL.sub("", about.edition.text))):
        yield (
            f"{where}.edition.text",
            repr(about.edition.text),
            "{column}, and parts in [ … ] that are not nested",
        )


def _label_faults(where: str, about: TableDeclaration) -> Iterator[Fault]:
    """Report columns whose labels are counted or compared, and that have no list of labels."""
    labelled = {f"numbers.{label}": name for label, name in (about.numbers or {}).items()}
    if about.compared:
        labelled["pass.column"] = about.compared.column
    for key, name in labelled.items():
        of = about.columns.get(name)
        if of is None:
            continue
        if (
            not (of.vocabulary or of.one_of or of.link or of.type == "boolean")
            or of.separator
            or not of.required
        ):
            expected = "a column that is never empty and has one label of list, one_of, link or boolean"
            yield f"{where}.{key}", repr(name), expected
        elif key == "pass.column" and "none" in (of.one_of or ()):
            yield (
                f"{where}.{key}",
                "the label 'none'",
                "another label: in a pass, none means that there is none",
            )


def _repeated(tables: Mapping[str, TableDeclaration]) -> Iterator[Fault]:
    """Report what two tables share that each must have for itself."""
    taken = {("file", table.path) for table in TABLES.values()}
    taken |= {("variable", name) for name in (*TABLES.variables, *ANSWER_VARIABLES, "answered")}
    taken |= {("name of numbers", label) for label in FAMILIES}
    for name, about in tables.items():
        own = [("path", "file", about.path or f"coded/{name}.csv")]
        own += [("edition.mark", "mark", str(about.edition.mark))] if about.edition else []
        own += [("pass.variable", "variable", about.compared.variable)] if about.compared else []
        own += [(f"numbers.{label}", "name of numbers", label) for label in about.numbers or ()]
        for key, what, value in own:
            if (what, value) in taken:
                yield f"tables.{name}.{key}", repr(value), f"a {what} that no other table has"
            taken.add((what, value))


def _columns(name: str, of: ColumnDeclaration) -> dict[str, pa.Column]:
    """Return the columns that a declaration of a column or of a group of columns means."""
    groups = {"speech": parts.speech, "basis": parts.basis, "note": parts.note}
    if of.type == "quote":
        return {"source_id": parts.source(), **parts.anchor()}
    if of.type in groups:
        return groups[of.type]()
    meta = {key: value for key in ("link", "separator", "unit") if (value := getattr(of, key)) is not None}
    if of.vocabulary is not None:
        meta["term"] = of.vocabulary
    if of.type in _GRAMMARS:
        meta["grammar"] = _GRAMMARS[of.type]
    if of.type in ("integer", "number", "boolean"):
        meta["type"] = of.type
    if of.type == "citation":
        meta |= {"separator": ";", "cites": True}
    pattern, called = (parts.ID, "") if of.type == "id" else _PATTERNS.get(of.type, (None, ""))
    one_of = {"yes": "", "no": ""} if of.type == "boolean" else of.one_of
    column = parts.column(
        of.description, one_of=one_of, pattern=pattern, called=called, empty=not of.required, **meta
    )
    return {name: column}


def _columns_of(about: TableDeclaration) -> dict[str, pa.Column]:
    return {name: column for key, of in about.columns.items() for name, column in _columns(key, of).items()}


def _table(name: str, about: TableDeclaration) -> Table:
    compared, edition = about.compared, about.edition
    variable = category = None
    if compared is not None:
        variable = Variable(name=compared.variable, column=compared.column, each=compared.each)
    if edition is not None:
        words = edition.name or name.replace("_", " ")
        category = Category(
            mark=f"mark-{edition.mark}",
            name=words,
            plural=edition.plural or words,
            label=edition.label or words,
            text=edition.text,
            shown=edition.shown,
            place=edition.mark,
        )
    return parts.table(
        name,
        about.path or f"coded/{name}.csv",
        tuple(about.key),
        about.title,
        about.description,
        _columns_of(about),
        label=about.label or "",
        coverage=about.coverage,
        variable=variable,
        category=category,
        numbers=about.numbers,
    )

"""The data dictionary and the Data Package, generated from the schemas."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sourcebook._version import __version__
from sourcebook.core import vocabularies
from sourcebook.core.about import read_about
from sourcebook.core.csvfiles import read_table
from sourcebook.core.files import write_text
from sourcebook.core.schemas import DERIVED, PASS, DerivedTable, Schemas, Table, read_schemas
from sourcebook.pipeline.own_files import GENERATED, refuse_documents

__all__ = ["data_package", "markdown", "write"]

#: Controlled terms that the library reasons with, under the heading that the dictionary gives them.
_TERMS: Mapping[str, Mapping[str, str]] = {
    "Kinds of propositions": vocabularies.CLAIM_KINDS,
    "What a proposition is about": vocabularies.QUESTION_CLASSES,
    "Whether answers exclude each other": vocabularies.CARDINALITIES,
    "What a date says": vocabularies.TIME_TYPES,
    "Modalities": vocabularies.MODALITIES,
    "Where a coded answer comes from": vocabularies.BASES,
    "Kinds of entities": vocabularies.ENTITY_KINDS,
    "Kinds of links": vocabularies.LINK_KINDS,
    "Reasons for no coding": vocabularies.UNCODED_REASONS,
    "Zones of a raw file": vocabularies.ZONES,
    "How a fact is known": vocabularies.FACT_STATUSES,
    "Relations": vocabularies.RELATIONS,
    "Whether sources could disagree": vocabularies.COMPARISONS,
    "Silences": vocabularies.SILENCES,
    "Findings on elements": vocabularies.ELEMENT_FINDINGS,
}


#: An escaped sign, a span of code, or a sign that would begin a link, HTML or code.
_MARKDOWN = re.compile(r"\\.|(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|[\[<`]")


def _constraints(column: Any) -> dict[str, Any]:
    meta = column.metadata or {}
    out: dict[str, Any] = {"required": not meta.get("empty", False)}
    for check in column.checks:
        if "allowed_values" in check.statistics:
            out["enum"] = [v for v in check.statistics["allowed_values"] if v]
        elif "pattern" in check.statistics and not meta.get("unit"):
            out["pattern"] = str(check.statistics["pattern"]).replace(r"\Z", "$")
    return out


def _field(name: str, column: Any) -> dict[str, Any]:
    meta = column.metadata or {}
    field: dict[str, Any] = {
        "name": name,
        "type": meta.get("type") or ("integer" if meta.get("unit") else "string"),
        "description": column.description,
        "constraints": _constraints(column),
    }
    if field["type"] == "boolean":
        field |= {"trueValues": ["yes"], "falseValues": ["no"]}
        field["constraints"].pop("enum", None)
    for key in ("unit", "grammar", "separator", "term", "link"):
        if meta.get(key):
            field[f"sourcebook:{key}"] = meta[key]
    return field


def _name(table: str) -> str:
    return table.lower().replace("_", "-")


def _foreign_key(
    column: str, link: str, schemas: Schemas, folder: Path, own: str = ""
) -> list[dict[str, Any]]:
    """Return the link of a column as a foreign key, if it leads to the key of a table that the folder has."""
    other, target = link.split(".")
    table = schemas.get(other)
    if table is None or table.key != (target,) or not (folder / table.path).exists():
        return []
    resource = "" if other == own else _name(other)
    return [{"fields": column, "reference": {"resource": resource, "fields": target}}]


def _foreign_keys(table: Table, schemas: Schemas, folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the links of a table to the key of another; links in lists have no place in the standard."""
    for name, column in table.schema.columns.items():
        meta = column.metadata or {}
        if "link" in meta and not meta.get("separator"):
            yield from _foreign_key(str(name), meta["link"], schemas, folder, own=table.name)


def _resource(
    table: Table, schemas: Schemas, folder: Path, *, name: str = "", path: str = ""
) -> dict[str, Any]:
    columns = table.schema.columns
    if not all(column.required for column in columns.values()):
        present = read_table(folder / (path or table.path), root=folder).columns
        columns = {n: column for n, column in columns.items() if column.required or n in present}
    schema: dict[str, Any] = {
        "fields": [_field(str(n), column) for n, column in columns.items()],
        "missingValues": [""],
    }
    if not any((table.schema.columns[k].metadata or {}).get("empty") for k in table.key):
        schema["primaryKey"] = list(table.key)
    if keys := list(_foreign_keys(table, schemas, folder)):
        schema["foreignKeys"] = keys
    return _csv(name or _name(table.name), path or table.path, table.title, table.description, schema)


def _csv(name: str, path: str, title: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "path": path,
        "title": title,
        "description": description,
        "profile": "tabular-data-resource",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": schema,
    }


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(path for path in folder.glob(pattern) if not path.name.startswith("."))


def _derived(folder: Path) -> Iterator[DerivedTable]:
    """Yield the derived tables that the folder has, in the order in which they are made."""
    for table in DERIVED.values():
        if (folder / "derived" / f"{table.name}.csv").exists():
            yield table


def _derived_resource(table: DerivedTable, schemas: Schemas, folder: Path) -> dict[str, Any]:
    fields = []
    for name, column in table.columns.items():
        field: dict[str, Any] = {
            "name": name,
            "type": column.kind.removeprefix("optional "),
            "description": column.description,
        }
        if field["type"] == "boolean":
            field |= {"trueValues": ["yes"], "falseValues": ["no"]}
        if column.terms:
            field["constraints"] = {"enum": list(column.terms)}
        for key in ("unit", "separator", "link", "ordered"):
            if value := getattr(column, key):
                field[f"sourcebook:{key}"] = value
        fields.append(field)
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    keys = [
        key
        for name, column in table.columns.items()
        if column.link and not column.separator and not _may_be_empty(table, name, folder)
        for key in _foreign_key(name, column.link, schemas, folder)
    ]
    if keys:
        schema["foreignKeys"] = keys
    title = f"Derived: {table.name.replace('_', ' ')}"
    path = f"derived/{table.name}.csv"
    return _csv(f"derived-{_name(table.name)}", path, title, table.description, schema)


def _may_be_empty(table: DerivedTable, column: str, folder: Path) -> bool:
    """Return whether a column of a derived table has an empty cell, for which the standard has no foreign key."""
    cells = read_table(folder / "derived" / f"{table.name}.csv", root=folder)
    return column not in cells or bool((cells[column] == "").any())


def _licences(folder: Path) -> list[dict[str, str]]:
    """Point to the folder's own statement of rights, whatever it says."""
    return [
        {"path": name, "title": "Rights in the data"}
        for name in ("LICENSE", "LICENSE.md", "LICENSE.txt")
        if (folder / name).exists()
    ][:1]


def data_package(folder: Path) -> dict[str, Any]:
    """Describe the tables of a data folder as a Data Package.

    Parameters
    ----------
    folder : Path
        The data folder.

    Returns
    -------
    dict
        The descriptor, with one resource for each table that the folder has.

    Raises
    ------
    DataError
        If a derived table, or the declaration of the coded tables, cannot be read.

    References
    ----------
    Data Package standard, version 1, https://specs.frictionlessdata.io.
    """
    schemas = read_schemas(folder)
    resources = [_resource(t, schemas, folder) for t in schemas.values() if (folder / t.path).exists()]
    for path in _files(folder, PASS.path):
        relative = path.relative_to(folder).as_posix()
        resources.append(_resource(PASS, schemas, folder, name=f"pass-{_name(path.stem)}", path=relative))
    resources += [_derived_resource(table, schemas, folder) for table in _derived(folder)]
    own = read_about(folder).model_dump(exclude_none=True, exclude={"exhaustive"})
    package: dict[str, Any] = {"profile": "data-package", **own, "sourcebook:version": __version__}
    if "licenses" not in own and (licences := _licences(folder)):
        package["licenses"] = licences
    return {**package, "resources": resources}


def _values(column: Any) -> str:
    meta = column.metadata or {}
    parts = []
    allowed = _constraints(column).get("enum") or (meta.get("one_of") if meta.get("separator") else None)
    if allowed:
        parts.append("one of " + ", ".join(map(_code, allowed)))
    if "term" in meta:
        parts.append(f"codebook list `{meta['term']}`")
    if "link" in meta:
        parts.append(f"`{meta['link']}`")
    if "grammar" in meta:
        parts.append(f"grammar: {meta['grammar']}")
    if meta.get("separator"):
        parts.append(f"list, joined by `{meta['separator']}`")
    if "type" in meta and meta["type"] != "boolean":
        parts.append(str(meta["type"]))
    if "unit" in meta:
        parts.append(str(meta["unit"]))
    return "; ".join(parts)


def _code(text: str) -> str:
    """Return words as code, between more backticks than they hold in a row."""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence} {text} {fence}" if "`" in text else f"`{text}`"


def _inert(text: str) -> str:
    """Return text in one line in which only code is Markdown: no link, no picture, no HTML."""

    def escaped(match: re.Match[str]) -> str:
        return match[0] if len(match[0]) > 1 else "&lt;" if match[0] == "<" else f"\\{match[0]}"

    return _MARKDOWN.sub(escaped, " ".join(text.split()))


def _row(*cells: str) -> str:
    return "| " + " | ".join(_inert(cell).replace("|", r"\|") for cell in cells) + " |"


def _table_lines(table: Table) -> list[str]:
    key = ", ".join(f"`{k}`" for k in table.key)
    about = f"`{table.path}`: {_inert(table.description)} Key: {key}."
    lines = [f"## {_inert(table.title)}", "", about, ""]
    lines += ["| column | meaning | values | empty |", "|---|---|---|---|"]
    for name, column in table.schema.columns.items():
        empty = "yes" if (column.metadata or {}).get("empty") else ""
        lines.append(_row(f"`{name}`", str(column.description), _values(column), empty))
    return [*lines, ""]


def _derived_lines(table: DerivedTable) -> list[str]:
    lines = [f"### {table.name}", "", f"`derived/{table.name}.csv`: {table.description}", ""]
    lines += ["| column | meaning | holds | values |", "|---|---|---|---|"]
    for name, column in table.columns.items():
        parts = [f"one of {', '.join(f'`{term}`' for term in column.terms)}"] if column.terms else []
        parts += ["in this order"] if column.ordered else []
        parts += [f"`{column.link}`"] if column.link else []
        parts += [f"list, joined by `{column.separator}`"] if column.separator else []
        parts += [column.unit] if column.unit else []
        kind = column.kind.replace("boolean", "yes or no").replace("string", "text")
        lines.append(_row(f"`{name}`", column.description, kind, "; ".join(parts)))
    return [*lines, ""]


def _declared_terms(schemas: Schemas) -> dict[str, Mapping[str, str]]:
    """Return the terms that the folder's own tables define, by table and column."""
    return {
        f"{table.title}: {name}": terms
        for table in schemas.declared
        for name, column in table.schema.columns.items()
        if any((terms := (column.metadata or {}).get("one_of", {})).values()) and terms not in _TERMS.values()
    }


def markdown(folder: Path) -> str:
    """Write the data dictionary of a data folder as Markdown.

    Parameters
    ----------
    folder : Path
        The data folder.

    Returns
    -------
    str
        A section for each table that the folder has, one for the shape of coding passes, one for the
        derived tables, and the terms of the library and of the tables that the folder declares.

    Raises
    ------
    DataError
        If a derived table, or the declaration of the coded tables, cannot be read.
    """
    schemas = read_schemas(folder)
    lines = [
        "# Data dictionary",
        "",
        f"{GENERATED['README.md']} by `sourcebook build`; do not edit. Every table is CSV (RFC 4180), UTF-8, with",
        "a header; an empty cell is a missing value. Offsets count Unicode code points of the raw file, from 0;",
        "`end` is exclusive.",
        "",
    ]
    for table in schemas.values():
        if (folder / table.path).exists():
            lines += _table_lines(table)
    lines += _table_lines(PASS)
    if derived := list(_derived(folder)):
        made_of = "Built from the tables above, never edited; `derived/SHA256SUMS` has their hashes."
        lines += ["## Derived tables", "", made_of, ""]
        for made in derived:
            lines += _derived_lines(made)
    lines += ["## Terms", ""]
    for title, terms in {
        **_TERMS,
        "Lists of the codebook": schemas.lists,
        **_declared_terms(schemas),
    }.items():
        lines += [f"### {_inert(title)}", "", "| term | meaning |", "|---|---|"]
        lines += [_row(_code(term), text) for term, text in terms.items()]
        lines.append("")
    return "\n".join(lines)


def write(folder: Path) -> list[Path]:
    """Write ``README.md`` and ``datapackage.json`` into a data folder, each whole or not at all.

    Parameters
    ----------
    folder : Path
        The data folder.

    Returns
    -------
    list of Path
        The two files.

    Raises
    ------
    DataError
        If a file of that name is there that was not generated: it is not overwritten.
    """
    refuse_documents(folder)
    texts = {
        "README.md": markdown(folder),
        "datapackage.json": json.dumps(data_package(folder), ensure_ascii=False, indent=1) + "\n",
    }
    for name, text in texts.items():
        write_text(folder / name, text)
    return [folder / name for name in texts]

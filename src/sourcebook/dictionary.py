"""The data dictionary and the Data Package, generated from the schemas."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from sourcebook import __version__, vocab
from sourcebook.schemas import TABLES, Table

__all__ = ["data_package", "markdown", "write"]

_LICENCES = [
    {
        "name": "CC-BY-4.0",
        "path": "https://creativecommons.org/licenses/by/4.0/",
        "title": "Creative Commons Attribution 4.0 (coded, derived and reference tables)",
    }
]

#: Controlled terms that are no column of a table but answers of the library.
_ANSWERS = {
    "Relations": vocab.RELATIONS,
    "Silences": vocab.SILENCES,
    "Findings on elements": vocab.ELEMENT_FINDINGS,
    "Framing functions": vocab.FRAME_FUNCTIONS,
    "Modalities": vocab.MODALITIES,
    "Kinds of propositions": vocab.CLAIM_KINDS,
    "Kinds of links": vocab.LINK_KINDS,
    "Reasons for no coding": vocab.UNCODED_REASONS,
}


def _constraints(column: Any) -> dict[str, Any]:
    meta = column.metadata or {}
    out: dict[str, Any] = {"required": not meta.get("empty", False)}
    for check in column.checks:
        if "allowed_values" in check.statistics:
            out["enum"] = [v for v in check.statistics["allowed_values"] if v]
        elif "pattern" in check.statistics and not meta.get("empty", False):
            out["pattern"] = str(check.statistics["pattern"])
    return out


def _field(name: str, column: Any) -> dict[str, Any]:
    meta = column.metadata or {}
    field: dict[str, Any] = {
        "name": name,
        "type": "integer" if meta.get("unit") else "string",
        "description": column.description,
        "constraints": _constraints(column),
    }
    if field["type"] == "integer":
        field["constraints"].pop("pattern", None)
    for key in ("unit", "grammar", "separator", "term", "link"):
        if key in meta:
            field[f"sourcebook:{key}"] = meta[key]
    return field


def _resource(table: Table, folder: Path) -> dict[str, Any]:
    fields = [_field(name, column) for name, column in table.schema.columns.items()]
    keys = []
    for name, column in table.schema.columns.items():
        meta = column.metadata or {}
        if "link" in meta and not meta.get("separator") and not meta.get("empty"):
            other, target = meta["link"].split(".")
            if other in TABLES and TABLES[other].key == (target,) and (folder / TABLES[other].path).exists():
                keys.append({"fields": name, "reference": {"resource": _name(other), "fields": target}})
    schema: dict[str, Any] = {"fields": fields, "primaryKey": list(table.key), "missingValues": [""]}
    if keys:
        schema["foreignKeys"] = keys
    return _csv_resource(table.name, table.path, table.title, table.description, schema)


def _name(table: str) -> str:
    return table.replace("_", "-")


def _csv_resource(
    name: str, path: str, title: str, description: str, schema: dict[str, Any]
) -> dict[str, Any]:
    return {
        "name": _name(name),
        "path": path,
        "title": title,
        "description": description,
        "profile": "tabular-data-resource",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _derived(path: Path, folder: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8", newline="") as lines:
        header = next(csv.reader(lines))
    fields = [{"name": name, "type": "string"} for name in header]
    title = f"Derived: {path.stem.replace('_', ' ')}"
    relative = path.relative_to(folder).as_posix()
    return _csv_resource(
        f"derived-{path.stem}", relative, title, "Built by `make data`; never edited.", {"fields": fields}
    )


def data_package(folder: Path) -> dict[str, Any]:
    """Describe the tables of a data folder as a Data Package.

    Returns
    -------
    dict
        The descriptor, with one resource for each table that the folder has.

    References
    ----------
    Data Package standard, version 1, https://specs.frictionlessdata.io.
    """
    resources = [_resource(t, folder) for t in TABLES.values() if (folder / t.path).exists()]
    resources += [_derived(p, folder) for p in sorted((folder / "derived").glob("*.csv"))]
    return {
        "profile": "data-package",
        "name": "sourcebook-data",
        "title": "Claims anchored to the words of their sources",
        "version": __version__,
        "licenses": _LICENCES,
        "resources": resources,
    }


def _terms(column: Any) -> str:
    meta = column.metadata or {}
    parts = []
    allowed = _constraints(column).get("enum")
    if allowed:
        parts.append("one of " + ", ".join(f"`{v}`" for v in allowed))
    if "term" in meta:
        parts.append(f"codebook list `{meta['term']}`")
    if "link" in meta:
        parts.append(f"`{meta['link']}`")
    if "grammar" in meta:
        parts.append(f"grammar: {meta['grammar']}")
    if "separator" in meta:
        parts.append(f"list, joined by `{meta['separator']}`")
    if "unit" in meta:
        parts.append(str(meta["unit"]))
    return "; ".join(parts)


def markdown(folder: Path) -> str:
    """Write the data dictionary of a data folder as Markdown."""
    lines = [
        "# Data dictionary",
        "",
        "Generated from the schemas by `make data`; do not edit. Every table is CSV (RFC 4180), UTF-8, with a",
        "header; an empty cell is a missing value. Offsets count Unicode code points of the raw file, from 0;",
        "`end` is exclusive.",
        "",
    ]
    for table in TABLES.values():
        if not (folder / table.path).exists():
            continue
        key = ", ".join(f"`{k}`" for k in table.key)
        lines += [f"## {table.title}", "", f"`{table.path}`: {table.description} Key: {key}.", ""]
        lines += ["| column | meaning | values | empty |", "|---|---|---|---|"]
        for name, column in table.schema.columns.items():
            empty = "yes" if (column.metadata or {}).get("empty") else ""
            lines.append(f"| `{name}` | {column.description} | {_terms(column)} | {empty} |")
        lines.append("")
    lines += ["## Terms of the library", ""]
    for title, terms in _ANSWERS.items():
        lines += [f"### {title}", "", "| term | meaning |", "|---|---|"]
        lines += [f"| `{term}` | {text} |" for term, text in terms.items()]
        lines.append("")
    return "\n".join(lines)


def write(folder: Path) -> list[Path]:
    """Write ``README.md`` and ``datapackage.json`` into a data folder, each whole or not at all."""
    texts = {
        "README.md": markdown(folder),
        "datapackage.json": json.dumps(data_package(folder), ensure_ascii=False, indent=1) + "\n",
    }
    for name, text in texts.items():
        path = folder / f".{name}.part"
        path.write_text(text, encoding="utf-8", newline="\n")
        path.replace(folder / name)
    return [folder / name for name in texts]

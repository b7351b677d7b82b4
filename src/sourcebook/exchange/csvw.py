"""Every table as CSV on the Web, with types, keys and what the columns mean: out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sourcebook.exchange.folders import new_folder
from sourcebook.exchange.formats import Format
from sourcebook.pipeline.datapackage import data_package
from sourcebook.pipeline.dataset import read

__all__ = ["FORMAT", "METADATA", "write"]

#: The name of the description of a group of tables, as CSV on the Web has it.
METADATA = "csv-metadata.json"


def write(folder: Path, path: Path) -> list[str]:
    """Write the tables of a data folder with a description as CSV on the Web, and return what a person should know.

    Parameters
    ----------
    folder : Path
        The data folder.
    path : Path
        A folder that there is not yet; it gets the tables, as they are, and `csv-metadata.json`.

    Returns
    -------
    list of str
        Empty.
    """
    source = read(folder).folder
    package = data_package(source)
    paths = {resource["name"]: resource["path"] for resource in package["resources"]}
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": package["title"],
        "dc:description": package.get("description", ""),
        "dc:license": [each["path"] for each in package.get("licenses", []) if each.get("path")],
        "tables": [_table(resource, paths) for resource in package["resources"]],
    }
    with new_folder(path) as target:
        for name in paths.values():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes((source / name).read_bytes())
        text = json.dumps(
            {name: value for name, value in described.items() if value}, ensure_ascii=False, indent=1
        )
        (target / METADATA).write_bytes(f"{text}\n".encode())
    return []


def _table(resource: dict[str, Any], paths: dict[str, str]) -> dict[str, Any]:
    """Return the description of a table; of its links those whose columns are never empty, as the standard asks."""
    schema = resource["schema"]
    described: dict[str, Any] = {"columns": [_column(each) for each in schema["fields"]]}
    if key := schema.get("primaryKey"):
        described["primaryKey"] = key
    full = {
        each["name"]
        for each in schema["fields"]
        if each.get("constraints", {}).get("required") and "sourcebook:separator" not in each
    }
    links = [
        {
            "columnReference": key["fields"],
            "reference": {
                "resource": paths[key["reference"]["resource"]],
                "columnReference": key["reference"]["fields"],
            },
        }
        for key in schema.get("foreignKeys", [])
        if key["reference"]["resource"] in paths and full.issuperset(_names(key["fields"]))
    ]
    if links:
        described["foreignKeys"] = links
    return {
        "url": resource["path"],
        "dc:title": resource.get("title", resource["name"]),
        "dc:description": resource.get("description", ""),
        "dialect": {"lineTerminators": ["\n"], "header": True},
        "tableSchema": described,
    }


def _names(fields: str | list[str]) -> list[str]:
    return [fields] if isinstance(fields, str) else fields


def _column(field: dict[str, Any]) -> dict[str, Any]:
    """Return the description of a column; an empty cell is a missing value."""
    limits = field.get("constraints", {})
    datatype: dict[str, Any] = {"base": field["type"]}
    if field["type"] == "boolean":
        datatype["format"] = "yes|no"
    elif field["type"] == "string" and limits.get("pattern"):
        datatype["format"] = limits["pattern"].removeprefix("^").removesuffix("$")
    column = {
        "name": field["name"],
        "titles": field["name"],
        "dc:description": field["description"],
        "datatype": datatype if len(datatype) > 1 else datatype["base"],
        "required": bool(limits.get("required")),
    }
    if separator := field.get("sourcebook:separator"):
        column["separator"] = separator
    return column


FORMAT = Format(
    name="csvw",
    text="every table as CSV on the Web, with types and keys",
    suffixes=(),
    write_data=write,
    tried="the library csvw 4.1, which validates",
)

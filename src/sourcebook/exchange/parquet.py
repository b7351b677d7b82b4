"""Every table as Parquet, with its types and what its columns mean: out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from sourcebook.core.errors import SourcebookError
from sourcebook.exchange.folders import new_folder
from sourcebook.exchange.formats import Format
from sourcebook.pipeline.datapackage import data_package
from sourcebook.pipeline.dataset import read

__all__ = ["FORMAT", "write"]


def write(folder: Path, path: Path) -> list[str]:
    """Write each table of a data folder as a file of Parquet, and return what a person should know: nothing.

    Parameters
    ----------
    folder : Path
        The data folder.
    path : Path
        A folder that there is not yet; it gets the folders of the tables. The columns have the types of the data
        dictionary, and its descriptions as metadata.

    Returns
    -------
    list of str
        Empty.

    Raises
    ------
    SourcebookError
        If pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise SourcebookError(
            "Parquet: expected the package pyarrow, found none → pip install 'sourcebook[parquet]'"
        ) from None
    source = read(folder).folder
    with new_folder(path) as target:
        for resource in data_package(source)["resources"]:
            frame = _typed(source / resource["path"], resource["schema"]["fields"])
            fields = [
                pyarrow.field(
                    each["name"], _arrow(each["type"], pyarrow), metadata={"description": each["description"]}
                )
                for each in resource["schema"]["fields"]
            ]
            about = {name: str(resource.get(name, "")) for name in ("name", "title", "description")}
            about["primaryKey"] = json.dumps(resource["schema"].get("primaryKey", []))
            schema = pyarrow.schema(fields, metadata=about)
            file = (target / resource["path"]).with_suffix(".parquet")
            file.parent.mkdir(parents=True, exist_ok=True)
            parquet.write_table(pyarrow.Table.from_pandas(frame, schema=schema, preserve_index=False), file)
    return []


def _typed(path: Path, fields: list[dict[str, Any]]) -> pd.DataFrame:
    """Return a table with the types of the data dictionary; an empty text stays one."""
    frame = pd.read_csv(path, dtype="str", keep_default_na=False)
    for each in fields:
        column = frame[each["name"]]
        if each["type"] == "integer":
            frame[each["name"]] = pd.to_numeric(column.replace("", None)).astype("Int64")
        elif each["type"] == "number":
            frame[each["name"]] = pd.to_numeric(column.replace("", None)).astype("Float64")
        elif each["type"] == "boolean":
            frame[each["name"]] = column.map({"yes": True, "no": False}).astype("boolean")
    return frame[[each["name"] for each in fields]]


def _arrow(type_: str, pyarrow: Any) -> Any:
    types = {"integer": pyarrow.int64, "number": pyarrow.float64, "boolean": pyarrow.bool_}
    return types.get(type_, pyarrow.string)()


FORMAT = Format(
    name="parquet",
    text="every table as Parquet, typed and described",
    suffixes=(),
    write_data=write,
    tried="the library pyarrow 26",
)

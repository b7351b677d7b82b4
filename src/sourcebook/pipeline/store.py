"""Write the derived tables beside the data, and read them again while they are fresh."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
from pandas.api import types

from sourcebook.core.csvfiles import LINE, read_table, write_table
from sourcebook.core.errors import DataError, Problem
from sourcebook.pipeline.dataset import Dataset, read
from sourcebook.sources.documents import REGISTRY, read_registry

__all__ = ["load", "stale", "write"]

_INPUTS, _COLUMNS = "inputs", "columns"


def _fingerprint(folder: Path) -> pd.DataFrame:
    """Hash the registered documents and every table: ``file, sha256``."""
    raw = folder / "raw"
    files = {raw / name for name in read_registry(raw)["file"]} if (raw / REGISTRY).exists() else set()
    for part in ("raw", "coded", "reference"):
        files |= {p for p in (folder / part).rglob("*.csv") if not p.name.startswith(".")}
    rows = [
        (p.relative_to(folder).as_posix(), hashlib.sha256(p.read_bytes()).hexdigest())
        for p in sorted(files)
        if p.is_file()
    ]
    return pd.DataFrame(rows, columns=["file", "sha256"], dtype="str")


def write(data: Dataset) -> list[Path]:
    """Write the derived tables of a dataset to ``derived`` and remove those that are no longer made.

    Parameters
    ----------
    data : Dataset
        As :func:`sourcebook.pipeline.build.build` returns it.

    Returns
    -------
    list of Path
        The files, each written whole or not at all. The record of the inputs goes first and comes last, so
        that after an interruption the folder counts as not built.
    """
    target = data.folder / "derived"
    target.mkdir(exist_ok=True)
    (target / f"{_INPUTS}.csv").unlink(missing_ok=True)
    made = {name: frame for name, frame in data.derived.items() if name not in {_INPUTS, _COLUMNS}}
    frames = {**made, _COLUMNS: _column_types(made), _INPUTS: _fingerprint(data.folder)}
    paths = []
    for name, frame in frames.items():
        path = target / f"{name}.csv"
        write_table(_as_text(frame), path)
        paths.append(path)
    for old in set(target.glob("*.csv")) - set(paths):
        old.unlink()
    return paths


def _column_types(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return ``table, column, type`` of every column: ``integer``, ``number``, ``yes or no`` or ``text``."""

    def kind(column: pd.Series) -> str:
        if types.is_bool_dtype(column):
            return "yes or no"
        if types.is_integer_dtype(column):
            return "integer"
        return "number" if types.is_float_dtype(column) else "text"

    rows = [(name, str(c), kind(frame[c])) for name, frame in frames.items() for c in frame.columns]
    return pd.DataFrame(rows, columns=["table", "column", "type"], dtype="str")


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "" if value != value else f"{value:.15g}"  # noqa: PLR0124 (not a number)
    return "" if value is None or value is pd.NA else str(value)


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame of text: true and false as yes and no, missing as an empty cell."""
    columns = {
        str(name): ["yes" if c else "no" for c in cells]
        if types.is_bool_dtype(cells)
        else [_cell(c) for c in cells.tolist()]
        for name, cells in frame.items()
    }
    return pd.DataFrame(columns, dtype="str")


def stale(folder: Path) -> list[str]:
    """Return what changed since the derived tables of a folder were built.

    Parameters
    ----------
    folder : Path
        The data folder.

    Returns
    -------
    list of str
        Input files that changed, were added or were removed, relative to the folder; ``derived`` alone if
        nothing has been built. Empty if all is fresh.
    """
    path = folder / "derived" / f"{_INPUTS}.csv"
    if not path.exists():
        return ["derived"]
    known = read_table(path)[["file", "sha256"]]
    both = known.merge(_fingerprint(folder), on="file", how="outer", suffixes=("_then", "_now"))
    return [str(f) for f in both.loc[both["sha256_then"] != both["sha256_now"], "file"]]


def load(folder: Path | None = None) -> Dataset:
    """Read a folder with its derived tables, as the chapters do.

    Parameters
    ----------
    folder : Path, optional
        The data folder; by default the data that came with the package.

    Returns
    -------
    Dataset
        Derived tables as text, except that columns of whole numbers are integers.

    Raises
    ------
    HashMismatchError, DataError
        As :func:`read`; and DataError if the derived tables are older than what they are made from.

    Examples
    --------
    >>> data = load()
    >>> data["relations"]["relation"].isin(["agree", "compatible", "contradict", "not-comparable"]).all()
    np.True_
    """
    data = read(folder)
    changed = stale(data.folder)
    if changed:
        raise DataError(
            Problem(
                file=f"derived/{_INPUTS}.csv",
                line=0,
                column="",
                found="no derived tables" if name == "derived" else f"another state of {name}",
                expected="derived tables built from the present inputs",
                action="run `make data` or `sourcebook build`",
            )
            for name in changed
        )
    target = data.folder / "derived"
    kinds = read_table(target / f"{_COLUMNS}.csv", root=data.folder)
    whole = kinds[kinds["type"] == "integer"].groupby("table")["column"].agg(list).to_dict()
    derived = {}
    for path in sorted(target.glob("*.csv")):
        frame = read_table(path, root=data.folder).drop(columns=LINE)
        derived[path.stem] = frame.astype(dict.fromkeys(whole.get(path.stem, []), "int64"))
    return replace(data, derived=derived)

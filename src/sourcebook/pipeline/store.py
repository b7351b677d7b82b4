"""Write the derived tables into the data folder, and read them while they are fresh."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from filelock import SoftFileLock, Timeout

from sourcebook.core.csvfiles import LINE, read_table, write_table
from sourcebook.core.errors import DataError, Problem, SourcebookError
from sourcebook.core.files import named, write_text
from sourcebook.core.schemas import DERIVED, DerivedTable
from sourcebook.pipeline.dataset import Dataset, fingerprint, read
from sourcebook.pipeline.own_files import INPUTS, SUMS, refuse_tables, sha256_of

__all__ = ["load", "stale", "write"]

#: So many seconds a build waits for another of the same folder.
_PATIENCE = 600
_BUILD = "run `make data` or `sourcebook build`"


def write(data: Dataset) -> list[Path]:
    """Write the derived tables of a dataset to ``derived`` and remove those that are no longer made.

    Parameters
    ----------
    data : Dataset
        As :func:`sourcebook.pipeline.build.build` returns it.

    Returns
    -------
    list of Path
        The files, with ``SHA256SUMS``, which has their hashes. All are written before the first takes its place, so
        that a full disk changes nothing. The record of the inputs goes first and comes last, so that after an
        interruption the folder counts as not built. A second build of the folder waits for the first.

    Raises
    ------
    DataError
        If a CSV file is there that no build wrote, or one that is no longer made was changed: nothing is written.
    SourcebookError
        If another build of the folder does not end.
    """
    target = data.folder / "derived"
    target.mkdir(exist_ok=True)
    with _alone(target), _staging(target) as staging:
        refuse_tables(target, [name for name in data.derived if name != INPUTS])
        for name, frame in data.derived.items():
            if name != INPUTS:
                write_table(_as_text(frame), staging / f"{name}.csv")
        made = sorted(staging.glob("*.csv"))
        write_text(staging / SUMS, "".join(f"{sha256_of(path)}  {path.name}\n" for path in made))
        write_table(_as_text(fingerprint(data.folder)), staging / f"{INPUTS}.csv")
        (target / f"{INPUTS}.csv").unlink(missing_ok=True)
        gone = set(target.glob("*.csv")) - {target / path.name for path in made}
        (staging / SUMS).replace(target / SUMS)
        for old in gone:
            old.unlink()
        for path in [*made, staging / f"{INPUTS}.csv"]:
            path.replace(target / path.name)
    return [target / f"{name}.csv" for name in data.derived if name != INPUTS] + [
        target / SUMS,
        target / f"{INPUTS}.csv",
    ]


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Wait until no other process writes to a folder; the lock of one that was killed counts for nothing."""
    lock = SoftFileLock(target / ".lock")
    with named(target):  # a full disk is first met by the lock
        try:
            with lock.acquire(timeout=_PATIENCE):
                yield
        except Timeout:
            action = f"wait for it, or remove {lock.lock_file}"
            raise SourcebookError(
                f"{target}: expected no other build of the folder, found one → {action}"
            ) from None


@contextmanager
def _staging(target: Path) -> Iterator[Path]:
    """Make a folder for files that are not yet in their places, and remove it, and what an interrupted build left."""
    staging = target / ".new"
    shutil.rmtree(staging, ignore_errors=True)
    for left in target.glob(".*.tmp"):
        left.unlink(missing_ok=True)
    staging.mkdir()
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame of text: true and false as yes and no, missing as an empty cell."""
    return pd.DataFrame(
        {str(name): [_cell(c) for c in cells.tolist()] for name, cells in frame.items()}, dtype="str"
    )


def _cell(value: Any) -> str:
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124 (not a number)
        return ""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(float(value)).removesuffix(".0").replace("inf", "INF")
    return str(value)


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
    path = folder / "derived" / f"{INPUTS}.csv"
    if not path.exists():
        return ["derived"]
    known = read_table(path)
    if not {"file", "sha256"} <= set(known.columns):
        return ["derived"]
    known = known[["file", "sha256"]]
    both = known.merge(fingerprint(folder), on="file", how="outer", suffixes=("_then", "_now"))
    return [str(f) for f in both.loc[both["sha256_then"] != both["sha256_now"], "file"]]


def load(folder: Path | None = None) -> Dataset:
    """Read a folder with its derived tables, as the chapters do; while a build replaces them, wait for it.

    Parameters
    ----------
    folder : Path, optional
        The data folder; by default that around the current folder, else the one of the package.

    Returns
    -------
    Dataset
        The derived tables in the types of their schemas, as :func:`sourcebook.pipeline.build.build` gives them.

    Raises
    ------
    HashMismatchError, DataError
        As :func:`sourcebook.pipeline.dataset.read`; and DataError if the derived tables are older than what they are
        made from, with every one that is missing or was changed after it was built, and every column or cell that its
        schema does not know.
    SourcebookError
        If a build of the folder does not end.

    Examples
    --------
    >>> data = load()
    >>> data["relations"]["relation"].isin(["contradict", "compatible", "variant", "agree", "not-comparable"]).all()
    np.True_
    """
    data = read(folder)
    target = data.folder / "derived"
    try:
        derived = _derived(data.folder)
    except DataError:
        if not os.access(target, os.W_OK):
            raise
        with _alone(target):  # a build may have been replacing them
            derived = _derived(data.folder)
    return replace(data, derived=derived)


def _derived(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the derived tables of a folder; raise DataError with all that is wrong in them."""
    expected = "derived tables built from the present inputs"
    changed = stale(folder)
    if changed == ["derived"]:
        raise DataError([_problem(f"{INPUTS}.csv", "no derived tables", expected)])
    problems = [_problem(f"{INPUTS}.csv", f"another state of {name}", expected) for name in changed]
    path = folder / "derived" / SUMS
    sums = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    if not sums:
        problems.append(_problem(SUMS, "no file", "the hashes of the derived tables"))
    derived = {}
    for name, table in DERIVED.items():
        try:
            derived[name] = _read(folder, table, sums)
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return derived


def _read(folder: Path, table: DerivedTable, sums: list[str]) -> pd.DataFrame:
    """Read a derived table, in the types of its schema; raise DataError with all that is wrong in it.

    Its hash is checked if there are any and nothing else is wrong.
    """
    path = folder / "derived" / f"{table.name}.csv"
    if not path.exists():
        raise DataError([_problem(path.name, "no file", "a derived table")])
    cells = read_table(path, root=folder)
    if problems := table.problems(cells, file=f"derived/{path.name}", action=_BUILD):
        raise DataError(problems)
    if path.stem != INPUTS and sums and f"{sha256_of(path)}  {path.name}" not in sums:
        found = f"another content than {SUMS} records"
        raise DataError([_problem(path.name, found, "the file as it was built")])
    return table.typed(cells.drop(columns=LINE))


def _problem(file: str, found: str, expected: str) -> Problem:
    """Return a problem of a whole file of the derived tables."""
    return Problem(file=f"derived/{file}", line=0, column="", found=found, expected=expected, action=_BUILD)

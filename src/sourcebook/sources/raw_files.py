"""The files of a folder of documents on the disk: each named in a table, each with the hash that is recorded there."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pandas as pd

from sourcebook.core.errors import DataError, Problem
from sourcebook.core.records import LINE
from sourcebook.sources.registry import (
    LAYOUT,
    ORIGINAL,
    PAGES,
    REGISTRY,
    SENTENCE_IDS,
    VERSIONS,
    raw_name,
    raw_problem,
    read_raw_table,
)

__all__ = ["mismatch", "on_disk", "original_problems", "unreadable", "unregistered", "version_problems"]

#: Names, without suffix, of files about the folder, which need no entry in the registry.
_ABOUT = frozenset({"readme", "license", "licence", "copying", "notice", "changelog", "thumbs", "desktop"})


def original_problems(folder: Path, registry: pd.DataFrame, mismatches: list[Problem]) -> list[Problem]:
    """Return what is wrong with the files as they were received; add those of another hash to `mismatches`.

    Parameters
    ----------
    folder : Path
        The folder that holds ``sources.csv``.
    registry : pandas.DataFrame
        Its rows in which nothing is wrong.
    mismatches : list of Problem
        Gets the files that are not those that the registry records.

    Returns
    -------
    list of Problem
        Files that cannot be read, or lie elsewhere.
    """
    rows = registry[[LINE, *ORIGINAL]] if set(ORIGINAL) <= set(registry.columns) else registry.iloc[:0]
    rows = rows[rows.iloc[:, 1] != ""].drop_duplicates("original")
    return _file_problems(folder, rows, REGISTRY, ORIGINAL, mismatches)


def version_problems(folder: Path, mismatches: list[Problem]) -> tuple[set[str], list[Problem]]:
    """Return the files of earlier texts and what is wrong with them; add those of another hash to `mismatches`.

    Parameters
    ----------
    folder : Path
        The folder that holds ``versions.csv``, if there is one.
    mismatches : list of Problem
        Gets the files that are not those that the table records.

    Returns
    -------
    tuple of (set of str, list of Problem)
        The names of the files, and those that cannot be read, or lie elsewhere.
    """
    if not (folder / VERSIONS).exists():
        return set(), []
    try:
        rows = read_raw_table(folder, VERSIONS)
    except DataError as error:
        return set(), error.problems
    columns = ("file", "sha256")
    return set(rows["file"]), _file_problems(folder, rows[[LINE, *columns]], VERSIONS, columns, mismatches)


def _file_problems(
    folder: Path, rows: pd.DataFrame, table: str, columns: tuple[str, str], mismatches: list[Problem]
) -> list[Problem]:
    """Return what is wrong with the files that a table names, each with its hash."""
    problems = []
    for line, file, recorded in rows.itertuples(index=False):
        path = on_disk(folder, file)
        if not path.resolve().is_relative_to(folder.resolve()):
            found, expected = f"a path to {path.resolve()}", "a file in this folder"
            problems.append(raw_problem(folder, table, line, columns[0], found, expected))
            continue
        try:
            data = path.read_bytes()
        except OSError as error:
            problems.append(unreadable(raw_name(folder, file), error, table))
            continue
        if hashlib.sha256(data).hexdigest() != recorded:
            place = (raw_name(folder, table), int(line))
            problem = mismatch(path, raw_name(folder, file), place, recorded, data)
            mismatches.append(replace(problem, column=columns[1]))
    return problems


def on_disk(folder: Path, file: str) -> Path:
    """Return the path of a file, also where the disk composes its letters otherwise than the registry."""
    path = folder / file
    if not path.exists() and not path.is_symlink() and path.parent.is_dir():
        name = unicodedata.normalize("NFC", path.name)
        same = [each for each in path.parent.iterdir() if unicodedata.normalize("NFC", each.name) == name]
        return same[0] if len(same) == 1 else path
    return path


def unreadable(name: str, error: OSError, table: str = REGISTRY) -> Problem:
    """Return the problem of a file that cannot be read.

    Parameters
    ----------
    name : str
        How problems call the file.
    error : OSError
        Why it cannot be read.
    table : str
        The table that names it.

    Returns
    -------
    Problem
        With what to do.
    """
    action = f"restore the file, or remove its row from {table}"
    return Problem(name, 0, "", error.strerror or str(error), "a readable file", action)


def mismatch(
    path: Path, name: str, place: tuple[str, int], recorded: str, data: bytes, original: str = ""
) -> Problem:
    """Return the problem of a file that is not that of the registry, at the cell that records its hash.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        How problems call it.
    place : tuple of (str, int)
        The table that records the hash, and its line; 0 where none does.
    recorded : str
        The hash that is recorded.
    data : bytes
        The bytes of the file.
    original : str
        The file as it was received, from which the text was taken; empty where none is kept.

    Returns
    -------
    Problem
        With both hashes, and what to do.
    """
    action = (
        f"restore {path} from the repository, a copy or its origin; if the change is meant, first copy the changed "
        "file to another place, and then give that copy to `sourcebook reanchor`, which moves the quotes of this "
        "source with it"
    )
    if original:
        action += f", and puts the old text back from {path.parent / original}"
    if place[1]:
        action += (
            "; `sourcebook register` records the file as it is, where nothing is quoted from what changed"
        )
    unix = data.replace(b"\r\n", b"\n")
    others = {
        "line ends that something changed": (unix, unix.replace(b"\n", b"\r\n")),
        "a byte-order mark that something added": (data.removeprefix(b"\xef\xbb\xbf"),),
        "no byte-order mark any more": (b"\xef\xbb\xbf" + data,),
    }
    why = next((n for n, t in others.items() if recorded in {hashlib.sha256(x).hexdigest() for x in t}), "")
    found = f"SHA-256 {hashlib.sha256(data).hexdigest()}" + (f", with {why}" if why else "")
    return Problem(*place, "sha256" if place[1] else "", found, f"{name} with SHA-256 {recorded}", action)


def unregistered(folder: Path, named: Collection[str]) -> list[Problem]:
    """Return a problem for each file that no row of the registry names."""
    known = {unicodedata.normalize("NFC", name) for name in named}
    known |= {REGISTRY, LAYOUT, PAGES, SENTENCE_IDS, VERSIONS}
    problems = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_dir() or any(part.startswith(".") for part in inside.parts) or path.stem.lower() in _ABOUT:
            continue
        if unicodedata.normalize("NFC", inside.as_posix()) in known:
            continue
        name = raw_name(folder, inside.as_posix())
        try:
            hashed = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            problems.append(unreadable(name, error))
            continue
        action = f"add it with SHA-256 {hashed}, or move it away"
        problems.append(Problem(name, 0, "", "a file without a row", f"every file in {REGISTRY}", action))
    return problems

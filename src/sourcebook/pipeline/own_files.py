"""Keep what people put where a build writes: it is named, and nothing is overwritten."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import Path

from sourcebook.core.errors import DataError, Problem

__all__ = ["GENERATED", "INPUTS", "SUMS", "refuse_documents", "refuse_tables", "sha256_of"]

#: The record of what the derived tables were made of.
INPUTS = "inputs"
#: The hashes of the derived files, in the format of ``sha256sum``.
SUMS = "SHA256SUMS"
#: The file that is written, and what one that may be overwritten holds.
GENERATED = {
    "README.md": "Generated from the schemas",
    "datapackage.json": '"sourcebook:version"',
}


def sha256_of(path: Path) -> str:
    """Return the hash of a file's bytes.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> file = Path(mkdtemp()) / "t"
    >>> _ = file.write_bytes(b"")
    >>> sha256_of(file)[:8]
    'e3b0c442'
    """
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refuse_tables(target: Path, made: Collection[str]) -> None:
    """Raise DataError for tables that people put into the folder, which a build would remove or overwrite.

    Parameters
    ----------
    target : Path
        The folder ``derived``.
    made : collection of str
        The names of the tables that are written.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> refuse_tables(Path(mkdtemp()), ["relations"])
    """
    sums = target / SUMS
    built = sums.read_text(encoding="utf-8", errors="replace").splitlines() if sums.exists() else []
    known = {line[66:] for line in built}
    if (target / f"{INPUTS}.csv").exists():  # also what was built before there were hashes
        known |= {f"{name}.csv" for name in made}
    problems = []
    for path in sorted(target.glob("*.csv")):
        if path.stem == INPUTS or path.name.startswith("."):
            continue
        if not path.stat().st_mode & 0o222:
            found, expected = "a file that may only be read", "a file that can be replaced"
        elif path.name not in known:
            found, expected = "a file that no build wrote", "only what `sourcebook build` writes"
        elif path.stem not in made and f"{sha256_of(path)}  {path.name}" not in built:
            found, expected = (
                "a table that was changed and is no longer made",
                "only what `sourcebook build` writes",
            )
        else:
            continue
        problems.append(Problem(f"derived/{path.name}", 0, "", found, expected, "move it to another folder"))
    if problems:
        raise DataError(problems)


def refuse_documents(folder: Path) -> None:
    """Raise DataError for a dictionary or Data Package that sourcebook did not write, before either is overwritten.

    Parameters
    ----------
    folder : Path
        The data folder.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> refuse_documents(Path(mkdtemp()))
    """
    wrong = "a file that was not generated", "none, or one that sourcebook wrote", "move it away or rename it"
    own = [
        Problem(name, 0, "", *wrong)
        for name, mark in GENERATED.items()
        if (folder / name).exists() and mark.encode() not in (folder / name).read_bytes()
    ]
    if own:
        raise DataError(own)

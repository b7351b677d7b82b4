"""Read a folder of documents, each file verified against the hash that the registry records.

The folder holds the raw files and two tables:

``sources.csv``
    One row for each file: ``source_id``, ``file``, ``sha256``; every further column is metadata.
``layout.csv`` (optional)
    Stretches that are not body text: ``source_id``, ``zone`` (one of `sourcebook.text.normalise.ZONE_KINDS`),
    ``exact`` (the raw words literally), ``start``, ``end`` (may be empty where ``exact`` occurs once).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

import pandas as pd

from sourcebook.core.csvfiles import LINE, read_table
from sourcebook.core.errors import DataError, HashMismatchError, Problem
from sourcebook.text.normalise import ZONE_KINDS, NormalText, Zone, normalise
from sourcebook.text.segments import sentences

__all__ = [
    "LAYOUT",
    "REGISTRY",
    "Document",
    "read_document",
    "read_documents",
    "read_registry",
    "sentence_table",
]

REGISTRY = "sources.csv"
LAYOUT = "layout.csv"
_REQUIRED = {
    REGISTRY: ("source_id", "file", "sha256"),
    LAYOUT: ("source_id", "zone", "exact", "start", "end"),
}
_BESIDE = frozenset({".csv", ".json", ".md"})  # files of these kinds need no entry in the registry
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True, eq=False)
class Document:
    """A source as it was read.

    Attributes
    ----------
    source_id : str
        Its id in the registry.
    path : pathlib.Path
        The raw file.
    sha256 : str
        Of the bytes of the file, in hexadecimal.
    raw : str
        The bytes decoded as UTF-8, line ends as they are. All raw offsets count its code points.
    normal : NormalText
        The normalised text with its map.
    metadata : mapping of str to str
        The row of the registry.
    """

    source_id: str
    path: Path
    sha256: str
    raw: str = field(repr=False)
    normal: NormalText = field(repr=False)
    metadata: Mapping[str, str] = field(repr=False)

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "metadata": dict(self.metadata)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, metadata=MappingProxyType(state["metadata"]))


def read_registry(folder: str | Path) -> pd.DataFrame:
    r"""Return the registry of a folder of documents.

    Parameters
    ----------
    folder : path
        The folder that holds ``sources.csv``.

    Returns
    -------
    pandas.DataFrame
        The columns of the registry, all ``str``, and ``line`` (int64), in the order of the file.

    Raises
    ------
    DataError
        With every id that is malformed or repeated, every hash that is not 64 lower-case hexadecimal
        digits, every file named twice or outside the folder, every required column that is absent.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.md").write_text("The bridge fell.")
    ...     hashed = hashlib.sha256(b"The bridge fell.").hexdigest()
    ...     _ = Path(folder, "sources.csv").write_text(f"source_id,file,sha256\na,a.md,{hashed}\n")
    ...     read_registry(folder)[["source_id", "file", "line"]].values.tolist()
    [['a', 'a.md', 2]]
    """
    folder = Path(folder)
    frame = _read(folder, REGISTRY)
    problems = []
    for column, good, expected in (
        ("source_id", _ID.fullmatch, "letters, digits, - and _"),
        ("sha256", _HASH.fullmatch, "64 lower-case hexadecimal digits"),
        ("file", _is_inside, "the name of a file in this folder"),
    ):
        for line, value in zip(frame[LINE], frame[column], strict=True):
            if not good(value):
                problems.append(_problem(folder, REGISTRY, line, column, repr(value), expected))
        if column != "sha256":
            for line, value in frame.loc[frame[column].duplicated(), [LINE, column]].itertuples(index=False):
                first = frame.loc[frame[column] == value, LINE].iloc[0]
                found = f"{value!r} again, first in line {first}"
                problems.append(_problem(folder, REGISTRY, line, column, found, "each value once"))
    if problems:
        raise DataError(problems)
    return frame


def read_document(
    path: str | Path,
    *,
    source_id: str,
    sha256: str | None = None,
    zones: Iterable[Zone] = (),
    metadata: Mapping[str, str] | None = None,
) -> Document:
    """Return one document.

    Parameters
    ----------
    path : path
        The raw file, in UTF-8.
    source_id : str
        Its id.
    sha256 : str, optional
        The hash that its bytes must have; without it they are not verified.
    zones : iterable of Zone
        Stretches that are not body text.
    metadata : mapping of str to str, optional
        What else is known of it.

    Raises
    ------
    HashMismatchError
        If the bytes are not those of `sha256`.
    DataError
        If the file is absent or not UTF-8.
    ParseError
        If a zone is out of range, overlaps another or is of unknown kind.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.md").write_text("The bridge fell.")
    ...     read_document(Path(folder, "a.md"), source_id="a").raw
    'The bridge fell.'
    """
    path = Path(path)
    data, problem = _bytes(path, path.name)
    if problem is not None:
        raise DataError([problem])
    found = hashlib.sha256(data).hexdigest()
    if sha256 is not None and found != sha256:
        raise HashMismatchError([_mismatch(path, path.name, sha256, found)])
    raw, problem = _decoded(data, path.name)
    if problem is not None:
        raise DataError([problem])
    return Document(
        source_id=source_id,
        path=path,
        sha256=found,
        raw=raw,
        normal=normalise(raw, zones=zones),
        metadata=MappingProxyType(dict(metadata or {})),
    )


def read_documents(folder: str | Path) -> dict[str, Document]:
    r"""Return the documents of a folder by source id, in the order of the registry.

    Parameters
    ----------
    folder : path
        The folder that holds the raw files and ``sources.csv``.

    Raises
    ------
    HashMismatchError
        If files are not those that the registry records, and nothing else is wrong: it is a DataError that
        names each file, both hashes, and what to do.
    DataError
        With everything that is wrong, hashes included: files that are absent, not UTF-8 or not in the
        registry, and zones that do not fit their file. A file named in a bad registry is not opened.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.md").write_text("The bridge fell.")
    ...     hashed = hashlib.sha256(b"The bridge fell.").hexdigest()
    ...     _ = Path(folder, "sources.csv").write_text(f"source_id,file,sha256\na,a.md,{hashed}\n")
    ...     read_documents(folder)["a"].raw
    'The bridge fell.'
    """
    folder = Path(folder)
    registry = read_registry(folder)
    problems = _unregistered(folder, registry)
    mismatches: list[Problem] = []
    texts: dict[str, str] = {}
    for row in registry.itertuples(index=False):
        path = folder / str(row.file)
        data, problem = _bytes(path, _name(folder, str(row.file)))
        if problem is None:
            found = hashlib.sha256(data).hexdigest()
            if found != row.sha256:
                mismatches.append(_mismatch(path, _name(folder, str(row.file)), str(row.sha256), found))
                continue
            texts[str(row.source_id)], problem = _decoded(data, _name(folder, str(row.file)))
        if problem is not None:
            problems.append(problem)
    zones, zone_problems = _zones(folder, texts, set(registry.source_id))
    problems += zone_problems
    if mismatches and not problems:
        raise HashMismatchError(mismatches)
    if problems:
        raise DataError([*problems, *mismatches])
    return {
        str(row["source_id"]): Document(
            source_id=str(row["source_id"]),
            path=folder / str(row["file"]),
            sha256=str(row["sha256"]),
            raw=texts[str(row["source_id"])],
            normal=normalise(texts[str(row["source_id"])], zones=zones.get(str(row["source_id"]), [])),
            metadata=MappingProxyType({str(k): str(v) for k, v in row.items() if k != LINE}),
        )
        for row in registry.to_dict("records")
    }


def sentence_table(documents: Mapping[str, Document]) -> pd.DataFrame:
    """Return the sentences of all documents, in their order: see `sourcebook.text.sentences`.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> document = SimpleNamespace(source_id="a", normal=normalise("The bridge fell. It rained."))
    >>> len(sentence_table({"a": document}))
    2
    """
    frames = [sentences(document.normal, document.source_id) for document in documents.values()]
    return pd.concat(frames or [sentences(normalise(""), "")], ignore_index=True)


def _name(folder: Path, file: str) -> str:
    return f"{folder.name}/{file}"


def _problem(folder: Path, file: str, line: int, column: str, found: str, expected: str) -> Problem:
    return Problem(_name(folder, file), int(line), column, found, expected, f"correct {file}")


def _read(folder: Path, file: str) -> pd.DataFrame:
    """Return one of the two tables, with its required columns."""
    frame = read_table(folder / file, root=folder.parent)
    absent = [column for column in _REQUIRED[file] if column not in frame.columns]
    if absent:
        raise DataError([_problem(folder, file, 1, c, "no such column", f"a column {c}") for c in absent])
    return frame


def _is_inside(file: str) -> bool:
    parts = PurePosixPath(file).parts
    return bool(parts) and not file.startswith("/") and ".." not in parts and "\\" not in file


def _bytes(path: Path, name: str) -> tuple[bytes, Problem | None]:
    try:
        return path.read_bytes(), None
    except OSError as error:
        found = error.strerror or str(error)
        action = f"restore the file, or remove its row from {REGISTRY}"
        return b"", Problem(
            file=name, line=0, column="", found=found, expected="a readable file", action=action
        )


def _decoded(data: bytes, name: str) -> tuple[str, Problem | None]:
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{data[error.start]:02x} at byte offset {error.start}"
        action = "convert a copy to UTF-8 and register that"
        return "", Problem(
            file=name, line=line, column="", found=found, expected="text in UTF-8", action=action
        )


def _mismatch(path: Path, name: str, recorded: str, found: str) -> Problem:
    """Return the problem of a file that is not that of the registry."""
    action = (
        f"restore {path} from the repository or its origin; if the change is meant, record the new hash in "
        f"{REGISTRY} and anchor the quotes of this source again"
    )
    return Problem(name, 0, "", f"SHA-256 {found}", f"SHA-256 {recorded}", action)


def _unregistered(folder: Path, registry: pd.DataFrame) -> list[Problem]:
    """Return a problem for each file that no row of the registry names."""
    known = set(registry.file)
    strays = [
        path
        for path in sorted(folder.rglob("*"))
        if not path.is_dir()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.suffix.lower() not in _BESIDE
        and path.relative_to(folder).as_posix() not in known
    ]
    problems = []
    for path in strays:
        name = _name(folder, path.relative_to(folder).as_posix())
        data, problem = _bytes(path, name)
        action = f"add it with SHA-256 {hashlib.sha256(data).hexdigest()}, or move it away"
        expected = f"every file in {REGISTRY}"
        problems.append(problem or Problem(name, 0, "", "a file without a row", expected, action))
    return problems


def _zones(
    folder: Path, texts: Mapping[str, str], known: set[str]
) -> tuple[dict[str, list[Zone]], list[Problem]]:
    """Return the declared zones of each text, and what is wrong with the rest of them."""
    zones: dict[str, list[Zone]] = {}
    problems: list[Problem] = []
    if not (folder / LAYOUT).exists():
        return zones, problems
    for row in _read(folder, LAYOUT).to_dict("records"):
        source_id, kind, exact = str(row["source_id"]), str(row["zone"]), str(row["exact"])
        wrong = None
        if source_id not in known:
            wrong = ("source_id", repr(source_id), f"a source_id of {REGISTRY}")
        elif kind not in ZONE_KINDS:
            wrong = ("zone", repr(kind), f"one of {', '.join(ZONE_KINDS)}")
        elif source_id in texts:
            zone = _placed(texts[source_id], kind, exact, str(row["start"]), str(row["end"]))
            if not isinstance(zone, Zone):
                wrong = zone
            elif clash := next((z for z in zones.get(source_id, []) if _overlap(z, zone)), None):
                wrong = ("start", f"[{zone.start}, {zone.end})", f"no overlap with {clash}")
            else:
                zones.setdefault(source_id, []).append(zone)
        if wrong is not None:
            column, found, expected = wrong
            problems.append(_problem(folder, LAYOUT, int(row[LINE]), column, found, expected))
    return zones, problems


def _overlap(one: Zone, other: Zone) -> bool:
    return one.start < other.end and other.start < one.end


def _placed(raw: str, kind: str, exact: str, start: str, end: str) -> Zone | tuple[str, str, str]:
    """Return the zone, or column, found and expected of what is wrong."""
    count = raw.count(exact) if exact else 0
    if not start and not end:
        if count != 1:
            return "exact", f"{count} places for {exact!r}", "start and end, or words that occur once"
        return Zone(kind=kind, start=raw.index(exact), end=raw.index(exact) + len(exact))
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        return "start", f"{start!r}, {end!r}", "two whole numbers"
    zone = Zone(kind=kind, start=int(start), end=int(end))
    if not zone.start < zone.end <= len(raw):
        return "start", f"[{start}, {end})", f"start < end <= {len(raw)}"
    if raw[zone.start : zone.end] != exact:
        return "exact", repr(exact), f"the raw words there, {raw[zone.start : zone.end]!r}"
    return zone

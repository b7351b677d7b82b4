"""Read a folder of documents, each file verified against the hash that the registry records.

The folder holds the raw files and two tables:

``sources.csv``
    One row for each file: ``source_id``, ``file``, ``sha256``; every further column is metadata.
``layout.csv`` (optional)
    Stretches that are not body text: ``source_id``, ``zone`` (one of `sourcebook.text.normalise.ZONE_KINDS`),
    ``exact`` (the raw words literally), ``start``, ``end`` (may be empty where ``exact`` occurs once).
``sentence_ids.csv`` (optional)
    The ids that sentences got, with their words, as `sourcebook.sources.sentence_record` writes them.
``versions.csv`` (optional)
    The earlier texts of sources, in ``versions/``, each with its hash, as ``sourcebook reanchor`` keeps them.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from sourcebook.core.decoding import decoded
from sourcebook.core.errors import DataError, HashMismatchError, Problem
from sourcebook.core.records import LINE
from sourcebook.sources.layout import zones_of
from sourcebook.sources.raw_files import (
    mismatch,
    on_disk,
    original_problems,
    unreadable,
    unregistered,
    version_problems,
)
from sourcebook.sources.registry import (
    LAYOUT,
    ORIGINAL,
    REGISTRY,
    raw_name,
    read_raw_table,
    read_registry,
    recorded_sentences,
    try_registry,
)
from sourcebook.text.normalise import NormalText, Zone, normalise
from sourcebook.text.segments import sentences_of_texts

__all__ = [
    "LAYOUT",
    "MOST_BYTES",
    "REGISTRY",
    "Document",
    "Reading",
    "read_document",
    "read_documents",
    "read_registry",
    "sentence_table",
    "try_documents",
]

#: The largest text that is read, in bytes. Reading takes about a hundred times as much memory.
MOST_BYTES = 10_000_000
_CONVERT = "convert a copy to UTF-8 and register that"


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
    recorded : tuple of (str, str)
        The ids that its sentences got before, each with its sentence.
    """

    source_id: str
    path: Path
    sha256: str
    raw: str = field(repr=False)
    normal: NormalText = field(repr=False)
    metadata: Mapping[str, str] = field(repr=False)
    recorded: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "metadata": dict(self.metadata)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, metadata=MappingProxyType(state["metadata"]))


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
        If the file is absent, not UTF-8, or larger than a text can be (10 MB).
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
    data = _text_bytes(path, path.name)
    if isinstance(data, Problem):
        raise DataError([data])
    found = hashlib.sha256(data).hexdigest()
    if sha256 is not None and found != sha256:
        raise HashMismatchError([mismatch(path, path.name, (path.name, 0), sha256, data)])
    raw, problem = decoded(data, path.name, _CONVERT)
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
    reading = try_documents(folder)
    if reading.mismatches and not reading.problems:
        raise HashMismatchError(reading.mismatches)
    if reading.problems:
        raise DataError([*reading.problems, *reading.mismatches])
    return reading.documents


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What could be read of a folder of documents, and what is wrong with the rest.

    Attributes
    ----------
    documents : dict of str to sourcebook.sources.documents.Document
        The documents in which nothing is wrong, by source id.
    unread : frozenset of str
        The ids of the others that the registry names.
    problems : list of Problem
        Everything that is wrong but hashes.
    mismatches : list of Problem
        Files that are not those that the registry records.
    """

    documents: dict[str, Document]
    unread: frozenset[str]
    problems: list[Problem]
    mismatches: list[Problem]


def try_documents(folder: str | Path) -> Reading:
    """Return what can be read of a folder of documents, and all that is wrong with the rest.

    Parameters
    ----------
    folder : path
        The folder that holds the raw files and ``sources.csv``.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> try_documents(mkdtemp()).problems[0].found
    'No such file or directory'
    """
    folder = Path(folder)
    registry, problems = try_registry(folder)
    cells: pd.DataFrame = read_raw_table(folder, REGISTRY) if len(registry) else registry
    mismatches: list[Problem] = []
    versions, version_errors = version_problems(folder, mismatches)
    problems += version_errors
    named = {name for column in ("file", ORIGINAL[0]) for name in cells.get(column, ()) if name} | versions
    is_known = len(registry) > 0 and not any(problem.column == "file" for problem in problems)
    problems += unregistered(folder, named) if is_known else []
    texts, names = dict[str, str](), ("source_id", "file", "sha256", ORIGINAL[0])
    for row in registry.to_dict("records"):
        source, file, recorded, kept = (str(row.get(name, "")) for name in names)
        place = (raw_name(folder, REGISTRY), int(row[LINE]))
        path = on_disk(folder, file)
        if not path.resolve().is_relative_to(folder.resolve()):
            found, expected = f"a link to {path.resolve()}", "a file in this folder"
            problems.append(Problem(*place, "file", found, expected, "put a copy of the file into its place"))
            continue
        data = _text_bytes(path, raw_name(folder, file))
        if isinstance(data, Problem):
            problems.append(data)
            continue
        if hashlib.sha256(data).hexdigest() != recorded:
            mismatches.append(mismatch(path, raw_name(folder, file), place, recorded, data, kept))
            continue
        text, problem = decoded(data, raw_name(folder, file), _CONVERT)
        if problem is None:
            texts[source] = text
        else:
            problems.append(problem)
    problems += original_problems(folder, registry, mismatches)
    zones, zone_problems = zones_of(folder, texts, _ids(folder))
    given, more = recorded_sentences(folder)
    documents = {
        source: Document(
            source_id=source,
            path=on_disk(folder, str(row["file"])),
            sha256=str(row["sha256"]),
            raw=texts[source],
            normal=normalise(texts[source], zones=declared),
            metadata=MappingProxyType({str(k): str(v) for k, v in row.items() if k != LINE}),
            recorded=tuple(given.get(source, ())),
        )
        for source, row in zip(map(str, registry["source_id"]), registry.to_dict("records"), strict=True)
        if source in texts and (declared := zones.get(source, [])) is not None
    }
    unread = frozenset(_ids(folder) - set(documents))
    problems += [*zone_problems, *more]
    return Reading(documents=documents, unread=unread, problems=problems, mismatches=mismatches)


def _text_bytes(path: Path, name: str) -> bytes | Problem:
    """Return the bytes of a text, or why they are not read."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode) and not stat.S_ISDIR(about.st_mode):
            return Problem(
                name, 0, "", "a pipe or device", "a file", "put a file with the text into its place"
            )
        if about.st_size > MOST_BYTES:
            found = f"{about.st_size:,} bytes"
            action = "divide it into parts, each with a row of its own in the registry"
            return Problem(name, 0, "", found, f"a text of at most {MOST_BYTES:,} bytes", action)
        return path.read_bytes()
    except OSError as error:
        return unreadable(name, error)


def _ids(folder: Path) -> set[str]:
    """Return all ids of a registry, whatever is wrong in their rows."""
    try:
        return set(read_raw_table(folder, REGISTRY)["source_id"])
    except DataError:
        return set()


def sentence_table(documents: Mapping[str, Document]) -> pd.DataFrame:
    """Return the sentences of all documents, in their order: see `sourcebook.text.sentences`.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> normal = normalise("The bridge fell. It rained.")
    >>> document = SimpleNamespace(source_id="a", normal=normal, recorded=())
    >>> len(sentence_table({"a": document}))
    2
    """
    return sentences_of_texts((each.normal, each.source_id, each.recorded) for each in documents.values())

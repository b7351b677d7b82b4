"""Find the files of a folder, read each, and say which cannot be read and why."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sourcebook.sources.ingest import Extraction, Proposal, UnreadableError, propose, read_file

__all__ = ["NewDocument", "Skipped", "files_in", "read_all", "slug"]

#: Files that no person put there.
_LITTER = re.compile(r"(?i)thumbs\.db|desktop\.ini|icon\r?|~\$.*|\..*|__macosx|.*\.tmp|.*~")
#: Files about a folder, which are documents only where they are named by themselves.
_ABOUT = re.compile(r"(?i)(?:readme|licen[cs]e|copying|notice|changelog)(?:\..*)?")
_LONGEST = 40  # characters of an id
_LETTERS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ł": "l",
    "ı": "i",
    "ə": "e",
}


@dataclass(frozen=True, kw_only=True)
class NewDocument:
    """A document on its way into a data folder.

    Attributes
    ----------
    source_id : str
        Its id.
    path : Path
        The file that it was read from.
    read : sourcebook.sources.ingest.extraction.Extraction
        Its text.
    proposal : sourcebook.sources.ingest.proposals.Proposal
        What the registry and the layout may say of it.
    original : str
        Name of the file within ``raw``.
    sha256 : str
        Of the bytes of the file.
    """

    source_id: str
    path: Path
    read: Extraction
    proposal: Proposal
    original: str
    sha256: str


@dataclass(frozen=True)
class Skipped:
    """A file that was not read, and why."""

    path: Path
    reason: str


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that are named, and those in the folders that are, in the order of their names.

    Hidden files and folders, what systems and editors leave behind, and files about a folder (README, LICENSE and
    the like) are passed over.

    Parameters
    ----------
    paths : iterable of Path
        Files and folders.
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not _LITTER.fullmatch(name))
            documents = [name for name in names if not _LITTER.fullmatch(name) and not _ABOUT.fullmatch(name)]
            yield from (Path(folder, name) for name in sorted(documents))


def slug(name: str, taken: Collection[str] = ()) -> str:
    """Return an id for a name: its letters and digits without accents, joined by hyphens.

    Parameters
    ----------
    name : str
        Such as the name of a file, without its suffix.
    taken : collection of str
        Ids that are given already.

    Returns
    -------
    str
        ``source`` where nothing of the name is left; with a number behind it where it is taken.

    Examples
    --------
    >>> slug("Rückkehr – 2. Bericht (Final)"), slug("Отчёт"), slug("a", {"a", "a-2"})
    ('ruckkehr-2-bericht-final', 'source', 'a-3')
    """
    folded = "".join(_LETTERS.get(letter, letter) for letter in name.lower())
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode("ascii")
    base = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-") or "source"
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found


def read_all(
    files: Iterable[Path],
    *,
    taken: Collection[str] = (),
    known: Collection[str] = (),
    progress: Callable[[Path], None] = lambda path: None,
) -> tuple[list[NewDocument], list[Skipped]]:
    """Read files; return the documents in them, and the files that were not read.

    Parameters
    ----------
    files : iterable of Path
        The files.
    taken : collection of str
        Ids that are given already.
    known : collection of str
        SHA-256 of files that are registered already.
    progress : callable
        Called with each file before it is read.

    Returns
    -------
    tuple of (list, list)
        The documents, each a :class:`NewDocument`, and the files, each a :class:`Skipped`.
    """
    documents: list[NewDocument] = []
    skipped: list[Skipped] = []
    ids, hashes = set(taken), dict.fromkeys(known, "a file that is registered already")
    for path in files:
        progress(path)
        try:
            found = read_file(path)
            hashed = hashlib.sha256(path.read_bytes()).hexdigest()
        except UnreadableError as error:
            skipped.append(Skipped(path, str(error)))
            continue
        if hashed in hashes:
            skipped.append(Skipped(path, f"{hashes[hashed]} → nothing is to be done"))
            continue
        hashes[hashed] = f"the same bytes as {path.name}"
        stem = slug(path.stem, ids if len(found) == 1 else ())
        original = f"original/{slug(path.stem, {Path(each.original).stem for each in documents})}{path.suffix.lower()}"
        for read in found:
            source_id = stem if len(found) == 1 else slug(f"{stem[:25]}-{read.name}", ids)
            ids.add(source_id)
            documents.append(
                NewDocument(
                    source_id=source_id,
                    path=path,
                    read=read,
                    proposal=propose(read),
                    original=original,
                    sha256=hashed,
                )
            )
    return documents, skipped

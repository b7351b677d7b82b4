"""Make a new book from documents: read them, write the data folder and the chapters, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from sourcebook.coding import read_tables
from sourcebook.coding.sheet import coding_sheets, write_sheet
from sourcebook.core.errors import SourcebookError
from sourcebook.core.schemas import read_schemas
from sourcebook.sources.documents import read_documents
from sourcebook.starter.book_files import write_book
from sourcebook.starter.data_folder import write_data
from sourcebook.starter.documents import NewDocument, Skipped, files_in, read_all

__all__ = ["SHEET", "New", "new_book"]

#: The coding sheet of a new book.
SHEET = "coding.xlsx"
#: Paragraphs, beyond which a sheet for each part of the sources is better than one for all.
_LONGEST_SHEET = 20_000


@dataclass(frozen=True, kw_only=True)
class New:
    """What was made, and what was not.

    Attributes
    ----------
    folder : Path
        The folder of the book.
    documents : tuple of sourcebook.starter.documents.NewDocument
        The documents in it.
    skipped : tuple of sourcebook.starter.documents.Skipped
        Files that could not be read.
    links : int
        How many links between documents are proposed.
    sheet : Path or None
        The coding sheet; none where it would have more rows than a person looks through.
    """

    folder: Path
    documents: tuple[NewDocument, ...]
    skipped: tuple[Skipped, ...]
    links: int
    sheet: Path | None = None


def new_book(
    folder: Path,
    sources: Iterable[Path],
    *,
    title: str = "",
    author: str = "",
    progress: Callable[[Path, int, int], None] = lambda path, done, total: None,
) -> New:
    """Make a folder with a data folder and a book that reads it.

    Parameters
    ----------
    folder : Path
        The folder of the book: one that is empty or does not exist.
    sources : iterable of Path
        Files, and folders of files.
    title, author : str
        Of the book; the name of the folder by default, and nobody.
    progress : callable
        Called with each file before it is read, its number, and how many there are.

    Returns
    -------
    New

    Raises
    ------
    SourcebookError
        If the folder holds anything, or there is no document to put into it. Nothing is written then.
    """
    sources = list(sources)
    _check(folder, sources)
    paths = list(files_in(sources))
    numbers = {path: number for number, path in enumerate(paths, 1)}
    documents, skipped = read_all(paths, progress=lambda path: progress(path, numbers[path], len(paths)))
    if not documents:
        reasons = "".join(f"\n  {each.path}: {each.reason}" for each in skipped)
        raise SourcebookError(
            f"{', '.join(map(str, sources))}: expected documents, found none that can be read → "
            f"give files or a folder with texts, PDF, Word files, web pages or mails{reasons}"
        )
    named = folder.resolve().name.replace("-", " ").replace("_", " ").strip()
    title = " ".join(title.split()) or named[:1].upper() + named[1:]
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{folder.name[:40]}-", dir=folder.parent))
    try:
        links = write_data(staging / "data", documents, title, " ".join(author.split()))
        has_sheet = _write_sheet(staging)
        write_book(staging, title=title, author=author)
        staging.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        staging.replace(folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return New(
        folder=folder,
        documents=tuple(documents),
        skipped=tuple(skipped),
        links=links,
        sheet=folder / SHEET if has_sheet else None,
    )


def _write_sheet(folder: Path) -> bool:
    """Write the coding sheet of a book, if it is not too long; return whether it was written."""
    data = folder / "data"
    schemas, documents = read_schemas(data), read_documents(data / "raw")
    if sum(len(document.normal.spans) for document in documents.values()) > _LONGEST_SHEET:
        return False
    write_sheet(folder / SHEET, coding_sheets(read_tables(data), documents, schemas), schemas)
    return True


def _check(folder: Path, sources: list[Path]) -> None:
    """Raise an error for a folder that holds something, and for sources that are not there."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        found = "a file" if folder.is_file() else "a folder that holds something"
        raise SourcebookError(f"{folder}: expected a new folder, found {found} → name another")
    for path in sources:
        if not path.exists():
            raise SourcebookError(
                f"{path}: expected a file or folder of documents, found nothing → check the path"
            )
        if folder.resolve().is_relative_to(path.resolve()):
            raise SourcebookError(
                f"{folder}: expected a folder outside {path}, found one within it → name a place beside it"
            )

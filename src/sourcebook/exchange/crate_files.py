"""The files of a book that are kept in an archive of it: data, chapters, code, environment, and what was rendered."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

__all__ = ["DESCRIPTOR", "RENDERED", "book_around", "crate_files", "newer_than_rendered"]

#: The file that makes a folder a crate.
DESCRIPTOR = "ro-crate-metadata.json"
#: What was rendered, by its name in the archive, and where it is in the folder of a book.
RENDERED = {"html": "_build/html", "epub": "_build/epub", "pdf": "_build/pdf"}

#: Folders that no person wrote, beside those with a hidden name and virtual environments.
_MADE = frozenset({"__pycache__", "_build", "build", "dist", "node_modules"})


def book_around(data: Path) -> Path:
    """Return the folder of the book whose data folder this is; the data folder itself if no book is around it.

    Parameters
    ----------
    data : Path
        The data folder.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp()).resolve()
    >>> data = folder / "data"
    >>> data.mkdir()
    >>> book_around(data) == data
    True
    >>> (folder / "_config.yml").touch()
    >>> book_around(data) == folder
    True
    """
    data = data.resolve()
    return data.parent if data.name == "data" and (data.parent / "_config.yml").is_file() else data


def crate_files(folder: Path, target: Path) -> dict[str, Path]:
    """Return the files that an archive of a folder holds, by their paths in it, in order.

    Parameters
    ----------
    folder : Path
        The folder of a book, or a data folder without a book.
    target : Path
        The archive, which holds neither itself nor an earlier one.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> for name in ("_build/html", ".git", "book"):
    ...     (folder / name).mkdir(parents=True)
    >>> for name in ("_build/html/index.html", ".git/config", "book/index.md", "_config.yml"):
    ...     (folder / name).touch()
    >>> list(crate_files(folder, folder / "crate.zip"))
    ['_config.yml', 'book/index.md', 'html/index.html']
    """
    found = {path.relative_to(folder).as_posix(): path for path in _walk(folder, target.resolve())}
    for name, place in RENDERED.items():
        for path in _walk(folder / place, target.resolve()):
            found[f"{name}/{path.relative_to(folder / place).as_posix()}"] = path
    return dict(sorted(found.items()))


def newer_than_rendered(files: dict[str, Path]) -> list[str]:
    """Return the chapters and tables that were changed after the pages were rendered.

    Parameters
    ----------
    files : dict of str to Path
        As :func:`crate_files` returns them.

    Examples
    --------
    >>> newer_than_rendered({"book/index.md": Path("book/index.md")})
    []
    """
    page = files.get("html/index.html")
    if page is None:
        return []
    rendered = page.stat().st_mtime
    return [
        name
        for name, path in files.items()
        if name.startswith(("book/", "data/coded/", "data/raw/")) and path.stat().st_mtime > rendered
    ]


def _walk(folder: Path, target: Path) -> Iterator[Path]:
    """Yield the files of a folder that somebody wrote, or that a build wrote for readers."""
    for place, folders, names in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(name for name in folders if _is_kept(here / name, target))
        for name in sorted(names):
            path = here / name
            if not name.startswith((".", "~$")) and path.is_file() and not _is_archive(path, target):
                yield path


def _is_kept(folder: Path, target: Path) -> bool:
    """Return whether a folder is part of the book."""
    made = folder.name.startswith(".") or folder.name in _MADE or folder.name.endswith(".egg-info")
    other = folder.is_symlink() or (folder / "pyvenv.cfg").exists() or (folder / DESCRIPTOR).exists()
    return not made and not other and folder.resolve() != target


def _is_archive(path: Path, target: Path) -> bool:
    """Return whether a file is this archive, an earlier one, or a link to a file elsewhere."""
    if path.is_symlink() or path.resolve() == target:
        return True
    if path.suffix.lower() != ".zip" or not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return DESCRIPTOR in archive.namelist()

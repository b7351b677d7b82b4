"""Which data folder is meant."""

from __future__ import annotations

import os
from pathlib import Path

from sourcebook.core.errors import DataError, Problem
from sourcebook.sources.registry import REGISTRY

__all__ = ["VARIABLE", "data_folder", "default_folder", "folder_around"]

#: The environment variable through which a chapter gets the data folder of its book.
VARIABLE = "SOURCEBOOK_DATA"


def folder_around() -> Path | None:
    """Return the data folder that the current folder lies in or beside, or None where there is none.

    Of the current folder and those around it, the first that has a folder ``data`` with ``raw/sources.csv``, or is such
    a folder itself.

    Raises
    ------
    DataError
        Within a book of sourcebook that has no data folder: it does not get the data of another.
    """
    current = Path.cwd()
    for around in (current, *current.parents):
        for folder in (around / "data", around):
            if (folder / "raw" / REGISTRY).is_file():
                return folder
        settings = around / "_config.yml"
        if settings.is_file() and b"sourcebook.book" in settings.read_bytes():
            found, expected = "a book without a data folder", "its data in the folder data"
            raise DataError([Problem(str(around), 0, "", found, expected, "name its folder: load(folder)")])
    return None


def default_folder() -> Path:
    """Return the data folder that is meant where none is named.

    That of the book whose chapter is run; else :func:`folder_around`; else that of the package.

    Raises
    ------
    DataError
        As :func:`folder_around` does.
    """
    if named := os.environ.get(VARIABLE):
        return Path(named)
    here = Path(__file__).parents
    packaged = here[1] / "data"
    return folder_around() or (packaged if packaged.is_dir() else here[3] / "data")


def data_folder(folder: Path | None = None) -> Path:
    """Return a data folder that is there, by default as :func:`default_folder` finds it.

    Raises
    ------
    DataError
        If there is no such folder.

    Examples
    --------
    >>> data_folder().name
    'data'
    """
    if folder is None:
        return default_folder()
    if not Path(folder).is_dir():
        found = "a file" if Path(folder).exists() else "no such folder"
        action = "check the path; `sourcebook --help` says what is read by default"
        raise DataError([Problem(str(folder), 0, "", found, "a data folder", action)])
    return Path(folder)

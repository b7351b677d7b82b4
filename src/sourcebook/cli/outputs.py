"""Where a command may write: told before the work and not after it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sourcebook.core.errors import SourcebookError

__all__ = ["check_output"]


def check_output(path: Path | None, inputs: Iterable[Path] = (), *, folder: bool = False) -> None:
    """Raise an error for a place that cannot be written to, or that is one of the inputs.

    Parameters
    ----------
    path : Path or None
        The file, or the folder of the files; None for standard output.
    inputs : iterable of Path
        Files and folders that are read.
    folder : bool
        Whether a folder is meant.

    Raises
    ------
    SourcebookError
        What was expected and found there, and what to do.

    Examples
    --------
    >>> check_output(Path(__file__), [Path(__file__)])
    Traceback (most recent call last):
    ...
    sourcebook.core.errors.SourcebookError: ...: expected another file than the input → name another with -o
    """
    if path is None:
        return
    if folder and path.exists() and not path.is_dir():
        raise SourcebookError(f"{path}: expected a folder for the files, found a file → name another with -o")
    if not folder and path.is_dir():
        raise SourcebookError(f"{path}: expected a file, found a folder → name a file in it with -o")
    if not folder and not path.parent.is_dir():
        raise SourcebookError(f"{path}: expected a folder {path.parent}, found none → make it")
    if not folder and any(_reads(each, path) for each in inputs):
        raise SourcebookError(f"{path}: expected another file than the input → name another with -o")


def _reads(given: Path, path: Path) -> bool:
    """Return whether a file that is to be written is among those that a path names."""
    if given.is_dir():
        return path.suffix.lower() == ".txt" and path.resolve().is_relative_to(given.resolve())
    return given.exists() and path.exists() and given.samefile(path)

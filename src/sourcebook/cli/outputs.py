"""Where a command may write, told before the work and not after it, and how a table is written."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sourcebook.core.errors import SourcebookError
from sourcebook.core.files import write_text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_output", "deliver", "format_of", "show_progress"]


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


def format_of(options: argparse.Namespace) -> str:
    """Return the format in which a table is written: the one asked for, that of the output's name, or the first.

    Parameters
    ----------
    options : argparse.Namespace
        As :func:`sourcebook.cli.options.add_table_output` makes them.

    Examples
    --------
    >>> formats = ("text", "csv", "json")
    >>> format_of(argparse.Namespace(format=None, formats=formats, output=Path("out.json")))
    'json'
    """
    named = options.output.suffix.lower().removeprefix(".") if options.output else ""
    return str(options.format or (named if named in options.formats else options.formats[0]))


def deliver(
    frame: pd.DataFrame, options: argparse.Namespace, as_text: Callable[[pd.DataFrame], str] | None = None
) -> None:
    """Write a table to where it is asked for, in the format that is asked for.

    Parameters
    ----------
    frame : DataFrame
        The table.
    options : argparse.Namespace
        As :func:`sourcebook.cli.options.add_table_output` makes them.
    as_text : callable, optional
        Returns the table as text for people; by default in columns.
    """
    form = format_of(options)
    if form == "csv":
        text = frame.to_csv(index=False, lineterminator="\n")
    elif form in ("json", "jsonl"):
        text = frame.to_json(orient="records", lines=form == "jsonl", force_ascii=False)
        text = text.rstrip("\n") + "\n" if text.strip() else ""
    else:
        text = (as_text or _in_columns)(frame)
    if options.output is None:
        sys.stdout.write(text)
    else:
        write_text(options.output, text)
        print(f"{options.output}: {len(frame)} rows")


def _in_columns(frame: pd.DataFrame) -> str:
    if frame.empty:
        return "nothing to list\n"
    return str(frame.to_string(index=False, max_colwidth=70, na_rep="–")) + "\n"


def show_progress(stage: str, done: int, total: int) -> None:
    """Print on standard error how far a stage is: over and over on a terminal, else when it is done.

    Parameters
    ----------
    stage : str
        What is done.
    done, total : int
        How much of it, and of how much; 0 where that is unknown.
    """
    if sys.stderr.isatty() or done == total:
        end = "\n" if done == total else "\r"
        print(f"{stage}: {done}{f' of {total}' if total else ''}", end=end, file=sys.stderr, flush=True)

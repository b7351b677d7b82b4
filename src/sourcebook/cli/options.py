"""Options that several commands have, each declared once, and the data folder that they read."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sourcebook.core.errors import SourcebookError

__all__ = ["add_output", "add_table_output", "data_folder", "name_of_person", "own_folder"]


def add_output(
    parser: argparse.ArgumentParser,
    metavar: str = "OUT.csv",
    *,
    required: bool = False,
    about: str = "default: standard output",
) -> None:
    """Add ``-o``: the file that is written.

    Parameters
    ----------
    parser : argparse.ArgumentParser
        The command's.
    metavar : str
        What the help calls the file.
    required : bool
        Whether it must be given.
    about : str
        What the help says of it.
    """
    parser.add_argument("-o", "--output", type=Path, metavar=metavar, required=required, help=about)


def add_table_output(
    parser: argparse.ArgumentParser, formats: Sequence[str] = ("text", "csv", "json"), metavar: str = "OUT"
) -> None:
    """Add ``-o``, ``--format`` and ``--json``: where a table goes, and how it is written.

    Parameters
    ----------
    parser : argparse.ArgumentParser
        The command's.
    formats : sequence of str
        The formats, the default first.
    metavar : str
        What the help calls the file.
    """
    parser.set_defaults(formats=tuple(formats))
    add_output(parser, metavar)
    told = "by the name of the output, else " if "csv" in formats else ""
    parser.add_argument("--format", choices=formats, help=f"default: {told}{formats[0]}")
    if "json" in formats:
        parser.add_argument(
            "--json", dest="format", action="store_const", const="json", help="the same as --format json"
        )


def data_folder(options: argparse.Namespace) -> Path:
    """Return the data folder that a command reads.

    That of ``--data``; else the folder ``data`` in the current folder, or the current folder itself, where it has
    ``raw/sources.csv``; else the data that came with the package, which is told on standard error.

    Parameters
    ----------
    options : argparse.Namespace
        With ``data``.

    Raises
    ------
    DataError
        If there is no such folder.
    """
    from sourcebook.pipeline import dataset

    if options.data is None and _here() is None:
        print(
            f"{Path.cwd()}: no data folder here: these are the data that came with sourcebook → name yours with --data",
            file=sys.stderr,
        )
    return dataset.data_folder(options.data or _here())


def own_folder(options: argparse.Namespace) -> Path:
    """Return the data folder that a command writes to: never one that came with an installed package unasked.

    Parameters
    ----------
    options : argparse.Namespace
        With ``data``.

    Raises
    ------
    SourcebookError
        If none is given, and the current folder has none.
    """
    from sourcebook.pipeline import dataset

    if options.data is None and _here() is None:
        expected = "a data folder, with raw/sources.csv, here or in data"
        raise SourcebookError(f"{Path.cwd()}: expected {expected}, found none → name one with --data")
    return dataset.data_folder(options.data or _here())


def name_of_person(text: str) -> str:
    """Return the name that an option gives, without blanks around it; raise an error for blanks alone.

    Examples
    --------
    >>> name_of_person(" anna ")
    'anna'
    """
    if not text.strip():
        raise argparse.ArgumentTypeError(f"expected a name, found {text!r}")
    return text.strip()


def _here() -> Path | None:
    return next((path for path in (Path("data"), Path()) if (path / "raw/sources.csv").is_file()), None)

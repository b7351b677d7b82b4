"""Options that several commands have, each declared once, and the data folder that they read."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from sourcebook.core.errors import SourcebookError

__all__ = [
    "add_output",
    "add_table_output",
    "data_folder",
    "given_folder",
    "known_source",
    "name_of_person",
    "near_files",
    "quoted",
]


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


def known_source(name: str, known: Collection[str]) -> str:
    """Return the id of a source that there is.

    Parameters
    ----------
    name : str
        As it was given.
    known : collection of str
        The ids of the sources.

    Raises
    ------
    SourcebookError
        If there is none of that id: with those that are like it, or all where none is.

    Examples
    --------
    >>> known_source("counci-2024", ["council-2024", "mill-2023"])
    Traceback (most recent call last):
    ...
    sourcebook.core.errors.SourcebookError: counci-2024: expected the id of a source, found none → did you mean ...
    """
    if name in known:
        return name
    near = difflib.get_close_matches(name.lower(), known, n=3, cutoff=0.5)
    near = near or [each for each in known if name.lower() in each]
    action = f"did you mean {' or '.join(near[:3])}?" if near else f"write one of {', '.join(known)}"
    raise SourcebookError(f"{name}: expected the id of a source, found none → {action}")


#: Arguments that name what a command makes.
_MADE = ("folder", "output", "feed")


def near_files(options: argparse.Namespace) -> list[str]:
    """Return a line for each file or folder that was named and is not there, with those of a like name beside it.

    Parameters
    ----------
    options : argparse.Namespace
        Of a command that ended with an error.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> (folder / "coding.xlsx").touch()
    >>> near_files(argparse.Namespace(sheet=folder / "codng.xlsx"))[0].endswith("did you mean coding.xlsx?")
    True
    """
    named = [value for name, value in vars(options).items() if name not in _MADE]
    paths = [path for value in named for path in (value if isinstance(value, list) else [value])]
    lines = []
    for path in paths:
        if not isinstance(path, Path) or path.exists():
            continue
        missing = next((each for each in [*list(path.parents)[::-1], path] if not each.exists()), path)
        beside: list[str] = []
        with suppress(OSError):
            beside = sorted(each.name for each in missing.parent.iterdir())
        near = difflib.get_close_matches(missing.name, beside, n=3, cutoff=0.7)
        if near:
            lines.append(f"{missing}: did you mean {' or '.join(near)}?")
    return lines


def given_folder(options: argparse.Namespace) -> Path | None:
    """Return the data folder of ``--data``, else the one that the work is on, or None where there is none.

    Parameters
    ----------
    options : argparse.Namespace
        With ``data``.

    Raises
    ------
    DataError
        If the folder that is named is not there, or a book has none.
    """
    from sourcebook.pipeline import folders

    folder, here = options.data or folders.folder_around(), Path.cwd()
    if folder and not options.data and folder.is_relative_to(here):
        folder = folder.relative_to(here)  # as one would name it
    return folders.data_folder(folder) if folder else None


def data_folder(options: argparse.Namespace) -> Path:
    """Return the data folder of a command: never that of the package unasked.

    Parameters
    ----------
    options : argparse.Namespace
        With ``data``.

    Raises
    ------
    SourcebookError
        If none is given, and there is none here or around.
    """
    folder = given_folder(options)
    if folder is None:
        raise SourcebookError(
            f"{Path.cwd()}: expected a data folder, with raw/sources.csv, here, around or in data, found none → "
            "go to your book, name a folder with --data, or begin with sourcebook new"
        )
    return folder


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


def quoted(path: Path | str) -> str:
    """Return a path or a name as a shell takes it for one word."""
    return f'"{path}"' if " " in str(path) else str(path)

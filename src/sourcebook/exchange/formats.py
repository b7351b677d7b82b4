"""The formats that there are: a module each, which is imported when its format is asked for."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sourcebook.core.errors import DataError, Problem, SourcebookError
from sourcebook.exchange.model import Project

__all__ = ["MODULES", "Format", "every_format", "format_named", "read_as"]

#: The module of each format, by its name on the command line, in the order in which people are shown them.
MODULES: dict[str, str] = {
    "sheet": "sheet",
    "jsonl": "jsonl",
    "web-annotation": "web_annotation",
    "hypothesis": "hypothesis",
    "refi-qda": "refi_qda",
    "uima-cas": "uima_cas",
    "webanno-tsv": "webanno_tsv",
    "brat": "brat",
    "doccano": "doccano",
    "label-studio": "label_studio",
    "taguette": "taguette",
    "tei": "tei",
    "stam": "stam",
    "nif": "nif",
    "csl-json": "csl_json",
    "bibtex": "bibtex",
    "parquet": "parquet",
    "csvw": "csvw",
    "prov-json": "prov_json",
    "timeline-js": "timeline_js",
    "ro-crate": "ro_crate",
}


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format of other tools; its module has one as ``FORMAT``.

    Attributes
    ----------
    name : str
        Its name on the command line.
    text : str
        What it is: a phrase without full stop.
    suffixes : tuple of str
        How its files end, the usual one first; an empty one, or none at all, for a folder.
    read : callable or None
        Returns the project that a file, or a folder, holds; raises a `DataError` for one that is none. What it cannot
        take of it is told in the project.
    write : callable or None
        Writes a project to a path, and returns what the format could not hold of it.
    write_data : callable or None
        Writes a data folder itself to a path, for what a project does not hold, and returns what a person should know.
    tried : str
        The file that others made, the schema or the program that it was tried against.
    """

    name: str
    text: str
    suffixes: tuple[str, ...] = ()
    read: Callable[[Path], Project] | None = None
    write: Callable[[Project, Path], list[str]] | None = None
    write_data: Callable[[Path, Path], list[str]] | None = None
    tried: str = ""

    @property
    def is_written(self) -> bool:
        """Whether a data folder can be written in it."""
        return self.write is not None or self.write_data is not None


def format_named(name: str) -> Format:
    """Return the format of a name.

    Parameters
    ----------
    name : str
        As in :data:`MODULES`.

    Raises
    ------
    SourcebookError
        If there is none of that name.
    """
    if name not in MODULES:
        near = difflib.get_close_matches(name, MODULES, n=1)
        action = f"write {near[0]}" if near else "`sourcebook export --help` lists them"
        raise SourcebookError(f"{name}: expected one of {', '.join(MODULES)} → {action}")
    found: Format = importlib.import_module(f"sourcebook.exchange.{MODULES[name]}").FORMAT
    return found


def every_format() -> Iterator[Format]:
    """Yield every format.

    Examples
    --------
    >>> all(each.read or each.write or each.write_data for each in every_format())
    True
    """
    return map(format_named, MODULES)


def read_as(form: Format, path: Path) -> Project:
    """Return the project that a file, or a folder, holds in a format that is read.

    Parameters
    ----------
    form : Format
        With ``read``.
    path : Path
        What another tool wrote.

    Raises
    ------
    DataError
        If it is not in that format; where another format reads it, with the name of that.
    """
    assert form.read is not None
    try:
        project = form.read(path)
    except DataError as error:
        if not path.exists() or not (action := _looks_like(path, form)):
            raise
        raise DataError([replace(error.problems[0], action=action), *error.problems[1:]]) from None
    if not _has_stretches(project) and (action := _looks_like(path, form)):
        found, expected = "no annotation of that format", f"a file in {form.name}"
        raise DataError([Problem(str(path), 0, "", found, expected, action)])
    return project


def _has_stretches(project: Project) -> bool:
    """Return whether any annotation is of words of a text."""
    return any(each.exact or each.start is not None for each in project.annotations)


def _looks_like(path: Path, refused: Format) -> str:
    """Return what to do with a file in which other formats have annotated words; empty where none has."""
    found = []
    for each in every_format():
        fits = any(path.name.lower().endswith(end) for end in each.suffixes or ("",))
        if each.read is None or each.name == refused.name or not fits:
            continue
        try:
            project = each.read(path)
        except (SourcebookError, OSError):
            continue
        if _has_stretches(project):
            found.append(f"{each.name} ({each.text})")
    return f"it can be read as {' or '.join(found)}: import it as that" if found else ""

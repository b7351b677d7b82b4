"""The files of a folder of brat: texts and annotations in pairs, and the two that configure the collection."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sourcebook.core.errors import DataError, Problem
from sourcebook.exchange.model import Code
from sourcebook.exchange.untrusted import read_bytes, read_text, refuse

__all__ = ["ANNOTATION_CONF", "IS_CODE", "NO_CODE", "VISUAL_CONF", "Collection", "read_collection"]

ANNOTATION_CONF, VISUAL_CONF = "annotation.conf", "visual.conf"

#: The type of an annotation that has no code.
NO_CODE = "Annotation"
#: How a comment begins that gives the id of the code of a type; a blank and the two follow.
IS_CODE = "# code "
_IS_CODE = re.compile(re.escape(IS_CODE) + r"\S+ \S")
_SECTION = re.compile(r"\[([a-z]+)\]\s*")
_COLOUR = re.compile(r"bgColor:(#[0-9A-Fa-f]{6})\b")


@dataclass(frozen=True)
class Collection:
    """A folder of brat.

    Attributes
    ----------
    documents : dict of str to tuple of (str, str, str)
        By the name of the document: the file of the annotations, the text, and the lines of the annotations.
    parents : dict of str to str
        The types that `annotation.conf` declares, each with the one that it is below, if any.
    labels, colours : dict of str to str
        What `visual.conf` says of the types.
    ids : dict of str to str
        The ids of the codes that were written as types, where they differ.
    """

    documents: dict[str, tuple[str, str, str]]
    parents: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    colours: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def codes(self, used: Iterable[str]) -> list[Code]:
        """Return the codes that are declared, each after the one that it is below, and those that are used.

        Parameters
        ----------
        used : iterable of str
            The types of the annotations.
        """
        return [
            Code(
                code_id=self.ids.get(name, name),
                name=self.labels.get(name) or name,
                parent=self.ids.get(self.parents.get(name, ""), self.parents.get(name, "")),
                colour=self.colours.get(name, ""),
            )
            for name in dict.fromkeys([*self.parents, *used])
            if name != NO_CODE
        ]


def read_collection(path: Path) -> Collection:
    """Return the files of a folder, or the two files of one document.

    Parameters
    ----------
    path : Path
        The folder, or the `.txt` or the `.ann` file.

    Raises
    ------
    DataError
        If there are no annotations, a text is missing, or a file is not in UTF-8.
    """
    if path.is_dir():
        folder, found = path, sorted(path.rglob("*.ann"))
    else:
        folder, found = path.parent, [path.with_suffix(".ann")]
        if path.suffix not in {".ann", ".txt"} or not path.is_file():
            expected = "a folder of .txt and .ann files, or one of them"
            refuse(str(path), "another file" if path.is_file() else "none", expected, "name the folder")
    if not found:
        refuse(str(path), "none", "files with the suffix .ann", "name the folder of the collection")
    problems: list[Problem] = []
    documents = {}
    for each in found:
        name = each.relative_to(folder).with_suffix("").as_posix()
        try:
            text = read_text(read_bytes(each.with_suffix(".txt")), str(each.with_suffix(".txt")))
            documents[name] = (str(each), text, read_text(read_bytes(each), str(each)))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    declared = _lines(folder / ANNOTATION_CONF)
    labels, colours = _shown(_lines(folder / VISUAL_CONF))
    ids = dict(line.removeprefix(IS_CODE).split(" ", 1) for _, line in declared if _IS_CODE.match(line))
    return Collection(documents, _declared(declared), labels, colours, ids)


def _lines(path: Path) -> list[tuple[str, str]]:
    """Return the lines of a configuration, each with its section; none where there is no such file."""
    if not path.is_file():
        return []
    section, lines = "", []
    for line in read_text(read_bytes(path), str(path)).splitlines():
        if match := _SECTION.fullmatch(line):
            section = match[1]
        elif _IS_CODE.match(line) or (line.strip() and not line.lstrip().startswith(("#", "<", "--"))):
            lines.append((section, line.rstrip()))
    return lines


def _declared(lines: list[tuple[str, str]]) -> dict[str, str]:
    """Return the types of spans, in their order, each with the one that it is indented below."""
    parents: dict[str, str] = {}
    above: list[str] = []
    for section, line in lines:
        if section not in {"entities", "events"} or line.startswith("#"):
            continue
        content = line.lstrip("\t")
        name = content.split()[0].lstrip("!")
        above = [*above[: len(line) - len(content)], name]
        parents.setdefault(name, above[-2] if len(above) > 1 and above[-2] != name else "")
    return parents


def _shown(lines: list[tuple[str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the labels and the colours of the types."""
    labels, colours = {}, {}
    for section, line in lines:
        if section == "labels" and "|" in line:
            name, label = (part.strip() for part in line.split("|")[:2])
            labels[name] = label
        elif section == "drawing" and (match := _COLOUR.search(line)):
            colours[line.split()[0]] = match[1].lower()
    return labels, colours

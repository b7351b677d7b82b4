"""The files of the PAN task on text alignment: pairs of suspicious and source texts in, detections out.

A task is a folder with the folders ``susp`` and ``src`` of text files and a file ``pairs`` that names one of each
in a line. What is found goes to one XML file for each pair, which the measures of PAN read.

References
----------
Potthast, M. et al. (2014). Overview of the 6th International Competition on Plagiarism Detection. CLEF 2014.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd

from sourcebook.core.decoding import INVISIBLE, decoded
from sourcebook.core.errors import DataError, Problem
from sourcebook.core.files import write_text

__all__ = ["is_task", "placed", "read_pairs", "task_paths", "write_detections"]

FEATURE = "detected-plagiarism"


def is_task(folder: Path) -> bool:
    """Return whether a folder holds a task."""
    return (folder / "pairs").is_file() and all((folder / part).is_dir() for part in ("susp", "src"))


def task_paths(folder: Path) -> tuple[list[Path], Path]:
    """Return the folders of texts of a task, the suspicious ones first, and its file of pairs."""
    return [folder / "susp", folder / "src"], folder / "pairs"


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """Return the pairs of a file that names a suspicious text and a source in each line.

    Names are given as the ids of the texts: without ``.txt``, letters composed.

    Raises
    ------
    DataError
        For a line that does not hold two names, or a file that is no UTF-8.
    """
    pairs, problems = [], []
    path.stat()  # a file that is not there is an error of the machine
    text, problem = decoded(path, str(path))
    if problem is not None:
        raise DataError([problem])
    lines = unicodedata.normalize("NFC", text).lstrip(INVISIBLE).splitlines()
    for line, row in enumerate(lines, 1):
        names = [name.removesuffix(".txt") for name in row.split()]
        if len(names) == 2:
            pairs.append((names[0], names[1]))
        elif names:
            problems.append(
                Problem(
                    file=str(path),
                    line=line,
                    column="",
                    found=f"{len(names)} names",
                    expected="a suspicious text and a source",
                    action="write both names in one line, with a space between them",
                )
            )
    if problems:
        raise DataError(problems)
    return pairs


def placed(problems: Iterable[Problem], path: Path) -> list[Problem]:
    """Return problems with the line of the file for those of a pair, which are counted without empty lines.

    Parameters
    ----------
    problems : iterable of Problem
        As :func:`sourcebook.reuse.shared_passages` finds them.
    path : Path
        The file that :func:`read_pairs` read.
    """
    rows = path.read_text(encoding="utf-8-sig").splitlines()
    lines = [line for line, row in enumerate(rows, 1) if row.split()]
    return [
        replace(each, file=str(path), line=lines[each.line - 1]) if each.file == "pairs" else each
        for each in problems
    ]


def write_detections(
    found: pd.DataFrame, folder: Path, pairs: Iterable[tuple[str, str]] | None = None
) -> list[Path]:
    """Write one XML file for each pair of texts.

    Parameters
    ----------
    found : DataFrame
        As :func:`sourcebook.reuse.shared_passages` returns it.
    folder : Path
        Where the files go; made if it is not there.
    pairs : iterable of (str, str), optional
        Suspicious text and source of each file, also of one without a passage. Without it the text that was
        given first counts as suspicious, and pairs without passages have no file.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    DataError
        For pairs whose files would have one name, and for files that something else wrote; then none is written.
    """
    rows: dict[tuple[str, str], list[tuple[int, int, int, int]]] = {}
    columns = ["source_a", "start_a", "end_a", "source_b", "start_b", "end_b"]
    for a, start_a, end_a, b, start_b, end_b in found[columns].itertuples(index=False, name=None):
        rows.setdefault((a, b), []).append((start_a, end_a, start_b, end_b))
    files = _names(rows if pairs is None else dict.fromkeys(pairs), folder)
    folder.mkdir(parents=True, exist_ok=True)
    for (suspicious, source), file in files.items():
        spans = list(rows.get((suspicious, source), []))
        if pairs is not None and suspicious != source:
            spans += [(c, d, a, b) for a, b, c, d in rows.get((source, suspicious), [])]
        root = _document(suspicious, source, sorted(spans))
        text = ElementTree.tostring(root, encoding="unicode")
        write_text(file, f"<?xml version='1.0' encoding='utf-8'?>\n{text}")
    return list(files.values())


def _names(pairs: Iterable[tuple[str, str]], folder: Path) -> dict[tuple[str, str], Path]:
    """Return the file of each pair: by the last parts of both ids, or by the whole ids where the former are not enough.

    Files that are there are not overwritten if something else wrote them, such as the truth of a task.
    """
    short = {pair: f"{Path(pair[0]).name}-{Path(pair[1]).name}.xml" for pair in pairs}
    repeated = {
        name.casefold() for name, many in Counter(map(str.casefold, short.values())).items() if many > 1
    }
    names = {
        pair: folder / ("-".join(pair).replace("/", "-") + ".xml" if name.casefold() in repeated else name)
        for pair, name in short.items()
    }
    seen: dict[str, tuple[str, str]] = {}
    problems = []
    for pair, file in names.items():
        other = seen.setdefault(file.name.casefold(), pair)
        if other != pair:
            what = f"{' and '.join(pair)}, as of {' and '.join(other)}"
            problems.append(Problem(str(file), 0, "", what, "one pair in a file", "rename one of the texts"))
        elif file.exists() and not _is_ours(file):
            what = "a file that was not written here"
            problems.append(
                Problem(str(file), 0, "", what, "none, or detections", "name another folder with -o")
            )
    if problems:
        raise DataError(problems)
    return names


def _is_ours(file: Path) -> bool:
    """Return whether a file holds detections and nothing else."""
    try:
        root = ElementTree.parse(file).getroot()
    except (ElementTree.ParseError, OSError):
        return False
    return root.tag == "document" and all(each.get("name") == FEATURE for each in root)


def _document(
    suspicious: str, source: str, spans: Sequence[tuple[int, int, int, int]]
) -> ElementTree.Element:
    root = ElementTree.Element("document", reference=f"{suspicious}.txt")
    for start, end, source_start, source_end in spans:
        ElementTree.SubElement(
            root,
            "feature",
            name=FEATURE,
            this_offset=str(start),
            this_length=str(end - start),
            source_reference=f"{source}.txt",
            source_offset=str(source_start),
            source_length=str(source_end - source_start),
        )
    ElementTree.indent(root)
    return root

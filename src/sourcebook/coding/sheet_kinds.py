"""Say of a workbook or CSV file that is no sheet of the kind that was asked for what it is, and what reads it."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from sourcebook.core.errors import Problem

__all__ = ["missing_columns", "other_book", "other_file", "what_writes"]

_CODING, _ANNOTATIONS = "Coding", "Annotations"
#: The command that writes a workbook whose first sheet has a name.
_WRITTEN_BY = {_CODING: "sourcebook sheet -o new.xlsx", _ANNOTATIONS: "sourcebook export sheet -o new.xlsx"}
#: What each is called, the command that reads it, and columns by which a CSV file is known.
_KINDS = {
    _CODING: ("a coding sheet", "sourcebook code", frozenset({"sentence_id", "question"})),
    _ANNOTATIONS: ("a sheet of annotations", "sourcebook import sheet", frozenset({"document_id", "exact"})),
}
_SHOWN = 8  # columns of another file


def what_writes(sheet: str) -> str:
    """Return the advice that names the command which writes a sheet.

    Examples
    --------
    >>> what_writes("Coding")
    '`sourcebook sheet -o new.xlsx` writes one'
    """
    return f"`{_WRITTEN_BY[sheet]}` writes one" if sheet in _WRITTEN_BY else "give another file"


#: Columns that a coding sheet shows and that nobody fills in.
_SHOWN_ONLY = ("text", "suggestions")


def missing_columns(
    columns: Collection[str], needed: Iterable[str], begin: str
) -> Iterator[tuple[str, str, str, str]]:
    """Yield each column that a sheet lacks: the column whose name it seems to have, found, expected, what to do.

    Parameters
    ----------
    columns, needed : collection of str, iterable of str
        The names in the first row, and those that must be there.
    begin : str
        How to begin anew.

    Examples
    --------
    >>> list(missing_columns(["Value ", "mine"], ["value", "voice"], "begin anew"))[0][:3]
    ('Value ', "'Value '", 'a column value')
    >>> list(missing_columns(["value", "Sprecher"], ["value", "voice"], "begin anew"))[0][:3]
    ('Sprecher', "'Sprecher'", 'a column voice')
    >>> list(missing_columns(["value", "mine", "hers"], ["value", "voice"], "begin anew"))[0][:3]
    ('', 'no such column', 'a column voice')
    """
    needed = list(needed)
    others = {
        name.strip().lower().replace(" ", "_"): name
        for name in columns
        if name not in (*needed, *_SHOWN_ONLY)
    }
    lacking = [name for name in needed if name not in columns]
    for missing in lacking:
        only = list(others) if len(others) == len(lacking) == 1 else []
        near = difflib.get_close_matches(missing, others, n=1, cutoff=0.7) or only
        if near:
            now = others.pop(near[0])
            yield now, repr(now), f"a column {missing}", f"write {missing} there, or begin anew: {begin}"
        else:
            action = f"name it in the first row, or begin anew: {begin}"
            yield "", "no such column", f"a column {missing}", action


def other_file(
    path: Path,
    found: Mapping[str, Sequence[str]],
    others: Collection[str],
    wanted: Mapping[str, Iterable[str]],
) -> Problem | None:
    """Return the problem of a file that is no sheet of the kind that was asked for; None if it is one.

    Parameters
    ----------
    path : Path
        The file.
    found : mapping of str to sequence of str
        The columns of each sheet that was read.
    others : collection of str
        The names of all sheets of a workbook; none for a CSV file.
    wanted : mapping of str to iterable of str
        The sheets that can be there, the one that must be first, each with the columns that it needs.

    Examples
    --------
    >>> other_file(Path("a.xlsx"), {}, ["Table1"], {"Coding": ["sentence_id"]}).found
    'the sheets Table1'
    """
    first = next(iter(wanted))
    columns, needed = list(found.get(first, ())), list(wanted[first])
    if set(columns) & set(needed):
        return None
    action = f"name the sheet and its columns so, or begin anew: {what_writes(first)}"
    for name, (called, command, known) in _KINDS.items():
        if name != first and (name in others or known <= set(columns)):
            action = f"it looks like {called}: give it to `{command} {path}`"
    expected = f"a first row that names the columns {', '.join(needed)}"
    if path.suffix.lower() != ".csv":
        expected = f"a sheet {first} with {expected}"
    more = f" and {len(columns) - _SHOWN} more" if len(columns) > _SHOWN else ""
    told = (
        f"the columns {', '.join(columns[:_SHOWN])}{more}" if columns else f"the sheets {', '.join(others)}"
    )
    return Problem(str(path), 0, "", told, expected, action)


def other_book(path: Path, sentences: Iterable[str], known: Collection[str]) -> Problem | None:
    """Return the problem of a coding sheet most of whose sentences are not those of the data; None if they are.

    Parameters
    ----------
    path : Path
        The file.
    sentences : iterable of str
        The ids of sentences in the sheet.
    known : collection of str
        The ids of all sentences of the data.

    Examples
    --------
    >>> other_book(Path("a.xlsx"), ["x.s001", "x.s002", "a.s001"], {"a.s001", "a.s002"}).found
    'a sheet of other documents: 2 of its 3 sentences are not here, such as x.s001'
    """
    own = dict.fromkeys(sentences)
    other = [name for name in own if name not in known]
    if len(other) < 2 or 2 * len(other) <= len(own):
        return None
    found = f"a sheet of other documents: {len(other)} of its {len(own)} sentences are not here, such as {other[0]}"
    expected = "a sheet of the documents of this data folder"
    action = f"name the data folder of its book with --data, or begin anew: {what_writes(_CODING)}"
    return Problem(str(path), 0, "", found, expected, action)

"""Merge what was changed in a sheet into a table, and leave alone what was not changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from sourcebook.coding.workbook import Row, Workbook
from sourcebook.core.errors import Problem

__all__ = ["FIRST_LINE", "Merge", "merge_rows"]

#: Lines of rows that a sheet changes, above those of any file, by which their problems are found again.
FIRST_LINE = 10**9

_Cells = dict[str, str]


@dataclass(kw_only=True)
class Merge:
    """What a sheet makes of a table.

    Attributes
    ----------
    changed : dict of str to (Row, dict)
        Rows of the table that change, by key, each with the row of the sheet and the cells that are new.
    added : list of Row
        Rows that are new.
    cleared : list of str
        Keys of rows that the sheet held and holds no longer, or only with empty cells; the table keeps them.
    gone : list of str
        Keys of rows that the table held and holds no longer; what the sheet has of them is left out.
    problems : list of Problem
        Cells that were changed in the sheet and in the table.
    """

    changed: dict[str, tuple[Row, _Cells]] = field(default_factory=dict)
    added: list[Row] = field(default_factory=list)
    cleared: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def merge_rows(
    book: Workbook,
    sheet: str,
    table: Mapping[str, _Cells],
    key_of: Callable[[Row], str],
    columns: Iterable[str],
    key_columns: Iterable[str] = (),
    *,
    given: bool = False,
) -> Merge:
    """Compare a sheet with what it held when it was written, and with the table as it is now.

    Parameters
    ----------
    book : Workbook
        As it was read.
    sheet : str
        The sheet.
    table : mapping of str to dict
        The rows of the table as the sheet would show them, by key.
    key_of : callable
        Returns the key of a row of the sheet, an empty text where it has none.
    columns : iterable of str
        The columns that can be filled in.
    key_columns : iterable of str
        Those of them that make the key.
    given : bool
        Whether keys are given by the program: then a key that the table does not have is of a row that it had.
    """
    merge, seen = Merge(), set[str]()
    before = book.before.get(sheet, {})
    names = [name for name in columns if name in book.sheets[sheet].columns]
    key_names = set(key_columns)
    for row in _originals_first(book.sheets[sheet].rows, key_of, before):
        key = key_of(row)
        filled = any(row.cells.get(name, "") for name in names if name not in key_names)
        if not key or key not in table or key in seen:
            was = before.get(key, {})
            if key not in seen and (_same(row.cells, was, names) if key in before else key and given):
                merge.gone.append(key)
            elif filled and not (key in seen and _same(row.cells, table[key], names)):
                merge.added.append(row)
            continue
        seen.add(key)
        if not filled:
            merge.cleared.append(key)
            continue
        now, was = table[key], before.get(key, table[key])
        new = {
            name: row.cells.get(name, "") for name in names if row.cells.get(name, "") != was.get(name, "")
        }
        new = {name: cell for name, cell in new.items() if cell != now.get(name, "")}
        for name, cell in new.items():
            if now.get(name, "") != was.get(name, ""):
                found = f"{cell!r}, and {now.get(name, '')!r} in the data, where it was {was.get(name, '')!r} before"
                expected, action = (
                    "a change in one of the two",
                    "write what is right into the sheet and the data",
                )
                merge.problems.append(book.problem(sheet, row.number, name, found, expected, action))
        if new:
            merge.changed[key] = (row, new)
    merge.cleared += [key for key in before if key in table and key not in seen]
    return merge


def _originals_first(
    rows: list[Row], key_of: Callable[[Row], str], before: Mapping[str, Mapping[str, str]]
) -> list[Row]:
    """Return the rows; of several with one key, as copies of a row have it, first the one that is as it was."""

    def copied(row: Row) -> bool:
        was = before.get(key_of(row))
        return was is not None and any(row.cells.get(name, "") != cell for name, cell in was.items())

    return sorted(rows, key=copied)


def _same(cells: Mapping[str, str], other: Mapping[str, str], names: Iterable[str]) -> bool:
    return all(cells.get(name, "") == other.get(name, "") for name in names)

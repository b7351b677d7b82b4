"""Merge what was changed in a sheet into a table, and leave alone what was not changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from sourcebook.coding.workbook import Row, Workbook
from sourcebook.core.errors import Problem

__all__ = ["FIRST_LINE", "Merge", "both_changed", "merge_rows", "originals_first"]

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
    older : list of str
        Keys of rows in which the table was changed and the sheet was not; the table keeps what it has.
    problems : list of Problem
        Cells that were changed in the sheet and in the table.
    """

    changed: dict[str, tuple[Row, _Cells]] = field(default_factory=dict)
    added: list[Row] = field(default_factory=list)
    cleared: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    older: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def drop_reasons(self, sources: Mapping[str, _Cells]) -> None:
        """Empty the note of a proposed date where a person gives another one, of which it says nothing."""
        for source, (_, cells) in self.changed.items():
            is_proposed = "date_published" in sources[source].get("proposed", "").split(";")
            if "date_published" in cells and is_proposed:
                cells.setdefault("date_note", "")


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
    """Compare a sheet with what it held at the last run, and with the table as it is now.

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
    for row in originals_first(book.sheets[sheet].rows, key_of, before):
        key = key_of(row)
        filled = any(row.cells.get(name, "") for name in names if name not in key_names)
        if not key or key not in table or key in seen:
            was = before.get(key, {})
            if (
                filled
                and key not in seen
                and (_same(row.cells, was, names) if key in before else key and given)
            ):
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
            name: row.cells.get(name, "")
            for name in names
            if not (_same(row.cells, was, [name]) or _same(row.cells, now, [name]))
        }
        for name, cell in new.items():
            if not _same(now, was, [name]):
                is_now, earlier = now.get(name, ""), was.get(name, "")
                merge.problems.append(both_changed(book, sheet, row.number, name, cell, is_now, earlier))
        if new:
            merge.changed[key] = (row, new)
        left = [name for name in names if name not in new and name not in key_names]
        if not _same(row.cells, now, left):
            merge.older.append(key)
    merge.cleared += [key for key in before if key in table and key not in seen]
    return merge


def originals_first(
    rows: list[Row], key_of: Callable[[Row], str], before: Mapping[str, Mapping[str, str]]
) -> list[Row]:
    """Return the rows; of several with one key, as copies of a row have it, first the one that is as it was.

    Parameters
    ----------
    rows : list of Row
        The rows of a sheet.
    key_of : callable
        Returns the key of a row.
    before : mapping of str to dict
        What the sheet held at the last run, by key.
    """

    def copied(row: Row) -> bool:
        was = before.get(key_of(row))
        return was is not None and any(row.cells.get(name, "") != cell for name, cell in was.items())

    return sorted(rows, key=copied)


def both_changed(book: Workbook, sheet: str, row: int, column: str, cell: str, now: str, was: str) -> Problem:
    """Return the problem of a cell that was changed in the sheet and in the table.

    Parameters
    ----------
    book : Workbook
        As it was read.
    sheet, row, column : str, int, str
        The cell.
    cell, now, was : str
        What the sheet has, what the table has, and what the sheet had at the last run.
    """
    found = f"{cell!r}, and {now!r} in the data, where it was {was!r} before"
    action = "write what is right into the sheet and the data"
    return book.problem(sheet, row, column, found, "a change in one of the two", action)


def _same(cells: Mapping[str, str], other: Mapping[str, str], names: Iterable[str]) -> bool:
    """Return whether cells are the same, whatever line ends a program gave them."""
    return all(_plain(cells.get(name, "")) == _plain(other.get(name, "")) for name in names)


def _plain(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n")

"""Exceptions, and the shape of a data problem that a reader can act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

__all__ = [
    "AnchorError",
    "DataError",
    "HashMismatchError",
    "ParseError",
    "Problem",
    "SourcebookError",
]


#: What is found is cut in messages after so many characters.
_LONGEST = 300


class SourcebookError(Exception):
    """Base class of every error that sourcebook raises on purpose."""


class ParseError(SourcebookError, ValueError):
    """A string that does not follow the grammar it was given for.

    The message names the string, what was expected, and the position where reading stopped.
    """


class AnchorError(SourcebookError, LookupError):
    """A quote whose place in a document is absent or not certain."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in one cell of a table.

    Attributes
    ----------
    file : str
        Path of the table, relative to the data folder.
    line : int
        Line of the file where the record starts; the header is line 1. 0 where no line applies.
    column : str
        Name of the column, or an empty string where the whole record is meant.
    found, expected : str
        What the cell holds, and what it should hold.
    action : str
        What to do next.
    cell : str
        Sheet and address of the cell of a workbook, which is said instead of line and column.
    """

    file: str
    line: int
    column: str
    found: str
    expected: str
    action: str = ""
    cell: str = ""

    def __str__(self) -> str:
        """Return the one-line form ``file:line:column: expected …, found …``."""
        place = (self.cell,) if self.cell else (self.line or "", self.column)
        where = ":".join(str(part) for part in (self.file, *place) if part != "")
        tail = f" → {self.action}" if self.action else ""
        found = (
            self.found
            if len(self.found) <= _LONGEST
            else f"{self.found[:_LONGEST]}… ({len(self.found):,} characters)"
        )
        return f"{where}: expected {self.expected}, found {found}{tail}"


class DataError(SourcebookError):
    """Every problem of a set of tables, together.

    Parameters
    ----------
    problems : iterable of Problem
        Kept in ``problems``, sorted by file, line and column.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda p: (p.file, p.line, p.column, p.found))
        noun = "problem" if len(self.problems) == 1 else "problems"
        super().__init__(
            f"{len(self.problems)} {noun} in the data:\n" + "\n".join(f"  {p}" for p in self.problems)
        )

    def __reduce__(self) -> tuple[type[DataError], tuple[list[Problem]], dict[str, Any]]:
        """Let an error of a worker process reach the one that asked."""
        return type(self), (self.problems,), self.__dict__


class HashMismatchError(DataError):
    """Raw files whose bytes are not those that the registry records, and nothing else is wrong."""

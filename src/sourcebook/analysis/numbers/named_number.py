"""The shape of a named value: name, display, rows behind it, what was counted."""

from __future__ import annotations

from collections.abc import Iterable

from sourcebook.core.errors import DataError, Problem

__all__ = ["Row", "count", "each_name_once", "slug"]

#: ``name, display, rows, how``.
Row = tuple[str, str, str, str]


def count(name: str, ids: Iterable[str], how: str) -> Row:
    """Return a value that counts rows, with the rows that it counts."""
    listed = list(ids)
    return name, f"{len(listed):,}", ";".join(listed), how


def slug(words: object) -> str:
    """Return words as part of a name."""
    return "-".join(str(words).lower().split())


def each_name_once(rows: Iterable[Row]) -> list[Row]:
    """Leave out what is said twice, and refuse one name for two values.

    Raises
    ------
    DataError
        With every name that has two values.

    Examples
    --------
    >>> each_name_once([("n", "1", "a", "rows"), ("n", "1", "a", "rows")])
    [('n', '1', 'a', 'rows')]
    """
    first: dict[str, Row] = {}
    problems = []
    for row in rows:
        known = first.setdefault(row[0], row)
        if known != row:
            problems.append(
                Problem(
                    file="derived/values.csv",
                    line=0,
                    column="name",
                    found=f"{row[0]!r} again, as {row[1]!r} ({row[3]})",
                    expected=f"one value for a name; first it is {known[1]!r} ({known[3]})",
                    action="rename one of the terms or ids that the name is made of",
                )
            )
    if problems:
        raise DataError(problems)
    return list(first.values())

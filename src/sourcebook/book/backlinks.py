"""Which pages of a book print which values, and quote which passages.

The record lives in the build's environment, so that an incremental build keeps what it does not read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Use", "Uses", "places", "rows_of_values", "use_id", "value_id"]


class Uses:
    """What the pages print: names of values and ids of rows, each with its pages.

    Attributes
    ----------
    values, passages : dict of str to set of str
        Name of a value, or id of a row, to the pages that print it.
    shown : dict of str to dict of str to str
        Name of a value to what each page printed for it when it was read.
    late : set of str
        The pages that show what others print, and are therefore written last.
    """

    def __init__(self) -> None:
        self.values: dict[str, set[str]] = {}
        self.passages: dict[str, set[str]] = {}
        self.shown: dict[str, dict[str, str]] = {}
        self.late: set[str] = set()

    def print_value(self, page: str, name: str, display: str) -> None:
        """Note that a page prints a value.

        Parameters
        ----------
        page : str
            The page.
        name : str
            The value.
        display : str
            The value as the table has it, whichever form the page prints.
        """
        self.values.setdefault(name, set()).add(page)
        self.shown.setdefault(name, {})[page] = display

    def forget(self, page: str) -> None:
        """Drop what a page printed, before it is read again or is gone."""
        self.late.discard(page)
        for printed in self.shown.values():
            printed.pop(page, None)
        for record in (self.values, self.passages):
            for name in [name for name, pages in record.items() if page in pages]:
                record[name].discard(page)
                if not record[name]:
                    del record[name]

    def disagreements(self, current: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Yield each page that prints a value otherwise than the table now has it, with what is wrong.

        Parameters
        ----------
        current : mapping of str to str
            Name of a value to what a page read now would print.

        Yields
        ------
        tuple of str
            Page and message. Two pages cannot print one value differently without one of them being here.
        """
        for name, printed in sorted(self.shown.items()):
            now = current.get(name)
            told = ", ".join(f"{text!r} on {page}" for page, text in sorted(printed.items()))
            for page, text in sorted(printed.items()):
                if text != now:
                    yield (
                        page,
                        f"two values of one name: {name!r} is printed as {told}; expected {now!r}, as the table "
                        "of values has it now; build again from clean",
                    )

    @classmethod
    def of(cls, env: Any) -> Uses:
        """Return the record of a build's environment, a new one if there is none yet."""
        found = getattr(env, "sourcebook_uses", None)
        if not isinstance(found, cls):
            found = cls()
            env.sourcebook_uses = found
        return found


@dataclass(frozen=True, kw_only=True)
class Use:
    """A place where a page uses a row.

    Attributes
    ----------
    page : str
        The page.
    fragment : str
        The place on it.
    direct : bool
        Whether it prints or quotes this row alone; otherwise the row is one of several behind a number.
    """

    page: str
    fragment: str
    direct: bool


def use_id(name: str) -> str:
    """Return the address of the first place on a page that prints a value or quotes a row.

    Examples
    --------
    >>> use_id("claim.mill.c002")
    'use-claim.mill.c002'
    """
    return f"use-{_fragment(name)}"


def value_id(name: str) -> str:
    """Return the address of a value on the page of values.

    Examples
    --------
    >>> value_id("count.claims")
    'value-count.claims'
    """
    return f"value-{_fragment(name)}"


def _fragment(name: str) -> str:
    return re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-")


def rows_of_values(values: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the ids of the rows behind each value, by name."""
    return {name: tuple(filter(None, value["rows"].split(";"))) for name, value in values.items()}


def places(record: Uses, rows: Mapping[str, tuple[str, ...]]) -> dict[str, list[Use]]:
    """Return where the pages use each row.

    Parameters
    ----------
    record : Uses
        What the pages print.
    rows : mapping of str to tuple of str
        The rows behind each value.

    Returns
    -------
    dict of str to list of Use
        By row; one use a page, a direct one if there is one; direct ones first, then by page.
    """
    found: dict[str, dict[str, Use]] = {}

    def note(row: str, use: Use) -> None:
        known = found.setdefault(row, {}).setdefault(use.page, use)
        if use.direct and not known.direct:
            found[row][use.page] = use

    for row, pages in sorted(record.passages.items()):
        for page in pages:
            note(row, Use(page=page, fragment=use_id(row), direct=True))
    for name, pages in sorted(record.values.items()):
        behind = rows.get(name, ())
        for page in pages:
            for row in behind:
                note(row, Use(page=page, fragment=use_id(name), direct=len(behind) == 1))
    return {
        row: sorted(uses.values(), key=lambda use: (not use.direct, use.page))
        for row, uses in sorted(found.items())
    }

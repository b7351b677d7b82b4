"""Which pages of a book print which values, and quote which passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sourcebook.book.state import BookState
from sourcebook.render.addresses import fragment

__all__ = [
    "Backlink",
    "find_backlinks",
    "find_disagreements",
    "pages_by_passage",
    "pages_by_value",
    "use_id",
]


@dataclass(frozen=True, kw_only=True)
class Backlink:
    """A place where a page uses a row.

    Attributes
    ----------
    page : str
        The page.
    fragment : str
        The place on it.
    is_direct : bool
        Whether it prints or quotes this row alone; otherwise the row is one of several behind a number.
    """

    page: str
    fragment: str
    is_direct: bool


def pages_by_value(state: BookState) -> dict[str, list[str]]:
    """Return the pages that print each value, by its name, both sorted."""
    return _inverted({page: record.values for page, record in state.sorted_pages()})


def pages_by_passage(state: BookState) -> dict[str, list[str]]:
    """Return the pages that quote each row, by its id, both sorted."""
    return _inverted({page: record.passages for page, record in state.sorted_pages()})


def _inverted(names: Mapping[str, Mapping[str, str] | set[str]]) -> dict[str, list[str]]:
    pages: dict[str, list[str]] = {}
    for page, printed in names.items():
        for name in printed:
            pages.setdefault(name, []).append(page)
    return dict(sorted(pages.items()))


def find_disagreements(state: BookState, current: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each page that prints a value otherwise than the page of values now does, with what is wrong.

    Parameters
    ----------
    state : BookState
        What the pages print.
    current : mapping of str to str
        Name of a value to what a page read now would print.

    Yields
    ------
    tuple of str
        Page and message. Two pages cannot print one value differently without one of them being here.
    """
    for name, pages in pages_by_value(state).items():
        printed = {page: state.pages[page].values[name] for page in pages}
        listed = ", ".join(f"{text!r} on {page}" for page, text in printed.items())
        for page, text in printed.items():
            if text != current.get(name):
                yield (
                    page,
                    f"two values of one name: {name!r} is printed as {listed}; expected {current.get(name)!r}, "
                    "as the page of values has it now; build again from clean",
                )


def use_id(name: str) -> str:
    """Return the address of the first place on a page that prints a value or quotes a row.

    Examples
    --------
    >>> use_id("claim.mill.c002")
    'use-claim.mill.c002'
    """
    return f"use-{fragment(name)}"


def find_backlinks(state: BookState, rows_behind: Mapping[str, tuple[str, ...]]) -> dict[str, list[Backlink]]:
    """Return where the pages use each row.

    Parameters
    ----------
    state : BookState
        What the pages print.
    rows_behind : mapping of str to tuple of str
        The rows behind each value.

    Returns
    -------
    dict of str to list of Backlink
        By row; one a page, a direct one if there is one; direct ones first, then by page.
    """
    by_row: dict[str, dict[str, Backlink]] = {}

    def add(row: str, use: Backlink) -> None:
        known = by_row.setdefault(row, {}).setdefault(use.page, use)
        if use.is_direct and not known.is_direct:
            by_row[row][use.page] = use

    for row, pages in pages_by_passage(state).items():
        for page in pages:
            add(row, Backlink(page=page, fragment=use_id(row), is_direct=True))
    for name, pages in pages_by_value(state).items():
        rows = rows_behind.get(name, ())
        for page in pages:
            for row in rows:
                add(row, Backlink(page=page, fragment=use_id(name), is_direct=len(rows) == 1))
    return {
        row: sorted(uses.values(), key=lambda use: (not use.is_direct, use.page))
        for row, uses in sorted(by_row.items())
    }

"""How the cells of a table look, and whether a phone has room for them side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup

__all__ = ["css_of", "heads_of", "is_too_wide"]

#: A cell of a table: its markup, and its classes.
Cell = tuple[str, str]

#: An id such as ``author-2024-10.c003``, or a date in digits; one that is longer may wrap.
_ID, _LONGEST_ID = re.compile(r"[a-z0-9_]+(?:[-.][a-z0-9_]+)+"), 20

_TAG, _BREAK = re.compile(r"<[^>]*>"), re.compile(r"[\s/-]+")

#: A column with a longer text has room to read it on a phone also.
_LONG_TEXT = 60

#: What a phone has room for, in letters; between two columns; and in a column of prose.
_PHONE, _BETWEEN, _PROSE = 48, 2, 24


def _words(markup: str) -> str:
    """Return what a reader sees of a cell."""
    return Markup(_TAG.sub("", markup.replace("<br>", " "))).unescape()


def css_of(markup: str, *, right: bool) -> str:
    """Return the classes of a cell: a number is on the right, an id on one line."""
    words = _words(markup)
    names = ["sb-number"] * right + ["sb-id"] * (len(words) <= _LONGEST_ID and bool(_ID.fullmatch(words)))
    return " ".join(names)


def heads_of(texts: Sequence[str], columns: Sequence[Sequence[Cell]], right: Sequence[bool]) -> list[Cell]:
    """Return the heads of columns with their classes; a column of prose is one, if it is not the first.

    Parameters
    ----------
    texts : sequence of str
        The heads.
    columns : sequence of sequence of (str, str)
        The cells of each column.
    right : sequence of bool
        Whether a column holds numbers.
    """
    prose = [i > 0 and any(len(_words(m)) > _LONG_TEXT for m, _ in cells) for i, cells in enumerate(columns)]
    css = ["sb-prose" if p else css_of("", right=r) for p, r in zip(prose, right, strict=True)]
    return list(zip(texts, css, strict=True))


def _least(head: Cell, cells: Sequence[Cell]) -> int:
    """Return how narrow a column can be, in letters: its longest word, or a cell that stays on one line."""
    pieces = [*head[0].split(), " " * (_PROSE if head[1] == "sb-prose" else 0)]
    for markup, css in cells:
        words = _words(markup)
        pieces += [words] if css or "sb-relation" in markup else _BREAK.split(words)
    return max(map(len, pieces))


def is_too_wide(heads: Sequence[Cell], columns: Sequence[Sequence[Cell]]) -> bool:
    """Return whether a phone has no room for the columns side by side.

    Parameters
    ----------
    heads : sequence of (str, str)
        From :func:`heads_of`.
    columns : sequence of sequence of (str, str)
        The cells of each column.

    Examples
    --------
    >>> is_too_wide([("mill", ""), ("note", "")], [[("Long Mill", "")], [("It burned.", "")]])
    False
    >>> is_too_wide([("mill", ""), ("note", "sb-prose")], [[("Wassermühlengenossenschaft", "")], [("It burned.", "")]])
    True
    """
    rooms = [_least(head, cells) + _BETWEEN for head, cells in zip(heads, columns, strict=True)]
    return sum(rooms) > _PHONE

"""Numbers that are part of a longer token: B52, 3/4/2001, co-2."""

from __future__ import annotations

import re

from sourcebook.parsing.quantities.readers import Readers

__all__ = ["attached"]

_TOKEN = re.compile(r"\w+(?:[-‐–−]\w+)*")
_HYPHENS = frozenset("-‐‑–−")
_ATTACHED = frozenset("_@#\\&^√")
_SECOND = re.compile(r"\d+(?:[.,]\d+)*\s?[°º]?[^\W\d_]")


def attached(readers: Readers, text: str, low: str, at: int, done: int) -> tuple[int, int]:
    """Return where to go on if what begins here is part of a longer token, else 0; and where the number begins.

    Parameters
    ----------
    readers : Readers
    text, low : str
        The text, and the same in lower case.
    at, done : int
        The place, and the end of what was read before.

    Returns
    -------
    tuple of int
    """
    before, digit, farther = low[at - 1] if at else " ", low[at].isdigit(), low[at - 2] if at > 1 else " "
    stuck = False
    if before.isspace():
        pass
    elif digit and before == "." and not farther.isalnum():
        at -= 1
    elif before.isalnum() or before in _ATTACHED:
        stuck = True
    elif before in _HYPHENS:
        stuck = farther.isalpha() or farther == ")"
    elif digit:
        stuck = before == ")" or (
            before in "(./,:'’" and (farther.isalpha() or (farther.isalnum() and before != "("))
        )
        if before == "/" and done == at - 1 and farther.isalpha() and _SECOND.match(low, at):
            stuck = False  # 40°C/104°F
    money = readers.grammar.units.money_before(text, low, at) if stuck and before.isprintable() else None
    if stuck and (money is None or money[1] < done):
        token = _TOKEN.match(low, at)
        return (token.end() if token else at + 1), at
    return (readers.context.token_end(low, at) if digit else 0), at

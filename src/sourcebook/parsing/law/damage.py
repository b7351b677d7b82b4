"""Texts with marks that were left in them on their way: soft hyphens, blanks of no width, tags and entities."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

__all__ = ["Mended", "mended"]

_LEFT = re.compile(
    r"[\u00ad\u200b-\u200d\u2060\ufeff]+|(?<=[a-z])[-\u2010]\r?\n(?=[a-z])|</?(?:i|b|u|em|strong|span)>"
    r"|&(?:nbsp|thinsp|sect|quot|[lr][sd]quo|ndash|amp|#160|#167|#xa0);",
    re.IGNORECASE,
)
_ANY = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff<&]|[-\u2010]\r?\n")


@dataclass(frozen=True, slots=True)
class Mended:
    """A text without such marks, and where its parts begin in both.

    Attributes
    ----------
    text : str
    starts : sequence of tuple of int
        Where each part that is as it was begins here, and there.
    """

    text: str
    starts: Sequence[tuple[int, int]]

    def place(self, position: int, *, end: bool = False) -> int:
        """Return where a position is in the text as it was; an end is before the marks that follow it."""
        wanted = position - end
        number = bisect_right(self.starts, wanted, key=itemgetter(0)) - 1
        here, there = self.starts[number] if number >= 0 else (0, 0)
        return there + wanted - here + end


def mended(text: str) -> Mended | None:
    """Return a text without the marks that do not belong to it, or None if there are none.

    Examples
    --------
    >>> found = mended("Art<i>icle</i> 6")
    >>> found and (found.text, found.place(8), found.place(7, end=True))
    ('Article 6', 15, 10)
    """
    if not _ANY.search(text):
        return None
    parts, starts, end, length = list[str](), list[tuple[int, int]](), 0, 0
    for mark in _LEFT.finditer(text):
        meant = html.unescape(mark[0]) if mark[0][0] == "&" else ""
        for part, there in ((text[end : mark.start()], end), (meant, mark.start())):
            if part:
                starts.append((length, there))
                parts.append(part)
                length += len(part)
        end = mark.end()
    if not end:
        return None
    starts.append((length, end))
    return Mended("".join(parts) + text[end:], starts)

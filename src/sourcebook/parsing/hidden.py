"""What nobody sees in a text, and markup, taken out before it is read for dates or citations, with the places kept."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from sourcebook.text.folding import BROKEN, Folded, drop_hidden, drop_markup, is_joined

__all__ = ["places_in", "raw_span", "shown", "unstressed"]

_SIGNS = "\xad\u200b-\u200f\u2060-\u2064\ufeff"
_STRESS = re.compile(r"[_*]{1,3}")
_DAMAGED = re.compile(rf"[{_SIGNS}<&]|\*\*?\d")
_DIVIDED = re.compile(r"[-\u2010]\r?\n")
#: Between a letter and a digit such a sign parts two words.
_PARTS = re.compile(rf"(?<=[^\W\d_])[{_SIGNS[1:]}]+(?=\d)|(?<=\d)[{_SIGNS[1:]}]+(?=[^\W\d_])")


def shown(text: str, *, joined: bool = False) -> Folded:
    r"""Return a text without soft hyphens, zero-width signs, tags and emphasis, and with its entities as characters.

    Parameters
    ----------
    text : str
    joined : bool, default False
        Whether words are put together that the end of a line divides.

    Returns
    -------
    Folded

    Examples
    --------
    >>> shown("Art<i>icle</i>&nbsp;6 of the Conven-\ntion", joined=True).text
    'Article\xa06 of the Convention'
    """
    folded = Folded(text=text)
    if _DAMAGED.search(text):
        for pattern, put in (*drop_markup(text), (_PARTS, lambda match: " "), *drop_hidden):
            folded = folded.edit(pattern, put)
    if joined and _DIVIDED.search(folded.text):
        folded = folded.edit(BROKEN, lambda match: "" if is_joined(match) else match.group())
    return folded


def unstressed(folded: Folded) -> Folded:
    """Return what is shown of a text without the signs by which Markdown stresses words.

    Parameters
    ----------
    folded : Folded

    Returns
    -------
    Folded

    Examples
    --------
    >>> unstressed(Folded(text="the _Covenant_ and snake_case")).text
    'the Covenant and snake_case'
    """
    return folded.edit(_STRESS, _unless_stress) if "_" in folded.text or "*" in folded.text else folded


def _unless_stress(match: re.Match[str]) -> str:
    """Return nothing for a sign that opens or closes words, or the sign."""
    before = match.string[max(0, match.start() - 1) : match.start()]
    after = match.string[match.end() : match.end() + 1]
    opens = not before.isalnum() and (after.isalpha() or after == "(")
    closes = (before.isalnum() or before in (".", ")")) and not after.isalnum()
    return "" if opens or closes else match[0]


def places_in(folded: Folded, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return where places of the raw text are in what is shown of it."""
    if folded.starts is None or folded.ends is None:
        return list(places)
    starts, ends = folded.starts, folded.ends
    return [
        (int(np.searchsorted(ends, start, side="right")), int(np.searchsorted(starts, end)))
        for start, end in places
    ]


def raw_span(folded: Folded, start: int, end: int) -> tuple[int, int]:
    """Return where a stretch of what is shown of a text is in the text.

    Parameters
    ----------
    folded : Folded
    start, end : int
        Half-open, and not empty.

    Returns
    -------
    tuple of int
    """
    if folded.starts is None or folded.ends is None:
        return start, end
    return int(folded.starts[start]), int(folded.ends[end - 1])

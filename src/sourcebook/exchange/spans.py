"""Stretches of a text as files give them: by numbers that one tool counts so and another so, with words or without."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from sourcebook.core.errors import DataError, Problem
from sourcebook.exchange.offsets import NOWHERE, Places, code_points, same_lines

__all__ = ["MOST_QUOTED", "WAYS", "Way", "placed", "quoted"]

#: How many characters the annotations of one file may quote together: what is beyond it is no work of people.
MOST_QUOTED = 200_000_000

Way = Callable[[str, Sequence[int]], Places]

_SPACE = re.compile(r"\s+")


def _points(text: str, places: Sequence[int] | Places) -> Places:
    asked: Places = np.asarray(places, dtype=np.int64)
    return np.where((asked >= 0) & (asked <= len(text)), asked, NOWHERE)


def _line_feeds(text: str, places: Sequence[int]) -> Places:
    """Return places that were counted in a copy of the text whose lines end with a line feed alone."""
    plain = text.replace("\r\n", "\n")
    found = same_lines(plain, text)
    asked = _points(plain, places)
    return asked if found is None else np.where(asked == NOWHERE, NOWHERE, found[np.maximum(asked, 0)])


def _line_ends(text: str, places: Sequence[int]) -> Places:
    """Return places that were counted in a copy of the text whose lines end with two characters."""
    longer = text.replace("\r\n", "\n").replace("\n", "\r\n")
    found = same_lines(longer, text)
    asked = _points(longer, places)
    return asked if found is None else np.where(asked == NOWHERE, NOWHERE, found[np.maximum(asked, 0)])


def _after_mark(text: str, places: Sequence[int]) -> Places:
    """Return places that were counted with a mark at the start of the file that is no part of the text."""
    return _points(text, np.asarray(places, dtype=np.int64) - 1)


#: The ways in which tools count places, by what a person calls them.
WAYS: Mapping[str, Way] = MappingProxyType(
    {
        "code points": _points,
        "UTF-16 code units": code_points,
        "code points, a line end as one": _line_feeds,
        "code points, a line end as two": _line_ends,
        "code points, the byte order mark as one": _after_mark,
    }
)


def placed(
    text: str, stretches: Sequence[tuple[int, int, str]], ways: Sequence[str] = tuple(WAYS)
) -> tuple[list[tuple[int, int] | None], str]:
    r"""Return where stretches are, counted in the way in which most of them hold the words that the file gives.

    Parameters
    ----------
    text : str
        The text.
    stretches : sequence of tuple of (int, int, str)
        Start, end and words, runs of white space being equal; without words a stretch agrees with every way.
    ways : sequence of str
        The ways to try, names of :data:`WAYS`; of those that fit equally well the first is taken.

    Returns
    -------
    tuple of (list, str)
        For each stretch its half-open place in code points, or None where the text has not the words there; and the
        way that was taken.

    Examples
    --------
    >>> placed("a\U0001f309 bridge", [(4, 10, "bridge")])
    ([(3, 9)], 'UTF-16 code units')
    """
    best: list[tuple[int, int] | None] = []
    taken, most = "", -1
    for name in ways:
        starts = WAYS[name](text, [start for start, _, _ in stretches]).tolist()
        ends = WAYS[name](text, [end for _, end, _ in stretches]).tolist()
        found = [
            (start, end) if _holds(text, start, end, words) else None
            for start, end, (_, _, words) in zip(starts, ends, stretches, strict=True)
        ]
        count = sum(place is not None for place in found)
        if count > most:
            best, taken, most = found, name, count
        if most == len(stretches):
            break
    return best, taken


def _holds(text: str, start: int, end: int, words: str) -> bool:
    if start < 0 or end < start or end > len(text):
        return False
    if not words:
        return True
    if end - start > 2 * len(words) + 2:  # longer than the words with each line end as two
        return False
    found = text[start:end]
    if found == words or _SPACE.sub(" ", found) == _SPACE.sub(" ", words):
        return True
    same_ends = (found[:1], found[-1:]) == (words[:1], words[-1:])  # else a place may be wrong by a blank
    return same_ends and _SPACE.sub("", found) == _SPACE.sub("", words)


def quoted(text: str, places: Sequence[tuple[int, int] | None], name: str) -> list[str]:
    """Return the words of stretches that a file gives by their numbers alone; none where there is no place.

    Parameters
    ----------
    text : str
        The text.
    places : sequence of tuple of (int, int) or None
        Half-open, in code points.
    name : str
        The file, for the message.

    Raises
    ------
    DataError
        If they are longer together than :data:`MOST_QUOTED`.

    Examples
    --------
    >>> quoted("The bridge fell.", [(4, 10), None], "a.json")
    ['bridge', '']
    """
    total = sum(place[1] - place[0] for place in places if place)
    if total > MOST_QUOTED:
        found = f"annotations of {total:,} characters together"
        raise DataError([Problem(name, 0, "", found, f"at most {MOST_QUOTED:,}", "split the file")])
    return [text[place[0] : place[1]] if place else "" for place in places]

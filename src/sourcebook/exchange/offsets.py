"""Places in a text as other tools count them.

Sourcebook counts Unicode code points from 0, and an end is no longer in the stretch. Programs in Java and JavaScript
(UIMA, INCEpTION, Hypothesis, browsers) count UTF-16 code units, of which a character outside the basic plane has two.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

__all__ = ["NOWHERE", "code_points", "code_units", "same_lines"]

#: What stands for a place that a text does not have.
NOWHERE = -1

Places = npt.NDArray[np.int64]


def _units_before(text: str) -> Places:
    """Return for each code point, and the end, how many UTF-16 code units are before it."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return np.concatenate([[0], np.cumsum(1 + (points > 0xFFFF), dtype=np.int64)])


def code_points(text: str, units: Iterable[int]) -> Places:
    r"""Return places counted in code points, given in UTF-16 code units.

    Parameters
    ----------
    text : str
        The text.
    units : iterable of int
        The places, in any order.

    Returns
    -------
    numpy.ndarray
        `NOWHERE` for a place beyond the text, and for one within a character.

    Examples
    --------
    >>> code_points("a\U0001f309b", [0, 1, 3, 4, 2, 9]).tolist()
    [0, 1, 2, 3, -1, -1]
    """
    asked = np.asarray(list(units), dtype=np.int64)
    before = _units_before(text)
    found = np.clip(np.searchsorted(before, asked), 0, before.size - 1)
    return np.where(before[found] == asked, found, NOWHERE)


def code_units(text: str, points: Iterable[int]) -> Places:
    r"""Return places counted in UTF-16 code units, given in code points.

    Parameters
    ----------
    text : str
        The text.
    points : iterable of int
        The places, in any order.

    Returns
    -------
    numpy.ndarray
        `NOWHERE` for a place beyond the text.

    Examples
    --------
    >>> code_units("a\U0001f309b", [0, 1, 2, 3, 4]).tolist()
    [0, 1, 3, 4, -1]
    """
    asked = np.asarray(list(points), dtype=np.int64)
    inside = (asked >= 0) & (asked <= len(text))
    return np.where(inside, _units_before(text)[np.where(inside, asked, 0)], NOWHERE)


def same_lines(text: str, other: str) -> Places | None:
    r"""Return where each place of a text is in another that differs in line ends, and in a mark at its start, alone.

    Parameters
    ----------
    text, other : str
        Two texts.

    Returns
    -------
    numpy.ndarray or None
        For each place of `text`, the end included, the place in `other`; None if the texts differ otherwise.

    Examples
    --------
    >>> same_lines("\ufeffa\nb", "a\r\nb").tolist(), same_lines("a", "b") is None
    ([0, 0, 1, 3, 4], True)
    """
    if text == other:
        return np.arange(len(text) + 1, dtype=np.int64)
    (plain, places), (again, others) = _plain(text), _plain(other)
    if plain != again:
        return None
    at = np.searchsorted(places, np.arange(len(text) + 1))
    found: Places = others[at]
    return found


def _plain(text: str) -> tuple[str, Places]:
    """Return a text with line feeds alone and without a mark, and where each of its places is in the text."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").copy()
    kept = np.ones(points.size, dtype=bool)
    if points.size:
        returns = points == 0x0D
        kept[1:] &= ~((points[1:] == 0x0A) & returns[:-1])
        kept[0] = points[0] != 0xFEFF
        points[returns] = 0x0A
    places = np.concatenate([np.flatnonzero(kept), [points.size]]).astype(np.int64)
    return points[kept].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass"), places

"""Rows that name a larger row of their own table, and lead back to themselves."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["find_circles"]


def find_circles(larger: Mapping[str, str]) -> dict[str, list[str]]:
    """Find what leads back to itself, each thing looked at once.

    Parameters
    ----------
    larger : mapping of str to str
        What includes each thing; empty or left out where nothing does.

    Returns
    -------
    dict of str to list of str
        By each thing on a circle, the whole circle in order, from any of its things on.

    Examples
    --------
    >>> find_circles({"mill": "town", "town": "valley", "valley": "town"})
    {'town': ['town', 'valley'], 'valley': ['town', 'valley']}
    """
    found: dict[str, list[str]] = {}
    done: set[str] = set()
    for start in larger:
        path: dict[str, int] = {}
        name = start
        while name and name not in done and name not in path:
            path[name] = len(path)
            name = larger.get(name, "")
        if name in path:
            circle = list(path)[path[name] :]
            found |= dict.fromkeys(circle, circle)
        done.update(path)
    return found

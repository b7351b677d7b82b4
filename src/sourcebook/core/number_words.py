"""The number words of a language: one list for all who read them, in a table that another language can replace."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sourcebook.core.errors import ParseError

__all__ = ["NumberWords", "english", "number_words"]

_TABLES = ("ones", "tens", "magnitudes", "ordinals", "parts")


@dataclass(frozen=True, kw_only=True)
class NumberWords:
    """Words of numbers with their values.

    Attributes
    ----------
    ones : dict
        Words that may follow one of `tens`; in English those below twenty.
    tens : dict
        Words that one of `ones` may follow.
    magnitudes : dict
        Words that multiply the number before them.
    ordinals : dict
        Words that say which, and with a number before them name a part: third.
    parts : dict
        Other names of parts, with the number of parts in the whole: half, quarter.
    """

    ones: Mapping[str, int]
    tens: Mapping[str, int]
    magnitudes: Mapping[str, int]
    ordinals: Mapping[str, int]
    parts: Mapping[str, int]


def number_words(tables: Mapping[str, Any]) -> NumberWords:
    """Return the number words of a parsed table file.

    Parameters
    ----------
    tables : mapping
        With tables ``ones``, ``tens``, ``magnitudes``, ``ordinals`` and ``parts``, each from words in lower case to
        whole numbers; a missing one is empty.

    Returns
    -------
    NumberWords

    Raises
    ------
    ParseError
        A value is no whole number.

    Examples
    --------
    >>> number_words({"ones": {"uno": 1, "dos": 2}}).ones["dos"]
    2
    """
    for name in _TABLES:
        for word, value in tables.get(name, {}).items():
            if type(value) is not int or value < 0:
                raise ParseError(f"{name}.{word}: expected a whole number of 0 or more, found {value!r}")
    return NumberWords(**{name: dict(tables.get(name, {})) for name in _TABLES})


@cache
def english() -> NumberWords:
    """Return the number words of English.

    Examples
    --------
    >>> english().tens["forty"], english().ordinals["third"]
    (40, 3)
    """
    source = Path(__file__).with_name("numbers.en.toml")
    return number_words(tomllib.loads(source.read_text(encoding="utf-8")))

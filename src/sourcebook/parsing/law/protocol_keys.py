"""The numbers and years that tell protocols to one instrument from each other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sourcebook.core.number_words import english
from sourcebook.parsing.law.places import order

__all__ = ["ORDINALS", "Key", "keys_of"]

ORDINALS = tuple(english().ordinals)[:16]  # first to sixteenth
_EACH = re.compile(r"\d{1,2}(?:\s?bis)?|[IVX]+")


@dataclass(frozen=True, slots=True)
class Key:
    """A number or a year that tells a protocol from others, and where it is."""

    text: str
    start: int
    end: int


def keys_of(text: str, phrase: re.Match[str], before: re.Match[str]) -> list[Key]:
    """Return the numbers that a phrase gives to protocols.

    Parameters
    ----------
    text : str
    phrase : re.Match
        The word protocol with what follows it; its groups are ``nth`` and ``numbers``.
    before : re.Match
        What stands before the word; its groups are ``first``, ``second`` and ``year``.

    Returns
    -------
    list of Key
        In the order of the text.
    """
    keys = []
    for group in ("first", "second"):
        if word := (before[group] or "").lower():
            number = str(ORDINALS.index(word) + 1) if word in ORDINALS else word[:-2]
            keys.append(Key(number, before.start(group), before.end(group)))
    if phrase["nth"]:
        keys.append(Key(phrase["nth"], *phrase.span("nth")))
    start, end = phrase.span("numbers")
    for each in _EACH.finditer(text, start, end) if start >= 0 else ():
        place = order("".join(each[0].split()))
        keys.append(Key(f"{place[0]}{place[1]}" if place else each[0], each.start(), each.end()))
    if before["year"] and not keys:
        keys.append(Key(before["year"], *before.span("year")))
    return keys

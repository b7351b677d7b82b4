"""Fractions of several words above and below the line: three twenty-firsts, one hundred thirty-two fifths."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from sourcebook.parsing.quantities.lexicon import HYPHENS, STEP, Lexicon
from sourcebook.parsing.quantities.number import Number

__all__ = ["compound_fraction"]

_LONGEST = 12  # words
_HUNDRED = 100


def compound_fraction(
    low: str, start: int, lexicon: Lexicon, read: Callable[[str, int], tuple[Number | None, int]]
) -> Number | None:
    """Return the fraction in words at a place, if its words can be parted in one way only.

    Parameters
    ----------
    low : str
        The text in lower case.
    start : int
    lexicon : Lexicon
    read : callable
        Reads a number in words at a place.

    Returns
    -------
    Number or None
        None where there is no such fraction, or where it can be read in two ways: one hundred thirty fifths.
    """
    cuts: list[tuple[int, int]] = []
    end = _end(low, start)
    before = low[start:end]
    while (step := STEP.match(low, end)) and len(cuts) < _LONGEST:
        word = step["word"]
        plural = word.endswith("s") and word[:-1] in lexicon.numbers.ordinals
        if lexicon.magnitude(before) == _HUNDRED and (lexicon.part(word) or 0) > _HUNDRED:
            return None  # two hundred thousandths
        before = word
        if not (step["gap"].strip() in HYPHENS and step["gap"].strip()):
            cuts.append((end, step.start("word")))
        end = step.end()
        if plural or word in lexicon.numbers.ordinals:
            return _only(low, start, end - plural, cuts, read, plural=plural)
        if not lexicon.is_number(word):
            return None
    return None


def _end(low: str, start: int) -> int:
    end = start
    while end < len(low) and low[end].isalpha():
        end += 1
    return end


def _only(
    low: str,
    start: int,
    end: int,
    cuts: list[tuple[int, int]],
    read: Callable[[str, int], tuple[Number | None, int]],
    *,
    plural: bool,
) -> Number | None:
    """Return the fraction of the only cut that leaves a number above and an ordinal below.

    Parameters
    ----------
    low : str
    start, end : int
        Of the words, without the ending of the plural.
    cuts : list of tuple of int
        Where the numerator may end and the denominator begin.
    read : callable
    plural : bool
        Whether the denominator is in the plural.
    """
    found = []
    for close, first in cuts:
        top, last = read(low[:close], start)
        if top is None or last != close or top.form != "words" or (top.value > 1) != plural:
            continue
        bottom, last = read(low[:end], first)
        if bottom is not None and last == end and bottom.form in ("ordinal", "fraction"):
            part = Fraction(bottom.value)
            found.append(top.value / part if bottom.form == "ordinal" else top.value * part)
    if len(found) != 1:
        return None
    return Number(start=start, end=end + plural, value=found[0], coefficient=found[0], form="fraction")

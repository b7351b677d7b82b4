"""Where a text names places in instruments, whichever these are: one reading for each unit word."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from sourcebook.core.errors import ParseError
from sourcebook.core.number_words import english
from sourcebook.parsing.law.pinpoint_reader import (
    UNIT,
    Places,
    read_common_places,
    read_other_places,
    read_places,
)

__all__ = ["read_all_places"]

#: Between all articles of an instrument and those that are excepted.
_BUT = r"\s+(?:but|except|save|excluding|other\s+than)\s+(?:for\s+)?(?:[Aa]rt\w*\.?\s+)?\d"
_ALL_BUT = re.compile(_BUT)
#: A unit word with a number, quickly told from one without.
_LIKELY = re.compile(
    r"\d{1,2}[a-z]{2}\s+[pa]|[A-Za-z-]+\.?\s*[(\[]?(?:\d|[Nn][or]s?\.?\s?\d|№|number\s\d|as\s\d|violated:\s\d|[IVXLC]+(?![A-Za-z])|[A-Z](?!\w)|[a-z]\))|(?i:sub|po|le|li|cl|it)[a-z-]*\.?\s+[a-z][\s,]|[Pp]reamb|PREAMB|(?i:annex|appendix)|[§¶]"
    r"|[A-Za-z]+\s+(?:sub|par|sent|ind|preamb|limb|(?:point\s+)?of\s|art|and\s|or\s|to\s)|[A-Za-z]+,\s|at\s\["
    rf"|articles?{_BUT}"
    rf"|(?i:(?:art|princip|rule|guid|chap|part)[a-z]*\s+(?:{'|'.join((*english().tens, *english().ones))}))"
)
_DIGIT_NEAR = re.compile(rf"\s*[(\[]?\s*[\dIVX]|{_BUT}")
_LABEL_NEAR = re.compile(r"\s*\(?\s*(?:\d|[IVX]+(?!\w|\s+[a-z]{3})|[ivx]+\)|[a-z]\))")
_INSIDE = re.compile(r"[^.;]*(?P<of>\s(?:of|to|in)\s+(?:the\s+)?)")
#: The title of a general comment, which ends with an article; and the paragraphs of the comment itself after that.
_TITLE_OF_COMMENT = re.compile(
    r"(?i:general\s+(?:comment|recommendation))\s+(?:(?i:no\.?|n°)\s*)?[\dIVXL]+\s*(?:\(\d{4}\)\s*)?(?:,\s*|on\s)[^.;()]*$"
)
_OF_COMMENT = re.compile(r",\s+paras?\.\s")
_LONGEST_TITLE = 250
_LONGEST_INNER = 40  # characters between a place that is not understood and the one that it is in


def read_all_places(
    text: str, units: Sequence[int], names: Sequence[int] = ()
) -> tuple[list[Places], list[tuple[int, int]]]:
    """Return what the unit words of a text introduce, and where one could not be read to its end.

    Parameters
    ----------
    text : str
        Any text.
    units : sequence of int
        Where unit words may begin, in order.
    names : sequence of int, optional
        Where citations begin, in order: what is read of a place ends before the next.

    Returns
    -------
    list of Places
        None overlap.
    list of tuple of int
        Half-open places of unit words whose numbers are not understood.
    """
    found: list[Places] = []
    refused: list[tuple[int, int]] = []
    end = 0
    for start in units:
        if start < end:
            continue
        unit = None
        try:
            places = read_common_places(text, start)
            if places is None:
                if not _LIKELY.match(text, start) or (unit := UNIT.match(text, start)) is None:
                    continue
                places = read_other_places(text, start)
            following = bisect_right(names, start)
            if following < len(names) and names[following] < places.end:
                places = _within(text, start, names[following])
        except ParseError:
            if unit and (unit.lastgroup == "nth" or _numbered(text, unit)):
                but = _ALL_BUT.match(text, unit.end())
                end = but.end() if but else end
                refused.append((start, end if but else unit.end()))
            continue
        except RecursionError:
            continue
        if places.points[0].subs and (own := _OF_COMMENT.search(text, start, places.end)):
            places = _without_paragraphs(text, places, own.start())
        if refused and (inner := _inner_words(text, refused[-1], start)):
            refused.pop()
            places = replace(places, lossy=inner)
        found.append(places)
        end = places.end
    return found, refused


def _within(text: str, start: int, end: int) -> Places:
    """Return the places of a unit word, read as if the text ended at a place."""
    places = read_places(text[start:end].rstrip(" ,;").removesuffix(" and").removesuffix(" or"), 0)
    return replace(places, start=places.start + start, end=places.end + start)


def _without_paragraphs(text: str, places: Places, end: int) -> Places:
    """Return an article that ends the title of a general comment without the paragraphs of the comment after it."""
    title = _TITLE_OF_COMMENT.search(text[max(0, places.start - _LONGEST_TITLE) : places.start])
    return _within(text, places.start, end) if title else places


def _numbered(text: str, unit: re.Match[str]) -> bool:
    near = _LABEL_NEAR if unit.lastgroup in ("sub", "para") else _DIGIT_NEAR
    return near.match(text, unit.end()) is not None


def _inner_words(text: str, refused: tuple[int, int], start: int) -> str:
    """Return the words of a place that was not understood, if it is in the place that begins after it."""
    inside = _INSIDE.fullmatch(text, refused[1], start) if start - refused[1] <= _LONGEST_INNER else None
    return " ".join(text[refused[0] : inside.start("of")].split()) if inside else ""

"""Where a text names legal instruments."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from sourcebook.core.errors import DataError, ParseError
from sourcebook.parsing.law.authority import variant_problems, variants
from sourcebook.parsing.law.pinpoints import UNIT, Pinpoint, scan
from sourcebook.parsing.name_finder import finder, without_overlaps

__all__ = ["find_instruments", "instrument_spans", "pinpoint_spans"]

_FOUND_COLUMNS = ["start", "end", "text", "instrument_id", "pinpoint"]
_BEFORE = re.compile(r"\s*,?\s*(?:(?:of|in|under|to)\s+)?(?:the\s+)?")
_AFTER = re.compile(r"[\s,;:(]*(?:in\s+|at\s+)?")
_OPEN, _CLOSE = re.compile(r"\s*\(\s*"), re.compile(r"\s*\)")
_YEAR_BEFORE = re.compile(r"\b(\d{4})\s+$")
_YEAR_AFTER = re.compile(r"\s+(?:of\s+(\d{4})\b|\((\d{4})\))")
_LONGEST_GAP = 64  # with the year, or with the end of the pinpoint
_LONGEST_LIST = 400  # characters between a name and the word before it that introduces its pinpoints
#: What a pinpoint can end with.
_CAN_END = re.compile(r"[\dIVXLC)]|(?i:preamble)")
#: What a word that introduces pinpoints begins with, in small letters of ASCII.
_STEMS = ("art", "para", "princ", "rule", "preamble", "§", "¶")


def find_instruments(text: str, instruments: pd.DataFrame) -> pd.DataFrame:
    """Find where a text names legal instruments, with the pinpoints next to them.

    Where variants overlap, the longest wins. An abbreviation in brackets after the name is part of the same
    hit. A variant without lower-case letters is looked for as it is written, the others in any case; a line
    break counts as a space.

    Parameters
    ----------
    text : str
        Any text.
    instruments : DataFrame
        ``instrument_id, variants``; variants joined by ``;``.

    Returns
    -------
    DataFrame
        ``start, end, text, instrument_id, pinpoint``: code-point offsets (half-open) and wording of the name,
        and the pinpoints in normal form, joined by ``;``, or an empty string. In the order of the text.

    Raises
    ------
    DataError
        If two instruments share a variant.

    Examples
    --------
    >>> table = pd.DataFrame({"instrument_id": ["udhr"], "variants": ["Universal Declaration;UDHR"]})
    >>> found = find_instruments("Article 13(2) of the Universal Declaration (UDHR)", table)
    >>> found[["text", "instrument_id", "pinpoint"]].values.tolist()
    [['Universal Declaration (UDHR)', 'udhr', 'art. 13(2)']]
    """
    if problems := variant_problems(instruments):
        raise DataError(problems)
    hits = _with_abbreviations(text, _names(text, instruments))
    rows = [
        (start, end, text[start:end], key, ";".join(map(str, _near(text, start, end))))
        for start, end, key in hits
    ]
    frame = pd.DataFrame(rows, columns=_FOUND_COLUMNS)
    return frame.astype({name: "int64" if name in ("start", "end") else "str" for name in _FOUND_COLUMNS})


def _names(text: str, instruments: pd.DataFrame) -> list[tuple[int, int, str]]:
    """Return the places of variants that no longer variant covers, in the order of the text."""
    named = sorted(variants(instruments), key=lambda row: -len(row[0]))
    found = finder(tuple(name for name, _, _ in named)).find(text)
    found.sort(key=lambda hit: hit[2])
    taken = without_overlaps(((start, end) for start, end, _ in found), len(text))
    return sorted(
        (start, end, named[n][1]) for (start, end, n), free in zip(found, taken, strict=True) if free
    )


def _with_abbreviations(text: str, hits: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Join a name and the bracketed abbreviation that follows it."""
    out: list[tuple[int, int, str]] = []
    for start, end, key in hits:
        opened = out and out[-1][2] == key and _OPEN.fullmatch(text, out[-1][1], start)
        if opened and (close := _CLOSE.match(text, end)):
            out[-1] = (out[-1][0], close.end(), key)
        else:
            out.append((start, end, key))
    return out


def _near(text: str, start: int, end: int) -> list[Pinpoint]:
    """Return the pinpoints before and after a name; nothing that is read at one unit word goes beyond the next."""
    found: list[Pinpoint] = []
    near = _CAN_END.search(text, max(0, start - _LONGEST_GAP), start)
    if near and (unit := _last_unit(text, start)) is not None:
        points, last = _read(text, unit)
        if points and last <= start and _BEFORE.fullmatch(text, last, start):
            found += points
    after = _AFTER.match(text, end)
    return found + _read(text, after.end() if after else end)[0]


def _last_unit(text: str, end: int) -> int | None:
    """Return where the last unit word before a place begins."""
    start = max(0, end - _LONGEST_LIST)
    window = text[start:end].replace("İ", "I").lower()  # the one letter that grows when it is made small
    best = -1
    for stem in _STEMS:
        place = window.rfind(stem)
        while place > best and not UNIT.match(text, start + place):
            place = window.rfind(stem, 0, place + len(stem) - 1)
        best = max(best, place)
    return start + best if best >= 0 else None


def _read(text: str, start: int) -> tuple[list[Pinpoint], int]:
    try:
        return scan(text, start)
    except ParseError:
        return [], start


def _pinpoints(text: str) -> Iterator[tuple[int, int, list[Pinpoint]]]:
    for unit in UNIT.finditer(text):
        try:
            found, end = scan(text, unit.start())
        except ParseError:
            continue
        yield unit.start(), end, found


def pinpoint_spans(text: str) -> list[tuple[int, int]]:
    """Find the places in legal instruments that a text names, whichever instrument they are in.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of tuple of int
        Half-open code-point offsets, in the order of the text.

    Examples
    --------
    >>> pinpoint_spans("See Articles 12(4) and 13.")
    [(4, 25)]
    """
    return [(start, end) for start, end, _ in _pinpoints(text)]


def instrument_spans(text: str, instruments: pd.DataFrame) -> list[tuple[int, int]]:
    """Find the names of legal instruments in a text, with the year that belongs to a name.

    A name is a variant, the title, the short name or the official citation of an instrument. The year of its
    adoption or entry into force, before the name, after it in brackets, or after "of", is part of it; another
    year is not.

    Parameters
    ----------
    text : str
        Any text.
    instruments : DataFrame
        ``variants, title, short_name, citation, adopted, in_force``; variants joined by ``;``.

    Returns
    -------
    list of tuple of int
        Half-open code-point offsets, in the order of the text; none overlap.

    Examples
    --------
    >>> table = pd.DataFrame({"variants": ["Treaty of the Bridge"], "title": "", "short_name": "TB",
    ...     "citation": "", "adopted": "1951-07-28", "in_force": ""})
    >>> sentence = "The 1951 Treaty of the Bridge, or TB (1952)"
    >>> [sentence[start:end] for start, end in instrument_spans(sentence, table)]
    ['1951 Treaty of the Bridge', 'TB']
    """
    names = [
        (name, {row[column][:4] for column in ("adopted", "in_force")} - {""})
        for row in instruments.to_dict("records")
        for name in (*row["variants"].split(";"), row["title"], row["short_name"], row["citation"])
        if name.strip()
    ]
    names.sort(key=lambda pair: -len(pair[0]))
    found = finder(tuple(name for name, _ in names)).find(text)
    found.sort(key=lambda hit: hit[2])
    spans = [_with_year(text, start, end, names[n][1]) for start, end, n in found]
    taken = without_overlaps(spans, len(text))
    return sorted(span for span, free in zip(spans, taken, strict=True) if free)


def _with_year(text: str, start: int, end: int, years: set[str]) -> tuple[int, int]:
    """Return a span with a year of the instrument next to it."""
    before = _YEAR_BEFORE.search(text, max(0, start - _LONGEST_GAP), start)
    after = _YEAR_AFTER.match(text, end)
    return (
        before.start() if before and before[1] in years else start,
        after.end() if after and (after[1] or after[2]) in years else end,
    )

"""Where a text names legal instruments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pandas as pd

from sourcebook.core.errors import DataError, ParseError
from sourcebook.parsing.law.authority import variant_problems, variants
from sourcebook.parsing.law.pinpoints import UNIT, Pinpoint, scan

__all__ = ["find_instruments", "instrument_spans", "pinpoint_spans"]

_FOUND_COLUMNS = ["start", "end", "text", "instrument_id", "pinpoint"]
_BEFORE = re.compile(r"\s*,?\s*(?:(?:of|in|under|to)\s+)?(?:the\s+)?")
_AFTER = re.compile(r"[\s,;:(]*(?:in\s+|at\s+)?")
_YEAR_BEFORE = re.compile(r"\b(\d{4})\s+$")
_YEAR_AFTER = re.compile(r"\s+(?:of\s+(\d{4})\b|\((\d{4})\))")


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
    points = list(_pinpoints(text))
    rows = []
    for start, end, key in hits:
        near = [
            str(point)
            for first, last, found in points
            if (last <= start and _BEFORE.fullmatch(text, last, start))
            or (first >= end and _AFTER.fullmatch(text, end, first))
            for point in found
        ]
        rows.append((start, end, text[start:end], key, ";".join(near)))
    frame = pd.DataFrame(rows, columns=_FOUND_COLUMNS)
    return frame.astype({name: "int64" if name in ("start", "end") else "str" for name in _FOUND_COLUMNS})


def _names(text: str, instruments: pd.DataFrame) -> list[tuple[int, int, str]]:
    """Return the places of variants that no longer variant covers, in the order of the text."""
    taken: list[tuple[int, int, str]] = []
    for variant, key, _ in sorted(variants(instruments), key=lambda row: -len(row[0])):
        for first, last in _matches(text, variant):
            if all(last <= start or end <= first for start, end, _ in taken):
                taken.append((first, last, key))
    return sorted(taken)


def _with_abbreviations(text: str, hits: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Join a name and the bracketed abbreviation that follows it."""
    out: list[tuple[int, int, str]] = []
    for start, end, key in hits:
        close = re.compile(r"\s*\)").match(text, end)
        if out and close and out[-1][2] == key and re.fullmatch(r"\s*\(\s*", text[out[-1][1] : start]):
            out[-1] = (out[-1][0], close.end(), key)
        else:
            out.append((start, end, key))
    return out


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
    taken: list[tuple[int, int]] = []
    for name, years in sorted(names, key=lambda pair: -len(pair[0])):
        for start, end in _with_years(text, _matches(text, name), years):
            if all(end <= first or last <= start for first, last in taken):
                taken.append((start, end))
    return sorted(taken)


def _matches(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Yield where a name occurs, in any case unless it is an abbreviation."""
    body = r"\s+".join(re.escape(word) for word in name.split())
    flags = re.NOFLAG if name == name.upper() else re.IGNORECASE
    return (match.span() for match in re.finditer(rf"(?<!\w){body}(?!\w)", text, flags))


def _with_years(text: str, spans: Iterable[tuple[int, int]], years: set[str]) -> Iterator[tuple[int, int]]:
    """Yield spans with a year of the instrument next to them."""
    for start, end in spans:
        before, after = _YEAR_BEFORE.search(text, 0, start), _YEAR_AFTER.match(text, end)
        yield (
            before.start() if before and before[1] in years else start,
            after.end() if after and (after[1] or after[2]) in years else end,
        )

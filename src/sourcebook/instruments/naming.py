"""Where a text names legal instruments."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from sourcebook.errors import DataError, ParseError
from sourcebook.instruments.authority import variant_problems, variants
from sourcebook.instruments.pinpoints import UNIT, Pinpoint, scan

__all__ = ["find_instruments"]

_FOUND_COLUMNS = ["start", "end", "text", "instrument_id", "pinpoint"]
_BEFORE = re.compile(r"\s*,?\s*(?:(?:of|in|under|to)\s+)?(?:the\s+)?")
_AFTER = re.compile(r"[\s,;:(]*(?:in\s+|at\s+)?")


def find_instruments(text: str, instruments: pd.DataFrame) -> pd.DataFrame:
    """Find where a text names legal instruments, with the pinpoints beside them.

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
        body = r"\s+".join(re.escape(word) for word in variant.split())
        flags = re.NOFLAG if variant == variant.upper() else re.IGNORECASE
        for match in re.finditer(rf"(?<!\w){body}(?!\w)", text, flags):
            if all(match.end() <= start or end <= match.start() for start, end, _ in taken):
                taken.append((match.start(), match.end(), key))
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

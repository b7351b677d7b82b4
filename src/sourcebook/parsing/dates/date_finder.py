"""Find expressions of time in English text, and read one that is a date."""

from __future__ import annotations

import re

import pandas as pd

from sourcebook.core.errors import ParseError
from sourcebook.parsing.dates.date_interval import DateInterval
from sourcebook.parsing.dates.days import civil_date, iso_day, shift
from sourcebook.parsing.dates.edtf import parse_edtf
from sourcebook.parsing.dates.phrases import RULES, Value

__all__ = ["find_dates", "parse_date"]

_COLUMNS = ("start", "end", "text", "edtf", "timex")
_YEAR = re.compile(r"(?:BC)?\d{4}")


def find_dates(text: str, *, reference: str | None = None) -> pd.DataFrame:
    """Find English expressions of time by rules.

    Parameters
    ----------
    text : str
    reference : str, optional
        When the text was written, as EDTF. It supplies the year for a date without one, as long as the
        text itself has named no year before it.

    Returns
    -------
    pandas.DataFrame
        One row per expression, in order, without overlaps: `start`, `end` (half-open, code points),
        `text`, `edtf` and `timex`. `edtf` holds what the words alone say (``XXXX-12-05`` for "December
        5") and is empty for durations and for "now" or "the next day". `timex` is a TIMEX3 value, in
        which the year, month or day is supplied from the expression before it.

    Raises
    ------
    ParseError
        The reference is not EDTF.

    Examples
    --------
    >>> found = find_dates("From December 5–6, 2024, and again on December 9; see also 1918–1921.")
    >>> list(found["edtf"]), list(found["timex"])[1]
    (['2024-12-05/2024-12-06', 'XXXX-12-09', '1918/1921'], '2024-12-09')
    """
    chosen: list[tuple[int, int, Value]] = []
    found = []
    for rank, (pattern, make) in enumerate(RULES):
        for match in pattern.finditer(text):
            value = make(match)
            if value is not None:
                found.append((match.start(), -match.end(), rank, value))
    for start, minus_end, _, value in sorted(found):
        if not chosen or start >= chosen[-1][1]:
            chosen.append((start, -minus_end, value))
    context = _context_of(reference)
    rows: list[tuple[int, int, str, str, str]] = []
    for start, end, (edtf, timex) in chosen:
        resolved = _resolve(timex, context)
        first = resolved.split("/")[0]
        if _YEAR.match(first):
            context = first
        rows.append((start, end, text[start:end], edtf, resolved))
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    return frame.astype({"start": "int64", "end": "int64", "text": "str", "edtf": "str", "timex": "str"})


def parse_date(text: str) -> DateInterval:
    """Read one date: an EDTF string, or an English expression that :func:`find_dates` understands as a whole.

    Use it for what a person typed; where a column holds EDTF, :func:`parse_edtf` accepts nothing else.

    Parameters
    ----------
    text : str
        Such as ``1987/1991``, ``XXXX-12-05``, ``5 December 2024`` or ``the 1980s``.

    Returns
    -------
    DateInterval
        With the first and last day that the words allow.

    Raises
    ------
    ParseError
        If it is neither.

    Examples
    --------
    >>> parse_date("December 5–6, 2024").edtf, parse_date("1987~").edtf
    ('2024-12-05/2024-12-06', '1987~')
    """
    try:
        return parse_edtf(text)
    except ParseError as error:
        words = text.strip()
        found = find_dates(words)
        whole = found[(found["start"] == 0) & (found["end"] == len(words)) & (found["edtf"] != "")]
        if whole.empty:
            raise ParseError(f"{error}; nor is it one English date") from None
        return parse_edtf(whole["edtf"].iloc[0])


def _context_of(reference: str | None) -> str:
    if not reference:
        return ""
    earliest = parse_edtf(reference).earliest
    return iso_day(earliest)[:4] if earliest is not None else ""


def _resolve(timex: str, context: str) -> str:
    """Supply year, month and day from the date named last."""
    year = _YEAR.match(context)
    if timex.startswith("XXXX-") or "/XXXX-" in timex:
        return timex.replace("XXXX", year.group()) if year and timex != "XXXX-XX-XX" else timex
    if not timex.startswith("@"):
        return timex
    step, unit = int(timex[1:-1]), timex[-1]
    parts = context.split("-")
    needed = {"Y": 1, "M": 2, "D": 3}[unit]
    if len(parts) < needed or not all(p.isdigit() for p in parts[:needed]):
        return "XXXX" if unit == "Y" else "XXXX-XX" if unit == "M" else "XXXX-XX-XX"
    moved = parse_edtf("-".join(parts[:needed])).earliest or 0
    amount = {"Y": "years", "M": "months", "D": "days"}[unit]
    y, m, d = civil_date(shift(moved, **{amount: step}))
    return "-".join((f"{y:04d}", f"{m:02d}", f"{d:02d}")[:needed])

"""EDTF strings in plain English."""

from __future__ import annotations

import re

from sourcebook.parsing.dates.date_interval import DateInterval
from sourcebook.parsing.dates.edtf import parse_edtf

__all__ = ["MONTHS", "format_date"]

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""English names of the months, in order."""

_SEASONS = ("spring", "summer", "autumn", "winter")
_PARTS_OF_YEAR = {
    **{21 + i: name for i, name in enumerate(_SEASONS)},
    **{25 + i: f"northern {name}" for i, name in enumerate(_SEASONS)},
    **{29 + i: f"southern {name}" for i, name in enumerate(_SEASONS)},
    **{33 + i: f"{name} quarter of" for i, name in enumerate(("first", "second", "third", "fourth"))},
    **{37 + i: f"{name} third of" for i, name in enumerate(("first", "second", "third"))},
    **{40 + i: f"{name} half of" for i, name in enumerate(("first", "second"))},
}
_MARKS = re.compile(r"[?~%]")
_DATE = re.compile(r"(-?[0-9X]{4})(?:-([0-9X]{2}))?(?:-([0-9X]{2}))?(?:T(.+))?")
_YEAR_ONLY = re.compile(r"(Y)?(-?[0-9]+)(?:E([0-9]+))?(?:S([0-9]+))?")


def format_date(edtf: str) -> str:
    """Write an EDTF string in English.

    Parameters
    ----------
    edtf : str

    Returns
    -------
    str
        What is not stated is written as "not stated"; nothing is filled in.

    Raises
    ------
    ParseError
        The string is not EDTF.

    Examples
    --------
    >>> format_date("1988-11-22/1988-11-24"), format_date("1987/1991"), format_date("2024-12")
    ('22–24 November 1988', '1987–1991', 'December 2024')
    >>> format_date("XXXX-12-05"), format_date("1988~"), format_date("1988/..")
    ('5 December, year not stated', 'about 1988', 'from 1988 on')
    """
    date = parse_edtf(edtf)
    if date.set_kind:
        return _set(date)
    return _span(date) if "/" in edtf else _single(date)


def _set(date: DateInterval) -> str:
    words = [format_date(m.edtf) for m in date.members]
    if len(words) == 1:
        link = "" if words[0].startswith(("from ", "until ")) else "in "
        return f"some time {link}{words[0]}" if date.set_kind == "one_of" else words[0]
    link = "or" if date.set_kind == "one_of" else "and"
    listed = f"{', '.join(words[:-1])} {link} {words[-1]}"
    return f"one of {listed}" if date.set_kind == "one_of" else listed


def _span(date: DateInterval) -> str:
    left, right = date.edtf.split("/")
    if left in ("", "..") and right in ("", ".."):
        return "no start and no end stated"
    if left in ("", ".."):
        return f"until {format_date(right)}" + (", start not known" if left == "" else "")
    if right in ("", ".."):
        return f"from {format_date(left)} on" if right else f"from {format_date(left)}, end not known"
    return _shared(left, right) or _joined(format_date(left), format_date(right))


def _joined(left: str, right: str) -> str:
    if " " not in left + right:
        return f"{left}–{right}"
    return f"from {left} to {right}" if "," in left else f"{left} – {right}"


def _shared(left: str, right: str) -> str:
    """Write a span of plain dates that share their year, or year and month, only once."""
    first, last = _DATE.fullmatch(left), _DATE.fullmatch(right)
    if not first or not last or first[1] != last[1] or first[2] is None or last[2] is None:
        return ""
    if (
        "X" in "".join(filter(None, (first[2], first[3], last[2], last[3])))
        or int(max(first[2], last[2])) > 12
    ):
        return ""
    year = ", year not stated" if first[1] == "XXXX" else f" {_year(first[1])}"
    start, end = MONTHS[int(first[2]) - 1], MONTHS[int(last[2]) - 1]
    if first[3] and last[3]:
        if start == end:
            return f"{int(first[3])}–{int(last[3])} {end}{year}"
        return f"{int(first[3])} {start} – {int(last[3])} {end}{year}"
    return f"{start}–{end}{year}" if not first[3] and not last[3] else ""


def _single(date: DateInterval) -> str:
    plain = _MARKS.sub("", date.edtf)
    match = _DATE.fullmatch(plain)
    words = _calendar(match) if match else _bare_year(plain)
    parts = set(_DATE_PARTS[: 1 + bool(match and match[2]) + bool(match and match[3])])
    about, doubtful = set(date.approximate_parts), set(date.uncertain_parts)
    notes = []
    if about == parts:
        words = f"about {words}"
    elif about:
        notes.append(f"{' and '.join(date.approximate_parts)} approximate")
    if doubtful:
        which = "" if doubtful == parts else f"{' and '.join(date.uncertain_parts)} "
        notes.append(f"{which}uncertain")
    return f"{words} ({'; '.join(notes)})" if notes else words


_DATE_PARTS = ("year", "month", "day")


def _of_an_era(number: int) -> str:
    """Write a year; one of less than four digits would be taken for a number, and has its era."""
    return str(number) if number > 999 else f"{number} CE" if number > 0 else f"{1 - number} BCE"


def _year(mask: str) -> str:
    """Write a four-digit year; before year 1 as BCE."""
    if "X" not in mask:
        number = int(mask)
        return _of_an_era(number)
    if re.fullmatch(r"[0-9]{3}X", mask):
        return f"{int(mask[:3])}0s" if int(mask[:3]) else "first decade CE"
    low, high = sorted((int(mask.replace("X", "0")), int(mask.replace("X", "9"))))
    return f"some year from {_year(f'{low:04d}')} to {_year(f'{high:04d}')}"


def _calendar(match: re.Match[str]) -> str:
    year, month, day, time = match.groups()
    missing = [
        n for n, v in zip(_DATE_PARTS, (year.lstrip("-"), month, day), strict=True) if v and not v.strip("X")
    ]
    if month and month.isdigit() and int(month) > 20:
        words = [_PARTS_OF_YEAR[int(month)]]
    else:
        name = MONTHS[int(month) - 1] if month and "X" not in month else f"a month {month}" if month else ""
        name = name if "month" not in missing else ""
        number = str(int(day)) if day and "X" not in day else f"a day {day}" if day else ""
        number = number if "day" not in missing else ""
        if number and not name:
            number = f"day {number} of a month," if year.strip("-X") else f"day {number} of a month"
        words = [number, name]
    if "year" not in missing:
        said_year = _year(year)
        a_decade = said_year.endswith("0s") or said_year.startswith("first")
        article = "of the " if a_decade else "of " if said_year.startswith("some") else ""
        words.append(f"{article}{said_year}" if any(words) else said_year)
    phrase = " ".join(w for w in words if w).replace("of of", "of")
    note = f"{' and '.join(missing)} not stated" if missing else ""
    clock = (
        f"{time[:8]}{' UTC' if time.endswith('Z') else f' UTC{time[8:]}' if time[8:] else ''}" if time else ""
    )
    return ", ".join(p for p in (phrase, note, clock) if p) or "not stated"


def _bare_year(text: str) -> str:
    match = _YEAR_ONLY.fullmatch(text)
    if match is None:  # pragma: no cover - parse_edtf accepts no other form
        return text
    number = int(match[2]) * 10 ** int(match[3] or 0)
    words = f"the year {number}" if number > 9999 else _of_an_era(number)
    return f"{words} to {match[4]} significant digits" if match[4] else words

"""A number, date or answer that a page may print by its name, with the rows that it was counted from."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

from sourcebook.core.errors import DataError, ParseError, Problem

__all__ = [
    "NamedNumber",
    "Numbers",
    "count_rows",
    "is_name",
    "near_names",
    "number",
    "numbers_by_name",
    "slug",
    "unique_ids",
]

_NAME = re.compile(r"[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)*")
_PLAIN = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)( %)?")


@dataclass(frozen=True)
class NamedNumber:
    """A number with a name.

    Attributes
    ----------
    name : str
        Parts joined by points, such as ``headline.single_source``.
    formatted : str
        As a page prints it: ``1,005``, ``95 %``, ``5 December 2024``, ``over 200``.
    evidence : tuple of str
        Ids of the coded rows that it was counted from; empty where it is computed from all rows.
    description : str
        What was counted, read or computed.

    Examples
    --------
    >>> NamedNumber("count.claims", "1,428", (), "rows of claims").value
    1428
    """

    name: str
    formatted: str
    evidence: tuple[str, ...]
    description: str

    @property
    def value(self) -> int | float:
        """The number as it is printed, rounding included; a percentage is a share of one.

        Raises
        ------
        ParseError
            If what is printed is no plain number, such as a date or a hedged quantity.
        """
        match = _PLAIN.fullmatch(self.formatted)
        if match is None:
            raise ParseError(f"{self.name} is {self.formatted!r}, which is no plain number")
        digits = match[1].replace(",", "")
        plain = float(digits) if "." in digits else int(digits)
        return plain / 100 if match[2] else plain

    def _repr_mimebundle_(
        self, include: Any = None, exclude: Any = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        """Return the number for Jupyter: text for people, and all of it for MyST-NB's glue.

        The key is the whole text, not the name, so that a second number of the name does not replace the first.
        """
        record = {
            "name": self.name,
            "formatted": self.formatted,
            "evidence": list(self.evidence),
            "description": self.description,
        }
        text = f"{self.name} = {self.formatted} ({self.description})"
        return {"text/plain": text}, {"scrapbook": {"name": text, "mime_prefix": ""}, "sourcebook": record}


def number(name: str, value: object, description: str, rows: Iterable[str] = ()) -> NamedNumber:
    """Return a number of a chapter's own, which the prose of the book can print by its name.

    Use it as the last line of a cell. ``{value}`` then prints it, on this page and on others, and links to the
    rows; the check of numbers takes it as computed.

    Parameters
    ----------
    name : str
        Lower-case words, joined by points, hyphens or underscores.
    value : object
        A whole number is printed with commas, another number with one decimal, all else as text.
    description : str
        What was counted or computed, for the page that lists every number.
    rows : iterable of str, optional
        Ids of the coded rows behind it.

    Returns
    -------
    NamedNumber

    Raises
    ------
    ValueError
        If the name, the description or a number that is not finite cannot be used.
    TypeError
        If `rows` is one text.

    Examples
    --------
    >>> number("gap.days", 1096, "days between them", ["mill.c001"])
    NamedNumber(name='gap.days', formatted='1,096', evidence=('mill.c001',), description='days between them')
    """
    if not isinstance(name, str) or not is_name(name):
        raise ValueError(
            f"name: expected lower-case words joined by points, such as 'gap.days'; found {name!r}"
        )
    if not isinstance(description, str) or not description.strip():
        raise ValueError(f"description: expected what was counted or computed; found {description!r}")
    if isinstance(rows, str):
        raise TypeError(f"rows: expected a list of ids, found one text, {rows!r}")
    return NamedNumber(name, format_value(value), tuple(dict.fromkeys(rows)), description.strip())


def is_name(text: str) -> bool:
    """Return whether a text can be the name of a number of a chapter's own.

    Examples
    --------
    >>> is_name("gap.days"), is_name("gap - days")
    (True, False)
    """
    return _NAME.fullmatch(text) is not None


def format_value(value: object) -> str:
    """Return a value as a page prints it.

    Parameters
    ----------
    value : object
        A number, or what is printed as its text.

    Raises
    ------
    ValueError
        If it is a number that is not finite.

    Examples
    --------
    >>> format_value(1428), format_value(2.25), format_value(3.0), format_value("over 200")
    ('1,428', '2.2', '3', 'over 200')
    """
    if isinstance(value, bool) or not isinstance(value, Real):
        return str(value)
    if isinstance(value, Integral):
        return f"{int(value):,}"
    plain = float(value)
    if not math.isfinite(plain):
        raise ValueError(f"value: expected a finite number, found {plain}")
    return f"{plain:z,.0f}" if plain == round(plain) else f"{plain:z,.1f}"


def count_rows(name: str, ids: Iterable[str], description: str) -> NamedNumber:
    """Return the number of some rows, with these rows as its evidence.

    Parameters
    ----------
    name : str
        The name.
    ids : iterable of str
        The ids of the rows.
    description : str
        What a row is.

    Examples
    --------
    >>> count_rows("count.claims", ["mill.c001", "mill.c002"], "rows of claims").formatted
    '2'
    """
    evidence = tuple(ids)
    return NamedNumber(name, f"{len(evidence):,}", evidence, description)


def slug(words: object) -> str:
    """Return words as part of a name.

    Examples
    --------
    >>> slug("Entry into force")
    'entry-into-force'
    """
    return "-".join(str(words).lower().split())


def unique_ids(lists: Iterable[str]) -> tuple[str, ...]:
    """Return the ids in lists joined by ``;``, each once, in the order of their first place.

    Examples
    --------
    >>> unique_ids(["a;b", "b;c", ""])
    ('a', 'b', 'c')
    """
    return tuple(dict.fromkeys(part for joined in lists for part in joined.split(";") if part))


class Numbers(dict[str, NamedNumber]):
    """Numbers by name; asked for a name that there is not, they name those near it.

    Examples
    --------
    >>> Numbers({"count.claims": NamedNumber("count.claims", "3", (), "rows of claims")})["count.claim"]
    Traceback (most recent call last):
    ...
    KeyError: "no number 'count.claim'; near it: count.claims"
    """

    def __missing__(self, name: str) -> NamedNumber:
        raise KeyError(f"no number {name!r}{near_names(str(name), self)}")


def near_names(name: str, known: Mapping[str, object]) -> str:
    """Return which known names are near another, as the end of a message; nothing where none is.

    Parameters
    ----------
    name : str
        The name that is not known.
    known : mapping of str to object
        The names that are.

    Examples
    --------
    >>> near_names("count.claim", {"count.claims": 3}), near_names("x", {})
    ('; near it: count.claims', '')
    """
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    return f"; near it: {', '.join(close)}" if close else ""


def numbers_by_name(numbers: Iterable[NamedNumber]) -> Numbers:
    """Return numbers by name; one that is given twice with the same content counts once.

    Parameters
    ----------
    numbers : iterable of NamedNumber
        In any order.

    Raises
    ------
    DataError
        With every name that has two values.

    Examples
    --------
    >>> list(numbers_by_name([NamedNumber("n", "1", (), "rows"), NamedNumber("n", "1", (), "rows")]))
    ['n']
    """
    by_name = Numbers()
    problems = []
    for each in numbers:
        known = by_name.setdefault(each.name, each)
        if known != each:
            problems.append(_conflict(known, each))
    if problems:
        raise DataError(problems)
    return by_name


def _conflict(first: NamedNumber, second: NamedNumber) -> Problem:
    return Problem(
        file="numbers",
        line=0,
        column="name",
        found=f"{second.name!r} again, as {second.formatted!r} ({second.description})",
        expected=f"one value for a name; first it is {first.formatted!r} ({first.description})",
        action="rename one of the terms or ids that the name is made of",
    )

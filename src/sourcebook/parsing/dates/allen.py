"""How two dates relate: Allen's thirteen relations, overlap, containment and sameness."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sourcebook.core.errors import SourcebookError
from sourcebook.parsing.dates.date_interval import DateInterval
from sourcebook.parsing.dates.days import civil_date
from sourcebook.parsing.dates.edtf import parse_edtf
from sourcebook.parsing.dates.masks import runs, years_of

__all__ = ["ALLEN", "allen", "contains", "inverse", "overlaps", "possible_allen", "same"]

_INVERSE = {
    "before": "after",
    "meets": "met-by",
    "overlaps": "overlapped-by",
    "starts": "started-by",
    "during": "contains",
    "finishes": "finished-by",
    "equals": "equals",
}
_INVERSE.update({v: k for k, v in _INVERSE.items()})

ALLEN = tuple(_INVERSE)
"""The names of the thirteen relations."""

# Each relation as conditions x - y <= c on the four ends, 0 = start of a, 1 = end of a, 2 = start of b,
# 3 = end of b, in whole days: an interval meets the one that starts on the day after its last.
_EQUAL_STARTS = ((0, 2, 0), (2, 0, 0))
_EQUAL_ENDS = ((1, 3, 0), (3, 1, 0))
_CONDITIONS: dict[str, tuple[tuple[int, int, int], ...]] = {
    "before": ((1, 2, -2),),
    "meets": ((1, 2, -1), (2, 1, 1)),
    "overlaps": ((0, 2, -1), (2, 1, 0), (1, 3, -1)),
    "starts": (*_EQUAL_STARTS, (1, 3, -1)),
    "during": ((2, 0, -1), (1, 3, -1)),
    "finishes": ((2, 0, -1), *_EQUAL_ENDS),
    "equals": (*_EQUAL_STARTS, *_EQUAL_ENDS),
}
_SWAP = {0: 2, 1: 3, 2: 0, 3: 1}
_CONDITIONS.update(
    {
        _INVERSE[name]: tuple((_SWAP[x], _SWAP[y], c) for x, y, c in conditions)
        for name, conditions in list(_CONDITIONS.items())
        if name != "equals"
    }
)
_HORIZON = 40


def inverse(relation: str) -> str:
    """Return the relation of (b, a) where `relation` is that of (a, b).

    Examples
    --------
    >>> inverse("during")
    'contains'
    """
    return _INVERSE[relation]


def allen(a: DateInterval, b: DateInterval) -> str:
    """Name the one relation of Allen that holds between two extents taken as certain.

    Each date is taken as the whole extent from its ``earliest`` to its ``latest`` day. Where the ends
    themselves are in doubt, `possible_allen` gives every relation that could hold.

    Parameters
    ----------
    a, b : DateInterval
        An open end (``..``) counts as endless.

    Returns
    -------
    str
        One of `ALLEN`.

    Raises
    ------
    SourcebookError
        An end is not known, so that no single relation can be named.

    References
    ----------
    J. F. Allen, "Maintaining knowledge about temporal intervals", *Communications of the ACM* 26 (1983),
    832-843, https://doi.org/10.1145/182.358434.

    Examples
    --------
    >>> from sourcebook.parsing.dates import parse_edtf
    >>> allen(parse_edtf("1988"), parse_edtf("1987/1991"))
    'during'
    """
    for date in (a, b):
        if date.unknown_start or date.unknown_end:
            raise SourcebookError(
                f"Allen's relation of {a.edtf!r} and {b.edtf!r}: expected ends that are known or open, "
                f"found an unknown end in {date.edtf!r}; use possible_allen"
            )
    ends = (*_extent(a), *_extent(b))
    for name, conditions in _CONDITIONS.items():
        if all(ends[x] <= ends[y] + c and (c >= 0 or ends[x] < ends[y]) for x, y, c in conditions):
            return name
    raise AssertionError("the thirteen relations are exhaustive")  # pragma: no cover


def _extent(date: DateInterval) -> tuple[float, float]:
    low = -math.inf if date.earliest is None else date.earliest
    high = math.inf if date.latest is None else date.latest
    return low, high


def possible_allen(a: DateInterval, b: DateInterval) -> frozenset[str]:
    """Name every relation of Allen that some choice of the uncertain ends allows.

    Start and end of each date range over their own bounds (``start_earliest`` to ``start_latest``,
    ``end_earliest`` to ``end_latest``), the end not before the start; missing bounds bind nothing.
    A relation is possible when its system of difference constraints has a solution in whole days.

    Examples
    --------
    >>> from sourcebook.parsing.dates import parse_edtf
    >>> sorted(possible_allen(parse_edtf("1985/1987"), parse_edtf("1987/1989")))
    ['before', 'meets', 'overlaps']
    """
    boxes = (
        (a.start_earliest, a.start_latest),
        (a.end_earliest, a.end_latest),
        (b.start_earliest, b.start_latest),
        (b.end_earliest, b.end_latest),
    )
    fixed = [(0, 1, 0), (2, 3, 0)]
    for index, (low, high) in enumerate(boxes):
        if high is not None:
            fixed.append((index, 4, high))
        if low is not None:
            fixed.append((4, index, -low))
    return frozenset(name for name, extra in _CONDITIONS.items() if _solvable([*fixed, *extra]))


def _solvable(constraints: list[tuple[int, int, int]]) -> bool:
    """Return whether conditions x - y <= c on five variables have a solution (no negative cycle)."""
    potential = [0] * 5
    for _ in range(6):
        changed = False
        for x, y, c in constraints:
            if potential[y] + c < potential[x]:
                potential[x], changed = potential[y] + c, True
        if not changed:
            return True
    return False


def overlaps(a: DateInterval, b: DateInterval) -> bool:
    """Return whether some day is allowed by both dates.

    A day and month without a year is compared with what recurs: ``XXXX-12-05`` overlaps ``2024-12``.

    Examples
    --------
    >>> from sourcebook.parsing.dates import parse_edtf
    >>> overlaps(parse_edtf("XXXX-12-05"), parse_edtf("2024-12-01/2024-12-04"))
    False
    """
    low, high = max(_extent(a)[0], _extent(b)[0]), min(_extent(a)[1], _extent(b)[1])
    if low > high:
        return False
    years = _window(low, high)
    first, second = sorted(_pieces(a, years)), sorted(_pieces(b, years))
    i = j = 0
    while i < len(first) and j < len(second):
        if max(first[i][0], second[j][0]) <= min(first[i][1], second[j][1]):
            return True
        if first[i][1] < second[j][1]:
            i += 1
        else:
            j += 1
    return False


def _window(low: float, high: float) -> range:
    """Return the years to search: every pattern without a year recurs within `_HORIZON` years."""
    first = civil_date(int(low))[0] if math.isfinite(low) else None
    last = civil_date(int(high))[0] if math.isfinite(high) else None
    if first is None:
        first = 2000 if last is None else last - _HORIZON
    return range(first - 1, (first + _HORIZON if last is None else last) + 1)


def _pieces(date: DateInterval, years: range) -> Iterator[tuple[float, float]]:
    """Yield the runs of days that a date allows within some years (all of them if it has no pattern)."""
    if date.set_kind:
        for member in date.members:
            yield from _pieces(member, years)
    elif date.pattern and date.granularity == "interval":
        yield from _yearless_span(date, years)
    elif date.pattern:
        year, month, day = (*_split(date.pattern), "", "")[:3]
        known = years if year.endswith("XXXX") else [y for y in years_of(year) if y in years]
        for y in known:
            yield from runs(y, month, day)
    else:
        yield _extent(date)


def _split(pattern: str) -> list[str]:
    year, *rest = pattern.removeprefix("-").split("-")
    return [f"-{year}" if pattern.startswith("-") else year, *rest]


def _yearless_span(date: DateInterval, years: range) -> Iterator[tuple[float, float]]:
    """Yield a span without years in each year; one that runs backwards ends in the next."""
    left, right = date.pattern.split("/")
    if not (left.startswith("XXXX") and right.startswith("XXXX")):
        yield _extent(date)
        return
    for year in years:
        starts = list(_pieces(parse_edtf(left), range(year, year + 1)))
        ends = list(_pieces(parse_edtf(right), range(year, year + 1)))
        if ends and starts and ends[-1][1] < starts[0][0]:
            ends = list(_pieces(parse_edtf(right), range(year + 1, year + 2)))
        if starts and ends:
            yield starts[0][0], ends[-1][1]


def contains(a: DateInterval, b: DateInterval) -> bool:
    """Return whether every day that `b` allows lies within the bounds of `a`.

    Examples
    --------
    >>> from sourcebook.parsing.dates import parse_edtf
    >>> contains(parse_edtf("1987/1991"), parse_edtf("1988-11"))
    True
    """
    (a_low, a_high), (b_low, b_high) = _extent(a), _extent(b)
    if a.pattern and a.pattern == b.pattern:
        return True
    if (a.pattern or a.set_kind) and not b.pattern and math.isfinite(b_low) and math.isfinite(b_high):
        years = range(civil_date(int(b_low))[0] - 1, civil_date(int(b_high))[0] + 2)
        return any(low <= b_low and b_high <= high for low, high in _pieces(a, years))
    return not a.pattern and a_low <= b_low and b_high <= a_high


def same(a: DateInterval, b: DateInterval) -> bool:
    """Return whether two strings allow the same days, whatever their spelling and their marks.

    ``1988`` and ``1988-01/1988-12`` are not the same: the second says where a span starts and ends.
    An unknown end is not the same as an open one. The marks ``?`` and ``~`` count only by what the
    assumptions made of them.

    Examples
    --------
    >>> from sourcebook.parsing.dates import parse_edtf
    >>> same(parse_edtf("1988?"), parse_edtf("1988")), same(parse_edtf("1985/"), parse_edtf("1985/.."))
    (True, False)
    """
    return _signature(a) == _signature(b)


def _signature(date: DateInterval) -> tuple[object, ...]:
    members = tuple(_signature(m) for m in date.members) if date.set_kind else ()
    bounds = (date.start_earliest, date.start_latest, date.end_earliest, date.end_latest)
    ends = (date.open_start, date.open_end, date.unknown_start, date.unknown_end)
    return (*bounds, *ends, date.pattern, date.set_kind, members)

"""The rules for dates: when something happened, and from when to when it lasted."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from sourcebook.analysis.relations.records import Relation
from sourcebook.analysis.relations.rules import ComparisonPolicy
from sourcebook.parsing.dates import (
    ALLEN,
    DateInterval,
    allen,
    contains,
    format_date,
    iso_day,
    overlaps,
    parse_edtf,
    possible_allen,
    same,
)

__all__ = ["allen_relations", "relate_instants", "relate_time_intervals"]

#: A date meets many others: each is formatted once.
_format = lru_cache(maxsize=65536)(format_date)

_SEASON = re.compile(r"\b(?:spring|summer|autumn|winter)\b")

#: What the reason adds where the year that ends a period is not read as a part of it.
_ENDS = {
    "inclusive": "",
    "exclusive": " The year that ends a period is read as not belonging to it.",
    "either": " The year that ends a period is read as belonging to it or not.",
}


def allen_relations(a: DateInterval, b: DateInterval) -> str:
    """Return the relation of Allen of two dates, each taken from its first to its last day.

    Where an end is not known, every relation that is possible is named, joined by ``;``; nothing where all
    thirteen are, nor of dates with gaps (a day without a year, a choice of years).

    Parameters
    ----------
    a, b : DateInterval
        The dates.

    Returns
    -------
    str

    References
    ----------
    Allen, J. F. (1983). Maintaining knowledge about temporal intervals. Communications of the ACM 26.

    Examples
    --------
    >>> allen_relations(parse_edtf("1987/1989"), parse_edtf("1987/1991"))
    'starts'
    >>> allen_relations(parse_edtf("1987/"), parse_edtf("1986"))
    'after;met-by'
    """
    if any(date.pattern or date.set_kind for date in (a, b)):
        return ""
    if not (a.unknown_start or a.unknown_end or b.unknown_start or b.unknown_end):
        return allen(a, b)
    possible = possible_allen(a, b)
    return ";".join(name for name in ALLEN if name in possible) if len(possible) < len(ALLEN) else ""


def _without_year(date: DateInterval) -> bool:
    return date.granularity == "unknown" or date.pattern.startswith("XXXX")


def _another_year(a: DateInterval, b: DateInterval, policy: ComparisonPolicy) -> Relation | None:
    """Return that a date without a year and one with a year are not comparable, if the policy holds so."""
    if policy.unstated_year_fits or _without_year(a) == _without_year(b):
        return None
    texts = [_format(date.edtf) for date in ((a, b) if _without_year(a) else (b, a))]
    reason = f"“{texts[0]}” is not taken to mean the year of “{texts[1]}”."
    return Relation(relation="not-comparable", rule="date-year", reason=reason)


def relate_instants(first: str, second: str, policy: ComparisonPolicy) -> Relation:
    """Relate two dates of when something happened.

    Parameters
    ----------
    first, second : str
        EDTF dates.
    policy : ComparisonPolicy
        How dates are read, and whether an unstated year fits.

    Returns
    -------
    Relation

    Raises
    ------
    ParseError
        If a date cannot be read.

    Examples
    --------
    >>> relate_instants("1987/1991", "1988-11", ComparisonPolicy()).reason
    '“1987–1991” includes “November 1988”, which is the narrower claim.'
    >>> relate_instants("XXXX-12-05", "2024-12-06", ComparisonPolicy()).reason
    '“5 December, year not stated” and “6 December 2024” share no day.'
    """
    a, b = (parse_edtf(text, reading=policy.dates) for text in (first, second))
    not_comparable = _another_year(a, b, policy)
    return not_comparable or replace(_relate_days(a, b, _ending(a, b, policy)), allen=allen_relations(a, b))


def _ending(a: DateInterval, b: DateInterval, policy: ComparisonPolicy) -> str:
    """Return how a year that ends a period is read, where there is one and it is not read as a part of it."""
    ended = any(
        date.granularity == "interval" and date.members[-1:] and date.members[-1].granularity == "year"
        for date in (a, b)
        if not date.edtf.endswith(("/", "/.."))
    )
    return _ENDS[policy.end_years] if ended else ""


def _relate_days(a: DateInterval, b: DateInterval, reading: str) -> Relation:
    text_a, text_b = _format(a.edtf), _format(b.edtf)
    if _same_days(a, b):
        if (a.approximate, a.uncertain) != (b.approximate, b.uncertain):
            reason = (
                f"“{text_a}” and “{text_b}” allow the same days, and one of them is marked as not certain."
            )
            return Relation(relation="compatible", rule="date-marked", reason=reason)
        reason = (
            f"Both say {text_a}." if text_a == text_b else f"“{text_a}” and “{text_b}” allow the same days."
        )
        return Relation(relation="agree", rule="date-same", reason=reason)
    if not overlaps(a, b):
        return Relation(
            relation="contradict",
            rule="date-different",
            reason=f"“{text_a}” and “{text_b}” share no day.{_read_as(a, b)}{reading}",
        )
    inside = (contains(a, b), contains(b, a))
    if inside[0] != inside[1]:
        wide, narrow = (text_a, text_b) if inside[0] else (text_b, text_a)
        reason = f"“{wide}” includes “{narrow}”, which is the narrower claim.{_read_as(a, b)}{reading}"
    else:
        reason = f"“{text_a}” and “{text_b}” share {_common_days(a, b)}.{_read_as(a, b)}{reading}"
    return Relation(relation="compatible", rule="date-share", reason=reason)


def _same_days(a: DateInterval, b: DateInterval) -> bool:
    """Return whether two dates allow the same days; ``1988`` and ``1988-01/1988-12`` do."""
    return same(a, b) or (a.bounded and b.bounded and contains(a, b) and contains(b, a))


def _common_days(a: DateInterval, b: DateInterval) -> str:
    """Return in words the days that two dates share."""
    if a.pattern or b.pattern or a.set_kind or b.set_kind:
        return "at least a day"
    low = max((d for d in (a.earliest, b.earliest) if d is not None), default=None)
    high = min((d for d in (a.latest, b.latest) if d is not None), default=None)
    if low is None and high is None:
        return "at least a day"
    if low == high:
        return _format(iso_day(low))
    return f"every day {_days(low, high)}"


@lru_cache(maxsize=65536)
def _days(low: int | None, high: int | None) -> str:
    if high is None:
        return f"from {_format(iso_day(low))} on"
    if low is None:
        return f"until {_format(iso_day(high))}"
    return f"from {_format(iso_day(low))} to {_format(iso_day(high))}"


def _read_as(*intervals: DateInterval) -> str:
    """Return on which days the result rests where a date is approximate, or a season."""
    readings = {
        d.edtf: f" “{_format(d.edtf)}” is read as {_days(d.earliest, d.latest)}."
        for d in intervals
        if (d.approximate or _SEASON.search(_format(d.edtf))) and (d.earliest, d.latest) != (None, None)
    }
    return "".join(readings.values())


@dataclass(frozen=True, kw_only=True)
class _End:
    """One end of a period: its bounds, the date that states it, and whether it is stated at all."""

    low: int | None
    high: int | None
    date: DateInterval | None
    stated: bool

    def meets(self, other: _End) -> bool:
        """Return whether the two ends can be the same; a missing bound is unlimited."""
        if self.high is not None and other.low is not None and self.high < other.low:
            return False
        if other.high is not None and self.low is not None and other.high < self.low:
            return False
        return self.date is None or other.date is None or overlaps(self.date, other.date)

    def equals(self, other: _End) -> bool:
        """Return whether the two ends are stated, and stated in the same way."""
        if self.date is None or other.date is None:
            return False
        same_marks = (self.date.approximate, self.date.uncertain) == (
            other.date.approximate,
            other.date.uncertain,
        )
        return same_marks and same(self.date, other.date)


def _ends(period: DateInterval) -> tuple[_End, _End]:
    """Return the two ends; a single date states that both of them lie within it."""
    start, end = period, period
    stated = [True, True]
    if period.granularity == "interval":
        stated = [bool(text.strip(".")) for text in period.edtf.split("/")]
        start, end = (period.members[0], period.members[-1]) if any(stated) else (period, period)
    listed = period.set_kind == "all_of"
    return (
        _End(
            low=period.start_earliest,
            high=period.start_latest,
            date=start if stated[0] and not listed else None,
            stated=stated[0],
        ),
        _End(
            low=period.end_earliest,
            high=period.end_latest,
            date=end if stated[1] and not listed else None,
            stated=stated[1],
        ),
    )


def relate_time_intervals(first: str, second: str, policy: ComparisonPolicy) -> Relation:
    """Relate two periods whose starts and ends are both claimed.

    Parameters
    ----------
    first, second : str
        EDTF dates.
    policy : ComparisonPolicy
        How dates are read, and whether an unstated year fits.

    Returns
    -------
    Relation

    Raises
    ------
    ParseError
        If a date cannot be read.

    Examples
    --------
    >>> relate_time_intervals("1987/1989", "1987/1991", ComparisonPolicy()).reason
    '“1987–1989” and “1987–1991” differ in their ends; their starts are the same.'
    >>> relate_time_intervals("1987/", "1987/1991", ComparisonPolicy()).reason
    '“from 1987, end not known” and “1987–1991” can be the same period: their starts are the same; \
only the second gives an end.'
    """
    a, b = (parse_edtf(text, reading=policy.dates) for text in (first, second))
    not_comparable = _another_year(a, b, policy)
    return not_comparable or replace(
        _relate_periods(a, b, _ending(a, b, policy)), allen=allen_relations(a, b)
    )


def _relate_periods(a: DateInterval, b: DateInterval, reading: str) -> Relation:
    text_a, text_b = _format(a.edtf), _format(b.edtf)
    if same(a, b) and (a.approximate, a.uncertain) == (b.approximate, b.uncertain):
        reason = (
            f"Both say {text_a}."
            if text_a == text_b
            else f"“{text_a}” and “{text_b}” start and end at the same time."
        )
        return Relation(relation="agree", rule="interval-same", reason=reason)
    ends = list(zip(("start", "end"), _ends(a), _ends(b), strict=True))
    different = [f"{name}s" for name, x, y in ends if not x.meets(y)]
    both = f"“{text_a}” and “{text_b}”"
    if different:
        tail = "".join(f"; their {name}s are the same" for name, x, y in ends if x.equals(y))
        reason = f"{both} differ in their {' and '.join(different)}{tail}.{_read_as(a, b)}{reading}"
        return Relation(relation="contradict", rule="interval-different", reason=reason)
    parts = [_compared(name, x, y) for name, x, y in ends]
    reason = f"{both} can be the same period: {'; '.join(parts)}.{_read_as(a, b)}{reading}"
    return Relation(relation="compatible", rule="interval-share", reason=reason)


def _compared(name: str, x: _End, y: _End) -> str:
    """Return in words how two ends that can be the same compare."""
    article = "an" if name == "end" else "a"
    if x.stated != y.stated:
        return f"only the {'first' if x.stated else 'second'} gives {article} {name}"
    if not x.stated:
        return f"neither gives {article} {name}"
    return f"their {name}s {'are' if x.equals(y) else 'can be'} the same"

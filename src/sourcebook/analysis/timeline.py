"""What the sources date, with the bounds that they give, and when they were written."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from sourcebook.core.vocabularies import REPORTING_ORDERS
from sourcebook.parsing.dates import DateInterval, format_date, iso_day, parse_edtf

__all__ = ["count_exactness", "dated_claims", "dating", "event_starts", "lag_to_events", "reporting_lag"]

_BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest")
_NO_YEAR, _NOTHING = "day, no year stated", "nothing stated"
_EXACTNESS = ("day", _NO_YEAR, "month", "season", "year", "decade", "century", "millennium", _NOTHING)


def _bounds(interval: DateInterval, time_type: str) -> dict[str, str]:
    """Return the four bounds as ISO days; empty where the value leaves one open.

    A point in time lies anywhere between the first and the last day that the value allows, so that its
    start and its end share these bounds also where the value is written as a span.
    """
    start, end = (
        ((interval.start_earliest, interval.start_latest), (interval.end_earliest, interval.end_latest))
        if time_type == "interval"
        else ((interval.earliest, interval.latest),) * 2
    )
    days = dict(zip(_BOUNDS, (*start, *end), strict=True))
    return {name: iso_day(day) for name, day in days.items()}


def _sort_day(iso: str) -> float:
    """Return the first day of a date, for sorting: one that is not known comes last."""
    earliest = parse_edtf(iso).earliest
    return math.inf if earliest is None else earliest


def _day(iso: str) -> int | None:
    """Return an ISO day as a number; None for an empty cell."""
    return parse_edtf(iso).earliest if iso else None


def dated_claims(claims: pd.DataFrame, propositions: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Return every claim that dates something.

    Parameters
    ----------
    claims : DataFrame
        ``claim_id, source_id, proposition_id, value``.
    propositions : DataFrame
        ``proposition_id, question, kind, time_type, event_id``; an empty time type is an instant.
    events : DataFrame
        ``event_id, label, kind``.

    Returns
    -------
    DataFrame
        All columns str: ``claim_id, source_id, proposition_id, event_id, event, event_kind, time_type, value,
        display, start_earliest, start_latest, end_earliest, end_latest``; days as ISO dates, empty where the
        value leaves a bound open. Both ends of an interval are bounded on their own; of an instant the start
        and the end share their bounds. Sorted by the earliest start, open ones last.

    Raises
    ------
    ParseError
        If a value is no EDTF date.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a.c1"], "source_id": "a", "proposition_id": "when", "value": "1988-11"})
    >>> asked = pd.DataFrame({"proposition_id": ["when"], "question": "When?", "kind": "date",
    ...     "time_type": "instant", "event_id": ""})
    >>> events = pd.DataFrame({"event_id": [], "label": [], "kind": []})
    >>> dated_claims(claims, asked, events)[["display", "start_earliest", "end_latest"]].values.tolist()
    [['November 1988', '1988-11-01', '1988-11-30']]
    """
    asked = propositions.loc[propositions["kind"] == "date"].drop(columns="kind")
    asked = asked.replace({"time_type": {"": "instant"}})
    named = events[["event_id", "label", "kind"]].rename(columns={"label": "event", "kind": "event_kind"})
    rows = claims[["claim_id", "source_id", "proposition_id", "value"]].merge(asked, on="proposition_id")
    rows = rows.merge(named.astype("str"), on="event_id", how="left")
    bounds = [
        _bounds(parse_edtf(value), time_type)
        for value, time_type in zip(rows["value"], rows["time_type"], strict=True)
    ]
    rows = rows.assign(
        event=rows["event"].fillna(rows["question"]),
        event_kind=rows["event_kind"].fillna(""),
        display=[format_date(value) for value in rows["value"]],
        **pd.DataFrame(bounds, columns=list(_BOUNDS), index=rows.index),
    )
    rows = rows.sort_values("value", key=lambda values: values.map(_sort_day), kind="stable")
    columns = ["claim_id", "source_id", "proposition_id", "event_id", "event", "event_kind", "time_type"]
    return rows[[*columns, "value", "display", *_BOUNDS]].astype("str").reset_index(drop=True)


def dating(sources: pd.DataFrame) -> pd.DataFrame:
    """Return when each source was written, as far as it says so itself.

    Parameters
    ----------
    sources : DataFrame
        ``source_id, date_published, not_before, not_after, date_note``.

    Returns
    -------
    DataFrame
        ``source_id, has_date`` (bool: whether the text carries a date of publication), and as str ``earliest,
        latest`` (ISO days, empty where the text gives no bound), ``display, date_note``.

    Raises
    ------
    ParseError
        If a date is no EDTF date.

    Examples
    --------
    >>> source = {"source_id": ["a"], "date_published": "1988-11-05", "not_before": "1988-11-05"}
    >>> dating(pd.DataFrame({**source, "not_after": "1988-11", "date_note": ""}))[["display", "latest"]].values.tolist()
    [['5 November 1988', '1988-11-30']]
    """
    published = sources["date_published"]
    frame = pd.DataFrame(
        {
            "source_id": sources["source_id"],
            "earliest": [
                iso_day(parse_edtf(date).earliest) if date else "" for date in sources["not_before"]
            ],
            "latest": [iso_day(parse_edtf(date).latest) if date else "" for date in sources["not_after"]],
            "display": [format_date(date) if date else "undated" for date in published],
            "date_note": sources["date_note"],
        },
        dtype="str",
    )
    frame.insert(1, "has_date", [bool(date) for date in published])
    return frame


def event_starts(dated: pd.DataFrame, events: pd.DataFrame) -> dict[str, str]:
    """Return the day from which each event, or what it is part of, can have begun.

    The most exact claim on an event decides: "2024" does not move a conference of 5 December to January.
    Of two equally exact ones the earlier counts, so that a source is not called older than the event for
    a date that only another source gives.

    Parameters
    ----------
    dated : DataFrame
        As :func:`dated_claims` returns it.
    events : DataFrame
        ``event_id, part_of``.

    Returns
    -------
    dict of str to str
        An ISO day for each event that has one.

    Examples
    --------
    >>> dated = pd.DataFrame({"event_id": ["war", "war"], "start_earliest": ["1988-01-01", "1988-11-05"],
    ...     "start_latest": ["1988-12-31", "1988-11-05"]})
    >>> event_starts(dated, pd.DataFrame({"event_id": ["war", "battle"], "part_of": ["", "war"]}))
    {'war': '1988-11-05', 'battle': '1988-11-05'}
    """
    known = dated[(dated["event_id"] != "") & (dated["start_earliest"] != "") & (dated["start_latest"] != "")]
    first = known["start_earliest"].map(_sort_day)
    ordered = known.assign(first=first, width=known["start_latest"].map(_sort_day) - first)
    ordered = ordered.sort_values(["width", "first"], kind="stable")
    own = ordered.groupby("event_id")["start_earliest"].first().to_dict()
    parents = dict(zip(events["event_id"], events["part_of"], strict=True))
    starts: dict[str, str] = {}
    for event in parents:
        nearest = event
        while nearest and nearest not in own:
            nearest = parents.get(nearest, "")
        if nearest:
            starts[event] = own[nearest]
    return starts


def reporting_lag(dated: pd.DataFrame, source_dates: pd.DataFrame) -> pd.DataFrame:
    """Return the days from what is reported to the writing of the source that reports it.

    Parameters
    ----------
    dated : DataFrame
        As :func:`dated_claims` returns it.
    source_dates : DataFrame
        As :func:`dating` returns it.

    Returns
    -------
    DataFrame
        One row a dated claim whose source is bounded on both sides and whose own latest end is known:
        ``claim_id, source_id, event, display`` (str), ``days`` (int) and ``order`` (str). ``days`` counts from
        the latest end of what is reported to the earliest day of writing: negative if the event may end after
        the text was written. ``order`` is ``before writing``, ``on the day`` (the earliest of writing), or
        ``may end after writing``.

    Examples
    --------
    >>> dated = pd.DataFrame({"claim_id": ["a.c1"], "source_id": "a", "event": "war", "display": "1988",
    ...     "end_latest": "1988-12-31"})
    >>> written = pd.DataFrame({"source_id": ["a"], "earliest": "1989-01-02", "latest": "1989-01-02"})
    >>> reporting_lag(dated, written)[["days", "order"]].values.tolist()
    [[2, 'before writing']]
    """
    bounded = source_dates[(source_dates["earliest"] != "") & (source_dates["latest"] != "")]
    rows = dated[dated["end_latest"] != ""].merge(bounded[["source_id", "earliest"]], on="source_id")
    days = rows["earliest"].map(_sort_day) - rows["end_latest"].map(_sort_day)
    order = np.select([days > 0, days == 0], REPORTING_ORDERS[:2], REPORTING_ORDERS[2])
    rows = rows[["claim_id", "source_id", "event", "display"]].assign(days=days, order=order)
    return rows.astype({name: "int64" if name == "days" else "str" for name in rows.columns})


def _exactness(value: str) -> str:
    """Return the unit to which a date is given: the coarser one where the ends of a period differ."""
    interval = parse_edtf(value)
    stated = interval.members or (interval,)
    if interval.granularity == "interval" and not interval.members:
        return _NOTHING
    units = [_NO_YEAR if part.pattern else part.granularity for part in stated]
    return max(units, key=lambda unit: _EXACTNESS.index(unit) if unit in _EXACTNESS else len(_EXACTNESS))


def count_exactness(dated: pd.DataFrame, sources: Sequence[str]) -> pd.DataFrame:
    """Count to which unit of time each source dates.

    Parameters
    ----------
    dated : DataFrame
        ``source_id, value``, as :func:`dated_claims` returns it.
    sources : sequence of str
        Source ids, one column each.

    Returns
    -------
    DataFrame
        ``exactness`` (str), then the number of claims (int) for each source; from the finest unit to the coarsest,
        those that occur. A period counts under the coarser of the units of its stated ends; one that states
        neither end is ``nothing stated``; a day and month without a year is ``day, no year stated``.

    Raises
    ------
    ParseError
        If a value is no EDTF date.

    Examples
    --------
    >>> dated = pd.DataFrame({"source_id": ["a", "a"], "value": ["1988-11-05", "1987/1988-11"]})
    >>> count_exactness(dated, ["a"]).values.tolist()
    [['day', 1], ['year', 1]]
    """
    units = dated.assign(exactness=[_exactness(value) for value in dated["value"]])
    table = pd.crosstab(units["exactness"], units["source_id"]).reindex(columns=list(sources), fill_value=0)
    order = [*_EXACTNESS, *sorted(set(table.index) - set(_EXACTNESS))]
    table = table.reindex([unit for unit in order if unit in table.index])
    table.index.name, table.columns.name = "exactness", None
    return table.reset_index().astype({"exactness": "str"})


def _event_days(claims: pd.DataFrame) -> tuple[int, int, list[str]] | None:
    """Return the first and last day of an event as its claims date it together, and the ids of these claims.

    An interval says how long the event lasts. An instant says only that it falls somewhere within, so that one
    ("2024") within which another claim lies ("5 December 2024") is passed over for the more exact one.
    """
    spans = [
        (first, last, time_type, claim)
        for first, last, time_type, claim in zip(
            claims["start_earliest"].map(_day),
            claims["end_latest"].map(_day),
            claims["time_type"],
            claims["claim_id"],
            strict=True,
        )
        if pd.notna(first) and pd.notna(last)
    ]

    def holds_another(first: int, last: int) -> bool:
        return any(first <= a and b <= last and (a, b) != (first, last) for a, b, *_ in spans)

    kept = [
        (int(a), int(b), claim)
        for a, b, time_type, claim in spans
        if time_type == "interval" or not holds_another(a, b)
    ]
    if not kept:
        return None
    return min(a for a, _, _ in kept), max(b for _, b, _ in kept), [claim for _, _, claim in kept]


def _count_days(n: int) -> str:
    return "1 day" if n == 1 else f"{n:,} days"


def _describe_lag(low: int | None, high: int | None, begins: int, ends: int) -> str:
    """Return in words where the bounds of writing lie against the days of an event."""
    if high is not None and high < begins:
        return f"{_count_days(begins - high)} before it begins"
    if low is not None and low > ends:
        return f"{_count_days(low - ends)} after it ends"
    if low is None or high is None or low < begins or high > ends:
        return "not decided by the text itself"
    if low != high:
        return "while it lasts"
    if begins == ends:
        return "on its day"
    return {begins: "on its first day", ends: "on its last day"}.get(low, "while it lasts")


def lag_to_events(dated: pd.DataFrame, source_dates: pd.DataFrame) -> pd.DataFrame:
    """Return where the date of writing of every source lies against the days of every event.

    Parameters
    ----------
    dated : DataFrame
        As :func:`dated_claims` returns it. An event has the days that all sources together give it; a date
        without a year has none.
    source_dates : DataFrame
        As :func:`dating` returns it.

    Returns
    -------
    DataFrame
        One row for each event with known days and each source, whether or not it speaks of the event; all
        columns str: ``event_id, event, source_id, written`` (in words), ``begins, ends`` (ISO days), ``lag`` (in
        words, such as "43 days before it begins") and ``claims`` (ids of the claims that date the event, joined
        by ``;``). Days count from the bound of writing that lies nearer to the event.

    Examples
    --------
    >>> dated = pd.DataFrame({"event_id": ["war"], "event": "War", "time_type": "instant", "claim_id": "a.c1",
    ...     "start_earliest": "1988-11-05", "end_latest": "1988-11-05"})
    >>> day = "1988-11-07"
    >>> written = pd.DataFrame({"source_id": ["a"], "display": "7 November 1988", "earliest": day, "latest": day})
    >>> lag_to_events(dated, written)["lag"].tolist()
    ['2 days after it ends']
    """
    rows = []
    for event, claims in dated[dated["event_id"] != ""].groupby("event_id", sort=False):
        known = _event_days(claims)
        if known is None:
            continue
        begins, ends, ids = known
        days = iso_day(begins), iso_day(ends)
        for source, display, earliest, latest in source_dates[
            ["source_id", "display", "earliest", "latest"]
        ].itertuples(index=False, name=None):
            lag = _describe_lag(_day(earliest), _day(latest), begins, ends)
            rows.append((event, claims["event"].iloc[0], source, display, *days, lag, ";".join(ids)))
    columns = ["event_id", "event", "source_id", "written", "begins", "ends", "lag", "claims"]
    return pd.DataFrame(rows, columns=columns, dtype="str")

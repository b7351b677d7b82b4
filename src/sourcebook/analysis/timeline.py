"""What the sources date, with the bounds that they give, and when they were written."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from sourcebook.core.frames import needs
from sourcebook.core.vocabularies import REPORTING_ORDERS
from sourcebook.parsing.dates import DateInterval, format_date, iso_day, parse_edtf

__all__ = ["dated_claims", "dating", "event_starts", "reporting_lag"]

_BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest")


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


def _days(dates: pd.Series) -> pd.Series:
    """Return the first day of each date; numbers also where there is none, whatever holds the text."""
    return dates.map(_sort_day).astype("float64")


@needs(
    claims="claim_id source_id proposition_id value",
    propositions="proposition_id question kind event_id time_type",
    events="event_id label kind",
)
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
    asked_of = (
        rows["question"]
        if "label" not in rows
        else rows["label"].where(rows["label"] != "", rows["question"])
    )
    rows = rows.assign(
        event=rows["event"].fillna(asked_of),
        event_kind=rows["event_kind"].fillna(""),
        display=[format_date(value) for value in rows["value"]],
        **pd.DataFrame(bounds, columns=list(_BOUNDS), index=rows.index),
    )
    rows = rows.sort_values("value", key=lambda values: values.map(_sort_day), kind="stable")
    columns = ["claim_id", "source_id", "proposition_id", "event_id", "event", "event_kind", "time_type"]
    return rows[[*columns, "value", "display", *_BOUNDS]].astype("str").reset_index(drop=True)


@needs(
    sources="source_id date_published not_before not_after date_note",
)
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


@needs(
    dated="event_id start_earliest start_latest",
    events="event_id part_of",
)
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
    first = _days(known["start_earliest"])
    ordered = known.assign(first=first, width=_days(known["start_latest"]) - first)
    ordered = ordered.sort_values(["width", "first"], kind="stable")
    own = ordered.groupby("event_id")["start_earliest"].first().to_dict()
    parents = dict(zip(events["event_id"], events["part_of"], strict=True))
    starts: dict[str, str] = {}
    for event in parents:
        nearest, passed = event, {""}
        while nearest not in passed and nearest not in own:
            passed.add(nearest)
            nearest = parents.get(nearest, "")
        if nearest in own:
            starts[event] = own[nearest]
    return starts


@needs(
    dated="claim_id source_id event display end_latest",
    source_dates="source_id earliest latest",
)
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
    days = _days(rows["earliest"]) - _days(rows["end_latest"])
    order = np.select([days > 0, days == 0], REPORTING_ORDERS[:2], REPORTING_ORDERS[2])
    rows = rows[["claim_id", "source_id", "event", "display"]].assign(days=days, order=order)
    return rows.astype({name: "int64" if name == "days" else "str" for name in rows.columns})

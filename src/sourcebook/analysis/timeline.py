"""What the sources date, with the bounds that they give, and when they were written."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from sourcebook.parsing.dates import DateInterval, format_date, iso_day, parse_edtf

__all__ = ["count_exactness", "dated_claims", "reported_and_written", "writing_and_events", "writing_dates"]

_BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest")
_OUTER, _WRITTEN = ("start_earliest", "end_latest"), ("earliest", "latest")
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


def _sooner(interval: DateInterval) -> float:
    """Return the first day of a date, for sorting: one that is not known comes last."""
    return math.inf if interval.earliest is None else interval.earliest


def dated_claims(claims: pd.DataFrame, propositions: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Return every claim that dates an event.

    Parameters
    ----------
    claims : DataFrame
        ``claim_id, source_id, proposition_id, value``.
    propositions : DataFrame
        ``proposition_id, question, kind, time_type, event_id``.
    events : DataFrame
        ``event_id, label, kind``.

    Returns
    -------
    DataFrame
        ``claim_id, source_id, proposition_id, event_id, event, event_kind, time_type, value, display,
        start_earliest, start_latest, end_earliest, end_latest``; days as ISO dates, empty where the value
        leaves a bound open. For a period both ends are bounded on their own; for a point in time the
        start and the end share their bounds. Sorted by the earliest start, open ones last.
    """
    questions = propositions.set_index("proposition_id").to_dict("index")
    names = events.set_index("event_id").to_dict("index")
    rows = []
    for claim in claims.to_dict("records"):
        question = questions[claim["proposition_id"]]
        if question["kind"] != "date":
            continue
        event = names.get(question["event_id"])
        rows.append(
            {
                "claim_id": claim["claim_id"],
                "source_id": claim["source_id"],
                "proposition_id": claim["proposition_id"],
                "event_id": question["event_id"],
                "event": question["question"] if event is None else event["label"],
                "event_kind": "" if event is None else event["kind"],
                "time_type": question["time_type"],
                "value": claim["value"],
                "display": format_date(claim["value"]),
                **_bounds(parse_edtf(claim["value"]), question["time_type"]),
            }
        )
    columns = [
        "claim_id",
        "source_id",
        "proposition_id",
        "event_id",
        "event",
        "event_kind",
        "time_type",
        "value",
    ]
    columns += ["display", *_BOUNDS]
    rows.sort(key=lambda row: _sooner(parse_edtf(row["value"])))
    return pd.DataFrame(rows, columns=columns, dtype="str")


def writing_dates(sources: pd.DataFrame) -> pd.DataFrame:
    """Return when each source was written, as far as it says so itself.

    Parameters
    ----------
    sources : DataFrame
        ``source_id, date_published, not_before, not_after, date_note``.

    Returns
    -------
    DataFrame
        ``source_id, has_date`` (yes, if the text carries a date of publication), ``earliest, latest`` (ISO
        days, empty where the text gives no bound), ``display, date_note``.
    """
    rows = []
    for source in sources.to_dict("records"):
        low = parse_edtf(source["not_before"]).earliest if source["not_before"] else None
        high = parse_edtf(source["not_after"]).latest if source["not_after"] else None
        rows.append(
            {
                "source_id": source["source_id"],
                "has_date": "yes" if source["date_published"] else "no",
                "earliest": iso_day(low),
                "latest": iso_day(high),
                "display": format_date(source["date_published"]) if source["date_published"] else "undated",
                "date_note": source["date_note"],
            }
        )
    columns = ["source_id", "has_date", "earliest", "latest", "display", "date_note"]
    return pd.DataFrame(rows, columns=columns, dtype="str")


def reported_and_written(dated: pd.DataFrame, written: pd.DataFrame) -> pd.DataFrame:
    """Set the dates of what is reported against the dates of writing.

    Parameters
    ----------
    dated : DataFrame
        As :func:`dated_claims` returns it.
    written : DataFrame
        As :func:`writing_dates` returns it.

    Returns
    -------
    DataFrame
        One row a dated claim whose source is bounded on both sides and whose own latest end is known:
        ``claim_id, source_id, event, display, days`` and ``order``. ``days`` counts from the latest end of
        what is reported to the earliest day of writing: negative if the event may end after the text was
        written. ``order`` is ``before writing``, ``on the day`` (the earliest of writing), or ``may end
        after writing``.
    """
    starts = {
        source: _sooner(parse_edtf(earliest))
        for source, earliest, latest in zip(
            written["source_id"], written["earliest"], written["latest"], strict=True
        )
        if earliest and latest
    }
    rows = []
    for claim, source, event, display, end in zip(
        *(dated[c] for c in ("claim_id", "source_id", "event", "display", "end_latest")), strict=True
    ):
        if source not in starts or not end:
            continue
        days = int(starts[source] - _sooner(parse_edtf(end)))
        order = "before writing" if days > 0 else "on the day" if days == 0 else "may end after writing"
        rows.append((claim, source, event, display, days, order))
    columns = ["claim_id", "source_id", "event", "display", "days", "order"]
    types = {c: "int64" if c == "days" else "str" for c in columns}
    return pd.DataFrame(rows, columns=columns).astype(types)


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
        ``exactness``, then the number of claims for each source; from the finest unit to the coarsest, those
        that occur. A period counts under the coarser of the units of its stated ends; one that states
        neither end is ``nothing stated``; a day and month without a year is ``day, no year stated``.
    """
    units = dated.assign(exactness=[_exactness(value) for value in dated["value"]])
    table = pd.crosstab(units["exactness"], units["source_id"]).reindex(columns=list(sources), fill_value=0)
    order = [*_EXACTNESS, *sorted(set(table.index) - set(_EXACTNESS))]
    table = table.reindex([unit for unit in order if unit in table.index])
    table.index.name, table.columns.name = "exactness", None
    return table.reset_index().astype({"exactness": "str"})


def _held(claims: Sequence[Mapping[Hashable, Any]]) -> tuple[int, int, list[str]] | None:
    """Return the first and last day of an event as its claims date it together, and the ids of these claims.

    A period says how long the event lasts. A point says only that it falls somewhere within, so that a point
    ("2024") within which another claim lies ("5 December 2024") is passed over for the more exact one.
    """
    spans = []
    for claim in claims:
        first, last = (parse_edtf(claim[end]).earliest if claim[end] else None for end in _OUTER)
        if first is not None and last is not None:
            spans.append((first, last, claim))

    def exact(first: int, last: int) -> bool:
        return not any(first <= a and b <= last and (a, b) != (first, last) for a, b, _ in spans)

    kept = [(a, b, c["claim_id"]) for a, b, c in spans if c["time_type"] == "interval" or exact(a, b)]
    if not kept:
        return None
    return min(a for a, _, _ in kept), max(b for _, b, _ in kept), [i for _, _, i in kept]


def _days(n: int) -> str:
    return "1 day" if n == 1 else f"{n:,} days"


def _stand(low: int | None, high: int | None, begins: int, ends: int) -> str:
    """Say how the bounds of writing stand to the days of an event."""
    if high is not None and high < begins:
        return f"{_days(begins - high)} before it begins"
    if low is not None and low > ends:
        return f"{_days(low - ends)} after it ends"
    if low is None or high is None or low < begins or high > ends:
        return "not decided by the text itself"
    if low != high:
        return "while it lasts"
    if begins == ends:
        return "on its day"
    return {begins: "on its first day", ends: "on its last day"}.get(low, "while it lasts")


def writing_and_events(dated: pd.DataFrame, written: pd.DataFrame) -> pd.DataFrame:
    """Set the date of writing of every source against the days of every event.

    Parameters
    ----------
    dated : DataFrame
        As :func:`dated_claims` returns it. An event has the days that all sources together give it; a date
        without a year has none.
    written : DataFrame
        As :func:`writing_dates` returns it.

    Returns
    -------
    DataFrame
        One row for each event with known days and each source, whether or not it tells of the event:
        ``event_id, event, source_id, written`` (in words), ``begins, ends`` (ISO days), ``stands`` (in words,
        such as "43 days before it begins") and ``claims`` (ids of the claims that date the event, joined by
        ``;``). Days count from the bound of writing that lies nearer to the event.
    """
    rows = []
    for event, group in dated[dated["event_id"] != ""].groupby("event_id", sort=False):
        held = _held(group.to_dict("records"))
        if held is None:
            continue
        begins, ends, ids = held
        for source in written.to_dict("records"):
            low, high = (parse_edtf(source[end]).earliest if source[end] else None for end in _WRITTEN)
            stands = _stand(low, high, begins, ends)
            days = iso_day(begins), iso_day(ends)
            label = group["event"].iloc[0]
            rows.append((event, label, source["source_id"], source["display"], *days, stands, ";".join(ids)))
    columns = ["event_id", "event", "source_id", "written", "begins", "ends", "stands", "claims"]
    return pd.DataFrame(rows, columns=columns, dtype="str")

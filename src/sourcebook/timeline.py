"""What the sources date, with the bounds that they give, and when they were written."""

from __future__ import annotations

import math

import pandas as pd

from sourcebook.dates import DateInterval, format_date, iso_day, parse_edtf

__all__ = ["dated_claims", "reported_and_written", "writing_dates"]

_BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest")


def _bounds(interval: DateInterval, dated: str) -> dict[str, str]:
    """Return the four bounds as ISO days; empty where the value leaves one open.

    A point in time lies anywhere between the first and the last day that the value allows, so that its
    start and its end share these bounds also where the value is written as a span.
    """
    start, end = (
        ((interval.start_earliest, interval.start_latest), (interval.end_earliest, interval.end_latest))
        if dated == "extent"
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
        ``proposition_id, question, kind, dated, event_id``.
    events : DataFrame
        ``event_id, label, kind``.

    Returns
    -------
    DataFrame
        ``claim_id, source_id, proposition_id, event_id, event, event_kind, dated, value, display,
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
                "dated": question["dated"],
                "value": claim["value"],
                "display": format_date(claim["value"]),
                **_bounds(parse_edtf(claim["value"]), question["dated"]),
            }
        )
    columns = ["claim_id", "source_id", "proposition_id", "event_id", "event", "event_kind", "dated", "value"]
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
        ``source_id, dated`` (yes, if the text carries a date of publication), ``earliest, latest`` (ISO
        days, empty where the text gives no bound), ``display, date_note``.
    """
    rows = []
    for source in sources.to_dict("records"):
        low = parse_edtf(source["not_before"]).earliest if source["not_before"] else None
        high = parse_edtf(source["not_after"]).latest if source["not_after"] else None
        rows.append(
            {
                "source_id": source["source_id"],
                "dated": "yes" if source["date_published"] else "no",
                "earliest": iso_day(low),
                "latest": iso_day(high),
                "display": format_date(source["date_published"]) if source["date_published"] else "undated",
                "date_note": source["date_note"],
            }
        )
    columns = ["source_id", "dated", "earliest", "latest", "display", "date_note"]
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

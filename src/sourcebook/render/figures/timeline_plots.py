"""What the sources date."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from sourcebook.core.frames import require_columns
from sourcebook.parsing.dates import format_date, iso_day, parse_date
from sourcebook.render import palette
from sourcebook.render.figures.axis_scales import Scale, day
from sourcebook.render.figures.canvas import (
    Sources,
    area,
    close_sheet,
    key,
    line,
    mark,
    nothing,
    open_sheet,
    source_names,
)
from sourcebook.render.figures.row_layout import Row, rows_in_words
from sourcebook.render.figures.time_axis import Bands, arrow, time_rows, window_of

__all__ = ["plot_timeline"]

_Record = Mapping[Hashable, Any]
_BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest")
_HALF = 5.0


def _colours(names: Mapping[str, str]) -> dict[str, str]:
    return {source_id: palette.source(i) for i, source_id in enumerate(names)}


def _draw_period(ax: Axes, scale: Scale, claim: _Record, y: float, colour: str) -> None:
    """Draw the certain core of a period solid and its uncertain ends hatched."""
    first, sure, until, last = (day(claim[b]) for b in _BOUNDS)
    x0 = scale.left if first is None else scale(first)
    x3 = scale.right if last is None else max(scale(last + 1), x0 + 3)
    x1 = x3 if sure is None else scale(sure)
    x2 = x0 if until is None else scale(until + 1)
    core = (x1, x2) if x2 > x1 else None
    if first is not None and first == sure and until is not None and until == last:
        core = (x0, x3)
    spans = [(x0, x3)] if core is None else [(x0, core[0]), (core[1], x3)]
    for left, right in spans:
        if right - left > 1:
            area(ax, (left, right, y - _HALF, y + _HALF), colour=colour, pattern="rising")
    if core:
        area(ax, (*core, y - _HALF, y + _HALF), colour=colour)
    if first is None or first < scale.low:
        arrow(ax, x0, y, colour, back=True)
    if last is None or last + 1 > scale.high:
        arrow(ax, x3, y, colour)


def _is_dot(scale: Scale, low: int | None, high: int | None) -> bool:
    """Whether a point in time is known to the day, or its bounds are too close to be drawn apart."""
    if low is None or high is None:
        return False
    return low == high or scale(high + 1) - scale(low) < 4


def _draw_point(ax: Axes, scale: Scale, low: int | None, high: int | None, y: float, colour: str) -> None:
    """Draw a point in time: filled if known to the day as drawn, else hollow between its bounds."""
    x0 = scale.left if low is None else scale(low)
    x1 = scale.right if high is None else scale(high + 1)
    if _is_dot(scale, low, high):
        mark(ax, (x0 + x1) / 2, y, "o", colour=colour, size=8)
        return
    line(ax, (x0, x1), (y, y), colour=colour, width=1.8, layer=2)
    inside = (low is not None and low >= scale.low, high is not None and high < scale.high)
    for x, known, back in ((x0, inside[0], True), (x1, inside[1], False)):
        if known:
            line(ax, (x, x), (y - 4, y + 4), colour=colour, width=1.8, layer=2)
        else:
            arrow(ax, x, y, colour, back=back)
    if all(inside):
        mark(ax, (x0 + x1) / 2, y, "o", colour=colour, size=7, hollow=True)


def _draw_claim(ax: Axes, scale: Scale, claim: _Record, y: float, colour: str) -> None:
    low, high = day(claim["start_earliest"]), day(claim["end_latest"])
    if low is not None and low >= scale.high:
        arrow(ax, scale.right, y, colour)
    elif high is not None and high < scale.low:
        arrow(ax, scale.left, y, colour, back=True)
    elif not any(claim[b] for b in _BOUNDS):
        line(ax, (scale.left, scale.right), (y, y), colour=colour, style=":", width=1.5, layer=2)
    elif claim["time_type"] == "interval":
        _draw_period(ax, scale, claim, y, colour)
    else:
        _draw_point(ax, scale, low, high, y, colour)


def _beyond(claim: _Record, scale: Scale) -> bool:
    """Whether a dated claim has an end that is open or lies outside the axis."""
    low, high = day(claim["start_earliest"]), day(claim["end_latest"])
    if not any(claim[b] for b in _BOUNDS):
        return False
    return low is None or high is None or low < scale.low or high + 1 > scale.high


def _seen(claim: _Record, scale: Scale) -> bool:
    """Whether some of a claim lies within the axis."""
    low, high = day(claim["start_earliest"]), day(claim["end_latest"])
    return (low is None or low < scale.high) and (high is None or high >= scale.low)


def _claim_key(ax: Axes, top: float, width: float, claims: Sequence[_Record], scale: Scale) -> float:
    """Explain the signs that occur."""
    claims, all_claims = [c for c in claims if _seen(c, scale)], claims
    extents = [c for c in claims if c["time_type"] == "interval"]
    points = [c for c in claims if c["time_type"] != "interval" and any(c[b] for b in _BOUNDS)]
    entries: list[tuple[Any, str]] = []
    if extents:
        entries.append((lambda x, y: area(ax, (x - 9, x + 9, y - 5, y + 5), colour="muted"), "certain"))
    if any(c["start_earliest"] != c["start_latest"] or c["end_earliest"] != c["end_latest"] for c in extents):
        entries.append(
            (
                lambda x, y: area(ax, (x - 9, x + 9, y - 5, y + 5), colour="muted", pattern="rising"),
                "within the bounds given",
            )
        )
    if any(_is_dot(scale, day(c["start_earliest"]), day(c["end_latest"])) for c in points):
        entries.append(
            (lambda x, y: mark(ax, x, y, "o", colour="muted", size=8), "a day, or a span too short to draw")
        )
    if any(not _is_dot(scale, day(c["start_earliest"]), day(c["end_latest"])) for c in points):
        entries.append((lambda x, y: _whisker(ax, x, y), "some time between the bounds"))
    if any(_beyond(c, scale) for c in all_claims):
        entries.append((lambda x, y: arrow(ax, x, y, "muted"), "open, or beyond the axis"))
    if any(not any(c[b] for b in _BOUNDS) for c in claims):
        entries.append(
            (
                lambda x, y: line(ax, (x - 9, x + 9), (y, y), colour="muted", style=":", width=1.5),
                "no year stated",
            )
        )
    return key(ax, top, width, entries)


def _whisker(ax: Axes, x: float, y: float) -> None:
    line(ax, (x - 9, x + 9), (y, y), colour="muted", width=1.8)
    for end in (x - 9, x + 9):
        line(ax, (end, end), (y - 4, y + 4), colour="muted", width=1.8)
    mark(ax, x, y, "o", colour="muted", size=7, hollow=True)


def _with_days(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows with their words, kind of time and days, which are read from the value where they are not given."""
    if set(_BOUNDS) <= set(frame) and {"time_type", "display"} <= set(frame):
        return frame
    require_columns(frame, ("value",), "frame")
    read = [parse_date(value) for value in frame["value"]]
    days = {name: [iso_day(getattr(date, name)) for date in read] for name in _BOUNDS}
    words = {
        "display": [format_date(date.edtf) for date in read],
        "time_type": ["interval" if "/" in date.edtf else "instant" for date in read],
    }
    given = {name: cells for name, cells in {**days, **words}.items() if name not in frame}
    return frame.assign(**given)


def plot_timeline(
    frame: pd.DataFrame,
    *,
    sources: Sources | None = None,
    ax: Axes | None = None,
    bands: Bands | None = None,
    window: tuple[str, str] | None = None,
) -> Axes:
    """Draw when the sources date what.

    The question: does each event stand at the same time for all of them?

    Parameters
    ----------
    frame : DataFrame
        As :func:`sourcebook.analysis.timeline.dated_claims` returns it, or with ``source_id, event`` and ``value`` (a
        date of EDTF) alone; the other columns are ``time_type``, ``display`` (the words) and ``start_earliest,
        start_latest, end_earliest, end_latest`` (ISO days, empty where open). Events are drawn in the order of their
        first row.
    sources : sequence of str, or mapping of str to str, optional
        Source ids in their order, or their labels by id; by default those of the frame.
    ax : Axes, optional
        Where to draw; by default a new figure, as high as the drawing.
    bands : mapping of str to (str, str), optional
        Named spans of ISO days to draw behind the rows.
    window : (str, str), optional
        ISO days at which the axis begins and ends; what goes beyond is cut there.

    Returns
    -------
    Axes
        In points from the top left corner.

    Raises
    ------
    DataError
        For a frame that lacks a column.
    ParseError
        For a value that is no date.
    """
    require_columns(
        frame,
        (
            "source_id",
            "event",
        ),
        "frame",
    )
    frame = _with_days(frame)
    ax, width = open_sheet(ax)
    names, spans = source_names(sources, frame["source_id"]), dict(bands or {})
    records = frame[frame["source_id"].isin(list(names))].to_dict("records")
    days = [d for c in records for b in _BOUNDS if (d := day(c[b])) is not None]
    if not days:
        return nothing(ax, width, "no event is dated here")
    order = {event: i for i, event in reversed(list(enumerate(c["event"] for c in records)))}
    position = {s: i for i, s in enumerate(names)}
    records.sort(key=lambda c: (order[c["event"]], position[c["source_id"]]))
    colours = _colours(names)
    rows = [
        Row(
            label=names[c["source_id"]],
            words=c["display"],
            heading=c["event"],
            colour=colours[c["source_id"]],
        )
        for c in records
    ]
    span = window_of(days, spans)
    if window:
        low, high = day(window[0]), day(window[1])
        span = (span[0] if low is None else low, span[1] if high is None else high + 1)
    lanes, scale, end = time_rows(ax, width, rows, span, spans)
    for claim, y in zip(records, lanes.middles, strict=True):
        _draw_claim(ax, scale, claim, y, colours[claim["source_id"]])
    alt = rows_in_words("Bars and points on an axis of time, from the earliest to the latest day", rows)
    return close_sheet(ax, _claim_key(ax, end, width, records, scale) + 2, alt)

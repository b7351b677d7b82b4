"""Since when law is in force for whom."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from sourcebook.parsing.dates import format_date
from sourcebook.render import palette
from sourcebook.render.figures.axis_scales import Scale, day
from sourcebook.render.figures.canvas import (
    SMALL,
    area,
    close_sheet,
    key,
    mark,
    nothing,
    open_sheet,
    paragraph,
)
from sourcebook.render.figures.row_layout import Row, rows_in_words
from sourcebook.render.figures.time_axis import Bands, arrow, time_rows, window_of

__all__ = ["plot_treaty_status"]

_Record = Mapping[Hashable, Any]

#: Positions in the palette of the colours of states: from its end, which the sources of a book fill last.
_STATES = (5, 6, 7)


def _treaty_rows(steps: Sequence[_Record], title: str) -> list[tuple[Row, _Record | None, list[int]]]:
    """Return the rows of one instrument: a row, the step that is in force, and the days of other steps."""
    plain = [s for s in steps if not s["date"] and not s["in_force"]]
    if len(plain) == len(steps) and len({s["step"] for s in steps}) == 1:
        states = ", ".join(dict.fromkeys(s["state"] for s in steps))
        return [(Row(label=states, words=plain[0]["step"], heading=title), None, [])]
    out: list[tuple[Row, _Record | None, list[int]]] = []
    for state in dict.fromkeys(s["state"] for s in steps):
        own = [s for s in steps if s["state"] == state]
        other = [s for s in own if not s["in_force"]]
        said = [f"{s['step']} {format_date(s['date'])}" if s["date"] else str(s["step"]) for s in other]
        marks = [d for s in other if (d := day(s["date"])) is not None]
        for i, s in enumerate(k for k in own if k["in_force"]):
            words = f"{s['step']}, from {format_date(s['in_force'])}"
            said_here = "; ".join([words, *(said if i == 0 else [])])
            row = Row(label=s.get("label") or state, words=said_here, heading=title)
            out.append((row, s, marks if i == 0 else []))
        if len(other) == len(own):
            out.append((Row(label=state, words="; ".join(said), heading=title), None, marks))
    return out


def plot_treaty_status(
    participation: pd.DataFrame,
    *,
    instruments: pd.DataFrame | None = None,
    bands: Bands | None = None,
    window: tuple[str, str] | None = None,
    until: Mapping[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw since when each instrument is in force for each state.

    The question: was it, at the time spoken of?

    Parameters
    ----------
    participation : DataFrame
        ``instrument_id, state, step, date, in_force`` (EDTF), in the order to draw; maybe ``label``, the name
        of the row of a step that is in force where it is not that of the state.
    instruments : DataFrame, optional
        ``instrument_id, short_name``; ids are shown without it.
    bands : mapping of str to (str, str), optional
        Named spans of ISO days, such as periods that the sources speak of.
    window : (str, str), optional
        ISO days at which the axis begins and ends.
    until : mapping of str to str, optional
        The last ISO day of a state that is no more: its bars end there.
    ax : Axes, optional
        Where to draw; by default a new figure, as high as the drawing.

    Returns
    -------
    Axes
        In points from the top left corner. No state has the colour of one of the first five sources. A state
        without a date has its step in words; states with the same step and no dates share a row.

    Raises
    ------
    ValueError
        If `until` names a state that takes no step, or a day that is none.
    """
    ax, width = open_sheet(ax)
    spans = dict(bands or {})
    ends = _last_days(until or {}, set(participation["state"]))
    titles = (
        {}
        if instruments is None
        else dict(zip(instruments["instrument_id"], instruments["short_name"], strict=True))
    )
    steps = participation.to_dict("records")
    days = [d for s in steps for c in ("date", "in_force") if (d := day(s[c])) is not None]
    rows = [
        found
        for name in dict.fromkeys(s["instrument_id"] for s in steps)
        for found in _treaty_rows([s for s in steps if s["instrument_id"] == name], titles.get(name, name))
    ]
    if not days:
        return nothing(ax, width, "no step of a state is dated")
    low, high = window_of(days, spans)
    if window:
        low, high = float(day(window[0]) or low), float((day(window[1]) or high) + 1)
    colours = {
        s: palette.source(_STATES[i % 3]) for i, s in enumerate(dict.fromkeys(s["state"] for s in steps))
    }
    shown = [
        replace(row, colour=colours.get(step["state"] if step else row.label, "ink")) for row, step, _ in rows
    ]
    lanes, scale, bottom = time_rows(ax, width, shown, (low, high), spans)
    for row, (_, step, marks), y in zip(shown, rows, lanes.middles, strict=True):
        colour = row.colour
        start = day(step["in_force"]) if step else None
        if step and start is not None:
            _draw_bar(ax, scale, y, (start, ends.get(step["state"])), colour)
        for d in marks:
            mark(ax, scale(d), y, "D", colour=colour, size=6, hollow=True)
    alt = rows_in_words("Bars on an axis of time, since when each treaty is in force for each state", shown)
    return close_sheet(ax, _treaty_key(ax, bottom, width) + 2, alt)


def _draw_bar(ax: Axes, scale: Scale, y: float, days: tuple[int, int | None], colour: str) -> None:
    """Draw the time in force from the first day to the last, or on, with an arrow where it leaves the axis."""
    start, end = days
    right = scale.right if end is None else scale(end + 1)
    area(ax, (max(scale(start), scale.left), right, y - 4, y + 4), colour=colour)
    if end is None:
        arrow(ax, scale.right, y, colour)
    if start < scale.low:
        arrow(ax, scale.left, y, colour, back=True)


def _last_days(until: Mapping[str, str], states: set[str]) -> dict[str, int]:
    """Return the last day of each state that is no more."""
    days = {}
    for state, date in until.items():
        last = day(date)
        if state not in states or last is None:
            raise ValueError(
                f"until: expected a state of the table with an ISO day, found {state!r}: {date!r}"
            )
        days[state] = last
    return days


def _treaty_key(ax: Axes, top: float, width: float) -> float:
    end = key(
        ax,
        top,
        width,
        [
            (
                lambda x, y: area(ax, (x - 9, x + 9, y - 4, y + 4), colour="muted"),
                "in force, or with effect, from its left end to its right; an arrow: beyond the years shown",
            ),
            (
                lambda x, y: mark(ax, x, y, "D", colour="muted", size=6, hollow=True),
                "a step whose entry into force is not in the table",
            ),
        ],
    )
    return paragraph(
        ax, 0, end, "An empty lane: no date, for the reason in words.", width, size=SMALL, colour="muted"
    )

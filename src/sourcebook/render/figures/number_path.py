"""How one number travels: its printed occurrences over time."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from sourcebook.parsing.dates import civil_date, day_number, format_date, parse_edtf
from sourcebook.render import palette
from sourcebook.render.figures.axis_scales import Scale, clear_ticks, draw_axis
from sourcebook.render.figures.canvas import (
    LINE,
    SMALL,
    Sources,
    area,
    close_sheet,
    line,
    mark,
    nothing,
    open_sheet,
    paragraph,
    source_names,
    text,
    text_width,
)
from sourcebook.render.figures.row_layout import Lanes, Row, draw_rows, lane_edges
from sourcebook.render.figures.time_axis import arrow, window_of

__all__ = ["plot_number_path"]

_Record = Mapping[Hashable, Any]
_KINDS = {"flow": "over a period", "stock": "at one date", "plan": "planned or expected", "other": ""}
_COLUMN, _MARGIN = 52.0, 64.0  # of the pages without a date, and from there to the axis
_SHARE = 0.44  # of the width, for the words
_FOREVER = float("inf")
_TICKS, _MONTHS = 3, 200  # the least ticks, and from how many days on whole years are shown for want of them
_SEEN = 12.0  # how long a line has to be for a mark not to hide it


@dataclass(frozen=True, kw_only=True)
class _Time:
    """Which time runs from left to right.

    Attributes
    ----------
    column : str
        Where an occurrence has it.
    beside : str
        Head of the column for those that have none.
    ends : str
        What the line through a mark shows.
    thick : float
        Width of that line.
    span : str
        What the line says.
    """

    column: str
    beside: str
    ends: str
    thick: float
    span: str


class _Look(NamedTuple):
    """How the mark of an occurrence looks: it is hollow where no origin is named."""

    colour: str
    hollow: bool


_ACROSS = {
    "date": _Time(
        column="date",
        beside="undated",
        ends="the dates of the pages",
        thick=1.8,
        span="Line: the day is not known.",
    ),
    "period": _Time(
        column="period",
        beside="no time",
        ends="the times that the number is given for",
        thick=5.0,
        span="Line: the time that the number is given for.",
    ),
}


def _ordered(frame: pd.DataFrame, time: _Time) -> list[_Record]:
    """Return the occurrences by group, by what they count and in the order of a time; those without it come last."""
    records = frame.to_dict("records")
    groups = list(dict.fromkeys(_group(r) for r in records))

    def place(record: _Record) -> tuple[int, bool, float, float]:
        edtf = record[time.column]
        bounds = parse_edtf(edtf) if edtf else None
        early, late = (bounds.earliest, bounds.latest) if bounds else (None, None)
        return groups.index(_group(record)), not edtf, early or -_FOREVER, late or _FOREVER

    timely = sorted(records, key=place)
    parts = list(dict.fromkeys((_group(r), _counts(r)) for r in timely))
    return sorted(timely, key=lambda r: (groups.index(_group(r)), parts.index((_group(r), _counts(r)))))


def _group(record: _Record) -> str:
    return str(record.get("group", ""))


def _counts(record: _Record) -> str:
    """Return what an occurrence counts, in words."""
    return ", ".join(filter(None, [record["unit"], _KINDS[record["kind"]]]))


def _printer(record: _Record, names: Mapping[str, str]) -> str:
    return names.get(record["source_id"]) or str(record["publisher"])


def _period(record: _Record) -> str:
    return format_date(record["period"]) if record["period"] else "no time given"


def _words(record: _Record) -> str:
    """Return what an occurrence prints: the words, the time that they are given for, and whose figure it is."""
    whose = [str(record["whose"])] if record["whose"] else []
    return "; ".join([f"“{record['english'] or record['quote']}”", _period(record), *whose])


def _alternative(records: Sequence[_Record], names: Mapping[str, str], time: _Time) -> str:
    """Return each occurrence with its page, date, words and what it counts, in the order of the figure."""
    sentences = [f"Marks on an axis of time, the printed occurrences of a number at {time.ends}"]
    for group, members in groupby(records, _group):
        occurrences = "; ".join(
            f"{format_date(r['date']) if r['date'] else 'Undated'}, {_printer(r, names)}: "
            f"{_words(r)} ({_counts(r)})"
            for r in members
        )
        sentences.append(f"{group}. {occurrences}" if group else occurrences)
    return f"{'. '.join(sentences)}."


def _mark(ax: Axes, x: float, y: float, look: _Look) -> None:
    mark(ax, x, y, "o", colour=look.colour, size=8, hollow=look.hollow)


def _draw_occurrence(
    ax: Axes, scale: Scale | None, record: _Record, place: tuple[float, float], look: _Look, time: _Time
) -> None:
    """Draw the mark of an occurrence at its time, with a line as long as that lasts, or in the margin."""
    x, y = place
    if scale is not None and record[time.column]:
        bounds = parse_edtf(record[time.column])
        ends = scale(bounds.earliest or scale.low), scale(bounds.latest or scale.high)
        line(ax, ends, (y, y), colour=look.colour, width=time.thick, layer=2)
        if bounds.earliest is None or bounds.latest is None:
            arrow(ax, ends[bounds.earliest is not None], y, look.colour, back=bounds.earliest is None)
        x = sum(ends) / 2
    _mark(ax, x, y, look)


def _looks(records: Sequence[_Record], names: Mapping[str, str]) -> list[_Look]:
    """Return how each occurrence is marked."""
    colours = {source_id: palette.source(i) for i, source_id in enumerate(names)}
    return [_Look(colours.get(r["source_id"], "ink"), hollow=not r["whose"]) for r in records]


def _has_line(scale: Scale | None, record: _Record, time: _Time) -> bool:
    """Return whether the line of an occurrence can be seen beside its mark."""
    if scale is None or not record[time.column]:
        return False
    bounds = parse_edtf(record[time.column])
    return scale(bounds.latest or scale.high) - scale(bounds.earliest or scale.low) > _SEEN


def _explained(looks: Sequence[_Look], span: str) -> str:
    """Return in words what the fillings and the line mean, if the figure has them."""
    filled = not all(look.hollow for look in looks)
    hollow = "Hollow: it does not." if filled else "Hollow: the page names no origin."
    words = ["Filled: the page names an origin."] * filled
    words += [hollow] * any(look.hollow for look in looks)
    return " ".join([*words, *filter(None, [span])])


def _draw_margin(ax: Axes, lanes: Lanes, top: float, head: str) -> None:
    """Set off the occurrences without a time beside the axis."""
    area(
        ax,
        (lanes.left, lanes.left + _COLUMN, top, lanes.bottom),
        colour="muted",
        pattern="faint",
        layer=0.5,
    )
    text(ax, lanes.left + _COLUMN / 2, top - LINE / 2, head, size=SMALL, align="center", colour="muted")


def plot_number_path(
    frame: pd.DataFrame,
    *,
    sources: Sources,
    across: str = "date",
    ax: Axes | None = None,
) -> Axes:
    """Draw how one number travels.

    The question: where does a number keep its size while what it counts, or its time, changes?

    Parameters
    ----------
    frame : DataFrame
        Rows of the table ``printed_numbers``: ``quote, english, unit, kind, period, whose, publisher, date,
        source_id`` (all str, empty where there is nothing), and maybe ``group``, the heading of a part of the
        rows. In a group, the rows that count the same are together under its name; a filled mark says that
        the page names an origin of the number.
    sources : sequence of str, or mapping of str to str
        Source ids in the order of the registry, or their short labels by id; their occurrences have their
        colours.
    across : {"date", "period"}
        The time from left to right: that of the pages, or that which the number is given for.
    ax : Axes, optional
        Where to draw; by default a new figure, as high as the drawing.

    Returns
    -------
    Axes
        In points from the top left corner.

    Raises
    ------
    ValueError
        If `across` is no time of an occurrence.
    """
    if across not in _ACROSS:
        raise ValueError(f"across: expected one of {', '.join(_ACROSS)}; found {across!r}")
    time = _ACROSS[across]
    ax, width = open_sheet(ax)
    records, names = _ordered(frame, time), source_names(sources)
    if not records:
        return nothing(ax, width, "no page prints the number")
    looks = _looks(records, names)
    scale, end = _draw_lanes(ax, width, records, names, looks, time)
    span = time.span if any(_has_line(scale, r, time) for r in records) else ""
    end = paragraph(ax, 0, end + 4, _explained(looks, span), width, size=SMALL)
    return close_sheet(ax, end + 4, _alternative(records, names, time))


def _draw_lanes(
    ax: Axes,
    width: float,
    records: Sequence[_Record],
    names: Mapping[str, str],
    looks: Sequence[_Look],
    time: _Time,
) -> tuple[Scale | None, float]:
    """Draw a row for each occurrence under the axis; return the scale, if any, and where they end."""
    rows = [
        Row(
            label=_printer(r, names),
            words=_words(r),
            heading=_group(r),
            part=_counts(r),
            colour=look.colour,
            note=format_date(r["date"]) if r["date"] else "undated",
        )
        for r, look in zip(records, looks, strict=True)
    ]
    lanes = draw_rows(ax, width, rows, LINE + 6, lane=12.0, share=_SHARE)
    beside = any(not r[time.column] for r in records)
    days = [d for r in records if r[time.column] for d in _ends(r[time.column])]
    scale, ticks = _axis(days, lane_edges(width, rows, _SHARE), beside=beside)
    if beside:
        _draw_margin(ax, lanes, LINE + 6, time.beside)
    for r, y, look in zip(records, lanes.middles, looks, strict=True):
        _draw_occurrence(ax, scale, r, (lanes.left + _COLUMN / 2, y), look, time)
    end = lanes.bottom + 4
    if scale is None:
        return None, end
    return scale, draw_axis(ax, scale, ticks, LINE + 6, end, spans=lanes.spans)


def _ends(date: str) -> list[int]:
    bounds = parse_edtf(date)
    return [d for d in (bounds.earliest, bounds.latest) if d is not None]


def _axis(
    days: Sequence[int], edges: tuple[float, float], *, beside: bool
) -> tuple[Scale | None, list[tuple[float, str]]]:
    """Return the scale, if there are days, and its ticks, whose labels stay clear of the margin."""
    if not days:
        return None, []
    low, high = window_of(days, {})
    scale, ticks = _beside(low, high, edges, beside=beside)
    if len(ticks) < _TICKS and high - low > _MONTHS:
        first, last = civil_date(min(days))[0], civil_date(max(days))[0] + 1
        low, high = min(low, day_number(first, 1, 1)), max(high, day_number(last, 1, 1))
        scale, ticks = _beside(low, high, edges, beside=beside)
    return scale, ticks


def _beside(
    low: float, high: float, edges: tuple[float, float], *, beside: bool
) -> tuple[Scale, list[tuple[float, str]]]:
    """Return a scale and its ticks, with room for the first label between the margin and the next one."""
    scale = Scale(low=low, high=high, left=edges[0] + (_MARGIN if beside else 0.0), right=edges[1])
    ticks = clear_ticks(scale)
    if not beside or not ticks:
        return scale, ticks
    start = scale(ticks[0][0]) - text_width(ticks[0][1], SMALL) / 2
    scale = replace(scale, left=scale.left + max(0.0, edges[0] + _COLUMN + 4 - start))
    return scale, clear_ticks(scale)

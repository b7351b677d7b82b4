"""Figures of numbers on a line: hedged quantities, and agreement of coders."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from sourcebook.coding.claim_intervals import interval_bounds
from sourcebook.core.frames import require_columns
from sourcebook.parsing.quantities import format_quantity, parse_notation
from sourcebook.render import palette
from sourcebook.render.figures.axis_scales import Scale, clear_number_ticks, draw_axis, number_ticks
from sourcebook.render.figures.canvas import (
    LINE,
    SMALL,
    Sources,
    close_sheet,
    key,
    line,
    mark,
    nothing,
    open_sheet,
    source_names,
    text,
    text_width,
)
from sourcebook.render.figures.row_layout import Lanes, Row, draw_rows, lane_edges, rows_in_words

__all__ = ["plot_alpha", "plot_quantities"]

_Record = Mapping[Hashable, Any]
#: Krippendorff's customary bounds: below the first no conclusion, from the second on reliable.
_BOUNDS = (0.667, 0.8)
_ALPHA = ("alpha", "low", "high")
_STUB = (
    24.0  # length of the line on a side without a bound: as an arrow to the edge, it would look like a size
)


def _or(number: float, missing: float) -> float:
    """Return a number, or what stands for it where it is missing."""
    return missing if math.isnan(number) else number


def _nominal(record: _Record) -> float:
    """Return the number that was stated, if one was."""
    if record.get("value"):
        stated = parse_notation(str(record["value"])).nominal
        return math.nan if stated is None else stated
    low, high = record["lower"], record["upper"]
    return low if low == high else math.nan


def _draw_quantity(ax: Axes, scale: Scale, record: _Record, y: float, colour: str) -> None:
    """Draw the interval of a quantity: closed ends filled, open ends hollow, no end a short line with an arrow."""
    low, high = _or(record["lower"], 0.0), _or(record["upper"], math.inf)
    bare = math.isnan(record["lower"]) or (scale.log and low <= 0)
    nominal = _nominal(record)
    if low == high:
        mark(ax, scale(low), y, "o", colour=colour)
        return
    x0, x1 = scale(low), scale.right if math.isinf(high) else scale(high)
    if bare and not math.isinf(high):
        x0 = max(x1 - _STUB, scale.left)
    if math.isinf(high) and not bare:
        x1 = min(x0 + _STUB, scale.right)
    line(ax, (x0, x1), (y, y), colour=colour, width=2, layer=2)
    if low < nominal < high:
        for x in (x0, x1):
            line(ax, (x, x), (y - 4, y + 4), colour=colour, width=2, layer=2)
        mark(ax, scale(nominal), y, "o", colour=colour)
        return
    if bare:
        mark(ax, x0, y, "<", colour=colour, size=8)
    else:
        mark(ax, x0, y, "o", colour=colour, hollow=not record["lower_closed"])
    if math.isinf(high):
        mark(ax, x1, y, ">", colour=colour, size=8)
    else:
        mark(ax, x1, y, "o", colour=colour, hollow=not record["upper_closed"])


def _reach(records: Sequence[_Record], log: bool | None) -> tuple[float, float, bool]:
    """Return the ends of the axis, and whether it is logarithmic."""
    values = [r[c] for r in records for c in ("lower", "upper")]
    finite = [v for v in values if math.isfinite(v)]
    positive = [v for v in finite if v > 0]
    top = max(finite, default=0.0)
    use_log = bool(positive) and (top / min(positive) > 50 if log is None else log)
    if use_log:
        return (
            10.0 ** math.floor(math.log10(min(positive)) - 0.05),
            10.0 ** math.ceil(math.log10(top) + 0.1),
            True,
        )
    return min(0.0, *finite) if finite else 0.0, (top or 1.0) * 1.15, False


def _with_bounds(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows with their words and bounds, which are read from the value where they are not given."""
    if "source_id" not in frame and "label" not in frame:
        require_columns(frame, ("source_id",), "frame")
    if "lower" not in frame:
        require_columns(frame, ("value",), "frame")
        kinds = pd.Series("quantity", index=frame.index)
        bounds = interval_bounds(kinds, frame["value"])
        frame = frame.join(bounds[["lower", "upper", "lower_closed", "upper_closed"]])
    if "display" not in frame:
        require_columns(frame, ("value",), "frame")
        frame = frame.assign(display=frame["value"].map(format_quantity))
    return frame


def plot_quantities(
    frame: pd.DataFrame,
    *,
    sources: Sources | None = None,
    ax: Axes | None = None,
    log: bool | None = None,
) -> Axes:
    """Draw hedged quantities as intervals.

    The question: which numbers do the words allow, and do they meet? A line without a bound at one end has
    the same length wherever it is, and an arrow.

    Parameters
    ----------
    frame : DataFrame
        ``value`` (the notation), and ``source_id`` or ``label``; optional ``display`` (the words), ``group`` (set
        once above a run of rows), and ``lower, upper`` (empty where open) with ``lower_closed, upper_closed`` (yes
        or no) where the bounds are not those of the value. Rows keep their order.
    sources : sequence of str, or mapping of str to str, optional
        Source ids in their order, or their labels by id; by default those of the frame.
    ax : Axes, optional
        Where to draw; by default a new figure, as high as the drawing.
    log : bool, optional
        Logarithmic axis; by default where the numbers differ by more than a factor of 50.

    Returns
    -------
    Axes
        In points from the top left corner.

    Raises
    ------
    DataError
        For a frame that lacks a column.
    ParseError
        For a value that is no quantity.
    """
    frame = _with_bounds(frame)
    ax, width = open_sheet(ax)
    names = source_names(sources, frame.get("source_id", ()))
    colours = {s: palette.source(i) for i, s in enumerate(names)}
    records = frame.to_dict("records")
    if not records:
        return nothing(ax, width, "no quantity is given here")
    rows = [
        Row(
            label=str(r.get("label") or names.get(r.get("source_id", ""), r.get("source_id", ""))),
            words=str(r["display"]),
            heading=str(r.get("group", "")),
            colour=colours.get(r.get("source_id", ""), "ink"),
        )
        for r in records
    ]
    low, high, logged = _reach(records, log)
    left, right = lane_edges(width, rows)
    scale = Scale(low=low, high=high, left=left + 4, right=right, log=logged)
    top = LINE + 4 + (LINE if logged else 0)
    lanes = draw_rows(ax, width, rows, top)
    if logged:
        text(ax, left, LINE / 2, "logarithmic scale", size=SMALL, colour="muted")
    end = draw_axis(ax, scale, clear_number_ticks(scale), top, lanes.bottom + 4, spans=lanes.spans)
    for r, row, y in zip(records, rows, lanes.middles, strict=True):
        _draw_quantity(ax, scale, r, y, row.colour)
    alt = rows_in_words("Intervals on a number line", rows)
    return close_sheet(ax, _quantity_key(ax, end, width, records) + 2, alt)


def _quantity_key(ax: Axes, top: float, width: float, records: Sequence[_Record]) -> float:
    ends = [(_or(r["lower"], 0.0), _or(r["upper"], math.inf), r) for r in records]
    entries: list[tuple[Any, str]] = []
    bounds = [
        (finite and bool(r[f"{side}_closed"]), finite and not r[f"{side}_closed"])
        for a, b, r in ends
        if a != b and not a < _nominal(r) < b
        for side, finite in (("lower", True), ("upper", math.isfinite(b)))
    ]
    filled = ["the number itself"] * any(a == b for a, b, _ in ends)
    filled += ["bound included"] * any(closed for closed, _ in bounds)
    if filled:
        entries.append((lambda x, y: mark(ax, x, y, "o", colour="muted"), ", or a ".join(filled)))
    if any(hollow for _, hollow in bounds):
        entries.append((lambda x, y: mark(ax, x, y, "o", colour="muted", hollow=True), "bound not included"))
    if any(math.isinf(b) for _, b, _ in ends):
        entries.append((lambda x, y: mark(ax, x, y, ">", colour="muted", size=8), "no bound on this side"))
    if any(a < _nominal(r) < b for a, b, r in ends):
        entries.append((lambda x, y: _about_sign(ax, x, y), "about"))
    return key(ax, top, width, entries) if entries else top


def _about_sign(ax: Axes, x: float, y: float) -> None:
    line(ax, (x - 9, x + 9), (y, y), colour="muted", width=2)
    mark(ax, x, y, "o", colour="muted")


def _alpha_words(record: _Record) -> str:
    units = f"{record['units']:,} units"
    alpha = record["alpha"]
    if math.isnan(alpha):
        reasons = (record.get("note"), record.get("status"), "no reason given")
        reason = next(each for each in reasons if isinstance(each, str) and each)
        return f"undefined ({reason}); {units}"
    low, high = record["low"], record["high"]
    bounds = "" if math.isnan(low) or math.isnan(high) else f" ({low:.2f} to {high:.2f})"
    return f"{alpha:.2f}{bounds}, {units}"


def plot_alpha(
    frame: pd.DataFrame, *, ax: Axes | None = None, labels: Mapping[str, str] | None = None
) -> Axes:
    """Draw Krippendorff's alpha of each variable with its interval.

    The question: how far do the coders agree?

    Parameters
    ----------
    frame : DataFrame
        As :func:`sourcebook.reliability.agreement_by_variable` returns it: ``variable, alpha, low, high,
        units`` and, for an undefined alpha, ``note`` or ``status``.
    ax : Axes, optional
        Where to draw; by default a new figure, as high as the drawing.
    labels : mapping of str to str, optional
        Names of variables for people.

    Returns
    -------
    Axes
        In points from the top left corner, with lines at 0.667 and 0.8.

    References
    ----------
    Krippendorff, K. (2019). Content Analysis: An Introduction to Its Methodology, 4th ed., ch. 12.
    """
    ax, width = open_sheet(ax)
    numbers = {name: pd.to_numeric(frame[name]).to_numpy("float64", na_value=math.nan) for name in _ALPHA}
    records = frame.assign(**numbers).to_dict("records")
    if not records:
        return nothing(ax, width, "no variable was coded twice")
    shown = labels or {}
    rows = [Row(label=shown.get(r["variable"], r["variable"]), words=_alpha_words(r)) for r in records]
    known = [v for r in records for c in ("alpha", "low") if not math.isnan(v := r[c])]
    low = min(0.0, math.floor(min(known, default=0.0) * 5) / 5)
    left, right = lane_edges(width, rows)
    scale = Scale(low=low, high=1.0, left=left + 4, right=right)
    top = 2 * LINE + 6
    lanes = draw_rows(ax, width, rows, top)
    end = _alpha_axis(ax, scale, low, top, lanes)
    for r, y in zip(records, lanes.middles, strict=True):
        _draw_alpha(ax, scale, r, y)
    chart = "Krippendorff's alpha on an axis that ends at 1, with its interval of confidence"
    return close_sheet(ax, end + 4, rows_in_words(chart, rows))


def _alpha_axis(ax: Axes, scale: Scale, low: float, top: float, lanes: Lanes) -> float:
    words = "Krippendorff’s customary bounds 0.667 and 0.8 (dashed)"
    room = scale.right + 8 - text_width(words, SMALL)
    text(ax, max(room, 0), LINE / 2, words, size=SMALL, colour="muted")
    for bound in _BOUNDS:
        x = scale(bound)
        for ends in lanes.spans or [(top, lanes.bottom + 4)]:
            line(ax, (x, x), ends, colour="muted", width=1.4, style="--", layer=0.2)
    ticks = [(v, w) for v, w in number_ticks(low, 1.0, 5) if v not in {0.6, 0.8}]
    ticks = sorted([*ticks, *((b, str(b)) for b in _BOUNDS)])
    return draw_axis(ax, scale, ticks, top, lanes.bottom + 4, spans=lanes.spans)


def _draw_alpha(ax: Axes, scale: Scale, record: _Record, y: float) -> None:
    alpha, low, high = (record[c] for c in _ALPHA)
    if math.isnan(alpha):
        mark(ax, scale(scale.low) + 6, y, "x", colour="muted", size=7)
        return
    if not math.isnan(low) and not math.isnan(high):
        line(ax, (scale(low), scale(high)), (y, y), colour="ink", width=2, layer=2)
        for x in (scale(low), scale(high)):
            line(ax, (x, x), (y - 4, y + 4), colour="ink", width=2, layer=2)
    mark(ax, scale(alpha), y, "o", colour="ink")

"""Rows under an axis of days, with named spans behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from sourcebook.parsing.dates import format_date
from sourcebook.render.figures.axis_scales import Scale, date_ticks, day, draw_axis
from sourcebook.render.figures.canvas import LINE, SMALL, area, is_narrow, mark, text, wrap
from sourcebook.render.figures.row_layout import Lanes, Row, draw_rows, lane_edges

__all__ = ["Bands", "arrow", "time_rows", "window_of"]

#: Spans of ISO days by name.
Bands = Mapping[str, tuple[str, str]]
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SIGN = 24.0
#: Widths of a tick's words with air, the first with most; the next is tried where it leaves less than three ticks.
_TICKS = (66.0, 50.0, 38.0)


def window_of(days: Sequence[int], bands: Bands) -> tuple[float, float]:
    """Return the span of some days and bands with a little air."""
    ends = [d for band in bands.values() for d in map(day, band) if d is not None]
    low, high = min([*days, *ends]), max([*days, *ends]) + 1
    air = max(0.5, 0.03 * (high - low))
    return low - air, high + air


def _ticks(scale: Scale, width: float) -> list[tuple[float, str]]:
    room = scale.right - scale.left
    tries = [58.0, *_TICKS[1:]] if is_narrow(width) else _TICKS
    for each in tries:
        if len(ticks := date_ticks(scale.low, scale.high, int(room / each))) >= 3:
            break
    return ticks


def arrow(ax: Axes, x: float, y: float, colour: str, *, back: bool = False) -> None:
    """Draw the sign of an end that is open."""
    mark(ax, x, y, "<" if back else ">", colour=colour, size=7)


def time_rows(
    ax: Axes, width: float, rows: Sequence[Row], span: tuple[float, float], bands: Bands, lane: float = 14.0
) -> tuple[Lanes, Scale, float]:
    """Set rows under a time axis with bands; return the lanes, the scale and where the drawing ends."""
    left, right = lane_edges(width, rows)
    scale = Scale(low=span[0], high=span[1], left=left, right=right)
    top = LINE * sum(len(lines) for _, lines in _band_words(bands, right - _SIGN)) + LINE + 6
    lanes = draw_rows(ax, width, rows, top, lane=lane)
    bottom = lanes.bottom + 4
    _draw_bands(ax, scale, bands, top, bottom)
    end = draw_axis(
        ax, scale, _ticks(scale, width), top, bottom + (LINE if len(bands) > 1 else 0), spans=lanes.spans
    )
    return lanes, scale, end


def _band_words(bands: Bands, room: float) -> list[tuple[str, list[str]]]:
    """Return the letter and the lines of each band: its name and its days."""
    out = []
    for i, (name, (start, end)) in enumerate(bands.items()):
        dated = format_date(start if start == end else f"{start}/{end}")
        out.append((_LETTERS[i % 26] if len(bands) > 1 else "", wrap(f"{name}: {dated}", room, SMALL)))
    return out


def _draw_bands(ax: Axes, scale: Scale, bands: Bands, top: float, bottom: float) -> None:
    """Draw spans of days behind the rows; the words stand above the axis, told apart by letters."""
    y = 0.0
    for (letter, lines), ends in zip(_band_words(bands, scale.right - _SIGN), bands.values(), strict=True):
        area(ax, (2, 18, y + 2, y + LINE - 2), colour="muted", pattern="faint")
        text(ax, 10, y + LINE / 2, letter, size=SMALL, align="center")
        for words in lines:
            text(ax, _SIGN, y + LINE / 2, words, size=SMALL)
            y += LINE
        low, high = day(ends[0]), day(ends[1])
        if low is not None and high is not None:
            x0, x1 = scale(low), max(scale(high + 1), scale(low) + 2)
            area(ax, (x0, x1, top, bottom), colour="muted", pattern="faint", layer=0.5)
            text(ax, (x0 + x1) / 2, bottom + LINE / 2, letter, size=SMALL, align="center")

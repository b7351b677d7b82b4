"""From numbers and days to places on a sheet, and the ticks between."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from matplotlib.axes import Axes

from sourcebook.parsing.dates import civil_date, day_number, parse_edtf
from sourcebook.render.figures.canvas import LINE, SMALL, line, text, text_width

__all__ = [
    "Scale",
    "clear_number_ticks",
    "clear_ticks",
    "date_ticks",
    "day",
    "draw_axis",
    "number",
    "number_ticks",
]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LABEL = 44.0  # room for the label of a year
_YEAR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A straight or logarithmic scale.

    Attributes
    ----------
    low, high : float
        The values at its ends.
    left, right : float
        Their places in points.
    log : bool
        Whether equal steps are equal factors; then `low` is above 0.
    """

    low: float
    high: float
    left: float
    right: float
    log: bool = False

    def __call__(self, value: float) -> float:
        """Return the place of a value in whole points; one beyond an end is set at that end."""
        low, high, at = float(self.low), float(self.high), float(min(max(value, self.low), self.high))
        if self.log:
            low, high, at = math.log10(low), math.log10(high), math.log10(at)
        share = (at - low) / (high - low) if high > low else 0.5
        return float(round(self.left + share * (self.right - self.left)))


def day(iso: object) -> int | None:
    """Return the number of an ISO day, None for an empty cell."""
    cell = iso if isinstance(iso, str) else ""
    return parse_edtf(cell).earliest if cell else None


def number(value: float) -> str:
    """Return a number for a tick: 250,000 or 1.5 million.

    Examples
    --------
    >>> number(250000), number(1500000), number(0.5)
    ('250,000', '1.5 million', '0.5')
    """
    if abs(value) >= 1e6:
        return f"{value / 1e6:,.6g} million"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:.6g}"


def number_ticks(low: float, high: float, most: int, *, log: bool = False) -> list[tuple[float, str]]:
    """Return at most about `most` round numbers from low to high, with their labels."""
    if log:
        powers = range(math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9) + 1)
        step = max(1, math.ceil(len(powers) / max(most, 1)))
        return [(10.0**p, number(10.0**p)) for p in powers[::step]]
    rough = (high - low) / max(most, 1) or 1.0
    size = 10.0 ** math.floor(math.log10(rough))
    width = next(size * m for m in (1, 2, 5, 10) if size * m >= rough * 0.999)
    first = math.ceil(low / width - 1e-9)
    values = [round(i * width, 10) for i in range(first, math.floor(high / width + 1e-9) + 1)]
    return [(v, number(v)) for v in values]


def _year_name(year: int) -> str:
    return str(year) if year > 0 else f"{1 - year} BCE"


def date_ticks(low: float, high: float, most: int) -> list[tuple[float, str]]:
    """Return ticks at years, months or days, whichever suits the span.

    Parameters
    ----------
    low, high : float
        Day numbers.
    most : int
        How many there is room for.

    Returns
    -------
    list of (float, str)
        Day number and label; for months the year stands at the first tick and at each January, for days
        the month and the year at the first tick and the month at each first of a month.
    """
    span, most = high - low, max(most, 1)
    first, last = civil_date(math.floor(low)), civil_date(math.ceil(high))
    if span > 2.5 * 366:
        step = next((s for s in _YEAR_STEPS if span / 365.25 / s <= most), _YEAR_STEPS[-1])
        years = range(math.ceil(first[0] / step) * step, last[0] + 1, step)
        found = [(float(day_number(y, 1, 1)), _year_name(y)) for y in years]
        return [t for t in found if low <= t[0] <= high]
    if span > 70:
        step = next((s for s in (1, 2, 3, 6, 12) if span / 30.4 / s <= most), 12)
        months = range(first[0] * 12 + (first[1] - 1), last[0] * 12 + last[1])
        days = [(day_number(m // 12, m % 12 + 1, 1), m) for m in months if m % 12 % step == 0]
        inside = [(float(d), m) for d, m in days if low <= d <= high]
        return [
            (d, _MONTHS[m % 12] + (f" {_year_name(m // 12)}" if i == 0 or m % 12 < step else ""))
            for i, (d, m) in enumerate(inside)
        ]
    step = next((s for s in (1, 2, 3, 5, 7, 14, 28) if span / s <= most), 28)
    out = []
    for i, d in enumerate(range(math.ceil(low), math.floor(high) + 1, step)):
        year, month, nth = civil_date(d)
        words = f"{nth} {_MONTHS[month - 1]}" + (f" {_year_name(year)}" if i == 0 else "")
        out.append((float(d), words if i == 0 or nth <= step else str(nth)))
    return out


def clear_ticks(scale: Scale, least: int = 3) -> list[tuple[float, str]]:
    """Return ticks at dates whose labels have room side by side, at least some if the days allow it.

    Parameters
    ----------
    scale : Scale
        Of day numbers.
    least : int
        How many there should be; a few days may have fewer.

    Examples
    --------
    >>> clear_ticks(Scale(low=day("2011-10-01"), high=day("2016-05-01"), left=0, right=120))
    [(734503.0, '2012'), (735234.0, '2014'), (735964.0, '2016')]
    """
    most = max(int((scale.right - scale.left) / _LABEL), 1)
    usual = date_ticks(scale.low, scale.high, most)
    first, last = civil_date(math.ceil(scale.low))[0], civil_date(math.floor(scale.high))[0]
    steps = range(1, max(last - first, 1) + 1)
    by_year = [_multiples(scale, range(-(-first // step) * step, last + 1, step)) for step in steps]
    by_count = [date_ticks(scale.low, scale.high, most + more) for more in range(1, 5)]
    ends = _multiples(scale, [first + 1, (first + 1 + last) // 2, last])
    for ticks in (usual, *by_year, *by_count, ends):
        if len(ticks) >= least and _have_room(scale, ticks):
            return ticks
    return usual


def clear_number_ticks(scale: Scale, room: float = 64.0, least: int = 3) -> list[tuple[float, str]]:
    """Return ticks at round numbers whose labels have room side by side, at least some if they fit.

    Parameters
    ----------
    scale : Scale
        Of numbers.
    room : float
        For a label with its gap, in points.
    least : int
        How many there should be.

    Examples
    --------
    >>> clear_number_ticks(Scale(low=0, high=940_000, left=0, right=310))
    [(0.0, '0'), (200000.0, '200,000'), (400000.0, '400,000'), (600000.0, '600,000'), (800000.0, '800,000')]
    """
    most = int((scale.right - scale.left) / room)
    usual = number_ticks(scale.low, scale.high, most, log=scale.log)
    for more in range(4):
        ticks = number_ticks(scale.low, scale.high, most + more, log=scale.log)
        if len(ticks) >= least and _have_room(scale, ticks):
            return ticks
    return usual


def _multiples(scale: Scale, years: Sequence[int]) -> list[tuple[float, str]]:
    found = [(float(day_number(y, 1, 1)), _year_name(y)) for y in years]
    return [tick for tick in found if scale.low <= tick[0] <= scale.high]


def _have_room(scale: Scale, ticks: Sequence[tuple[float, str]]) -> bool:
    """Return whether labels around their ticks leave a gap between them."""
    halves = [(scale(value), text_width(words, SMALL) / 2) for value, words in ticks]
    return all(a + half + 6 <= b - other for (a, half), (b, other) in pairwise(halves))


def draw_axis(
    ax: Axes,
    scale: Scale,
    ticks: Sequence[tuple[float, str]],
    top: float,
    bottom: float,
    *,
    again_below: float = 420.0,
    spans: Sequence[tuple[float, float]] = (),
) -> float:
    """Draw upright lines at the ticks with labels above them, and below as well if the drawing is high.

    Parameters
    ----------
    ax : Axes
        The sheet.
    scale : Scale
        Of the axis.
    ticks : sequence of (float, str)
        Values and their labels.
    top, bottom : float
        Where the rows begin and end.
    again_below : float
        The height from which on the labels are set below as well.
    spans : sequence of (float, float)
        The tops and bottoms between which the lines are drawn; by default from `top` to `bottom`.

    Returns
    -------
    float
        Where the drawing ends.
    """
    repeat = bottom - top > again_below
    edge = -1e9
    for value, words in ticks:
        x, half = scale(value), text_width(words, SMALL) / 2
        for ends in spans or [(top, bottom)]:
            line(ax, (x, x), ends, layer=0)
        at = (
            min(max(x, half), max(scale.right + 8, half) - half)
            if x + half > scale.right + 8
            else max(x, half)
        )
        if at - half < edge:
            continue
        text(ax, at, top - LINE / 2, words, size=SMALL, align="center", colour="muted")
        if repeat:
            text(ax, at, bottom + LINE / 2 + 2, words, size=SMALL, align="center", colour="muted")
        edge = at + half + 6
    return bottom + (LINE + 4 if repeat else 2)

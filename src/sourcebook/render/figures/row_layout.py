"""Rows with a name, a lane to draw in and words: beside each other if there is room, else stacked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from sourcebook.render import palette
from sourcebook.render.figures.canvas import (
    LINE,
    SIZE,
    SMALL,
    is_narrow,
    line,
    paragraph,
    text,
    text_width,
    wrap,
)

__all__ = ["Grid", "Lanes", "Row", "draw_grid", "draw_rows", "lane_edges", "rows_in_words", "source_heads"]

#: Rows that an alternative text spells out.
_SPELLED_OUT = 40

_GAP = 10.0
_LEAST_COLUMN = 46.0


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a drawing.

    Attributes
    ----------
    label : str
        Its name, at the left or above.
    words : str
        What the lane shows, in words, at the right or after the name.
    heading : str
        The group that it belongs to; set once above the first row of a run.
    colour : str
        Colour of the name.
    note : str
        What is set small under the name, or at the right edge of its line where rows are stacked.
    part : str
        The part of its group; set once, smaller than the group.
    """

    label: str
    words: str = ""
    heading: str = ""
    colour: str = "ink"
    note: str = ""
    part: str = ""


@dataclass(frozen=True, kw_only=True)
class Lanes:
    """Where the rows came to stand.

    Attributes
    ----------
    left, right : float
        The ends of the lanes.
    middles : tuple of float
        The height of the middle of each lane.
    bottom : float
        Where the last row ends.
    spans : tuple of (float, float)
        Between which heights the lines of an axis are drawn where the rows are stacked, so that no words
        interrupt them; empty where they may run through.
    """

    left: float
    right: float
    middles: tuple[float, ...]
    bottom: float
    spans: tuple[tuple[float, float], ...] = ()


def lane_edges(width: float, rows: Sequence[Row], share: float = 0.27) -> tuple[float, float]:
    """Return the left and the right end of the lanes; the words take at most a share of the width."""
    if is_narrow(width):
        return 10.0, width - 12
    names = max((text_width(r.label, SIZE) for r in rows), default=0.0)
    words = max((text_width(r.words, SMALL) for r in rows), default=0.0)
    left = min(names, 0.26 * width) + _GAP + 4
    right = width - (min(words, share * width) + _GAP + 8 if words else 14)
    return left, right


def source_heads(names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the head of each source's column and its colour."""
    return [(label, palette.source(i)) for i, label in enumerate(names.values())]


def rows_in_words(chart: str, rows: Sequence[Row]) -> str:
    """Return what rows show, for those who do not see them.

    Parameters
    ----------
    chart : str
        What kind of drawing it is.
    rows : sequence of Row
        With heading, label and words. Of many rows, the first are spelled out, and the others counted.

    Examples
    --------
    >>> rows_in_words("Bars", [Row(label="Mill", words="3", heading="Floods"), Row(label="Council", words="2")])
    'Bars. Floods: Mill, 3; Council, 2.'
    """
    groups: list[tuple[str, list[str]]] = []
    for row in rows[:_SPELLED_OUT]:
        if not groups or (row.heading and groups[-1][0] != row.heading):
            groups.append((row.heading, []))
        groups[-1][1].append(", ".join(filter(None, (row.label, row.words))))
    sentences = [
        chart,
        *(f"{_capital(head)}: {'; '.join(parts)}" if head else "; ".join(parts) for head, parts in groups),
    ]
    if len(rows) > _SPELLED_OUT:
        sentences.append(f"{len(rows) - _SPELLED_OUT} more rows are in the data below")
    return " ".join(f"{sentence}." for sentence in sentences)


def draw_rows(
    ax: Axes, width: float, rows: Sequence[Row], top: float, *, lane: float = 16.0, share: float = 0.27
) -> Lanes:
    """Set the names and words of rows.

    Parameters
    ----------
    ax : Axes
        The sheet.
    width : float
        Of the sheet.
    rows : sequence of Row
        From top to bottom.
    top : float
        Where they begin.
    lane : float
        Height of the part to draw in.
    share : float
        Of the width, at most, for the words.

    Returns
    -------
    Lanes
    """
    left, right = lane_edges(width, rows, share)
    narrow, y, middles, before = is_narrow(width), top, [], None
    for row in rows:
        y, before = _headed(ax, width, row, before, y), row
        if narrow:
            y = _stacked(ax, width, row, y)
            middles.append(y + lane / 2 + 1)
            y += lane + 5
            continue
        names = [(part, SIZE, row.colour) for part in wrap(row.label, left - _GAP, SIZE)]
        names += [(part, SMALL, "muted") for part in wrap(row.note, left - _GAP, SMALL) if part]
        words = [(part, SMALL, "ink") for part in wrap(row.words, width - right - _GAP - 2, SMALL)]
        height = max(lane + 6, LINE * max(len(names), len(words)) + 5)
        middle = y + height / 2
        for x, lines in ((0.0, names), (right + _GAP, words)):
            for n, (part, size, colour) in enumerate(lines):
                at = middle + LINE * (n - (len(lines) - 1) / 2)
                if part:
                    text(ax, x, at, part, size=size, colour=colour)
        middles.append(middle)
        y += height
    spans = tuple((m - lane / 2 - 1, m + lane / 2 + 1) for m in middles) if narrow else ()
    return Lanes(left=left, right=right, middles=tuple(middles), bottom=y, spans=spans)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _headed(ax: Axes, width: float, row: Row, before: Row | None, y: float) -> float:
    """Set the group and the part of a row where they are not those of the row before; return where they end."""
    behind = not is_narrow(width)  # there the lines of the axis run through
    group, part = (before.heading, before.part) if before else ("", "")
    if row.heading != group:
        if before:
            y += 5
            line(ax, (0, width), (y, y))
        words = _capital(row.heading)
        y = paragraph(ax, 0, y + 5, words, width, weight="bold", ground=behind) + 2 if words else y + 4
    if row.part and (row.part, row.heading) != (part, group):
        y += 0 if row.heading != group else 4
        words = _capital(row.part)
        y = 1 + paragraph(ax, 0, y, words, width, size=SMALL, weight="bold", colour="muted", ground=behind)
    return y


def _stacked(ax: Axes, width: float, row: Row, y: float) -> float:
    """Set the name and the words of a row above its lane; return where they end.

    What is short is set at the right edge, in the last line of the name if there is room, so that the numbers
    of the rows are one column.
    """
    lines = wrap(row.label, width, SIZE)
    y = paragraph(ax, 0, y, row.label, width, colour=row.colour)
    room = width - text_width(lines[-1], SIZE) - _GAP
    short, long = (row.note, row.words) if row.note else (row.words, "")
    if short and text_width(short, SMALL) <= room:
        text(ax, width, y - LINE / 2, short, size=SMALL, align="right", colour="muted" if row.note else "ink")
    elif short and text_width(short, SMALL) <= width / 2:
        y += LINE
        text(ax, width, y - LINE / 2, short, size=SMALL, align="right", colour="muted" if row.note else "ink")
    elif short:
        y = paragraph(ax, 0, y, short, width, size=SMALL, colour="muted" if row.note else "ink")
    return paragraph(ax, 0, y, long, width, size=SMALL) if long else y


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Where the cells of a table of marks came to stand.

    Attributes
    ----------
    columns, rows : tuple of float
        The middles of the columns and of the rows.
    step : float
        From one column to the next.
    bottom : float
        Where the last row ends.
    """

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    step: float
    bottom: float


def _draw_heads(
    ax: Axes, columns: Sequence[float], step: float, heads: Sequence[tuple[str, str]], width: float
) -> float:
    """Set the heads of columns, as numbers with a list where the columns are too narrow for words."""
    y = 0.0
    shown = [name for name, _ in heads]
    if step < _LEAST_COLUMN:
        for i, (name, colour) in enumerate(heads):
            y = paragraph(ax, 0, y, f"{i + 1}  {name}", width, size=SMALL, colour=colour)
        shown = [str(i + 1) for i in range(len(heads))]
    wrapped = [wrap(name, step - 5, SMALL) for name in shown]
    depth = max(len(lines) for lines in wrapped)
    for x, lines, (_, colour) in zip(columns, wrapped, heads, strict=True):
        for n, words in enumerate(lines):
            at = y + LINE * (depth - len(lines) + n + 0.5)
            text(ax, x, at, words, size=SMALL, colour=colour, align="center")
    return y + LINE * depth + 4


def draw_grid(
    ax: Axes,
    width: float,
    labels: Sequence[str],
    heads: Sequence[tuple[str, str]],
    *,
    headings: Sequence[str] = (),
    cell: float = 22.0,
) -> Grid:
    """Set the names of the rows and columns of a table of marks.

    Parameters
    ----------
    ax : Axes
        The sheet.
    width : float
        Of the sheet.
    labels : sequence of str
        Names of the rows; beside the cells, or above them on a narrow sheet.
    heads : sequence of (str, str)
        Names of the columns and their colours.
    headings : sequence of str, optional
        The group of each row.
    cell : float
        Least height of a row.

    Returns
    -------
    Grid
    """
    narrow, n = is_narrow(width), len(heads)
    step = width / n if narrow else min(100.0, 0.67 * width / n)
    start = 0.0 if narrow else width - step * n
    columns = tuple(start + step * (i + 0.5) for i in range(n))
    y = _draw_heads(ax, columns, step, heads, width)
    line(ax, (0, width), (y, y), colour="muted")
    middles, heading = [], ""
    for i, label in enumerate(labels):
        if headings and headings[i] != heading:
            heading = headings[i]
            y = paragraph(ax, 0, y + 6, heading, width, weight="bold")
        if narrow:
            y = paragraph(ax, 0, y + 4, label, width)
            height = cell
            middles.append(y + height / 2)
        else:
            lines = wrap(label, start - _GAP, SIZE)
            height = max(cell, LINE * len(lines) + 7)
            for k, words in enumerate(lines):
                text(ax, 0, y + height / 2 + LINE * (k - (len(lines) - 1) / 2), words)
            middles.append(y + height / 2)
        y += height
        line(ax, (0, width), (y, y))
    return Grid(columns=columns, rows=tuple(middles), step=step, bottom=y)

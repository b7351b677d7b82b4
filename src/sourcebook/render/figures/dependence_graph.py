"""What joins the sources, as a graph whose edges are numbered and told below."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

from sourcebook.render import palette
from sourcebook.render.figures.canvas import (
    LINE,
    SIZE,
    SMALL,
    area,
    close_sheet,
    key,
    line,
    mark,
    nothing,
    open_sheet,
    paragraph,
    source_names,
    text,
    text_width,
)
from sourcebook.render.figures.row_layout import Row, rows_in_words

__all__ = ["plot_independence"]

#: Radius of the circle of sources in points: at most, and what is left beside it for a label.
_RADIUS, _BESIDE = 150.0, 56.0


def _places(names: Sequence[str], width: float) -> tuple[dict[str, tuple[float, float]], float]:
    """Return the place of each source on a circle, the first on top, and where the circle ends."""
    radius = min(_RADIUS, width / 2 - _BESIDE)
    middle = width / 2, radius + 2 * LINE + 4
    turn = 2 * math.pi / max(len(names), 1)
    found = {
        s: (middle[0] + radius * math.sin(i * turn), middle[1] - radius * math.cos(i * turn))
        for i, s in enumerate(names)
    }
    return found, middle[1] + radius + LINE + 8


def _name_sources(ax: Axes, places: Mapping[str, tuple[float, float]], names: Mapping[str, str]) -> None:
    low, high = min(y for _, y in places.values()), max(y for _, y in places.values())
    width = float(ax.get_figure(root=True).get_figwidth()) * 72  # type: ignore[union-attr]
    for i, (source, (x, y)) in enumerate(places.items()):
        mark(ax, x, y, "o", colour=palette.source(i), size=13)
        half = text_width(names[source]) / 2
        at = min(max(x, half + 2), width - half - 2)
        above = y <= (low + high) / 2
        level = y - LINE if above else y + LINE
        area(ax, (at - half - 2, at + half + 2, level - 8, level + 8), colour="paper", layer=2)
        text(ax, at, level, names[source], colour=palette.source(i), align="center")


def _number(ax: Axes, number: int, start: tuple[float, float], end: tuple[float, float], part: float) -> None:
    """Set the number of an edge upon it."""
    x, y = (a + part * (b - a) for a, b in zip(start, end, strict=True))
    half = text_width(str(number), SMALL) / 2 + 3
    area(ax, (x - half, x + half, y - 8, y + 8), colour="paper", layer=2)
    text(ax, x, y, str(number), size=SMALL, align="center")


def plot_independence(
    edges: pd.DataFrame,
    *,
    sources: Sequence[str] | Mapping[str, str],
    kinds: Mapping[str, str] | None = None,
    told: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """Draw what joins each two sources, and which of it makes them one origin.

    The question: which of the sources are independent of each other?

    Parameters
    ----------
    edges : DataFrame
        As :func:`sourcebook.analysis.agreement.dependencies` returns it: ``source_a, source_b, kind, label,
        is_merged``.
    sources : sequence of str, or mapping of str to str
        Source ids in the order of the registry, or their short labels by id.
    kinds : mapping of str to str, optional
        Names of the kinds for people.
    told : bool
        Tell below what each line stands for; without it, the numbers lead to a table that does.
    ax : Axes, optional
        It takes up its whole figure, whose width is kept and whose height is set.

    Returns
    -------
    Axes
        In points from the top left corner. One line for each two sources that anything joins, with a
        number, counted from 1 in the order of the rows; below, in the order of the numbers, all that joins
        them. A firm line merges them.
    """
    ax, width = open_sheet(ax)
    names, titles = source_names(sources), dict(kinds or {})
    used = edges[edges["source_a"].isin(list(names)) & edges["source_b"].isin(list(names))]
    if used.empty:
        return nothing(ax, width, "nothing joins two sources")
    places, bottom = _places(list(names), width)
    entries_told: list[tuple[str, str]] = []
    opposite = len(names) % 2 == 0
    for number, ((a, b), rows) in enumerate(used.groupby(["source_a", "source_b"], sort=False), start=1):
        merges = bool(rows["is_merged"].any())
        ends = places[str(a)], places[str(b)]
        line(
            ax,
            [p[0] for p in ends],
            [p[1] for p in ends],
            colour="ink" if merges else "muted",
            width=2.6 if merges else 1.3,
            style="-" if merges else "--",
        )
        _number(ax, number, *ends, 0.36 if opposite else 0.5)
        what = [
            label if kind == "passages" else f"{titles.get(kind, kind)} ({label})"
            for kind, label in zip(rows["kind"], rows["label"], strict=True)
        ]
        entries_told.append((str(number), f"{names[str(a)]} – {names[str(b)]}: {'; '.join(what)}"))
    _name_sources(ax, places, names)
    entries = [
        (lambda x, y: line(ax, (x - 9, x + 9), (y, y), colour="ink", width=2.6), "counted as one origin"),
        (
            lambda x, y: line(ax, (x - 9, x + 9), (y, y), colour="muted", width=1.3, style="--"),
            "something in common, counted apart",
        ),
    ]
    bottom = key(ax, bottom, width, entries) + 6
    for shown, words in entries_told if told else []:
        text(ax, 16, bottom + LINE / 2, shown, size=SMALL, align="right")
        bottom = paragraph(ax, 24, bottom, words, width - 26, size=SMALL) + 3
    lines = [Row(label=number, words=words) for number, words in entries_told]
    chart = f"Graph of {len(names)} sources on a circle, with {len(lines)} numbered lines between them"
    return close_sheet(ax, bottom + SIZE / 2, rows_in_words(chart, lines))

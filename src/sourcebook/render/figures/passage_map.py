"""Where in two texts the passages lie that they share."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from sourcebook.render import palette
from sourcebook.render.figures.axis_scales import Scale, draw_axis
from sourcebook.render.figures.canvas import (
    LINE,
    SMALL,
    Sources,
    area,
    close_sheet,
    key,
    line,
    nothing,
    open_sheet,
    source_names,
    text,
    text_width,
)
from sourcebook.render.figures.row_layout import Row, rows_in_words

__all__ = ["plot_shared"]

_LANE = 76.0
_BAR = 12.0


def plot_shared(
    passages: pd.DataFrame,
    *,
    lengths: Mapping[str, int],
    sources: Sources | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw where in each source the passages stand that it shares with another.

    The question: who repeats what?

    Parameters
    ----------
    passages : DataFrame
        As :func:`sourcebook.reuse.shared_passages` returns it: ``source_a, start_a, end_a, source_b,
        start_b, end_b, words, kind``; the longer a passage, the broader its line.
    lengths : mapping of str to int
        Length of each text in code points, on the same text as the offsets.
    sources : sequence of str, or mapping of str to str, optional
        Source ids in the order of the registry, or their short labels by id; by default those of `lengths`.
    ax : Axes, optional
        Where to draw; by default a new figure, as high as the drawing.

    Returns
    -------
    Axes
        In points from the top left corner. Each bar is a source from its beginning to its end.
    """
    ax, width = open_sheet(ax)
    names = source_names(sources, lengths)
    rows = passages[passages["source_a"].isin(list(names)) & passages["source_b"].isin(list(names))]
    records = rows.to_dict("records")
    if not names:
        return nothing(ax, width, "there is no source")
    top = LINE + 6
    tops = {s: top + LINE + 4 + i * _LANE for i, s in enumerate(names)}
    scale = Scale(low=0, high=1, left=2, right=width - 10)
    colours = {s: palette.source(i) for i, s in enumerate(names)}
    bottom = max(tops.values()) + _BAR + 6
    ticks = [(0.0, "beginning"), (0.25, "25 %"), (0.5, "50 %"), (0.75, "75 %"), (1.0, "end of text")]
    end = draw_axis(ax, scale, ticks, top, bottom, again_below=1e9)
    shared = dict.fromkeys(names, 0)
    for r in records:
        a, b = sorted("ab", key=lambda side: tops[r[f"source_{side}"]])
        spans = []
        for side in (a, b):
            source = r[f"source_{side}"]
            x0, x1 = (scale(int(r[f"{edge}_{side}"]) / lengths[source]) for edge in ("start", "end"))
            spans.append((x0, max(x1, x0 + 2)))
            area(
                ax, (x0, max(x1, x0 + 2), tops[source], tops[source] + _BAR), colour=colours[source], layer=3
            )
            shared[source] += 1
        upper, lower = tops[r[f"source_{a}"]] + _BAR, tops[r[f"source_{b}"]]
        _connect(ax, (sum(spans[0]) / 2, upper), (sum(spans[1]) / 2, lower), r)
    for s, y in tops.items():
        area(ax, (scale(0), scale(1), y, y + _BAR), colour="paper", layer=2)
        area(ax, (scale(0), scale(1), y, y + _BAR), colour=colours[s], pattern="empty", layer=2.5)
        count = f"{shared[s]:,} shared passages" if shared[s] != 1 else "1 shared passage"
        _named(ax, y - LINE / 2 - 2, names[s], count, colours[s])
    entries = [
        (lambda x, y: line(ax, (x - 9, x + 9), (y, y), colour="muted", width=1.6), "word for word"),
        (
            lambda x, y: line(ax, (x - 9, x + 9), (y, y), colour="muted", width=1.6, style="--"),
            "with changes",
        ),
    ]
    kinds = {r["kind"] == "verbatim" for r in records}
    shown = [e for e, k in zip(entries, (True, False), strict=True) if k in kinds]
    alt = _described(names, shared)
    return close_sheet(ax, key(ax, end, width, shown) + 2 if shown else end + 4, alt)


def _named(ax: Axes, y: float, name: str, count: str, colour: str) -> None:
    """Set the name of a bar and how many passages it shares, on a ground that hides the lines behind."""
    whole = text_width(name) + 10 + text_width(count, SMALL)
    area(ax, (0, whole + 4, y - LINE / 2, y + LINE / 2), colour="paper", layer=2)
    text(ax, 2, y, name, colour=colour)
    text(ax, 2 + text_width(name) + 8, y, count, size=SMALL, colour="muted")


def _connect(
    ax: Axes, start: tuple[float, float], end: tuple[float, float], passage: Mapping[Hashable, Any]
) -> None:
    """Draw a smooth line from one bar to another."""
    t = np.linspace(0, 1, 13)
    ease = t * t * (3 - 2 * t)
    xs = start[0] + (end[0] - start[0]) * ease
    ys = start[1] + (end[1] - start[1]) * t
    style = "-" if passage["kind"] == "verbatim" else "--"
    width = min(0.7 + int(passage["words"]) / 30, 3.0)
    line(ax, list(xs), list(ys), colour="muted", width=width, style=style, layer=1.5)


def _described(names: Mapping[str, str], shared: Mapping[str, int]) -> str:
    rows = [Row(label=names[s], words=f"{n} shared passage{'s' * (n != 1)}") for s, n in shared.items()]
    return rows_in_words(
        "A bar for each text from its beginning to its end, joined where texts share a passage", rows
    )

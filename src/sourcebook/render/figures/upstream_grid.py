"""The grid of what the sources draw on."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from sourcebook.render import palette
from sourcebook.render.figures.canvas import close_sheet, line, mark, nothing, open_sheet, source_names
from sourcebook.render.figures.row_layout import Row, draw_grid, rows_in_words, source_heads

__all__ = ["plot_links"]


def plot_links(
    links: pd.DataFrame,
    *,
    sources: Sequence[str] | Mapping[str, str],
    ax: Axes | None = None,
    kinds: Mapping[str, str] | None = None,
    shared_only: bool = False,
) -> Axes:
    """Draw what the sources depend on.

    The question: which of them share an upstream?

    Parameters
    ----------
    links : DataFrame
        ``source_id, upstream, upstream_label, kind``.
    sources : sequence of str, or mapping of str to str
        Source ids in the order of the registry, or their short labels by id.
    ax : Axes, optional
        It takes up its whole figure, whose width is kept and whose height is set.
    kinds : mapping of str to str, optional
        Names of the kinds for people, in the order to draw; kinds not named follow by their own name.
    shared_only : bool
        Leave out what only one source depends on.

    Returns
    -------
    Axes
        In points from the top left corner. What two sources or more depend on is joined by a line.
    """
    ax, width = open_sheet(ax)
    names, titles = source_names(sources), dict(kinds or {})
    used = links[links["source_id"].isin(list(names))]
    records: Sequence[Mapping[Hashable, Any]] = used.to_dict("records")
    held: dict[tuple[str, str], set[str]] = {}
    label: dict[tuple[str, str], str] = {}
    for r in records:
        held.setdefault((r["kind"], r["upstream"]), set()).add(r["source_id"])
        label.setdefault((r["kind"], r["upstream"]), r["upstream_label"])
    order = [*titles, *sorted({k for k, _ in held} - set(titles))]
    rows = [c for c in held if not shared_only or len(held[c]) > 1]
    rows.sort(key=lambda c: (order.index(c[0]), -len(held[c]), label[c]))
    if not rows:
        return nothing(ax, width, "no source is linked to an upstream")
    headings = [titles.get(kind, kind) for kind, _ in rows]
    grid = draw_grid(ax, width, [label[c] for c in rows], source_heads(names), headings=headings)
    for cell, y in zip(rows, grid.rows, strict=True):
        at = [x for s, x in zip(names, grid.columns, strict=True) if s in held[cell]]
        if len(at) > 1:
            line(ax, (at[0], at[-1]), (y, y), colour="ink", width=2.5, layer=2)
        for i, (s, x) in enumerate(zip(names, grid.columns, strict=True)):
            if s in held[cell]:
                mark(ax, x, y, "o", colour=palette.source(i), size=10)
            elif len(at) < 2 or not at[0] < x < at[-1]:
                line(ax, (x - 3, x + 3), (y, y), colour="silent")
    described = [
        Row(
            label=label[cell],
            words=", ".join(names[s] for s in names if s in held[cell]),
            heading=titles.get(cell[0], cell[0]),
        )
        for cell, heading in zip(rows, headings, strict=True)
    ]
    return close_sheet(
        ax, grid.bottom + 4, rows_in_words("Grid of dots, where a text draws on an upstream", described)
    )

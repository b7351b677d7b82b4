"""Figures of rows and sources: states and counts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial

import pandas as pd
from matplotlib.axes import Axes

from sourcebook.core.frames import require_columns
from sourcebook.render import palette
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
from sourcebook.render.figures.row_layout import (
    Row,
    draw_grid,
    rows_in_words,
    source_heads,
)

__all__ = ["STATES", "plot_counts", "plot_matrix"]

#: States of a cell, relations in their order first, with their words.
STATES: Mapping[str, str] = {
    "contradict": "contradicts another",
    "compatible": "compatible with another",
    "variant": "a variant of another's wording",
    "agree": "agrees with another source",
    "not-comparable": "not comparable with another",
    "only": "the only source to answer",
    "mentioned": "silent: words occur, no claim",
    "searched-absent": "silent: searched, absent",
    "out-of-scope": "silent: out of its scope",
    "before-event": "silent: written before",
    "not-coded": "not fully coded",
}

_STROKES = {
    "searched-absent": ((-5, 0), (5, 0)),
    "mentioned": ((-5, 5), (5, -5)),
    "out-of-scope": ((0, 5), (0, -5)),
    "before-event": ((-5, -5), (5, 5)),
}


def _draw_state(ax: Axes, state: str, x: float, y: float) -> None:
    """Draw a state: an answer as a marker, a silence as a faint stroke."""
    if state in _STROKES:
        (x0, y0), (x1, y1) = _STROKES[state]
        line(ax, (x + x0, x + x1), (y + y0, y + y1), colour="silent", width=1.4, layer=2)
    elif state == "not-coded":
        text(ax, x, y, "?", size=SMALL, colour="silent", align="center")
    else:
        mark(ax, x, y, palette.MARKS.get(state, "o"), colour=palette.relation(state), size=9)


def plot_matrix(
    frame: pd.DataFrame,
    *,
    sources: Sources | None = None,
    ax: Axes | None = None,
    label: str = "question",
    group: str = "",
) -> Axes:
    """Draw how each source stands to each proposition.

    The question: where do they meet, part, and fall silent?

    Parameters
    ----------
    frame : DataFrame
        As :func:`sourcebook.analysis.agreement.matrix` returns it: ``proposition_id, source_id, state``, and the
        columns named by `label` and `group` if there are such. Rows in the order of their first cell.
    sources : sequence of str, or mapping of str to str, optional
        Source ids in their order, or their labels by id; by default those of the frame.
    ax : Axes, optional
        Where to draw; by default a new figure, as high as the drawing.
    label : str
        Column that names a row; ``proposition_id`` where it is absent.
    group : str
        Column whose value is set once above a run of rows.

    Returns
    -------
    Axes
        In points from the top left corner, with a key of the states that occur.

    Raises
    ------
    DataError
        For a frame that lacks a column.
    ValueError
        For a state that is not known.
    """
    require_columns(
        frame,
        (
            "proposition_id",
            "source_id",
            "state",
        ),
        "frame",
    )
    if unknown := sorted(set(map(str, frame["state"])) - set(STATES)):
        raise ValueError(f"state: expected one of {', '.join(STATES)}; found {', '.join(unknown)}")
    ax, width = open_sheet(ax)
    names = source_names(sources, frame["source_id"])
    cells = frame[frame["source_id"].isin(list(names))].drop_duplicates(["proposition_id", "source_id"])
    if cells.empty:
        return nothing(ax, width, "no proposition is asked here")
    first = cells.drop_duplicates("proposition_id")
    labels = list(first[label if label in first.columns else "proposition_id"])
    headings = list(first[group]) if group else []
    grid = draw_grid(ax, width, labels, source_heads(names), headings=headings)
    state = {(r["proposition_id"], r["source_id"]): str(r["state"]) for r in cells.to_dict("records")}
    for proposition, y in zip(first["proposition_id"], grid.rows, strict=True):
        for source_id, x in zip(names, grid.columns, strict=True):
            _draw_state(ax, state.get((proposition, source_id), "not-coded"), x, y)
    seen = set(state.values()) | ({"not-coded"} if len(state) < len(first) * len(names) else set())
    entries = [(partial(_draw_state, ax, s), words) for s, words in STATES.items() if s in seen]
    counts = pd.Series(list(state.values())).value_counts()
    rows = [Row(label=words, words=f"{counts[s]:,} cells") for s, words in STATES.items() if s in counts]
    alt = rows_in_words(f"Grid of {len(first):,} questions by {len(names)} texts", rows)
    return close_sheet(ax, key(ax, grid.bottom + 4, width, entries) + 2, alt)


def plot_counts(
    frame: pd.DataFrame,
    *,
    label: str,
    sources: Sources | None = None,
    ax: Axes | None = None,
    top: int | None = None,
    labels: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how often each source has each label.

    The question: who says what, and how often?

    Parameters
    ----------
    frame : DataFrame
        As :func:`sourcebook.analysis.framing.count_by_source` returns it: the column `label` and one of counts for
        each source. Rows keep their order.
    label : str
        The column that names a row.
    sources : sequence of str, or mapping of str to str, optional
        Source ids in their order, or their labels by id; by default every column but `label`.
    ax : Axes, optional
        Where to draw; by default a new figure, as high as the drawing.
    top : int, optional
        Draw only the first so many rows, and say how many are left out.
    labels : mapping of str to str, optional
        Names of the rows for people.

    Returns
    -------
    Axes
        In points from the top left corner. The area of a dot is its count, printed beside it; none is a
        dash.
    """
    require_columns(frame, (label,), "frame")
    ax, width = open_sheet(ax)
    names = source_names(sources, [str(name) for name in frame if name != label])
    rows = frame if top is None else frame.head(top)
    if rows.empty:
        return nothing(ax, width, "nothing was counted")
    shown = [(labels or {}).get(v, str(v)) for v in rows[label]]
    grid = draw_grid(ax, width, shown, source_heads(names), cell=26.0)
    most = max(int(rows[list(names)].to_numpy().astype("int64").max()), 1)
    widest = min(11.0, grid.step / 4)
    for i, (source_id, x) in enumerate(zip(names, grid.columns, strict=True)):
        for n, y in zip(rows[source_id].astype("int64"), grid.rows, strict=True):
            if not n:
                line(ax, (x - 4, x + 4), (y, y), colour="silent")
                continue
            radius = widest * math.sqrt(n / most)
            whole = 2 * radius + 4 + text_width(f"{n:,}", SMALL)
            mark(ax, x - whole / 2 + radius, y, "o", colour=palette.source(i), size=max(2 * radius - 1.6, 1))
            text(ax, x - whole / 2 + 2 * radius + 4, y, f"{n:,}", size=SMALL)
    bottom = grid.bottom
    if len(rows) < len(frame):
        words = f"{len(frame) - len(rows):,} rows with smaller counts are left out."
        text(ax, 0, bottom + LINE / 2 + 4, words, size=SMALL, colour="muted")
        bottom += LINE + 4
    described = [
        Row(
            label=name,
            words=", ".join(f"{n:,} {names[s]}" for s, n in zip(names, ns, strict=True) if int(n)) or "none",
        )
        for name, ns in zip(shown, rows[list(names)].to_numpy().astype("int64").tolist(), strict=True)
    ]
    return close_sheet(
        ax, bottom + 4, rows_in_words("Dots as large as the counts, a row for each", described)
    )

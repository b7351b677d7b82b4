"""Figures of rows and sources: states, counts, links, coverage."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pandas as pd
from matplotlib.axes import Axes

from sourcebook.render import palette
from sourcebook.render.figures.axis_scales import Scale
from sourcebook.render.figures.canvas import (
    LINE,
    SMALL,
    area,
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
    draw_rows,
    lane_edges,
    rows_in_words,
    source_heads,
)

__all__ = ["STATES", "plot_counts", "plot_coverage", "plot_matrix", "plot_states"]

#: States of a cell, relations in their order first, with their words and the pattern of their bars.
STATES: Mapping[str, tuple[str, str]] = {
    "contradict": ("contradicts another", "cross"),
    "compatible": ("compatible with another", "rising"),
    "agree": ("agrees with another source", "solid"),
    "not-comparable": ("not comparable with another", "level"),
    "only": ("the only source to answer", "upright"),
    "mentioned": ("silent: words occur, no claim", "falling"),
    "searched-absent": ("silent: searched, absent", "empty"),
    "out-of-scope": ("silent: out of its scope", "faint"),
    "before-event": ("silent: written before", "dots"),
    "not-coded": ("not fully coded", "grid"),
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
    sources: Sequence[str] | Mapping[str, str],
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
    sources : sequence of str, or mapping of str to str
        Source ids in the order of the registry, or their short labels by id.
    ax : Axes, optional
        It takes up its whole figure, whose width is kept and whose height is set.
    label : str
        Column that names a row; ``proposition_id`` where it is absent.
    group : str
        Column whose value is set once above a run of rows.

    Returns
    -------
    Axes
        In points from the top left corner, with a key of the states that occur.
    """
    ax, width = open_sheet(ax)
    names = source_names(sources)
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
    entries = [(partial(_draw_state, ax, s), words) for s, (words, _) in STATES.items() if s in seen]
    counts = pd.Series(list(state.values())).value_counts()
    rows = [Row(label=words, words=f"{counts[s]:,} cells") for s, (words, _) in STATES.items() if s in counts]
    alt = rows_in_words(f"Grid of {len(first):,} questions by {len(names)} texts", rows)
    return close_sheet(ax, key(ax, grid.bottom + 4, width, entries) + 2, alt)


_Part = tuple[str, int, str, str]


def _draw_bars(
    ax: Axes, width: float, bars: Sequence[tuple[str, str, Sequence[_Part]]], words: Mapping[str, str]
) -> Axes:
    """Draw stacked bars with their numbers, and a key.

    Parameters
    ----------
    ax, width
        The sheet.
    bars : sequence of (str, str, sequence of parts)
        Label, its colour, and parts: name, number, colour, pattern.
    words : mapping of str to str
        What the parts mean, in the order of the key.
    """
    totals = [sum(n for _, n, _, _ in parts) for _, _, parts in bars]
    rows = [
        Row(label=name, words=f"{total:,} in all", colour=colour)
        for (name, colour, _), total in zip(bars, totals, strict=True)
    ]
    left, right = lane_edges(width, rows)
    scale = Scale(low=0, high=max([*totals, 1]), left=left, right=right)
    lanes = draw_rows(ax, width, rows, 0, lane=40.0)
    for (_, _, parts), y in zip(bars, lanes.middles, strict=True):
        done, low_edge = 0, -1e9
        for _, n, colour, pattern in parts:
            x0, x1 = scale(done), scale(done + n)
            done += n
            if n:
                area(ax, (x0, x1, y - 16, y + 4), colour=colour, pattern=pattern)
                low_edge = _bar_number(ax, (x0, x1, y), n, pattern, low_edge)
    kinds = {name: (colour, pattern) for _, _, parts in bars for name, n, colour, pattern in parts if n}
    entries: list[tuple[Callable[[float, float], None], str]] = [
        (partial(_swatch, ax, *kinds[name]), meaning) for name, meaning in words.items() if name in kinds
    ]
    described = [
        Row(label=name, words=", ".join(f"{n:,} {words[part]}" for part, n, _, _ in parts if n))
        for name, _, parts in bars
    ]
    alt = rows_in_words("Bars of parts", described)
    return close_sheet(ax, key(ax, lanes.bottom + 2, width, entries) + 2, alt)


def _bar_number(ax: Axes, place: tuple[float, float, float], n: int, pattern: str, low_edge: float) -> float:
    """Print a number in its bar, or below it where the bar is too narrow; return the edge of those below."""
    x0, x1, y = place
    wide, middle = text_width(f"{n:,}", SMALL), (x0 + x1) / 2
    if wide + 6 <= x1 - x0:
        if pattern not in {"solid", "faint", "empty"}:
            area(ax, (middle - wide / 2 - 2, middle + wide / 2 + 2, y - 13, y + 1), colour="paper", layer=2.5)
        colour = "paper" if pattern == "solid" else "ink"
        text(ax, middle, y - 6, f"{n:,}", size=SMALL, colour=colour, align="center")
        return low_edge
    at = max(middle, low_edge + wide / 2 + 4)
    line(ax, (middle, at), (y + 4, y + 8), colour="muted")
    text(ax, at, y + 14, f"{n:,}", size=SMALL, align="center")
    return at + wide / 2


def _swatch(ax: Axes, colour: str, pattern: str, x: float, y: float) -> None:
    area(ax, (x - 9, x + 9, y - 6, y + 6), colour=colour, pattern=pattern)


def plot_states(
    frame: pd.DataFrame, *, sources: Sequence[str] | Mapping[str, str], ax: Axes | None = None
) -> Axes:
    """Draw how many propositions each source answers in which state.

    The question: who stands alone, who is silent?

    Parameters
    ----------
    frame : DataFrame
        As :func:`sourcebook.analysis.agreement.matrix` returns it: ``source_id, state``.
    sources : sequence of str, or mapping of str to str
        Source ids in the order of the registry, or their short labels by id.
    ax : Axes, optional
        It takes up its whole figure, whose width is kept and whose height is set.

    Returns
    -------
    Axes
        In points from the top left corner; each bar is one source.
    """
    ax, width = open_sheet(ax)
    names = source_names(sources)
    counts = frame.groupby(["source_id", "state"]).size().to_dict() if len(frame) else {}
    if not counts:
        return nothing(ax, width, "no proposition is asked here")
    bars = [
        (
            label,
            palette.source(i),
            [
                (state, int(counts.get((source_id, state), 0)), palette.relation(state), pattern)
                for state, (_, pattern) in STATES.items()
            ],
        )
        for i, (source_id, label) in enumerate(names.items())
    ]
    return _draw_bars(ax, width, bars, {s: words for s, (words, _) in STATES.items()})


def plot_coverage(
    frame: pd.DataFrame,
    *,
    sources: Sequence[str] | Mapping[str, str],
    ax: Axes | None = None,
    labels: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the sentences of each source, coded or not and why not.

    The question: is every sentence accounted for?

    Parameters
    ----------
    frame : DataFrame
        As :func:`sourcebook.coding.coverage` returns it: ``source_id, status, reason``.
    sources : sequence of str, or mapping of str to str
        Source ids in the order of the registry, or their short labels by id.
    ax : Axes, optional
        It takes up its whole figure, whose width is kept and whose height is set.
    labels : mapping of str to str, optional
        Names of the reasons for people.

    Returns
    -------
    Axes
        In points from the top left corner; each bar is one source.
    """
    ax, width = open_sheet(ax)
    names = source_names(sources)
    if frame.empty:
        return nothing(ax, width, "there is no sentence")
    part = frame["status"].where(frame["status"] != "uncoded", "uncoded: " + frame["reason"].astype("str"))
    counts = frame.assign(part=part).groupby(["source_id", "part"]).size().to_dict()
    reasons = sorted(set(part) - {"coded", "open"})
    patterns = ("rising", "level", "upright", "falling", "cross", "faint")
    looks = {"coded": ("source-1", "solid")}
    looks |= {r: ("muted", patterns[i % len(patterns)]) for i, r in enumerate(reasons)}
    looks["open"] = ("contradict", "empty")
    words = {"coded": "coded", "open": "neither coded nor listed"}
    words |= {r: (labels or {}).get(r.removeprefix("uncoded: "), r) for r in reasons}
    bars = [
        (
            label,
            palette.source(i),
            [(p, int(counts.get((source_id, p), 0)), *look) for p, look in looks.items()],
        )
        for i, (source_id, label) in enumerate(names.items())
    ]
    return _draw_bars(ax, width, bars, {p: words[p] for p in looks})


def plot_counts(
    frame: pd.DataFrame,
    *,
    label: str,
    sources: Sequence[str] | Mapping[str, str],
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
    sources : sequence of str, or mapping of str to str
        Source ids in the order of the registry, or their short labels by id.
    ax : Axes, optional
        It takes up its whole figure, whose width is kept and whose height is set.
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
    ax, width = open_sheet(ax)
    names = source_names(sources)
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

"""A stemma: the documents that texts draw on and the texts, in the order of their dates."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from sourcebook.parsing.dates import format_date, parse_edtf
from sourcebook.render import palette
from sourcebook.render.figures.canvas import (
    LINE,
    SIZE,
    SMALL,
    Sources,
    close_sheet,
    is_narrow,
    key,
    line,
    mark,
    nothing,
    open_sheet,
    source_names,
    text,
    wrap,
)
from sourcebook.render.figures.row_layout import Row, rows_in_words

__all__ = ["plot_stemma"]

_GAP, _THIN, _THICK = 10.0, 1.4, 3.0


@dataclass(frozen=True, kw_only=True)
class _Node:
    """A document or a text: its name, its date in words, its first and last day, and its colour."""

    name: str
    dated: str
    first: float
    last: float
    colour: str = "ink"

    def lines(self, room: float) -> list[tuple[str, bool]]:
        """Return the lines of its label, and of each whether it is the date."""
        return [(part, False) for part in wrap(self.name, room)] + [
            (part, True) for part in wrap(self.dated, room, SMALL)
        ]


def _days(date: str) -> tuple[float, float]:
    """Return the first and the last day that a date allows; without a date, every day is allowed."""
    found = parse_edtf(date) if date else None
    first, last = (None, None) if found is None else (found.earliest, found.latest)
    return -math.inf if first is None else first, math.inf if last is None else last


def _document_nodes(links: Sequence[Mapping[Hashable, Any]]) -> dict[str, _Node]:
    found = {}
    for r in links:
        date = str(r["upstream_date"])
        dated = format_date(date) if date else "undated"
        first, last = _days(date)
        found[str(r["upstream"])] = _Node(name=str(r["upstream_label"]), dated=dated, first=first, last=last)
    return found


def _text_nodes(written: pd.DataFrame, names: Mapping[str, str]) -> dict[str, _Node]:
    at = written.set_index("source_id")[["date", "display"]]
    found = {}
    for i, (s, label) in enumerate(names.items()):
        date, display = map(str, at.loc[s])
        first, last = _days(date)
        found[s] = _Node(name=label, dated=display, first=first, last=last, colour=palette.source(i))
    return found


def _is_later(document: _Node, source: _Node) -> bool:
    """Return whether a document is later than a text on every reading of their dates."""
    return document.first > source.last


def _set_rows(
    documents: Mapping[str, _Node], texts: Mapping[str, _Node], room: float
) -> tuple[dict[str, float], float]:
    """Return the height of each node: one row for each of a day, documents left and texts right of it."""
    heights: dict[str, float] = {}
    top = LINE
    for day in sorted({n.first for n in (*documents.values(), *texts.values())}):
        sides = [[k for k, n in side.items() if n.first == day] for side in (documents, texts)]
        for pair in range(max(map(len, sides))):
            keys = [side[pair] for side in sides if pair < len(side)]
            need = max(len({**documents, **texts}[k].lines(room)) for k in keys)
            heights.update(dict.fromkeys(keys, top + LINE * need / 2))
            top += LINE * need + _GAP
    return heights, top


def _label(ax: Axes, node: _Node, x: float, y: float, room: float, align: str) -> None:
    lines = node.lines(room)
    for i, (words, is_date) in enumerate(lines):
        level = y + LINE * (i + 0.5 - len(lines) / 2)
        size, colour = (SMALL, "muted") if is_date else (SIZE, node.colour)
        text(ax, x, level, words, size=size, colour=colour, align=align)


def _edge(
    ax: Axes, start: tuple[float, float], end: tuple[float, float], *, colour: str, **look: Any
) -> None:
    """Draw a smooth line from a document to a text."""
    t = np.linspace(0, 1, 17)
    ease = t * t * (3 - 2 * t)
    xs, ys = (start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * ease)
    line(ax, list(xs), list(ys), colour=colour, layer=1.5, **look)


def _look(is_named: bool, is_later: bool) -> dict[str, Any]:
    """Return how to draw a line: solid for what is named, thick for what is later than the text."""
    return {"style": "-" if is_named else "--", "width": _THICK if is_later else _THIN}


def _explain(ax: Axes, top: float, width: float, looks: Sequence[tuple[bool, bool]]) -> float:
    """Set the key of the kinds of lines that are drawn."""
    what = {
        (True, False): "the text names or quotes it",
        (False, False): "not named: shared wording or points",
        (True, True): "named, though dated later than the text",
        (False, True): "not named, and dated later than the text",
    }

    def sign(x: float, y: float, *, look: tuple[bool, bool]) -> None:
        line(ax, (x - 10, x + 10), (y, y), colour="ink", **_look(*look))

    return key(ax, top, width, [(partial(sign, look=k), words) for k, words in what.items() if k in looks])


def plot_stemma(
    links: pd.DataFrame,
    *,
    written: pd.DataFrame,
    sources: Sources | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw which documents the texts draw on, both in the order of their dates.

    The question: what lies behind the texts, and is any of it later than the text that has it?

    Parameters
    ----------
    links : DataFrame
        One row for each text and document: ``source_id, upstream, upstream_label, upstream_date`` (str; a date of
        EDTF, or empty) and ``is_named`` (str; ``yes`` or ``no``): whether the text names or quotes the document.
    written : DataFrame
        One row for each text: ``source_id, date`` (str; where to place it, a date of EDTF or empty) and ``display``
        (str; what to print as its date).
    sources : sequence of str, or mapping of str to str, optional
        Source ids in their order, or their labels by id; by default those of the frame.
    ax : Axes, optional
        Where to draw; by default a new figure, as high as the drawing.

    Returns
    -------
    Axes
        In points from the top left corner. Documents are at the left and texts at the right, the earliest on top; a
        document without a date comes first. A solid line joins a text to what it names, a dashed one to what it does
        not name, and a thick one to what is dated later than the text.

    Examples
    --------
    >>> links = pd.DataFrame({"source_id": ["a"], "upstream": ["act"], "upstream_label": ["The act"],
    ...     "upstream_date": ["2000-05-02"], "is_named": ["no"]})
    >>> written = pd.DataFrame({"source_id": ["a"], "date": ["2000-05-01"], "display": ["1 May 2000"]})
    >>> plot_stemma(links, written=written, sources={"a": "Report"}).get_label()
    'Lines from documents to texts, by date. Report, 1 May 2000: does not name The act (2 May 2000, later than it).'
    """
    ax, width = open_sheet(ax)
    names = source_names(sources, written["source_id"])
    used = links[links["source_id"].isin(list(names)) & links["source_id"].isin(written["source_id"])]
    if used.empty:
        return nothing(ax, width, "no text draws on a document")
    records: Sequence[Mapping[Hashable, Any]] = used.to_dict("records")
    documents = _document_nodes(records)
    texts = _text_nodes(written, {s: names[s] for s in names if s in set(written["source_id"])})
    span = 0.26 * width if is_narrow(width) else 0.34 * width
    room = (width - span) / 2 - 12
    left, right = room + 10, width - room - 10
    heights, bottom = _set_rows(documents, texts, room)
    looks = []
    for r in records:
        document, source = documents[r["upstream"]], texts[r["source_id"]]
        look = r["is_named"] == "yes", _is_later(document, source)
        looks.append(look)
        ends = (left, heights[r["upstream"]]), (right, heights[r["source_id"]])
        _edge(ax, *ends, colour=source.colour, **_look(*look))
    for name, node in documents.items():
        mark(ax, left, heights[name], "s", colour="ink", size=8, hollow=True)
        _label(ax, node, left - 10, heights[name], room, "right")
    for name, node in texts.items():
        mark(ax, right, heights[name], "o", colour=node.colour, size=9)
        _label(ax, node, right + 10, heights[name], room, "left")
    end = _explain(ax, bottom, width, looks)
    return close_sheet(ax, end + 4, _in_words(records, documents, texts))


def _in_words(
    records: Sequence[Mapping[Hashable, Any]], documents: Mapping[str, _Node], texts: Mapping[str, _Node]
) -> str:
    rows = []
    for source, node in texts.items():
        parts = []
        for r in (r for r in records if r["source_id"] == source):
            document = documents[r["upstream"]]
            verb = "names" if r["is_named"] == "yes" else "does not name"
            later = ", later than it" if _is_later(document, node) else ""
            parts.append(f"{verb} {document.name} ({document.dated}{later})")
        words = ", ".join(parts) or "no document"
        rows.append(Row(label=f"{node.name}, {node.dated}: {words}"))
    return rows_in_words("Lines from documents to texts, by date", rows)

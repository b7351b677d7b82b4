"""Tables and figures as self-contained, accessible HTML for a notebook or a built page.

Text from the data is always escaped; links have the addresses of the book (``sourcebook.render.addresses``).
A figure is drawn twice from one function, once for a wide and once for a narrow screen; a style sheet shows
one of the two. Its colours are CSS custom properties with fall-backs (``sourcebook.render.palette``), so that
it follows the light or dark theme of the page and still shows in a notebook that has no style sheet of ours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup, escape
from matplotlib.axes import Axes

from sourcebook.core import vocabularies
from sourcebook.render.addresses import Addresses, current_addresses
from sourcebook.render.inline_svg import NARROW, WIDE, draw_svg, inline
from sourcebook.render.table_cells import css_of, heads_of, is_too_wide
from sourcebook.render.templating import render

__all__ = [
    "Html",
    "anchor_href",
    "claim_href",
    "figure",
    "folds",
    "join",
    "link",
    "numbered",
    "quote",
    "quotes",
    "row_links",
    "state",
    "table",
]

#: From here on a float has no digits after the point, and is shown with a power of ten.
_LARGE = 1e15

#: Columns of ids of sources, with their heads.
_OF_SOURCES = {"source_id": "source", "source_a": "one source", "source_b": "another source"}

_LINK = Markup('<a class="sb-row" href="{}">{}</a>')


@dataclass(frozen=True)
class Html:
    """A piece of HTML that a notebook shows as such.

    Attributes
    ----------
    markup : str
        Well-formed HTML with every text from the data escaped.
    """

    markup: str

    def __html__(self) -> str:
        return self.markup

    def _repr_html_(self) -> str:
        return self.markup

    def __str__(self) -> str:
        """Return the markup."""
        return self.markup


def _cell(value: Any) -> Markup:
    """Return what a cell prints, escaped where it is no markup."""
    if isinstance(value, bool | np.bool_):
        return Markup("yes" if value else "no")
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return Markup("")
    if isinstance(value, float):
        return Markup(f"{value:z.2f}" if abs(value) < _LARGE else f"{value:g}")
    # A year, or a place in a short text, stays as it is.
    if isinstance(value, int | np.integer) and abs(int(value)) >= 10_000:
        return Markup(f"{value:,}")
    return escape(value)


def _is_number(column: pd.Series) -> bool:
    """Return whether a column holds numbers; truths are words."""
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _is_whole(column: pd.Series) -> bool:
    """Return whether a column of floats holds whole numbers only, as counts that may be missing do."""
    if not pd.api.types.is_float_dtype(column):
        return False
    known = column.dropna()
    return not known.empty and bool(((known.abs() < _LARGE) & (known == known.round())).all())


def anchor_href(row_id: str, *, addresses: Addresses | None = None) -> str:
    """Return a link to a coded row or a sentence on the page of its source.

    Parameters
    ----------
    row_id : str
        ``<source_id>.<letter><number>``, or ``<source_id>.shared-<number>`` for a shared passage.
    addresses : Addresses, optional
        Those of the book, seen from the page that links; by default of the book whose chapter is run.

    Examples
    --------
    >>> anchor_href("akram-2024-10.c003")
    'sources/akram-2024-10.html#akram-2024-10.c003'
    >>> anchor_href("akram-2024-10.shared-3")
    'sources/akram-2024-10.html#shared-3'
    """
    addresses = addresses or current_addresses()
    return addresses.href(addresses.passage(row_id))


def claim_href(row_id: str, *, addresses: Addresses | None = None) -> str:
    """Return a link to a claim's own page; for another row, to its passage.

    Parameters
    ----------
    row_id, addresses
        As for :func:`anchor_href`.

    Examples
    --------
    >>> claim_href("akram-2024-10.c003"), claim_href("akram-2024-10.f003")
    ('../claims/akram-2024-10.c003.html', 'sources/akram-2024-10.html#akram-2024-10.f003')
    """
    addresses = addresses or current_addresses()
    return addresses.href(addresses.row(row_id))


def link(row_id: str, text: object | None = None) -> Html:
    """Return a link from a text to the passage of a coded row."""
    return Html(_LINK.format(anchor_href(row_id), _cell(row_id if text is None else text)))


def _by_source(ids: Iterable[str], show: Callable[[str], Markup | Html]) -> list[Markup]:
    """Return rows as `show` prints them, in a group for each source, after its name."""
    groups: dict[str, list[Markup | Html]] = {}
    for row_id in ids:
        groups.setdefault(row_id.rpartition(".")[0], []).append(show(row_id))
    group, name = Markup('<span class="sb-id">{}</span>: {}'), current_addresses().source_name
    return [group.format(name(source), Markup(", ").join(members)) for source, members in groups.items()]


def row_links(ids: str) -> Html:
    """Return links for ids joined by ``;``, each shown as its last part, grouped by source.

    A claim's name leads to its own page, that of another row to its passage.
    """
    names = _by_source(
        filter(None, ids.split(";")), lambda i: _LINK.format(claim_href(i), i.rpartition(".")[2])
    )
    return Html(Markup("; ").join(names))


def numbered(ids: Iterable[str]) -> Html:
    """Return links to the passages of rows, shown as 1, 2, 3: a count whose parts can be looked up.

    Parameters
    ----------
    ids : iterable of str
        Ids of rows; none gives an empty text.

    Raises
    ------
    TypeError
        If `ids` is one text.

    Examples
    --------
    >>> print(numbered(["mill.d001"]))
    <a class="sb-row" href="sources/mill.html#mill.d001">1</a>
    """
    if isinstance(ids, str):
        raise TypeError(f"ids: expected several ids, found the text {ids!r}")
    return join([link(row_id, place) for place, row_id in enumerate(ids, start=1)], ", ")


def quote(row_id: str, text: str) -> Html:
    """Return the words of a source, in quotation marks, linked to their place."""
    return Html(Markup("<q>{}</q>").format(link(row_id, text)))


def quotes(ids: Collection[str], words: Mapping[str, str]) -> Html:
    """Return the words of several rows, each linked to its place, after the names of their sources.

    Parameters
    ----------
    ids : collection of str
        Ids of rows; one that comes again is not repeated.
    words : mapping of str to str
        The words of each.

    Raises
    ------
    ValueError
        For an id that has no words.
    """
    if unknown := [row_id for row_id in ids if row_id not in words]:
        raise ValueError(f"ids: expected ids of rows that have words, found {', '.join(map(repr, unknown))}")
    return Html(Markup("<br>").join(_by_source(dict.fromkeys(ids), lambda i: quote(i, words[i]))))


def join(parts: Collection[object], separator: str = "; ") -> Html:
    """Join pieces of text and HTML."""
    return Html(escape(separator).join(map(_cell, parts)))


def _instead(sentence: str, caption: str) -> Html:
    """Return what the author wants to be printed where there are no rows; raise if that is nothing."""
    if not sentence:
        raise ValueError(
            f"frame: no rows for {caption!r}; where that is right, give the words to print as `empty`"
        )
    return Html(Markup("<p>{}</p>").format(sentence))


def table(
    frame: pd.DataFrame,
    caption: str,
    *,
    labels: Mapping[str, str] | None = None,
    numeric: Collection[str] = (),
    row_header: bool = True,
    empty: str = "",
    most: int = 300,
) -> Html:
    """Return a frame as a table with a caption and header cells.

    Parameters
    ----------
    frame : DataFrame
        Cells are shown as text, escaped, or as :class:`Html`; numbers that are not whole with two decimals, whole
        ones from 10,000 on with commas; ids of sources (``source_id, source_a, source_b``, names of columns) as
        short names. The index is left out.
    caption : str
        What the table shows, in one neutral sentence.
    labels : mapping of str to str, optional
        Heads of columns; by default their names with spaces for underscores.
    numeric : collection of str
        Columns to align as numbers, besides those that hold numbers.
    row_header : bool
        Whether the first column heads its row; a head that repeats the one above is for those who listen.
    empty : str, optional
        The sentence to print instead of a table without rows, where that can happen.
    most : int
        Rows that are printed; if there are more, the caption says how many there are.

    Returns
    -------
    Html
        In a container that can be reached by keyboard, and scrolls sideways where it must. On a phone a table
        that is too wide has its rows one below the other, each cell after the head of its column.

    Raises
    ------
    ValueError
        If two columns have one name, or if the frame has no rows and `empty` no words: a filter that matches
        nothing is mostly a mistake.
    """
    if frame.empty:
        return _instead(empty, caption)
    if not frame.columns.is_unique:
        raise ValueError(f"columns: expected each name once, found {list(frame.columns)}")
    if len(frame) > most:
        caption = f"{caption} (the first {most:,} of {len(frame):,} rows)"
        frame = frame.head(most)
    name = current_addresses().source_name
    labels = _OF_SOURCES | dict(labels or {})
    heads = {c: labels.get(c, name(str(c)).replace("_", " ")) for c in frame.columns}
    right = {c for c in frame.columns if c in numeric or _is_number(frame[c])}
    frame = frame.astype({c: "Int64" for c in frame.columns if _is_whole(frame[c])})
    for c in _OF_SOURCES.keys() & frame.columns:
        frame = frame.assign(**{c: [name(s) if isinstance(s, str) else s for s in frame[c]]})

    rows, above = [], ""
    for row in frame.itertuples(index=False, name=None):
        cells = [
            (markup, css_of(markup, right=column in right))
            for column, markup in zip(frame.columns, map(_cell, row), strict=True)
        ]
        head = cells[0][0] if row_header and cells else ""
        rows.append({"cells": cells, "again": head == above != ""})
        above = head
    columns = list(zip(*(row["cells"] for row in rows), strict=True))
    top = heads_of(list(heads.values()), columns, [c in right for c in heads])
    wide = is_too_wide(top, columns)
    return Html(render("table", caption=caption, heads=top, rows=rows, row_header=row_header, wide=wide))


def state(name: str, ids: str = "") -> Html:
    """Return the state of a source on a question, as a word in its colour, linked to the pages of its claims.

    Parameters
    ----------
    name : str
        A relation, ``only``, or a type of silence.
    ids : str
        Ids of the claims behind it, joined by ``;``; empty for a silence.
    """
    return Html(
        render(
            "state",
            name=name,
            kind=name if name in {*vocabularies.RELATIONS, "only"} else "silent",
            ids=[row_id for row_id in ids.split(";") if row_id],
            href=claim_href,
        )
    )


def folds(parts: Mapping[str, object]) -> Html:
    """Return pieces one below the other, each in a fold under its title; works without a script."""
    return Html(render("folds", parts={title: _cell(part) for title, part in parts.items()}))


def figure(
    plot: Callable[..., Axes],
    frame: pd.DataFrame,
    *,
    alt: str = "",
    caption: str,
    data: pd.DataFrame | None = None,
    empty: str = "",
    **options: Any,
) -> Html:
    """Draw a frame as a figure with its text alternative, caption and data.

    Parameters
    ----------
    plot : callable
        ``plot(frame, *, ax, **options) -> Axes``; may set the height of the figure, not its width.
    frame : DataFrame
        What it draws.
    alt : str, optional
        Chart type, data and finding, for those who do not see the figure; by default the label of the axes that
        `plot` returns, which the figures of this library write from what they draw.
    caption : str
        What the figure answers, neutrally.
    data : DataFrame, optional
        The table behind the figure; `frame` by default.
    empty : str, optional
        The sentence to print instead of a figure of no rows, where that can happen.
    **options
        Passed to `plot`.

    Returns
    -------
    Html
        The two drawings as inline SVG with text as text, the caption, and the data in a fold.

    Raises
    ------
    ValueError
        If there is no `alt` and the axes have no label, or if there are no rows and `empty` has no words.
    """
    if frame.empty:
        return _instead(empty, caption)
    (wide, label), (narrow, _) = (draw_svg(plot, frame, width, options) for width in (WIDE, NARROW))
    alt = alt or label
    if not alt.strip():
        raise ValueError("alt: expected a text alternative (chart type, data, finding), found an empty text")
    key = "f" + hashlib.sha256("\0".join([caption, alt, wide, narrow]).encode()).hexdigest()[:7]
    rules, drawings = inline({"wide": wide, "narrow": narrow}, key=key)
    return Html(
        render(
            "figure",
            alt=alt,
            caption=caption,
            rules=rules,
            drawings=drawings,
            table=table(frame if data is None else data, f"Data: {caption}"),
        )
    )

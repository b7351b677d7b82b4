"""Tables and figures as self-contained, accessible HTML for a notebook or a built page.

Text from the data is always escaped; links have the addresses of the book (``sourcebook.render.addresses``).
A figure is drawn twice from one function, once for a wide and once for a narrow screen; a style sheet shows
one of the two. Its colours are CSS custom properties with fall-backs (``sourcebook.render.palette``), so that
it follows the light or dark theme of the page and still shows in a notebook that has no style sheet of ours.
"""

from __future__ import annotations

import hashlib
import html
import io
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sourcebook.core import vocabularies
from sourcebook.render import drawings, palette
from sourcebook.render.addresses import Addresses, current_addresses

__all__ = [
    "Html",
    "anchor_href",
    "claim_href",
    "figure",
    "folds",
    "join",
    "link",
    "quote",
    "quotes",
    "row_links",
    "state",
    "table",
]

#: Widths in inches of the two drawings; a point of text is a CSS pixel at these widths.
WIDE, NARROW = 9.6, 4.7

#: The font of the page, or one as wide as that which the drawing was measured in, or narrower.
_FONT = "var(--sb-sans, 'DejaVu Sans', Verdana, sans-serif)"

#: Which of the two drawings shows, also where no style sheet of ours does.
_CHOICE = (
    ".sb-figure .sb-narrow{display:none}@media (max-width:600px)"
    "{.sb-figure .sb-wide{display:none}.sb-figure .sb-narrow{display:block}}"
)

#: An id such as ``author-2024-10.c003``, or a date in digits; one that is longer may wrap.
_ID, _LONGEST_ID = re.compile(r"[a-z0-9_]+(?:[-.][a-z0-9_]+)+"), 20

#: A column with a longer text has room to read it on a phone also.
_LONG_TEXT, _PROSE = 60, ' class="sb-prose"'

#: A row whose head is that of the row above: a style sheet shows it once.
_AGAIN = ' class="sb-again"'

_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "sourcebook",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 12,
    "text.color": palette.sentinel("ink"),
    "axes.edgecolor": palette.sentinel("rule"),
    "axes.labelcolor": palette.sentinel("muted"),
    "axes.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "xtick.color": palette.sentinel("muted"),
    "ytick.color": palette.sentinel("muted"),
    "xtick.labelcolor": palette.sentinel("ink"),
    "ytick.labelcolor": palette.sentinel("ink"),
    "grid.color": palette.sentinel("rule"),
    "figure.facecolor": "none",
    "savefig.facecolor": "none",
    "legend.frameon": False,
    "hatch.color": palette.sentinel("muted"),
}


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


def _cell(value: Any) -> str:
    if isinstance(value, Html):
        return value.markup
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:.2f}"
    if (
        isinstance(value, int | np.integer) and abs(int(value)) >= 10_000
    ):  # a year, an offset in a short text stay as they are
        return f"{value:,}"
    return html.escape("" if value is None or value is pd.NA else str(value))


def _is_number(column: pd.Series) -> bool:
    """Return whether a column holds numbers; truths are words."""
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _is_whole(column: pd.Series) -> bool:
    """Return whether a column of floats holds whole numbers only, as counts that may be missing do."""
    if not pd.api.types.is_float_dtype(column):
        return False
    known = column.dropna()
    return not known.empty and bool(np.isfinite(known).all()) and bool((known == known.round()).all())


def _words(markup: str) -> str:
    """Return what a reader sees of a cell."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def _css(markup: str, *, right: bool) -> str:
    """Return the class attribute of a cell: a number stands to the right, an id on one line."""
    words = _words(markup)
    names = ["sb-number"] * right + ["sb-id"] * (len(words) <= _LONGEST_ID and bool(_ID.fullmatch(words)))
    return f' class="{" ".join(names)}"' if names else ""


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


def _by_name(row_id: str, name: object) -> str:
    """Link the name of a row to the page about it."""
    return f'<a class="sb-row" href="{html.escape(claim_href(row_id))}">{_cell(name)}</a>'


def link(row_id: str, text: object | None = None) -> Html:
    """Return a link from a text to the passage of a coded row."""
    shown = _cell(row_id if text is None else text)
    return Html(f'<a class="sb-row" href="{html.escape(anchor_href(row_id))}">{shown}</a>')


def row_links(ids: str) -> Html:
    """Return links for ids joined by ``;``, each shown as its last part, grouped by source.

    A claim's name leads to its own page, that of another row to its passage.
    """
    groups: dict[str, list[str]] = {}
    for row_id in filter(None, ids.split(";")):
        groups.setdefault(row_id.rpartition(".")[0], []).append(row_id)
    parts = [
        f'<span class="sb-id">{html.escape(source)}</span>: '
        + ", ".join(_by_name(i, i.rpartition(".")[2]) for i in rows)
        for source, rows in groups.items()
    ]
    return Html("; ".join(parts))


def quote(row_id: str, text: str) -> Html:
    """Return the words of a source, in quotation marks, linked to their place."""
    return Html(f"<q>{link(row_id, text).markup}</q>")


def quotes(ids: Collection[str], words: Mapping[str, str]) -> Html:
    """Return the words of several rows, each linked to its place, after the names of their sources.

    Parameters
    ----------
    ids : collection of str
        Ids of rows; one that comes again is not repeated.
    words : mapping of str to str
        The words of each row.
    """
    groups: dict[str, list[str]] = {}
    for row_id in dict.fromkeys(ids):
        groups.setdefault(row_id.rpartition(".")[0], []).append(quote(row_id, words[row_id]).markup)
    parts = (
        f'<span class="sb-id">{html.escape(source)}</span>: {", ".join(said)}'
        for source, said in groups.items()
    )
    return Html("<br>".join(parts))


def join(parts: Collection[object], separator: str = "; ") -> Html:
    """Join pieces of text and HTML."""
    return Html(html.escape(separator).join(_cell(part) for part in parts))


def _instead(sentence: str, caption: str) -> Html:
    """Return what the author wants to be printed where there are no rows; raise if that is nothing."""
    if not sentence:
        raise ValueError(
            f"frame: no rows for {caption!r}; where that is right, give the words to print as `empty`"
        )
    return Html(f"<p>{html.escape(sentence)}</p>")


def table(
    frame: pd.DataFrame,
    caption: str,
    *,
    labels: Mapping[str, str] | None = None,
    numeric: Collection[str] = (),
    row_header: bool = True,
    empty: str = "",
) -> Html:
    """Return a frame as a table with a caption and header cells.

    Parameters
    ----------
    frame : DataFrame
        Cells are shown as text, escaped, or as :class:`Html`; numbers that are not whole with two decimals,
        whole ones from 10,000 on with commas.
        The index is left out.
    caption : str
        What the table shows, in one neutral sentence.
    labels : mapping of str to str, optional
        Heads of columns; by default their names with spaces for underscores.
    numeric : collection of str
        Columns to align as numbers, beside those that hold numbers.
    row_header : bool
        Whether the first column heads its row; a head that repeats the one above is for those who listen.
    empty : str, optional
        The sentence to print instead of a table without rows, where that can happen.

    Returns
    -------
    Html
        In a container that scrolls sideways on a narrow screen and can be reached by keyboard.

    Raises
    ------
    ValueError
        If the frame has no rows and `empty` no words: a filter that matches nothing is mostly a mistake.
    """
    if frame.empty:
        return _instead(empty, caption)
    heads = {c: (labels or {}).get(c, str(c).replace("_", " ")) for c in frame.columns}
    right = {c for c in frame.columns if c in numeric or _is_number(frame[c])}
    frame = frame.assign(**{str(c): frame[c].astype("Int64") for c in frame.columns if _is_whole(frame[c])})

    body = []
    long = set()
    above = ""
    for row in frame.itertuples(index=False, name=None):
        cells = []
        head = _cell(row[0]) if row_header and row else ""
        again, above = head == above != "", head
        for i, (column, value) in enumerate(zip(frame.columns, row, strict=True)):
            tag, scope = ("th", ' scope="row"') if i == 0 and row_header else ("td", "")
            markup = _cell(value)
            long |= {column} if i and len(_words(markup)) > _LONG_TEXT else set()
            shown = f"<span>{markup}</span>" if again and i == 0 else markup
            cells.append(f"<{tag}{scope}{_css(markup, right=column in right)}>{shown}</{tag}>")
        body.append(f"<tr{_AGAIN * again}>{''.join(cells)}</tr>")
    top = "".join(
        f'<th scope="col"{_PROSE if c in long else _css("", right=c in right)}>{html.escape(text)}</th>'
        for c, text in heads.items()
    )
    label = html.escape(caption)
    return Html(
        f'<div class="sb-scroll" role="region" tabindex="0" aria-label="{label}"><table class="sb-table">'
        f"<caption>{label}</caption><thead><tr>{top}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def state(name: str, ids: str = "") -> Html:
    """Return the state of a source on a question, as a word in its colour, linked to the pages of its claims.

    Parameters
    ----------
    name : str
        A relation, ``only``, or a type of silence.
    ids : str
        Ids of the claims behind it, joined by ``;``; empty for a silence.
    """
    kind = name if name in {*vocabularies.RELATIONS, "only"} else "silent"
    words = html.escape(name.replace("-", " "))
    rows = [i for i in ids.split(";") if i]
    shown = _by_name(rows[0], Html(words)) if rows else words
    more = "".join(f" {_by_name(i, n)}" for n, i in enumerate(rows[1:], start=2))
    return Html(f'<span class="sb-relation" data-relation="{kind}">{shown}</span>{more}')


def folds(parts: Mapping[str, object]) -> Html:
    """Return pieces one below the other, each in a fold under its title; works without a script."""
    return Html(
        "".join(
            f'<details class="sb-fold"><summary>{html.escape(title)}</summary>{_cell(part)}</details>'
            for title, part in parts.items()
        )
    )


def _svg(plot: Callable[..., Axes], frame: pd.DataFrame, width: float, options: Mapping[str, Any]) -> str:
    with mpl.rc_context(_STYLE):
        drawing = Figure(figsize=(width, width * 0.5), layout="constrained")
        plot(frame, ax=drawing.add_subplot(), **options)
        buffer = io.StringIO()
        drawing.savefig(
            buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
    text = buffer.getvalue()
    return text[text.index("<svg") :]


def _inline(plain: Mapping[str, str], *, alt: str, key: str) -> str:
    """Turn drawings of matplotlib into SVG elements that can stand in a page beside others."""
    styles, found = drawings.Styles(key=key), {}
    for name, svg in plain.items():
        found[name] = drawings.lean(svg, styles, prefix=f"{key}{name[0]}")
    rules = palette.to_css(_CHOICE + styles.rules()).replace("'DejaVu Sans'", _FONT)
    parts: list[str] = []
    for name, (content, box) in found.items():
        parts.append(
            f'<svg class="sb-{name}" role="img" aria-label="{html.escape(alt)}" viewBox="{box}" style="max-width:'
            f'{float(box.split()[2]):.0f}px;{drawings.ROOT_STYLE}" xmlns="http://www.w3.org/2000/svg">'
            f"{'' if parts else f'<style>{rules}</style>'}{palette.to_css(content)}</svg>"
        )
    return "".join(parts)


def figure(
    plot: Callable[..., Axes],
    frame: pd.DataFrame,
    *,
    alt: str,
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
    alt : str
        Chart type, data and finding, for those who do not see the figure.
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
        If `alt` is empty, or if there are no rows and `empty` has no words.
    """
    if not alt.strip():
        raise ValueError("alt: expected a text alternative (chart type, data, finding), found an empty text")
    if frame.empty:
        return _instead(empty, caption)
    both = {"wide": _svg(plot, frame, WIDE, options), "narrow": _svg(plot, frame, NARROW, options)}
    key = "f" + hashlib.sha256("\0".join([caption, alt, *both.values()]).encode()).hexdigest()[:7]
    behind = table(frame if data is None else data, f"Data: {caption}")
    return Html(
        f'<div class="sb-figure"><figure>{_inline(both, alt=alt, key=key)}'
        f"<figcaption>{html.escape(caption)}</figcaption></figure>"
        f"<details><summary>The data behind this figure</summary>{behind.markup}</details></div>"
    )

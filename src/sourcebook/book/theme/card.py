"""The picture that stands for the book where a link to it is previewed."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sourcebook.render import palette

__all__ = ["Sheet", "draw_card", "read_sheet"]

_WIDTH, _HEIGHT, _DPI = 1200, 630, 100
_LEFT, _RIGHT = 0.05, 0.95
#: How many columns and rows of a sheet can be read in a preview, and how many lines of a cell.
_COLUMNS, _ROWS, _LINES = 6, 6, 3


@dataclass(frozen=True)
class Sheet:
    """A fact sheet in words.

    Attributes
    ----------
    names : sequence of str
        The sources, as the heads of the columns.
    rows : sequence of (str, sequence of str)
        The head of each row, and its cells.
    """

    names: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]]


@dataclass
class _Reader(HTMLParser):
    """Collects the cells of the first fact sheet of a page; marks of silence are not part of it."""

    heads: list[str] = field(default_factory=list)
    rows: list[tuple[str, list[str]]] = field(default_factory=list)
    _in: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table" and not self.heads:
            self._in = ["table"] if "sb-facts" in (given.get("class") or "").split() else []
        if not self._in:
            return
        if tag == "span" and given.get("class") == "sb-none":
            self._in.append(tag)
        elif tag == "th" and given.get("scope") == "col":
            self.heads.append("")
        elif tag == "th":
            self.rows.append(("", []))
        elif tag == "td" and self.rows:
            self.rows[-1][1].append("")
        elif tag == "li" and self.rows[-1][1][-1]:
            self.rows[-1][1][-1] += "; "

    def handle_endtag(self, tag: str) -> None:
        if self._in and tag == self._in[-1]:
            self._in.pop()

    def handle_data(self, data: str) -> None:
        if self._in != ["table"]:
            return
        if self.rows and self.rows[-1][1]:
            self.rows[-1][1][-1] += data
        elif self.rows:
            self.rows[-1] = (self.rows[-1][0] + data, [])
        elif self.heads:
            self.heads[-1] += data


def read_sheet(page: str) -> Sheet | None:
    """Return the first fact sheet of a page.

    Parameters
    ----------
    page : str
        HTML with a table of class ``sb-facts``, as :func:`sourcebook.render.fact_sheet.fact_sheet` writes it.

    Returns
    -------
    Sheet or None
        A silence is an empty text; None if the page has no such table.
    """
    reader = _Reader()
    reader.feed(page)
    names = [name.strip() for name in reader.heads]
    rows = [(" ".join(head.split()), [" ".join(c.split()) for c in cells]) for head, cells in reader.rows]
    return Sheet(names, [row for row in rows if len(row[1]) == len(names)]) if names else None


def draw_card(path: Path, *, title: str, author: str = "", sheet: Sheet | None = None) -> None:
    """Write the card of a book: its title between rules, the start of its fact sheet, who made it.

    Parameters
    ----------
    path : Path
        The PNG file to write, 1200 by 630 pixels; the same text gives the same bytes.
    title : str
        Wrapped to at most four lines, to one above a sheet.
    author : str, optional
        Printed below.
    sheet : Sheet, optional
        Its first rows and columns, as many as can be read.
    """
    with mpl.rc_context({"font.family": "serif", "font.serif": ["DejaVu Serif"], "text.parse_math": False}):
        card = Figure(figsize=(_WIDTH / _DPI, _HEIGHT / _DPI), dpi=_DPI, facecolor=palette.COLOURS["paper"])
        FigureCanvasAgg(card)
        for at, width in ((0.94, 3.0), (0.925, 1.0)):
            _rule(card, (_LEFT, _RIGHT), at, "ink", width)
        lines = textwrap.wrap(title, 44 if sheet else 26, max_lines=1 if sheet else 4, placeholder=" …")
        size = 36 if sheet else 60 if len(lines) < 4 else 50
        card.text(_LEFT, 0.85 if sheet else 0.53, "\n".join(lines), fontsize=size, va="center", color=_ink())
        if sheet:
            _draw_sheet(card, sheet)
        card.text(_LEFT, 0.04, author, fontsize=15, va="center", color=palette.COLOURS["muted"])
        path.parent.mkdir(parents=True, exist_ok=True)
        card.savefig(path, format="png", dpi=_DPI, metadata={"Software": None})


def _ink() -> str:
    return palette.COLOURS["ink"]


def _rule(card: Figure, span: tuple[float, float], at: float, colour: str, width: float) -> None:
    card.add_artist(Line2D(span, [at, at], color=palette.COLOURS[colour], linewidth=width))


def _draw_sheet(card: Figure, sheet: Sheet) -> None:
    """Draw the heads in the colours of the sources, and each row with its cells below them."""
    names = sheet.names[:_COLUMNS]
    first = 0.2
    wide = (_RIGHT - first) / len(names)
    room = int(wide * _WIDTH / 10)
    for i, name in enumerate(names):
        left = first + wide * i
        card.text(left, 0.765, _cut(name, room), fontsize=12, va="center", color=_ink(), weight="bold")
        _rule(card, (left, left + wide - 0.012), 0.73, f"source-{i % 8 + 1}", 5)
    silent = "—: not mentioned, or not stated"
    card.text(_RIGHT, 0.04, silent, fontsize=12, va="center", ha="right", color=palette.COLOURS["muted"])
    step = 0.64 / _ROWS
    for n, (head, cells) in enumerate(sheet.rows[:_ROWS]):
        at = 0.71 - step * (n + 0.5)
        card.text(_LEFT, at, _cut(head, 15), fontsize=13, va="center", color=_ink(), weight="bold")
        for i, cell in enumerate(cells[:_COLUMNS]):
            words, colour = (_cut(cell, room), "ink") if cell else ("—", "muted")
            card.text(first + wide * i, at, words, fontsize=11.5, va="center", color=palette.COLOURS[colour])
        _rule(card, (_LEFT, _RIGHT), at - step / 2, "rule", 0.8)


def _cut(words: str, room: int) -> str:
    return "\n".join(textwrap.wrap(words, room, max_lines=_LINES, placeholder=" …"))

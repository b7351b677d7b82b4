"""The picture that stands for the book where a link to it is previewed, and the words for those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.textpath import text_to_path

from sourcebook.render import palette

__all__ = ["Sheet", "describe_card", "draw_card", "read_sheet", "shown_part"]

#: Places and sizes are in pixels, from the upper left; sizes of type in points.
_WIDTH, _HEIGHT, _DPI = 1200, 630, 100
_LEFT, _RIGHT, _FIRST = 60, 1140, 200
_NAMES, _TOP, _BOTTOM, _FOOT = 141, 174, 584, 607
_GAP, _PAD = 12, 11
#: How many columns can be read in a preview.
_COLUMNS = 6
_HEAD, _VALUE, _NOTE, _SMALL = 11.5, 11.0, 9.5, 12.0
#: The size and the most lines of a title, the first that it fits; alone on the card, and above a sheet.
_ALONE = ((60.0, 3), (50.0, 4), (38.0, 6), (28.0, 9))
_ABOVE = ((34.0, 1), (30.0, 1), (24.0, 1), (17.0, 2))

#: What a cell without values means.
_SILENT = "not mentioned, not stated, or not coded"

Value = tuple[str, str]


@dataclass(frozen=True)
class Sheet:
    """A fact sheet in words.

    Attributes
    ----------
    names : sequence of str
        The sources, as the heads of the columns.
    rows : sequence of (str, sequence of sequence of (str, str))
        The head of each row, and its cells: what a cell gives, each value with its note, which may be empty.
    """

    names: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Sequence[Value]]]]


@dataclass
class _Reader(HTMLParser):
    """Collects the cells of the first fact sheet of a page; marks of silence are not part of it."""

    heads: list[str] = field(default_factory=list)
    rows: list[tuple[list[str], list[list[list[str]]]]] = field(default_factory=list)
    _in: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table" and not self.heads:
            self._in = ["table"] if "sb-facts" in (given.get("class") or "").split() else []
        if not self._in:
            return
        if tag == "small" or (tag == "span" and given.get("class") == "sb-none"):
            self._in.append(tag)
        elif tag == "th" and given.get("scope") == "col":
            self.heads.append("")
        elif tag == "th":
            self.rows.append(([""], []))
        elif tag == "td" and self.rows:
            self.rows[-1][1].append([])
        elif tag == "li":
            self.rows[-1][1][-1].append(["", ""])

    def handle_endtag(self, tag: str) -> None:
        if self._in and tag == self._in[-1]:
            self._in.pop()

    def handle_data(self, data: str) -> None:
        if not self._in or self._in[-1] == "span":
            return
        if not self.rows:
            if self.heads:
                self.heads[-1] += data
            return
        head, cells = self.rows[-1]
        if not cells:
            head[0] += data
        elif cells[-1]:
            cells[-1][-1][self._in[-1] == "small"] += data


def _spaced(words: str) -> str:
    return " ".join(words.split())


def read_sheet(page: str) -> Sheet | None:
    """Return the first fact sheet of a page.

    Parameters
    ----------
    page : str
        HTML with a table of class ``sb-facts``, as :func:`sourcebook.render.fact_sheet.fact_sheet` writes it.

    Returns
    -------
    Sheet or None
        A silence is a cell without values; None if the page has no such table.
    """
    reader = _Reader()
    reader.feed(page)
    names = [_spaced(name) for name in reader.heads]
    rows = [
        (
            _spaced(head[0]),
            [
                [(_spaced(value), _spaced(note).removeprefix("(").removesuffix(")")) for value, note in cell]
                for cell in cells
            ],
        )
        for head, cells in reader.rows
    ]
    return Sheet(names, [row for row in rows if len(row[1]) == len(names)]) if names else None


def shown_part(sheet: Sheet) -> Sheet:
    """Return what a card shows of a sheet: its first columns, and of its rows, in their order, those that fit whole.

    Parameters
    ----------
    sheet : Sheet
        A fact sheet.

    Returns
    -------
    Sheet
        At most six columns. No cell is cut: a row that is too high for the room that is left is not part of it.
    """
    names = sheet.names[:_COLUMNS]
    rows, left = [], float(_BOTTOM - _TOP)
    for head, cells in sheet.rows:
        height = _row_height(head, cells[:_COLUMNS], _column(len(names)))
        if height <= left:
            rows.append((head, cells[:_COLUMNS]))
            left -= height
    return Sheet(names, rows)


def describe_card(title: str, sheet: Sheet | None = None) -> str:
    """Return the words for those who do not see the card.

    Parameters
    ----------
    title : str
        The title of the book.
    sheet : Sheet, optional
        Its fact sheet.

    Returns
    -------
    str
        The title; with a sheet, what its table compares, and the values of its first row.
    """
    part = shown_part(sheet) if sheet else None
    if not part or not part.rows:
        return title
    head, cells = part.rows[0]
    said = [f"{name}: {_in_words(cell)}" for name, cell in zip(part.names, cells, strict=True)]
    return (
        f"{title}. A table with a column for each of {'; '.join(part.names)}, and a row for each of "
        f"{'; '.join(head for head, _ in part.rows)}. The row “{head}”: {'; '.join(said)}."
    )


def _in_words(cell: Sequence[Value]) -> str:
    return ", ".join(f"{value} ({note})" if note else value for value, note in cell) or _SILENT


def draw_card(path: Path, *, title: str, author: str = "", sheet: Sheet | None = None) -> None:
    """Write the card of a book: its title between rules, the start of its fact sheet, who made it.

    Parameters
    ----------
    path : Path
        The PNG file to write, 1200 by 630 pixels; the same text gives the same bytes.
    title : str
        In type that lets it fit.
    author : str, optional
        Printed below.
    sheet : Sheet, optional
        Drawn as far as :func:`shown_part` goes.
    """
    with mpl.rc_context({"font.family": "serif", "font.serif": ["DejaVu Serif"], "text.parse_math": False}):
        card = Figure(figsize=(_WIDTH / _DPI, _HEIGHT / _DPI), dpi=_DPI, facecolor=palette.COLOURS["paper"])
        FigureCanvasAgg(card)
        _rule(card, (_LEFT, _RIGHT), 38, "ink", 3.0)
        _rule(card, (_LEFT, _RIGHT), 47, "ink", 1.0)
        lines, size = _title(title, _ABOVE if sheet else _ALONE)
        _text(card, _LEFT, 86 if sheet else 296, "\n".join(lines), size)
        if sheet:
            _draw_sheet(card, shown_part(sheet))
        _text(card, _LEFT, _FOOT, _wrap(author, 700, 15)[0], 15, "muted")
        path.parent.mkdir(parents=True, exist_ok=True)
        card.savefig(path, format="png", dpi=_DPI, metadata={"Software": None})


def _text(
    card: Figure, x: float, y: float, words: str, size: float, colour: str = "ink", **more: Any
) -> None:
    given = {"va": "center", "linespacing": 1.25, **more}
    card.text(x / _WIDTH, 1 - y / _HEIGHT, words, fontsize=size, color=palette.COLOURS[colour], **given)


def _rule(card: Figure, span: tuple[float, float], y: float, colour: str, width: float) -> None:
    xs, at = [x / _WIDTH for x in span], 1 - y / _HEIGHT
    card.add_artist(Line2D(xs, [at, at], color=palette.COLOURS[colour], linewidth=width))


def _title(title: str, sizes: Sequence[tuple[float, int]]) -> tuple[list[str], float]:
    """Return the lines of a title and the size of their type; the smallest type cuts what is too long for it."""
    for size, most in sizes:
        lines = _wrap(title, _RIGHT - _LEFT, size)
        if len(lines) <= most:
            return lines, size
    return [*lines[: most - 1], f"{lines[most - 1][:-2]} …"], size


def _column(columns: int) -> float:
    return (_RIGHT - _FIRST) / columns


def _line(size: float) -> float:
    return size * _DPI / 72 * 1.25


def _cell_lines(cell: Sequence[Value], room: float) -> list[tuple[str, float]]:
    """Return the lines of a cell, each with the size of its type: values, each with its note below."""
    return [
        (line, size)
        for value, note in cell
        for words, size in ((value, _VALUE), (note, _NOTE))
        if words
        for line in _wrap(words, room, size)
    ]


def _row_height(head: str, cells: Sequence[Sequence[Value]], wide: float) -> float:
    heights = [sum(_line(size) for _, size in _cell_lines(cell, wide - _GAP)) for cell in cells]
    heights.append(len(_head_lines(head)) * _line(_HEAD))
    return max(heights) + _PAD


def _head_lines(head: str) -> list[str]:
    return _wrap(head, _FIRST - _LEFT - _GAP, _HEAD, bold=True)


def _draw_sheet(card: Figure, part: Sheet) -> None:
    """Draw the heads in the colours of the sources, and each row with its cells beside its head."""
    wide = _column(len(part.names))
    for i, name in enumerate(part.names):
        left = _FIRST + wide * i
        heads = _wrap(name, wide - _GAP, _HEAD, bold=True)[:2]
        _text(card, left, _NAMES, "\n".join(heads), _HEAD, weight="bold")
        _rule(card, (left, left + wide - _GAP), _TOP - 9, f"source-{i % 8 + 1}", 5)
    _text(card, _RIGHT, _FOOT, f"—: {_SILENT}", _SMALL, "muted", ha="right")
    room = _BOTTOM - _TOP
    heights = [_row_height(head, cells, wide) for head, cells in part.rows]
    spare, top = (room - sum(heights)) / max(len(heights), 1), float(_TOP)
    for (head, cells), least in zip(part.rows, heights, strict=True):
        height = least + spare
        _text(card, _LEFT, top + height / 2, "\n".join(_head_lines(head)), _HEAD, weight="bold")
        for i, cell in enumerate(cells):
            lines = _cell_lines(cell, wide - _GAP) or [("—", _VALUE)]
            at = top + (height - sum(_line(size) for _, size in lines)) / 2
            for words, size in lines:
                colour = "ink" if cell and size == _VALUE else "muted"
                _text(card, _FIRST + wide * i, at + _line(size) / 2, words, size, colour)
                at += _line(size)
        top += height
        _rule(card, (_LEFT, _RIGHT), top, "rule", 0.8)


@cache
def _width(words: str, size: float, *, bold: bool) -> float:
    """Return how wide words are on the card."""
    face = FontProperties(family="DejaVu Serif", size=size, weight="bold" if bold else "normal")
    points = text_to_path.get_text_width_height_descent(words, face, ismath=False)[0]
    return points * _DPI / 72


def _wrap(words: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Break words into lines that fit; a word that is too long for a line goes on in the next."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if _width(longer, size, bold=bold) <= room:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for letter in word:
            if lines[-1] and _width(lines[-1] + letter, size, bold=bold) > room:
                lines.append("")
            lines[-1] += letter
    return lines

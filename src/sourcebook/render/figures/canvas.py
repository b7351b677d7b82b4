"""Drawing on a sheet that is measured in points from its top left corner, as wide as its axes.

A point of a figure that :func:`sourcebook.render.display.figure` draws is a CSS pixel. Every plot asks the sheet
for its width, sets its text line by line where there is room, and says at the end how high it became.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path

from sourcebook.render import palette
from sourcebook.render.addresses import current_addresses

__all__ = [
    "LINE",
    "SIZE",
    "SMALL",
    "Sources",
    "area",
    "close_sheet",
    "is_narrow",
    "key",
    "line",
    "mark",
    "nothing",
    "open_sheet",
    "paragraph",
    "source_names",
    "text",
    "text_width",
    "wrap",
]

#: Sizes of text in points: of labels, and the least.
SIZE, SMALL = 12.0, 11.0
#: From one line of text to the next, in points.
LINE = 15.0

#: Source ids in the order of the registry, or their labels by id.
Sources = Sequence[str] | Mapping[str, str]

_FAMILY = "DejaVu Sans"
_NARROW = 520.0
_BREAKS = "-/_."
#: The patterns of areas as matplotlib writes them.
_HATCHES = {
    "rising": "//",
    "falling": "\\\\",
    "cross": "xx",
    "upright": "||",
    "level": "---",
    "grid": "++",
    "dots": ".",
}


def open_sheet(ax: Axes | None) -> tuple[Axes, float]:
    """Turn an Axes, or a new one, into an empty sheet.

    Parameters
    ----------
    ax : Axes or None
        On a page of the book it takes up its whole figure; elsewhere it stays where it is. None makes a figure of
        pyplot, 9.6 inches wide, which the sheet takes up.

    Returns
    -------
    Axes, float
        The sheet, and its width in points.
    """
    if ax is None:
        ax = plt.figure(figsize=(9.6, 4.8)).add_subplot()
        _take_up(ax)
    elif palette.is_for_pages():
        _take_up(ax)
    ax.set_axis_off()
    return ax, _size(ax)[0]


def _take_up(ax: Axes) -> None:
    figure_of(ax).set_layout_engine("none")
    ax.set_position((0, 0, 1, 1))


def figure_of(ax: Axes) -> Figure:
    """Return the figure of an Axes; raise ValueError for one without."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("ax: expected an Axes in a figure, found one without")
    return figure


def _size(ax: Axes) -> tuple[float, float]:
    """Return the width and height of an Axes in points."""
    figure, box = figure_of(ax), ax.get_position()
    return box.width * figure.get_figwidth() * 72, box.height * figure.get_figheight() * 72


def close_sheet(ax: Axes, height: float, alt: str = "") -> Axes:
    """Fit a drawing of so many points into its sheet, and label it with its words.

    A figure that the sheet takes up gets the height that the drawing needs. An Axes among others keeps its size, and a
    drawing that is higher is pressed together.
    """
    box = ax.get_position()
    if (box.width, box.height) == (1, 1):
        figure = figure_of(ax)
        figure.set_size_inches(figure.get_figwidth(), height / 72)
    width, room = _size(ax)
    ax.set_xlim(0, width)
    ax.set_ylim(max(height, room), 0)
    ax.set_label(alt)
    return ax


def nothing(ax: Axes, width: float, what: str) -> Axes:
    """Say on an otherwise empty sheet that there is nothing to show."""
    words = f"Nothing to show: {what}."
    return close_sheet(ax, paragraph(ax, 2, 6, words, width - 4, colour="muted") + 8, words)


def is_narrow(width: float) -> bool:
    """Whether labels have to stand above their row."""
    return width < _NARROW


def source_names(sources: Sources | None, ids: Iterable[str] = ()) -> dict[str, str]:
    """Return the label of each source by its id, its short name where it has none; without sources, of the ids."""
    if sources is None:
        sources = list(dict.fromkeys(ids))
    name = current_addresses().source_name
    return dict(sources) if isinstance(sources, Mapping) else {s: name(s) for s in sources}


@lru_cache(maxsize=8192)
def text_width(words: str, size: float = SIZE, weight: str = "normal") -> float:
    """Return the width of a line of text in points, with a little for renderers that round letters up."""
    font = FontProperties(family=_FAMILY, weight=weight, size=size)
    return 1.02 * float(text_to_path.get_text_width_height_descent(words, font, ismath=False)[0])


def _pieces(word: str, room: float, size: float, weight: str) -> list[str]:
    """Cut a word that is wider than the room, after a hyphen or a slash if there is one."""
    if text_width(word, size, weight) <= room:
        return [word]
    fits = list(takewhile(lambda n: text_width(word[:n], size, weight) <= room, range(1, len(word)))) or [1]
    breaks = [n for n in fits if word[n - 1] in _BREAKS]
    cut = min(breaks, key=lambda n: max(n, len(word) - n), default=fits[-1])
    return [word[:cut], *_pieces(word[cut:], room, size, weight)]


def wrap(words: str, room: float, size: float = SIZE, weight: str = "normal") -> list[str]:
    """Break a text into lines that fit.

    Parameters
    ----------
    words : str
        The text; white space counts as one space.
    room : float
        Points from left to right.
    size, weight
        Of the letters.

    Returns
    -------
    list of str
        At least one line; a word that is too long is cut, after a hyphen or slash where it has one.
    """
    lines: list[str] = []
    for word in words.split():
        if lines and text_width(f"{lines[-1]} {word}", size, weight) <= room:
            lines[-1] += f" {word}"
        else:
            lines += _pieces(word, room, size, weight)
    return lines or [""]


def text(
    ax: Axes,
    x: float,
    y: float,
    words: str,
    *,
    size: float = SIZE,
    colour: str = "ink",
    align: str = "left",
    weight: str = "normal",
    ground: bool = False,
) -> None:
    """Set one line of text.

    Parameters
    ----------
    ax : Axes
        The sheet.
    x, y : float
        Its place; `y` is the middle of its small letters.
    words : str
        The text.
    size, align, weight
        Of the letters; `align` says which part of the line stands at `x`.
    colour : str
        Name of the palette or a sentinel.
    ground : bool
        Whether to hide the lines of an axis behind it.
    """
    if ground:
        box = (x - 1, x + text_width(words, size, weight) + 2, y - LINE / 2, y + LINE / 2)
        area(ax, box, colour="paper", layer=0.4)
    ax.text(
        x,
        round(y + 0.36 * size),
        words,
        fontsize=size,
        color=_paint(colour),
        ha=align,
        va="baseline",
        family=_FAMILY,
        weight=weight,
        parse_math=False,
        clip_on=False,
    )


def paragraph(
    ax: Axes,
    x: float,
    top: float,
    words: str,
    room: float,
    *,
    size: float = SIZE,
    colour: str = "ink",
    align: str = "left",
    weight: str = "normal",
    ground: bool = False,
) -> float:
    """Set a text in lines from `top` down and return where it ends."""
    lines = wrap(words, room, size, weight)
    for i, words_of_line in enumerate(lines):
        y = top + LINE * (i + 0.5)
        text(ax, x, y, words_of_line, size=size, colour=colour, align=align, weight=weight, ground=ground)
    return top + LINE * len(lines)


def _paint(colour: str) -> str:
    return palette.colour(colour) if colour in palette.COLOURS else colour


def line(
    ax: Axes,
    xs: Sequence[float],
    ys: Sequence[float],
    *,
    colour: str = "rule",
    width: float = 1.0,
    style: str = "-",
    layer: float = 1,
) -> None:
    """Draw a line."""
    ax.plot(
        xs,
        ys,
        color=_paint(colour),
        linewidth=width,
        linestyle=style,
        zorder=layer,
        clip_on=False,
        solid_capstyle="butt",
    )


def mark(
    ax: Axes, x: float, y: float, shape: str, *, colour: str, size: float = 9.0, hollow: bool = False
) -> None:
    """Draw one marker."""
    ax.plot(
        [x],
        [y],
        linestyle="none",
        marker=shape,
        markersize=size,
        markerfacecolor=_paint("paper" if hollow else colour),
        markeredgecolor=_paint(colour),
        markeredgewidth=1.6,
        zorder=3,
        clip_on=False,
    )


def area(
    ax: Axes, box: tuple[float, float, float, float], *, colour: str, pattern: str = "solid", layer: float = 2
) -> None:
    """Fill a box.

    Parameters
    ----------
    ax : Axes
        The sheet.
    box : tuple of float
        Left, right, top, bottom.
    colour : str
        Name of the palette or a sentinel.
    pattern : {"solid", "faint", "empty", "rising", "falling", "cross", "upright", "level", "grid", "dots"}
        So that no meaning hangs on the colour alone.
    layer : float
        Higher ones are drawn later.
    """
    x0, x1, y0, y1 = box
    paint = _paint(colour)
    share = {"solid": 1.0, "faint": 0.15, "empty": 0.0}.get(pattern, 0.12)
    shape = (x0, y0), x1 - x0, y1 - y0
    if share:
        ax.add_patch(
            Rectangle(*shape, facecolor=paint, alpha=share, linewidth=0, zorder=layer, clip_on=False)
        )
    if pattern not in {"solid", "faint"}:
        hatch = _HATCHES.get(pattern)
        ax.add_patch(
            Rectangle(
                *shape, fill=False, edgecolor=paint, linewidth=1, hatch=hatch, zorder=layer, clip_on=False
            )
        )


def key(
    ax: Axes,
    top: float,
    width: float,
    entries: Sequence[tuple[Callable[[float, float], None], str]],
    *,
    sign: float = 22.0,
) -> float:
    """Set a key of signs and words in as many lines as it needs.

    Parameters
    ----------
    ax : Axes
        The sheet.
    top, width : float
        Where it begins and how wide it may be.
    entries : sequence of (callable, str)
        ``draw(x, y)`` draws the sign around the point (x, y); then its meaning.
    sign : float
        Room for a sign.

    Returns
    -------
    float
        Where it ends.
    """
    x, y = 0.0, top + LINE / 2 + 3
    for draw, words in entries:
        lines = wrap(words, width - sign - 6, SMALL)
        need = sign + max(text_width(part, SMALL) for part in lines) + 16
        if x and x + need - 16 > width:
            x, y = 0.0, y + LINE + 4
        draw(x + sign / 2 - 2, y)
        for i, part in enumerate(lines):
            text(ax, x + sign, y + i * LINE, part, size=SMALL)
        y += LINE * (len(lines) - 1)
        x += need
    return y + LINE / 2 + 3

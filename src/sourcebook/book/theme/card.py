"""The picture that stands for the book where a link to it is previewed."""

from __future__ import annotations

import textwrap
from pathlib import Path

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sourcebook.render import palette

__all__ = ["draw_card"]

_WIDTH, _HEIGHT, _DPI = 1200, 630, 100


def draw_card(path: Path, *, title: str, author: str = "") -> None:
    """Write the card of a book: its title between rules, a line for each source's colour, who made it.

    Parameters
    ----------
    path : Path
        The PNG file to write, 1200 by 630 pixels; the same text gives the same bytes.
    title : str
        Wrapped to at most four lines.
    author : str, optional
        Printed below.
    """
    lines = textwrap.wrap(title, 26, max_lines=4, placeholder=" …")
    size = 60 if len(lines) < 4 else 50
    with mpl.rc_context({"font.family": "serif", "font.serif": ["DejaVu Serif"], "text.parse_math": False}):
        card = Figure(figsize=(_WIDTH / _DPI, _HEIGHT / _DPI), dpi=_DPI, facecolor=palette.COLOURS["paper"])
        FigureCanvasAgg(card)
        for at, width in ((0.86, 3.0), (0.845, 1.0)):
            card.add_artist(Line2D([0.07, 0.93], [at, at], color=palette.COLOURS["ink"], linewidth=width))
        for i in range(5):
            left = 0.07 + 0.175 * i
            card.add_artist(
                Line2D([left, left + 0.16], [0.2, 0.2], color=palette.COLOURS[f"source-{i + 1}"], linewidth=8)
            )
        card.text(0.07, 0.53, "\n".join(lines), fontsize=size, va="center", color=palette.COLOURS["ink"])
        card.text(0.07, 0.1, author, fontsize=24, va="center", color=palette.COLOURS["muted"])
        path.parent.mkdir(parents=True, exist_ok=True)
        card.savefig(path, format="png", dpi=_DPI, metadata={"Software": None})

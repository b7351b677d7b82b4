"""A plot of matplotlib as SVG within a page, once for a wide and once for a narrow screen."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import pandas as pd
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sourcebook.render import drawings, palette

__all__ = ["NARROW", "WIDE", "InlineSvg", "draw_svg", "inline"]

#: Widths in inches of the two drawings; a point of text is a CSS pixel at these widths.
WIDE, NARROW = 9.6, 4.7

#: The font of the page, or one as wide as that which the drawing was measured in, or narrower.
_FONT = "var(--sb-sans, 'DejaVu Sans', Verdana, sans-serif)"

#: Which of the two drawings shows, also where no style sheet of ours does.
_CHOICE = (
    ".sb-figure .sb-narrow{display:none}@media (max-width:600px)"
    "{.sb-figure .sb-wide{display:none}.sb-figure .sb-narrow{display:block}}"
)

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


@dataclass(frozen=True, kw_only=True)
class InlineSvg:
    """A drawing that can be in a page with others.

    Attributes
    ----------
    name : str
        For which screen it is, ``wide`` or ``narrow``.
    box : str
        Its view box.
    content : Markup
        What is in the SVG element.
    """

    name: str
    box: str
    content: Markup

    @property
    def style(self) -> str:
        """The declarations of the SVG element."""
        return f"max-width:{float(self.box.split()[2]):.0f}px;{drawings.ROOT_STYLE}"


def draw_svg(plot: Callable[..., Axes], frame: pd.DataFrame, width: float, options: Mapping[str, Any]) -> str:
    """Return a plot as matplotlib writes it, with sentinels for colours.

    Parameters
    ----------
    plot : callable
        ``plot(frame, *, ax, **options) -> Axes``.
    frame : DataFrame
        What it draws.
    width : float
        In inches.
    options : mapping of str to object
        Passed to `plot`.
    """
    with mpl.rc_context(_STYLE):
        drawing = Figure(figsize=(width, width * 0.5), layout="constrained")
        plot(frame, ax=drawing.add_subplot(), **options)
        buffer = io.StringIO()
        drawing.savefig(
            buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
    text = buffer.getvalue()
    return text[text.index("<svg") :]


def inline(plain: Mapping[str, str], *, key: str) -> tuple[Markup, list[InlineSvg]]:
    """Return the style rules and the drawings of a figure.

    Parameters
    ----------
    plain : mapping of str to str
        The drawings of matplotlib, by screen.
    key : str
        Unique on the page; ids and classes begin with it.
    """
    styles = drawings.Styles(key=key)
    lean = {name: drawings.lean(svg, styles, prefix=f"{key}{name[0]}") for name, svg in plain.items()}
    rules = palette.to_css(_CHOICE + styles.rules()).replace("'DejaVu Sans'", _FONT)
    return Markup(rules), [
        InlineSvg(name=name, box=box, content=Markup(palette.to_css(content)))
        for name, (content, box) in lean.items()
    ]

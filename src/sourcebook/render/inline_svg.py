"""A plot of matplotlib as SVG within a page, once for a wide and once for a narrow screen.

Matplotlib repeats the style of every stroke, wraps it in groups and writes six decimals. What a page holds is
shorter and looks the same: styles are classes that the drawings of a figure share, numbers have one decimal.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import pandas as pd
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sourcebook.render import palette

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
}

#: What matplotlib sets for all elements of a drawing; a page sets it on the root, for that drawing alone.
_ROOT_STYLE = "stroke-linejoin:round;stroke-linecap:butt"
#: The root, and the rule for all elements.
_AROUND = re.compile(r"^<svg[^>]*>|</svg>\s*$|<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL)
#: Names of groups, a rotation by nothing, the prefix of links.
_IDLE = re.compile(r'(?<=<g) id="[^"]*"| transform="rotate\(-?0(?: [^)]*)?\)"|\bxlink:')

#: Neighbours of one style; where they overlap and are not opaque, one path would look different.
_NEIGHBOURS = re.compile(r'<path d="[^"]*" (style="(?![^"]*opacity)[^"]*")/>(?:<path d="[^"]*" \1/>)+')


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
        return f"max-width:{float(self.box.split()[2]):.0f}px;{_ROOT_STYLE}"


def draw_svg(
    plot: Callable[..., Axes], frame: pd.DataFrame, width: float, options: Mapping[str, Any]
) -> tuple[str, str]:
    """Return a plot as matplotlib writes it, with sentinels for colours, and the label that it gives its axes.

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
    with mpl.rc_context(_STYLE), palette.for_pages():
        drawing = Figure(figsize=(width, width * 0.5), layout="constrained")
        ax = plot(frame, ax=drawing.add_subplot(), **options)
        buffer = io.StringIO()
        drawing.savefig(
            buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
    text = buffer.getvalue()
    return text[text.index("<svg") :], str(ax.get_label())


def _decimal(number: str) -> str:
    return f"{float(number):.1f}".removesuffix(".0")


def _short_path(path: str) -> str:
    """Return a path of matplotlib with one decimal; a level or upright line has one number.

    Examples
    --------
    >>> _short_path("M 1.02 2 L 5 2 L 5 7.56 z")
    'M1 2H5V7.6z'
    """
    parts, here = [], ["", ""]
    for command, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        there = [_decimal(number) for number in numbers.split()]
        if command == "L" and there[1] == here[1]:
            parts.append(f"H{there[0]}")
        elif command == "L" and there[0] == here[0]:
            parts.append(f"V{there[1]}")
        else:
            parts.append(command + " ".join(there))
        here = there[-2:] or here
    return "".join(parts)


def _short_tag(tag: str, prefix: str) -> str:
    """Return a tag with ids that are unique on the page."""
    tag = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{prefix}", _IDLE.sub("", tag))
    tag = re.sub(r' d="([^"]*)"', lambda m: f' d="{_short_path(m[1])}"', tag)
    return re.sub(r' ([xy])="([^"]*)"', lambda m: f' {m[1]}="{_decimal(m[2])}"', tag)


def _joined(paths: re.Match[str]) -> str:
    """Return the first of neighbouring paths with the lines of all."""
    lines = re.findall(r' d="([^"]*)"', paths[0])
    return paths[0].partition("/>")[0].replace(lines[0], "".join(lines), 1) + "/>"


def _shorten(svg: str, prefix: str) -> str:
    """Return what is in a drawing, in fewer characters."""
    content = re.sub(r"<[^>]*>", lambda m: _short_tag(m[0], prefix), _AROUND.sub("", svg.strip()))
    if "<g " not in content:  # groups that mean nothing
        content = content.replace("<g>", "").replace("</g>", "")
    return _NEIGHBOURS.sub(_joined, re.sub(r"\s*\n\s*", "", content))


def inline(plain: Mapping[str, str], *, key: str) -> tuple[Markup, list[InlineSvg]]:
    """Return the style rules and the drawings of a figure.

    Parameters
    ----------
    plain : mapping of str to str
        The drawings of matplotlib, by screen.
    key : str
        Unique on the page; ids and classes begin with it.
    """
    classes: dict[str, str] = {}
    drawings = []
    for name, svg in plain.items():
        content = re.sub(
            r'(?<= )style="([^"]*)"(?=[^<]*>)',
            lambda m: f'class="{classes.setdefault(m[1], f"{key}{len(classes)}")}"',
            _shorten(svg, f"{key}{name[0]}"),
        )
        box = svg.partition('viewBox="')[2].partition('"')[0]
        drawings.append(InlineSvg(name=name, box=box, content=Markup(palette.to_css(content))))
    rules = _CHOICE + "".join(f".{name}{{{style}}}" for style, name in classes.items())
    return Markup(palette.to_css(rules).replace("'DejaVu Sans'", _FONT)), drawings

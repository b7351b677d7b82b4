"""Figures: each function draws one frame to answer one question.

Every function takes a frame and an Axes, which it lays out from the width of its figure, and returns the
Axes. :func:`sourcebook.render.display.figure` draws it for wide and for narrow screens and gives its colours
their values for light and dark paper.
"""

from sourcebook.render.figures.interval_plots import plot_alpha, plot_quantities
from sourcebook.render.figures.matrix_plots import (
    plot_counts,
    plot_matrix,
)
from sourcebook.render.figures.number_path import plot_number_path
from sourcebook.render.figures.passage_map import plot_shared
from sourcebook.render.figures.stemma import plot_stemma
from sourcebook.render.figures.timeline_plots import plot_timeline
from sourcebook.render.figures.treaty_status import plot_treaty_status

__all__ = [
    "plot_alpha",
    "plot_counts",
    "plot_matrix",
    "plot_number_path",
    "plot_quantities",
    "plot_shared",
    "plot_stemma",
    "plot_timeline",
    "plot_treaty_status",
]

"""Figures: each function draws one frame to answer one question.

Every function takes a frame and an Axes, which it lays out from the width of its figure, and returns the
Axes. :func:`sourcebook.display.figure` draws it for wide and for narrow screens and gives its colours
their values for light and dark paper.
"""

from sourcebook.figures.amounts import plot_alpha, plot_leave_one_out, plot_quantities
from sourcebook.figures.force import plot_in_force
from sourcebook.figures.independence import plot_independence
from sourcebook.figures.passages import plot_shared
from sourcebook.figures.tables import plot_counts, plot_coverage, plot_links, plot_matrix, plot_states
from sourcebook.figures.time import plot_timeline, plot_writing

__all__ = [
    "plot_alpha",
    "plot_counts",
    "plot_coverage",
    "plot_in_force",
    "plot_independence",
    "plot_leave_one_out",
    "plot_links",
    "plot_matrix",
    "plot_quantities",
    "plot_shared",
    "plot_states",
    "plot_timeline",
    "plot_writing",
]

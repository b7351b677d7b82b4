"""Drawings of matplotlib, made light enough to stand as text in a page."""

from sourcebook.render.drawings.leaning import ROOT_STYLE, Styles, lean
from sourcebook.render.drawings.paths import lean_path

__all__ = ["ROOT_STYLE", "Styles", "lean", "lean_path"]

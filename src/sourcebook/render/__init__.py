"""From tables to HTML and SVG, without Sphinx."""

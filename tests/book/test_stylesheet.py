"""The palette's promise: every colour of the style sheet is legible on its paper, in light and in dark."""

import re
from pathlib import Path

import pytest

from sourcebook import palette as drawing

STYLE_SHEET = Path(__file__).resolve().parents[2] / "book" / "_static" / "sourcebook.css"
NAMES = [
    *(f"source-{number}" for number in range(1, 9)),
    *("date", "quantity", "instrument", "demand", "frame", "name", "heritage", "term"),
    *("agree", "compatible", "contradict", "not-comparable", "only", "silent"),
    *("ink", "muted", "link"),
]


def palette(selector: str) -> dict[str, str]:
    text = STYLE_SHEET.read_text(encoding="utf-8")
    block = re.search(rf"^{re.escape(selector)} \{{(.*?)^\}}", text, re.MULTILINE | re.DOTALL)[1]
    return dict(re.findall(r"--sb-([a-z0-9-]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(two)])
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_on_the_reference_pair():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("selector", ["html", 'html[data-theme="dark"]'])
def test_every_colour_is_legible_on_its_paper(selector):
    colours = palette(selector)
    assert set(NAMES) <= set(colours)
    poor = {
        name: round(contrast(colours[name], colours["paper"]), 2)
        for name in NAMES
        if contrast(colours[name], colours["paper"]) < 4.5
    }
    assert not poor


@pytest.mark.parametrize("selector", ["html", 'html[data-theme="dark"]'])
def test_every_colour_of_a_drawing_has_its_property(selector):
    assert not set(drawing.COLOURS) - set(palette(selector))


def test_what_a_cell_prints_stays_on_dark_paper():
    """The theme sets it on light paper with this very selector, so that ours must be as specific."""
    theirs = 'html[data-theme="dark"] .bd-content div.cell_output .text_html:not(:has(table.dataframe))'
    rule = re.search(
        rf"^{re.escape(theirs)} \{{(.*?)\}}", STYLE_SHEET.read_text(encoding="utf-8"), re.M | re.S
    )
    assert "background: none" in rule[1]
    assert "color: inherit" in rule[1]

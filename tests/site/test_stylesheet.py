"""The style sheet's promises: its colours are legible on their paper, and what it needs of others is nothing."""

import colorsys
import re
from pathlib import Path

import pytest

import sourcebook
from sourcebook.render import palette as drawing

STYLE_SHEET = Path(sourcebook.__file__).parent / "book" / "theme" / "static" / "sourcebook.css"
NAMES = [
    *(f"source-{number}" for number in range(1, 9)),
    *("date", "quantity", "instrument", "name", *(f"mark-{number}" for number in range(1, 7))),
    *("agree", "variant", "compatible", "contradict", "not-comparable", "only", "silent"),
    *("ink", "muted", "link"),
]


PAPERS = ("light", "dark")
PAIR = re.compile(r"--sb-([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")


def palette(paper: str) -> dict[str, str]:
    found = PAIR.findall(STYLE_SHEET.read_text(encoding="utf-8"))
    assert len({name for name, *_ in found}) == len(found), "a colour is defined twice"
    return {name: pair[PAPERS.index(paper)] for name, *pair in found}


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


@pytest.mark.parametrize("paper", PAPERS)
def test_every_colour_is_legible_on_its_paper(paper):
    colours = palette(paper)
    assert set(NAMES) <= set(colours)
    poor = {
        name: round(contrast(colours[name], colours["paper"]), 2)
        for name in NAMES
        if contrast(colours[name], colours["paper"]) < 4.5
    }
    assert not poor


def hue(colour: str) -> float:
    """Return the hue in degrees."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return 360 * colorsys.rgb_to_hsv(red, green, blue)[0]


@pytest.mark.parametrize("paper", PAPERS)
def test_a_state_has_not_the_hue_of_a_source(paper):
    """The first of the colours that states take is far from those of the five sources."""
    colours = palette(paper)
    state = hue(colours["source-6"])
    apart = [abs((state - hue(colours[f"source-{n}"]) + 180) % 360 - 180) for n in range(1, 6)]
    assert min(apart) >= 14


@pytest.mark.parametrize("paper", PAPERS)
def test_every_colour_of_a_drawing_has_its_property(paper):
    assert not set(drawing.COLOURS) - set(palette(paper))


def test_the_paper_follows_the_system_until_the_reader_chooses():
    text = STYLE_SHEET.read_text(encoding="utf-8")
    assert "html { color-scheme: light dark; }" in text
    for paper in PAPERS:
        assert f'html[data-theme="{paper}"] {{ color-scheme: {paper}; }}' in text


def test_colours_of_text_come_from_the_palette_alone():
    """Print is black on white; everything else names its colour."""
    text = STYLE_SHEET.read_text(encoding="utf-8").partition("@media print")[0]
    assert not re.findall(r"#[0-9a-f]{3,8}\b", PAIR.sub("", re.sub(r"/\*.*?\*/", "", text, flags=re.S)))


def test_the_style_sheet_loads_nothing_from_elsewhere():
    """Only the faces, which are files of the book."""
    text = re.sub(r'url\("fonts/[a-z-]+\.woff2"\)', "", STYLE_SHEET.read_text(encoding="utf-8"))
    assert not re.findall(r"url\(|@import", text)

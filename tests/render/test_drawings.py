"""Drawings made light: the same picture, fewer characters."""

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.render.drawings import Styles, lean, lean_path

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 8">'
)


def light(content, prefix="f", styles=None):
    styles = styles or Styles(key="c")
    text, box = lean(f"{HEAD}{content}</svg>", styles, prefix=prefix)
    assert box == "0 0 10 8"
    return text, styles


@pytest.mark.parametrize(
    ("given_path", "expected"),
    [
        ("M 0 0 L 10 0 L 10 5 z", "M0 0h10v5z"),
        ("M 1.04 2.06 L 3.04 4.06", "M1 2.1l2 2"),
        ("M 0 0 L 1 1 L 2 3", "M0 0l1 1 1 2"),
        ("M 0 0 L -1 -1 L -2 -3", "M0 0l-1-1-1-2"),
        ("M 0 0 L 0.5 0.5 L 1 1.25", "M0 0l.5.5 .5.7"),
        ("M 5 5 L 5 5 L 6 5", "M5 5h0 1"),
        ("M 0 0 L 4 0 L 4 4 L 0 0 z", "M0 0h4v4z"),
        ("M 0 0 Q 1 1 2 0 C 1 1 2 2 3 3", "M0 0q1 1 2 0c-1 1 0 2 1 3"),
        ("M 0 0 A 1 1 0 0 0 2 2", "M 0 0 A 1 1 0 0 0 2 2"),
        ("", ""),
    ],
)
def test_a_path_in_relative_steps_of_one_decimal(given_path, expected):
    assert lean_path(given_path) == expected


def positions(path):
    """Follow a path of lines that this test wrote or that lean_path returned, point by point."""
    import re

    here, found, command = (0.0, 0.0), [], ""
    tokens = re.findall(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)", path)
    while tokens:
        if tokens[0].isalpha():
            command = tokens.pop(0)
        if command in "MLml":
            x, y = float(tokens.pop(0)), float(tokens.pop(0))
            here = (x, y) if command.isupper() else (here[0] + x, here[1] + y)
            command = {"M": "L", "m": "l"}.get(command, command)
        elif command == "h":
            here = (here[0] + float(tokens.pop(0)), here[1])
        elif command == "v":
            here = (here[0], here[1] + float(tokens.pop(0)))
        found.append(here)
    return found


COORDINATE = st.floats(-500, 500, allow_nan=False).map(lambda n: round(n, 4))


@given(st.lists(st.tuples(COORDINATE, COORDINATE), min_size=2, max_size=40))
def test_no_point_moves_by_more_than_a_twentieth_and_errors_do_not_add_up(points):
    written = " L ".join(f"{x:.4f} {y:.4f}" for x, y in points)
    after = positions(lean_path(f"M {written}"))
    tenths = [(round(x * 10), round(y * 10)) for x, y in points]
    # a line that leads nowhere draws a dot when it is the first after a move, and nothing later on
    kept = [*tenths[:2], *(b for a, b in pairwise(tenths[1:]) if a != b)]
    assert [(round(x * 10), round(y * 10)) for x, y in after] == kept


def test_one_class_for_one_style_in_all_drawings_of_a_figure():
    styles = Styles(key="k")
    one, _ = light('<path d="M 0 0 L 1 1" style="fill: none; stroke: red"/>', styles=styles)
    two, _ = light('<path d="M 2 2 L 3 3" style="fill:none;stroke:red"/>', styles=styles)
    assert 'class="k0"' in one
    assert 'class="k0"' in two
    assert styles.rules() == ".k0{fill:none;stroke:red}"


def test_strokes_of_one_style_become_one_path():
    line = '<g id="line2d_1"><path d="M {0} 0 L {0} 8" style="fill:none;stroke:red"/></g>'
    text, _ = light("".join(line.format(x) for x in (1, 2, 3)))
    assert text == '<path d="M1 0v8m1-8v8m1-8v8" class="c0" />'


def test_areas_that_overlap_stay_apart():
    area = '<path d="M {0} 0 L {1} 0 L {1} 4 L {0} 4 z" style="fill:red"/>'
    text, _ = light(area.format(0, 3) + area.format(2, 5))
    assert text.count("<path") == 2
    text, _ = light(area.format(0, 2) + area.format(6, 8))
    assert text.count("<path") == 1


def test_half_transparent_strokes_stay_apart():
    line = '<path d="M {0} 0 L {0} 8" style="fill:none;stroke:red;stroke-opacity:0.5;stroke-width:2"/>'
    text, _ = light(line.format(1) + line.format(1.5))
    assert text.count("<path") == 2


def test_what_is_referred_to_keeps_an_id_of_its_own():
    clip = (
        '<path d="M 0 0 L 9 9" clip-path="url(#p1)" style="stroke:red"/>'
        '<defs><clipPath id="p1"><rect width="5" height="5" x="0" y="0"/></clipPath></defs>'
    )
    text, _ = light(clip, prefix="w")
    assert 'clip-path="url(#w0)"' in text
    assert '<clipPath id="w0">' in text


def test_markers_that_are_alike_are_defined_once():
    def axis(number):
        return (
            f'<g><defs><path id="m{number}" d="M 0 0 L 0 3.5" style="stroke:black"/></defs>'
            f'<g><use xlink:href="#m{number}" x="{number}" y="8" style="stroke:black"/></g></g>'
        )

    text, _ = light(axis(1) + axis(2))
    root = ET.fromstring(f"<svg>{text}</svg>")
    (marker,) = root.iter("path")
    assert {use.get("href") for use in root.iter("use")} == {f"#{marker.get('id')}"}


def test_text_stays_text_in_its_order():
    text, _ = light('<g><text x="1.234" y="5" style="font:1px x">a &lt; b</text><text>c</text></g>')
    root = ET.fromstring(f"<svg>{text}</svg>")
    assert [each.text for each in root.iter("text")] == ["a < b", "c"]
    assert next(root.iter("text")).get("x") == "1.23"


def test_what_is_not_seen_goes():
    text, _ = light(
        '<metadata>x</metadata><path d="M 0 0 L 1 1" style="fill:none;stroke:none"/><g id="axes_1"/><defs/>'
    )
    assert text == ""

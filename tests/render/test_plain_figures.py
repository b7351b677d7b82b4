"""The figures as one draws them in a notebook of one's own: plain columns, axes among others, ordinary colours."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from sourcebook.core.errors import DataError, ParseError
from sourcebook.render import figures, palette

COUNTS = pd.DataFrame({"source_id": ["letter", "report", "press"], "value": ["~640", "~900", ">=700"]})
EVENTS = pd.DataFrame(
    {
        "source_id": ["letter", "report", "press"],
        "event": ["The flood", "The flood", "The bridge"],
        "value": ["1918", "1918-11/1919", "3 May 1922"],
    }
)
STATES = pd.DataFrame(
    {"proposition_id": ["how-many"] * 2, "source_id": ["letter", "report"], "state": ["agree", "only"]}
)
CALLS = {
    "quantities": lambda **kwargs: figures.plot_quantities(COUNTS, **kwargs),
    "timeline": lambda **kwargs: figures.plot_timeline(EVENTS, **kwargs),
    "matrix": lambda **kwargs: figures.plot_matrix(STATES, **kwargs),
    "counts": lambda **kwargs: figures.plot_counts(
        pd.DataFrame({"word": ["river", "bridge"], "letter": [3, 1], "report": [0, 2]}),
        label="word",
        **kwargs,
    ),
}


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def colours_of(ax):
    lines = {to_hex(line.get_color()) for line in ax.lines}
    marks = {to_hex(line.get_markeredgecolor()) for line in ax.lines if line.get_marker() != "None"}
    return lines | marks | {to_hex(patch.get_facecolor()) for patch in ax.patches}


@pytest.mark.parametrize("name", CALLS)
def test_a_figure_in_an_axes_leaves_the_others_and_their_places_alone(name):
    figure, (above, below) = plt.subplots(2, figsize=(7, 6))
    before = figure.get_size_inches().tolist(), above.get_position().bounds, below.get_position().bounds
    drawn = CALLS[name](ax=below)
    after = figure.get_size_inches().tolist(), above.get_position().bounds, below.get_position().bounds
    assert drawn is below
    assert before == after
    assert not above.lines
    assert not above.texts


@pytest.mark.parametrize("name", CALLS)
def test_words_stay_within_the_axes(name):
    figure, (_, below) = plt.subplots(2, figsize=(7, 8))
    below.set_title("A title of one's own")
    CALLS[name](ax=below)
    figure.canvas.draw()
    box = below.get_window_extent()
    for text in below.texts:
        words = text.get_window_extent()
        assert words.x0 >= box.x0 - 2 and words.x1 <= box.x1 + 4, text.get_text()
        assert words.y0 >= box.y0 - 2 and words.y1 <= box.y1 + 2, text.get_text()
    assert below.title.get_window_extent().y0 >= box.y1 - 2


@pytest.mark.parametrize("name", CALLS)
def test_colours_are_ordinary_and_those_of_the_sources_differ(name):
    used = colours_of(CALLS[name]())
    assert not used & {palette.sentinel(each) for each in palette.COLOURS}
    if name in ("quantities", "timeline"):
        assert {palette.COLOURS[f"source-{n}"] for n in (1, 2, 3)} <= used


@pytest.mark.parametrize("name", CALLS)
def test_without_axes_a_figure_of_pyplot_is_as_high_as_the_drawing(name):
    ax = CALLS[name]()
    assert plt.get_fignums() == [ax.figure.number]
    assert ax.get_ylim()[0] == pytest.approx(ax.figure.get_figheight() * 72)
    assert ax.get_label()


def test_values_are_read_where_words_and_bounds_are_not_given():
    words = [text.get_text() for text in figures.plot_quantities(COUNTS).texts]
    assert {"about 640", "about 900", "at least 700", "letter"} <= set(words)
    words = [text.get_text() for text in figures.plot_timeline(EVENTS).texts]
    assert {"The flood", "The bridge", "1918", "3 May 1922"} <= set(words)


def test_labels_and_order_of_sources_can_be_given():
    ax = figures.plot_quantities(COUNTS, sources={"press": "The press", "letter": "A letter", "report": "R"})
    assert {"The press", "A letter", "R"} <= {text.get_text() for text in ax.texts}


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: figures.plot_quantities(COUNTS[["source_id"]]), "frame:value: expected a column"),
        (lambda: figures.plot_quantities(COUNTS[["value"]]), "frame:source_id: expected a column"),
        (lambda: figures.plot_timeline(EVENTS[["value", "source_id"]]), "frame:event: expected a column"),
        (lambda: figures.plot_timeline(EVENTS[["event", "source_id"]]), "frame:value: expected a column"),
        (lambda: figures.plot_matrix(STATES[["state"]]), "(?s)frame:proposition_id: .*frame:source_id: "),
        (
            lambda: figures.plot_matrix(STATES.assign(state="yes")),
            "expected one of contradict, .*; found yes",
        ),
        (lambda: figures.plot_counts(COUNTS, label="word"), "frame:word: expected a column"),
    ],
)
def test_what_is_missing_or_unknown_is_named(call, words):
    with pytest.raises((DataError, ValueError), match=words):
        call()
    assert not plt.get_fignums()


@pytest.mark.parametrize(
    "call",
    [
        lambda: figures.plot_quantities(COUNTS.assign(value="many-ish")),
        lambda: figures.plot_timeline(EVENTS.assign(value="some day")),
    ],
)
def test_a_value_that_cannot_be_read_is_an_error_before_anything_is_drawn(call):
    with pytest.raises(ParseError):
        call()
    assert not plt.get_fignums()

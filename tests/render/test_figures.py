"""Every figure on frames that can be counted by hand, at the widths of a wide and of a narrow screen."""

import math
import re
from functools import cache
from itertools import combinations, pairwise

import pandas as pd
import pytest
from markupsafe import escape
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from sourcebook.core.vocabularies import RELATIONS
from sourcebook.reliability import agreement_by_variable
from sourcebook.render import display, figures, palette
from sourcebook.render.figures import canvas, matrix_plots
from sourcebook.render.figures.axis_scales import Scale, date_ticks, day, number_ticks
from sourcebook.render.figures.canvas import text_width, wrap

SOURCES = ["alpha-1990-01", "beta-1991-02", "gamma-1992-03"]
A, B, C = SOURCES


@pytest.fixture(autouse=True)
def _for_pages():
    """Draw as for a page of the book; figures elsewhere are in test_plain_figures.py."""
    with palette.for_pages():
        yield


def claim(source, event, dated, display, bounds):
    columns = ("start_earliest", "start_latest", "end_earliest", "end_latest")
    return {"source_id": source, "event": event, "time_type": dated, "display": display} | dict(
        zip(columns, bounds, strict=True)
    )


def dated():
    return pd.DataFrame(
        [
            claim(
                B,
                "The flood",
                "interval",
                "1918–1920",
                ("1918-01-01", "1918-12-31", "1920-01-01", "1920-12-31"),
            ),
            claim(
                A,
                "The flood",
                "interval",
                "1918–1921",
                ("1918-01-01", "1918-12-31", "1921-01-01", "1921-12-31"),
            ),
            claim(
                C,
                "The new bridge, with a name that is long enough to wrap",
                "instant",
                "3 May 1922",
                ("1922-05-03",) * 4,
            ),
            claim(
                A,
                "The new bridge, with a name that is long enough to wrap",
                "instant",
                "1922",
                ("1922-01-01", "1922-12-31") * 2,
            ),
            claim(B, "The repair", "interval", "until 1925", ("", "1925-12-31", "1925-01-01", "1925-12-31")),
            claim(C, "The feast", "instant", "5 December, year not stated", ("",) * 4),
        ]
    )


def quantities():
    rows = [
        (A, "over 200", 200.0, math.nan, False, False, ">200", "Guests"),
        (B, "51", 51.0, 51.0, True, True, "51", "Guests"),
        (C, "about 100", 90.0, 110.0, True, True, "~100", "Boats"),
        (A, "between 40 and 60", 40.0, 60.0, True, True, "40..60", "Boats"),
    ]
    columns = ["source_id", "display", "lower", "upper", "lower_closed", "upper_closed", "value", "group"]
    return pd.DataFrame(rows, columns=columns)


def matrix():
    states = [
        "agree",
        "agree",
        "searched-absent",
        "only",
        "mentioned",
        "out-of-scope",
        "contradict",
        "contradict",
        "before-event",
    ]
    cells = [(p, s) for p in ("p1", "p2", "p3") for s in SOURCES]
    questions = {
        "p1": "How many boats lay in the harbour on the day of the flood?",
        "p2": "Who built it?",
        "p3": "When?",
    }
    return pd.DataFrame(
        [
            {"proposition_id": p, "question": questions[p], "source_id": s, "state": state}
            for (p, s), state in zip(cells, states, strict=True)
        ]
    )


def counts():
    rows = [("right of way", 9, 0, 4, 2, 13), ("toll", 1, 1, 0, 2, 2), ("ferry", 0, 0, 1, 1, 1)]
    return pd.DataFrame(rows, columns=["term", *SOURCES, "sources", "total"])


def links():
    act, talk = ("act", "The Navigation Act of the River Council", "1992-03-02"), ("talk", "Talk", "")
    rows = [
        (A, *act, "no"),
        (B, *act, "yes"),
        (C, *act, "no"),
        (C, *talk, "yes"),
        (C, "plan", "The plan", "1991", "no"),
    ]
    return pd.DataFrame(
        rows, columns=["source_id", "upstream", "upstream_label", "upstream_date", "is_named"]
    )


def placed():
    rows = [(A, "1990-01-05", "5 January 1990"), (B, "1992-03-02", "undated"), (C, "1992-03", "March 1992")]
    return pd.DataFrame(rows, columns=["source_id", "date", "display"])


def alphas():
    rows = [
        ("answered", 0.82, 0.74, 0.9, 620, "ok", ""),
        ("heritage", float("nan"), float("nan"), float("nan"), 3, "no-variation", "all values are equal"),
        ("value: quantity", -0.05, -0.21, 0.3, 44, "ok", ""),
    ]
    return pd.DataFrame(rows, columns=["variable", "alpha", "low", "high", "units", "status", "note"])


def participation():
    rows = [
        ("treaty", "Northland", "signed", "1950-01-01", ""),
        ("treaty", "Northland", "ratified", "1951-02-01", "1951-05-01"),
        ("treaty", "Southland", "not a party", "", ""),
        ("declaration", "Northland", "not applicable", "", ""),
        ("declaration", "Southland", "not applicable", "", ""),
    ]
    return pd.DataFrame(rows, columns=["instrument_id", "state", "step", "date", "in_force"])


def passages():
    rows = [(A, 0, 50, B, 10, 60, 9, "verbatim"), (B, 80, 90, C, 100, 200, 7, "edited")]
    return pd.DataFrame(
        rows, columns=["source_a", "start_a", "end_a", "source_b", "start_b", "end_b", "words", "kind"]
    )


def occurrences():
    rows = [
        ("200 guests", "", "guests", "plan", "1990", "", "The News", "1991-03", ""),
        ("200 guests", "", "guests", "other", "1990-05-01/1990-05-03", "the host", "Smith", "1990-06-01", A),
        ("zweihundert", "two hundred", "guests and cooks", "other", "", "the cook", "Die Zeitung", "", ""),
        ("over 200", "", "guests", "other", "1990", "", "Anonymous", "", C),
    ]
    columns = ["quote", "english", "unit", "kind", "period", "whose", "publisher", "date", "source_id"]
    return pd.DataFrame(rows, columns=columns)


BANDS = {
    "Feast": ("1919-06-01", "1919-12-31"),
    "A second span with a name that goes on": ("1923-01-01", "1924-06-30"),
}
INSTRUMENTS = pd.DataFrame(
    {"instrument_id": ["treaty", "declaration"], "short_name": ["The Treaty", "The Declaration"]}
)
CASES = {
    "timeline": (figures.plot_timeline, dated, {"sources": SOURCES, "bands": BANDS}),
    "timeline in a window": (
        figures.plot_timeline,
        dated,
        {"sources": SOURCES, "window": ("1920-01-01", "1921-12-31")},
    ),
    "quantities": (figures.plot_quantities, quantities, {"sources": SOURCES}),
    "quantities on a log axis": (figures.plot_quantities, quantities, {"sources": SOURCES, "log": True}),
    "number path": (figures.plot_number_path, occurrences, {"sources": SOURCES}),
    "number path, its times": (
        figures.plot_number_path,
        occurrences,
        {"sources": SOURCES, "across": "period"},
    ),
    "matrix": (figures.plot_matrix, matrix, {"sources": SOURCES}),
    "counts": (figures.plot_counts, counts, {"sources": SOURCES, "label": "term"}),
    "stemma": (figures.plot_stemma, links, {"sources": SOURCES, "written": placed()}),
    "alpha": (figures.plot_alpha, alphas, {}),
    "in force": (
        figures.plot_treaty_status,
        participation,
        {"instruments": INSTRUMENTS, "bands": {"Then": ("1949-01-01", "1949-12-31")}},
    ),
    "shared": (figures.plot_shared, passages, {"lengths": {A: 100, B: 100, C: 200}}),
}
every = pytest.mark.parametrize("name", list(CASES))
both = pytest.mark.parametrize("width", [display.NARROW, display.WIDE])


def draw(name, width=display.WIDE, frame=None, **more):
    plot, make, options = CASES[name]
    ax = Figure(figsize=(width, 3), layout="constrained").add_subplot()
    out = plot(make() if frame is None else frame, ax=ax, **{**options, **more})
    assert out is ax
    return ax


def words(ax):
    return [t.get_text() for t in ax.texts if t.get_text()]


def explained(ax):
    """Return what a number path says in words under its rows, and where that begins."""
    shown = [t for t in ax.texts if t.get_text()]
    first = next(i for i, t in enumerate(shown) if t.get_text().startswith(("Filled", "Hollow")))
    return " ".join(t.get_text() for t in shown[first:]), shown[first].get_position()[1] - 12


def bars_of_states(ax):
    return [p for p in ax.patches if p.get_facecolor()[3] == 1 and p.get_height() == 8 and p.get_width() > 18]


def markers(ax, shape):
    return [line for line in ax.lines if line.get_marker() == shape]


@cache
def first_svg(name):
    return svg(name)


def svg(name):
    plot, make, options = CASES[name]
    return display.figure(plot, make(), alt="A figure", caption="What it shows", **options).markup


@both
@every
def test_no_text_leaves_the_sheet_or_lies_on_another(name, width):
    ax = draw(name, width)
    figure = ax.get_figure()
    assert figure.get_figwidth() == width
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in ax.texts if t.get_text()]
    right, top = figure.bbox.width, figure.bbox.height
    outside = [t for t, b in boxes if b.x0 < -1 or b.y0 < -1 or b.x1 > right + 1 or b.y1 > top + 1]
    assert not outside
    pairs = [
        (s, t)
        for (s, a), (t, b) in combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 2
    ]
    assert not pairs
    assert min(t.get_fontsize() for t in ax.texts) >= 11


@both
@every
def test_the_drawing_fits_the_sheet(name, width):
    ax = draw(name, width)
    _, right = ax.get_xlim()
    bottom, _ = ax.get_ylim()
    assert (right, bottom) == pytest.approx(tuple(72 * ax.get_figure().get_size_inches()))
    for line in ax.lines:
        assert all(-1 <= x <= right + 1 for x in line.get_xdata())
        assert all(-1 <= y <= bottom + 1 for y in line.get_ydata())
    for patch in ax.patches:
        (x0, y0), (x1, y1) = (
            patch.get_path().transformed(patch.get_patch_transform()).get_extents().get_points()
        )
        assert x0 >= -1
        assert y0 >= -1
        assert x1 <= right + 1
        assert y1 <= bottom + 1


@every
def test_drawing_leaves_the_frame_as_it_was(name):
    frame = CASES[name][1]()
    before = frame.copy(deep=True)
    draw(name, frame=frame)
    pd.testing.assert_frame_equal(frame, before)


@every
def test_bytes_are_the_same_each_time_and_every_colour_is_a_property(name):
    markup = first_svg(name)
    assert markup == svg(name)
    assert not re.findall(r"#0[0-9a-f]{2}f0e", markup)
    drawn = re.sub(r"var\(--sb-[a-z0-9-]+, #[0-9a-f]{6}\)", "", markup)
    assert not re.findall(r"(?:fill|stroke): ?#[0-9a-f]{3,6}", drawn)


@every
def test_without_an_axes_the_figure_is_wide(name):
    plot, make, options = CASES[name]
    ax = plot(make(), **options)
    assert isinstance(ax, Axes)
    assert ax.get_figure().get_figwidth() == pytest.approx(9.6)


@both
@every
def test_an_empty_frame_is_said_to_be_empty(name, width):
    if name == "shared":
        ax = draw(name, width, frame=passages().head(0), lengths={})
    else:
        ax = draw(name, width, frame=CASES[name][1]().head(0))
    assert " ".join(words(ax)).startswith("Nothing to show: ")


@every
def test_labels_stand_in_the_drawing_as_text(name):
    labels = {"alpha": "answered", "in force": "The Treaty"}
    assert labels.get(name, "alpha-1990-01") in first_svg(name).split("<figcaption>")[0]


def test_events_are_named_once_and_sources_stand_in_registry_order():
    found = words(draw("timeline"))
    assert found.count("The flood") == 1
    flood = [w for w in found[found.index("The flood") : found.index("The repair")] if w in SOURCES]
    assert flood == [A, B, A, C]
    assert "until 1925" in found
    assert "5 December, year not stated" in found


def test_a_period_is_solid_where_certain_and_hatched_where_not():
    row = dated().head(1)
    ax = draw("timeline", frame=row, bands=None)
    solid = [p for p in ax.patches if p.get_facecolor()[3] == 1 and p.get_height() == 10 and p.get_x() > 60]
    core = solid[0]
    hatched = [p for p in ax.patches if p.get_facecolor()[3] == pytest.approx(0.12) and p.get_x() > 60]
    hatched = [p for p in hatched if p.get_y() == core.get_y()]
    # 1918 is 364 days to its last, 1919 with that day 366, 1920 has 365 more of its 366
    assert [p.get_width() / core.get_width() for p in hatched] == pytest.approx(
        [364 / 367, 365 / 367], abs=0.01
    )


def test_a_period_dated_to_the_day_is_solid_however_short():
    row = claim(
        A, "The visit", "interval", "5–6 May 1920", ("1920-05-05", "1920-05-05", "1920-05-06", "1920-05-06")
    )
    ax = draw("timeline", frame=pd.DataFrame([*dated().head(1).to_dict("records"), row]), bands=None)
    bars = [p for p in ax.patches if p.get_facecolor()[3] == 1 and p.get_width() == pytest.approx(3)]
    assert len(bars) == 1


def test_a_day_is_a_dot_a_year_a_hollow_dot_and_an_open_end_an_arrow():
    day_only = draw("timeline", frame=dated().iloc[[2]], bands=None)
    assert len(markers(day_only, "o")) == 2  # the claim, and the key
    year = draw("timeline", frame=dated().iloc[[3]], bands=None)
    assert {m.get_markerfacecolor() for m in markers(year, "o")} == {palette.sentinel("paper")}
    opened = draw("timeline", frame=dated().iloc[[4]], bands=None)
    assert (len(markers(opened, "<")), len(markers(opened, ">"))) == (1, 1)  # the claim; the key


def test_what_lies_beyond_the_window_is_an_arrow_at_its_edge():
    ax = draw("timeline in a window", frame=dated().iloc[[2]])
    arrows = markers(ax, ">")
    assert len(arrows) == 2
    assert not markers(ax, "o")


def test_quantities_show_open_closed_and_missing_bounds():
    ax = draw("quantities", frame=quantities().head(2))
    assert len(markers(ax, ">")) == 2  # over 200 has no upper bound; the key
    hollow = [m for m in markers(ax, "o") if m.get_markerfacecolor() == palette.sentinel("paper")]
    assert len(hollow) == 2  # its lower bound; the key
    assert "over 200" in words(ax)
    between = draw("quantities", frame=quantities().tail(1))
    assert len(markers(between, "o")) == 3  # its bounds; the key
    assert "bound included" in words(between)
    half = draw("quantities", frame=quantities().tail(1).assign(upper_closed=False))
    assert {"bound included", "bound not included"} <= set(words(half))
    assert "the number itself, or a bound included" in words(draw("quantities"))


@both
@pytest.mark.parametrize("log", [False, True])
def test_a_line_without_a_bound_has_one_length_wherever_it_is(log, width):
    bounds = [(10.0, math.nan), (100.0, math.nan), (900.0, math.nan), (math.nan, 800.0)]
    row = quantities().iloc[0].to_dict() | {"value": "?"}
    frame = pd.DataFrame([row | {"lower": low, "upper": high} for low, high in bounds])
    frame = pd.concat([frame, quantities().tail(1).assign(lower=10.0, upper=700.0)])
    ax = draw("quantities", width, frame=frame, log=log)
    drawn = [x.get_xdata() for x in ax.lines if x.get_linewidth() == 2 and len(x.get_xdata()) == 2]
    *open_ends, bounded = [right - left for left, right in drawn]
    assert open_ends == [24.0] * 4 and bounded > 48
    assert (len(markers(ax, ">")), len(markers(ax, "<"))) == (4, 1)  # with that of the key


@pytest.mark.parametrize("top", [85, 820_000, 940_000, 5_000_000])
def test_a_narrow_line_of_numbers_has_three_ticks(top):
    frame = quantities().tail(1).assign(lower=top / 2, upper=float(top))
    found = [t for t in draw("quantities", display.NARROW, frame=frame).texts if t.get_position()[1] < 20]
    assert len(found) >= 3


def test_the_numbers_of_stacked_rows_are_one_column_and_no_words_interrupt_the_axis():
    narrow, wide = draw("quantities", display.NARROW), draw("quantities")
    said = [t for t in narrow.texts if t.get_text() in set(quantities()["display"])]
    assert {(t.get_ha(), t.get_position()[0]) for t in said} == {("right", display.NARROW * 72)}
    assert len(said) == 4
    lanes = {tuple(x.get_ydata()) for x in narrow.lines if x.get_zorder() == 0 and x.get_marker() == "None"}
    assert len(lanes) == 4 and all(bottom - top < 20 for top, bottom in lanes)
    assert not [t for t in narrow.texts if any(a < t.get_position()[1] - 4 < b for a, b in lanes)]
    assert len({tuple(x.get_ydata()) for x in wide.lines if x.get_zorder() == 0}) == 1


def test_a_heading_begins_with_a_capital():
    frame = quantities().assign(group="from 1987 on")
    ax = draw("quantities", frame=frame)
    assert "From 1987 on" in words(ax) and "From 1987 on: " in ax.get_label()


def test_zero_is_beyond_a_logarithmic_axis():
    frame = pd.DataFrame(
        [{**quantities().iloc[0], "display": "an unstated number", "lower": 0.0, "value": "?"}]
    )
    ax = draw("quantities", frame=pd.concat([frame, quantities()]), log=True)
    assert len(markers(ax, "<")) == 1


def test_own_labels_can_stand_beside_those_of_sources():
    frame = quantities().assign(label=["", "", "The census", ""])
    assert "The census" in words(draw("quantities", frame=frame))


def test_the_matrix_has_a_mark_for_each_answer_and_a_stroke_for_each_silence():
    ax = draw("matrix")
    assert len(markers(ax, "o")) == 3  # two agree, and the key
    assert len(markers(ax, "X")) == 3
    assert len(markers(ax, "^")) == 2
    strokes = [
        x for x in ax.lines if x.get_color() == palette.sentinel("silent") and x.get_marker() == "None"
    ]
    assert len(strokes) == 4 + 4  # four silences of four types, each in the key
    assert "silent: searched, absent" in words(ax)
    assert "compatible with another" not in words(ax)


def test_a_cell_that_is_not_in_the_frame_is_not_coded():
    ax = draw("matrix", frame=matrix().iloc[:2])
    assert words(ax).count("?") == 2  # the third source, and the key


def test_dots_have_the_area_of_their_counts():
    ax = draw("counts")
    sizes = [m.get_markersize() + 1.6 for m in markers(ax, "o")]
    # by source: 9 and 1; 1; 4 and 1
    assert [(s / sizes[0]) ** 2 for s in sizes] == pytest.approx([1, 1 / 9, 1 / 9, 4 / 9, 1 / 9])
    assert [w for w in words(ax) if w.isdigit()] == ["9", "1", "1", "4", "1"]
    dashes = [x for x in ax.lines if x.get_color() == palette.sentinel("silent")]
    assert len(dashes) == 4


def test_relations_come_in_the_order_of_the_vocabulary():
    for states in (matrix_plots.STATES, palette.MARKS):
        assert tuple(states)[: len(RELATIONS)] == tuple(RELATIONS)


def test_rows_left_out_are_counted():
    assert "2 rows with smaller counts are left out." in words(draw("counts", top=1))


def test_a_stemma_marks_what_is_not_named_and_what_is_later_than_the_text():
    ax = draw("stemma")
    edges = [x for x in ax.lines if len(x.get_xdata()) > 2]
    assert len(edges) == 5
    assert [x.get_linestyle() for x in edges] == ["--", "-", "--", "-", "--"]
    assert [x.get_linewidth() for x in edges] == [3.0, 1.4, 1.4, 1.4, 1.4], "a month may be after a day in it"
    assert edges[0].get_ydata()[0] > edges[0].get_ydata()[-1], "the line runs back in time"
    heights = {t.get_text(): t.get_position()[1] for t in ax.texts}
    assert heights["Talk"] < heights["alpha-1990-01"] < heights["The plan"] < heights["gamma-1992-03"]
    assert heights["gamma-1992-03"] < heights["beta-1991-02"], "the first day of March, then the second"
    told = ax.get_label()
    assert "alpha-1990-01, 5 January 1990: does not name The Navigation Act of the River Council" in told
    assert told.count("later than it") == 1


def test_a_stemma_explains_the_kinds_of_lines_that_it_draws():
    named = links().query("is_named == 'yes'")
    found = " ".join(words(draw("stemma", frame=named)))
    assert "names or quotes it" in found
    assert "not named" not in found
    assert "not named" in " ".join(words(draw("stemma")))


def test_alpha_says_its_bounds_and_why_it_is_undefined():
    ax = draw("alpha")
    found = " ".join(words(ax))
    assert "Krippendorff’s customary bounds" in found
    assert {"0.667", "0.8"} <= set(words(ax))
    assert "0.82 (0.74 to 0.90), 620 units" in found
    assert "undefined (all values are equal)" in found
    assert len(markers(ax, "o")) == 2
    assert len(markers(ax, "x")) == 1


def test_a_state_that_is_no_party_is_said_so_and_equal_words_share_a_row():
    found = words(draw("in force"))
    assert "ratified, from 1 May 1951;" in " ".join(found)
    assert "not a party" in found
    assert "Northland, Southland" in found
    assert found.count("not applicable") == 1


def test_a_bar_ends_with_its_state_and_one_that_begins_before_the_window_begins_at_its_edge():
    window = {"window": ("1955-01-01", "1959-12-31")}
    going, ended = draw("in force", **window), draw("in force", until={"Northland": "1957-06-30"}, **window)
    assert (len(markers(going, ">")), len(markers(ended, ">"))) == (1, 0)
    assert (len(markers(going, "<")), len(markers(draw("in force"), "<"))) == (1, 0)
    [whole], [cut] = bars_of_states(going), bars_of_states(ended)
    assert whole.get_x() == cut.get_x() and going.get_xlim()[0] < whole.get_x()
    assert 0.4 < cut.get_width() / whole.get_width() < 0.6
    long = participation().replace({"state": {"Northland": "The Republic of Northland"}})
    assert len(markers(draw("in force", frame=long, **window), "<")) == 1  # at an edge that is no whole point


def test_a_step_in_force_can_have_a_name_of_its_own_in_the_colour_of_its_state():
    frame = participation()
    more = frame.iloc[[1]].assign(step="accepted", in_force="1949-03-01", label="Northland, courts only")
    frame, window = pd.concat([frame.assign(label=""), more]), ("1945-01-01", "1959-12-31")
    ax = draw("in force", frame=frame, window=window)
    [named] = [t for t in ax.texts if t.get_text().startswith("Northland, courts")]
    assert named.get_color() == palette.source(5)
    ended = draw("in force", frame=frame, window=window, until={"Northland": "1957-06-30"})
    assert len(bars_of_states(ax)) == len(bars_of_states(ended)) == 2
    assert not markers(ended, ">")


@pytest.mark.parametrize("until", [{"Eastland": "1957-06-30"}, {"Northland": ""}])
def test_the_end_of_a_state_names_a_state_of_the_table_and_a_day(until):
    with pytest.raises(ValueError, match="until: expected a state of the table with an ISO day"):
        draw("in force", until=until)


def test_no_state_has_the_colour_of_one_of_the_first_five_sources():
    drawn = {
        to_hex(bar.get_facecolor())
        for bar in bars_of_states(draw("in force", window=("1949-01-01", "1959-12-31")))
    }
    assert drawn == {palette.source(5)} and not drawn & {palette.source(i) for i in range(5)}


def test_shared_passages_are_joined_between_the_bars():
    ax = draw("shared")
    curves = [x for x in ax.lines if len(x.get_xdata()) > 2]
    assert [c.get_linestyle() for c in curves] == ["-", "--"]
    assert "2 shared passages" in words(ax)
    assert words(ax).count("1 shared passage") == 2


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("1900-01-01", "2000-12-31", ["1900", "1920", "1940", "1960", "1980", "2000"]),
        ("1988-01-01", "1991-12-31", ["1988", "1989", "1990", "1991"]),
        ("2024-10-01", "2025-03-31", ["Oct 2024", "Nov", "Dec", "Jan 2025", "Feb", "Mar"]),
        ("2024-11-29", "2024-12-02", ["29 Nov 2024", "30", "1 Dec", "2"]),
    ],
)
def test_ticks_follow_the_span(low, high, expected):
    assert [label for _, label in date_ticks(day(low), day(high), 7)] == expected


def test_an_axis_of_years_has_three_ticks_where_there_is_room_for_them():
    frame = participation().replace({"state": {"Northland": "The Republic of Northland and its islands"}})
    ax = draw("in force", frame=frame, window=("1945-01-01", "1985-12-31"))
    assert [t for t in words(ax) if t.isdecimal()] == ["1950", "1960", "1970", "1980"]


def test_ticks_are_at_the_days_that_they_name():
    assert date_ticks(day("1988-01-01"), day("1991-12-31"), 7)[1][0] == day("1989-01-01")


def test_number_ticks():
    assert number_ticks(0, 230, 5) == [(0, "0"), (50, "50"), (100, "100"), (150, "150"), (200, "200")]
    assert [label for _, label in number_ticks(10, 1e6, 9, log=True)] == [
        "10",
        "100",
        "1,000",
        "10,000",
        "100,000",
        "1 million",
    ]


def test_a_scale_is_straight_or_logarithmic_and_ends_at_its_ends():
    straight = Scale(low=0, high=10, left=100, right=200)
    assert [straight(v) for v in (0, 5, 10, 99)] == [100, 150, 200, 200]
    assert Scale(low=1, high=100, left=0, right=10, log=True)(10) == pytest.approx(5)


def test_lines_fit_and_long_words_break_after_a_hyphen():
    lines = wrap("one two three four", text_width("one two"))
    assert lines == ["one two", "three", "four"]
    assert wrap("alpha-1990-01", text_width("1990-01 ")) == ["alpha-", "1990-01"]
    assert "".join(wrap("incomprehensible", 30)) == "incomprehensible"
    assert wrap("", 10) == [""]


def test_a_word_of_three_thousand_letters_is_cut_in_good_time(monkeypatch):
    measured = []
    monkeypatch.setattr(canvas, "text_width", lambda words, *_: measured.append(words) or 5.0 * len(words))
    assert wrap("x" * 3000, 100) == ["x" * 20] * 150
    assert len(measured) < 2 * 3000


def test_dollar_signs_are_text():
    frame = dated().head(1).assign(event="costs $5 and $6")
    assert "Costs $5 and $6" in words(draw("timeline", frame=frame))


def test_many_sources_are_numbered_on_a_narrow_sheet():
    many = [f"source-{i}" for i in range(12)]
    frame = pd.DataFrame([{"term": "toll"} | dict.fromkeys(many, 1)])
    found = words(draw("counts", display.NARROW, frame=frame, sources=many))
    assert "12 source-11" in found


@every
def test_a_figure_describes_itself_from_what_it_draws(name):
    """Its text names every row that is drawn and its numbers; another frame gives another text."""
    told = draw(name, display.WIDE).get_label()
    assert told.endswith(".") and len(told.split()) > 6
    assert draw(name, display.NARROW).get_label() == told
    nothing = draw(name, display.WIDE, frame=CASES[name][1]().head(0)).get_label()
    assert nothing != told


def test_the_text_of_a_figure_is_its_alternative_where_none_is_given():
    plot, make, options = CASES["quantities"]
    page = display.figure(plot, make(), caption="How many", **options).markup
    label = plot(make(), ax=Figure().add_subplot(), **options).get_label()
    assert "over 200" in label
    assert page.count(f'aria-label="{escape(label)}"') == 2


def test_a_number_travels_by_what_it_counts_in_the_order_of_its_pages_and_undated_ones_come_last():
    frame = occurrences()
    found = words(draw("number path"))
    rows = ["Guests", "alpha-1990-01", "gamma-1992-03", "Guests, planned or expected", "The News"]
    rows += ["Guests and cooks", "Die Zeitung"]
    assert [shown for shown in found if shown in rows] == rows
    assert "undated" in found
    assert "undated" not in words(draw("number path", frame=frame[frame["date"].ne("")]))
    assert "zweihundert" not in " ".join(found)


def test_marks_say_whose_figure_it_is_and_which_page_has_no_date():
    ax = draw("number path")
    marks = [m for m in ax.lines if m.get_marker() == "o"]
    assert len(marks) == 4  # one for each page: the key is in words
    assert not [m for m in ax.lines if m.get_marker() not in {"o", "None"}]
    paper, source = palette.sentinel("paper"), palette.source(0)
    assert [m.get_markerfacecolor() == paper for m in marks] == [False, True, True, False]
    assert marks[0].get_markeredgecolor() == source
    places = [m.get_xdata()[0] for m in marks]
    assert places[1] == places[3] < places[0] < places[2]


@both
@pytest.mark.parametrize(
    ("name", "of_line"),
    [
        ("number path", "Line: the day is not known."),
        ("number path, its times", "Line: the time that the number is given for."),
    ],
)
def test_the_key_of_a_number_is_in_words_without_a_mark(name, of_line, width):
    ax = draw(name, width)
    said, top = explained(ax)
    assert said == f"Filled: the page names an origin. Hollow: it does not. {of_line}"
    assert not [m for m in ax.lines if m.get_ydata()[0] > top]
    assert not [p for p in ax.patches if p.get_y() > top]


def test_a_key_explains_no_line_and_no_filling_that_is_not_drawn():
    frame = occurrences().assign(date=["1990-05-05", "", "1992-02-02", "1994-01-01"], whose="the host")
    assert explained(draw("number path", frame=frame))[0] == "Filled: the page names an origin."
    assert explained(draw("number path", frame=frame.assign(whose="")))[0] == (
        "Hollow: the page names no origin."
    )


@both
@pytest.mark.parametrize("first", ["1918", "2009", "2018", "2021-03-01", "2023-10", "2024-11-02"])
def test_the_axis_of_a_number_has_at_least_three_ticks_and_each_page_its_date(first, width):
    frame = occurrences().assign(date=[first, "2024-12-05", "", first])
    ax = draw("number path", width, frame=frame)
    top = [t for t in ax.texts if t.get_position()[1] < 20]
    assert len(top) >= 4  # with the head of the margin
    halves = sorted((t.get_position()[0], text_width(t.get_text(), 11) / 2) for t in top)
    assert all(x + half < y - other for (x, half), (y, other) in pairwise(halves))
    assert {"5 December 2024", "undated"} <= {t.get_text() for t in ax.texts if t not in top}


def test_the_text_alternative_of_a_number_has_every_page():
    alt = draw("number path").get_label()
    assert (
        "dates of the pages. 1 June 1990, alpha-1990-01: “200 guests”; 1–3 May 1990; the host (guests); "
        in alt
    )
    assert "March 1991, The News: “200 guests”; 1990 (guests, planned or expected)" in alt
    assert "Undated, Die Zeitung: “two hundred”; no time given; the cook (guests and cooks)" in alt


def test_as_many_different_things_as_there_are_have_a_name_each():
    frame = pd.concat([occurrences().head(1)] * 9).assign(unit=[f"thing {i}" for i in range(9)])
    found = words(draw("number path", frame=frame))
    assert [w for w in found if w.startswith("Thing")] == [
        f"Thing {i}, planned or expected" for i in range(9)
    ]


def test_a_number_can_be_drawn_over_the_times_that_it_is_given_for():
    frame = occurrences().assign(period=["1990", "1990-05-01/1990-05-03", "", "../1990-12"])
    ax = draw("number path, its times", frame=frame)
    printers = ["gamma-1992-03", "alpha-1990-01", "The News", "Die Zeitung"]
    assert [shown for shown in words(ax) if shown in printers] == printers
    assert "no time" in words(ax)
    assert words(ax).count("undated") == 2  # the dates of two pages
    assert len(markers(ax, "<")) == 1  # the end that is open
    spans = sorted(x.get_xdata()[1] - x.get_xdata()[0] for x in ax.lines if x.get_linewidth() == 5)
    assert len(spans) == 3  # one page gives no time
    assert spans[0] < 5 < 50 < spans[1] <= spans[2]


def test_groups_of_a_number_have_headings_and_each_its_own_order():
    frame = occurrences().assign(group=["in town", "at sea", "in town", "at sea"])
    ax = draw("number path", frame=frame)
    rows = ["In town", "Guests, planned or expected", "The News", "Guests and cooks", "Die Zeitung"]
    rows += ["At sea", "Guests", "alpha-1990-01", "gamma-1992-03"]
    assert [w for w in words(ax) if w in rows] == rows
    assert ". at sea. 1 June 1990, alpha-1990-01: " in ax.get_label()


def test_a_number_has_no_other_time():
    with pytest.raises(ValueError, match="across: expected one of date, period; found 'place'"):
        draw("number path", across="place")


UNDEFINED = {
    "none": {"alpha": None, "low": None, "high": None},
    "missing": {"alpha": pd.NA, "low": pd.NA, "high": pd.NA},
    "not a number": {"alpha": math.nan, "low": math.nan, "high": math.nan},
    "text": {"alpha": "", "low": "", "high": ""},
}
STATES = ["no data", "one coder", "no pairable values", "no variation", "one unit"]


@pytest.mark.parametrize("numbers", UNDEFINED.values(), ids=UNDEFINED)
@pytest.mark.parametrize(
    "told", [{}, {"status": ""}, {"status": math.nan}, *({"status": each} for each in STATES)]
)
def test_an_alpha_that_the_data_do_not_define_is_drawn_with_its_reason(numbers, told):
    row = {"variable": "voice", "units": 0, **numbers, **told}
    given = {
        "variable": "claims",
        "units": 12,
        "alpha": 0.5,
        "low": 0.25,
        "high": 0.75,
        "status": "ok",
        "note": "",
    }
    for rows in ([row], [given, row]):
        ax = figures.plot_alpha(pd.DataFrame(rows), ax=Figure(figsize=(7, 3)).add_subplot())
        reason = told.get("status") if isinstance(told.get("status"), str) else ""
        assert f"undefined ({reason or 'no reason given'}); 0 units" in " ".join(words(ax))


def test_what_has_no_data_is_drawn_as_the_library_measures_it():
    rows = [
        ("a", "1", "v", "x"),
        ("b", "1", "v", "x"),
        ("a", "2", "v", "y"),
        ("b", "2", "v", "x"),
        ("a", "1", "e", ""),
    ]
    frame = pd.DataFrame(
        [*rows, ("a", "1", "w", "x"), ("b", "2", "w", "x")], columns=["coder", "unit", "variable", "value"]
    )
    measured = agreement_by_variable(frame)
    assert {"no data", "no pairable values"} < set(measured["status"])
    drawn = " ".join(words(figures.plot_alpha(measured, ax=Figure(figsize=(7, 3)).add_subplot())))
    assert "undefined (There is no value at all.); 0 units" in drawn

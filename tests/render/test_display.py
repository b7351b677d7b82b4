"""Tables and figures as HTML: escaped, accessible, self-contained, the same each time."""

import json
import re
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from sourcebook.book import theme
from sourcebook.render import display, palette
from sourcebook.render.addresses import VARIABLE
from sourcebook.render.printed_table import printed_table

EVIL = "<script>alert('x')</script> & \"q\""


class Tags(HTMLParser):
    """Collect the tags of a page and check that they are closed in order."""

    VOID = frozenset({"br", "img"})

    def __init__(self, markup):
        super().__init__()
        self.open, self.seen, self.words = [], [], []
        self.feed(markup)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def of(self, tag):
        return [attrs for name, attrs in self.seen if name == tag]


def dots(frame, *, ax, shape="o"):
    ax.plot(frame["x"], frame["y"], shape, color=palette.source(0))
    ax.set_title(EVIL, parse_math=False)
    ax.fill_between(frame["x"], frame["y"], hatch="//", color=palette.sentinel("muted"), alpha=0.5)
    return ax


def frame():
    return pd.DataFrame({"x": [1, 2], "y": [2.0, 3.0]})


def figure(**changes):
    given = {"alt": "Dots: y rises with x.", "caption": "How y follows x", **changes}
    return display.figure(dots, frame(), **given).markup


def test_text_is_escaped_and_html_passes_through():
    found = display.table(pd.DataFrame({"a": [EVIL], "b": [display.Html("<em>b</em>")]}), "A & B").markup
    tags = Tags(found)
    assert not tags.of("script")
    assert len(tags.of("em")) == 1
    assert EVIL in tags.words
    assert "A &amp; B" in found


@pytest.mark.parametrize("show", [display.table, partial(display.figure, dots, alt="Dots")])
def test_no_rows_are_an_error_unless_there_are_words_for_it(show):
    nothing = frame().head(0)
    with pytest.raises(ValueError, match=r"frame: no rows for 'Contradictions'; .* as `empty`"):
        show(nothing, caption="Contradictions")
    assert show(nothing, caption="Contradictions", empty="None & no.").markup == "<p>None &amp; no.</p>"


def test_heads_of_columns_and_rows():
    data = pd.DataFrame({"first_name": ["Ann"], "n": [3], "share": ["4 %"]})
    tags = Tags(display.table(data, "People", labels={"n": "number"}, numeric=["share"]).markup)
    assert [a.get("scope") for a in tags.of("th")] == ["col", "col", "col", "row"]
    assert {"first name", "number", "share"} <= set(tags.words)
    assert [a.get("class") for a in tags.of("th")] == [None, "sb-number", "sb-number", None]
    assert [a.get("class") for a in tags.of("td")] == ["sb-number", "sb-number"]
    assert len(tags.of("caption")) == 1
    region = tags.of("div")[0]
    assert (region["role"], region["tabindex"], region["aria-label"]) == ("region", "0", "People")


def test_without_row_heads_and_with_missing_cells():
    data = pd.DataFrame({"a": ["x", None], "b": [pd.NA, "y"]})
    tags = Tags(display.table(data, "t", row_header=False).markup)
    assert len(tags.of("td")) == 4
    assert "None" not in tags.words
    assert "<NA>" not in tags.words


def test_a_head_that_repeats_the_one_above_is_marked_and_kept():
    data = pd.DataFrame({"q": ["one?", "one?", "", "", "one?"], "n": list("abcde")})
    tags = Tags(display.table(data, "t").markup)
    assert [a.get("class") for a in tags.of("tr")] == [None, None, "sb-again", None, None, None]
    assert tags.words.count("one?") == 3
    assert "sb-again" not in display.table(data, "t", row_header=False).markup


@pytest.mark.parametrize(
    ("cells", "is_wide"),
    [
        ({"a": "short", "b": "also"}, False),
        ({"a": "x" * 30, "b": "y" * 30}, True),
        ({"a": "two-words " * 9, "b": "one"}, False),
        ({"a": "one", "b": "two words " * 9, "c": "three", "d": "two words " * 9}, True),
        ({"a": "one", "b": display.Html("y" * 25 + "<br>" + "z" * 25)}, False),
    ],
)
def test_a_table_that_a_phone_has_no_room_for_has_its_heads_in_its_cells(cells, is_wide):
    tags = Tags(display.table(pd.DataFrame([cells]), "t").markup)
    assert ("sb-stack" in tags.of("table")[0]["class"].split()) is is_wide
    assert [a.get("data-head") for a in tags.of("td")] == [c if is_wide else None for c in list(cells)[1:]]


def test_pages_of_a_number_lead_to_the_bibliography_and_say_what_is_unknown():
    places = ["publisher", "source_id", "reference", "found_again", "date"]
    columns = [*places, "quote", "english", "counted", "period", "whose"]
    first = ["The <Post>", "", "post1990", "yes", "1990-05", "two", "", "mills", "", "the miller"]
    second = ["Die Post", "", "post1991;post1992", "", "", "zwei", "two", "mills", "1989/1990", ""]
    found = printed_table(pd.DataFrame([first, second], columns=columns))
    tags = Tags(display.table(found, "t").markup)
    assert [a["href"] for a in tags.of("a")] == [f"bibliography.html#ref-post{n}" for n in (1990, 1991, 1992)]
    assert {"The <Post>", "May 1990", "“two”", "undated", "“zwei” (“two”)", "1989–1990", "the miller"} <= set(
        tags.words
    )
    assert [" (read once)" in str(cell) for cell in found["page"]] == [False, True]


def test_long_whole_numbers_have_commas_and_years_have_none():
    data = pd.DataFrame({"a": ["x", "y"], "n": [1_000_000, 2024]})
    assert {"1,000,000", "2024"} <= set(Tags(display.table(data, "t").markup).words)


@pytest.mark.parametrize(("rows", "printed", "told"), [(5, 5, ""), (6, 5, " (the first 5 of 6 rows)")])
def test_a_long_table_says_how_many_rows_it_leaves_out(rows, printed, told):
    markup = display.table(pd.DataFrame({"n": range(rows)}), "Numbers", most=5).markup
    assert markup.count('<th scope="row"') == printed
    assert f"<caption>Numbers{told}</caption>" in markup


def test_a_table_leaves_its_frame_as_it_was():
    data = frame()
    display.table(data, "t")
    pd.testing.assert_frame_equal(data, frame())


@pytest.mark.parametrize(
    ("cell", "stays"),
    [
        ("akram-2024-10", True),
        ("akram-2024-10.c003", True),
        (display.Html('<a href="x.html">akram-2024-10</a>'), True),
        ("Right to return", False),
        ("1.50", True),
        ("an-id-that-is-longer-than-a-column", False),
    ],
)
def test_an_id_stays_on_one_line(cell, stays):
    found = display.table(pd.DataFrame({"a": ["x"], "b": [cell]}), "t").markup
    assert (Tags(found).of("td")[0].get("class") == "sb-id") is stays


def test_links_lead_to_the_row_on_the_page_of_its_source():
    assert (
        display.link("s-1.c002").markup == '<a class="sb-row" href="sources/s-1.html#s-1.c002">s-1.c002</a>'
    )
    assert "&lt;b&gt;" in display.link("s-1.c002", "<b>").markup
    assert display.quote("s-1.c002", "words").markup.startswith('<q><a class="sb-row" href="sources/s-1.html')


def test_numbered_links_count_their_rows():
    tags = Tags(display.numbered(iter(["s.d001", "t.d002", "s.d001"])).markup)
    assert "".join(tags.words) == "1, 2, 3"
    assert [a["href"].partition("#")[2] for a in tags.of("a")] == ["s.d001", "t.d002", "s.d001"]
    with pytest.raises(TypeError, match="ids"):
        display.numbered("s.d001")


def test_row_links_are_grouped_by_source():
    tags = Tags(display.row_links("s.c1;s.c2;t.c1").markup)
    assert [a["href"] for a in tags.of("a")] == [
        "sources/s.html#s.c1",
        "sources/s.html#s.c2",
        "sources/t.html#t.c1",
    ]
    assert "".join(tags.words) == "s: c1, c2; t: c1"
    assert display.row_links("").markup == ""


def test_quotes_stand_once_after_the_name_of_their_source():
    said = {"s.c1": "one <b>", "s.c2": "two", "t.c1": "three"}
    tags = Tags(display.quotes(["s.c1", "t.c1", "s.c2", "s.c1"], said).markup)
    assert [a["href"].partition("#")[2] for a in tags.of("a")] == ["s.c1", "s.c2", "t.c1"]
    assert "".join(tags.words) == "s: one <b>, twot: three"


def test_a_quote_of_an_unknown_row_is_refused_by_its_id():
    with pytest.raises(ValueError, match=r"ids: expected ids of rows that have words, found 's\.c9'"):
        display.quotes(["s.c1", "s.c9"], {"s.c1": "one"})


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([1e25, -1e25], ["1e+25", "-1e+25"]),
        ([1e25, 0.5], ["1e+25", "0.50"]),
        ([float("inf"), 0.5], ["inf", "0.50"]),
        ([-0.0, 12.0], ["0", "12"]),
        ([-0.0, -0.001], ["0.00", "0.00"]),
        ([float("nan"), pd.NaT], ["", ""]),
        ([pd.NA, None], ["", ""]),
        ([pd.NaT, pd.Timestamp("2021-03-05")], ["", "2021-03-05 00:00:00"]),
    ],
)
def test_a_cell_is_large_or_missing_or_nearly_nothing(values, shown):
    markup = display.table(pd.DataFrame({"a": "x", "b": values}), "c").markup
    assert re.findall(r"<td[^>]*>(.*?)</td>", markup) == shown


def test_a_shared_passage_has_one_place_on_each_edition():
    tags = Tags(display.row_links("s.shared-3;t.shared-3").markup)
    assert [a["href"] for a in tags.of("a")] == ["sources/s.html#shared-3", "sources/t.html#shared-3"]
    assert "".join(tags.words) == "s: shared-3; t: shared-3"
    assert display.anchor_href("shared-3.c001") == "sources/shared-3.html#shared-3.c001"


def test_join_escapes_texts_and_separator():
    assert display.join(["<", display.Html("<i>x</i>")], " & ").markup == "&lt; &amp; <i>x</i>"


def test_columns_that_are_no_text_keep_their_place_and_double_ones_are_refused():
    markup = display.table(pd.DataFrame([["a", 1.0]]), "c").markup
    assert (markup.count("<th scope"), markup.count("<td")) == (3, 1)
    with pytest.raises(ValueError, match="columns: expected each name once"):
        display.table(pd.DataFrame([["a", "b"]], columns=["x", "x"]), "c")


@pytest.mark.parametrize("alt", ["", "  "])
def test_a_figure_needs_a_text_alternative(alt):
    with pytest.raises(ValueError, match="text alternative"):
        figure(alt=alt)


def test_a_figure_is_drawn_twice_with_its_alternative_caption_and_data():
    tags = Tags(figure())
    drawings = tags.of("svg")
    assert [d["class"] for d in drawings] == ["sb-wide", "sb-narrow"]
    assert {(d["role"], d["aria-label"]) for d in drawings} == {("img", "Dots: y rises with x.")}
    assert [d["viewbox"].split()[2] for d in drawings] == ["691.2", "338.4"]
    assert len(tags.of("figcaption")) == len(tags.of("details")) == len(tags.of("table")) == 1
    assert "How y follows x" in tags.words
    assert not tags.of("script")
    assert sum(EVIL in words for words in tags.words) == 2  # the title, as text, in both drawings


def test_other_data_can_stand_behind_a_figure():
    assert "only this" in figure(data=pd.DataFrame({"z": ["only this"]}))


def test_options_reach_the_plot():
    assert figure(shape="s") != figure()


def test_the_same_figure_has_the_same_bytes():
    assert figure() == figure()


def test_ids_are_unique_on_a_page_and_every_reference_has_one():
    page = figure() + figure(alt="Another text") + figure(shape="s")
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert ids
    referred = set(re.findall(r"url\(#([^)]+)\)", page)) | set(re.findall(r'href="#([^"]+)"', page))
    assert referred == set(ids)


def test_a_figure_needs_nothing_from_elsewhere():
    addresses = re.findall(r"https?://[^\"' ]+", figure())
    assert set(addresses) <= {"http://www.w3.org/2000/svg"}
    assert "<?xml" not in figure()
    assert "<!DOCTYPE" not in figure()
    assert "<metadata" not in figure()


def test_text_takes_the_font_of_the_page():
    assert "var(--sb-sans" in figure()


def test_only_one_drawing_shows_without_a_style_sheet():
    rules = re.search(r"<style>(.*?)</style>", figure())[1]
    assert ".sb-figure .sb-narrow{display:none}" in rules
    assert "max-width:600px" in rules


def test_drawing_changes_no_settings():
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    figure()
    assert dict(mpl.rcParams) == before


def test_sentinels_are_distinct_and_become_properties():
    codes = [palette.sentinel(name) for name in palette.COLOURS]
    assert len(set(codes)) == len(codes)
    with palette.for_pages():
        assert (
            palette.to_css(f"fill: {palette.source(9)}")
            == f"fill: var(--sb-source-2, {palette.COLOURS['source-2']})"
        )
        assert palette.relation("searched-absent") == palette.sentinel("silent")
        assert palette.relation("agree") == palette.sentinel("agree")
    assert not re.findall(r"#0[0-9a-f]{2}f0e", figure())


def test_fall_backs_are_the_light_values_of_the_style_sheet():
    path = Path(theme.__file__).parent / "static" / "sourcebook.css"
    pairs = re.findall(r"--sb-([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), ", path.read_text(encoding="utf-8"))
    assert dict(pairs).items() >= palette.COLOURS.items()


def test_a_column_of_sentences_has_room_to_be_read():
    frame = pd.DataFrame(
        {"name": ["a" * 80], "why": [display.Html("<b>" + "word " * 13 + "</b>")], "n": ["<" * 60]}
    )
    heads = display.table(frame, "Reasons").markup.partition("</thead>")[0]
    assert heads.count("sb-prose") == 1
    assert '<th scope="col" class="sb-prose">why</th>' in heads


def test_whole_numbers_that_may_be_missing_and_truths_read_as_such():
    values = {
        "name": ["a", "b"],
        "least": [1_500_000.0, float("nan")],
        "share": [1.0, 0.5],
        "is": [True, False],
    }
    rows = display.table(pd.DataFrame(values), "Bounds").markup.partition("<tbody>")[2]
    assert ">1,500,000<" in rows
    assert ">1.00<" in rows
    assert "<td>yes</td></tr>" in rows


def test_a_source_has_its_short_name_in_tables(tmp_path, monkeypatch):
    (tmp_path / "raw").mkdir()
    (tmp_path / "coded").mkdir()
    registry = tmp_path / "raw/sources.csv"
    registry.write_text("source_id,short_name\nmill,The Mill\ncouncil,\n", encoding="utf-8")
    monkeypatch.setenv(VARIABLE, json.dumps({"claims_file": str(tmp_path / "coded/claims.csv")}))
    frame = pd.DataFrame({"source_id": ["mill", "council"], "mill": [1, 2]})
    words = Tags(display.table(frame, "caption").markup).words
    assert words.count("The Mill") == 2  # the column of counts, and the row
    assert "council" in words
    registry.write_text("source_id,short_name\nmill,The Old Mill\n", encoding="utf-8")
    assert "The Old Mill" in display.table(frame, "caption").markup

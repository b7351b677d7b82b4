"""Passages marked in a sentence: nested, crossing, equal, adjacent, begun before, empty."""

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from sourcebook.render.source_page.marking import Marker, Span
from sourcebook.render.templating import render


def span(start, end, name, **more):
    return Span(start=start, end=end, category="date", row_id=name, **more)


def markup_of(text, *spans, marker=None):
    return render("marked_text", parts=(marker or Marker()).mark(text, spans))


def parse(text, *spans, marker=None):
    return html.fromstring(f"<p>{markup_of(text, *spans, marker=marker)}</p>")


def shape(text, *spans, marker=None):
    """Return the markup, shortened: [name words], an asterisk for a piece that goes on."""
    markup = markup_of(text, *spans, marker=marker)
    markup = re.sub(r"</?a\b[^>]*>", "", markup).replace("</mark>", "]")
    markup = re.sub(r'<mark data-category="\w+" id="([^"]*)">', r"[\1 ", markup)
    return re.sub(r'<mark data-category="\w+" data-of="([^"]*)">', r"[\1* ", markup)


def test_nested():
    assert shape("one two three", span(0, 13, "a"), span(4, 7, "b")) == "[a one [b two] three]"


def test_crossing_passages_go_on_in_pieces():
    assert shape("one two three", span(0, 7, "a"), span(4, 13, "b")) == "[a one [b two]][b*  three]"


def test_three_crossing_passages():
    assert (
        shape("abcdef", span(0, 3, "a"), span(1, 5, "b"), span(2, 6, "c")) == "[a a[b b[c c]]][c* [b* de]f]"
    )


def test_equal_passages_are_nested_and_each_has_its_address():
    marker = Marker()
    root = parse("one", span(0, 3, "b"), span(0, 3, "a"), marker=marker)
    assert root.xpath("//mark/@id") == ["a", "b"]
    assert marker.linked == {"b"}
    assert marker.hosts == {"a": "b", "b": "b"}


def test_adjacent_passages_are_not_nested():
    assert shape("onetwo", span(0, 3, "a"), span(3, 6, "b")) == "[a one][b two]"


def test_a_passage_begun_before_goes_on_and_has_no_second_address():
    marker = Marker()
    assert shape("zero", span(2, 4, "a"), marker=marker) == "ze[a ro]"
    assert shape("one two", span(0, 3, "a"), marker=marker) == "[a* one] two"


def test_an_empty_passage_has_an_address():
    assert shape("one", span(1, 1, "a")) == "o[a ]ne"
    assert shape("one", span(3, 3, "a")) == "one[a ]"


def test_no_passage_and_no_text():
    assert markup_of("a & b") == "a &amp; b"
    assert markup_of("") == ""


def test_each_stretch_leads_to_the_innermost_and_one_stretch_is_a_stop_of_the_tab_key():
    root = parse("one two three", span(0, 13, "a"), span(4, 7, "b"))
    links = [(a.text, a.get("href"), a.get("tabindex")) for a in root.xpath("//a")]
    assert links == [("one ", "#note-a", None), ("two", "#note-b", None), (" three", "#note-a", "-1")]


def test_a_passage_that_goes_on_in_the_next_sentence_is_no_second_stop():
    marker = Marker()
    assert parse("zero", span(2, 4, "a"), marker=marker).xpath("//a/@tabindex") == []
    assert parse("one", span(0, 3, "a"), marker=marker).xpath("//a/@tabindex") == ["-1"]


def test_only_the_first_piece_of_a_shared_passage_has_a_sign():
    root = parse("one two three", span(0, 5, "b"), span(4, 13, "s", shared_with='"x"'), span(6, 13, "c"))
    assert len(root.xpath("//mark[@id='s' or @data-of='s']")) == 2
    (sign,) = root.xpath("//a[@class='sb-sign']")
    assert (sign.get("href"), sign.get("aria-label")) == ("#with-s", 'Shared with "x": compare')
    assert root.text_content() == "one two three"
    assert [a.text for a in root.xpath("//a[not(@class)]")] == ["one ", "t", "o three"]


def test_hostile_text_and_ids_are_escaped():
    root = parse("<b>&", span(0, 4, "<i>"))
    assert root.text_content() == "<b>&"
    assert root.xpath("//mark/@id") == ["<i>"]


TEXT = "abc def <g>&"
PLACES = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted)


@given(st.lists(PLACES, max_size=8))
def test_whatever_overlaps_the_words_stay_and_each_passage_covers_its_own(places):
    spans = [span(start, end, f"r{n}") for n, (start, end) in enumerate(places)]
    root = parse(TEXT, *spans)
    assert root.text_content() == TEXT
    for passage in spans:
        pieces = root.xpath("//mark[@id=$name or @data-of=$name]", name=passage.row_id)
        assert "".join(p.text_content() for p in pieces) == TEXT[passage.start : passage.end]
        assert len(root.xpath("//mark[@id=$name]", name=passage.row_id)) == 1


def test_a_comma_between_passages_inside_a_passage_is_no_link():
    marker = Marker()
    root = parse("Baku, Armenia", span(0, 13, "c"), span(0, 4, "m1"), span(6, 13, "m2"), marker=marker)
    assert [a.text for a in root.xpath("//a")] == ["Baku", "Armenia"]
    assert marker.hosts["c"] == "m1"


def test_a_passage_of_a_sign_alone_is_a_link():
    assert parse("5 % of", span(2, 3, "c")).xpath("//a/text()") == ["%"]

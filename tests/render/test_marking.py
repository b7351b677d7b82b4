"""Passages marked in a sentence: nested, crossing, equal, adjacent, begun before, empty."""

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from sourcebook.render.source_page.marking import Span, marked


def span(start, end, name, **more):
    return Span(start=start, end=end, category="date", row_id=name, **({"note": f"note-{name}"} | more))


def shape(text, *spans):
    """Return the markup, shortened: [name words], an asterisk for a piece that goes on."""
    markup = marked(text, spans).markup
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
    found = marked("one", [span(0, 3, "b"), span(0, 3, "a")])
    assert html.fromstring(found.markup).xpath("//mark/@id") == ["a", "b"]
    assert found.linked == {"b"}
    assert found.hosts == {"a": "b", "b": "b"}


def test_adjacent_passages_are_not_nested():
    assert shape("onetwo", span(0, 3, "a"), span(3, 6, "b")) == "[a one][b two]"


def test_a_passage_begun_before_goes_on_and_has_no_second_address():
    assert shape("one two", span(0, 3, "a", first=False)) == "[a* one] two"


def test_an_empty_passage_has_an_address():
    assert shape("one", span(1, 1, "a")) == "o[a ]ne"
    assert shape("one", span(3, 3, "a")) == "one[a ]"


def test_no_passage_and_no_text():
    assert marked("a & b", []).markup == "a &amp; b"
    assert marked("", []).markup == ""


def test_each_stretch_leads_to_the_innermost_and_one_stretch_is_a_stop_of_the_tab_key():
    root = html.fromstring(marked("one two three", [span(0, 13, "a"), span(4, 7, "b")]).markup)
    links = [(a.text, a.get("href"), a.get("tabindex")) for a in root.xpath("//a")]
    assert links == [("one ", "#note-a", None), ("two", "#note-b", None), (" three", "#note-a", "-1")]


def test_a_passage_that_goes_on_in_the_next_sentence_is_no_second_stop():
    markup = marked("one", [span(0, 3, "a", first=False)], known={"a"}).markup
    assert html.fromstring(markup).xpath("//a/@tabindex") == ["-1"]


def test_a_sign_stands_before_the_first_piece_alone():
    spans = [span(0, 7, "s", note="", sign="with-s", told='Shared with "x"'), span(4, 13, "b")]
    root = html.fromstring(f"<p>{marked('one two three', spans).markup}</p>")
    (sign,) = root.xpath("//a[@class='sb-sign']")
    assert (sign.get("href"), sign.get("aria-label")) == ("#with-s", 'Shared with "x"')
    assert root.text_content() == "one two three"
    assert [a.text for a in root.xpath("//a[not(@class)]")] == ["two", " three"]


def test_hostile_text_and_ids_are_escaped():
    root = html.fromstring(f"<p>{marked('<b>&', [span(0, 4, '<i>')]).markup}</p>")
    assert root.text_content() == "<b>&"
    assert root.xpath("//mark/@id") == ["<i>"]


TEXT = "abc def <g>&"
PLACES = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted)


@given(st.lists(PLACES, max_size=8))
def test_whatever_overlaps_the_words_stay_and_each_passage_covers_its_own(places):
    spans = [span(start, end, f"r{n}") for n, (start, end) in enumerate(places)]
    root = html.fromstring(f"<p>{marked(TEXT, spans).markup}</p>")
    assert root.text_content() == TEXT
    for passage in spans:
        pieces = root.xpath("//mark[@id=$name or @data-of=$name]", name=passage.row_id)
        assert "".join(p.text_content() for p in pieces) == TEXT[passage.start : passage.end]
        assert len(root.xpath("//mark[@id=$name]", name=passage.row_id)) == 1


def test_a_comma_between_passages_inside_a_passage_is_no_link():
    inner = [
        Span(start=0, end=4, category="name", row_id="x.m1", note="note-x.m1"),
        Span(start=6, end=13, category="name", row_id="x.m2", note="note-x.m2"),
    ]
    outer = Span(start=0, end=13, category="claim", row_id="x.c1", note="note-x.c1")
    done = marked("Baku, Armenia", [outer, *inner])
    assert [a.text for a in html.fromstring(f"<p>{done.markup}</p>").xpath("//a")] == ["Baku", "Armenia"]
    assert done.hosts["x.c1"] == "x.m1"


def test_a_passage_of_a_sign_alone_is_a_link():
    span = Span(start=2, end=3, category="quantity", row_id="x.c1", note="note-x.c1")
    assert html.fromstring(f"<p>{marked('5 % of', [span]).markup}</p>").xpath("//a/text()") == ["%"]

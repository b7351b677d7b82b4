"""Passages that two sources share, on both pages and side by side."""

import pandas as pd
import pytest
from editions import edition_page
from lxml import html

from sourcebook.pipeline import build
from sourcebook.render.source_page import compare_words, parallel_passages
from sourcebook.render.templating import render


@pytest.fixture(scope="module")
def data(_corpus):
    return build.build(_corpus)


def test_a_shared_passage_is_seen_from_both_sides(data):
    (council,) = parallel_passages(data["shared_passages"], "council")
    (mill,) = parallel_passages(data["shared_passages"], "mill")
    assert (council["row_id"], council["other"]) == ("shared-1", "mill")
    assert (mill["row_id"], mill["other"]) == ("shared-1", "council")
    assert council["quotes"] == mill["quotes"][::-1]
    for source, row in (("council", council), ("mill", mill)):
        mark = edition_page(data, source).get_element_by_id("shared-1")
        assert row["quotes"][0].startswith(mark.text_content())


def test_a_shared_passage_keeps_its_id_in_a_filtered_table(data):
    (row,) = data["shared_passages"].to_dict("records")
    passages = pd.DataFrame([row | {"source_a": "gazette"}, row | {"passage_id": "shared-7"}]).iloc[1:]
    for source in ("council", "mill"):
        assert [found["row_id"] for found in parallel_passages(passages, source)] == ["shared-7"]


def test_both_pages_mark_it_and_lead_to_the_comparison_and_to_each_other(data):
    for source, other in (("council", "mill"), ("mill", "council")):
        page = edition_page(data, source)
        assert page.get_element_by_id("shared-1").tag == "mark"
        assert page.xpath("//a[@class='sb-sign']/@href") == ["#with-shared-1"]
        fold = page.get_element_by_id("with-shared-1")
        assert fold.xpath(".//blockquote/a/@href") == ["#shared-1", f"{other}.html#shared-1"]
        assert [a.text_content() for a in fold.xpath(".//blockquote/a")] == [source, other]


def test_the_comparison_marks_and_lists_the_words_that_differ(data):
    fold = edition_page(data, "council").get_element_by_id("with-shared-1")
    assert fold.xpath("string(summary)") == "14 words shared with mill, edited"
    here, there = fold.xpath(".//blockquote")
    assert here.xpath(".//em/text()") == ["3", "Over 200"]
    assert there.xpath(".//em/text()") == ["4", "About 150"]
    assert fold.xpath("string(p)") == "Here, and there: 3 — 4; Over 200 — About 150."


def side_by_side(own, other):
    passage = {"row_id": "shared-1", "other": "there", "href": "", "words": 1, "kind": "edited"}
    runs = compare_words(own, other)
    names = {"here": "here", "there": "there"}
    return html.fromstring(
        render("parallel_passage", source_id="here", names=names, passage={**passage, "runs": runs})
    )


@pytest.mark.parametrize(
    ("own", "other", "own_marked", "other_marked"),
    [
        ("a b", "A, b!", "a b", "A, b!"),
        ("a b", "b", "[a] b", "b"),
        ("", "b", "", "[b]"),
        ("– a", "… a", "[–] a", "[…] a"),
        ("<i> a", "a", "[<i>] a", "a"),
        ("a b c", "a d c", "a [b] c", "a [d] c"),
    ],
)
def test_the_words_that_differ_are_marked_on_either_side(own, other, own_marked, other_marked):
    fold = side_by_side(own, other)
    for em in fold.xpath(".//em[@class='sb-differs']"):
        em.text = f"[{em.text}]"
    sides = [side.text_content() for side in fold.xpath(".//blockquote")]
    assert sides == [f"here {own_marked}", f"there {other_marked}"]


def test_what_one_side_lacks_is_named():
    assert side_by_side("a b", "b").xpath("string(p)") == "Here, and there: a — nothing."


def test_equal_passages_say_so(data):
    same = data["shared_passages"].assign(quote_b=data["shared_passages"]["quote_a"])
    page = edition_page(data, "mill", derived={**data.derived, "shared_passages": same})
    assert page.get_element_by_id("with-shared-1").xpath("string(p)") == "Word for word the same."

"""Passages that two sources share, on both pages and side by side."""

import pandas as pd
import pytest
from lxml import html

from sourcebook.pipeline import build
from sourcebook.render.source_page import compared, edition, twins


@pytest.fixture(scope="module")
def data(_corpus):
    return build.build(_corpus)


def page(data, source):
    return html.fromstring(edition(data.documents[source], data.tables, data.derived).markup)


def test_a_shared_passage_is_seen_from_both_sides(data):
    (council,) = twins(data["shared_passages"], data.documents["council"])
    (mill,) = twins(data["shared_passages"], data.documents["mill"])
    assert (council["row_id"], council["other"]) == ("shared-1", "mill")
    assert (mill["row_id"], mill["other"]) == ("shared-1", "council")
    assert council["own_quote"] == mill["other_quote"]
    text = data.documents["council"].normal.text
    assert text[council["at"] : council["to"]] == council["own_quote"]


def test_a_shared_passage_keeps_its_id_in_a_filtered_table(data):
    (row,) = data["shared_passages"].to_dict("records")
    passages = pd.DataFrame([row | {"source_a": "gazette"}, row | {"passage_id": "shared-7"}]).iloc[1:]
    for source in ("council", "mill"):
        assert [found["row_id"] for found in twins(passages, data.documents[source])] == ["shared-7"]


def test_both_pages_mark_it_and_lead_to_the_comparison_and_to_each_other(data):
    for source, other in (("council", "mill"), ("mill", "council")):
        shown = page(data, source)
        assert shown.get_element_by_id("shared-1").tag == "mark"
        assert shown.xpath("//a[@class='sb-sign']/@href") == ["#with-shared-1"]
        fold = shown.get_element_by_id("with-shared-1")
        assert fold.xpath(".//blockquote/a/@href") == ["#shared-1", f"{other}.html#shared-1"]
        assert [a.text_content() for a in fold.xpath(".//blockquote/a")] == [source, other]


def test_the_comparison_marks_and_tells_the_words_that_differ(data):
    fold = page(data, "council").get_element_by_id("with-shared-1")
    assert fold.xpath("string(summary)") == "14 words shared with mill, edited"
    here, there = fold.xpath(".//blockquote")
    assert here.xpath(".//em/text()") == ["3", "Over 200"]
    assert there.xpath(".//em/text()") == ["4", "About 150"]
    assert fold.xpath("string(p)") == "Here, and there: 3 — 4; Over 200 — About 150."


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        ("a b", "A, b!", ("a b", "A, b!")),
        ("a b", "b", ('<em class="sb-apart">a</em> b', "b")),
        ("", "b", ("", '<em class="sb-apart">b</em>')),
        ("– a", "… a", ('<em class="sb-apart">–</em> a', '<em class="sb-apart">…</em> a')),
        ("<i> a", "a", ('<em class="sb-apart">&lt;i&gt;</em> a', "a")),
    ],
)
def test_compared(own, other, expected):
    assert compared(own, other) == expected


def test_equal_passages_say_so(data):
    same = data["shared_passages"].assign(quote_b=data["shared_passages"]["quote_a"])
    markup = edition(data.documents["mill"], data.tables, {**data.derived, "shared_passages": same}).markup
    assert (
        html.fromstring(markup).get_element_by_id("with-shared-1").xpath("string(p)")
        == "Word for word the same."
    )

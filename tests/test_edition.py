"""The text of a source as a page."""

import re
from collections import Counter

import pandas as pd
import pytest
from bridge import ROWS, TEXTS, make_corpus
from lxml import html

from sourcebook import project
from sourcebook.edition import CATEGORIES, codings, edition, legend, quotes
from sourcebook.schemas import TABLES

#: Markup of HTML, of MyST and of Markdown, the end of a tag, controls of writing direction, a long word.
HOSTILE = (
    'The <script>alert("x")</script> lamp & {value}`claims` was {eval-rst}`x` "lost" \u202eforever\u2066 '
    "[here](javascript:alert(1)) </span></div> <img src=x onerror=alert(1)> $x$ " + "bridge" * 60 + ".\n"
)


@pytest.fixture(scope="module")
def data(_corpus):
    return project.build(_corpus)


def page(data, source):
    return html.fromstring(edition(data.documents[source], data.tables, data.derived).markup)


def row_ids(data, source):
    """Return the ids of all coded rows of a source, read from the tables one by one."""
    found = []
    for name, table in TABLES.items():
        if table.anchored and name != "uncoded":
            frame = data.tables[name]
            found += frame.loc[frame["source_id"] == source, table.key[0]].tolist()
    return found


@pytest.mark.parametrize("source", TEXTS)
def test_every_row_and_every_sentence_is_an_id_once(data, source):
    ids = Counter(page(data, source).xpath("//@id"))
    assert set(ids.values()) == {1}
    rows = row_ids(data, source)
    sentences = data["sentences"].query("source_id == @source")["sentence_id"].tolist()
    assert set(ids) == {*rows, *(f"note-{row}" for row in rows), *sentences}


def test_the_text_is_the_normalised_text(data):
    for source, document in data.documents.items():
        blocks = [
            " ".join("".join(s.itertext()) for s in block.xpath('.//*[@class="sb-sentence"]'))
            for block in page(data, source).xpath('//*[contains(@class, "sb-text")]')
        ]
        assert "\n".join(blocks) == document.normal.text


def test_nested_passages_are_marked_by_every_category_that_covers_them(data):
    """The frame covers the whole sentence; the quantity in it only three words."""
    sentence = page(data, "council").get_element_by_id("council.s003")
    marks = [(m.get("data-category"), m.text_content()) for m in sentence.xpath(".//mark")]
    assert marks == [
        ("quantity frame", "Over 200 residents"),
        ("frame", " were cut off from the market"),
    ]


def test_overlapping_passages(data, tmp_path):
    """“mill bridge was flooded” and “flooded on 3 March” share one word."""
    frames = [
        {
            "frame_id": "council.f001",
            "exact": "mill bridge was flooded",
            "function": "problem",
            "frame": "danger",
        },
        {"frame_id": "council.f002", "exact": "Over 200 residents", "function": "problem", "frame": "danger"},
    ]
    terms = [{"use_id": "council.t001", "term_id": "flood", "exact": "flooded on 3 March"}]
    rows = {**ROWS, "coded/frames.csv": frames, "coded/term_uses.csv": terms}
    other = project.build(make_corpus(tmp_path / "data", rows=rows))
    sentence = page(other, "council").get_element_by_id("council.s002")
    marks = [(m.get("data-category"), m.text_content()) for m in sentence.xpath(".//mark")]
    assert [(c, w) for c, w in marks if "term" in c.split()] == [
        ("frame term", "flooded"),
        ("term", " on "),
        ("date term", "3 March"),
    ]
    assert "".join(w for c, w in marks if "frame" in c.split()) == "mill bridge was flooded"


def test_a_passage_over_two_sentences_has_one_address(tmp_path):
    exact = "The old lamp was saved. Nobody should despair."
    rows = {
        **ROWS,
        "coded/heritage.csv": [
            {"heritage_id": "council.h001", "exact": exact, "object": "lamp", "treatment": "saved"}
        ],
        "coded/uncoded.csv": [],
    }
    shown = page(project.build(make_corpus(tmp_path / "data", rows=rows)), "council")
    assert len(shown.xpath('//*[@id="council.h001"]')) == 1
    for sentence in ("council.s005", "council.s006"):
        assert "heritage" in shown.get_element_by_id(sentence).xpath(".//mark/@data-category")[0]


def test_hostile_text_is_inert(tmp_path):
    texts = {**TEXTS, "mill": TEXTS["mill"] + "\n" + HOSTILE}
    terms = [
        *ROWS["coded/term_uses.csv"],
        {"use_id": "mill.t002", "term_id": "flood", "exact": '<script>alert("x")'},
    ]
    uncoded = [
        *ROWS["coded/uncoded.csv"],
        {"source_id": "mill", "sentence_id": "mill.s004", "exact": HOSTILE.strip(), "reason": "rhetoric"},
    ]
    claims = [dict(row) for row in ROWS["coded/claims.csv"]]
    claims[5]["note"] = "<script>note</script> <b>bold</b>"
    rows = {
        **ROWS,
        "coded/term_uses.csv": terms,
        "coded/uncoded.csv": uncoded,
        "coded/claims.csv": claims,
    }
    data = project.build(make_corpus(tmp_path / "data", texts=texts, rows=rows))
    markup = edition(data.documents["mill"], data.tables, data.derived).markup
    assert not re.search(r"<(script|img|b)\b", markup)
    root = html.fromstring(markup)
    assert root.get("class") == "sb-edition"  # nothing of the text has closed a tag
    assert not root.xpath("//@onerror | //@onclick | //@src | //a[starts-with(@href, 'javascript')]")
    sentence = root.get_element_by_id("mill.s004")
    assert "".join(sentence.itertext()) == " ".join(HOSTILE.split())
    assert sentence.get("dir") == "auto"  # writing direction does not leak into what follows
    assert root.get_element_by_id("note-mill.c001").get("dir") == "auto"
    assert "<script>note</script>" in root.get_element_by_id("note-mill.c001").text_content()


def test_notes_lead_back_to_their_passages(data):
    shown = page(data, "council")
    for row in row_ids(data, "council"):
        note = shown.get_element_by_id(f"note-{row}")
        assert f"#{row}" in note.xpath("./a/@href")
    assert (
        "What is the bridge? — closed to all" in shown.get_element_by_id("note-council.c001").text_content()
    )


def test_notes_show_relations_and_silences_of_the_others(data):
    shown = page(data, "council")
    note = shown.get_element_by_id("note-council.c004")
    others = [item.text_content() for item in note.xpath(".//ul/li")]
    assert len(others) == 2
    assert others[0].startswith("contradict mill: about 150 (No number is both")
    assert others[1].startswith("compatible gazette: over 100 (")
    assert note.xpath(".//ul//a/@href") == ["mill.html#mill.c002", "gazette.html#gazette.c001"]
    flooded = shown.get_element_by_id("note-council.c003").xpath(".//ul/li")
    assert [item.text_content() for item in flooded][1] == "silent gazette (searched absent)"


def test_answers_of_one_source_in_one_relation_share_a_line(data):
    pairs = data["relations"]
    row = pairs[(pairs["claim_a"] == "council.c004") | (pairs["claim_b"] == "council.c004")].iloc[[0]]
    other = row.assign(reason="Another reason.")
    for twice, said in ((pd.concat([row, row]), f"({row['reason'].iloc[0]})"), (pd.concat([row, other]), "")):
        markup = edition(data.documents["council"], data.tables, {**data.derived, "relations": twice}).markup
        (item,) = html.fromstring(markup).get_element_by_id("note-council.c004").xpath(".//ul/li")
        assert item.text_content() == f"contradict mill: about 150, about 150 {said}".strip()


def test_addresses_of_other_pages_are_the_callers(data):
    markup = edition(
        data.documents["council"], data.tables, data.derived, address=lambda row: f"../x/?{row}&z"
    ).markup
    hrefs = html.fromstring(markup).get_element_by_id("note-council.c004").xpath(".//ul//a/@href")
    assert hrefs == ["../x/?mill.c002&z", "../x/?gazette.c001&z"]


def test_the_letterhead_is_shown_with_its_codings(data):
    shown = page(data, "council")
    (head,) = shown.xpath('//*[@class="sb-letterhead"]')
    assert head.text_content() == "Letterhead: RIVER COUNCIL · OFFICE OF WORKS"
    assert head.xpath(".//@id") == ["council.m001", "council.u001"]
    assert not page(data, "mill").xpath('//*[@class="sb-letterhead"]')


def test_a_letterhead_between_two_halves_of_a_sentence(tmp_path):
    """What stands there in the text is the space between the halves; the words are those of the letterhead."""
    texts = {
        **TEXTS,
        "council": TEXTS["council"]
        .replace("RIVER COUNCIL · OFFICE OF WORKS\n\n", "")
        .replace("Over 200 residents were", "Over 200 residents\n\nRIVER COUNCIL · OFFICE OF WORKS\n\nwere"),
    }
    data = project.build(make_corpus(tmp_path / "data", texts=texts))
    assert data["sentences"]["text"][2] == "Over 200 residents were cut off from the market."
    assert quotes(data.tables, data.documents)["council.m001"] == "RIVER COUNCIL"
    (head,) = page(data, "council").xpath('//*[@class="sb-letterhead"]')
    assert head.xpath(".//@id") == ["council.m001", "council.u001"]
    assert data["coverage"].set_index("sentence_id").loc["council.s003", "mentions"] == 0


def test_a_source_without_codings(data):
    tables = {name: frame.iloc[:0] if TABLES[name].anchored else frame for name, frame in data.tables.items()}
    shown = html.fromstring(edition(data.documents["mill"], tables, data.derived).markup)
    assert shown.xpath('//*[@class="sb-sentence"]/@id') == ["mill.s001", "mill.s002", "mill.s003"]
    assert not shown.xpath("//details")


def test_the_language_is_that_of_the_registry(data):
    assert page(data, "mill").get("lang") == "en"
    document = data.documents["mill"]
    changed = type(document)(**{**vars(document), "metadata": {"language": "az"}})
    assert html.fromstring(edition(changed, data.tables, data.derived).markup).get("lang") == "az"


def test_codings_stand_in_the_order_of_the_text(data):
    found = codings(data.tables, "council")
    assert set(found["row_id"]) == set(row_ids(data, "council"))
    assert found["start"].is_monotonic_increasing
    assert set(found["category"]) <= set(CATEGORIES)
    row = found.set_index("row_id").loc["council.l001"]
    assert row["text"] == "cites Rivers Convention, art. 4: obliges the council to warn"


def test_quotes_of_rows_and_sentences(data):
    found = quotes(data.tables, data.documents)
    assert found["council.c002"] == "mill bridge"
    assert found["council.u001"] == "RIVER COUNCIL · OFFICE OF WORKS"
    assert found["mill.s001"] == "The bridge was flooded on 4 March 2021."


def test_the_legend_has_every_category():
    assert html.fromstring(legend().markup).xpath("//mark/@data-category") == list(CATEGORIES)

"""The notes of an edition: what is coded, and what the other sources and passes have."""

import pandas as pd
import pytest
from bridge import ROWS, make_corpus
from editions import edition_page

from sourcebook.pipeline import build
from sourcebook.render.claim_index import ClaimIndex
from sourcebook.render.links import Links, PageLink
from sourcebook.render.source_page.relation_notes import count_relations


@pytest.fixture(scope="module")
def data(_corpus):
    return build.build(_corpus)


def note(data, row_id, **options):
    return edition_page(data, row_id.rpartition(".")[0], **options).get_element_by_id(f"note-{row_id}")


def links(*, claim=lambda _: "", passage=lambda _: ""):
    return Links(claim=claim, passage=passage)


def lines(found):
    return [item.text_content() for item in found.xpath("./details/ul/li")]


def second(*rows):
    return pd.DataFrame(
        [dict(zip(("coder", "unit", "variable", "value"), ("second", *row), strict=True)) for row in rows],
        dtype="str",
    )


def test_a_note_says_category_answer_question_voice_and_modality(data):
    found = note(data, "council.c001")
    assert found.get("data-category") == "claim"
    assert found.xpath("string(b)") == "closed to all"
    assert found.xpath("string(span[@class='sb-question'])") == "What is the bridge?"
    assert found.xpath("string(details/summary)") == "the author, asserts · silent 2"
    assert found.xpath("string(a)") == "c001"


def test_sources_that_are_not_coded_are_not_counted_as_silent(data):
    index = ClaimIndex(data.tables, data.derived, data.documents, data.schemas, data.passes)
    claim = {"row_id": "council.c001", **index.claims["council.c001"]}
    rows = index.silences[claim["proposition_id"]]
    rows[0] = {**rows[0], "silence": "not-coded"}
    assert count_relations(index, claim) == {"silent": len(rows) - 1, "not-coded": 1}


def test_a_note_lists_the_relations_to_other_sources_with_reasons_and_links_to_their_passages(data):
    found = note(data, "council.c004")
    assert found.xpath("string(details/summary)") == "the author, asserts · contradict 1 · compatible 1"
    first, other = lines(found)
    assert first.startswith("contradict mill: about 150 (No number is both")
    assert other.startswith("compatible gazette: over 100 (")
    assert found.xpath(".//ul//a/@href") == ["mill.html#mill.c002", "gazette.html#gazette.c001"]


def test_an_agreeing_source_is_the_link_itself(data):
    found = note(data, "council.c002")
    assert lines(found)[0] == "agree gazette"
    assert found.xpath(".//ul//a/@href") == ["gazette.html#gazette.c002"]


def test_silent_sources_are_listed_with_the_type_of_their_silence(data):
    assert lines(note(data, "council.c003"))[1] == "silent gazette (searched absent)"


def test_answers_of_one_source_for_one_reason_share_it(data):
    pairs = data["relations"]
    row = pairs[(pairs["claim_a"] == "council.c004") | (pairs["claim_b"] == "council.c004")].iloc[[0]]
    other = row.assign(reason="Another reason.")
    reason = row["reason"].iloc[0]
    for twice, expected in (
        (pd.concat([row, row]), f"mill: about 150, about 150 ({reason})"),
        (pd.concat([row, other]), f"mill: about 150 ({reason}); mill: about 150 (Another reason.)"),
    ):
        found = note(data, "council.c004", derived={**data.derived, "relations": twice})
        assert lines(found)[0] == f"contradict {expected}"


def test_many_answers_to_one_question_are_counted_and_listed_once_at_the_end(tmp_path):
    rows = {path: [dict(row) for row in table] for path, table in ROWS.items()}
    for question in rows["coded/propositions.csv"]:
        question["cardinality"] = (
            "many" if question["proposition_id"] == "bridge-name" else question["cardinality"]
        )
    for number, words in enumerate(("The bridge", "The council", "the lamp", "the miller"), start=3):
        claim = {"proposition_id": "bridge-name", "exact": words, "value": words}
        rows["coded/claims.csv"].append({**claim, "claim_id": f"mill.c00{number}"})
    data = build.build(make_corpus(tmp_path / "data", rows=rows))
    found = note(data, "council.c002")
    assert lines(found) == ["compatible other answers of mill (4)", "agree gazette"]
    assert found.xpath(".//ul//a/@href")[0] == "#answers-bridge-name"
    page = edition_page(data, "council")
    (answers,) = page.xpath("//*[@class='sb-answers']")
    assert answers.get_element_by_id("answers-bridge-name").text_content() == "What is the bridge called?"
    listed = [item.text_content() for item in answers.xpath(".//li")]
    assert listed[0] == "mill bridge: this source, gazette"
    assert listed[1:] == ["The bridge: mill", "The council: mill", "the lamp: mill", "the miller: mill"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (">200", "second pass: the same"),
        (">200;~150", "second pass: the same"),
        ("~150", "second pass: about 150"),
        ("none", "second pass: no answer"),
    ],
)
def test_what_another_pass_answers(data, value, expected):
    found = note(data, "council.c004", passes=[second(("council|residents", "value", value))])
    assert lines(found)[-1] == expected


def test_another_voice_in_another_pass(data):
    rows = [("council|residents", "value", ">200"), ("council|residents", "voice", "miller")]
    found = note(data, "council.c004", passes=[second(*rows)])
    assert lines(found)[-1] == "second pass: the same, voice: the miller"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("problem;cause", "the same"), ("cause", "cause"), ("none", "nothing here"), ("", None)],
)
def test_what_another_pass_found_in_a_sentence(data, value, expected):
    found = note(data, "council.f001", passes=[second(("council.s003", "frame", value))])
    assert lines(found) == ([f"second pass: {expected}"] if expected else [])


def test_the_uses_of_a_row_and_the_page_of_a_claim(data):
    numbers = PageLink(title="Numbers", href="../n.html#use-x")
    limits = PageLink(title="Limits", href="../l.html#use-y", is_direct=False)
    to_pages = links(claim=lambda claim_id: f"../claims/{claim_id}.html")
    found = note(data, "council.c004", links=to_pages, uses={"council.c004": [numbers, limits]})
    assert lines(found)[-2:] == ["printed in Numbers; counted in Limits", "page of this claim"]
    hrefs = found.xpath(".//ul//a/@href")[-3:]
    assert hrefs == ["../n.html#use-x", "../l.html#use-y", "../claims/council.c004.html"]


def test_a_sentence_that_a_page_quotes_has_a_note(data):
    uses = {"council.s006": [PageLink(title="Start", href="../index.html#use-council.s006")]}
    (found,) = edition_page(data, "council", uses=uses).xpath("//li[a/@href='#council.s006']")
    assert found.text_content() == "s006 printed in Start"


def test_addresses_of_other_pages_are_the_callers(data):
    elsewhere = links(passage=lambda row: f"../x/?{row}&z")
    hrefs = note(data, "council.c004", links=elsewhere).xpath(".//ul//a/@href")
    assert hrefs == ["../x/?mill.c002&z", "../x/?gazette.c001&z"]


def test_without_a_page_for_a_source_its_answers_have_no_link(data):
    found = note(data, "council.c004", links=links())
    assert not found.xpath(".//ul//a")
    assert lines(found)[0].startswith("contradict mill: about 150")

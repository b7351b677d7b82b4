"""Pages about claims, made from tables."""

import hashlib
import json
import math
import re
import sys

import pytest
from hostile import FORMULA, SENTENCE, make_hostile
from lxml import html

from sourcebook.analysis.numbers import NamedNumber
from sourcebook.pipeline import store
from sourcebook.render import claim_page, display
from sourcebook.render.addresses import Addresses
from sourcebook.render.claim_index import ClaimIndex
from sourcebook.render.claim_page.claim import interval_in_words
from sourcebook.render.links import Links, PageLink, PrintedNumber

LINKS = Links(claim=lambda i: f"{i}.html", passage=lambda i: f"at#{i}")
ACTIVE = (
    "//script[not(@type='application/json')] | //img | //style[not(ancestor::noscript or ancestor::figure)]"
)


def indexed(folder):
    data = store.load(folder)
    return ClaimIndex(data.tables, data.derived, data.documents, data.schemas, data.passes)


@pytest.fixture(scope="module")
def known(_built):
    return indexed(_built)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    return indexed(make_hostile(tmp_path_factory.mktemp("hostile") / "data"))


def words(node):
    return " ".join(node.text_content().split())


def page(known, claim_id, **more):
    made = claim_page.claim_page(known, claim_id, links=LINKS, **more)
    return html.fromstring(f"<main>{made.body}</main>")


def facts(shown):
    (listed,) = shown.xpath("//section[@id='coding']/dl")
    return dict(
        zip((words(t) for t in listed.iter("dt")), (words(d) for d in listed.iter("dd")), strict=True)
    )


def test_the_words_stand_between_their_neighbours(known):
    shown = page(known, "council.c004")
    (context,) = shown.xpath("//blockquote")
    assert [p.get("class") for p in context] == ["sb-before", "sb-here", "sb-after"]
    assert words(context[1]) == "Over 200 residents were cut off from the market."
    assert [words(m) for m in context.iter("mark")] == ["Over 200 residents"]
    assert "flooded on 3 March 2021" in words(context[0])
    assert shown.xpath("//p[@class='sb-where']//a/@href") == ["at#council.c004"]
    assert "sentence 3" in words(shown.xpath("//p[@class='sb-where']")[0])


def test_the_first_sentence_has_none_before_it(known):
    (context,) = page(known, "council.c001").xpath("//blockquote")
    assert [p.get("class") for p in context] == ["sb-here", "sb-after"]


def test_the_coding_in_values_words_and_bounds(known):
    shown = facts(page(known, "council.c004"))
    assert shown["Answer"] == "over 200"
    assert shown["Value as coded"] == ">200"
    assert shown["What the value allows"] == "more than 200 persons, with no upper bound"
    assert (shown["Voice"], shown["Modality"], shown["Speaks of"]) == (
        "the author",
        "asserts",
        "all residents",
    )
    assert "Note of the coder" not in shown
    assert facts(page(known, "mill.c002"))["Note of the coder"] == "Said twice in the file."


@pytest.mark.parametrize(
    ("bounds", "unit", "expected"),
    [
        (
            {"lower": 51.0, "upper": 51.0, "lower_closed": True, "upper_closed": True},
            "states",
            "exactly 51 states",
        ),
        (
            {"lower": 1.8, "upper": 2.2, "lower_closed": True, "upper_closed": True},
            "",
            "at least 1.8 and at most 2.2",
        ),
        ({"upper": 1500000.0, "upper_closed": False}, "", "less than 1,500,000, with no lower bound"),
        ({"lower": 0.0, "lower_closed": False}, "", "more than 0, with no upper bound"),
        ({"earliest": "2024-12-05", "latest": "2024-12-05"}, "", "the day 2024-12-05"),
        ({"earliest": "1820-01-01"}, "", "days from 1820-01-01 to any day"),
        ({}, "persons", ""),
    ],
)
def test_intervals_in_words(bounds, unit, expected):
    numbers, days = dict.fromkeys(("lower", "upper"), math.nan), dict.fromkeys(("earliest", "latest"), "")
    assert (
        interval_in_words({**numbers, "lower_closed": None, "upper_closed": None, **days} | bounds, unit)
        == expected
    )


def table(shown, section):
    (found,) = shown.xpath(f"//section[@id='{section}']//table")
    return [[words(cell) for cell in row] for row in found.iter("tr")]


def test_every_other_claim_with_relation_rule_and_reason(known):
    shown = page(known, "council.c004")
    heads, *rows = table(shown, "others")
    assert heads == ["claim", "source", "answer", "words", "relation", "rule and reason"]
    assert {row[1] for row in rows} == {"mill", "gazette"}
    derived = {(r["source_b"], r["relation"]) for o, r in known.relations["council.c004"]}
    assert {(row[1], row[4].replace(" ", "-")) for row in rows} == derived
    assert all(
        row[5].split(":")[0] in {r["rule"] for _, r in known.relations["council.c004"]} for row in rows
    )
    links = shown.xpath("//section[@id='others']//tbody//a/@href")
    assert {"mill.c002.html", "at#mill.c002", "gazette.c001.html"} <= set(links)
    named = [href for href in links if href.startswith("#")]
    assert named
    assert all(shown.xpath("//*[@id=$i]", i=href[1:]) for href in named)


def test_who_is_silent_and_what_was_looked_for(known):
    _, *rows = table(page(known, "council.c003"), "silent")
    assert [row[0] for row in rows] == [s["source_id"] for s in known.silences["flooded"]] == ["gazette"]
    assert rows[0][2] == "flooded on"


def test_how_many_sources_and_origins_agree(known):
    support = words(page(known, "council.c002").xpath("//section[@id='others']/p")[0])
    assert support.startswith("2 sources of 2 independent origins give this answer")


def test_the_second_pass_beside_the_first(hostile, known):
    heads, *rows = table(page(hostile, "mill.c003"), "passes")
    assert heads == ["coded", "first pass", "second pass", "equal"]
    assert [(row[0], row[3]) for row in rows] == [("value", "no"), ("voice", "yes"), ("modality", "no")]
    assert "No second pass" in words(page(known, "mill.c002").xpath("//section[@id='passes']")[0])


def test_the_pages_and_numbers_that_use_it(known):
    start = PageLink(title="Start <b>", href="index.html#use-x")
    counted = NamedNumber("count.claims", "9", (), "claims")
    number = PrintedNumber(number=counted, href="values.html#v", pages=(start,))
    (used,) = page(known, "mill.c002", uses=[start], numbers=[number]).xpath("//section[@id='used']")
    assert "Shown in: Start <b>." in words(used)
    assert "1 printed number rests on it" in words(used)
    assert used.xpath(".//a/@href") == ["index.html#use-x", "values.html#v", "index.html#use-x"]


def test_the_line_to_cite_has_the_address(known):
    own = PageLink(title="https://example.org/claims/mill.c002.html", href="mill.c002.html")
    made = page(known, "mill.c002", book="A book", version="1.2", address=own)
    (cite,) = made.xpath("//p[@class='sb-cite']")
    assert words(cite).startswith(
        "“About 150 residents”, “Notice of the mill”, 5 March 2021, sentence 2. Claim mill.c002. "
        "In: A book, version 1.2."
    )
    assert made.xpath("//button/@data-copy") == ["citation"] == cite.xpath("./@id")
    assert words(cite).endswith(own.title)
    assert cite.xpath("./a/@href") == [own.href]


def test_a_page_says_how_to_check_it_against_the_file(known):
    (listed,) = page(known, "mill.c002", version="1.2").xpath("//section[@id='provenance']/dl")
    shown = dict(
        zip((words(t) for t in listed.iter("dt")), (words(d) for d in listed.iter("dd")), strict=True)
    )
    row = known.claims["mill.c002"]
    raw = known.documents["mill"].raw
    cut = raw[int(row["start"]) : int(row["end"])]
    assert cut == "About 150 residents"
    assert shown["Text"] == f"raw/mill.txt, characters {row['start']} to {row['end']}, counted from 0"
    assert shown["SHA-256 of the words"] == hashlib.sha256(cut.encode()).hexdigest()
    assert shown["SHA-256 of the file"] == known.sources["mill"]["sha256"]
    assert shown["Coded in"] == "coded/claims.csv, row mill.c002, version 1.2"


def test_the_explorer_has_every_claim_once_in_its_topic(known):
    shown = html.fromstring(claim_page.explorer(known, links=LINKS).markup)
    assert sorted(shown.xpath("//tbody//td[last()]/a/@href")) == sorted(f"{i}.html" for i in known.claims)
    for fold in shown.xpath("//details"):
        ids = [href.removesuffix(".html") for href in fold.xpath(".//td[last()]/a/@href")]
        asked = {known.questions[known.claims[i]["proposition_id"]]["topic"] for i in ids}
        assert asked == {fold.get("data-topic")}
        assert words(fold.xpath("./summary")[0]).endswith(f": {len(ids)}")
    assert shown.xpath("//fieldset/@disabled")
    (row,) = shown.xpath("//tr[td[last()]/a/@href='council.c004.html']")
    assert [words(cell) for cell in row][1:7] == [
        "council", "Over 200 residents", "over 200", "the author", "asserts", "quantity",
    ]  # fmt: skip
    assert row.xpath("./td/@data-value") == [">200"]


def test_each_option_of_the_explorer_finds_something(known):
    shown = html.fromstring(claim_page.explorer(known, links=LINKS).markup)
    states = {state for claim in known.claims for state in known.states(claim)}
    assert set(shown.xpath("//select[@name='state']/option/@value")) == {"", *states}
    assert {"contradict", "agree", "only"} <= states


def test_states_of_a_claim(known):
    assert known.states("council.c003") == {"contradict": 1}
    assert known.states("council.c002") == {"agree": 1}
    assert known.states("council.c001") == {"only": 0}


def test_the_matrix_has_every_question_by_every_source(known):
    shown = html.fromstring(claim_page.matrix(known, links=LINKS).markup)
    rows = shown.xpath("//table[contains(@class, 'sb-matrix')]/tbody/tr[not(@class)]")
    asked = [
        q["question"] for topic in known.topics() for q in known.questions.values() if q["topic"] == topic
    ]
    assert [words(row[0]) for row in rows] == asked
    assert len(asked) == len(known.questions)
    assert {len(row) for row in rows} == {len(known.sources) + 1}
    first = [(cell.get("data-state"), cell.xpath(".//a/@href")) for cell in rows[1][1:]]
    assert first == [
        ("contradict", ["council.c003.html"]),
        ("contradict", ["mill.c001.html"]),
        (known.silences["flooded"][0]["silence"], []),
    ]
    assert all(words(cell) for row in rows for cell in row)


def test_the_matrix_leads_from_a_silence_to_what_was_looked_for(known):
    shown = html.fromstring(claim_page.matrix(known, links=LINKS, silences=True).markup)
    looked = html.fromstring(f"<div>{claim_page.silence_table(known).markup}</div>")
    silent = shown.xpath("//td[.//*[@data-relation='silent']]")
    assert len(silent) == sum(len(rows) for rows in known.silences.values()) > 0
    for cell in silent:
        (href,) = cell.xpath(".//a/@href")
        row = looked.get_element_by_id(href.removeprefix("#"))
        assert words(cell) in words(row[2])
    row = looked.get_element_by_id(claim_page.silence_place("flooded"))
    assert words(row[1]) == known.silences["flooded"][0]["searched"]
    assert "gazette" in words(row[2])


def test_a_matrix_of_the_questions_that_several_answer_and_one_in_folds(known):
    several = html.fromstring(claim_page.matrix(known, links=LINKS, least=2).markup)
    rows = several.xpath("//tbody/tr[not(@class)]")
    answered = [sum(bool(cell.xpath(".//a")) for cell in row[1:]) for row in rows]
    assert answered
    assert min(answered) >= 2
    folded = html.fromstring(f"<div>{claim_page.matrix(known, links=LINKS, folded=True).markup}</div>")
    assert len(folded.xpath("//tbody/tr")) == len(known.questions)
    titles = [words(s) for s in folded.xpath("//summary")][1:]
    assert len(titles) == len(known.topics())
    counted = [
        int(n)
        for title in titles
        for n in re.findall(r"(?:agree|silent|only|contradict|compatible|comparable) (\d+)", title)
    ]
    assert sum(counted) == len(known.questions) * len(known.sources)


def test_the_matrix_of_many_sources_counts_them(known, monkeypatch):
    each = html.fromstring(claim_page.matrix(known, links=LINKS).markup)
    monkeypatch.setattr(sys.modules["sourcebook.render.claim_page.matrix"], "_MANY", 2)
    shown = html.fromstring(f"<div>{claim_page.matrix(known, links=LINKS).markup}</div>")
    states = [words(head) for head in shown.xpath("//thead//th")][1:]
    rows = shown.xpath("//tbody/tr[not(@class)]")
    expected = {}
    for row in each.xpath("//table[contains(@class, 'sb-matrix')]/tbody/tr[not(@class)]"):
        found = [cell.get("data-state").replace("-", " ") for cell in row[1:]]
        expected[words(row[0])] = {state: found.count(state) for state in set(found)}
    for row in rows:
        numbers = [int(words(cell).replace("–", "0")) for cell in row[1:]]
        assert {state: n for state, n in zip(states, numbers, strict=True) if n} == expected[words(row[0])]
    assert len(rows) == len(expected) == len(known.questions)


def test_a_silence_of_many_sources_names_some_and_counts_the_others(known, monkeypatch):
    monkeypatch.setattr(sys.modules["sourcebook.render.claim_page.silence_page"], "_NAMED", 0)
    alike = {s: [r for r in rows if r["silence"] == rows[0]["silence"]] for s, rows in known.silences.items()}
    widest = max(alike, key=lambda proposition_id: len(alike[proposition_id]))
    assert len(alike[widest]) > 1
    page = html.fromstring(f"<div>{claim_page.silence_table(known).markup}</div>")
    cell = words(page.get_element_by_id(claim_page.silence_place(widest))[2])
    assert f"{alike[widest][0]['silence'].replace('-', ' ')}: and {len(alike[widest])} more" in cell


def test_tables_of_a_chapter_lead_from_the_name_of_a_claim_to_its_page():
    shown = html.fromstring(f"<p>{display.row_links('s.c001;s.c002;t.f001')}</p>")
    assert shown.xpath("//@href") == [
        "../claims/s.c001.html",
        "../claims/s.c002.html",
        "sources/t.html#t.f001",
    ]
    assert (
        display.claim_href("s.c001", addresses=Addresses(here="book/sources/s")) == "../../claims/s.c001.html"
    )
    shown = html.fromstring(f"<p>{display.state('agree', 's.c001;s.c002')}</p>")
    assert shown.xpath("//@href") == ["../claims/s.c001.html", "../claims/s.c002.html"]
    assert words(shown) == "agree 2"


def test_the_data_of_the_timeline(known):
    data = claim_page.timeline_data(known, links=LINKS)
    assert data["sources"] == ["council", "mill", "gazette"]
    flood = next(row for row in data["rows"] if row["href"] == "council.c003.html")
    assert (flood["event"], flood["source"], flood["text"]) == ("Flood", 0, "3 March 2021")
    assert flood["days"] == [18689] * 4
    lanes = [(row["event"], row["source"]) for row in data["rows"]]
    assert lanes == sorted(lanes)
    assert len(lanes) == 2
    shown = claim_page.timeline(known, links=LINKS).markup
    assert shown.count("<figure") == 1
    beside = claim_page.timeline(known, links=LINKS, still=False).markup
    assert "<figure" not in beside
    assert json.loads(html.fromstring(beside).xpath("//script")[0].text) == data


@pytest.mark.slow
def test_hostile_text_is_inert(hostile):
    parts = [page(hostile, claim) for claim in hostile.claims]
    for made in (claim_page.explorer, claim_page.matrix, claim_page.timeline):
        parts.append(html.fromstring(f"<main>{made(hostile, links=LINKS).markup}</main>"))
    for part in parts:
        assert part.xpath(ACTIVE) == []
        assert part.xpath("//@*[starts-with(name(), 'on')]") == []
        assert [href for href in part.xpath("//@href") if re.match("(?i)javascript|data", href)] == []


def test_hostile_text_is_whole(hostile):
    (mark,) = page(hostile, "mill.c003").xpath("//mark")
    assert mark.text_content() == SENTENCE[:-1]
    (mark,) = page(hostile, "mill.c004").xpath("//mark")
    assert mark.text_content() == FORMULA
    shown = html.fromstring(claim_page.explorer(hostile, links=LINKS).markup)
    assert FORMULA in shown.xpath("//tbody//td[2]//text()")


def test_titles_and_descriptions_take_no_controls(hostile):
    made = claim_page.claim_page(hostile, "mill.c003", links=LINKS)
    assert "\u202e" not in made.title + made.description
    assert "\u202e" in made.body


def test_controls_of_direction_stay_in_an_element_of_their_own(hostile):
    for claim in hostile.claims:
        for node in page(hostile, claim).iter():
            for text in (node.text or "", *(child.tail or "" for child in node)):
                if "\u202e" in text:
                    here = [node, *node.iterancestors()]
                    assert any(n.tag == "bdi" or n.get("dir") == "auto" for n in here), text


def test_an_inferred_answer_says_so_and_a_relation_names_what_it_hangs_on(built):
    known = indexed(built)
    assert "Basis" not in facts(page(known, "council.c004"))
    known.claims["council.c004"]["basis"] = "inferred"
    assert facts(page(known, "council.c004"))["Basis"].startswith("the coder’s inference")
    (_, row), *_ = known.relations["council.c004"]
    row.update(allen="starts", sensitive_to="about-width")
    told = words(page(known, "council.c004").xpath("//section[@id='others']")[0])
    assert "In Allen’s terms, the first date to the second: starts." in told
    assert "Depends on an assumption: How wide is “about”?" in told

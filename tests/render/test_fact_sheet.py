"""The fact sheet: values of questions and of coded tables, and what an empty cell says."""

import lxml.html
import pandas as pd
import pytest

from sourcebook.render.fact_sheet import fact_sheet, short_names


def frame(text, **more):
    head, *rows = [line.split("|") for line in text.strip().splitlines()]
    return pd.DataFrame(rows, columns=head).assign(**more)


DATA = {
    "sources": frame(
        "source_id|author|publisher|date_published\n"
        "mill-1924|Reed, Ann|The Press|1924-05-02\n"
        "gazette||Gazette of the Valley|\n"
        "late|Reed, Ann|The Press|1925-01"
    ),
    "propositions": frame("proposition_id|unit\nresidents|person\nhouses|house\nday|"),
    "codebook": frame(
        "vocabulary|term|label\nunit|house|houses\nscope|valley|the whole valley\nvoice|miller|the miller"
    ),
    "claim_intervals": frame(
        "claim_id|source_id|proposition_id|display|scope|voice|basis\n"
        "mill-1924.c001|mill-1924|residents|over 200|valley|author|\n"
        "mill-1924.c002|mill-1924|residents|over 200|valley|author|\n"
        "mill-1924.c003|mill-1924|houses|thousands||miller|inferred\n"
        "gazette.c001|gazette|houses|12||author|"
    ),
    "silences": frame(
        "proposition_id|source_id|silence\n"
        "residents|gazette|searched-absent\nresidents|late|mentioned\nhouses|late|out-of-scope\n"
        "day|mill-1924|before-event\nday|gazette|searched-absent\nday|late|out-of-scope"
    ),
}
USES = frame(
    "use_id|term|source_id|speaker\n"
    "gazette.t001|flood|gazette|the <miller>\ngazette.t002|flood|gazette|the <miller>\nlate.t001|flood|late|"
)


def cells(rows, **options):
    root = lxml.html.fromstring(str(fact_sheet(DATA, rows, "The valley", **options)))
    return root, [[" ".join(td.text_content().split()) for td in tr.findall("td")] for tr in root.iter("tr")][
        1:
    ]


def test_a_value_has_its_unit_and_what_is_to_be_known_of_it_and_is_printed_once():
    root, [row] = cells({"How many": ["residents", "houses"]})
    assert row == [
        "over 200 (the whole valley)thousands of houses (the miller, inferred)",
        "12 houses",
        "not stated",
    ]
    links = [a.get("href") for a in root.iter("a") if "sb-row" in (a.get("class") or "")]
    assert [link.rpartition("/")[2] for link in links] == [
        "mill-1924.c001.html", "mill-1924.c003.html", "gazette.c001.html",
    ]  # fmt: skip


def test_an_empty_cell_says_which_silence_it_is():
    _, rows = cells({"Day": "day", "Residents": "residents"})
    assert rows[0] == ["written before it", "not mentioned", "not stated"]
    assert rows[1][1:] == ["not mentioned", "not stated"]


def test_an_empty_cell_can_have_the_word_of_the_matrix():
    _, rows = cells({"Day": "day", "Residents": "residents"}, as_in_matrix=True)
    assert rows[0] == ["before event", "searched absent", "out of scope"]
    assert rows[1][1:] == ["searched absent", "mentioned"]


def test_a_column_of_coded_rows_is_counted_escaped_and_linked_to_its_first_row():
    root, [row] = cells({"Flood": (USES, "speaker")})
    assert row == ["not mentioned", "the <miller> (2 times)", "not mentioned"]
    assert [a.get("href") for a in root.iter("a") if a.get("class")] == ["sources/gazette.html#gazette.t001"]


def test_columns_are_named_by_author_or_publisher_and_month():
    root, _ = cells({"Day": "day"})
    assert [th.text_content() for th in root.iter("th") if th.get("scope") == "col"] == [
        "Reed, May 1924", "Gazette", "Reed, Jan 1925",
    ]  # fmt: skip
    assert {td.get("data-source") for td in root.iter("td")} - {None} == {
        "Reed, May 1924", "Gazette", "Reed, Jan 1925",
    }  # fmt: skip
    root, [row] = cells({"Houses": "houses"}, sources={"gazette": "G"})
    assert row == ["12 houses"]


def test_two_sources_of_one_name_keep_their_ids():
    twins = DATA["sources"].assign(author="Reed, Ann", date_published="")
    assert list(short_names(twins).values()) == ["mill-1924", "gazette", "late"]


@pytest.mark.parametrize(
    ("date", "name"),
    [
        ("1924", "Reed, 1924"),
        ("1924-05", "Reed, May 1924"),
        ("1924-09-30", "Reed, Sep 1924"),
        ("1924~", "Reed"),
    ],
)
def test_a_name_says_no_more_than_the_date(date, name):
    one = DATA["sources"].head(1).assign(date_published=date)
    assert list(short_names(one).values()) == [name]


def test_what_is_no_question_and_no_row_is_refused():
    with pytest.raises(KeyError, match="no question 'nought'"):
        fact_sheet(DATA, {"x": "nought"}, "x")
    with pytest.raises(KeyError, match="nought"):
        fact_sheet(DATA, {"x": (USES, "nought")}, "x")
    with pytest.raises(ValueError, match="rows: expected at least one"):
        fact_sheet(DATA, {}, "x")

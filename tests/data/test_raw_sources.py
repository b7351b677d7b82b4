"""The five sources of the book: their files, their layout, and their sentences."""

from pathlib import Path

import pytest

from sourcebook.sources.documents import read_documents, sentence_table
from sourcebook.text.normalise import LEFT_OUT

RAW = Path(__file__).parents[2] / "data" / "raw"


@pytest.fixture(scope="module")
def documents():
    return read_documents(RAW)


@pytest.fixture(scope="module")
def table(documents):
    return sentence_table(documents)


def test_the_five_files_are_those_of_the_registry(documents):
    assert list(documents) == [
        "akram-2024-10",
        "turan-2024-12",
        "trend-2024-12",
        "akram-2024-12",
        "akram-2025-03",
    ]


def test_how_many_sentences_each_has(table):
    # counted by hand in the files: every coded row refers to these ids
    assert table.source_id.value_counts(sort=False).to_dict() == {
        "akram-2024-10": 39,
        "turan-2024-12": 23,
        "trend-2024-12": 15,
        "akram-2024-12": 49,
        "akram-2025-03": 48,
    }


def test_headings(table):
    headings = table[table.kind == "heading"]
    assert headings.groupby("source_id", sort=False).text.agg(list).to_dict() == {
        "akram-2024-10": [
            "The Torch Bearer of Hope: Ambassador Ramil Hasan",
            "What are expectations from International Community?",
        ],
        "akram-2024-12": ["Themes and Discussions", "Key Outcomes"],
        "akram-2025-03": ["Historical Background", "International Community's Silence"],
    }


@pytest.mark.parametrize(
    ("sentence_id", "text"),
    [
        (
            "akram-2024-10.s016",
            "A key figure in the advocacy efforts of the Western Azerbaijan Community is Ambassador Ramil Hasan.",
        ),
        ("akram-2024-10.s003", "Published on 23rd October 2024"),
        ("trend-2024-12.s001", "date 2024-12-05 BAKU, Azerbaijan, December 5."),
        ("akram-2024-12.s028", "Several key statements and outcomes emerged from the discussions:"),
        (
            "akram-2024-12.s045",
            "The participation of Mr. Khalid Taimur Akram in this international conference underscores the "
            "importance of global solidarity and collaborative engagement.",
        ),
        (
            "akram-2025-03.s042",
            'The steps, such as the successful implementation of the "Concept of Return", will contribute '
            "significantly to the peaceful, safe, and dignified reintegration of Western Azerbaijanis into their "
            "homeland.",
        ),
        (
            "turan-2024-12.s023",
            "The final wave of Azerbaijani expulsions from the Republic of Armenia occurred between 1987 and "
            "1989, forcing the last 200,000 of 1.5 million Azerbaijanis to leave their homeland.",
        ),
    ],
)
def test_sentences_that_are_hard_to_cut(table, sentence_id, text):
    assert table.set_index("sentence_id").text[sentence_id] == text


def test_every_running_sentence_begins_and_ends_as_one(table):
    running = table[table.kind.isin(["paragraph", "list_item"])]
    assert running.text.str.match(r'^"?[A-Z]').all()
    assert running.text.str.contains(r'(?:\.|\."|:)$').all()
    assert (
        not running.text.str.contains(r'[.!?]"? [A-Z]')
        .where(~running.text.str.contains(r"Mr\."), False)
        .any()
    )


def test_no_letterhead_markup_or_typographic_quotation_mark_is_left(documents, table):
    assert not table.text.str.contains(
        r"[*#<>“”’]|COMMUNICATION UNIVERSITY|[\u4e00-\u9fff]|Leave a review"
    ).any()
    left_out = [zone for d in documents.values() for zone in d.normal.zones if zone.kind in LEFT_OUT]
    assert len(left_out) == 5


def test_nothing_but_declared_zones_markup_and_white_space_is_left_out(documents):
    for document in documents.values():
        covered = {
            i for a, b in zip(document.normal.starts, document.normal.ends, strict=True) for i in range(a, b)
        }
        for zone in document.normal.zones:
            if zone.kind in LEFT_OUT:
                covered |= set(range(zone.start, zone.end))
        rest = "".join(c for i, c in enumerate(document.raw) if i not in covered)
        assert set(rest.replace("<sup>", "").replace("</sup>", "")) <= set("\n #*- "), document.source_id


def test_year_ranges_keep_their_dash(table):
    assert table.text.str.contains("1987–1991", regex=False).sum() == 1
    assert table.text.str.contains("1987-1991", regex=False).sum() == 1


def test_what_the_registry_says_of_dates_and_titles(documents):
    for document in documents.values():
        meta = document.metadata
        assert meta["title"] in document.raw
        if meta["date_published"]:
            assert meta["not_before"] == meta["not_after"] == meta["date_published"]
        assert meta["date_note"] and meta["carries"] and meta["rights"]
    turan = documents["turan-2024-12"].metadata
    assert (turan["date_published"], turan["not_before"], turan["not_after"]) == ("", "2022-12-05", "")
    assert documents["trend-2024-12"].metadata["title"] == ""

"""What is proposed of a document: its date only from a dateline, a label or the file's own data, and from where."""

import textwrap

import pytest

from sourcebook.sources.ingest import Extraction, propose
from sourcebook.sources.ingest.datelines import publication_date

BODY = (
    "Ines Oduya was born in Marrow on 26 June 1968 and has led the Authority since 3 March 2001. She told the "
    "residents that the survey of 12 April 2022 had found 640 people in the village, and that the next is due in 2025."
)


def proposed(*lines, **more):
    return propose(Extraction(text="\n".join(lines) + "\n", **more))


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("12 May 2023", "2023-05-12"),
        ("Monday, 5 December 2024, 10:30", "2024-12-05"),
        ("Press release, 12 May 2023", "2023-05-12"),
        ("PRESS RELEASE 12 May 2023", "2023-05-12"),
        ("Marrow Valley Authority, 12 May 2023", "2023-05-12"),
        ("Fishers of Velmouth, 15 April 2021", "2021-04-15"),
        ("MOSCOW (12 May 2023)", "2023-05-12"),
        ("12 May 2023 | Geneva", "2023-05-12"),
        ("By J. Arden, 20 June 2023", "2023-06-20"),
        ("Published: 12 May 2023", "2023-05-12"),
        ("**Date:** 12 May 2023", "2023-05-12"),
        ("Published on May 12, 2023 by J. Arden", "2023-05-12"),
        ("Posted 2023-05-12", "2023-05-12"),
        ("Date of issue: 12.05.2023", "2023-05-12"),
        ("January 2023", "2023-01"),
        ("Published: May 2023", "2023-05"),
        ("Date of birth 26 June 1968", ""),
        ("Born: 26 June 1968", ""),
        ("Ines Oduya, born in Marrow, 26 June 1968", ""),
        ("Date of death: 3 May 2011", ""),
        ("Meeting of the council, 12 May 2023", ""),
        ("Deadline: 12 May 2023", ""),
        ("In force from 1 April 2021", ""),
        ("Last updated: 5 May 2023", ""),
        ("Retrieved 12 November 2007", ""),
        ("Valid until 31 December 2024", ""),
        ("The chain was drawn on 29 March 2021", ""),
        ("The chain was drawn, 29 March 2021", ""),
        ("Elections in May 2023", ""),
        ("12/05/2023", ""),
        ("1968", ""),
        ("© 26 June 1968", ""),
    ],
)
def test_a_date_is_proposed_from_a_dateline_or_a_label_alone(line, date):
    assert publication_date(line) == date
    found = proposed("Marrow Valley Authority", line, "", "Relocation of Upper Marrow completed", "", BODY)
    assert found.cells["date_published"] == date
    assert found.cells["date_note"].startswith("From the line “") == bool(date)
    zone = [found for found in found.zones if found[0] == "dateline"]
    assert bool(zone) == bool(date) or line.startswith("By ")


@pytest.mark.parametrize(
    "dateline", ["GENEVA, 12 May 2023 – ", "12 May 2023 — ", "Baku (12 May 2023) – ", "OSLO — ", ""]
)
def test_of_running_text_only_what_is_before_a_dash_is_looked_at(dateline):
    found = proposed("The bridge that fell", "", f"{dateline}{BODY}")
    assert found.cells["date_published"] == ("2023-05-12" if "May" in dateline else "")


@pytest.mark.parametrize(
    "other", ["Date of birth 26 June 1968", "Born on 26 June 1968", "Elected: 3 March 2001"]
)
@pytest.mark.parametrize("first", [True, False])
def test_a_day_in_a_life_does_not_go_before_the_dateline(other, first):
    lines = [other, "Press release, 12 May 2023"] if first else ["Press release, 12 May 2023", other]
    assert proposed("Ines Oduya in Marrow", *lines, "", BODY).cells["date_published"] == "2023-05-12"


def test_what_the_file_says_of_itself_goes_first_and_a_day_of_saving_is_none():
    own = proposed("Oslo, 3 May 2023", "", BODY, metadata={"date": "2023-05-12"})
    assert (own.cells["date_published"], own.cells["date_note"]) == (
        "2023-05-12",
        "From what the file says of itself.",
    )
    saved = proposed("The bridge that fell", "", BODY, metadata={"saved": "2024-01-02"})
    assert (saved.cells["date_published"], saved.cells["date_note"]) == (
        "",
        "The file was saved on 2024-01-02.",
    )


@pytest.mark.parametrize("width", [60, 66, 72, 80])
def test_a_line_of_wrapped_running_text_is_no_part_of_the_head(width):
    wrapped = textwrap.fill(BODY, width)
    found = proposed(
        "MARROW VALLEY AUTHORITY", "", "Relocation of Upper Marrow completed", "", wrapped, "", wrapped
    )
    assert found.cells["title"] == "Relocation of Upper Marrow completed"
    assert found.cells["date_published"] == "" and [kind for kind, *_ in found.zones] == [
        "letterhead",
        "title",
    ]


def test_a_title_that_a_width_broke_is_one():
    title = "Relocation of Residents of Upper Marrow and of\nVillages in the Kestrel Valley"
    found = proposed("MARROW VALLEY AUTHORITY", "", title, "", BODY)
    assert found.cells["title"] == " ".join(title.split())
    assert [(kind, b - a) for kind, a, b in found.zones] == [("letterhead", 23), ("title", len(title))]


@pytest.mark.parametrize("width", [60, 72])
def test_a_long_title_above_short_lines_stays_one(width):
    title = "Dense Retrieval of Passages for Open Questions"
    names = ["Ines Oduya, J. Arden", "University of Marrow", "oduya@example.org"]
    found = proposed(title, *names, *textwrap.wrap(BODY, width), *textwrap.wrap(BODY, width))
    assert found.cells["title"] == title


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            [
                "Iwan Roberts",
                "He was a forward of the club from 1986 to 2005, as many people recall it well to this day.",
            ],
            "Iwan Roberts",
        ),
        (["Iwan Roberts,", "a footballer"], ""),
        (["12 May 2023", "It rained."], ""),
        (["Subject: Rain", "It rained."], ""),
        (["- Milk", "- Bread"], ""),
        (["Rain", "It rained."], ""),
    ],
)
def test_a_first_line_that_stands_alone_is_the_title_where_nothing_else_is(lines, title):
    assert proposed(*lines).cells["title"] == title


@pytest.mark.parametrize(
    "author", ["admin", "python-docx", "Microsoft Office User", "DESKTOP-A1B2", "Anna's laptop"]
)
def test_what_a_program_or_a_machine_is_called_is_no_author(author):
    assert proposed("A text of some words.", metadata={"author": author}).cells["author"] == ""

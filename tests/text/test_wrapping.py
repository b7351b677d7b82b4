"""Texts whose lines a program broke at a width: their paragraphs, headings and sentences are those of the text."""

import random
import textwrap

import pytest

from sourcebook.text.normalise import normalise
from sourcebook.text.segments import blocks, sentences

TEXT = (
    "the council of Upper Marrow met in its hall with Ines Oduya and the Authority after a letter from 640 residents "
    "who asked President Lee for a return to North Street before winter came over the Valley in 1998"
)
ADDRESS = "https://archive.example.org/web/20071021111912/" + "documents/of/the/council/" * 6


def prose(seed, paragraphs=6):
    """Return paragraphs of made-up sentences, each of several lines."""
    chance = random.Random(seed)
    made = []
    for _ in range(paragraphs):
        said = [
            " ".join(chance.choices(TEXT.split(), k=chance.randint(9, 26)))
            for _ in range(chance.randint(3, 7))
        ]
        made.append(" ".join(f"{words[0].upper()}{words[1:]} again." for words in said))
    return made


def wrapped(paragraph, width, **more):
    return textwrap.fill(paragraph, width, break_on_hyphens=False, break_long_words=False, **more)


def found(raw):
    return [(kind, text) for kind, text in blocks(normalise(raw))[["kind", "text"]].itertuples(index=False)]


@pytest.mark.parametrize("width", [60, 66, 72, 80, 98, 120])
@pytest.mark.parametrize("seed", range(4))
def test_a_wrapped_paragraph_is_one_paragraph_without_headings(width, seed):
    paragraphs = prose(seed)
    raw = "\n\n".join(wrapped(each, width) for each in paragraphs)
    assert found(raw) == [("paragraph", each) for each in paragraphs]


@pytest.mark.parametrize("width", [60, 72, 80, 110])
@pytest.mark.parametrize("seed", range(4))
def test_a_long_address_breaks_no_paragraph(width, seed):
    paragraphs = [
        f"{each} See {ADDRESS} for the letter that Ines Oduya wrote to the Council." for each in prose(seed)
    ]
    raw = "\n\n".join(wrapped(each, width) for each in paragraphs)
    assert {kind for kind, _ in found(raw)} == {"paragraph"}
    whole = [text for each in paragraphs for text in sentences(normalise(each), "a").text]
    assert sentences(normalise(raw), "a").text.tolist() == whole


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("indent", ["", "    "])
@pytest.mark.parametrize("seed", range(4))
def test_without_blank_lines_no_sentence_is_cut_and_no_line_is_a_heading(ends, indent, seed):
    paragraphs = prose(seed)
    raw = "\n".join(wrapped(each, 72, initial_indent=indent) for each in paragraphs).replace("\n", ends)
    assert {kind for kind, _ in found(raw)} == {"paragraph"}
    whole = [text for each in paragraphs for text in sentences(normalise(each), "a").text]
    assert sentences(normalise(raw), "a").text.tolist() == whole


@pytest.mark.parametrize("seed", range(3))
def test_a_heading_between_wrapped_paragraphs_is_one(seed):
    first, second, third = prose(seed, 3)
    raw = "\n".join(
        [wrapped(first, 70), "Early life", wrapped(second, 70), "", "Later life", "", wrapped(third, 70)]
    )
    kinds = found(raw)
    assert ("heading", "Later life") in kinds
    assert ("paragraph", third) in kinds
    is_short = (
        len(wrapped(first, 70).split("\n")[-1]) < 52
    )  # else nothing shows that the paragraph ends there
    assert (("heading", "Early life") in kinds) == is_short
    assert not any(text.startswith("Early") for kind, text in kinds if kind == "paragraph")


def test_rows_within_wrapped_text_are_rows_and_no_headings():
    rows = [
        "Personal information",
        "Full name Ines Oduya",
        "Place of birth Marrow",
        "Height 6 ft 3 in (1.91 m)",
    ]
    text = prose(1)
    raw = "\n".join([wrapped(text[0], 76), *rows, wrapped(text[1], 76), wrapped(text[2], 76)])
    kinds = found(raw)
    assert all(("paragraph", row) in kinds for row in rows[1:])
    assert "heading" not in {kind for kind, text in kinds if text in rows[1:]}


def test_a_number_set_high_on_a_line_of_its_own_stays_with_its_note():
    text = prose(2, 2)
    raw = "\n\n".join([wrapped(text[0], 70), f"2\n{wrapped(text[1], 70)}"])
    assert found(raw)[1:] == [("paragraph", f"2 {text[1]}")]


@pytest.mark.parametrize("width", [64, 78, 112])
def test_the_places_are_those_of_the_raw_text(width):
    raw = "\r\n".join(wrapped(each, width).replace("\n", "\r\n") for each in prose(7))
    normal = normalise(raw)
    for row in sentences(normal, "a").itertuples():
        assert raw[row.raw_start : row.raw_end].split() == row.text.split()


def test_lines_that_somebody_ended_stay_apart():
    lines = [f"{each.split('. ')[0]}." for each in prose(3, 8)]
    long = [line * 3 for line in lines]
    assert found("\n".join(long)) == [("paragraph", line) for line in long]
    rows = "| Year | People who left the old village |\n" * 5
    assert len(found(rows)) == 1, "a table stays as it was"

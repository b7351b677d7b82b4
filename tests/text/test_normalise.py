"""Normalisation, its map, blocks and sentences: by hand, and by property."""

import re

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sourcebook.core.errors import ParseError
from sourcebook.text.folding import INVISIBLE
from sourcebook.text.normalise import (
    LEFT_OUT,
    REPLACEMENTS,
    ZONE_KINDS,
    Zone,
    normalise,
)
from sourcebook.text.segments import blocks, sentences


def kinds(raw, **options):
    frame = blocks(normalise(raw, **options))
    return list(zip(frame.kind, frame.text, strict=True))


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a  b\u00a0c\td", "a b c d"),
        ("“a” ‘b’ c’s", "\"a\" 'b' c's"),
        ("1918–1921 — x", "1918–1921 — x"),
        ("non\u2011stop", "non-stop"),
        ("of\ufb01cial", "official"),
        ("soft\u00adly\u200b", "softly"),
        ("**bold** *it* ***both*** 23<sup>rd</sup>", "bold it both 23rd"),
        ("“**Concept**”, x", '"Concept", x'),
        ("**Label:** The text", "Label: The text"),
        ("2 * 3 * 4 and 5*6*7", "2 * 3 * 4 and 5*6*7"),
        ("**open", "**open"),
        ("a < b > c", "a < b > c"),
        ("\ufeffa\u0301", "a\u0301"),
        ("", ""),
        (" \n\r\n\x0c ", ""),
    ],
)
def test_characters(raw, text):
    assert normalise(raw).text == text


def test_the_map_by_hand():
    normal = normalise("a **bc**  d")
    assert normal.text == "a bc d"
    assert normal.starts.tolist() == [0, 1, 4, 5, 8, 10]
    assert normal.ends.tolist() == [1, 2, 5, 6, 10, 11]


def test_to_raw_snaps_inwards_and_to_text_outwards():
    normal = normalise("a **bc**  d")
    assert normal.to_raw(2, 4) == (4, 6)  # without the asterisks
    assert normal.to_raw(0, 6) == (0, 11)  # with those between
    assert normal.to_raw(2, 2) == (4, 4)
    assert normal.to_raw(6, 6) == (11, 11)
    assert normal.to_text(2, 8) == (2, 4)  # with the asterisks
    assert normal.to_text(2, 4) == (2, 2)  # only asterisks
    assert normal.to_text(9, 10) == (4, 5)  # half of a run of spaces


def test_one_character_can_become_several():
    normal = normalise("a\ufb03n")
    assert normal.text == "affin"
    assert normal.to_raw(2, 3) == (1, 2)
    assert normal.to_text(1, 2) == (1, 4)


def test_blocks_are_separated_by_a_line_feed_that_stands_for_the_gap():
    normal = normalise("One.\n\n\nTwo.")
    assert normal.text == "One.\nTwo."
    assert normal.to_raw(4, 5) == (4, 7)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind(ends):
    raw = f"The causes of{ends}{ends}{ends}the war.{ends}{ends}Key Outcomes{ends}{ends}They met."
    assert kinds(raw) == [
        ("paragraph", "The causes of the war."),
        ("heading", "Key Outcomes"),
        ("paragraph", "They met."),
    ]


def test_a_sentence_cut_by_a_page_is_joined_also_before_a_capital():
    raw = "A person whom every one of the towns of the north knows is Ambassador\n\nLee. With him.\n\nNext."
    assert kinds(raw) == [
        ("paragraph", raw.split("\n\n", maxsplit=1)[0] + " Lee. With him."),
        ("paragraph", "Next."),
    ]


def test_a_sentence_cut_three_times():
    assert kinds("One of\n\nthe many and\n\nvery long\n\n\nsentences.") == [
        ("paragraph", "One of the many and very long sentences.")
    ]


def test_headings_are_not_joined():
    raw = "It was so.\n\nThemes and Views\n\nExperts met.\n\n## **Marked** part ##\n\nThe others' Silence\n\nNot us."
    assert kinds(raw) == [
        ("paragraph", "It was so."),
        ("heading", "Themes and Views"),
        ("paragraph", "Experts met."),
        ("heading", "Marked part"),
        ("heading", "The others' Silence"),
        ("paragraph", "Not us."),
    ]


def test_list_items_lose_their_bullets_and_go_on_over_a_page():
    raw = "The outcomes:\n\n- **One:** To act and\n\nto speak.\n- Two\n* Three\n\nThe end came.\n\n1. First.\n2. Next."
    assert kinds(raw) == [
        ("paragraph", "The outcomes:"),
        ("list_item", "One: To act and to speak."),
        ("list_item", "Two"),
        ("list_item", "Three"),
        ("paragraph", "The end came."),
        ("list_item", "1. First."),
        ("list_item", "2. Next."),
    ]


def test_wrapped_lines_are_one_paragraph_and_long_lines_are_many():
    assert kinds("The first of\nthese. It is\nshort.") == [("paragraph", "The first of these. It is short.")]
    long = "This line is long enough. " * 5
    assert [kind for kind, _ in kinds(f"{long}\n{long}\n{long}")] == ["paragraph"] * 3


def test_a_number_at_the_start_of_a_wrapped_line_is_no_list():
    assert kinds("It began on December\n5. The rest is known.") == [
        ("paragraph", "It began on December 5. The rest is known.")
    ]


def test_rules_are_markup():
    assert kinds("One.\n\n---\n\nTwo.\n\n* * *\n\nThree.") == [
        ("paragraph", w) for w in ("One.", "Two.", "Three.")
    ]


def zone(raw, kind, words):
    return Zone(kind=kind, start=raw.index(words), end=raw.index(words) + len(words))


def test_zones_are_left_out_or_blocks_of_their_kind():
    raw = (
        "HEAD\n\n# My title\n\nBy A.\nand B.\n\nROME, 5 May. It was all a\nPage 2\ngreat success. Print this"
    )
    zones = [
        zone(raw, kind, words)
        for kind, words in (
            ("furniture", "Page 2"),
            ("letterhead", "HEAD"),
            ("title", "# My title"),
            ("byline", "By A.\nand B."),
            ("dateline", "ROME, 5 May."),
            ("furniture", "Print this"),
        )
    ]
    assert kinds(raw, zones=zones) == [
        ("title", "My title"),
        ("byline", "By A. and B."),
        ("dateline", "ROME, 5 May."),
        ("paragraph", "It was all a great success."),
    ]
    normal = normalise(raw, zones=zones)
    assert normal.zones[0].kind == "letterhead"
    assert normal.raw[slice(*normal.to_raw(*_find(normal.text, "a great")))] == "a\nPage 2\ngreat"
    assert normal.to_text(0, 4) == (0, 0)


def _find(text, words):
    return text.index(words), text.index(words) + len(words)


@pytest.mark.parametrize(
    "zones",
    [
        [Zone(kind="chapter", start=0, end=1)],
        [Zone(kind="title", start=2, end=2)],
        [Zone(kind="title", start=0, end=9)],
        [Zone(kind="title", start=0, end=3), Zone(kind="byline", start=2, end=4)],
    ],
)
def test_zones_that_make_no_sense_are_refused(zones):
    with pytest.raises(ParseError, match="expected"):
        normalise("abcdef", zones=zones)


@pytest.mark.parametrize("place", [(-1, 2), (2, 1), (0, 99)])
def test_offsets_out_of_range_are_refused(place):
    normal = normalise("abc")
    with pytest.raises(ParseError, match="offsets"):
        normal.to_raw(*place)
    with pytest.raises(ParseError, match="offsets"):
        normal.to_text(*place)


def test_the_map_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        normalise("abc").starts[0] = 1


def test_sections_and_paragraphs_of_sentences():
    raw = "Before. More.\n\n## One\n\nIn one.\n\n## Two\n\n- Label: In two. Still."
    frame = sentences(normalise(raw), "x")
    assert frame.sentence_id.tolist() == [f"x.s00{n}" for n in range(1, 8)]
    assert frame.text.tolist() == ["Before.", "More.", "One", "In one.", "Two", "Label: In two.", "Still."]
    assert frame.section.tolist() == ["", "", "One", "One", "Two", "Two", "Two"]
    assert frame.paragraph.tolist() == [1, 1, 2, 3, 4, 5, 5]
    assert [raw[a:b] for a, b in zip(frame.raw_start, frame.raw_end, strict=True)] == frame.text.tolist()


def test_titles_and_datelines_are_one_sentence():
    raw = "Why? Because. Dr.\n\nText here."
    frame = sentences(normalise(raw, zones=[zone(raw, "title", "Why? Because. Dr.")]), "x")
    assert frame.text.tolist() == ["Why? Because. Dr.", "Text here."]


def test_frames_of_an_empty_text_have_their_columns_and_types():
    frame = sentences(normalise(""), "x")
    assert frame.empty
    assert frame.dtypes.astype(str).to_dict() == {
        **dict.fromkeys(["sentence_id", "source_id", "kind", "section", "text"], "str"),
        **dict.fromkeys(["paragraph", "start", "end", "raw_start", "raw_end"], "int64"),
    }
    assert blocks(normalise("")).empty


PIECES = [
    *("\n", "\n\n", "\r\n", "\r\n\r\n", " ", "  ", "\u00a0", "\x0c", "\u2028", "\t"),
    *("**", "*", "***", "<sup>", "</sup>", "# ", "## ", "- ", "* ", "---", "1. ", "(2) "),
    *("“", "”", "’", "–", "—", "\ufb01", "\ufb03", "\u00ad", "\u200b", "\ufeff", "\u202e", "\u2066", "\0"),
    *(
        "\u0301",
        "é",
        "مرحبا",
        "中文。",
        "😀",
        "Word",
        "word",
        "of",
        "Mr. ",
        "U.S. ",
        "2.5",
        "1988",
        ". ",
        "? ",
        ": ",
    ),
]
RAW = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


@st.composite
def texts(draw):
    """Normalised texts, with zones or without."""
    raw = draw(RAW)
    cuts = sorted(draw(st.sets(st.integers(0, len(raw)), max_size=6)))
    chosen = [
        Zone(kind=draw(st.sampled_from(ZONE_KINDS)), start=a, end=b)
        for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    return normalise(raw, zones=chosen)


@given(texts())
@settings(max_examples=150)
def test_each_character_stands_for_raw_that_normalises_to_it(normal):
    cut = bool(normal.zones)
    for character, start, end in zip(normal.text, normal.starts, normal.ends, strict=True):
        piece = normal.raw[start:end]
        if character == " ":
            assert piece[:1].isspace() or cut or not piece.strip("*#-=_ \t\r\n")
        elif character != "\n":
            assert len(piece) == 1
            assert character in REPLACEMENTS.get(piece, piece)


@given(texts())
@settings(max_examples=150)
def test_the_map_never_goes_back(normal):
    assert len(normal.starts) == len(normal.ends) == len(normal.text)
    assert (normal.starts <= normal.ends).all()
    assert (np.diff(normal.starts) >= 0).all() and (np.diff(normal.ends) >= 0).all()
    same = (normal.starts[1:] == normal.starts[:-1]) & (normal.ends[1:] == normal.ends[:-1])
    assert (same | (normal.ends[:-1] <= normal.starts[1:])).all()


@example(normalise("\u202a#"))
@given(texts())
@settings(max_examples=150)
def test_no_word_is_lost(normal):
    covered = set()
    for start, end in zip(normal.starts, normal.ends, strict=True):
        covered |= set(range(start, end))
    for z in normal.zones:
        if z.kind in LEFT_OUT:
            covered |= set(range(z.start, z.end))
    markup = set("*#-+•‣▪◦·_=<>/") | set("supbiemtrongSUPBIEMTRONG")
    unseen = re.compile(
        rf"[{INVISIBLE}]+[\s{INVISIBLE}]*[-*+•‣▪◦·#]"
    )  # goes with the sign of an item or heading
    for place, character in enumerate(normal.raw):
        if place not in covered:
            before_a_sign = unseen.match(normal.raw, place) is not None
            gone = character.isspace() or REPLACEMENTS.get(character) == ""
            assert gone or character in markup or before_a_sign


@given(texts(), st.data())
@settings(max_examples=150)
def test_to_raw_and_back(normal, data):
    inner = [i for i, character in enumerate(normal.text) if not character.isspace()]
    if not inner:
        return
    first, last = sorted(data.draw(st.tuples(st.sampled_from(inner), st.sampled_from(inner))))
    start, end = normal.to_text(*normal.to_raw(first, last + 1))
    assert start <= first and end >= last + 1
    whole = normal.text[start:first] + normal.text[last + 1 : end]
    assert len(whole) <= 4 and set(whole) <= set("filst")  # only the rest of a ligature at either edge
    assert normal.to_raw(start, end) == normal.to_raw(first, last + 1)


@given(texts(), st.data())
@settings(max_examples=100)
def test_to_text_and_back_covers_the_raw_range_or_loses_only_its_edges(normal, data):
    ends = st.integers(0, len(normal.raw))
    start, end = sorted(data.draw(st.tuples(ends, ends)))
    first, last = normal.to_text(start, end)
    assert 0 <= first <= last <= len(normal.text)
    assert all(normal.ends[:first] <= start)
    assert all(normal.starts[last:] >= end)


@given(texts())
@settings(max_examples=150)
def test_sentences_tile_their_blocks_and_lose_only_white_space(normal):
    frame = sentences(normal, "x")
    table = blocks(normal)
    assert "\n".join(table.text) == normal.text
    assert frame.paragraph.drop_duplicates().tolist() == table.block.tolist()
    at = 0
    for row in frame.itertuples():
        assert row.text == normal.text[row.start : row.end] and row.text == row.text.strip() and row.text
        assert not normal.text[at : row.start].strip()
        assert (row.raw_start, row.raw_end) == normal.to_raw(row.start, row.end)
        at = row.end
    assert not normal.text[at:].strip()


@given(RAW)
@settings(max_examples=100)
def test_normalising_again_keeps_every_word(raw):
    once = normalise(raw)
    words = sentences(once, "x").text
    assert all("\n" not in text and "\u00a0" not in text for text in words)


@pytest.mark.parametrize("unseen", ["\ufeff", "\u200e", "\u200b\ufeff", "\u2060"])
@pytest.mark.parametrize(
    "text",
    [
        "# Report of the consul\n\nText one.",
        "- first item\n- second item",
        "---\n\nText",
        "1. First item.\n2. Second item.",
        "* * *\n\nText",
    ],
)
def test_what_a_reader_does_not_see_hides_no_mark_at_the_beginning(unseen, text):
    plain, marked = normalise(text), normalise(unseen + text)
    assert [kind for kind, *_ in marked.spans] == [kind for kind, *_ in plain.spans]
    assert marked.text.translate({ord(c): None for c in unseen}) == plain.text

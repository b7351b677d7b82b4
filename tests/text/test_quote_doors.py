"""The strict and the near door for quotes: what passes each, by kind of change."""

import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sourcebook.core.errors import AnchorError
from sourcebook.text.guards import find_change
from sourcebook.text.normalise import Zone, normalise
from sourcebook.text.quotes import FLOOR, find_quote
from sourcebook.text.searchable import cuts_word, searchable

PASSAGE = (
    "In March 1990 the Armenian agency in Iran said that five hundred people of Article IV, half of them from "
    "Austria, did not return to the twentieth district of Gambia, that Millions were never allowed to see Johnson, "
    "and that over 1.5 kilometres of the ½ share were owed to Nigeria without delay on the 5th day."
)
TEXT = normalise(f"Some words come first.\n\n{PASSAGE}\n\nOther words follow it.")
CHANGES = {
    "number": [
        ("1990", "1991"),
        ("1990", "199"),
        ("1.5", "15"),
        ("1.5", "1,5"),
        ("5th", "6th"),
        ("five hundred", "three hundred"),
        ("five hundred", "four hundred"),
        ("five hundred", "five thousand"),
        ("five hundred", "five"),
        ("five hundred", "500"),
        ("half of", "all of"),
        ("half of", "most of"),
        ("½", "¼"),
        ("½", "⅔"),
        ("twentieth", "thirtieth"),
        ("twentieth", "twelfth"),
        ("twentieth", "twenty"),
        ("IV", "VI"),
        ("IV", "V"),
        ("March", "May"),
        ("March", "January"),
        ("Millions", "Billions"),
        ("people", "two people"),
        ("over 1.5", "under 1.5"),
        ("over 1.5", "1.5"),
    ],
    "negation": [
        ("did not", "did"),
        ("did not", "did now"),
        ("did not", "didn't"),
        ("did not", "did never"),
        ("never ", ""),
        ("never ", "ever "),
        ("without", "with"),
        ("allowed", "disallowed"),
        ("allowed", "not allowed"),
        ("return", "unreturn"),
        ("were owed", "were not owed"),
        ("people", "no people"),
    ],
    "name": [
        ("Armenian", "Azerbaijani"),
        ("Armenian", "American"),
        ("Iran", "Iraq"),
        ("Austria", "Australia"),
        ("Gambia", "Zambia"),
        ("Nigeria", "Niger"),
        ("Johnson", "Jackson"),
        ("Johnson", "Johnston"),
        ("agency", "Agency of Turkey"),
        ("Armenian agency", "agency"),
        ("see Johnson", "see Lee Johnson"),
        ("Nigeria", "Austria"),
    ],
}
SLIPS = [
    ("agency", "agancy"),
    ("Armenian", "Armenain"),
    ("people", "peple"),
    ("In March", "in march"),
    ("Johnson", "Jonhson"),
    ("five", "fivve"),
    ("did not", "did nott"),
    ("that five", "thatfive"),
    ("Millions", "Milions"),
    ("the Armenian", "theArmenian"),
    ("Austria", "Austira"),
    ("twentieth", "twentyeth"),
    ("of them", "of the"),
    ("district", "distrct"),
]


def near(quote, text=TEXT):
    return find_quote(text, quote, floor=FLOOR)


@pytest.mark.parametrize(
    ("kind", "old", "new"), [(kind, *pair) for kind, pairs in CHANGES.items() for pair in pairs]
)
def test_no_door_lets_another_number_negation_or_name_pass(kind, old, new):
    assert old in PASSAGE
    quote = PASSAGE.replace(old, new, 1)
    with pytest.raises(AnchorError, match="it is not there"):
        find_quote(TEXT, quote)
    with pytest.raises(AnchorError, match="says something else") as caught:
        near(quote)
    assert " for " in str(caught.value), kind


@pytest.mark.parametrize(("old", "new"), SLIPS)
def test_a_slip_of_the_pen_passes_the_near_door_and_not_the_strict_one(old, new):
    assert old in PASSAGE
    quote = PASSAGE.replace(old, new, 1)
    with pytest.raises(AnchorError, match="it is not there"):
        find_quote(TEXT, quote)
    anchor = near(quote)
    assert (anchor.exact, anchor.method) == (PASSAGE, "fuzzy")


PLAIN = ["agency", "district", "share", "people"]
PLACES = [PASSAGE.index(word) + i for word in PLAIN for i in range(len(word))]


@given(st.sampled_from("bcdfghjklm"), st.sampled_from(PLACES))
@settings(max_examples=60, deadline=None)
def test_a_wrong_letter_in_a_plain_word_is_found(letter, at):
    quote = PASSAGE[:at] + letter + PASSAGE[at + 1 :]
    assert near(quote).exact == PASSAGE


@given(st.integers(2, 9999), st.integers(2, 9999))
@settings(max_examples=60, deadline=None)
def test_another_number_never_passes(one, other):
    assume(one != other)
    sentence = "The harbour office counted {} ships on the long quay of the old town in the autumn."
    with pytest.raises(AnchorError):
        near(sentence.format(one), normalise(sentence.format(other)))


@given(
    st.sampled_from(
        sorted(
            [
                "no",
                "not",
                "never",
                "nor",
                "neither",
                "nothing",
                "without",
                "none",
                "nobody",
                "hardly",
                "cannot",
            ]
        )
    ),
    st.data(),
)
@settings(max_examples=60, deadline=None)
def test_a_negation_more_or_less_never_passes(word, data):
    words = [
        "the",
        "old",
        "office",
        "counted",
        "ships",
        "on",
        "the",
        "long",
        "quay",
        "of",
        "the",
        "town",
        "in",
        "the",
        "autumn",
        "of",
        "that",
        "year",
    ]
    at = data.draw(st.integers(1, len(words) - 1))
    more = " ".join([*words[:at], word, *words[at:]])
    for quote, text in ((more, " ".join(words)), (" ".join(words), more)):
        with pytest.raises(AnchorError):
            find_quote(normalise(text), quote, floor=60)


LABELS = [
    ("12a", "12b"), ("12A", "12B"), ("12a", "12"), ("12", "12a"), ("12bis", "12ter"), ("12(a)", "12(b)"),
    ("12(a)", "12"), ("12 b", "12 c"), ("12.a", "12.b"), ("12-a", "12-b"), ("12_a", "12_b"), ("B-12", "C-12"),
    ("b12", "c12"), ("b/12", "c/12"), ("(b)", "(c)"), ("b)", "c)"), ("b.", "c."), ("(iv)", "(vi)"), ("viii", "xiii"),
    ("12abc", "12abd"), ("7x9", "7y9"), ("10 km", "10 cm"), ("5 kg", "5 mg"), ("10 m", "10 bn"), ("10m", "10bn"),
    ("20°C", "20°F"), ("12α", "12β"), ("A/RES/62", "B/RES/62"), ("1980s", "1980"),
]  # fmt: skip
LABELLED = "The committee said that {} of the covenant is to be respected by all states without any delay."


@pytest.mark.parametrize(("old", "new"), [*LABELS, *((new, old) for old, new in LABELS)])
def test_another_letter_next_to_a_digit_or_in_brackets_never_passes(old, new):
    with pytest.raises(AnchorError, match="says something else"):
        near(LABELLED.format(new), normalise(LABELLED.format(old)))


@given(
    st.integers(1, 400),
    st.sampled_from("bcdefgh"),
    st.sampled_from("ijklmn"),
    st.sampled_from(["{}{}", "{}({})", "{} {}", "{}.{}", "{1}{0}"]),
)
@settings(max_examples=80, deadline=None)
def test_another_letter_that_numbers_never_passes(number, one, other, written):
    text, quote = (LABELLED.format("Article " + written.format(number, each)) for each in (one, other))
    assert near(text.replace("committee", "comittee"), normalise(text)).exact == text
    with pytest.raises(AnchorError, match="says something else"):
        near(quote, normalise(text))


def test_what_changed_is_named():
    assert find_change("the town of Bonn fell", "the town of Rome fell", "") == "'Bonn' for 'Rome'"
    assert find_change("it fell", "it did not fall", "") == "nothing for 'not'"
    assert find_change("the same", "the same", "") == ""


CLUSTERS = ["é", "ö", "ş", "서", "울", "ạ̈", "Å", "ậ", "か\u3099", "a", "b", " ", "\n\n", "“", "ç", "İ"]


@given(
    st.lists(st.sampled_from(CLUSTERS), min_size=1, max_size=20), st.sampled_from(["NFC", "NFD"]), st.data()
)
@settings(max_examples=150, deadline=None)
def test_canonically_equivalent_words_are_found_where_they_are(pieces, form, data):
    raw = unicodedata.normalize("NFD" if form == "NFC" else "NFC", "".join(pieces))
    raw = f"x {raw} y"
    text = searchable(normalise(raw))
    whole = text.flat.strip()
    anchor = find_quote(text.normal, unicodedata.normalize(form, whole))
    assert anchor.exact == raw[anchor.start : anchor.end]
    assert (anchor.start, anchor.end) == (0, len(raw))
    at = data.draw(st.integers(0, len(text.flat) - 1))
    start, end = text.to_raw(at, at + 1)
    assert text.to_flat(start, end)[0] <= at < text.to_flat(start, end)[1]


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        ("In 서울에서 they met.", "서울에서"),
        ("The café in Gəncə and Évian closed.", "café in Gəncə and Évian"),
        ("He wrote naïve words.", "naïve"),
        ("In İzmir it rained.", "İzmir"),
        ("Trần Đại Nghĩa came.", "Trần Đại Nghĩa"),
        ("Ångström units", "Ångström"),
        ("Der Höhle nach", "Höhle nach"),
        ("が来た。", "が来た"),
        ("Ἀθῆναι fell.", "Ἀθῆναι"),
        ("Şuşa and **Ağdam**", "Şuşa and Ağdam"),
    ],
)
@pytest.mark.parametrize(("stored", "asked"), [("NFC", "NFD"), ("NFD", "NFC"), ("NFD", "NFD")])
def test_a_quote_in_other_code_points_of_the_same_letters(source, quote, stored, asked):
    raw = unicodedata.normalize(stored, source)
    anchor = find_quote(normalise(raw), unicodedata.normalize(asked, quote))
    assert raw[anchor.start : anchor.end] == anchor.exact
    plain = anchor.exact.replace("**", "")
    assert unicodedata.normalize("NFC", plain) == unicodedata.normalize("NFC", quote)


def test_a_letter_without_its_accent_is_only_part_of_the_word():
    with pytest.raises(AnchorError, match="only part of a word"):
        find_quote(normalise("the cafe\u0301 closed"), "cafe")


@pytest.mark.parametrize(
    ("text", "quote", "start"),
    [
        ("On the heather the sheep", "he sheep", 16),
        ("In heather and the sheep", "the", 15),
        ("art of the party, art", "party", 11),
        ("Armenians and an Armenian", "Armenian", 17),
        ("UNESCO and UN", "UN", 11),
        ("2000 or 200 left", "200", 8),
        ("guaran\u00adteed by a guaran", "guaran", 17),
        ("<b>deport</b>ation or deport", "deport", 22),
        ("是的不是", "不是", 2),
        ("cross-border and border", "cross", 0),
        ("miller's", "miller", 0),
    ],
)
def test_a_place_that_cuts_no_word_comes_first(text, quote, start):
    assert find_quote(normalise(text), quote).start == start


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("heather", "the"),
        ("the party", "art"),
        ("Armenians", "Armenian"),
        ("UNESCO", "UN"),
        ("in 2000", "200"),
        ("unable", "able"),
        ("guaran\u00adteed", "guaran"),
        ("<b>deport</b>ation", "deport"),
        ("İstanbul’da Bakıda", "Bakı"),
        ("१२३४", "१२"),
    ],
)
def test_a_part_of_a_word_is_refused_unless_the_place_is_named(text, quote):
    normal = normalise(text)
    with pytest.raises(AnchorError, match="only part of a word"):
        find_quote(normal, quote)
    start = text.index(quote)
    end = start + len(quote)
    named = find_quote(normal, quote, prefix=text[:start], suffix=text[end:])
    assert named.start == find_quote(normal, quote, search_range=(start, end)).start == start


STORED = [
    "In **the big city of Baku the mayor named** the right to return for all. In **the small town of Kars the "
    "mayor said** the right to return for some.",
    "He said **the right to return** twice. She said **the right to return** once.",
    "One<sup>1</sup> word. Two<sup>1</sup> word. One<sup>1</sup> word.",
    "## The right ##\n\nthe right of all\n\n## The right ##\n\nthe right of none",
    "the right\n\nFURNITURE\n\nthe right\n\nFURNITURE\n\nthe right",
    "* the right\n* the right\n* the right\n",
    "again and again and again and again and again and again and again and again and again and again",
    "***the right*** *the right* **the right** the right",
    '“the right” ‘the right’ "the right" the\u00a0right the\u200b right',
    "cafe\u0301 café cafe\u0301 café",
    "the right\r\n\r\nthe right\r\nthe right\r\n",
]


@pytest.mark.parametrize("raw", STORED)
def test_every_word_of_a_text_is_found_again_by_its_own_stored_context(raw):
    zones = [
        Zone(kind="furniture", start=at, end=at + 9)
        for at in range(len(raw))
        if raw.startswith("FURNITURE", at)
    ]
    _found_again(raw, normalise(raw, zones=zones))


@given(
    st.lists(
        st.sampled_from(
            ["the ", "right", "**", "*", "<sup>", "</sup>", "\n\n", " ", "## ", "é", "e\u0301", "\u00ad", "."]
        ),
        min_size=1,
        max_size=30,
    )
)
@settings(max_examples=150, deadline=None)
def test_every_place_is_found_again_by_its_own_stored_context(pieces):
    raw = "".join(pieces)
    _found_again(raw, normalise(raw))


def _found_again(raw, normal):
    for start in range(0, len(raw), 2):
        for end in (start + 1, start + 5, start + 11):
            try:
                stored = find_quote(normal, raw[start:end], search_range=(start, min(end, len(raw))))
            except AnchorError:
                continue
            again = find_quote(normal, stored.exact, prefix=stored.prefix, suffix=stored.suffix)
            assert (again.start, again.end) == (stored.start, stored.end), (start, end)


def test_a_text_of_one_letter_costs_no_more_than_its_length():
    raw = "a " * 100_000
    with pytest.raises(AnchorError, match=r"in 100000 places: line 1.* more") as caught:
        find_quote(normalise(raw), "a")
    assert len(str(caught.value)) < 1000


def test_what_cuts_a_word():
    assert cuts_word("ab", 0, 1) and not cuts_word("a b", 0, 1) and not cuts_word("ab", 0, 2)

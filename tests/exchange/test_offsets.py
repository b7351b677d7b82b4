"""Places as other tools count them, with characters outside the basic plane, combining marks and line ends."""

from hypothesis import given
from hypothesis import strategies as st

from sourcebook.exchange.offsets import NOWHERE, code_points, code_units, same_lines

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
PIECES = st.sampled_from(["a", "e\u0301", "\r\n", "\n", "\r", "🌉", "\U0001d11e", "👩‍👩‍👧", "İ", "橋", " "])
MIXED = st.lists(st.one_of(PIECES, TEXTS), max_size=30).map("".join)


@given(MIXED)
def test_every_place_is_found_again(text):
    units = code_units(text, range(len(text) + 1))
    assert units.tolist() == [len(text[:n].encode("utf-16-le")) // 2 for n in range(len(text) + 1)]
    assert code_points(text, units).tolist() == list(range(len(text) + 1))


@given(MIXED)
def test_a_place_within_a_character_or_beyond_the_text_is_none(text):
    places = set(code_units(text, range(len(text) + 1)).tolist())
    end = max(places)
    for unit in {*range(end + 3), -1} - places:
        assert code_points(text, [unit]).tolist() == [NOWHERE]
    assert code_units(text, [-1, len(text) + 1]).tolist() == [NOWHERE, NOWHERE]


@given(MIXED, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_texts_that_differ_in_line_ends_alone_have_the_same_places(text, ends, mark):
    text = text.removeprefix("\ufeff")
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    other = ("\ufeff" if mark else "") + plain.replace("\n", ends)
    places = same_lines(text, other)
    assert places is not None
    for start in range(len(text)):
        if text[start] not in "\r\n":
            assert other[places[start]] == text[start]
            assert places[start + 1] - places[start] == 1
    assert places[-1] == len(other)


def test_texts_that_differ_in_words_have_not():
    assert same_lines("the bridge", "the bridges") is None
    assert same_lines("a\n\nb", "a\nb") is None

"""A word that is in a text is found there, whatever it wears, and at its place; what is not there is not found."""

from types import SimpleNamespace

import pandas as pd
import pytest
from disguises import EVERY_BREAK, HARD_BREAKS, SOFT_BREAKS, UNSEEN, planted
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.analysis.agreement import search_evidence, silences
from sourcebook.text import phrases
from sourcebook.text.folding import JOINT
from sourcebook.text.normalise import normalise
from sourcebook.text.phrases import find_phrase
from sourcebook.text.words import phrase_keys, split_words

WORDS = [
    "deportation",
    "guaranteed",
    "widlöcher",
    "irevan",
    "iğdır",
    "refugees",
    "return",
    "əhali",
    "çıxarılma",
    "Шуша",
]
OTHERS = ["bridge", "harvest", "zebra", "ferry"]


def evidence(phrase, text):
    """Search as the pipeline does: over the normalised text of a source."""
    asked = pd.DataFrame({"proposition_id": ["p"], "search": [phrase]})
    found = search_evidence(asked, {"a": SimpleNamespace(normal=normalise(text))})
    sources = pd.DataFrame({"source_id": ["a"], "not_after": [""]})
    nothing = pd.DataFrame({"proposition_id": [], "source_id": [], "topic": [], "reason": []})
    silence = silences(nothing, asked.assign(topic="t", event_id=""), sources, nothing, {}, found)
    return int(found.loc[0, "hits"]), silence.loc[0, "silence"]


@settings(max_examples=200)
@given(st.sampled_from(WORDS), st.integers(0, 10**9))
def test_a_word_in_any_disguise_is_mentioned_and_at_its_place(word, seed):
    text, start, end = planted(word, seed, EVERY_BREAK)
    ((first, last),) = find_phrase(text, word)
    assert evidence(word, text) == (1, "mentioned")
    assert start <= first < last <= end
    assert phrase_keys(text[first:last]) == phrase_keys(text[start:end])


@settings(max_examples=300)
@given(st.sampled_from(WORDS), st.integers(0, 10**9))
def test_a_word_in_a_disguise_with_one_reading_has_one_key(word, seed):
    text, start, end = planted(word, seed, SOFT_BREAKS)
    words = split_words(text)
    at = words.keys.index(phrase_keys(word)[0])
    assert start <= words.starts[at] < words.ends[at] <= end
    assert words.keys.count(phrase_keys(word)[0]) == 1


@settings(max_examples=300)
@given(st.sampled_from(WORDS), st.sampled_from(OTHERS), st.integers(0, 10**9))
def test_no_other_word_is_found(word, other, seed):
    text, _, _ = planted(word, seed, EVERY_BREAK)
    assert not find_phrase(text, other)


@settings(max_examples=300)
@given(
    st.sampled_from(["portation", "aranteed", "fugees", "turn", "heather", "eturn"]), st.integers(0, 10**9)
)
def test_a_word_inside_another_is_not_that_word(inner, seed):
    host = {"heather": "xheathery"}.get(inner, next((w for w in WORDS if w.endswith(inner)), inner))
    text, _, _ = planted(host, seed, SOFT_BREAKS)
    assert not find_phrase(text, inner)


def test_a_letter_in_italics_within_bold_begins_its_word():
    assert not find_phrase("so: ***x*\xadheathery** and", "heather")
    assert find_phrase("so: ***x*\xadheathery** and", "xheather")


@pytest.mark.parametrize("piece", HARD_BREAKS)
def test_a_hyphen_at_the_end_of_a_line_is_read_both_ways(piece):
    text = f"a cross{piece}border talk"
    for phrase in ("cross-border", "crossborder", "cross", "border", "cross-border talk", "a crossborder"):
        assert len(find_phrase(text, phrase)) == 1, phrase
    assert not find_phrase(text, "order")


@pytest.mark.parametrize("piece", SOFT_BREAKS + UNSEEN)
def test_what_is_unseen_is_in_no_word(piece):
    assert split_words(f"the depor{piece}tation of </hi>").keys == ("the", "deportation", "of")


NUMBERS = [
    "200 000", "200\u00a0000", "200\u2009000", "200\u202f000", "200,000", "200.000", "200'000", "200’000", "200000",
    "２００,０００", "2,00,000", "٢٠٠٬٠٠٠", "200,000<sup>1</sup>", "200,000¹", "(200,000)", "200\u2007000", "$200,000",
    "200\n000", "200,\u200b000", "**200**,000", "No.200,000", "200,000-strong",
]  # fmt: skip


@pytest.mark.parametrize("written", NUMBERS)
@pytest.mark.parametrize("asked", ["200,000", "200000", "200 000", "200\u202f000"])
def test_a_number_is_found_however_its_digits_are_grouped(written, asked):
    assert len(find_phrase(f"Some {written} left", asked)) == 1


@pytest.mark.parametrize("written", NUMBERS)
@pytest.mark.parametrize("asked", ["200", "000", "20", "2000", "1200000", "200,0001", "2"])
def test_a_part_of_a_number_is_not_found(written, asked):
    assert not find_phrase(f"Some {written} left", asked)


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("200", "on page 5 200 people", 1),
        ("5200", "on page 5 200 people", 1),
        ("200", "in 1988, 200 left", 1),
        ("1.5", "1.5 or 1.55 or 11.5", 1),
        ("1,234", "about 1.234 of them", 1),
        ("1.234", "about 1.234 of them", 1),
        ("234", "about 1.234 of them", 0),
        ("2", "2½ of them", 0),
        ("1918-21", "1918–21", 1),
        ("3000000", "3.000.000", 1),
        ("000", "1 000 000", 0),
        ("456", "123 456 789", 1),
    ],
)
def test_numbers_that_may_be_one_or_two(asked, text, expected):
    assert len(find_phrase(text, asked)) == expected


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("西阿塞拜疆", "在西阿塞拜疆的人"),
        ("西阿塞拜疆", "在西阿塞\n拜疆的人"),
        ("ガンジャ", "ｶﾞﾝｼﾞｬの町"),
        ("กลับบ้าน", "สิทธิกลับบ้านของเขา"),
        ("ກັບບ້ານ", "ສິດກັບບ້ານ"),
        ("ត្រឡប់", "សិទ្ធិត្រឡប់មកវិញ"),
        ("ပြန်", "အိမ်ပြန်ခွင့်"),
        ("1988", "在1988年"),
        ("baku", "在Baku的"),
        ("한국", "한국 사람"),
        ("محمد", "قال مُحَمَّدٌ"),
        ("שלום", "שָׁלוֹם"),
        ("αθηναι", "Ἀθῆναι"),
        ("हिन्दी", "हिन्दी में"),
        ("می‌خواهم", "من می‌خواهم"),
        ("shusha's", "Shusha\u02bcs people"),
        ("azerbaïdjan", "l’Azerbaïdjan"),
        ("qur'an", "the Qurʾan"),
        ("right of return", "_right_ <b>of</b>\u00a0**re**turn"),
        ("so-called", "so\u2010called"),
        ("cross-border", "cross\u2011border"),
        ("fifth", "ﬁfth"),
    ],
)
def test_scripts_and_signs(asked, text):
    assert evidence(asked, text)[0] == 1
    ((start, end),) = find_phrase(text, asked)
    assert phrase_keys(text[start:end]) == phrase_keys(asked)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("the", "heather"), ("rome", "Jerome"), ("party", "counter\u200bparty"), ("न्दी", "हिन्दी"), ("cafe", "café"),
        ("span", "<span>x</span>"), ("shy", "de&shy;port"), ("sup", "5<sup>th</sup>"), ("return home", "return. Home"),
        ("of return", "of\0return"), ("port", "de<b>port</b>ation"), ("tation", "depor\u00ad\ntation"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(asked, text):
    assert not find_phrase(text, asked)


@settings(max_examples=300)
@given(st.text(), st.text(max_size=6))
def test_any_text_is_searched_and_places_are_in_it(text, phrase):
    find_phrase(phrase, text)
    for start, end in find_phrase(text, phrase):
        assert 0 <= start < end <= len(text)


@given(
    st.text(alphabet=[*"ab \n-é1'.", JOINT, "\u0301", "\x02", "\0"], max_size=14),
    st.sampled_from(["a", "ab", "aba", "a b", "ab a", "b  a", "aa\nb"]),
)
def test_plain_words_end_where_their_pattern_does(text, phrase):
    pattern = phrases._pattern(phrase)
    for place in range(len(text) + 1):
        match = pattern.match(text, place)
        assert phrases._ends(phrase)(text, place) == (match.end() if match else 0)

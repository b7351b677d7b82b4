"""Words and shingles as hashes: one definition, whatever the characters and whoever computes it."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.reuse import kernels
from sourcebook.reuse.hashing import hash_shingles, hash_words
from sourcebook.text.words import fold_words, split_words, track_words

TEXTS = st.lists(
    st.text(
        st.sampled_from("aAbß é-'_.0 \n\tİŉ\u0301\u00ad\u4e2dΣς*<&;>/") | st.characters(exclude_categories=[])
    )
    | st.lists(
        st.sampled_from(["<b>", "</b>", "</hi>", "<HI>", "<BR>", "&shy;", "-\n", "'", "*", "a", "B", " "])
    ).map("".join)
    | st.text("abcdefghijklmnop ", max_size=60),
    max_size=6,
)
COMPILED = [
    False,
    pytest.param(True, marks=pytest.mark.skipif(not kernels.can_compile(), reason="needs the extra fast")),
]


FOLDED = re.compile(r"[^\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+")


def words_of(text):
    return [word.casefold() for word in FOLDED.findall(fold_words(text, whole=False))]


@pytest.mark.parametrize("compiled", COMPILED)
@given(texts=TEXTS)
def test_two_words_have_one_hash_where_their_folded_forms_are_the_same(compiled, texts):
    found = hash_words(texts, compiled=compiled)
    words = [words_of(text) for text in texts]
    assert np.diff(found.first).tolist() == [len(each) for each in words]
    flat = [word for each in words for word in each]
    assert len(dict(zip(flat, found.hashes.tolist(), strict=True))) == len(set(found.hashes.tolist()))
    assert len(set(zip(flat, found.hashes.tolist(), strict=True))) == len(set(flat))


@pytest.mark.parametrize("compiled", COMPILED)
@given(texts=TEXTS)
def test_places_are_code_points_of_the_text_as_it_was(compiled, texts):
    found = hash_words(texts, offsets=True, whole=True, compiled=compiled, block=8)
    for number, text in enumerate(texts):
        span = slice(found.first[number], found.first[number + 1])
        places = list(zip(found.starts[span].tolist(), found.ends[span].tolist(), strict=True))
        words = split_words(text)
        assert places == list(zip(words.starts, words.ends, strict=True))


@given(texts=TEXTS)
def test_a_fold_is_the_same_with_places_and_without(texts):
    for text in texts:
        for whole in (False, True):
            folded = track_words(text, whole=whole)
            assert FOLDED.findall(folded.text) == FOLDED.findall(fold_words(text, whole=whole))


@given(texts=TEXTS, block=st.integers(1, 200))
def test_neither_the_neighbours_nor_the_blocks_nor_the_compiler_change_a_hash(texts, block):
    whole = hash_words(texts)
    alone = [hash_words([text]).hashes for text in texts]
    assert whole.hashes.tolist() == [value for each in alone for value in each.tolist()]
    assert hash_words(texts, block=block).hashes.tolist() == whole.hashes.tolist()
    if kernels.can_compile():
        assert hash_words(texts, compiled=True).hashes.tolist() == whole.hashes.tolist()


@given(texts=TEXTS, ngram=st.integers(1, 6))
def test_shingles_are_equal_where_their_words_are(texts, ngram):
    found = hash_shingles(hash_words(texts), ngram)
    expected = []
    for text in texts:
        words = words_of(text)
        runs = [tuple(words[k : k + ngram]) for k in range(max(len(words) - ngram + 1, bool(words)))]
        expected.append(runs)
    assert np.diff(found.first).tolist() == [len(runs) for runs in expected]
    flat = [run for runs in expected for run in runs]
    assert len(set(zip(flat, found.hashes.tolist(), strict=True))) == len(set(flat))
    assert len(set(found.hashes.tolist())) == len(set(flat))


def test_a_short_text_is_one_shingle_that_differs_from_a_longer_one_with_these_words():
    words = hash_words(["a b", "a b c", "b a", "a", "", "a b c d"])
    found = hash_shingles(words, 3)
    assert np.diff(found.first).tolist() == [1, 1, 1, 1, 0, 2]
    assert len(set(found.hashes.tolist())) == 5  # "a b c" is also the first shingle of "a b c d"


def test_long_words_differ_at_any_place():
    words = ["x" * 40, "x" * 39, "x" * 41, "x" * 32, "x" * 8, "x" * 39 + "y", "y" + "x" * 39, "x" * 20 + "y"]
    assert len(set(hash_words([" ".join(words)]).hashes.tolist())) == len(words)


def test_no_character_beyond_ascii_changes_sides_when_folded():
    """Folded again, every character stays as it is, in a word or between words."""
    for number in range(128, 0x30000):
        folded = fold_words(chr(number)).casefold()
        assert fold_words(folded).casefold().split() == folded.split()
        assert all(kernels.TABLE[byte] for byte in folded.replace(" ", "").encode("utf-8", "surrogatepass"))


def test_a_shingle_has_at_least_one_word():
    with pytest.raises(ValueError, match="ngram"):
        hash_shingles(hash_words(["a"]), 0)

"""Words read from bytes are those read one by one."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.reuse.text_arrays import hash_keys, read_texts
from sourcebook.text.words import split_words

ODD = [
    "'",
    "’",
    "ʼ",
    "_",
    "–",
    "“",
    "é",
    "e\u0301",
    "\u00ad",
    "Ⅷ",
    "⑴",
    "½",
    "昔",
    "ß",
    "İ",
    "\n",
    "x",
    "9",
    " ",
    "a",
]
texts = st.lists(
    st.one_of(st.text(max_size=30), st.lists(st.sampled_from(ODD), max_size=25).map("".join)), max_size=6
)


@settings(max_examples=300)
@given(texts)
def test_bytes_and_characters_give_the_same_words(some):
    read = read_texts(some)
    words = [split_words(text) for text in some]
    assert read.sizes.tolist() == [len(each.keys) for each in words]
    assert read.starts.tolist() == [start for each in words for start in each.starts]
    assert read.ends.tolist() == [end for each in words for end in each.ends]
    np.testing.assert_array_equal(read.keys, hash_keys([key for each in words for key in each.keys]))
    assert not (read.keys & np.uint64(1)).any()


def test_an_apostrophe_of_either_kind_or_none_is_one_word():
    keys = read_texts(["Don't", "don’t dont", "'dont'", "don_t"]).keys
    assert len(set(keys[:4].tolist())) == 1
    assert len(set(keys.tolist())) == 3  # and "don" and "t"


def test_words_that_differ_have_different_hashes():
    assert len(set(hash_keys([f"w{n}" for n in range(50_000)]).tolist())) == 50_000

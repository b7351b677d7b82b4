"""Which words a text has: the cases that the library and the browser have in common."""

import json
from pathlib import Path

import pytest

from sourcebook.text.words import phrase_keys, split_words

CASES = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "keys"), CASES)
def test_words_of_a_text(text, keys):
    words = split_words(text)
    assert list(words.keys) == keys
    assert phrase_keys(text) == words.keys
    for key, start, end in zip(words.keys, words.starts, words.ends, strict=True):
        assert key in phrase_keys(text[start:end] + "</hi></w>")

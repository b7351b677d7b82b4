"""Sentences and headings, on lines whose answer can be read off."""

from itertools import pairwise

import pytest

from sourcebook.text.sentences import ends_sentence, looks_like_heading, sentence_starts, starts_low


def cut(text):
    starts = [*sentence_starts(text), len(text)]
    return [text[a:b].strip() for a, b in pairwise(starts)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two. Three.", 3),
        ("Mr. Lee met Dr. Ray.", 1),
        ("She has a Ph.D. in law. He has none.", 2),
        ("The U.S. Congress met.", 1),
        ("They left the U.S. The rest stayed.", 2),
        ("It cost 1.5 million. Or 200,000.", 2),
        ("On Nov. 22 it began.", 1),
        ("See Art. 13 and No. 5.", 1),
        ("He said no. They left.", 2),
        ('He said "stop." They stopped.', 2),
        ("He asked “why?” and left.", 1),
        ("(It was so.) It is not.", 2),
        ("First... then nothing. Then more.", 2),
        ("J. K. Lee wrote it.", 1),
        ("1. The first point. It is short.", 2),
        ("in 1988. It was cold.", 2),
        ("是的。不是！对？", 3),
        ("No stop at all", 1),
        ("Really?! Yes.", 2),
        ("It ended. – Said who?", 2),
        ("", 1),
        ("...", 1),
    ],
)
def test_sentences_are_cut_where_they_end(text, count):
    pieces = cut(text)
    assert len(pieces) == count, pieces
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_where_each_sentence_begins():
    assert sentence_starts("Ab. Cd.  Ef.") == [0, 4, 9]


def test_a_long_sentence_is_judged_by_the_words_next_to_its_stop():
    assert len(cut("word " * 500 + "by Mr. Lee. " + "Word " * 500)) == 2


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("It is done.", "Then", True),
        ('as he said: "it is done."', "", True),
        ("the outcomes were:", "one", True),
        ("the underlying causes of", "the war", False),
        ("spoke to Mr.", "Lee", False),
        ("", "x", False),
    ],
)
def test_whether_a_block_ends_its_sentence(before, after, expected):
    assert ends_sentence(before, after) is expected


@pytest.mark.parametrize(
    ("words", "after", "expected"),
    [
        ("Historical Background", "The first", True),
        ("Neighbours' Silence", "The first", True),
        ("Later effects", "The first", True),
        ("A man known in all of the towns of the north and the east is Mayor", "Lee. With him", False),
        ("Historical Background", "and then", False),
        ("The result of", "War is", False),
        ("An end.", "The first", False),
        ("historical background", "The first", False),
        ("Historical Background", "", False),
        ("", "The first", False),
    ],
)
def test_whether_a_block_is_a_heading(words, after, expected):
    assert looks_like_heading(words, after) is expected


def test_the_first_letter_decides_whether_a_block_starts_low():
    assert starts_low("“and") and starts_low("—") and not starts_low("(The") and not starts_low("12 and")

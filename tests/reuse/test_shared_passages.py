"""Planted copies with known places, texts that only look alike, and properties of the passages."""

from __future__ import annotations

import random
from functools import partial

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sourcebook import reuse
from sourcebook.core.errors import DataError

shared_passages = partial(reuse.shared_passages, mode="verbatim")

PASSAGE = "the mill by the river burned down on the night before the harvest feast"
BEFORE = "Nobody in our village remembers who first said that"
AFTER = "although several letters in her drawer suggest otherwise"
OTHER_BEFORE = "According to an old almanac printed far away,"
OTHER_AFTER = "and three years passed until anyone rebuilt it."


def pair(one, other, **settings):
    return shared_passages(
        {"a": f"{BEFORE} {one} {AFTER}", "b": f"{OTHER_BEFORE} {other} {OTHER_AFTER}"}, **settings
    )


def columns(frame, *names):
    return frame[list(names)].to_numpy().tolist()


class TestPlanted:
    def test_verbatim_with_exact_offsets(self):
        texts = {"a": f"{BEFORE} {PASSAGE}, {AFTER}", "b": f"{OTHER_BEFORE} {PASSAGE.upper()} {OTHER_AFTER}"}
        found = shared_passages(texts)
        assert columns(found, "exact_a", "exact_b", "words", "content_words", "similarity", "kind") == [
            [PASSAGE, PASSAGE.upper(), 14, 14, 1.0, "verbatim"]
        ]
        assert found.loc[0, "start_a"] == len(BEFORE) + 1
        assert found.loc[0, "end_b"] == len(OTHER_BEFORE) + 1 + len(PASSAGE)

    def test_one_word_changed(self):
        edited = PASSAGE.replace("burned", "fell")
        found = pair(PASSAGE, edited)
        # 13 of 14 words in each: 26 / 28.
        assert columns(found, "exact_a", "exact_b", "words", "similarity", "kind") == [
            [PASSAGE, edited, 13, round(26 / 28, 6), "edited"]
        ]

    def test_one_word_inserted(self):
        edited = PASSAGE.replace("the night", "the very night")
        found = pair(PASSAGE, edited)
        assert columns(found, "exact_a", "exact_b", "words", "similarity", "kind") == [
            [PASSAGE, edited, 14, round(28 / 29, 6), "edited"]
        ]

    def test_edit_near_the_end_is_stepped_over(self):
        edited = PASSAGE.replace("before", "of")
        assert columns(pair(PASSAGE, edited), "exact_b", "words") == [[edited, 13]]

    def test_edit_near_the_beginning_is_stepped_over(self):
        edited = PASSAGE.replace("by", "at")
        assert columns(pair(PASSAGE, edited), "exact_b", "words") == [[edited, 13]]

    def test_reordered_words_are_no_passage(self):
        words = PASSAGE.split()
        random.Random(4).shuffle(words)
        assert pair(PASSAGE, " ".join(words)).empty

    def test_too_short_is_no_passage(self):
        assert pair("the mill by the river", "the mill by the river").empty
        assert len(pair("the mill by the river", "the mill by the river", min_words=5)) == 1

    def test_words_that_are_only_similar_are_no_passage(self):
        assert pair("the mills by these rivers burning down", "the mill by the river burned down").empty

    def test_punctuation_case_and_apostrophes_do_not_matter(self):
        found = pair("the miller’s house, by the River: burned", "The miller's house — by the river burned")
        assert columns(found, "exact_a", "words", "kind") == [
            ["the miller’s house, by the River: burned", 7, "verbatim"]
        ]

    def test_composed_and_decomposed_letters_are_one(self):
        found = pair("le café du port brûla en été", "le cafe\u0301 du port bru\u0302la en e\u0301te\u0301")
        assert columns(found, "exact_b", "words") == [
            ["le cafe\u0301 du port bru\u0302la en e\u0301te\u0301", 7]
        ]

    def test_script_without_spaces(self):
        found = shared_passages({"a": "昔々人類命運共同体研究院で", "b": "北京の人類命運共同体研究院"})
        assert columns(found, "exact_a", "words") == [["人類命運共同体研究院", 10]]

    def test_a_verbatim_passage_between_unlike_words_is_not_lost_in_a_chain(self):
        # Two short runs far from alike around one passage: the chain is split, the passage stays.
        one = f"we all saw this x1 x2 x3 x4 x5 x6 {PASSAGE} y1 y2 y3 y4 y5 y6 as we went home"
        other = f"we all saw this {PASSAGE} as we went home"
        found = pair(one, other, min_similarity=0.9)
        assert columns(found, "exact_a", "kind") == [[PASSAGE, "verbatim"]]

    def test_repeated_in_one_text_gives_both_places(self):
        found = shared_passages({"a": PASSAGE, "b": f"{PASSAGE}. {AFTER} {OTHER_BEFORE} {PASSAGE}"})
        assert found["exact_b"].tolist() == [PASSAGE, PASSAGE]
        assert found["start_b"].is_unique

    def test_three_texts_in_the_given_order(self):
        found = shared_passages({"z": PASSAGE, "m": f"{BEFORE} {PASSAGE}", "a": f"{PASSAGE} {AFTER}"})
        assert columns(found, "source_a", "source_b") == [["z", "m"], ["z", "a"], ["m", "a"]]

    def test_verbatim_only(self):
        edited = PASSAGE.replace("burned", "fell")
        found = pair(PASSAGE, edited, min_similarity=1)
        assert columns(found, "exact_a", "kind") == [
            ["down on the night before the harvest feast", "verbatim"]
        ]


class TestExcluded:
    NAME = "Third Conference of the River Valley Mill Owners"

    def test_a_shared_name_alone_is_no_passage(self):
        assert len(pair(self.NAME, self.NAME)) == 1
        assert pair(self.NAME, self.NAME, exclude=[self.NAME]).empty

    def test_a_name_inside_a_passage_does_not_count(self):
        sentence = f"all the guests of the {self.NAME} went home by boat"
        found = pair(sentence, sentence, exclude=[self.NAME.lower()])
        assert columns(found, "exact_a", "words", "content_words") == [[sentence, 17, 9]]

    def test_a_frequent_shingle_starts_no_passage(self):
        texts = {name: f"{name}{name} {PASSAGE}" for name in "abc"}
        assert len(shared_passages(texts)) == 3
        assert shared_passages(texts, max_document_frequency=2).empty


class TestFrames:
    def test_frame_and_mapping_give_the_same(self):
        texts = {"a": f"{PASSAGE} {AFTER}", "b": f"{BEFORE} {PASSAGE}"}
        frame = pd.DataFrame({"source_id": list(texts), "text": list(texts.values())})
        pd.testing.assert_frame_equal(shared_passages(frame), shared_passages(texts))

    def test_empty_results_keep_their_types(self):
        full = shared_passages({"a": PASSAGE, "b": PASSAGE})
        for texts in ({}, {"a": PASSAGE}, {"a": "", "b": PASSAGE}, {"a": BEFORE, "b": PASSAGE}):
            empty = shared_passages(texts)
            assert empty.empty
            assert empty.dtypes.equals(full.dtypes)

    def test_errors(self):
        with pytest.raises(DataError, match="source_id"):
            shared_passages(pd.DataFrame({"name": ["a"], "text": ["x"]}))
        with pytest.raises(DataError, match="'a' again"):
            shared_passages(pd.DataFrame({"source_id": ["a", "a"], "text": ["x", "y"]}))
        with pytest.raises(ValueError, match=r"ngram.*min_similarity"):
            shared_passages({}, ngram=0, min_similarity=0)
        with pytest.raises(ValueError, match=r"min_words: expected a whole number of at least 1; found 2\.5"):
            shared_passages({}, min_words=2.5)
        with pytest.raises(ValueError, match="exclude: expected several phrases"):
            shared_passages({}, exclude="the old bridge")
        for text in (None, 5):
            with pytest.raises(DataError, match="texts:2:text: expected a text"):
                shared_passages({"a": PASSAGE, "b": text})

    @pytest.mark.parametrize("pair", ["ab", ("a",), ("a", "b", "c")])
    def test_what_is_no_pair(self, pair):
        with pytest.raises(DataError, match="pairs:1: expected two source ids"):
            shared_passages({"a": PASSAGE, "b": PASSAGE}, pairs=[pair])


few_words = st.lists(st.sampled_from(["al", "be", "ce", "du", "el"]), max_size=25)
many_words = st.lists(st.integers(0, 300).map(lambda n: f"w{n}"), max_size=30)
joiner = st.sampled_from([" ", ", ", "\n", " — ", "** "])


def covers(frame, start_a, end_a, start_b, end_b):
    inside = (
        (frame["start_a"] <= start_a)
        & (frame["end_a"] >= end_a)
        & (frame["start_b"] <= start_b)
        & (frame["end_b"] >= end_b)
    )
    return bool(inside.any())


class TestProperties:
    @settings(max_examples=150)
    @given(
        st.one_of(few_words, many_words),
        st.one_of(few_words, many_words),
        st.one_of(few_words, many_words),
        st.one_of(few_words, many_words),
        st.lists(st.sampled_from(["al", "be", "ce", "fo", "gu", "ha"]), min_size=6, max_size=14),
        joiner,
    )
    def test_a_copied_passage_is_always_found(self, a0, a1, b0, b1, passage, glue):
        copied = glue.join(passage)
        left, other_left = " ".join([*a0, ""]), " ".join([*b0, ""])
        texts = {
            "a": left + copied + " ".join(["", *a1]),
            "b": other_left + " ".join(passage) + " ".join(["", *b1]),
        }
        found = shared_passages(texts)
        assert covers(
            found,
            len(left),
            len(left) + len(copied),
            len(other_left),
            len(other_left) + len(" ".join(passage)),
        )

    @settings(max_examples=80)
    @given(st.lists(few_words, min_size=2, max_size=4), joiner)
    def test_slices_and_bounds(self, texts, glue):
        by_id = {f"s{i}": glue.join(words) for i, words in enumerate(texts)}
        found = shared_passages(by_id, min_words=5)
        for row in found.itertuples():
            assert by_id[row.source_a][row.start_a : row.end_a] == row.exact_a
            assert by_id[row.source_b][row.start_b : row.end_b] == row.exact_b
            assert row.words >= row.content_words >= 5
            assert 0.6 <= row.similarity <= 1
            assert (row.kind == "verbatim") == (row.similarity == 1)
            assert row.source_a < row.source_b

    @settings(max_examples=80)
    @given(few_words, few_words)
    @example(["al", "be", "al", "be", "be", "be"], ["al", "be", "al", "be", "al", "be", "be"])
    def test_swapping_the_texts_swaps_the_sides(self, one, other):
        texts = {"a": " ".join(one), "b": " ".join(other)}
        there = shared_passages(texts)
        back = shared_passages(dict(reversed(texts.items())))
        sides = [f"{name}_{{}}" for name in ("source", "start", "end", "exact")]
        names = {s.format(x): s.format(y) for s in sides for x, y in (("a", "b"), ("b", "a"))}
        swapped = back.rename(columns=names)[there.columns]
        order = ["start_a", "start_b", "end_a", "end_b"]
        pd.testing.assert_frame_equal(
            there.sort_values(order, ignore_index=True), swapped.sort_values(order, ignore_index=True)
        )

    @settings(max_examples=40)
    @given(few_words, few_words)
    def test_no_passage_lies_inside_another(self, one, other):
        found = shared_passages({"a": " ".join(one), "b": " ".join(other)})
        for row in found.itertuples():
            others = found.drop(index=row.Index)
            assert not covers(others, row.start_a, row.end_a, row.start_b, row.end_b)

    def test_inputs_are_not_changed(self):
        frame = pd.DataFrame({"source_id": ["a", "b"], "text": [PASSAGE, PASSAGE]})
        before = frame.copy()
        shared_passages(frame)
        pd.testing.assert_frame_equal(frame, before)

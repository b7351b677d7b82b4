"""The same passages however the work is cut, on whichever engine, compiled or not."""

import random
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from sourcebook import reuse
from sourcebook.reuse import kernels, matching, seeds
from sourcebook.reuse.alignment import align_pairs
from sourcebook.reuse.scan import gather, scan
from sourcebook.reuse.seeds import Postings, Search, find_postings, find_runs
from sourcebook.reuse.stream import guard_keys, mark_phrases, spread_keys, stream_from
from sourcebook.reuse.subsequence import by_table, common_words
from sourcebook.reuse.text_arrays import read_texts

shared_passages = partial(reuse.shared_passages, mode="verbatim")

texts = st.lists(st.lists(st.sampled_from(list("abcdefgh")), max_size=40).map(" ".join), max_size=6)
searches = st.builds(
    Search,
    min_words=st.integers(3, 8),
    ngram=st.integers(1, 3),
    max_gap=st.integers(0, 6),
    max_document_frequency=st.integers(2, 6),
    max_repeats=st.integers(1, 9),
)


def stream_of(some, search):
    guards = guard_keys(0, search.guard), guard_keys(9999, search.guard)
    keys = np.concatenate([guards[0], spread_keys(read_texts(some), 500), guards[1]])
    return stream_from(keys, search.guard)


def runs_in_parts(stream, search, parts, find=find_runs):
    found = [find_postings(stream, part, parts, search, False) for part in range(parts)]
    active = np.zeros(stream.keys.size, dtype=bool)
    for each in found:
        active[each.places] = True
    runs = np.concatenate([find(stream, each, active, search, False) for each in found])
    return {tuple(run) for run in runs.tolist()}


def by_loops(stream, part, active, search, fast):
    count = int((part.ends - 1 - np.arange(part.ends.size)).sum())
    out = np.zeros((count, 4), dtype=np.int64)
    limits = 0, part.places.size, search.min_words, search.ngram, search.max_gap
    return out[: scan(stream.keys, stream.texts, part.places, part.ends, active, *limits, out)]


@settings(max_examples=150)
@given(texts, searches, st.integers(2, 7))
def test_parts_do_not_change_the_runs(some, search, parts):
    stream = stream_of(some, search)
    assert runs_in_parts(stream, search, parts) == runs_in_parts(stream, search, 1)


@settings(max_examples=150)
@given(texts, searches)
def test_loops_and_arrays_find_the_same_runs(some, search):
    stream = stream_of(some, search)
    assert runs_in_parts(stream, search, 1, by_loops) == runs_in_parts(stream, search, 1)


@settings(max_examples=100)
@given(texts, st.integers(1, 4), st.integers(1, 5))
def test_loops_and_arrays_gather_the_same_shingles(some, ngram, parts):
    search = Search(min_words=4, ngram=ngram, max_gap=0, max_document_frequency=2, max_repeats=2)
    stream = stream_of(some, search)
    for part in range(parts):
        places, hashes = np.zeros(stream.keys.size, np.int64), np.zeros(stream.keys.size, np.uint64)
        with np.errstate(over="ignore"):
            count = gather(stream.keys, ngram, part, parts, places, hashes)
        there = seeds._collect(stream, part, parts, ngram)
        assert [places[:count].tolist(), hashes[:count].tolist()] == [each.tolist() for each in there]


@settings(max_examples=150)
@given(texts, searches)
def test_runs_are_as_long_as_the_words_agree(some, search):
    stream = stream_of(some, search)
    for a, b, length, _ in runs_in_parts(stream, search, 1):
        assert stream.texts[a] < stream.texts[b]
        assert length >= search.ngram
        assert (stream.keys[a : a + length] == stream.keys[b : b + length]).all()
        assert stream.keys[a - 1] != stream.keys[b - 1]
        assert stream.keys[a + length] != stream.keys[b + length]


@settings(max_examples=300)
@given(st.lists(st.integers(0, 5), max_size=30), st.lists(st.integers(0, 5), max_size=30))
def test_both_ways_to_a_common_subsequence_take_the_same_words(one, other):
    keys, edges = one + other, (0, len(one), len(one), len(one) + len(other))
    there, here = common_words(keys, *edges), by_table(keys, *edges)
    assert [each.tolist() for each in there] == [each.tolist() for each in here]
    assert len(there[0]) == LCSseq.similarity(one, other)
    assert [keys[k] for k in there[0]] == [keys[k] for k in there[1]]


def test_repeats_and_frequent_shingles_are_bounded():
    search = Search(min_words=2, ngram=2, max_gap=0, max_document_frequency=2, max_repeats=2)
    stream = stream_of(["x y x y x y", "x y", "p q", "p q", "p q"], search)
    found = find_postings(stream, 0, 1, search, False)
    # "x y" stands in two texts, three times in the first, of which two count; "p q" in three texts.
    assert [(int(t), int(p)) for t, p in zip(stream.texts[found.places], found.places, strict=True)] == [
        (0, search.guard),
        (0, search.guard + 2),
        (1, search.guard + 7),
    ]
    assert found.ends.tolist() == [3, 3, 3]


def corpus(number=60, seed=3):
    rng = random.Random(seed)
    words = [f"w{rng.randrange(40)}" for _ in range(400)]
    out = {}
    for k in range(number):
        at = rng.randrange(300)
        copied = [w if rng.random() < 0.9 else "new" for w in words[at : at + rng.randrange(5, 60)]]
        out[f"t{k}"] = " ".join([*(f"u{rng.randrange(300)}" for _ in range(20)), *copied, f"– é{k} ’"])
    return out


@pytest.fixture(scope="module")
def expected():
    return shared_passages(corpus())


def test_little_memory_does_not_make_ever_more_parts(expected, monkeypatch):
    monkeypatch.setattr(matching, "MOST_PARTS", 7)
    seen = []
    found = shared_passages(corpus(), memory=1, progress=lambda *args: seen.append(args))
    assert seen[0] == ("shared shingles", 1, 7)
    pd.testing.assert_frame_equal(found, expected)


def test_memory_does_not_change_the_result(expected, monkeypatch):
    cut = []
    inner = matching.find_postings
    monkeypatch.setattr(matching, "find_postings", lambda *a: cut.append(a[1:3]) or inner(*a))
    pd.testing.assert_frame_equal(shared_passages(corpus(), memory="30KB"), expected)
    assert len(cut) > 5
    assert len(expected) > 100


@pytest.mark.slow
def test_compiled_code_does_not_change_the_result(expected, monkeypatch):
    pytest.importorskip("numba")
    monkeypatch.setattr(matching, "MANY", 0)
    pd.testing.assert_frame_equal(shared_passages(corpus()), expected)
    monkeypatch.setattr(kernels, "can_compile", lambda: False)
    pd.testing.assert_frame_equal(shared_passages(corpus()), expected)


def test_the_order_of_the_texts_changes_only_the_sides(expected):
    some = corpus()
    names = list(some)
    random.Random(1).shuffle(names)
    back = shared_passages({name: some[name] for name in names})

    def plain(frame):
        rows = frame[["source_a", "start_a", "end_a", "source_b", "start_b", "end_b", "words"]].to_numpy()
        return sorted((*sorted([tuple(row[:3]), tuple(row[3:6])]), row[6]) for row in rows.tolist())

    assert plain(back) == plain(expected)


def test_pairs_are_those_of_the_whole(expected):
    pairs = [("t3", "t4"), ("t9", "t1"), ("t5", "t5")]
    some = shared_passages(corpus(), pairs=pairs)
    chosen = expected[
        [
            (a, b) in {("t3", "t4"), ("t1", "t9")}
            for a, b in zip(expected.source_a, expected.source_b, strict=True)
        ]
    ]
    pd.testing.assert_frame_equal(some, chosen.reset_index(drop=True))


@pytest.mark.dask
@pytest.mark.parametrize("mode", ["verbatim", "edited", "paraphrase"])
def test_dask_gives_the_same(mode):
    pytest.importorskip("distributed")
    here = shared_passages(corpus(40), mode=mode, memory="100KB")
    there = shared_passages(corpus(40), mode=mode, memory="100KB", engine="dask")
    pd.testing.assert_frame_equal(there, here)
    assert len(here)


@settings(max_examples=60)
@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40),
    st.sampled_from(["é", "’", "\u0301", "İ", "昔", "ﬁ", "\U0001f600", "\r\n", "\u00ad"]),
)
def test_hostile_text_keeps_its_places(before, after, odd):
    passage = f"nine words{odd} of no great{odd} interest stand in here twice"
    some = {"a": before + " | " + passage + " | " + after, "b": odd * 3 + " | " + passage}
    found = shared_passages(some)
    assert len(found)
    for row in found.itertuples():
        assert some[row.source_a][row.start_a : row.end_a] == row.exact_a
        assert some[row.source_b][row.start_b : row.end_b] == row.exact_b
    start = len(before) + 3
    assert (found["start_a"] <= start).any()
    assert (found["end_a"] >= start + len(passage)).any()


def test_a_long_edited_text_is_aligned_in_pieces():
    rng = random.Random(5)
    one = [f"w{rng.randrange(5000)}" for _ in range(9000)]
    other = [f"x{rng.randrange(5000)}" if rng.random() < 0.04 else word for word in one]
    found = shared_passages({"a": " ".join(one), "b": " ".join(other)})
    assert len(found) == 1
    same = sum(x == y for x, y in zip(one, other, strict=True))
    assert same <= found.loc[0, "words"] <= same + 20


def test_phrases_are_marked_wherever_they_stand():
    read = read_texts(["the old mill, the OLD mill house", "old mill"])
    assert mark_phrases(read.keys, ["Old Mill", "house"]).tolist() == [0, 1, 1, 0, 1, 1, 1, 1, 1]
    assert mark_phrases(read.keys, ["", "…"]).sum() == 0


def test_empty_postings_and_no_runs():
    none = np.zeros(0, dtype=np.int64)
    search = Search(min_words=2, ngram=2, max_gap=0, max_document_frequency=2, max_repeats=2)
    stream = stream_of(["", "a"], search)
    assert (
        find_runs(
            stream, Postings(places=none, ends=none), np.zeros(stream.keys.size, bool), search, False
        ).size
        == 0
    )
    found, pairs = align_pairs([1, 2], [0, 0], np.zeros((0, 3), np.int64), np.zeros(1, np.int64), 6, 0.6)
    assert found.shape == (0, 6)
    assert pairs.size == 0

"""Near-duplicates are those that comparing the sets of shingles would give, whoever computes them."""

import json
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from corpora import families, jaccard, shingle_set, true_pairs
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.core.errors import DataError
from sourcebook.reuse import duplicate_candidates, duplicates, near_duplicates
from sourcebook.reuse.inputs import Texts
from sourcebook.reuse.kernels import can_compile
from sourcebook.reuse.sketches import sketch_size, sketches

WORDS = st.lists(st.sampled_from(["a", "B", "b", "c", "déjà", "x-y"]), max_size=12)
TEXTS = st.dictionaries(st.text("pqrst", min_size=1, max_size=3), WORDS.map(" ".join), max_size=7)
needs_numba = pytest.mark.skipif(not can_compile(), reason="needs the extra fast")


def by_sets(texts, ngram, threshold):
    """Return pairs and their similarity in the plainest way."""
    sets = {name: shingle_set(text, ngram) for name, text in texts.items()}
    found = [(a, b, jaccard(sets[a], sets[b])) for a, b in combinations(texts, 2) if sets[a] and sets[b]]
    return [(a, b, round(value, 6)) for a, b, value in found if value >= threshold]


def rows(frame):
    return list(frame.itertuples(index=False, name=None))


@pytest.fixture(scope="module")
def corpus():
    """Four hundred texts, a third of them edited copies."""
    made = [(f"t{k}", family, text) for k, (family, text) in enumerate(families(400, seed=5, share=0.35))]
    texts = {name: text for name, _, text in made}
    return texts, true_pairs(made)


@given(texts=TEXTS, ngram=st.integers(1, 3), threshold=st.sampled_from([0.1, 0.3, 0.5, 0.8, 1.0]))
def test_small_corpora_give_what_comparing_all_sets_gives(texts, ngram, threshold):
    """A sketch of a short text is the whole text, so nothing is left to chance."""
    found = near_duplicates(texts, ngram=ngram, threshold=threshold)
    assert rows(found) == by_sets(texts, ngram, threshold)


def test_a_corpus_gives_what_comparing_all_sets_gives(corpus):
    texts, known = corpus
    found = near_duplicates(texts)
    assert rows(found) == by_sets(texts, 5, 0.5)
    assert {(min(a, b), max(a, b)) for a, b, _ in rows(found)} == known
    assert len(known) > 50


@settings(max_examples=30)
@given(texts=TEXTS, seed=st.randoms(use_true_random=False))
def test_the_order_of_texts_changes_only_who_is_a(texts, seed):
    names = list(texts)
    seed.shuffle(names)
    found = near_duplicates({name: texts[name] for name in names}, ngram=2)
    first = near_duplicates(texts, ngram=2)
    assert {(frozenset((a, b)), value) for a, b, value in rows(found)} == {
        (frozenset((a, b)), value) for a, b, value in rows(first)
    }


@given(texts=TEXTS, ngram=st.integers(1, 3))
def test_threshold_1_finds_equal_sets(texts, ngram):
    found = near_duplicates(texts, ngram=ngram, threshold=1.0)
    sets = {name: shingle_set(text, ngram) for name, text in texts.items()}
    assert [(a, b) for a, b, _ in rows(found)] == [
        (a, b) for a, b in combinations(texts, 2) if sets[a] == sets[b] != frozenset()
    ]


@needs_numba
@given(texts=TEXTS.map(lambda each: list(each.values())), ngram=st.integers(1, 4), size=st.integers(1, 20))
def test_compiled_sketches_are_the_same(texts, ngram, size):
    plain = sketches(texts, ngram=ngram, size=size)
    fast = sketches(texts, ngram=ngram, size=size, compiled=True)
    for one, other in zip(plain, fast, strict=True):
        assert one.dtype == other.dtype
        assert one.tolist() == other.tolist()


@given(texts=TEXTS.map(lambda each: list(each.values())), ngram=st.integers(1, 4), size=st.integers(1, 20))
def test_a_sketch_is_the_smallest_entries_without_repetition(texts, ngram, size):
    whole, whole_counts, *_ = sketches(texts, ngram=ngram, size=128)
    found, counts, _, lengths = sketches(texts, ngram=ngram, size=size)
    ends = np.cumsum(whole_counts)
    expected = [each[:size] for each in np.split(whole, ends[:-1])] if texts else []
    assert found.tolist() == [value for each in expected for value in sorted(set(each.tolist()))]
    assert counts.tolist() == [len(each) for each in expected]
    assert whole_counts.tolist() == [len(shingle_set(text, ngram)) for text in texts]
    assert lengths.tolist() == [
        max(len(text.replace("-", " ").split()) - ngram + 1, bool(text)) for text in texts
    ]


@pytest.mark.parametrize("threshold", [0.05, 0.2, 0.5, 0.7, 0.95, 1.0])
def test_a_pair_at_the_threshold_is_missed_at_most_once_in_a_thousand(threshold):
    size, shared = sketch_size(threshold)
    rng = np.random.default_rng(0)
    drawn = rng.binomial(size, threshold, size=200_000)
    assert 1 <= shared <= size
    assert (drawn < shared).mean() < 0.0013


@pytest.mark.parametrize("settings", [{"memory": "1KB"}, {"memory": 200_000}, {"fast": False}])
def test_settings_of_the_machine_change_nothing(corpus, settings, monkeypatch):
    texts, _ = corpus
    expected = near_duplicates(texts)
    monkeypatch.setattr(duplicates, "CHUNK", 5_000)
    monkeypatch.setattr(duplicates, "CHECKED", 16)
    pd.testing.assert_frame_equal(near_duplicates(texts, **settings), expected)


@needs_numba
def test_compiled_code_changes_nothing(corpus):
    texts, _ = corpus
    pd.testing.assert_frame_equal(near_duplicates(texts, fast=True), near_duplicates(texts, fast=False))


@needs_numba
@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=7), st.integers(1, 5))
def test_compiled_verification_is_the_same(texts, ngram):
    left, right = np.divmod(np.arange(len(texts) ** 2), len(texts))
    plain, fast = (duplicates.verify(texts, left, right, ngram, way) for way in (False, True))
    assert plain.tolist() == fast.tolist()
    sets = [shingle_set(text, ngram) for text in texts]
    assert fast.tolist() == [jaccard(sets[a], sets[b]) for a, b in zip(left, right, strict=True)]


def test_the_order_of_entries_is_the_same_where_a_number_does_not_hold_it(monkeypatch):
    rows = np.array([[5 << 24 | 1, 3], [6 << 24 | 0, 9], [7 << 24 | 0, 2], [8 << 24 | 1, 7]], dtype=np.uint64)
    by_hand = [2, 1, 0, 3]
    assert duplicate_candidates._by_text_and_frequency(rows, 4).tolist() == by_hand
    assert duplicate_candidates._by_text_and_frequency(rows, 2**60).tolist() == by_hand


@pytest.mark.parametrize("blanks", ["", " ", "\t \r"])
def test_blanks_around_a_record_of_json_lines(blanks, tmp_path):
    path = tmp_path / "some.jsonl"
    path.write_bytes(
        f'{blanks}{{"id": "a", "text": "b"}}{blanks}\n\n{blanks}{{"id": "c", "text": ""}}'.encode()
    )
    with Texts(path) as source:
        assert list(source.chunks(100)) == [["b", ""]]
    path.write_bytes(b'{"id": "a", "text": "b"} {}\n')
    with pytest.raises(DataError, match="Extra data"), Texts(path) as source:
        list(source.chunks(100))


def test_every_way_to_give_texts_gives_the_same(corpus, tmp_path):
    texts = dict(list(corpus[0].items())[:120])
    texts["odd"] = texts["odder"] = 'quote " and\r\nline \u2028 end é \U0001f600' * 3
    frame = pd.DataFrame({"source_id": list(texts), "text": list(texts.values())})
    frame.to_csv(tmp_path / "texts.csv", index=False, lineterminator="\n")
    lines = tmp_path / "texts.jsonl"
    lines.write_text(
        "".join(json.dumps({"id": n, "text": t}, ensure_ascii=False) + "\n" for n, t in texts.items()),
        encoding="utf-8",
        newline="",
    )
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    expected = near_duplicates(texts)
    assert ("odd", "odder", 1.0) in rows(expected)
    for given_ in (frame, iter(texts.items()), tmp_path / "texts.csv", str(lines), [lines]):
        pd.testing.assert_frame_equal(near_duplicates(given_), expected)
    found = near_duplicates(sorted(folder.iterdir(), key=lambda path: list(texts).index(path.stem)))
    pd.testing.assert_frame_equal(found, expected)
    assert len(near_duplicates(folder)) == len(expected)


def test_texts_are_found_again_by_number():
    texts = {"a": "é\ud800x", "b": "", "c": "plain"}
    with Texts(iter(texts.items())) as source:
        assert [text for chunk in source.chunks(2) for text in chunk] == list(texts.values())
        assert source.take([2, 0]) == ["plain", "é\ud800x"]
        assert source.ids == ["a", "b", "c"]


def test_what_cannot_be_read_is_told_with_its_place(tmp_path):
    (tmp_path / "twice.jsonl").write_text('{"id": "a", "text": "x"}\n\n{"id": "a", "text": "y"}\n')
    (tmp_path / "bad.jsonl").write_text('{"id": "a", "text": "x"}\n{"id": \n')
    (tmp_path / "none.csv").write_text("id,words\na,b\n")
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    (tmp_path / "short.csv").write_text("id,text\na\n")
    (tmp_path / "number.jsonl").write_text('{"id": "a", "text": 5}\n')
    (tmp_path / "list.jsonl").write_text("[1]\n")
    (tmp_path / "nameless.csv").write_text("id,text\n,x\n")
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "folder").mkdir()
    for name, message in {
        "twice.jsonl": "twice.jsonl:2:source_id: expected an id of its own",
        "bad.jsonl": "bad.jsonl:2: expected a JSON object",
        "none.csv": "none.csv:1: expected a header with the columns id and text, found id, words",
        "short.csv": "short.csv:2: expected 2 cells, as in the header, found 1 cells",
        "number.jsonl": "number.jsonl:1:text: expected a text, found int 5",
        "list.jsonl": r"list.jsonl:1: expected a JSON object, found list",
        "nameless.csv": "nameless.csv:2:id: expected an id",
        "empty.csv": "empty.csv:1: expected a header",
        "folder": r"folder: expected text files \(.txt\) in the folder, found none",
        "latin.txt": "latin.txt:1: expected text in UTF-8, found byte 0xe9 at offset 3",
    }.items():
        with pytest.raises(DataError, match=message):
            near_duplicates(tmp_path / name)
    with pytest.raises(DataError, match="texts:1:text"):
        near_duplicates(pd.DataFrame({"source_id": ["a"]}))
    with pytest.raises(DataError, match="again"):
        near_duplicates(pd.DataFrame({"source_id": ["a", "a"], "text": ["x", "y"]}))
    with pytest.raises(FileNotFoundError):
        near_duplicates(tmp_path / "nothing.jsonl")


@pytest.mark.parametrize("text", [None, float("nan"), 5, b"x"])
def test_what_is_no_text_is_told_with_its_place(text):
    frame = pd.DataFrame({"source_id": ["a", "b"], "text": ["x", text]}, dtype=object)
    for texts, line in ((frame, 3), ({"a": "x", "b": text}, 2), ([("a", "x"), ("b", text)], 2)):
        with pytest.raises(DataError, match=f"texts:{line}:text: expected a text, found"):
            near_duplicates(texts)


@pytest.mark.parametrize("texts", [None, 5, [1, 2], [("a", "x", "y")]])
def test_what_holds_no_texts_is_told(texts):
    with pytest.raises(TypeError, match=r"texts.*expected"):
        near_duplicates(texts)


def test_ids_are_compared_as_they_are_written():
    assert near_duplicates({1: "x y", 2: "x y"}).values.tolist() == [["1", "2", 1.0]]
    with pytest.raises(DataError, match="'1' again"):
        near_duplicates({1: "x", "1": "y"})


def test_a_shingle_may_have_more_words_than_any_text():
    texts = {"a": "one two three", "b": "One, two, three.", "c": "one two"}
    assert near_duplicates(texts, ngram=10**9).values.tolist() == [["a", "b", 1.0]]


def test_pairs_from_an_iterator_are_cut_into_parts_too(corpus):
    texts, _ = corpus
    expected = near_duplicates(texts, ngram=3)
    pd.testing.assert_frame_equal(near_duplicates(iter(texts.items()), ngram=3, memory="100KB"), expected)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        *[("ngram", 0), ("ngram", 2.5), ("ngram", "5"), ("ngram", True), ("max_document_frequency", 1)],
        *[("threshold", value) for value in (0, 1.1, -1, float("nan"), None, "half")],
    ],
)
def test_settings_outside_their_range(setting, value):
    with pytest.raises(ValueError, match=setting):
        near_duplicates({}, **{setting: value})


def test_nothing_gives_an_empty_frame():
    for nothing in ({}, [], {"a": "", "b": " . "}, {"a": "x"}):
        found = near_duplicates(nothing)
        assert list(found.columns) == ["source_a", "source_b", "similarity"]
        assert found.empty


def test_many_equal_texts_cost_no_more_than_their_pairs():
    texts = {f"t{k}": "the same few words again" for k in range(60)} | {"other": "the same few words"}
    found = near_duplicates(texts, ngram=2, max_document_frequency=2)
    assert (found["similarity"] == 1).sum() == 60 * 59 / 2
    assert len(found) == 60 * 59 / 2 + 60  # "other" shares three of four shingles with each


def test_a_shingle_in_too_many_texts_makes_no_candidates():
    tail = " all rights reserved by the agency of the press"
    texts = {f"t{k}": f"x{k} y{k}" + tail for k in range(50)}
    assert near_duplicates(texts, ngram=3, threshold=0.3, max_document_frequency=10).empty
    assert len(near_duplicates(texts, ngram=3, threshold=0.3)) > 100

"""Whole passages by default: one row for each that was planted, whatever was done to its words."""

import random

import aligned
import numpy as np
import pandas as pd
import pytest
from plagdet import Case, score

from sourcebook.reuse import edited, shared_passages
from sourcebook.reuse.evidence import Span
from sourcebook.reuse.joining import drop_echoes, join_known, join_near
from sourcebook.reuse.loose_seeds import cluster_seeds

COLUMNS = ["source_a", "start_a", "end_a", "source_b", "start_b", "end_b"]


@pytest.fixture(scope="module", params=["walk", "zipf"])
def planted(request):
    return aligned.corpus(request.param, seed=4, texts=15, passages=24, size=15_000)


def detections(frame):
    rows = [Case(*row) for row in frame[COLUMNS].itertuples(index=False, name=None)]
    return [row if row.suspicious.startswith("susp") else Case(*row[3:], *row[:3]) for row in rows]


@pytest.mark.parametrize(("mode", "least"), [("edited", 0.85), ("paraphrase", 0.85)])
def test_each_planted_passage_is_one_row(planted, mode, least):
    texts, cases = planted
    found = detections(shared_passages(texts, mode=mode))
    every = [case for some in cases.values() for case in some]
    result = score(every, found)
    assert result.granularity <= 1.1
    assert result.plagdet >= least
    for way in cases:
        assert score(cases[way], found).recall >= 0.7


def test_offsets_are_those_of_the_words(planted):
    texts, _ = planted
    for row in shared_passages(texts).itertuples():
        assert texts[row.source_a][row.start_a : row.end_a] == row.exact_a
        assert texts[row.source_b][row.start_b : row.end_b] == row.exact_b
        assert row.content_words <= row.words
        assert row.words >= 20
        assert 0 < row.similarity <= 1


def test_memory_does_not_change_the_result(planted, monkeypatch):
    texts, _ = planted
    whole = shared_passages(texts)
    cut = []
    inner = edited.find_seeds
    monkeypatch.setattr(edited, "find_seeds", lambda *given: cut.append(given[3:5]) or inner(*given))
    pd.testing.assert_frame_equal(shared_passages(texts, memory="1MB"), whole)
    assert len(cut) > 2


def test_the_order_of_the_texts_changes_only_the_sides(planted):
    texts, _ = planted
    names = list(texts)
    random.Random(1).shuffle(names)

    def plain(frame):
        rows = frame[[*COLUMNS, "words", "kind"]].to_numpy().tolist()
        return sorted((*sorted([tuple(row[:3]), tuple(row[3:6])]), *row[6:]) for row in rows)

    assert plain(shared_passages({name: texts[name] for name in names})) == plain(shared_passages(texts))


def test_pairs_are_those_of_the_whole(planted):
    texts, cases = planted
    pairs = sorted({(case.suspicious, case.source) for case in cases["random"]})
    whole = shared_passages(texts)
    chosen = [
        bool({(a, b), (b, a)} & set(pairs)) for a, b in zip(whole.source_a, whole.source_b, strict=True)
    ]
    pd.testing.assert_frame_equal(shared_passages(texts, pairs=pairs), whole[chosen].reset_index(drop=True))


def test_what_is_excluded_is_no_content(planted):
    texts, cases = planted
    case = cases["none"][0]
    some = {name: texts[name] for name in (case.suspicious, case.source)}
    copied = texts[case.suspicious][case.start : case.end]

    def covered(frame):
        return [each for each in detections(frame) if each.start < case.end and case.start < each.end]

    assert covered(shared_passages(some))
    assert not covered(shared_passages(some, exclude=[copied]))


def test_texts_of_their_own_have_nothing_in_common():
    texts, _ = aligned.corpus("walk", seed=9, texts=12, passages=0, size=8_000)
    found = shared_passages(texts)
    assert found[found["kind"] != "verbatim"].empty
    small = " and ".join(["the", "of it", "to that", "in this", "is for", "was on", "he had"] * 4)
    assert shared_passages({"a": "One says " + small, "b": "Others knew that of " + small[::-1]}).empty


def test_a_long_copy_is_one_row():
    rng = np.random.default_rng(8)
    words = [f"word{n}" for n in rng.integers(0, 4000, 12_000)]
    other = [word if rng.random() < 0.7 else f"new{k}" for k, word in enumerate(words)]
    found = shared_passages({"a": " ".join(words), "b": " ".join(other)})
    assert len(found) == 1
    assert found.loc[0, "kind"] == "edited"
    assert found.loc[0, "similarity"] > 0.65


@pytest.mark.parametrize("text", ["", "same", "word " * 900, "The same words in each, no others. " * 9])
def test_texts_with_nothing_rare_in_them(text):
    texts = {f"t{number}": text for number in range(12)}
    found = shared_passages(texts)
    assert set(found["kind"]) <= {"verbatim"}


def test_seeds_without_a_wide_gap_are_one_cluster():
    along = np.array([[k, 1000 + k] for k in range(0, 200, 10)])
    aside = np.array([[55, 1500], [60, 1090], [3000, 1050]])
    seeds = np.concatenate([along, aside])
    found = cluster_seeds(np.zeros(len(seeds), dtype=np.int64), seeds, 15)
    assert len(set(found[:20])) == 1
    assert found[21] != found[20] != found[0] != found[22]


def span(a, b, c, d, evidence):
    return Span(places=(a, b, c, d), evidence=evidence)


def test_near_passages_are_joined_whatever_their_order():
    some = [
        span(0, 50, 900, 950, 10),
        span(70, 90, 840, 880, 10),
        span(130, 160, 820, 835, 5),
        span(800, 850, 0, 9, 1),
    ]
    joined = [span(0, 160, 820, 950, 25), span(800, 850, 0, 9, 1)]
    assert join_near(some) == join_near(some[::-1]) == joined


def test_echoes_are_dropped_and_second_copies_are_kept():
    best, second, weak = span(0, 100, 0, 100, 90), span(500, 600, 0, 100, 80), span(900, 960, 20, 80, 30)
    inside = span(10, 90, 10, 90, 89)
    assert drop_echoes([weak, inside, second, best]) == [best, second]


def test_a_known_passage_takes_the_place_of_one_hardly_longer():
    known = np.array([[10, 100, 10, 100], [400, 410, 400, 410]])
    spans = np.array([[8, 104, 9, 103], [380, 480, 390, 470], [700, 750, 700, 750]])
    assert join_known(known, spans) == [
        (10, 100, 10, 100, 0),
        (380, 480, 390, 470, -1),
        (700, 750, 700, 750, -1),
    ]

"""A corpus of two hundred sources of which everything is known: the library finds exactly what was planted."""

import planted
import pytest

from sourcebook.analysis import agreement
from sourcebook.core import vocabularies
from sourcebook.pipeline import build

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def corpus():
    return planted.plant(1)


@pytest.fixture(scope="module")
def data(corpus, tmp_path_factory):
    """Return the dataset of the folder, with every derived table."""
    return build.build(planted.write(tmp_path_factory.mktemp("planted") / "data", corpus))


def test_the_corpus_holds_what_it_should(corpus):
    assert len(corpus.texts) == 200
    assert set(corpus.silences.values()) == set(vocabularies.SILENCES)
    assert set(corpus.relations.values()) == set(vocabularies.RELATIONS)
    assert {s.way for s in corpus.sources} == {"", "text", "answers"}
    assert len(corpus.copies) == 52
    again = planted.plant(1)
    assert again.texts == corpus.texts
    assert planted.plant(2).texts != corpus.texts


def test_relations_are_found_exactly(corpus, data):
    found = data.derived["relations"]
    got = dict(zip(zip(found["claim_a"], found["claim_b"], strict=True), found["relation"], strict=True))
    assert got == corpus.relations


def test_silences_are_found_exactly_by_type(corpus, data):
    found = data.derived["silences"]
    got = dict(
        zip(zip(found["proposition_id"], found["source_id"], strict=True), found["silence"], strict=True)
    )
    assert got == corpus.silences


def test_a_small_corpus_through_the_whole_program(tmp_path):
    corpus = planted.plant(3, sources=30, questions=16, copies=6, secret=2)
    built = build.build(planted.write(tmp_path / "data", corpus))
    relations, silences = built.derived["relations"], built.derived["silences"]
    pairs = zip(relations["claim_a"], relations["claim_b"], strict=True)
    assert dict(zip(pairs, relations["relation"], strict=True)) == corpus.relations
    cells = zip(silences["proposition_id"], silences["source_id"], strict=True)
    assert dict(zip(cells, silences["silence"], strict=True)) == corpus.silences
    texts = {(s.name, s.upstream) for s in corpus.sources if s.way == "text"}
    shared = built.derived["shared_passages"]
    pairs = set(zip(shared["source_a"], shared["source_b"], strict=True))
    assert texts <= pairs | {pair[::-1] for pair in pairs}
    states = built.derived["matrix"]
    assert len(states) == 30 * 16
    unfinished = set(built.tables["unfinished"]["source_id"])
    silent = states[states["source_id"].isin(unfinished) & (states["claims"] == "")]
    assert set(silent["state"]) == {"not-coded"}
    merged = built.derived["origins"].groupby("origin")["source_id"].agg(set)
    near = built.derived["shares"].query("share >= @least", local_dict={"least": agreement.LEAST_SHARE})
    for pair in zip(near["source_a"], near["source_b"], strict=True):
        assert any(set(pair) <= group for group in merged)

"""The findings of the chapter on agreement, counted again from the files by another route."""

import csv
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

import sourcebook

DATA = Path(__file__).resolve().parents[2] / "data"


def rows(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def printed():
    return {name: each.formatted.replace(",", "") for name, each in sourcebook.load().numbers.items()}


@pytest.fixture(scope="module")
def origin():
    """Join sources with one author, publisher or owner; no text shares a tenth with another."""
    sources = [row["source_id"] for row in rows("raw/sources")]
    behind = defaultdict(set)
    for row in rows("coded/links"):
        if row["kind"] in {"author", "publisher", "owner"}:
            behind[row["source_id"]].add((row["kind"], row["upstream"]))
    found = {}
    for source in sources:
        found[source] = next((found[s] for s in found if behind[s] & behind[source]), source)
    return found


@pytest.fixture(scope="module")
def said():
    """The sources that answer each question."""
    found = defaultdict(set)
    for row in rows("coded/claims"):
        found[row["proposition_id"]].add(row["source_id"])
    return found


@pytest.fixture(scope="module")
def pairs():
    """The pairs of sources that stand in each relation on each question."""
    found = defaultdict(set)
    for row in rows("derived/relations"):
        found[row["relation"], row["proposition_id"]].add((row["source_a"], row["source_b"]))
    return found


def asked(pairs, relation):
    return {q: held for (r, q), held in pairs.items() if r == relation}


def test_origins(printed, origin):
    assert printed["origins.count"] == str(len(set(origin.values())))
    assert len(origin) == 5
    assert origin["akram-2024-12"] == origin["akram-2025-03"] == origin["akram-2024-10"]


def test_answers_of_one_source_and_of_one_origin(printed, origin, said):
    assert printed["headline.propositions"] == str(len(said))
    assert printed["headline.single_source"] == str(sum(len(s) == 1 for s in said.values()))
    merged = {q: {origin[s] for s in held} for q, held in said.items()}
    assert printed["headline.single_source.merged"] == str(sum(len(o) == 1 for o in merged.values()))
    for source in origin:
        alone = [q for q, held in said.items() if held == {source}]
        assert printed[f"alone.{source}"] == str(len(alone))


def test_questions_on_which_sources_and_on_which_origins_agree(printed, origin, pairs):
    agree = {q: {p for p in held if p[0] != p[1]} for q, held in asked(pairs, "agree").items()}
    several = {q for q, held in agree.items() if held}
    origins = {q for q, held in agree.items() if any(origin[a] != origin[b] for a, b in held)}
    assert printed["agreeing.2.sources"] == str(len(several))
    assert printed["agreeing.2.origins"] == printed["headline.agreed_by_two_origins"] == str(len(origins))
    assert printed["agreeing.one_origin"] == str(len(several - origins))


def test_questions_on_which_every_source_and_every_origin_agrees(printed, origin):
    """One answer must agree with an answer of every other source, or origin."""
    answers, partners = {}, defaultdict(set)
    for row in rows("coded/claims"):
        answers[row["claim_id"]] = row["proposition_id"], row["source_id"]
    for row in rows("derived/relations"):
        if row["relation"] == "agree":
            partners[row["claim_a"]].add(row["source_b"])
            partners[row["claim_b"]].add(row["source_a"])
    every, everywhere = set(), set()
    for claim, (question, source) in answers.items():
        held = partners[claim] | {source}
        if held == set(origin):
            every.add(question)
        if {origin[s] for s in held} == set(origin.values()):
            everywhere.add(question)
    assert printed["agreeing.5.sources"] == str(len(every))
    assert printed["agreeing.3.origins"] == str(len(everywhere))
    assert len(set(origin.values())) == 3, "the chapter says “every origin” of this count"


def test_contradictions_between_sources_between_origins_and_inside_one(printed, origin, pairs):
    against = asked(pairs, "contradict")
    between = {q for q, held in against.items() if any(a != b for a, b in held)}
    origins = {q for q, held in against.items() if any(origin[a] != origin[b] for a, b in held)}
    inside = {q for q, held in against.items() if any(a == b for a, b in held)}
    assert printed["headline.with_contradiction"] == str(len(between))
    assert printed["headline.with_contradiction.merged"] == str(len(origins))
    assert printed["headline.within_contradiction"] == str(len(inside))


def test_silences_are_the_questions_that_a_source_does_not_answer(printed, origin, said):
    questions = [row["proposition_id"] for row in rows("coded/propositions")]
    assert printed["silence.count"] == str(sum(s not in said[q] for q in questions for s in origin))
    searched = [row for row in rows("derived/silences") if row["silence"] == "searched-absent"]
    assert printed["silence.searched-absent"] == str(len(searched))
    assert all(row["searched"] and not row["found"] for row in searched)


def test_what_two_origins_share_without_each_source(printed, origin, pairs):
    def left(out):
        return sum(
            any(origin[a] != origin[b] and not {a, b} & out for a, b in held)
            for held in asked(pairs, "agree").values()
        )

    without = {source: left({source}) for source in origin}
    for source, n in without.items():
        assert printed[f"headline.agreed_by_two_origins.without_source.{source}"] == str(n)
    assert min(without, key=without.__getitem__) == "turan-2024-12", "the chapter names it"
    akram = {source for source in origin if source.startswith("akram")}
    assert printed["headline.agreed_by_two_origins.without_origin.akram-2024-10"] == str(left(akram))


def test_links_join_pairs_of_sources(printed):
    edges = rows("derived/dependencies")
    joined = {(row["source_a"], row["source_b"]) for row in edges}
    sources = [row["source_id"] for row in rows("raw/sources")]
    assert joined <= set(combinations(sources, 2))
    assert printed["dependencies.pairs"] == str(len(joined))
    for row in edges:
        ends = {i.rpartition(".")[0] for i in row["evidence"].split(";")}
        assert ends == {row["source_a"], row["source_b"]}, "evidence on both sides of every link"

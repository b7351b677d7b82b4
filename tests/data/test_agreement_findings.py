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
def findings():
    """The questions of substance and on the event."""
    questions = {row["proposition_id"]: row for row in rows("coded/propositions")}
    return {name: row for name, row in questions.items() if row["class"] in {"substance", "event"}}


@pytest.fixture(scope="module")
def pairs():
    """The pairs of sources in each relation, for each question."""
    found = defaultdict(lambda: defaultdict(set))
    for row in rows("derived/relations"):
        found[row["proposition_id"]][row["relation"]].add((row["source_a"], row["source_b"]))
    return found


@pytest.fixture(scope="module")
def denied():
    """The questions that a source answers with no."""
    return {row["proposition_id"] for row in rows("coded/claims") if row["value"] == "no"}


@pytest.fixture(scope="module")
def mentioned(findings, said, denied):
    """The findings that two or more sources answer, all of them with yes."""
    yes = {name for name, row in findings.items() if row["kind"] == "presence"} - denied
    return {name for name in yes if len(said[name]) > 1}


@pytest.fixture(scope="module")
def could_differ(findings, mentioned, pairs):
    """The findings of one right answer on which two sources answer of one thing."""
    return {
        name
        for name, row in findings.items()
        if row["cardinality"] == "one" and name not in mentioned and between(pairs[name], *COMPARED)
    }


COMPARED = ("contradict", "compatible", "variant", "agree")


def between(related, *relations):
    """The pairs of two sources in one of these relations."""
    return {(a, b) for relation in relations for a, b in related[relation] if a != b}


def of_two_origins(held, origin):
    return any(origin[a] != origin[b] for a, b in held)


def test_origins(printed, origin):
    assert printed["origins.count"] == str(len(set(origin.values())))
    assert len(origin) == 5
    assert origin["akram-2024-12"] == origin["akram-2025-03"] == origin["akram-2024-10"]


def test_answers_of_one_source_and_of_one_origin(printed, origin, findings, said):
    answered = {name: said[name] for name in findings if name in said}
    assert printed["headline.asked"] == printed["headline.answered.of"] == str(len(findings))
    assert printed["headline.answered"] == printed["headline.single_source.of"] == str(len(answered))
    alone = {name for name, held in answered.items() if len(held) == 1}
    assert printed["headline.single_source"] == str(len(alone))
    assert printed["headline.shared"] == str(len(answered) - len(alone))
    merged = {name: {origin[s] for s in held} for name, held in answered.items()}
    assert printed["headline.single_source.merged"] == str(sum(len(o) == 1 for o in merged.values()))
    for source in origin:
        assert printed[f"alone.{source}"] == str(sum(held == {source} for held in said.values()))


def test_findings_that_sources_only_mention(printed, origin, said, mentioned):
    assert printed["headline.mentions"] == printed["mentions.2.sources"] == str(len(mentioned))
    assert printed["mentions.5.sources"] == str(sum(len(said[name]) == 5 for name in mentioned))
    assert printed["mentions.2.origins"] == str(
        sum(len({origin[s] for s in said[name]}) > 1 for name in mentioned)
    )


def test_how_the_sources_relate_where_they_could_differ(printed, pairs, could_differ):
    against = {name for name in could_differ if between(pairs[name], "contradict")}
    beside = {name for name in could_differ if between(pairs[name], "compatible")} - against
    assert printed["headline.could_differ"] == printed["agreeing.of"] == str(len(could_differ))
    assert printed["headline.contradict"] == str(len(against))
    assert printed["headline.compatible"] == str(len(beside))
    assert printed["headline.agree"] == str(len(could_differ - against - beside))
    for name in ("contradict", "compatible", "agree"):
        assert printed[f"headline.{name}.of"] == str(len(could_differ))


def test_a_matter_counts_its_questions_once(printed, findings, pairs, could_differ):
    matters = defaultdict(list)
    for name in could_differ:
        matters[findings[name]["matter"]].append(pairs[name])
    against = {matter for matter, held in matters.items() if any(between(x, "contradict") for x in held)}
    beside = {matter for matter, held in matters.items() if any(between(x, "compatible") for x in held)}
    assert printed["headline.contradict.matters.of"] == str(len(matters))
    assert printed["headline.contradict.matters"] == str(len(against))
    assert printed["headline.compatible.matters"] == str(len(beside - against))
    assert printed["headline.agree.matters"] == str(len(set(matters) - against - beside))


def test_findings_on_which_sources_and_origins_agree(printed, origin, said, pairs, could_differ):
    agree = {name: between(pairs[name], "agree") for name in could_differ}
    several = {name for name, held in agree.items() if held}
    origins = {name for name, held in agree.items() if of_two_origins(held, origin)}
    answered = {name for name in could_differ if len({origin[s] for s in said[name]}) > 1}
    assert printed["agreeing.2.sources"] == str(len(several))
    assert printed["agreeing.2.origins"] == printed["headline.agreed_by_two_origins"] == str(len(origins))
    assert printed["headline.agreed_by_two_origins.of"] == str(len(answered))
    assert printed["agreeing.one_origin"] == str(len(several - origins))


def test_findings_on_which_every_source_and_every_origin_agrees(printed, origin, could_differ):
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
        if question in could_differ and held == set(origin):
            every.add(question)
        if question in could_differ and {origin[s] for s in held} == set(origin.values()):
            everywhere.add(question)
    assert printed["agreeing.5.sources"] == str(len(every))
    assert printed["agreeing.3.origins"] == str(len(everywhere))
    assert len(set(origin.values())) == 3, "the chapter says “every origin” of this count"


def test_contradictions_between_origins_and_inside_one_source(printed, origin, findings, pairs, could_differ):
    against = {name: pairs[name]["contradict"] for name in findings}
    inside = {name for name, held in against.items() if any(a == b for a, b in held)}
    origins = {name for name in could_differ if of_two_origins(against[name], origin)}
    assert printed["headline.contradict.merged"] == str(len(origins))
    assert printed["headline.self_contradict"] == str(len(inside))


def test_silences_are_the_questions_that_a_source_does_not_answer(printed, origin, said):
    questions = [row["proposition_id"] for row in rows("coded/propositions")]
    assert printed["silence.count"] == str(sum(s not in said[q] for q in questions for s in origin))
    searched = [row for row in rows("derived/silences") if row["silence"] == "searched-absent"]
    assert printed["silence.searched-absent"] == str(len(searched))
    assert all(row["searched"] and not row["found"] for row in searched)


def test_what_two_origins_share_without_each_source(printed, origin, pairs, could_differ):
    agree = [between(pairs[name], "agree") for name in could_differ]

    def left(out):
        return sum(any(origin[a] != origin[b] and not {a, b} & out for a, b in held) for held in agree)

    without = {source: left({source}) for source in origin}
    for source, n in without.items():
        assert printed[f"headline.agreed_by_two_origins.without_source.{source}"] == str(n)
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

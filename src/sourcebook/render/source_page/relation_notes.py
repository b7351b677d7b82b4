"""How a claim relates to the other sources: relation by relation, and all answers to one question."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sourcebook.render.claim_index import ClaimIndex, Row
from sourcebook.render.links import Links

__all__ = ["all_answers", "count_relations", "list_relations", "list_silences"]

#: So many other answers are listed at a claim; more of them are listed once, at the end of the page.
_FEW = 3

_Relation = tuple[str, Sequence[tuple[str, Row]]]


def _by_relation(index: ClaimIndex, claim: Row) -> list[_Relation]:
    """Return the other claims on the question, with the rows of their relations, by relation."""
    groups: dict[str, list[tuple[str, Row]]] = defaultdict(list)
    for other, row in index.relations[claim["row_id"]]:
        groups[row["relation"]].append((other, row))
    return list(groups.items())


def count_relations(index: ClaimIndex, claim: Row) -> dict[str, int]:
    """Return how many other sources have a claim in each relation, are silent, or are not coded."""
    counts = {
        relation: len({index.claims[other]["source_id"] for other, _ in members} - {claim["source_id"]})
        for relation, members in _by_relation(index, claim)
    }
    silences = [row["silence"] for row in index.silences.get(claim["proposition_id"], ())]
    uncoded = silences.count("not-coded")
    counts |= {"silent": len(silences) - uncoded, "not-coded": uncoded}
    return {name: count for name, count in counts.items() if count}


def list_relations(index: ClaimIndex, claim: Row, links: Links) -> list[dict[str, Any]]:
    """Return the other claims on a question, by their relation to one of them.

    Parameters
    ----------
    index : ClaimIndex
        The dataset.
    claim : mapping
        A row of the codings, of the source whose page it is.
    links : Links
        Where the page leads.

    Returns
    -------
    list of dict
        ``relation, proposition_id``, and one of ``sources`` (pairs of name and address) of those that agree,
        ``counts`` by source of many answers to a question that takes several, and ``reasons``: each with sources,
        each with pairs of answer and address.
    """
    takes_many = index.questions[claim["proposition_id"]]["cardinality"] == "many"
    lines: list[dict[str, Any]] = []
    for relation, members in _by_relation(index, claim):
        compatible = takes_many and relation == "compatible"
        named = [(_name(index, other, claim["source_id"]), other, row) for other, row in members]
        if relation == "agree":
            line: dict[str, Any] = {"sources": [(name, links.passage(other)) for name, other, _ in named]}
        elif compatible and len(named) > _FEW:
            line = {"counts": Counter(name for name, _, _ in named)}
        else:
            reasons: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
            for name, other, row in named:
                answer = (index.claims[other]["display"], links.passage(other))
                reasons["" if compatible else row["reason"]][name].append(answer)
            line = {"reasons": reasons}
        empty: dict[str, Any] = {"sources": (), "counts": {}, "reasons": {}}
        lines.append({"relation": relation, "proposition_id": claim["proposition_id"], **empty, **line})
    return lines


def list_silences(index: ClaimIndex, claim: Row) -> dict[str, list[str]]:
    """Return the sources that are silent on the question of a claim, by the type of their silence."""
    sources: dict[str, list[str]] = defaultdict(list)
    for row in index.silences.get(claim["proposition_id"], ()):
        sources[row["silence"]].append(index.source_names[row["source_id"]])
    return sources


def all_answers(
    index: ClaimIndex, proposition_ids: Collection[str], source_id: str, links: Links
) -> list[dict[str, Any]]:
    """Return the answers of all sources to some questions.

    Parameters
    ----------
    index : ClaimIndex
        The dataset.
    proposition_ids : collection of str
        The questions.
    source_id : str
        The source whose page it is.
    links : Links
        Where the page leads.

    Returns
    -------
    list of dict
        ``proposition_id, question`` and ``answers``: each answer with pairs of source and address.
    """
    questions = []
    for proposition_id, question in index.questions.items():
        if proposition_id in proposition_ids:
            answers: dict[str, list[tuple[str, str]]] = defaultdict(list)
            for claim in index.claims_by_question[proposition_id]:
                answers[claim["display"]].append(
                    (_name(index, claim["claim_id"], source_id), links.passage(claim["claim_id"]))
                )
            questions.append(
                {"proposition_id": proposition_id, "question": question["question"], "answers": answers}
            )
    return questions


def _name(index: ClaimIndex, claim_id: str, source_id: str) -> str:
    """Return the source of a claim as the page of a source names it."""
    own = index.claims[claim_id]["source_id"]
    return "this source" if own == source_id else index.source_names[own]

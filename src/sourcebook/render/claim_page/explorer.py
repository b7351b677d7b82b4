"""All claims in tables by topic, and the form that a script filters them with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sourcebook.core.vocabularies import CLAIM_KINDS, MODALITIES, QUESTION_CLASSES, STATES
from sourcebook.render.claim_index import ClaimIndex, Row
from sourcebook.render.display import Html
from sourcebook.render.links import Links
from sourcebook.render.templating import render

__all__ = ["Pieces", "claims_by_topic", "claims_page", "explorer", "piece"]

_SORTS = {
    "": "question",
    "source": "source, then text",
    "answer": "answer",
    "voice": "voice",
    "state": "contradictions first",
}


def _used(known: Iterable[str], values: Iterable[str]) -> dict[str, str]:
    """Return the values that occur, in the order of those that are known, with their words."""
    used = set(values)
    ordered = [*(v for v in known if v in used), *sorted(used - set(known))]
    return {value: value.replace("-", " ") for value in ordered}


def _choices(index: ClaimIndex) -> list[tuple[str, str, Mapping[str, str]]]:
    """Return name, label and options of each choice of the form."""
    claims = index.claims.values()
    states = (state for claim_id in index.claims for state in index.states(claim_id))
    classes = _used(QUESTION_CLASSES, (q["class"] for q in index.questions.values() if q.get("class")))
    return [
        ("source", "Source", index.source_names),
        ("topic", "Topic", index.topics()),
        *([("class", "Class of question", classes)] if classes else []),
        ("voice", "Voice", {claim["voice"]: index.label("voice", claim["voice"]) for claim in claims}),
        ("state", "Compared with others", _used((*STATES, "contradict-within"), states)),
        ("kind", "Kind", _used(CLAIM_KINDS, (claim["kind"] for claim in claims))),
        ("modality", "Modality", _used(MODALITIES, (claim["modality"] for claim in claims))),
        ("sort", "Order by", _SORTS),
    ]


@dataclass(frozen=True, kw_only=True)
class Pieces:
    """Where the claims of a large book stand, since one page of all would be slow to load.

    Attributes
    ----------
    address : str
        The start of the addresses of the scripts, seen from the explorer; a number and ``.js`` follow.
    count : int
        How many scripts there are.
    pages : mapping of str to sequence of str
        The addresses of the pages of each topic.
    """

    address: str
    count: int
    pages: Mapping[str, Sequence[str]]


def claims_by_topic(index: ClaimIndex) -> dict[str, list[Row]]:
    """Return the claims of each topic that has any: by question, and on a question by source and place.

    Parameters
    ----------
    index : ClaimIndex
        The dataset.
    """
    topics: dict[str, list[Row]] = {topic: [] for topic in index.topics()}
    place = {source_id: n for n, source_id in enumerate(index.sources)}
    for proposition_id, question in index.questions.items():
        claims = index.claims_by_question.get(proposition_id, [])
        topics[question["topic"]] += sorted(claims, key=lambda c: (place[c["source_id"]], c["start"]))
    return {topic: claims for topic, claims in topics.items() if claims}


def explorer(index: ClaimIndex, *, links: Links, pieces: Pieces | None = None) -> Html:
    """Return every claim in a table of its topic, with the form that a script brings to life.

    Parameters
    ----------
    index : ClaimIndex
        The dataset.
    links : sourcebook.render.links.Links
        Where the page leads.
    pieces : Pieces, optional
        Where the claims stand if they do not stand on this page: those of :func:`claims_page` and
        :func:`piece`.

    Returns
    -------
    Html
        Without a script the form does not show, and the tables are complete. The script reads the claims
        from the cells, or from the pieces; nothing is printed twice on a page.
    """
    topics = claims_by_topic(index)
    return Html(
        render("explorer", index=index, links=links, choices=_choices(index), topics=topics, pieces=pieces)
    )


def claims_page(
    index: ClaimIndex, claims: Sequence[Row], *, links: Links, neighbours: Mapping[str, str]
) -> Html:
    """Return the table of some claims on one topic, as a page of its own.

    Parameters
    ----------
    index : ClaimIndex
        The dataset.
    claims : sequence of mapping
        Rows of ``claim_intervals``, as :func:`claims_by_topic` returns them; not empty.
    links : sourcebook.render.links.Links
        Where the page leads.
    neighbours : mapping of str to str
        Links to other pages: what they say, and their addresses.
    """
    topic = index.questions[claims[0]["proposition_id"]]["topic"]
    label = index.label("topic", topic)
    return Html(
        render("claims_page", index=index, links=links, label=label, claims=claims, neighbours=neighbours)
    )


def piece(index: ClaimIndex, claims: Iterable[Row], *, links: Links) -> str:
    """Return a script that hands some claims to the explorer.

    Parameters
    ----------
    index : ClaimIndex
        The dataset.
    claims : iterable of mapping
        Rows of ``claim_intervals``.
    links : sourcebook.render.links.Links
        Where the explorer leads.

    Returns
    -------
    str
        A call with JSON: the questions, each with topic and class, and a list for each claim, in the order in
        which ``explore.js`` reads it.
    """
    places: dict[str, int] = {}
    rows = []
    for claim in claims:
        question = places.setdefault(claim["proposition_id"], len(places))
        coded = claim["value"] if claim["value"] != claim["display"] else 0
        said = (claim["quote"], claim["display"], coded, claim["voice"], index.label("voice", claim["voice"]))
        via = index.label("voice", claim["via"]) if claim["via"] else ""
        states = list(index.states(claim["claim_id"]).items())
        where = (claim["claim_id"], links.claim(claim["claim_id"]), links.passage(claim["claim_id"]))
        rows.append(
            (question, claim["source_id"], *said, via, claim["modality"], claim["kind"], states, *where)
        )
    asked = [index.questions[proposition_id] for proposition_id in places]
    questions = [(q["question"], q["topic"], q.get("class", "")) for q in asked]
    data = json.dumps({"questions": questions, "rows": rows}, separators=(",", ":"))
    return f"sourcebookClaims({data});\n"

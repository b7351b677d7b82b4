"""All claims in tables by topic, and the form that a script filters them with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sourcebook.core.vocabularies import CLAIM_KINDS, MODALITIES, QUESTION_CLASSES, STATES
from sourcebook.render.claim_index import ClaimIndex, Row
from sourcebook.render.display import Html
from sourcebook.render.links import Links
from sourcebook.render.templating import render

__all__ = ["explorer"]

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


def explorer(index: ClaimIndex, *, links: Links) -> Html:
    """Return every claim in a table of its topic, with the form that a script brings to life.

    Parameters
    ----------
    index : ClaimIndex
        The dataset.
    links : sourcebook.render.links.Links
        Where the page leads.

    Returns
    -------
    Html
        Without a script the form does not show, and the tables are complete. The script reads the claims
        from the cells; nothing is printed twice.
    """
    topics: dict[str, list[Row]] = {topic: [] for topic in index.topics()}
    place = {source_id: n for n, source_id in enumerate(index.sources)}
    for proposition_id, question in index.questions.items():
        claims = index.claims_by_question.get(proposition_id, [])
        topics[question["topic"]] += sorted(claims, key=lambda c: (place[c["source_id"]], c["start"]))
    filled = {topic: claims for topic, claims in topics.items() if claims}
    return Html(render("explorer", index=index, links=links, choices=_choices(index), topics=filled))

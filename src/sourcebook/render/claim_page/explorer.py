"""All claims in tables by topic, and the form that a script filters them with."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping

from sourcebook.core.vocabularies import CLAIM_KINDS, MODALITIES
from sourcebook.render.claim_index import STATES, ClaimIndex, Row, claim_name
from sourcebook.render.display import Html
from sourcebook.render.links import Links

__all__ = ["explorer"]

_HEADS = ("question", "source", "words", "answer", "voice", "modality", "kind", "beside others", "claim")
_SORTS = {
    "": "question",
    "source": "source, then text",
    "answer": "answer",
    "voice": "voice",
    "state": "contradictions first",
}


def _state(name: str, count: int) -> str:
    """Return how a claim stands to others, as a word and the number of those others."""
    kind, words = name.removesuffix("-within"), name.replace("-", " ")
    number = f" {count}" if count else ""
    return f'<span class="sb-relation" data-relation="{kind}">{words}</span>{number}'


def _row(index: ClaimIndex, claim: Row, links: Links, *, again: bool) -> str:
    claim_id = claim["claim_id"]
    question = index.questions[claim["proposition_id"]]
    voice = html.escape(index.label("voice", claim["voice"]))
    via = f" <small>via {html.escape(index.label('voice', claim['via']))}</small>" if claim["via"] else ""
    states = ", ".join(_state(name, count) for name, count in index.states(claim_id).items())
    words, answer = html.escape(claim["quote"]), html.escape(claim["display"])
    coded = "" if claim["value"] == claim["display"] else f' data-value="{html.escape(claim["value"])}"'
    passage, page = links.passage(claim_id), links.claim(claim_id)
    if passage:
        words = f'<a href="{html.escape(passage)}">{words}</a>'
    name = html.escape(claim_name(claim_id))
    return (
        f'<tr{" class=again" if again else ""}><th scope="row" dir="auto"><span>'
        f"{html.escape(question['question'])}</span></th>"
        f'<td>{html.escape(claim["source_id"])}</td><td dir="auto">{words}</td>'
        f'<td dir="auto"{coded}>{answer}</td><td dir="auto">{voice}{via}</td>'
        f"<td>{html.escape(claim['modality'])}</td><td>{html.escape(question['kind'])}</td><td>{states}</td>"
        f'<td><a href="{html.escape(page)}">{name}</a></td></tr>'
    )


def _group(index: ClaimIndex, topic: str, label: str, claims: list[Row], links: Links) -> str:
    rows, before = [], ""
    for claim in claims:
        rows.append(_row(index, claim, links, again=claim["proposition_id"] == before))
        before = claim["proposition_id"]
    head = "".join(f'<th scope="col">{name}</th>' for name in _HEADS)
    caption = f"Claims on: {html.escape(label)}"
    return (
        f'<details class="sb-topic" data-topic="{html.escape(topic)}"><summary><bdi>{html.escape(label)}</bdi>: '
        f'<span class="sb-count">{len(claims)}</span></summary><table class="sb-claims"><caption><bdi>{caption}'
        f"</bdi></caption><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></details>"
    )


def _choice(name: str, label: str, options: Mapping[str, str]) -> str:
    items = "".join(
        f'<option value="{html.escape(value)}">{html.escape(text)}</option>'
        for value, text in options.items()
    )
    every = "" if "" in options else '<option value="">all</option>'
    return f'<label>{label} <select name="{name}">{every}{items}</select></label>'


def _used(known: Iterable[str], values: Iterable[str]) -> list[str]:
    """Return the values that occur, in the order of those that are known."""
    found = set(values)
    return [*(v for v in known if v in found), *sorted(found - set(known))]


def _form(index: ClaimIndex) -> str:
    claims = index.claims.values()
    voices = dict.fromkeys(c["voice"] for c in claims)
    states = _used((*STATES, "contradict-within"), (s for c in index.claims for s in index.states(c)))
    kinds = _used(CLAIM_KINDS, (c["kind"] for c in claims))
    modalities = _used(MODALITIES, (c["modality"] for c in claims))
    choices = (
        _choice("source", "Source", {s: s for s in index.sources}),
        _choice("topic", "Topic", index.topics()),
        _choice("voice", "Voice", {v: index.label("voice", v) for v in voices}),
        _choice("state", "Beside others", {s: s.replace("-", " ") for s in states}),
        _choice("kind", "Kind", {k: k for k in kinds}),
        _choice("modality", "Modality", {m: m for m in modalities}),
        _choice("sort", "Order by", _SORTS),
    )
    return (
        '<form class="sb-filters" role="search" aria-label="Filter the claims"><fieldset disabled>'
        "<legend>Filter the claims</legend>"
        '<label class="sb-words">Words <input type="search" name="q" autocomplete="off" spellcheck="false"></label>'
        f"{''.join(choices)}"
        '<p><button type="reset">Reset</button> <button type="button" name="download">Download these claims '
        "as CSV</button></p></fieldset></form>"
    )


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
        from the cells; nothing is told twice.
    """
    groups: dict[str, list[Row]] = {topic: [] for topic in index.topics()}
    order = {proposition: n for n, proposition in enumerate(index.questions)}
    source = {name: n for n, name in enumerate(index.sources)}
    for claim in sorted(
        index.claims.values(),
        key=lambda c: (order[c["proposition_id"]], source[c["source_id"]], c["start"]),
    ):
        groups[index.questions[claim["proposition_id"]]["topic"]].append(claim)
    tables = "".join(
        _group(index, topic, label, groups[topic], links)
        for topic, label in index.topics().items()
        if groups[topic]
    )
    count = f"{len(index.claims):,} claims"
    return Html(
        f'<div class="sb-explore">{_form(index)}<p class="sb-shown"><output aria-live="polite">{count}</output></p>'
        f'<div class="sb-topics">{tables}</div></div>'
    )

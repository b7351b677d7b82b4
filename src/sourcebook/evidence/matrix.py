"""Every question by every source: who answers, how the answers stand, and who is silent in which way."""

from __future__ import annotations

import html
from collections import defaultdict

from sourcebook.display import Html
from sourcebook.evidence.index import Evidence, Links, Row, claim_name
from sourcebook.vocab import RELATIONS, SILENCES

__all__ = ["matrix"]

_ONLY = "The source answers, and no other source does."


def _cell(row: Row | None, links: Links) -> str:
    if row is None:
        return "<td></td>"
    state = html.escape(row["state"])
    kind = state if row["claims"] else "silent"
    word = f'<span class="sb-relation" data-relation="{kind}">{state.replace("-", " ")}</span>'
    ids = [i for i in row["claims"].split(";") if i]
    shown = " ".join(f'<a href="{html.escape(links.claim(i))}">{html.escape(claim_name(i))}</a>' for i in ids)
    return f'<td data-state="{state}">{word}{f" {shown}" if ids else ""}</td>'


def _legend(states: set[str]) -> str:
    """List the states that occur, with their definitions."""
    known = {**RELATIONS, "only": _ONLY, **SILENCES}
    items = "".join(
        f'<dt><span class="sb-relation" data-relation="{name if name in {*RELATIONS, "only"} else "silent"}" '
        f'data-state="{name}">{name.replace("-", " ")}</span></dt><dd>{html.escape(text)}</dd>'
        for name, text in known.items()
        if name in states
    )
    return f'<details class="sb-fold"><summary>What the words mean</summary><dl class="sb-facts">{items}</dl></details>'


def matrix(evidence: Evidence, *, links: Links) -> Html:
    """Return the table of questions by sources, in one body for each topic.

    Parameters
    ----------
    evidence : Evidence
        The dataset.
    links : Links
        Where the cells lead.

    Returns
    -------
    Html
        A legend and a table; each cell has a word for its state, and links to the claims behind it.
    """
    cells = {(row["proposition_id"], row["source_id"]): row for row in evidence.cells}
    groups: dict[str, list[Row]] = defaultdict(list)
    for question in evidence.questions.values():
        groups[question["topic"]].append(question)
    sources = list(evidence.sources)
    bodies = []
    for topic, label in evidence.topics().items():
        rows = "".join(
            f'<tr><th scope="row" dir="auto">{html.escape(q["question"])}</th>'
            f"{''.join(_cell(cells.get((q['proposition_id'], s)), links) for s in sources)}</tr>"
            for q in groups[topic]
        )
        head = f'<tr class="sb-head"><th scope="rowgroup" colspan="{len(sources) + 1}" dir="auto">'
        bodies.append(f"<tbody>{head}{html.escape(label)}</th></tr>{rows}</tbody>")
    head = "".join(f'<th scope="col">{html.escape(s)}</th>' for s in sources)
    caption = "Each question and each source: how its answer stands to the others, or how it is silent"
    wide = " sb-many" if len(sources) > 8 else ""
    return Html(
        f'{_legend({row["state"] for row in evidence.cells})}<div class="sb-matrix-box{wide}">'
        f'<table class="sb-matrix" style="--sb-columns:{len(sources)}"><caption>{caption}</caption>'
        f'<thead><tr><th scope="col">question</th>{head}</tr></thead>{"".join(bodies)}</table></div>'
    )

"""Every question by every source: who answers, how the answers stand, and who is silent in which way."""

from __future__ import annotations

import html
from collections import Counter, defaultdict
from collections.abc import Sequence

from sourcebook.core.vocabularies import RELATIONS, SILENCES
from sourcebook.render.claim_index import STATES, ClaimIndex, Row, claim_name
from sourcebook.render.claim_page.silence_page import silence_place
from sourcebook.render.display import Html
from sourcebook.render.links import Links

__all__ = ["matrix"]

_ONLY = "The source answers, and no other source does."


def _cell(row: Row | None, links: Links, *, silences: bool) -> str:
    if row is None:
        return "<td></td>"
    state = html.escape(row["state"])
    kind = state if row["claims"] else "silent"
    ids = [i for i in row["claims"].split(";") if i]
    words = state.replace("-", " ")
    if silences and row["state"] in SILENCES:
        words = f'<a href="#{html.escape(silence_place(row["proposition_id"]))}">{words}</a>'
    shown = " ".join(f'<a href="{html.escape(links.claim(i))}">{html.escape(claim_name(i))}</a>' for i in ids)
    word = f'<span class="sb-relation" data-relation="{kind}">{words}</span>'
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


def _in_short(cells: Sequence[Row]) -> str:
    """Count the states of the cells of a topic."""
    found = Counter(row["state"] if row["claims"] else "silent" for row in cells)
    return ", ".join(f"{name.replace('-', ' ')} {found[name]}" for name in (*STATES, "silent") if found[name])


def _table(bodies: str, sources: list[str], caption: str) -> str:
    head = "".join(f'<th scope="col">{html.escape(s)}</th>' for s in sources)
    wide = " sb-many" if len(sources) > 8 else ""
    return (
        f'<div class="sb-matrix-box{wide}">'
        f'<table class="sb-matrix" style="--sb-columns:{len(sources)}"><caption>{html.escape(caption)}</caption>'
        f'<thead><tr><th scope="col">question</th>{head}</tr></thead>{bodies}</table></div>'
    )


def matrix(
    index: ClaimIndex, *, links: Links, least: int = 0, folded: bool = False, silences: bool = False
) -> Html:
    """Return the table of questions by sources, in one body for each topic.

    Parameters
    ----------
    index : ClaimIndex
        The dataset.
    links : sourcebook.render.links.Links
        Where the cells lead.
    least : int
        Only the questions that so many sources answer.
    folded : bool
        Each topic in a fold of its own, whose title counts the states of its cells.
    silences : bool
        Silent cells lead to the row of their question in :func:`sourcebook.render.claim_page.silence_table` on the
        same page.

    Returns
    -------
    Html
        A legend and a table; each cell has a word for its state, and links to the claims behind it.
    """
    cells = {(row["proposition_id"], row["source_id"]): row for row in index.cells}
    groups: dict[str, list[Row]] = defaultdict(list)
    sources = list(index.sources)
    for question in index.questions.values():
        answering = sum(bool(cells.get((question["proposition_id"], s), {}).get("claims")) for s in sources)
        if answering >= least:
            groups[question["topic"]].append(question)
    parts, shown = [], []
    for topic, label in index.topics().items():
        if not groups[topic]:
            continue
        asked = [q["proposition_id"] for q in groups[topic]]
        here = [row for p in asked for s in sources if (row := cells.get((p, s))) is not None]
        shown += here
        rows = "".join(
            f'<tr><th scope="row" dir="auto">{html.escape(q["question"])}</th>'
            + "".join(_cell(cells.get((q["proposition_id"], s)), links, silences=silences) for s in sources)
            + "</tr>"
            for q in groups[topic]
        )
        if folded:
            title = f"{label}: {len(asked)} question{'s' * (len(asked) != 1)} ({_in_short(here)})"
            table = _table(
                f"<tbody>{rows}</tbody>", sources, f"{label}: how each source stands to each question"
            )
            parts.append(
                f'<details class="sb-fold"><summary dir="auto">{html.escape(title)}</summary>{table}</details>'
            )
        else:
            head = f'<tr class="sb-head"><th scope="rowgroup" colspan="{len(sources) + 1}" dir="auto">'
            parts.append(f"<tbody>{head}{html.escape(label)}</th></tr>{rows}</tbody>")
    which = "Each question" if least < 2 else f"Each question that at least {least} sources answer"
    caption = f"{which} and each source: how its answer stands to the others, or how it is silent"
    body = "".join(parts) if folded else _table("".join(parts), sources, caption)
    return Html(_legend({row["state"] for row in shown}) + body)

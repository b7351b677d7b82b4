"""The silences, question by question: what was looked for, and in which way each source is silent."""

from __future__ import annotations

import html
import re
from collections import defaultdict

from sourcebook.core.vocabularies import SILENCES
from sourcebook.render.claim_page.evidence_index import Evidence, Row
from sourcebook.render.display import Html

__all__ = ["silence_place", "silence_table"]


def silence_place(proposition_id: str) -> str:
    """Return the address of a question in the table of silences.

    Examples
    --------
    >>> silence_place("last-wave end")
    'silence-last-wave-end'
    """
    return "silence-" + re.sub(r"[^\w.-]+", "-", proposition_id)


def _ways(rows: list[Row]) -> str:
    """Return the types of silence, each with its sources and the words that did occur there."""
    by_type: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found = f" (“{row['found']}”)" if row["silence"] == "mentioned" and row["found"] else ""
        by_type[row["silence"]].append(f"{row['source_id']}{found}")
    return "<br>".join(
        f'<span class="sb-relation" data-relation="silent">{name.replace("-", " ")}</span>: '
        f"{html.escape(', '.join(by_type[name]))}"
        for name in SILENCES
        if name in by_type
    )


def _reasons(evidence: Evidence) -> str:
    """List the reasons why a question lies outside what a source sets out to treat, each with its sources."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for rows in evidence.silences.values():
        for row in rows:
            if row["silence"] == "out-of-scope":
                found[str(row["reason"])].setdefault(str(row["source_id"]))
    items = "".join(
        f"<dt>{html.escape(', '.join(sources))}</dt><dd>{html.escape(reason)}</dd>"
        for reason, sources in found.items()
    )
    if not items:
        return ""
    title = "Why some questions lie outside what a source sets out to treat"
    return f'<details class="sb-fold"><summary>{title}</summary><dl class="sb-facts">{items}</dl></details>'


def silence_table(evidence: Evidence) -> Html:
    """Return, folded by topic, every question on which a source is silent, with what was looked for.

    Parameters
    ----------
    evidence : Evidence
        The dataset.

    Returns
    -------
    Html
        A row for each question, with the address of :func:`silence_place`: the words and stems that were
        looked for, and the sources by type of silence, with the words that occur where a source has them
        without an answer.
    """
    parts = []
    for topic, label in evidence.topics().items():
        asked = [
            q
            for q in evidence.questions.values()
            if q["topic"] == topic and evidence.silences.get(q["proposition_id"])
        ]
        if not asked:
            continue
        rows = "".join(
            f'<tr id="{html.escape(silence_place(q["proposition_id"]))}">'
            f'<th scope="row" dir="auto">{html.escape(q["question"])}</th>'
            f'<td dir="auto">{html.escape(evidence.silences[q["proposition_id"]][0]["searched"])}</td>'
            f"<td>{_ways(evidence.silences[q['proposition_id']])}</td></tr>"
            for q in asked
        )
        caption = html.escape(f"{label}: what was looked for, and who is silent in which way")
        parts.append(
            f'<details class="sb-fold"><summary dir="auto">{html.escape(label)}: {len(asked)} '
            f"question{'s' * (len(asked) != 1)}</summary>"
            f'<div class="sb-scroll" role="region" tabindex="0" aria-label="{caption}"><table class="sb-table">'
            f'<caption>{caption}</caption><thead><tr><th scope="col">question</th>'
            f'<th scope="col">words looked for</th><th scope="col">silent</th></tr></thead>'
            f"<tbody>{rows}</tbody></table></div></details>"
        )
    return Html(_reasons(evidence) + "".join(parts))

"""The silences, question by question: what was looked for, and in which way each source is silent."""

from __future__ import annotations

import re
from collections import defaultdict

from sourcebook.core.vocabularies import SILENCES
from sourcebook.render.claim_index import ClaimIndex, Row
from sourcebook.render.display import Html
from sourcebook.render.templating import render

__all__ = ["silence_place", "silence_table"]

#: Sources that are named in a cell; of more, it says how many.
_NAMED = 20


def silence_place(proposition_id: str) -> str:
    """Return the address of a question in the table of silences.

    Examples
    --------
    >>> silence_place("last-wave end")
    'silence-last-wave-end'
    """
    return "silence-" + re.sub(r"[^\w.-]+", "-", proposition_id)


def _by_silence(index: ClaimIndex, rows: list[Row]) -> dict[str, list[str]]:
    """Return the sources of each type of silence, with the words that did occur there."""
    sources: dict[str, list[str]] = {silence: [] for silence in SILENCES}
    for row in rows:
        found = f" (“{row['found']}”)" if row["silence"] == "mentioned" and row["found"] else ""
        sources[row["silence"]].append(f"{index.source_names[row['source_id']]}{found}")
    return {silence: _some(names) for silence, names in sources.items() if names}


def _some(names: list[str]) -> list[str]:
    """Return so many names that a person reads them, and how many there are besides."""
    return [*names[:_NAMED], f"and {len(names) - _NAMED:,} more"] if len(names) > _NAMED + 1 else names


def _reasons(index: ClaimIndex) -> dict[str, list[str]]:
    """Return the sources of each reason why a question lies outside what a source sets out to treat."""
    sources: dict[str, dict[str, None]] = defaultdict(dict)
    for rows in index.silences.values():
        for row in rows:
            if row["silence"] == "out-of-scope":
                sources[row["reason"]].setdefault(index.source_names[row["source_id"]])
    return {reason: _some(list(names)) for reason, names in sources.items()}


def silence_table(index: ClaimIndex) -> Html:
    """Return, folded by topic, every question on which a source is silent, with what was looked for.

    Parameters
    ----------
    index : ClaimIndex
        The dataset.

    Returns
    -------
    Html
        A row for each question, with the address of :func:`silence_place`: the words and stems that were
        looked for, and the sources by type of silence, with the words that occur where a source has them
        without an answer.
    """
    labels = index.topics()
    topics: dict[str, list[dict[str, object]]] = {topic: [] for topic in labels}
    for proposition_id, question in index.questions.items():
        if rows := index.silences.get(proposition_id):
            topics[question["topic"]].append(
                {
                    "place": silence_place(proposition_id),
                    "text": question["question"],
                    "searched": rows[0]["searched"],
                    "silences": _by_silence(index, rows),
                }
            )
    filled = [(labels[topic], questions) for topic, questions in topics.items() if questions]
    return Html(render("silences", reasons=_reasons(index), topics=filled))

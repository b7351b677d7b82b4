"""Every question by every source: who answers, how the answers relate, and who is silent in which way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from sourcebook.core.vocabularies import SILENCES, STATES
from sourcebook.render.claim_index import ClaimIndex, Row
from sourcebook.render.claim_page.silence_page import silence_place
from sourcebook.render.display import Html
from sourcebook.render.links import Links
from sourcebook.render.templating import render

__all__ = ["matrix"]

#: Sources from which on a column for each is more than anybody reads.
_MANY = 40


def _cell(row: Row, *, silences: bool) -> dict[str, Any]:
    """Return the state of a cell, its claims, and its place in the table of silences."""
    state = row["state"]
    return {
        "state": state,
        "kind": state if row["claims"] else "silent",
        "claims": [claim_id for claim_id in row["claims"].split(";") if claim_id],
        "place": silence_place(row["proposition_id"]) if silences and state in SILENCES else "",
    }


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
        Each topic in a fold of its own, whose title counts the states of its cells. The folds with a
        contradiction are open.
    silences : bool
        Silent cells lead to the row of their question in :func:`sourcebook.render.claim_page.silence_table` on the
        same page.

    Returns
    -------
    Html
        A legend and a table; each cell has a word for its state, and links to the claims behind it. Of more
        than 40 sources the table counts, for each question, how many are in which state.
    """
    if len(index.sources) > _MANY:
        return _counted(index, least=least)
    cells = {(row["proposition_id"], row["source_id"]): _cell(row, silences=silences) for row in index.cells}
    groups: dict[str, list[dict[str, Any]]] = {topic: [] for topic in index.topics()}
    for proposition_id, question in index.questions.items():
        row = [cells.get((proposition_id, source_id)) for source_id in index.sources]
        if sum(bool(cell and cell["claims"]) for cell in row) >= least:
            groups[question["topic"]].append(
                {"text": question.get("label") or question["question"], "cells": row}
            )
    topics, states = [], set()
    for topic, questions in groups.items():
        all_cells = [cell for question in questions for cell in question["cells"] if cell]
        states |= {cell["state"] for cell in all_cells}
        kinds = Counter(cell["kind"] if cell["state"] != "not-coded" else "not-coded" for cell in all_cells)
        counts = {kind: kinds[kind] for kind in (*STATES, "silent") if kinds[kind]}
        if questions:
            topics.append({"label": index.label("topic", topic), "questions": questions, "counts": counts})
    return Html(
        render(
            "matrix",
            sources=list(index.source_names.values()),
            links=links,
            folded=folded,
            topics=topics,
            legend=_legend(states),
            caption=f"{_which(least)} and each source: how its answer relates to the others, or how it is silent",
        )
    )


def _which(least: int) -> str:
    """Return which questions a table has."""
    return "Each question" if least < 2 else f"Each question that at least {least} sources answer"


def _legend(states: Collection[str]) -> list[tuple[str, str, str]]:
    """Return the states that occur, each with its colour and what it means."""
    return [
        (state, "silent" if state in SILENCES else state, text)
        for state, text in STATES.items()
        if state in states
    ]


def _counted(index: ClaimIndex, *, least: int) -> Html:
    """Return the table that counts the sources in each state."""
    counts: dict[str, Counter[str]] = {proposition_id: Counter() for proposition_id in index.questions}
    answered: Counter[str] = Counter()
    for row in index.cells:
        counts[row["proposition_id"]][row["state"]] += 1
        answered[row["proposition_id"]] += bool(row["claims"])
    states = [state for state in STATES if any(count[state] for count in counts.values())]
    topics: dict[str, list[dict[str, Any]]] = {topic: [] for topic in index.topics()}
    for proposition_id, question in index.questions.items():
        if answered[proposition_id] >= least:
            numbers = [counts[proposition_id][state] for state in states]
            topics[question["topic"]].append(
                {"text": question.get("label") or question["question"], "counts": numbers}
            )
    return Html(
        render(
            "matrix_counts",
            states=states,
            topics=[
                (index.label("topic", topic), questions) for topic, questions in topics.items() if questions
            ],
            legend=_legend(states),
            caption=f"{_which(least)}: how many of {len(index.sources):,} sources answer it or are silent, and how",
        )
    )

"""What can be wrong between a row and its source: the quote, its place, and the sentence it is said to be in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from sourcebook.coding.coded_tables import problem_in, records
from sourcebook.core.csvfiles import LINE
from sourcebook.core.errors import Problem
from sourcebook.core.schemas import TABLES, Table
from sourcebook.sources.documents import Document
from sourcebook.text import anchors

__all__ = ["page_problems", "quote_problems", "sentence_problems"]


_OFFSET = re.compile(r"[0-9]{1,12}")


def page_problems(frame: pd.DataFrame, lengths: Mapping[str, int]) -> Iterator[Problem]:
    """Report rows of the map of pages that are no places in their text, or begin before the page before them ends."""
    ends: dict[str, int] = {}
    for line, row in records(frame):
        length, before = lengths.get(row["source_id"]), ends.get(row["source_id"], 0)
        bounds = [int(cell) if _OFFSET.fullmatch(cell) else -1 for cell in (row["start"], row["end"])]
        if length is not None and not before <= bounds[0] <= bounds[1] <= length:
            found, expected = f"[{row['start']}, {row['end']})", f"{before} <= start <= end <= {length}"
            action = "correct the page; `sourcebook reanchor` moves pages with a new text"
            yield Problem(TABLES["pages"].path, line, "start", found, expected, action)
        ends[row["source_id"]] = max(before, *bounds)


def quote_problems(table: Table, frame: pd.DataFrame, documents: Mapping[str, Document]) -> list[Problem]:
    """Report quotes that are not the raw file from their start to their end."""
    problems = anchors.check_anchors(frame, documents, file=table.path)
    source_of = dict(zip(frame[LINE].tolist(), frame["source_id"].tolist(), strict=True))
    moved: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.column == "start" and problem.expected.endswith(anchors.PLACE):
            moved.setdefault(source_of[problem.line], []).append(problem)
    for source, group in moved.items():
        if len(group) > 2:
            problems = [problem for problem in problems if problem not in group[1:]]
            problems[problems.index(group[0])] = _moved(documents[source], group)
    return problems


def _moved(document: Document, group: list[Problem]) -> Problem:
    """Return one problem for many quotes of a source whose places are wrong for one reason."""
    marks = {"begins with a byte-order mark": "\ufeff", "has line ends of two characters": "\r\n"}
    why = " and ".join(name for name, mark in marks.items() if mark in document.raw)
    found = f"{group[0].found}, and {len(group) - 1} more quotes of {document.source_id} at other places"
    expected = group[0].expected + (f"; {document.path.name} {why}, which counts" if why else "")
    action = "restore the raw file, or empty start and end of these rows and run `sourcebook anchor`"
    return replace(group[0], found=found, expected=expected, action=action)


def sentence_problems(
    table: Table, frame: pd.DataFrame, sentences: pd.DataFrame, documents: Mapping[str, Document]
) -> Iterator[Problem]:
    """Report rows whose quote does not start in the sentence that they name.

    Rows whose source, sentence or place is wrong in itself are left to the other checks.
    """
    names = set(sentences["sentence_id"]) | {""}
    spans = anchors.sentence_spans(sentences)
    for line, row in records(frame):
        known = row["source_id"] in documents and row["sentence_id"] in names
        if not known or not all(re.fullmatch(r"[0-9]{1,12}", row[name]) for name in ("start", "end")):
            continue
        document, start, end = documents[row["source_id"]], int(row["start"]), int(row["end"])
        if not start < end <= len(document.raw) or document.raw[start:end] != row["exact"]:
            continue
        actual = anchors.starts_in(document.normal, spans.get(row["source_id"], {}), start, end)
        if actual != row["sentence_id"]:
            expected = (
                f"{actual!r}, in which the quote starts"
                if actual
                else "an empty cell: the quote is outside every sentence"
            )
            action = f"run `sourcebook anchor {table.path}`, which corrects the sentence; or empty start and end first"
            yield problem_in(table, line, "sentence_id", repr(row["sentence_id"]), expected, action)

"""Every coding of a source, whatever table it stands in, and the words behind each."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from sourcebook.coding.answers import answers_in_words
from sourcebook.core.schemas import ANSWER_VARIABLES, Category, Schemas
from sourcebook.render.claim_index import records
from sourcebook.sources.documents import Document, sentence_table

__all__ = ["as_answers", "categories", "codings", "quotes"]

#: How claims are marked; the schema of every other table says how its rows are.
_OF_KIND = {
    "date": Category(mark="date", name="date", plural="dates", label="dates"),
    "quantity": Category(mark="quantity", name="quantity", plural="quantities", label="quantities"),
    "name": Category(mark="name", name="name", plural="names", label="names", shown=False),
}
_OTHER_CLAIM = Category(mark="claim", name="claim", plural="claims", label="other claims", shown=False)


def categories(schemas: Schemas) -> dict[str, Category]:
    """Return the categories of codings by their mark, in the order of the legend."""
    listed = [_OF_KIND["date"], _OF_KIND["quantity"], _OTHER_CLAIM, *schemas.categories.values()]
    return {category.mark: category for category in listed}


class _Words:
    """Says in a few words what a row codes, with the labels of its terms and of what it links to."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], schemas: Schemas) -> None:
        self._schemas = schemas
        book = tables["codebook"].groupby("vocabulary", sort=False)
        self._terms = {str(v): dict(zip(g["term"], g["label"], strict=True)) for v, g in book}
        self._linked = {
            f"{name}.{table.key[0]}": dict(
                zip(tables[name][table.key[0]], tables[name][table.label], strict=True)
            )
            for name, table in schemas.items()
            if table.label
        }

    def label(self, vocabulary: str, term: str) -> str:
        """Return the label of a term of the codebook, or the term."""
        return str(self._terms.get(vocabulary, {}).get(term, term))

    def describe(self, table: str, pattern: str, row: Mapping[str, Any]) -> str:
        """Fill the pattern of a category; what is in brackets is left out where a cell in it is empty."""

        def cell(match: re.Match[str]) -> str:
            about = self._schemas[table].schema.columns[match[1]].metadata or {}
            value = str(row[match[1]])
            if "link" in about:
                return str(self._linked.get(about["link"], {}).get(value, value))
            return self.label(about.get("term", ""), value)

        def part(match: re.Match[str]) -> str:
            return match[1] if all(row[name] for name in _CELL.findall(match[1])) else ""

        return _CELL.sub(cell, _OPTIONAL.sub(part, pattern))


#: What is taken from a row of any table.
_SHARED = ("sentence_id", "start", "end", "voice", "via", "modality", "note")

#: The columns of :func:`codings`.
_COLUMNS = (
    "row_id", "table", "category", "kind", "sentence_id", "start", "end", "proposition_id", "value", "label", "unit",
    "answers", "question", "text", "voice", "via", "modality", "note",
)  # fmt: skip

_CELL = re.compile(r"\{(\w+)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


def as_answers(answers: Mapping[str, str]) -> str:
    """Return the answers of a coding by variable, as a page hands them to its script.

    Examples
    --------
    >>> as_answers({"value": "~640", "voice": "text"})
    '{"value":"~640","voice":"text"}'
    """
    return json.dumps(dict(answers), ensure_ascii=False, separators=(",", ":"))


def codings(tables: Mapping[str, pd.DataFrame], source_id: str, schemas: Schemas) -> pd.DataFrame:
    """Return every coding of one source, whatever table it stands in.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The coded and reference tables.
    source_id : str
        The source.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have.

    Returns
    -------
    DataFrame
        ``row_id, table, category`` (the mark), ``kind`` (the name of the category), ``sentence_id, start, end`` (raw
        offsets, integers), ``proposition_id`` and ``value`` (of a claim), ``label`` (what a coding pass would have,
        of another row), ``unit`` and ``answers`` (what a coding pass would have: the unit, and the answers by
        variable as a JSON object; empty where passes do not compare it), ``question`` (of a claim), ``text`` (what is
        coded, in words), ``voice`` and ``via`` (in words), ``modality, note``; in the order of the text.
    """
    words = _Words(tables, schemas)
    questions = {row["proposition_id"]: row for row in records(tables["propositions"])}
    claims = tables["claims"][tables["claims"]["source_id"] == source_id]
    answers = answers_in_words({**tables, "claims": claims})
    rows = []
    for row in records(claims):
        question = questions[row["proposition_id"]]
        category = _OF_KIND.get(question["kind"], _OTHER_CLAIM)
        rows.append(
            {
                **row,
                "row_id": row["claim_id"],
                "table": "claims",
                "category": category.mark,
                "kind": category.name,
                "question": question["question"],
                "text": answers[row["claim_id"]],
                "unit": f"{source_id}|{row['proposition_id']}",
                "answers": as_answers({name: row[name] for name in ANSWER_VARIABLES}),
            }
        )
    for name, category in schemas.categories.items():
        frame, table = tables[name], schemas[name]
        for row in records(frame[frame["source_id"] == source_id]):
            about = {
                "row_id": row[table.key[0]],
                "table": name,
                "category": category.mark,
                "kind": category.name,
                "text": words.describe(name, category.text, row),
                "label": row[table.variable.column] if table.variable else "",
            }
            if table.variable and row["sentence_id"]:
                coded = {table.variable.name: row[table.variable.column]}
                about |= {"unit": row["sentence_id"], "answers": as_answers(coded)}
            rows.append({name: row.get(name, "") for name in _SHARED} | about)
    for row in rows:
        row |= {part: words.label("voice", row.get(part, "")) for part in ("voice", "via")}
    out = pd.DataFrame([dict.fromkeys(_COLUMNS, "") | row for row in rows], columns=list(_COLUMNS))
    out = out.astype({"start": "int64", "end": "int64"})
    return out.sort_values(["start", "end", "row_id"], ignore_index=True)


def quotes(
    tables: Mapping[str, pd.DataFrame], documents: Mapping[str, Document], schemas: Schemas
) -> dict[str, str]:
    """Return the words behind every coded row and every sentence, by id.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The coded tables.
    documents : mapping of str to sourcebook.sources.documents.Document
        By source id.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have.

    Returns
    -------
    dict of str to str
        Normalised text; for a passage outside the running text, the raw words with single spaces.
    """
    found: dict[str, str] = {}
    for name, table in schemas.items():
        if not table.anchored or len(table.key) != 1 or name == "uncoded":
            continue
        frame = tables[name]
        for row_id, source, start, end in zip(
            frame[table.key[0]], frame["source_id"], frame["start"], frame["end"], strict=True
        ):
            document = documents[source]
            at, to = document.normal.to_text(int(start), int(end))
            raw = " ".join(document.raw[int(start) : int(end)].split())
            found[row_id] = document.normal.text[at:to].strip() or raw
    frame = sentence_table(documents)
    found.update(zip(frame["sentence_id"], frame["text"], strict=True))
    return found

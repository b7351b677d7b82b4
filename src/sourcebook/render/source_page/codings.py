"""Every coding of a source, whatever table it stands in, and the words behind each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from sourcebook.coding.answers import answers_in_words
from sourcebook.coding.passes import SENTENCE_VARIABLES
from sourcebook.core.schemas import TABLES
from sourcebook.render.claim_index import records
from sourcebook.sources.documents import Document
from sourcebook.text.segments import sentences

__all__ = ["CATEGORIES", "QUIET", "codings", "quotes"]

#: Categories of codings, as a reader meets them.
CATEGORIES: Mapping[str, str] = {
    "date": "dates",
    "quantity": "quantities",
    "claim": "other claims",
    "instrument": "legal instruments",
    "demand": "demands",
    "frame": "framing",
    "heritage": "heritage",
    "term": "terms of art",
    "name": "names",
    "link": "what the text draws on",
}

#: Categories that are not marked until the reader asks for them: together they would underline every sentence.
QUIET = frozenset({"claim", "frame", "term", "name", "link"})

_OF_TABLE = {
    "citations": "instrument",
    "demands": "demand",
    "frames": "frame",
    "heritage": "heritage",
    "term_uses": "term",
    "mentions": "name",
    "links": "link",
}
_OF_KIND = {"date": "date", "quantity": "quantity", "name": "name"}


def _described(table: str, row: Mapping[str, Any], names: Mapping[str, Mapping[str, str]]) -> str:
    """Say in a few words what a row codes, beside the name of its category."""
    if table == "citations":
        place = f", {row['pinpoint']}" if row["pinpoint"] else ""
        effect = f": {row['effect']}" if row["effect"] else ""
        return f"{names['instruments'].get(row['instrument_id'], row['instrument_id'])}{place}{effect}"
    if table == "demands":
        return f"on {names['addressee'].get(row['addressee'], row['addressee'])}: {row['summary']}"
    if table == "frames":
        return f"{row['function']}: {names['frame'].get(row['frame'], row['frame'])}"
    if table == "heritage":
        thing = names["heritage-object"].get(row["object"], row["object"])
        return f"{thing}: {names['heritage-treatment'].get(row['treatment'], row['treatment'])}"
    if table == "term_uses":
        return names["terms"].get(row["term_id"], row["term_id"])
    if table == "links":
        return f"{row['kind']}: {row['upstream_label']}"
    role = f", as {row['role']}" if row["role"] else ""
    return f"{names['entities'].get(row['entity_id'], row['entity_id'])}{role}"


def _names(tables: Mapping[str, pd.DataFrame]) -> dict[str, dict[str, str]]:
    book = tables["codebook"]
    found = {
        str(v): dict(zip(g["term"], g["label"], strict=True))
        for v, g in book.groupby("vocabulary", sort=False)
    }
    for table, key, label in (
        ("instruments", "instrument_id", "short_name"),
        ("terms", "term_id", "label"),
        ("entities", "entity_id", "name"),
    ):
        found[table] = dict(zip(tables[table][key], tables[table][label], strict=True))
    return defaultdict(dict, found)


def codings(tables: Mapping[str, pd.DataFrame], source_id: str) -> pd.DataFrame:
    """Return every coding of one source, whatever table it stands in.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The coded and reference tables.
    source_id : str
        The source.

    Returns
    -------
    DataFrame
        ``row_id, table, category, sentence_id, start, end`` (raw offsets, integers), ``proposition_id`` and
        ``value`` (of a claim), ``label`` (what a coding pass would have, of another row), ``question`` (of a
        claim), ``text`` (what is coded, in words), ``voice`` and ``via`` (in words), ``modality, note``; in the
        order of the text.
    """
    names = _names(tables)
    questions = {row["proposition_id"]: row for row in records(tables["propositions"])}
    answers = answers_in_words(tables)
    labels = dict(SENTENCE_VARIABLES.values())
    rows = []
    for row in records(tables["claims"][tables["claims"]["source_id"] == source_id]):
        question = questions[row["proposition_id"]]
        rows.append(
            {
                **row,
                "row_id": row["claim_id"],
                "table": "claims",
                "category": _OF_KIND.get(question["kind"], "claim"),
                "question": question["question"],
                "text": answers[row["claim_id"]],
            }
        )
    for table, category in _OF_TABLE.items():
        frame = tables[table]
        for row in records(frame[frame["source_id"] == source_id]):
            about = {
                "row_id": row[TABLES[table].key[0]],
                "table": table,
                "category": category,
                "text": _described(table, row, names),
                "label": row[labels[table]] if table in labels else "",
            }
            rows.append({**row, **about})
    for row in rows:
        row |= {part: names["voice"].get(row.get(part, ""), row.get(part, "")) for part in ("voice", "via")}
    columns = ["row_id", "table", "category", "sentence_id", "start", "end", "proposition_id", "value"]
    columns += ["label", "question", "text", "voice", "via", "modality", "note"]
    out = pd.DataFrame([dict.fromkeys(columns, "") | row for row in rows], columns=columns)
    out = out.astype({"start": "int64", "end": "int64"})
    return out.sort_values(["start", "end", "row_id"], ignore_index=True)


def quotes(tables: Mapping[str, pd.DataFrame], documents: Mapping[str, Document]) -> dict[str, str]:
    """Return the words behind every coded row and every sentence, by id.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The coded tables.
    documents : mapping of str to Document
        By source id.

    Returns
    -------
    dict of str to str
        Normalised text; for a passage outside the running text, the raw words with single spaces.
    """
    found: dict[str, str] = {}
    for name, table in TABLES.items():
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
    for document in documents.values():
        frame = sentences(document.normal, document.source_id)
        found.update(zip(frame["sentence_id"], frame["text"], strict=True))
    return found

"""The text of a source as a page: every sentence and every coded passage has an address.

The page needs no script. A coded passage is marked by category; a link after each sentence leads to the
notes of its paragraph, where each coding stands with its value, its voice, and how the other sources stand
to the same question; each note leads back to its passage and to the passages of the others.
"""

from __future__ import annotations

import html
import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from sourcebook.display import Html, link
from sourcebook.documents import Document
from sourcebook.schemas import TABLES
from sourcebook.text import blocks, sentences
from sourcebook.values import display_claim

__all__ = ["CATEGORIES", "codings", "edition", "legend", "quotes"]

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
}

_OF_TABLE = {
    "citations": "instrument",
    "demands": "demand",
    "frames": "frame",
    "heritage": "heritage",
    "term_uses": "term",
    "mentions": "name",
}
_OF_KIND = {"date": "date", "quantity": "quantity", "name": "name"}


def _described(table: str, row: Mapping[str, Any], names: Mapping[str, Mapping[str, str]]) -> str:
    """Say in a few words what a row codes."""
    if table == "citations":
        place = f", {row['pinpoint']}" if row["pinpoint"] else ""
        effect = f": {row['effect']}" if row["effect"] else ""
        return f"cites {names['instruments'].get(row['instrument_id'], row['instrument_id'])}{place}{effect}"
    if table == "demands":
        return f"demand on {names['addressee'].get(row['addressee'], row['addressee'])}: {row['summary']}"
    if table == "frames":
        return f"{row['function']}: {names['frame'].get(row['frame'], row['frame'])}"
    if table == "heritage":
        thing = names["heritage-object"].get(row["object"], row["object"])
        return f"{thing}: {names['heritage-treatment'].get(row['treatment'], row['treatment'])}"
    if table == "term_uses":
        return f"term: {names['terms'].get(row['term_id'], row['term_id'])}"
    role = f", as {row['role']}" if row["role"] else ""
    return f"names {names['entities'].get(row['entity_id'], row['entity_id'])}{role}"


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

    Returns
    -------
    DataFrame
        ``row_id, table, category, start, end`` (raw offsets, integers), ``proposition_id`` (of a claim),
        ``text`` (what is coded, in words), ``voice, via, modality, note``; in the order of the text.
    """
    names = _names(tables)
    questions = tables["propositions"].set_index("proposition_id")
    rows = []
    for row in tables["claims"][tables["claims"]["source_id"] == source_id].to_dict("records"):
        question = questions.loc[row["proposition_id"]]
        shown = names["category"].get(row["value"], display_claim(question["kind"], row["value"]))
        rows.append(
            {
                **row,
                "row_id": row["claim_id"],
                "table": "claims",
                "category": _OF_KIND.get(question["kind"], "claim"),
                "text": f"{question['question']} — {shown}",
            }
        )
    for table, category in _OF_TABLE.items():
        frame = tables[table]
        for row in frame[frame["source_id"] == source_id].to_dict("records"):
            about = {
                "row_id": row[TABLES[table].key[0]],
                "table": table,
                "category": category,
                "text": _described(table, row, names),
            }
            rows.append({**row, **about})
    columns = ["row_id", "table", "category", "start", "end", "proposition_id", "text"]
    columns += ["voice", "via", "modality", "note"]
    out = pd.DataFrame(rows, columns=columns).fillna("")
    out = out.astype({"start": "int64", "end": "int64"})
    return out.sort_values(["start", "end", "row_id"], ignore_index=True)


def _others(
    row_id: str, proposition_id: str, derived: Mapping[str, pd.DataFrame], shown: Mapping[str, str]
) -> list[str]:
    """Say how the other sources stand to the question of a claim."""
    pairs = derived["relations"]
    parts = []
    for mine, theirs, source in (("claim_a", "claim_b", "source_b"), ("claim_b", "claim_a", "source_a")):
        for row in pairs[pairs[mine] == row_id].to_dict("records"):
            other = row[theirs]
            relation = html.escape(row["relation"])
            parts.append(
                f'<span class="sb-relation" data-relation="{relation}">{relation}</span> '
                f"{html.escape(row[source])}: "
                f"{link(other, shown[other], pages='').markup} <small>({html.escape(row['reason'])})</small>"
            )
    silent = derived["silences"]
    for row in silent[silent["proposition_id"] == proposition_id].to_dict("records"):
        parts.append(
            f'<span class="sb-relation" data-relation="silent">silent</span> {html.escape(row["source_id"])} '
            f"<small>({html.escape(row['silence'].replace('-', ' '))})</small>"
        )
    return parts


def _note(row: Mapping[str, Any], derived: Mapping[str, pd.DataFrame], shown: Mapping[str, str]) -> str:
    row_id = html.escape(row["row_id"])
    speech = ", ".join(p for p in (row["voice"], row["via"] and f"via {row['via']}", row["modality"]) if p)
    parts = [
        f'<span class="sb-tag" data-category="{row["category"]}">{row["category"]}</span> ',
        f'<a href="#{row_id}">{row_id.rpartition(".")[2]}</a> {html.escape(row["text"])}',
        f" <small>({html.escape(speech)})</small>" if speech else "",
        f" <small>{html.escape(row['note'])}</small>" if row["note"] else "",
    ]
    if row["table"] == "claims":
        others = _others(row["row_id"], row["proposition_id"], derived, shown)
        if others:
            parts.append("<ul>" + "".join(f"<li>{o}</li>" for o in others) + "</ul>")
    return f'<li id="note-{row_id}">{"".join(parts)}</li>'


def _marked(text: str, spans: Iterable[tuple[int, int, str, str]]) -> str:
    """Cut a text at the ends of its spans, mark the pieces by category and put in the addresses.

    Parameters
    ----------
    text : str
    spans : iterable of (start, end, category, row id)
        Positions in `text`; an empty row id sets no address (the passage began in an earlier sentence).
    """
    spans = list(spans)
    cuts = sorted({0, len(text), *(s for s, *_ in spans), *(e for _, e, *_ in spans)})
    out = []
    for start, end in itertools.pairwise(cuts):
        out += [
            f'<span class="sb-anchor" id="{html.escape(i)}"></span>'
            for s, _, _, i in spans
            if s == start and i
        ]
        piece = html.escape(text[start:end])
        active = {c for s, e, c, _ in spans if s <= start and end <= e}
        ordered = [c for c in CATEGORIES if c in active]
        if ordered:
            piece = f'<mark class="sb-mark" data-category="{" ".join(ordered)}">{piece}</mark>'
        out.append(piece)
    return "".join(out)


_TAGS = {"title": "p", "heading": "h2", "list_item": "p", "byline": "p", "dateline": "p", "paragraph": "p"}


def edition(
    document: Document, tables: Mapping[str, pd.DataFrame], derived: Mapping[str, pd.DataFrame]
) -> Html:
    """Return the page of one source.

    Parameters
    ----------
    document : Document
    tables, derived : mapping of str to DataFrame
        The coded and reference tables, and the derived ones (``relations, silences``).

    Returns
    -------
    Html
        The normalised text block by block. Each sentence has its id as an address, each coded passage the
        id of its row, and each note ``note-<row id>``. All text from the source is escaped.
    """
    coded = codings(tables, document.source_id)
    kinds = dict(zip(tables["propositions"]["proposition_id"], tables["propositions"]["kind"], strict=True))
    shown = {
        c: display_claim(kinds[p], v)
        for c, p, v in zip(
            tables["claims"]["claim_id"],
            tables["claims"]["proposition_id"],
            tables["claims"]["value"],
            strict=True,
        )
    }
    coded[["at", "to"]] = [
        document.normal.to_text(a, b) for a, b in zip(coded["start"], coded["end"], strict=True)
    ]
    all_sentences = sentences(document.normal, document.source_id)
    parts = [_letterhead(coded, document, derived, shown)]
    for block in blocks(document.normal).to_dict("records"):
        inside = all_sentences[
            (all_sentences["start"] >= block["start"]) & (all_sentences["end"] <= block["end"])
        ]
        parts.append(_block(block["kind"], inside, coded, derived, shown))
    return Html(f'<div class="sb-edition" lang="en">{"".join(parts)}</div>')


def _letterhead(
    coded: pd.DataFrame, document: Document, derived: Mapping[str, pd.DataFrame], shown: Mapping[str, str]
) -> str:
    """Show what stands outside the running text and is coded."""
    outside = coded[coded["at"] >= coded["to"]]
    if outside.empty:
        return ""
    words = []
    for row in outside.to_dict("records"):
        text = " ".join(document.raw[row["start"] : row["end"]].split())
        words.append(_marked(text, [(0, len(text), row["category"], row["row_id"])]))
    notes = "".join(_note(row, derived, shown) for row in outside.to_dict("records"))
    return f'<p class="sb-letterhead">Letterhead: {" · ".join(words)}</p>{_notes(notes, len(outside))}'


def _notes(notes: str, count: int) -> str:
    noun = "coding" if count == 1 else "codings"
    return f'<details class="sb-note"><summary>{count} {noun}</summary><ol>{notes}</ol></details>'


def _block(
    kind: str,
    inside: pd.DataFrame,
    coded: pd.DataFrame,
    derived: Mapping[str, pd.DataFrame],
    shown: Mapping[str, str],
) -> str:
    spans, noted = [], []
    for sentence in inside.to_dict("records"):
        touching = coded[(coded["at"] < sentence["end"]) & (coded["to"] > sentence["start"])]
        cut = [
            (
                max(row["at"], sentence["start"]) - sentence["start"],
                min(row["to"], sentence["end"]) - sentence["start"],
                row["category"],
                row["row_id"] if row["at"] >= sentence["start"] else "",
            )
            for row in touching.to_dict("records")
        ]
        noted += [r for r in touching.to_dict("records") if r["at"] >= sentence["start"]]
        number = sentence["sentence_id"].rpartition(".")[2]
        spans.append(
            f'<span class="sb-sentence" id="{html.escape(sentence["sentence_id"])}">'
            f"{_marked(sentence['text'], cut)}</span>"
            f'<a class="sb-ref" href="#{html.escape(sentence["sentence_id"])}" '
            f'aria-label="Address of sentence {number}">{number}</a>'
        )
    tag = _TAGS.get(kind, "p")
    text = f'<{tag} class="sb-text" data-kind="{kind}">{" ".join(spans)}</{tag}>'
    notes = "".join(_note(row, derived, shown) for row in noted)
    return text + (_notes(notes, len(noted)) if noted else "")


def legend() -> Html:
    """Return the list of categories, each in its colour and with its name."""
    items = "".join(
        f'<li><mark class="sb-mark" data-category="{name}">{html.escape(label)}</mark></li>'
        for name, label in CATEGORIES.items()
    )
    return Html(f'<ul class="sb-legend" aria-label="Categories of codings">{items}</ul>')


def quotes(tables: Mapping[str, pd.DataFrame], documents: Mapping[str, Document]) -> dict[str, str]:
    """Return the words behind every coded row and every sentence, by id.

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
            found[row_id] = document.normal.text[at:to] or raw
    for document in documents.values():
        frame = sentences(document.normal, document.source_id)
        found.update(zip(frame["sentence_id"], frame["text"], strict=True))
    return found

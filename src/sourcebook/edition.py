"""The text of a source as a page: every sentence and every coded passage has an address.

The page needs no script. A coded passage is marked by category; a link after each sentence leads to the
notes of its paragraph, where each coding stands with its value, its voice, and how the other sources stand
to the same question; each note leads back to its passage and to the passages of the others.
"""

from __future__ import annotations

import html
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from sourcebook.display import Html, anchor_href
from sourcebook.documents import Document
from sourcebook.schemas import TABLES
from sourcebook.text import blocks, sentences
from sourcebook.values import answers_in_words

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
    "link": "what the text draws on",
}

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

_Row = Mapping[str, Any]
_Frames = Mapping[str, pd.DataFrame]


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]


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
    if table == "links":
        return f"draws on ({row['kind']}): {row['upstream_label']}"
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
        The source.

    Returns
    -------
    DataFrame
        ``row_id, table, category, start, end`` (raw offsets, integers), ``proposition_id`` (of a claim),
        ``text`` (what is coded, in words), ``voice, via, modality, note``; in the order of the text.
    """
    names = _names(tables)
    questions = {row["proposition_id"]: row for row in _rows(tables["propositions"])}
    answers = answers_in_words(tables)
    rows = []
    for row in _rows(tables["claims"][tables["claims"]["source_id"] == source_id]):
        question = questions[row["proposition_id"]]
        rows.append(
            {
                **row,
                "row_id": row["claim_id"],
                "table": "claims",
                "category": _OF_KIND.get(question["kind"], "claim"),
                "text": f"{question['question']} — {answers[row['claim_id']]}",
            }
        )
    for table, category in _OF_TABLE.items():
        frame = tables[table]
        for row in _rows(frame[frame["source_id"] == source_id]):
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


def _default_address(row_id: str) -> str:
    return anchor_href(row_id, pages="")


class _Notes:
    """What the notes of a page need to know of the other sources."""

    def __init__(self, tables: _Frames, derived: _Frames, address: Callable[[str], str]) -> None:
        self.answers = answers_in_words(tables)
        self.address = address
        self.pairs: dict[str, list[tuple[str, _Row]]] = defaultdict(list)
        for row in _rows(derived["relations"]):
            self.pairs[row["claim_a"]].append(("b", row))
            self.pairs[row["claim_b"]].append(("a", row))
        self.silent: dict[str, list[_Row]] = defaultdict(list)
        for row in _rows(derived["silences"]):
            self.silent[row["proposition_id"]].append(row)

    def others(self, row_id: str, proposition_id: str) -> list[str]:
        """Say how the other claims and the silent sources stand to the question of a claim.

        Answers of one source that stand in one relation share a line, with the reason if they share it too.
        """
        groups: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for side, row in self.pairs[row_id]:
            groups[row["relation"], row[f"source_{side}"]].append((row[f"claim_{side}"], row["reason"]))
        parts = []
        for (relation, source_id), members in groups.items():
            links = ", ".join(
                f'<a class="sb-row" href="{html.escape(self.address(other))}">'
                f"{html.escape(self.answers[other])}</a>"
                for other, _ in members
            )
            reasons = {reason for _, reason in members}
            why = f" <small>({html.escape(reasons.pop())})</small>" if len(reasons) == 1 else ""
            name = html.escape(relation)
            parts.append(
                f'<span class="sb-relation" data-relation="{name}">{name}</span> '
                f"{html.escape(source_id)}: {links}{why}"
            )
        for row in self.silent[proposition_id]:
            kind = html.escape(row["silence"].replace("-", " "))
            parts.append(
                f'<span class="sb-relation" data-relation="silent">silent</span> '
                f"{html.escape(row['source_id'])} <small>({kind})</small>"
            )
        return parts

    def note(self, row: _Row) -> str:
        """Return the note of a coding, with a link back to its passage."""
        row_id = html.escape(row["row_id"])
        speech = ", ".join(
            p for p in (row["voice"], row["via"] and f"via {row['via']}", row["modality"]) if p
        )
        parts = [
            f'<span class="sb-tag" data-category="{row["category"]}">{row["category"]}</span> ',
            f'<a href="#{row_id}">{row_id.rpartition(".")[2]}</a> {html.escape(row["text"])}',
            f" <small>({html.escape(speech)})</small>" if speech else "",
            f" <small>{html.escape(row['note'])}</small>" if row["note"] else "",
        ]
        if row["table"] == "claims":
            others = self.others(row["row_id"], row["proposition_id"])
            if others:
                parts.append("<ul>" + "".join(f'<li dir="auto">{o}</li>' for o in others) + "</ul>")
        return f'<li id="note-{row_id}" dir="auto">{"".join(parts)}</li>'

    def fold(self, rows: Iterable[_Row]) -> str:
        """Return the notes of a block, folded; nothing if there are none."""
        notes = [self.note(row) for row in rows]
        if not notes:
            return ""
        noun = "coding" if len(notes) == 1 else "codings"
        return (
            f'<details class="sb-note"><summary>{len(notes)} {noun}</summary>'
            f"<ol>{''.join(notes)}</ol></details>"
        )


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


_TAGS = {"heading": "h2"}  # the title is the page's own, so that it is not told twice in the outline


def edition(
    document: Document,
    tables: Mapping[str, pd.DataFrame],
    derived: Mapping[str, pd.DataFrame],
    *,
    address: Callable[[str], str] = _default_address,
) -> Html:
    """Return the page of one source.

    Parameters
    ----------
    document : Document
        The source.
    tables, derived : mapping of str to DataFrame
        The coded and reference tables, and the derived ones (``relations, silences``).
    address : callable
        From the id of a row to where it stands, seen from this page; by default all pages of sources lie
        in one folder, as ``<source id>.html``.

    Returns
    -------
    Html
        The normalised text block by block. Each sentence has its id as an address, each coded passage the
        id of its row, and each note ``note-<row id>``. All text from the source is escaped, and each
        sentence and each note is isolated from the writing direction of the others.
    """
    coded = codings(tables, document.source_id)
    places = [document.normal.to_text(a, b) for a, b in zip(coded["start"], coded["end"], strict=True)]
    coded = coded.assign(
        at=pd.Series([at for at, _ in places], index=coded.index, dtype="int64"),
        to=pd.Series([to for _, to in places], index=coded.index, dtype="int64"),
        outside=pd.Series(
            [not document.normal.text[a:b].strip() for a, b in places], index=coded.index, dtype="bool"
        ),
    )
    notes = _Notes(tables, derived, address)
    all_sentences = sentences(document.normal, document.source_id)
    parts = [_letterhead(_rows(coded[coded["outside"]]), document, notes)]
    inside = coded[~coded["outside"]]
    for block in _rows(blocks(document.normal)):
        here = all_sentences["start"].between(block["start"], block["end"], inclusive="left")
        parts.append(_block(block["kind"], _rows(all_sentences[here]), inside, notes))
    language = html.escape(document.metadata.get("language") or "und")
    return Html(f'<div class="sb-edition" lang="{language}">{"".join(parts)}</div>')


def _letterhead(rows: list[dict[str, Any]], document: Document, notes: _Notes) -> str:
    """Show what stands outside the running text and is coded, each passage once."""
    if not rows:
        return ""
    words = []
    for group in _overlapping(rows):
        start, end = group[0]["start"], max(row["end"] for row in group)
        text = re.sub(r"\s", " ", document.raw[start:end])
        spans = [(row["start"] - start, row["end"] - start, row["category"], row["row_id"]) for row in group]
        words.append(f'<span dir="auto">{_marked(text, spans)}</span>')
    return f'<p class="sb-letterhead">Letterhead: {" · ".join(words)}</p>{notes.fold(rows)}'


def _overlapping(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Group rows, in the order of the text, whose passages overlap."""
    groups: list[list[dict[str, Any]]] = []
    end = -1
    for row in rows:
        if row["start"] < end:
            groups[-1].append(row)
        else:
            groups.append([row])
        end = max(end, row["end"])
    return groups


def _block(kind: str, inside: list[dict[str, Any]], coded: pd.DataFrame, notes: _Notes) -> str:
    spans: list[str] = []
    noted: list[dict[str, Any]] = []
    for sentence in inside:
        start, end = sentence["start"], sentence["end"]
        touching = _rows(coded[(coded["at"] < end) & (coded["to"] > start)])
        cut = [
            (
                max(row["at"], start) - start,
                min(row["to"], end) - start,
                row["category"],
                row["row_id"] if row["at"] >= start else "",
            )
            for row in touching
        ]
        noted += [row for row in touching if row["at"] >= start]
        sentence_id = html.escape(sentence["sentence_id"])
        number = sentence_id.rpartition(".")[2]
        spans.append(
            f'<span class="sb-sentence" id="{sentence_id}" dir="auto">{_marked(sentence["text"], cut)}</span>'
            f'<a class="sb-ref" href="#{sentence_id}" aria-label="Address of sentence {number}">{number}</a>'
        )
    tag = _TAGS.get(kind, "p")
    return f'<{tag} class="sb-text" data-kind="{kind}">{" ".join(spans)}</{tag}>{notes.fold(noted)}'


def legend() -> Html:
    """Return the list of categories, each in its colour and with its name.

    Returns
    -------
    Html
        A list.
    """
    items = "".join(
        f'<li><mark class="sb-mark" data-category="{name}">{html.escape(label)}</mark></li>'
        for name, label in CATEGORIES.items()
    )
    return Html(f'<ul class="sb-legend" aria-label="Categories of codings">{items}</ul>')


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

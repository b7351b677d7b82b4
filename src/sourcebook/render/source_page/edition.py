"""The page of a source: the text with its marks, and the notes of each paragraph next to it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import pandas as pd

from sourcebook.render.addresses import Addresses
from sourcebook.render.claim_index import ClaimIndex, Row, records
from sourcebook.render.display import Html, anchor_href
from sourcebook.render.links import Links, PageLink
from sourcebook.render.source_page.codings import categories, codings
from sourcebook.render.source_page.marking import Marker, Span
from sourcebook.render.source_page.notes import Notes
from sourcebook.render.source_page.parallel_passages import compare_words, parallel_passages
from sourcebook.render.source_page.relation_notes import all_answers
from sourcebook.render.templating import render
from sourcebook.sources.documents import Document
from sourcebook.text.segments import blocks

__all__ = ["edition"]

_ADDRESSES = Addresses(here="book/sources/source")
_LINKS = Links(claim=lambda _: "", passage=lambda row_id: anchor_href(row_id, addresses=_ADDRESSES))


def edition(
    index: ClaimIndex,
    source_id: str,
    tables: Mapping[str, pd.DataFrame],
    shared_passages: pd.DataFrame,
    *,
    links: Links = _LINKS,
    uses: Mapping[str, Sequence[PageLink]] | None = None,
    level: int = 2,
) -> Html:
    """Return the page of one source.

    Parameters
    ----------
    index : sourcebook.render.claim_index.ClaimIndex
        The dataset.
    source_id : str
        The source.
    tables : mapping of str to DataFrame
        The coded and reference tables.
    shared_passages : DataFrame
        The derived table of that name.
    links : sourcebook.render.links.Links, optional
        Where the notes lead; by default to the pages of the sources alone, all in one folder.
    uses : mapping of str to sequence of sourcebook.render.links.PageLink, optional
        The places that use a row, by its id.
    level : int
        Of the headings within the text. Its title is the page's own, and is no heading a second time.

    Returns
    -------
    Html
        A legend, and the normalised text block by block. Each sentence has its id as an address, each coded
        passage the id of its row, and each note ``note-<row id>``. All text from the source is escaped, and
        each sentence and each note is isolated from the writing direction of the others.
    """
    document = index.documents[source_id]
    coded = [_place(row, document) for row in records(codings(tables, source_id, index.schemas))]
    shared = [_place(row, document) for row in parallel_passages(shared_passages, source_id)]
    for row in shared:
        row["runs"] = compare_words(*row["quotes"])
        row["href"] = links.passage(f"{row['other']}.{row['row_id']}")
    page = _Page(
        document,
        index.sentences[source_id],
        coded,
        shared,
        Notes(index, links, uses or {}),
        partial(index.page, source_id),
    )
    parts = [*page.letterhead(), *(page.block(block, level) for block in records(blocks(document.normal)))]
    for before, part in pairwise([{"number": ""}, *parts]):
        part["page"] = part["number"] if part["number"] != before["number"] else ""
    lines = [line for part in parts for note in part["notes"]["codings"] for line in note["relations"]]
    counted = {line["proposition_id"] for line in lines if line["counts"]}
    known = categories(index.schemas)
    return Html(
        render(
            "source_page",
            source_id=source_id,
            names=index.source_names,
            language=document.metadata.get("language") or "und",
            categories={
                **{mark: c.label for mark, c in known.items()},
                "shared": "shared with another source",
            },
            counts=Counter(row["category"] for row in (*coded, *shared)),
            quiet={mark for mark, category in known.items() if not category.shown},
            blocks=parts,
            questions=all_answers(index, counted, source_id, links),
        )
    )


def _place(row: Row, document: Document) -> dict[str, Any]:
    """Add the source of a row, and its place in the normalised text."""
    at, to = document.normal.to_text(int(row["start"]), int(row["end"]))
    return {**row, "source_id": document.source_id, "at": at, "to": to}


def _spans(rows: Iterable[Row], start: int, end: int) -> list[Span]:
    """Return what of each passage lies between two places, counted from the first."""
    return [
        Span(
            start=max(row["at"], start) - start,
            end=min(row["to"], end) - start,
            category=row["category"],
            row_id=row["row_id"],
            shared_with=row.get("other", ""),
        )
        for row in rows
        if row["at"] < end and row["to"] > start
    ]


def _overlapping(rows: Iterable[Row]) -> list[list[Row]]:
    """Group rows, in the order of the text, whose passages overlap."""
    groups: list[list[Row]] = []
    end = -1
    for row in rows:
        if row["start"] < end:
            groups[-1].append(row)
        else:
            groups.append([row])
        end = max(end, row["end"])
    return groups


class _Page:
    """The page of one source, block after block."""

    def __init__(
        self,
        document: Document,
        sentences: Sequence[Row],
        coded: Sequence[Row],
        shared: Sequence[Row],
        notes: Notes,
        page_of: Callable[[int], str],
    ) -> None:
        self.document, self.sentences, self.notes, self.shared = document, sentences, notes, shared
        text = document.normal.text
        self.inside = [row for row in coded if text[row["at"] : row["to"]].strip()]
        self.outside = [row for row in coded if not text[row["at"] : row["to"]].strip()]
        self.marker = Marker()
        self.page_of = page_of

    def letterhead(self) -> list[dict[str, Any]]:
        """Return a block of the letterhead and of what is coded outside the running text, each passage once."""
        pieces = []
        zones = [
            {"start": zone.start, "end": zone.end}
            for zone in self.document.normal.zones
            if zone.kind == "letterhead"
        ]
        parts = sorted([*zones, *self.outside], key=lambda part: (part["start"], -part["end"]))
        for group in _overlapping(parts):
            start, end = group[0]["start"], max(row["end"] for row in group)
            text = re.sub(r"\s", " ", self.document.raw[start:end])
            raw = [{**row, "at": row["start"], "to": row["end"]} for row in group if "row_id" in row]
            pieces.append(self.marker.mark(text, _spans(raw, start, end)))
        return [{"number": "", "letterhead": pieces, "notes": self._notes(self.outside)}] if pieces else []

    def block(self, block: Row, level: int) -> dict[str, Any]:
        """Return a block of the text with its notes."""
        place = range(block["start"], block["end"])
        inside = [sentence for sentence in self.sentences if sentence["start"] in place]
        rows = (*self.inside, *self.shared)
        return {
            "number": self.page_of(block["raw_start"]),
            "letterhead": [],
            "tag": f"h{level}" if block["kind"] == "heading" else "p",
            "kind": block["kind"],
            "sentences": [
                (s["sentence_id"], self.marker.mark(s["text"], _spans(rows, s["start"], s["end"])))
                for s in inside
            ],
            "parallels": [row for row in self.shared if row["at"] in place],
            "notes": self._notes(
                [row for row in self.inside if row["at"] in place], [s["sentence_id"] for s in inside]
            ),
        }

    def _notes(self, rows: Sequence[Row], sentences: Sequence[str] = ()) -> dict[str, Any]:
        """Return the notes of a block whose words are marked."""
        around: dict[str, list[str]] = defaultdict(list)
        for row_id in (row["row_id"] for row in rows):
            host = self.marker.hosts.get(row_id, row_id)
            if host != row_id and row_id not in self.marker.linked:
                around[host].append(row_id)
        return self.notes.of_block(rows, sentences, around)

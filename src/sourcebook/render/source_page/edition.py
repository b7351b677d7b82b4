"""The page of a source: the text with its marks, and the notes of each paragraph beside it."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from sourcebook.render.display import Html
from sourcebook.render.source_page.codings import CATEGORIES, QUIET, codings, records
from sourcebook.render.source_page.marking import Span, marked
from sourcebook.render.source_page.notes import Links, Notes
from sourcebook.render.source_page.parallel_passages import side_by_side, twins
from sourcebook.sources.documents import Document
from sourcebook.text.normalise import blocks, sentences

__all__ = ["edition", "legend"]

_SHARED = {"shared": "shared with another source"}


def legend(counts: Mapping[str, int] | None = None) -> Html:
    """Return the switches of the categories; they work without a script.

    Parameters
    ----------
    counts : mapping of str to int, optional
        How many passages each category has; one without any is left out. By default all are shown, uncounted.

    Returns
    -------
    Html
        A group of boxes to tick, each with its category as it is marked in the text.
    """
    items = []
    for name, label in {**CATEGORIES, **_SHARED}.items():
        if counts is not None and not counts.get(name):
            continue
        number = f" <small>{counts[name]}</small>" if counts is not None else ""
        ticked = "" if name in QUIET else " checked"
        items.append(
            f'<label><input type="checkbox" id="sb-show-{name}"{ticked}> '
            f'<mark data-category="{name}">{html.escape(label)}</mark>{number}</label>'
        )
    return Html(f'<fieldset class="sb-legend"><legend>Marked</legend>{"".join(items)}</fieldset>')


def edition(
    document: Document,
    tables: Mapping[str, pd.DataFrame],
    derived: Mapping[str, pd.DataFrame],
    *,
    passes: Iterable[pd.DataFrame] = (),
    links: Links | None = None,
    level: int = 2,
) -> Html:
    """Return the page of one source.

    Parameters
    ----------
    document : Document
        The source.
    tables, derived : mapping of str to DataFrame
        The coded and reference tables, and the derived ones (``relations, silences, shared_passages``).
    passes : iterable of DataFrame
        Further coding passes, which the notes compare with the coded tables.
    links : Links, optional
        Where the notes lead; by default to the pages of the sources alone.
    level : int
        Of the headings within the text. Its title is the page's own, and is not told twice in the outline.

    Returns
    -------
    Html
        A legend, and the normalised text block by block. Each sentence has its id as an address, each coded
        passage the id of its row, and each note ``note-<row id>``. All text from the source is escaped, and
        each sentence and each note is isolated from the writing direction of the others.
    """
    links = links or Links()
    coded = _placed(codings(tables, document.source_id), document)
    shared = twins(derived["shared_passages"], document) if "shared_passages" in derived else []
    notes = Notes(tables, derived, passes, document.source_id, links)
    page = _Page(document, coded, shared, notes, level)
    counts = {**coded["category"].value_counts(), "shared": len(shared)}
    body = page.letterhead() + "".join(page.block(block) for block in records(blocks(document.normal)))
    body += notes.standing.several()
    return Html(f'<div class="sb-edition">{legend(counts).markup}<div class="sb-pages">{body}</div></div>')


def _placed(coded: pd.DataFrame, document: Document) -> pd.DataFrame:
    """Add the place of each coding in the normalised text, and whether it stands outside of it."""
    places = [document.normal.to_text(a, b) for a, b in zip(coded["start"], coded["end"], strict=True)]
    outside = [not document.normal.text[a:b].strip() for a, b in places]
    return coded.assign(
        source_id=document.source_id,
        at=pd.Series([at for at, _ in places], index=coded.index, dtype="int64"),
        to=pd.Series([to for _, to in places], index=coded.index, dtype="int64"),
        outside=pd.Series(outside, index=coded.index, dtype="bool"),
    )


def _span(row: Mapping[str, Any], start: int, end: int) -> Span:
    """Return what of a passage lies between two places, counted from the first."""
    shared = row["category"] == "shared"
    return Span(
        start=max(row["at"], start) - start,
        end=min(row["to"], end) - start,
        category=row["category"],
        row_id=row["row_id"],
        first=row["at"] >= start,
        note="" if shared else f"note-{row['row_id']}",
        sign=f"with-{row['row_id']}" if shared else "",
        told=f"Shared with {row['other']}: compare" if shared else "",
    )


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


class _Page:
    """The page of one source while it is written."""

    def __init__(
        self,
        document: Document,
        coded: pd.DataFrame,
        shared: Sequence[dict[str, Any]],
        notes: Notes,
        level: int,
    ) -> None:
        self.tags = {"heading": f"h{level}"}
        self.document, self.notes = document, notes
        self.shared = [{**row, "category": "shared"} for row in shared]
        self.inside, self.outside = coded[~coded["outside"]], coded[coded["outside"]]
        self.sentences = sentences(document.normal, document.source_id)
        self.language = html.escape(document.metadata.get("language") or "und")
        self.hosts: dict[str, str] = {}
        self.linked: frozenset[str] = frozenset()

    def letterhead(self) -> str:
        """Show what stands outside the running text and is coded, each passage once."""
        rows = records(self.outside)
        if not rows:
            return ""
        words = []
        for group in _overlapping(rows):
            start, end = group[0]["start"], max(row["end"] for row in group)
            text = re.sub(r"\s", " ", self.document.raw[start:end])
            spans = [_span({**row, "at": row["start"], "to": row["end"]}, start, end) for row in group]
            words.append(f'<span lang="{self.language}" dir="auto">{self._marked(text, spans)}</span>')
        return self._beside(f'<p class="sb-letterhead">Letterhead: {" · ".join(words)}</p>', rows)

    def block(self, block: Mapping[str, Any]) -> str:
        """Return a block with its notes beside it."""
        first, last = block["start"], block["end"]
        inside = records(self.sentences[self.sentences["start"].between(first, last, inclusive="left")])
        text = " ".join(map(self._sentence, inside))
        tag = self.tags.get(block["kind"], "p")
        shown = f'<{tag} class="sb-text" data-kind="{block["kind"]}" lang="{self.language}">{text}</{tag}>'
        here = [row for row in self.shared if first <= row["at"] < last]
        shown += side_by_side(here, self.document.source_id, self._twin_address)
        noted = records(self.inside[self.inside["at"].between(first, last, inclusive="left")])
        return self._beside(shown, noted, [row["sentence_id"] for row in inside])

    def _beside(self, shown: str, noted: Sequence[dict[str, Any]], named: Iterable[str] = ()) -> str:
        """Set the notes of a piece of the page beside it."""
        around: dict[str, list[str]] = defaultdict(list)
        for row in noted:
            host = self.hosts.get(row["row_id"], row["row_id"])
            if host != row["row_id"] and row["row_id"] not in self.linked:
                around[host].append(row["row_id"])
        notes = self.notes.fold(noted, sentences=named, around=around)
        return f'<div class="sb-block"><div class="sb-column">{shown}</div>{notes}</div>'

    def _marked(self, text: str, spans: Iterable[Span]) -> str:
        found = marked(text, spans, known=self.linked)
        self.linked = found.linked
        self.hosts = {**found.hosts, **self.hosts}
        return found.markup

    def _twin_address(self, source_id: str, shared_id: str) -> str:
        """Return the place of a shared passage on the page of the other source."""
        page = self.notes.links.passage(f"{source_id}.s001").partition("#")[0]
        return f"{page}#{shared_id}"

    def _sentence(self, sentence: Mapping[str, Any]) -> str:
        start, end = sentence["start"], sentence["end"]
        coded = self.inside[(self.inside["at"] < end) & (self.inside["to"] > start)]
        shared = [row for row in self.shared if row["at"] < end and row["to"] > start]
        markup = self._marked(
            sentence["text"], [_span(row, start, end) for row in [*records(coded), *shared]]
        )
        sentence_id = html.escape(sentence["sentence_id"])
        number = sentence_id.rpartition(".")[2].lstrip("s0")
        return (
            f'<a class="sb-number" href="#{sentence_id}" aria-label="Sentence {number}">{number}</a>'
            f'<span class="sb-sentence" id="{sentence_id}" dir="auto">{markup}</span>'
        )

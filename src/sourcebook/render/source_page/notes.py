"""The notes of a page: what is coded, in whose voice, and how the other sources and passes stand."""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sourcebook.coding.answers import display_claim
from sourcebook.coding.passes import SENTENCE_VARIABLES
from sourcebook.render.addresses import Addresses
from sourcebook.render.display import anchor_href
from sourcebook.render.source_page.codings import CATEGORIES, records
from sourcebook.render.source_page.relation_notes import Standing, anchor

__all__ = ["Links", "Notes"]

_Row = Mapping[str, Any]
_VARIABLE = {table: variable for variable, (table, _) in SENTENCE_VARIABLES.items()}
_NONE = ("", "none")


def _beside(row_id: str) -> str:
    return anchor_href(row_id, addresses=Addresses(here="book/sources/source"))


def _nowhere(claim_id: str) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class Links:
    """Where things stand, seen from the page of one source.

    Attributes
    ----------
    passage : callable
        From the id of a row to its passage; by default all pages of sources lie in one folder, as
        ``<source id>.html``.
    claim : callable
        From the id of a claim to its own page; empty where it has none.
    uses : mapping of str to sequence of (str, str, bool)
        Title and address of the places that use a row, and whether they print this row alone.
    """

    passage: Callable[[str], str] = _beside
    claim: Callable[[str], str] = _nowhere
    uses: Mapping[str, Sequence[tuple[str, str, bool]]] = field(default_factory=dict)


class Notes:
    """What the notes of a page need to know.

    Parameters
    ----------
    tables, derived : mapping of str to DataFrame
        The coded and reference tables, and the derived ones.
    passes : iterable of DataFrame
        Further coding passes, which the notes compare with the coded tables.
    source_id : str
        The source whose page it is.
    links : Links
        Where the notes lead.
    """

    def __init__(
        self,
        tables: Mapping[str, pd.DataFrame],
        derived: Mapping[str, pd.DataFrame],
        passes: Iterable[pd.DataFrame],
        source_id: str,
        links: Links,
    ) -> None:
        self.links = links
        self.standing = Standing(tables, derived, source_id, links.passage)
        self._kinds = {row["proposition_id"]: row["kind"] for row in records(tables["propositions"])}
        self._labels = {(row["vocabulary"], row["term"]): row["label"] for row in records(tables["codebook"])}
        self._passes: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
        for row in (row for coded in passes for row in records(coded)):
            self._passes[row["coder"]][row["unit"], row["variable"]] = row["value"]

    def note(self, row: _Row, *, inside: Sequence[str] = ()) -> str:
        """Return the note of a coding as an item, with a link back to its passage.

        Parameters
        ----------
        row : mapping
            A row of the codings, with ``source_id``.
        inside : sequence of str
            Ids of the codings around it to whose notes no word of the text leads by itself.
        """
        row_id = html.escape(row["row_id"])
        claim = row["table"] == "claims"
        parts = [
            f'<a class="sb-back" href="#{row_id}" aria-label="Passage {_last(row_id)}">{_last(row_id)}</a> '
            f'<span class="sb-kind">{row["category"]}</span> <b>{html.escape(row["text"])}</b>',
            f' <span class="sb-asked">{html.escape(row["question"])}</span>' if row["question"] else "",
        ]
        if inside:
            around = ", ".join(
                f'<a href="#note-{html.escape(i)}">{html.escape(_last(i))}</a>' for i in inside
            )
            parts.append(f" <small>within {around}</small>")
        lines = self.standing.lines(row) if claim else []
        lines += filter(
            None, (self._compared(row), self._used(row["row_id"]), self._page(row) if claim else "")
        )
        lines += [f"note of the coder: <bdi>{html.escape(row['note'])}</bdi>"] if row["note"] else []
        told = ", ".join(p for p in (row["voice"], row["via"] and f"via {row['via']}", row["modality"]) if p)
        head = " · ".join(filter(None, (html.escape(told), self.standing.summary(row) if claim else "")))
        if lines:
            listed = "".join(f"<li>{line}</li>" for line in lines)
            parts.append(f"<details><summary>{head or 'more'}</summary><ul>{listed}</ul></details>")
        elif head:
            parts.append(f" <small>{head}</small>")
        return f'<li id="note-{row_id}" data-category="{row["category"]}" dir="auto">{"".join(parts)}</li>'

    def _compared(self, row: _Row) -> str:
        """Say whether the other passes coded the same."""
        said = []
        claim = row["table"] == "claims"
        for coder, cells in self._passes.items():
            unit = f"{row['source_id']}|{row['proposition_id']}" if claim else row["sentence_id"]
            variable, own = (
                ("value", row["value"]) if claim else (_VARIABLE.get(row["table"], ""), row["label"])
            )
            found = cells.get((unit, variable), "")
            if not found:
                continue
            if found == "none":
                told = "no answer" if claim else "nothing here"
            elif own in found.split(";"):
                told = "the same" + (self._voices(row, cells.get((unit, "voice"), "")) if claim else "")
            else:
                told = ", ".join(self._in_words(row, value) for value in found.split(";"))
            said.append(f"{html.escape(coder)} pass: <bdi>{html.escape(told)}</bdi>")
        return "; ".join(said)

    def _voices(self, row: _Row, voices: str) -> str:
        """Say whose words another pass found, if not the same."""
        named = [self._labels.get(("voice", v), v) for v in voices.split(";") if v not in _NONE]
        return f", voice: {', '.join(named)}" if named and row["voice"] not in named else ""

    def _in_words(self, row: _Row, value: str) -> str:
        if row["table"] != "claims":
            return value.replace("-", " ")
        return self._labels.get(("category", value)) or display_claim(
            self._kinds[row["proposition_id"]], value
        )

    def _used(self, row_id: str) -> str:
        """Name the pages that print this row, and those that count it among others."""
        said = []
        for words, wanted in (("printed in", True), ("counted in", False)):
            found = [
                anchor(href, title)
                for title, href, direct in self.links.uses.get(row_id, ())
                if direct is wanted
            ]
            said += [f"{words} {', '.join(found)}"] if found else []
        return "; ".join(said)

    def _page(self, row: _Row) -> str:
        href = self.links.claim(row["row_id"])
        return f'<a href="{html.escape(href)}">page of this claim</a>' if href else ""

    def sentence(self, sentence_id: str) -> str:
        """Return a note on a sentence that a page quotes as a whole; nothing if none does."""
        used, name = self._used(sentence_id), html.escape(sentence_id)
        return (
            f'<li dir="auto"><a class="sb-back" href="#{name}">{_last(name)}</a> {used}</li>' if used else ""
        )

    def fold(
        self,
        rows: Sequence[_Row],
        *,
        sentences: Iterable[str] = (),
        around: Mapping[str, Sequence[str]] | None = None,
    ) -> str:
        """Return the notes of a block, folded where they have no margin; nothing if there are none.

        Parameters
        ----------
        rows : sequence of mapping
            The codings that begin in the block.
        sentences : iterable of str
            The ids of its sentences.
        around : mapping of str to sequence of str, optional
            For a coding, the ids of those around it to whose notes no word leads by itself.
        """
        quoted = [note for note in map(self.sentence, sentences) if note]
        notes = [self.note(row, inside=(around or {}).get(row["row_id"], ())) for row in rows]
        if not quoted and not notes:
            return ""
        counts = {name: sum(row["category"] == name for row in rows) for name in CATEGORIES}
        chips = [
            f'<span data-category="{name}">{count} {name if count == 1 else _PLURAL.get(name, f"{name}s")}</span>'
            for name, count in counts.items()
            if count
        ]
        has = " ".join([name for name, count in counts.items() if count] + ["sentence"] * bool(quoted))
        return (
            f'<details class="sb-notes" data-has="{has}"><summary>Notes {" ".join(chips)}</summary>'
            f"<ol>{''.join([*quoted, *notes])}</ol></details>"
        )


_PLURAL = {"quantity": "quantities", "heritage": "heritage"}


def _last(row_id: str) -> str:
    return row_id.rpartition(".")[2]

"""The notes of a page: what is coded, in whose voice, and what the other sources and passes have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sourcebook.coding.answers import display_claim
from sourcebook.render.claim_index import ClaimIndex, Row
from sourcebook.render.links import Links, PageLink
from sourcebook.render.source_page.codings import categories
from sourcebook.render.source_page.relation_notes import count_relations, list_relations, list_silences

__all__ = ["Notes"]


@dataclass(frozen=True)
class Notes:
    """What the notes of a page are made from.

    Attributes
    ----------
    index : ClaimIndex
        The dataset.
    links : Links
        Where the notes lead.
    uses : mapping of str to sequence of PageLink
        The places that use a row, by its id.
    """

    index: ClaimIndex
    links: Links
    uses: Mapping[str, Sequence[PageLink]]

    def of_block(
        self,
        rows: Sequence[Row],
        sentences: Sequence[str] = (),
        around: Mapping[str, Sequence[str]] | None = None,
    ) -> dict[str, Any]:
        """Return the notes of a block, as the template ``notes`` prints them.

        Parameters
        ----------
        rows : sequence of mapping
            The codings that begin in the block, with their ``source_id``.
        sentences : sequence of str
            The ids of its sentences; one that a page quotes as a whole has a note.
        around : mapping of str to sequence of str, optional
            For a coding, the ids of those around it to whose notes no word leads by itself.
        """
        counts = Counter(row["category"] for row in rows)
        return {
            "counts": {
                mark: f"{counts[mark]} {category.name if counts[mark] == 1 else category.plural}"
                for mark, category in categories(self.index.schemas).items()
                if counts[mark]
            },
            "sentences": [(i, self._uses(i)) for i in sentences if i in self.uses],
            "codings": [self._note(row, (around or {}).get(row["row_id"], ())) for row in rows],
        }

    def _note(self, row: Row, around: Sequence[str]) -> dict[str, Any]:
        """Return the note of a coding."""
        is_claim = row["table"] == "claims"
        via = row["via"] and f"via {row['via']}"
        return {
            "row": row,
            "around": around,
            "voice": ", ".join(filter(None, (row["voice"], via, row["modality"]))),
            "counts": count_relations(self.index, row) if is_claim else {},
            "relations": list_relations(self.index, row, self.links) if is_claim else [],
            "silences": list_silences(self.index, row) if is_claim else {},
            "passes": self._compare_passes(row),
            "uses": self._uses(row["row_id"]),
            "claim_page": self.links.claim(row["row_id"]) if is_claim else "",
        }

    def _uses(self, row_id: str) -> dict[str, list[PageLink]]:
        """Return the pages that print a row, and those that count it among others."""
        uses: dict[str, list[PageLink]] = {"printed in": [], "counted in": []}
        for use in self.uses.get(row_id, ()):
            uses["printed in" if use.is_direct else "counted in"].append(use)
        return {words: pages for words, pages in uses.items() if pages}

    def _compare_passes(self, row: Row) -> dict[str, str]:
        """Return what each further pass has for the unit of a coding."""
        is_claim = row["table"] == "claims"
        unit = f"{row['source_id']}|{row['proposition_id']}" if is_claim else row["sentence_id"]
        compared = self.index.schemas[row["table"]].variable
        variable = "value" if is_claim else compared.name if compared else ""
        _, *passes = self.index.passes[unit].items() or [("", {})]
        return {
            coder: self._in_words(row, cells[variable]["value"], cells.get("voice", {"value": ""})["value"])
            for coder, cells in passes
            if variable in cells and cells[variable]["value"]
        }

    def _in_words(self, row: Row, value: str, voice: str) -> str:
        """Return what a pass has where a coding is, and whose words it takes them for, if others."""
        is_claim = row["table"] == "claims"
        if value == "none":
            return "no answer" if is_claim else "nothing here"
        labels = value.split(";")
        if not is_claim:
            return "the same" if row["label"] in labels else ", ".join(labels).replace("-", " ")
        if row["value"] not in labels:
            kind = self.index.questions[row["proposition_id"]]["kind"]
            return ", ".join(display_claim(kind, self.index.label("category", label)) for label in labels)
        voices = [self.index.label("voice", v) for v in voice.split(";") if v not in ("", "none")]
        return (
            f"the same, voice: {', '.join(voices)}" if voices and row["voice"] not in voices else "the same"
        )

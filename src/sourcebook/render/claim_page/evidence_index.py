"""What the pages of evidence look up, read once from the tables."""

from __future__ import annotations

import html
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sourcebook.coding.passes import ANSWER_VARIABLES, first_pass
from sourcebook.core.vocabularies import RELATIONS
from sourcebook.sources.documents import Document

__all__ = ["STATES", "Evidence", "Links", "Number", "Row", "Use", "claim_name", "isolated", "plain"]

Row = Mapping[str, Any]

#: Relations and what stands for none, in the order in which pages list them.
STATES = ("contradict", "agree", "compatible", "not-comparable", "only")


def plain(text: object) -> str:
    r"""Return a text on one line and without controls, for places that take no markup.

    Examples
    --------
    >>> plain("one\u202e\n two")
    'one two'
    """
    kept = (" " if c.isspace() else c for c in str(text) if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join("".join(kept).split())


def isolated(text: object) -> str:
    """Return a text escaped, its writing direction its own."""
    return f"<bdi>{html.escape(str(text))}</bdi>"


def claim_name(claim_id: str) -> str:
    """Return the last part of an id, which names a claim within its source.

    Examples
    --------
    >>> claim_name("council.c004")
    'c004'
    """
    return claim_id.rpartition(".")[2]


@dataclass(frozen=True, kw_only=True)
class Links:
    """Where a page of evidence leads, seen from itself.

    Attributes
    ----------
    claim, passage : callable
        From the id of a claim, or of any coded row or sentence, to an address; empty where there is none.
    """

    claim: Callable[[str], str]
    passage: Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Use:
    """A page that shows a claim.

    Attributes
    ----------
    title, href : str
        The page.
    """

    title: str
    href: str


@dataclass(frozen=True, kw_only=True)
class Number:
    """A printed value that a claim is counted in.

    Attributes
    ----------
    name, display, how : str
        The row of the table of values.
    href : str
        Its entry on the page of values; empty where there is none.
    pages : tuple of Use
        The pages that print it.
    """

    name: str
    display: str
    how: str
    href: str
    pages: tuple[Use, ...]


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]


def _by(rows: Iterable[Row], key: str) -> dict[str, Row]:
    return {str(row[key]): row for row in rows}


def _grouped(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[str(row[key])].append(row)
    return found


class Evidence:
    """The tables of a dataset, indexed for pages about claims.

    Parameters
    ----------
    tables, derived : mapping of str to DataFrame
        The coded and reference tables, and the derived ones.
    documents : mapping of str to Document
        By source id, in the order of the registry.
    passes : iterable of DataFrame
        The coding passes beside the first.
    """

    def __init__(
        self,
        tables: Mapping[str, pd.DataFrame],
        derived: Mapping[str, pd.DataFrame],
        documents: Mapping[str, Document],
        passes: Iterable[pd.DataFrame] = (),
    ) -> None:
        self.documents = dict(documents)
        self.claims = _by(_records(derived["claim_intervals"]), "claim_id")
        self.questions = _by(_records(tables["propositions"]), "proposition_id")
        self.sources = _by(_records(tables["sources"]), "source_id")
        self.written = _by(_records(derived["dating"]), "source_id")
        self.sentences = _grouped(_records(derived["sentences"]), "source_id")
        self.standing = _by(_records(derived["agreement"]), "proposition_id")
        self.silences = _grouped(_records(derived["silences"]), "proposition_id")
        self.shared = _by(_records(derived["corroboration"]), "claim_id")
        self.origin = {r["source_id"]: r["origin"] for r in _records(derived["origins"])}
        self.cells = _records(derived["matrix"])
        self.dated = _records(derived["timeline"])
        self.timeline = derived["timeline"]
        self.entities = {r["entity_id"]: r["name"] for r in _records(tables["entities"])}
        self._terms = {
            (r["vocabulary"], r["term"]): r["label"] or r["term"] for r in _records(tables["codebook"])
        }
        self.relations: dict[str, list[tuple[str, Row]]] = defaultdict(list)
        for row in _records(derived["relations"]):
            self.relations[row["claim_a"]].append((row["claim_b"], row))
            self.relations[row["claim_b"]].append((row["claim_a"], row))
        self.passes = _answers([first_pass(dict(tables), derived["sentences"]), *passes])

    def label(self, vocabulary: str, term: str) -> str:
        """Return the label of a term of the codebook, or the term."""
        return str(self._terms.get((vocabulary, term), term))

    def topics(self) -> dict[str, str]:
        """Return the topics that questions have, in the order of the questions, with their labels."""
        return {q["topic"]: self.label("topic", q["topic"]) for q in self.questions.values()}

    def source_line(self, source_id: str) -> str:
        """Name a source by who signs it, its title and its date, as far as it has them."""
        row = self.sources[source_id]
        title = f"“{row['title']}”" if row["title"] else ""
        parts = (row["author"] or row["publisher"], title, self.written[source_id]["display"])
        return ", ".join(str(part) for part in parts if part)

    def states(self, claim_id: str) -> dict[str, int]:
        """Count how a claim stands to the claims of other sources; ``only`` where there is none.

        A contradiction within the source counts as ``contradict-within``.
        """
        found: dict[str, int] = {}
        own = self.claims[claim_id]["source_id"]
        for other, row in self.relations[claim_id]:
            relation = row["relation"]
            if self.claims[other]["source_id"] == own:
                relation = "contradict-within" if relation == "contradict" else ""
            if relation:
                found[relation] = found.get(relation, 0) + 1
        if not set(found) & set(RELATIONS):
            found["only"] = 0
        order = (*STATES, "contradict-within")
        return {name: found[name] for name in order if name in found}

    def spans(self, claim_id: str) -> tuple[list[Row], tuple[int, int]]:
        """Return the sentences that a claim's words touch and the words' place in the normalised text.

        No sentence is returned for words outside the running text.
        """
        claim = self.claims[claim_id]
        document = self.documents[claim["source_id"]]
        start, end = document.normal.to_text(int(claim["start"]), int(claim["end"]))
        if not document.normal.text[start:end].strip():
            return [], (start, end)
        inside = [s for s in self.sentences[claim["source_id"]] if s["start"] < end and s["end"] > start]
        return inside, (start, end)

    def around(self, claim_id: str) -> tuple[str, str]:
        """Return the sentence before and the one after those that a claim's words touch."""
        inside, _ = self.spans(claim_id)
        if not inside:
            return "", ""
        here = self.sentences[self.claims[claim_id]["source_id"]]
        first, last = here.index(inside[0]), here.index(inside[-1])
        after = here[last + 1]["text"] if last + 1 < len(here) else ""
        return (here[first - 1]["text"] if first else ""), after


def _answers(passes: Iterable[pd.DataFrame]) -> dict[str, dict[str, dict[str, Row]]]:
    """Index the answers of passes: unit, then coder, then variable; the first pass comes first."""
    found: dict[str, dict[str, dict[str, Row]]] = defaultdict(dict)
    for frame in passes:
        for row in _records(frame[frame["variable"].isin(ANSWER_VARIABLES)]):
            found[row["unit"]].setdefault(row["coder"], {})[row["variable"]] = row
    return found

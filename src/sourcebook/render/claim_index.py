"""What the pages of claims and of sources look up, read once from the tables."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from sourcebook.coding.passes import first_pass
from sourcebook.core.schemas import Schemas
from sourcebook.sources.documents import Document
from sourcebook.sources.names import short_names

__all__ = ["ClaimIndex", "Row", "plain", "records"]

Row = Mapping[str, Any]


def plain(text: object) -> str:
    r"""Return a text on one line and without controls, for places that take no markup.

    Examples
    --------
    >>> plain("one\u202e\n two")
    'one two'
    """
    kept = (" " if c.isspace() else c for c in str(text) if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join("".join(kept).split())


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as dictionaries with text for keys."""
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]


def _by(rows: Iterable[Row], key: str) -> dict[str, Row]:
    return {str(row[key]): row for row in rows}


def _grouped(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[str(row[key])].append(row)
    return groups


class ClaimIndex:
    """The tables of a dataset, indexed by claim, question and source.

    Parameters
    ----------
    tables, derived : mapping of str to DataFrame
        The coded and reference tables, and the derived ones.
    documents : mapping of str to sourcebook.sources.documents.Document
        By source id, in the order of the registry.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have.
    passes : iterable of DataFrame
        The coding passes after the first.

    Attributes
    ----------
    claims, questions, sources : dict of str to mapping
        The rows of ``claim_intervals``, ``propositions`` and ``sources`` by their ids.
    source_names : dict of str to str
        The short name of each source.
    claims_by_question : dict of str to list of mapping
        The claims on each question, in the order of the table.
    relations : dict of str to list of (str, mapping)
        The other claims on the question of each claim, with the row of ``relations``, in the order of
        :data:`sourcebook.core.vocabularies.RELATIONS`.
    silences : dict of str to list of mapping
        The silent sources by question.
    corroboration : dict of str to mapping
        How many sources and origins give the answer of each claim.
    sentences : dict of str to list of mapping
        The sentences of each source.
    passes : dict
        The codings of every pass, the first pass first: by unit, then coder, then variable.
    entities : dict of str to str
        The names of entities by id.
    """

    def __init__(
        self,
        tables: Mapping[str, pd.DataFrame],
        derived: Mapping[str, pd.DataFrame],
        documents: Mapping[str, Document],
        schemas: Schemas,
        passes: Iterable[pd.DataFrame] = (),
    ) -> None:
        self.documents = dict(documents)
        self.schemas = schemas
        self.claims = _by(records(derived["claim_intervals"]), "claim_id")
        self.claims_by_question = _grouped(self.claims.values(), "proposition_id")
        self.questions = _by(records(tables["propositions"]), "proposition_id")
        self.sources = _by(records(tables["sources"]), "source_id")
        self.source_names = short_names(tables["sources"])
        self.dating = _by(records(derived["dating"]), "source_id")
        self.sentences = _grouped(records(derived["sentences"]), "source_id")
        self._pages = _grouped(records(tables["pages"]) if "pages" in tables else [], "source_id")
        self.silences = _grouped(records(derived["silences"]), "proposition_id")
        self.corroboration = _by(records(derived["corroboration"]), "claim_id")
        self.cells = records(derived["matrix"])
        self.timeline = derived["timeline"]
        self.entities = {row["entity_id"]: row["name"] for row in records(tables["entities"])}
        self._terms = {
            (row["vocabulary"], row["term"]): row["label"] or row["term"]
            for row in records(tables["codebook"])
        }
        self.relations: dict[str, list[tuple[str, Row]]] = defaultdict(list)
        for row in records(derived["relations"].sort_values("relation", kind="stable")):
            self.relations[row["claim_a"]].append((row["claim_b"], row))
            self.relations[row["claim_b"]].append((row["claim_a"], row))
        self.passes: dict[str, dict[str, dict[str, Row]]] = defaultdict(dict)
        for frame in (first_pass(dict(tables), derived["sentences"], schemas), *passes):
            for row in records(frame):
                self.passes[row["unit"]].setdefault(row["coder"], {})[row["variable"]] = row

    def label(self, vocabulary: str, term: str) -> str:
        """Return the label of a term of the codebook, or the term."""
        return str(self._terms.get((vocabulary, term), term))

    def topics(self) -> dict[str, str]:
        """Return the topics that questions have, in the order of the questions, with their labels."""
        return {q["topic"]: self.label("topic", q["topic"]) for q in self.questions.values()}

    def page(self, source_id: str, start: int) -> str:
        """Return the number of the page of the original on which a place of a raw text is; empty if it has no pages."""
        pages = self._pages.get(source_id, [])
        return next((str(p["page"]) for p in pages if int(p["start"]) <= start < int(p["end"])), "")

    def source_line(self, source_id: str) -> str:
        """Name a source by who signs it, its title and its date, as far as it has them."""
        row = self.sources[source_id]
        title = f"“{row['title']}”" if row["title"] else ""
        parts = (row["author"] or row["publisher"], title, self.dating[source_id]["display"])
        return ", ".join(str(part) for part in parts if part)

    def states(self, claim_id: str) -> dict[str, int]:
        """Count the relations of a claim to the claims of other sources; ``only`` where there is none.

        A contradiction within the source counts as ``contradict-within``.
        """
        own = self.claims[claim_id]["source_id"]
        related = [
            (self.claims[other]["source_id"], row["relation"]) for other, row in self.relations[claim_id]
        ]
        counts = Counter(relation for source, relation in related if source != own) or Counter({"only": 0})
        within = sum(source == own and relation == "contradict" for source, relation in related)
        return {**counts, **({"contradict-within": within} if within else {})}

"""Propose what joins documents: one author, one publisher, and passages that they share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from sourcebook.core.schemas import TABLES
from sourcebook.reuse import shared_passages
from sourcebook.sources.documents import Document, sentence_table
from sourcebook.starter.documents import slug
from sourcebook.text.quotes import CONTEXT

__all__ = ["propose_links"]

_NOTE = "Proposed by sourcebook; nobody has confirmed it."
_WORDS = 25  # in common, which two texts do not have by chance
_STRETCH = 12  # words of a passage that counts towards them
_NAMED = 3  # sources in the name of what they share
_LONGEST = 300  # characters of a quote
_NO_SENTENCES = sentence_table({})
_Place = tuple[str, int, int]


def propose_links(documents: Mapping[str, Document], registry: pd.DataFrame) -> pd.DataFrame:
    """Return rows of the table of links that a person may confirm or remove.

    Parameters
    ----------
    documents : mapping of str to sourcebook.sources.documents.Document
        The documents by source id.
    registry : DataFrame
        ``source_id, author, publisher``.

    Returns
    -------
    DataFrame
        The columns of ``links``: a row for each source that has the author or publisher of another and prints the
        name, and for each that shares passages of 25 words or more in all with another; its quote is the name, or
        the longest such passage.
    """
    columns = list(TABLES["links"].schema.columns)
    sentences = dict(list(sentence_table(documents).groupby("source_id")))
    found: dict[str, list[dict[str, str]]] = {source: [] for source in documents}
    for (source, start, end), row in [*_names(documents, registry), *_shared(documents)]:
        anchor = _anchor(documents[source], start, end, sentences.get(source, _NO_SENTENCES))
        name = f"{source}.u{len(found[source]) + 1:03d}"
        found[source].append({"link_id": name, "source_id": source, **row, **anchor, "note": _NOTE})
    rows = [row for links in found.values() for row in links]
    return pd.DataFrame(rows, columns=columns, dtype="str").fillna("")


def _names(
    documents: Mapping[str, Document], registry: pd.DataFrame
) -> Iterator[tuple[_Place, dict[str, str]]]:
    """Yield where a source prints the author or publisher that it has in common with another."""
    for kind in ("author", "publisher"):
        for name, group in registry[registry[kind] != ""].groupby(kind, sort=False):
            label = str(name)
            for source in group["source_id"] if len(group) > 1 else ():
                start = documents[source].raw.find(label)
                if start >= 0:
                    row = {"upstream": slug(label), "upstream_label": label, "kind": kind, "is_named": "yes"}
                    yield (source, start, start + len(label)), row


def _shared(documents: Mapping[str, Document]) -> Iterator[tuple[_Place, dict[str, str]]]:
    """Yield the longest passage that each source shares with others."""
    for places in _groups(_passages(documents)):
        first = next(source for source in documents if source in places)
        label = f"Text shared by {', '.join(list(places)[:_NAMED])}" + (
            " and others" if len(places) > _NAMED else ""
        )
        for place in places.values():
            row = {
                "upstream": f"text-shared-with-{first}",
                "upstream_label": label,
                "kind": "document",
                "is_named": "no",
            }
            yield place, row


def _passages(documents: Mapping[str, Document]) -> Iterator[tuple[_Place, _Place]]:
    """Yield the places in the raw texts of each passage that two texts share."""
    texts = {source: document.normal.text for source, document in documents.items()}
    if len(texts) < 2:
        return
    found = shared_passages(texts, mode="verbatim", min_words=_STRETCH)
    in_all = found.groupby(["source_a", "source_b"])["words"].transform("sum")
    for row in found[in_all >= _WORDS].to_dict("records"):
        places = [
            (
                str(row[f"source_{side}"]),
                *documents[row[f"source_{side}"]].normal.to_raw(row[f"start_{side}"], row[f"end_{side}"]),
            )
            for side in ("a", "b")
        ]
        yield places[0], places[1]


def _groups(passages: Iterator[tuple[_Place, _Place]]) -> list[dict[str, _Place]]:
    """Return the sources that passages join, each group with the longest passage of each source."""
    groups: list[dict[str, _Place]] = []
    for pair in passages:
        joined: dict[str, _Place] = {}
        for group in [group for group in groups if any(source in group for source, _, _ in pair)]:
            joined |= group
            groups.remove(group)
        for place in pair:
            old = joined.get(place[0], (place[0], 0, 0))
            joined[place[0]] = max(old, place, key=lambda each: each[2] - each[1])
        groups.append(joined)
    return groups


def _anchor(document: Document, start: int, end: int, sentences: pd.DataFrame) -> dict[str, str]:
    """Return the columns of an anchor for a place in a raw text."""
    end = min(end, start + _LONGEST)
    raw = document.raw
    while raw[end - 1].isspace():
        end -= 1
    within = sentences[(sentences["raw_start"] <= start) & (start < sentences["raw_end"])]
    return {
        "sentence_id": str(within["sentence_id"].iloc[0]) if len(within) else "",
        "exact": raw[start:end],
        "prefix": raw[max(0, start - CONTEXT) : start],
        "suffix": raw[end : end + CONTEXT],
        "start": str(start),
        "end": str(end),
    }

"""Counts of what is coded: rows, labels, sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from sourcebook.analysis.numbers.named_number import NamedNumber, count_rows
from sourcebook.core import vocabularies

__all__ = ["coded_numbers", "sentence_numbers", "spread_numbers"]

#: Tables whose rows are counted, with the column that identifies a row.
_COUNTED = {
    "claims": "claim_id",
    "mentions": "mention_id",
    "citations": "citation_id",
    "frames": "frame_id",
    "demands": "demand_id",
    "term_uses": "use_id",
    "heritage": "heritage_id",
}

#: Tables that are counted by a label: name of the value, table, column of the label.
_LABELLED = (
    ("term", "term_uses", "term_id"),
    ("instrument", "citations", "instrument_id"),
    ("function", "frames", "function"),
    ("frame", "frames", "frame"),
    ("addressee", "demands", "addressee"),
    ("action", "demands", "action"),
    ("object", "heritage", "object"),
    ("treatment", "heritage", "treatment"),
    ("entity", "mentions", "entity_id"),
    ("voice", "claims", "voice"),
    ("modality", "claims", "modality"),
)


#: Labels that a table of their own lists; the others are terms of the codebook, of the list of that name.
_AUTHORITIES = {
    "term": ("terms", "term_id"),
    "instrument": ("instruments", "instrument_id"),
    "entity": ("entities", "entity_id"),
}
_VOCABULARIES = {"object": "heritage-object", "treatment": "heritage-treatment"}


def coded_numbers(tables: Mapping[str, pd.DataFrame]) -> Iterator[NamedNumber]:
    """Count the rows of each coded table, of each label, and of each source."""
    for name, key in _COUNTED.items():
        frame = tables[name]
        yield count_rows(f"count.{name}", frame[key], f"rows of {name}")
        for source in tables["sources"]["source_id"]:
            rows = frame.loc[frame["source_id"] == source, key]
            yield count_rows(f"count.{name}.{source}", rows, f"rows of {name} from {source}")
    for label, table, column in _LABELLED:
        yield from spread_numbers(label, tables[table], column, len(tables["sources"]))
        yield from _label_rows(label, table, column, tables)
    for name in ("sources", "propositions", "events", "entities", "instruments", "context"):
        if name in tables:
            yield NamedNumber(f"count.{name}", f"{len(tables[name]):,}", (), f"rows of {name}")


def _label_rows(
    label: str, table: str, column: str, tables: Mapping[str, pd.DataFrame]
) -> Iterator[NamedNumber]:
    """Count the rows and the sources of each label that is used or could be."""
    held: dict[str, dict[str, list[str]]] = {value: {} for value in _known(label, tables)}
    everything: dict[str, list[str]] = {value: [] for value in held}
    cells = tables[table][[column, "source_id", _COUNTED[table]]]
    for value, source, key in cells.itertuples(index=False, name=None):
        held.setdefault(value, {}).setdefault(source, []).append(key)
        everything.setdefault(value, []).append(key)
    for value, by_source in sorted(held.items()):
        yield count_rows(
            f"{label}.{value}.total", everything[value], f"rows of {table} with {column} {value}"
        )
        yield NamedNumber(
            f"{label}.{value}.sources",
            str(len(by_source)),
            tuple(keys[0] for keys in by_source.values()),
            f"sources with a row of {table} with {column} {value}",
        )
        for source in tables["sources"]["source_id"]:
            yield count_rows(
                f"{label}.{value}.{source}", by_source.get(source, []), f"the same, from {source}"
            )


def _known(label: str, tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """Return the labels that could be used, so that one that is not used has a value of 0."""
    if label in _AUTHORITIES:
        table, column = _AUTHORITIES[label]
        return list(tables[table][column])
    if label == "function":
        return list(vocabularies.FRAME_FUNCTIONS)
    if label == "modality":
        return list(vocabularies.MODALITIES)
    book = tables["codebook"]
    return list(book.loc[book["vocabulary"] == _VOCABULARIES.get(label, label), "term"])


def spread_numbers(label: str, frame: pd.DataFrame, column: str, sources: int) -> Iterator[NamedNumber]:
    """Count the different labels of a table, and those in one source and in every source."""
    holders = frame.groupby(column)["source_id"].nunique()
    yield NamedNumber(f"{label}.distinct", f"{len(holders):,}", (), f"different values of {column}")
    yield NamedNumber(
        f"{label}.single_source", f"{int((holders == 1).sum()):,}", (), f"{column}s that one source has"
    )
    yield NamedNumber(
        f"{label}.every_source",
        f"{int((holders == sources).sum()):,}",
        (),
        f"{column}s that every source has",
    )


def sentence_numbers(derived: Mapping[str, pd.DataFrame]) -> Iterator[NamedNumber]:
    """Count sentences, coded and not, and words."""
    cover = derived["coverage"]
    groups = [("coverage", cover), *((f"source.{s}", g) for s, g in cover.groupby("source_id", sort=False))]
    words: dict[str, int] = {}
    for source, text in zip(derived["sentences"]["source_id"], derived["sentences"]["text"], strict=True):
        words[source] = words.get(source, 0) + len(text.split())
    for name, group in groups:
        yield NamedNumber(
            f"{name}.sentences", f"{len(group):,}", (), "sentences, titles and headings included"
        )
        for status in ("coded", "uncoded"):
            n = int((group["status"] == status).sum())
            yield NamedNumber(f"{name}.{status}", f"{n:,}", (), f"sentences with status {status}")
        share = (group["status"] == "coded").mean()
        yield NamedNumber(
            f"{name}.share", f"{100 * share:.0f} %", (), "share of sentences that carry a coding"
        )
    for source, n in words.items():
        yield NamedNumber(f"source.{source}.words", f"{n:,}", (), "words of the normalised text")

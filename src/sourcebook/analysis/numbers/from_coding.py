"""Counts of what is coded: rows, labels, sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from sourcebook.analysis.numbers.named_number import NamedNumber, count_rows
from sourcebook.coding.coded_tables import labels_of_column
from sourcebook.core.schemas import Schemas, Table

__all__ = ["coded_numbers", "sentence_numbers", "spread_numbers"]


def coded_numbers(tables: Mapping[str, pd.DataFrame], schemas: Schemas) -> Iterator[NamedNumber]:
    """Count the rows of each coded table, of each label, and of each source."""
    counted = [table for table in schemas.values() if table.numbers is not None]
    for table in counted:
        name, (key,), frame = table.name, table.key, tables[table.name]
        yield count_rows(f"count.{name}", frame[key], f"rows of {name}")
        for source in tables["sources"]["source_id"]:
            rows = frame.loc[frame["source_id"] == source, key]
            yield count_rows(f"count.{name}.{source}", rows, f"rows of {name} from {source}")
    for table in counted:
        for label, column in (table.numbers or {}).items():
            yield from spread_numbers(label, tables[table.name], column, len(tables["sources"]))
            yield from _label_rows(label, table, column, tables)
    counted_whole = ("sources", "propositions", "events", "entities", "instruments", "context")
    for name in (*counted_whole, "printed_numbers"):
        if name in tables:
            yield NamedNumber(f"count.{name}", f"{len(tables[name]):,}", (), f"rows of {name}")


def _label_rows(
    label: str, table: Table, column: str, tables: Mapping[str, pd.DataFrame]
) -> Iterator[NamedNumber]:
    """Count the rows and the sources of each label that is used or could be."""
    # a label that could be used and is not has a value of 0
    by_label: dict[str, dict[str, list[str]]] = {v: {} for v in labels_of_column(table, column, tables) or ()}
    everything: dict[str, list[str]] = {value: [] for value in by_label}
    cells = tables[table.name][[column, "source_id", *table.key]]
    for value, source, key in cells.itertuples(index=False, name=None):
        by_label.setdefault(value, {}).setdefault(source, []).append(key)
        everything.setdefault(value, []).append(key)
    for value, by_source in sorted(by_label.items()):
        yield count_rows(
            f"{label}.{value}.total", everything[value], f"rows of {table.name} with {column} {value}"
        )
        yield NamedNumber(
            f"{label}.{value}.sources",
            str(len(by_source)),
            tuple(keys[0] for keys in by_source.values()),
            f"sources with a row of {table.name} with {column} {value}",
        )
        for source in tables["sources"]["source_id"]:
            yield count_rows(
                f"{label}.{value}.{source}", by_source.get(source, []), f"the same, from {source}"
            )


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

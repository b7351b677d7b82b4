"""Sources, publishers, upstreams, shared passages, and facts from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from sourcebook.analysis.numbers.named_number import NamedNumber
from sourcebook.parsing.dates import format_date
from sourcebook.parsing.quantities import format_quantity

__all__ = ["context_numbers", "occurrence_numbers", "source_numbers"]


def context_numbers(tables: Mapping[str, pd.DataFrame]) -> Iterator[NamedNumber]:
    """Give the facts from elsewhere, and what is known of the publishers."""
    for row in tables["context"].to_dict("records"):
        name, stated = f"context.{row['fact_id']}", f"{row['stated_by']}: {row['statement']}"
        if row["value"]:
            yield NamedNumber(name, format_quantity(row["value"]), (), stated)
        if row["date"]:
            yield NamedNumber(f"{name}.date", format_date(row["date"]), (), f"date of the fact. {stated}")
        yield NamedNumber(
            f"{name}.statement", row["statement"], (), f"the fact as the reference table has it. {stated}"
        )
    for row in tables["publishers"].to_dict("records"):
        if row["founded"]:
            yield NamedNumber(
                f"publisher.{row['publisher_id']}.founded",
                format_date(row["founded"]),
                (),
                f"{row['name']} founded",
            )


def occurrence_numbers(tables: Mapping[str, pd.DataFrame]) -> Iterator[NamedNumber]:
    """Give the printed occurrences of numbers: the words, the number in them, its time, and the page's date.

    And how many of them a second look-up found again.
    """
    again = tables["printed_numbers"]["found_again"].eq("yes").sum()
    yield NamedNumber(
        "count.printed_numbers.found_again", f"{again:,}", (), "printed numbers that were found again"
    )
    for row in tables["printed_numbers"].to_dict("records"):
        name, evidence = f"printed.{row['occurrence_id']}", tuple(filter(None, [row["claim_id"]]))
        stated = f"{row['publisher']}, on {row['unit']}: {row['counted']}"
        translated = f" ({row['english']})" if row["english"] else ""
        yield NamedNumber(name, f"“{row['quote']}”{translated}", evidence, stated)
        if row["value"]:
            yield NamedNumber(f"{name}.value", format_quantity(row["value"]), evidence, stated)
        for column, what in (("date", "date of the page"), ("period", "the time of the number")):
            if row[column]:
                yield NamedNumber(f"{name}.{column}", format_date(row[column]), evidence, f"{what}. {stated}")


def source_numbers(
    tables: Mapping[str, pd.DataFrame], derived: Mapping[str, pd.DataFrame]
) -> Iterator[NamedNumber]:
    """Give what each source carries and depends on, and what it shares with others."""
    for row in derived["dating"].to_dict("records"):
        yield NamedNumber(
            f"source.{row['source_id']}.written", row["display"], (), "date that the text carries"
        )
    heads = derived["sentences"].query("kind == 'heading'")["source_id"].value_counts()
    for source in tables["sources"]["source_id"]:
        yield NamedNumber(f"source.{source}.headings", str(heads.get(source, 0)), (), "headings in the text")
    for publisher, group in tables["sources"].groupby("publisher", sort=False):
        yield NamedNumber(
            f"publisher.{publisher}.sources", str(len(group)), (), f"sources that {publisher} issued"
        )
    silent = derived["silences"]["proposition_id"].value_counts()
    for proposition in tables["propositions"]["proposition_id"]:
        how = f"sources that do not answer “{proposition}”"
        yield NamedNumber(f"silent.{proposition}", str(silent.get(proposition, 0)), (), how)
    for upstream, group in tables["links"].groupby("upstream"):
        first = group.drop_duplicates("source_id")
        yield NamedNumber(
            f"upstream.{upstream}.sources",
            str(len(first)),
            tuple(first["link_id"]),
            f"sources linked to {first['upstream_label'].iloc[0]}",
        )
        dates = [d for d in first.get("upstream_date", ()) if d]
        if dates:
            how = f"date of {first['upstream_label'].iloc[0]}"
            yield NamedNumber(f"upstream.{upstream}.date", format_date(dates[0]), (), how)
    for pair, group in derived["shared_passages"].groupby(["source_a", "source_b"]):
        name, what = ".".join(map(str, pair)), f"passages that {' and '.join(map(str, pair))} share"
        yield NamedNumber(f"shared.{name}", str(len(group)), (), what)

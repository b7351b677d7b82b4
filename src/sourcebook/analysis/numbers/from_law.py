"""Instruments: what is invoked, what it contains, since when it binds whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from sourcebook.analysis.law import KINDS_WITH_ARTICLES
from sourcebook.analysis.numbers.named_number import NamedNumber, count_rows, slug
from sourcebook.parsing.dates import format_date, parse_edtf

__all__ = ["element_numbers", "in_force_numbers", "law_numbers", "pinpoint_numbers", "provision_numbers"]


def element_numbers(derived: Mapping[str, pd.DataFrame]) -> Iterator[NamedNumber]:
    """Count what citations state against what is there, and the shared passages."""
    checked = derived["element_checks"]
    for finding, group in checked.groupby("finding"):
        part = slug(finding)
        ids = list(dict.fromkeys(group["citation_id"])) if part.startswith("stated") else []
        yield NamedNumber(f"elements.{part}", str(len(group)), tuple(ids), f"elements that are {finding}")
    passages = derived["shared_passages"]
    yield NamedNumber("shared.passages", str(len(passages)), (), "passages that two sources share")
    for name, column, pick in (("longest", "words", max), ("shortest", "content_words", min)):
        count = 0 if passages.empty else int(pick(passages[column].astype("int64")))
        how = "words in common" if name == "longest" else "words in common, names left out"
        yield NamedNumber(
            f"shared.{name}", str(count), (), f"{how}, of the {name} passage that two sources share"
        )
    for kind, group in passages.groupby("kind"):
        yield NamedNumber(f"shared.{kind}", str(len(group)), (), f"shared passages of kind {kind}")


def provision_numbers(derived: Mapping[str, pd.DataFrame]) -> Iterator[NamedNumber]:
    """Count the elements of the provisions that are invoked, by source and by instrument: stated, and contained."""
    for column, of in (("source_id", "source"), ("instrument_id", "instrument")):
        for (key, finding), group in derived["provision_elements"].groupby([column, "finding"], sort=False):
            cited = dict.fromkeys(c for cell in group["citations"] for c in cell.split(";") if c)
            how = f"elements of provisions that sources invoke, {of} {key}: {finding}"
            yield NamedNumber(f"provisions.{of}.{key}.{slug(finding)}", str(len(group)), tuple(cited), how)


def law_numbers(
    tables: Mapping[str, pd.DataFrame], derived: Mapping[str, pd.DataFrame]
) -> Iterator[NamedNumber]:
    """Count instruments by kind, and give the days of what binds whom."""
    cited, known = tables["citations"], tables["instruments"]
    named = cited.merge(known[["instrument_id", "kind"]], on="instrument_id", how="left")
    yield from pinpoint_numbers(named)
    for kind, group in known.groupby("kind"):
        name, of_kind = f"instrument_kind.{slug(kind)}", named[named["kind"] == kind]
        first = of_kind.drop_duplicates("instrument_id")["citation_id"]
        yield count_rows(
            f"{name}.invoked", first, f"different instruments of kind {kind} that a source invokes"
        )
        left = derived["uninvoked"]["kind"].eq(kind).sum()
        yield NamedNumber(
            f"{name}.uninvoked", str(left), (), f"relevant instruments of kind {kind} that no source invokes"
        )
        yield NamedNumber(
            f"{name}.known", str(len(group)), (), f"instruments of kind {kind} in the reference table"
        )
    yield NamedNumber(
        "uninvoked.count", str(len(derived["uninvoked"])), (), "relevant instruments that no source invokes"
    )
    for (citation, finding), group in derived["element_checks"].groupby(["citation_id", "finding"]):
        yield NamedNumber(
            f"elements.{citation}.{finding}",
            str(len(group)),
            (str(citation),),
            f"elements that are {finding}",
        )
    for (element, finding), group in derived["element_checks"].groupby(["element", "finding"]):
        ids = group["citation_id"].drop_duplicates()
        yield NamedNumber(
            f"elements.{element}.{finding}", str(len(group)), tuple(ids), f"{element}: {finding}"
        )
    for row in known.to_dict("records"):
        if row["adopted"]:
            yield NamedNumber(
                f"adopted.{row['instrument_id']}",
                format_date(row["adopted"]),
                (),
                f"{row['short_name']} adopted",
            )
    yield from in_force_numbers(tables["participation"], derived["timeline"])


def pinpoint_numbers(citations: pd.DataFrame) -> Iterator[NamedNumber]:
    """Count the citations that name a place, among those of texts that have articles or paragraphs to name."""
    for kind in ("", *KINDS_WITH_ARTICLES):
        of_kind = citations[citations["kind"].isin([kind] if kind else KINDS_WITH_ARTICLES)]
        pinned, what = of_kind[of_kind["pinpoint"] != ""], kind or "text that has articles"
        name = f"pinpoint.{slug(kind or 'total')}"
        how = f"citations of a {what} that name an article or paragraph"
        yield count_rows(name, pinned["citation_id"], how)
        yield count_rows(f"{name}.of", of_kind["citation_id"], f"citations of a {what}")


def in_force_numbers(participation: pd.DataFrame, dated: pd.DataFrame) -> Iterator[NamedNumber]:
    """Give the days of steps and entries into force, and how many of these came by the end of each event."""
    for row in participation.to_dict("records"):
        name = f"{row['instrument_id']}.{slug(row['state'])}.{slug(row['step'])}"
        for label, column in (("step", "date"), ("in_force", "in_force")):
            if row[column]:
                how = (
                    f"{row['instrument_id']}, {row['state']}, {row['step']}: {row['basis'] or 'as recorded'}"
                )
                yield NamedNumber(f"{label}.{name}", format_date(row[column]), (), how)
    ends = {
        str(event): max(group["end_latest"], key=_first_day)
        for event, group in dated[dated["end_latest"] != ""].groupby("event_id")
    }
    dated_rows = [bool(cell) and _first_day(cell) != 0 for cell in participation["in_force"]]
    began = participation[pd.Series(dated_rows, index=participation.index, dtype="bool")]
    for state, group in began.groupby("state", sort=False):
        part, days = slug(state), group["in_force"].map(_first_day)
        how = f"instruments with a day of entry into force for {state}"
        yield NamedNumber(f"in_force.count.{part}", str(group["instrument_id"].nunique()), (), how)
        first = min(group["in_force"], key=_first_day)
        yield NamedNumber(f"in_force.first.{part}", format_date(first), (), "the earliest day of them")
        for event, end in ends.items():
            n = group.loc[days <= _first_day(end), "instrument_id"].nunique()
            how = f"instruments in force for {state} by {end}, the latest end that a source allows"
            yield NamedNumber(f"in_force.by.{event}.{part}", str(n), (), how)


def _first_day(date: str) -> int:
    return parse_edtf(date).earliest or 0

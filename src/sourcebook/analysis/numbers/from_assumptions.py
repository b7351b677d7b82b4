"""Assumptions: how many relations, and which headlines, hang on each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from sourcebook.analysis.numbers.named_number import Row

__all__ = ["assumption_rows"]


def _claims(pairs: pd.DataFrame) -> str:
    return ";".join(
        dict.fromkeys(c for pair in zip(pairs["claim_a"], pairs["claim_b"], strict=True) for c in pair)
    )


def _pairs(name: str, pairs: pd.DataFrame, how: str) -> Row:
    """Return a value that counts different pairs of claims, with the claims behind them."""
    listed: Iterable[tuple[str, str]] = zip(pairs["claim_a"], pairs["claim_b"], strict=True)
    return name, f"{len(set(listed)):,}", _claims(pairs), how


def assumption_rows(derived: Mapping[str, pd.DataFrame]) -> Iterator[Row]:
    """Count the pairs that flip under each assumption, and give the headlines under each alternative."""
    flipped, assumed = derived["relation_changes"], derived["assumptions"]
    names = list(dict.fromkeys(assumed["assumption"]))
    yield "assumption.count", str(len(names)), "", "assumptions behind the relations"
    yield "assumption.alternatives", str(len(assumed)), "", "alternatives to them that were tried"
    yield _pairs("assumption.pairs", flipped, "pairs of claims that relate otherwise under an alternative")
    for name in names:
        mine = flipped[flipped["assumption"] == name]
        yield _pairs(f"assumption.{name}.flips", mine, f"pairs that relate otherwise if “{name}” changes")
    for row in assumed.to_dict("records"):
        name, other = f"assumption.{row['assumption']}", row["setting"]
        mine = flipped[flipped["assumption"].eq(row["assumption"]) & flipped["setting"].eq(other)]
        yield _pairs(f"{name}.{other}.flips", mine, f"pairs that relate otherwise under “{other}”")
        yield f"{name}.default", str(row["default"]), "", str(row["label"])
    for row in derived["headlines_by_assumption"].to_dict("records"):
        name = f"headline.{row['headline']}.under.{row['assumption']}.{row['setting']}"
        yield name, f"{int(row['alternative']):,}", "", f"headline “{row['headline']}” under this alternative"
    yield from _contradictions(derived["relations"], derived["self_contradictions"])


def _contradictions(relations: pd.DataFrame, inside: pd.DataFrame) -> Iterator[Row]:
    """Count the contradictions that hang on an assumption, those that do not, and those inside one source."""
    between = relations[
        relations["relation"].eq("contradict") & relations["source_a"].ne(relations["source_b"])
    ]
    hangs = between["sensitive_to"] != ""
    how = "pairs of claims of two sources that contradict each other"
    yield _pairs(
        "relations.contradict.hanging", between[hangs], f"{how} by default, not under an alternative"
    )
    yield _pairs("relations.contradict.firm", between[~hangs], f"{how} under every alternative")
    yield _pairs("within.count", inside, "pairs of claims in which one source contradicts itself")
    for source, group in inside.groupby("source_id", sort=False):
        yield _pairs(f"within.{source}.count", group, f"pairs of claims in which {source} contradicts itself")

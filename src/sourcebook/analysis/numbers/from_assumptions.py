"""Assumptions: how many relations, and which headlines, each changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from sourcebook.analysis.numbers.named_number import NamedNumber

__all__ = ["assumption_numbers"]


def _claims(pairs: pd.DataFrame) -> tuple[str, ...]:
    both = zip(pairs["claim_a"], pairs["claim_b"], strict=True)
    return tuple(dict.fromkeys(claim for pair in both for claim in pair))


def _pairs(name: str, pairs: pd.DataFrame, how: str) -> NamedNumber:
    """Return the number of different pairs of claims, with these claims as evidence."""
    listed: Iterable[tuple[str, str]] = zip(pairs["claim_a"], pairs["claim_b"], strict=True)
    return NamedNumber(name, f"{len(set(listed)):,}", _claims(pairs), how)


def assumption_numbers(derived: Mapping[str, pd.DataFrame]) -> Iterator[NamedNumber]:
    """Count the pairs whose relation changes under each assumption, and give the headlines under each alternative."""
    changed, assumed = derived["relation_changes"], derived["assumptions"]
    names = list(dict.fromkeys(assumed["assumption"]))
    yield NamedNumber("assumption.count", str(len(names)), (), "assumptions behind the relations")
    yield NamedNumber(
        "assumption.alternatives", str(len(assumed)), (), "alternatives to them that were tried"
    )
    yield _pairs("assumption.pairs", changed, "pairs of claims that relate otherwise under an alternative")
    for name in names:
        mine = changed[changed["assumption"] == name]
        yield _pairs(f"assumption.{name}.changes", mine, f"pairs that relate otherwise if “{name}” changes")
    for row in assumed.to_dict("records"):
        name, other = f"assumption.{row['assumption']}", row["setting"]
        mine = changed[changed["assumption"].eq(row["assumption"]) & changed["setting"].eq(other)]
        yield _pairs(f"{name}.{other}.changes", mine, f"pairs that relate otherwise under “{other}”")
        yield NamedNumber(f"{name}.default", str(row["default"]), (), str(row["label"]))
    for row in derived["headlines_by_assumption"].to_dict("records"):
        name = f"headline.{row['headline']}.under.{row['assumption']}.{row['setting']}"
        yield NamedNumber(
            name, f"{int(row['alternative']):,}", (), f"headline “{row['headline']}” under this alternative"
        )
        yield NamedNumber(f"{name}.of", f"{int(row['alternative_of']):,}", (), "denominator of that")
    yield from _contradictions(derived["relations"], derived["self_contradictions"])


def _contradictions(relations: pd.DataFrame, inside: pd.DataFrame) -> Iterator[NamedNumber]:
    """Count the contradictions that an assumption decides, those that none does, and those inside one source."""
    between = relations[
        relations["relation"].eq("contradict") & relations["source_a"].ne(relations["source_b"])
    ]
    sensitive = between["sensitive_to"] != ""
    how = "pairs of claims of two sources that contradict each other"
    yield _pairs(
        "relations.contradict.sensitive", between[sensitive], f"{how} by default, not under an alternative"
    )
    yield _pairs("relations.contradict.robust", between[~sensitive], f"{how} under every alternative")
    yield _pairs(
        "self_contradictions.count", inside, "pairs of claims in which one source contradicts itself"
    )
    for source, group in inside.groupby("source_id", sort=False):
        yield _pairs(
            f"self_contradictions.{source}.count",
            group,
            f"pairs of claims in which {source} contradicts itself",
        )

"""Answers, headlines and relations: what the sources say, and how far they say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

import pandas as pd

from sourcebook.analysis.agreement import count_headlines, headline_propositions, origins
from sourcebook.analysis.numbers.named_number import NamedNumber
from sourcebook.coding.answers import answers_in_words
from sourcebook.core import vocabularies

__all__ = ["answer_numbers", "headline_numbers", "origin_numbers"]

_HEADLINES = {
    "claims": "claims",
    "propositions": "propositions that at least one source answers",
    "single_source": "propositions that exactly one source answers",
    "shared": "propositions that two or more sources answer",
    "with_contradiction": "propositions on which two sources contradict each other",
    "all_agree": "propositions on which all claims of different sources agree",
    "within_contradiction": "propositions on which one source contradicts itself",
    "two_origins": "propositions that two or more origins answer",
    "agreed_by_two_origins": "propositions on which two or more origins give an agreeing claim",
}


def answer_numbers(
    tables: Mapping[str, pd.DataFrame], derived: Mapping[str, pd.DataFrame]
) -> Iterator[NamedNumber]:
    """Give each claim in words, and count the sources, claims and values on each proposition."""
    on = dict(iter(tables["claims"].groupby("proposition_id", sort=False)))
    most = derived["corroboration"].astype({"sources": int, "origins": int}).groupby("proposition_id")
    agreeing = most[["sources", "origins"]].max()
    for claim, answer in answers_in_words(tables).items():
        yield NamedNumber(f"claim.{claim}", answer, (claim,), f"value of claim {claim}")
    for row in derived["agreement"].to_dict("records"):
        mine = on[row["proposition_id"]]
        name, behind = f"proposition.{row['proposition_id']}", tuple(mine["claim_id"])
        yield NamedNumber(f"{name}.sources", str(row["sources"]), behind, "sources that answer")
        yield NamedNumber(f"{name}.claims", str(row["claims"]), behind, "claims")
        yield NamedNumber(
            f"{name}.agreement_status",
            str(row["agreement_status"]),
            behind,
            "the relation between two sources that differ most",
        )
        yield NamedNumber(
            f"{name}.contradict",
            str(row["contradict"]),
            behind,
            "contradicting pairs of claims between sources",
        )
        yield NamedNumber(f"{name}.values", str(mine["value"].nunique()), behind, "different values")
        for source, group in mine.groupby("source_id", sort=False):
            values, ids = str(group["value"].nunique()), tuple(group["claim_id"])
            yield NamedNumber(f"{name}.values.{source}", values, ids, f"different values in {source}")
        for what in agreeing.columns:
            n = agreeing.at[row["proposition_id"], what]
            yield NamedNumber(f"{name}.agreeing_{what}", str(n), behind, f"most {what} behind one answer")


def _claims_behind(
    tables: Mapping[str, pd.DataFrame], derived: Mapping[str, pd.DataFrame]
) -> dict[str, tuple[str, ...]]:
    """Return the claims on the propositions behind each headline; those of all claims go without saying."""
    claims = tables["claims"]
    on: dict[str, list[str]] = {}
    for proposition, claim in zip(claims["proposition_id"], claims["claim_id"], strict=True):
        on.setdefault(proposition, []).append(claim)
    propositions = headline_propositions(claims, derived["relations"], derived["origins"])
    return {
        name: tuple(claim for proposition in behind for claim in on[proposition])
        for name, behind in propositions.items()
        if name != "propositions"
    }


def origin_numbers(tables: Mapping[str, pd.DataFrame]) -> Iterator[NamedNumber]:
    """Count the origins for every set of kinds of links that could merge sources."""
    links = tables["links"]
    kinds = sorted(set(links["kind"]))
    for size in range(1, len(kinds) + 1):
        for chosen in combinations(kinds, size):
            merged = origins(tables["sources"], links, merging=chosen)
            yield NamedNumber(
                f"origins.by_{'all' if size == len(kinds) else '_'.join(chosen)}",
                str(merged["origin"].nunique()),
                tuple(links.loc[links["kind"].isin(chosen), "link_id"]),
                f"origins if only links of these kinds merge: {', '.join(chosen)}",
            )


def headline_numbers(
    tables: Mapping[str, pd.DataFrame], derived: Mapping[str, pd.DataFrame]
) -> Iterator[NamedNumber]:
    """Give the headlines with the claims behind them, and count origins, relations and silences."""
    claims, relations = tables["claims"], derived["relations"]
    behind = _claims_behind(tables, derived)
    full = count_headlines(claims, relations, derived["origins"])
    for name, n in full.items():
        yield NamedNumber(f"headline.{name}", f"{n:,}", behind.get(name, ()), _HEADLINES[name])
    for by in ("source", "origin"):
        table = derived[f"headlines_without_{by}"]
        for headline, left, n in table[["headline", "left_out", "count"]].itertuples(index=False, name=None):
            if left:
                name = f"headline.{headline}.without_{by}.{left}"
                yield NamedNumber(name, f"{int(n):,}", (), f"{_HEADLINES[headline]}, without {by} {left}")
    yield NamedNumber(
        "origins.count", str(derived["origins"]["origin"].nunique()), (), "origins after merging"
    )
    yield from origin_numbers(tables)
    between = relations[relations["source_a"] != relations["source_b"]]
    for relation in vocabularies.RELATIONS:
        n, of_two = (int((rows["relation"] == relation).sum()) for rows in (relations, between))
        yield NamedNumber(
            f"relations.{relation}", f"{n:,}", (), f"pairs of claims with the relation “{relation}”"
        )
        yield NamedNumber(f"relations.{relation}.between", f"{of_two:,}", (), "the same, between two sources")
    yield NamedNumber("relations.count", f"{len(relations):,}", (), "pairs of claims on one proposition")
    for silence in vocabularies.SILENCES:
        n = int((derived["silences"]["silence"] == silence).sum())
        yield NamedNumber(f"silence.{silence}", f"{n:,}", (), f"silences of type {silence}")
    yield NamedNumber(
        "silence.count", f"{len(derived['silences']):,}", (), "propositions on which a source is silent"
    )

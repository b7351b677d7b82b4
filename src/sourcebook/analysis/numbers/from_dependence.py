"""What joins the sources, and what other choices would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from sourcebook.analysis.agreement import FINDINGS
from sourcebook.analysis.numbers.named_number import NamedNumber, unique_ids
from sourcebook.core import vocabularies

__all__ = ["corroboration_numbers", "independence_numbers", "sensitivity_numbers", "silence_numbers"]

_MEASURES = {
    "headlines": "headline counts that change",
    "agreement_status": "propositions on which the agreement status changes",
    "two_origins": "propositions open to disagreement that two origins answer no longer, or only now",
    "agreed_by_two_origins": "propositions on which two origins agree no longer, or only now",
    "propositions": "propositions on which any of this changes",
}


def corroboration_numbers(derived: Mapping[str, pd.DataFrame]) -> Iterator[NamedNumber]:
    """Count the findings on which several sources, and several origins, give one answer; and the single ones.

    An answer agrees only where the sources could have disagreed; where all that answer say yes, it is a mention.
    """
    given, asked = derived["corroboration"], derived["agreement"]
    found = asked[asked["class"].isin(FINDINGS)]
    comparison = given["proposition_id"].map(
        dict(zip(found["proposition_id"], found["comparison"], strict=True))
    )
    answers = given[comparison == "could-differ"]
    yield _questions("agreeing.of", answers, "findings on which the sources could disagree")
    for by in ("sources", "origins"):
        for least in range(2, int(derived["origins"].shape[0]) + 1):
            how = (
                f"findings on which at least {least} {by} give an agreeing answer, where they could disagree"
            )
            yield _questions(f"agreeing.{least}.{by}", answers[answers[by] >= least], how)
            mentions = given[(comparison == "mention") & (given[by] >= least)]
            how = f"findings that at least {least} {by} mention, and none denies"
            yield _questions(f"mentions.{least}.{by}", mentions, how)
    two = answers[answers["origins"] >= 2]["proposition_id"]
    rows = answers[(answers["sources"] >= 2) & ~answers["proposition_id"].isin(two)]
    how = "findings on which two or more sources agree, but only sources of one origin, where they could disagree"
    yield _questions("agreeing.one_origin", rows, how)
    alone = derived["matrix"][derived["matrix"]["state"].eq("only")]
    for source in derived["origins"]["source_id"]:
        own = alone[alone["source_id"].eq(source)]
        yield NamedNumber(
            f"alone.{source}",
            f"{len(own):,}",
            unique_ids(own["claims"]),
            f"propositions that only {source} answers",
        )


def _questions(name: str, rows: pd.DataFrame, how: str) -> NamedNumber:
    """Return the number of propositions of claims, with the claims as evidence."""
    return NamedNumber(name, f"{rows['proposition_id'].nunique():,}", tuple(rows["claim_id"]), how)


def silence_numbers(derived: Mapping[str, pd.DataFrame]) -> Iterator[NamedNumber]:
    """Count the silences of each source by type."""
    silences = derived["silences"]
    counts = silences.groupby(["source_id", "silence"]).size().to_dict()
    for source in silences["source_id"].unique():
        for kind in vocabularies.SILENCES:
            n = counts.get((source, kind), 0)
            yield NamedNumber(
                f"silence.{kind}.{source}", f"{n:,}", (), f"silences of type {kind} of {source}"
            )


def independence_numbers(derived: Mapping[str, pd.DataFrame]) -> Iterator[NamedNumber]:
    """Count what joins the sources, and give every headline with dependent sources merged."""
    edges = derived["dependencies"]
    merging = edges["is_merged"]
    for name, chosen, what in (
        ("dependencies.count", edges["kind"] != "", "dependencies between two sources, of any kind"),
        ("dependencies.merging", merging, "dependencies that make two sources one origin"),
    ):
        rows = edges.loc[chosen, "evidence"]
        yield NamedNumber(name, f"{int(chosen.sum()):,}", unique_ids(rows), what)
    pairs = edges[["source_a", "source_b"]].drop_duplicates()
    yield NamedNumber("dependencies.pairs", f"{len(pairs):,}", (), "pairs of sources that anything joins")
    for kind, group in edges.groupby("kind"):
        evidence = unique_ids(group["evidence"])
        yield NamedNumber(f"dependencies.{kind}", f"{len(group):,}", evidence, f"dependencies of kind {kind}")
    for row in derived["shares"].to_dict("records"):
        pair = f"{row['source_a']}.{row['source_b']}"
        share, evidence = f"{100 * row['share']:.1f} %", unique_ids([row["evidence"]])
        yield NamedNumber(f"share.{pair}", share, evidence, "larger share of either text in shared passages")
    for row in derived["headlines_by_origin"].to_dict("records"):
        name = f"headline.{row['headline']}.merged"
        how = f"headline “{row['headline']}” with dependent sources merged into origins"
        yield NamedNumber(name, f"{int(row['origins']):,}", (), how)
        yield NamedNumber(f"{name}.of", f"{int(row['origins_of']):,}", (), "denominator of that")


def sensitivity_numbers(derived: Mapping[str, pd.DataFrame]) -> Iterator[NamedNumber]:
    """Count, for every other choice, what changes."""
    for row in derived["sensitivity_index"].to_dict("records"):
        name = f"sensitivity.{row['choice']}.{row['setting']}"
        for column, what in _MEASURES.items():
            how = f"{what}, under the choice {row['choice']}: {row['setting']}"
            yield NamedNumber(f"{name}.{column}", f"{int(row[column]):,}", (), how)

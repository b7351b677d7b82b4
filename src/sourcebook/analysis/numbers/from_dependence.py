"""What joins the sources, and what would flip."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from sourcebook.analysis.numbers.named_number import Row
from sourcebook.core import vocabularies

__all__ = ["corroboration_rows", "independence_rows", "sensitivity_rows", "silence_rows"]

_FLIPS = {
    "headlines": "headline counts that change",
    "agreement_status": "propositions on which the gravest relation between sources changes",
    "two_origins": "propositions that two origins answer no longer, or only now",
    "agreed_by_two_origins": "propositions on which two origins agree no longer, or only now",
    "propositions": "propositions on which any of this changes",
}


def corroboration_rows(derived: Mapping[str, pd.DataFrame]) -> Iterator[Row]:
    """Count the questions on which several sources, and several origins, give one answer; and the single ones."""
    answers = derived["corroboration"].astype({"sources": "int64", "origins": "int64"})
    for by in ("sources", "origins"):
        for least in range(2, int(derived["origins"].shape[0]) + 1):
            rows = answers[answers[by] >= least]
            how = f"propositions on which at least {least} {by} give an agreeing answer"
            yield f"agreeing.{least}.{by}", *_questions(rows), how
    two = answers[answers["origins"] >= 2]["proposition_id"]
    rows = answers[(answers["sources"] >= 2) & ~answers["proposition_id"].isin(two)]
    how = "propositions on which two or more sources agree, but only sources of one origin"
    yield "agreeing.one_origin", *_questions(rows), how
    alone = derived["matrix"][derived["matrix"]["state"].eq("only")]
    for source in derived["origins"]["source_id"]:
        held = alone[alone["source_id"].eq(source)]
        rows_behind = ";".join(held["claims"])
        yield f"alone.{source}", f"{len(held):,}", rows_behind, f"propositions that only {source} answers"


def _questions(rows: pd.DataFrame) -> tuple[str, str]:
    """Count the propositions of claims, with the claims."""
    return f"{rows['proposition_id'].nunique():,}", ";".join(rows["claim_id"])


def silence_rows(derived: Mapping[str, pd.DataFrame]) -> Iterator[Row]:
    """Count the silences of each source by type."""
    silences = derived["silences"]
    counts = silences.groupby(["source_id", "silence"]).size().to_dict()
    for source in silences["source_id"].unique():
        for kind in vocabularies.SILENCES:
            n = counts.get((source, kind), 0)
            yield f"silence.{kind}.{source}", f"{n:,}", "", f"silences of type {kind} of {source}"


def independence_rows(derived: Mapping[str, pd.DataFrame]) -> Iterator[Row]:
    """Count what joins the sources, and give every headline with dependent sources merged."""
    edges = derived["dependencies"]
    merging = edges["is_merged"]
    for name, chosen, what in (
        ("edges.count", edges["kind"] != "", "edges between two sources, of any kind"),
        ("edges.merging", merging, "edges that make two sources one origin"),
    ):
        rows = edges.loc[chosen, "evidence"]
        yield name, f"{int(chosen.sum()):,}", ";".join(dict.fromkeys(";".join(rows).split(";"))), what
    pairs = edges[["source_a", "source_b"]].drop_duplicates()
    yield "edges.pairs", f"{len(pairs):,}", "", "pairs of sources that anything joins"
    for kind, group in edges.groupby("kind"):
        told = f"{len(group):,}", ";".join(dict.fromkeys(";".join(group["evidence"]).split(";")))
        yield f"edges.{kind}", *told, f"edges of kind {kind}"
    for row in derived["shares"].to_dict("records"):
        pair = f"{row['source_a']}.{row['source_b']}"
        told = f"{100 * float(row['share']):.1f} %", str(row["evidence"])
        yield f"share.{pair}", *told, "the larger share of either text that stands in shared passages"
    for row in derived["headlines_by_origin"].to_dict("records"):
        how = f"headline “{row['headline']}” with dependent sources merged into origins"
        yield f"headline.{row['headline']}.merged", f"{int(row['origins']):,}", "", how


def sensitivity_rows(derived: Mapping[str, pd.DataFrame]) -> Iterator[Row]:
    """Count, for every other choice, what flips."""
    for row in derived["sensitivity_index"].to_dict("records"):
        name = f"sensitivity.{row['choice']}.{row['setting']}"
        for column, what in _FLIPS.items():
            measure = "standing" if column == "agreement_status" else column
            how = f"{what}, under the choice {row['choice']}: {row['setting']}"
            yield f"{name}.{measure}", f"{int(row[column]):,}", "", how

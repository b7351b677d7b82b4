"""Answers, headlines and relations: what the sources say, and how far they say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from sourcebook.analysis.numbers.named_number import NamedNumber, slug
from sourcebook.coding.answers import answers_in_words
from sourcebook.core import vocabularies

__all__ = ["answer_numbers", "headline_numbers", "origin_numbers"]

#: What each headline counts; the counted thing comes before.
_HEADLINES = {
    "asked": "that are asked",
    "answered": "that at least one source answers",
    "single_source": "that exactly one source answers",
    "shared": "that two or more sources answer",
    "mentions": "of yes or no that two or more sources answer, all of them with yes",
    "several_answers": "that two or more sources answer and to which several answers can be right",
    "variants": "on which two sources have variants of one wording",
    "could_differ": "on which the sources could disagree",
    "contradict": "on which two sources contradict each other",
    "compatible": "on which sources differ and none contradicts another",
    "agree": "on which all sources that can be compared agree",
    "two_origins": "on which the sources could disagree and that two or more origins answer",
    "agreed_by_two_origins": "on which two or more origins give an agreeing answer",
    "answered_twice": "that one source answers twice, where one answer excludes another",
    "self_contradict": "on which one source contradicts itself",
}
_CLASSES = {
    "findings": "of substance or on the event",
    **{name: f"of class {name}" for name in vocabularies.QUESTION_CLASSES},
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


def _claims_behind(claims: pd.DataFrame, headlines: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return the claims on the questions of each headline; those of all questions go without saying."""
    on: dict[str, list[str]] = {}
    for proposition, claim in zip(claims["proposition_id"], claims["claim_id"], strict=True):
        on.setdefault(proposition, []).append(claim)
    return [
        () if headline in ("asked", "answered") else tuple(c for p in ids.split(";") for c in on.get(p, ()))
        for headline, ids in zip(headlines["headline"], headlines["propositions"], strict=True)
    ]


def count_numbers(claims: pd.DataFrame, headlines: pd.DataFrame) -> Iterator[NamedNumber]:
    """Give every headline and its denominator, by class, over questions and over matters.

    ``headline.contradict`` are findings; ``headline.contradict.substance`` those of one class; ``.matters`` counts
    several questions on one matter once; ``.of`` is the denominator.
    """
    rows = headlines.to_dict("records")
    for row, behind in zip(rows, _claims_behind(claims, headlines), strict=True):
        name, unit = f"headline.{row['headline']}", "questions"
        if row["class"] != "findings":
            name += f".{row['class']}"
        if row["unit"] == "matter":
            name, unit = f"{name}.matters", "matters with questions"
        of_class = _CLASSES[str(row["class"])]
        yield NamedNumber(
            name, f"{row['count']:,}", behind, f"{unit} {of_class} {_HEADLINES[row['headline']]}"
        )
        how = f"denominator of that: {unit} {of_class} {_HEADLINES[row['of_headline']]}"
        yield NamedNumber(f"{name}.of", f"{row['of']:,}", (), how)


def origin_numbers(
    tables: Mapping[str, pd.DataFrame], derived: Mapping[str, pd.DataFrame]
) -> Iterator[NamedNumber]:
    """Count the origins after merging, and for every set of kinds of links that could merge sources."""
    links, rules = tables["links"], derived["origins_by_rule"]
    chosen = str(derived["origins"]["origin"].nunique())
    yield NamedNumber("origins.count", chosen, (), "origins after merging")
    for name, pick in (("least", min), ("most", max)):
        how = f"the {name} origins under any rule of merging"
        yield NamedNumber(f"origins.{name}", str(pick(rules["origins"])), (), how)
    widest = rules["kinds"].max()
    for row in rules.to_dict("records"):
        kinds = [] if row["rule"] == "none" else str(row["rule"]).split("+")
        name = "all" if row["kinds"] == widest else slug("_".join(kinds) or "none")
        yield NamedNumber(
            f"origins.by_{name}",
            str(row["origins"]),
            tuple(links.loc[links["kind"].isin(kinds), "link_id"]),
            f"origins if only links of these kinds merge: {', '.join(kinds) or 'none'}",
        )


def headline_numbers(
    tables: Mapping[str, pd.DataFrame], derived: Mapping[str, pd.DataFrame]
) -> Iterator[NamedNumber]:
    """Give the headlines with the claims behind them, and count origins, relations and silences."""
    relations = derived["relations"]
    yield from count_numbers(tables["claims"], derived["headlines"])
    for by in ("source", "origin"):
        for row in derived[f"headlines_without_{by}"].to_dict("records"):
            if row["left_out"]:
                name = f"headline.{row['headline']}.without_{by}.{row['left_out']}"
                how = f"questions {_CLASSES['findings']} {_HEADLINES[row['headline']]}, without {by} {row['left_out']}"
                yield NamedNumber(name, f"{row['count']:,}", (), how)
                yield NamedNumber(f"{name}.of", f"{row['of']:,}", (), "denominator of that")
    yield from origin_numbers(tables, derived)
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

"""The headlines of a dataset, the propositions behind each, and what is left without a source."""

from __future__ import annotations

import pandas as pd

from sourcebook.agreement.tallies import corroboration, standing
from sourcebook.errors import SourcebookError

__all__ = ["headline_propositions", "leave_one_out", "summary"]


def headline_propositions(
    claims: pd.DataFrame, relations: pd.DataFrame, origin: pd.DataFrame
) -> dict[str, list[str]]:
    """List the propositions behind each headline.

    Parameters
    ----------
    claims : DataFrame
        ``claim_id, proposition_id, source_id``.
    relations : DataFrame
        As :func:`sourcebook.relations.relate_all` returns it for these claims.
    origin : DataFrame
        As :func:`origins` returns it.

    Returns
    -------
    dict of str to list of str
        ``propositions`` that are answered; ``single_source`` ones; ``shared`` ones (two or more sources);
        of these ``with_contradiction`` between sources, and ``all_agree`` (each pair of claims that
        :func:`standing` counts agrees); ``within_contradiction`` (a source contradicts itself);
        ``two_origins``: answered by at least two origins; ``agreed_by_two_origins``: at least two origins
        give an agreeing claim. In the order of the claims.
    """
    table = standing(claims, relations).set_index("proposition_id")
    origin_of = dict(zip(origin["source_id"], origin["origin"], strict=True))
    answering: dict[str, set[str]] = {}
    for proposition, source in zip(claims["proposition_id"], claims["source_id"], strict=True):
        answering.setdefault(proposition, set()).add(origin_of[source])
    counted = corroboration(claims, relations, origin)
    agreed = set(counted.loc[counted["origins"] > 1, "proposition_id"])
    chosen = {
        "propositions": table["sources"] > 0,
        "single_source": table["sources"] == 1,
        "shared": table["sources"] > 1,
        "with_contradiction": table["contradict"] > 0,
        "all_agree": table["standing"].eq("agree") & table["not_comparable"].eq(0),
        "within_contradiction": table["within"] > 0,
    }
    return {
        **{name: [str(p) for p in table.index[mask]] for name, mask in chosen.items()},
        "two_origins": [p for p, behind in answering.items() if len(behind) > 1],
        "agreed_by_two_origins": [p for p in answering if p in agreed],
    }


def summary(claims: pd.DataFrame, relations: pd.DataFrame, origin: pd.DataFrame) -> dict[str, int]:
    """Count the headlines.

    Parameters
    ----------
    claims, relations, origin : DataFrame
        As for :func:`headline_propositions`.

    Returns
    -------
    dict of str to int
        ``claims``, and the number of propositions behind each headline of :func:`headline_propositions`.
    """
    behind = headline_propositions(claims, relations, origin)
    return {"claims": len(claims), **{name: len(found) for name, found in behind.items()}}


def leave_one_out(
    claims: pd.DataFrame, relations: pd.DataFrame, origin: pd.DataFrame, *, by: str = "source"
) -> pd.DataFrame:
    """Count the headlines again without each source, or without each origin, in turn.

    Parameters
    ----------
    claims, relations, origin : DataFrame
        As for :func:`summary`.
    by : {"source", "origin"}
        What is left out.

    Returns
    -------
    DataFrame
        One row a headline: ``headline, all``, and a column for each source or origin that is left out.
        Origins stay as they are: two sources that only the one left out ties together remain one.

    Raises
    ------
    SourcebookError
        If `by` is something else.
    """
    column = {"source": "source_id", "origin": "origin"}.get(by)
    if column is None:
        raise SourcebookError(f"leave_one_out: expected by to be 'source' or 'origin', found {by!r}")
    groups: dict[str, list[str]] = {}
    for name, source in zip(origin[column], origin["source_id"], strict=True):
        groups.setdefault(name, []).append(source)
    full = summary(claims, relations, origin)
    table = pd.DataFrame({"headline": list(full), "all": list(full.values())})
    for place, (name, members) in enumerate(groups.items(), start=2):
        kept = claims[~claims["source_id"].isin(members)]
        pairs = relations[~relations["source_a"].isin(members) & ~relations["source_b"].isin(members)]
        table.insert(place, name, list(summary(kept, pairs, origin).values()))
    return table

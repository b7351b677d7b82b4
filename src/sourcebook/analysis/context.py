"""Facts from elsewhere beside the claims of the sources: the same question, each answer with its name."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from sourcebook.parsing.quantities import DEFAULT, Assumptions, format_quantity, parse_quantity

__all__ = ["beside", "with_bounds"]

_BOUNDS = ("lower", "upper", "lower_closed", "upper_closed", "display")
_COLUMNS = (
    "proposition_id",
    "kind",
    "row_id",
    "source_id",
    "label",
    "statement",
    "value",
    *_BOUNDS,
    "scope",
    "date",
    "place",
    "secondary",
    "reference",
)


def _bounds(value: str, assumptions: Assumptions) -> dict[str, str]:
    if not value:
        return dict.fromkeys(_BOUNDS, "")
    read = parse_quantity(value, assumptions=assumptions)
    return {
        "lower": "" if math.isinf(read.lower) else f"{read.lower:.15g}",
        "upper": "" if math.isinf(read.upper) else f"{read.upper:.15g}",
        "lower_closed": "yes" if read.lower_closed else "no",
        "upper_closed": "yes" if read.upper_closed else "no",
        "display": format_quantity(value),
    }


def with_bounds(facts: pd.DataFrame, *, assumptions: Assumptions = DEFAULT) -> pd.DataFrame:
    """Read the number in each fact as an interval, as the claims of the sources are read.

    Parameters
    ----------
    facts : DataFrame
        The table ``context``: ``value`` (empty for a fact without a number) and whatever else; kept.
    assumptions : sourcebook.parsing.quantities.Assumptions
        How wide "about" is, and what a vague magnitude spans.

    Returns
    -------
    DataFrame
        The facts with ``lower, upper`` (empty where open), ``lower_closed, upper_closed`` (yes or no) and
        ``display`` (the number in words); all empty for a fact without a number.
    """
    read = [_bounds(value, assumptions) for value in facts["value"]]
    return facts.assign(**{name: [bounds[name] for bounds in read] for name in _BOUNDS})


def beside(claims: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Set each fact beside the claims on every proposition that it names; prefer none.

    Parameters
    ----------
    claims : DataFrame
        Claims with their bounds, as :func:`sourcebook.coding.with_intervals` returns them, and
        ``display``.
    facts : DataFrame
        The table ``context``; ``compare_to`` holds proposition ids joined by ``;``.

    Returns
    -------
    DataFrame
        For each proposition that a fact names, first its claims and then its facts, each in the order of
        its table: ``proposition_id, kind`` ("source" or "reference"), ``row_id`` (claim or fact),
        ``source_id`` (empty for a fact), ``label`` (who states the fact; empty for a claim), ``statement``
        (its quote or sentence), ``value, lower, upper, lower_closed, upper_closed, display, scope, date,
        place, secondary, reference``. Propositions stand in the order in which the facts first name them.
    """
    named = with_bounds(facts).assign(proposition_id=facts["compare_to"].str.split(";"))
    named = named.explode("proposition_id").query("proposition_id != ''")
    rows: list[Mapping[Hashable, Any]] = [
        {**row, "kind": "source", "row_id": row["claim_id"], "statement": row["quote"]}
        for row in claims[claims["proposition_id"].isin(named["proposition_id"])].to_dict("records")
    ]
    rows += [
        {**row, "kind": "reference", "row_id": row["fact_id"], "label": row["stated_by"]}
        for row in named.to_dict("records")
    ]
    order = {name: place for place, name in enumerate(dict.fromkeys(named["proposition_id"]))}
    cells = [[row.get(column, "") for column in _COLUMNS] for row in rows]
    out = pd.DataFrame(cells, columns=list(_COLUMNS), dtype="str")
    return out.sort_values(
        "proposition_id", key=lambda column: column.map(order), kind="stable", ignore_index=True
    )

"""Facts from elsewhere with the claims of the sources: one question, each answer with the name of who gives it."""

from __future__ import annotations

import pandas as pd

from sourcebook.coding.claim_intervals import interval_bounds
from sourcebook.core.frames import needs
from sourcebook.parsing.quantities import DEFAULT, QuantityReading, format_quantity

__all__ = ["compare_with_reference", "with_bounds"]

_BOUNDS = ("lower", "upper", "lower_closed", "upper_closed")
_COLUMNS = [
    "proposition_id", "kind", "row_id", "source_id", "label", "statement", "value", *_BOUNDS, "display", "scope",
    "date", "place", "secondary", "reference",
]  # fmt: skip


@needs(
    facts="value",
)
def with_bounds(facts: pd.DataFrame, *, assumptions: QuantityReading = DEFAULT) -> pd.DataFrame:
    """Return facts with the number in each read as an interval, as the claims of the sources are read.

    Parameters
    ----------
    facts : DataFrame
        The table ``context``: ``value`` (empty for a fact without a number) and whatever else; kept.
    assumptions : sourcebook.parsing.quantities.QuantityReading
        How wide "about" is, and what a vague magnitude spans.

    Returns
    -------
    DataFrame
        The facts with ``lower, upper, lower_closed, upper_closed``, as
        :func:`sourcebook.coding.interval_bounds` returns them, and ``display`` (the number in
        words, str); missing for a fact without a number.

    Raises
    ------
    ParseError
        If a value is no quantity.

    Examples
    --------
    >>> with_bounds(pd.DataFrame({"value": [">200", ""]}))[["lower", "display"]].to_numpy().tolist()
    [[200.0, 'over 200'], [nan, '']]
    """
    kinds = facts["value"].map(lambda value: "quantity" if value else "")
    bounds = interval_bounds(kinds, facts["value"], assumptions=assumptions)
    display = [format_quantity(value) if value else "" for value in facts["value"]]
    return facts.assign(**bounds[list(_BOUNDS)], display=display)


@needs(
    claims="claim_id proposition_id quote",
    facts="fact_id value stated_by compare_to",
)
def compare_with_reference(claims: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Return the claims and the facts from elsewhere on the same propositions, one after the other.

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
        its table; the bounds as :func:`with_bounds` has them, all other columns str:
        ``proposition_id, kind`` ("source" or "reference"), ``row_id`` (claim or fact),
        ``source_id`` (empty for a fact), ``label`` (who states the fact; empty for a claim),
        ``statement`` (its quote or sentence), ``value, lower, upper, lower_closed, upper_closed, display, scope,
        date, place, secondary, reference``. Propositions come in the order in which the facts first name them.

    Raises
    ------
    ParseError
        If the value of a fact is no quantity.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a.c1"], "proposition_id": "people", "value": "100", "quote": "a hundred"})
    >>> fact = {"fact_id": "f1", "compare_to": "people", "stated_by": "Census", "statement": "It counts 120."}
    >>> both = compare_with_reference(claims, pd.DataFrame([{**fact, "value": "120"}]))
    >>> both[["kind", "row_id", "label", "statement"]].to_numpy().tolist()
    [['source', 'a.c1', '', 'a hundred'], ['reference', 'f1', 'Census', 'It counts 120.']]
    """
    named = with_bounds(facts).assign(proposition_id=facts["compare_to"].str.split(";"))
    named = named.explode("proposition_id").query("proposition_id != ''")
    answers = claims[claims["proposition_id"].isin(named["proposition_id"])]
    answers = answers.assign(kind="source", row_id=answers["claim_id"], statement=answers["quote"])
    references = named.assign(kind="reference", row_id=named["fact_id"], label=named["stated_by"])
    rows = pd.concat([part.reindex(columns=_COLUMNS) for part in (answers, references)])
    order = {name: place for place, name in enumerate(dict.fromkeys(named["proposition_id"]))}
    rows = rows.sort_values("proposition_id", key=lambda column: column.map(order), kind="stable")
    texts = [name for name in _COLUMNS if name not in _BOUNDS]
    types = dict.fromkeys(texts, "str") | dict(
        zip(_BOUNDS, ("float64", "float64", "boolean", "boolean"), strict=True)
    )
    rows[texts] = rows[texts].astype("object").fillna("")
    return rows.astype(types).reset_index(drop=True)

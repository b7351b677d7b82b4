"""The values of claims in words, as a page prints them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sourcebook.parsing.dates import format_date
from sourcebook.parsing.quantities import format_quantity

__all__ = ["answers_in_words", "display_claim"]


def display_claim(kind: str, value: str) -> str:
    """Return the value of a claim in words.

    Examples
    --------
    >>> display_claim("quantity", ">200")
    'over 200'
    """
    if kind == "quantity":
        return format_quantity(value)
    return format_date(value) if kind == "date" else value


def answers_in_words(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Return the value of every claim in words, by claim; a category by its label in the codebook.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        With ``claims``, ``propositions`` and ``codebook``.
    """
    book, claims = tables["codebook"], tables["claims"]
    kinds = dict(zip(tables["propositions"]["proposition_id"], tables["propositions"]["kind"], strict=True))
    named = book[book["vocabulary"] == "category"]
    labels = dict(zip(named["term"], named["label"], strict=True))
    return {
        claim: labels.get(value, value) if kinds[about] == "category" else display_claim(kinds[about], value)
        for claim, about, value in zip(
            claims["claim_id"], claims["proposition_id"], claims["value"], strict=True
        )
    }

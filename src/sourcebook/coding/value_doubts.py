"""Values that the words of their own quote do not bear out: to look at, since a coder may have reason for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from sourcebook.coding.coded_tables import problem_in, records
from sourcebook.coding.suggestions import is_suggestion
from sourcebook.core.errors import ParseError, Problem
from sourcebook.core.schemas import Schemas
from sourcebook.parsing import dates, quantities
from sourcebook.parsing.suggestions import coded_value, find_all
from sourcebook.sources.documents import Document

__all__ = ["value_doubts"]

_SPAN = re.compile(r"[\d-]+/[\d-]+")
_Overlaps = Callable[[str, str], bool]


def _quantities_overlap(one: str, other: str) -> bool:
    return quantities.overlaps(quantities.parse_notation(one), quantities.parse_notation(other))


def _dates_overlap(one: str, other: str) -> bool:
    """Return whether two dates can be one; two spans of plain years, months or days only if they are the same."""
    if _SPAN.fullmatch(one) and _SPAN.fullmatch(other) and len(one) == len(other):
        return one == other
    return dates.overlaps(dates.parse_edtf(one), dates.parse_edtf(other))


#: The kind of an answer: what is looked for in its words, and whether two such values can be one.
_KINDS: dict[str, tuple[str, _Overlaps]] = {
    "quantity": ("quantities", _quantities_overlap),
    "date": ("dates", _dates_overlap),
}


def value_doubts(
    claims: pd.DataFrame,
    propositions: pd.DataFrame,
    documents: Mapping[str, Document],
    schemas: Schemas,
) -> list[Problem]:
    """Return the claims whose value cannot be any of those that their quote names.

    Looked at are quantities and dates that the words are coded to state, where the quote names one that can be
    read. A day without a year can be that day in any year; two hedged numbers can be one if their intervals meet.

    Parameters
    ----------
    claims : DataFrame
        As :func:`sourcebook.coding.read_tables` returns them, without anything wrong.
    propositions : DataFrame
        ``proposition_id, kind``.
    documents : mapping of str to sourcebook.sources.documents.Document
        By source id. The day of publication is what "last year" in a quote is relative to.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have.

    Returns
    -------
    list of Problem
        One for each, at the value; in the order of the claims.
    """
    kinds = dict(zip(propositions["proposition_id"], propositions["kind"], strict=True))
    table = schemas["claims"]
    doubts = []
    for line, row in records(claims):
        kind = kinds[row["proposition_id"]]
        if kind in _KINDS and row["basis"] != "inferred" and (named := _named(row, kind, documents)):
            found = f"{row['value']} beside the words “{'”, “'.join(named)}”"
            expected = f"a {kind} that the quote names: {', '.join(named.values())}"
            action = "correct value or quote, or code the basis as inferred if it follows from other words"
            doubts.append(problem_in(table, line, "value", found, expected, action))
    return doubts


def _named(row: Mapping[str, Any], kind: str, documents: Mapping[str, Document]) -> dict[str, str]:
    """Return what a quote names of a kind, by its words; nothing if the value can be one of them."""
    finder, overlap = _KINDS[kind]
    written = documents[row["source_id"]].metadata.get("date_published") or None
    found = find_all(" ".join(row["exact"].split()), dct=written, kinds=[finder])
    named = {finding.exact: coded_value(finding) for finding in found if is_suggestion(finding)}
    try:
        fits = any(overlap(row["value"], value) for value in named.values())
    except ParseError:
        return {}
    return {} if fits else named

"""The columns that several derived tables share, and short ways to write a column."""

from __future__ import annotations

from collections.abc import Iterable

from sourcebook.core import vocabularies
from sourcebook.core.schemas.derived_columns import DerivedColumn

__all__ = [
    "ALLEN",
    "CLAIM",
    "CLAIM_A",
    "CLAIM_B",
    "DAY",
    "HEADLINE",
    "INSTRUMENT",
    "INTERVAL",
    "POINTS",
    "QUESTION",
    "REASON",
    "RELATION",
    "RULE",
    "SENSITIVE",
    "SENTENCE",
    "SOURCE",
    "SOURCE_A",
    "SOURCE_B",
    "headline_columns",
    "number",
    "ordered",
    "pair",
    "text",
    "truth",
    "whole",
]

POINTS = "code points, from 0"


def text(
    description: str, *, link: str = "", terms: tuple[str, ...] = (), separator: str = ""
) -> DerivedColumn:
    """Return a column of text."""
    return DerivedColumn(kind="string", description=description, link=link, terms=terms, separator=separator)


def ordered(description: str, terms: Iterable[str]) -> DerivedColumn:
    """Return a column of terms that have an order."""
    return DerivedColumn(kind="string", description=description, terms=tuple(terms), ordered=True)


def whole(description: str, unit: str = "") -> DerivedColumn:
    """Return a column of whole numbers."""
    return DerivedColumn(kind="integer", description=description, unit=unit)


def number(description: str, unit: str = "") -> DerivedColumn:
    """Return a column of numbers that may be missing."""
    return DerivedColumn(kind="number", description=description, unit=unit)


def truth(description: str, *, optional: bool = False) -> DerivedColumn:
    """Return a column of yes and no."""
    return DerivedColumn(kind="optional boolean" if optional else "boolean", description=description)


SENTENCE = text("The sentence.", link="sentences.sentence_id")
SOURCE = text("The source.", link="sources.source_id")
SOURCE_A = text("The source of the first.", link="sources.source_id")
SOURCE_B = text("The source of the second.", link="sources.source_id")
QUESTION = text("The question.", link="propositions.proposition_id")
CLAIM = text("The claim.", link="claims.claim_id")
CLAIM_A = text("The first claim.", link="claims.claim_id")
CLAIM_B = text("The second claim.", link="claims.claim_id")
INSTRUMENT = text("The legal instrument.", link="instruments.instrument_id")
RELATION = ordered("How the two claims relate.", vocabularies.RELATIONS)
RULE = text("The rule that decided.")
ALLEN = text("Allen's relation of the two dates; several, joined by “or”, where the bounds leave it open.")
REASON = text("The reason in words, with the two values.")
SENSITIVE = text(
    "The assumptions under whose alternatives the relation changes; empty where it holds under all.",
    link="assumptions.assumption",
    separator=";",
)
HEADLINE = text("The headline count.")
DAY = "An ISO day; empty where the value leaves it open."
INTERVAL = {
    "lower": number(
        "The least number that the value allows; empty where it has no lower bound or is no quantity."
    ),
    "upper": number(
        "The greatest number that the value allows; empty where it has no upper bound or is no quantity."
    ),
    "lower_closed": truth("Whether the least number itself is allowed.", optional=True),
    "upper_closed": truth("Whether the greatest number itself is allowed.", optional=True),
}


def pair(*extra: tuple[str, DerivedColumn]) -> dict[str, DerivedColumn]:
    """Return the columns of a pair of claims."""
    return {
        "proposition_id": QUESTION,
        "claim_a": CLAIM_A,
        "claim_b": CLAIM_B,
        "source_a": SOURCE_A,
        "source_b": SOURCE_B,
        "relation": RELATION,
        "rule": RULE,
        "allen": ALLEN,
        "reason": REASON,
        "sensitive_to": SENSITIVE,
        **dict(extra),
    }


def headline_columns() -> dict[str, DerivedColumn]:
    """Return the columns of a headline count without each source or origin."""
    return {
        "headline": HEADLINE,
        "left_out": text("The source or origin that is left out; empty where none is."),
        "count": whole("The count without it.", "questions"),
        "of": whole("The denominator without it.", "questions"),
    }

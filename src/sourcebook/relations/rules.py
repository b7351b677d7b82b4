"""The rules by name, the assumptions behind them, and the record of a result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sourcebook import dates, quantities

__all__ = ["DEFAULT_POLICY", "LIST_RULES", "RULES", "Policy", "Relation"]

RULES: Mapping[str, str] = MappingProxyType(
    {
        "modality": "What one source demands and another states do not bear on each other.",
        "scope": "Claims that count or date different things are not comparable.",
        "scope-part": "A count of a part is at most the count of the whole.",
        "quantity-same": "Two quantities with the same interval agree.",
        "quantity-share": "Two quantities whose intervals share a number are compatible.",
        "quantity-apart": "Two quantities whose intervals share no number contradict each other.",
        "date-same": "Two dates that allow the same days agree.",
        "date-marked": "Two dates that allow the same days are compatible if one is marked as not certain.",
        "date-share": "Two dates that share a day are compatible.",
        "date-apart": "Two dates that share no day contradict each other.",
        "extent-same": "Two periods with the same start and the same end agree.",
        "extent-share": "Two periods whose starts and whose ends can be the same are compatible.",
        "extent-apart": "Two periods that start or end at different times contradict each other.",
        "term-same": "The same term agrees with itself.",
        "term-broader": "A term and a broader term that includes it are compatible.",
        "term-list": "Where several answers can stand together, two different ones are compatible.",
        "term-apart": "Where one answer excludes the others, two different ones contradict each other.",
        "name-same": "The same name, but for capitals and punctuation, agrees with itself.",
        "name-variant": "Two forms that the table of entities gives to one bearer are compatible.",
        "name-list": "Where several names can stand together, two different ones are compatible.",
        "name-apart": "Where one name excludes the others, two different ones contradict each other.",
        "presence-same": "Both say yes, or both say no.",
        "presence-apart": "One says yes and the other no.",
    }
)

#: Rules that say only that two items of a list differ: they are no difference if both lists hold both.
LIST_RULES = ("term-list", "name-list")


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The assumptions behind the rules.

    Attributes
    ----------
    quantities : sourcebook.quantities.Assumptions
        How wide "about" is and what a vague magnitude spans.
    dates : sourcebook.dates.Assumptions
        How far an approximate date is widened; by default not at all.
    related_scopes_are_one : bool
        Treat a scope and its broader scope as the same; off by default.
    """

    quantities: quantities.Assumptions = quantities.DEFAULT
    dates: dates.Assumptions = dates.AS_STATED
    related_scopes_are_one: bool = False


DEFAULT_POLICY = Policy()


@dataclass(frozen=True, kw_only=True)
class Relation:
    """The relation of two claims.

    Attributes
    ----------
    relation : str
        A term of :data:`sourcebook.vocab.RELATIONS`.
    rule : str
        A code of :data:`RULES`.
    reason : str
        The rule applied to these two values, as a sentence.
    """

    relation: str
    rule: str
    reason: str

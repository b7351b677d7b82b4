"""The rules by name, and the assumptions behind them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from numbers import Integral, Real
from types import MappingProxyType

from sourcebook.analysis.relations.records import short_repr
from sourcebook.parsing import dates, quantities

__all__ = ["DEFAULT_POLICY", "LIST_RULES", "RULES", "ComparisonPolicy"]

RULES: Mapping[str, str] = MappingProxyType(
    {
        "inferred": "An answer that the coder inferred is set aside, where only stated ones are to count.",
        "modality": "What one source demands and another states do not bear on each other.",
        "scope": "Claims that count or date different things are not comparable.",
        "scope-part": "A count of a part is at most the count of the whole.",
        "quantity-same": "Two quantities with the same interval agree.",
        "quantity-share": "Two quantities whose intervals share a number are compatible.",
        "quantity-unstated": "Two quantities without a number are not comparable: neither says how many.",
        "quantity-list": "Where several quantities can be right, two different ones are compatible.",
        "quantity-different": "Two quantities whose intervals share no number contradict each other.",
        "date-same": "Two dates that allow the same days agree.",
        "date-marked": "Two dates that allow the same days are compatible if one is marked as not certain.",
        "date-year": "A date without a year is not compared with one that has a year, where an unstated year "
        "is not taken to fit.",
        "date-share": "Two dates that share a day are compatible.",
        "date-list": "Where several dates can be right, two different ones are compatible.",
        "date-different": "Two dates that share no day contradict each other.",
        "interval-same": "Two periods with the same start and the same end agree.",
        "interval-share": "Two periods whose starts and whose ends can be the same are compatible.",
        "interval-list": "Where several periods can be right, two different ones are compatible.",
        "interval-different": "Two periods that start or end at different times contradict each other.",
        "term-same": "The same term agrees with itself.",
        "term-broader": "A term and a broader term that includes it are compatible.",
        "term-list": "Where several answers can be right, two different ones are compatible.",
        "term-different": "Where one answer excludes the others, two different ones contradict each other.",
        "name-same": "The same name, but for capitals and punctuation, agrees with itself.",
        "name-entities": "Where one name excludes the others, one name that the table of entities gives to two "
        "entities is two answers.",
        "name-variant": "Two forms of a name that the table of entities gives to one entity are variants, or one "
        "name by assumption.",
        "name-list": "Where several names can be right, two different ones are compatible.",
        "name-different": "Where one name excludes the others, two different ones contradict each other.",
        "wording": "On a question about wording, two different answers are variants: the words differ, and neither "
        "excludes the other.",
        "presence-same": "Both answer yes, or both answer no.",
        "presence-different": "One answers yes and the other no.",
    }
)

#: Rules by which two items of a list differ: they are no difference if both lists hold both.
LIST_RULES = ("term-list", "name-list", "quantity-list", "date-list", "interval-list")

#: What a field may hold, by the type of its default: in words, and as a type.
_TYPES: Mapping[type, tuple[str, type]] = {
    bool: ("True or False", bool),
    int: ("a whole number", Integral),
    float: ("a number", Real),
    str: ("text", str),
}


@dataclass(frozen=True, kw_only=True, repr=False)
class ComparisonPolicy:
    """The assumptions behind the rules, each with a switch.

    ``ASSUMPTIONS`` describes them for people, with the alternatives that :func:`find_relation_changes` tries.

    Attributes
    ----------
    about_width : float
        How far "about" reaches each way, and "nearly" and "just over" on their side, as a share of the number.
    vague_low, vague_high : float
        "Hundreds" are from `vague_low` times a hundred up to, not including, `vague_high` times.
    compound_high : float
        The same upper bound for "tens of thousands", "hundreds of thousands" and the like.
    least_quantity : float
        The least that a quantity can be, for "under" and "at most" and for one without a number.
    approximate_dates : int
        By how many units of its finest marked part (years, months or days) a date marked approximate is widened
        each way.
    end_years : {"inclusive", "exclusive", "either"}
        Whether the year that ends a span of years belongs to it.
    unstated_year_fits : bool
        A date without a year is compared with dates of every year.
    unstated_scope_fits : bool
        A claim without a scope of its own is compared with claims of every scope.
    related_scopes_are_one : bool
        Treat a scope and its broader scope as the same.
    broader_terms_fit : bool
        A term and a broader term that includes it can both be right.
    variants_are_one : bool
        Two names that the table of entities gives to one entity count as one name.
    demands_are_separate : bool
        What is demanded is not compared with what is stated.
    inferred_count : bool
        Answers that the coder inferred are compared like stated ones.

    Raises
    ------
    TypeError
        For a number, a text or a truth of another type.
    ValueError
        For one out of its range.

    Examples
    --------
    >>> ComparisonPolicy(about_width=0.25)
    ComparisonPolicy(about_width=0.25)
    """

    about_width: float = 0.10
    vague_low: float = 2.0
    vague_high: float = math.inf
    compound_high: float = 10.0
    least_quantity: float = 0.0
    approximate_dates: int = 1
    end_years: str = "inclusive"
    unstated_year_fits: bool = True
    unstated_scope_fits: bool = True
    related_scopes_are_one: bool = False
    broader_terms_fit: bool = True
    variants_are_one: bool = False
    demands_are_separate: bool = True
    inferred_count: bool = True

    __repr__ = short_repr

    def __post_init__(self) -> None:
        """Check every type by that of its default, and every range."""
        for field in fields(self):
            value, kind = getattr(self, field.name), type(field.default)
            words, expected = _TYPES[kind]
            if not isinstance(value, expected) or (isinstance(value, bool) and kind is not bool):
                raise TypeError(f"{field.name}: expected {words}, found {value!r}")
            if isinstance(value, float) and math.isnan(value):
                raise ValueError(f"{field.name}: expected a number, found {value!r}")
        if self.approximate_dates < 0:
            raise ValueError(f"approximate_dates: expected 0 or more, found {self.approximate_dates}")
        _ = self.quantities, self.dates

    @cached_property
    def quantities(self) -> quantities.QuantityReading:
        """How quantities are read."""
        return quantities.QuantityReading(
            about_width=self.about_width,
            vague_low=self.vague_low,
            vague_high=self.vague_high,
            compound_high=self.compound_high,
            floor=self.least_quantity,
        )

    @cached_property
    def dates(self) -> dates.DateReading:
        """How dates are read."""
        return dates.DateReading(
            approximate_years=self.approximate_dates,
            approximate_months=self.approximate_dates,
            approximate_days=self.approximate_dates,
            end_years=self.end_years,
        )


DEFAULT_POLICY = ComparisonPolicy()

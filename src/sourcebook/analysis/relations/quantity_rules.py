"""The rules for quantities: two hedged numbers, of one thing or of a part and its whole."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

from sourcebook.analysis.relations.records import Relation
from sourcebook.analysis.relations.rules import ComparisonPolicy
from sourcebook.parsing.quantities import (
    QuantityInterval,
    QuantityReading,
    contains,
    format_quantity,
    intersect,
    parse_notation,
    same,
)

__all__ = ["relate_part_to_whole", "relate_quantities"]

#: A value meets many others: each is read and formatted once.
_format = lru_cache(maxsize=65536)(format_quantity)


@lru_cache(maxsize=65536)
def _read(text: str, reading: QuantityReading) -> QuantityInterval:
    return parse_notation(text, reading=reading)


def relate_quantities(first: str, second: str, policy: ComparisonPolicy) -> Relation:
    """Relate two quantities of the same thing.

    Parameters
    ----------
    first, second : str
        Hedged numbers.
    policy : ComparisonPolicy
        How quantities are read.

    Returns
    -------
    Relation

    Raises
    ------
    ParseError
        If a quantity cannot be read.

    Examples
    --------
    >>> relate_quantities(">100", ">200", ComparisonPolicy()).reason
    'over 100 and over 200 share every number above 200; “over 200” is the narrower claim.'
    >>> relate_quantities("~460", "600", ComparisonPolicy()).reason
    'No number is both about 460 and 600. “about 460” is read as 414 to 506.'
    """
    a, b = (_read(text, policy.quantities) for text in (first, second))
    text_a, text_b = _format(first), _format(second)
    if first == second == "?":
        return Relation(
            relation="not-comparable", rule="quantity-unstated", reason="Neither states a number."
        )
    if same(a, b):
        reason = (
            f"Both say {text_a}." if text_a == text_b else f"{text_a} and {text_b} allow the same numbers."
        )
        return Relation(relation="agree", rule="quantity-same", reason=reason)
    shared = intersect(a, b)
    if shared is None:
        return Relation(
            relation="contradict",
            rule="quantity-different",
            reason=f"No number is both {text_a} and {text_b}.{_read_as(a, b)}{_from_the_least(a, b, policy)}",
        )
    narrower = text_b if contains(a, b) else text_a if contains(b, a) else ""
    tail = f"; “{narrower}” is the narrower claim" if narrower else ""
    return Relation(
        relation="compatible",
        rule="quantity-share",
        reason=f"{text_a} and {text_b} share {_common_numbers(shared)}{tail}.{_read_as(a, b)}",
    )


def relate_part_to_whole(part: tuple[str, str], whole: tuple[str, str], policy: ComparisonPolicy) -> Relation:
    """Relate a quantity of a part to a quantity of the whole.

    Parameters
    ----------
    part, whole : tuple of str
        The quantity, and the scope that it counts.
    policy : ComparisonPolicy
        How quantities are read.

    Returns
    -------
    Relation

    Raises
    ------
    ParseError
        If a quantity cannot be read.

    Examples
    --------
    >>> relate_part_to_whole((">300", "delegates"), ("200", "participants"), ComparisonPolicy()).reason
    '“delegates” is part of “participants”: over 300 for the part is more than 200 for the whole.'
    """
    a, b = (_read(text, policy.quantities) for text, _ in (part, whole))
    too_many = a.lower > b.upper or (a.lower == b.upper and not (a.lower_closed and b.upper_closed))
    verb = "is more than" if too_many else "is possible within"
    return Relation(
        relation="contradict" if too_many else "compatible",
        rule="scope-part",
        reason=f"“{part[1]}” is part of “{whole[1]}”: {_format(part[0])} for the part {verb} "
        f"{_format(whole[0])} for the whole.{_read_as(a, b)}",
    )


def _plain_number(value: float) -> str:
    return f"{value:,.15g}"


def _common_numbers(shared: QuantityInterval) -> str:
    """Return in words the numbers that two quantities share."""
    low = f"{'from' if shared.lower_closed else 'above'} {_plain_number(shared.lower)}"
    high = f"{'up to' if shared.upper_closed else 'below'} {_plain_number(shared.upper)}"
    if shared.lower == shared.upper:
        return f"the number {_plain_number(shared.lower)}"
    if math.isinf(shared.lower) and math.isinf(shared.upper):
        return "every number"
    if math.isinf(shared.upper):
        return f"every number {low}{' on' if shared.lower_closed else ''}"
    if math.isinf(shared.lower):
        return f"every number {high}"
    return f"the numbers {low}{_to(shared)}"


def _read_as(*intervals: QuantityInterval) -> str:
    """Return on which bounds the result rests where a quantity is approximate."""
    readings = {
        q.text: f" “{_format(q.text)}” is read as {_bounds(q)}."
        for q in intervals
        if q.approximate and q.text != "?"
    }
    return "".join(readings.values())


def _from_the_least(a: QuantityInterval, b: QuantityInterval, policy: ComparisonPolicy) -> str:
    """Return how quantities without a lower bound of their own are read, where that makes them differ."""
    free = replace(policy.quantities, floor=-math.inf)
    if intersect(_read(a.text, free), _read(b.text, free)) is None:
        return ""
    read = {q.text: q for q in (a, b) if q.hedge in ("under", "at_most", "at_most_about") or q.text == "?"}
    return "".join(f" “{_format(q.text)}” is read as {_bounds(q)}." for q in read.values())


def _bounds(interval: QuantityInterval) -> str:
    low, high = _plain_number(interval.lower), _plain_number(interval.upper)
    if low == high:
        return low
    if math.isinf(interval.upper):
        return f"{low} or more" if interval.lower_closed else f"more than {low}"
    return f"{'' if interval.lower_closed else 'above '}{low}{_to(interval)}"


def _to(interval: QuantityInterval) -> str:
    comma = " " if interval.lower_closed else ", "
    word = ("to" if interval.lower_closed else "up to") if interval.upper_closed else "to just under"
    return f"{comma}{word} {_plain_number(interval.upper)}"

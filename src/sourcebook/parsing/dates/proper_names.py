"""Expressions of time that are a part of a name: the Sunday Times, Mr. Friday, Sheffield Wednesday."""

from __future__ import annotations

from sourcebook.parsing.dates.cascade import Item
from sourcebook.parsing.dates.grammar import Grammar

__all__ = ["is_of_a_name"]

_AROUND = 30


def is_of_a_name(text: str, item: Item, grammar: Grammar) -> bool:
    """Return whether an expression is wholly within a name, or a word of no date."""
    if grammar.models.match(text, item.start) or grammar.workdays.search(
        text, max(0, item.start - _AROUND), item.start
    ):
        return True
    around = grammar.names.finditer(text, max(0, item.start - _AROUND), item.end + _AROUND)
    return any(name.start() <= item.start and item.end <= name.end() for name in around)

"""Whether the words around an expression of time speak of the past or of the future."""

from __future__ import annotations

import re

from sourcebook.parsing.dates.cascade import Item
from sourcebook.parsing.dates.grammar import BREAK, TOKEN, UNKNOWN, Grammar

__all__ = ["is_future", "is_past", "is_sure"]

_STOP = re.compile(r"[.,;] |\n")
_AFTER = 60


def is_past(text: str, item: Item, grammar: Grammar) -> bool:
    """Return whether a word right before an expression, or the verb of the sentence that it opens, says so."""
    if text[item.start : item.end].lower().startswith(grammar.behind):
        return True
    verb = grammar.past.search(text, max(0, item.start - 25), item.start)
    if verb is not None:
        return not grammar.future.search(text, max(0, verb.start() - 16), verb.start())
    return _opens_the_past(text, item, grammar)


def _opens_the_past(text: str, item: Item, grammar: Grammar) -> bool:
    """Return whether an expression opens its sentence, and a verb in the past comes after it."""
    before = text[max(0, item.start - _AFTER) : item.start]
    before = before[max(before.rfind(". "), before.rfind("\n")) + 1 :]
    if any(grammar.classify(token) == UNKNOWN for token in TOKEN.findall(before)):
        return False
    clause = text[item.end : item.end + 2 * _AFTER]
    for token in TOKEN.findall(clause):
        if grammar.classify(token) in (UNKNOWN, BREAK) or token in (".", ";"):
            break
        clause = clause[len(token) :]
    clause = _STOP.split(clause[:_AFTER])[0]
    verb, ahead = grammar.told.search(clause), grammar.future.search(clause)
    if verb is None:
        return False
    aside = text[item.end : item.end + 1] == "," and not clause[verb.end() :].strip()
    if aside and verb[0].lower() in grammar.reporting:
        return False
    return ahead is None or verb.end() < ahead.start()


def is_future(text: str, item: Item, grammar: Grammar) -> bool:
    """Return whether the sentence around an expression speaks of the future."""
    if text[item.start : item.end].lower().startswith(grammar.ahead):
        return True
    before = text[max(0, item.start - 80) : item.start]
    after = text[item.end : item.end + 40]
    before = before[max(before.rfind(". "), before.rfind("\n")) + 1 :]
    stops = [n for n in (after.find(". "), after.find("\n"), after.find(", ")) if n >= 0]
    after = after[: min(stops)] if stops else after
    return bool(grammar.future.search(before) or grammar.future.search(after))


def is_sure(text: str, item: Item, grammar: Grammar) -> bool:
    """Return whether a verb right before an expression is in the present and speaks of what is to come."""
    return grammar.presently.search(text, max(0, item.start - 50), item.start) is not None

"""Whether the words around an expression of time speak of the past or of the future."""

from __future__ import annotations

import re

from sourcebook.parsing.dates.calendar import Named
from sourcebook.parsing.dates.cascade import Item
from sourcebook.parsing.dates.grammar import BREAK, TOKEN, UNKNOWN, Grammar

__all__ = ["is_coming", "is_deferred", "is_future", "is_past", "is_reported", "is_sure"]

_STOP = re.compile(r"[.,;] |\n")
_END = re.compile(r"\. |\n|,[ ”\"]")
_THAT = re.compile(r"\s+that\s")
_MARK = re.compile(r"[.;,:\n]")
_ASIDE = re.compile(r"[(:;–—]| - ")
_OWNS = re.compile(r"['’]s\b")
_AFTER, _NEXT = 60, 40


def is_past(text: str, item: Item, grammar: Grammar) -> bool:
    """Return whether a word right before an expression, or the verb of the sentence that it opens, says so."""
    if text[item.start : item.end].lower().startswith(grammar.behind):
        return True
    if _THAT.match(text, item.end) and _told_before(text, item, grammar):
        return True
    verb = grammar.past.search(text, max(0, item.start - 25), item.start) or _acted(text, item, grammar)
    if verb is None:
        return _opens_the_past(text, item, grammar) or _formerly(text, item, grammar)
    said = grammar.saying.search(text, max(0, item.start - 25), item.start)
    if said is not None and (len(said[0].split()) > 1 or _OWNS.match(text, item.end)):
        return grammar.future.search(_clause(text, item.end, _NEXT)) is None
    ahead = grammar.future.finditer(text, max(0, verb.start() - 16), verb.start())
    return all(word[0].lower() in grammar.adjectives for word in ahead)


def _clause_before(text: str, item: Item, length: int) -> str:
    """Return the text before an expression back to the last mark."""
    return _MARK.split(text[max(0, item.start - length) : item.start])[-1]


def _told_before(text: str, item: Item, grammar: Grammar) -> bool:
    """Return whether a verb of its clause tells what follows an expression: said over UN radio on Tuesday that."""
    clause = _clause_before(text, item, _AFTER)
    return any(word in grammar.reporting for word in TOKEN.findall(clause))


def _formerly(text: str, item: Item, grammar: Grammar) -> bool:
    """Return whether a verb before an expression says of its whole clause that it is past: had seen ten by May."""
    clause = _clause_before(text, item, 2 * _AFTER)
    verb = grammar.formerly.search(clause)
    return verb is not None and grammar.future.search(clause, verb.end()) is None


def _acted(text: str, item: Item, grammar: Grammar) -> re.Match[str] | None:
    """Return the verb before the object that an expression follows, at the end of its clause: broke a leg Sunday."""
    if not isinstance(item.value, Named) or not grammar.links.match(text, item.end):
        return None
    thing = grammar.object.search(text, max(0, item.start - _NEXT), item.start)
    return thing and grammar.past.search(text, max(0, thing.start() - 25), thing.start() + 1)


def _clause(text: str, start: int, length: int) -> str:
    """Return the text from a place up to the next mark."""
    return _END.split(text[start : start + length])[0]


def _opens(text: str, item: Item, grammar: Grammar) -> bool:
    """Return whether an expression opens its sentence."""
    before = text[max(0, item.start - _AFTER) : item.start]
    before = before[max(before.rfind(". "), before.rfind("\n")) + 1 :]
    return not any(grammar.classify(token) == UNKNOWN for token in TOKEN.findall(before))


def _opens_the_past(text: str, item: Item, grammar: Grammar) -> bool:
    """Return whether an expression opens its sentence, and a verb in the past comes after it."""
    if not _opens(text, item, grammar):
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
    return _is_told_ahead(text, item, grammar)


def _is_told_ahead(text: str, item: Item, grammar: Grammar) -> bool:
    """Return whether a word in the sentence around an expression says that it is to come."""
    before = text[max(0, item.start - 80) : item.start]
    before = before[max(before.rfind(". "), before.rfind("\n")) + 1 :]
    after = _clause(text, item.end, _NEXT)
    if text[item.end : item.end + 1] == "," and _opens(text, item, grammar):
        after = _clause(text, item.end + 2, _NEXT)
    if grammar.future.search(before) or grammar.future.search(after):
        return True
    waits = text[item.start : item.end].lower().startswith(grammar.pending)
    if not waits and not grammar.awaited.match(text, item.end):
        return False
    return not grammar.told.search(after) and not (waits and grammar.told.search(before))


def is_coming(text: str, item: Item, grammar: Grammar) -> bool:
    """Return whether the clause of an expression says in so many words that it is to come: it will open on 5 May."""
    before = text[max(0, item.start - _AFTER) : item.start]
    before = before[max(before.rfind(". "), before.rfind("\n")) + 1 :]
    after = _clause(text, item.end + 2 * text.startswith(", ", item.end), _NEXT)
    after = _ASIDE.split(after)[0]
    words = grammar.coming.search(before)
    told = grammar.told.search(before[: words.start()] if words else before)
    return told is None and (words or grammar.coming.search(after)) is not None


def is_sure(text: str, item: Item, grammar: Grammar) -> bool:
    """Return whether a verb before an expression, or after "by" and the like, speaks of what is to come."""
    if grammar.presently.search(text, max(0, item.start - 50), item.start) is not None:
        return True
    bound = text[item.start : item.end].lower().startswith(grammar.ahead)
    return bound and _is_told_ahead(text, item, grammar)


def is_deferred(text: str, item: Item, grammar: Grammar) -> bool:
    """Return whether a verb before an expression puts off to it what was to be: postponed until May."""
    verb = grammar.deferred.search(text, max(0, item.start - _NEXT), item.start)
    if verb is None:
        return False
    return verb["to"] is not None or text[item.start : item.end].lower().startswith(grammar.ahead)


def is_reported(text: str, item: Item, grammar: Grammar) -> bool:
    """Return whether an expression is the period of results that are to be told: will publish first-quarter results."""
    results = grammar.results.match(text, item.end)
    if results is None:
        return False
    before = text[max(0, item.start - _AFTER) : item.start]
    before = before[max(before.rfind(". "), before.rfind("\n")) + 1 :]
    return (
        grammar.releasing.search(before) is not None
        or grammar.released.match(text, results.end()) is not None
    )

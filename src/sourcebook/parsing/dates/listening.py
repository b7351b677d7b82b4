"""What the words around an expression of time, and the expressions before it, say of its time."""

from __future__ import annotations

import re

from sourcebook.parsing.dates.answers import Context
from sourcebook.parsing.dates.calendar import Open, Shift, When
from sourcebook.parsing.dates.cascade import Item
from sourcebook.parsing.dates.grammar import Grammar
from sourcebook.parsing.dates.resolving import resolve
from sourcebook.parsing.dates.tenses import is_deferred, is_future, is_past, is_reported, is_sure

__all__ = ["in_passing", "listen", "look_ahead"]

_STOP = re.compile(r"[.!?]\s|\n\s*\n")
_OWNS = re.compile(r"['’]s\b")
#: The last code of a season; those after it are of quarters and halves.
_SEASONS = 32
_LED_BY = 2


def listen(text: str, item: Item, before: Item | None, context: Context, grammar: Grammar) -> None:
    """Note what the words around an expression, and the one before it in its sentence, say of its time.

    Parameters
    ----------
    text : str
    item : Item
    before : Item or None
        The expression before it.
    context : Context
        Takes the notes.
    grammar : Grammar
    """
    news = not context.narrative
    alone = before is None or _STOP.search(text, before.end, item.start) is not None
    deferred = news and alone and is_deferred(text, item, grammar)
    context.past = news and not deferred and is_past(text, item, grammar)
    context.sure = deferred or (news and not context.past and is_sure(text, item, grammar))
    context.future = news and not context.past and (context.sure or is_future(text, item, grammar))
    led, context.led = context.led, None
    context.beside = context.quarterly = False
    context.reported = (
        context.future and isinstance(item.value, When) and (item.value.code or 0) > _SEASONS
    ) and is_reported(text, item, grammar)
    if before is None or alone:
        return
    value, written = before.value, context.written
    context.quarterly = context.last is not None and (context.last.code or 0) > _SEASONS
    if led and isinstance(value, When) and not grammar.decided.search(text, before.end, item.start):
        context.led = led
    if isinstance(value, When) and value.grain == "day" and value.year is not None:
        named = ("weekday", before.text.partition(" ")[0].strip(".,").lower()) in grammar.values
        named = named or grammar.thence.fullmatch(text, before.end, item.start) is not None
        context.beside = named and (written is None or abs((written.year or 0) - value.year) > 1)
    if isinstance(value, Shift) and (value.unit, value.step, value.anchor) == ("Y", 1, "document"):
        year = resolve(value, context).when
        if year is not None and _OWNS.match(text, before.end):
            decided = grammar.decided.search(text, before.end, item.start)
            context.led = 0 if decided else year.year


def look_ahead(text: str, item: Item, after: Item | None, context: Context, grammar: Grammar) -> None:
    """Note the year that is named after the event of a day: in the June 16 runoff last year.

    Parameters
    ----------
    text : str
    item : Item
    after : Item or None
        The expression after it.
    context : Context
        Takes the note.
    grammar : Grammar
    """
    value = None if after is None else after.value
    if not isinstance(value, Shift) or (value.unit, value.anchor, value.distance) != ("Y", "document", False):
        return
    if after is None or not grammar.occasion.fullmatch(text, item.end, after.start):
        return
    year = resolve(value, context).when
    if year is not None and year.grain == "year":
        context.led, context.past = year.year, False


def in_passing(text: str, item: Item, when: When, context: Context, grammar: Grammar) -> bool:
    """Return whether an expression names a time other than the one that is told of.

    Such are bounds, asides in brackets, decades and centuries, and a year that does not begin its sentence or is that
    of a budget, which is debated in another.

    Parameters
    ----------
    text : str
    item : Item
    when : When
        What it means.
    context : Context
        What the text has said before; the first time that it names is always told of, unless it is a budget's.
    grammar : Grammar
    """
    if when.grain == "year" and grammar.budgeted.match(text, item.end) is not None:
        return True
    if context.last is None:
        return False
    if (
        isinstance(item.value, Open) and item.value.side != "by" and not isinstance(item.value.value, Shift)
    ) or when.grain in ("decade", "century"):
        return True
    before = text[max(0, item.start - 200) : item.start]
    if before.rfind("(") > max(before.rfind(")"), before.rfind("\n")):
        return True
    sentence = before[max(before.rfind(". "), before.rfind("\n")) + 1 :]
    return when.grain == "year" and len(sentence.split()) > _LED_BY

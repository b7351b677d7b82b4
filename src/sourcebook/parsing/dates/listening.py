"""What the words around an expression of time, and the expressions before it, say of its time."""

from __future__ import annotations

import re

from sourcebook.parsing.dates.answers import Context
from sourcebook.parsing.dates.calendar import Open, Shift, Value, When, day_of, first_day
from sourcebook.parsing.dates.cascade import Item
from sourcebook.parsing.dates.grammar import Grammar
from sourcebook.parsing.dates.resolving import resolve
from sourcebook.parsing.dates.tenses import is_coming, is_deferred, is_future, is_past, is_reported, is_sure

__all__ = ["apposed", "in_passing", "listen", "look_ahead"]

_STOP = re.compile(r"[.!?]\s|\n\s*\n")
_OWNS = re.compile(r"['’]s\b")
#: The last code of a season; those after it are of quarters and halves.
_SEASONS = 32
_LED_BY = 2
#: Of which grain a date has to be that names a day, month or year.
_EXACT = {"D": ("day",), "W": ("day",), "M": ("month", "day"), "Y": ("year", "month", "day")}


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
    context.coming = alone and context.written is not None and is_coming(text, item, grammar)
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


def apposed(text: str, item: Item, after: Item | None, grammar: Grammar) -> Value:
    """Return the value of an expression, for a distance that the next one names: two years earlier, in March 2016.

    Parameters
    ----------
    text : str
    item : Item
    after : Item or None
        The expression after it.
    grammar : Grammar

    Returns
    -------
    Value
    """
    value, named = item.value, None if after is None else after.value
    if after is None or not isinstance(value, Shift) or value.anchor != "text" or not value.distance:
        return value  # type: ignore[no-any-return]
    if not isinstance(named, When) or named.year is None or value.more or value.about or named.before_era:
        return value
    number = first_day(named) if value.unit in _EXACT and named.grain in _EXACT[value.unit] else None
    if number is None or not grammar.apposed.fullmatch(text, item.end, after.start):
        return value
    there = day_of(number)
    if value.unit in ("D", "W"):
        return there
    return When(_EXACT[value.unit][0], there.year, there.month if value.unit == "M" else None)


def in_passing(text: str, item: Item, when: When, context: Context, grammar: Grammar) -> bool:
    """Return whether an expression names a time other than the one that is told of.

    Such are bounds, asides in brackets, quarters that others are compared with, decades and centuries, and a year that
    does not begin its sentence, unless a chain of verbs leads to it, or is that of a budget, which is debated in
    another.

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
        return not context.narrative and when.grain in ("decade", "century")
    if (
        isinstance(item.value, Open) and item.value.side != "by" and not isinstance(item.value.value, Shift)
    ) or when.grain in ("decade", "century"):
        return True
    if when.grain == "year" and context.last.grain in ("decade", "century"):
        return False
    before = text[max(0, item.start - 200) : item.start]
    if (when.code or 0) > _SEASONS and grammar.compared.search(before) is not None:
        return True
    if before.rfind("(") > max(before.rfind(")"), before.rfind("\n")):
        return True
    sentence = before[max(before.rfind(". "), before.rfind("\n")) + 1 :]
    told = context.last.grain == "year" and (when.year or 0) > (context.last.year or 0) and context.near
    if told and grammar.chained.search(sentence) is not None:
        return False
    return when.grain == "year" and len(sentence.split()) > _LED_BY

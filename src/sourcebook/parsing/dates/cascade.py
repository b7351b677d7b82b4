"""Read the patterns of a language in a text, level by level."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from sourcebook.parsing.dates.grammar import BREAK, TOKEN, UNKNOWN, Grammar, Level, Pattern, Slot

__all__ = ["Fields", "Item", "Made", "Reader", "read_items", "spans_of"]

_EDGE = re.compile(f"[{UNKNOWN}{BREAK}]")


@dataclass(slots=True, kw_only=True)
class Item:
    """A token, or what a reader made of several: `kind` is empty for a token."""

    start: int
    end: int
    text: str
    kind: str = ""
    value: Any = None
    pattern: str = ""
    lossy: tuple[str, ...] = ()
    ends: tuple[Item, ...] = ()


@dataclass(slots=True, kw_only=True)
class Made:
    """What a reader made: its kind and value, the words lost, and the items of its ends if it has several.

    The expression begins with the item `first`; what is before it in the match only leads to it.
    """

    kind: str
    value: Any
    lossy: tuple[str, ...] = ()
    ends: tuple[Item, ...] = ()
    first: Item | None = None


@dataclass(slots=True)
class Fields:
    """A match of a pattern: the values of its slots, and the text around."""

    grammar: Grammar
    pattern: Pattern
    items: list[Item]
    span: tuple[int, int]
    slots: dict[str, tuple[list[int], tuple[str, ...]]]
    text: str
    chars: str = ""
    options: dict[str, Any] = field(default_factory=dict)

    def item(self, slot: str, which: int = 0) -> Item | None:
        """Return the item in a slot, or None."""
        places = self.slots.get(slot, ([], ()))[0]
        return self.items[places[which]] if len(places) > which else None

    def get(self, slot: str, default: Any = None) -> Any:
        """Return the value in a slot."""
        item = self.item(slot)
        return default if item is None else self.value(item, self.slots[slot][1])

    def value(self, item: Item, classes: Iterable[str]) -> Any:
        """Return the value of an item read as one of some classes."""
        if item.kind:
            return item.value
        if item.text.isdigit():
            return int(item.text)
        word = item.text.lower()
        word = self.grammar.same.get(word, word)
        for name in classes:
            plain = name.removeprefix("weak").removeprefix("low")
            for key in (name, plain):
                if (key, word) in self.grammar.values:
                    return self.grammar.values[key, word]
        return word

    def filled(self, slot: str) -> list[Item]:
        """Return all items in a slot, in order."""
        return [self.items[place] for place in self.slots.get(slot, ([], ()))[0]]

    def after(self, slot: str) -> Item | None:
        """Return the item after a slot and a blank, where an expression begins that the slot only leads to."""
        places = self.slots.get(slot, ([], ()))[0]
        return self.items[places[0] + 2] if places else None

    @property
    def join(self) -> str:
        """Return how the words of a match join its dates: `{}` for all of them, `[]` for one, `/` for a span."""
        word = self.get("join", self.pattern.with_.get("join", ""))
        return {"and": "{}", "or": "[]"}.get(word, "/")

    @property
    def matched(self) -> list[Item]:
        """Return all items of the match."""
        return self.items[self.span[0] : self.span[1]]

    @property
    def start(self) -> int:
        """Return where the match begins in the text."""
        return self.items[self.span[0]].start

    @property
    def end(self) -> int:
        """Return where the match ends in the text."""
        return self.items[self.span[1] - 1].end


Reader = Callable[[Fields], "Made | None"]
"""A function that makes a value of a match, or None of what it does not read."""


def spans_of(f: Fields, values: Iterable[Any], items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the ends of a range, or the members of a list, as items with their own words."""
    stops = [*(item.end for item in items[:-1]), f.end]
    return tuple(
        Item(start=item.start, end=end, text=f.text[item.start : end], kind="yearonly", value=value)
        for item, value, end in zip(items, values, stops, strict=True)
    )


def read_items(
    text: str,
    grammar: Grammar,
    readers: dict[str, Reader],
    *,
    taken: Iterable[tuple[int, int]] = (),
    **options: Any,
) -> Iterator[Item]:
    """Yield what the patterns find, in order.

    Parameters
    ----------
    text : str
    grammar : Grammar
    readers : dict
        The function of each name that the patterns read with; it returns None for what it does not read.
    taken : iterable of (int, int)
        Places that belong to something else.
    **options
        Passed on to the readers.

    Yields
    ------
    Item
        With a kind.
    """
    tokens = TOKEN.findall(text)
    chars = "".join(map(grammar.tokens().__getitem__, tokens))
    ends = list(accumulate(map(len, tokens)))
    chars = _without(chars, ends, taken)
    reading = _Reading(grammar, readers, text, options)
    for first, after in _islands(chars, grammar):
        items = [
            Item(start=ends[n] - len(tokens[n]), end=ends[n], text=tokens[n]) for n in range(first, after)
        ]
        part = chars[first:after]
        present = set(part)
        for level in grammar.levels:
            if not level.needed.isdisjoint(present):
                reduced, items = reading.reduce(level, part, items)
                if reduced is not part:
                    part, present = reduced, set(reduced)
        yield from (item for item in items if item.kind)


def _islands(chars: str, grammar: Grammar) -> Iterator[tuple[int, int]]:
    """Yield the stretches of known words that can hold a date, each with a token of context on both sides."""
    last = 0
    for trigger in grammar.trigger.finditer(chars):
        start = trigger.start()
        if start < last:
            continue
        first = max(chars.rfind(UNKNOWN, last, start), chars.rfind(BREAK, last, start), last)
        end = _EDGE.search(chars, start)
        last = end.start() if end else len(chars)
        yield first, min(len(chars), last + 1)


def _without(chars: str, ends: list[int], taken: Iterable[tuple[int, int]]) -> str:
    """Make what is taken unknown."""
    out, at = [], 0
    for start, end in sorted(taken):
        first, last = bisect_right(ends, start), bisect_right(ends, max(start, end - 1)) + 1
        first = max(first, at)
        if last > first:
            out += [chars[at:first], UNKNOWN * (last - first)]
            at = last
    return "".join([*out, chars[at:]]) if out else chars


def _places(slot: Slot, match: re.Match[str], offset: int) -> list[int]:
    """Return which characters of a match are in a slot."""
    if slot.repeated:
        return [n for n in range(*match.span()) if match.string[n] in slot.repeated]
    return [place for n in slot.groups if (place := match.start(offset + n)) >= 0]


@dataclass(slots=True)
class _Reading:
    """A text as it is read: what the readers need besides their match."""

    grammar: Grammar
    readers: dict[str, Reader]
    text: str
    options: dict[str, Any]

    def made_of(
        self, level: Level, chars: str, items: list[Item], found: tuple[re.Match[str], int]
    ) -> tuple[Made, re.Match[str], Pattern] | None:
        """Return what the first pattern that reads something at a place makes of it."""
        match, index = found
        offset = match.lastindex or 1
        while True:
            slots = {
                name: (_places(slot, match, offset), slot.classes)
                for name, slot in level.slots[index].items()
            }
            pattern = level.patterns[index]
            fields = Fields(self.grammar, pattern, items, match.span(), slots, self.text, chars, self.options)
            made = self.readers[pattern.read](fields)
            if made is not None:
                return made, match, pattern
            later = (
                (n, level.single[n].match(chars, match.start())) for n in range(index + 1, len(level.single))
            )
            other = next(((n, other) for n, other in later if other is not None), None)
            if other is None:
                return None
            (index, match), offset = other, 1

    def reduce(self, level: Level, chars: str, items: list[Item]) -> tuple[str, list[Item]]:
        """Replace what one level reads by what its readers make of it."""
        found = level.search.search(chars)
        if found is None:
            return chars, items
        new_chars: list[str] = []
        new_items: list[Item] = []
        at = 0
        while found is not None:
            result = self.made_of(level, chars, items, found)
            if result is None:
                found = level.search.search(chars, found[0].start() + 1)
                continue
            made, read, pattern = result
            start, end = read.span()
            if made.first is not None:
                while items[start] is not made.first:
                    start += 1
            new_chars += [chars[at:start], self.grammar.char(made.kind)]
            new_items += [*items[at:start], self._item(made, pattern, items[start].start, items[end - 1].end)]
            at = end
            found = level.search.search(chars, end)
        return "".join([*new_chars, chars[at:]]), [*new_items, *items[at:]]

    def _item(self, made: Made, pattern: Pattern, start: int, end: int) -> Item:
        return Item(
            start=start, end=end, text=self.text[start:end], kind=made.kind, value=made.value, pattern=pattern.name,
            lossy=made.lossy, ends=made.ends,
        )  # fmt: skip

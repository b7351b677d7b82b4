"""Citations that are found by their form: symbols, numbers of resolutions, conventions, applications and cases.

The forms are data, in ``patterns.toml``, each with a name, examples and counter-examples.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from sourcebook.parsing.law.places import order

__all__ = [
    "Body",
    "Context",
    "Form",
    "Pattern",
    "bodies",
    "patterns",
    "states",
    "subjects",
    "watchers",
    "words_of",
]

_BLOCK = 256  # characters beyond those asked for in which a word near a citation is looked for
_BACK = 120  # characters before a trigger that may belong to the citation
_OF = re.compile(r"(?:\s?\(\d{4}\))?,?\s+of\s+(?:the\s+)?(?:UN\s+)?(?:Committee\s+(?:on\s+(?:the\s+)?)?)?")
_LATER = 120  # characters by which a body named after a citation is further off than one before it
_AROUND = 160  # characters around a citation in which the body that adopted it is looked for


@dataclass(frozen=True, kw_only=True)
class Form:
    """A citation found by its form.

    Attributes
    ----------
    start, end : int
        Half-open.
    instrument_id, pattern : str
    place : str
        The pinpoint that the form itself names, or empty.
    tentative : bool
        Whether it is a citation only with a pinpoint.
    """

    start: int
    end: int
    instrument_id: str
    pattern: str
    place: str = ""
    tentative: bool = False


class Context:
    """What a text as a whole holds, looked up once for each expression."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._known: dict[re.Pattern[str], bool] = {}
        self._seen: dict[tuple[str, re.Pattern[str]], tuple[int, int, int]] = {}

    def holds(self, expression: re.Pattern[str]) -> bool:
        """Return whether the text holds an expression anywhere."""
        if expression not in self._known:
            self._known[expression] = expression.search(self.text) is not None
        return self._known[expression]

    def near(self, expression: re.Pattern[str], start: int, end: int, most: int) -> bool:
        """Return whether the text holds an expression near a place and not in it.

        Parameters
        ----------
        expression : re.Pattern
        start, end : int
            Of the place.
        most : int
            Characters between the place and where the expression begins.
        """
        before = self._next("before", expression, max(0, start - most), most)
        if 0 <= before < start:
            return True
        return self._next("after", expression, end, most) >= 0

    def _next(self, side: str, expression: re.Pattern[str], at: int, most: int) -> int:
        """Return where an expression begins from a place on, or -1 if not so near; no stretch is searched twice."""
        low, high, place = self._seen.get((side, expression), (at, at, -1))
        if not low <= at <= high:
            low, high, place = at, at, -1
        if place < at and high < at + most:
            found = expression.search(self.text, high, at + most + _BLOCK + _BACK)
            place = found.start() if found else -1
            high = place + 1 if found else at + most + _BLOCK
        self._seen[side, expression] = at, high, place
        return place if at <= place < at + most else -1


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """One entry of ``patterns.toml``, which says what the attributes mean."""

    name: str
    triggers: tuple[str, ...]
    form: re.Pattern[str]
    ids: Mapping[str, str]
    examples: tuple[tuple[str, ...], ...]
    counter: tuple[str, ...]
    before: re.Pattern[str] | None = None
    barred: re.Pattern[str] | None = None
    each: re.Pattern[str] | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    near: Mapping[re.Pattern[str], str] = field(default_factory=dict)
    context: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    close: re.Pattern[str] | None = None
    tentative: bool = False

    def match(self, text: str, start: int, context: Context) -> list[Form]:
        """Return the citations at a trigger: none, one, or the members of a list.

        Parameters
        ----------
        text : str
            Any text.
        start : int
            Where a trigger begins.
        context : Context
            Of the text.
        """
        found = self.form.match(text, start)
        if found is None or (self.barred and self.barred.search(text, max(0, start - _BACK), start)):
            return []
        groups = found.groupdict()
        first = start
        if self.before is not None:
            left = self.before.search(text, max(0, start - _BACK), start)
            if left is None:
                return []
            first, groups = left.start(), left.groupdict() | groups
            if groups.get("begin") is not None:
                first = left.start("begin")
        if (self.context and not context.holds(self.context)) or (self.unless and context.holds(self.unless)):
            return []
        if self.close and not context.near(self.close, first, found.end(), _AROUND):
            return []
        if self.near:
            groups["near"] = self._nearest(text, found, context)
            if not groups["near"]:
                return []
        return list(self._members(found, first, groups))

    def _members(self, found: re.Match[str], first: int, groups: dict[str, str | None]) -> Iterator[Form]:
        listed = next((name for name in groups if name.startswith("list") and groups[name]), "")
        if self.each is None or not listed:
            yield self._form(found, (first, found.end()), groups)
            return
        groups = {name: value for name, value in groups.items() if name != listed}  # it may be long
        each = self.each.finditer(found.string, found.start(listed), found.end(listed))
        items = [item for item in each if item.lastgroup or not self.each.groups]
        for number, item in enumerate(items):
            start = first if number == 0 else item.start()
            end = found.end() if number == len(items) - 1 else item.end()
            yield self._form(item, (start, end), groups | item.groupdict())

    def _form(self, found: re.Match[str], span: tuple[int, int], groups: dict[str, str | None]) -> Form:
        filled = {name: _cell(value) for name, value in groups.items()}
        if self.values:
            key = self.values[" ".join((groups["value"] or "").split())]
        else:
            template = next(text for group, text in self.ids.items() if not group or filled.get(group))
            key = template.format(found[0].replace(". ", "."), **filled)
        return Form(
            start=span[0],
            end=span[1],
            instrument_id=" ".join(key.split()),
            pattern=self.name,
            place=self.place.format(**filled).replace("()", ""),
            tentative=self.tentative,
        )

    def _nearest(self, text: str, found: re.Match[str], context: Context) -> str:
        """Return the word for the body that is named next to a citation, or for the only one that the text names."""
        start, end = max(0, found.start() - _AROUND), found.end() + _AROUND
        best = ("", _AROUND)
        for expression, word in self.near.items():
            for match in expression.finditer(text, start, end):
                gap = max(found.start() - match.end(), match.start() - found.end())
                if match.start() >= found.end():  # of the Committee, or what is named next
                    gap = -1 if _OF.fullmatch(text, found.end(), match.start()) else gap + _LATER
                best = (word, gap) if gap < best[1] else best
        if best[0]:
            return best[0]
        named = [word for expression, word in self.near.items() if context.holds(expression)]
        return named[0] if len(named) == 1 else ""


class _Cell(str):
    """A number or a word of a form: ``{n:03}`` fills it up with zeros, ``{n:d}`` writes a Roman numeral in digits."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        value = order(self) if spec else None
        return f"{value[0]:{spec}}" if value else str(self)


def _cell(value: str | None) -> _Cell:
    return _Cell(" ".join((value or "").split()))


@cache
def _table() -> Mapping[str, Any]:
    source = files("sourcebook.parsing.law").joinpath("patterns.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


@cache
def states() -> str:
    """Return an expression for the name of a state."""
    names = "|".join(re.escape(name) for name in sorted(_table()["states"], key=len, reverse=True))
    return f"(?:{names.replace(chr(92) + ' ', chr(92) + 's+')})"


@dataclass(frozen=True)
class Body:
    """What tells that a text speaks of a body that watches over one instrument.

    Attributes
    ----------
    instrument_id : str
    expressions : tuple of tuple
        Each an expression and the words that stand in whatever it matches, which are looked for first.
    """

    instrument_id: str
    expressions: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]

    def is_in(self, text: str) -> bool:
        """Return whether a text speaks of the body."""
        return any(
            all(word in text for word in words) and expression.search(text)
            for expression, words in self.expressions
        )


_INNERMOST = re.compile(r"\(\?[^()]*\)[?*]?|\[[^\]]*\][?*]?|\\.|\{[\d,]+\}")


def words_of(expression: str) -> tuple[str, ...]:
    r"""Return words that stand in whatever an expression without alternatives matches.

    Parameters
    ----------
    expression : str

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> words_of(r"\bCRC,? (?:General Comment|GC)s? no")
    ('CRC', ' no')
    """
    before = ""
    while before != expression:
        before, expression = expression, _INNERMOST.sub("\0", expression)
    return tuple(re.findall(r"§|(?:[\w /’'-](?![?*])){3,}", expression))


@cache
def bodies() -> tuple[Body, ...]:
    """Return the bodies that watch over one instrument."""
    return tuple(
        Body(key, tuple((re.compile(each), words_of(each)) for each in expressions))
        for key, expressions in _table()["bodies"].items()
    )


@cache
def subjects() -> Mapping[str, re.Pattern[str]]:
    """Return, for instruments that share a short name, an expression for what a text near it is about."""
    return {key: re.compile(subject) for key, subject in _table()["subjects"].items()}


@cache
def sessions() -> Mapping[str, str]:
    """Return the symbols with their session of resolutions that are called by their number alone."""
    return {
        f"A/RES/{number}": f"A/RES/{number}({session})"
        for session, numbers in _table()["sessions"].items()
        for number in numbers
    }


@cache
def watchers() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return expressions for the courts whose findings are about one instrument, with its id.

    Each begins with letters, by which the search is fast.
    """
    courts = _table()["watchers"].items()
    return tuple((re.compile(each), key) for key, expressions in courts for each in expressions)


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return the forms of the library, in the order in which they are preferred."""
    data = _table()
    words = {
        "{and}": data["and"],
        "{pin}": data["pin"],
        "{adopted}": data["adopted"],
        "{one}": data["one"],
        "{title}": data["title"],
        "{known}": data["known"],
        "{after}": data["after"],
        "{others}": data["others"],
        "{state}": states(),
    }

    def compiled(expression: str | None) -> re.Pattern[str] | None:
        if expression is None:
            return None
        for word, meaning in words.items():
            expression = expression.replace(word, meaning)
        return re.compile(expression)

    return tuple(_pattern(entry, compiled) for entry in data["pattern"])


def _pattern(entry: Mapping[str, Any], compiled: Any) -> Pattern:
    ids = entry.get("id", "")
    return Pattern(
        name=entry["name"],
        triggers=tuple(entry["triggers"]),
        form=compiled(entry["form"]),
        ids=ids if isinstance(ids, dict) else {"": ids},
        examples=tuple(tuple(example) for example in entry["examples"]),
        counter=tuple(entry["counter"]),
        before=compiled(entry.get("before")),
        barred=compiled(entry.get("barred")),
        each=compiled(entry.get("each")),
        values=entry.get("values", {}),
        place=entry.get("place", ""),
        near={compiled(expression): word for expression, word in entry.get("near", {}).items()},
        context=compiled(entry.get("context")),
        unless=compiled(entry.get("unless")),
        close=compiled(entry.get("close")),
        tentative=entry.get("tentative", False),
    )

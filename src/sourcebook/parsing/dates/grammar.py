"""Patterns of dates as data: a file for each language, compiled to expressions over classes of words.

Each token of a text (a word, a run of digits, white space, a mark) is written as one character, which stands for the
classes that the token belongs to: ``may`` is a month and a modal verb, ``12`` a day, a month and a number. A
template of the file becomes a regular expression over these characters. Patterns come in levels; what a level reads
becomes one character for the next, as numbers become dates and dates ranges.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from sourcebook.core.errors import DataError, Problem
from sourcebook.core.number_words import english
from sourcebook.parsing.dates.expressions import Alternatives, needed_chars

__all__ = ["BREAK", "KINDS", "TOKEN", "UNKNOWN", "Grammar", "Level", "Pattern", "Slot", "load_grammar"]

UNKNOWN, SPACE, BREAK = "x", " ", "\n"
TOKEN = re.compile(r"[^\W\d_½¼¾]+|\d+|\s+|.", re.DOTALL)

_KINDS = (
    "number ordinal wordyear era yearmark date monthday monthyear monthonly yearonly decade century seasonyear"
    " weekdaynode dayofmonth relative relativeday relativeY relativeM relativeW relativeD duration edgelength set ref"
    " range open broken unledyear"
)
KINDS = tuple(_KINDS.split())
"""What readers make of words; a later level names them as it names classes of words."""

_DIGITS: dict[str, Callable[[str], bool]] = {
    "year4": lambda t: len(t) == 4 and 1000 <= int(t) <= 2099,
    "day": lambda t: len(t) <= 2 and 1 <= int(t) <= 31,
    "mon": lambda t: len(t) <= 2 and 1 <= int(t) <= 12,
    "old": lambda t: t in ("2", "3", "22", "23"),
    "two": lambda t: len(t) == 2,
    "three": lambda t: len(t) == 3,
    "number": lambda t: len(t) <= 4,
    "compact": lambda t: (
        len(t) == 8 and t[:2] in ("19", "20") and "01" <= t[4:6] <= "12" and "01" <= t[6:] <= "31"
    ),
}
#: A run of digits of each set of classes.
_SAMPLES = ("1", "2", "22", "01", "13", "031", "32", "99", "00", "0", "100", "1988", "3000", "20161016")
_PIECE = re.compile(
    r"\{(?P<slot>[\w|]+)(?::(?P<name>\w+))?\}|<(?P<macro>\w+)>|(?P<group>\(\?(?::|!|=|<!|<=))"
    r"|(?P<word>[^\W\d_]+)|(?P<times>\{\d+,\d+\})|(?P<mark>.)",
    re.DOTALL,
)
_APOSTROPHES, _DASHES = "'’ʼ‘", "-‐‑‒–—−~"
_MARKS = {
    **dict.fromkeys(_DASHES, "=-"),
    **dict.fromkeys(_APOSTROPHES, "='"),
    **dict.fromkeys("½¼¾", "fraction"),
    **dict.fromkeys("$€£¥", "currency"),
    **{mark: f"={mark}" for mark in ",./"},
}


def _number_words(table: str, *chosen: str) -> dict[str, int]:
    """Return the words of a table of numbers, all or those chosen."""
    words: dict[str, int] = dict(getattr(english(), table))
    return {word: words[word] for word in chosen} if chosen else words


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """A pattern of the file: which reader makes what of which words."""

    name: str
    level: str
    read: str
    template: str
    example: str
    counter: str
    value: str = ""
    with_: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Slot:
    """Where a slot of a pattern is: its groups, its classes, and their characters if it is repeated.

    Of a group that matches more than once, a regular expression keeps the last match only.
    """

    groups: tuple[int, ...]
    classes: tuple[str, ...]
    repeated: str = ""


@dataclass(frozen=True, kw_only=True)
class Level:
    """Patterns that are tried at the same time, the first in the file before the others."""

    search: Alternatives
    single: tuple[re.Pattern[str], ...]
    patterns: tuple[Pattern, ...]
    slots: tuple[dict[str, Slot], ...]
    needed: frozenset[str]


class _Tokens(dict[str, str]):
    """The characters of the tokens of one text, made as they come."""

    def __init__(self, grammar: Grammar) -> None:
        super().__init__()
        self._grammar = grammar

    def __missing__(self, token: str) -> str:
        char = self[token] = self._grammar.classify(token)
        return char


class Grammar:
    """The words and patterns of a language.

    Parameters
    ----------
    data : dict
        The parsed file.
    place : str
        Its name, for messages.
    """

    def __init__(self, data: dict[str, Any], place: str) -> None:
        self.place = place
        self.values: dict[tuple[str, str], Any] = {}
        self._words: dict[str, set[str]] = {}
        self._weak = frozenset(data.get("weak", ()))
        self._groups: dict[str, list[str]] = data.get("groups", {})
        self._macros: dict[str, str] = data.get("macros", {})
        numbers = [(name, _number_words(*where)) for name, where in data.get("numbers", {}).items()]
        for name, words in [*numbers, *data["words"].items()]:
            entries = words.items() if isinstance(words, dict) else ((word, word) for word in words)
            for word, value in entries:
                self._words.setdefault(word, set()).add(name)
                self.values[name, word] = value
        self.patterns = tuple(self._pattern(entry) for entry in data["pattern"])
        self._phrases(data)
        self._chars: dict[frozenset[str], str] = {}
        self.same: dict[str, str] = data.get("same", {})
        self._number_classes()
        self.levels = tuple(
            self._level(name) for name in data["levels"] if any(p.level == name for p in self.patterns)
        )
        wanted = set(data["triggers"])
        certain = "".join(char for names, char in self._chars.items() if names & wanted)
        digit = "".join(char for names, char in self._chars.items() if "number" in names)
        joint = "".join(self._chars.get(frozenset({name}), "") for name in ("=-", "=/", "=.", "='"))
        apostrophe = self._chars.get(frozenset({"='"}), "") or "(?!)"
        self.trigger = re.compile(f"[{certain}]|[{digit}](?=[{joint}][{digit}])|{apostrophe}(?=[{digit}])")
        self.dated = frozenset(
            c for sets, c in self._chars.items() if sets & {"month", "weakmonth", "abbr", "weekday"}
        )

    def _phrases(self, data: dict[str, Any]) -> None:
        """Compile the lists of phrases, and keep those of words."""

        def phrase(name: str, before: str = r"\b", after: str = r"\b") -> re.Pattern[str]:
            return re.compile(rf"(?i:{before}(?:{'|'.join(data.get(name, ['(?!)']))}){after})")

        self.future, self.decided, self.told = phrase("future"), phrase("decided"), phrase("told")
        self.coming = phrase("coming")
        self.past = phrase("past", after=r"\s+(?:\w+\s+)?$")
        self.object = phrase("object", after="$")
        self.links, self.saying = phrase("links", r"\s*"), phrase("saying", after=r"\s$")
        self.occasion = phrase("occasion", r"\s(?:\w+\s)?", r"\s+$")
        self.presently = phrase("presently", after=r"\s+(?:in|on)\s+$")
        self.deferred = phrase("deferred", after=r"\s+(?P<to>(?:to|for|until|till)\s+)?(?:the\s+)?$")
        self.results, self.released = phrase("results", r"\s"), phrase("released", r"\s")
        self.unseen, self.unrivalled = (phrase(name, after=r"\s$") for name in ("unseen", "unrivalled"))
        self.formerly, self.compared = phrase("formerly"), phrase("compared", after=r"\s$")
        self.chained = phrase("chained", after=r"\s+(?:\w+\s+)?(?:in\s+)?$")
        self.apposed = phrase("apposed", "", "")
        self.releasing, self.budgeted = phrase("releasing"), phrase("budgeted", r"\s")
        self.claiming = phrase("claiming", after=r"\s+$")
        self.clauseverb = phrase("clauseverb", r"\s*")
        self.thence = phrase("thence", r"\s", r"\s")
        self.adjectives = frozenset(data.get("adjectives", ()))
        self.awaited = phrase("awaited", r"\s")
        self.reporting = frozenset(data.get("reporting", ()))
        self.ahead, self.behind, self.pending = (
            tuple(f"{word} " for word in data.get(name, ())) for name in ("ahead", "behind", "pending")
        )
        between = r"[\s,;()]|\b(?:[IVXLC]+|[A-Z]|and|or|nos?)\b\.?"
        self.cited = phrase("cited", after=rf"(?:{between})*\d(?:\d|{between}|[-–/.]\d)*\(\s*$")
        self.labels, self.counted, self.yearly, self.countlead = (
            frozenset(data.get(name, ())) for name in ("labels", "counted", "yearly", "countlead")
        )
        self.counting = phrase("counting", after=r"\s$")
        self.countnext = phrase("countnext", r"\s")
        self.names = re.compile("|".join(data.get("names", ["(?!)"])))
        self.models = re.compile("|".join(data.get("models", ["(?!)"])))
        self.workdays = re.compile(f"(?:{'|'.join(data.get('workdays', ['(?!)']))})$")
        self.addressed = phrase("addressed", r"\s(?-i:(?:[A-Z][\w.]*\s){0,3})")

    def _pattern(self, entry: dict[str, Any]) -> Pattern:
        rest = {k: v for k, v in entry.items() if k not in Pattern.__dataclass_fields__}
        named = {k: v for k, v in entry.items() if k in Pattern.__dataclass_fields__}
        return Pattern(**named, with_=rest)

    def _number_classes(self) -> None:
        """Give each set of classes that a token or a reading can have its character."""
        for pattern in self.patterns:
            for piece in _PIECE.finditer(self._expanded(pattern.template)):
                if piece["word"]:
                    self._words.setdefault(piece["word"], set()).add(f"={piece['word']}")
        self._words |= {word: self._words[other] for word, other in self.same.items()}
        sets = {frozenset(names) for names in self._words.values()}
        for word, names in self._words.items():
            if word in self._weak:
                sets |= {self._cased(names, prefix) for prefix in ("weak", "low")}
        sets |= {self._digits(t) for t in _SAMPLES}
        sets |= {frozenset({kind}) for kind in KINDS} | {frozenset({name}) for name in _MARKS.values()}
        ordered = sorted(sets - {frozenset()}, key=sorted)
        self._chars = {names: chr(0xE000 + n) for n, names in enumerate(ordered)}

    @staticmethod
    def _cased(names: Iterable[str], prefix: str) -> frozenset[str]:
        return frozenset(name if name.startswith("=") else f"{prefix}{name}" for name in names)

    @staticmethod
    def _digits(token: str) -> frozenset[str]:
        return frozenset(name for name, test in _DIGITS.items() if len(token) < 9 and test(token))

    def tokens(self) -> dict[str, str]:
        """Return a dictionary of the character of each token, which fills itself."""
        return _Tokens(self)

    def classify(self, token: str) -> str:
        """Return the character of a token."""
        if token.isspace():
            return BREAK if token.count("\n") > 1 else SPACE
        if token[0] in _MARKS:
            return self._chars[frozenset({_MARKS[token[0]]})]
        if token.isascii() and token.isdigit():
            return self._chars.get(self._digits(token), UNKNOWN)
        word = token.lower()
        names = self._words.get(word)
        if not names:
            return UNKNOWN
        if word in self._weak:
            return self._chars[self._cased(names, "low" if token[0].islower() else "weak")]
        return self._chars[frozenset(names)]

    def char(self, kind: str) -> str:
        """Return the character of what a reader made."""
        return self._chars[frozenset({kind})]

    def members(self, slot: str) -> tuple[str, ...]:
        """Return the classes that a slot of a template names."""
        names: list[str] = []
        for name in slot.split("|"):
            names.extend(self._groups.get(name, [name]))
        return tuple(names)

    def _any_of(self, names: Iterable[str], where: Pattern) -> str:
        wanted = set(names)
        chars = "".join(char for sets, char in self._chars.items() if sets & wanted)
        if not chars:
            raise self._error(where, f"only classes of words, among them {'|'.join(sorted(wanted))}")
        return f"[{chars}]"

    def _error(self, where: Pattern, expected: str) -> DataError:
        return DataError([Problem(self.place, 0, where.name, where.template, expected)])

    def _expanded(self, template: str) -> str:
        return re.sub(r"<(\w+)>", lambda m: self._macros[m[1]], template)

    def _expression(self, pattern: Pattern) -> tuple[str, dict[str, Slot]]:
        """Return a template as a regular expression, with its slots."""
        parts, slots, count = [], {}, 0  # type: list[str], dict[str, list[tuple[int, tuple[str, ...]]]], int
        opened, closed, repeated = [], 0, set()  # type: list[int], int, set[int]
        for piece in _PIECE.finditer(self._expanded(pattern.template)):
            if piece["slot"]:
                names = self.members(piece["slot"])
                count += 1
                slots.setdefault(piece["name"] or piece["slot"], []).append((count, names))
                parts.append(f"({self._any_of(names, pattern)})")
            elif piece["word"]:
                parts.append(self._any_of([f"={piece['word']}"], pattern))
            elif piece["group"] or piece["times"] or piece["mark"] in "|)?*":
                parts.append(piece[0])
            else:
                parts.append(self._mark(piece["mark"], pattern))
            if piece["group"] or piece["mark"] in ("(", "["):
                opened.append(count)
            elif piece["mark"] in (")", "]"):
                closed = opened.pop()
            elif piece["times"] or piece["mark"] == "*":
                repeated |= set(range(closed + 1, count + 1))
        return "".join(parts), {slot: self._slot(groups, repeated, pattern) for slot, groups in slots.items()}

    def _slot(self, groups: list[tuple[int, tuple[str, ...]]], repeated: set[int], pattern: Pattern) -> Slot:
        """Return a slot of its groups.

        Parameters
        ----------
        groups : list of (int, tuple of str)
            Each with its classes.
        repeated : set of int
            The groups that can match more than once.
        pattern : Pattern

        Returns
        -------
        Slot
        """
        numbers, classes = tuple(n for n, _ in groups), tuple(name for _, names in groups for name in names)
        again = not repeated.isdisjoint(numbers)
        return Slot(groups=numbers, classes=classes, repeated=self._any_of(classes, pattern) if again else "")

    def _mark(self, mark: str, pattern: Pattern) -> str:
        plain = {"(": "(?:", "[": "(?:", "]": ")?", " ": SPACE, "~": f"{SPACE}?", "@": UNKNOWN}
        if mark in plain:
            return plain[mark]
        if mark in _MARKS:
            return self._any_of([_MARKS[mark]], pattern)
        raise self._error(pattern, f"no mark {mark!r} in a template")

    def _level(self, name: str) -> Level:
        chosen = tuple(pattern for pattern in self.patterns if pattern.level == name)
        pairs = [self._expression(pattern) for pattern in chosen]
        parts = [f"({expression})" for expression, _ in pairs]
        return Level(
            needed=frozenset().union(*(needed_chars(expression) for expression in parts)),
            search=Alternatives(parts),
            single=tuple(map(re.compile, parts)),
            patterns=chosen,
            slots=tuple(places for _, places in pairs),
        )


@cache
def load_grammar(language: str | Path = "en") -> Grammar:
    """Read the patterns of a language.

    Parameters
    ----------
    language : str or Path
        A language of the library, such as ``en``, or the path of a file of patterns.

    Returns
    -------
    Grammar

    Raises
    ------
    DataError
        There is no such file, or it is not one of patterns.
    """
    path = language if isinstance(language, Path) else Path(__file__).parent / f"patterns.{language}.toml"
    try:
        return Grammar(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    except OSError as error:
        raise DataError([Problem(str(path), 0, "", str(error), "a file of patterns")]) from error
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError, re.error) as error:
        raise DataError([Problem(str(path), 0, "", str(error), "patterns of dates in TOML")]) from error

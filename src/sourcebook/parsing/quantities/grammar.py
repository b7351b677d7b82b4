"""The grammar of quantities: what its files hold, compiled once for the scanner."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import ahocorasick_rs

from sourcebook.core.errors import ParseError
from sourcebook.core.number_words import NumberWords, english, number_words
from sourcebook.parsing.quantities.quantity_interval import HEDGES
from sourcebook.parsing.quantities.units import Units, read_units

__all__ = ["QuantityGrammar", "default_grammar", "read_grammar"]

_HERE = Path(__file__).parent
ENGLISH = _HERE / "patterns.en.toml"
_UNIT_FILES = (_HERE / "units.toml", _HERE / "currencies.toml")


@dataclass(frozen=True, kw_only=True)
class Hedges:
    """The hedges of a language: phrases in lower case with blanks, each with its sign and the name of its pattern."""

    before: Mapping[str, tuple[str, str]]
    last_words: frozenset[str]
    longest: int
    after: re.Pattern[str]
    after_of: Mapping[str, tuple[str, str]]
    symbols: Mapping[str, tuple[str, str]]
    not_after: Mapping[str, frozenset[str]]
    last: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Ranges:
    """The ranges of a language: opening phrases, what links two numbers or two bounds, and what makes a tolerance."""

    openers: Mapping[str, str]
    links: Mapping[str, tuple[str, ...]]
    link: re.Pattern[str]
    tolerance: re.Pattern[str]
    joint: re.Pattern[str]
    changes: frozenset[str]


@dataclass(frozen=True, kw_only=True, eq=False)
class QuantityGrammar:
    """How one language says how many.

    Attributes
    ----------
    numbers, hedges, ranges, units
        The compiled tables: words of numbers, and the others.
    words : dict
        Lists of words by their part in a phrase.
    times : dict
        Words that multiply what is named after them: twice.
    vague : dict
        Words for several, before a magnitude; `plurals` are magnitudes that stand alone.
    skips : dict
        Lists of words by the name of the pattern of numbers that do not count.
    whole : re.Pattern
        Numbers that do not count, with what is around them, in a text as it is.
    nouns : dict
        Lists of words by what they tell about what is counted.
    seeds : object
        Where a number may begin, in a text in lower case.
    patterns : tuple of dict
        All patterns with their examples, as they stand in the file.
    decimal : str
        The decimal mark, a point or a comma.
    """

    numbers: NumberWords
    words: Mapping[str, tuple[str, ...]]
    hedges: Hedges
    ranges: Ranges
    units: Units
    vague: frozenset[str]
    times: Mapping[str, int]
    plurals: Mapping[str, int]
    skips: Mapping[str, Mapping[str, frozenset[str]]]
    whole: re.Pattern[str]
    nouns: Mapping[str, frozenset[str]]
    seeds: Seeds
    patterns: tuple[dict[str, Any], ...]
    decimal: str


@cache
def default_grammar() -> QuantityGrammar:
    """Return the grammar of English with the units and currencies of the library."""
    return read_grammar()


def read_grammar(patterns: Path | str | None = None, *, units: Iterable[Path | str] = ()) -> QuantityGrammar:
    """Read a grammar of quantities: of another language, or with units of one's own.

    Parameters
    ----------
    patterns : path, optional
        A file of the shape of ``patterns.en.toml``; English where it is left out.
    units : iterable of path, optional
        Files of the shape of ``units.toml`` or ``currencies.toml``, read after those of the library: a unit of the same
        name gains words, a word or sign that is there already gets the new unit.

    Returns
    -------
    QuantityGrammar
        For :func:`find_quantities` and :func:`scan_quantities`.

    Raises
    ------
    ParseError
        A file is no TOML, a pattern has no name or no known sign, a unit no name; the message names the file.
    FileNotFoundError
        There is no such file.

    Examples
    --------
    >>> read_grammar().decimal
    '.'
    """
    path = Path(patterns) if patterns is not None else ENGLISH
    tables = _read(path)
    try:
        return _compiled(tables, [*_UNIT_FILES, *map(Path, units)])
    except KeyError as error:
        raise ParseError(f"{path}: expected {error}, found none") from None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ParseError(f"{path}: expected a TOML file in UTF-8, found {error}") from None


def _compiled(tables: dict[str, Any], unit_files: list[Path]) -> QuantityGrammar:
    numbers = english() if tables.get("number_words") == "en" else number_words(tables)
    words = {name: tuple(listed) for name, listed in tables["words"].items()}
    kinds = ("hedge", "range", "vague", "number", "skip")
    patterns = tuple({"kind": kind, **entry} for kind in kinds for entry in tables.get(kind, []))
    for entry in patterns:
        if not entry.get("name"):
            raise ParseError(f"{entry['kind']}: expected a name, found none")
    plurals = {word: n for entry in tables.get("vague", []) for word, n in entry.get("plural", {}).items()}
    times = dict(tables.get("times", {}))
    worded = (*times, *words.get("single", ()), *words.get("score", ()))
    return QuantityGrammar(
        numbers=numbers,
        words=words,
        hedges=_hedges(tables.get("hedge", [])),
        ranges=_ranges(tables.get("range", [])),
        units=read_units([(str(file), _read(file)) for file in unit_files] + [("patterns", tables)]),
        vague=frozenset(word for entry in tables.get("vague", []) for word in entry.get("before", [])),
        plurals=plurals,
        times=times,
        skips={
            entry["name"]: {key: frozenset(v) for key, v in entry.items() if isinstance(v, list)}
            for entry in tables.get("skip", [])
            if "form" not in entry
        },
        whole=_whole(tables.get("skip", [])),
        nouns={name: frozenset(listed) for name, listed in tables.get("nouns", {}).items()},
        seeds=_seeds(numbers, (*plurals, *worded), words.get("fold", ())),
        patterns=patterns,
        decimal=tables.get("decimal", "."),
    )


def _whole(entries: list[dict[str, Any]]) -> re.Pattern[str]:
    """Return an expression for all that the entries have as their form."""
    forms = [form for entry in entries for form in entry.get("form", [])]
    try:
        return re.compile("|".join(forms) or "(?!)")
    except re.error as error:
        raise ParseError(
            f"skip: expected regular expressions as form, found {error}: {error.pattern!r}"
        ) from None


def phrases(listed: Iterable[str]) -> str:
    """Return a regular expression for any of some phrases, the longest first, with any white space between words."""
    ordered = sorted(listed, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered) or r"(?!)"


def _hedges(entries: list[dict[str, Any]]) -> Hedges:
    before: dict[str, tuple[str, str]] = {}
    after: dict[str, tuple[str, str]] = {}
    symbols: dict[str, tuple[str, str]] = {}
    for entry in entries:
        sign, name = entry["sign"], entry["name"]
        if sign not in HEDGES:
            raise ParseError(f"hedge {name}: expected a sign of {', '.join(HEDGES)}, found {sign!r}")
        for into, key in ((before, "before"), (after, "after"), (symbols, "symbols")):
            into.update(dict.fromkeys(entry.get(key, []), (sign, name)))
    worded = phrases(phrase for phrase in after if phrase[-1].isalpha())
    signs = phrases(phrase for phrase in after if not phrase[-1].isalpha())
    return Hedges(
        before=before,
        last_words=frozenset(phrase.split()[-1] for phrase in before),
        longest=max((len(phrase.split()) for phrase in before), default=0),
        after=re.compile(rf"\s*(?:(?P<word>(?:{worded})(?!\w))|(?P<sign>(?:{signs})(?![\w+/])))"),
        after_of=after,
        symbols=symbols,
        not_after={entry["name"]: frozenset(entry.get("not_after", [])) for entry in entries},
        last=frozenset(phrase for entry in entries for phrase in entry.get("last", [])),
    )


def _ranges(entries: list[dict[str, Any]]) -> Ranges:
    openers = {phrase: entry["name"] for entry in entries for phrase in entry.get("open", [])}
    links: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        for phrase in (*entry.get("link", []), *entry.get("signs", [])):
            links[phrase] = (*links.get(phrase, ()), entry["name"])
    worded = [phrase for entry in entries for phrase in entry.get("link", [])]
    signs = [sign for entry in entries for sign in entry.get("signs", [])]
    tolerance = [phrase for entry in entries for phrase in entry.get("tolerance", [])]
    spread = [phrase for phrase in tolerance if phrase[0].isalpha()]
    return Ranges(
        openers=openers,
        links=links,
        link=re.compile(
            rf"(?:\s*,?\s+|[-‐‑]\s?)(?P<word>{phrases(worded)})(?:\s+|[-‐‑])|\s?(?P<sign>{phrases(signs)})\s?"
        ),
        tolerance=re.compile(rf"\s?(?:{phrases(tolerance)})\s?|,\s(?:{phrases(spread)})\s"),
        joint=re.compile(
            rf"\s*,\s+|\s*,?\s+(?:{phrases(phrase for entry in entries for phrase in entry.get('join', []))})\s+"
        ),
        changes=frozenset(word for entry in entries for word in entry.get("not_after", [])),
    )


@dataclass(frozen=True)
class Seeds:
    """Where a number may begin.

    Attributes
    ----------
    digits : re.Pattern
    words : ahocorasick_rs.AhoCorasick
        Of the first words of numbers.
    """

    digits: re.Pattern[str]
    words: ahocorasick_rs.AhoCorasick

    def find(self, low: str) -> list[int]:
        """Return the places in a text in lower case, in order."""
        found = [match.start() for match in self.digits.finditer(low)]
        try:
            words = self.words.find_matches_as_indexes(low)
        except UnicodeEncodeError:  # half of a pair of surrogates, for which a question mark stands as well
            words = self.words.find_matches_as_indexes(low.encode("utf-8", "replace").decode("utf-8"))
        for _, start, end in words:
            before, after = low[start - 1 : start], low[end : end + 1]
            if not (before.isalnum() and start) and not after.isalnum():
                found.append(start)
        found.sort()
        return found


def _seeds(numbers: NumberWords, worded: Iterable[str], folds: tuple[str, ...]) -> Seeds:
    """Return where numbers may begin: with digits, with their words, with "tenfold"."""
    parts = {word for word, n in numbers.ordinals.items() if n > 2} | numbers.parts.keys()
    words = {
        *numbers.ones,
        *numbers.tens,
        *numbers.magnitudes,
        *worded,
        *parts,
        *(f"{word}s" for word in parts),
    }
    words |= {f"{word}s" for word in numbers.magnitudes}
    words |= {f"{word}{fold}" for fold in folds for word in (*numbers.ones, *numbers.tens)}
    return Seeds(
        re.compile(r"\d+|[½¼¾⅐-⅞]"),
        ahocorasick_rs.AhoCorasick(sorted(words), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
    )

"""Units and currencies, as their files list them, and what unit stands at a place of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sourcebook.core.errors import ParseError

__all__ = ["Unit", "Units", "read_units"]

#: What may be a unit after a number: letters, or signs with letters.
_TOKEN = re.compile(r"[^\W\d_]+[²³]?|[^\w\s,;:!?)\]}]+[^\W\d_]*")
#: Before a code of a currency after a number: thirty million dollars are 30 MUSD.
_CODE_PREFIXES = {"k": 10**3, "M": 10**6, "bn": 10**9}


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A unit as a finding names it.

    Attributes
    ----------
    name : str
        Such as ``km``, ``USD`` or ``year``.
    money : bool
        A currency.
    duration : bool
        A unit of time.
    factor : int
        What the number counts more than the unit, as the mega of MUSD.
    parts : dict
        Smaller units that may follow with their own number, and how many make one.
    """

    name: str
    money: bool = False
    duration: bool = False
    factor: int = 1
    parts: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Units:
    """All units: by word in lower case, by sign, and the signs of currencies that stand before a number.

    Attributes
    ----------
    words, signs : dict
        Units by what is written; of several words, joined by blanks.
    glued : dict
        Units by signs that are read only where nothing stands between them and the digits.
    large : dict
        Currencies by words that are others too, and are read only after a magnitude: 3 billion won.
    longer : dict
        Of a first word, the phrases that begin with it and go on, the longest first.
    before : dict
        Currencies by the signs and codes that stand before a number; `last_signs` are their last characters.
    """

    words: Mapping[str, Unit]
    signs: Mapping[str, Unit]
    glued: Mapping[str, Unit]
    large: Mapping[str, Unit]
    longer: Mapping[str, tuple[str, ...]]
    before: Mapping[str, Unit]
    last_signs: frozenset[str]

    def at(self, text: str, low: str, position: int) -> tuple[Unit, int] | None:
        """Return the unit that begins at a place, and where it ends.

        Parameters
        ----------
        text, low : str
            The text, and the same in lower case.
        position : int

        Returns
        -------
        tuple of Unit and int, or None
        """
        match = _TOKEN.match(text, position)
        if match is None:
            return None
        token = match[0]
        for phrase in self.longer.get(token.lower(), ()):
            unit = self.words.get(phrase)
            end = _phrase_end(text if unit is None else low, position, phrase)
            if end and not _goes_on(text, end):
                return unit or self.signs[phrase], end
        found = self.signs.get(token) or self.words.get(token.lower())
        if found is None and text[position - 1].isdigit():
            found = self.glued.get(token)
        if found is not None:
            return found, match.end()
        if token[-1] in "²³":  # 5 m/s²
            found = self.signs.get(token[:-1])
            return (found, match.end() - 1) if found else None
        for length in range(len(token) - 1, 0, -1):
            if not token[length - 1].isalnum() and token[:length] in self.signs:
                return self.signs[token[:length]], position + length
        return None

    def money_before(self, text: str, low: str, position: int) -> tuple[Unit, int] | None:
        """Return the currency whose sign stands before a number, and where the sign begins."""
        end = position - 1 if text[position - 1 : position].isspace() else position
        if end <= 0 or text[end - 1] not in self.last_signs:
            return None
        for length in range(min(6, end), 0, -1):
            start = end - length
            if text[start].isalpha() and start and text[start - 1].isalpha():
                continue
            unit = self.before.get(text[start:end]) or self.before.get(low[start:end])
            if unit:
                return unit, start
        return None


def _phrase_end(text: str, position: int, phrase: str) -> int:
    """Return where a phrase ends that begins at a place, with any white space between its words; 0 without it."""
    at = position
    for number, word in enumerate(phrase.split()):
        if number:
            gap = at
            while text[at : at + 1].isspace():
                at += 1
            if at == gap:
                return 0
        if not text.startswith(word, at):
            return 0
        at += len(word)
    return at


def _goes_on(text: str, end: int) -> bool:
    after = text[end : end + 1]
    if text[end - 1] == ".":
        following = text[end + 1 : end + 2]
        if after and after in "),;":
            return False
        if text[end - 3 : end - 2] == ".":  # 65 m.p.h.
            return after.isalnum()
        return not after.isspace() or not (following.islower() or following.isdigit() or following == "(")
    return text[end - 1].isalnum() and after.isalnum()


def read_units(files: Iterable[tuple[str, Mapping[str, Any]]]) -> Units:
    """Return the units of some parsed files, a later one before an earlier.

    Parameters
    ----------
    files : iterable of (str, mapping)
        Name of the file for messages, and its tables ``unit``, ``currency``, ``prefixes`` and ``codes``.

    Returns
    -------
    Units

    Raises
    ------
    ParseError
        A unit has no name, or a prefix that is not listed.
    """
    words: dict[str, Unit] = {}
    signs: dict[str, Unit] = {}
    glued: dict[str, Unit] = {}
    large: dict[str, Unit] = {}
    before: dict[str, Unit] = {}
    prefixes: dict[str, str] = {}
    for file, tables in files:
        prefixes.update(tables.get("prefixes", {}))
        for entry in tables.get("unit", []):
            unit = _add(entry, file, prefixes, words, signs)
            glued.update(dict.fromkeys(entry.get("glued", []), unit))
        for entry in tables.get("currency", []):
            money = _add({**entry, "money": True}, file, prefixes, words, signs)
            glued.update(dict.fromkeys(entry.get("glued", []), money))
            large.update(dict.fromkeys(entry.get("large", []), money))
            for sign in entry.get("signs", []):
                before[sign] = money
                if not sign.isalpha():
                    before[sign.lower()] = money
        codes = tables.get("codes", {})
        _add_codes(codes.get("iso", []), frozenset(codes.get("lower", [])), words, signs, before)
    longer: dict[str, set[str]] = {}
    for phrase in (*words, *signs):
        first = _TOKEN.match(phrase)
        if first and first[0] != phrase:
            longer.setdefault(first[0].lower(), set()).add(phrase)
    return Units(
        words=words,
        signs=signs,
        glued=glued,
        large=large,
        longer={word: tuple(sorted(found, key=len, reverse=True)) for word, found in longer.items()},
        before=before,
        last_signs=frozenset(sign[-1] for sign in before),
    )


def _add(
    entry: Mapping[str, Any],
    file: str,
    prefixes: Mapping[str, str],
    words: dict[str, Unit],
    signs: dict[str, Unit],
) -> Unit:
    """Add a unit of a file, with its prefixes."""
    name = entry.get("name")
    if not isinstance(name, str) or not name:
        raise ParseError(f"{file}: expected a name for each unit, found {name!r}")
    money, duration = bool(entry.get("money")), bool(entry.get("duration"))
    parts, factor = dict(entry.get("parts", {})), entry.get("factor", 1)
    unit = Unit(name=name, money=money, duration=duration, factor=factor, parts=parts)
    words.update({word.lower(): unit for word in entry.get("words", [])})
    signs.update(dict.fromkeys(entry.get("signs", []), unit))
    for prefix in entry.get("prefixes", []):
        if prefix not in prefixes:
            raise ParseError(f"{file}: {name}: expected a prefix of {', '.join(prefixes)}, found {prefix!r}")
        scaled = Unit(name=f"{'μ' if prefix == 'µ' else prefix}{name}", duration=duration, parts={})
        words.update({f"{prefixes[prefix]}{word.lower()}": scaled for word in entry.get("words", [])})
        signs.update({f"{prefix}{sign}": scaled for sign in entry.get("signs", [])})
    return unit


def _add_codes(
    codes: Iterable[str],
    lower: frozenset[str],
    words: dict[str, Unit],
    signs: dict[str, Unit],
    before: dict[str, Unit],
) -> None:
    """Add the codes of currencies, in small letters only where they are no words."""
    for code in codes:
        for prefix, factor in {"": 1, **_CODE_PREFIXES}.items():
            money = Unit(name=code, money=True, factor=factor, parts={} if prefix else {"cent": 100})
            signs.setdefault(f"{prefix}{code}", money)
            if prefix == "M":
                signs.setdefault(f"{prefix} {code}", money)
            if code.lower() in lower:
                words.setdefault(f"{prefix}{code}".lower(), money)
        before.setdefault(code, Unit(name=code, money=True, parts={"cent": 100}))
        if code.lower() in lower:
            before.setdefault(code.lower(), before[code])

"""Numbers in English prose: where a text states one, and how to spell one out.

What counts as a number is decided by these rules, none of which names a word of any one text:

- **digits**, with what belongs to them: signs, separators, ``%``, an ordinal or plural ending (``1990s``);
- **number words** from two up, *zero*, *dozen*, *hundred* and the like, their plurals and compounds;
- **fractions and multiples**: *half*, *two thirds*, *a third of*, *twice*, *threefold*;
- ***both***, which counts two, unless it joins (*both … and …*);
- **dates**: names of months and days, decades (*the nineties*), an ordinal before *century* and the like.
  *May* and *March* are months after a preposition or next to digits;
- **Roman numerals** of two letters or more, and any before *century*; after a capitalised word a Roman
  numeral is part of a name.

Not numbers: *one*, *single*, *once*, *no* and *none*, which English uses as articles and pronouns; *either*,
*neither*, *each other*, *other*, which refer to what was counted before; *several*, *few*, *many*, which
state no number; ordinals, which say which and not how many; and digits that belong to a name in capitals
(``UTF-8``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sourcebook.core.number_words import english

__all__ = ["Numeral", "find_numerals", "in_words"]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_WORDS = english()
_ONES = tuple({value: word for word, value in [*_WORDS.ones.items()][::-1]}[value] for value in range(20))
_TENS = tuple(_WORDS.tens)
_LARGE = tuple(word for word, size in _WORDS.magnitudes.items() if size in (10**3, 10**6, 10**9, 10**12))
_ORDINALS = tuple(_WORDS.ordinals)
_MONTHS = _words("January February April June July August September October November December")
_DAYS = _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")


def _any(words: Iterable[str]) -> str:
    return "|".join(words)


_COUNT = rf"{_any(_ONES[2:])}|{_any(_TENS)}|(?:{_any(_WORDS.magnitudes)})s?|zero|tens"
_ORDINAL = rf"(?:(?:{_any(_TENS)})[-‐‑])?(?:{_any(_ORDINALS)})"
_PARTS = _any([f"{word}s?" for word in _ORDINALS[2:]])
_ROMAN = r"X{0,3}(?:IX|IV|V?I{0,3})"
_BEFORE_A_MONTH = _words(
    "in of since until till by from to last next this early late mid during before after"
)
_AFTER_PREPOSITION = _any(rf"(?<=\b{word}\s)" for word in _BEFORE_A_MONTH)

#: Kind of number to its pattern; where two match at one place, the longer counts.
_PATTERNS = {
    "digits": re.compile(
        r"[-+−±~]?[$€£¥]?\d(?:[\d.,:/]*\d)?(?:st|nd|rd|th|s)?(?![a-zA-Z])(?:\s?[%‰])?|\d|[²³¹⁰-⁹₀-₉¼-¾⅐-ↈ①-⓿]"
    ),
    "word": re.compile(
        rf"\b(?:{_COUNT})\b(?![-‐‑](?:{_any(_ORDINALS)})\b)(?:(?:\s+(?:and\s+)?|[-‐‑])(?:{_COUNT}|one)\b)*",
        re.I,
    ),
    "fraction": re.compile(
        rf"\b(?:half|halves|(?:an?|one|{_any(_ONES[2:])})[\s-]+(?:{_PARTS}|quarters?)\b(?=\s+of\b)"
        rf"|(?:{_any(_ONES[2:])})[\s-]+(?:{_any([f'{w}s' for w in _ORDINALS[2:]])}|halves|quarters))\b",
        re.I,
    ),
    "multiple": re.compile(rf"\b(?:twice|thrice|(?:{_COUNT})[-‐‑]?fold)\b", re.I),
    "both": re.compile(r"\bboth\b(?![^.;:!?]*\band\b)", re.I),
    "date": re.compile(
        rf"\b(?:{_any(_MONTHS)}|{_any(_DAYS)})\b|(?<=\d\s)(?:May|March)\b|\b(?:May|March)(?=\s+\d)"
        rf"|(?:{_AFTER_PREPOSITION})(?:May|March)\b"
        rf"|(?i:\b{_ORDINAL}[\s-]+(?:century|centuries|decade|millennium|of\s+(?:{_any(_MONTHS)}|May|March)))\b"
        r"|(?i:\b(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))\b"
    ),
    "roman": re.compile(
        rf"(?<![\w.])(?=[IVX]){_ROMAN}(?=\s+centur(?:y|ies)\b)"
        rf"|(?<![\w.])(?=[IVX]{{2}}){_ROMAN}(?!\w)"
    ),
}
_NAME = re.compile(r"(?<!\w)[A-Z]+-?\d+(?:-\d+)*(?!\w)")
_CAPITALISED = re.compile(r"\b[A-Z][\w’'-]*\s+$")
_JOINT = re.compile(r"\s*[-–—/]?\s*")
_YEAR = re.compile(r",\s+\d{4}(?!\d)")


@dataclass(frozen=True, kw_only=True)
class Numeral:
    """A place where a text states a number.

    Attributes
    ----------
    start, end : int
        Half-open, in code points.
    text : str
        Its words.
    kind : str
        ``digits``, ``word``, ``fraction``, ``multiple``, ``both``, ``date`` or ``roman``; of a number that
        several make up, that of its first.
    """

    start: int
    end: int
    text: str
    kind: str


def find_numerals(text: str) -> list[Numeral]:
    """Find where a text states a number, a count or a date.

    Parameters
    ----------
    text : str
        Running text in English.

    Returns
    -------
    list of Numeral
        In the order of the text, none overlapping; what belongs together (``5 December 2024``) is one.

    Examples
    --------
    >>> [n.text for n in find_numerals("Three of the twenty-five met on 5 December 2024, twice.")]
    ['Three', 'twenty-five', '5 December 2024', 'twice']
    >>> find_numerals("The first one is in UTF-8, and no other.")
    []
    """
    names = [match.span() for match in _NAME.finditer(text)]
    found = sorted(
        (match.start(), -match.end(), kind)
        for kind, pattern in _PATTERNS.items()
        for match in pattern.finditer(text)
        if match.end() > match.start()
        and not any(a <= match.start() < b for a, b in names)
        and not (kind == "roman" and _in_a_name(text, match))
    )
    numerals: list[Numeral] = []
    for start, negative, kind in found:
        end, before = -negative, numerals[-1] if numerals else None
        if before and end <= before.end:
            continue
        if before and (start < before.end or _joined(text, before, start, end)):
            numerals[-1] = replace(before, end=end, text=text[before.start : end])
        else:
            numerals.append(Numeral(start=start, end=end, text=text[start:end], kind=kind))
    return numerals


def _joined(text: str, before: Numeral, start: int, end: int) -> bool:
    """Return whether a number belongs to the one before it: parts of a date or a range."""
    year = before.kind == "date" and _YEAR.fullmatch(text, before.end, end)
    return bool(year or _JOINT.fullmatch(text, before.end, start))


def _in_a_name(text: str, match: re.Match[str]) -> bool:
    """Return whether a Roman numeral follows a capitalised word and no century follows it."""
    century = re.compile(r"\s+centur(?:y|ies)\b").match(text, match.end())
    return not century and _CAPITALISED.search(text, 0, match.start()) is not None


def in_words(number: int) -> str:
    """Spell a whole number out.

    Parameters
    ----------
    number : int
        From 0 up to, not including, 10 to the power of 15.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If the number is outside this range.

    Examples
    --------
    >>> [in_words(n) for n in (5, 40, 41, 203, 1991)]
    ['five', 'forty', 'forty-one', 'two hundred and three', 'one thousand nine hundred and ninety-one']
    """
    if not 0 <= number < 10**15:
        raise ValueError(f"expected a number from 0 to under 10 to the power of 15, found {number}")
    if number < 100:
        tens, ones = divmod(number, 10)
        if number < 20:
            return _ONES[number]
        return _TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_ONES[hundreds]} hundred" + (f" and {in_words(rest)}" if rest else "")
    power = (len(str(number)) - 1) // 3
    head, rest = divmod(number, 1000**power)
    joint = " and " if 0 < rest < 100 else " "
    return f"{in_words(head)} {_LARGE[power - 1]}" + (f"{joint}{in_words(rest)}" if rest else "")

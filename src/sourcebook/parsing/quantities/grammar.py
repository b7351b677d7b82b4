# ruff: noqa: SIM905 - a pattern is easier to check on one line, a word list as words
"""The English grammar of hedged numbers, scanned from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["Mention", "scan"]

_SIGNS = {
    ">": "over more_than greater_than larger_than higher_than above exceeding in_excess_of upwards_of beyond > ›",
    ">=": "at_least no_fewer_than no_less_than not_less_than not_fewer_than a_minimum_of minimum_of >= ≥ ⩾ ≧",
    "<": "under fewer_than less_than lower_than smaller_than below < ‹",
    "<=": "at_most up_to no_more_than not_more_than as_many_as as_much_as a_maximum_of maximum_of not_exceeding"
    " within <= ≤ ⩽ ≦",
    "~": "about around approximately approx. approx roughly some circa ca. c. an_estimated estimated close_to"
    " in_the_region_of on_the_order_of ~ ∼ ≈ ≃ ∽ ˜",
    "<~": "nearly almost just_under just_below slightly_less_than slightly_under not_quite",
    ">~": "just_over just_above slightly_more_than slightly_over slightly_above a_little_over a_little_more_than",
    "": "exactly precisely",
}
_SIGN_OF = {words.replace("_", " "): sign for sign, listed in _SIGNS.items() for words in listed.split()}
_UNITS = dict(zip(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen".split(), range(20), strict=True,
))  # fmt: skip
_TENS = dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
)
_MAGNITUDES = {
    "dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Mention:
    """One quantity in a text: where the number with its hedge is, and what it means.

    Attributes
    ----------
    start, end : int
        Half-open, code points; hedge and number, without the unit.
    notation : str
        See `sourcebook.parsing.quantities`.
    spelled : bool
        The number is a single word from "zero" to "twelve", without a hedge.
    """

    start: int
    end: int
    notation: str
    spelled: bool = False


def _words(listed: dict[str, int]) -> str:
    return "|".join(sorted(listed, key=len, reverse=True))


def _hedge_pattern(phrase: str) -> str:
    pattern = re.escape(phrase).replace(r"\ ", r"\s+")
    return rf"\b{pattern}\s+" if phrase[0].isalpha() else rf"{pattern}\s*"


_HEDGES = "|".join(_hedge_pattern(phrase) for phrase in sorted(_SIGN_OF, key=len, reverse=True))
_HEDGE = re.compile(rf"(?:{_HEDGES})\Z", re.IGNORECASE)
_WORD = rf"(?:{_words(_UNITS | _TENS)})"
_SMALL = rf"{_WORD}(?:[-\s]{_WORD})?"
_BIG = rf"(?:{_words(_MAGNITUDES)})"
_SPELLED = (
    rf"half\s+an?\s+{_BIG}"
    rf"|(?:an?|{_SMALL})(?:[-\s]+{_BIG})+(?:\s+(?:and\s+)?{_SMALL}(?:[-\s]+{_BIG})*)*"
    rf"|{_SMALL}"
)
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d{1,30})(?:[.·]\d{1,30})?|\.\d{1,30}"
_NUMBER = re.compile(
    rf"(?P<digits>(?:(?<![\w)])[-−–])?(?<![\w.])(?:{_DIGITS}))(?:\s*[×x]\s*10\s*(?P<power>[-−–]?\s?\d{{1,2}}(?!\d)))?"
    rf"(?P<big>(?:[-\s]+{_BIG}\b)*)|\b(?P<spelled>{_SPELLED})\b",
    re.IGNORECASE,
)
_PLURAL = r"(?:tens|dozens|hundreds|thousands|millions|billions)"
_VAGUE = re.compile(
    rf"\b(?:(?:several|a\s+few|few|many|a\s+couple\s+of)\s+(?P<few>tens|{_BIG})s?(?:\s+of\s+(?P<of>thousand|million)s)?"
    rf"|(?P<plural>{_PLURAL}(?:\s+(?:of|and)\s+{_PLURAL})*))\b",
    re.IGNORECASE,
)
_START = re.compile(rf"{_VAGUE.pattern}|{_NUMBER.pattern}", re.IGNORECASE)
_LINK = re.compile(r"\s?[-–—−]\s?|\s?(?:\.\.\.?|…)\s?|\s+to\s+")
_AND = re.compile(r"\s+and\s+")
_TOLERANCE = re.compile(r"\s?(?:±|\+/-)\s?")
_BETWEEN = re.compile(r"\b(?:between|from)\s+\Z", re.IGNORECASE)
_SHORT_UNIT = re.compile(
    r"\s?(?:%|‰|°\s?[CF]?|(?:per\s?cent|[kmcμn]?m|[kmμn]?g|years?|days?|hours?|K|Pa|MPa|Ma)\b)"
)
_AFTER = re.compile(r"\+(?![\w+/])|\s+or\s+(?P<word>more|fewer|less|so)\b|\s+and\s+(?P<above>over|above)\b")
_AFTER_SIGN = {"more": ">=", "fewer": "<=", "less": "<=", "so": "~"}

#: What `re.IGNORECASE` takes for a Latin letter, and `str.lower` does not make that letter.
_SAME_LETTERS = str.maketrans("ſKİı", "skii")

#: Digits that `decimal` keeps, and the power of ten that a quantity stays below, as a number of the interval does.
_PLACES, _MOST = 28, 300
_TOO_MUCH = Decimal("Infinity")


def _spelled_value(words: str) -> Decimal:
    """Add up a number in words, as in "two hundred and fifty thousand"."""
    total = current = Decimal(0)
    for word in re.split(r"[-\s]+", words.lower()):
        if word == "half":
            current = Decimal("0.5")
        elif word in ("a", "an"):
            current = current or Decimal(1)
        elif word in _MAGNITUDES:
            size = _MAGNITUDES[word]
            if size < 1000:
                current = (current or Decimal(1)) * size
            else:
                total, current = total + (current or Decimal(1)) * size, Decimal(0)
        elif word != "and":
            current += (_UNITS | _TENS)[word]
        if current.adjusted() > _MOST:
            return _TOO_MUCH
    return total + current


def _value(match: re.Match[str]) -> Decimal:
    if match["spelled"]:
        return _spelled_value(match["spelled"])
    value = Decimal(re.sub("[−–]", "-", match["digits"]).replace(",", "").replace("·", "."))
    if match["power"]:
        value = value.scaleb(int(re.sub(r"\s", "", re.sub("[−–]", "-", match["power"]))))
    for word in re.split(r"[-\s]+", (match["big"] or "").lower()):
        value = value * _MAGNITUDES[word] if word in _MAGNITUDES else value
        if value.adjusted() > _MOST:
            return _TOO_MUCH
    return value


def _has_room(value: Decimal) -> bool:
    """Return whether a number is one that arithmetic keeps as it is; a longer one is no quantity of a text."""
    return value.is_finite() and len(value.as_tuple().digits) <= _PLACES and abs(value.adjusted()) < _MOST


def _written(value: Decimal) -> str:
    return f"{value.normalize():f}" if value else "0"


def _vague_notation(match: re.Match[str]) -> str:
    """Return the notation of hundreds, thousands and so on; empty where they are too many for one."""
    if match["few"]:
        size = 10 if match["few"].lower() == "tens" else _MAGNITUDES[match["few"].lower()]
        return f"{size * _MAGNITUDES.get((match['of'] or '').lower(), 1)}s"
    size = 1
    words = re.split(r"\s+of\s+", re.split(r"\s+and\s+", match["plural"].lower())[-1])
    for word in words:
        size *= {"tens": 10}.get(word) or _MAGNITUDES[word.removesuffix("s")]
        if size > 10**_MOST:
            return ""
    return f"{size if size % 12 or size == 12 else size // 12 * 10}s"


def _lead(text: str, start: int) -> tuple[str, int, bool]:
    """Read the hedge before a number: its sign, where it starts, and whether a range is announced."""
    window = max(0, start - 40)
    announced = _BETWEEN.search(text[window:start])
    at = window + announced.start() if announced else start
    sign, first = "", at
    for _ in range(2):
        match = _HEDGE.search(text[window:first])
        if not match:
            break
        phrase = re.sub(r"\s+", " ", match.group().strip().lower())
        sign, first = sign or _SIGN_OF[phrase], window + match.start()
        if sign == "":
            break
    return sign, first, announced is not None


def _second(
    text: str, end: int, first: Decimal, announced: bool, has_sign: bool
) -> tuple[Decimal, int, re.Match[str]] | None:
    """Read the other end of a range, if one follows."""
    unit = _SHORT_UNIT.match(text, end)
    for at in ([unit.end()] if unit else []) + [end]:
        link = _LINK.match(text, at) or (_AND.match(text, at) if announced else None)
        number = _NUMBER.match(text, link.end()) if link else None
        if number is None and link and text[link.end() : link.end() + 1] in "~∼≈":
            number = _NUMBER.match(text, link.end() + 1)
        if number and _has_room(_value(number)) and (_value(number) >= first or (announced and not has_sign)):
            return _value(number), number.end(), number
    return None


def _after(text: str, end: int, sign: str) -> tuple[str, int]:
    match = _AFTER.match(text, end)
    if not match or sign not in ("", "~"):
        return sign, end
    return (">=" if match["above"] or not match["word"] else _AFTER_SIGN[match["word"]]), match.end()


def scan(text: str) -> Iterator[Mention]:
    """Yield the quantities of a text in order, without overlaps."""
    text, done = text.translate(_SAME_LETTERS), 0
    while match := _START.search(text, done):
        sign, start, announced = _lead(text, match.start())
        start = max(start, done) if start >= done else match.start()
        if match["few"] or match["plural"]:
            if notation := _vague_notation(match):
                yield Mention(start=start, end=match.end(), notation=notation)
            done = match.end()
            continue
        first, end = _value(match), match.end()
        if not _has_room(first):
            done = end
            continue
        tolerance = _TOLERANCE.match(text, end)
        spread = _NUMBER.match(text, tolerance.end()) if tolerance else None
        spread = spread if spread and _has_room(_value(spread)) else None
        second = None if spread else _second(text, end, first, announced, bool(sign))
        if spread:
            low, high, end = first - abs(_value(spread)), first + abs(_value(spread)), spread.end()
            notation = f"{_written(low)}..{_written(high)}"
        elif second:
            other, end, number = second
            if match["digits"] and not match["big"] and number["digits"] and number["big"] and first < 1000:
                first *= other / _value_without(number)
            low, high = min(first, other), max(first, other)
            notation = f"{'~' if '~' in sign else ''}{_written(low)}..{_written(high)}"
        else:
            start = _without_lead(text, start, match.start(), announced, sign)
            sign, end = _after(text, end, sign)
            sign = "~" if not first and sign in ("<~", ">~") else sign
            notation = f"{sign}{_written(first)}"
        small = bool(match["spelled"]) and sign == "" and first <= 12 and not second
        yield Mention(start=start, end=end, notation=notation, spelled=small)
        done = end


def _value_without(number: re.Match[str]) -> Decimal:
    """Return the value of a number without its magnitude word."""
    return Decimal(re.sub("[−–]", "-", number["digits"]).replace(",", "").replace("·", ".")) or Decimal(1)


def _without_lead(text: str, start: int, number: int, announced: bool, sign: str) -> int:
    """Leave "from" and "between" out where no range followed."""
    if not announced or sign:
        return start
    return number

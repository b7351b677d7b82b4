"""The words of a language, asked one at a time: which number, which part, a plural or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sourcebook.core.number_words import NumberWords

__all__ = ["HYPHENS", "OPENING", "STEP", "Lexicon"]

#: A word with the blanks or the hyphen before it.
STEP = re.compile(r"(?P<gap>\s+|\s?[-‐‑]\s?)(?P<word>[^\W\d_]+)")
_NEXT = re.compile(r"\s+([^\W\d_]+)")
_TWO = re.compile(r"\s+([^\W\d_]+)(?:\s+([^\W\d_]+))?")
HYPHENS = frozenset("-‐‑")
#: Signs that open a bracket or a quotation before a word.
OPENING = "([\"'“‘"
_SHORTEST = 4  # letters of a plural in s


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by what they do.

    Attributes
    ----------
    numbers : NumberWords
    words : mapping
        Lists of words by their part: and, of, one, point, half.
    plurals : mapping
        Magnitudes that stand alone, such as hundreds.
    nouns : mapping
        The lists of nouns, and of words that end a noun phrase.
    units : frozenset of str
        Words of units.
    number_words : mapping
        Ones and tens together.
    goes_on, of_size : re.Pattern
        What may go on after digits, and "of a million".
    """

    numbers: NumberWords
    words: Mapping[str, tuple[str, ...]]
    plurals: Mapping[str, int]
    nouns: Mapping[str, frozenset[str]]
    units: frozenset[str]
    number_words: Mapping[str, int]
    goes_on: re.Pattern[str] = field(repr=False)
    of_size: re.Pattern[str] = field(repr=False)

    @classmethod
    def of(
        cls,
        numbers: NumberWords,
        words: Mapping[str, tuple[str, ...]],
        plurals: Mapping[str, int],
        nouns: Mapping[str, frozenset[str]],
        units: frozenset[str],
    ) -> Lexicon:
        """Return the lexicon of a language.

        Parameters
        ----------
        numbers : NumberWords
        words, plurals, nouns : mapping
        units : frozenset of str

        Returns
        -------
        Lexicon
        """
        parts = [*numbers.parts, *(word for word, n in numbers.ordinals.items() if n > 2)]
        heads = [
            *numbers.magnitudes,
            *parts,
            *(w for name in ("and", "of", "point") for w in words.get(name, ())),
        ]
        of, one = (_any(words.get(name, ())) for name in ("of", "one"))
        sizes = _any(numbers.magnitudes)
        return cls(
            numbers, words, plurals, nouns, units, {**numbers.ones, **numbers.tens},
            re.compile(rf"(?:\s+|\s?[-‐‑]\s?)(?:{_any(heads)})"),
            re.compile(rf"[\s-]+(?:(?:{of})[\s-]+)?(?:(?:{one})[\s-]+)?((?:{sizes})(?:\s+(?:{sizes}))*)(?!\w)"),
        )  # fmt: skip

    def part(self, word: str) -> int | None:
        """Return into how many a part divides: 4 of "quarter", 3 of "thirds"."""
        numbers = self.numbers
        if word in numbers.parts:
            return numbers.parts[word]
        of = numbers.ordinals.get(word) or numbers.ordinals.get(word.removesuffix("s"))
        return of if of and of > 2 else None

    def magnitude(self, word: str) -> int:
        """Return what a word multiplies by, in the singular or plural; 0 where it does not."""
        sizes = self.numbers.magnitudes
        return sizes.get(word) or sizes.get(word.removesuffix("s"), 0)

    def is_number(self, word: str) -> bool:
        """Return whether a word belongs to a cardinal number."""
        return word in self.number_words or word in self.numbers.magnitudes

    def is_number_at(self, low: str, at: int) -> bool:
        """Return whether the word after a place belongs to a cardinal number."""
        match = STEP.match(low, at)
        return match is not None and self.is_number(match["word"])

    def run_end(self, low: str, end: int) -> int:
        """Return where the words of numbers end that follow a place."""
        while (match := STEP.match(low, end)) and self.is_number(match["word"]):
            end = match.end()
        return end

    def is_share_at(self, low: str, end: int) -> bool:
        """Return whether what follows "one fifth" shows that it is a share."""
        match = _NEXT.match(low, end)
        return (
            match is None
            or match[1] in self.words.get("share_next", ())
            or match[1] in self.numbers.magnitudes
        )

    def is_plural(self, word: str) -> bool:
        """Return whether a word in lower case is a plural noun by its form."""
        if word in self.nouns.get("plurals", ()):
            return True
        if len(word) < _SHORTEST or not word.endswith("s") or word.endswith(("ss", "us", "sis")):
            return False
        return word not in self.nouns.get("singular", ()) and word not in self.nouns.get("stops", ())

    def counts_next(self, low: str, at: int) -> bool:
        """Return whether the word after "m" or "b" says that they count: a unit, or several people or things."""
        match = _TWO.match(low, at)
        if match is None:
            return False
        if match[1] in self.units or self.is_plural(match[1]):
            return True
        return match[1] not in self.nouns.get("stops", ()) and match[2] in self.nouns.get("plurals", ())

    def whole_next(self, low: str, at: int) -> bool:
        """Return whether what follows comes in whole numbers, with at most one word before it."""
        match, whole = _TWO.match(low, at), self.nouns.get("whole", ())
        if match is None:
            return False
        return match[1] in whole or (match[2] in whole and match[1] not in self.nouns.get("stops", ()))


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or "(?!)"

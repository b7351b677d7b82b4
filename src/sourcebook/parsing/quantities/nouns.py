"""What a number counts, and the whole that a share is part of, by the words that follow."""

from __future__ import annotations

import re

from sourcebook.parsing.quantities.lexicon import Lexicon

__all__ = ["Nouns"]

_WORD = re.compile(r"(?P<gap>[\s]+|-)(?P<word>[^\W\d_](?:[\w]|[-’'](?=\w))*)")
_NUMBER = re.compile(r"\s+\d[\d.,]*(?:\s+[^\W\d_]+){0,2}")
_OF = 4  # words of a whole


class Nouns:
    """Reads noun phrases after a number.

    Parameters
    ----------
    lexicon : Lexicon
        Knows plurals, the words that end a phrase, and determiners.
    of : iterable of str
        The words for "of".
    """

    def __init__(self, lexicon: Lexicon, of: tuple[str, ...]) -> None:
        self.lexicon, self.nouns = lexicon, lexicon.nouns
        self.of = re.compile(rf"\s+(?:{'|'.join(map(re.escape, of)) or '(?!)'})(?=\s)")

    def counted(self, text: str, low: str, end: int, *, one: bool = False) -> tuple[str, int]:
        """Return what is counted, and where its words end; empty, with `end`, where no plural follows.

        Parameters
        ----------
        text, low : str
            The text, and the same in lower case.
        end : int
            Where the number ends.
        one : bool
            The number is one: a singular counts.

        Returns
        -------
        tuple of str and int
        """
        at, first = end, 0
        for number in range(4):
            match = _WORD.match(low, at)
            if match is None:
                break
            word = match["word"]
            if word in self.nouns["stops"] and not (number and word in self.nouns["plurals"]):
                break
            first = first or match.start("word")
            at = match.end()
            if self.lexicon.is_plural(word):
                following = _WORD.match(low, at)
                if (
                    following
                    and number == 0
                    and self.lexicon.is_plural(following["word"])
                    and following["word"] not in self.nouns["stops"]
                ):
                    at = following.end()
                return text[first:at], at
            if one and number == 0 and word in self.nouns["with_one"]:
                return text[first:at], at
        return "", end

    def whole(self, text: str, low: str, end: int, *, bare: bool = False) -> str:
        """Return what a share is of: "the population" after "two thirds"; empty where nothing is named.

        Parameters
        ----------
        text, low : str
            The text, and the same in lower case.
        end : int
            Where the share ends.
        bare : bool
            It may be named without "of", as after "half".

        Returns
        -------
        str
        """
        match = self.of.match(low, end)
        if match is None and not bare:
            return ""
        at = match.end() if match else end
        first, last, nouns = 0, at, 0
        while word := _WORD.match(low, at):
            plain = word["word"]
            determiner = plain in self.nouns["determiners"]
            if determiner and nouns:
                break
            if plain in self.nouns["stops"] and not determiner:
                break
            if not match and not first and not determiner:
                return ""
            first = first or word.start("word")
            at = last = word.end()
            nouns += not determiner
            following = _WORD.match(low, at)
            plural = not determiner and self.lexicon.is_plural(plain)
            if nouns >= _OF or (plural and not (following and self.lexicon.is_plural(following["word"]))):
                break
        number = _NUMBER.match(low, at)
        if number and not nouns and match:
            first = first or number.start() + 1
            last = number.end()
        return text[first:last].strip() if first and (nouns or number) else ""

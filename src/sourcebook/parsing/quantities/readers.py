"""The readers of one grammar, made once for it."""

from __future__ import annotations

import re
from functools import lru_cache

from sourcebook.parsing.quantities.context import Context
from sourcebook.parsing.quantities.grammar import QuantityGrammar, phrases
from sourcebook.parsing.quantities.lexicon import Lexicon
from sourcebook.parsing.quantities.measures import MeasureReader
from sourcebook.parsing.quantities.nouns import Nouns
from sourcebook.parsing.quantities.numbers import NumberReader
from sourcebook.parsing.quantities.ranges import RangeReader
from sourcebook.parsing.quantities.ranks import Ranks
from sourcebook.parsing.quantities.scores import Scores
from sourcebook.parsing.quantities.spelled import Speller

__all__ = ["Readers", "readers_of"]

_SUM = 40  # characters in which the year of prices stands
_LONG_SIGN = 3  # letters from which a sign of a unit is taken for a word


class Readers:
    """All that reads a text by one grammar.

    Parameters
    ----------
    grammar : QuantityGrammar
    """

    def __init__(self, grammar: QuantityGrammar) -> None:
        self.grammar, words = grammar, grammar.words
        signs = (sign for sign in grammar.units.signs if sign.isalpha() and len(sign) >= _LONG_SIGN)
        units = frozenset(grammar.units.words).union(signs)
        self.lexicon = Lexicon.of(grammar.numbers, words, grammar.plurals, grammar.nouns, units)
        self.speller = Speller(self.lexicon)
        self.numbers = NumberReader.of(self.speller, grammar.decimal)
        self.measures = MeasureReader(grammar, self.numbers)
        self.ranges = RangeReader(grammar, self.numbers, self.measures)
        self.nouns = Nouns(self.lexicon, words.get("of", ()))
        self.context = Context(grammar)
        self.scores = Scores(grammar)
        self.ranks = Ranks(grammar)
        self.out_of = re.compile(rf"\s+(?:{phrases(words.get('out', ()))})(?=\s)")
        self.in_of = re.compile(rf"(?:\s+|[-‐‑])(?:{phrases(words.get('in', ()))})(?:\s+|[-‐‑])")
        self.below_zero = re.compile(rf"\s+(?:{phrases(words.get('below_zero', ()))})(?!\w)")
        self.mark = re.compile(
            rf"(?:\s?%|\sper\s?cent|-[a-z]+)?[\s-](?:{phrases(words.get('mark', ()))})(?!\w)"
        )
        before, prices = (phrases(words.get(name, ())) for name in ("prices", "prices_of"))
        plain = {*grammar.numbers.ones, *grammar.numbers.tens, *grammar.numbers.magnitudes, *grammar.plurals}
        self.joined = units.union(plain)
        self.prices = re.compile(
            rf"\s+(?:\((?:(?:{before})\s)?|(?:{before})\s)((?:1[89]|20)\d\d)\s+(?:{prices})(?!\w)"
        )
        self.years = re.compile(rf"(?<!\d)((?:1[89]|20)\d\d)\s+(?:{prices})\Z")
        of, cover = (phrases(words.get(name, ())) for name in ("of", "cover"))
        self.cover = re.compile(rf"\s+(?:{of})\s+(?:[a-z]+\s+)?(?:{cover})(?!\w)")
        numbers = grammar.numbers
        tops = phrases(
            (*numbers.tens, *(word for word, n in numbers.ones.items() if n == 10), *numbers.magnitudes)
        )
        parts = phrases(word for word, n in numbers.ordinals.items() if n > 2)
        self.compound_part = re.compile(rf"[\s-]+(?:{tops})[-‐‑](?:{parts})s(?!\w)")
        self.ratio = re.compile(rf"\s+(?:{phrases(words.get('ratio', ()))})\s+(?=\w)")
        zero, equals = (phrases(words.get(name, ())) for name in ("zero", "equals"))
        self.equals = re.compile(rf"(?:{zero})\s*(?:\.?\Z|(?<=\s)(?:{equals})\s\d)")
        self.refused_after = re.compile(rf"\s?(?:{phrases(words.get('refuse_after', ()))})(?!\w)")

    def prices_of(self, low: str, end: int) -> str:
        """Return which year's prices a sum is in, in words; empty where none is named.

        Parameters
        ----------
        low : str
            The text in lower case.
        end : int
            Where the sum ends.

        Returns
        -------
        str
        """
        year = self.prices.match(low, end) or self.years.search(low, max(0, end - _SUM), end)
        return f"in prices of {year[1]}" if year else ""


@lru_cache(maxsize=16)
def readers_of(grammar: QuantityGrammar) -> Readers:
    """Return the readers of a grammar, the same ones each time."""
    return Readers(grammar)

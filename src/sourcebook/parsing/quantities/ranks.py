"""The ordinals first and second, where they say which one: *second* is a time too, and *first* a word of time."""

from __future__ import annotations

import re

from sourcebook.parsing.quantities.grammar import QuantityGrammar, phrases

__all__ = ["Ranks"]

_LEAST = 2  # from the third on, ordinals name parts too, and are found among the numbers


class Ranks:
    """Finds first and second as ordinals.

    Parameters
    ----------
    grammar : QuantityGrammar
    """

    def __init__(self, grammar: QuantityGrammar) -> None:
        words = grammar.words
        self.which = {word: n for word, n in grammar.numbers.ordinals.items() if n <= _LEAST}
        before, never, places = (
            phrases(words.get(name, ())) for name in ("rank_before", "rank_not", "rank_places")
        )
        stops, goes_on = phrases(grammar.nouns.get("stops", ())), phrases(words.get("rank_after", ()))
        which = phrases(self.which)
        self.form = re.compile(
            rf"(?<![\w-])(?:(?P<the>{before})|{places})\s+(?P<word>{which})(?![\w-]|\s+(?:{never})(?!\w))"
            rf"(?:(?P<next>\s+(?!(?:{stops})(?!\w))\w)|(?P<end>\s*(?:\W|\Z)(?!\w)|\s+(?:{goes_on})(?!\w)))?"
        )

    def find(self, low: str) -> dict[int, tuple[int, int]]:
        """Return where an ordinal begins, with where it ends and which one it says.

        Parameters
        ----------
        low : str
            The text in lower case.

        Returns
        -------
        dict of int to tuple of int
        """
        found = {}
        for match in self.form.finditer(low):
            which = self.which[match["word"]]
            says = (which == 1 or match["next"]) if match["the"] else match["end"]
            if says:
                found[match.start("word")] = (match.end("word"), which)
        return found

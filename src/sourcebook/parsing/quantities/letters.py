"""What "m" and "M" directly after digits mean: metres or moles in a litre, or millions."""

from __future__ import annotations

import re

from sourcebook.parsing.quantities.grammar import phrases
from sourcebook.parsing.quantities.lexicon import Lexicon

__all__ = ["Letters"]

_BEFORE, _AFTER = 160, 100  # characters of a sentence in which a word decides
_WORD = re.compile(r"(?<![\w.])[^\W\d_]+")
_NEXT = re.compile(r"[\s-]([^\W\d_]+(?:['’]s)?)")
_LAST = re.compile(r"(?:(?<![^\W\d_])([^\W\d_]+)\s+)?(?<![^\W\d_])([^\W\d_]+)\s+\Z")
_TIMES = re.compile(
    r"\s?(?:[x×*·⋅/²³^]\s?\d|[−–-]\s?[1-3](?!\d))|\s(?:by|x|and|to)\s\d+(?:\.\d+)?\s?m\s(?:by|x)\s"
)
_BY = re.compile(r"\d\s?m\s(?:by|x|×)\s\Z|[x×]\s?\Z")
_RANGE = re.compile(r"(?:\s?[-–—]\s?|\s(?:to|and|or)\s)(?P<second>\d{1,9}(?:[.,]\d{1,9})*)m(?!\w)")
_RACE = re.compile(r"(?:[56]0|1[01]0|[248]00|1,?500|[35],?000|10,?000)m")
_STOP = re.compile(r"[.;!?](?=\s|\Z)|\n")


class Letters:
    """Decides by the words around what a letter after digits means.

    Parameters
    ----------
    lexicon : Lexicon
        Its words decide: ``metres_after``, ``metres_before``, ``metres_from`` and ``metres_near``, ``millions_before``
        and ``millions_near``; without these, the letter is a unit.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon, words = lexicon, lexicon.words
        names = ("metres_after", "metres_before", "metres_near", "millions_near")
        self.after, self.before, self.near, self.many = (frozenset(words.get(name, ())) for name in names)
        self.strong = frozenset(words.get("millions_after", ()))
        self.levels = frozenset(words.get("millions_before", ()))
        self.counted, self.reached = (
            frozenset(words.get(name, ())) for name in ("millions_counted", "millions_levels")
        )
        self.homes, self.of = (frozenset(words.get(name, ())) for name in ("millions_of", "of"))
        determiners = phrases(lexicon.nouns.get("determiners", ()))
        self.away = re.compile(rf"\s(?:{phrases(words.get('metres_from', ()))})\s(?:{determiners})\s(?!\d)")
        self.one = frozenset((*words.get("one", ()), *words.get("the", ())))

    def meaning(self, low: str, start: int, end: int, *, capital: bool, nested: bool = False) -> str:
        """Return what the letter says.

        Parameters
        ----------
        low : str
            The text in lower case.
        start, end : int
            Where the number begins, and where the letter ends.
        capital : bool
            It is "M".
        nested : bool
            It stands at the end of a range.

        Returns
        -------
        str
            ``million``, ``unit``, or empty where the words leave it open.
        """
        following = _NEXT.match(low, end)
        word = following[1] if following else ""
        if not capital and (word in self.after or _TIMES.match(low, end)):
            return "unit"
        if word in self.strong or self.lexicon.counts_next(low, end):
            return "million"
        if not self.many:
            return "unit"
        other = None if capital or nested else _RANGE.match(low, end)
        if other:
            return self.meaning(low, other.start("second"), other.end(), capital=False, nested=True)
        noun = bool(word) and word not in self.lexicon.nouns.get("stops", ()) and word not in self.many
        if capital and noun:
            return "unit"
        leads, farther = self._before(low, start)
        if leads in self.of and farther in self.homes:
            return "million"
        measured = leads in self.before or _BY.search(low[max(0, start - 12) : start]) is not None
        race = farther in self.before or _RACE.match(low, start) is not None
        measured = measured or (leads in self.one and (noun or race))
        if not capital and (measured or (leads not in self.levels and self.away.match(low, end))):
            return "unit"
        near = {each[0] for each in _WORD.finditer(self._sentence(low, start, end))}
        long, many = bool(near & self.near) and not capital, bool(near & self.many)
        many = many or (leads in self.reached and bool(near & self.counted))
        sure = low.find(".", start, end) > 0 or leads in self.levels
        return "unit" if long and not many else "million" if many and sure and not long else ""

    def _before(self, low: str, start: int) -> tuple[str, str]:
        """Return the word before a number, and the one before it."""
        words = _LAST.search(low[max(0, start - 32) : start])
        return (words[2], words[1] or "") if words else ("", "")

    def _sentence(self, low: str, start: int, end: int) -> str:
        before, after = low[max(0, start - _BEFORE) : start], low[end : end + _AFTER]
        return f"{_STOP.split(before)[-1]} {_STOP.split(after)[0]}"

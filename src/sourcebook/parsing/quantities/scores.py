"""Results of games and votes: in "lost 2-3 to Chelsea" and "failed 47-53", two numbers stand and no range."""

from __future__ import annotations

import re

from sourcebook.parsing.quantities.grammar import QuantityGrammar, phrases

__all__ = ["Scores"]

_PAIR = r"(?<![\w.,/-])\d{1,3}\s?[-‐‑–—]\s?\d{1,3}(?![\w%/-]|[.,]\d)"
_ONE = re.compile(rf"{_PAIR}")
_RUN = re.compile(rf"{_PAIR}(?:(?:\s\(\d+(?:[-–]\d+)?\))?(?:[,;]?\s(?:and\s)?){_PAIR})*")
_NAME_BEFORE = re.compile(r"[A-Z][^\W\d_]+\s\Z")
_NAME_AFTER = re.compile(r"\s[A-Z][^\W\d_]+")
_CLAUSE = re.compile(r"[.;:!?()\[\]\n]")
_WORD = re.compile(r"[^\W\d_]+")
_REACH = 90  # characters to each side
_NEAR = 6  # words between a verb and the result


class Scores:
    """Tells results from ranges.

    Parameters
    ----------
    grammar : QuantityGrammar
    """

    def __init__(self, grammar: QuantityGrammar) -> None:
        words = grammar.words
        self.verbs = frozenset(words.get("score_verbs", ()))
        links = phrases(words.get("score_links", ()))
        before, after = (phrases(words.get(name, ())) for name in ("score_before", "score_after"))
        self.before = re.compile(rf"(?<!\w)(?:{before})\s+(?:(?:{links})\s+)*\Z")
        self.after = re.compile(rf",?\s+(?:{after})(?!\w)")

    def pair_end(self, low: str, start: int) -> int:
        """Return where two numbers with a dash end that begin at a place, or 0."""
        match = _ONE.match(low, start)
        return match.end() if match else 0

    def at(self, text: str, low: str, start: int) -> bool:
        """Return whether the numbers with a dash that begin at a place are a result, alone or in a row of them.

        Parameters
        ----------
        text, low : str
            The text, and the same in lower case.
        start : int

        Returns
        -------
        bool
        """
        if not self.pair_end(low, start):
            return False
        least = max(0, start - _REACH)
        runs = _RUN.finditer(low, least, start + _REACH)
        run = next((run for run in runs if run.start() <= start < run.end()), None)
        if run is None:
            return False
        pairs = [tuple(map(int, re.findall(r"\d+", pair))) for pair in _ONE.findall(run[0])]
        if len(pairs) > 1 and any(first > second for first, second in pairs):
            return True
        before = _CLAUSE.split(low[least : run.start()])[-1]
        if any(not first % 10 and not second % 10 and first + second != 100 for first, second in pairs):
            return False
        if self.before.search(before) or self.after.match(low, run.end()):
            return True
        if any(word in self.verbs for word in _WORD.findall(before)[-_NEAR:]):
            return True
        named = _NAME_BEFORE.search(text, max(0, run.start() - 30), run.start())
        return named is not None and _NAME_AFTER.match(text, run.end()) is not None

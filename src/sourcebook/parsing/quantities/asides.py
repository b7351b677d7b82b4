"""What stands between a number and what belongs to it, so that neither is the value alone: 5 (maybe 6) million."""

from __future__ import annotations

import re
from functools import lru_cache

from sourcebook.parsing.quantities.grammar import QuantityGrammar, phrases

__all__ = ["past_aside", "unread"]

#: Before a number that says how far another may be off.
_SPREAD = re.compile(r"(?:±|\+/[-−–])\s?\Z")
#: The uncertainty of the last digits: 5(2) kg.
_CONCISE = re.compile(
    r"(?<=\d)(?:\(\d{1,3}\)\s?(?=[^\W\d_]|[%°])|\s\(\d{1,2}\)\s(?:[kmcµn]?[gms]|k?hz|[kmg]?ev|%|°c?)(?!\w))"
)
#: A mark of doubt after a number; elsewhere it may end a question.
_DOUBT = re.compile(r"\?(?=[)\],;–])")


def past_aside(grammar: QuantityGrammar, low: str, end: int) -> int:
    """Return where to go on after a number that is no value alone, else 0: 5(2) kg, 5 (maybe 6) million.

    Parameters
    ----------
    grammar : QuantityGrammar
    low : str
        The text in lower case.
    end : int
        Where the number ends.

    Returns
    -------
    int
    """
    sizes, _, factors = _forms(grammar)
    match = _CONCISE.match(low, end) or sizes.match(low, end) or factors.match(low, end)
    return match.end() if match else 0


def unread(grammar: QuantityGrammar, low: str, start: int, end: int) -> str:
    """Return what a quantity says beyond its value: ± of a spread, ? of a doubt, or what it is for (per share).

    Parameters
    ----------
    grammar : QuantityGrammar
    low : str
    start, end : int
        Where its number begins, and where the quantity ends.

    Returns
    -------
    str
    """
    spread = _SPREAD.search(low, max(0, start - 4), start)
    match = spread or _DOUBT.match(low, end) or _forms(grammar)[1].match(low, end)
    return match[0].strip() if match else ""


@lru_cache(maxsize=16)
def _forms(grammar: QuantityGrammar) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return brackets before a magnitude, a rate, and what multiplies a number by the next: three times 200."""
    sizes, per = phrases(grammar.numbers.magnitudes), phrases(grammar.words.get("per", ()))
    factors = phrases(grammar.words.get("factor", ()))
    return (
        re.compile(rf"\s?\([^()]{{1,24}}\)\s(?:{sizes})(?!\w)"),
        re.compile(rf"\s(?:{per})\s[^\W\d_]+"),
        re.compile(rf"\s(?:{factors})\s(?=\d)" if factors else r"(?!)"),
    )

"""Powers of ten that multiply what stands in brackets before them: (5.2 ± 0.3) × 10⁶."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from sourcebook.parsing.quantities.drafts import Draft
from sourcebook.parsing.quantities.readers import Readers

__all__ = ["multiplies", "scaled"]

_TIMES = re.compile(
    r"\)\s?[×x*·⋅]\s?10(?:\s?(?:\^|\*\*)\s?[({]?(?P<caret>[-−–+]?\d{1,3})[)}]?|(?P<raised>[⁺⁻]?[⁰¹²³⁴-⁹]+)"
    r"|(?P<minus>[-−–]\d{1,2}))(?!\d)"
)
_BEFORE = re.compile(r"[)\]}]\s?[×x*·⋅]\s?\Z")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻−–", "0123456789+---")


def multiplies(low: str, start: int) -> bool:
    """Return whether a power that begins at a place multiplies something in brackets, and is no number alone."""
    return _BEFORE.search(low, max(0, start - 4), start) is not None


def scaled(readers: Readers, text: str, low: str, draft: Draft) -> Draft | None:
    """Return a quantity in brackets times the power of ten after them, with the unit that follows.

    Parameters
    ----------
    readers : Readers
    text, low : str
        The text, and the same in lower case.
    draft : Draft

    Returns
    -------
    Draft or None
        None where no power follows.
    """
    match, start = _TIMES.match(low, draft.end), draft.start()
    if match is None or low[start - 1 : start] != "(" or draft.measure.unit:
        return None
    size = Fraction(10) ** int(next(filter(None, match.groups())).translate(_PLAIN))
    number = replace(
        draft.measure.number, value=draft.measure.number.value * size, end=match.end(), plain=False
    )
    measure = readers.measures.read(text, low, number, None)
    ends = draft.ends
    if ends is not None:
        second = replace(ends.second, unit=measure.unit, end=measure.end)
        ends = replace(ends, low=ends.low * size, high=ends.high * size, end=measure.end, second=second)
    counted = "" if measure.unit else readers.nouns.counted(text, low, measure.end)[0]
    return replace(
        draft,
        counted=counted,
        lead=replace(draft.lead, start=start - 1, opener=""),
        measure=measure,
        ends=ends,
        end=measure.end,
    )

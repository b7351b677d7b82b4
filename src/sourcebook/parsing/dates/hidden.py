"""What nobody sees in a text, and markup, taken out before it is read for dates, with the places kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from sourcebook.parsing.dates.found_date import FoundDate
from sourcebook.text.folding import Folded, drop_hidden, drop_markup

__all__ = ["in_raw", "places_in", "shown"]

_SIGNS = "\xad\u200b-\u200f\u2060-\u2064\ufeff"
_DAMAGED = re.compile(rf"[{_SIGNS}<&]|\*\*?\d")
#: Between a letter and a digit such a sign parts two words.
_PARTS = re.compile(rf"(?<=[^\W\d_])[{_SIGNS[1:]}]+(?=\d)|(?<=\d)[{_SIGNS[1:]}]+(?=[^\W\d_])")


def shown(text: str) -> Folded:
    """Return a text without soft hyphens, zero-width signs, tags and emphasis, and with its entities as characters."""
    folded = Folded(text=text)
    if not _DAMAGED.search(text):
        return folded
    for pattern, put in (*drop_markup(text), (_PARTS, lambda match: " "), *drop_hidden):
        folded = folded.edit(pattern, put)
    return folded


def places_in(folded: Folded, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return where places of the raw text are in what is shown of it."""
    if folded.starts is None or folded.ends is None:
        return list(places)
    starts, ends = folded.starts, folded.ends
    return [
        (int(np.searchsorted(ends, start, side="right")), int(np.searchsorted(starts, end)))
        for start, end in places
    ]


def in_raw(folded: Folded, text: str, found: list[FoundDate]) -> list[FoundDate]:
    """Return dates that were found in what is shown of a text at their places in the text."""
    if folded.starts is None or folded.ends is None:
        return found
    spans = [(int(folded.starts[date.start]), int(folded.ends[date.end - 1])) for date in found]
    return [
        replace(date, start=start, end=end, exact=text[start:end])
        for date, (start, end) in zip(found, spans, strict=True)
    ]

"""Quotes and their places: find one, and refuse where the place is not certain.

A quote is recorded as in the W3C Web Annotation data model: by its words with some of those around it
(TextQuoteSelector) and by half-open offsets in code points (TextPositionSelector), both of the raw text.
A search goes from the strict to the lenient and stops at the first way that finds something: the words
literally in the raw text, then in the normalised text, then nearly. Several equal places, or nearly equal
ones, are an error and not a guess. So is a near match with another number in it.

References
----------
R. Sanderson, P. Ciccarese, B. Young (eds.), "Web Annotation Data Model", W3C Recommendation,
23 February 2017, sections 4.2.4 and 4.2.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn, Protocol

from sourcebook.core.errors import AnchorError
from sourcebook.text.normalise import NormalText, normalise
from sourcebook.text.similarity import best_match, shortened

__all__ = ["CONTEXT", "FLOOR", "MARGIN", "Anchor", "Source", "find_quote", "nearest_passage"]

CONTEXT = 32  #: Raw characters kept before and after a quote.
FLOOR = 88.0  #: Lowest score (0 to 100) of a near match.
MARGIN = 5.0  #: Least lead of a near match over the best one elsewhere.

_SHORTEST = 12  # a quote with fewer characters is not looked for nearly


class Source(Protocol):
    """What a document must have for quotes to be found in it."""

    @property
    def source_id(self) -> str:
        """Its id."""

    @property
    def normal(self) -> NormalText:
        """Its text with the map to the raw text."""


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """A quote at its place.

    Attributes
    ----------
    source_id : str
        The document; empty where only a text was given.
    exact : str
        ``raw[start:end]``, literally.
    prefix, suffix : str
        Up to `CONTEXT` raw characters before and after.
    start, end : int
        Half-open offsets into the raw text.
    method : str
        How it was found: ``exact``, ``normalised`` or ``fuzzy``.
    score : float
        Similarity to what was looked for, 100 where the normalised words are the same.
    """

    source_id: str
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    method: str = "exact"
    score: float = 100.0


@dataclass(frozen=True, kw_only=True)
class _Search:
    """One search: the document with its text on one line, the quote, and where to look."""

    source_id: str
    normal: NormalText
    flat: str
    exact: str
    prefix: str
    suffix: str
    search_range: tuple[int, int] | None

    def refuse(self, why: str, action: str) -> NoReturn:
        where = f" within raw [{self.search_range[0]}, {self.search_range[1]})" if self.search_range else ""
        name = self.source_id or "text"
        raise AnchorError(f"{name}{where}: quote {shortened(self.exact)}: {why} → {action}")

    def anchor(self, start: int, end: int, method: str, score: float = 100.0) -> Anchor:
        raw = self.normal.raw
        return Anchor(
            source_id=self.source_id,
            exact=raw[start:end],
            prefix=raw[max(0, start - CONTEXT) : start],
            suffix=raw[end : end + CONTEXT],
            start=start,
            end=end,
            method=method,
            score=score,
        )


def find_quote(
    document: Source | NormalText,
    exact: str,
    *,
    prefix: str = "",
    suffix: str = "",
    search_range: tuple[int, int] | None = None,
    floor: float | None = FLOOR,
    margin: float = MARGIN,
) -> Anchor:
    r"""Return the one place of a quote, or refuse.

    Parameters
    ----------
    document : Source or NormalText
        A document, or a normalised text.
    exact : str
        The words looked for, as in the raw or in the normalised text.
    prefix, suffix : str
        The words before and after; looked at only where there are several places.
    search_range : (int, int), optional
        Raw offsets of the passage in which the quote must lie.
    floor : float or None
        Lowest score of a near match, the indel similarity of the words in per cent; None for no near match.
    margin : float
        Least lead in score over the best match at another place.

    Raises
    ------
    AnchorError
        If the quote is empty, not there, in several places, or not certain enough. The message gives the
        places, or the nearest passage with its score.

    Examples
    --------
    >>> anchor = find_quote(normalise("It was a “first”\n\nstep."), 'a "first" step')
    >>> anchor.exact, anchor.start, anchor.end, anchor.method
    ('a “first”\n\nstep', 7, 22, 'normalised')
    """
    normal = document if isinstance(document, NormalText) else document.normal
    search = _Search(
        source_id="" if isinstance(document, NormalText) else document.source_id,
        normal=normal,
        flat=_flat(normal),
        exact=exact,
        prefix=_fold(prefix),
        suffix=_fold(suffix),
        search_range=search_range,
    )
    needle = _fold(exact)
    if not needle:
        search.refuse("it has no words", "give the words of the source")
    literal = list(_places(normal.raw, exact))
    if hits := _inside(search, literal):
        return search.anchor(*_decided(search, hits), "exact")
    folded = [normal.to_raw(*place) for place in _places(search.flat, needle)]
    if hits := _inside(search, folded):
        return search.anchor(*_decided(search, hits), "normalised")
    if literal or folded:
        places = "; ".join(_at(normal.raw, *place) for place in sorted({*literal, *folded}))
        search.refuse(f"it is elsewhere: {places}", "correct the sentence or passage it is said to be in")
    return _near(search, needle, floor, margin)


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Yield every place of the words, overlapping ones too."""
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)


def _inside(search: _Search, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the raw places within the passage, whatever markup is at its edges."""
    if search.search_range is None:
        return places
    first, last = search.normal.to_text(*search.search_range)
    spans = ((place, search.normal.to_text(*place)) for place in places)
    return [place for place, (begin, finish) in spans if first <= begin and finish <= last]


def _decided(search: _Search, hits: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the only hit, or the only one with the words before and after it."""
    if len(hits) > 1 and (search.prefix or search.suffix):
        fitting = []
        for hit in hits:
            first, last = search.normal.to_text(*hit)
            before, after = search.flat[:first].rstrip(), search.flat[last:].lstrip()
            if before.endswith(search.prefix) and after.startswith(search.suffix):
                fitting.append(hit)
        hits = fitting or hits
    if len(hits) > 1:
        places = "; ".join(_at(search.normal.raw, *hit) for hit in hits)
        search.refuse(f"it is in {len(hits)} places: {places}", "quote more, or give prefix and suffix")
    return hits[0]


def _near(search: _Search, needle: str, floor: float | None, margin: float) -> Anchor:
    """Return the nearest passage if it is near enough, alone, and has the same numbers."""
    low, high = search.normal.to_text(*search.search_range) if search.search_range else (0, len(search.flat))
    region = search.flat[low:high]
    best = best_match(needle, region)
    if best is None:
        search.refuse("there is no text to look in", "check the source and the passage")
    score, first, last = best
    start, end = search.normal.to_raw(low + first, low + last)
    described = _describe(search.normal, score, start, end)
    if floor is None or score < floor or len(needle) < _SHORTEST:
        search.refuse(f"it is not there; nearest is {described}", "copy the words of the source")
    if re.findall(r"\d+", needle) != re.findall(r"\d+", region[first:last]):
        search.refuse(f"the nearest passage has other numbers: {described}", "copy the words of the source")
    rest = region[:first] + "\0" * (last - first) + region[last:]
    rival = best_match(needle, rest)
    if rival is not None and rival[0] > score - margin:
        other = _describe(search.normal, rival[0], *search.normal.to_raw(low + rival[1], low + rival[2]))
        search.refuse(f"two passages are nearly alike: {described}; {other}", "copy the words of the source")
    return search.anchor(start, end, "fuzzy", score)


def _flat(normal: NormalText) -> str:
    return normal.text.replace("\n", " ")


def _fold(words: str) -> str:
    return _flat(normalise(words)).strip()


def _at(raw: str, start: int, end: int) -> str:
    return f"line {raw.count(chr(10), 0, start) + 1}, raw [{start}, {end})"


def _describe(normal: NormalText, score: float, start: int, end: int) -> str:
    """Return a raw passage with its score and place, for a message."""
    return f"{shortened(normal.raw[start:end])}, score {score:.1f}, {_at(normal.raw, start, end)}"


def nearest_passage(normal: NormalText, words: str) -> str:
    """Return the passage of a text that is nearest to some words, with its score and place, for a message.

    Examples
    --------
    >>> nearest_passage(normalise("The bridge fell."), "The bridge fall")
    "'The bridge fell', score 93.3, line 1, raw [0, 15)"
    """
    best = best_match(_fold(words), _flat(normal))
    return _describe(normal, best[0], *normal.to_raw(*best[1:])) if best else ""

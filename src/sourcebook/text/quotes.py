"""Quotes and their places: find one, and refuse where the place is not certain.

A quote is recorded as in the W3C Web Annotation data model: by its words with some of those around it
(TextQuoteSelector) and by half-open offsets in code points (TextPositionSelector), both of the raw text.
A search goes from the strict to the lenient and stops at the first way that finds something: the words
literally in the raw text, then in the normalised text, and nearly only where that is asked for. Several equal
places, or nearly equal ones, are an error and not a guess. So is a near match that changes a number, a negation
or a name (see `sourcebook.text.guards`).

Among several places, the one with the prefix and suffix literally around it counts, then those that cut no word:
“the” is not looked for inside “heather” where it is a word elsewhere. A quote of nothing but a part of a word is
refused, unless its prefix and suffix, or its offsets, name the place.

References
----------
R. Sanderson, P. Ciccarese, B. Young (eds.), "Web Annotation Data Model", W3C Recommendation,
23 February 2017, sections 4.2.4 and 4.2.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NoReturn, Protocol

from sourcebook.core.errors import AnchorError
from sourcebook.text.guards import find_change
from sourcebook.text.normalise import NormalText, normalise
from sourcebook.text.searchable import SearchableText, fold_quote, searchable
from sourcebook.text.similarity import near_passages, shortened

__all__ = ["CONTEXT", "FLOOR", "MARGIN", "Anchor", "Source", "anchor_at", "find_quote", "nearest_passage"]

CONTEXT = 32  #: Raw characters kept before and after a quote.
FLOOR = 88.0  #: Lowest score (0 to 100) of a near match, where one is asked for.
MARGIN = 5.0  #: Least lead of a near match over the best one elsewhere.

_SHORTEST = 12  # a quote with fewer characters is not looked for nearly
_ONE_WORD = re.compile(r"\s*\w+\s*")
_LISTED = 8  # places that a message lists
#: Places from which on what is literally around a quote decides alone.
_MANY = 10_000


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
    """One search: the document, its searchable text, the quote, and where to look."""

    source_id: str
    text: SearchableText
    exact: str
    prefix: str
    suffix: str
    search_range: tuple[int, int] | None

    @property
    def raw(self) -> str:
        return self.text.normal.raw

    def refuse(self, why: str, action: str) -> NoReturn:
        where = f" within raw [{self.search_range[0]}, {self.search_range[1]})" if self.search_range else ""
        name = self.source_id or "text"
        raise AnchorError(f"{name}{where}: quote {shortened(self.exact)}: {why} → {action}")

    def anchor(self, start: int, end: int, method: str, score: float = 100.0) -> Anchor:
        anchor = anchor_at(self.raw, start, end, source_id=self.source_id)
        return replace(anchor, method=method, score=score)


def anchor_at(raw: str, start: int, end: int, *, source_id: str = "") -> Anchor:
    """Return the anchor of the words at a known place, with as much around them as makes the place the only one.

    Parameters
    ----------
    raw : str
        The raw text.
    start, end : int
        Half-open offsets into it, in code points.
    source_id : str
        The document.

    Examples
    --------
    >>> anchor_at("The bridge fell.", 4, 10).suffix
    ' fell.'
    """
    width = _context(raw, start, end)
    return Anchor(
        source_id=source_id,
        exact=raw[start:end],
        prefix=raw[max(0, start - width) : start],
        suffix=raw[end : end + width],
        start=start,
        end=end,
    )


def find_quote(
    document: Source | NormalText | str,
    exact: str,
    *,
    prefix: str = "",
    suffix: str = "",
    search_range: tuple[int, int] | None = None,
    floor: float | None = None,
    margin: float = MARGIN,
) -> Anchor:
    r"""Return the one place of a quote, or refuse.

    Parameters
    ----------
    document : Source, NormalText or str
        A document, a normalised text, or a raw text.
    exact : str
        The words looked for, as in the raw or in the normalised text.
    prefix, suffix : str
        The words before and after, as stored or in words; looked at only where the place is not certain without. They
        alone decide, literally, for a quote in more than ten thousand places.
    search_range : (int, int), optional
        Raw offsets of the passage in which the quote must lie.
    floor : float or None
        Lowest score of a near match, the indel similarity of the words in per cent, for instance `FLOOR`. By
        default no near match is accepted.
    margin : float
        Least lead in score over the best match at another place.

    Raises
    ------
    AnchorError
        If the quote is empty, not there, in several places, only part of a word, or not certain enough. The
        message gives the places, or the nearest passage with its score.

    Examples
    --------
    >>> anchor = find_quote("It was a “first”\n\nstep.", 'a "first" step')
    >>> anchor.exact, anchor.start, anchor.end, anchor.method
    ('a “first”\n\nstep', 7, 22, 'normalised')
    """
    if isinstance(document, str):
        document = normalise(document)
    if not isinstance(exact, str):
        raise TypeError(f"exact: expected the words of a quote, found {type(exact).__name__}")
    normal = document if isinstance(document, NormalText) else document.normal
    search = _Search(
        source_id="" if isinstance(document, NormalText) else document.source_id,
        text=searchable(normal),
        exact=exact,
        prefix=prefix,
        suffix=suffix,
        search_range=search_range,
    )
    needle = fold_quote(exact)
    if not needle:
        search.refuse("it has no words", "give the words of the source")
    literal = list(_places(normal.raw, exact))
    if hits := _inside(search, literal):
        return search.anchor(*_decided(search, hits), "exact")
    folded = [search.text.to_raw(*place) for place in _places(search.text.flat, needle)]
    if hits := _inside(search, folded):
        return search.anchor(*_decided(search, hits), "normalised")
    if literal or folded:
        places = _listed(normal.raw, sorted({*literal, *folded}))
        search.refuse(f"it is elsewhere: {places}", "correct the sentence or passage it is said to be in")
    return _near(search, needle, floor, margin)


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Yield every place of the words, overlapping ones too, in time that grows with the text and the places.

    Words that repeat themselves are at many places of a text that does so too. Where two places are less than half
    their length apart, the next is as far on if the text goes on as the words end; that alone is looked at there.
    """
    size, at = len(words), text.find(words)
    while at >= 0:
        yield at, at + size
        following = text.find(words, at + 1)
        step = following - at
        if 0 < 2 * step <= size:
            end = words[size - step :]
            while text.startswith(end, following + size):
                yield following, following + size
                following += step
        at = following


def _inside(search: _Search, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the raw places within the passage, whatever markup is at its edges."""
    if search.search_range is None:
        return places
    to_text = search.text.normal.to_text
    first, last = to_text(*search.search_range)
    spans = ((place, to_text(*place)) for place in places)
    return [place for place, (begin, finish) in spans if first <= begin and finish <= last]


def _decided(search: _Search, hits: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the one hit that is certain, by what is literally around it, by whole words, by the words around it."""
    around = search.prefix or search.suffix
    fitting = [hit for hit in hits if _fits(search, *hit)] if around else []
    if len(fitting) == 1:
        return fitting[0]
    hits = fitting or hits
    if len(hits) > _MANY:
        _refuse_several(search, hits)
    whole = [hit for hit in hits if not search.text.cuts_word(*hit)]
    if not (whole or fitting or search.search_range in hits) and _ONE_WORD.fullmatch(search.exact):
        places = _listed(search.raw, hits)
        search.refuse(
            f"it is only part of a word: {places}", "quote the whole word, or give prefix and suffix"
        )
    hits = whole or hits
    if len(hits) > 1 and around:
        prefix, suffix = fold_quote(search.prefix), fold_quote(search.suffix)
        flat = search.text.flat
        spans = [(hit, search.text.to_flat(*hit)) for hit in hits]
        hits = [
            hit
            for hit, (first, last) in spans
            if flat.endswith(prefix, 0, len(flat[:first].rstrip()))
            and flat[last : last + len(suffix) + 2].lstrip().startswith(suffix)
        ] or hits
    if len(hits) > 1:
        _refuse_several(search, hits)
    return hits[0]


def _refuse_several(search: _Search, hits: list[tuple[int, int]]) -> NoReturn:
    places = _listed(search.raw, hits)
    search.refuse(f"it is in {len(hits)} places: {places}", "quote more, or give prefix and suffix")


def _fits(search: _Search, start: int, end: int) -> bool:
    """Return whether prefix and suffix are literally around a raw place."""
    return search.raw.endswith(search.prefix, 0, start) and search.raw.startswith(search.suffix, end)


def _context(raw: str, start: int, end: int) -> int:
    """Return how many characters around a place make it the only one: `CONTEXT`, or more where that is too few."""
    width = CONTEXT
    while width < len(raw):
        around = raw[max(0, start - width) : end + width]
        first = raw.find(around)
        if first == max(0, start - width) and raw.find(around, first + 1) < 0:
            break
        width *= 2
    return width


def _near(search: _Search, needle: str, floor: float | None, margin: float) -> Anchor:
    """Return the nearest passage if it is near enough, alone, and says the same."""
    text = search.text
    low, high = text.to_flat(*search.search_range) if search.search_range else (0, len(text.flat))
    passages = near_passages(needle, text, low, high, floor=floor)
    if not passages:
        search.refuse("there is no text to look in", "check the source and the passage")
    best, *others = passages
    score, first, last = best
    described = _describe(text, *best)
    copy = "copy the words of the source"
    if floor is None or score < floor or len(needle) < _SHORTEST:
        search.refuse(f"it is not there; nearest is {described}", copy)
    if change := find_change(needle, text.flat[first:last], text.flat):
        search.refuse(f"the nearest passage says something else, {change}: {described}", copy)
    if others and others[0][0] > score - margin:
        search.refuse(f"two passages are nearly alike: {described}; {_describe(text, *others[0])}", copy)
    return search.anchor(*text.to_raw(first, last), "fuzzy", score)


def _listed(raw: str, places: list[tuple[int, int]]) -> str:
    """Return the first places for a message."""
    more = f"; and {len(places) - _LISTED} more" if len(places) > _LISTED else ""
    return "; ".join(_at(raw, *place) for place in places[:_LISTED]) + more


def _at(raw: str, start: int, end: int) -> str:
    return f"line {raw.count(chr(10), 0, start) + 1}, raw [{start}, {end})"


def _describe(text: SearchableText, score: float, first: int, last: int) -> str:
    """Return a passage with its score and place, for a message."""
    start, end = text.to_raw(first, last)
    raw = text.normal.raw
    return f"{shortened(raw[start:end])}, score {score:.1f}, {_at(raw, start, end)}"


def nearest_passage(normal: NormalText, words: str) -> str:
    """Return the passage of a text that is nearest to some words, with its score and place, for a message.

    Examples
    --------
    >>> from sourcebook.text.normalise import normalise
    >>> nearest_passage(normalise("The bridge fell."), "The bridge fall")
    "'The bridge fell', score 93.3, line 1, raw [0, 15)"
    """
    text = searchable(normal)
    found = near_passages(fold_quote(words), text, 0, len(text.flat))
    return _describe(text, *found[0]) if found else ""

"""Where the words of one version of a text are in the next: the same words, changed ones, or nothing.

The same words are recognised by what is around them: of several places that one counts whose surroundings are those
of the old one, and only if no other old place has them too. Changed words are the nearest passage, if it is new: a
passage that the old text had besides the quote is another one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sourcebook.text.guards import find_change
from sourcebook.text.normalise import NormalText
from sourcebook.text.quotes import MARGIN
from sourcebook.text.searchable import SearchableText, fold_quote, searchable
from sourcebook.text.similarity import near_passages

__all__ = ["LEAST_SCORE", "STATUSES", "Relocation", "relocate"]

#: What can become of a quote, the best first.
STATUSES = ("kept", "moved", "changed", "lost")
LEAST_SCORE = 60.0  #: Lowest score of a passage to which a quote can have been changed.

_WIDTHS = (64, 1024, 16384)  # characters around a place; more where fewer are the same at several
_LEAD = 8  # characters around a place that are the same there and at no other
_SHORTEST = 12  # a quote with fewer characters is not looked for nearly, and not without its surroundings

_Place = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Relocation:
    """What became of a quote in another version of its text.

    Attributes
    ----------
    status : str
        One of `STATUSES`: the same words at the same place, the same words elsewhere, other words, or none.
    start, end : int
        Half-open raw offsets in the new version, in code points; 0 and 0 where it is lost.
    score : float
        Similarity of the words, 0 to 100; 0 where it is lost.
    note : str
        Which number, negation or name changed, or why the quote is lost.
    """

    status: str
    start: int = 0
    end: int = 0
    score: float = 0.0
    note: str = ""


def relocate(old: NormalText, new: NormalText, start: int, end: int) -> Relocation:
    """Return where a quote of one version of a text is in another.

    Parameters
    ----------
    old, new : NormalText
        The two versions, both without layout.
    start, end : int
        The raw offsets of the quote in the old one.

    Returns
    -------
    Relocation
        ``kept`` and ``moved`` are certain; ``changed`` is a proposal for a person to look at.

    Raises
    ------
    ValueError
        If there are no characters from `start` to `end`.

    Examples
    --------
    >>> from sourcebook.text.normalise import normalise
    >>> old = normalise("It rained. The bridge fell in the night.")
    >>> relocate(old, normalise("The bridge fell in the night. It rained."), 11, 40)
    Relocation(status='moved', start=0, end=29, score=100.0, note='')
    >>> relocate(old, normalise("It rained. The bridge fell in the morning."), 11, 40).status
    'changed'
    """
    if not 0 <= start < end <= len(old.raw):
        raise ValueError(f"start, end: expected 0 <= start < end <= {len(old.raw)}, found {start}, {end}")
    before, after = searchable(old), searchable(new)
    exact = old.raw[start:end]
    reach = max(0, start - _WIDTHS[0]), end + _WIDTHS[0]
    if old.raw[reach[0] : reach[1]] == new.raw[reach[0] : reach[1]]:
        return Relocation(status="kept", start=start, end=end, score=100.0)
    needle, why = fold_quote(exact), ""
    for words, folded in ((exact, False), (needle, True)):
        places = _places(after, words, folded=folded) if words else []
        if places:
            found, why = _same_words(before, after, (start, end), places, words, folded=folded)
            if found is not None:
                is_kept = found == (start, end) and new.raw[start:end] == exact
                return Relocation(
                    status="kept" if is_kept else "moved", start=found[0], end=found[1], score=100.0
                )
    return _changed(before, after, needle, why)


def _all(text: str, words: str) -> Iterator[_Place]:
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)


def _places(text: SearchableText, words: str, *, folded: bool) -> list[_Place]:
    """Return the raw places of some words."""
    if folded:
        return [text.to_raw(*place) for place in _all(text.flat, words)]
    return list(_all(text.normal.raw, words))


def _same_words(
    before: SearchableText,
    after: SearchableText,
    own: _Place,
    places: list[_Place],
    words: str,
    *,
    folded: bool,
) -> tuple[_Place | None, str]:
    """Return the place of the same words, or None and why none is certain."""
    others = [
        place for place in _places(before, words, folded=folded) if place[1] <= own[0] or own[1] <= place[0]
    ]
    if not before.cuts_word(*own):
        places = [place for place in places if not after.cuts_word(*place)]
        others = [place for place in others if not before.cuts_word(*place)]
    if not places:
        return None, ""
    found = _best(before, own, after, places)
    if found is None:
        return None, f"the same words are in {len(places)} places: {_lines(after, places)}"
    if _best(after, found, before, [own, *others]) != own:
        return None, ""
    if len(words) < _SHORTEST:
        around = [_around(text, place, _WIDTHS[0]) for text, place in ((before, own), (after, found))]
        if sum(_shared(*around)) < min(_LEAD, len("".join(around[0]))):
            return None, f"the same words are in other surroundings: {_lines(after, [found])}"
    return found, ""


def _best(text: SearchableText, place: _Place, other: SearchableText, places: list[_Place]) -> _Place | None:
    """Return the one of some places of another text whose surroundings are those of a place of a text."""
    for width in _WIDTHS:
        if len(places) == 1:
            return places[0]
        around = _around(text, place, width)
        shared = [_shared(around, _around(other, each, width)) for each in places]
        best = max(shared, key=sum)
        rest = [each for each in shared if each is not best]
        is_clear = all(sum(best) - sum(each) >= _LEAD and _exceeds(best, each) for each in rest)
        full = best == (len(around[0]), len(around[1]))
        if is_clear or (full and best not in rest):
            return places[shared.index(best)]
        if not full:
            return None
        places = [place for place, each in zip(places, shared, strict=True) if each == best]
    return None


def _around(text: SearchableText, place: _Place, width: int) -> tuple[str, str]:
    """Return the words before a place, from its edge on, and those after it."""
    first, last = text.to_flat(*place)
    return text.flat[max(0, first - width) : first][::-1], text.flat[last : last + width]


def _shared(one: tuple[str, str], other: tuple[str, str]) -> tuple[int, int]:
    """Return how many characters before and after a place are the same."""
    return _same_start(one[0], other[0]), _same_start(one[1], other[1])


def _same_start(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))


def _exceeds(best: tuple[int, int], other: tuple[int, int]) -> bool:
    """Return whether no side of another place is clearly more like the old one."""
    return all(theirs < mine + _LEAD for mine, theirs in zip(best, other, strict=True))


def _changed(before: SearchableText, after: SearchableText, needle: str, why: str) -> Relocation:
    """Return the passage to which a quote was changed, or that it is lost and why."""
    if why or len(needle) < _SHORTEST:
        return Relocation(status="lost", note=why or "nothing is near")
    found = []
    for score, first, last in near_passages(needle, after, 0, len(after.flat)):
        passage = after.flat[first:last]
        was_there = before.flat.count(passage) - needle.count(passage) >= after.flat.count(passage)
        if score >= LEAST_SCORE and not was_there:
            found.append((score, first, last))
    if not found:
        return Relocation(status="lost", note="nothing is near")
    score, first, last = found[0]
    start, end = after.to_raw(first, last)
    if found[1:] and found[1][0] > score - MARGIN:
        places = [(start, end), after.to_raw(*found[1][1:])]
        return Relocation(status="lost", note=f"two new passages are nearly alike: {_lines(after, places)}")
    note = find_change(after.flat[first:last], needle, before.flat)
    return Relocation(status="changed", start=start, end=end, score=score, note=note)


def _lines(text: SearchableText, places: list[_Place]) -> str:
    """Return the lines of some places, for a message."""
    lines = [str(text.normal.raw.count("\n", 0, start) + 1) for start, _ in places[:8]]
    return f"line{'s' if len(places) > 1 else ''} {', '.join(lines)}{', …' if len(places) > 8 else ''}"

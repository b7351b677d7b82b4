"""A normalised text made ready for quotes: on one line, its letters composed, with a map back to the raw text.

Canonically equivalent texts look the same and are the same: ``é`` can be one character or two. Both sides of a
comparison are composed (Unicode NFC); the offsets stay those of the raw text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from sourcebook.text.folding import UNSPACED, in_word
from sourcebook.text.normalise import NormalText, normalise

__all__ = ["GRAM", "SearchableText", "cuts_word", "fold_quote", "gram_keys", "searchable"]

GRAM = 4  #: Characters of a stretch that two passages can share.

_IntArray = npt.NDArray[np.int64]
_MULTIPLIERS = (np.uint32(0x9E3779B1), np.uint32(0x85EBCA77), np.uint32(0xC2B2AE3D), np.uint32(0x27D4EB2F))
_JAMO = "\u1160-\u11ff"  # vowels and finals of Hangul, which a syllable takes in
_UNSPACED = re.compile(f"[{UNSPACED}]")


@dataclass(frozen=True, kw_only=True, eq=False)
class SearchableText:
    """What quotes are looked for in.

    Attributes
    ----------
    normal : sourcebook.text.normalise.NormalText
        The text with its map to the raw text.
    flat : str
        Its words on one line, composed.
    starts, ends : numpy.ndarray of int64 or None
        Character ``i`` of `flat` is ``normal.text[starts[i]:ends[i]]``; None where both have the same offsets.
    """

    normal: NormalText
    flat: str
    starts: _IntArray | None
    ends: _IntArray | None

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw offsets of ``flat[start:end]``."""
        if self.starts is None or self.ends is None or start == end:
            return self.normal.to_raw(start, end)
        return self.normal.to_raw(int(self.starts[start]), int(self.ends[end - 1]))

    def to_flat(self, raw_start: int, raw_end: int) -> tuple[int, int]:
        """Return the offsets in `flat` of ``raw[raw_start:raw_end]``, snapped outwards."""
        first, last = self.normal.to_text(raw_start, raw_end)
        if self.starts is None or self.ends is None:
            return first, last
        begin = int(np.searchsorted(self.ends, first, side="right"))
        return begin, max(begin, int(np.searchsorted(self.starts, last, side="left")))

    def cuts_word(self, raw_start: int, raw_end: int) -> bool:
        """Return whether a raw place begins or ends inside a word; markup within a word does not divide it."""
        raw = self.normal.raw
        if any(_is_mark(raw[at]) for at in (raw_start, raw_end) if at < len(raw)):
            return True
        first, last = self.to_flat(raw_start, raw_end)
        if first == last:  # in a zone that is left out
            return cuts_word(raw, raw_start, raw_end)
        return cuts_word(self.flat, first, last)

    @cached_property
    def grams(self) -> npt.NDArray[np.uint16]:
        """A key of each stretch of `GRAM` characters of `flat`, by its first character."""
        return gram_keys(self.flat)


_READY: WeakKeyDictionary[NormalText, SearchableText] = WeakKeyDictionary()


def searchable(normal: NormalText) -> SearchableText:
    r"""Return a text made ready for quotes; the same one each time for the same text.

    Parameters
    ----------
    normal : sourcebook.text.normalise.NormalText
        The text.

    Returns
    -------
    SearchableText

    Examples
    --------
    >>> found = searchable(normalise("Cafe\u0301\n\nNoir"))
    >>> found.flat == "Caf\u00e9 Noir", found.to_raw(0, 4)
    (True, (0, 5))
    """
    ready = _READY.get(normal)
    if ready is None:
        flat = normal.text.replace("\n", " ")
        starts = ends = None
        if not unicodedata.is_normalized("NFC", flat):
            flat, starts, ends = _composed(flat)
        ready = _READY[normal] = SearchableText(normal=normal, flat=flat, starts=starts, ends=ends)
    return ready


def fold_quote(words: str) -> str:
    """Return the words of a quote as they are looked for: normalised, on one line, composed.

    Examples
    --------
    >>> fold_quote("a  “first” **step**")
    'a "first" step'
    """
    return unicodedata.normalize("NFC", normalise(words).text.replace("\n", " ")).strip()


def _composed(text: str) -> tuple[str, _IntArray, _IntArray]:
    """Return the composed text with the place of each of its characters."""
    pieces: list[str] = []
    starts: list[_IntArray] = []
    ends: list[_IntArray] = []
    at = 0
    for start, end in [*_to_compose(text), (len(text), len(text))]:
        plain = np.arange(at, start, dtype=np.int64)
        piece = unicodedata.normalize("NFC", text[start:end])
        pieces += text[at:start], piece
        starts += plain, np.full(len(piece), start, dtype=np.int64)
        ends += plain + 1, np.full(len(piece), end, dtype=np.int64)
        at = end
    return "".join(pieces), np.concatenate(starts), np.concatenate(ends)


def _to_compose(text: str) -> Iterator[tuple[int, int]]:
    """Yield the place of each letter with marks, and of each character that has another composed form."""
    signs = set(text)
    marks = "".join(re.escape(sign) for sign in signs if unicodedata.category(sign).startswith("M"))
    other = "".join(re.escape(sign) for sign in signs if unicodedata.normalize("NFC", sign) != sign)
    for match in re.finditer(rf"[^{marks}{_JAMO}]?[{marks}{_JAMO}]+|[{other}\0]", text):
        yield match.span()


def cuts_word(text: str, start: int, end: int) -> bool:
    """Return whether a place begins or ends inside a word; each character of a script without spaces is one.

    Parameters
    ----------
    text : str
        A text, of any script.
    start, end : int
        The half-open place in it, in characters.

    Returns
    -------
    bool
        Whether either end has letters or digits of one word on both of its sides.

    Examples
    --------
    >>> cuts_word("heather", 2, 5), cuts_word("the heather", 0, 3), cuts_word("是的不是", 1, 3)
    (True, False, False)
    """
    return any(
        0 < at < len(text)
        and in_word(text[at - 1])
        and in_word(text[at])
        and (_is_mark(text[at]) or not (_UNSPACED.match(text[at - 1]) or _UNSPACED.match(text[at])))
        for at in (start, end)
    )


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def gram_keys(text: str) -> npt.NDArray[np.uint16]:
    """Return a 16-bit key of each stretch of `GRAM` characters; equal stretches have equal keys.

    Examples
    --------
    >>> gram_keys("abcdabcd").tolist()[0] == gram_keys("xabcd").tolist()[1]
    True
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    size = codes.size - GRAM + 1
    if size <= 0:
        return np.empty(0, dtype=np.uint16)
    key = codes[:size] * _MULTIPLIERS[0]
    for place, multiplier in enumerate(_MULTIPLIERS[1:], start=1):
        key += codes[place : place + size] * multiplier
    return (key >> np.uint32(16)).astype(np.uint16)

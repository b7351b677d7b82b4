"""Words with their places, and which of them belong to phrases that do not count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Words", "phrase_index", "split_words"]

# A run of letters, digits and combining marks, with inner apostrophes; scripts written without spaces
# give one word for each character.
UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
MARKS = "\u0300-\u036f\u00ad"
LETTER = rf"(?:(?![{UNSPACED}])[^\W_])"
WORD = re.compile(rf"[{UNSPACED}]|{LETTER}(?:{LETTER}|[{MARKS}]|['’ʼ](?={LETTER}))*")
DROPPED = re.compile("['’ʼ\u00ad]")

PhraseIndex = dict[str, list[tuple[str, ...]]]


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of one text.

    Attributes
    ----------
    keys : tuple of str
        Each word as it is compared: compatibility-normalised, case-folded, without apostrophes.
    starts, ends : tuple of int
        Half-open place of each word in the text, in code points.
    excluded : bytes
        1 for a word inside an excluded phrase, else 0.
    """

    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    excluded: bytes


def phrase_index(phrases: Iterable[str]) -> PhraseIndex:
    """Return the phrases as word keys, listed under their first word."""
    index: PhraseIndex = {}
    for phrase in sorted(set(phrases)):
        keys = tuple(_key(match.group()) for match in WORD.finditer(phrase))
        if keys:
            index.setdefault(keys[0], []).append(keys)
    return index


def split_words(text: str, phrases: PhraseIndex) -> Words:
    """Return the words of ``text``, with those inside an excluded phrase marked."""
    found = [(match.group(), match.start(), match.end()) for match in WORD.finditer(text)]
    keys = tuple(_key(word) for word, _, _ in found)
    excluded = bytearray(len(keys))
    if phrases:
        for i, key in enumerate(keys):
            for phrase in phrases.get(key, ()):
                if keys[i : i + len(phrase)] == phrase:
                    excluded[i : i + len(phrase)] = b"\x01" * len(phrase)
    return Words(
        keys=keys,
        starts=tuple(start for _, start, _ in found),
        ends=tuple(end for _, _, end in found),
        excluded=bytes(excluded),
    )


def _key(word: str) -> str:
    return DROPPED.sub("", unicodedata.normalize("NFKC", word).casefold())

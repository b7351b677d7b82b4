"""Words with their places: what counts as one, and when two are the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["WORD", "Words", "phrase_keys", "split_words", "word_key"]

# A run of letters, digits and combining marks, with inner apostrophes; scripts written without spaces
# give one word for each character.
UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"


def _marks() -> str:
    """Return the signs that only stand on letters, such as accents and the vowel signs of India, as ranges."""
    blocks = ((0x300, 0x3000), (0x302A, 0x3030), (0xA66F, 0xAC00), (0xFB1E, 0xFB1F), (0xFE20, 0xFE30))
    codes = [
        code
        for low, high in blocks
        for code in range(low, high)
        if unicodedata.category(chr(code)) in ("Mn", "Mc")
    ]
    first = [code for code, before in zip(codes, [0, *codes], strict=False) if code != before + 1]
    last = [code for code, after in zip(codes, [*codes[1:], 0], strict=True) if after != code + 1]
    return "".join(f"{chr(a)}-{chr(b)}" for a, b in zip(first, last, strict=True))


MARKS = _marks() + "\u00ad"
LETTER = rf"(?:(?![{UNSPACED}])[^\W_])"
WORD = re.compile(rf"[{UNSPACED}]|{LETTER}(?:{LETTER}|[{MARKS}]|['’ʼ](?={LETTER}))*")
DROPPED = re.compile("['’ʼ\u00ad]")


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of one text.

    Attributes
    ----------
    keys : tuple of str
        Each word as it is compared: compatibility-normalised, case-folded, without apostrophes.
    starts, ends : tuple of int
        Half-open place of each word in the text, in code points.
    """

    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def phrase_keys(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase as they are compared."""
    return tuple(word_key(match.group()) for match in WORD.finditer(phrase))


def split_words(text: str) -> Words:
    """Return the words of ``text``.

    Examples
    --------
    >>> split_words("The miller’s  HOUSE").keys
    ('the', 'millers', 'house')
    """
    found = [(match.group(), match.start(), match.end()) for match in WORD.finditer(text)]
    return Words(
        keys=tuple(word_key(word) for word, _, _ in found),
        starts=tuple(start for _, start, _ in found),
        ends=tuple(end for _, _, end in found),
    )


@lru_cache(maxsize=1 << 16)
def word_key(word: str) -> str:
    """Return a word as it is compared."""
    return DROPPED.sub("", unicodedata.normalize("NFKC", word).casefold())

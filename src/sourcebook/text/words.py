"""Words: what counts as one, and when two are the same.

One home for every pattern and folding of words, each with its use:

- `split_words` (`WORD`, `word_key`): shared passages. Inner apostrophes belong to a word, scripts without
  spaces give one word for each character, and words are compared by compatibility form without apostrophes.
- `PLAIN_WORD`, `fold_case`: near-duplicates, and the words that a search for phrases begins with.
- `fold_spelling`: the search for declared words. Words and signs are compared as a reader means them.
- `TOKEN`: the edges of the best match of a quote, words and punctuation marks.
- `PRINTED_WORD`: the words of names and terms as printed, with their apostrophes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

__all__ = [
    "PLAIN_WORD",
    "PRINTED_WORD",
    "TOKEN",
    "WORD",
    "Words",
    "fold_case",
    "fold_spelling",
    "phrase_keys",
    "split_words",
    "word_key",
]

PLAIN_WORD = re.compile(r"\w+")
PRINTED_WORD = re.compile(r"\w+(?:['’]\w+)*['’]?")
TOKEN = re.compile(r"\w+|[^\w\s]")


# A run of letters, digits and combining marks, with inner apostrophes; scripts written without spaces
# give one word for each character.
UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"


def _marks() -> str:
    """Return the signs that only occur on letters, such as accents and the vowel signs of India, as ranges."""
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

#: Characters beyond ASCII that are no part of a plain word.
_SEPARATORS = re.compile(r"[^\w\x00-\x7f]+")
#: Spellings of one sign: who looks for the words means either.
_SIGNS = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-")}
)


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
    """Return the words of a phrase as they are compared.

    Examples
    --------
    >>> phrase_keys("The Miller’s house")
    ('the', 'millers', 'house')
    """
    return tuple(word_key(match.group()) for match in WORD.finditer(phrase))


def split_words(text: str) -> Words:
    """Return the words of a text with their places.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    Words
        In the order of the text.

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
    """Return a word as it is compared: compatibility-normalised, case-folded, without apostrophes.

    Examples
    --------
    >>> word_key("Miller’s")
    'millers'
    """
    return DROPPED.sub("", unicodedata.normalize("NFKC", word).casefold())


def fold_case(text: str) -> str:
    """Return a text in which the words are case-folded and separated by characters of ASCII.

    Examples
    --------
    >>> fold_case("Straße … ΣΟΦΟΣ")
    'strasse   σοφοσ'
    """
    return _SEPARATORS.sub(" ", text).casefold()


def fold_spelling(text: str) -> str:
    """Return a text case-folded, each letter composed, and each quotation mark, hyphen or dash spelled one way.

    The dot over a capital İ goes: case-folding leaves it behind as a mark of its own.

    Examples
    --------
    >>> fold_spelling("“İzmir” 1918–21")
    '"izmir" 1918-21'
    """
    return unicodedata.normalize("NFC", text.translate(_SIGNS).casefold()).replace("i\u0307", "i")

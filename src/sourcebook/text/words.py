"""Words: what counts as one, and when two are the same. The one home of both, for every part of the library.

A *word* is a run of letters, digits and the marks on them, with the apostrophes inside it; in scripts that are written
without spaces, each letter with its marks is a word. Two words are the same where their keys are: without markup,
soft hyphens, zero-width marks and apostrophes, in compatibility form, case-folded. Composed and decomposed letters
are one, and so are ``İ``, ``I``, ``ı`` and ``i``. A word that a hyphen breaks at the end of a line is joined, unless it
goes on with a capital: ``Nagorno-`` / ``Karabakh`` are two.

- `split_words`, `word_key`, `phrase_keys`: the words with their places.
- `fold_words`: the same words as one text, from which they are read as bytes. What parts them there is ASCII.
- `word_readings`: what the index of the book's own search holds.
- `sourcebook.text.phrases`: the search for declared words, over the same letters.
- ``static/words.js`` of the theme: the same words in the browser, tested with the same cases.
- `TOKEN`: the edges of the best match of a quote, words and punctuation marks.
- `PRINTED_WORD`: the words of names and terms as printed, with their apostrophes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sourcebook.text.folding import (
    ALONE,
    BROKEN,
    INNER_APOSTROPHE,
    JOINT,
    Folded,
    Pass,
    compose,
    drop_hidden,
    drop_markup,
    fold_character,
    in_word,
    is_joined,
)

__all__ = [
    "PRINTED_WORD",
    "TOKEN",
    "Words",
    "fold_words",
    "phrase_keys",
    "split_words",
    "track_words",
    "word_key",
    "word_readings",
]

PRINTED_WORD = re.compile(r"\w+(?:['’]\w+)*['’]?")
TOKEN = re.compile(r"\w+|[^\w\s]")

_FOLDED_WORD = re.compile(r"[^\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+")


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of one text.

    Attributes
    ----------
    keys : tuple of str
        Each word as it is compared.
    starts, ends : tuple of int
        Half-open place of each word in the text, in code points.
    """

    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@lru_cache(maxsize=1 << 17)
def _character(character: str) -> str:
    """Return a character beyond ASCII as it is compared; a space if it is no part of a word."""
    if not in_word(character):
        return " "
    folded = "".join(c if in_word(c) else " " for c in fold_character(character))
    if character in "\u0e33\u0eb3" or (len(folded) == 1 and ALONE.match(character)):
        return folded  # a letter that is a word alone already; the vowel AM belongs to the letter before it
    return ALONE.sub(r" \g<0> ", folded)


def _letters(text: str, beyond: Iterable[str]) -> str:
    """Return a text in which the characters beyond ASCII are as they are compared, one search for each to change."""
    for character in beyond:
        folded = _character(character)
        if folded != character.casefold():
            text = text.replace(character, folded)
    return text.casefold()


#: Joins words: what stands where two readings are possible goes, so does the end of a line inside a word.
_JOINED: tuple[Pass, ...] = (
    *drop_hidden,
    (re.compile(JOINT), lambda match: ""),
    (BROKEN, lambda match: "" if is_joined(match) else match.group()),
)
_WHOLE: Pass = (INNER_APOSTROPHE, lambda match: "")


def fold_words(text: str, *, whole: bool = True) -> str:
    r"""Return the words of a text as they are compared, parted by characters of ASCII that are in no word.

    Capitals of ASCII stay: who reads the bytes folds them.

    Parameters
    ----------
    text : str
        Any text.
    whole : bool
        Whether an apostrophe inside a word is left out; otherwise it parts the word in two.

    Returns
    -------
    str
        Its runs of letters and digits of ASCII, and of anything beyond, are the words.

    Examples
    --------
    >>> fold_words("Die Straße … the miller’s depor-\ntation 昔々").lower().split()
    ['die', 'strasse', 'the', 'millers', 'deportation', '昔', '々']
    """
    for pattern, replace in (*drop_markup(text), *_JOINED):
        text = pattern.sub(replace, text)
    for pattern, replace in (*compose(text), *((_WHOLE,) if whole else ())):
        text = pattern.sub(replace, text)
    if text.isascii():
        return text
    beyond = {character for character in set(text) if character > "\x7f"}
    return _letters(ALONE.sub(r" \g<0> ", text) if ALONE.search("".join(beyond)) else text, beyond)


def track_words(text: str, *, whole: bool = True) -> Folded:
    """Return what `fold_words` does, with the place of each character.

    Parameters
    ----------
    text, whole
        As there.

    Examples
    --------
    >>> folded = track_words("*de*port")
    >>> folded.text, folded.starts.tolist()
    ('deport', [1, 2, 4, 5, 6, 7])
    """
    folded = Folded(text=text)
    for pattern, replace in (*drop_markup(text), *_JOINED):
        folded = folded.edit(pattern, replace)
    for pattern, replace in (*compose(folded.text), *((_WHOLE,) if whole else ())):
        folded = folded.edit(pattern, replace)
    if folded.text.isascii():
        return folded
    beyond = {character for character in set(folded.text) if character > "\x7f"}
    longer = "".join(sorted(character for character in beyond if len(_character(character)) != 1))
    if longer or ALONE.search("".join(beyond)):
        pattern = re.compile(f"{ALONE.pattern}|[{longer}]") if longer else ALONE
        folded = folded.edit(pattern, _parted)
    return Folded(text=_letters(folded.text, beyond), starts=folded.starts, ends=folded.ends)


def _parted(match: re.Match[str]) -> str:
    """Return a letter that is a word alone, parted from its neighbours, or one that folds to several."""
    folded = "".join(map(_character, match.group()))
    return f" {folded} " if ALONE.match(match.group()) else folded


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
    >>> split_words("The miller’s  **HO**USE").keys
    ('the', 'millers', 'house')
    """
    folded = track_words(text)
    found = [
        (match.group().casefold(), match.start(), match.end()) for match in _FOLDED_WORD.finditer(folded.text)
    ]
    starts, ends = (np.array([word[k] for word in found], dtype=np.int64) for k in (1, 2))
    starts, ends = folded.raw(starts, ends)
    return Words(
        keys=tuple(key for key, _, _ in found), starts=tuple(starts.tolist()), ends=tuple(ends.tolist())
    )


def phrase_keys(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase as they are compared.

    Examples
    --------
    >>> phrase_keys("The Miller’s house")
    ('the', 'millers', 'house')
    """
    return tuple(word.casefold() for word in _FOLDED_WORD.findall(fold_words(phrase)))


def word_readings(text: str) -> tuple[str, ...]:
    r"""Return all words that a reader may look for in a text: its own, and the parts of those that have some.

    Examples
    --------
    >>> word_readings("l’eau, cross-\nborder")
    ('leau', 'crossborder', 'l', 'eau', 'cross', 'border')
    """
    parted = fold_words(BROKEN.sub(" ", text), whole=False)
    return tuple(dict.fromkeys((*phrase_keys(text), *(w.casefold() for w in _FOLDED_WORD.findall(parted)))))


@lru_cache(maxsize=1 << 16)
def word_key(word: str) -> str:
    """Return a word as it is compared; where it is several, they run together.

    Examples
    --------
    >>> word_key("Miller’s"), word_key("İREVAN")
    ('millers', 'irevan')
    """
    return "".join(phrase_keys(word))

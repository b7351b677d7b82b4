"""Words without their endings, so that the forms of a word count as one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sourcebook.reuse.text_arrays import Read, hash_keys
from sourcebook.text.words import word_key

__all__ = ["Vocabulary", "stem", "stem_words"]

HashArray = npt.NDArray[np.uint64]

SUFFIXES = (
    ("ational", "at"), ("ization", "iz"), ("isation", "iz"), ("fulness", "ful"), ("ations", "at"),
    ("ation", "at"), ("ments", "ment"), ("ingly", ""), ("edly", ""), ("ness", ""), ("ions", ""),
    ("ing", ""), ("ied", "y"), ("ies", "y"), ("ion", ""), ("ers", ""), ("ise", "iz"),
    ("ed", ""), ("er", ""), ("es", ""), ("ly", ""), ("s", ""), ("e", ""),
)  # fmt: skip


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """Return a word without its most usual English endings; a rough cut, the same for every form.

    Examples
    --------
    >>> stem("burned"), stem("burning"), stem("stories"), stem("story")
    ('burn', 'burn', 'story', 'story')
    """
    for suffix, instead in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: len(word) - len(suffix)] + instead
    return word


def stem_words(texts: Sequence[str], read: Read) -> tuple[HashArray, HashArray]:
    """Return the different words of texts and the stem of each.

    Parameters
    ----------
    texts : sequence of str
        The texts.
    read : Read
        Their words.

    Returns
    -------
    tuple of uint64 arrays
        Hashes of the words, ascending, and of their stems.
    """
    distinct, at = np.unique(read.keys, return_index=True)
    owners = np.searchsorted(np.cumsum(read.sizes), at, side="right")
    places = zip(owners.tolist(), read.starts[at].tolist(), read.ends[at].tolist(), strict=True)
    spelled = [texts[owner][start:end] for owner, start, end in places]
    return distinct, hash_keys([stem(word_key(word)) for word in spelled])


class Vocabulary:
    """The different words of texts that are read some at a time, and the stem of each.

    Attributes
    ----------
    words, stems : uint64 arrays
        Hashes of the words, ascending, and of their stems.
    """

    def __init__(self) -> None:
        self.words = np.zeros(0, dtype=np.uint64)
        self.stems = np.zeros(0, dtype=np.uint64)

    def add(self, texts: Sequence[str], read: Read) -> None:
        """Add the words of some texts."""
        words, stems = stem_words(texts, read)
        self.words, first = np.unique(np.concatenate([self.words, words]), return_index=True)
        self.stems = np.concatenate([self.stems, stems])[first]

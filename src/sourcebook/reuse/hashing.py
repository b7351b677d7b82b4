r"""Words of texts as 64-bit hashes with their places, and shingles of words as 64-bit hashes.

The one definition, for every text and with or without compiled code: a *word* is a maximal run of
characters that Unicode counts as letters, digits or the underscore (``\w`` of `re`); two words are the same
where their case-folded forms are. A *shingle* is ``ngram`` words in a row; a text of fewer words, but at least
one, has one shingle, of all its words.

Texts in ASCII are read as bytes, many at a time. In other texts every character beyond ASCII that is no
part of a word is first made a space and the rest is case-folded; then the same bytes are read. So a hash
depends on the words alone, and indexes built in parts, or on several machines, are the same index.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from sourcebook.reuse import kernels
from sourcebook.text.words import PLAIN_WORD, fold_case

__all__ = ["Shingles", "WordHashes", "encoded", "hash_shingles", "hash_words"]

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class WordHashes:
    """The words of several texts, one text after another.

    Attributes
    ----------
    hashes : numpy.ndarray of uint64, shape (words,)
        The hash of each word.
    first : numpy.ndarray of int64, shape (texts + 1,)
        Text ``t`` has the words ``first[t]`` up to and without ``first[t + 1]``.
    starts, ends : numpy.ndarray of int64, shape (words,)
        Half-open place of each word in its own text, in code points; empty where they were not asked for.
    """

    hashes: Hashes
    first: Places
    starts: Places
    ends: Places


@dataclass(frozen=True, kw_only=True, eq=False)
class Shingles:
    """The shingles of several texts, one text after another, each text's in the order of its words.

    Attributes
    ----------
    hashes : numpy.ndarray of uint64, shape (shingles,)
        The hash of each shingle. The ``k``-th shingle of a text begins at its ``k``-th word.
    first : numpy.ndarray of int64, shape (texts + 1,)
        Text ``t`` has the shingles ``first[t]`` up to and without ``first[t + 1]``.
    """

    hashes: Hashes
    first: Places


def hash_words(
    texts: Sequence[str], *, offsets: bool = False, compiled: bool = False, block: int = 1 << 18
) -> WordHashes:
    """Return the words of texts as hashes, and their places.

    Parameters
    ----------
    texts : sequence of str
        The texts.
    offsets : bool
        Whether the places of the words are wanted too.
    compiled : bool
        Whether numba reads the bytes (the extra ``fast``); the result is the same.
    block : int
        About how many characters are read at a time.

    Returns
    -------
    WordHashes
        Words, and the range of each text.

    Examples
    --------
    >>> words = hash_words(["The bridge — the BRIDGE!"], offsets=True)
    >>> [(int(a), int(b)) for a, b in zip(words.starts, words.ends)]
    [(0, 3), (4, 10), (13, 16), (17, 23)]
    >>> bool(words.hashes[0] == words.hashes[2] and words.hashes[1] == words.hashes[3])
    True
    """
    read = kernels.reader(compiled)
    parts = []
    counts = [np.zeros(1, dtype=np.int64)]
    for low, high in _blocks(texts, block):
        some = texts[low:high]
        data, bounds, plain = _encode(some)
        hashes, starts, ends = read(data)
        first = np.searchsorted(starts, bounds)
        counts.append(np.diff(first))
        if offsets:
            shift = np.repeat(bounds[:-1], counts[-1])
            starts, ends = starts - shift, ends - shift
            for number in np.flatnonzero(~plain).tolist():
                spans = [match.span() for match in PLAIN_WORD.finditer(some[number])]
                span = slice(first[number], first[number + 1])
                starts[span], ends[span] = np.array(spans, dtype=np.int64).reshape(-1, 2).T
            parts.append((hashes, starts, ends))
        else:
            parts.append((hashes, starts[:0], ends[:0]))
    empty = np.zeros(0, dtype=np.int64)
    parts = parts or [(empty.astype(np.uint64), empty, empty)]
    joined = parts[0] if len(parts) == 1 else [np.concatenate([part[k] for part in parts]) for k in range(3)]
    return WordHashes(
        hashes=joined[0], first=np.cumsum(np.concatenate(counts)), starts=joined[1], ends=joined[2]
    )


def hash_shingles(words: WordHashes, ngram: int) -> Shingles:
    """Return the shingles of texts from their words.

    Parameters
    ----------
    words : WordHashes
        From `hash_words`.
    ngram : int
        Words in a shingle.

    Returns
    -------
    Shingles
        One hash for each place where a shingle begins, repeated ones included.

    Raises
    ------
    ValueError
        Where ``ngram`` is below 1.

    Examples
    --------
    >>> words = hash_words(["one two three four", "Two, three!", ""])
    >>> hash_shingles(words, 2).first.tolist()
    [0, 3, 4, 4]
    >>> found = hash_shingles(words, 2).hashes
    >>> bool(found[1] == found[3])
    True
    """
    if ngram < 1:
        raise ValueError(f"ngram: expected at least 1; found {ngram}")
    length = np.diff(words.first)
    count = np.where(length >= ngram, length - ngram + 1, np.minimum(length, 1))
    first = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(count)])
    return Shingles(hashes=kernels.shingles(words.hashes, words.first, first, ngram), first=first)


def encoded(texts: Sequence[str], *, block: int = 1 << 18) -> Iterator[tuple[bytes, Places]]:
    """Yield texts as bytes from which words are read, a block at a time, and where each text begins in it.

    Parameters
    ----------
    texts : sequence of str
        The texts.
    block : int
        About how many characters are yielded at a time.

    Yields
    ------
    tuple of bytes and numpy.ndarray of int64
        Folded texts in UTF-8, each with a line feed behind it but the last; and where they begin, with the place
        behind the last line feed.
    """
    for low, high in _blocks(texts, block) or [(0, 0)]:
        data, bounds, _ = _encode(texts[low:high])
        yield data, bounds


def _blocks(texts: Sequence[str], size: int) -> list[tuple[int, int]]:
    """Cut a sequence of texts into runs of about so many characters."""
    total = np.array(list(accumulate(map(len, texts))), dtype=np.int64)
    if not total.size:
        return []
    cuts = np.unique(np.searchsorted(total, np.arange(size, int(total[-1]) + size, size), side="right"))
    edges = [0, *(int(cut) for cut in cuts if 0 < cut < total.size), total.size]
    return [(low, high) for low, high in pairwise(edges) if low < high]


def _encode(texts: Sequence[str]) -> tuple[bytes, Places, npt.NDArray[np.bool_]]:
    """Return texts as bytes parted by line feeds, where each begins, and which are ASCII as they are."""
    joined = "\n".join(texts)
    if joined.isascii():
        lengths = list(map(len, texts))
        data, plain = joined.encode("ascii"), np.ones(len(texts), dtype=np.bool_)
    else:
        plain = np.array([text.isascii() for text in texts], dtype=np.bool_)
        pieces = [
            text.encode("ascii") if text.isascii() else fold_case(text).encode("utf-8") for text in texts
        ]
        data, lengths = b"\n".join(pieces), list(map(len, pieces))
    bounds = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum(np.array(lengths, dtype=np.int64) + 1, out=bounds[1:])
    return data, bounds, plain

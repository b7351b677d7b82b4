"""Bytes to word hashes to shingle hashes, in numpy; numba does the same where it is asked for and there.

All arithmetic is on unsigned 64-bit numbers, modulo 2**64. A word is cut into blocks of eight bytes, the last
filled up with zeros, read with the low byte first; from ``h = SEED``, each block gives
``h = (h XOR block)·WORD`` and ``h = h XOR (h >> 32)``. For words up to eight bytes this is one to one.
Shingles are polynomials in their words, mixed at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt

from sourcebook.reuse.constants import MIX, ROLL, SEED, SHORT, TABLE, WORD

__all__ = ["can_compile", "mix", "read_words", "reader", "shingles"]

Bytes = npt.NDArray[np.uint8]
Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Reader = Callable[[bytes], tuple[Hashes, Places, Places]]

MASKS = np.array([(1 << (8 * count)) - 1 for count in range(9)], dtype=np.uint64)


def can_compile() -> bool:
    """Return whether numba is installed (the extra ``fast``)."""
    return find_spec("numba") is not None


def reader(compiled: bool) -> Reader:
    """Return the function that reads words from bytes: `read_words`, or the compiled one."""
    if not compiled:
        return read_words
    from sourcebook.reuse import _compiled

    return _compiled.read_words


def read_words(data: bytes) -> tuple[Hashes, Places, Places]:
    """Return hash, start and end of every word in bytes.

    Parameters
    ----------
    data : bytes
        UTF-8. Bytes beyond ASCII are parts of words.

    Returns
    -------
    tuple of numpy.ndarray
        Hashes (uint64), starts and half-open ends (int64, in bytes).
    """
    buffer = np.zeros(len(data) + 16, dtype=np.uint8)
    buffer[1 : len(data) + 1] = np.frombuffer(data.translate(TABLE), dtype=np.uint8)
    inside = buffer != 0
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    starts, ends = edges[::2], edges[1::2]
    blocks = np.ndarray((len(data) + 8,), dtype="<u8", buffer=buffer.data, offset=1, strides=(1,))
    left = ends - starts
    hashes = blocks[starts] & MASKS[np.minimum(left, 8)]
    hashes ^= np.uint64(SEED)
    hashes *= np.uint64(WORD)
    hashes ^= hashes >> np.uint64(32)
    longer = np.flatnonzero(left > 8)
    done = 8
    while longer.size:
        part = hashes[longer]
        part ^= blocks[starts[longer] + done] & MASKS[np.minimum(left[longer] - done, 8)]
        part *= np.uint64(WORD)
        part ^= part >> np.uint64(32)
        hashes[longer] = part
        done += 8
        longer = longer[left[longer] > done]
    return hashes, starts, ends


def shingles(words: Hashes, first_word: Places, first: Places, ngram: int) -> Hashes:
    """Return the hash of every shingle.

    Parameters
    ----------
    words : numpy.ndarray of uint64
        Word hashes of several texts, one text after another.
    first_word, first : numpy.ndarray of int64
        Where the words and where the shingles of each text begin, with the end behind the last.
    ngram : int
        Words in a shingle.

    Returns
    -------
    numpy.ndarray of uint64
        One for each shingle, text after text.
    """
    if not first[-1]:
        return np.zeros(0, dtype=np.uint64)
    length = np.diff(first_word)
    whole = length >= ngram
    out = np.empty(int(first[-1]), dtype=np.uint64)
    count = words.size - ngram + 1
    if count > 0 and whole.any():
        total = words[:count].copy()
        for k in range(1, ngram):
            total *= np.uint64(ROLL)
            total += words[k : k + count]
        mix(total)
        inside = np.zeros(words.size + 1, dtype=np.int8)
        np.add.at(inside, first_word[:-1][whole], 1)
        np.add.at(inside, first_word[1:][whole] - ngram + 1, -1)
        chosen = total[np.cumsum(inside, dtype=np.int8)[:count].view(np.bool_)]
    else:
        chosen = np.zeros(0, dtype=np.uint64)
    if whole.all():
        return chosen
    is_short = np.zeros(out.size, dtype=np.bool_)
    for size in range(1, min(ngram, int(length.max()) + 1)):
        texts = np.flatnonzero(length == size)
        total = np.full(texts.size, size * SHORT % (1 << 64), dtype=np.uint64)
        for k in range(size):
            total *= np.uint64(ROLL)
            total += words[first_word[texts] + k]
        out[first[texts]] = mix(total)
        is_short[first[texts]] = True
    out[~is_short] = chosen
    return out


def mix(values: Hashes) -> Hashes:
    """Mix values in place, one to one, so that every bit depends on all; return them."""
    values ^= values >> np.uint64(32)
    values *= np.uint64(MIX)
    values ^= values >> np.uint64(32)
    return values

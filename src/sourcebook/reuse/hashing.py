r"""Words of texts as 64-bit hashes with their places, and shingles of words as 64-bit hashes.

What a word is, and when two are the same, is defined in ``sourcebook.text.words``; this module reads the same words
from bytes, many texts at a time, and gives each the hash of what is compared. A *shingle* is ``ngram`` words in a
row; a text of fewer words, but at least one, has one shingle, of all its words.

For shared passages an apostrophe inside a word is left out. Near-duplicates are compared over the parts of such words,
as every tool that counts shingles does: ``miller's`` gives two.

Texts in ASCII are read as they are, unless they have markup or words broken at the end of a line. Such texts, and those
beyond ASCII, are folded first; then the same bytes are read. So a hash depends on the words alone, and indexes built
in parts, or on several machines, are the same index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from sourcebook.reuse import kernels
from sourcebook.text.folding import BROKEN, ENTITY, TAG, Folded, is_joined, is_tag
from sourcebook.text.words import fold_words, track_words

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
    texts: Sequence[str],
    *,
    offsets: bool = False,
    whole: bool = False,
    compiled: bool = False,
    block: int = 1 << 18,
) -> WordHashes:
    """Return the words of texts as hashes, and their places.

    Parameters
    ----------
    texts : sequence of str
        The texts.
    offsets : bool
        Whether the places of the words are wanted too.
    whole : bool
        Whether an apostrophe inside a word is left out; otherwise it parts the word in two.
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
        some = _encode(texts[low:high], offsets=offsets, whole=whole)
        hashes, starts, ends = read(some.data)
        first = np.searchsorted(starts, some.bounds)
        counts.append(np.diff(first))
        places = some.places(starts, ends, first) if offsets else (starts[:0], ends[:0])
        parts.append((hashes, *places))
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
        some = _encode(texts[low:high], offsets=False, whole=False)
        yield some.data, some.bounds


def _blocks(texts: Sequence[str], size: int) -> list[tuple[int, int]]:
    """Cut a sequence of texts into runs of about so many characters."""
    total = np.array(list(accumulate(map(len, texts))), dtype=np.int64)
    if not total.size:
        return []
    cuts = np.unique(np.searchsorted(total, np.arange(size, int(total[-1]) + size, size), side="right"))
    edges = [0, *(int(cut) for cut in cuts if 0 < cut < total.size), total.size]
    return [(low, high) for low, high in pairwise(edges) if low < high]


#: Of each byte, whether it is one of the signs that may join or part words, white space, a letter, a letter or digit.
_SIGNS = bytes(chr(byte) in "'<&*~-" for byte in range(256))
_SPACES, _LETTERS, _ALNUM = (
    np.array([byte < 128 and test(chr(byte)) for byte in range(256)])
    for test in (str.isspace, str.isalpha, str.isalnum)
)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Encoded:
    """Texts as bytes from which words are read.

    Attributes
    ----------
    data : bytes
        Texts in UTF-8, a byte 0 behind each but the last, without the apostrophes inside words.
    bounds : numpy.ndarray of int64
        Where each text begins, with the place behind the byte that would follow the last.
    removed : numpy.ndarray of int64
        Where apostrophes have been removed, each counted without those before it.
    folded : dict of int to Folded
        By number, the texts that are not read as they are; only where places are wanted.
    """

    data: bytes
    bounds: Places
    removed: Places
    folded: dict[int, Folded]

    def places(self, starts: Places, ends: Places, first: Places) -> tuple[Places, Places]:
        """Return places of words in the bytes as places in their own texts, in code points."""
        shift = np.repeat(
            self.bounds[:-1] + np.searchsorted(self.removed, self.bounds[:-1], "left"), np.diff(first)
        )
        own_starts = starts + np.searchsorted(self.removed, starts, "right") - shift
        own_ends = ends + np.searchsorted(self.removed, ends - 1, "right") - shift
        for number, folded in self.folded.items():
            span = slice(first[number], first[number + 1])
            own = own_starts[span], own_ends[span]
            if not folded.text.isascii():
                data = np.frombuffer(folded.text.encode("utf-8", "surrogatepass"), dtype=np.uint8)
                before = np.concatenate([[0], np.cumsum((data & 0xC0) != 0x80)])
                own = before[own[0]], before[own[1]]
            own_starts[span], own_ends[span] = folded.raw(*own)
        return own_starts, own_ends


def _encode(texts: Sequence[str], *, offsets: bool, whole: bool) -> _Encoded:
    """Return texts as bytes from which words are read; where ``offsets``, with what leads back to their places."""
    folded: dict[int, Folded] = {}
    pieces = list(texts)

    def fold(numbers: Iterable[int]) -> tuple[bytes, Places, Places]:
        for number in numbers:
            if offsets:
                folded[number] = track_words(texts[number], whole=whole)
                pieces[number] = folded[number].text
            else:
                pieces[number] = fold_words(texts[number], whole=whole)
        data, bounds = _joined(pieces)
        return data, bounds, np.flatnonzero(np.frombuffer(data.translate(_SIGNS), dtype=np.bool_))

    beyond = [number for number, text in enumerate(texts) if not text.isascii()]
    data, bounds, signs = fold(beyond)
    if odd := _odd(texts, data, bounds, signs, set(beyond)):
        data, bounds, signs = fold(odd)
    buffer = np.frombuffer(data + bytes(1), dtype=np.uint8)
    inner = signs[buffer[signs] == ord("'")] if whole else signs[:0]
    inner = inner[_ALNUM[buffer[inner - 1]] & _ALNUM[buffer[inner + 1]]]
    if inner.size:
        data, bounds = np.delete(buffer[:-1], inner).tobytes(), bounds - np.searchsorted(inner, bounds)
    return _Encoded(data=data, bounds=bounds, removed=inner - np.arange(inner.size), folded=folded)


def _joined(pieces: Sequence[str]) -> tuple[bytes, Places]:
    """Return texts as bytes parted by the byte 0, and where each begins."""
    encoded = [piece.encode("utf-8", "surrogatepass") for piece in pieces]
    bounds = np.zeros(len(pieces) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, encoded), dtype=np.int64, count=len(pieces)) + 1, out=bounds[1:])
    return b"\0".join(encoded), bounds


def _odd(texts: Sequence[str], data: bytes, bounds: Places, signs: Places, known: set[int]) -> list[int]:
    """Return the texts that have markup or broken words, beside those known to need folding."""
    buffer = np.frombuffer(data + bytes(1), dtype=np.uint8)
    sign, before, after = buffer[signs], buffer[signs - 1], buffer[signs + 1]
    maybe = (sign == ord("*")) | ((sign == ord("~")) & (after == ord("~")))
    maybe |= (sign == ord("<")) & (_LETTERS[after] | (after == ord("/")) | (after == ord("!")))
    maybe |= (sign == ord("&")) & (_ALNUM[after] | (after == ord("#")))
    maybe |= (sign == ord("-")) & _LETTERS[before] & _SPACES[after]
    places = signs[maybe]
    numbers = np.searchsorted(bounds, places, side="right") - 1
    found: dict[int, None] = {}
    for number, place in zip(numbers.tolist(), (places - bounds[numbers]).tolist(), strict=True):
        if number not in known and number not in found and _changes(texts[number], place):
            found[number] = None
    return list(found)


def _changes(text: str, place: int) -> bool:
    """Return whether a sign of a text in ASCII may change what its words are."""
    sign = text[place]
    if sign == "-":
        broken = BROKEN.match(text, place)
        return broken is not None and is_joined(broken)
    if sign == "&":
        return ENTITY.match(text, place) is not None
    if sign == "<":
        tag = TAG.match(text, place)  # what is one only because it is closed, is so by the tag that closes it
        return tag is not None and is_tag(tag)
    return True

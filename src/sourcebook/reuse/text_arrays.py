"""Words of many texts as arrays of hashes with places; texts in ASCII are read as bytes, all at once.

What a word is, and when two are the same, is defined in :mod:`sourcebook.text.words`; this module gives the hash
of what is compared there. Hashes of words are even numbers, which leaves the odd ones for what is no word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from sourcebook.reuse import kernels
from sourcebook.reuse.constants import TABLE
from sourcebook.text.words import WORD, split_words

__all__ = ["Read", "hash_keys", "read_texts"]

IntArray = npt.NDArray[np.int64]
HashArray = npt.NDArray[np.uint64]

APOSTROPHE = re.compile(rb"'(?<=[0-9A-Za-z]')(?=[0-9A-Za-z])")
INNER = b"\xff"  # an apostrophe within a word; the byte occurs in no UTF-8
NO_UNDERSCORE = bytes(32 if byte == 95 else byte for byte in range(256))
# Signs beyond ASCII that are no part of a word, made spaces; typographic apostrophes, made plain ones.
SIMPLE = {
    code: " "
    for code in (*range(0x80, 0xC0), *range(0x2000, 0x2070), *range(0x20A0, 0x20D0), *range(0x2190, 0x2460))
    if not WORD.match(chr(code)) and code != 0xAD
} | {0x2019: "'"}
BLOCK = 1 << 20
EVEN = ~np.uint64(1)


@dataclass(frozen=True, kw_only=True)
class Read:
    """The words of some texts, one text after the other.

    Attributes
    ----------
    keys : uint64 array
        Hash of each word as it is compared.
    starts, ends : int32 arrays
        Half-open place of each word in its text, in code points.
    sizes : int64 array
        How many words each text has.
    """

    keys: HashArray
    starts: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]
    sizes: IntArray


def read_texts(texts: Sequence[str], fast: bool = False) -> Read:
    """Return the words of texts; where ``fast``, by compiled code.

    Examples
    --------
    >>> read = read_texts(["Don't cross", "the river; don’t"])
    >>> bool(read.keys[0] == read.keys[4])
    True
    >>> read.starts.tolist(), read.ends.tolist(), read.sizes.tolist()
    ([0, 6, 0, 4, 11], [5, 11, 3, 9, 16], [2, 3])
    """
    parts, low, size = [], 0, 0
    for high, text in enumerate(texts, 1):
        size += len(text)
        if size >= BLOCK or high == len(texts):
            parts.append(_read_block(texts[low:high], kernels.reader(fast)))
            low, size = high, 0
    if not parts:
        parts = [_read_block([], kernels.read_words)]
    return Read(
        keys=np.concatenate([part.keys for part in parts]),
        starts=np.concatenate([part.starts for part in parts]),
        ends=np.concatenate([part.ends for part in parts]),
        sizes=np.concatenate([part.sizes for part in parts]),
    )


def _read_block(texts: Sequence[str], reader: kernels.Reader) -> Read:
    """Read the texts in ASCII together, the others one by one, and put them in their order."""
    simple = [text if text.isascii() else text.translate(SIMPLE) for text in texts]
    plain = [text.isascii() for text in simple]
    read = _read_ascii(
        [text if is_plain else "" for text, is_plain in zip(simple, plain, strict=True)], reader
    )
    if all(plain):
        return read
    others = {number: split_words(texts[number]) for number, is_plain in enumerate(plain) if not is_plain}
    sizes = read.sizes.copy()
    for number, words in others.items():
        sizes[number] = len(words.keys)
    own = np.repeat(np.array(plain), sizes)
    keys, starts = np.empty(own.size, dtype=np.uint64), np.empty(own.size, dtype=np.int32)
    ends = np.empty_like(starts)
    keys[own], starts[own], ends[own] = read.keys, read.starts, read.ends
    keys[~own] = hash_keys([key for words in others.values() for key in words.keys])
    starts[~own] = [start for words in others.values() for start in words.starts]
    ends[~own] = [end for words in others.values() for end in words.ends]
    return Read(keys=keys, starts=starts, ends=ends, sizes=sizes)


def _read_ascii(texts: Sequence[str], reader: kernels.Reader) -> Read:
    data = APOSTROPHE.sub(INNER, "\n".join(texts).encode("ascii").translate(NO_UNDERSCORE))
    hashes, starts, ends = reader(data)
    hashes = hashes & EVEN
    if INNER in data:
        marks = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == INNER[0])
        words = np.unique(np.searchsorted(starts, marks, side="right") - 1)
        spelled = [data[start:end] for start, end in zip(starts[words], ends[words], strict=True)]
        hashes[words] = hash_keys([word.replace(INNER, b"").decode().lower() for word in spelled])
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    bounds = np.concatenate([[0], np.cumsum(lengths + 1)])
    sizes = np.diff(np.searchsorted(starts, bounds))
    shift = np.repeat(bounds[:-1], sizes)
    return Read(
        keys=hashes,
        starts=(starts - shift).astype(np.int32),
        ends=(ends - shift).astype(np.int32),
        sizes=sizes,
    )


def hash_keys(keys: Sequence[str]) -> HashArray:
    """Return the hashes of words that are given as they are compared."""
    distinct = {key: key.encode("utf-8", "surrogatepass") for key in set(keys)}
    whole = [key for key, data in distinct.items() if data and 0 not in data.translate(TABLE)]
    hashes = kernels.read_words(b"\n".join(distinct[key] for key in whole))[0] & EVEN
    known = dict(zip(whole, hashes.tolist(), strict=True))
    for key in distinct.keys() - known.keys():
        known[key] = int.from_bytes(blake2b(distinct[key], digest_size=8).digest()) & ~1
    return np.array([known[key] for key in keys], dtype=np.uint64)

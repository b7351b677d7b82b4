"""Words of many texts as arrays of hashes with places.

What a word is, and when two are the same, is defined in ``sourcebook.text.words``; this module has the hashes of
what is compared there, as :mod:`sourcebook.reuse.hashing` reads them. Hashes of words are even numbers, which leaves
the odd ones for what is no word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from sourcebook.reuse import kernels
from sourcebook.reuse.constants import TABLE
from sourcebook.reuse.hashing import hash_words

__all__ = ["Read", "hash_keys", "read_texts"]

IntArray = npt.NDArray[np.int64]
HashArray = npt.NDArray[np.uint64]

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
    words = hash_words(texts, offsets=True, whole=True, compiled=fast, block=BLOCK)
    return Read(
        keys=words.hashes & EVEN,
        starts=words.starts.astype(np.int32),
        ends=words.ends.astype(np.int32),
        sizes=np.diff(words.first),
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

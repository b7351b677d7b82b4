"""A collection of texts as arrays, and places in the arrays as rows with the texts' own words."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import IO

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.core.files import named
from sourcebook.reuse import kernels
from sourcebook.reuse.inputs import Texts
from sourcebook.reuse.stemming import Vocabulary
from sourcebook.reuse.stream import Stream, guard_keys, spread_keys
from sourcebook.reuse.text_arrays import read_texts

__all__ = ["COLUMNS", "DECIMALS", "Collection", "read_collection", "table_blocks"]

IntArray = npt.NDArray[np.int64]

CHUNK = 1 << 24  # characters
LARGE = 1 << 26  # characters from which on compiling pays
BLOCK = 20_000  # texts read again together
ROWS = 500_000  # passages of a frame
DECIMALS = 6
COLUMNS = {
    "source_a": "str",
    "start_a": "int64",
    "end_a": "int64",
    "exact_a": "str",
    "source_b": "str",
    "start_b": "int64",
    "end_b": "int64",
    "exact_b": "str",
    "words": "int64",
    "content_words": "int64",
    "similarity": "float64",
    "kind": "str",
}


@dataclass(frozen=True, kw_only=True)
class Collection:
    """The words of texts, and an order of the texts.

    Attributes
    ----------
    keys : uint64 array
        Those of a :class:`sourcebook.reuse.stream.Stream`.
    rank : int64 array
        For each text its place by length, words and id: an order of the texts' own.
    """

    keys: npt.NDArray[np.uint64]
    rank: IntArray


def _spill(pieces: Sequence[npt.NDArray[np.uint64]], file: IO[bytes]) -> None:
    with named(tempfile.gettempdir()):
        file.write(np.concatenate(pieces).data)
        file.flush()


def read_collection(
    texts: Texts, guard: int, memory: int, vocabulary: Vocabulary | None = None
) -> Collection:
    """Read all texts once.

    Parameters
    ----------
    texts : Texts
        The texts; read here for the first time.
    guard : int
        How many words that equal no others are at both ends of the stream.
    memory : int
        Where the words may take more than a quarter of so many bytes, they are kept in a temporary file.
    vocabulary : Vocabulary, optional
        Where the different words and their stems are collected.

    Returns
    -------
    Collection
        Words and order.
    """
    pieces = [guard_keys(0, guard)]
    marks: list[tuple[int, bytes]] = []
    fast = kernels.can_compile() and texts.expected >= LARGE
    with tempfile.TemporaryFile(prefix="sourcebook-") as file:
        for chunk in texts.chunks(CHUNK):
            read = read_texts(chunk, fast)
            if vocabulary is not None:
                vocabulary.add(chunk, read)
            pieces.append(spread_keys(read, guard + len(marks)))
            marks += [
                (len(text), blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest())
                for text in chunk
            ]
            if sum(piece.nbytes for piece in pieces) > memory // 4:
                _spill(pieces, file)
                pieces = []
        pieces.append(guard_keys(guard + len(marks), guard))
        if file.tell():
            _spill(pieces, file)
            keys: npt.NDArray[np.uint64] = np.memmap(file, dtype=np.uint64, mode="r")
        else:
            keys = np.concatenate(pieces)
    order = sorted(range(len(marks)), key=lambda number: (*marks[number], texts.ids[number]))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return Collection(keys=keys, rank=rank)


def table_blocks(texts: Texts, stream: Stream, hits: IntArray) -> Iterator[pd.DataFrame]:
    """Yield hits as rows with offsets and words, some at a time; the text that is given first is ``a``.

    Parameters
    ----------
    texts : Texts
        The texts.
    stream : Stream
        Their words.
    hits : int64 array, shape (n, 6) or (n, 7)
        As :func:`sourcebook.reuse.matching.find_hits` returns them; a seventh column of 1 says that the words
        in common are counted in any order.

    Yields
    ------
    DataFrame
        The columns of :func:`sourcebook.reuse.shared_passages`, rows in its order.
    """
    swap = hits[:, 0] > hits[:, 2]
    hits[swap, :4] = hits[swap][:, [2, 3, 0, 1]]
    text_b = stream.texts[hits[:, 2]]
    hits = hits[np.lexsort((hits[:, 3], hits[:, 2], text_b, hits[:, 1], hits[:, 0]))]
    for low in range(0, max(len(hits), 1), ROWS):
        yield _table(texts, stream, hits[low : low + ROWS])


def _table(texts: Texts, stream: Stream, hits: IntArray) -> pd.DataFrame:
    """Return some hits as rows."""
    sides = []
    for column in (0, 2):
        text = stream.texts[hits[:, column]].astype(np.int64)
        first = stream.firsts[text]
        sides.append(np.stack([text, hits[:, column] - first, hits[:, column + 1] - 1 - first], axis=1))
    length = hits[:, 1] - hits[:, 0] + hits[:, 3] - hits[:, 2]
    words = hits[:, 4]
    data: dict[str, object] = {}
    for name, spans in zip("ab", _spans(texts, sides), strict=True):
        data |= {f"{column}_{name}": values for column, values in spans.items()}
    data["words"], data["content_words"] = words, hits[:, 5]
    data["similarity"] = np.round(2 * words / length, DECIMALS)
    kind = np.where(length == 2 * words, "verbatim", "edited")
    data["kind"] = np.where(hits[:, 6] == 1, "reworded", kind) if hits.shape[1] > 6 else kind
    return pd.DataFrame(data, columns=list(COLUMNS)).astype(COLUMNS)


def _spans(texts: Texts, sides: Sequence[IntArray]) -> list[dict[str, object]]:
    """Return source, start, end and words of the passages of both sides; each text is read once more."""
    used = np.unique(np.concatenate([side[:, 0] for side in sides]))
    offsets = [np.zeros((len(side), 2), dtype=np.int64) for side in sides]
    exact: list[list[str]] = [[""] * len(side) for side in sides]
    for low in range(0, used.size, BLOCK):
        some = used[low : low + BLOCK]
        block = texts.take(some.tolist())
        read = read_texts(block)
        first = np.concatenate([[0], np.cumsum(read.sizes)])
        for side, out, quotes in zip(sides, offsets, exact, strict=True):
            at = np.flatnonzero((side[:, 0] >= some[0]) & (side[:, 0] <= some[-1]))
            own = np.searchsorted(some, side[at, 0])
            out[at, 0] = read.starts[first[own] + side[at, 1]]
            out[at, 1] = read.ends[first[own] + side[at, 2]]
            rows = zip(at.tolist(), own.tolist(), *out[at].T.tolist(), strict=True)
            for row, number, start, end in rows:
                quotes[row] = block[number][start:end]
    return [
        {
            "source": [texts.ids[number] for number in side[:, 0].tolist()],
            "start": out[:, 0],
            "end": out[:, 1],
            "exact": quotes,
        }
        for side, out, quotes in zip(sides, offsets, exact, strict=True)
    ]

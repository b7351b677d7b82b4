"""Near-duplicates: the pairs of texts that have most of their shingles in common."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.core.errors import SourcebookError
from sourcebook.reuse.duplicate_candidates import (
    TEXT_BITS,
    common_entries,
    fewer_entries,
    pairs_of_entries,
    pairs_to_check,
    sketch_part,
)
from sourcebook.reuse.engine import Engine, Progress, open_engine
from sourcebook.reuse.hashing import encoded, hash_shingles, hash_words
from sourcebook.reuse.inputs import TextInput, Texts, as_input
from sourcebook.reuse.kernels import can_compile
from sourcebook.reuse.settings import check_settings
from sourcebook.reuse.sketches import sketch_size

__all__ = ["near_duplicates"]

Numbers = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

COLUMNS = {"source_a": "str", "source_b": "str", "similarity": "float64"}
DECIMALS = 6
CHUNK = 1 << 22  # characters in a part
WORTH = 120_000_000  # characters from which loading numba takes less time than it saves
CHECKED = 1 << 12  # pairs that are verified together
MOST_BANDS = 256  # one of them takes less than what is kept of each text in any case
UNKNOWN_BANDS = 64  # where it is not known how long the texts are
BATCH_BITS = 13  # for the number of a text among these
LOW = np.uint64(BATCH_BITS)
HALF = np.uint64(32)


def near_duplicates(
    texts: TextInput,
    *,
    id_col: str | None = None,
    text_col: str | None = None,
    ngram: int = 5,
    threshold: float = 0.5,
    max_document_frequency: int = 2000,
    memory: str | int = "2GB",
    engine: str = "local",
    scheduler: str | None = None,
    workers: int | None = None,
    checkpoints: str | Path | None = None,
    fast: bool | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    r"""Find the pairs of texts whose Jaccard similarity, over shingles of words, reaches a threshold.

    A word is a run of letters, digits and underscores (``\\w`` of `re`), compared by its case-folded form; a
    shingle is ``ngram`` words in a row, or all words of a text that has fewer; the similarity is the number
    of different shingles that both texts have over that of those that either has. A text without a word is like
    no other. Candidates are found by sketches, and each is verified on all its shingles, so that a pair that is
    reported has the similarity that is reported.

    Parameters
    ----------
    texts : mapping, DataFrame, Series, iterable or path
        Text by source id; a frame with columns source_id (or id) and text; a series, with its index for ids; texts;
        pairs of id and text; or a path, or objects of :class:`pathlib.Path`, of JSON lines and CSV files (fields id, or
        source_id, and text), of text files, and of folders of text files. What is not in memory is read in chunks.
    id_col, text_col : str, optional
        The columns of a frame that hold ids and texts.
    ngram : int
        Words in a shingle.
    threshold : float
        The least similarity, above 0 and at most 1. A pair right at it is missed with a chance of at most
        one in a thousand, one well above it practically never; with 1, texts with the same shingles are found.
    max_document_frequency : int
        A shingle in more texts than this, equal texts counted once, makes no candidates, which bounds the work on
        boilerplate.
    memory : str or int
        What the work may hold at one time besides the texts that were given in memory, such as ``"2GB"``; beyond
        that it is cut into more parts, at most 256, and these go to temporary files. The result is the same. Ids, and
        about 40 bytes for each text, are kept in any case, and so is the result; the process itself, with its
        libraries, takes some 75 MB besides, and some 210 MB where code is compiled.
    engine : str
        ``"local"``, or ``"dask"`` for the workers of a cluster (the extra ``dask``). The result is the same.
    scheduler : str, optional
        Address of a Dask scheduler; without one, ``"dask"`` starts processes on this machine.
    fast : bool, optional
        Whether compiled code is used (the extra ``fast``); by default where it is installed and the
        texts are many. The result is the same.
    workers : int, optional
        Processes that may work at a time, by default as many as this one may use cores; work of a few seconds
        stays in this process. The result is the same.
    checkpoints : path, optional
        Folder in which the results of parts are kept until the work is done, so that a run that was killed goes on
        from them; parts of other texts, settings or versions are not taken.
    progress : callable, optional
        Called as ``progress(stage, done, total)``; total is 0 where it is not known.

    Returns
    -------
    DataFrame
        One row for each pair: source_a, source_b, in the order of the texts, and similarity (0 to 1, six
        decimals). Which pairs there are does not depend on the order of ``texts``.

    Raises
    ------
    DataError
        For texts that cannot be read, a text that is no text, or an id that is there twice.
    ValueError
        For a setting outside its range.
    SourcebookError
        Where an extra is asked for that is not installed, or the texts are too many.

    References
    ----------
    Broder, A. Z. (1997). On the resemblance and containment of documents. Proceedings of Compression and Complexity
    of Sequences 1997, 21-29.

    Examples
    --------
    >>> near_duplicates(
    ...     {
    ...         "first": "The old bridge fell in the great flood of May.",
    ...         "second": "the old bridge fell in the great flood, of May",
    ...         "third": "The old bridge fell in the great flood of June.",
    ...     },
    ...     ngram=2,
    ... ).values.tolist()
    [['first', 'second', 1.0], ['first', 'third', 0.8], ['second', 'third', 0.8]]
    """
    check_settings(
        {"ngram": (ngram, 1), "max_document_frequency": (max_document_frequency, 2)}, {"threshold": threshold}
    )
    if fast and not can_compile():
        raise SourcebookError('fast: expected numba, found none → pip install "sourcebook[fast]"')
    with (
        Texts(as_input(texts, id_col=id_col, text_col=text_col)) as source,
        open_engine(
            engine,
            scheduler=scheduler,
            memory=memory,
            workers=workers,
            checkpoints=checkpoints,
            progress=progress,
        ) as opened,
    ):
        search = _Search(source, opened, ngram, threshold, max_document_frequency, fast)
        left, right, similarity = search.run()
        ids = np.array(source.ids, dtype=object)
        return pd.DataFrame(
            {"source_a": ids[left], "source_b": ids[right], "similarity": similarity.round(DECIMALS)}
        ).astype(COLUMNS)


class _Search:
    """One search: the stages, and what they hand on."""

    def __init__(
        self, source: Texts, engine: Engine, ngram: int, threshold: float, cap: int, fast: bool | None
    ) -> None:
        self.source, self.engine = source, engine
        self.ngram, self.threshold, self.cap = ngram, threshold, cap
        self.size, self.shared = sketch_size(threshold)
        self.fast, self.compiled = fast, False
        entries = (source.expected // 500 + 1) * self.size * 8 * 8
        wanted = max(UNKNOWN_BANDS if source.unknown else 1, engine.cut(entries, MOST_BANDS))
        self.bands = 1 << (wanted - 1).bit_length()

    def run(self) -> tuple[Places, Places, npt.NDArray[np.float64]]:
        """Return numbers of texts and similarities, sorted."""
        facts, bands = self._sketches()
        first, members = _exact_duplicates(facts)
        duplicates = np.packbits((first != np.arange(first.size)) | (facts[:, 1] == 0), bitorder="little")
        whole = np.ceil(self.threshold * facts[:, 2].astype(np.float64) - 1e-9)
        need = np.minimum(whole, self.shared).astype(np.uint8)
        candidates = self._candidates(bands, duplicates, need)
        left, right, similarity = self._verified(candidates)
        left, right, similarity = _with_exact_duplicates(left, right, similarity, first, members)
        order = np.lexsort((right, left))
        return left[order], right[order], similarity[order]

    def _sketches(self) -> tuple[Numbers, list[object]]:
        stored = self.engine.shuffle(sketch_part, self._parts(), self.bands + 1, label="sketches")
        (facts,) = self.engine.map(_itself, [(stored.pop(),)], label="sizes of texts")
        return facts.reshape(-1, 3), stored

    def _parts(self) -> Iterator[tuple[list[str], int, int, int, int, bool]]:
        """Yield the parts of the first stage; a part without texts comes first, so that there is one."""
        first = characters = 0
        for chunk in chain([[]], self.source.chunks(CHUNK)):
            characters += sum(map(len, chunk))
            fast = self.fast
            if fast is None:
                fast = max(self.source.expected, characters) >= WORTH and can_compile()
            self.compiled = fast
            yield chunk, first, self.ngram, self.size, self.bands, fast
            first += len(chunk)
            if first > 1 << TEXT_BITS:
                raise SourcebookError(
                    f"texts: expected at most {1 << TEXT_BITS:,}, found more → search parts of them, pair by pair"
                )

    def _candidates(
        self, bands: list[object], duplicates: npt.NDArray[np.uint8], need: npt.NDArray[np.uint8]
    ) -> Numbers:
        count = self.bands
        shuffle = self.engine.shuffle
        by_text = shuffle(
            common_entries, [(band, duplicates, count) for band in bands], count, label="common shingles"
        )
        by_entry = shuffle(
            fewer_entries, [(part, need, self.cap, count) for part in by_text], count, label="rare shingles"
        )
        by_pair = shuffle(pairs_of_entries, [(band, count) for band in by_entry], count, label="pairs")
        found = self.engine.map(pairs_to_check, [(part, need) for part in by_pair], label="candidates")
        return np.sort(np.concatenate(list(found)))

    def _verified(self, pairs: Numbers) -> tuple[Places, Places, npt.NDArray[np.float64]]:
        batches = [pairs[k : k + CHECKED] for k in range(0, pairs.size, CHECKED)]
        found = list(self.engine.map(verify, _Batches(self, batches), label="verification"))
        similarity = np.concatenate([np.zeros(0), *found])
        kept = similarity >= self.threshold
        pairs = pairs[kept]
        left, right = (pairs >> HALF).astype(np.int64), (pairs & np.uint64(2**32 - 1)).astype(np.int64)
        return left, right, similarity[kept]


class _Batches:
    """The parts of the verification, each made when it is asked for; their number is known."""

    def __init__(self, search: _Search, batches: list[Numbers]) -> None:
        self._search, self._batches = search, batches

    def __len__(self) -> int:
        return len(self._batches)

    def __iter__(self) -> Iterator[tuple[list[str], Places, Places, int, bool]]:
        for pairs in self._batches:
            both = np.stack([pairs >> HALF, pairs & np.uint64(2**32 - 1)]).astype(np.int64)
            numbers, place = np.unique(both, return_inverse=True)
            place = place.reshape(both.shape)
            search = self._search
            yield search.source.take(numbers.tolist()), place[0], place[1], search.ngram, search.compiled


def verify(
    texts: list[str], left: Places, right: Places, ngram: int, compiled: bool = False
) -> npt.NDArray[np.float64]:
    """Return the similarity of pairs of texts, on all their shingles.

    Parameters
    ----------
    texts : list of str
        The texts, at most 2**13.
    left, right : numpy.ndarray of int64
        Positions in ``texts`` of each pair.
    ngram : int
        Words in a shingle.
    compiled : bool
        Whether numba does it; the result is the same.

    Returns
    -------
    numpy.ndarray of float64
        For each pair, shared shingles over all. Shingles are distinguished by 51 bits; the chance
        that one count is wrong is below 1e-10 for two texts of a thousand words.
    """
    if compiled:
        from sourcebook.reuse import _compiled

        sizes, common = _compiled.common_shingles(encoded(texts), left, right, ngram, BATCH_BITS)
    else:
        sizes, common = _common_shingles(texts, left, right, ngram)
    similarity: npt.NDArray[np.float64] = common / np.maximum(sizes[left] + sizes[right] - common, 1)
    return similarity


def _common_shingles(texts: list[str], left: Places, right: Places, ngram: int) -> tuple[Places, Places]:
    """Return how many different shingles each text has, and how many each pair has in common."""
    shingles = hash_shingles(hash_words(texts), ngram)
    lengths = np.diff(shingles.first)
    text = np.repeat(np.arange(lengths.size, dtype=np.uint64), lengths)
    keys = np.sort(text << np.uint64(64 - BATCH_BITS) | shingles.hashes >> LOW)
    keys = keys[np.concatenate([np.ones(min(1, keys.size), dtype=np.bool_), keys[1:] != keys[:-1]])]
    sizes = np.bincount((keys >> np.uint64(64 - BATCH_BITS)).astype(np.int64), minlength=len(texts))
    starts = np.cumsum(sizes) - sizes
    pair = np.arange(left.size, dtype=np.uint64) << np.uint64(64 - BATCH_BITS)
    mask = np.uint64((1 << (64 - BATCH_BITS)) - 1)
    sides = []
    for side in (left, right):
        count = sizes[side]
        place = np.arange(int(count.sum())) + np.repeat(starts[side] - (np.cumsum(count) - count), count)
        sides.append(np.repeat(pair, count) | (keys[place] & mask))
    both = np.sort(np.concatenate(sides))
    shared = both[1:][both[1:] == both[:-1]] >> np.uint64(64 - BATCH_BITS)
    return sizes, np.bincount(shared.astype(np.int64), minlength=left.size)


def _itself(array: Numbers) -> Numbers:
    return array


def _exact_duplicates(facts: Numbers) -> tuple[Places, Places]:
    """Return for each text the first one with the same shingles, and all texts sorted by that."""
    numbers = np.arange(facts.shape[0])
    # Few sums begin with the same bits; only the texts that have these are sorted by all.
    mask = np.uint64((1 << TEXT_BITS) - 1)
    begins = np.sort(facts[:, 0] & ~mask | numbers.astype(np.uint64))
    alike = np.zeros(numbers.size, dtype=np.bool_)
    alike[1:] = (begins[1:] ^ begins[:-1]) <= mask
    alike[:-1] |= alike[1:]
    some = np.sort((begins[alike] & mask).astype(np.int64))
    order = some[np.lexsort((facts[some, 1], facts[some, 0]))]
    same = np.zeros(order.size, dtype=np.bool_)
    same[1:] = (facts[order[1:], :2] == facts[order[:-1], :2]).all(axis=1)
    leader = np.maximum.accumulate(np.where(same, 0, np.arange(order.size)))
    first = numbers.copy()
    first[order] = order[leader]
    first[facts[:, 1] == 0] = np.flatnonzero(facts[:, 1] == 0)
    return first, np.argsort(first, kind="stable")


def _with_exact_duplicates(
    left: Places, right: Places, similarity: npt.NDArray[np.float64], first: Places, members: Places
) -> tuple[Places, Places, npt.NDArray[np.float64]]:
    """Repeat for every text what was found for the first one with the same shingles."""
    sizes = np.bincount(first, minlength=first.size)
    starts = np.cumsum(sizes) - sizes
    if (sizes <= 1).all():
        return left, right, similarity
    repeats = sizes[left] * sizes[right]
    number = np.arange(int(repeats.sum())) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    one = members[np.repeat(starts[left], repeats) + number // np.repeat(sizes[right], repeats)]
    other = members[np.repeat(starts[right], repeats) + number % np.repeat(sizes[right], repeats)]
    inner = []
    for size in np.unique(sizes[sizes > 1]).tolist():
        upper = np.stack(np.triu_indices(size, 1))
        inner.append(members[upper[:, None] + starts[sizes == size][:, None]].reshape(2, -1))
    pairs = np.concatenate([np.stack([one, other]), *inner], axis=1)
    all_similar = np.concatenate([np.repeat(similarity, repeats), np.ones(pairs.shape[1] - one.size)])
    return pairs.min(axis=0), pairs.max(axis=0), all_similar

"""Paraphrased passages: what reworded sentences show, together with what verbatim runs show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.reuse.collection import COLUMNS, DECIMALS
from sourcebook.reuse.engine import Engine
from sourcebook.reuse.inputs import Texts
from sourcebook.reuse.joining import join_known
from sourcebook.reuse.paraphrase_sentences import Sentences, split_sentences
from sourcebook.reuse.rewording import Rewording, reworded_passages
from sourcebook.reuse.stem_stream import count_common

__all__ = ["paraphrased_passages"]

IntArray = npt.NDArray[np.int64]

PAIRS = 200  # looked at together
TILE = 16  # texts whose pairs with as many others follow one another, so that few texts are read together


def paraphrased_passages(
    texts: Texts,
    pairs: IntArray,
    verbatim: pd.DataFrame,
    exclude: Sequence[str],
    min_words: int,
    engine: Engine,
) -> pd.DataFrame:
    """Return the passages of pairs of texts, those found word by word joined with reworded ones.

    Parameters
    ----------
    texts : Texts
        The texts.
    pairs : int64 array, shape (n, 2)
        Numbers of the texts to look at, in pairs.
    verbatim : DataFrame
        The passages found word by word; no other pairs than these.
    exclude : sequence of str
        Phrases that do not count as content.
    min_words : int
        Least number of stems in common, outside excluded phrases.
    engine : Engine
        Where the work runs.

    Returns
    -------
    DataFrame
        Columns as :func:`sourcebook.reuse.shared_passages` returns them, in no order.
    """
    place = {source: number for number, source in enumerate(texts.ids)}
    columns = [verbatim["source_a"].map(place), verbatim["source_b"].map(place)]
    columns += [verbatim[name] for name in ("start_a", "end_a", "start_b", "end_b")]
    spans: IntArray = np.stack([column.to_numpy(dtype=np.int64) for column in columns], axis=1)
    tiles = pairs // TILE
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0], tiles[:, 1], tiles[:, 0]))]
    blocks = _Blocks(
        texts, [pairs[k : k + PAIRS] for k in range(0, len(pairs), PAIRS)], spans, exclude, min_words
    )
    found = list(engine.map(_block, blocks, label="reworded passages"))
    rows = np.concatenate([np.zeros((0, 10), dtype=np.int64), *found])
    again, reworded = rows[rows[:, 2] >= 0], rows[rows[:, 2] < 0]
    return pd.concat([verbatim.iloc[again[:, 2]], _table(texts, reworded)], ignore_index=True)


class _Blocks:
    """The parts of the work, each made when it is asked for; their number is known."""

    def __init__(
        self, texts: Texts, pairs: Sequence[IntArray], spans: IntArray, exclude: Sequence[str], min_words: int
    ) -> None:
        self._texts, self._pairs, self._settings = texts, pairs, (list(exclude), min_words)
        self._spans = spans
        self._of_pair: dict[tuple[int, int], list[int]] = {}
        for number, (a, b) in enumerate(spans[:, :2].tolist()):
            self._of_pair.setdefault((a, b), []).append(number)

    def __len__(self) -> int:
        return len(self._pairs)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for pairs in self._pairs:
            used, place = np.unique(pairs, return_inverse=True)
            known = [self._of_pair.get((a, b), []) for a, b in pairs.tolist()]
            spans = [self._spans[numbers, 2:] for numbers in known]
            yield (
                self._texts.take(used.tolist()),
                used,
                place.reshape(pairs.shape),
                spans,
                known,
                *self._settings,
            )


def _block(
    texts: Sequence[str],
    numbers: IntArray,
    pairs: IntArray,
    spans: Sequence[IntArray],
    known: Sequence[Sequence[int]],
    exclude: Sequence[str],
    min_words: int,
) -> IntArray:
    """Return the passages of some pairs.

    The columns are the numbers of both texts, that of a known passage or -1, and what `_counted` returns.
    """
    sentences = split_sentences(texts, exclude)
    rows = [np.zeros((0, 10), dtype=np.int64)]
    for pair, own, own_numbers in zip(pairs.tolist(), spans, known, strict=True):
        a, b = (sentences[k] for k in pair)
        for *span, number in join_known(_as_words(a, b, own), reworded_passages(a, b, Rewording())):
            row = [own_numbers[number], *[0] * 7] if number >= 0 else [-1, *_counted(a, b, span)]
            if number >= 0 or row[6] >= min_words:
                rows.append(np.array([[*numbers[pair], *row]], dtype=np.int64))
    return np.concatenate(rows)


def _counted(a: Sentences, b: Sentences, span: Sequence[int]) -> list[int]:
    """Return the places of a passage in code points, its stems in common, those that count as content, and all."""
    sides = [(a, slice(*span[:2])), (b, slice(*span[2:]))]
    words = count_common(*(text.stems[some] for text, some in sides))
    content = count_common(*(text.stems[some][text.excluded[some] == 0] for text, some in sides))
    places = [
        int(each) for text, some in sides for each in (text.starts[some.start], text.ends[some.stop - 1])
    ]
    return [*places, words, content, sum(some.stop - some.start for _, some in sides)]


def _table(texts: Texts, rows: IntArray) -> pd.DataFrame:
    """Return reworded passages as rows with their words; each text is taken once."""
    text = {number: texts.take([number])[0] for number in np.unique(rows[:, :2]).tolist()}
    data: dict[str, Any] = {}
    for side, number, places in (("a", 0, slice(3, 5)), ("b", 1, slice(5, 7))):
        spans = list(zip(rows[:, number].tolist(), *rows[:, places].T.tolist(), strict=True))
        data[f"source_{side}"] = [texts.ids[own] for own, _, _ in spans]
        data[f"start_{side}"], data[f"end_{side}"] = rows[:, places].T
        data[f"exact_{side}"] = [text[own][start:end] for own, start, end in spans]
    data["words"], data["content_words"] = rows[:, 7], rows[:, 8]
    data["similarity"] = np.round(2 * rows[:, 7] / rows[:, 9], DECIMALS)
    return pd.DataFrame(data).assign(kind="reworded")[list(COLUMNS)].astype(COLUMNS)


def _as_words(a: Sentences, b: Sentences, offsets: IntArray) -> IntArray:
    """Return places in code points as words."""
    return np.stack(
        [
            np.searchsorted(a.starts, offsets[:, 0]),
            np.searchsorted(a.ends, offsets[:, 1]) + 1,
            np.searchsorted(b.starts, offsets[:, 2]),
            np.searchsorted(b.ends, offsets[:, 3]) + 1,
        ],
        axis=1,
    )

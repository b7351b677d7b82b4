"""Paraphrased passages: what reworded sentences show, together with what verbatim runs show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    known: dict[tuple[str, str], list[tuple[object, ...]]] = {}
    for row in verbatim.itertuples(index=False, name=None):
        known.setdefault((row[0], row[4]), []).append(row)
    blocks = []
    for low in range(0, len(pairs), PAIRS):
        used = np.unique(pairs[low : low + PAIRS]).tolist()
        own = dict(zip([texts.ids[k] for k in used], texts.take(used), strict=True))
        some = [(texts.ids[a], texts.ids[b]) for a, b in pairs[low : low + PAIRS].tolist()]
        blocks.append((own, some, [known.get(pair, []) for pair in some], list(exclude), min_words))
    rows = [row for found in engine.map(_block, blocks, label="reworded passages") for row in found]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _block(
    texts: Mapping[str, str],
    pairs: Sequence[tuple[str, str]],
    verbatim: Sequence[Sequence[tuple[object, ...]]],
    exclude: Sequence[str],
    min_words: int,
) -> list[tuple[object, ...]]:
    """Return the rows of some pairs."""
    sentences = dict(zip(texts, split_sentences(list(texts.values()), exclude), strict=True))
    rows = []
    for (source_a, source_b), known in zip(pairs, verbatim, strict=True):
        a, b = sentences[source_a], sentences[source_b]
        spans = _as_words(a, b, known)
        for start_a, end_a, start_b, end_b, number in join_known(spans, reworded_passages(a, b, Rewording())):
            if number >= 0:
                rows.append(known[number])
                continue
            part_a, part_b = a.stems[start_a:end_a], b.stems[start_b:end_b]
            words = count_common(part_a, part_b)
            content = count_common(
                part_a[a.excluded[start_a:end_a] == 0], part_b[b.excluded[start_b:end_b] == 0]
            )
            if content < min_words:
                continue
            places = a.starts[start_a], a.ends[end_a - 1], b.starts[start_b], b.ends[end_b - 1]
            left, right, other_left, other_right = map(int, places)
            alike = round(2 * words / (part_a.size + part_b.size), DECIMALS)
            side_a = (source_a, left, right, texts[source_a][left:right])
            side_b = (source_b, other_left, other_right, texts[source_b][other_left:other_right])
            rows.append((*side_a, *side_b, words, content, alike, "reworded"))
    return rows


def _as_words(a: Sentences, b: Sentences, rows: Sequence[tuple[object, ...]]) -> IntArray:
    """Return the places of rows as words."""
    offsets = np.array([[row[k] for k in (1, 2, 5, 6)] for row in rows], dtype=np.int64).reshape(-1, 4)
    return np.stack(
        [
            np.searchsorted(a.starts, offsets[:, 0]),
            np.searchsorted(a.ends, offsets[:, 1]) + 1,
            np.searchsorted(b.starts, offsets[:, 2]),
            np.searchsorted(b.ends, offsets[:, 3]) + 1,
        ],
        axis=1,
    )

"""How far a passage goes on both sides of its seeds: where the words there are evidence for a common origin.

A word of one text is met where the other has its stem near the place that the seeds lead to. It is evidence by the
logarithm of how much more likely that is in a passage than by chance, and a word that is not met is evidence against
it. Chance depends on how often both texts and all others use the word. A passage is the stretch of the most evidence.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sourcebook.reuse.stem_stream import Stems
from sourcebook.reuse.stream import Stream

__all__ = ["SEED_WORDS", "Span", "Words", "widen"]

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

NEAR = 40  # words to both sides of where a word is expected
ROOM = 60  # words by which a passage may grow at each end in a round
ROUNDS = 8
SEED_WORDS = 4  # that a seed takes at the most, usual ones aside
PRIOR = 2000  # words of other texts that count like the two texts' own when chance is estimated
UNSEEN = 1000  # words that are added to all texts, so that what few texts lack is not taken to be rare
KEPT = 256  # texts whose words are counted at a time


@dataclass(frozen=True, kw_only=True)
class Span:
    """A passage: half-open places in both texts, and the evidence for it.

    Attributes
    ----------
    places : tuple of int
        First place and the one after the last, in the first text and in the second.
    evidence : float
        In natural logarithms: the lower of both sides.
    """

    places: tuple[int, int, int, int]
    evidence: float


class Words:
    """The stems of all texts, with what chance needs of them.

    Parameters
    ----------
    stream : Stream
        The words of all texts.
    stems : Stems
        Their stems.
    excluded : uint8 array
        1 for each word that does not count.
    """

    def __init__(self, stream: Stream, stems: Stems, excluded: npt.NDArray[np.uint8]) -> None:
        self.stream, self.codes, self.counts, self.excluded = stream, stems.codes, stems.counts, excluded
        self.total = int(stems.counts.sum())
        self._sorted: dict[int, npt.NDArray[np.int32]] = {}

    def bounds(self, text: int) -> tuple[int, int]:
        """Return the first place of a text and the one after its last."""
        return int(self.stream.firsts[text]), int(self.stream.lasts[text])

    def count_in(self, text: int, codes: npt.NDArray[np.int32]) -> IntArray:
        """Return how often a text has each of some stems."""
        known = self._sorted.get(text)
        if known is None:
            low, high = self.bounds(text)
            if len(self._sorted) >= KEPT:
                self._sorted.clear()
            known = self._sorted[text] = np.sort(self.codes[low:high])
        return np.searchsorted(known, codes, side="right") - np.searchsorted(known, codes)

    def chance(self, codes: npt.NDArray[np.int32], texts: tuple[int, int]) -> FloatArray:
        """Return how likely each of some stems is met by chance, one occurrence in each text left out."""
        sizes = [high - low for low, high in map(self.bounds, texts)]
        both = self.count_in(texts[0], codes) + self.count_in(texts[1], codes)
        others = np.maximum(self.counts[codes] - both, 0) + 0.5
        rest = others / (self.total - sum(sizes) + UNSEEN)
        rate = (np.maximum(both - 2, 0) + PRIOR * rest) / (sum(sizes) + PRIOR)
        chance: FloatArray = np.clip(1 - np.exp(-(2 * NEAR + 1) * rate), 1e-3, 0.98)
        return chance


def widen(words: Words, seeds: IntArray) -> Span | None:
    """Return the passage around a cluster of seeds.

    Parameters
    ----------
    words : Words
        The words of all texts.
    seeds : int64 array, shape (n, 2)
        Places of the seeds in both texts.

    Returns
    -------
    Span or None
        None where the words around the seeds are no evidence at all.
    """
    texts = (int(words.stream.texts[seeds[0, 0]]), int(words.stream.texts[seeds[0, 1]]))
    bounds = [words.bounds(text) for text in texts]
    orders = [np.lexsort((seeds[:, 1 - side], seeds[:, side])) for side in range(2)]
    guides = [(seeds[order, side], seeds[order, 1 - side]) for side, order in enumerate(orders)]
    core = [(int(seeds[:, side].min()), int(seeds[:, side].max()) + SEED_WORDS) for side in range(2)]
    evidence = 0.0
    for _ in range(ROUNDS):
        windows = [
            (max(first, low - ROOM), min(last, high + ROOM))
            for (first, last), (low, high) in zip(bounds, core, strict=True)
        ]
        found = [
            _best(_weigh(words, windows[side], windows[1 - side], guides[side], core[side], texts))
            for side in range(2)
        ]
        if not all(size for _, size, _ in found):
            return None
        evidence = min(each[2] for each in found)
        new = [
            (window[0] + first, window[0] + first + size)
            for window, (first, size, _) in zip(windows, found, strict=True)
        ]
        grown = any(
            after[0] < before[0] - ROOM // 2 or after[1] > before[1] + ROOM // 2
            for before, after in zip(core, new, strict=True)
        )
        core = new
        if not grown:
            break
    return Span(places=(*core[0], *core[1]), evidence=evidence)


def _weigh(
    words: Words,
    own: tuple[int, int],
    other: tuple[int, int],
    guide: tuple[IntArray, IntArray],
    core: tuple[int, int],
    texts: tuple[int, int],
) -> FloatArray:
    """Return the evidence of each word of a window."""
    codes = words.codes[slice(*own)]
    places = np.arange(*own)
    here, there = guide
    expected = np.interp(places, here, there)
    expected += np.minimum(places - here[0], 0) + np.maximum(places - here[-1], 0)
    met = _is_met(codes, words.codes[slice(*other)], expected - other[0])
    distinct, which = np.unique(codes, return_inverse=True)
    chance = words.chance(distinct, texts)[which]
    inside = met[max(core[0] - own[0], 0) : core[1] - own[0]]
    copied = float(np.clip(0.9 * inside.mean(), 0.3, 0.95)) if inside.size else 0.3
    likely = copied + (1 - copied) * chance
    weight = np.where(met, np.log(likely / chance), np.log((1 - likely) / (1 - chance)))
    return np.where(words.excluded[slice(*own)] == 1, 0.0, weight)


def _is_met(codes: npt.NDArray[np.int32], others: npt.NDArray[np.int32], expected: FloatArray) -> BoolArray:
    """Find which stems occur among others near the place where they are expected."""
    room = others.size + 4 * NEAR
    known = np.sort(others.astype(np.int64) * room + np.arange(others.size) + 2 * NEAR)
    at = np.clip(np.rint(expected), -NEAR, others.size + NEAR).astype(np.int64)
    wanted = codes.astype(np.int64) * room + at + 2 * NEAR
    after = np.searchsorted(known, wanted)
    ahead = np.abs(known[np.minimum(after, known.size - 1)] - wanted)
    back = np.abs(known[np.maximum(after - 1, 0)] - wanted)
    near: BoolArray = np.minimum(ahead, back) <= NEAR
    return near


def _best(evidence: FloatArray) -> tuple[int, int, float]:
    """Return the stretch of the most evidence: where it begins, its length and the evidence."""
    total = np.concatenate([[0.0], np.cumsum(evidence)])
    gain = total - np.minimum.accumulate(total)
    end = int(np.argmax(gain))
    start = int(np.argmin(total[: end + 1]))
    return start, end - start, float(gain[end])

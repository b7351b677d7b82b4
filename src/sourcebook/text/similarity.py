"""How like two strings are, and where: the nearest passages, and the first place where two texts part."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from rapidfuzz import fuzz

from sourcebook.text.searchable import GRAM, SearchableText, gram_keys
from sourcebook.text.words import TOKEN

__all__ = ["best_match", "difference", "near_passages", "shortened"]

_PASSAGES = 6  # regions of a text that are looked at
_CANDIDATES = 64  # stretches of a text from which they are chosen
_CLEAR = 60.0  # a passage with this score is the nearest without a look at the whole text


def best_match(words: str, text: str) -> tuple[float, int, int] | None:
    """Return the passage of a text that is most like some words.

    The best window of the length of the words is found first, and then each of its ends is moved to the
    edge of a word, or of a punctuation mark, where the similarity is greatest.

    Parameters
    ----------
    words, text : str
        What is looked for, and where. Compared as they are: normalise them first.

    Returns
    -------
    (float, int, int) or None
        Score, start and end. The score is the normalised indel similarity in per cent (100 for equal
        strings). None where there is nothing to compare.

    Examples
    --------
    >>> best_match("a brown fox", "It was the brown fox, they said.")
    (90.0, 11, 20)
    """
    if not words or TOKEN.search(text) is None:
        return None
    first, last = 0, len(text)
    if len(words) < len(text):
        found = fuzz.partial_ratio_alignment(words, text)
        if found is not None and found.dest_end > found.dest_start:
            first, last = found.dest_start, found.dest_end
    reach = min(60, 10 + len(words) // 10)
    around = max(0, first - reach - 100)  # no word around the edges is cut
    tokens = [
        (around + match.start(), around + match.end())
        for match in TOKEN.finditer(text[around : last + reach + 100])
    ]
    begins = [begin for begin, _ in tokens if abs(begin - first) <= reach and begin < last] or [first]
    first = max(begins, key=lambda begin: (fuzz.ratio(words, text[begin:last]), begin))
    finishes = [finish for _, finish in tokens if abs(finish - last) <= reach and finish > first] or [last]
    last = max(finishes, key=lambda finish: (fuzz.ratio(words, text[first:finish]), -finish))
    return fuzz.ratio(words, text[first:last]), first, last


def near_passages(
    words: str, text: SearchableText, low: int, high: int, *, floor: float | None = None
) -> list[tuple[float, int, int]]:
    """Return the passages of a text that are most like some words, none overlapping, the best first.

    The passages that share most stretches of four characters with the words are compared; the whole text only
    where none of them is near.

    Parameters
    ----------
    words : str
        What is looked for, folded.
    text : sourcebook.text.searchable.SearchableText
        Where.
    low, high : int
        The part of ``text.flat`` to look in.
    floor : float, optional
        The score from which a passage is near enough.

    Returns
    -------
    list of (float, int, int)
        Score, start and end in ``text.flat``; empty where there is nothing to compare.

    Examples
    --------
    >>> from sourcebook.text.normalise import normalise
    >>> from sourcebook.text.searchable import searchable
    >>> text = searchable(normalise("The old ship left the harbour. The young captain stayed on land."))
    >>> near_passages("The old shipp left the harbor", text, 0, len(text.flat))[0]
    (96.55172413793103, 0, 29)
    """
    found: list[tuple[float, int, int]] = []
    for start, end in _regions(words, text, low, high):
        region = text.flat[start:end]
        for _ in range(2):  # a second passage can be next to the first
            best = best_match(words, region)
            if best is None:
                break
            score, first, last = best
            found.append((score, start + first, start + last))
            if score < _CLEAR:
                break
            region = region[:first] + "\0" * (last - first) + region[last:]
    found.sort(key=lambda match: -match[0])
    if not found or found[0][0] < (floor or _CLEAR):
        best = best_match(words, text.flat[low:high])
        if best is not None and (not found or best[0] > found[0][0]):
            found.insert(0, (best[0], low + best[1], low + best[2]))
    return _apart(found)


def _regions(words: str, text: SearchableText, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a text that share most stretches of characters with the words."""
    wanted = np.zeros(1 << 16, dtype=bool)
    wanted[gram_keys(words)] = True
    hits = np.flatnonzero(wanted[text.grams[low : max(low, high - GRAM + 1)]])
    step = max(len(words) // 2, 16)
    counts = np.bincount(hits // step, minlength=1)
    shared = np.convolve(counts, np.ones(3, dtype=np.int64))[2:]  # of a block and the two after it
    chosen: list[int] = []
    for block in np.argsort(-shared, kind="stable")[:_CANDIDATES].tolist():
        if shared[block] and all(abs(block - other) > 2 for other in chosen):
            chosen.append(block)
            yield max(low, low + (block - 2) * step), min(high, low + (block + 5) * step)
        if len(chosen) == _PASSAGES:
            return


def _apart(found: list[tuple[float, int, int]]) -> list[tuple[float, int, int]]:
    """Return the passages, the best first, without those that overlap a better one."""
    kept: list[tuple[float, int, int]] = []
    for match in found:
        if all(match[2] <= first or match[1] >= last for _, first, last in kept):
            kept.append(match)
    return kept


def difference(found: str, expected: str, *, reach: int = 24) -> tuple[str, str]:
    """Return both texts, quoted, each cut to the surroundings of the first character that differs.

    Examples
    --------
    >>> difference("the first of the days", "the fist of the days", reach=4)
    ("'…e first …'", "'…e fist o…'")
    """
    pairs = enumerate(zip(found, expected, strict=False))
    at = next((i for i, (one, other) in pairs if one != other), min(len(found), len(expected)))
    start, stop = max(0, at - reach), at + reach
    cut = [
        repr(f"{'…' if start else ''}{text[start:stop]}{'…' if stop < len(text) else ''}")
        for text in (found, expected)
    ]
    return cut[0], cut[1]


def shortened(words: str, *, width: int = 90) -> str:
    """Return words for a message: quoted, and without their middle if they are longer than `width`.

    Examples
    --------
    >>> shortened("the old bridge fell in the great flood", width=20)
    "'the old br … reat flood'"
    """
    return repr(words if len(words) <= width else f"{words[: width // 2]} … {words[-width // 2 :]}")

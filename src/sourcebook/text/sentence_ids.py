"""Ids of sentences that follow the words: a sentence keeps its id when others come, go, or move.

The ids that were given are kept with their words. The sentences of a text as it is now get the ids of the same
words, in order; then those of words that moved; then, between two sentences that are known, those of the sentence
that is most like them. What is left is new, and gets a number that no sentence of the source ever had.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from rapidfuzz import fuzz, process

__all__ = ["ids_of_sentences", "merge_records"]

#: Id and words of a sentence.
Record = tuple[str, str]

#: Least similarity in per cent of a sentence that was changed to what it was.
_LEAST = 60.0
_NUMBER = re.compile(r".*\.s(\d+)")


def ids_of_sentences(texts: Sequence[str], source_id: str, recorded: Sequence[Record] = ()) -> list[str]:
    """Return the ids of the sentences of a source.

    Parameters
    ----------
    texts : sequence of str
        The sentences as they are now, in order.
    source_id : str
        The source.
    recorded : sequence of (str, str)
        The ids that were given before, each with the words that it was given to, in order. Without them the
        sentences are counted.

    Returns
    -------
    list of str
        An id for each sentence, all different: ``<source_id>.s001`` and so on.

    Examples
    --------
    >>> before = [("a.s001", "The bridge fell."), ("a.s002", "It rained.")]
    >>> ids_of_sentences(["NEWS", "The bridge fell.", "It rained hard."], "a", before)
    ['a.s003', 'a.s001', 'a.s002']
    """
    words = [text for _, text in recorded]
    if not recorded or list(texts) == words[: len(texts)]:
        given = [name for name, _ in recorded[: len(texts)]]
        return [*given, *(f"{source_id}.s{number:03d}" for number in range(len(given) + 1, len(texts) + 1))]
    found: dict[int, int] = {}  # place now: place then
    blocks = SequenceMatcher(None, words, list(texts), autojunk=False).get_matching_blocks()
    for then, now, size in blocks:
        found |= {now + step: then + step for step in range(size)}
    _match_moved(texts, words, found)
    for then_gap, now_gap in _gaps(blocks):
        _match_changed(texts, words, found, then_gap, now_gap)
    numbers = [int(number[1]) for name, _ in recorded if (number := _NUMBER.fullmatch(name))]
    following = max(numbers, default=0)
    names = []
    for now in range(len(texts)):
        following += now not in found
        names.append(recorded[found[now]][0] if now in found else f"{source_id}.s{following:03d}")
    return names


def _match_moved(texts: Sequence[str], words: Sequence[str], found: dict[int, int]) -> None:
    """Find sentences that are elsewhere than they were, in the order of the text."""
    taken = set(found.values())
    places: dict[str, list[int]] = {}
    for then in reversed(range(len(words))):
        if then not in taken:
            places.setdefault(words[then], []).append(then)
    for now, text in enumerate(texts):
        if now not in found and places.get(text):
            found[now] = places[text].pop()


def _gaps(blocks: Sequence[tuple[int, int, int]]) -> list[tuple[range, range]]:
    """Return the stretches between sentences that are the same, then and now."""
    gaps, then, now = [], 0, 0
    for then_start, now_start, size in blocks:
        gaps.append((range(then, then_start), range(now, now_start)))
        then, now = then_start + size, now_start + size
    return gaps


def _match_changed(
    texts: Sequence[str], words: Sequence[str], found: dict[int, int], then_gap: range, now_gap: range
) -> None:
    """Find what the sentences of a gap were: the start of one that was split or joined, or the most similar."""
    taken = set(found.values())
    now = [place for place in now_gap if place not in found]
    then = [place for place in then_gap if place not in taken]
    if not now or not then:
        return
    scores = process.cdist([texts[n] for n in now], [words[t] for t in then], scorer=fuzz.ratio)
    pairs = []
    for row, n in enumerate(now):
        for column, t in enumerate(then):
            begins = texts[n].startswith(words[t]) or words[t].startswith(texts[n])
            score = 100.0 if begins else float(scores[row, column])
            if score >= _LEAST:
                pairs.append((-score, n, t))
    for _, n, t in sorted(pairs):
        if n not in found and t not in taken:
            found[n] = t
            taken.add(t)


def merge_records(recorded: Sequence[Record], current: Sequence[Record]) -> list[Record]:
    """Return the ids to be kept: those of now in their order, and those whose sentences are gone behind the one before.

    Parameters
    ----------
    recorded : sequence of (str, str)
        Ids and words as they were kept.
    current : sequence of (str, str)
        Ids and words as they are.

    Examples
    --------
    >>> merge_records([("a.s001", "One."), ("a.s002", "Two.")], [("a.s003", "New."), ("a.s001", "One!")])
    [('a.s003', 'New.'), ('a.s001', 'One!'), ('a.s002', 'Two.')]
    """
    present = {name for name, _ in current}
    behind: dict[str, list[Record]] = {}
    last = ""
    for name, text in recorded:
        if name in present:
            last = name
        else:
            behind.setdefault(last, []).append((name, text))
    kept = list(behind.get("", []))
    for name, text in current:
        kept += [(name, text), *behind.get(name, [])]
    return kept

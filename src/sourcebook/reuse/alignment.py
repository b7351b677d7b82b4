"""From verbatim runs to passages: chain the runs, extend the ends, align the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from sourcebook.reuse.seeds import Run
from sourcebook.reuse.words import Words

__all__ = ["Hit", "align_runs"]


@dataclass(frozen=True, kw_only=True, order=True)
class Hit:
    """A shared passage as half-open word positions in both texts.

    Attributes
    ----------
    start_a, end_a, start_b, end_b : int
        The first word, and the one after the last, in each text.
    words, content_words : int
        Words that are the same in both, in order; and those of them outside excluded phrases.
    similarity : float
        Twice ``words`` over the words of both passages, from 0 to 1.
    """

    start_a: int
    end_a: int
    start_b: int
    end_b: int
    words: int
    content_words: int
    similarity: float


def align_runs(a: Words, b: Words, runs: Sequence[Run], *, max_gap: int, min_similarity: float) -> list[Hit]:
    """Return the passages that the runs make up, overlapping ones merged, sorted by place.

    Parameters
    ----------
    a, b : Words
        The two texts.
    runs : sequence of Run
        Verbatim runs, sorted.
    max_gap : int
        Words that may stand between two runs of one passage, in either text.
    min_similarity : float
        A passage below it is split at its widest gap; a single run is never below.
    """
    hits = []
    for chain in _chains(runs, max_gap):
        for part in _split(a, b, chain, min_similarity):
            narrow = _hit(a, b, *_span(part))
            wide = _hit(a, b, *_extend(a.keys, b.keys, _span(part), max_gap))
            hits.append(wide if wide.similarity >= min_similarity else narrow)
    return _merge(a, b, hits, min_similarity)


def _chains(runs: Sequence[Run], max_gap: int) -> list[list[Run]]:
    """Join each run to the nearest chain that it continues in both texts."""
    chains: list[list[Run]] = []
    open_chains: list[list[Run]] = []
    for run in runs:
        start_a, start_b, length = run
        open_chains = [chain for chain in open_chains if start_a - chain[-1][0] - chain[-1][2] <= max_gap]
        best: tuple[int, int] | None = None
        for number, chain in enumerate(open_chains):
            last_a, last_b, last = chain[-1]
            gap_a, gap_b = start_a - last_a - last, start_b - last_b - last
            forward = start_b >= last_b and gap_a + length > 0 and gap_b + length > 0
            if forward and gap_b <= max_gap:
                cost = max(gap_a, gap_b) + max(-gap_a, -gap_b, 0)
                if best is None or cost < best[0]:
                    best = (cost, number)
        if best is None:
            chains.append([run])
            open_chains.append(chains[-1])
        else:
            open_chains[best[1]].append(run)
    return chains


def _span(chain: Sequence[Run]) -> tuple[int, int, int, int]:
    first, last = chain[0], chain[-1]
    return first[0], last[0] + last[2], first[1], last[1] + last[2]


def _split(a: Words, b: Words, chain: list[Run], min_similarity: float) -> list[list[Run]]:
    """Cut a chain at its widest gap until every part is similar enough."""
    parts, waiting = [], [chain]
    while waiting:
        part = waiting.pop()
        if len(part) == 1 or _hit(a, b, *_span(part)).similarity >= min_similarity:
            parts.append(part)
            continue
        gaps = [
            max(right[0] - left[0] - left[2], right[1] - left[1] - left[2]) for left, right in pairwise(part)
        ]
        cut = gaps.index(max(gaps)) + 1
        waiting += [part[cut:], part[:cut]]
    return parts


def _extend(
    a: tuple[str, ...], b: tuple[str, ...], span: tuple[int, int, int, int], max_gap: int
) -> tuple[int, int, int, int]:
    """Step over short edits at both ends, where more words agree behind the edit than it changes."""
    start_a, end_a, start_b, end_b = span
    while step := _next_match(a, b, end_a, end_b, 1, max_gap):
        end_a, end_b = end_a + step[0], end_b + step[1]
    while step := _next_match(a, b, start_a - 1, start_b - 1, -1, max_gap):
        start_a, start_b = start_a - step[0], start_b - step[1]
    return start_a, end_a, start_b, end_b


def _next_match(
    a: tuple[str, ...], b: tuple[str, ...], i: int, j: int, way: int, max_gap: int
) -> tuple[int, int] | None:
    """Return how far to step in each text to the end of the next agreement; None where there is none."""
    for total in range(2 * max_gap + 1):
        for skip_a in range(max(0, total - max_gap), min(total, max_gap) + 1):
            skip_b = total - skip_a
            length = 0
            x, y = i + way * skip_a, j + way * skip_b
            while 0 <= x < len(a) and 0 <= y < len(b) and a[x] == b[y]:
                x, y, length = x + way, y + way, length + 1
            if length > max(skip_a, skip_b, 1):
                return skip_a + length, skip_b + length
    return None


def _hit(a: Words, b: Words, start_a: int, end_a: int, start_b: int, end_b: int) -> Hit:
    """Align two spans by their longest common subsequence of words and cut them to what is common."""
    left, right = a.keys[start_a:end_a], b.keys[start_b:end_b]
    pairs = _common_words(left, right)
    first, last = pairs[0], pairs[-1]
    span = start_a + first[0], start_a + last[0] + 1, start_b + first[1], start_b + last[1] + 1
    content = sum(not (a.excluded[start_a + x] or b.excluded[start_b + y]) for x, y in pairs)
    return Hit(
        start_a=span[0],
        end_a=span[1],
        start_b=span[2],
        end_b=span[3],
        words=len(pairs),
        content_words=content,
        similarity=2 * len(pairs) / (span[1] - span[0] + span[3] - span[2]),
    )


def _common_words(left: tuple[str, ...], right: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return the positions of a longest common subsequence that keeps equal beginnings and ends."""
    shorter = min(len(left), len(right))
    head = next((k for k in range(shorter) if left[k] != right[k]), shorter)
    rest = shorter - head
    tail = next((k for k in range(rest) if left[-1 - k] != right[-1 - k]), rest)
    pairs = [(k, k) for k in range(head)]
    for block in LCSseq.opcodes(left[head : len(left) - tail], right[head : len(right) - tail]):
        if block.tag == "equal":
            length = block.src_end - block.src_start
            pairs += [(head + block.src_start + k, head + block.dest_start + k) for k in range(length)]
    return pairs + [(len(left) - k, len(right) - k) for k in range(tail, 0, -1)]


def _contains(outer: Hit, inner: Hit) -> bool:
    in_a = outer.start_a <= inner.start_a and inner.end_a <= outer.end_a
    return in_a and outer.start_b <= inner.start_b and inner.end_b <= outer.end_b


def _overlap(one: Hit, other: Hit) -> bool:
    in_a = one.start_a < other.end_a and other.start_a < one.end_a
    return in_a and one.start_b < other.end_b and other.start_b < one.end_b


def _merge(a: Words, b: Words, hits: list[Hit], min_similarity: float) -> list[Hit]:
    """Join hits that overlap in both texts where the union is similar enough; drop hits inside others."""
    kept: list[Hit] = []
    for hit in sorted(set(hits), key=lambda h: (-h.words, -h.similarity, h)):
        new = hit
        for old in list(kept):
            if _contains(old, new):
                break
            if not _overlap(old, new):
                continue
            span_a = min(old.start_a, new.start_a), max(old.end_a, new.end_a)
            span_b = min(old.start_b, new.start_b), max(old.end_b, new.end_b)
            union = _hit(a, b, *span_a, *span_b)
            whole = _contains(union, old) and _contains(union, new)
            if whole and union.similarity >= min_similarity:
                kept.remove(old)
                new = union
        else:
            kept.append(new)
    return sorted(kept)

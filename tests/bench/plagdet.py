"""Precision, recall, granularity and plagdet of detected passages against planted ones.

The measures are those of Potthast, M., Stein, B., Barrón-Cedeño, A. and Rosso, P. (2010). An evaluation framework for
plagiarism detection. COLING 2010, in the macro-averaged form of the PAN task on text alignment.
"""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Case(NamedTuple):
    """A passage in a suspicious text and its counterpart in a source; offsets half-open."""

    suspicious: str
    start: int
    end: int
    source: str
    source_start: int
    source_end: int


class Score(NamedTuple):
    """The four measures."""

    plagdet: float
    precision: float
    recall: float
    granularity: float


def detects(one: Case, other: Case) -> bool:
    """Tell whether two passages overlap in both texts."""
    return (
        one[0] == other[0]
        and one[3] == other[3]
        and one.start < other.end
        and other.start < one.end
        and one.source_start < other.source_end
        and other.source_start < one.source_end
    )


def covered(start: int, end: int, spans: Iterable[tuple[int, int]]) -> int:
    """Return how many characters of ``[start, end)`` the spans cover together."""
    total, reached = 0, start
    for low, high in sorted(spans):
        first, last = max(low, reached), min(high, end)
        if last > first:
            total, reached = total + last - first, last
    return total


def coverage(cases: Sequence[Case], by: Sequence[Case]) -> float:
    """Return the mean share of the characters of each case that others cover which detect it."""
    index: dict[tuple[str, str], list[Case]] = {}
    for each in by:
        index.setdefault((each.suspicious, each.source), []).append(each)
    shares = []
    for case in cases:
        others = [o for o in index.get((case.suspicious, case.source), []) if detects(case, o)]
        length = case.end - case.start + case.source_end - case.source_start
        hit = covered(case.start, case.end, [(o.start, o.end) for o in others])
        hit += covered(case.source_start, case.source_end, [(o.source_start, o.source_end) for o in others])
        shares.append(hit / length if length else 0.0)
    return sum(shares) / len(shares) if shares else 0.0


def granularity(cases: Sequence[Case], found: Sequence[Case]) -> float:
    """Return how many detections a detected case has on average."""
    index: dict[tuple[str, str], list[Case]] = {}
    for each in found:
        index.setdefault((each.suspicious, each.source), []).append(each)
    counts = [sum(detects(c, f) for f in index.get((c.suspicious, c.source), [])) for c in cases]
    counts = [count for count in counts if count]
    return sum(counts) / len(counts) if counts else 1.0


def score(cases: Sequence[Case], found: Sequence[Case]) -> Score:
    """Return the measures of detections against the planted cases."""
    precision, recall = coverage(found, cases), coverage(cases, found)
    pieces = granularity(cases, found)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(f1 / math.log2(1 + pieces), precision, recall, pieces)

"""Which source may have copied from which: by passages, and by rare answers, that the two share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sourcebook.parsing.dates import parse_edtf

__all__ = ["LEAST_NEW_SHARE", "LEAST_WEIGHT", "copy_links"]

#: A source is a candidate if passages from it make up this much of a text that no better one explains …
LEAST_NEW_SHARE = 0.05
#: … or if shared answers that no better one explains speak for copying with this weight.
LEAST_WEIGHT = 8.0
#: Passages of fewer words in common are not looked at, and those of a few more only if they are the same word
#: for word: people who speak of one thing use the same turns of speech.
LEAST_WORDS, LEAST_EDITED_WORDS = 10, 18
#: A place that is also found in more other texts than this, and in more than this part of them, is a stock
#: phrase: to use it is not to copy.
MOST_TEXTS, MOST_TEXTS_PART = 10, 0.2

#: Two texts explain a third equally well if one explains this part of what the other does: where passages end
#: is not exact to the letter.
_AS_MUCH = 0.97

#: Parts of its answers that a copier may have copied; the likeliest is taken.
_RATES = np.array([0.25, 0.5, 0.75, 0.95])

_COLUMNS = {
    "source_id": "str",
    "upstream": "str",
    "direction": "str",
    "share": "float64",
    "rare_answers": "int64",
    "weight": "float64",
    "score": "float64",
    "passages": "str",
    "claims": "str",
}

_Spans = list[tuple[int, int]]


@dataclass(kw_only=True)
class _Pair:
    """What a text shares with another: places in it, how many like characters, and the passages."""

    spans: _Spans = field(default_factory=list)
    alike: float = 0.0
    ids: list[str] = field(default_factory=list)


def _new(spans: _Spans, known: _Spans) -> int:
    """Return how many characters of half-open spans lie outside those that are known."""
    both = sorted(spans), sorted(known)
    merged: list[_Spans] = []
    for part in both:
        flat: _Spans = []
        for start, end in part:
            if flat and start <= flat[-1][1]:
                flat[-1] = (flat[-1][0], max(flat[-1][1], end))
            else:
                flat.append((start, end))
        merged.append(flat)
    new, at = 0, 0
    for start, end in merged[0]:
        free = start
        while at < len(merged[1]) and merged[1][at][1] <= start:
            at += 1
        for low, high in merged[1][at:]:
            if low >= end:
                break
            new += max(0, low - free)
            free = max(free, high)
        new += max(0, end - free)
    return new


@dataclass(frozen=True, kw_only=True)
class _Link:
    """A source, what it may have copied from, and the evidence."""

    source: str
    upstream: str
    share: float = 0.0
    rare: int = 0
    weight: float = 0.0
    passages: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


class _Order:
    """Which of two sources was written first, as far as their dates say."""

    def __init__(self, sources: pd.DataFrame) -> None:
        self.place = {source: n for n, source in enumerate(sources["source_id"])}
        bounds = [
            [getattr(parse_edtf(date), end) if date else None for date in sources[column]]
            for column, end in (("not_before", "earliest"), ("not_after", "latest"))
        ]
        self.first = dict(zip(sources["source_id"], bounds[0], strict=True))
        self.last = dict(zip(sources["source_id"], bounds[1], strict=True))

    def is_before(self, one: str, other: str) -> bool | None:
        """Whether `one` was written before `other`; None where the dates do not say."""
        for a, b, answer in ((one, other, True), (other, one, False)):
            if self.last[a] is not None and self.first[b] is not None and self.last[a] < self.first[b]:
                return answer
        return None

    def direction(self, source: str, upstream: str) -> str:
        """Return ``by date``, ``unknown``, or nothing where `upstream` cannot be what it says.

        Where the dates do not say, the later in the registry is taken for the one that copies.
        """
        before = self.is_before(upstream, source)
        if before is None:
            return "unknown" if self.place[upstream] < self.place[source] else ""
        return "by date" if before else ""


def _stock_phrases(passages: pd.DataFrame, most: float) -> dict[str, _Spans]:
    """Return the places in each text where more than `most` other texts have the same words."""
    both = pd.concat(
        [
            passages[[f"source_{side}", f"start_{side}", f"end_{side}"]].set_axis(
                ["source", "start", "end"], axis=1
            )
            for side in "ab"
        ],
        ignore_index=True,
    )
    found: dict[str, _Spans] = {}
    for source, rows in both.groupby("source", sort=False):
        places = np.r_[rows["start"].to_numpy(dtype="int64"), rows["end"].to_numpy(dtype="int64")]
        steps = np.repeat([1, -1], len(rows))
        order = np.lexsort((steps, places))
        depth = np.cumsum(steps[order])
        over = np.flatnonzero(depth > most)
        edge = places[order]
        found[str(source)] = [(int(edge[n]), int(edge[n + 1])) for n in over if edge[n + 1] > edge[n]]
    return found


def _by_text(
    passages: pd.DataFrame, order: _Order, stock: Mapping[str, _Spans]
) -> dict[str, dict[str, _Pair]]:
    """Return what each text shares with each that it may have copied from, stock phrases aside."""
    ids = passages.get("passage_id")
    names = [f"shared-{n}" for n in range(1, len(passages) + 1)] if ids is None else ids.tolist()
    size = (passages["end_a"] - passages["start_a"]).astype("float64")
    likeness = passages["similarity"] if "similarity" in passages else pd.Series(1.0, index=passages.index)
    words = passages.get("words", size)
    edited = passages["kind"].ne("verbatim") if "kind" in passages else likeness < 1
    least = edited.map({True: LEAST_EDITED_WORDS, False: LEAST_WORDS})
    found: dict[str, dict[str, _Pair]] = {}
    for one, other in ("ab", "ba"):
        columns = [passages[f"{name}_{one}"].tolist() for name in ("source", "start", "end")]
        columns += [passages[f"source_{other}"].tolist(), passages["source_a"].tolist(), names]
        columns += [words.tolist(), least.tolist(), (likeness * size).tolist()]
        for source, start, end, upstream, first, name, common, enough, alike in zip(*columns, strict=True):
            span = (int(start), int(end))
            part = _new([span], stock[source]) / max(span[1] - span[0], 1)
            if common * part >= enough and order.direction(source, upstream):
                pair = found.setdefault(source, {}).setdefault(upstream, _Pair())
                pair.spans.append(span)
                pair.ids.append(f"{first}.{name}")
                pair.alike += alike
    return found


def _text_links(
    found: Mapping[str, Mapping[str, _Pair]],
    stock: Mapping[str, _Spans],
    lengths: Mapping[str, int],
    least: float,
) -> Iterator[_Link]:
    """Yield what each text may have copied from, each time what explains most of what is left.

    Of two that explain equally much, the more alike goes first, and of two equally alike the shorter one:
    the more of a text is found again, the less it is chance that just this part is.
    """
    for source, candidates in found.items():
        known = list(stock[source])
        left = dict(candidates)
        while left:
            new = {other: _new(pair.spans, known) for other, pair in left.items()}
            close = [o for o in left if new[o] >= _AS_MUCH * max(new.values())]
            best = max(close, key=lambda o: (round(left[o].alike, 6), -lengths[o], o))
            if new[best] < least * lengths[source]:
                break
            pair = left.pop(best)
            share = _new(pair.spans, []) / lengths[source]
            yield _Link(source=source, upstream=best, share=share, passages=tuple(pair.ids))
            known += pair.spans


class _Answers:
    """Who gives which answer, and how rare it is among those who answer."""

    def __init__(self, claims: pd.DataFrame) -> None:
        unit = claims["proposition_id"]
        if "scope" in claims:
            unit = unit + "|" + claims["scope"]
        value = unit + "\0" + claims["value"]
        self.sources = claims["source_id"].unique().tolist()
        self.place = {source: n for n, source in enumerate(self.sources)}
        source = claims["source_id"].map(self.place).to_numpy(dtype="int64")
        asked, units = pd.factorize(unit)
        given, values = pd.factorize(value)
        self.asked = np.zeros((len(self.sources), len(units)), dtype="bool")
        self.asked[source, asked] = True
        self.held = np.zeros((len(self.sources), len(values)), dtype="bool")
        self.held[source, given] = True
        self.unit_of = np.zeros(len(values), dtype="int64")
        self.unit_of[given] = asked
        others = np.maximum(self.asked.sum(axis=0) - 1, 1)[self.unit_of]
        # How likely another source gives the answer of its own accord: as many of the others do as here.
        self.chance = np.clip((self.held.sum(axis=0) - 1) / others, 1e-3, 1.0)
        self.rare = (self.held.sum(axis=0) >= 2) & (self.chance <= 0.2)
        claim = claims["claim_id"].to_numpy() if "claim_id" in claims else np.full(len(claims), "")
        self.claims: dict[tuple[int, int], str] = dict(
            zip(zip(source, given, strict=True), claim, strict=True)
        )

    def candidates(self, source: int) -> list[int]:
        """Return the sources that share two rare answers with one or more."""
        shared = self.held[:, self.held[source] & self.rare].sum(axis=1)
        shared[source] = 0
        return np.flatnonzero(shared >= 2).tolist()

    def weight(self, source: int, other: int, explained: np.ndarray) -> float:
        """Return how far the answers speak for copying: the logarithm of a ratio of likelihoods.

        Shared answers speak for it, the rarer the more; different answers to one question against it.
        """
        mine = self.held[source] & ~explained
        same = mine & self.held[other]
        differ = self.asked[source] & self.asked[other]
        differ[self.unit_of[self.held[source] & self.held[other]]] = False
        differ[self.unit_of[explained]] = False
        p = self.chance[same]
        gain = np.log((_RATES[:, None] + (1 - _RATES[:, None]) * p) / p).sum(axis=1)
        return float((gain + differ.sum() * np.log(1 - _RATES)).max())


def _answer_links(
    answers: _Answers, order: _Order, known: Mapping[str, list[str]], least: float
) -> Iterator[_Link]:
    """Yield what the answers of each source show that it may have copied from, the weightiest first.

    What the upstreams explain that the texts show already is not explained again.
    """
    for source in answers.sources:
        me = answers.place[source]
        left = [o for o in answers.candidates(me) if order.direction(source, answers.sources[o])]
        explained = np.zeros(answers.held.shape[1], dtype="bool")
        for upstream in known.get(source, []):
            if upstream in answers.place:
                explained |= answers.held[me] & answers.held[answers.place[upstream]]
        while left:
            weights = {o: answers.weight(me, o, explained) for o in left}
            best = max(left, key=lambda o: (weights[o], -o))
            if weights[best] < least:
                break
            left.remove(best)
            same = answers.held[me] & answers.held[best]
            rare = np.flatnonzero(same & answers.rare).tolist()
            ids = [answers.claims[who, at] for at in rare for who in (me, best)]
            yield _Link(
                source=source,
                upstream=answers.sources[best],
                rare=len(rare),
                weight=weights[best],
                claims=tuple(ids),
            )
            explained |= same


def copy_links(
    sources: pd.DataFrame,
    passages: pd.DataFrame | None = None,
    lengths: Mapping[str, int] | None = None,
    claims: pd.DataFrame | None = None,
    *,
    least_share: float = LEAST_NEW_SHARE,
    least_weight: float = LEAST_WEIGHT,
) -> pd.DataFrame:
    """Find who may have copied from whom.

    A text is explained step by step: first by the earlier text that shares most of it, then by the one
    that shares most of what is left, as long as that is enough. So a copy of a copy leads to the copy, and
    two copies of one text do not lead to each other. Then the answers are explained in the same way: rare
    ones that two sources share speak for copying, different ones against it.

    Parameters
    ----------
    sources : DataFrame
        ``source_id, not_before, not_after`` (EDTF or empty): when each was written.
    passages : DataFrame, optional
        As :func:`sourcebook.reuse.shared_passages` returns it.
    lengths : mapping of str to int, optional
        Length of each text in code points, on the same text as the offsets; needed with `passages`.
    claims : DataFrame, optional
        ``source_id, proposition_id, value``, and ``scope, claim_id`` if there are such.
    least_share : float
        Part of a text that a further upstream must explain.
    least_weight : float
        Logarithm of the ratio of likelihoods by which answers must speak for copying.

    Returns
    -------
    DataFrame
        One row a link, by source in the order of the registry, the best candidate first: ``source_id,
        upstream, direction`` (``by date``; ``unknown`` where the dates do not say who came first),
        ``share`` (of the text of the source that stands in the upstream), ``rare_answers`` (shared, given
        by a fifth of those who answer or fewer), ``weight`` (of the answers, where they show the link),
        ``score`` (0 to 1: one minus the part of the text that is not shared, times e to the power of minus
        the weight), ``passages, claims`` (ids of the evidence). What two sources share because both copied
        a third that is not here looks the same.

    References
    ----------
    The weight of shared answers follows the thought of Dong, X. L., Berti-Équille, L. and Srivastava, D.
    (2009), Integrating conflicting data, PVLDB 2(1): to share what few give is a sign of dependence.
    """
    order = _Order(sources)
    links: list[_Link] = []
    if passages is not None and lengths is not None:
        stock = _stock_phrases(passages, max(MOST_TEXTS, MOST_TEXTS_PART * len(sources)))
        links += _text_links(_by_text(passages, order, stock), stock, lengths, least_share)
    if claims is not None and len(claims):
        known: dict[str, list[str]] = {}
        for link in links:
            known.setdefault(link.source, []).append(link.upstream)
        links += _answer_links(_Answers(claims), order, known, least_weight)
    rows = [
        (
            link.source,
            link.upstream,
            order.direction(link.source, link.upstream),
            link.share,
            link.rare,
            link.weight,
            1 - (1 - link.share) * float(np.exp(-link.weight)),
            ";".join(link.passages),
            ";".join(filter(None, link.claims)),
        )
        for link in links
    ]
    rows.sort(key=lambda row: (order.place[row[0]], -row[6]))
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS).round(4)

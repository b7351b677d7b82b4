"""The headlines of a dataset, the propositions behind each, and what is left without a source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.analysis.agreement.counting import GRAVEST_FIRST, Coded, Codes, distinct, encode, related
from sourcebook.analysis.agreement.dependence import merge_sources
from sourcebook.analysis.agreement.status import origin_codes
from sourcebook.core.errors import SourcebookError

__all__ = [
    "HEADLINES",
    "Tally",
    "group_codes",
    "groups_of",
    "headline_propositions",
    "headlines_by_origin",
    "leave_one_out",
    "summary",
    "tally",
    "tally_without",
]

#: Headlines that are counts of propositions, in their order.
HEADLINES = (
    "propositions",
    "single_source",
    "shared",
    "with_contradiction",
    "all_agree",
    "within_contradiction",
    "two_origins",
    "agreed_by_two_origins",
)

_Masks = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What is counted on each proposition, the last axis of every array.

    Attributes
    ----------
    claims, sources, origins : array of int
        How many answer.
    pairs : tuple of array of int
        Pairs of claims of different sources, by the relations of :data:`GRAVEST_FIRST`.
    within : array of int
        Contradicting pairs inside one source.
    crossing : array of int
        Agreeing pairs of claims of different origins.
    """

    claims: Codes
    sources: Codes
    origins: Codes
    pairs: tuple[Codes, ...]
    within: Codes
    crossing: Codes

    def masks(self) -> dict[str, _Masks]:
        """Say which propositions stand behind each headline."""
        contradict, compatible, agree, apart = self.pairs
        several = self.sources > 1
        return dict(
            zip(
                HEADLINES,
                (
                    self.sources > 0,
                    self.sources == 1,
                    several,
                    contradict > 0,
                    several & (agree > 0) & (contradict + compatible + apart == 0),
                    self.within > 0,
                    self.origins > 1,
                    self.crossing > 0,
                ),
                strict=True,
            )
        )

    def standings(self) -> npt.NDArray[np.str_]:
        """Return what :func:`agreement_status` calls each proposition; ``unanswered`` where nobody answers."""
        gravest = np.select([count > 0 for count in self.pairs], GRAVEST_FIRST, default="single source")
        return np.select(
            [self.sources == 0, self.sources == 1], ["unanswered", "single source"], default=gravest
        )


def _answering(coded: Coded, groups: Codes) -> tuple[Codes, Codes]:
    """Return proposition and source of each source that answers a proposition, once."""
    width = max(len(groups), 1)
    cells = distinct(coded.claim_proposition * width + coded.claim_source)
    return cells // width, cells % width


def _origins(coded: Coded, origin: Codes) -> Codes:
    """Count, for each origin and proposition, the sources of the origin that answer."""
    proposition, source = _answering(coded, origin)
    return _grid(origin[source], proposition, int(origin.max(initial=0)) + 1, len(coded.propositions))


def _grid(group: Codes, proposition: Codes, groups: int, size: int) -> Codes:
    return np.bincount(group * size + proposition, minlength=groups * size).reshape(groups, size)


def tally(coded: Coded, origin: Codes) -> Tally:
    """Count what all sources say.

    Parameters
    ----------
    coded : Coded
        Claims and relations.
    origin : array of int
        The origin of each source.
    """
    one, other = coded.source_pair
    named = {name: coded.relation == place for place, name in enumerate(GRAVEST_FIRST)}
    return Tally(
        claims=np.bincount(coded.claim_proposition, minlength=len(coded.propositions)),
        sources=np.bincount(_answering(coded, origin)[0], minlength=len(coded.propositions)),
        origins=(_origins(coded, origin) > 0).sum(axis=0),
        pairs=tuple(coded.tally(coded.counts & chosen) for chosen in named.values()),
        within=coded.tally((one == other) & named["contradict"]),
        crossing=coded.tally((origin[one] != origin[other]) & named["agree"]),
    )


def tally_without(coded: Coded, origin: Codes, group: Codes, groups: int) -> Tally:
    """Count what is left without each group of sources in turn.

    Parameters
    ----------
    coded : Coded
        Claims and relations.
    origin : array of int
        The origin of each source.
    group : array of int
        The group of each source; a group lies within one origin.
    groups : int
        How many groups there are; one without a claim takes nothing away.

    Returns
    -------
    Tally
        Every array has a row for each group. Nothing is counted again: what a group takes part in is
        subtracted from the whole.
    """
    full = tally(coded, origin)
    size = len(coded.propositions)
    one, other = coded.source_pair
    named = {name: coded.relation == place for place, name in enumerate(GRAVEST_FIRST)}

    def lost(chosen: _Masks) -> Codes:
        a, b, on = group[one[chosen]], group[other[chosen]], coded.pair_proposition[chosen]
        apart = a != b
        return _grid(a, on, groups, size) + _grid(b[apart], on[apart], groups, size)

    proposition, source = _answering(coded, origin)
    leaving = _grid(group[source], proposition, groups, size)
    home = np.zeros(groups, dtype="int64")
    home[group] = origin
    gone = (leaving > 0) & (leaving == _origins(coded, origin)[home])
    return Tally(
        claims=full.claims - _grid(group[coded.claim_source], coded.claim_proposition, groups, size),
        sources=full.sources - leaving,
        origins=full.origins - gone,
        pairs=tuple(
            whole - lost(coded.counts & chosen)
            for whole, chosen in zip(full.pairs, named.values(), strict=True)
        ),
        within=full.within - lost((one == other) & named["contradict"]),
        crossing=full.crossing - lost((origin[one] != origin[other]) & named["agree"]),
    )


def headline_propositions(
    claims: pd.DataFrame, relations: pd.DataFrame, origin: pd.DataFrame
) -> dict[str, list[str]]:
    """List the propositions behind each headline.

    Parameters
    ----------
    claims : DataFrame
        ``claim_id, proposition_id, source_id``.
    relations : DataFrame
        As :func:`sourcebook.analysis.relations.relate_all` returns it for these claims.
    origin : DataFrame
        As :func:`origins` returns it.

    Returns
    -------
    dict of str to list of str
        ``propositions`` that are answered; ``single_source`` ones; ``shared`` ones (two or more sources);
        of these ``with_contradiction`` between sources, and ``all_agree`` (each pair of claims that
        :func:`agreement_status` counts agrees); ``within_contradiction`` (a source contradicts itself);
        ``two_origins``: answered by at least two origins; ``agreed_by_two_origins``: at least two origins
        give an agreeing claim. In the order of the claims.
    """
    coded = encode(claims, relations)
    related(coded)
    found = tally(coded, origin_codes(coded, origin)).masks()
    return {name: [str(p) for p in coded.propositions[mask]] for name, mask in found.items()}


def summary(claims: pd.DataFrame, relations: pd.DataFrame, origin: pd.DataFrame) -> dict[str, int]:
    """Count the headlines.

    Parameters
    ----------
    claims, relations, origin : DataFrame
        As for :func:`headline_propositions`.

    Returns
    -------
    dict of str to int
        ``claims``, and the number of propositions behind each headline of :func:`headline_propositions`.
    """
    coded = encode(claims, relations)
    return _counts(coded, origin_codes(coded, origin))


def _counts(coded: Coded, origin: Codes) -> dict[str, int]:
    related(coded)
    found = tally(coded, origin)
    return {"claims": int(found.claims.sum()), **{n: int(m.sum()) for n, m in found.masks().items()}}


def headlines_by_origin(claims: pd.DataFrame, relations: pd.DataFrame, origin: pd.DataFrame) -> pd.DataFrame:
    """Count every headline over the sources, and again with origins in their place.

    Parameters
    ----------
    claims, relations, origin : DataFrame
        As for :func:`summary`.

    Returns
    -------
    DataFrame
        ``headline, sources, origins``. Counted over origins, ``single_source`` is what one origin alone
        answers, a contradiction stands between two origins, and ``within_contradiction`` inside one.
    """
    names = origin["origin"].drop_duplicates()
    alone = pd.DataFrame({"source_id": names, "origin": names})
    over = summary(*merge_sources(claims, relations, origin), alone)
    full = summary(claims, relations, origin)
    return pd.DataFrame(
        {"headline": list(full), "sources": list(full.values()), "origins": list(over.values())}
    )


def groups_of(origin: pd.DataFrame, by: str) -> dict[str, list[str]]:
    """Return the sources that are left out together, by the name of the source or of the origin."""
    column = {"source": "source_id", "origin": "origin"}.get(by)
    if column is None:
        raise SourcebookError(f"leave_one_out: expected by to be 'source' or 'origin', found {by!r}")
    groups: dict[str, list[str]] = {}
    for name, source in zip(origin[column], origin["source_id"], strict=True):
        groups.setdefault(name, []).append(source)
    return groups


def group_codes(coded: Coded, groups: Mapping[str, list[str]]) -> Codes:
    """Return the group of each source of `coded`; the code is the place of the group."""
    place = {source: n for n, members in enumerate(groups.values()) for source in members}
    return np.array([place[source] for source in coded.sources], dtype="int64")


def leave_one_out(
    claims: pd.DataFrame, relations: pd.DataFrame, origin: pd.DataFrame, *, by: str = "source"
) -> pd.DataFrame:
    """Count the headlines again without each source, or without each origin, in turn.

    Parameters
    ----------
    claims, relations, origin : DataFrame
        As for :func:`summary`.
    by : {"source", "origin"}
        What is left out.

    Returns
    -------
    DataFrame
        One row for each headline and each source or origin that is left out: ``headline, left_out`` (empty
        where nothing is), ``count`` (int); first without any, then in the order of the origins.
        Origins stay as they are: two sources that only the one left out ties together remain one.

    Raises
    ------
    SourcebookError
        If `by` is something else.
    """
    groups = groups_of(origin, by)
    coded = encode(claims, relations)
    full = _counts(coded, origin_codes(coded, origin))
    found = tally_without(coded, origin_codes(coded, origin), group_codes(coded, groups), len(groups))
    counts = {"claims": found.claims.sum(axis=1)} | {n: m.sum(axis=1) for n, m in found.masks().items()}
    rows = [(name, "", n) for name, n in full.items()]
    rows += [(name, left, int(counts[name][place])) for place, left in enumerate(groups) for name in full]
    types = {"headline": "str", "left_out": "str", "count": "int64"}
    return pd.DataFrame(rows, columns=list(types)).astype(types)

"""How the sources stand to each question, and to each answer."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.analysis.agreement.counting import GRAVEST_FIRST, Coded, Codes, distinct, encode, related
from sourcebook.core.errors import SourcebookError

__all__ = ["RELATION_COLUMNS", "agreement_status", "corroboration", "matrix", "origin_codes"]

#: Columns of :func:`agreement_status` that count pairs of claims of different sources.
RELATION_COLUMNS = ("agree", "compatible", "contradict", "not_comparable")


def agreement_status(claims: pd.DataFrame, relations: pd.DataFrame) -> pd.DataFrame:
    """Say how the sources stand to each proposition that at least one of them answers.

    Parameters
    ----------
    claims : DataFrame
        ``proposition_id, source_id, claim_id``.
    relations : DataFrame
        As :func:`sourcebook.analysis.relations.relate_all` returns it for these claims.

    Returns
    -------
    DataFrame
        One row a proposition: ``proposition_id, sources, claims, agree, compatible, contradict,
        not_comparable`` (pairs of claims from different sources; where answers can stand together, two
        different items that both sources list are not counted), ``within`` (contradicting pairs inside
        one source) and ``agreement_status``: ``single source``, or the gravest relation between two sources.

    Raises
    ------
    SourcebookError
        If claims of two sources on one proposition are not related.
    """
    coded = encode(claims, relations)
    size = len(coded.propositions)
    pairs = {
        name: coded.tally(coded.counts & (coded.relation == place))
        for place, name in enumerate(GRAVEST_FIRST)
    }
    one, other = coded.source_pair
    contradict = coded.relation == GRAVEST_FIRST.index("contradict")
    answering = related(coded)
    gravest = np.select([pairs[name] > 0 for name in GRAVEST_FIRST], GRAVEST_FIRST, default="")
    return pd.DataFrame(
        {
            "proposition_id": coded.propositions.astype("str"),
            "sources": answering,
            "claims": np.bincount(coded.claim_proposition, minlength=size),
            **{column: pairs[column.replace("_", "-")] for column in RELATION_COLUMNS},
            "self_contradictions": coded.tally((one == other) & contradict),
            "agreement_status": pd.Series(np.where(answering > 1, gravest, "single source"), dtype="str"),
        }
    )


def matrix(
    claims: pd.DataFrame,
    relations: pd.DataFrame,
    silence: pd.DataFrame,
    propositions: pd.DataFrame,
    sources: pd.DataFrame,
) -> pd.DataFrame:
    """Give one state to each proposition and source.

    Parameters
    ----------
    claims : DataFrame
        ``claim_id, proposition_id, source_id``.
    relations : DataFrame
        As :func:`sourcebook.analysis.relations.relate_all` returns it for these claims.
    silence : DataFrame
        As :func:`silences` returns it.
    propositions : DataFrame
        ``proposition_id, topic``.
    sources : DataFrame
        ``source_id``.

    Returns
    -------
    DataFrame
        ``proposition_id, topic, source_id, state, claims``. The state is, for a source that answers, the
        gravest relation of its claims to those of another source (``agree``, ``compatible``,
        ``contradict``, ``not-comparable``) or ``only`` if no other source answers; for one that does not,
        the type of its silence, and ``not-coded`` where `silence` gives none. ``claims`` lists the claim
        ids, joined by ``;``. Pairs are counted as in :func:`agreement_status`.
    """
    coded = encode(claims, relations)
    asked, heard = pd.Index(propositions["proposition_id"]), pd.Index(sources["source_id"])
    width = len(heard)
    row, column = asked.get_indexer(coded.propositions), heard.get_indexer(coded.sources)
    state = np.full(len(asked) * width, "not-coded", dtype=object)
    quiet = asked.get_indexer(pd.Index(silence["proposition_id"])) * width + heard.get_indexer(
        pd.Index(silence["source_id"])
    )
    state[quiet] = silence["silence"].to_numpy(dtype=object)
    claim_cell = row[coded.claim_proposition] * width + column[coded.claim_source]
    state[claim_cell] = "only"
    for place in reversed(range(len(GRAVEST_FIRST))):
        pairs = coded.counts & (coded.relation == place)
        for side in (coded.first, coded.second):
            state[claim_cell[side[pairs]]] = GRAVEST_FIRST[place]
    held = np.full(len(state), "", dtype=object)
    order = np.argsort(claim_cell, kind="stable")
    cells, lists = _joined(claim_cell[order], claims["claim_id"].to_numpy(dtype=object)[order])
    held[cells] = lists
    return pd.DataFrame(
        {
            "proposition_id": np.repeat(asked.to_numpy(dtype=object), width),
            "topic": np.repeat(propositions["topic"].to_numpy(dtype=object), width),
            "source_id": np.tile(heard.to_numpy(dtype=object), len(asked)),
            "state": state,
            "claims": held,
        },
        dtype="str",
    )


def _joined(keys: Codes, ids: npt.NDArray[Any]) -> tuple[Codes, list[str]]:
    """Return the different keys of a sorted array, and the ids of each joined by ``;``."""
    starts = np.flatnonzero(np.r_[keys.size > 0, keys[1:] != keys[:-1]]) if keys.size else keys
    ends = np.r_[starts[1:], keys.size][: starts.size]
    return keys[starts], [";".join(ids[a:b]) for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]


def corroboration(claims: pd.DataFrame, relations: pd.DataFrame, origin: pd.DataFrame) -> pd.DataFrame:
    """Count who gives the same answer, by sources and by origins.

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
    DataFrame
        One row a claim: ``claim_id, proposition_id, source_id, sources, origins, shared_with``: how many
        sources and how many origins give a claim that agrees with this one, itself included, and which
        other claims those are. A source that gives the answer twice counts once. Merging never raises a
        count.

    Raises
    ------
    SourcebookError
        If a source of the claims has no origin.
    """
    coded = encode(claims, relations)
    agree = coded.relation == GRAVEST_FIRST.index("agree")
    ids = claims["claim_id"].to_numpy(dtype=object)
    rank = np.empty(len(ids), dtype="int64")
    rank[np.argsort(ids, kind="stable")] = np.arange(len(ids))
    claim = np.r_[coded.first[agree], coded.second[agree]]
    partner = np.r_[coded.second[agree], coded.first[agree]]
    order = np.lexsort((rank[partner], claim))
    claim, partner = claim[order], partner[order]
    shared = np.full(len(ids), "", dtype=object)
    cells, lists = _joined(claim, ids[partner])
    shared[cells] = lists
    itself = np.arange(len(ids))
    holders = np.r_[claim, itself], coded.claim_source[np.r_[partner, itself]]
    return pd.DataFrame(
        {
            **{name: claims[name].to_numpy() for name in ("claim_id", "proposition_id", "source_id")},
            "sources": _different(*holders, len(ids)),
            "origins": _different(holders[0], origin_codes(coded, origin)[holders[1]], len(ids)),
            "shared_with": pd.Series(shared, dtype="str"),
        }
    ).astype(dict.fromkeys(("claim_id", "proposition_id", "source_id"), "str"))


def origin_codes(coded: Coded, origin: pd.DataFrame) -> Codes:
    """Return the origin of each source of `coded`, as a number."""
    origin_of = dict(zip(origin["source_id"], origin["origin"], strict=True))
    without = [str(source) for source in coded.sources if source not in origin_of]
    if without:
        raise SourcebookError(
            f"origin: expected an origin for every source, found none for {', '.join(without)}"
        )
    return pd.factorize(pd.Series([origin_of[s] for s in coded.sources], dtype="str"))[0].astype("int64")


def _different(claim: Codes, holder: Codes, size: int) -> Codes:
    """Count the different holders of each claim."""
    width = int(holder.max(initial=0)) + 1
    return np.bincount(distinct(claim * width + holder) // width, minlength=size)

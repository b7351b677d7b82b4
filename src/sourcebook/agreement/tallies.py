"""How the sources stand to each question, and to each answer."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from sourcebook.errors import SourcebookError
from sourcebook.relations import LIST_RULES

__all__ = ["RELATION_COLUMNS", "corroboration", "matrix", "standing"]

#: From the gravest relation to the least.
_GRAVEST_FIRST = ("contradict", "compatible", "agree", "not-comparable")

#: Columns of :func:`standing` that count pairs of claims of different sources.
RELATION_COLUMNS = ("agree", "compatible", "contradict", "not_comparable")

_STANDING_COLUMNS = ["proposition_id", "sources", "claims", *RELATION_COLUMNS, "within", "standing"]


def _between(relations: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of claims of different sources that say how these stand to each other.

    Where several answers stand together, two items that both sources list are no difference between them:
    such a pair is left out, for each item agrees with its like.
    """
    alike: set[tuple[str, str]] = set()
    agree = relations[relations["relation"] == "agree"]
    for a, b, source_a, source_b in zip(
        agree["claim_a"], agree["claim_b"], agree["source_a"], agree["source_b"], strict=True
    ):
        alike |= {(a, source_b), (b, source_a)}
    listed_by_both = [
        rule in LIST_RULES and (a, source_b) in alike and (b, source_a) in alike
        for rule, a, b, source_a, source_b in zip(
            relations["rule"],
            relations["claim_a"],
            relations["claim_b"],
            relations["source_a"],
            relations["source_b"],
            strict=True,
        )
    ]
    skip = pd.Series(listed_by_both, index=relations.index, dtype="bool")
    return relations[(relations["source_a"] != relations["source_b"]) & ~skip]


def standing(claims: pd.DataFrame, relations: pd.DataFrame) -> pd.DataFrame:
    """Say how the sources stand to each proposition that at least one of them answers.

    Parameters
    ----------
    claims : DataFrame
        ``proposition_id, source_id, claim_id``.
    relations : DataFrame
        As :func:`sourcebook.relations.relate_all` returns it for these claims.

    Returns
    -------
    DataFrame
        One row a proposition: ``proposition_id, sources, claims, agree, compatible, contradict,
        not_comparable`` (pairs of claims from different sources; where answers can stand together, two
        different items that both sources list are not counted), ``within`` (contradicting pairs inside
        one source) and ``standing``: ``single source``, or the gravest relation between two sources.

    Raises
    ------
    SourcebookError
        If claims of two sources on one proposition are not related.
    """
    pairs = _between(relations)
    between = Counter(zip(pairs["proposition_id"], pairs["relation"], strict=True))
    inside = relations[
        (relations["source_a"] == relations["source_b"]) & (relations["relation"] == "contradict")
    ]
    within = Counter(inside["proposition_id"])
    holders: dict[str, list[str]] = {}
    for proposition, source in zip(claims["proposition_id"], claims["source_id"], strict=True):
        holders.setdefault(proposition, []).append(source)
    rows = []
    for proposition, sources in holders.items():
        counts = {relation: between[proposition, relation] for relation in _GRAVEST_FIRST}
        gravest = next((relation for relation in _GRAVEST_FIRST if counts[relation]), "")
        several = len(set(sources)) > 1
        if several and not gravest:
            raise SourcebookError(
                f"proposition {proposition!r}: expected relations between the claims of its "
                f"{len(set(sources))} sources, found none; relate the same claims with relate_all"
            )
        rows.append(
            (
                proposition,
                len(set(sources)),
                len(sources),
                *(counts[column.replace("_", "-")] for column in RELATION_COLUMNS),
                within[proposition],
                gravest if several else "single source",
            )
        )
    whole = ("sources", "claims", *RELATION_COLUMNS, "within")
    types = {c: "int64" if c in whole else "str" for c in _STANDING_COLUMNS}
    return pd.DataFrame(rows, columns=_STANDING_COLUMNS).astype(types)


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
        As :func:`sourcebook.relations.relate_all` returns it for these claims.
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
        ids, joined by ``;``. Pairs are counted as in :func:`standing`.
    """
    between = _between(relations)
    gravest: dict[tuple[str, str], str] = {}
    for relation in reversed(_GRAVEST_FIRST):
        rows = between[between["relation"] == relation]
        for side in ("source_a", "source_b"):
            gravest.update(dict.fromkeys(zip(rows["proposition_id"], rows[side], strict=True), relation))
    held: dict[tuple[str, str], list[str]] = {}
    for proposition, source, claim in zip(
        claims["proposition_id"], claims["source_id"], claims["claim_id"], strict=True
    ):
        held.setdefault((proposition, source), []).append(claim)
    quiet = {
        (p, s): k
        for p, s, k in zip(silence["proposition_id"], silence["source_id"], silence["silence"], strict=True)
    }
    cells = []
    for proposition, topic in zip(propositions["proposition_id"], propositions["topic"], strict=True):
        for source in sources["source_id"]:
            cell = (proposition, source)
            state = gravest.get(cell, "only") if cell in held else quiet.get(cell, "not-coded")
            cells.append((proposition, topic, source, state, ";".join(held.get(cell, []))))
    columns = ["proposition_id", "topic", "source_id", "state", "claims"]
    return pd.DataFrame(cells, columns=columns, dtype="str")


def corroboration(claims: pd.DataFrame, relations: pd.DataFrame, origin: pd.DataFrame) -> pd.DataFrame:
    """Count who gives the same answer, by sources and by origins.

    Parameters
    ----------
    claims : DataFrame
        ``claim_id, proposition_id, source_id``.
    relations : DataFrame
        As :func:`sourcebook.relations.relate_all` returns it for these claims.
    origin : DataFrame
        As :func:`origins` returns it.

    Returns
    -------
    DataFrame
        One row a claim: ``claim_id, proposition_id, source_id, sources, origins, shared_with``: how many
        sources and how many origins give a claim that agrees with this one, itself included, and which
        other claims those are. A source that gives the answer twice counts once. Merging never raises a
        count.
    """
    agree = relations[relations["relation"] == "agree"]
    partners: dict[str, set[str]] = {claim: set() for claim in claims["claim_id"]}
    for a, b in zip(agree["claim_a"], agree["claim_b"], strict=True):
        if a in partners and b in partners:
            partners[a].add(b)
            partners[b].add(a)
    source_of = dict(zip(claims["claim_id"], claims["source_id"], strict=True))
    origin_of = dict(zip(origin["source_id"], origin["origin"], strict=True))
    rows = []
    for claim, proposition, source in zip(
        claims["claim_id"], claims["proposition_id"], claims["source_id"], strict=True
    ):
        holders = {source, *(source_of[other] for other in partners[claim])}
        behind = {origin_of[holder] for holder in holders}
        shared = ";".join(sorted(partners[claim]))
        rows.append((claim, proposition, source, len(holders), len(behind), shared))
    columns = ["claim_id", "proposition_id", "source_id", "sources", "origins", "shared_with"]
    types = {c: "int64" if c in ("sources", "origins") else "str" for c in columns}
    return pd.DataFrame(rows, columns=columns).astype(types)

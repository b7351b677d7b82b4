"""Who answers what, who is silent and how, and how many origins stand behind an answer.

The functions take the claims, their relations and the links between sources as frames. Nothing here says
whether an answer is true: that several sources give it shows that they give it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

import pandas as pd

from sourcebook.dates import parse_edtf
from sourcebook.documents import Document

__all__ = [
    "DEFAULT_MERGING",
    "corroboration",
    "leave_one_out",
    "matrix",
    "origins",
    "search_evidence",
    "silences",
    "standing",
    "summary",
]

#: Kinds of links that make two sources one origin unless the caller says otherwise: one hand or one house
#: behind both. A shared speech, document or event is shown, and merged only on request.
DEFAULT_MERGING = ("author", "publisher")

_WORST = ("contradict", "compatible", "agree", "not-comparable")


def origins(
    sources: pd.DataFrame, links: pd.DataFrame, *, merging: Collection[str] = DEFAULT_MERGING
) -> pd.DataFrame:
    """Merge sources that depend on the same upstream into origins.

    Parameters
    ----------
    sources : DataFrame
        ``source_id``, in the order of the registry.
    links : DataFrame
        ``source_id, upstream, kind``.
    merging : collection of str
        Kinds of links that merge; each a term of :data:`sourcebook.vocab.LINK_KINDS`.

    Returns
    -------
    DataFrame
        ``source_id, origin, merged_by``. An origin is named by its first source; ``merged_by`` lists the
        kinds of links that tie the source to another of the same origin. Merging is transitive.
    """
    order = list(sources["source_id"])
    parent = {s: s for s in order}

    def root(s: str) -> str:
        while parent[s] != s:
            s = parent[s]
        return s

    reasons: dict[str, set[str]] = {s: set() for s in order}
    used = links[links["kind"].isin(list(merging)) & links["source_id"].isin(order)]
    for (_, kind), group in used.groupby(["upstream", "kind"], sort=True):
        members = sorted(set(group["source_id"]), key=order.index)
        if len(members) > 1:
            for member in members:
                reasons[member].add(str(kind))
                low, high = sorted((root(members[0]), root(member)), key=order.index)
                parent[high] = low
    return pd.DataFrame(
        {
            "source_id": order,
            "origin": [root(s) for s in order],
            "merged_by": [";".join(sorted(reasons[s])) for s in order],
        },
        dtype="str",
    )


def search_evidence(propositions: pd.DataFrame, documents: Mapping[str, Document]) -> pd.DataFrame:
    """Look for the declared words of each proposition in each source.

    Parameters
    ----------
    propositions : DataFrame
        ``proposition_id, search``: phrases joined by ``;``, matched anywhere, in any case.
    documents : mapping of str to Document

    Returns
    -------
    DataFrame
        ``proposition_id, source_id, searched, hits, found``: the phrases that were looked for, how often
        they occur in the normalised text together, and which of them do.
    """
    texts = {s: d.normal.text.casefold() for s, d in documents.items()}
    rows = []
    for proposition_id, search in zip(propositions["proposition_id"], propositions["search"], strict=True):
        phrases = [p.strip() for p in search.split(";") if p.strip()]
        for source_id, text in texts.items():
            counts = {p: len(re.findall(re.escape(p.casefold()), text)) for p in phrases}
            rows.append(
                {
                    "proposition_id": proposition_id,
                    "source_id": source_id,
                    "searched": "; ".join(phrases),
                    "hits": sum(counts.values()),
                    "found": "; ".join(p for p, n in counts.items() if n),
                }
            )
    return pd.DataFrame(rows, columns=["proposition_id", "source_id", "searched", "hits", "found"])


def _written_before(source: Mapping[str, str], event_starts: object) -> bool:
    latest = parse_edtf(source["not_after"]).latest if source["not_after"] else None
    return bool(latest is not None and event_starts is not None and latest < event_starts)


def silences(
    claims: pd.DataFrame,
    propositions: pd.DataFrame,
    sources: pd.DataFrame,
    scopes: pd.DataFrame,
    event_starts: Mapping[str, str],
    evidence: pd.DataFrame,
    open_sources: Collection[str] = (),
) -> pd.DataFrame:
    """Give each silence its type.

    Parameters
    ----------
    claims, propositions, sources, scopes : DataFrame
        The coded tables.
    event_starts : mapping of str to str
        EDTF date from which an event can be spoken of as past or planned in detail, by event id.
    evidence : DataFrame
        As :func:`search_evidence` returns it.
    open_sources : collection of str
        Sources with sentences that are neither coded nor listed.

    Returns
    -------
    DataFrame
        One row for each proposition and source without a claim: ``proposition_id, source_id, silence``
        (a term of :data:`sourcebook.vocab.SILENCES`), ``searched, found, reason``. The types are tried in
        this order: not coded, before the event, out of scope, mentioned, searched and absent.
    """
    answered = set(zip(claims["proposition_id"], claims["source_id"], strict=True))
    out_of_scope = {
        (s, t): r for s, t, r in zip(scopes["source_id"], scopes["topic"], scopes["reason"], strict=True)
    }
    starts = {e: parse_edtf(d).earliest for e, d in event_starts.items()}
    registry = {row["source_id"]: row for row in sources.to_dict("records")}
    questions = propositions.set_index("proposition_id")
    rows = []
    for row in evidence.itertuples():
        if (row.proposition_id, row.source_id) in answered:
            continue
        question = questions.loc[row.proposition_id]
        if row.source_id in open_sources:
            kind, reason = "not-coded", "the source has sentences that are not accounted for"
        elif _written_before(registry[row.source_id], starts.get(question["event_id"])):
            kind, reason = "before-event", f"written by {registry[row.source_id]['not_after']}"
        elif (row.source_id, question["topic"]) in out_of_scope:
            kind, reason = "out-of-scope", out_of_scope[row.source_id, question["topic"]]
        elif row.hits:
            kind, reason = "mentioned", f"occurs: {row.found}"
        else:
            kind, reason = "searched-absent", f"looked for: {row.searched}"
        rows.append((row.proposition_id, row.source_id, kind, row.searched, row.found, reason))
    columns = ["proposition_id", "source_id", "silence", "searched", "found", "reason"]
    return pd.DataFrame(rows, columns=columns, dtype="str")


def _between(relations: pd.DataFrame) -> pd.DataFrame:
    return relations[relations["source_a"] != relations["source_b"]]


def standing(claims: pd.DataFrame, relations: pd.DataFrame) -> pd.DataFrame:
    """Say how the sources stand to each proposition that at least one of them answers.

    Parameters
    ----------
    claims : DataFrame
        ``proposition_id, source_id, claim_id``.
    relations : DataFrame
        As :func:`sourcebook.relations.relate_all` returns it.

    Returns
    -------
    DataFrame
        One row a proposition: ``proposition_id, sources, claims, agree, compatible, contradict,
        not_comparable`` (pairs of claims from different sources), ``within`` (contradicting pairs inside
        one source) and ``standing``: ``single source``, or the gravest relation between two sources.
    """
    base = claims.groupby("proposition_id", sort=False).agg(
        sources=("source_id", "nunique"), claims=("claim_id", "count")
    )
    pairs = _between(relations).groupby(["proposition_id", "relation"]).size().unstack(fill_value=0)
    pairs = pairs.reindex(index=base.index, columns=list(_WORST), fill_value=0)
    inside = relations[
        (relations["source_a"] == relations["source_b"]) & (relations["relation"] == "contradict")
    ]
    base["within"] = inside.groupby("proposition_id").size().reindex(base.index, fill_value=0)
    for relation in _WORST:
        base[relation.replace("-", "_")] = pairs[relation].fillna(0).astype("int64")
    gravest = [
        next((r for r in _WORST if pairs.loc[p, r]), "single source") if n > 1 else "single source"
        for p, n in base["sources"].items()
    ]
    base["standing"] = gravest
    columns = [
        "sources",
        "claims",
        "agree",
        "compatible",
        "contradict",
        "not_comparable",
        "within",
        "standing",
    ]
    return base[columns].reset_index()


def matrix(
    claims: pd.DataFrame,
    relations: pd.DataFrame,
    silence: pd.DataFrame,
    propositions: pd.DataFrame,
    sources: pd.DataFrame,
) -> pd.DataFrame:
    """Give one state to each proposition and source.

    Returns
    -------
    DataFrame
        ``proposition_id, topic, source_id, state, claims``. The state is, for a source that answers, the
        gravest relation of its claims to those of another source (``agree``, ``compatible``,
        ``contradict``, ``not-comparable``) or ``only`` if no other source answers; for one that does not,
        the type of its silence. ``claims`` lists the claim ids, joined by ``;``.
    """
    between = _between(relations)
    worst: dict[tuple[str, str], str] = {}
    for relation in reversed(_WORST):
        rows = between[between["relation"] == relation]
        for side in ("source_a", "source_b"):
            worst.update(dict.fromkeys(zip(rows["proposition_id"], rows[side], strict=True), relation))
    held = claims.groupby(["proposition_id", "source_id"])["claim_id"].agg(";".join).to_dict()
    quiet = {
        (p, s): k
        for p, s, k in zip(silence["proposition_id"], silence["source_id"], silence["silence"], strict=True)
    }
    rows = []
    for proposition_id, topic in zip(propositions["proposition_id"], propositions["topic"], strict=True):
        for source_id in sources["source_id"]:
            cell = (proposition_id, source_id)
            state = worst.get(cell, "only") if cell in held else quiet.get(cell, "not-coded")
            rows.append((proposition_id, topic, source_id, state, held.get(cell, "")))
    return pd.DataFrame(
        rows, columns=["proposition_id", "topic", "source_id", "state", "claims"], dtype="str"
    )


def corroboration(claims: pd.DataFrame, relations: pd.DataFrame, origin: pd.DataFrame) -> pd.DataFrame:
    """Count who gives the same answer, by sources and by origins.

    Parameters
    ----------
    claims, relations : DataFrame
        The claims and their relations.
    origin : DataFrame
        As :func:`origins` returns it.

    Returns
    -------
    DataFrame
        One row a claim: ``claim_id, proposition_id, source_id, sources, origins, shared_with``: how many
        sources and how many origins give a claim that agrees with this one, itself included, and which
        other claims those are. Merging never raises a count.
    """
    agree = relations[relations["relation"] == "agree"]
    partners: dict[str, set[str]] = {c: set() for c in claims["claim_id"]}
    for a, b in zip(agree["claim_a"], agree["claim_b"], strict=True):
        if a in partners and b in partners:
            partners[a].add(b)
            partners[b].add(a)
    source_of = dict(zip(claims["claim_id"], claims["source_id"], strict=True))
    origin_of = dict(zip(origin["source_id"], origin["origin"], strict=True))
    rows = []
    for claim_id, proposition_id, source_id in zip(
        claims["claim_id"], claims["proposition_id"], claims["source_id"], strict=True
    ):
        holders = {source_id} | {source_of[c] for c in partners[claim_id]}
        rows.append(
            {
                "claim_id": claim_id,
                "proposition_id": proposition_id,
                "source_id": source_id,
                "sources": len(holders),
                "origins": len({origin_of[s] for s in holders}),
                "shared_with": ";".join(sorted(partners[claim_id])),
            }
        )
    columns = ["claim_id", "proposition_id", "source_id", "sources", "origins", "shared_with"]
    return pd.DataFrame(rows, columns=columns)


def summary(claims: pd.DataFrame, relations: pd.DataFrame, origin: pd.DataFrame) -> dict[str, int]:
    """Count the headlines.

    Returns
    -------
    dict of str to int
        ``claims``; ``propositions`` that are answered; ``single_source`` ones; ``shared`` ones (two or
        more sources); of these ``with_contradiction`` between sources, and ``all_agree`` (each pair of
        claims from different sources agrees); ``within_contradiction`` (contradictions inside a source);
        ``two_origins``: propositions answered by at least two origins; ``agreed_by_two_origins``:
        propositions on which at least two origins give an agreeing claim.
    """
    table = standing(claims, relations)
    origin_of = dict(zip(origin["source_id"], origin["origin"], strict=True))
    by_origin = claims.assign(origin=claims["source_id"].map(origin_of))
    spread = by_origin.groupby("proposition_id")["origin"].nunique()
    agreed = corroboration(claims, relations, origin)
    shared = table[table["sources"] > 1]
    clean = shared[
        (shared["agree"] > 0) & (shared[["compatible", "contradict", "not_comparable"]].sum(axis=1) == 0)
    ]
    return {
        "claims": len(claims),
        "propositions": len(table),
        "single_source": int((table["sources"] == 1).sum()),
        "shared": len(shared),
        "with_contradiction": int((shared["contradict"] > 0).sum()),
        "all_agree": len(clean),
        "within_contradiction": int((table["within"] > 0).sum()),
        "two_origins": int((spread > 1).sum()),
        "agreed_by_two_origins": int(agreed.loc[agreed["origins"] > 1, "proposition_id"].nunique()),
    }


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
        One row a headline: ``headline, all``, and a column for each source or origin that is left out.
    """
    full = summary(claims, relations, origin)
    groups = (
        {s: [s] for s in origin["source_id"]}
        if by == "source"
        else origin.groupby("origin", sort=False)["source_id"].agg(list).to_dict()
    )
    columns = {"headline": list(full), "all": list(full.values())}
    for name, members in groups.items():
        kept = claims[~claims["source_id"].isin(members)]
        ids = set(kept["claim_id"])
        pairs = relations[relations["claim_a"].isin(ids) & relations["claim_b"].isin(ids)]
        columns[str(name)] = list(summary(kept, pairs, origin).values())
    return pd.DataFrame(columns)

"""Which sources depend on which, on what evidence, and which of them count as one origin.

From links to origins in three steps, each of which can be looked at and changed. Links record what a source
depends on (coded, with the words that show it); shared passages say how much of a text is in another.
An edge joins two sources that have an upstream or passages in common. An edge merges its sources if its
kind is one of those chosen, or if the passages make up the chosen share of either text. Origins are the
groups that merging edges hold together, directly or by way of others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations

import pandas as pd

from sourcebook.core import vocabularies
from sourcebook.core.frames import needs

__all__ = [
    "DEFAULT_MERGING",
    "LEAST_SHARE",
    "PASSAGES",
    "dependencies",
    "merge_sources",
    "origins",
    "shared_share",
]

#: Kinds of links that make two sources one origin unless the caller says otherwise: both have one
#: author, publisher or owner. A shared speech, document or event is listed, and merged only on request.
DEFAULT_MERGING = ("author", "publisher", "owner")

#: The kind of an edge that rests on shared passages.
PASSAGES = "passages"

#: Two sources are one origin if passages that they share make up this much of either text.
LEAST_SHARE = 0.1

_SHARE_COLUMNS = {
    "source_a": "str",
    "source_b": "str",
    "passages": "int64",
    "share_a": "float64",
    "share_b": "float64",
    "share": "float64",
    "evidence": "str",
}
_DEPENDENCY_COLUMNS = [
    "source_a",
    "source_b",
    "kind",
    "upstream",
    "label",
    "evidence",
    "share",
    "is_merged",
    "reason",
]
_DECIMALS = 4


def _covered(spans: Collection[tuple[int, int]]) -> int:
    """Return the length of the union of half-open spans."""
    total, reached = 0, -1
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


@needs(
    passages="source_a start_a end_a source_b start_b end_b",
)
def shared_share(passages: pd.DataFrame, lengths: Mapping[str, int]) -> pd.DataFrame:
    """Compute how much of each text lies in passages that it shares with another.

    Parameters
    ----------
    passages : DataFrame
        As :func:`sourcebook.reuse.shared_passages` returns it: ``source_a, start_a, end_a, source_b,
        start_b, end_b``, and ``passage_id`` if there is one; ids count from 1 otherwise.
    lengths : mapping of str to int
        Length of each text in code points, on the same text as the offsets.

    Returns
    -------
    DataFrame
        One row for each pair of sources with a passage, in the order of `lengths`: ``source_a, source_b`` (str),
        ``passages`` (int), ``share_a, share_b`` (float; the part of each text that the passages cover,
        0 to 1, four decimals), ``share`` (float; the larger of the two) and ``evidence`` (str; ids of the passages
        after that of the one source, and again after that of the other).

    Examples
    --------
    >>> passages = pd.DataFrame(
    ...     {"source_a": ["x"], "start_a": 0, "end_a": 30, "source_b": "y", "start_b": 5, "end_b": 35}
    ... )
    >>> shared_share(passages, {"x": 40, "y": 300}).loc[0, ["share_a", "share_b"]].tolist()
    [0.75, 0.1]
    """
    order = {source: place for place, source in enumerate(lengths)}
    ids = passages.get("passage_id")
    named = [f"shared-{n}" for n in range(1, len(passages) + 1)] if ids is None else ids.tolist()
    spans: dict[tuple[str, str], tuple[list[tuple[int, int]], list[tuple[int, int]], list[str]]] = {}
    columns = (passages[f"{name}_{side}"] for side in "ab" for name in ("source", "start", "end"))
    for a, start_a, end_a, b, start_b, end_b, name in zip(*columns, named, strict=True):
        sides = [(a, int(start_a), int(end_a)), (b, int(start_b), int(end_b))]
        (one, *span_one), (other, *span_other) = sorted(sides, key=lambda side: order[side[0]])
        pair = spans.setdefault((one, other), ([], [], []))
        pair[0].append((span_one[0], span_one[1]))
        pair[1].append((span_other[0], span_other[1]))
        pair[2].append(name)
    rows = []
    for (one, other), (here, there, names) in spans.items():
        part = [
            round(_covered(span) / max(lengths[s], 1), _DECIMALS) for s, span in ((one, here), (other, there))
        ]
        evidence = ";".join(f"{source}.{name}" for source in (one, other) for name in names)
        rows.append((one, other, len(names), *part, max(part), evidence))
    rows.sort(key=lambda row: (order[str(row[0])], order[str(row[1])]))
    return pd.DataFrame(rows, columns=list(_SHARE_COLUMNS)).astype(_SHARE_COLUMNS)


def _group_links(
    links: pd.DataFrame, order: Mapping[str, int]
) -> dict[tuple[str, str], dict[str, list[int]]]:
    """Return the rows of the links by upstream and kind, and by source in the order of the registry.

    Where the upstream is itself a source, it belongs to the group.
    """
    groups: dict[tuple[str, str], dict[str, list[int]]] = {}
    for n, (source, upstream, kind) in enumerate(
        zip(links["source_id"], links["upstream"], links["kind"], strict=True)
    ):
        if source in order:
            group = groups.setdefault((upstream, kind), {})
            group.setdefault(source, []).append(n)
            if upstream in order:
                group.setdefault(upstream, [])
    return {
        key: {source: group[source] for source in sorted(group, key=order.__getitem__)}
        for key, group in groups.items()
        if len(group) > 1
    }


def _link_dependencies(
    links: pd.DataFrame, order: Mapping[str, int], merging: Collection[str]
) -> Iterator[tuple[object, ...]]:
    ids = links["link_id"].tolist() if "link_id" in links else [""] * len(links)
    labels = (links["upstream_label"] if "upstream_label" in links else links["upstream"]).tolist()
    for (upstream, kind), group in _group_links(links, order).items():
        for one, other in combinations(group, 2):
            if upstream in order and upstream not in (one, other):
                continue  # Two that quote a third are joined by way of it.
            rows = [*group[one], *group[other]]
            label = labels[rows[0]]
            sentence = f"{vocabularies.LINK_KINDS.get(kind, kind).split(';')[0].rstrip('.')}: {label}."
            evidence = ";".join(filter(None, (ids[n] for n in rows)))
            yield one, other, kind, upstream, label, evidence, float("nan"), kind in merging, sentence


def _check_rule(
    order: Mapping[str, int],
    links: pd.DataFrame,
    shared: pd.DataFrame | None,
    merging: Collection[str],
    least_share: float,
) -> None:
    """Raise ValueError for a rule that merges nothing because it is misspelt, and for unknown sources."""
    known = dict.fromkeys([*vocabularies.LINK_KINDS, PASSAGES, *links["kind"]])
    if isinstance(merging, str):
        raise ValueError(f"merging: expected several kinds of links, found one string, {merging!r}")
    wrong = [kind for kind in merging if kind not in known]
    if wrong:
        raise ValueError(f"merging: expected kinds among {', '.join(known)}; found {', '.join(wrong)}")
    if not least_share >= 0:
        raise ValueError(f"least_share: expected a share of 0 or more, found {least_share}")
    if shared is not None:
        named = dict.fromkeys([*shared["source_a"], *shared["source_b"]])
        strange = [source for source in named if source not in order]
        if strange:
            raise ValueError(f"shared: expected sources of the registry, found {', '.join(strange)}")


@needs(
    sources="source_id",
    links="source_id upstream kind",
    shared="source_a source_b passages share_a share_b share evidence",
)
def dependencies(
    sources: pd.DataFrame,
    links: pd.DataFrame,
    shared: pd.DataFrame | None = None,
    *,
    merging: Collection[str] = DEFAULT_MERGING,
    least_share: float = LEAST_SHARE,
) -> pd.DataFrame:
    """Return what joins each two sources, with the evidence, and whether it merges them.

    Parameters
    ----------
    sources : DataFrame
        ``source_id``, in the order of the registry.
    links : DataFrame
        ``source_id, upstream, kind``, and ``link_id, upstream_label`` if there are such. An upstream that
        is the id of a source is that source.
    shared : DataFrame, optional
        As :func:`shared_share` returns it.
    merging : collection of str
        Kinds of links that merge; each a term of :data:`sourcebook.core.vocabularies.LINK_KINDS`.
    least_share : float
        Shared passages merge from this share of either text on; above 1 they never do.

    Returns
    -------
    DataFrame
        One row for each pair of sources and upstream, and one for each pair with passages: ``source_a,
        source_b, kind`` (``passages`` for these), ``upstream, label, evidence`` (str; ids of links, or of
        passages after the id of each source), ``share`` (float; of passages, missing for others),
        ``is_merged`` (bool) and ``reason`` (str), a sentence.

    Raises
    ------
    ValueError
        For a kind of link that there is not, a share below 0, or passages of a source that is not in `sources`.

    Examples
    --------
    >>> sources = pd.DataFrame({"source_id": ["a", "b"]})
    >>> links = pd.DataFrame({"source_id": ["a", "b"], "upstream": "smith", "kind": "author"})
    >>> dependencies(sources, links)[["source_a", "source_b", "kind", "is_merged"]].values.tolist()
    [['a', 'b', 'author', True]]
    """
    order = {source: place for place, source in enumerate(sources["source_id"])}
    _check_rule(order, links, shared, merging, least_share)
    rows = list(_link_dependencies(links, order, merging))
    if shared is not None:
        for row in shared.to_dict("records"):
            n, share = row["passages"], row["share"]
            label = f"{n} shared passage{'s' if n > 1 else ''}"
            sentence = (
                f"Passages in both make up {100 * row['share_a']:.1f} % of the one text and "
                f"{100 * row['share_b']:.1f} % of the other."
            )
            sides = row["source_a"], row["source_b"]
            rows.append((*sides, PASSAGES, "", label, row["evidence"], share, share >= least_share, sentence))
    rows.sort(key=lambda row: (order[str(row[0])], order[str(row[1])]))
    types = dict.fromkeys(_DEPENDENCY_COLUMNS, "str") | {"share": "float64", "is_merged": "bool"}
    return pd.DataFrame(rows, columns=_DEPENDENCY_COLUMNS).astype(types)


@needs(
    sources="source_id",
    links="source_id upstream kind",
    shared="source_a source_b share",
)
def origins(
    sources: pd.DataFrame,
    links: pd.DataFrame,
    shared: pd.DataFrame | None = None,
    *,
    merging: Collection[str] = DEFAULT_MERGING,
    least_share: float = LEAST_SHARE,
) -> pd.DataFrame:
    """Return the origin of each source: those that depend on the same upstream are merged.

    Parameters
    ----------
    sources, links, shared, merging, least_share
        As for :func:`dependencies`.

    Returns
    -------
    DataFrame
        ``source_id, origin, merge_reasons`` (str). An origin is named by its first source; ``merge_reasons`` lists the
        kinds of links that tie the source to another of the same origin. Merging is transitive, and does
        not depend on the order of the links.

    Raises
    ------
    ValueError
        As for :func:`dependencies`.

    Examples
    --------
    >>> sources = pd.DataFrame({"source_id": ["a", "b", "c"]})
    >>> links = pd.DataFrame({"source_id": ["a", "c"], "upstream": "smith", "kind": "author"})
    >>> origins(sources, links)["origin"].tolist()
    ['a', 'b', 'a']
    """
    order = {source: place for place, source in enumerate(sources["source_id"])}
    _check_rule(order, links, shared, merging, least_share)
    groups = [
        (list(group), kind) for (_, kind), group in _group_links(links, order).items() if kind in merging
    ]
    if shared is not None:
        near = shared[shared["share"] >= least_share]
        groups += [([a, b], PASSAGES) for a, b in zip(near["source_a"], near["source_b"], strict=True)]
    parent = {source: source for source in order}

    def root(source: str) -> str:
        while parent[source] != source:
            parent[source] = parent[parent[source]]
            source = parent[source]
        return source

    reasons: dict[str, set[str]] = {source: set() for source in order}
    for members, kind in groups:
        for member in members:
            reasons[member].add(kind)
            low, high = sorted((root(members[0]), root(member)), key=order.__getitem__)
            parent[high] = low
    return pd.DataFrame(
        {
            "source_id": list(order),
            "origin": [root(source) for source in order],
            "merge_reasons": [";".join(sorted(reasons[source])) for source in order],
        },
        dtype="str",
    )


def origin_of_sources(origin: pd.DataFrame, sources: Iterable[str]) -> dict[str, str]:
    """Return the origin of each source, after a check that each of the given sources has one.

    Parameters
    ----------
    origin : DataFrame
        As :func:`origins` returns it.
    sources : iterable of str
        Sources that must have an origin.

    Returns
    -------
    dict of str to str

    Raises
    ------
    ValueError
        If one of the sources has no origin.

    Examples
    --------
    >>> origin_of_sources(pd.DataFrame({"source_id": ["a", "b"], "origin": ["a", "a"]}), ["b"])
    {'a': 'a', 'b': 'a'}
    """
    origin_of = dict(zip(origin["source_id"], origin["origin"], strict=True))
    without = [source for source in dict.fromkeys(sources) if source not in origin_of]
    if without:
        raise ValueError(f"origin: expected an origin for every source, found none for {', '.join(without)}")
    return origin_of


@needs(
    claims="source_id",
    relations="source_a source_b",
    origin="source_id origin",
)
def merge_sources(
    claims: pd.DataFrame, relations: pd.DataFrame, origin: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return claims and relations with the origins in the place of the sources.

    What is counted of them counts dependent sources once: two texts of one origin no longer confirm each
    other, and where they contradict each other, the origin contradicts itself.

    Parameters
    ----------
    claims : DataFrame
        With ``source_id``.
    relations : DataFrame
        With ``source_a, source_b``.
    origin : DataFrame
        As :func:`origins` returns it.

    Returns
    -------
    tuple of DataFrame
        The claims, with the origin in ``source_id``; and the relations, with origins in ``source_a, source_b``.

    Examples
    --------
    >>> claims = pd.DataFrame({"source_id": ["a", "b"]})
    >>> relations = pd.DataFrame({"source_a": ["a"], "source_b": ["b"]})
    >>> one_author = pd.DataFrame({"source_id": ["a", "b"], "origin": "a"})
    >>> merge_sources(claims, relations, one_author)[0]["source_id"].tolist()
    ['a', 'a']
    """
    origin_of = dict(zip(origin["source_id"], origin["origin"], strict=True))
    return (
        claims.assign(source_id=claims["source_id"].map(origin_of).astype("str")),
        relations.assign(
            source_a=relations["source_a"].map(origin_of).astype("str"),
            source_b=relations["source_b"].map(origin_of).astype("str"),
        ),
    )

"""Sources that depend on the same upstream, merged into origins."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

__all__ = ["DEFAULT_MERGING", "origins"]

#: Kinds of links that make two sources one origin unless the caller says otherwise: one hand or one house
#: behind both. A shared speech, document or event is shown, and merged only on request.
DEFAULT_MERGING = ("author", "publisher")


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

    Examples
    --------
    >>> sources = pd.DataFrame({"source_id": ["a", "b", "c"]})
    >>> links = pd.DataFrame({"source_id": ["a", "c"], "upstream": "smith", "kind": "author"})
    >>> origins(sources, links)["origin"].tolist()
    ['a', 'b', 'a']
    """
    order = {source: place for place, source in enumerate(sources["source_id"])}
    parent = {source: source for source in order}

    def root(source: str) -> str:
        while parent[source] != source:
            source = parent[source]
        return source

    together: dict[tuple[str, str], set[str]] = {}
    for source, upstream, kind in zip(links["source_id"], links["upstream"], links["kind"], strict=True):
        if kind in merging and source in order:
            together.setdefault((upstream, kind), set()).add(source)
    reasons: dict[str, set[str]] = {source: set() for source in order}
    for (_, kind), members in together.items():
        if len(members) < 2:
            continue
        first = min(members, key=order.__getitem__)
        for member in members:
            reasons[member].add(kind)
            low, high = sorted((root(first), root(member)), key=order.__getitem__)
            parent[high] = low
    return pd.DataFrame(
        {
            "source_id": list(order),
            "origin": [root(source) for source in order],
            "merged_by": [";".join(sorted(reasons[source])) for source in order],
        },
        dtype="str",
    )

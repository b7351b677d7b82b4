"""How many origins there are under every rule of merging."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations

import pandas as pd

from sourcebook.analysis.agreement.dependence import DEFAULT_MERGING, LEAST_SHARE, origins
from sourcebook.core.frames import needs

__all__ = ["origins_by_rule"]


@needs(
    sources="source_id",
    links="source_id upstream kind",
    shared="source_a source_b share",
)
def origins_by_rule(
    sources: pd.DataFrame,
    links: pd.DataFrame,
    shared: pd.DataFrame | None = None,
    *,
    merging: Collection[str] = DEFAULT_MERGING,
    least_share: float = LEAST_SHARE,
) -> pd.DataFrame:
    """Return the origins under every set of kinds of links that could merge sources.

    Parameters
    ----------
    sources, links, shared, merging, least_share
        As for :func:`origins`. Passages that make up the least share of a text merge under every rule.

    Returns
    -------
    DataFrame
        One row for each set of the kinds that occur, the smaller ones first: ``rule`` (str; the kinds joined by ``+``,
        ``none`` for the empty set), ``kinds, origins`` (int; how many), ``groups`` (str; the sources, joined by ``+``
        within an origin and by ``;`` between two) and ``is_chosen`` (bool): whether it merges the kinds of `merging`.

    Raises
    ------
    ValueError
        As for :func:`origins`.

    Examples
    --------
    >>> sources = pd.DataFrame({"source_id": ["a", "b", "c"]})
    >>> links = pd.DataFrame({"source_id": ["a", "b", "b", "c"], "upstream": ["s", "s", "d", "d"],
    ...     "kind": ["speech", "speech", "document", "document"]})
    >>> origins_by_rule(sources, links)[["rule", "origins", "groups"]].values.tolist()[1:]
    [['document', 2, 'a;b+c'], ['speech', 2, 'a+b;c'], ['document+speech', 1, 'a+b+c']]
    """
    used = sorted(set(links["kind"]))
    rows = []
    for size in range(len(used) + 1):
        for kinds in combinations(used, size):
            merged = origins(sources, links, shared, merging=kinds, least_share=least_share)
            groups = merged.groupby("origin", sort=False)["source_id"].agg("+".join)
            chosen = set(kinds) == set(merging) & set(used)
            rows.append(("+".join(kinds) or "none", size, len(groups), ";".join(groups), chosen))
    types = {"rule": "str", "kinds": "int64", "origins": "int64", "groups": "str", "is_chosen": "bool"}
    return pd.DataFrame(rows, columns=list(types)).astype(types)

"""Claims and their relations as whole numbers, so that counts over many sources stay cheap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.relations import LIST_RULES

__all__ = ["GRAVEST_FIRST", "Coded", "Codes", "encode"]

Codes = npt.NDArray[np.int64]

#: Relations from the gravest to the least; their places are the codes of :class:`Coded`.
GRAVEST_FIRST = ("contradict", "compatible", "agree", "not-comparable")


@dataclass(frozen=True, kw_only=True)
class Coded:
    """Claims and the pairs between them, by position.

    Attributes
    ----------
    propositions, sources : Index
        Ids in the order of the claims; a code is a position here.
    claim_proposition, claim_source : array of int, one a claim
        What each claim answers, and who gives it.
    first, second : array of int, one a pair
        The claims of each pair, by position.
    relation : array of int, one a pair
        Position in :data:`GRAVEST_FIRST`.
    counts : array of bool, one a pair
        Whether the pair says how two sources stand to each other: not two claims of one source, and not
        two different items that both sources list.
    """

    propositions: pd.Index
    sources: pd.Index
    claim_proposition: Codes
    claim_source: Codes
    first: Codes
    second: Codes
    relation: Codes
    counts: npt.NDArray[np.bool_]

    @property
    def pair_proposition(self) -> Codes:
        """The proposition of each pair."""
        return self.claim_proposition[self.first]

    @property
    def source_pair(self) -> tuple[Codes, Codes]:
        """The sources of each pair."""
        return self.claim_source[self.first], self.claim_source[self.second]

    def tally(self, chosen: npt.NDArray[np.bool_]) -> Codes:
        """Count the chosen pairs of each proposition."""
        return np.bincount(self.pair_proposition[chosen], minlength=len(self.propositions))


def encode(claims: pd.DataFrame, relations: pd.DataFrame) -> Coded:
    """Write claims and relations as codes.

    Parameters
    ----------
    claims : DataFrame
        ``claim_id, proposition_id, source_id``.
    relations : DataFrame
        As :func:`sourcebook.relations.relate_all` returns it; pairs of claims that `claims` does not hold
        are left out.

    Returns
    -------
    Coded
    """
    proposition, propositions = pd.factorize(claims["proposition_id"])
    source, sources = pd.factorize(claims["source_id"])
    index = pd.Index(claims["claim_id"])
    first, second = (index.get_indexer(pd.Index(relations[f"claim_{side}"])) for side in "ab")
    known = (first >= 0) & (second >= 0)
    first, second = first[known].astype("int64"), second[known].astype("int64")
    relation = pd.Index(GRAVEST_FIRST).get_indexer(pd.Index(relations["relation"][known]))
    listed = relations["rule"][known].isin(LIST_RULES).to_numpy(dtype="bool")
    alike = _listed_by_both(first, second, source, relation == GRAVEST_FIRST.index("agree"), listed)
    return Coded(
        propositions=pd.Index(propositions),
        sources=pd.Index(sources),
        claim_proposition=proposition.astype("int64"),
        claim_source=source.astype("int64"),
        first=first,
        second=second,
        relation=relation.astype("int64"),
        counts=(source[first] != source[second]) & ~alike,
    )


def _listed_by_both(
    first: Codes,
    second: Codes,
    source: Codes,
    agree: npt.NDArray[np.bool_],
    listed: npt.NDArray[np.bool_],
) -> npt.NDArray[np.bool_]:
    """Say which pairs of different items are no difference, because both sources list both items.

    Each item agrees with its like in the other source; the crossed pair says nothing.
    """
    width = int(source.max(initial=0)) + 1
    met = np.unique(
        np.r_[
            first[agree] * width + source[second[agree]],
            second[agree] * width + source[first[agree]],
        ]
    )
    found = np.zeros(len(first), dtype="bool")
    a, b = first[listed], second[listed]
    found[listed] = np.isin(a * width + source[b], met) & np.isin(b * width + source[a], met)
    return found

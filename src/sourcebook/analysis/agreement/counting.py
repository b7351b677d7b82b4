"""Claims and their relations as whole numbers, so that counts over many sources stay cheap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.analysis.relations import LIST_RULES
from sourcebook.core.errors import SourcebookError

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
        As :func:`sourcebook.analysis.relations.relate_all` returns it; pairs of claims that `claims` does not hold
        are left out.

    Returns
    -------
    Coded
    """
    proposition, propositions = pd.factorize(_objects(claims["proposition_id"]))
    source, sources = pd.factorize(_objects(claims["source_id"]))
    index = _objects(claims["claim_id"])
    first, second = (index.get_indexer(_objects(relations[f"claim_{side}"])) for side in "ab")
    known = (first >= 0) & (second >= 0)
    first, second = first[known].astype("int64"), second[known].astype("int64")
    relation = pd.Index(GRAVEST_FIRST, dtype=object).get_indexer(_objects(relations["relation"])[known])
    listed = pd.Index(sorted(LIST_RULES), dtype=object).get_indexer(_objects(relations["rule"])[known]) >= 0
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


def distinct(keys: Codes) -> Codes:
    """Return the different keys, in order; by hashing and sorting, each faster than NumPy's own way."""
    return np.sort(pd.unique(keys)).astype("int64")


def _objects(column: pd.Series) -> pd.Index:
    """Return a column of text as plain objects, which are looked up faster than those of the text type."""
    out: pd.Index = pd.Index(column.to_numpy(dtype=object), dtype=object)
    return out


def related(coded: Coded) -> Codes:
    """Count the sources that answer each proposition, and refuse claims that are not related.

    Parameters
    ----------
    coded : Coded
        Claims and relations.

    Raises
    ------
    SourcebookError
        If no claims of two sources on a proposition are related.
    """
    width = max(len(coded.sources), 1)
    cells = distinct(coded.claim_proposition * width + coded.claim_source)
    answering: Codes = np.bincount(cells // width, minlength=len(coded.propositions))
    unrelated = np.flatnonzero((answering > 1) & (coded.tally(coded.counts) == 0))
    if unrelated.size:
        raise SourcebookError(
            f"proposition {coded.propositions[unrelated[0]]!r}: expected relations between the claims of its "
            f"{answering[unrelated[0]]} sources, found none; relate the same claims with relate_all"
        )
    return answering


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
    found = np.zeros(len(first), dtype="bool")
    if not listed.any():
        return found
    width = int(source.max(initial=0)) + 1
    met = np.r_[
        first[agree] * width + source[second[agree]],
        second[agree] * width + source[first[agree]],
    ]
    a, b = first[listed], second[listed]
    crossed = [pd.Series(one * width + source[other]).isin(met) for one, other in ((a, b), (b, a))]
    found[listed] = (crossed[0] & crossed[1]).to_numpy(dtype="bool")
    return found

"""What the rules look up: the tables of a corpus by which a term, a scope or a name belongs to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from sourcebook.analysis.relations.records import check_type
from sourcebook.core.circles import find_circles
from sourcebook.core.csvfiles import LINE
from sourcebook.core.errors import DataError, Problem
from sourcebook.core.frames import needs

__all__ = ["NO_AUTHORITY", "Authority", "authority_of", "filled_cells"]


@dataclass(frozen=True, kw_only=True)
class Authority:
    """What the rules look up: the tables of a corpus by which one thing belongs to another.

    Attributes
    ----------
    broader : mapping of str to str
        Broader term of each term of the codebook's list ``category``.
    broader_scopes : mapping of str to str
        Broader term of each term of the codebook's list ``scope``.
    scope_parts : mapping of str to mapping
        ``counted, time, place`` of each scope, from the table of scope parts.
    labels : mapping of (list, term) to str
        Names of the terms of both lists for people, by which the reasons call them.
    entity_names : mapping of str to str
        The name of each entity, from the table of entities.

    Raises
    ------
    TypeError
        If one of them is no mapping.

    Examples
    --------
    >>> Authority(labels={("scope", "delegates"): "the delegates"}).scope_label("delegates")
    'the delegates'
    """

    broader: Mapping[str, str] = field(default_factory=dict)
    broader_scopes: Mapping[str, str] = field(default_factory=dict)
    scope_parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    entity_names: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            check_type(name, value, Mapping)

    def scope_label(self, scope: str) -> str:
        """Return the name of a scope for people."""
        return self.labels.get(("scope", scope), scope)


NO_AUTHORITY = Authority()


def _broader(codebook: pd.DataFrame, vocabulary: str) -> dict[str, str]:
    """Return the broader term of each term of a list of the codebook; raise DataError for a circle.

    A term that includes itself would be part and whole at once.
    """
    terms = codebook[codebook["vocabulary"] == vocabulary]
    broader = dict(zip(terms["term"], filled_cells(terms["broader"]), strict=True))
    lines = terms[LINE] if LINE in terms else range(2, len(terms) + 2)
    circles = find_circles(broader)
    problems = [
        Problem(
            file="coded/codebook.csv",
            line=int(line),
            column="broader",
            found=f"{broader[term]!r}, which leads back to {term!r}",
            expected="a broader term that is not part of the term itself",
            action="remove one of the broader terms of the circle",
        )
        for term, line in zip(terms["term"], lines, strict=True)
        if term in circles
    ]
    if problems:
        raise DataError(problems)
    return broader


@needs(
    codebook="vocabulary term broader",
    entities="entity_id name",
    scope_parts="scope",
)
def authority_of(
    codebook: pd.DataFrame, *, entities: pd.DataFrame | None = None, scope_parts: pd.DataFrame | None = None
) -> Authority:
    """Return what the rules look up, from the tables of a corpus.

    Parameters
    ----------
    codebook : DataFrame
        ``vocabulary, term, broader``, and ``label``, by which the reasons call a term, if it is there.
    entities : DataFrame, optional
        ``entity_id, name``: the authority for variants of names.
    scope_parts : DataFrame, optional
        ``scope, counted, time, place``: what each scope counts, when and where.

    Returns
    -------
    Authority
        With empty tables for those that are not given.

    Raises
    ------
    DataError
        If a term of the codebook is, by its broader terms, part of itself.

    Examples
    --------
    >>> codebook = pd.DataFrame({"vocabulary": ["category"], "term": ["government"], "broader": ["state"]})
    >>> authority_of(codebook).broader
    {'government': 'state'}
    """
    named = codebook["label"] if "label" in codebook else codebook["term"]
    listed = entities if entities is not None else pd.DataFrame({"entity_id": [], "name": []})
    parts = scope_parts.set_index("scope").to_dict("index") if scope_parts is not None else {}
    return Authority(
        broader=_broader(codebook, "category"),
        broader_scopes=_broader(codebook, "scope"),
        scope_parts={
            str(scope): {str(k): "" if pd.isna(v) else str(v) for k, v in row.items()}
            for scope, row in parts.items()
        },
        labels=dict(zip(zip(codebook["vocabulary"], codebook["term"], strict=True), named, strict=True)),
        entity_names=dict(zip(listed["entity_id"], listed["name"], strict=True)),
    )


def filled_cells(cells: pd.Series) -> pd.Series:
    """Return cells with an empty string where one is missing, as in a table that pandas read.

    Parameters
    ----------
    cells : Series

    Returns
    -------
    Series of object

    Examples
    --------
    >>> filled_cells(pd.Series(["a", None])).tolist()
    ['a', '']
    """
    return cells.astype(object).where(cells.notna(), "")

"""All pairs of claims of a corpus, proposition by proposition; equal pairs of values are related once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.analysis.relations.authority import Authority, authority_of, filled_cells
from sourcebook.analysis.relations.claim_groups import Answers, group_answers, pair_answers
from sourcebook.analysis.relations.pairs import relate
from sourcebook.analysis.relations.plain_tables import complete_claims, complete_propositions
from sourcebook.analysis.relations.records import Relation, check_type
from sourcebook.analysis.relations.rules import DEFAULT_POLICY, ComparisonPolicy
from sourcebook.core.csvfiles import LINE
from sourcebook.core.errors import DataError, ParseError, Problem
from sourcebook.core.frames import needs
from sourcebook.core.vocabularies import BASES, CLAIM_KINDS, MODALITIES, RELATIONS, ordered_dtype
from sourcebook.parsing.dates import parse_edtf
from sourcebook.parsing.quantities import parse_notation
from sourcebook.reuse.engine import Engine

__all__ = ["check_claims", "differences", "relate_all", "relate_parts", "self_contradictions"]

_RESULTS = ("relation", "rule", "allen", "reason")
_COLUMNS = ["proposition_id", "claim_a", "claim_b", "source_a", "source_b", *_RESULTS]
#: How many pairs a part holds at least: small enough for many workers, large enough to be worth sending.
_PAIRS = 100_000

_Cells = npt.NDArray[np.object_]


def check_claims(claims: pd.DataFrame, propositions: pd.DataFrame) -> None:
    """Raise an error for claims on no known proposition and values that cannot be read.

    Parameters
    ----------
    claims, propositions : DataFrame
        As for :func:`relate_all`.

    Raises
    ------
    DataError
        All of them together.

    Examples
    --------
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "kind": "quantity"})
    >>> check_claims(pd.DataFrame({"claim_id": ["a1"], "proposition_id": "p", "value": "many?"}), asked)
    Traceback (most recent call last):
    sourcebook.core.errors.DataError: 1 problem in the data:
    ...
    """
    kinds = dict(zip(propositions["proposition_id"], propositions["kind"], strict=True))
    lines = claims[LINE] if LINE in claims else range(2, len(claims) + 2)
    cells = zip(
        lines, claims["claim_id"], claims["proposition_id"], filled_cells(claims["value"]), strict=True
    )
    known: dict[tuple[str, str], str] = {}
    problems = []
    for line, claim, proposition, value in cells:
        column, found = "value", f"{value!r} in claim {claim!r}"
        if proposition not in kinds:
            column, found, expected = "proposition_id", f"{proposition!r}", "a proposition of the table"
        else:
            key = kinds[proposition], value
            expected = known[key] if key in known else known.setdefault(key, _expected(*key))
        if expected:
            problems.append(
                Problem(
                    file="coded/claims.csv", line=int(line), column=column, found=found, expected=expected
                )
            )
    problems += _unknown_terms(claims, lines)
    if problems:
        raise DataError(problems)


def _unknown_terms(claims: pd.DataFrame, lines: Iterable[int]) -> Iterator[Problem]:
    """Yield a problem for each modality and basis that is not in its vocabulary."""
    for column, terms in (("modality", MODALITIES), ("basis", BASES)):
        cells = filled_cells(claims[column]).tolist() if column in claims else []
        for line, cell in zip(lines, cells, strict=False):
            if cell and cell not in terms:
                expected = f"one of {', '.join(terms)}"
                yield Problem(
                    file="coded/claims.csv",
                    line=int(line),
                    column=column,
                    found=repr(cell),
                    expected=expected,
                )


def _expected(kind: str, value: str) -> str:
    """Return what was expected in the place of a value; empty where it suits its kind."""
    if kind not in CLAIM_KINDS:
        return f"a proposition of one of the kinds {', '.join(CLAIM_KINDS)}, not {kind!r}"
    if kind == "presence":
        return "" if value in ("yes", "no") else "yes or no"
    try:
        if kind == "quantity":
            parse_notation(value)
        elif kind == "date":
            parse_edtf(value)
    except ParseError as error:
        return f"a {kind} that can be read ({error})"
    return ""


def _relate_answers(group: Answers, authority: Authority, policy: ComparisonPolicy) -> dict[str, _Cells]:
    """Relate the claims on one proposition, each pair of different answers once: the columns of the result."""
    pairs = pair_answers(group)
    relations: list[Relation] = [
        relate(*pair, group.proposition, authority=authority, policy=policy) for pair in pairs.answers
    ]
    first, second = pairs.first, pairs.second
    return {
        "proposition_id": np.full(len(first), group.proposition_id, dtype=object),
        "claim_a": group.claim_ids[first],
        "claim_b": group.claim_ids[second],
        "source_a": group.source_ids[first],
        "source_b": group.source_ids[second],
    } | {
        name: np.array([getattr(relation, name) for relation in relations], dtype=object)[pairs.place]
        for name in _RESULTS
    }


def _relate_part(part: Sequence[Answers], authority: Authority, policy: ComparisonPolicy) -> pd.DataFrame:
    """Relate the claims on some propositions."""
    groups = [_relate_answers(group, authority, policy) for group in part]
    columns = {name: np.concatenate([group[name] for group in groups]) for name in _COLUMNS}
    return pd.DataFrame(columns, columns=_COLUMNS, dtype="str")


def _parts(claims: pd.DataFrame, propositions: pd.DataFrame) -> Iterator[list[Answers]]:
    """Yield the propositions with their claims, as many at a time as make :data:`_PAIRS` pairs."""
    part: list[Answers] = []
    size = 0
    for group in group_answers(claims, propositions):
        part.append(group)
        size += group.n_pairs
        if size >= _PAIRS:
            yield part
            part, size = [], 0
    if part:
        yield part


def relate_parts(
    claims: pd.DataFrame,
    propositions: pd.DataFrame,
    authority: Authority,
    *,
    policy: ComparisonPolicy = DEFAULT_POLICY,
    engine: Engine | None = None,
) -> Iterator[pd.DataFrame]:
    """Relate every pair of claims that answer the same proposition, some propositions at a time.

    Parameters
    ----------
    claims, propositions : DataFrame
        As for :func:`relate_all`.
    authority : Authority
        What the rules look up, as :func:`authority_of` gathers it.
    policy : ComparisonPolicy
        The assumptions.
    engine : object, optional
        Where the parts are computed; one after another in this process by default.

    Yields
    ------
    DataFrame
        The rows of :func:`relate_all` in their order, in parts that do not depend on the engine: a corpus whose
        pairs do not fit into memory can be written part by part.

    Raises
    ------
    DataError
        For claims on no known proposition, and values that cannot be read, all of them together.

    Examples
    --------
    >>> claims = pd.DataFrame({"source_id": ["a", "b"], "proposition_id": "p", "value": [">100", "~90"]})
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "kind": "quantity"})
    >>> [len(part) for part in relate_parts(claims, asked, Authority())]
    [1]
    """
    check_type("authority", authority, Authority)
    check_type("policy", policy, ComparisonPolicy)
    claims, propositions = complete_claims(claims), complete_propositions(propositions)
    check_claims(claims, propositions)
    parts = ((part, authority, policy) for part in _parts(claims, propositions))
    if engine is None:
        yield from (_relate_part(*part) for part in parts)
    else:
        yield from engine.map(_relate_part, parts, label="relate")


@needs(
    codebook="vocabulary term broader",
    entities="entity_id name",
    scope_parts="scope",
)
def relate_all(
    claims: pd.DataFrame,
    propositions: pd.DataFrame,
    codebook: pd.DataFrame | None = None,
    *,
    entities: pd.DataFrame | None = None,
    scope_parts: pd.DataFrame | None = None,
    policy: ComparisonPolicy = DEFAULT_POLICY,
    engine: Engine | None = None,
) -> pd.DataFrame:
    """Relate every pair of claims that answer the same proposition.

    Parameters
    ----------
    claims : DataFrame
        ``source_id, proposition_id, value``, and what there is of ``claim_id, scope, entity_id, modality, basis``. A
        missing cell counts as an empty one; without ids, claims are counted source by source. A value may be a number.
    propositions : DataFrame
        ``proposition_id, kind``, and what there is of ``cardinality, time_type, class``.
    codebook : DataFrame, optional
        ``vocabulary, term, broader``, and ``label``, by which the reasons call a term, if it is there.
    entities : DataFrame, optional
        ``entity_id, name``: the authority for variants of names.
    scope_parts : DataFrame, optional
        ``scope, counted, time, place``: what each scope counts, when and where.
    policy : ComparisonPolicy
        The assumptions.
    engine : object, optional
        Where the propositions are computed, as ``sourcebook.reuse.open_engine`` opens one; one after another in
        this process by default. The result does not depend on it.

    Returns
    -------
    DataFrame
        One row a pair, in the order of the claims, all columns str: ``proposition_id, claim_a, claim_b, source_a,
        source_b, relation, rule, allen, reason``. Two claims of one source on one proposition are a pair as well.

    Raises
    ------
    DataError
        If a term of the codebook is, by its broader terms, part of itself; for a column that is missing; or for
        claims on no known proposition and values that cannot be read, all of them together.

    Notes
    -----
    Each pair of different values, scopes, entity_names and modalities is related once for a proposition, however
    many claims have them: the time grows with the different answers, the size of the result with the claims.

    Examples
    --------
    >>> claims = pd.DataFrame({"source_id": ["a", "b"], "proposition_id": "p", "value": [">100", "~90"]})
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "kind": "quantity"})
    >>> relate_all(claims, asked)[["claim_a", "claim_b", "relation", "rule"]].values.tolist()
    [['a.1', 'b.1', 'contradict', 'quantity-different']]
    """
    if codebook is None:
        codebook = pd.DataFrame(columns=["vocabulary", "term", "broader"], dtype="str")
    authority = authority_of(codebook, entities=entities, scope_parts=scope_parts)
    parts = list(relate_parts(claims, propositions, authority, policy=policy, engine=engine))
    if not parts:
        return pd.DataFrame(columns=_COLUMNS, dtype="str")
    return pd.concat(parts, ignore_index=True)


@needs(
    relations="source_a source_b relation",
)
def differences(relations: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs that differ: contradictions first, then compatible pairs.

    Parameters
    ----------
    relations : DataFrame
        As :func:`relate_all` returns it.

    Returns
    -------
    DataFrame
        The same columns, and ``same_source`` (bool): whether one source makes both claims.

    Examples
    --------
    >>> pairs = pd.DataFrame({"relation": ["compatible", "agree"], "source_a": ["a", "a"], "source_b": ["b", "b"]})
    >>> differences(pairs)["same_source"].tolist()
    [False]
    """
    out = relations[relations["relation"].isin(["contradict", "compatible"])].copy()
    out["same_source"] = out["source_a"] == out["source_b"]
    return out.sort_values(
        "relation", key=lambda c: c.astype(ordered_dtype(RELATIONS)), kind="stable", ignore_index=True
    )


@needs(
    relations="source_a source_b relation",
)
def self_contradictions(relations: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs in which one source contradicts itself.

    Parameters
    ----------
    relations : DataFrame
        As :func:`relate_all` returns it, with whatever else; kept.

    Returns
    -------
    DataFrame
        The columns of `relations` with one ``source_id`` in place of ``source_a`` and ``source_b``, in front.

    Examples
    --------
    >>> pairs = pd.DataFrame({"claim_a": ["a1"], "relation": "contradict", "source_a": "a", "source_b": "a"})
    >>> self_contradictions(pairs).columns.tolist()
    ['source_id', 'claim_a', 'relation']
    """
    inside = relations["source_a"].eq(relations["source_b"]) & relations["relation"].eq("contradict")
    out = relations[inside].drop(columns="source_b").rename(columns={"source_a": "source_id"})
    rest = [c for c in out.columns if c != "source_id"]
    return out[["source_id", *rest]].reset_index(drop=True)

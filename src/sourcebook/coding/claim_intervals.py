"""Read the values of claims as intervals."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from sourcebook.coding.checks import check_tables
from sourcebook.coding.coded_tables import try_tables
from sourcebook.core.about import read_about
from sourcebook.core.errors import DataError
from sourcebook.core.schemas import read_schemas
from sourcebook.parsing.dates import iso_day, parse_edtf
from sourcebook.parsing.quantities import DEFAULT, QuantityReading, parse_notation
from sourcebook.sources.documents import Document

__all__ = ["interval_bounds", "read_claims", "with_intervals"]


def with_intervals(
    claims: pd.DataFrame, propositions: pd.DataFrame, *, assumptions: QuantityReading = DEFAULT
) -> pd.DataFrame:
    """Read the value of each claim as an interval.

    Parameters
    ----------
    claims : DataFrame
        ``claim_id, proposition_id, value`` and whatever else; kept.
    propositions : DataFrame
        ``proposition_id, kind``.
    assumptions : sourcebook.parsing.quantities.QuantityReading
        How wide "about" is, and what a vague magnitude spans.

    Returns
    -------
    DataFrame
        The claims with ``kind`` and the columns of :func:`interval_bounds`.

    Raises
    ------
    ParseError
        If a value cannot be read in the grammar of its kind.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a.c1"], "proposition_id": ["people"], "value": ["100..200"]})
    >>> questions = pd.DataFrame({"proposition_id": ["people"], "kind": ["quantity"]})
    >>> with_intervals(claims, questions)[["lower", "upper", "upper_closed"]].values.tolist()
    [[100.0, 200.0, True]]
    """
    kinds = dict(zip(propositions["proposition_id"], propositions["kind"], strict=True))
    kind = claims["proposition_id"].map(kinds).astype("str")
    return claims.assign(kind=kind, **interval_bounds(kind, claims["value"], assumptions=assumptions))


def interval_bounds(
    kinds: pd.Series, values: pd.Series, *, assumptions: QuantityReading = DEFAULT
) -> pd.DataFrame:
    """Return the bounds of values.

    Parameters
    ----------
    kinds : Series
        The kind of each value, a term of :data:`sourcebook.core.vocabularies.CLAIM_KINDS`; others have no bounds.
    values : Series
        Each in the grammar of its kind; with the index of `kinds`.
    assumptions : sourcebook.parsing.quantities.QuantityReading
        How wide "about" is, and what a vague magnitude spans.

    Returns
    -------
    DataFrame
        ``lower, upper`` (float64, NaN where open), ``lower_closed, upper_closed`` (nullable boolean) of a quantity;
        ``earliest, latest`` (ISO days, empty where open) of a date; missing where the kind has no such bound.

    Raises
    ------
    ParseError
        If a value cannot be read.

    Examples
    --------
    >>> interval_bounds(pd.Series(["quantity", "date"]), pd.Series([">200", "1988-11"])).to_numpy().tolist()
    [[200.0, nan, False, False, '', ''], [nan, nan, <NA>, <NA>, '1988-11-01', '1988-11-30']]
    """
    rows: list[tuple[object, ...]] = []
    for kind, value in zip(kinds, values, strict=True):
        if kind == "quantity":
            q = parse_notation(value, reading=assumptions)
            rows.append((_finite(q.lower), _finite(q.upper), q.lower_closed, q.upper_closed, "", ""))
        elif kind == "date":
            d = parse_edtf(value)
            rows.append((np.nan, np.nan, None, None, iso_day(d.earliest), iso_day(d.latest)))
        else:
            rows.append((np.nan, np.nan, None, None, "", ""))
    return pd.DataFrame(rows, index=kinds.index, columns=list(_TYPES)).astype(_TYPES)


_TYPES = {
    "lower": "float64",
    "upper": "float64",
    "lower_closed": "boolean",
    "upper_closed": "boolean",
    "earliest": "str",
    "latest": "str",
}


def _finite(bound: float) -> float:
    return np.nan if np.isinf(bound) else bound


def read_claims(folder: Path, documents: Mapping[str, Document]) -> pd.DataFrame:
    """Read and check the tables of a folder, and return its claims with their intervals.

    Parameters
    ----------
    folder : Path
        The data folder.
    documents : mapping of str to sourcebook.sources.documents.Document
        By source id.

    Returns
    -------
    DataFrame
        As :func:`with_intervals`.

    Raises
    ------
    DataError
        Everything that is wrong in any of the tables.
    """
    schemas = read_schemas(folder)
    frames, problems = try_tables(folder, schemas=schemas)
    problems += check_tables(frames, documents, schemas, exhaustive=read_about(folder).exhaustive)
    if problems:
        raise DataError(problems)
    return with_intervals(frames["claims"], frames["propositions"])

"""Read the values of claims as intervals."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from sourcebook.coding.checks import check_tables
from sourcebook.coding.coded_tables import try_tables
from sourcebook.core.errors import DataError
from sourcebook.parsing.dates import iso_day, parse_edtf
from sourcebook.parsing.quantities import DEFAULT, Assumptions, parse_quantity
from sourcebook.sources.documents import Document

__all__ = ["INTERVAL_COLUMNS", "interval_cells", "read_claims", "with_intervals"]

#: Bounds of a quantity, and of a date.
INTERVAL_COLUMNS = ("lower", "upper", "lower_closed", "upper_closed", "earliest", "latest")


def with_intervals(
    claims: pd.DataFrame, propositions: pd.DataFrame, *, assumptions: Assumptions = DEFAULT
) -> pd.DataFrame:
    """Read the value of each claim as an interval.

    Parameters
    ----------
    claims : DataFrame
        ``claim_id, proposition_id, value`` and whatever else; kept.
    propositions : DataFrame
        ``proposition_id, kind``.
    assumptions : sourcebook.parsing.quantities.Assumptions
        How wide "about" is, and what a vague magnitude spans.

    Returns
    -------
    DataFrame
        The claims with ``kind`` and, as numbers or ISO dates where the kind has them and empty otherwise:
        ``lower, upper, lower_closed, upper_closed`` of a quantity, ``earliest, latest`` of a date. An
        interval that is open on a side has an empty bound there.

    Raises
    ------
    ParseError
        If a value cannot be read in the grammar of its kind.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a.c1"], "proposition_id": ["people"], "value": ["100..200"]})
    >>> questions = pd.DataFrame({"proposition_id": ["people"], "kind": ["quantity"]})
    >>> with_intervals(claims, questions)[["lower", "upper", "upper_closed"]].values.tolist()
    [['100', '200', 'yes']]
    """
    kinds = dict(zip(propositions["proposition_id"], propositions["kind"], strict=True))
    kind = claims["proposition_id"].map(kinds).astype("str")
    cells = [
        interval_cells(k, v, assumptions=assumptions) for k, v in zip(kind, claims["value"], strict=True)
    ]
    bounds = pd.DataFrame(cells, index=claims.index, columns=list(INTERVAL_COLUMNS), dtype="str")
    return claims.assign(kind=kind, **bounds)


def _number(value: float) -> str:
    return "" if np.isinf(value) else f"{value:.15g}"


def interval_cells(kind: str, value: str, *, assumptions: Assumptions = DEFAULT) -> tuple[str, ...]:
    """Return the bounds of a value as the cells of :data:`INTERVAL_COLUMNS`.

    Parameters
    ----------
    kind : str
        A term of :data:`sourcebook.core.vocabularies.CLAIM_KINDS`.
    value : str
        A value in the grammar of its kind.
    assumptions : sourcebook.parsing.quantities.Assumptions
        How wide "about" is, and what a vague magnitude spans.

    Returns
    -------
    tuple of str
        Numbers and ISO days; empty where the interval is open, and where the kind has no such bound.

    Raises
    ------
    ParseError
        If the value cannot be read.

    Examples
    --------
    >>> interval_cells("quantity", ">200")
    ('200', '', 'no', 'no', '', '')
    >>> interval_cells("date", "1988-11")
    ('', '', '', '', '1988-11-01', '1988-11-30')
    """
    if kind == "quantity":
        q = parse_quantity(value, assumptions=assumptions)
        closed = ("yes" if q.lower_closed else "no", "yes" if q.upper_closed else "no")
        return _number(q.lower), _number(q.upper), *closed, "", ""
    if kind == "date":
        d = parse_edtf(value)
        return "", "", "", "", iso_day(d.earliest), iso_day(d.latest)
    return ("",) * len(INTERVAL_COLUMNS)


def read_claims(folder: Path, documents: Mapping[str, Document]) -> pd.DataFrame:
    """Read and check the tables of a folder, and return its claims with their intervals.

    Parameters
    ----------
    folder : Path
        The data folder.
    documents : mapping of str to Document
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
    frames, problems = try_tables(folder)
    problems += check_tables(frames, documents)
    if problems:
        raise DataError(problems)
    return with_intervals(frames["claims"], frames["propositions"])

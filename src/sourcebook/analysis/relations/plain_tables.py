"""Tables of claims and propositions as people have them: columns that may be missing, numbers that are not text."""

from __future__ import annotations

from decimal import Decimal
from numbers import Integral, Real
from typing import Any

import pandas as pd

from sourcebook.core.frames import require_columns

__all__ = ["complete_claims", "complete_propositions", "number_in_notation"]

_NEEDED = {
    "coded/claims.csv": ("source_id", "proposition_id", "value"),
    "coded/propositions.csv": ("proposition_id", "kind"),
}


def number_in_notation(value: Any) -> Any:
    """Return a number as the notation of quantities writes it; anything else as it is.

    Examples
    --------
    >>> [number_in_notation(value) for value in (640, 2.50, 1e6, "~900", True)]
    ['640', '2.5', '1000000', '~900', True]
    """
    if isinstance(value, bool) or not isinstance(value, Real) or value != value:  # noqa: PLR0124
        return value
    if isinstance(value, Integral):
        return str(int(value))
    number = Decimal(repr(float(value)))
    return format(number.to_integral_value() if number == number.to_integral_value() else number, "f")


def complete_claims(claims: pd.DataFrame) -> pd.DataFrame:
    """Return claims with every column that the rules read.

    Parameters
    ----------
    claims : DataFrame
        ``source_id, proposition_id, value``, and what there is of ``claim_id, scope, entity_id, modality, basis``.

    Returns
    -------
    DataFrame
        With the missing columns: ids that count the claims of each source, and empty cells. Numbers are written in
        the notation of quantities.

    Raises
    ------
    DataError
        For the columns that it must have and has not.

    Examples
    --------
    >>> plain = pd.DataFrame({"source_id": ["a", "a"], "proposition_id": "p", "value": [640, 900]})
    >>> complete_claims(plain)[["claim_id", "value", "scope"]].values.tolist()
    [['a.1', '640', ''], ['a.2', '900', '']]
    """
    require_columns(claims, _NEEDED["coded/claims.csv"], "coded/claims.csv")
    added: dict[str, Any] = {
        name: "" for name in ("scope", "entity_id", "modality", "basis") if name not in claims
    }
    if "claim_id" not in claims:
        count = claims.groupby("source_id", sort=False).cumcount() + 1
        added["claim_id"] = claims["source_id"].astype(str) + "." + count.astype(str)
    if not pd.api.types.is_string_dtype(claims["value"]):
        added["value"] = claims["value"].map(number_in_notation)
    return claims.assign(**added) if added else claims


def complete_propositions(propositions: pd.DataFrame) -> pd.DataFrame:
    """Return propositions with every column that the rules read.

    Parameters
    ----------
    propositions : DataFrame
        ``proposition_id, kind``, and what there is of ``cardinality, time_type, class``.

    Returns
    -------
    DataFrame
        With empty cells in the missing columns, which stand for one answer, an instant and a question of substance.

    Raises
    ------
    DataError
        For the columns that it must have and has not.

    Examples
    --------
    >>> complete_propositions(pd.DataFrame({"proposition_id": ["p"], "kind": "quantity"})).columns.tolist()
    ['proposition_id', 'kind', 'cardinality', 'time_type', 'class']
    """
    require_columns(propositions, _NEEDED["coded/propositions.csv"], "coded/propositions.csv")
    return propositions.assign(
        **{name: "" for name in ("cardinality", "time_type", "class") if name not in propositions}
    )

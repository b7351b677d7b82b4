"""Coefficients whose chance does not follow the coders' own values: Gwet's AC1 and AC2, and Brennan–Prediger.

What `data`, `weights` and `categories` are for all of them is described in :mod:`sourcebook.reliability`.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from sourcebook.reliability.chance import AgreementResult
from sourcebook.reliability.kappa import compute_agreement
from sourcebook.reliability.layouts import Data
from sourcebook.reliability.own_columns import select_columns
from sourcebook.reliability.weights import Weights

__all__ = ["brennan_prediger", "gwet_ac1", "gwet_ac2"]


def gwet_ac1(
    data: Data,
    *,
    categories: Sequence[Hashable] | None = None,
    n_categories: int | None = None,
    coders: Hashable | Sequence[Hashable] | None = None,
    unit: Hashable | None = None,
) -> AgreementResult:
    """Compute Gwet's AC1, in which chance is least where one value prevails.

    For nominal values of which one is much more frequent than the others, where kappa is low in spite of high
    agreement.

    Parameters
    ----------
    data : pandas.DataFrame or numpy.ndarray
        Reliability data of one variable.
    categories : sequence, optional
        The values that the codebook offers, from lowest to highest; by default those that occur.
    n_categories : int, optional
        Number of values that the codebook offers, where they need no names (identity weights).
    coders : str or list of str, optional
        The columns of the coders of a wide frame, or the column that names the coder of a long one.
    unit : str, optional
        The column that names the unit.

    Returns
    -------
    AgreementResult
        The coefficient; units with a single value count toward the chance term only.

    Raises
    ------
    DataError
        Where a coder coded a unit twice, the frame holds several variables, or a value is no category.
    ValueError
        For fewer categories than values that occur.

    References
    ----------
    Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high agreement.
    British Journal of Mathematical and Statistical Psychology 61, 29–48.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"coder": list("abababab"), "unit": list("11223344"), "value": list("xxxyxxyy")})
    >>> round(gwet_ac1(frame).value, 4)
    0.5294
    """
    return compute_agreement(
        "gwet_ac1", select_columns(data, coders, unit), "identity", categories, n_categories
    )


def gwet_ac2(
    data: Data,
    *,
    weights: Weights = "quadratic",
    categories: Sequence[Hashable] | None = None,
    coders: Hashable | Sequence[Hashable] | None = None,
    unit: Hashable | None = None,
) -> AgreementResult:
    """Compute Gwet's AC2: AC1 for values that can differ by more or less.

    For ordered or numeric values of which one is much more frequent than the others.

    Parameters
    ----------
    data : pandas.DataFrame or numpy.ndarray
        Reliability data of one variable.
    weights : {"identity", "linear", "quadratic", "ordinal", "radical", "ratio"}
        How much two values that differ count as agreeing.
    categories : sequence, optional
        The values that the codebook offers, from lowest to highest; by default those that occur.
    coders : str or list of str, optional
        The columns of the coders of a wide frame, or the column that names the coder of a long one.
    unit : str, optional
        The column that names the unit.

    Returns
    -------
    AgreementResult
        The coefficient; with identity weights it is AC1.

    Raises
    ------
    DataError
        Where a coder coded a unit twice, the frame holds several variables, or a value does not suit the
        weights.
    ValueError
        For unknown weights.

    References
    ----------
    Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th ed., chapters 3 and 5.

    Examples
    --------
    >>> import numpy as np
    >>> units_by_coders = np.array([[1, 1], [2, 2], [3, 2], [1, 2]])
    >>> round(gwet_ac2(units_by_coders, weights="linear").value, 4)
    0.5052
    """
    return compute_agreement("gwet_ac2", select_columns(data, coders, unit), weights, categories)


def brennan_prediger(
    data: Data,
    *,
    weights: Weights = "identity",
    categories: Sequence[Hashable] | None = None,
    n_categories: int | None = None,
    coders: Hashable | Sequence[Hashable] | None = None,
    unit: Hashable | None = None,
) -> AgreementResult:
    """Compute the Brennan–Prediger coefficient, in which every value is equally likely by chance.

    For coders whom the codebook does not lead to expect some values more often than others.

    Parameters
    ----------
    data : pandas.DataFrame or numpy.ndarray
        Reliability data of one variable.
    weights : {"identity", "linear", "quadratic", "ordinal", "radical", "ratio"}
        How much two values that differ count as agreeing.
    categories : sequence, optional
        The values that the codebook offers, from lowest to highest; by default those that occur.
    n_categories : int, optional
        Number of values that the codebook offers, where they need no names (identity weights).
    coders : str or list of str, optional
        The columns of the coders of a wide frame, or the column that names the coder of a long one.
    unit : str, optional
        The column that names the unit.

    Returns
    -------
    AgreementResult
        The coefficient.

    Raises
    ------
    DataError
        Where a coder coded a unit twice, the frame holds several variables, or a value does not suit the
        weights.
    ValueError
        For unknown weights, or fewer categories than values that occur.

    References
    ----------
    Brennan, R. L. and Prediger, D. J. (1981). Coefficient kappa: some uses, misuses, and alternatives.
    Educational and Psychological Measurement 41, 687–699.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"coder": list("abababab"), "unit": list("11223344"), "value": list("xxxyxxyy")})
    >>> round(brennan_prediger(frame).value, 4)
    0.5
    """
    return compute_agreement(
        "brennan_prediger", select_columns(data, coders, unit), weights, categories, n_categories
    )

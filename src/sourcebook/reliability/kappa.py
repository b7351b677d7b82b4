"""Percent agreement and the kappa family: Cohen, Conger, Scott, Fleiss.

What `data`, `weights` and `categories` are for all of them is described in :mod:`sourcebook.reliability`.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from sourcebook.reliability.chance import KERNELS, AgreementResult
from sourcebook.reliability.layouts import Data
from sourcebook.reliability.own_columns import select_columns
from sourcebook.reliability.ratings import to_ratings
from sourcebook.reliability.weights import Weights, scale_of

__all__ = [
    "cohen_kappa",
    "compute_agreement",
    "conger_kappa",
    "fleiss_kappa",
    "percent_agreement",
    "scott_pi",
]


def compute_agreement(
    name: str,
    data: Data,
    weights: Weights,
    categories: Sequence[Hashable] | None,
    n_categories: int | None = None,
) -> AgreementResult:
    """Compute a coefficient by its name; `n_categories` where the categories need no names."""
    ratings = to_ratings(data)
    scale = scale_of(ratings, weights, categories=categories, n_categories=n_categories)
    return KERNELS[name].compute(ratings, scale)


def percent_agreement(
    data: Data,
    *,
    weights: Weights = "identity",
    categories: Sequence[Hashable] | None = None,
    coders: Hashable | Sequence[Hashable] | None = None,
    unit: Hashable | None = None,
) -> AgreementResult:
    """Compute the share of agreeing pairs of coders, averaged over the units with at least two values.

    It takes no account of chance: give it next to a coefficient, not in its place.

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
        The value is a share from 0 to 1.

    Raises
    ------
    DataError
        Where a coder coded a unit twice, the frame holds several variables, or a value does not suit the
        weights.
    ValueError
        For unknown weights.

    References
    ----------
    Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th ed., chapter 2.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"coder": list("abababab"), "unit": list("11223344"), "value": list("xxxyxxyy")})
    >>> round(percent_agreement(frame).value, 4)
    0.75
    """
    return compute_agreement("percent_agreement", select_columns(data, coders, unit), weights, categories)


def cohen_kappa(
    data: Data,
    *,
    weights: Weights = "identity",
    categories: Sequence[Hashable] | None = None,
    coders: Hashable | Sequence[Hashable] | None = None,
    unit: Hashable | None = None,
) -> AgreementResult:
    """Compute Cohen's kappa of two coders, over the units that both coded.

    Chance is what each coder's own distribution of values gives. For two coders who are fixed, as in a study
    of these two.

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
        With status "not two coders" and no value where there are more than two.

    Raises
    ------
    DataError
        Where a coder coded a unit twice, the frame holds several variables, or a value does not suit the
        weights.
    ValueError
        For unknown weights.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement
    20, 37–46. Cohen, J. (1968). Weighted kappa. Psychological Bulletin 70, 213–220.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"coder": list("abababab"), "unit": list("11223344"), "value": list("xxxyxxyy")})
    >>> round(cohen_kappa(frame).value, 4)
    0.5
    """
    return compute_agreement("cohen_kappa", select_columns(data, coders, unit), weights, categories)


def conger_kappa(
    data: Data,
    *,
    weights: Weights = "identity",
    categories: Sequence[Hashable] | None = None,
    coders: Hashable | Sequence[Hashable] | None = None,
    unit: Hashable | None = None,
) -> AgreementResult:
    """Compute Conger's kappa: Cohen's, generalised to several coders and missing values.

    Chance agreement is the mean over all pairs of coders of the agreement that their own distributions of
    values give. For coders who are fixed and coded most of the units.

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
        The coefficient; with two coders and no missing value it is Cohen's kappa.

    Raises
    ------
    DataError
        Where a coder coded a unit twice, the frame holds several variables, or a value does not suit the
        weights.
    ValueError
        For unknown weights.

    References
    ----------
    Conger, A. J. (1980). Integration and generalization of kappas for multiple raters. Psychological Bulletin
    88, 322–328.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"coder": list("abababab"), "unit": list("11223344"), "value": list("xxxyxxyy")})
    >>> round(conger_kappa(frame).value, 4)
    0.5
    """
    return compute_agreement("conger_kappa", select_columns(data, coders, unit), weights, categories)


def scott_pi(
    data: Data,
    *,
    weights: Weights = "identity",
    categories: Sequence[Hashable] | None = None,
    coders: Hashable | Sequence[Hashable] | None = None,
    unit: Hashable | None = None,
) -> AgreementResult:
    """Compute Scott's pi of two coders, over the units that both coded.

    Chance is what the pooled values of the two give. For two coders who could be exchanged for others.

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
        With status "not two coders" and no value where there are more than two.

    Raises
    ------
    DataError
        Where a coder coded a unit twice, the frame holds several variables, or a value does not suit the
        weights.
    ValueError
        For unknown weights.

    References
    ----------
    Scott, W. A. (1955). Reliability of content analysis: the case of nominal scale coding. Public Opinion
    Quarterly 19, 321–325.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"coder": list("abababab"), "unit": list("11223344"), "value": list("xxxyxxyy")})
    >>> round(scott_pi(frame).value, 4)
    0.4667
    """
    return compute_agreement("scott_pi", select_columns(data, coders, unit), weights, categories)


def fleiss_kappa(
    data: Data,
    *,
    weights: Weights = "identity",
    categories: Sequence[Hashable] | None = None,
    coders: Hashable | Sequence[Hashable] | None = None,
    unit: Hashable | None = None,
) -> AgreementResult:
    """Compute Fleiss' kappa, with Gwet's treatment of missing values.

    Chance is what the pooled values of all coders give. For several coders who could be exchanged for others.

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
        The coefficient; with two coders and no missing value it is Scott's pi.

    Raises
    ------
    DataError
        Where a coder coded a unit twice, the frame holds several variables, or a value does not suit the
        weights.
    ValueError
        For unknown weights.

    References
    ----------
    Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. Psychological Bulletin 76,
    378–382. Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th ed.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"coder": list("abababab"), "unit": list("11223344"), "value": list("xxxyxxyy")})
    >>> round(fleiss_kappa(frame).value, 4)
    0.4667
    """
    return compute_agreement("fleiss_kappa", select_columns(data, coders, unit), weights, categories)

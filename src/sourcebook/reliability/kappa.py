"""Percent agreement and the kappa family: Cohen, Conger, Fleiss, Brennan–Prediger, Gwet's AC1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sourcebook.reliability.ratings import (
    NO_DATA,
    NO_PAIRS,
    ONE_CODER,
    FloatArray,
    Ratings,
    degenerate_status,
    to_ratings,
)

__all__ = [
    "KERNELS",
    "AgreementResult",
    "brennan_prediger",
    "cohen_kappa",
    "conger_kappa",
    "fleiss_kappa",
    "gwet_ac1",
    "percent_agreement",
]

NOT_TWO = "not two coders"
ROUNDING = 1e-12


@dataclass(frozen=True, kw_only=True)
class AgreementResult:
    """A coefficient of agreement and what it was computed from.

    Attributes
    ----------
    name : str
        Name of the coefficient.
    value : float or None
        The coefficient; None where the data do not define it.
    observed, expected : float or None
        Observed agreement, and the agreement that the coefficient expects by chance (0 for percent
        agreement), both as shares from 0 to 1.
    n_units, n_pairable, n_coders : int
        Units with at least two values, values on them, coders with at least one value.
    status, note : str
        As in :class:`~sourcebook.reliability.AlphaResult`; also "not two coders" for Cohen's kappa.
    """

    name: str
    value: float | None
    observed: float | None
    expected: float | None
    n_units: int
    n_pairable: int
    n_coders: int
    status: str
    note: str


def percent_agreement(frame: pd.DataFrame) -> AgreementResult:
    """Compute the share of agreeing pairs of coders, averaged over the units with at least two values.

    Parameters
    ----------
    frame : DataFrame
        Reliability data of one variable: columns coder, unit, value.

    Returns
    -------
    AgreementResult
        The value is a share from 0 to 1.

    Raises
    ------
    DataError
        Where a coder coded a unit twice or the frame holds several variables.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"coder": list("abab"), "unit": [1, 1, 2, 2], "value": list("xxxy")})
    >>> percent_agreement(frame).value
    0.5
    """
    return KERNELS["percent_agreement"](to_ratings(frame), None)


def cohen_kappa(frame: pd.DataFrame) -> AgreementResult:
    """Compute Cohen's kappa of two coders, over the units that both coded.

    Parameters
    ----------
    frame : DataFrame
        Reliability data of one variable: columns coder, unit, value.

    Returns
    -------
    AgreementResult
        With status "not two coders" and no value where there are more than two.

    Raises
    ------
    DataError
        Where a coder coded a unit twice or the frame holds several variables.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological
    Measurement 20, 37–46.
    """
    return KERNELS["cohen_kappa"](to_ratings(frame), None)


def conger_kappa(frame: pd.DataFrame) -> AgreementResult:
    """Compute Conger's kappa: Cohen's, generalised to several coders and missing values.

    Parameters
    ----------
    frame : DataFrame
        Reliability data of one variable: columns coder, unit, value.

    Returns
    -------
    AgreementResult
        Chance agreement is the mean over all pairs of coders of the agreement that their own
        distributions of values give.

    Raises
    ------
    DataError
        Where a coder coded a unit twice or the frame holds several variables.

    References
    ----------
    Conger, A. J. (1980). Integration and generalization of kappas for multiple raters. Psychological
    Bulletin 88, 322–328.
    """
    return KERNELS["conger_kappa"](to_ratings(frame), None)


def fleiss_kappa(frame: pd.DataFrame) -> AgreementResult:
    """Compute Fleiss' kappa, with Gwet's treatment of missing values.

    Parameters
    ----------
    frame : DataFrame
        Reliability data of one variable: columns coder, unit, value.

    Returns
    -------
    AgreementResult
        With two coders and no missing value this is Scott's pi.

    Raises
    ------
    DataError
        Where a coder coded a unit twice or the frame holds several variables.

    References
    ----------
    Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. Psychological Bulletin 76,
    378–382. Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th ed.
    """
    return KERNELS["fleiss_kappa"](to_ratings(frame), None)


def gwet_ac1(frame: pd.DataFrame, *, n_categories: int | None = None) -> AgreementResult:
    """Compute Gwet's AC1.

    Parameters
    ----------
    frame : DataFrame
        Reliability data of one variable: columns coder, unit, value.
    n_categories : int, optional
        Number of values that the codebook offers; the number of values that occur where it is not given.

    Returns
    -------
    AgreementResult
        The coefficient; units with a single value count toward the chance term only.

    Raises
    ------
    DataError
        Where a coder coded a unit twice or the frame holds several variables.
    ValueError
        Where ``n_categories`` is below the number of values that occur.

    References
    ----------
    Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high
    agreement. British Journal of Mathematical and Statistical Psychology 61, 29–48.
    """
    return KERNELS["gwet_ac1"](to_ratings(frame), n_categories)


def brennan_prediger(frame: pd.DataFrame, *, n_categories: int | None = None) -> AgreementResult:
    """Compute the Brennan–Prediger coefficient, in which every value is equally likely by chance.

    Parameters
    ----------
    frame : DataFrame
        Reliability data of one variable: columns coder, unit, value.
    n_categories : int, optional
        Number of values that the codebook offers; the number of values that occur where it is not given.

    Returns
    -------
    AgreementResult
        The coefficient.

    Raises
    ------
    DataError
        Where a coder coded a unit twice or the frame holds several variables.
    ValueError
        Where ``n_categories`` is below the number of values that occur.

    References
    ----------
    Brennan, R. L. and Prediger, D. J. (1981). Coefficient kappa: some uses, misuses, and alternatives.
    Educational and Psychological Measurement 41, 687–699.
    """
    return KERNELS["brennan_prediger"](to_ratings(frame), n_categories)


def _observed(ratings: Ratings) -> float:
    paired = ratings.pairable()
    sizes = paired.sizes()
    cell_unit, _, counts = paired.cell_counts()
    agreeing = np.bincount(cell_unit, weights=counts * (counts - 1), minlength=sizes.size)
    return float((agreeing / (sizes * (sizes - 1))).mean())


def _shares(ratings: Ratings) -> FloatArray:
    """Return the share of each value, every unit counting alike."""
    weights = 1.0 / ratings.sizes()[ratings.unit]
    shares: FloatArray = np.bincount(ratings.code, weights=weights) / ratings.n_units
    return shares


def _categories(ratings: Ratings, declared: int | None) -> int:
    occurring = int(np.unique(ratings.code).size)
    if declared is not None and declared < occurring:
        raise ValueError(f"n_categories: expected at least the {occurring} that occur; found {declared}")
    return occurring if declared is None else declared


def _chance_none(_ratings: Ratings, _declared: int | None) -> float:
    return 0.0


def _chance_fleiss(ratings: Ratings, _declared: int | None) -> float:
    return float((_shares(ratings) ** 2).sum())


def _chance_ac1(ratings: Ratings, declared: int | None) -> float:
    categories = _categories(ratings, declared)
    shares = _shares(ratings)
    return float((shares * (1 - shares)).sum()) / (categories - 1) if categories > 1 else 1.0


def _chance_uniform(ratings: Ratings, declared: int | None) -> float:
    return 1.0 / _categories(ratings, declared)


def _chance_conger(ratings: Ratings, _declared: int | None) -> float:
    """Return the mean over ordered pairs of coders of the product of their shares, summed over values."""
    width = int(ratings.labels.size)
    cells, counts = np.unique(ratings.coder * width + ratings.code, return_counts=True)
    per_coder = np.bincount(ratings.coder)
    share = counts / per_coder[cells // width]
    r = int(np.count_nonzero(per_coder))
    sums = np.bincount(cells % width, weights=share)
    return float(((sums**2).sum() - (share**2).sum()) / (r * (r - 1)))


def _kernel(
    name: str, chance: Callable[[Ratings, int | None], float], *, two_coders: bool = False
) -> Callable[[Ratings, int | None], AgreementResult]:
    """Return a coefficient of the form (observed - chance) / (1 - chance), with its degenerate cases."""

    def compute(ratings: Ratings, declared: int | None) -> AgreementResult:
        status, note = degenerate_status(ratings)
        paired = ratings.pairable()
        value = observed = expected = None
        if status not in (NO_DATA, ONE_CODER, NO_PAIRS):
            observed = _observed(ratings)
            if two_coders and ratings.n_coders != 2:
                status, note = NOT_TWO, f"Needs two coders; there are {ratings.n_coders}."
            else:
                expected = chance(paired if two_coders else ratings, declared)
                value = (observed - expected) / (1 - expected) if 1 - expected > ROUNDING else None
        return AgreementResult(
            name=name,
            value=value,
            observed=observed,
            expected=expected,
            n_units=paired.n_units,
            n_pairable=int(paired.code.size),
            n_coders=ratings.n_coders,
            status=status,
            note=note,
        )

    return compute


KERNELS: dict[str, Callable[[Ratings, int | None], AgreementResult]] = {
    "percent_agreement": _kernel("percent agreement", _chance_none),
    "cohen_kappa": _kernel("Cohen's kappa", _chance_conger, two_coders=True),
    "conger_kappa": _kernel("Conger's kappa", _chance_conger),
    "fleiss_kappa": _kernel("Fleiss' kappa", _chance_fleiss),
    "gwet_ac1": _kernel("Gwet's AC1", _chance_ac1),
    "brennan_prediger": _kernel("Brennan–Prediger", _chance_uniform),
}

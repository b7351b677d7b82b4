"""Krippendorff's alpha for any number of coders, four metrics and missing values.

The textbook computation fills a value × value matrix. This one never does: it needs memory in
proportion to the number of values. Nominal disagreement is counted from pairs of coders or from the occupied
unit × value cells; interval disagreement within any group of values is twice the group's size times its sum of
squares; the ordinal metric is the interval metric on mid-ranks; the ratio metric is summed by
:mod:`sourcebook.reliability.ratio`.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sourcebook.reliability.blocks import MAX_CODERS, sums_of
from sourcebook.reliability.layouts import Data, FloatArray, IntArray, Matrix, is_long, to_matrix
from sourcebook.reliability.own_columns import order_of, select_columns
from sourcebook.reliability.ratings import (
    LARGEST,
    NO_VARIATION,
    OK,
    ONE_UNIT,
    Ratings,
    degenerate_status,
    numbers_of,
    status_of,
    to_numbers,
    to_ratings,
)
from sourcebook.reliability.ratio import RatioPairs, ratio_difference

__all__ = ["AlphaResult", "Metric", "alpha_of_ratings", "krippendorff_alpha", "numbers_for"]

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
METRICS: tuple[Metric, ...] = ("nominal", "ordinal", "interval", "ratio")


@dataclass(frozen=True, kw_only=True)
class AlphaResult:
    """Krippendorff's alpha and what it was computed from.

    Attributes
    ----------
    alpha : float or None
        1 is perfect, 0 is what chance gives, below 0 is systematic disagreement; None where undefined.
    observed, expected : float or None
        Observed and expected disagreement, in the squared differences of the metric.
    n_units : int
        Units with at least two values.
    n_pairable : int
        Values on those units.
    n_coders : int
        Coders with at least one value.
    status : str
        "ok", "no variation", "one unit", "one coder", "no pairable values" or "no data".
    note : str
        What the status means for the reader; empty where it is "ok".
    """

    alpha: float | None
    observed: float | None
    expected: float | None
    n_units: int
    n_pairable: int
    n_coders: int
    status: str
    note: str

    @property
    def value(self) -> float | None:
        """The coefficient, under the name that all results of this package share."""
        return self.alpha


def krippendorff_alpha(
    data: Data,
    *,
    metric: Metric = "nominal",
    order: Sequence[Hashable] | None = None,
    coders: Hashable | Sequence[Hashable] | None = None,
    unit: Hashable | None = None,
) -> AlphaResult:
    """Compute Krippendorff's alpha of one variable.

    Parameters
    ----------
    data : DataFrame or ndarray
        Reliability data: a long frame with the columns coder, unit, value, and variable where there is one;
        or a wide frame or an array, shape (n_units, n_coders), of numbers or text, with NaN or "" where a
        value is missing.
    metric : {"nominal", "ordinal", "interval", "ratio"}
        How far apart two values are. All but nominal read values as numbers.
    order : sequence, optional
        For the ordinal metric on words: the values from lowest to highest; by default that of an ordered
        categorical.
    coders : str or list of str, optional
        The columns of the coders of a wide frame, or the column that names the coder of a long one.
    unit : str, optional
        The column that names the unit.

    Returns
    -------
    AlphaResult
        With ``alpha`` None and the reason in ``status`` where all compared values are equal, or where no
        two coders share a unit. On a single unit the formula gives 0 and ``status`` is "one unit".

    Raises
    ------
    DataError
        Where a coder coded a unit twice, where the frame holds several variables, or where a value does
        not suit the metric.
    ValueError
        For an unknown metric.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability. University of Pennsylvania,
    Annenberg School for Communication.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> frame = pd.DataFrame(
    ...     {"coder": list("ababab"), "unit": [1, 1, 2, 2, 3, 3], "value": list("xxyyxy")}
    ... )
    >>> round(krippendorff_alpha(frame).alpha, 4)
    0.4444
    >>> units_by_coders = np.array([["x", "x"], ["y", "y"], ["x", "y"]])
    >>> round(krippendorff_alpha(units_by_coders).alpha, 4)
    0.4444
    """
    data = select_columns(data, coders, unit)
    if metric == "ordinal" and order is None:
        order = order_of(data)
    if not is_long(data):
        _check(metric, order)
        matrix = to_matrix(data)
        if matrix.values.shape[1] and matrix.values.shape[1] <= MAX_CODERS:
            return _of_matrix(matrix, metric, order)
    ratings = to_ratings(data)
    return alpha_of_ratings(ratings, metric, numbers_for(ratings, metric, order))


def _check(metric: Metric, order: Sequence[Hashable] | None) -> None:
    if metric not in METRICS:
        raise ValueError(f"metric: expected one of {', '.join(METRICS)}; found {metric!r}")
    if order is not None and metric != "ordinal":
        raise ValueError(f"order: only the ordinal metric takes one; found metric {metric!r}")


def _of_matrix(matrix: Matrix, metric: Metric, order: Sequence[Hashable] | None) -> AlphaResult:
    """Compute alpha on an array of few coders, block by block."""
    values = matrix.values
    if metric != "nominal":
        if matrix.labels is not None or order is not None:
            codes, labels = matrix.codes()
            numbers = numbers_of(labels, order=order, nonnegative=metric == "ratio")
            values = np.append(numbers, np.nan)[codes]
        else:
            _fit(values, metric)
        matrix = Matrix(values=values, labels=None, units=matrix.units, coders=matrix.coders)
    sums = sums_of(matrix, metric)
    status, note = status_of(
        n_values=sums.n_values,
        n_coders=int(sums.coded.sum()),
        n_pairable=sums.n_pairable,
        n_units=sums.n_units,
        constant=sums.constant,
    )
    counts = (sums.n_units, sums.n_pairable, int(sums.coded.sum()))
    return _result(sums.within, sums.overall, counts, status, note)


def _fit(values: FloatArray, metric: Metric) -> None:
    """Refuse numbers that do not suit the metric."""
    if not values.size:
        return
    low, high = float(np.fmin.reduce(values, axis=None)), float(np.fmax.reduce(values, axis=None))
    if low < -LARGEST or high > LARGEST or (metric == "ratio" and low < 0):
        values = values.astype(np.float64)
        wrong = values[(np.abs(values) > LARGEST) | ((values < 0) & (metric == "ratio"))]
        numbers_of(np.unique(wrong), nonnegative=metric == "ratio")


def _result(
    within: float, overall: float, counts: tuple[int, int, int], status: str, note: str
) -> AlphaResult:
    n_units, n, n_coders = counts
    observed = expected = alpha = None
    if status == NO_VARIATION:
        observed = expected = 0.0
    elif status in (OK, ONE_UNIT):
        observed, expected = within / n, overall / (n * (n - 1))
        alpha = 0.0 if status == ONE_UNIT else 1.0 - observed / expected
    return AlphaResult(
        alpha=alpha,
        observed=observed,
        expected=expected,
        n_units=n_units,
        n_pairable=n,
        n_coders=n_coders,
        status=status,
        note=note,
    )


def numbers_for(ratings: Ratings, metric: Metric, order: Sequence[Hashable] | None = None) -> FloatArray:
    """Return the number of each distinct value as the metric reads it; codes for the nominal metric.

    Raises
    ------
    DataError
        Where a value does not suit the metric.
    ValueError
        For an unknown metric, or an order with a metric other than ordinal.
    """
    _check(metric, order)
    if metric == "nominal":
        return np.arange(ratings.labels.size, dtype=np.float64)
    return to_numbers(ratings, order=order, nonnegative=metric == "ratio")


def alpha_of_ratings(ratings: Ratings, metric: Metric, numbers: FloatArray) -> AlphaResult:
    """Compute alpha on codes, with ``numbers`` from :func:`numbers_for`."""
    status, note = degenerate_status(ratings)
    paired = ratings.pairable()
    x = numbers[paired.code]
    if status == OK and metric != "nominal" and (x == x[0]).all():
        status, note = NO_VARIATION, "All compared values are the same number; alpha is not defined."
    within = overall = 0.0
    if status in (OK, ONE_UNIT):
        within, overall = _disagreements(paired, metric, x)
    return _result(within, overall, (paired.n_units, int(x.size), ratings.n_coders), status, note)


def _disagreements(paired: Ratings, metric: Metric, x: FloatArray) -> tuple[float, float]:
    """Return the summed squared differences within units (each over size - 1) and over all values."""
    sizes = paired.sizes()
    if metric == "nominal":
        cell_unit, cell_code, counts = paired.cell_counts()
        same = np.bincount(cell_unit, weights=counts.astype(np.float64) ** 2, minlength=sizes.size)
        totals = np.bincount(cell_code, weights=counts)
        n = float(sizes.sum())
        return float(((sizes**2 - same) / (sizes - 1)).sum()), n * n - float((totals**2).sum())
    if metric == "ratio":
        return _ratio_within(x, paired.unit, sizes), _ratio_overall(x)
    if metric == "ordinal":
        x = _mid_ranks(x)
    starts = np.cumsum(sizes) - sizes
    deviation = x - x[starts][paired.unit]
    deviation = deviation - (np.bincount(paired.unit, weights=deviation) / sizes)[paired.unit]
    squares = np.bincount(paired.unit, weights=deviation**2)
    shifted = x - x[0]
    overall = 2.0 * x.size * float(((shifted - shifted.mean()) ** 2).sum())
    return float((2.0 * sizes * squares / (sizes - 1)).sum()), overall


def _mid_ranks(x: FloatArray) -> FloatArray:
    """Return mid-ranks: their differences are Krippendorff's ordinal differences."""
    _, inverse, counts = np.unique(x, return_inverse=True, return_counts=True)
    ranks: FloatArray = (np.cumsum(counts) - counts / 2.0)[inverse]
    return ranks


def _ratio_within(x: FloatArray, unit: IntArray, sizes: IntArray) -> float:
    result = 0.0
    for shift in range(1, int(sizes.max())):
        left = np.flatnonzero(unit[shift:] == unit[:-shift])
        weights = 2.0 / (sizes[unit[left]] - 1)
        result += float((weights * ratio_difference(x[left], x[left + shift])).sum())
    return result


def _ratio_overall(x: FloatArray) -> float:
    values, counts = np.unique(x, return_counts=True)
    weights = counts.astype(np.float64)[None]
    return float(RatioPairs(values).total(weights, weights)[0])

"""Sums over units that count several times, for many such draws at once, and Krippendorff's alpha of them.

What a unit adds to a coefficient does not depend on the other units, so that a draw of the bootstrap only says how
often each unit counts: a row of ``times``, shape (n_draws, n_units). All functions here turn such rows into
numbers, one row or one number for each draw.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sourcebook.reliability.alpha import Metric, alpha_of_ratings
from sourcebook.reliability.layouts import FloatArray, IntArray
from sourcebook.reliability.ratings import Ratings
from sourcebook.reliability.ratio import RatioPairs

__all__ = ["OfDraws", "alpha_of_draws", "totals_of_draws"]

OfDraws = Callable[[FloatArray], FloatArray]
DENSE_CELLS = 2_000_000
SUSPICION = 1e-9


def totals_of_draws(
    unit: IntArray, column: IntArray, weights: FloatArray, *, n_units: int, width: int
) -> OfDraws:
    """Return a function from draws to the sums of ``weights`` by column, shape (n_draws, width).

    Parameters
    ----------
    unit, column : numpy.ndarray of int, shape (n_values,)
        Where each weight belongs.
    weights : numpy.ndarray of float, shape (n_values,)
        What is summed; a value counts as often as its unit was drawn.
    n_units, width : int
        Number of units and of columns. Where a table of the two is small it is made once; else each draw is
        counted for itself.
    """
    if n_units * width <= DENSE_CELLS:
        flat = np.bincount(unit * width + column, weights=weights, minlength=n_units * width)
        table = flat.reshape(n_units, width)
        return lambda times: times @ table
    return lambda times: np.stack(
        [np.bincount(column, weights=row[unit] * weights, minlength=width) for row in times]
    )


def alpha_of_draws(ratings: Ratings, metric: Metric, numbers: FloatArray) -> OfDraws:
    """Return a function from draws to Krippendorff's alpha, the same as computing it on the drawn ratings.

    Parameters
    ----------
    ratings : Ratings
        Not degenerate.
    metric : {"nominal", "ordinal", "interval", "ratio"}
        As in :func:`~sourcebook.reliability.krippendorff_alpha`.
    numbers : numpy.ndarray of float, shape (n_labels,)
        The number of each distinct value.

    Returns
    -------
    callable
        NaN where a draw leaves alpha undefined, 0 where a single drawn unit has values to compare.
    """
    sizes = ratings.sizes()
    compared = (sizes >= 2).astype(np.float64)
    parts = _moment_sums if metric == "interval" else _value_sums
    sums = parts(ratings, metric, numbers)
    n_of = compared * sizes

    def of_draws(times: FloatArray) -> FloatArray:
        n = times @ n_of
        within, overall, suspect = sums(times)
        defined = overall > 0
        alpha = 1.0 - np.divide(within * (n - 1), overall, out=np.zeros_like(n), where=defined)
        alpha[~defined] = np.nan
        alpha[(times @ compared < 2) & defined] = 0.0
        for i in np.flatnonzero(suspect):
            drawn = np.repeat(np.arange(sizes.size), times[i].astype(np.int64))
            exact = alpha_of_ratings(ratings.take_units(drawn), metric, numbers).alpha
            alpha[i] = np.nan if exact is None else exact
        return alpha

    return of_draws


Sums = Callable[[FloatArray], tuple[FloatArray, FloatArray, FloatArray]]


def _moment_sums(ratings: Ratings, _metric: Metric, numbers: FloatArray) -> Sums:
    """Return the sums of the interval metric; a draw of nearly equal numbers is suspect and computed exactly."""
    sizes = ratings.sizes()
    kept = (sizes >= 2)[ratings.unit]
    x = numbers[ratings.code]
    x = x - x[kept].mean()
    counts = np.maximum(sizes, 1)
    mean = np.bincount(ratings.unit, weights=x) / counts
    spread = np.bincount(ratings.unit, weights=(x - mean[ratings.unit]) ** 2)
    within = np.where(sizes >= 2, 2.0 * sizes * spread / np.maximum(sizes - 1, 1), 0.0)
    of_unit = np.stack(
        [
            within,
            np.where(sizes >= 2, sizes, 0),
            np.bincount(ratings.unit, weights=np.where(kept, x, 0.0)),
            np.bincount(ratings.unit, weights=np.where(kept, x**2, 0.0)),
        ],
        axis=1,
    )
    largest = float((x[kept] ** 2).max())

    def sums(times: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        inside, n, first, second = (times @ of_unit).T
        overall = 2.0 * (n * second - first**2)
        return inside, overall, overall <= SUSPICION * n**2 * largest

    return sums


def _value_sums(ratings: Ratings, metric: Metric, numbers: FloatArray) -> Sums:
    """Return the sums of the other metrics, from how often each value was drawn."""
    paired_unit = ratings.sizes() >= 2
    kept = paired_unit[ratings.unit]
    points, place = np.unique(numbers[ratings.code[kept]], return_inverse=True)
    unit, column = ratings.unit[kept], place.astype(np.int64)
    totals = totals_of_draws(
        unit, column, np.ones(unit.size), n_units=ratings.n_units, width=int(points.size)
    )
    pairs = RatioPairs(points) if metric == "ratio" else None
    fixed = None if metric == "ordinal" else _within_units(ratings, metric, numbers)

    def sums(times: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        counts = totals(times)
        n = counts.sum(axis=1)
        if fixed is None:
            ranks = np.cumsum(counts, axis=1) - counts / 2.0
            centred = ranks - n[:, None] / 2.0
            overall = 2.0 * (n * (counts * centred**2).sum(axis=1) - (counts * centred).sum(axis=1) ** 2)
            inside = _rank_differences(times, centred[:, column], unit)
        else:
            inside = times @ fixed
            squares = (counts**2).sum(axis=1)
            overall = n**2 - squares if pairs is None else pairs.total(counts, counts)
        overall = np.where(np.count_nonzero(counts, axis=1) > 1, overall, 0.0)
        return inside, overall, np.zeros(n.shape, dtype=bool)

    return sums


def _within_units(ratings: Ratings, metric: Metric, numbers: FloatArray) -> FloatArray:
    """Return what each unit adds to the disagreement within units."""
    sizes = ratings.sizes()
    result = np.zeros(sizes.size)
    for shift in range(1, int(sizes.max())):
        left = np.flatnonzero(ratings.unit[shift:] == ratings.unit[:-shift])
        unit = ratings.unit[left]
        a, b = numbers[ratings.code[left]], numbers[ratings.code[left + shift]]
        if metric == "ratio":
            total = a + b
            difference = np.divide(a - b, total, out=np.zeros_like(total), where=total != 0) ** 2
        else:
            difference = (a != b).astype(np.float64)
        result += np.bincount(unit, weights=2.0 * difference / (sizes[unit] - 1), minlength=sizes.size)
    return result


def _rank_differences(times: FloatArray, ranks: FloatArray, unit: IntArray) -> FloatArray:
    """Return the disagreement within units where each draw has ranks of its own, shape (n_draws, n_values)."""
    starts = np.flatnonzero(np.r_[True, unit[1:] != unit[:-1]])
    sizes = np.diff(np.r_[starts, unit.size])
    of_value = np.repeat(np.arange(starts.size), sizes)
    means = np.add.reduceat(ranks, starts, axis=1) / sizes
    spread = np.add.reduceat((ranks - means[:, of_value]) ** 2, starts, axis=1)
    return np.asarray((times[:, unit[starts]] * 2.0 * sizes * spread / (sizes - 1)).sum(axis=1))

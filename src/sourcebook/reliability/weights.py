"""How far apart two values of a scale are: Gwet's weights, summed without a value × value matrix."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from sourcebook.reliability.layouts import FloatArray, IntArray
from sourcebook.reliability.ratings import Ratings, to_numbers
from sourcebook.reliability.ratio import RatioPairs, ratio_difference

__all__ = ["WEIGHTS", "Scale", "Weights", "scale_of"]

Weights = Literal["identity", "linear", "quadratic", "ordinal", "radical", "ratio"]
WEIGHTS: tuple[Weights, ...] = ("identity", "linear", "quadratic", "ordinal", "radical", "ratio")
BLOCK_CELLS = 4_000_000


@dataclass(frozen=True, kw_only=True)
class Scale:
    """The values that a variable can take, and how much two of them count as agreeing.

    The weight of two values is one minus their distance over the largest distance of the scale.

    Attributes
    ----------
    kind : str
        One of ``WEIGHTS``.
    points : numpy.ndarray of float, shape (n_points,)
        The values in ascending order: numbers, or positions from 1.
    place : numpy.ndarray of int, shape (n_labels,)
        Which of them each label of the ratings is.
    """

    kind: Weights
    points: FloatArray
    place: IntArray
    _pairs: list[RatioPairs] = field(default_factory=list, repr=False, compare=False)

    @property
    def size(self) -> int:
        """The number of values on the scale."""
        return int(self.points.size)

    def largest(self) -> float:
        """Return the distance that counts as no agreement at all; 1 where the scale has one value."""
        ends = np.array([0, self.size - 1]) if self.size else np.array([0, 0])
        distance = float(self.distance(ends[:1], ends[1:])[0]) if self.size > 1 else 1.0
        return distance or 1.0

    def distance(self, a: IntArray, b: IntArray) -> FloatArray:
        """Return the distance of values given by their positions."""
        if self.kind == "identity":
            return np.not_equal(a, b).astype(np.float64)
        x, y = self.points[a], self.points[b]
        if self.kind == "ratio":
            return ratio_difference(x, y)
        distance = np.abs((a - b).astype(np.float64)) if self.kind == "ordinal" else np.abs(x - y)
        if self.kind == "linear":
            return np.asarray(distance, dtype=np.float64)
        if self.kind == "radical":
            return np.sqrt(distance)
        return distance**2 if self.kind == "quadratic" else distance * (distance + 1) / 2

    def total(self, p: FloatArray, q: FloatArray) -> FloatArray:
        """Return the sum of p[i] q[j] times the distance of i and j, row by row.

        Parameters
        ----------
        p, q : numpy.ndarray of float, shape (n_rows, n_points)
            Shares or counts of the values.

        Returns
        -------
        numpy.ndarray of float, shape (n_rows,)
        """
        if self.kind == "identity":
            return np.asarray(p.sum(axis=1) * q.sum(axis=1) - (p * q).sum(axis=1))
        if self.kind == "ratio":
            if not self._pairs:
                self._pairs.append(RatioPairs(self.points))
            return self._pairs[0].total(p, q)
        if self.kind == "radical":
            return self._blocks(p, q)
        x = np.arange(self.size, dtype=np.float64) if self.kind == "ordinal" else self.points
        if self.kind == "linear":
            return _linear(x, p, q)
        if self.kind == "quadratic":
            return _quadratic(x, p, q)
        return (_quadratic(x, p, q) + _linear(x, p, q)) / 2

    def _blocks(self, p: FloatArray, q: FloatArray) -> FloatArray:
        rows = max(1, BLOCK_CELLS // max(self.size, 1))
        result = np.zeros(p.shape[0])
        every = np.arange(self.size)
        for start in range(0, self.size, rows):
            block = every[start : start + rows]
            result += ((p[:, block] @ self.distance(block[:, None], every[None, :])) * q).sum(axis=1)
        return result


def _quadratic(x: FloatArray, p: FloatArray, q: FloatArray) -> FloatArray:
    x = x - x.mean()
    first, second = p @ x, q @ x
    squares = (p @ x**2) * q.sum(axis=1) + p.sum(axis=1) * (q @ x**2)
    return np.asarray(squares - 2 * first * second)


def _linear(x: FloatArray, p: FloatArray, q: FloatArray) -> FloatArray:
    below_p, below_q = np.cumsum(p, axis=1), np.cumsum(q, axis=1)
    above_p, above_q = below_p[:, -1:] - below_p, below_q[:, -1:] - below_q
    crossing = below_p * above_q + below_q * above_p
    return np.asarray(crossing[:, :-1] @ np.diff(x))


def scale_of(
    ratings: Ratings,
    weights: Weights = "identity",
    *,
    categories: Sequence[Hashable] | None = None,
    n_categories: int | None = None,
) -> Scale:
    """Return the scale of the ratings.

    Parameters
    ----------
    ratings : Ratings
        The values.
    weights : {"identity", "linear", "quadratic", "ordinal", "radical", "ratio"}
        How far apart two values are.
    categories : sequence, optional
        The values that the codebook offers, from lowest to highest; words count as 1, 2, 3 and so on. By
        default the values that occur, which are read as numbers unless the weights are identity.
    n_categories : int, optional
        For identity weights: how many values the codebook offers.

    Raises
    ------
    DataError
        Where a value does not suit the weights or is not among the categories.
    ValueError
        For unknown weights, or a number of categories below that of the values that occur.
    """
    if weights not in WEIGHTS:
        raise ValueError(f"weights: expected one of {', '.join(WEIGHTS)}; found {weights!r}")
    if categories is not None and n_categories not in (None, len(categories)):
        raise ValueError(f"n_categories: expected the {len(categories)} of categories; found {n_categories}")
    if weights != "identity" and n_categories is not None and categories is None:
        raise ValueError("n_categories: weights need the categories themselves; give categories instead")
    if categories is not None:
        place = to_numbers(ratings, order=categories).astype(np.int64)
        points = np.array([_number(value) for value in categories])
        if not np.isfinite(points).all():
            points = np.arange(1, len(categories) + 1, dtype=np.float64)
        by_size = np.argsort(points, kind="stable")
        rank = np.empty(points.size, dtype=np.int64)
        rank[by_size] = np.arange(points.size)
        return Scale(kind=weights, points=points[by_size], place=rank[place])
    if weights == "identity":
        return _named(ratings, n_categories)
    numbers = to_numbers(ratings, nonnegative=weights == "ratio")
    distinct, inverse = np.unique(numbers, return_inverse=True)
    return Scale(kind=weights, points=distinct, place=inverse.astype(np.int64))


def _named(ratings: Ratings, n_categories: int | None) -> Scale:
    occurring = np.unique(ratings.code)
    if n_categories is not None and n_categories < occurring.size:
        raise ValueError(
            f"n_categories: expected at least the {occurring.size} that occur; found {n_categories}"
        )
    place = np.zeros(ratings.labels.size, dtype=np.int64)
    place[occurring] = np.arange(occurring.size)
    size = occurring.size if n_categories is None else n_categories
    return Scale(kind="identity", points=np.arange(size, dtype=np.float64), place=place)


def _number(value: Hashable) -> float:
    if isinstance(value, str | int | float | np.number):
        try:
            return float(value)
        except ValueError:
            return np.nan
    return np.nan

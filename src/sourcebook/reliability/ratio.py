"""Sums over all pairs of values in the ratio metric, without comparing all pairs.

Krippendorff's ratio difference ((a - b) / (a + b))² is tanh²((log a - log b) / 2): a smooth function of how
far apart two logarithms are. Up to some hundred distinct values the pairs are compared. Beyond, the
logarithms are cut into cells of one unit, and in each cell the function is replaced by its polynomial through
Chebyshev points: the nearest singularity lies at a distance of pi, so that 16 points reach the precision of
the arithmetic. The cost is 16 operations a value and the pairs of points, some fifty thousand for values that
span six orders of magnitude, whatever the number of values.
"""

from __future__ import annotations

import numpy as np

from sourcebook.reliability.layouts import FloatArray, IntArray

__all__ = ["RatioPairs", "ratio_difference"]

DIRECT = 512
ORDER = 16
BLOCK_CELLS = 4_000_000
BLOCK_POINTS = 1 << 15
ANGLES = (2 * np.arange(ORDER) + 1) * np.pi / (2 * ORDER)
#: From sums of Chebyshev polynomials to weights of the points: shape (degree, point).
TO_NODES = (
    np.cos(np.arange(ORDER)[:, None] * ANGLES) * np.where(np.arange(ORDER) > 0, 2.0, 1.0)[:, None] / ORDER
)


def ratio_difference(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return ((a - b) / (a + b))², 0 where both are 0."""
    total = a + b
    part: FloatArray = np.divide(a - b, total, out=np.zeros_like(total), where=total != 0)
    return part * part


class RatioPairs:
    """Sums of weighted ratio differences over all pairs of fixed values.

    Parameters
    ----------
    points : numpy.ndarray of float, shape (n_points,)
        Finite values of at least 0, in ascending order.
    direct : int
        Up to how many distinct values above 0 each pair is compared.
    """

    def __init__(self, points: FloatArray, *, direct: int = DIRECT) -> None:
        self._zeros = int(np.searchsorted(points, 0.0, side="right"))
        values = points[self._zeros :]
        self._starts: IntArray | None = None
        self._nodes = values
        if values.size <= direct:
            return
        middle = float(np.median(values))
        relative = np.minimum((values - middle) / middle, 1.0)
        near = np.abs(relative) < 0.5
        logs = np.where(near, np.log1p(np.where(near, relative, 0.0)), np.log(values) - np.log(middle))
        low = float(logs[0])
        width = min(1.0, float(logs[-1]) - low) or 1.0
        cell = ((logs - low) / width).astype(np.int64)
        self._starts = np.flatnonzero(np.r_[True, cell[1:] != cell[:-1]])
        self._place = 2.0 * ((logs - low) / width - cell) - 1.0
        centres = low + width * (cell[self._starts] + 0.5)
        self._nodes = (centres[:, None] + np.cos(ANGLES) * (width / 2)).ravel()

    def total(self, p: FloatArray, q: FloatArray) -> FloatArray:
        """Return the sum of p[i] q[j] times the difference of points i and j, row by row.

        Parameters
        ----------
        p, q : numpy.ndarray of float, shape (n_rows, n_points)
            Weights of the points.

        Returns
        -------
        numpy.ndarray of float, shape (n_rows,)
        """
        zeros = self._zeros
        p0, q0 = p[:, :zeros].sum(axis=1), q[:, :zeros].sum(axis=1)
        p1, q1 = p[:, zeros:], q[:, zeros:]
        result = p0 * q1.sum(axis=1) + q0 * p1.sum(axis=1)
        left = self._moments(p1)
        right = left if q is p else self._moments(q1)
        rows = max(1, BLOCK_CELLS // max(self._nodes.size, 1))
        for start in range(0, self._nodes.size, rows):
            block = slice(start, start + rows)
            result = result + ((left[:, block] @ self._kernel(block)) * right).sum(axis=1)
        return np.asarray(result, dtype=np.float64)

    def _kernel(self, block: slice) -> FloatArray:
        rows, columns = self._nodes[block, None], self._nodes[None, :]
        if self._starts is None:
            return ratio_difference(rows + 0.0 * columns, columns + 0.0 * rows)
        half: FloatArray = np.tanh((rows - columns) / 2)
        return half * half

    def _moments(self, weights: FloatArray) -> FloatArray:
        """Return the weights moved to the Chebyshev points of their cells, so that polynomials keep their sums."""
        if self._starts is None:
            return weights
        ends = np.r_[self._starts[1:], self._place.size]
        sums = np.zeros((weights.shape[0], self._starts.size, ORDER))
        for cell, (first, last) in enumerate(zip(self._starts, ends, strict=True)):
            for start in range(int(first), int(last), BLOCK_POINTS):
                block = slice(start, min(start + BLOCK_POINTS, int(last)))
                sums[:, cell] += weights[:, block] @ _chebyshev(self._place[block])
        return np.asarray(sums @ TO_NODES).reshape(weights.shape[0], self._nodes.size)


def _chebyshev(t: FloatArray) -> FloatArray:
    """Return the Chebyshev polynomials of degree 0 to ORDER - 1, shape (t.size, ORDER)."""
    values = np.empty((ORDER, t.size))
    values[0] = 1.0
    values[1] = t
    for degree in range(2, ORDER):
        np.multiply(values[degree - 1], t, out=values[degree])
        values[degree] *= 2.0
        values[degree] -= values[degree - 2]
    return values.T

"""Disagreement within units and over all values of a large array, block by block.

A block of units is small enough for the processor's cache; memory beyond the array itself is that of one block,
of one count for each distinct whole number, and, for the nominal metric on other numbers, of one sorted copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sourcebook.reliability.layouts import AnyArray, FloatArray, IntArray, Matrix
from sourcebook.reliability.ratio import RatioPairs, ratio_difference

__all__ = ["MAX_CODERS", "Sums", "sums_of"]

MAX_CODERS = 16
MAX_RANGE = 1 << 20
BLOCK_VALUES = 1 << 17


@dataclass(kw_only=True)
class Sums:
    """What alpha is made of.

    Attributes
    ----------
    within : float
        Squared differences of the ordered pairs on each unit, each divided by the unit's values less one.
    overall : float
        Squared differences of all ordered pairs of pairable values.
    n_units, n_pairable, n_values : int
        Units with two values or more, values on them, values.
    constant : bool
        All pairable values are equal.
    coded : numpy.ndarray of bool
        Which coders gave a value.
    """

    within: float = 0.0
    overall: float = 0.0
    n_units: int = 0
    n_pairable: int = 0
    n_values: int = 0
    constant: bool = False
    coded: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))


@dataclass(frozen=True)
class Block:
    """Some units: values by coder and unit, which of them are there, and how many each unit has.

    ``missing`` is None where nothing is.
    """

    values: AnyArray
    missing: npt.NDArray[np.bool_] | None
    sizes: IntArray

    def pairable(self) -> AnyArray:
        """Return the values on units with two or more, in one row."""
        kept = self.sizes >= 2
        if self.missing is None:
            return self.values.ravel() if kept.all() else self.values[:, kept].ravel()
        return self.values[~self.missing & kept]


@dataclass(frozen=True)
class Whole:
    """Whole numbers in a small range, as steps from the lowest, shape (n_coders, n_units).

    A missing value of coder ``i`` is ``-1 - i``, so that two missing values are never the same.
    """

    steps: AnyArray
    low: int
    span: int


def sums_of(matrix: Matrix, metric: str) -> Sums:
    """Return the sums of alpha.

    Parameters
    ----------
    matrix : Matrix
        At most ``MAX_CODERS`` columns; numbers without labels for metrics other than nominal, finite, and
        at least 0 for ratio.
    metric : {"nominal", "ordinal", "interval", "ratio"}
        As in :func:`~sourcebook.reliability.krippendorff_alpha`.
    """
    if metric == "interval" and matrix.values.dtype.kind == "f":
        return _moments(matrix.values, None)
    whole = _whole_numbers(matrix)
    if whole is None and metric == "nominal" and matrix.values.dtype.kind in "iu":
        codes, labels = matrix.codes()
        whole = _steps(codes, 0, int(labels.size))
    if metric == "interval":
        return _moments(matrix.values if whole is None else whole, None)
    if metric == "ordinal":
        if whole is None:
            return _moments(_ranks_of_reals(matrix.values), None)
        counts = np.zeros(whole.span)
        for block in _blocks(whole):
            counts += _counts(block, whole)
        unused = np.zeros(matrix.values.shape[1])  # where the negative steps of missing values look
        return _moments(whole, np.r_[np.cumsum(counts) - counts / 2.0, unused])
    return _pairs(matrix.values, whole, metric)


def _whole_numbers(matrix: Matrix) -> Whole | None:
    """Return the values as steps from the lowest; None where they are not small whole numbers."""
    values = matrix.values
    if not values.size:
        return None
    if matrix.labels is not None:
        return _steps(values, 0, int(matrix.labels.size))
    if values.dtype.kind in "bui":
        low, high = int(values.min()), int(values.max())
    else:
        ends = np.fmin.reduce(values, axis=None), np.fmax.reduce(values, axis=None)
        if not (np.isfinite(ends).all() and ends[0] == np.rint(ends[0]) and ends[1] - ends[0] < MAX_RANGE):
            return None
        low, high = int(ends[0]), int(ends[1])
    return _steps(values, low, high - low + 1) if high - low < MAX_RANGE else None


def _steps(values: AnyArray, low: int, span: int) -> Whole | None:
    """Return values as steps from ``low``; None where one is no whole number. Codes of -1 and NaN are missing."""
    kind = np.int16 if span < (1 << 15) - MAX_CODERS else np.int32
    steps = np.empty(values.shape[::-1], dtype=kind)
    floating = values.dtype.kind == "f"
    done = 0
    offset: AnyArray
    for part in _slices(values):
        if floating:
            offset = part.T - float(low)
        else:
            offset = (
                part.T - part.dtype.type(low) if part.dtype.kind == "u" else part.T.astype(np.int64) - low
            )
        with np.errstate(invalid="ignore"):
            own = offset.astype(kind)
        gone: npt.NDArray[np.bool_] = np.not_equal(own, offset) if floating else np.less(own, 0)
        if gone.any():
            if floating and not np.isnan(offset[gone]).all():
                return None
            coder, unit = np.nonzero(gone)
            own[coder, unit] = -1 - coder
        steps[:, done : done + part.shape[0]] = own
        done += part.shape[0]
    return Whole(steps, low, span)


def _slices(values: AnyArray) -> Iterator[AnyArray]:
    rows = max(1, BLOCK_VALUES // max(values.shape[1], 1))
    for start in range(0, values.shape[0], rows):
        yield values[start : start + rows]


def _blocks(source: AnyArray | Whole) -> Iterator[Block]:
    """Yield the units in blocks, coder by coder; whole numbers as steps from the lowest."""
    if isinstance(source, Whole):
        for part in _slices(source.steps.T):
            yield _block(part.T, part.T < 0)
        return
    for part in _slices(source):
        values = np.ascontiguousarray(part.T, dtype=np.float64)
        yield _block(values, np.isnan(values))


def _block(values: AnyArray, missing: npt.NDArray[np.bool_]) -> Block:
    coders, units = values.shape
    if not missing.any():
        return Block(values, None, np.full(units, coders, dtype=np.int64))
    return Block(values, missing, coders - missing.sum(axis=0, dtype=np.int64))


def _note(sums: Sums, block: Block) -> npt.NDArray[np.bool_]:
    """Count a block's values and units, and return which units have two values or more."""
    kept = block.sizes >= 2
    sums.n_units += int(np.count_nonzero(kept))
    sums.n_pairable += int(block.sizes[kept].sum())
    sums.n_values += int(block.sizes.sum())
    coders, units = block.values.shape
    present = (
        np.full(coders, units > 0)
        if block.missing is None
        else np.count_nonzero(block.missing, axis=1) < units
    )
    sums.coded = present if not sums.coded.size else sums.coded | present
    return kept


def _counts(block: Block, whole: Whole) -> IntArray:
    """Return how often each step from the lowest occurs among the block's pairable values."""
    coders = block.values.shape[0]
    counts = np.bincount((block.values + coders).ravel(), minlength=whole.span + coders)
    alone = block.sizes < 2
    if alone.any():
        counts -= np.bincount((block.values[:, alone] + coders).ravel(), minlength=counts.size)
    return counts[coders:]


def _moments(source: AnyArray | Whole, table: FloatArray | None) -> Sums:
    """Return the sums of squared differences from means and sums of squares; ``table`` gives each step's number."""
    sums = Sums()
    mean = squares = 0.0
    shift: float | None = None
    for block in _blocks(source):
        kept = _note(sums, block)
        if not kept.any():
            continue
        x = block.values.astype(np.float64) if table is None else table[block.values]
        if shift is None:
            shift = float(Block(x, block.missing, block.sizes).pairable()[0])
        x -= shift
        if block.missing is not None:
            np.copyto(x, 0.0, where=block.missing)
        sizes = np.maximum(block.sizes, 1)
        centre = x.sum(axis=0) / sizes
        x -= centre
        if block.missing is not None:
            np.copyto(x, 0.0, where=block.missing)
        spread = np.einsum("ij,ij->j", x, x)
        if not kept.all():
            spread, centre, sizes = spread[kept], centre[kept], sizes[kept]
        sums.within += float((2.0 * sizes * spread / (sizes - 1)).sum())
        n = float(sizes.sum())
        own = float((sizes * centre).sum() / n)
        own_squares = float(spread.sum() + (sizes * (centre - own) ** 2).sum())
        before = sums.n_pairable - n
        squares += own_squares + (own - mean) ** 2 * before * n / (before + n)
        mean += (own - mean) * n / (before + n)
    sums.overall = 2.0 * sums.n_pairable * squares
    sums.constant = (
        sums.n_pairable > 0 and squares == 0.0
    )  # exact: all values are then the one that was taken off
    return sums


def _pairs(values: AnyArray, whole: Whole | None, metric: str) -> Sums:
    """Return the sums of the nominal or the ratio metric, comparing the coders two by two."""
    sums = Sums()
    reals = []
    steps = np.zeros(0 if whole is None else whole.span, dtype=np.int64)
    for block in _blocks(values if whole is None else whole):
        kept = _note(sums, block)
        if metric == "ratio":
            differing = _ratio_pairs(block, 0 if whole is None else whole.low)
        else:
            differing = block.sizes * (block.sizes - 1) / 2.0 - _equal_pairs(block.values)
        sums.within += float((2.0 * differing[kept] / (block.sizes[kept] - 1)).sum())
        if whole is None:
            reals.append(block.pairable())
        else:
            steps += _counts(block, whole)
    if whole is None:
        points, counts = _distinct(np.concatenate(reals) if reals else np.empty(0))
    else:
        occurring = np.flatnonzero(steps)
        points, counts = np.asarray(occurring + float(whole.low), dtype=np.float64), steps[occurring]
    weights = counts.astype(np.float64)
    if metric == "ratio":
        sums.overall = float(RatioPairs(points).total(weights[None], weights[None])[0])
    else:
        sums.overall = float(sums.n_pairable) ** 2 - float((weights**2).sum())
    sums.constant = counts.size == 1
    return sums


def _equal_pairs(values: AnyArray) -> npt.NDArray[np.uint8]:
    """Return how many pairs of coders gave each unit the same value; missing values differ from all."""
    equal = np.zeros(values.shape[1], dtype=np.uint8)
    for i in range(values.shape[0]):
        for j in range(i + 1, values.shape[0]):
            equal += values[i] == values[j]
    return equal


def _ratio_pairs(block: Block, low: int) -> FloatArray:
    """Return the summed ratio differences of the pairs of coders on each unit."""
    x = block.values.astype(np.float64) + low
    if block.missing is not None:
        x[block.missing] = np.nan
    offset = np.zeros(x.shape[1])
    for i in range(x.shape[0]):
        for j in range(i + 1, x.shape[0]):
            offset += np.nan_to_num(ratio_difference(x[i], x[j]), copy=False)
    return offset


def _distinct(values: FloatArray) -> tuple[FloatArray, IntArray]:
    values.sort()
    starts = np.flatnonzero(np.r_[values.size > 0, values[1:] != values[:-1]][: values.size])
    return values[starts], np.diff(np.r_[starts, values.size])


def _ranks_of_reals(values: AnyArray) -> FloatArray:
    """Return the mid-rank of each pairable value among them, NaN elsewhere."""
    present = ~np.isnan(values.astype(np.float64, copy=False))
    kept = present & (present.sum(axis=1) >= 2)[:, None]
    flat = values[kept]
    order = np.argsort(flat)
    points, counts = _distinct(flat[order])
    ranks = np.empty(flat.size)
    ranks[order] = np.repeat(np.cumsum(counts) - counts / 2.0, counts) if points.size else []
    result = np.where(present, 0.0, np.nan)
    result[kept] = ranks
    return result

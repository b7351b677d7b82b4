"""From reliability data to the integer arrays that the coefficients count in."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.core.errors import DataError, Problem
from sourcebook.core.frames import require_columns
from sourcebook.reliability.labels import TABLE, check_names, is_blank, tidy
from sourcebook.reliability.layouts import Data, FloatArray, IntArray, is_long, to_matrix

__all__ = [
    "Ratings",
    "degenerate_status",
    "is_missing",
    "numbers_of",
    "status_of",
    "to_numbers",
    "to_ratings",
]

OK = "ok"
NO_DATA = "no data"
ONE_CODER = "one coder"
NO_PAIRS = "no pairable values"
NO_VARIATION = "no variation"
ONE_UNIT = "one unit"

#: Of a number above this, no squared difference can be summed up.
LARGEST = 1e150


@dataclass(frozen=True, kw_only=True)
class Ratings:
    """The values of one variable, as codes, ordered by unit.

    Attributes
    ----------
    unit, coder, code : numpy.ndarray of int64, shape (n_values,)
        Position of the unit, of the coder and of the value in their lists; ``unit`` never falls.
    labels : numpy.ndarray
        The distinct values; ``labels[code]`` gives the value back.
    n_units, n_coders : int
        Units and coders with at least one value.
    coders : numpy.ndarray
        Names of the coders.
    """

    unit: IntArray
    coder: IntArray
    code: IntArray
    labels: npt.NDArray[Any]
    n_units: int
    n_coders: int
    coders: npt.NDArray[Any] = field(default_factory=lambda: np.empty(0, dtype=object))

    def sizes(self) -> IntArray:
        """Return the number of values on each unit, shape (n_units,)."""
        return np.bincount(self.unit, minlength=self.n_units)

    def keep(self, mask: npt.NDArray[np.bool_]) -> Ratings:
        """Return the ratings where ``mask`` holds, with units renumbered and coders kept."""
        unit = self.unit[mask]
        new_unit = np.cumsum(np.r_[False, unit[1:] != unit[:-1]]) if unit.size else unit
        n_units = int(new_unit[-1]) + 1 if unit.size else 0
        return replace(self, unit=new_unit, coder=self.coder[mask], code=self.code[mask], n_units=n_units)

    def pairable(self) -> Ratings:
        """Return the ratings on units that have at least two values."""
        sizes = self.sizes()
        return self if sizes.size and sizes.min() >= 2 else self.keep(sizes[self.unit] >= 2)

    def take_units(self, chosen: IntArray) -> Ratings:
        """Return the ratings on the chosen units, each draw a unit of its own."""
        sizes = self.sizes()
        starts = np.cumsum(sizes) - sizes
        drawn = sizes[chosen]
        unit = np.repeat(np.arange(chosen.size), drawn)
        rows = np.arange(unit.size) - np.repeat(np.cumsum(drawn) - drawn, drawn) + starts[chosen][unit]
        return replace(
            self, unit=unit, coder=self.coder[rows], code=self.code[rows], n_units=int(chosen.size)
        )

    def cell_counts(self) -> tuple[IntArray, IntArray, IntArray]:
        """Return unit, code and count of each occupied cell of the unit × value table."""
        width = max(int(self.labels.size), 1)
        key = self.unit * width + self.code
        if self.n_units * width <= 8 * max(key.size, 128):
            table = np.bincount(key, minlength=0)
            cells = np.flatnonzero(table)
            counts = table[cells]
        else:
            cells, counts = np.unique(key, return_counts=True)
        return cells // width, cells % width, counts


def is_missing(values: pd.Series) -> pd.Series:
    """Return True where a value is NaN, None, a blank, or a word for none such as ``n/a``."""
    if pd.api.types.is_numeric_dtype(values.dtype):
        return values.isna()
    code, labels = pd.factorize(values)
    return pd.Series(np.array([*map(is_blank, labels), True])[code], index=values.index)


def to_ratings(data: Data, *, sort_units: bool = False) -> Ratings:
    """Return the non-missing values of one variable as codes.

    Parameters
    ----------
    data : DataFrame or ndarray
        A long frame with the columns coder, unit, value; variable may be present and then holds one
        variable. Or a wide frame or an array with units in rows and coders in columns.
    sort_units : bool
        Number the units in the order of their names, so that the order of rows does not matter.

    Raises
    ------
    DataError
        Where a column is absent, the frame holds several variables, or a coder coded a unit twice.
    """
    if isinstance(data, pd.DataFrame) and (is_long(data) or not data.shape[1]):
        return _of_long(data, sort_units=sort_units)
    matrix = to_matrix(data)
    codes, labels = matrix.codes()
    if sort_units:
        codes = codes[
            np.argsort(np.asarray([str(name) for name in matrix.units], dtype=object), kind="stable")
        ]
    row, column = np.nonzero(codes >= 0)
    coded, coder = np.unique(column, return_inverse=True)
    new_unit = np.cumsum(np.r_[False, row[1:] != row[:-1]]) if row.size else row
    return Ratings(
        unit=new_unit.astype(np.int64),
        coder=coder.astype(np.int64),
        code=codes[row, column],
        labels=labels,
        n_units=int(new_unit[-1]) + 1 if row.size else 0,
        n_coders=int(coded.size),
        coders=matrix.coders[coded],
    )


def _of_long(frame: pd.DataFrame, *, sort_units: bool) -> Ratings:
    require_columns(frame, ("coder", "unit", "value"), TABLE)
    _one_variable(frame)
    present = ~is_missing(frame["value"])
    data = frame if present.all() else frame.loc[present]
    unit, units = pd.factorize(data["unit"], use_na_sentinel=False)
    coder, coders = pd.factorize(data["coder"], use_na_sentinel=False)
    check_names("unit", list(units))
    check_names("coder", list(coders))
    values, found = pd.factorize(data["value"])
    code, labels = tidy(values, np.asarray(found))
    if sort_units and len(units):
        rank = np.empty(len(units), dtype=np.int64)
        rank[np.argsort(np.asarray([str(name) for name in units], dtype=object), kind="stable")] = np.arange(
            len(units)
        )
        unit = rank[unit]
    _no_repeats(data, unit, coder, len(coders))
    if unit.size and (np.diff(unit) < 0).any():
        order = np.lexsort((coder, unit)) if sort_units else np.argsort(unit, kind="stable")
        unit, coder, code = unit[order], coder[order], code[order]
    return Ratings(
        unit=unit.astype(np.int64),
        coder=coder.astype(np.int64),
        code=code.astype(np.int64),
        labels=labels,
        n_units=len(units),
        n_coders=len(coders),
        coders=np.asarray(coders),
    )


def _action(labels: npt.NDArray[Any], order: Sequence[Hashable] | None) -> str:
    """Return what to do about values that are no numbers of their metric."""
    if order is None and all(isinstance(label, str) for label in labels):
        return (
            "correct the value, or give the order of the words: metric='ordinal', order=[lowest, …, highest]"
        )
    return "correct the value, or choose another metric or order"


def to_numbers(
    ratings: Ratings, *, order: Sequence[Hashable] | None = None, nonnegative: bool = False
) -> FloatArray:
    """Return the number behind each distinct value of the ratings; see :func:`numbers_of`."""
    return numbers_of(ratings.labels, order=order, nonnegative=nonnegative)


def numbers_of(
    labels: npt.NDArray[Any], *, order: Sequence[Hashable] | None = None, nonnegative: bool = False
) -> FloatArray:
    """Return the number behind each distinct value, shape (n_labels,).

    Parameters
    ----------
    labels : numpy.ndarray
        The distinct values.
    order : sequence, optional
        The values from lowest to highest; each counts as its position. Without it, values are read as
        numbers.
    nonnegative : bool
        Refuse numbers below zero.

    Raises
    ------
    DataError
        All values that are not numbers, not finite, too large to be squared, below zero or not in ``order``, together.
    """
    if order is not None:
        place = {value: float(rank) for rank, value in enumerate(order)}
        numbers = np.array([place.get(label, np.nan) for label in labels], dtype=np.float64)
        expected = "one of " + ", ".join(map(str, order))
    elif labels.dtype.kind in "biuf":
        numbers = labels.astype(np.float64)
        expected = "a finite number" + (" of at least 0" if nonnegative else "")
    else:
        named = pd.Series(list(labels), dtype=object)
        numbers = pd.to_numeric(named, errors="coerce").to_numpy(np.float64)
        expected = "a finite number" + (" of at least 0" if nonnegative else "")
    if (np.abs(numbers) > LARGEST).any():
        expected += f" whose square a computer holds (up to {LARGEST:g})"
    wrong = ~(np.abs(numbers) <= LARGEST) | (numbers < 0 if nonnegative and order is None else False)
    if wrong.any():
        raise DataError(
            Problem(
                file=TABLE,
                line=0,
                column="value",
                found=repr(labels[i].item() if isinstance(labels[i], np.generic) else labels[i]),
                expected=expected,
                action=_action(labels, order),
            )
            for i in np.flatnonzero(wrong)
        )
    return numbers


def degenerate_status(ratings: Ratings) -> tuple[str, str]:
    """Return the status of the data and a sentence on it; ``("ok", "")`` where nothing is degenerate."""
    paired = ratings.pairable()
    return status_of(
        n_values=ratings.code.size,
        n_coders=ratings.n_coders,
        n_pairable=paired.code.size,
        n_units=paired.n_units,
        constant=bool(paired.code.size) and bool((paired.code == paired.code[0]).all()),
    )


def status_of(
    *, n_values: int, n_coders: int, n_pairable: int, n_units: int, constant: bool
) -> tuple[str, str]:
    """Return the status of data of which only these counts are known, and a sentence on it."""
    if not n_values:
        return NO_DATA, "There is no value at all."
    if n_coders < 2:
        return ONE_CODER, "Only one coder gave values, so there is nothing to compare."
    if not n_pairable:
        return NO_PAIRS, "No unit was coded by two coders."
    if constant:
        return NO_VARIATION, (
            "All compared values are the same: agreement is complete, and a correction for chance "
            "has no variation to work on."
        )
    if n_units < 2:
        return ONE_UNIT, "Only one unit was coded by two coders; the coefficient carries no information."
    return OK, ""


def _one_variable(frame: pd.DataFrame) -> None:
    if "variable" not in frame.columns:
        return
    names = list(pd.unique(frame["variable"]))
    if len(names) > 1:
        raise DataError(
            [
                Problem(
                    file=TABLE,
                    line=0,
                    column="variable",
                    found=", ".join(map(str, names[:8])) + (", …" if len(names) > 8 else ""),
                    expected="one variable",
                    action="select one variable, or call agreement_by_variable",
                )
            ]
        )


def _no_repeats(data: pd.DataFrame, unit: IntArray, coder: IntArray, n_coders: int) -> None:
    """Refuse a second value of one coder on one unit; the line is that of a CSV in the frame's order."""
    key = unit.astype(np.int64) * max(n_coders, 1) + coder
    top = int(key.max()) + 1 if key.size else 0
    repeated = np.bincount(key).max() > 1 if 0 < top <= 8 * key.size else np.unique(key).size < key.size
    if not repeated:
        return
    second = pd.Series(key).duplicated().to_numpy()
    raise DataError(
        Problem(
            file=TABLE,
            line=0,
            column="unit",
            found=f"a second value {row.value!r} of coder {row.coder!r} on unit {row.unit!r}",
            expected="one value for each coder and unit",
            action="delete one of the two rows",
        )
        for row in data.loc[second, ["coder", "unit", "value"]].itertuples(index=False)
    )

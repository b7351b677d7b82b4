"""The three forms of reliability data: a long frame, a wide frame and an array, both of units × coders."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.core.errors import DataError, Problem
from sourcebook.reliability.labels import TABLE, check_names, tidy
from sourcebook.reliability.own_columns import check_ids

__all__ = ["Data", "FloatArray", "IntArray", "Matrix", "is_long", "to_matrix"]

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
AnyArray = npt.NDArray[Any]
Data = pd.DataFrame | AnyArray

LONG = ("coder", "unit", "value")
BLOCK_ROWS = 1 << 14
MULTIPLIERS = np.array([0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93], dtype=np.uint64)


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """Values of one variable, one row for each unit and one column for each coder.

    Attributes
    ----------
    values : numpy.ndarray, shape (n_units, n_coders)
        Numbers, with NaN where a value is missing, where ``labels`` is None; else codes, with -1.
    labels : numpy.ndarray or None
        The distinct values behind the codes.
    units, coders : numpy.ndarray
        Names of the rows and of the columns.
    """

    values: AnyArray
    labels: AnyArray | None
    units: AnyArray
    coders: AnyArray

    def codes(self) -> tuple[IntArray, AnyArray]:
        """Return codes, shape (n_units, n_coders), -1 where missing, and the distinct values."""
        if self.labels is not None:
            return self.values.astype(np.int64), self.labels
        code, labels = pd.factorize(self.values.ravel())
        return code.astype(np.int64).reshape(self.values.shape), np.asarray(labels)


def is_long(data: Data) -> bool:
    """Return True for a frame with at least one of the columns coder, unit and value."""
    return isinstance(data, pd.DataFrame) and any(name in data.columns for name in LONG)


def to_matrix(data: Data) -> Matrix:
    """Read a wide frame or an array, units in rows and coders in columns.

    Parameters
    ----------
    data : DataFrame or ndarray, shape (n_units, n_coders)
        Numbers, truth values or text; NaN, None, blanks, ``n/a`` and the like are missing. The index of a frame names
        the units, its columns name the coders.

    Returns
    -------
    Matrix

    Raises
    ------
    DataError
        Where an array has not two dimensions, a frame mixes columns of text with columns of numbers, or
        two units or two coders have one name.
    """
    if isinstance(data, pd.DataFrame):
        check_ids(data)
        _one_kind(data)
        _named_once(data.columns, "column")
        _named_once(data.index, "unit")
        check_names("coder", data.columns.tolist())
        values, labels = _read_categories(data) or _read(_frame_values(data))
        return Matrix(
            values=values, labels=labels, units=np.asarray(data.index), coders=np.asarray(data.columns)
        )
    array = np.asarray(data)
    if array.ndim != 2:
        raise _error("array", f"{array.ndim} dimensions", "two: units in rows, coders in columns")
    values, labels = _read(array)
    rows, columns = array.shape
    return Matrix(values=values, labels=labels, units=np.arange(rows), coders=np.arange(columns))


def _read_categories(data: pd.DataFrame) -> tuple[AnyArray, AnyArray] | None:
    """Return codes and labels where all columns are categorical with the same categories, else None."""
    kinds = list(data.dtypes)
    if not kinds or not all(isinstance(kind, pd.CategoricalDtype) and kind == kinds[0] for kind in kinds):
        return None
    places = kinds[0].categories
    codes = np.stack(
        [data.iloc[:, i].cat.set_categories(places).cat.codes.to_numpy() for i in range(len(kinds))], axis=1
    )
    labels = np.asarray(places)
    return tidy(codes, labels)


def _frame_values(data: pd.DataFrame) -> AnyArray:
    kinds = {np.dtype(kind).kind if isinstance(kind, np.dtype) else "x" for kind in data.dtypes}
    if kinds <= set("biuf"):
        return data.to_numpy()
    numeric = all(pd.api.types.is_numeric_dtype(kind) for kind in data.dtypes)
    if numeric and not any(pd.api.types.is_complex_dtype(kind) for kind in data.dtypes):
        return data.to_numpy(dtype=np.float64, na_value=np.nan)
    return data.to_numpy(dtype=object)


def _read(array: AnyArray) -> tuple[AnyArray, AnyArray | None]:
    """Return numbers and None, or codes and labels."""
    if array.dtype.kind in "biuf":
        return array, None
    if array.dtype.kind == "U":
        return _read_text(array)
    flat = array.astype(object).ravel()
    code, labels = pd.factorize(flat)
    code, labels = tidy(code, np.asarray(labels))
    return code.reshape(array.shape), labels


def _read_text(array: AnyArray) -> tuple[AnyArray, AnyArray]:
    """Return codes and labels of fixed-width text, which is read as whole numbers, eight bytes at a time."""
    flat = np.ascontiguousarray(array).ravel()
    if not flat.size or not flat.dtype.itemsize:
        return np.full(array.shape, -1, dtype=np.int64), flat[:0]
    width = flat.dtype.itemsize // 4
    words = flat.astype(f"=U{width + width % 2}", copy=False).view(np.uint64).reshape(flat.size, -1)
    key = np.empty(flat.size, dtype=np.uint64)
    for start in range(0, flat.size, BLOCK_ROWS):
        part = words[start : start + BLOCK_ROWS]
        sums = part[:, 0] * MULTIPLIERS[0]
        for column in range(1, part.shape[1]):
            sums += part[:, column] * (MULTIPLIERS[column % 2] + np.uint64(2 * column))
        key[start : start + BLOCK_ROWS] = sums
    code, first = _first_of_each(key)
    if not _same_text(words, words[first], code):
        code, labels = pd.factorize(flat.astype(object))  # two texts share a key
        labels = np.asarray(labels)
    else:
        labels = flat[first]
    code, labels = tidy(code, labels)
    return code.reshape(array.shape), labels


def _same_text(words: AnyArray, distinct: AnyArray, code: AnyArray) -> bool:
    """Return True where each row of ``words`` is the distinct one that its code names."""
    starts = range(0, len(words), BLOCK_ROWS)
    return all(
        np.array_equal(words[start : start + BLOCK_ROWS], distinct[code[start : start + BLOCK_ROWS]])
        for start in starts
    )


def _first_of_each(key: AnyArray) -> tuple[AnyArray, IntArray]:
    """Return codes of equal keys and the position of the first of each."""
    code, distinct = pd.factorize(key)
    first = np.empty(len(distinct), dtype=np.int64)
    first[code[::-1]] = np.arange(key.size)[::-1]
    return code, first


def _one_kind(data: pd.DataFrame) -> None:
    text = [name for name, kind in data.dtypes.items() if not pd.api.types.is_numeric_dtype(kind)]
    empty = (
        {name for name in data.columns if data[name].isna().all()} if 0 < len(text) < data.shape[1] else ()
    )
    filled = [name for name in data.columns if name not in empty]
    words = [name for name in text if name not in empty]
    if words and len(words) < len(filled):
        raise _error(
            ", ".join(map(str, words)),
            "columns of text and columns of numbers",
            "a long frame with the columns coder, unit, value, or one column for each coder: coders=[…]",
        )


def _named_once(names: pd.Index, what: str) -> None:
    if not names.is_unique:
        twice: Sequence[Hashable] = list(names[names.duplicated()].unique())
        raise _error(what, f"{what} {twice[0]!r} more than once", f"a name of its own for each {what}")


def _error(column: str, found: str, expected: str) -> DataError:
    return DataError([Problem(TABLE, 0, column, found, expected, "reshape the data")])

"""Reliability data with columns of one's own names, and an id column that is taken for a coder."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.reliability.labels import check_names, refuse

__all__ = ["check_ids", "order_of", "select_columns"]

_Data = pd.DataFrame | npt.NDArray[Any]
_LEAST = 4  # units from which a column of values that all differ is told


def select_columns(data: _Data, coders: Hashable | Sequence[Hashable] | None, unit: Hashable | None) -> _Data:
    """Return reliability data of which the columns of the coders and of the units are named.

    Parameters
    ----------
    data : pandas.DataFrame or numpy.ndarray
        Reliability data.
    coders : str or list of str, optional
        Of a wide frame, the columns with the values of each coder; of a long frame, the column that names the coder.
    unit : str, optional
        The column that names the unit.

    Returns
    -------
    pandas.DataFrame or numpy.ndarray
        A frame with these columns alone, or `data` where none is named.

    Raises
    ------
    TypeError
        Where a column is named and `data` is no frame.
    ValueError
        Where there is no such column.

    Examples
    --------
    >>> wide = pd.DataFrame({"article": [1, 2], "anna": ["x", "y"], "ben": ["x", "x"]})
    >>> select_columns(wide, ["anna", "ben"], "article").columns.tolist()
    ['anna', 'ben']
    """
    if coders is None and unit is None:
        return data
    if not isinstance(data, pd.DataFrame):
        raise TypeError(f"coders, unit: expected a pandas.DataFrame as data, found {type(data).__name__}")
    several = isinstance(coders, list | tuple | pd.Index)
    named = [*(coders if several else [coders]), unit]  # type: ignore[misc]
    for name in named:
        if name is not None and name not in data.columns:
            argument = "unit" if name is unit else "coders"
            raise ValueError(
                f"{argument}: expected one of {', '.join(map(str, data.columns))}, found {name!r}"
            )
    if (not several and coders is not None) or ("value" in data.columns and not several):
        return data.rename(columns={coders: "coder", unit: "unit"})
    wide = data if unit is None else data.set_index(unit)
    if unit is not None:
        check_names("unit", wide.index.tolist())
    return wide[list(coders)] if several else wide  # type: ignore[arg-type]


def order_of(data: _Data) -> list[Any] | None:
    """Return the order of the values that ordered categoricals hold, from lowest to highest.

    Parameters
    ----------
    data : pandas.DataFrame or numpy.ndarray
        Reliability data.

    Returns
    -------
    list or None
        None where the column `value`, or not every column of a wide frame, is an ordered categorical of one kind.

    Examples
    --------
    >>> degrees = pd.CategoricalDtype(["low", "mid", "high"], ordered=True)
    >>> order_of(pd.DataFrame({"anna": ["mid", "low"], "ben": ["mid", "high"]}, dtype=degrees))
    ['low', 'mid', 'high']
    """
    if not isinstance(data, pd.DataFrame):
        return None
    kinds = list(data[["value"]].dtypes if "value" in data.columns else data.dtypes)
    first = kinds[0] if kinds else None
    if (
        not isinstance(first, pd.CategoricalDtype)
        or not first.ordered
        or any(kind != first for kind in kinds)
    ):
        return None
    return list(first.categories)


def check_ids(frame: pd.DataFrame) -> None:
    """Raise an error for a column of a wide frame that is none of a coder but numbers or names the units.

    Its values all differ, while those of every other column repeat: and they are text that no other column has, or
    whole numbers that follow each other.

    Raises
    ------
    DataError
        That names the column.

    Examples
    --------
    >>> check_ids(pd.DataFrame({"anna": list("xxyy"), "ben": list("xyyx")}))
    """
    filled = [frame[name].dropna() for name in frame.columns]
    if len(filled) < 3 or len(frame) < _LEAST:
        return
    distinct = [column.is_unique and len(column) == len(frame) for column in filled]
    if sum(distinct) != 1:
        return
    at = distinct.index(True)
    column = filled[at]
    others = {value for place, other in enumerate(filled) if place != at for value in other.unique()}
    if pd.api.types.is_numeric_dtype(column):
        is_id = pd.api.types.is_integer_dtype(column) and bool((np.diff(column.to_numpy()) == 1).all())
    else:
        is_id = others.isdisjoint(column)
    if is_id:
        refuse(
            str(frame.columns[at]),
            "values that all differ, as of a column that names the units",
            "one column for each coder",
            f"name the columns: coders=[…], unit={frame.columns[at]!r}",
        )

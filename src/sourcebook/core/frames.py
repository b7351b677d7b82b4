"""Columns of frames: those of text, and those that a frame must have before any work on it begins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from inspect import signature
from typing import ParamSpec, TypeVar

import numpy as np
import pandas as pd

from sourcebook.core.errors import DataError, Problem

__all__ = ["needs", "require_columns", "text_column"]

Given = ParamSpec("Given")
Made = TypeVar("Made")


def text_column(values: Iterable[str]) -> pd.Series:
    r"""Return texts as a column of the type that pandas has for text, whatever characters they hold.

    Where pyarrow is installed, pandas keeps texts as UTF-8, which has no place for half of a pair of surrogates; a
    column with such a text is kept as Python's strings. Both are of the type ``str``.

    Parameters
    ----------
    values : iterable of str

    Returns
    -------
    pandas.Series

    Examples
    --------
    >>> text_column(["a", "half \ud800"]).str.len().tolist()
    [1, 6]
    """
    texts = list(values)
    try:
        return pd.Series(texts, dtype="str")
    except UnicodeEncodeError:
        return pd.Series(texts, dtype=pd.StringDtype("python", na_value=np.nan))


def _absent(frame: pd.DataFrame, columns: Iterable[str], name: str) -> Iterator[Problem]:
    """Yield a problem for each column that a frame lacks."""
    found = ", ".join(map(str, frame.columns)) or "no columns"
    for column in columns:
        if column not in frame.columns:
            action = "rename or add the column"
            yield Problem(name, 0, column, found, f"a column {column!r}", action)


def require_columns(frame: pd.DataFrame, columns: Iterable[str], name: str) -> None:
    """Raise one DataError that names every column that ``frame`` lacks.

    Parameters
    ----------
    frame : DataFrame
        The table to look at.
    columns : iterable of str
        The columns that it must have.
    name : str
        What the message calls the table, such as the name of a parameter.

    Raises
    ------
    DataError
        Where a column is absent.

    Examples
    --------
    >>> require_columns(pd.DataFrame({"coder": ["a"]}), ("coder", "unit"), "ratings")
    Traceback (most recent call last):
    ...
    sourcebook.core.errors.DataError: 1 problem in the data:
      ratings:unit: expected a column 'unit', found coder → rename or add the column
    """
    if problems := list(_absent(frame, columns, name)):
        raise DataError(problems)


def needs(**columns: str) -> Callable[[Callable[Given, Made]], Callable[Given, Made]]:
    """Decorate a function so that it refuses frames that lack columns, those of all its frames at once.

    Parameters
    ----------
    **columns : str
        For each parameter that takes a frame, the names of the columns it must have, parted by blanks. What is
        given as None, or is no frame, is left to the function.

    Returns
    -------
    callable
        The decorator; the function that it returns raises DataError where a column is absent.

    Examples
    --------
    >>> @needs(claims="claim_id source_id")
    ... def count(claims):
    ...     return len(claims)
    >>> count(pd.DataFrame({"claim_id": ["a1"], "source_id": ["a"]}))
    1
    >>> count(pd.DataFrame({"claim_id": ["a1"]}))
    Traceback (most recent call last):
    ...
    sourcebook.core.errors.DataError: 1 problem in the data:
      claims:source_id: expected a column 'source_id', found claim_id → rename or add the column
    """
    required = {name: text.split() for name, text in columns.items()}

    def decorate(function: Callable[Given, Made]) -> Callable[Given, Made]:
        of_function = signature(function)

        @wraps(function)
        def checked(*args: Given.args, **kwargs: Given.kwargs) -> Made:
            given = of_function.bind(*args, **kwargs).arguments
            problems = [
                problem
                for name, names in required.items()
                if isinstance(frame := given.get(name), pd.DataFrame)
                for problem in _absent(frame, names, name)
            ]
            if problems:
                raise DataError(problems)
            return function(*args, **kwargs)

        return checked

    return decorate

"""Labels and names as coders write them: what is missing, what is the same but for blanks, what cannot be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from numbers import Number
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.core.errors import DataError, Problem

__all__ = ["TABLE", "check_names", "is_blank", "refuse", "tidy"]

TABLE = "reliability_data"

#: Words that stand for a missing value, besides blanks: those that pandas reads as missing in a file.
MISSING_WORDS = frozenset(
    ["nan", "NaN", "NAN", "n/a", "N/A", "#N/A", "NA", "<NA>", "null", "NULL", "None", "NaT", "-nan", "-NaN"]
)


def is_blank(label: object) -> bool:
    """Return whether a label stands for a missing value: NaN, None, a blank, ``n/a`` and the like.

    Examples
    --------
    >>> [is_blank(label) for label in (None, float("nan"), " ", "n/a", "no", 0)]
    [True, True, True, True, False, False]
    """
    if isinstance(label, str):
        word = label.strip()
        return not word or word in MISSING_WORDS
    return label is None or label is pd.NA or label is pd.NaT or label != label  # noqa: PLR0124


def tidy(code: npt.NDArray[Any], labels: npt.NDArray[Any]) -> tuple[npt.NDArray[np.int64], npt.NDArray[Any]]:
    """Return codes and labels without missing ones, text without blanks around it, each label once.

    Parameters
    ----------
    code : numpy.ndarray of int
        Place of each value among the labels, -1 where it is missing.
    labels : numpy.ndarray
        The distinct values.

    Returns
    -------
    tuple of numpy.ndarray
        Codes of the same shape, and the labels that are left.

    Raises
    ------
    DataError
        Where some labels are text and others numbers.

    Examples
    --------
    >>> code, labels = tidy(np.array([0, 1, 2]), np.array(["yes ", "yes", "n/a"]))
    >>> code.tolist(), labels.tolist()
    ([0, 0, -1], ['yes'])
    """
    code = code.astype(np.int64, copy=False)
    if labels.dtype.kind in "biufcmM":
        return code, labels
    given = labels.tolist()
    kept = [
        None if is_blank(label) else label.strip() if isinstance(label, str) else label for label in given
    ]
    _one_type("value", [label for label in kept if label is not None])
    if kept == given and None not in kept:
        return code, labels
    place: dict[Any, int] = {}
    new = np.array([-1 if label is None else place.setdefault(label, len(place)) for label in kept] + [-1])
    tidied = np.empty(len(place), dtype=object)
    tidied[:] = list(place)
    return new[code], tidied.astype(labels.dtype) if labels.dtype.kind == "U" else tidied


def check_names(column: str, names: Sequence[Any]) -> None:
    """Raise one error for names of units or coders that are missing, of several types, or the same but for blanks.

    Examples
    --------
    >>> check_names("coder", ["anna", "ben"])
    """
    if any(is_blank(name) for name in names):
        refuse(
            column, f"a {column} without a name", f"a name of each {column}", "name it, or leave out the rows"
        )
    _one_type(column, names)
    written: dict[str, str] = {}
    for name in names:
        if isinstance(name, str) and written.setdefault(name.strip(), name) != name:
            found = f"{written[name.strip()]!r} and {name!r}"
            refuse(
                column,
                found,
                "one spelling of one name",
                f"strip the blanks off {column}: .str.strip()",
            )


def _one_type(column: str, values: Iterable[Any]) -> None:
    """Raise an error where text and numbers are mixed, as by reading two files with different types."""
    text = number = None
    for value in values:
        if isinstance(value, str):
            text = value
        elif isinstance(value, Number):
            number = value
        if text is not None and number is not None:
            found = f"text and numbers, such as {text!r} and {number!r}"
            refuse(column, found, "one type", f"make all of {column} text with .astype(str), or numbers")


def refuse(column: str, found: str, expected: str, action: str) -> None:
    """Raise an error with one problem.

    Raises
    ------
    DataError
        Always.
    """
    raise DataError([Problem(TABLE, 0, column, found, expected, action)])

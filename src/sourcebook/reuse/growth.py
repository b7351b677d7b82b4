"""How the cost of work on texts grows with their number, and what more texts would cost."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np
import pandas as pd

from sourcebook.core.errors import DataError, Problem

__all__ = ["growth", "projection"]

NEEDED = ("work", "texts", "cpu_s", "peak_mb")


def growth(measured: pd.DataFrame) -> pd.DataFrame:
    """Return how fast CPU time and memory grow with the number of texts.

    Parameters
    ----------
    measured : DataFrame
        Columns work (a name), texts (their number), cpu_s (seconds of CPU) and peak_mb (MB of memory).

    Returns
    -------
    DataFrame
        One row for each work, in order: work, from_texts, to_texts, cpu_slope and memory_slope. A slope is that of
        the line of least squares through the logarithms: 1 is proportional, 2 with the square. It is missing where
        there are fewer than two sizes.

    Raises
    ------
    DataError
        Where a column is missing.

    Examples
    --------
    >>> measured = pd.DataFrame({"work": "w", "texts": [10, 100], "cpu_s": [1.0, 10.0], "peak_mb": [5.0, 5.0]})
    >>> growth(measured).round(6).values.tolist()
    [['w', 10, 100, 1.0, 0.0]]
    """
    _check(measured)
    rows = []
    for work, part in measured.groupby("work", sort=False):
        slopes = [_slope(part["texts"], part[name]) for name in ("cpu_s", "peak_mb")]
        rows.append((work, int(part["texts"].min()), int(part["texts"].max()), *slopes))
    return pd.DataFrame(rows, columns=["work", "from_texts", "to_texts", "cpu_slope", "memory_slope"])


def projection(measured: pd.DataFrame, texts: Sequence[int], *, hours: float = 1.0) -> pd.DataFrame:
    """Return what more texts would cost if the cost went on as between the two largest sizes measured.

    Parameters
    ----------
    measured : DataFrame
        As for `growth`.
    texts : sequence of int
        Numbers of texts.
    hours : float
        Time in which the work is to be done.

    Returns
    -------
    DataFrame
        One row for each work with two sizes or more and each number: work, texts, slope (between the two largest
        sizes, at least 1), cpu_h (hours of CPU) and workers (processors that do it in ``hours``, if none waits
        for another; sending data comes on top).

    Raises
    ------
    DataError
        Where a column is missing.
    ValueError
        Where hours are not above 0.

    Examples
    --------
    >>> measured = pd.DataFrame({"work": "w", "texts": [10, 100], "cpu_s": [3.6, 36.0], "peak_mb": [5.0, 5.0]})
    >>> projection(measured, [1_000_000]).round(6).values.tolist()
    [['w', 1000000, 1.0, 100.0, 100]]
    """
    _check(measured)
    if not hours > 0:
        raise ValueError(f"hours: expected above 0; found {hours}")
    rows = []
    for work, part in measured.groupby("work", sort=False):
        largest = part.sort_values("texts").tail(2)
        if largest["texts"].nunique() < 2:
            continue
        slope = max(1.0, _slope(largest["texts"], largest["cpu_s"]))
        count, seconds = largest["texts"].iloc[-1], largest["cpu_s"].iloc[-1]
        for number in texts:
            cpu = float(seconds * (number / count) ** slope) / 3600
            rows.append((work, int(number), slope, cpu, ceil(round(cpu / hours, 9))))
    return pd.DataFrame(rows, columns=["work", "texts", "slope", "cpu_h", "workers"])


def _slope(texts: pd.Series[int], cost: pd.Series[float]) -> float:
    if texts.nunique() < 2:
        return float("nan")
    return float(np.polyfit(np.log(texts.astype(float)), np.log(cost.astype(float)), 1)[0])


def _check(measured: pd.DataFrame) -> None:
    missing = [name for name in NEEDED if name not in measured.columns]
    if missing:
        raise DataError(
            Problem(file="measured", line=1, column=name, found="no such column", expected="a column")
            for name in missing
        )

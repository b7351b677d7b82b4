"""How far a coefficient depends on which units, coders or sources happened to be in the data."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from sourcebook.reliability.alpha import Metric, alpha_of_ratings, nominal_alpha_of_draws, numbers_for
from sourcebook.reliability.kappa import KERNELS
from sourcebook.reliability.ratings import (
    OK,
    IntArray,
    Ratings,
    degenerate_status,
    require_columns,
    to_ratings,
)

__all__ = ["BootstrapResult", "Coefficient", "Statistic", "bootstrap_interval", "jackknife"]

ALPHA = "krippendorff_alpha"


class Coefficient(Protocol):
    """What a statistic returns: a value or None, and the reason."""

    @property
    def value(self) -> float | None:
        """The coefficient; None where undefined."""

    @property
    def status(self) -> str:
        """The state of the data; "ok" where nothing is degenerate."""


Statistic = str | Callable[[pd.DataFrame], Coefficient]


@dataclass(frozen=True, kw_only=True)
class BootstrapResult:
    """A percentile bootstrap interval over units.

    Attributes
    ----------
    estimate : float or None
        The coefficient on the data as they are.
    low, high : float or None
        Ends of the interval; None where no resample defined the coefficient.
    level : float
        Confidence level, between 0 and 1.
    resamples, degenerate : int
        Resamples drawn, and how many of them did not define the coefficient and were left out.
    n_units : int
        Units that were drawn from.
    seed : int
        Seed of the generator.
    status, note : str
        The status of the data; the note says how many resamples were left out.
    """

    estimate: float | None
    low: float | None
    high: float | None
    level: float
    resamples: int
    degenerate: int
    n_units: int
    seed: int
    status: str
    note: str

    @property
    def used(self) -> int:
        """The number of resamples behind the interval."""
        return self.resamples - self.degenerate


def bootstrap_interval(
    frame: pd.DataFrame,
    statistic: Statistic = ALPHA,
    *,
    metric: Metric = "nominal",
    order: Sequence[Hashable] | None = None,
    n_categories: int | None = None,
    resamples: int = 2000,
    level: float = 0.95,
    seed: int = 0,
) -> BootstrapResult:
    """Draw units with replacement and return the percentile interval of a coefficient.

    Parameters
    ----------
    frame : DataFrame
        Reliability data of one variable: columns coder, unit, value.
    statistic : str or callable
        The name of a coefficient of this package ("krippendorff_alpha", "percent_agreement",
        "cohen_kappa", "conger_kappa", "fleiss_kappa", "gwet_ac1", "brennan_prediger"), or a function from
        a frame to a result with ``value`` and ``status``, which is slower.
    metric, order : optional
        For alpha, as in :func:`~sourcebook.reliability.krippendorff_alpha`.
    n_categories : int, optional
        For AC1 and Brennan–Prediger; by default the number of values that occur in the data.
    resamples : int
        How many times to draw.
    level : float
        Confidence level, between 0 and 1.
    seed : int
        The same seed and data give the same interval, whatever the order of the rows.

    Returns
    -------
    BootstrapResult
        Resamples that leave the coefficient undefined, for example because all drawn values are equal,
        are counted in ``degenerate`` and left out of the interval.

    Raises
    ------
    DataError
        Where the frame is not reliability data of one variable.
    ValueError
        For an unknown statistic, a level outside (0, 1) or fewer than one resample.

    References
    ----------
    Efron, B. (1979). Bootstrap methods: another look at the jackknife. Annals of Statistics 7, 1–26.
    """
    if not 0 < level < 1:
        raise ValueError(f"level: expected a number between 0 and 1; found {level!r}")
    if resamples < 1:
        raise ValueError(f"resamples: expected at least 1; found {resamples!r}")
    ratings = to_ratings(frame, sort_units=True)
    compute = _evaluator(statistic, ratings, metric, order, n_categories, frame)
    whole = compute(ratings)
    generator = np.random.default_rng(seed)
    values = np.full(resamples, np.nan)
    if ratings.n_units and degenerate_status(ratings)[0] == OK:
        if statistic == ALPHA and metric == "nominal":
            of_draw = nominal_alpha_of_draws(ratings)
        else:
            of_draw = _recomputed(compute, ratings)
        for i in range(resamples):
            values[i] = of_draw(generator.integers(0, ratings.n_units, ratings.n_units))
    defined = values[~np.isnan(values)]
    tail = (1 - level) / 2
    low, high = np.quantile(defined, [tail, 1 - tail]) if defined.size else (None, None)
    degenerate = int(resamples - defined.size)
    return BootstrapResult(
        estimate=whole.value,
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        level=level,
        resamples=resamples,
        degenerate=degenerate,
        n_units=ratings.n_units,
        seed=seed,
        status=whole.status,
        note=f"{degenerate} of {resamples} resamples did not define the coefficient." if degenerate else "",
    )


def jackknife(
    frame: pd.DataFrame,
    statistic: Statistic = ALPHA,
    *,
    by: str = "coder",
    metric: Metric = "nominal",
    order: Sequence[Hashable] | None = None,
    n_categories: int | None = None,
) -> pd.DataFrame:
    """Compute a coefficient without each coder (or source, or any other group of rows) in turn.

    Parameters
    ----------
    frame : DataFrame
        Reliability data of one variable, and the column ``by``.
    statistic, metric, order, n_categories : optional
        As in :func:`bootstrap_interval`.
    by : str
        Column whose values are left out one at a time.

    Returns
    -------
    DataFrame
        One row for each value of ``by``, sorted: left_out, values (rows that remain), value, change
        (``value`` minus the coefficient on all rows) and status; value and change are NaN where the rest
        does not define the coefficient, and status says why.

    Raises
    ------
    DataError
        Where a column is absent or the frame is not reliability data of one variable.
    """
    require_columns(frame, ("coder", "unit", "value", by))

    def compute(part: pd.DataFrame) -> Coefficient:
        ratings = to_ratings(part, sort_units=True)
        return _evaluator(statistic, ratings, metric, order, n_categories, part)(ratings)

    whole = compute(frame).value
    rows = []
    for name in sorted(frame[by].dropna().unique(), key=str):
        rest = frame.loc[frame[by] != name]
        result = compute(rest)
        value = np.nan if result.value is None else result.value
        change = np.nan if whole is None else value - whole
        rows.append((name, len(rest), value, change, result.status))
    table = pd.DataFrame(rows, columns=["left_out", "values", "value", "change", "status"])
    return table.astype({"values": "int64", "value": "float64", "change": "float64", "status": "str"})


def _evaluator(
    statistic: Statistic,
    ratings: Ratings,
    metric: Metric,
    order: Sequence[Hashable] | None,
    n_categories: int | None,
    frame: pd.DataFrame,
) -> Callable[[Ratings], Coefficient]:
    """Return a function from (resampled) ratings to a result."""
    if callable(statistic):
        names = pd.unique(frame["coder"])
        chosen = statistic
        return lambda drawn: chosen(_to_frame(drawn, names))
    if statistic == ALPHA:
        numbers = numbers_for(ratings, metric, order)
        return lambda drawn: alpha_of_ratings(drawn, metric, numbers)
    if statistic not in KERNELS:
        known = ", ".join([ALPHA, *KERNELS])
        raise ValueError(f"statistic: expected a function or one of {known}; found {statistic!r}")
    kernel = KERNELS[statistic]
    categories = int(ratings.labels.size) if n_categories is None else n_categories
    return lambda drawn: kernel(drawn, categories)


def _recomputed(compute: Callable[[Ratings], Coefficient], ratings: Ratings) -> Callable[[IntArray], float]:
    """Return a function from drawn units to the coefficient, NaN where it is undefined."""

    def of_draw(chosen: IntArray) -> float:
        value = compute(ratings.take_units(chosen)).value
        return np.nan if value is None else value

    return of_draw


def _to_frame(ratings: Ratings, coder_names: object) -> pd.DataFrame:
    names = np.asarray(coder_names, dtype=object)
    return pd.DataFrame(
        {"coder": names[ratings.coder], "unit": ratings.unit, "value": ratings.labels[ratings.code]}
    )

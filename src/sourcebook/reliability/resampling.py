"""How far a coefficient depends on which units, coders or sources happened to be in the data."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.core.frames import require_columns
from sourcebook.reliability.alpha import Metric, alpha_of_ratings, numbers_for
from sourcebook.reliability.chance import KERNELS
from sourcebook.reliability.draws import OfDraws, alpha_of_draws
from sourcebook.reliability.labels import TABLE
from sourcebook.reliability.layouts import Data, is_long, to_matrix
from sourcebook.reliability.own_columns import order_of, select_columns
from sourcebook.reliability.ratings import OK, Ratings, degenerate_status, to_ratings
from sourcebook.reliability.weights import Weights, scale_of

__all__ = [
    "BootstrapResult",
    "Coefficient",
    "Statistic",
    "bootstrap_interval",
    "interval_of",
    "jackknife",
    "values_of_draws",
]

ALPHA = "krippendorff_alpha"
DRAWN_CELLS = 1_000_000


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
    data: Data,
    statistic: Statistic = ALPHA,
    *,
    metric: Metric = "nominal",
    order: Sequence[Hashable] | None = None,
    weights: Weights | None = None,
    categories: Sequence[Hashable] | None = None,
    n_categories: int | None = None,
    resamples: int = 2000,
    level: float = 0.95,
    seed: int = 0,
    coders: Hashable | Sequence[Hashable] | None = None,
    unit: Hashable | None = None,
) -> BootstrapResult:
    """Draw units with replacement and return the percentile interval of a coefficient.

    Parameters
    ----------
    data : DataFrame or ndarray
        Reliability data of one variable: a long frame with the columns coder, unit, value, or a wide frame
        or an array of units × coders.
    statistic : str or callable
        The name of a coefficient of this package ("krippendorff_alpha", "percent_agreement",
        "cohen_kappa", "conger_kappa", "scott_pi", "fleiss_kappa", "gwet_ac1", "gwet_ac2",
        "brennan_prediger"), or a function from a long frame to a result with ``value`` and ``status``,
        which is slower.
    metric, order : optional
        For alpha, as in :func:`~sourcebook.reliability.krippendorff_alpha`.
    weights, categories, n_categories : optional
        For the others, as in :func:`~sourcebook.reliability.brennan_prediger`; the weights of AC2 are
        quadratic where none are given. By default the values that occur in the data, in every resample.
    resamples : int
        How many times to draw.
    level : float
        Confidence level, between 0 and 1.
    seed : int
        The same seed and data give the same interval, whatever the order of the rows.
    coders, unit : optional
        The names of columns of one's own, as in :func:`~sourcebook.reliability.krippendorff_alpha`.

    Returns
    -------
    BootstrapResult
        Resamples that leave the coefficient undefined, for example because all drawn values are equal,
        are counted in ``degenerate`` and left out of the interval.

    Raises
    ------
    DataError
        Where the data are not reliability data of one variable.
    ValueError
        For an unknown statistic, a level outside (0, 1) or fewer than one resample.

    References
    ----------
    Efron, B. (1979). Bootstrap methods: another look at the jackknife. Annals of Statistics 7, 1–26.

    Examples
    --------
    >>> frame = pd.DataFrame({"coder": list("abababab"), "unit": list("11223344"), "value": list("xxxyxxyy")})
    >>> result = bootstrap_interval(frame, "cohen_kappa", resamples=100)
    >>> result.low <= result.estimate <= result.high
    True
    """
    data = select_columns(data, coders, unit)
    if metric == "ordinal" and order is None:
        order = order_of(data)
    ratings = to_ratings(data, sort_units=True)
    compute, of_draws = _evaluator(
        statistic, ratings, _Options(metric, order, weights, categories, n_categories)
    )
    whole = compute(ratings)
    status, reason = degenerate_status(ratings)
    values = np.full(max(resamples, 0), np.nan)
    if status == OK and whole.value is not None:
        values = values_of_draws(of_draws(), ratings.n_units, resamples, seed)
    return interval_of(
        values,
        whole.value,
        level=level,
        seed=seed,
        n_units=ratings.n_units,
        status=whole.status,
        reason=f"No interval: {reason}" if status != OK else "",
    )


def interval_of(
    values: npt.NDArray[np.float64],
    estimate: float | None,
    *,
    level: float,
    seed: int,
    n_units: int,
    status: str,
    reason: str,
) -> BootstrapResult:
    """Return the percentile interval of resampled values, of which NaN are those left undefined.

    Parameters
    ----------
    values : numpy.ndarray of float, shape (n_resamples,)
        The coefficient of each resample.
    estimate, level, seed, n_units, status : optional
        As in :class:`BootstrapResult`.
    reason : str
        Why there is no interval; empty where there is one.

    Raises
    ------
    ValueError
        For a level outside (0, 1) or no resample.
    """
    if not 0 < level < 1:
        raise ValueError(f"level: expected a number between 0 and 1; found {level!r}")
    if not values.size:
        raise ValueError("resamples: expected at least 1; found 0 or less")
    defined = values[~np.isnan(values)]
    tail = (1 - level) / 2
    low, high = np.quantile(defined, [tail, 1 - tail]) if defined.size else (None, None)
    degenerate = int(values.size - defined.size)
    left_out = (
        f"{degenerate} of {values.size} resamples did not define the coefficient." if degenerate else ""
    )
    return BootstrapResult(
        estimate=estimate,
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        level=level,
        resamples=int(values.size),
        degenerate=degenerate,
        n_units=n_units,
        seed=seed,
        status=status,
        note=reason or left_out,
    )


def jackknife(
    data: Data,
    statistic: Statistic = ALPHA,
    *,
    by: str = "coder",
    metric: Metric = "nominal",
    order: Sequence[Hashable] | None = None,
    weights: Weights | None = None,
    categories: Sequence[Hashable] | None = None,
    n_categories: int | None = None,
    coders: Hashable | Sequence[Hashable] | None = None,
    unit: Hashable | None = None,
) -> pd.DataFrame:
    """Compute a coefficient without each coder (or source, or any other group of rows) in turn.

    Parameters
    ----------
    data : DataFrame or ndarray
        As in :func:`bootstrap_interval`; a long frame has the column ``by`` too.
    statistic, metric, order, weights, categories, n_categories, coders, unit : optional
        As in :func:`bootstrap_interval`.
    by : str
        Column of a long frame whose values are left out one at a time; in the other forms only the coders
        can be.

    Returns
    -------
    DataFrame
        One row for each value of ``by``, sorted: left_out, values (rows that remain), value, change
        (``value`` minus the coefficient on all rows) and status; value and change are NaN where the rest
        does not define the coefficient, and status says why.

    Raises
    ------
    DataError
        Where a column is absent or the data are not reliability data of one variable.
    ValueError
        For an unknown statistic, or another ``by`` than coder where the data are not a long frame.

    Examples
    --------
    >>> frame = pd.DataFrame({"coder": list("abababab"), "unit": list("11223344"), "value": list("xxxyxxyy")})
    >>> jackknife(frame, "percent_agreement", by="unit")[["left_out", "value"]].round(3).values.tolist()
    [['1', 0.667], ['2', 1.0], ['3', 0.667], ['4', 0.667]]
    """
    data = select_columns(data, coders, unit)
    if metric == "ordinal" and order is None:
        order = order_of(data)
    by = "coder" if by == coders else "unit" if by == unit else by
    options = _Options(metric, order, weights, categories, n_categories)

    def compute(part: Data) -> Coefficient:
        ratings = to_ratings(part, sort_units=True)
        return _evaluator(statistic, ratings, options)[0](ratings)

    whole = compute(data).value
    rows = []
    for name, rest, remaining in _without_each(data, by):
        result = compute(rest)
        value = np.nan if result.value is None else result.value
        change = np.nan if whole is None else value - whole
        rows.append((name, remaining, value, change, result.status))
    table = pd.DataFrame(rows, columns=["left_out", "values", "value", "change", "status"])
    return table.astype({"values": "int64", "value": "float64", "change": "float64", "status": "str"})


def _without_each(data: Data, by: str) -> Iterator[tuple[Hashable, Data, int]]:
    """Yield each name, the data without it, and how many rows or values remain."""
    if isinstance(data, pd.DataFrame) and is_long(data):
        require_columns(data, ("coder", "unit", "value", by), TABLE)
        for name in sorted(data[by].dropna().unique(), key=str):
            rest = data.loc[data[by] != name]
            yield name, rest, len(rest)
        return
    if by != "coder":
        raise ValueError(f"by: units × coders have coders only; found {by!r}")
    matrix = to_matrix(data)
    codes, _ = matrix.codes()
    for i in np.argsort([str(name) for name in matrix.coders], kind="stable"):
        kept = np.arange(matrix.coders.size) != i
        rest = data.iloc[:, np.flatnonzero(kept)] if isinstance(data, pd.DataFrame) else data[:, kept]
        yield matrix.coders[i], rest, int(np.count_nonzero(codes[:, kept] >= 0))


@dataclass(frozen=True)
class _Options:
    """What a coefficient takes besides the data."""

    metric: Metric
    order: Sequence[Hashable] | None
    weights: Weights | None
    categories: Sequence[Hashable] | None
    n_categories: int | None


def _evaluator(
    statistic: Statistic, ratings: Ratings, options: _Options
) -> tuple[Callable[[Ratings], Coefficient], Callable[[], OfDraws]]:
    """Return a function from ratings to a result, and one that gives a function from draws to values."""
    if callable(statistic):
        chosen = statistic

        def compute(part: Ratings) -> Coefficient:
            return chosen(_to_frame(part))

        return compute, lambda: _recomputed(compute, ratings)
    if statistic == ALPHA:
        numbers = numbers_for(ratings, options.metric, options.order)
        return (
            lambda part: alpha_of_ratings(part, options.metric, numbers),
            lambda: alpha_of_draws(ratings, options.metric, numbers),
        )
    if statistic not in KERNELS:
        known = ", ".join([ALPHA, *KERNELS])
        raise ValueError(f"statistic: expected a function or one of {known}; found {statistic!r}")
    kernel = KERNELS[statistic]
    weights = options.weights or ("quadratic" if statistic == "gwet_ac2" else "identity")
    scale = scale_of(ratings, weights, categories=options.categories, n_categories=options.n_categories)
    return lambda part: kernel.compute(part, scale), lambda: kernel.of_draws(ratings, scale)


def values_of_draws(of_draws: OfDraws, n_units: int, resamples: int, seed: int) -> npt.NDArray[np.float64]:
    """Draw units with replacement and return the value of each resample, many resamples at once.

    Parameters
    ----------
    of_draws : callable
        From how often each unit counts, shape (n_draws, n_units), to values, shape (n_draws,).
    n_units, resamples, seed : int
        How many units there are to draw from, how often, and the seed of the generator.
    """
    generator = np.random.default_rng(seed)
    values = np.full(max(resamples, 0), np.nan)
    several = max(1, DRAWN_CELLS // n_units)
    for start in range(0, resamples, several):
        rows = min(several, resamples - start)
        drawn = generator.integers(0, n_units, (rows, n_units))
        drawn += np.arange(rows)[:, None] * n_units
        times = np.bincount(drawn.ravel(), minlength=rows * n_units).reshape(rows, n_units)
        values[start : start + rows] = of_draws(times.astype(np.float64))
    return values


def _recomputed(compute: Callable[[Ratings], Coefficient], ratings: Ratings) -> OfDraws:
    """Return a function from draws to the coefficient of the drawn ratings, NaN where it is undefined."""

    def of_draws(times: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        every = np.arange(ratings.n_units)
        found = (compute(ratings.take_units(np.repeat(every, row.astype(np.int64)))).value for row in times)
        return np.array([np.nan if value is None else value for value in found])

    return of_draws


def _to_frame(ratings: Ratings) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "coder": ratings.coders[ratings.coder],
            "unit": ratings.unit,
            "value": ratings.labels[ratings.code],
        }
    )

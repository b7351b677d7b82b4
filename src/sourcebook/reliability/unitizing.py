"""Krippendorff's alpha for unitizing: whether coders mark the same stretches of a text with the same values."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from sourcebook.reliability.layouts import FloatArray
from sourcebook.reliability.ratings import NO_DATA, NO_VARIATION, OK, ONE_CODER
from sourcebook.reliability.resampling import BootstrapResult, interval_of, values_of_draws
from sourcebook.reliability.stretches import (
    Stretches,
    disagreements_of_2004,
    disagreements_of_draws,
    to_stretches,
)

__all__ = ["Definition", "UnitizingResult", "unitizing_alpha", "unitizing_interval", "unitizing_jackknife"]

Definition = Literal["2016", "2004"]


@dataclass(frozen=True, kw_only=True)
class UnitizingResult:
    """Alpha for unitizing and what it was computed from.

    Attributes
    ----------
    value : float or None
        Agreement on the stretches and their values together; None where undefined.
    boundaries : float or None
        Agreement on what is marked at all, whatever the value; None for the definition of 2004.
    observed, expected : float or None
        Observed and expected disagreement behind ``value``: lengths for 2016, squared lengths over the
        square of the continuum's for 2004.
    n_coders, n_spans, n_continua : int
        Coders, marked stretches, and continua (documents).
    status, note : str
        As in :class:`~sourcebook.reliability.AlphaResult`.
    """

    value: float | None
    boundaries: float | None
    observed: float | None
    expected: float | None
    n_coders: int
    n_spans: int
    n_continua: int
    status: str
    note: str


def unitizing_alpha(
    frame: pd.DataFrame,
    *,
    length: int | Mapping[Hashable, int],
    coders: Iterable[Hashable] | None = None,
    definition: Definition = "2016",
) -> UnitizingResult:
    """Compute Krippendorff's alpha of the spans that coders marked on a continuum.

    Parameters
    ----------
    frame : DataFrame
        One row for each span: coder, start, end (whole numbers, half-open, from 0), value; and continuum
        where there are several, such as documents.
    length : int or mapping
        Length of the continuum, in the unit of the offsets; where there are several, by name.
    coders : iterable, optional
        All coders, where some marked nothing; by default those in the frame.
    definition : {"2016", "2004"}
        2016: lengths of the stretches on which two coders agree and disagree. 2004: squared
        distances of the ends of spans that meet; for one value alone, give the rows of that value.

    Returns
    -------
    UnitizingResult
        What nobody marked counts as a gap, on which coders agree as on a value.

    Raises
    ------
    DataError
        Where a column is absent, an offset is no whole number, a span lies outside of its continuum, or two spans of
        one coder overlap (for 2004: two of the same value).
    ValueError
        For an unknown definition.

    References
    ----------
    Krippendorff, K., Mathet, Y., Bouvry, S. and Widlöcher, A. (2016). On the reliability of unitizing
    textual continua: further developments. Quality & Quantity 50, 2347–2364. Krippendorff, K. (2004).
    Content Analysis: An Introduction to Its Methodology, 2nd ed., section 11.6.

    Examples
    --------
    >>> import pandas as pd
    >>> spans = pd.DataFrame({"coder": ["a", "b"], "start": 0, "end": [4, 2], "value": "c"})
    >>> round(unitizing_alpha(spans, length=10).value, 4)
    0.5643
    """
    if definition not in ("2016", "2004"):
        raise ValueError(f"definition: expected 2016 or 2004; found {definition!r}")
    spans = to_stretches(frame, length, coders, same_value=definition == "2004")
    counts = (spans.n_coders, spans.start.size, spans.n_continua)
    status, note = _status(spans)
    if status != OK:
        return _result(None, None, (None, None), counts, (status, note))
    if definition == "2004":
        observed, expected = disagreements_of_2004(spans)
        boundaries = None
    else:
        once = np.ones((1, spans.n_continua))
        (observed, expected), (differing, by_chance) = (
            disagreements_of_draws(spans, binary=binary)(once)[:, 0] for binary in (False, True)
        )
        boundaries = 1.0 - float(differing / by_chance) if by_chance > 0 else None
    if expected <= 0:
        status, note = NO_VARIATION, "Nothing but one value on the whole continuum; alpha is not defined."
    value = 1.0 - float(observed / expected) if expected > 0 else None
    return _result(value, boundaries, (float(observed), float(expected)), counts, (status, note))


def unitizing_interval(
    frame: pd.DataFrame,
    *,
    length: int | Mapping[Hashable, int],
    coders: Iterable[Hashable] | None = None,
    resamples: int = 2000,
    level: float = 0.95,
    seed: int = 0,
) -> BootstrapResult:
    """Draw continua with replacement and return the percentile interval of alpha as defined in 2016.

    Parameters
    ----------
    frame, length, coders : optional
        As in :func:`unitizing_alpha`, with a column continuum.
    resamples, level, seed : optional
        As in :func:`~sourcebook.reliability.bootstrap_interval`.

    Returns
    -------
    BootstrapResult
        Without an interval where there is one continuum only, and ``note`` says so.

    Raises
    ------
    DataError, ValueError
        As :func:`unitizing_alpha` and :func:`~sourcebook.reliability.bootstrap_interval`.

    Examples
    --------
    >>> import pandas as pd
    >>> spans = pd.DataFrame(
    ...     {"coder": list("abab"), "continuum": list("xxyy"), "start": 0, "end": [4, 2, 3, 3], "value": "c"}
    ... )
    >>> result = unitizing_interval(spans, length={"x": 10, "y": 10}, resamples=100)
    >>> result.low <= result.estimate <= result.high
    True
    """
    whole = unitizing_alpha(frame, length=length, coders=coders)
    note = whole.note and f"No interval: {whole.note}"
    if whole.n_continua < 2 and not note:
        note = "No interval: there is one continuum only, and nothing to draw from."
    values = np.full(resamples, np.nan)
    if not note:
        parts = disagreements_of_draws(to_stretches(frame, length, coders))

        def of_draws(times: FloatArray) -> FloatArray:
            observed, expected = parts(times)
            ratio = np.divide(observed, expected, out=np.full_like(expected, np.nan), where=expected > 0)
            return np.asarray(1.0 - ratio)

        values = values_of_draws(of_draws, whole.n_continua, resamples, seed)
    return interval_of(
        values,
        whole.value,
        level=level,
        seed=seed,
        n_units=whole.n_continua,
        status=whole.status,
        reason=note,
    )


def unitizing_jackknife(
    frame: pd.DataFrame,
    *,
    length: int | Mapping[Hashable, int],
    coders: Iterable[Hashable] | None = None,
    definition: Definition = "2016",
) -> pd.DataFrame:
    """Compute alpha for unitizing without each coder in turn.

    Parameters
    ----------
    frame, length, coders, definition : optional
        As in :func:`unitizing_alpha`.

    Returns
    -------
    DataFrame
        left_out, values (spans that remain), value, change, status, as in
        :func:`~sourcebook.reliability.jackknife`.

    Raises
    ------
    DataError, ValueError
        As :func:`unitizing_alpha`.

    Examples
    --------
    >>> spans = pd.DataFrame({"coder": list("abc"), "start": 0, "end": [4, 2, 4], "value": "c"})
    >>> unitizing_jackknife(spans, length=10)[["left_out", "value"]].round(3).values.tolist()
    [['a', 0.564], ['b', 1.0], ['c', 0.564]]
    """
    names = list(dict.fromkeys(frame["coder"] if coders is None else coders))
    whole = unitizing_alpha(frame, length=length, coders=names, definition=definition).value
    rows = []
    for name in sorted(names, key=str):
        rest = frame.loc[frame["coder"] != name]
        others = [other for other in names if other != name]
        found = unitizing_alpha(rest, length=length, coders=others, definition=definition)
        value = np.nan if found.value is None else found.value
        rows.append((name, len(rest), value, np.nan if whole is None else value - whole, found.status))
    table = pd.DataFrame(rows, columns=["left_out", "values", "value", "change", "status"])
    return table.astype({"values": "int64", "value": "float64", "change": "float64", "status": "str"})


def _status(spans: Stretches) -> tuple[str, str]:
    if not spans.start.size:
        return NO_DATA, "Nothing is marked at all."
    if spans.n_coders < 2:
        return ONE_CODER, "Only one coder marked the text, so there is nothing to compare."
    return OK, ""


def _result(
    value: float | None,
    boundaries: float | None,
    disagreement: tuple[float | None, float | None],
    counts: tuple[int, int, int],
    state: tuple[str, str],
) -> UnitizingResult:
    return UnitizingResult(
        value=value,
        boundaries=boundaries,
        observed=disagreement[0],
        expected=disagreement[1],
        n_coders=counts[0],
        n_spans=counts[1],
        n_continua=counts[2],
        status=state[0],
        note=state[1],
    )

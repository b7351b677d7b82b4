"""Reliability as tables: one row for each variable, which values were confused, and multi-label cells expanded."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from sourcebook.core.frames import require_columns
from sourcebook.reliability.alpha import Metric, krippendorff_alpha
from sourcebook.reliability.labels import TABLE
from sourcebook.reliability.layouts import is_long, to_matrix
from sourcebook.reliability.ratings import is_missing, to_ratings
from sourcebook.reliability.resampling import bootstrap_interval

__all__ = ["agreement_by_variable", "coincidences", "disagreements", "expand_labels"]

DECIMALS = 6


def agreement_by_variable(
    frame: pd.DataFrame,
    *,
    metrics: Mapping[str, Metric] | None = None,
    resamples: int = 2000,
    level: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Compute alpha, its bootstrap interval and the raw counts for each variable.

    Parameters
    ----------
    frame : DataFrame
        Reliability data: columns coder, unit, variable, value; where the frame holds one variable, the column may be
        left out, or a wide frame given, with a column for each coder.
    metrics : mapping of str to str, optional
        Metric of a variable; nominal where a variable is not named. A variable made by
        :func:`expand_labels` (``frame:cause``) is nominal.
    resamples, level, seed : optional
        As in :func:`~sourcebook.reliability.bootstrap_interval`; each variable draws from a generator of
        its own, so that a variable more does not change the others.

    Returns
    -------
    DataFrame
        One row for each variable, sorted by name: variable, metric, coders, units (with two values or
        more), agreements and disagreements (pairs of values on one unit; with two coders, units), percent
        (their share from 0 to 1), alpha, low, high, resamples_used, status, note. Numbers are rounded to
        six decimals. An undefined number is NaN and ``status`` names the reason.

    Raises
    ------
    DataError
        Where a column is absent, a coder coded a unit twice, or a value does not suit its metric.

    Examples
    --------
    >>> frame = pd.DataFrame({"coder": list("abababab"), "unit": list("11223344"), "value": list("xxxyxxyy")})
    >>> table = agreement_by_variable(frame.assign(variable="cause"), resamples=100)
    >>> table[["variable", "units", "agreements", "alpha"]].values.tolist()
    [['cause', 4, 3, 0.533333]]
    """
    frame = _with_variable(frame)
    metrics = metrics or {}
    rows = []
    for name, part in sorted(frame.groupby("variable", sort=False), key=lambda item: str(item[0])):
        metric: Metric = metrics.get(str(name), "nominal")
        result = krippendorff_alpha(part, metric=metric)
        interval = bootstrap_interval(
            part,
            metric=metric,
            resamples=resamples,
            level=level,
            seed=zlib.crc32(f"{seed}:{name}".encode()),
        )
        agreed, differed = _pairs(part)
        share = agreed / (agreed + differed) if agreed + differed else None
        numbers = (share, result.alpha, interval.low, interval.high)
        note = " ".join(text for text in (result.note, "" if result.note else interval.note) if text)
        rows.append(
            (
                str(name),
                metric,
                result.n_coders,
                result.n_units,
                agreed,
                differed,
                *(np.nan if number is None else round(number, DECIMALS) + 0.0 for number in numbers),
                interval.used,
                result.status,
                note,
            )
        )
    types = {
        "variable": "str",
        "metric": "str",
        **dict.fromkeys(("coders", "units", "agreements", "disagreements"), "int64"),
        **dict.fromkeys(("percent", "alpha", "low", "high"), "float64"),
        "resamples_used": "int64",
        "status": "str",
        "note": "str",
    }
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def _with_variable(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a long frame with the column variable, from a wide frame or one of a single variable."""
    if not is_long(frame):
        units, coders = frame.index.rename("unit"), frame.columns.rename("coder")
        to_matrix(frame)  # raises for a frame that is no table of units and coders
        frame = frame.set_axis(units).set_axis(coders, axis=1)
        frame = frame.melt(ignore_index=False, value_name="value").reset_index()
    if "variable" not in frame:
        frame = frame.assign(variable="value")
    require_columns(frame, ("coder", "unit", "variable", "value"), TABLE)
    return frame


def _pairs(frame: pd.DataFrame) -> tuple[int, int]:
    """Return how many pairs of values on one unit are equal, and how many are not."""
    paired = to_ratings(frame).pairable()
    counts = paired.cell_counts()[2]
    sizes = paired.sizes()
    agreed = int((counts * (counts - 1) // 2).sum())
    return agreed, int((sizes * (sizes - 1) // 2).sum()) - agreed


def coincidences(frame: pd.DataFrame) -> pd.DataFrame:
    """Count which values of one variable met which on the same unit.

    Parameters
    ----------
    frame : DataFrame
        Reliability data of one variable: columns coder, unit, value.

    Returns
    -------
    DataFrame
        One row for each unordered pair of values that occurs: value_a, value_b, agree (the two are the
        same), pairs (of coders), units (on which it occurs), coincidences (Krippendorff's weight: an
        ordered pair on a unit with m values counts 1 / (m - 1), so that the table's total, with both
        orders of an unequal pair in one row, is the number of pairable values). Unequal pairs first, the
        most frequent first.

    Raises
    ------
    DataError
        Where a coder coded a unit twice or the frame holds several variables.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"coder": list("abab"), "unit": [1, 1, 2, 2], "value": list("xxyx")})
    >>> coincidences(frame)[["value_a", "value_b", "pairs"]].values.tolist()
    [['x', 'y', 1], ['x', 'x', 1]]
    """
    paired = to_ratings(frame).pairable()
    by_name = np.argsort(np.array([str(label) for label in paired.labels], dtype=object), kind="stable")
    place = np.empty(by_name.size, dtype=np.int64)
    place[by_name] = np.arange(by_name.size)
    unit, code, count = paired.cell_counts()
    cells = pd.DataFrame({"unit": unit, "place": place[code], "count": count})
    both = cells.merge(cells, on="unit", suffixes=("_a", "_b"))
    both = both.loc[both["place_a"] <= both["place_b"]]
    agree = both["place_a"] == both["place_b"]
    both = both.assign(
        pairs=np.where(agree, both["count_a"] * (both["count_a"] - 1) // 2, both["count_a"] * both["count_b"])
    )
    both = both.assign(weight=2.0 * both["pairs"] / (paired.sizes()[both["unit"].to_numpy()] - 1))
    both = both.loc[both["pairs"] > 0]
    table = both.groupby(["place_a", "place_b"], as_index=False).agg(
        pairs=("pairs", "sum"), units=("unit", "nunique"), coincidences=("weight", "sum")
    )
    labels = paired.labels[by_name]
    table = table.assign(
        value_a=labels[table["place_a"].to_numpy(np.int64)],
        value_b=labels[table["place_b"].to_numpy(np.int64)],
        agree=table["place_a"] == table["place_b"],
        coincidences=table["coincidences"].round(DECIMALS),
    )
    table = table.sort_values(
        ["agree", "pairs", "place_a", "place_b"], ascending=[True, False, True, True], ignore_index=True
    )
    return table[["value_a", "value_b", "agree", "pairs", "units", "coincidences"]]


def disagreements(frame: pd.DataFrame) -> pd.DataFrame:
    """List the units on which coders differ, with what each of them coded.

    Parameters
    ----------
    frame : DataFrame
        Reliability data: columns coder, unit, variable, value.

    Returns
    -------
    DataFrame
        One row for each variable and unit with two different values: variable, unit, and one column for
        each coder in the order of their first appearance, "" where the coder gave no value. Sorted by variable
        and unit.

    Raises
    ------
    DataError
        Where a column is absent.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"coder": list("abab"), "unit": [1, 1, 2, 2], "value": list("xxyx")})
    >>> disagreements(frame.assign(variable="frame")).values.tolist()
    [['frame', 2, 'y', 'x']]
    """
    require_columns(frame, ("coder", "unit", "variable", "value"), TABLE)
    coders = list(dict.fromkeys(frame["coder"]))
    given = frame.loc[~is_missing(frame["value"])]
    several = given.groupby(["variable", "unit"])["value"].transform("nunique") > 1
    wide = given.loc[several].pivot(index=["variable", "unit"], columns="coder", values="value")
    wide = wide.reindex(columns=coders).fillna("").sort_index().reset_index()
    return wide.rename_axis(columns=None)


def expand_labels(
    frame: pd.DataFrame,
    *,
    separator: str = ";",
    variables: Collection[str] | None = None,
    none: str | None = None,
) -> pd.DataFrame:
    """Turn cells that hold several labels into one yes/no variable for each label.

    Parameters
    ----------
    frame : DataFrame
        Reliability data: columns coder, unit, variable, value; other columns are carried along.
    separator : str
        The separator of two labels of a cell; spaces around labels do not count.
    variables : collection of str, optional
        The variables to expand; by default those with the separator in at least one cell.
    none : str, optional
        The label that means "no label applies"; it gets no variable of its own.

    Returns
    -------
    DataFrame
        ``frame`` with each row of an expanded variable replaced by one row for each label that occurs in
        that variable, variable ``<variable>:<label>``, value "yes" or "no". A missing cell stays missing:
        it gives no rows.

    Raises
    ------
    DataError
        Where a column is absent.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame(
    ...     {"coder": ["a", "b"], "unit": "1", "variable": "frame", "value": ["cause;problem", "cause"]}
    ... )
    >>> expand_labels(frame)[["coder", "variable", "value"]].values.tolist()
    [['a', 'frame:cause', 'yes'], ['a', 'frame:problem', 'yes'], ['b', 'frame:cause', 'yes'], \
['b', 'frame:problem', 'no']]
    """
    require_columns(frame, ("coder", "unit", "variable", "value"), TABLE)
    text = frame["value"].where(~is_missing(frame["value"]), "").astype(str)
    if variables is None:
        several = text.str.contains(separator, regex=False)
        variables = set(frame.loc[several, "variable"])
    chosen = frame["variable"].isin(list(variables)).to_numpy()
    labels = [_labels(cell, separator) for cell in text[chosen]]
    rows = frame.loc[chosen].reset_index(drop=True)
    known: dict[str, set[str]] = {}
    for variable, found in zip(rows["variable"], labels, strict=True):
        known.setdefault(variable, set()).update(found - {none})
    made = [
        (i, f"{variable}:{label}", "yes" if label in found else "no")
        for i, (variable, found) in enumerate(zip(rows["variable"], labels, strict=True))
        for label in (sorted(known[variable]) if found else ())
    ]
    expanded = rows.iloc[[i for i, _, _ in made]].assign(
        variable=pd.Series([name for _, name, _ in made], dtype="str").to_numpy(),
        value=pd.Series([value for _, _, value in made], dtype="str").to_numpy(),
    )
    kept = frame.loc[~chosen]
    parts = [part for part in (kept, expanded) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else frame.iloc[:0].copy()


def _labels(cell: str, separator: str) -> set[str]:
    return {label.strip() for label in cell.split(separator)} - {""}

"""How often the sources do what: rows of the coded tables, counted by source."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

__all__ = ["count_by_source"]


def count_by_source(frame: pd.DataFrame, by: str | Sequence[str], sources: Sequence[str]) -> pd.DataFrame:
    """Count the rows of a coded table by one or more columns and by source.

    Parameters
    ----------
    frame : DataFrame
        A coded table with ``source_id`` and the columns in `by`.
    by : str or sequence of str
        What the rows of the result count.
    sources : sequence of str
        The sources, in the order of the columns; one without rows counts 0, and rows of other sources do
        not count.

    Returns
    -------
    DataFrame
        The columns in `by` (str), one column for each source, ``sources`` (how many have at least one row) and
        ``total`` (int); most frequent first, then by name.

    Raises
    ------
    KeyError
        If `frame` lacks one of the columns.

    Examples
    --------
    >>> coded = pd.DataFrame({"source_id": ["a", "b", "b"], "term_id": ["exile", "exile", "exile"]})
    >>> count_by_source(coded, "term_id", ["a", "b", "c"]).values.tolist()
    [['exile', 1, 2, 0, 2, 3]]
    """
    keys = [by] if isinstance(by, str) else list(by)
    kept = frame[frame["source_id"].isin(list(sources))]
    counts = pd.crosstab([kept[key] for key in keys], kept["source_id"])
    counts = counts.reindex(columns=list(sources), fill_value=0)
    counts["sources"], counts["total"] = (counts > 0).sum(axis="columns"), counts.sum(axis="columns")
    counts = counts.reset_index().rename_axis(columns=None)
    counts = counts.sort_values(["total", *keys], ascending=[False, *[True] * len(keys)], ignore_index=True)
    return counts.astype({column: "str" if column in keys else "int64" for column in counts.columns})

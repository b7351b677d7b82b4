"""One record for everything that is found in a text: dates, quantities, citations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

from sourcebook.core.frames import text_column

__all__ = ["Finding", "as_frame"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """An expression found in a text, with the name of the pattern that read it.

    Each kind adds the fields of its value in a subclass. Finders pass lists of findings; :func:`as_frame` makes
    a table of them for those who want one.

    Attributes
    ----------
    doc : str
        Id of the text, or empty.
    kind : str
        ``date``, ``quantity`` or ``citation``.
    start, end : int
        Where it is: half-open, code points of the raw text.
    exact : str
        Its words.
    pattern : str
        Name of the pattern that read it.
    lossy : str
        What the words say and the value does not hold, in words, or empty.
    """

    doc: str = ""
    kind: str
    start: int
    end: int
    exact: str
    pattern: str
    lossy: str = ""


def as_frame(found: Iterable[Finding], record: type[Finding] = Finding) -> pd.DataFrame:
    """Return findings as a table, one row each, in the order given.

    Parameters
    ----------
    found : iterable of Finding
        Of one kind.
    record : type, default Finding
        The class of the findings, which names the columns also where there are none.

    Returns
    -------
    pandas.DataFrame
        One column for each attribute of `record`; numbers as int64 and float64, truth as
        bool, text as str, the rest as objects.

    Examples
    --------
    >>> found = [Finding(kind="date", start=3, end=7, exact="1988", pattern="year")]
    >>> as_frame(found)[["kind", "start", "exact", "pattern"]].values.tolist()
    [['date', 3, '1988', 'year']]
    """
    names = [field.name for field in fields(record)]
    kinds = {field.name: str(field.type) for field in fields(record)}
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for finding in found:
        for name, values in columns.items():
            values.append(getattr(finding, name))
    types = {"int": "int64", "float": "float64", "bool": "bool"}
    return pd.DataFrame(
        {
            name: text_column(values)
            if kinds[name] == "str"
            else pd.Series(values, dtype=types.get(kinds[name], "object"))
            for name, values in columns.items()
        }
    )

"""The types of derived tables: what a column holds, and the same types whether a table was built or read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from sourcebook.core.csvfiles import LINE
from sourcebook.core.errors import Problem
from sourcebook.core.vocabularies import ordered_dtype

__all__ = ["DerivedColumn", "DerivedTable", "Kind"]

#: What a cell holds: text, a whole number, a number that may be missing, yes or no, yes or no or neither.
Kind = Literal["string", "integer", "number", "boolean", "optional boolean"]

_DTYPES: Mapping[Kind, str] = {
    "string": "str",
    "integer": "int64",
    "number": "float64",
    "boolean": "bool",
    "optional boolean": "boolean",
}
_EXPECTED: Mapping[Kind, str] = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number, or an empty cell",
    "boolean": "yes or no",
    "optional boolean": "yes, no or an empty cell",
}


@dataclass(frozen=True, kw_only=True)
class DerivedColumn:
    """A column of a derived table.

    Attributes
    ----------
    kind : str
        What its cells hold.
    description : str
        What it means, in a sentence.
    unit : str
        Unit of a number, if it has one.
    link : str
        ``table.column`` that its values are in, if it refers to one.
    terms : tuple of str
        The terms that it takes, if the list is closed.
    ordered : bool
        Whether the terms have an order, in which they are given: the column is an ordered categorical.
    separator : str
        The sign between the parts of a cell that is a list.
    """

    kind: Kind
    description: str
    unit: str = ""
    link: str = ""
    terms: tuple[str, ...] = ()
    ordered: bool = False
    separator: str = ""

    def __post_init__(self) -> None:
        if self.ordered and not self.terms:
            raise ValueError("ordered: expected terms, found none")

    @property
    def dtype(self) -> Any:
        """The dtype of the column in memory."""
        return ordered_dtype(self.terms) if self.ordered else _DTYPES[self.kind]

    @property
    def expected(self) -> str:
        """What a cell of the file may hold, in words."""
        return f"one of: {', '.join(self.terms)}" if self.terms else _EXPECTED[self.kind]

    def accepts(self, cells: pd.Series) -> pd.Series:
        """Return for each cell of text whether the column can hold it.

        Parameters
        ----------
        cells : pandas.Series
            Text, as a file holds it.

        Returns
        -------
        pandas.Series
            Of bool, with the index of `cells`.

        Examples
        --------
        >>> column = DerivedColumn(kind="boolean", description="Whether it is so.")
        >>> column.accepts(pd.Series(["yes", "No", ""])).tolist()
        [True, False, False]
        """
        if self.kind == "integer":
            return cells.str.fullmatch(r"-?\d+")
        if self.kind == "number":
            return cells.eq("") | pd.to_numeric(cells, errors="coerce").notna()
        if self.kind == "string":
            return cells.isin(self.terms) if self.terms else cells.notna()
        return cells.isin(["yes", "no", ""] if self.kind == "optional boolean" else ["yes", "no"])

    def typed(self, cells: pd.Series) -> pd.Series:
        """Return cells in the column's dtype, from text as a file holds it or from values as they were computed.

        An empty text is a missing number or a missing answer. A number keeps twelve significant digits, which
        every machine computes alike.

        Raises
        ------
        ValueError
            For a cell that the column cannot hold.

        Examples
        --------
        >>> column = DerivedColumn(kind="number", description="A share.")
        >>> column.typed(pd.Series(["0.5", ""])).tolist()
        [0.5, nan]
        >>> DerivedColumn(kind="boolean", description="Whether it is so.").typed(pd.Series(["yes", "no"])).tolist()
        [True, False]
        >>> column = DerivedColumn(kind="string", description="How much.", terms=("little", "much"), ordered=True)
        >>> column.typed(pd.Series(["much", "little"])).max()
        'much'
        """
        if self.kind == "number":
            numbers = pd.to_numeric(cells.replace("", None)).astype("float64")
            return numbers.map(lambda number: float(f"{number:.12g}")).astype("float64")
        if self.kind in ("boolean", "optional boolean"):
            words = cells.astype("object").where(cells.notna(), "").replace({True: "yes", False: "no"})
            self._check(words)
            return words.map({"yes": True, "no": False}).astype("boolean").astype(self.dtype)
        if self.terms:
            self._check(cells)
        return cells.astype(self.dtype)

    def _check(self, cells: pd.Series) -> None:
        """Raise ValueError for the first cell that the column cannot hold."""
        others = cells[~self.accepts(cells)]
        if len(others):
            raise ValueError(f"column {cells.name!r}: expected {self.expected}, found {others.iloc[0]!r}")


@dataclass(frozen=True, kw_only=True)
class DerivedTable:
    """A table that is built from the others.

    Attributes
    ----------
    name : str
        Its name, and that of its file in ``derived``.
    description : str
        What a row is.
    columns : mapping of str to DerivedColumn
        Its columns, in order.
    """

    name: str
    description: str
    columns: Mapping[str, DerivedColumn]

    def problems(self, cells: pd.DataFrame, *, file: str, action: str) -> list[Problem]:
        """Return what is wrong in a file of the table.

        Parameters
        ----------
        cells : pandas.DataFrame
            The text of the file and its lines, as :func:`~sourcebook.core.csvfiles.read_table` returns them.
        file : str
            Path of the file, for the problems.
        action : str
            What to do about them.

        Returns
        -------
        list of Problem
            For each column too many or too few, and each cell that its column cannot hold.
        """
        places = [(1, name, "no such column", "the column") for name in self.columns if name not in cells]
        places += [
            (1, str(name), "an unknown column", "none of that name")
            for name in cells.columns
            if name not in self.columns and name != LINE
        ]
        for name, column in self.columns.items():
            if name in cells:
                others = cells[~column.accepts(cells[name])]
                pairs = zip(others[LINE], others[name], strict=True)
                places += [(int(line), name, repr(cell), column.expected) for line, cell in pairs]
        return [
            Problem(file=file, line=line, column=name, found=found, expected=expected, action=action)
            for line, name, found, expected in places
        ]

    def typed(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return a table with the columns of the schema, in their order and with their dtypes.

        Raises
        ------
        ValueError
            If the table has other columns than the schema, or a cell that its column cannot hold.
        """
        if set(frame.columns) != set(self.columns):
            missing = ", ".join(sorted(set(self.columns) - set(frame.columns))) or "none"
            further = ", ".join(sorted(set(map(str, frame.columns)) - set(self.columns))) or "none"
            raise ValueError(
                f"derived table {self.name!r}: missing columns: {missing}; unknown columns: {further}"
            )
        return pd.DataFrame(
            {name: column.typed(frame[name]) for name, column in self.columns.items()}
        ).reset_index(drop=True)

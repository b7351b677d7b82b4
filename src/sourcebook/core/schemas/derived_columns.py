"""The types of derived tables: what a column holds, and the same types whether a table was built or read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

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
_TRUTH = {"yes": True, "no": False, True: True, False: False, "True": True, "False": False}


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
    separator : str
        The sign between the parts of a cell that is a list.
    """

    kind: Kind
    description: str
    unit: str = ""
    link: str = ""
    terms: tuple[str, ...] = ()
    separator: str = ""

    @property
    def dtype(self) -> Any:
        """The dtype of the column in memory."""
        return _DTYPES[self.kind]

    def typed(self, cells: pd.Series) -> pd.Series:
        """Return cells in the column's dtype, from text as a file holds it or from values as they were computed.

        An empty text is a missing number or a missing answer. A number keeps twelve significant digits, which
        every machine computes alike.

        Examples
        --------
        >>> column = DerivedColumn(kind="number", description="A share.")
        >>> column.typed(pd.Series(["0.5", ""])).tolist()
        [0.5, nan]
        >>> DerivedColumn(kind="boolean", description="Whether it is so.").typed(pd.Series(["yes", "no"])).tolist()
        [True, False]
        """
        if self.kind == "number":
            numbers = pd.to_numeric(cells.replace("", None)).astype("float64")
            return numbers.map(lambda number: float(f"{number:.12g}")).astype("float64")
        if self.kind in ("boolean", "optional boolean"):
            return pd.Series(
                [_TRUTH.get(cell) if not pd.isna(cell) else None for cell in cells],
                index=cells.index,
                dtype=self.dtype,
                name=cells.name,
            )
        return cells.astype(self.dtype)


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

    def typed(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return a table with the columns of the schema, in their order and with their dtypes.

        Raises
        ------
        ValueError
            If the table has other columns than the schema.
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

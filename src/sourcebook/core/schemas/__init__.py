"""The one definition of every coded and reference table: columns, meaning, units, terms, links.

Validation, the data dictionary, the Data Package, the account of coded sentences and the named numbers are all
derived from :data:`TABLES`. Each schema is a pandera ``DataFrameSchema``; a column's ``metadata`` carries
what pandera has no word for:

``empty``
    whether the cell may be empty
``one_of``
    the terms that the column takes
``term``
    name of a codebook vocabulary whose terms the column takes
``link``
    ``table.column`` that the value must exist in
``separator``
    the cell is a list, joined by this string
``optional``
    a table may lack the column, and then counts as having it empty
``unit``
    unit of a number
``grammar``
    ``edtf``, ``quantity`` or ``pinpoint``: the grammar that a value must follow

:data:`PASS` is the schema that all files of coding passes share; :data:`DERIVED` holds the
schemas of the tables that are built from the others.
"""

from __future__ import annotations

from collections.abc import Mapping

from sourcebook.core.schemas import coded, raw, reference
from sourcebook.core.schemas.coding_pass import PASS
from sourcebook.core.schemas.columns import ANCHOR_COLUMNS, Table
from sourcebook.core.schemas.derived import DERIVED
from sourcebook.core.schemas.derived_columns import DerivedColumn, DerivedTable

__all__ = ["ANCHOR_COLUMNS", "DERIVED", "PASS", "TABLES", "DerivedColumn", "DerivedTable", "Table"]

#: Every coded, registered and reference table by name, in the order of the data dictionary.
TABLES: Mapping[str, Table] = {
    found.name: found for module in (raw, coded, reference) for found in module.TABLES
}

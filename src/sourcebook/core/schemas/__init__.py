"""The one definition of every coded and reference table: columns, meaning, units, terms, links.

Validation, the data dictionary, the Data Package, the coding passes, the account of coded sentences, the marks on
the pages of sources and the named numbers are all derived from it. :data:`TABLES` holds the tables that every data
folder can have; :func:`read_schemas` adds those that a folder declares in ``coded/tables.toml``. Each schema is a
pandera ``DataFrameSchema``; a column's ``metadata`` carries what pandera has no word for:

``empty``
    whether the cell may be empty; a table may lack such a column, and then counts as having it empty
``type``
    ``integer``, ``number`` or ``boolean`` (yes or no), where the text means one
``one_of``
    the terms that the column takes, each with its definition
``term``
    name of a codebook vocabulary whose terms the column takes
``link``
    ``table.column`` that the value must exist in
``separator``
    the cell is a list, joined by this string
``literal``
    the cell holds words of a source, whatever characters they have
``unit``
    unit of a number
``grammar``
    ``edtf``, ``quantity``, ``pinpoint`` or ``language``: the grammar that a value must follow
``cites``
    the cell lists keys of the bibliography

:data:`PASS` is the schema that all files of coding passes share, :data:`PROPOSAL` what a proposed row has besides its
table; :data:`DERIVED` holds the
schemas of the tables that are built from the others.
"""

from __future__ import annotations

from sourcebook.core.schemas.coding_pass import ANSWER_VARIABLES, PASS, RECORD
from sourcebook.core.schemas.columns import ANCHOR_COLUMNS, Category, Table, Variable
from sourcebook.core.schemas.declared import DECLARATIONS, read_schemas
from sourcebook.core.schemas.derived import DERIVED
from sourcebook.core.schemas.derived_columns import DerivedColumn, DerivedTable
from sourcebook.core.schemas.proposals import PROPOSAL
from sourcebook.core.schemas.registry import TABLES, Schemas

__all__ = [
    "ANCHOR_COLUMNS",
    "ANSWER_VARIABLES",
    "DECLARATIONS",
    "DERIVED",
    "PASS",
    "PROPOSAL",
    "RECORD",
    "TABLES",
    "Category",
    "DerivedColumn",
    "DerivedTable",
    "Schemas",
    "Table",
    "Variable",
    "read_schemas",
]

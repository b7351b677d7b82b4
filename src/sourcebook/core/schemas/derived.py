"""Every derived table: what a row is, and the type and meaning of every column.

The types of tables in memory, the data dictionary and the Data Package follow from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sourcebook.core.schemas import derived_claims, derived_findings
from sourcebook.core.schemas.derived_columns import DerivedTable

__all__ = ["DERIVED"]

#: By name: the tables of ``derived``, in the order in which they are made known.
DERIVED: Mapping[str, DerivedTable] = MappingProxyType(
    {table.name: table for module in (derived_claims, derived_findings) for table in module.TABLES}
)

"""The coded tables: read them, check every cell of them at once, and read their values as intervals."""

from sourcebook.claims.checking import check_tables, validate
from sourcebook.claims.coverage import CONTENT_TABLES, coverage
from sourcebook.claims.intervals import read_claims, with_intervals
from sourcebook.claims.reading import read_tables, try_tables

__all__ = [
    "CONTENT_TABLES",
    "check_tables",
    "coverage",
    "read_claims",
    "read_tables",
    "try_tables",
    "validate",
    "with_intervals",
]

"""The coded tables: read them, check every cell of them at once, and read their values as intervals."""

from sourcebook.coding.checks import check_tables, validate
from sourcebook.coding.claim_intervals import interval_bounds, read_claims, with_intervals
from sourcebook.coding.coded_tables import read_tables, try_tables
from sourcebook.coding.coverage import coverage, coverage_counts

__all__ = [
    "check_tables",
    "coverage",
    "coverage_counts",
    "interval_bounds",
    "read_claims",
    "read_tables",
    "try_tables",
    "validate",
    "with_intervals",
]

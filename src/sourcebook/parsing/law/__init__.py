"""Legal instruments: the authority table, pinpoints, and citations in a text.

A *pinpoint* names a place inside an instrument (``art. 13(2)``, ``princ. 10``, ``rule 132``).
"""

from sourcebook.parsing.law.authority import read_instruments
from sourcebook.parsing.law.instrument_finder import find_instruments, instrument_spans, pinpoint_spans
from sourcebook.parsing.law.pinpoints import Pinpoint, contains, parse_pinpoint

__all__ = [
    "Pinpoint",
    "contains",
    "find_instruments",
    "instrument_spans",
    "parse_pinpoint",
    "pinpoint_spans",
    "read_instruments",
]

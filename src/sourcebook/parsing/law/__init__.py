"""Legal instruments: the authority table, pinpoints, citations in a text, and what provisions contain.

A *pinpoint* names a place inside an instrument (``art. 13(2)``, ``princ. 10``, ``rule 132``). An *element* is
one thing that a provision contains, as a code of the table of elements.
"""

from sourcebook.parsing.law.authority import read_instruments
from sourcebook.parsing.law.elements import compare_elements, elements_by_provision
from sourcebook.parsing.law.instrument_finder import find_instruments, instrument_spans, pinpoint_spans
from sourcebook.parsing.law.pinpoints import Pinpoint, contains, parse_pinpoint

__all__ = [
    "Pinpoint",
    "compare_elements",
    "contains",
    "elements_by_provision",
    "find_instruments",
    "instrument_spans",
    "parse_pinpoint",
    "pinpoint_spans",
    "read_instruments",
]

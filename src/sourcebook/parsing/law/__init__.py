"""Citations of legal instruments in a text, pinpoints, and the authority that names are looked up in.

A *pinpoint* names a place inside an instrument (``art. 13(2)``, ``princ. 10``, ``rule 132``).
"""

from sourcebook.parsing.law.authority import read_instruments
from sourcebook.parsing.law.citation_finder import (
    FoundCitation,
    find_instruments,
    instrument_spans,
    pinpoint_spans,
    scan_citations,
)
from sourcebook.parsing.law.instruments import Authority, Instrument, library_authority, read_authority
from sourcebook.parsing.law.pinpoints import Pinpoint, contains, parse_pinpoint

__all__ = [
    "Authority",
    "FoundCitation",
    "Instrument",
    "Pinpoint",
    "contains",
    "find_instruments",
    "instrument_spans",
    "library_authority",
    "parse_pinpoint",
    "pinpoint_spans",
    "read_authority",
    "read_instruments",
    "scan_citations",
]

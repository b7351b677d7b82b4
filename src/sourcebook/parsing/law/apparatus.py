"""The apparatus of a citation: volumes of treaty series and symbols of documents beside the name of an instrument."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sourcebook.parsing.law.instruments import Instrument
from sourcebook.parsing.law.mentions import Mention

__all__ = ["read_apparatus"]

_SERIES = ("treaty-series", "european-treaty-series")
_DOCUMENTS = ("un-document", "general-assembly-symbol")
_RESOLUTIONS = ("general-assembly-resolution",)
_MOST = 240  # characters between a name and what belongs to it
_MONTH = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?"
)
#: What may be said between the name of an instrument and where it is printed.
_BETWEEN = re.compile(
    rf"(?:[\s,()\[\]:–—§¶-]|\d+(?:st|nd|rd|th|[a-z])?(?!\w)|[IVXLC]+(?!\w)|(?:{_MONTH})(?!\w)\.?|[a-z](?=\))"
    r"|(?:U\.?N\.?|GAOR|Docs?|Supp|Nos?|no|[Aa]rts?|[Aa]rticles?|[Pp]aras?|[Aa]nnex|at|of|on|in|to|and|the|by|as|amended|adopted|opened"
    r"|for|signature|ratification|accession|entered|entry|into|force|done|signed|concluded|dated|UNTS|vol|p|pp|New\s+York|Geneva|Paris"
    r"|Rome|Vienna|London|The\s+Hague|Strasbourg|Protocol|[Ss]ess|[Rr]es)(?!\w)\.?)*"
)
_DOC = re.compile(r"U\.?N\.?\s+Docs?\.?\s+$")
_PRINTED = re.compile(
    r",?\s*\(?(?:[Aa]nnex|U\.?N\.?\s+GAOR|\d+\s+U\.?N\.?\s?(?:GAOR|T\.?S)|U\.?N\.?\s+Doc|adopted|opened|entered|\d+\s+UNTS)"
)


def read_apparatus(text: str, mentions: Sequence[Mention], instruments: Mapping[str, Instrument]) -> None:
    """Let a volume or a symbol that stands beside the name of an instrument mean that instrument.

    Parameters
    ----------
    text : str
        Any text.
    mentions : sequence of Mention
        In the order of the text.
    instruments : mapping
        By id.
    """
    named: Mention | None = None
    end = 0
    for mention in mentions:
        known = instruments.get(mention.instrument_id)
        if named and not known and end <= mention.start <= end + _MOST and _belongs(text, end, mention):
            mention.instrument_id = named.instrument_id
        elif known and not known.candidates:
            named = mention
        elif mention.pattern not in (*_SERIES, *_DOCUMENTS, *_RESOLUTIONS):
            named = None
        end = mention.end


def _belongs(text: str, end: int, mention: Mention) -> bool:
    """Return whether a mention is where an instrument is printed.

    Parameters
    ----------
    text : str
    end : int
        Of the mention before.
    mention : Mention
    """
    symbol = _DOC.search(text, max(0, mention.start - 12), mention.start) is not None
    if mention.pattern in _RESOLUTIONS:
        if not _PRINTED.match(text, mention.end) or " and " in text[end : mention.start]:
            return False
    elif mention.pattern in _DOCUMENTS:
        if not symbol:
            return False
    elif mention.pattern not in _SERIES:
        return False
    return _BETWEEN.fullmatch(text, end, mention.start) is not None

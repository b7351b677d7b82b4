"""What tells a protocol from others to the same instrument: the words of its subject."""

from __future__ import annotations

import re
from functools import cache

from sourcebook.parsing.law.instruments import Instrument

__all__ = ["first_subject", "further_subject", "subject"]

_SUBJECT = (
    r"\s*,?\s*(?:and\s+)?(?:(?:on|establishing|concerning|regarding|relating\s+to|aiming\s+at|aimed\s+at|against|for|in|to|of|with)\s+)"
    r"(?:(?:the|an?)\s+)?"
)


def subject(protocol: Instrument, text: str, start: int) -> re.Match[str] | None:
    """Return where the subject of a protocol is named from a place on, or None: on the sale of children."""
    found = [match for key in protocol.keys if (match := first_subject(key).match(text, start))]
    return max(found, key=lambda match: match.end(), default=None)


@cache
def first_subject(key: str) -> re.Pattern[str]:
    """Return the pattern of a subject, which matches nothing for a number."""
    return _of_words(_SUBJECT, key)


@cache
def further_subject(key: str) -> re.Pattern[str]:
    """Return the pattern of a subject after another: on trafficking and smuggling."""
    return _of_words(r"\s*,?\s*and\s+(?:the\s+)?", key)


def _of_words(before: str, key: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, key.split()))
    return re.compile(rf"{before}{words}(?!\w)" if key.isascii() and len(key) > 4 else r"(?!)", re.IGNORECASE)

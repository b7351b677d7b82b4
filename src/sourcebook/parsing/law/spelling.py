"""Capitals and small letters of the names of instruments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sourcebook.parsing.law.patterns import Context

__all__ = ["NOUNS", "is_small", "is_spelt"]

#: What instruments are called in general, and what the text may call one that it has named.
NOUNS = (
    *(
        "convention",
        "covenant",
        "charter",
        "statute",
        "declaration",
        "protocol",
        "treaty",
        "agreement",
        "pact",
    ),
    *("principles", "regulation", "directive", "constitution", "act", "accord", "rules", "document"),
)
_SECOND = re.compile(rf"(?:{'|'.join(NOUNS)}|amendment|rule|principle|guideline|compact)s?", re.IGNORECASE)
_UNMISTAKABLE = 6  # words of a name that means nothing else in small letters
_SMALL_BEFORE = re.compile(r"\b(?:[Tt]he|(?P<un>UN|U\.N\.|\d{4}))\s+$")
_PLACE = re.compile(r"\b[Aa]rticles?\s[\dIVX]|\b(?:[Aa]nnex|[Pp]art)\s[IVX]|\bratif|\bsignator|\bacced")
#: The same beside names that mean little else: our obligations under the refugee convention.
_DUTY = re.compile(
    r"\b(?:obligations?|rights?|protect\w+|duty|duties|status)\s+under|\b[Pp]art(?:y|ies)\s+to|\b(?:breach|violat|interpret|compl(?:y|ian)|incompatib)"
    r"|\brequirements?\s+(?:of|under)|\bcontrary\s+to|\b(?:spirit|letter|terms|drafters)\s+of|\b(?:sign|withdr[ae]w)"
)
_SUBJECTS = frozenset(
    ("refugee", "refugees", "genocide", "torture", "apartheid", "disability", "biodiversity", "cybercrime")
)
_NEAR = 60


def is_small(text: str, start: int, end: int, listed: Sequence[str], context: Context) -> bool:
    """Return whether a short name in small letters is meant, by the words around: article 31 of the refugee convention.

    Parameters
    ----------
    text : str
    start, end : int
        Of the words.
    listed : sequence of str
        Those of the name.
    context : Context
        Of the text.
    """
    if len(listed) != 2 or listed[1] not in ("Convention", "Covenant") or not text[start:end].islower():
        return False
    before = _SMALL_BEFORE.search(text, max(0, start - 8), start)
    if before is None:
        return False
    duty = listed[0].lower() in _SUBJECTS and context.near(_DUTY, start, end, _NEAR)
    return duty or bool(before["un"]) or context.near(_PLACE, start, end, _NEAR)


def is_spelt(words: str, listed: Sequence[str]) -> bool:
    """Return whether words have the capitals of a name."""
    found = words.split()
    if words.isupper() or all(a[:1] == b[:1] or b[:1].islower() for a, b in zip(found, listed, strict=True)):
        return True
    if found[0][:1] != listed[0][:1]:
        return False
    return len(listed) >= _UNMISTAKABLE or (len(listed) == 2 and _SECOND.fullmatch(listed[1]) is not None)

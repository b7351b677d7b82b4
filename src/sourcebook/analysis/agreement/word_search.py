"""Search every source for declared words, and record what was searched and what occurs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from itertools import accumulate

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.sources.documents import Document
from sourcebook.text.words import PLAIN_WORD, fold_spelling

__all__ = ["search_evidence"]

#: Separates two texts: no space and no part of a word, so that no phrase reaches across.
_BETWEEN = "\0"


def _phrase_pattern(phrase: str) -> re.Pattern[str]:
    """Return the pattern of a phrase: from the start of a word on, a number only as a whole.

    A stem finds what begins with it, so ``genocid`` finds "genocide", and ``rome`` does not find "Jerome".
    """
    words = [re.escape(word) for word in fold_spelling(phrase).split()]
    before = r"(?<!\w)(?<!\d[.,])" if phrase[0].isdigit() else r"(?<!\w)" if phrase[0].isalnum() else ""
    after = r"(?!\d)(?![.,]\d)" if phrase[-1].isdigit() else ""
    return re.compile(before + r"\s+".join(words) + after)


class _Texts:
    """All texts end to end, with the places of every word."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        folded = [fold_spelling(text) for text in texts.values()]
        self.whole = _BETWEEN.join(folded)
        self.starts = np.array(
            list(accumulate((len(text) + 1 for text in folded), initial=0))[:-1], dtype="int64"
        )
        places: dict[str, list[int]] = {}
        for match in PLAIN_WORD.finditer(self.whole):
            places.setdefault(match.group(), []).append(match.start())
        self.places = places
        self.words = sorted(places)

    def hits(self, phrase: str) -> npt.NDArray[np.int64]:
        """Count the occurrences of a phrase in each text."""
        pattern = _phrase_pattern(phrase)
        head = PLAIN_WORD.match(fold_spelling(phrase))
        if head is None or not phrase[0].isalnum():
            found = [match.start() for match in pattern.finditer(self.whole)]
        else:
            found = self._from_words(head.group(), pattern)
        text = np.searchsorted(self.starts, found, side="right") - 1
        return np.bincount(text, minlength=len(self.starts))

    def _from_words(self, head: str, pattern: re.Pattern[str]) -> list[int]:
        """Try the pattern where a word begins with `head`; matches do not overlap."""
        at = bisect_left(self.words, head)
        candidates: list[int] = []
        while at < len(self.words) and self.words[at].startswith(head):
            candidates += self.places[self.words[at]]
            at += 1
        found, free = [], 0
        for place in sorted(candidates):
            match = pattern.match(self.whole, place) if place >= free else None
            if match:
                found.append(place)
                free = match.end()
        return found


def search_evidence(propositions: pd.DataFrame, documents: Mapping[str, Document]) -> pd.DataFrame:
    """Find the declared words of each proposition in each source.

    Parameters
    ----------
    propositions : DataFrame
        ``proposition_id, search``: phrases joined by ``;``, matched at the start of a word, in any case,
        across line ends, whether letters with accents are composed or not, and with either kind of quotation marks
        and of hyphens and dashes between words. A phrase may be a stem; a number is matched only as a whole.
    documents : mapping of str to Document
        By source id.

    Returns
    -------
    DataFrame
        ``proposition_id, source_id, searched`` (str), ``hits`` (int), ``found`` (str): the phrases that were looked
        for, how often they occur in the normalised text together, and which of them do.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> document = SimpleNamespace(normal=SimpleNamespace(text="The old bridge fell. Two bridges stood."))
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "search": ["bridge;ferry"]})
    >>> search_evidence(asked, {"a": document})[["searched", "hits", "found"]].values.tolist()
    [['bridge; ferry', 2, 'bridge']]
    """
    texts = _Texts({source: document.normal.text for source, document in documents.items()})
    width, size = len(documents), len(propositions)
    hits = np.zeros((size, width), dtype="int64")
    found = np.full((size, width), "", dtype=object)
    searched = []
    known: dict[str, npt.NDArray[np.int64]] = {}
    for row, search in enumerate(propositions["search"]):
        phrases = list(dict.fromkeys(p.strip() for p in search.split(";") if p.strip()))
        searched.append("; ".join(phrases))
        for phrase in phrases:
            if phrase not in known:
                known[phrase] = texts.hits(phrase) if width else np.zeros(0, dtype="int64")
            hits[row] += known[phrase]
            for column in np.flatnonzero(known[phrase]):
                found[row, column] += f"; {phrase}" if found[row, column] else phrase
    return pd.DataFrame(
        {
            "proposition_id": np.repeat(propositions["proposition_id"].to_numpy(dtype=object), width),
            "source_id": np.tile(np.array(list(documents), dtype=object), size),
            "searched": np.repeat(np.array(searched, dtype=object), width),
            "hits": hits.ravel(),
            "found": found.ravel(),
        }
    ).astype(dict.fromkeys(("proposition_id", "source_id", "searched", "found"), "str"))

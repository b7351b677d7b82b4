"""Search every source for declared words, and record what was searched and what occurs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.core.frames import needs
from sourcebook.sources.documents import Document
from sourcebook.text.normalise import LEFT_OUT, NormalText
from sourcebook.text.phrases import PhraseIndex

__all__ = ["search_evidence"]


def _body(normal: Any) -> str:
    """Return the raw text of a source, whose line ends show where words are broken, blank where it is left out.

    What has a text only is searched in that.
    """
    if not isinstance(normal, NormalText):
        return str(normal.text)
    body: list[str] = []
    at = 0
    for zone in normal.zones:
        if zone.kind in LEFT_OUT:
            body += (normal.raw[at : zone.start], "\n" * (zone.end - zone.start))
            at = zone.end
    return "".join([*body, normal.raw[at:]])


@needs(
    propositions="proposition_id search",
)
def search_evidence(propositions: pd.DataFrame, documents: Mapping[str, Document]) -> pd.DataFrame:
    """Find the declared words of each proposition in each source.

    Parameters
    ----------
    propositions : DataFrame
        ``proposition_id, search``: phrases joined by ``;``, each matched as ``sourcebook.text.phrases`` says: at
        the start of a word, in any case, across line ends, however its letters, hyphens and digits are written.
        A phrase may be a stem; a number is matched only as a whole.
    documents : mapping of str to sourcebook.sources.documents.Document
        By source id.

    Returns
    -------
    DataFrame
        ``proposition_id, source_id, searched`` (str), ``hits`` (int), ``found`` (str): the phrases that were looked
        for, how often they occur together, letterhead and furniture aside, and which of them do.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> document = SimpleNamespace(normal=SimpleNamespace(text="The old bridge fell. Two bridges stood."))
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "search": ["bridge;ferry"]})
    >>> search_evidence(asked, {"a": document})[["searched", "hits", "found"]].values.tolist()
    [['bridge; ferry', 2, 'bridge']]
    """
    texts = PhraseIndex(_body(document.normal) for document in documents.values())
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
                known[phrase] = texts.count(phrase)
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

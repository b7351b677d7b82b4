"""Passages that two sources share, side by side, with the words that differ marked."""

from __future__ import annotations

import difflib
from typing import Any

import pandas as pd

from sourcebook.render.claim_index import records
from sourcebook.text.words import word_key

__all__ = ["compare_words", "parallel_passages"]


def parallel_passages(passages: pd.DataFrame, source_id: str) -> list[dict[str, Any]]:
    """Return the passages that a source shares with others, as seen from it.

    Parameters
    ----------
    passages : DataFrame
        The derived table ``shared_passages``.
    source_id : str
        The source.

    Returns
    -------
    list of dict
        ``row_id`` (its ``passage_id``, the same on both pages), ``category`` (``shared``), ``start, end`` (raw
        offsets), ``other`` (source), ``quotes`` (here, there), ``words, kind``; in the order of the table.
    """
    own = (passages["source_a"] == source_id) | (passages["source_b"] == source_id)
    return [
        {
            "row_id": row["passage_id"],
            "category": "shared",
            "start": row[f"start_{here}"],
            "end": row[f"end_{here}"],
            "other": row[f"source_{there}"],
            "quotes": (row[f"quote_{here}"], row[f"quote_{there}"]),
            "words": row["words"],
            "kind": row["kind"],
        }
        for row in records(passages[own])
        for here, there in (("a", "b"), ("b", "a"))
        if row[f"source_{here}"] == source_id
    ]


def _key(word: str) -> str:
    return word_key(word) or word


def compare_words(own: str, other: str) -> list[tuple[bool, str, str]]:
    """Return two texts in runs of words that they have in common, or have not.

    Parameters
    ----------
    own, other : str
        Compared word by word, without regard to case and punctuation.

    Returns
    -------
    list of tuple
        Whether the run is equal, and its words in either text; empty where one of them has none there.

    Examples
    --------
    >>> compare_words("The old bridge fell.", "The bridge fell")
    [(True, 'The', 'The'), (False, 'old', ''), (True, 'bridge fell.', 'bridge fell')]
    """
    words = own.split(), other.split()
    keys = [[_key(word) for word in side] for side in words]
    codes = difflib.SequenceMatcher(a=keys[0], b=keys[1], autojunk=False).get_opcodes()
    return [(tag == "equal", " ".join(words[0][a:b]), " ".join(words[1][c:d])) for tag, a, b, c, d in codes]

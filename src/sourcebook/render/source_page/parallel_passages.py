"""Passages that two sources share, side by side, with the words that differ marked."""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pandas as pd

from sourcebook.render.source_page.codings import records
from sourcebook.sources.documents import Document

__all__ = ["compared", "side_by_side", "twins"]


def twins(passages: pd.DataFrame, document: Document) -> list[dict[str, Any]]:
    """Return the passages that a source shares with others, as seen from it.

    Parameters
    ----------
    passages : DataFrame
        The derived table ``shared_passages``.
    document : Document
        The source.

    Returns
    -------
    list of dict
        ``row_id`` (its ``passage_id``, the same on both pages), ``at, to`` (place in the normalised text),
        ``other`` (source), ``own_quote, other_quote, words, kind``; in the order of the table.
    """
    found = []
    for row in records(passages):
        for own, other in (("a", "b"), ("b", "a")):
            if row[f"source_{own}"] == document.source_id:
                at, to = document.normal.to_text(int(row[f"start_{own}"]), int(row[f"end_{own}"]))
                found.append(
                    {
                        "row_id": row["passage_id"],
                        "at": at,
                        "to": to,
                        "other": row[f"source_{other}"],
                        "own_quote": row[f"quote_{own}"],
                        "other_quote": row[f"quote_{other}"],
                        "words": int(row["words"]),
                        "kind": row["kind"],
                    }
                )
    return found


def _key(word: str) -> str:
    return re.sub(r"[\W_]+", "", word).casefold() or word


def _runs(own: str, other: str) -> Iterator[tuple[bool, str, str]]:
    """Cut two texts into runs of words, saying whether the two have each run in common."""
    words = own.split(), other.split()
    keys = [[_key(word) for word in side] for side in words]
    for tag, a, b, c, d in difflib.SequenceMatcher(a=keys[0], b=keys[1], autojunk=False).get_opcodes():
        yield tag == "equal", " ".join(words[0][a:b]), " ".join(words[1][c:d])


def compared(own: str, other: str) -> tuple[str, str]:
    """Return two texts as markup, with the runs of words marked that the other does not have there.

    Parameters
    ----------
    own, other : str
        Compared word by word, without regard to case and punctuation.

    Examples
    --------
    >>> compared("The old bridge fell.", "The bridge fell")
    ('The <em class="sb-apart">old</em> bridge fell.', 'The bridge fell')
    """
    sides: tuple[list[str], list[str]] = ([], [])
    for equal, *run in _runs(own, other):
        for side, words in zip(sides, run, strict=True):
            if words:
                text = html.escape(words)
                side.append(text if equal else f'<em class="sb-apart">{text}</em>')
    return " ".join(sides[0]), " ".join(sides[1])


def _told(own: str, other: str) -> str:
    """Say in words where two texts differ, for those who do not see the marks."""
    said = [
        " — ".join(f"<q>{html.escape(words)}</q>" if words else "nothing" for words in run)
        for equal, *run in _runs(own, other)
        if not equal
    ]
    return f"Here, and there: {'; '.join(said)}." if said else "Word for word the same."


def side_by_side(
    passages: Sequence[dict[str, Any]], source_id: str, address: Callable[[str, str], str]
) -> str:
    """Return the comparisons of shared passages, each in a fold with links to both places.

    Parameters
    ----------
    passages : sequence of dict
        As :func:`twins` returns them.
    source_id : str
        The source whose page this is.
    address : callable
        From a source and the id of a shared passage to its place on the page of that source.
    """
    parts = []
    for row in passages:
        own, other = compared(row["own_quote"], row["other_quote"])
        name, away = html.escape(row["other"]), html.escape(address(row["other"], row["row_id"]))
        head = f"{row['words']} words shared with {name}, {html.escape(row['kind'])}"
        parts.append(
            f'<details class="sb-twin" id="with-{row["row_id"]}"><summary>{head}</summary><div class="sb-sides">'
            f'<blockquote dir="auto"><a href="#{row["row_id"]}">{html.escape(source_id)}</a> {own}</blockquote>'
            f'<blockquote dir="auto"><a href="{away}">{name}</a> {other}</blockquote></div>'
            f'<p dir="auto">{_told(row["own_quote"], row["other_quote"])}</p></details>'
        )
    return "".join(parts)

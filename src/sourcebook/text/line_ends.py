"""Give quotes the line ends of their source again, whatever the program that saved the table made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from sourcebook.text.quotes import Source

__all__ = ["restore_line_ends", "with_line_ends"]


def with_line_ends(words: str) -> Iterator[str]:
    r"""Yield words as they are, and with each kind of line ends where they have any.

    Examples
    --------
    >>> list(with_line_ends("a\nb"))
    ['a\nb', 'a\r\nb', 'a\rb']
    """
    yield words
    if "\n" in words or "\r" in words:
        for ends in ("\r\n", "\n", "\r"):
            if (other := re.sub(r"\r\n|\r|\n", ends, words)) != words:
                yield other


def restore_line_ends(frame: pd.DataFrame, documents: Mapping[str, Source]) -> pd.DataFrame:
    r"""Return a table whose quotes have the line ends of their sources, where that alone is the difference.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``source_id``, ``exact``, ``prefix``, ``suffix``, ``start``, ``end``, all text.
    documents : mapping of str to Source
        The documents by source id.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from sourcebook.text.normalise import normalise
    >>> documents = {"a": SimpleNamespace(source_id="a", normal=normalise("x\ny"))}
    >>> table = pd.DataFrame([("a", "x\r\ny", "", "", "0", "3")])
    >>> table.columns = ["source_id", "exact", "prefix", "suffix", "start", "end"]
    >>> restore_line_ends(table, documents)["exact"].item()
    'x\ny'
    """
    broken = frame[["exact", "prefix", "suffix"]].apply(lambda cells: cells.str.contains(r"[\r\n]"))
    rows = frame.index[broken.any(axis=1) & frame["source_id"].isin(list(documents))]
    cells = {
        name: frame[name].astype("str").tolist() for name in ("exact", "prefix", "suffix", "start", "end")
    }
    sources = frame["source_id"].tolist()
    for at in frame.index.get_indexer(rows):
        start, end = cells["start"][at], cells["end"][at]
        if re.fullmatch("[0-9]{1,12}", start) and re.fullmatch("[0-9]{1,12}", end):
            raw = documents[sources[at]].normal.raw
            for name in ("exact", "prefix", "suffix"):
                words = cells[name][at]
                cells[name][at] = next(
                    (w for w in with_line_ends(words) if _fits(name, w, raw, int(start), int(end))), words
                )
    return frame.assign(
        **{
            name: pd.Series(cells[name], index=frame.index, dtype="str")
            for name in ("exact", "prefix", "suffix")
        }
    )


def _fits(name: str, words: str, raw: str, start: int, end: int) -> bool:
    """Return whether words are those of a part of an anchor."""
    if name == "exact":
        return raw[start:end] == words
    return raw.endswith(words, 0, start) if name == "prefix" else raw.startswith(words, end)

"""Where the pages of an original are in a text that was changed on purpose."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from sourcebook.coding.reanchoring import relocate_pages
from sourcebook.core.csvfiles import LINE, read_table, write_table
from sourcebook.sources.ingest import Extraction, UnreadableError, read_file
from sourcebook.sources.registry import PAGES
from sourcebook.text.normalise import normalise

__all__ = ["Changed", "place_pages"]


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A file that is registered anew.

    Attributes
    ----------
    source_id : str
        Its source.
    file : str
        Its name within ``raw``.
    before, now : str
        Its SHA-256.
    has_pages : bool or None
        Whether the map of its pages was made for it anew; None where it has none.
    """

    source_id: str
    file: str
    before: str
    now: str
    has_pages: bool | None = None


def place_pages(raw: Path, registry: pd.DataFrame, changed: Sequence[Changed]) -> list[Changed]:
    """Write the places of the pages in changed texts, as far as the file as it was received shows them.

    Parameters
    ----------
    raw : Path
        The folder of the raw files, with the changed texts.
    registry : pandas.DataFrame
        Its sources.
    changed : sequence of Changed
        The files whose hash is another one now.

    Returns
    -------
    list of Changed
        The same, each text with whether its pages were placed.
    """
    if not (raw / PAGES).is_file():
        return list(changed)
    pages = read_table(raw / PAGES)
    rows = {str(row["source_id"]): row for row in registry.to_dict("records")}
    done = []
    for each in changed:
        own = pages.index[pages["source_id"] == each.source_id]
        row = rows[each.source_id]
        if each.file != row["file"] or not len(own):
            done.append(each)
            continue
        places = _places(raw, row, each, pages.loc[own, ["start", "end"]])
        if len(places) == len(own):
            pages.loc[own, ["start", "end"]] = [[str(start), str(end)] for start, end in places]
        done.append(replace(each, has_pages=len(places) == len(own)))
    if any(each.has_pages for each in done):
        write_table(pages.drop(columns=LINE), raw / PAGES)
    return done


def _places(raw: Path, row: Mapping[Any, str], each: Changed, old: pd.DataFrame) -> list[tuple[int, int]]:
    """Return where the pages of a text are now; nothing where the words that they had are not known."""
    for read in _read_again(raw / row["original"] if row.get("original") else None):
        hashed = hashlib.sha256(read.text.encode()).hexdigest()
        if hashed == each.now:
            return list(read.pages)
        if hashed == each.before:
            now = normalise((raw / each.file).read_bytes().decode("utf-8", "replace"))
            found = relocate_pages(old.astype("int64"), normalise(read.text), now)
            return [(place.start, place.end) for place in found if place.status != "lost"]
    return []


def _read_again(path: Path | None) -> list[Extraction]:
    try:
        return read_file(path) if path and path.is_file() else []
    except (UnreadableError, ImportError):
        return []

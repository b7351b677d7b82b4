"""Account for every sentence: coded, or listed with a reason why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.coding.coded_tables import problem_in, records
from sourcebook.core.about import ABOUT
from sourcebook.core.errors import Problem
from sourcebook.core.schemas import TABLES, Schemas

__all__ = ["NOT_ASKED", "coverage", "coverage_counts", "coverage_problems"]

_SHOWN = 80
#: What a place in a text can be; whatever else stands in its cell is told by the check of the table.
_NUMBER = "[0-9]{1,18}"
#: So many sentences of one source are told one by one.
_EACH = 5
#: The reason of a sentence without a coding, where a folder does not list them all.
NOT_ASKED = "not-on-my-questions"


def coverage(
    frames: Mapping[str, pd.DataFrame], sentences: pd.DataFrame, schemas: Schemas, *, exhaustive: bool = False
) -> pd.DataFrame:
    """Account for every sentence.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        The coded tables. A row without a place counts for the sentence that it names.
    sentences : DataFrame
        As :func:`sourcebook.sources.documents.sentence_table` returns it.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have. A table says by ``coverage``
        whether its rows count.
    exhaustive : bool
        Whether the folder lists every sentence without a coding. Otherwise one that is not listed counts as
        ``not-on-my-questions``, unless the coding of its source is declared unfinished.

    Returns
    -------
    DataFrame
        One row a sentence: ``sentence_id, source_id, kind``, ``codings`` (int64: rows of
        the tables that count whose quote touches it), ``status``: ``coded``, ``uncoded`` (with a reason) or
        ``open`` (neither), and ``reason`` for an uncoded one.
    """
    out = sentences[["sentence_id", "source_id", "kind"]].copy()
    touching = [_touching(frames[table.name], sentences) for table in schemas.codings if table.name in frames]
    out["codings"] = sum(touching, np.zeros(len(out), dtype=np.int64))
    reasons = frames["uncoded"].set_index("sentence_id")["reason"].to_dict()
    reason = pd.Series([reasons.get(s, "") for s in out["sentence_id"]], index=out.index, dtype="str")
    if not exhaustive:
        finished = ~out["source_id"].isin(_unfinished(frames))
        reason = reason.mask((reason == "") & (out["codings"] == 0) & finished, NOT_ASKED)
    out["status"] = np.select([out["codings"] > 0, reason != ""], ["coded", "uncoded"], default="open")
    return out.assign(reason=reason)


def coverage_counts(
    frames: Mapping[str, pd.DataFrame], sentences: pd.DataFrame, schemas: Schemas
) -> pd.DataFrame:
    """Count the rows of each coded table that touch each sentence.

    Parameters
    ----------
    frames, sentences, schemas
        As for :func:`coverage`.

    Returns
    -------
    DataFrame
        ``sentence_id, table, rows`` (int64) for every sentence and table with at least one such row; in the order
        of the sentences, then of the tables.
    """
    counted = [n for n, t in schemas.items() if t.anchored and n != "uncoded" and n in frames]
    columns = {name: _touching(frames[name], sentences) for name in counted}
    rows = [
        (sentence, name, int(columns[name][at]))
        for at, sentence in enumerate(sentences["sentence_id"])
        for name in counted
        if columns[name][at]
    ]
    frame = pd.DataFrame(rows, columns=["sentence_id", "table", "rows"])
    return frame.astype({"sentence_id": "str", "table": "str", "rows": "int64"})


def _touching(frame: pd.DataFrame, sentences: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Count, for each sentence, the quotes that share at least one character with it.

    A quote from a letterhead names no sentence and touches none, even where a page break puts it between
    the words of one.
    """
    counts = np.zeros(len(sentences), dtype=np.int64)
    named = frame[frame["sentence_id"] != ""].reset_index(drop=True)
    starts, ends = named["start"].astype("str"), named["end"].astype("str")
    numbers = starts.str.fullmatch(_NUMBER) & ends.str.fullmatch(_NUMBER)
    places = pd.DataFrame({"source_id": named["source_id"], "start": starts, "end": ends})[numbers]
    places = places.astype({"start": "int64", "end": "int64"}).query("start < end")
    by_name = named["sentence_id"].drop(places.index).value_counts()
    counts += sentences["sentence_id"].map(by_name).fillna(0).to_numpy(dtype=np.int64)
    of_source = {str(source): at for source, at in sentences.groupby("source_id", sort=False).indices.items()}
    for source, quotes in places.groupby("source_id", sort=False):
        if (at := of_source.get(str(source))) is not None:
            counts[at] += _overlaps(quotes, sentences.iloc[at])
    return counts


def _overlaps(quotes: pd.DataFrame, sentences: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Count the quotes over each sentence of a source: those begun before its end less those ended before it."""
    begun = np.searchsorted(np.sort(quotes["start"]), sentences["raw_end"], side="left")
    ended = np.searchsorted(np.sort(quotes["end"]), sentences["raw_start"], side="right")
    return (begun - ended).astype(np.int64)


def _unfinished(frames: Mapping[str, pd.DataFrame]) -> set[str]:
    return set(frames["unfinished"]["source_id"]) if "unfinished" in frames else set()


def coverage_problems(
    frames: Mapping[str, pd.DataFrame], sentences: pd.DataFrame, schemas: Schemas, *, exhaustive: bool = False
) -> Iterator[Problem]:
    """Report sentences that are neither coded nor listed, and those that are both.

    A sentence may be neither where the folder is not exhaustive, or the coding of its source is declared unfinished.
    """
    if not {"uncoded", *(table.name for table in schemas.codings)} <= set(frames):
        return
    cover = coverage(frames, sentences, schemas, exhaustive=exhaustive)
    table = TABLES["uncoded"]
    left = cover[(cover["status"] == "open") & ~cover["source_id"].isin(_unfinished(frames))]
    for source, part in left.groupby("source_id", sort=False):
        told = len(part) if len(part) <= _EACH else 1
        more = f", and {len(part) - 1} more of {source}" if told < len(part) else ""
        for name, text in zip(part["sentence_id"][:told], sentences["text"][part.index[:told]], strict=True):
            found = f"{name} in no table: {text[:_SHOWN]!r}{more}"
            expected = (
                f"each sentence coded, or listed here with a reason, since {ABOUT} says exhaustive = true"
            )
            action = "code it, add a row, list the source in coded/unfinished.csv while you code, or remove exhaustive"
            yield problem_in(table, 0, "sentence_id", found, expected, action)
    coded = set(cover.loc[cover["status"] == "coded", "sentence_id"])
    for line, row in records(frames["uncoded"]):
        if row["sentence_id"] in coded:
            found = f"{row['sentence_id']}, which other tables code"
            expected = "only sentences that carry no coding"
            yield problem_in(table, line, "sentence_id", found, expected, "remove the row")

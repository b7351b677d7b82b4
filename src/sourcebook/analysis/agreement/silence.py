"""Silence as evidence: of which type it is that a source gives no answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from sourcebook.core.frames import needs
from sourcebook.parsing.dates import format_date, parse_edtf

__all__ = ["silences", "unfinished_sources"]

_UNFINISHED = "the source has sentences that are not accounted for"


@needs(
    coverage="source_id status",
    declared="source_id reason",
)
def unfinished_sources(coverage: pd.DataFrame, declared: pd.DataFrame) -> dict[str, str]:
    """Return the sources whose coding is not finished, each with the reason.

    Parameters
    ----------
    coverage : DataFrame
        ``source_id, status``, as :func:`sourcebook.coding.coverage` returns it.
    declared : DataFrame
        The table ``unfinished``: ``source_id, reason``.

    Returns
    -------
    dict of str to str

    Examples
    --------
    >>> coverage = pd.DataFrame({"source_id": ["a", "b"], "status": ["coded", "open"]})
    >>> unfinished_sources(coverage, pd.DataFrame({"source_id": ["c"], "reason": ["only the first part was read"]}))
    {'b': 'the source has sentences that are not accounted for', 'c': 'only the first part was read'}
    """
    still_open = coverage.loc[coverage["status"] == "open", "source_id"]
    reasons = dict.fromkeys(still_open, _UNFINISHED)
    return reasons | dict(zip(declared["source_id"], declared["reason"], strict=True))


@needs(
    claims="source_id proposition_id",
    propositions="proposition_id topic event_id",
    sources="source_id not_after",
    scopes="source_id topic reason",
    evidence="proposition_id source_id searched hits found",
)
def silences(
    claims: pd.DataFrame,
    propositions: pd.DataFrame,
    sources: pd.DataFrame,
    scopes: pd.DataFrame,
    event_starts: Mapping[str, str],
    evidence: pd.DataFrame,
    open_sources: Collection[str] | Mapping[str, str] = (),
) -> pd.DataFrame:
    """Return the type of each silence.

    Parameters
    ----------
    claims : DataFrame
        ``proposition_id, source_id``.
    propositions : DataFrame
        ``proposition_id, topic, event_id``.
    sources : DataFrame
        ``source_id, not_after``.
    scopes : DataFrame
        ``source_id, topic, reason``: topics that a source does not set out to treat.
    event_starts : mapping of str to str
        EDTF date from which an event can be spoken of as past or planned in detail, by event id.
    evidence : DataFrame
        As :func:`search_evidence` returns it: one row for each proposition and source.
    open_sources : collection of str, or mapping of str to str
        Sources whose coding is not finished; as a mapping, each with the reason.

    Returns
    -------
    DataFrame
        One row for each proposition and source without a claim, all columns str: ``proposition_id, source_id, silence``
        (a term of :data:`sourcebook.core.vocabularies.SILENCES`), ``searched, found, reason``. The types are tried in
        this order: not coded, before the event, out of scope, mentioned, searched and absent. What was
        looked for and found is in every row, whatever its type. Where no words are declared, nothing
        was looked for, and the silence counts as not coded.

    Examples
    --------
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "topic": "bridge", "event_id": ""})
    >>> evidence = pd.DataFrame({"proposition_id": "p", "source_id": ["a", "b"], "searched": "bridge", "hits": [0, 2],
    ...     "found": ["", "bridge"]})
    >>> nothing = pd.DataFrame({"proposition_id": [], "source_id": [], "topic": [], "reason": []})
    >>> sources = pd.DataFrame({"source_id": ["a", "b"], "not_after": ""})
    >>> silences(nothing, asked, sources, nothing, {}, evidence)[["source_id", "silence"]].values.tolist()
    [['a', 'searched-absent'], ['b', 'mentioned']]
    """
    key = ["proposition_id", "source_id"]
    answered = pd.MultiIndex.from_frame(evidence[key]).isin(pd.MultiIndex.from_frame(claims[key]))
    rows = evidence[~answered].reset_index(drop=True)
    rows = rows.join(propositions.set_index("proposition_id")[["topic", "event_id"]], on="proposition_id")
    rows = rows.join(sources.set_index("source_id")["not_after"], on="source_id")
    excluded = scopes.drop_duplicates(["source_id", "topic"], keep="last").set_index(["source_id", "topic"])
    unfinished = (
        open_sources if isinstance(open_sources, Mapping) else dict.fromkeys(open_sources, _UNFINISHED)
    )
    occurs = "occurs: " + rows["found"]
    stated = rows["source_id"].map(dict(unfinished)).astype("str")  # missing where a source is finished
    reasons = {
        "not-coded": stated.where(rows["hits"] == 0, stated.str.rstrip(".") + "; " + occurs.astype(object)),
        "before-event": _reasons_before(rows, event_starts),
        "out-of-scope": rows.join(excluded["reason"].astype("str"), on=["source_id", "topic"])["reason"],
        "mentioned": occurs.where(rows["hits"] > 0),
        "searched-absent": ("looked for: " + rows["searched"]).where(rows["searched"] != ""),
    }
    cells = [reason.astype(object).fillna("").astype("str") for reason in reasons.values()]
    applies = [reason != "" for reason in cells]
    silence = np.select(applies, list(reasons), "not-coded")
    reason = np.select(applies, cells, "no words are declared to look for")
    out = rows[key].assign(silence=silence, searched=rows["searched"], found=rows["found"], reason=reason)
    return out.astype("str")


def _reasons_before(rows: pd.DataFrame, event_starts: Mapping[str, str]) -> pd.Series:
    """Return of each row that its source was written before the event; missing where it was not."""
    written, starts = rows["not_after"], rows["event_id"].map(event_starts).astype(object).fillna("")
    pairs = pd.Series(list(zip(written, starts, strict=True)), index=rows.index, dtype=object)
    known = {pair: _reason_before(*pair) for pair in set(pairs)}
    return pairs.map(known)


def _reason_before(written: str, start: str) -> str:
    """Return that a source was written before an event; empty if it was not, or a day is not known."""
    last = parse_edtf(written).latest if written else None
    first = parse_edtf(start).earliest if start else None
    if last is None or first is None or last >= first:
        return ""
    return f"written by {format_date(written)}, before {format_date(start)}"

"""Silence as evidence: of which type it is that a source gives no answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.parsing.dates import format_date, parse_edtf

__all__ = ["silences", "unfinished_sources"]

_UNFINISHED = "the source has sentences that are not accounted for"
_Objects = npt.NDArray[np.object_]


def _days(dates: Collection[str], end: str) -> npt.NDArray[np.float64]:
    """Return the earliest or the latest day of each date; not a number where it has none."""
    known = {d: getattr(parse_edtf(d), end) if d else None for d in set(dates)}
    return np.array([np.nan if known[d] is None else known[d] for d in dates], dtype="float64")


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
    asked, source_index = pd.Index(propositions["proposition_id"]), pd.Index(sources["source_id"])
    width = len(source_index)
    cell = asked.get_indexer(pd.Index(evidence["proposition_id"])) * width + source_index.get_indexer(
        pd.Index(evidence["source_id"])
    )
    answered = asked.get_indexer(pd.Index(claims["proposition_id"])) * width + source_index.get_indexer(
        pd.Index(claims["source_id"])
    )
    silent = ~np.isin(cell, answered)
    rows, p, s = evidence[silent], cell[silent] // width, cell[silent] % width
    searched, found = (rows[name].to_numpy(dtype=object) for name in ("searched", "found"))
    kinds = {
        "not-coded": _unfinished(sources, open_sources)[s],
        "before-event": _before(propositions, sources, event_starts, p, s),
        "out-of-scope": _outside(propositions, sources, scopes, p, s),
        "mentioned": np.where(rows["hits"].to_numpy() > 0, "occurs: " + found, ""),
        "searched-absent": np.where(searched != "", "looked for: " + searched, ""),
    }
    said = [reason != "" for reason in kinds.values()]
    return pd.DataFrame(
        {
            "proposition_id": rows["proposition_id"].to_numpy(dtype=object),
            "source_id": rows["source_id"].to_numpy(dtype=object),
            "silence": _first(said, [np.full(len(rows), kind, dtype=object) for kind in kinds], "not-coded"),
            "searched": searched,
            "found": found,
            "reason": _first(said, list(kinds.values()), "no words are declared to look for"),
        },
        dtype="str",
    )


def _first(conditions: list[npt.NDArray[np.bool_]], choices: list[_Objects], otherwise: str) -> _Objects:
    """Return the choice of the first condition that holds."""
    out = np.full(len(choices[0]), otherwise, dtype=object)
    for condition, choice in reversed(list(zip(conditions, choices, strict=True))):
        out[condition] = choice[condition]
    return out


def _unfinished(sources: pd.DataFrame, open_sources: Collection[str] | Mapping[str, str]) -> _Objects:
    """Return why the coding of each source is not finished; empty where it is."""
    reasons = open_sources if isinstance(open_sources, Mapping) else dict.fromkeys(open_sources, _UNFINISHED)
    return np.array([reasons.get(s, "") for s in sources["source_id"]], dtype=object)


def _before(
    propositions: pd.DataFrame,
    sources: pd.DataFrame,
    event_starts: Mapping[str, str],
    p: npt.NDArray[np.int64],
    s: npt.NDArray[np.int64],
) -> _Objects:
    """Return of each cell that its source was written before the event; else empty."""
    start = [event_starts.get(event, "") for event in propositions["event_id"]]
    end = list(sources["not_after"])
    out = np.full(len(p), "", dtype=object)
    before = np.flatnonzero(_days(end, "latest")[s] < _days(start, "earliest")[p])
    said: dict[tuple[str, str], str] = {}
    for at in before:
        pair = end[s[at]], start[p[at]]
        if pair not in said:
            said[pair] = f"written by {format_date(pair[0])}, before {format_date(pair[1])}"
        out[at] = said[pair]
    return out


def _outside(
    propositions: pd.DataFrame,
    sources: pd.DataFrame,
    scopes: pd.DataFrame,
    p: npt.NDArray[np.int64],
    s: npt.NDArray[np.int64],
) -> _Objects:
    """Return of each cell why its topic lies outside what its source treats; else empty."""
    topics, topic = np.unique(propositions["topic"].to_numpy(dtype=object), return_inverse=True)
    place = {name: n for n, name in enumerate(topics)}
    row = {name: n for n, name in enumerate(sources["source_id"])}
    reason = np.full((len(topics), len(sources)), "", dtype=object)
    for source, name, why in zip(scopes["source_id"], scopes["topic"], scopes["reason"], strict=True):
        if name in place and source in row:
            reason[place[name], row[source]] = why
    outside: _Objects = reason[topic[p], s]
    return outside

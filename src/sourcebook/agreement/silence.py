"""Silence as evidence: what was looked for, what was found, and which kind of silence it leaves."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Mapping
from typing import Any

import pandas as pd

from sourcebook.dates import format_date, parse_edtf
from sourcebook.documents import Document

__all__ = ["search_evidence", "silences"]

_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})


def _phrase_pattern(phrase: str) -> re.Pattern[str]:
    """Return the pattern of a phrase: from the start of a word on, a number only as a whole.

    A stem finds what begins with it, so ``genocid`` finds "genocide", and ``rome`` does not find "Jerome".
    """
    words = [re.escape(word) for word in phrase.translate(_QUOTES).casefold().split()]
    before = r"(?<!\w)(?<!\d[.,])" if phrase[0].isdigit() else r"(?<!\w)" if phrase[0].isalnum() else ""
    after = r"(?!\d)(?![.,]\d)" if phrase[-1].isdigit() else ""
    return re.compile(before + r"\s+".join(words) + after)


def search_evidence(propositions: pd.DataFrame, documents: Mapping[str, Document]) -> pd.DataFrame:
    """Look for the declared words of each proposition in each source.

    Parameters
    ----------
    propositions : DataFrame
        ``proposition_id, search``: phrases joined by ``;``, matched at the start of a word, in any case,
        across line ends. A phrase may be a stem; a number is matched only as a whole.
    documents : mapping of str to Document

    Returns
    -------
    DataFrame
        ``proposition_id, source_id, searched, hits, found``: the phrases that were looked for, how often
        they occur in the normalised text together, and which of them do.
    """
    texts = {s: d.normal.text.translate(_QUOTES).casefold() for s, d in documents.items()}
    rows = []
    for proposition_id, search in zip(propositions["proposition_id"], propositions["search"], strict=True):
        phrases = list(dict.fromkeys(p.strip() for p in search.split(";") if p.strip()))
        patterns = {p: _phrase_pattern(p) for p in phrases}
        for source_id, text in texts.items():
            counts = {p: sum(1 for _ in pattern.finditer(text)) for p, pattern in patterns.items()}
            found = "; ".join(p for p, n in counts.items() if n)
            rows.append((proposition_id, source_id, "; ".join(phrases), sum(counts.values()), found))
    columns = ["proposition_id", "source_id", "searched", "hits", "found"]
    types = {c: "int64" if c == "hits" else "str" for c in columns}
    return pd.DataFrame(rows, columns=columns).astype(types)


def _before(source: Mapping[Hashable, Any], event_start: str) -> str:
    """Say that a source was written before an event, or nothing."""
    if not source["not_after"] or not event_start:
        return ""
    written, starts = parse_edtf(source["not_after"]).latest, parse_edtf(event_start).earliest
    if written is None or starts is None or written >= starts:
        return ""
    return f"written by {format_date(source['not_after'])}, before {format_date(event_start)}"


def silences(
    claims: pd.DataFrame,
    propositions: pd.DataFrame,
    sources: pd.DataFrame,
    scopes: pd.DataFrame,
    event_starts: Mapping[str, str],
    evidence: pd.DataFrame,
    open_sources: Collection[str] = (),
) -> pd.DataFrame:
    """Give each silence its type.

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
    open_sources : collection of str
        Sources with sentences that are neither coded nor listed.

    Returns
    -------
    DataFrame
        One row for each proposition and source without a claim: ``proposition_id, source_id, silence``
        (a term of :data:`sourcebook.vocab.SILENCES`), ``searched, found, reason``. The types are tried in
        this order: not coded, before the event, out of scope, mentioned, searched and absent. What was
        looked for and found stands in every row, whatever its type. Where no words are declared, nothing
        was looked for, and the silence counts as not coded.
    """
    answered = set(zip(claims["proposition_id"], claims["source_id"], strict=True))
    outside = {
        (s, t): r for s, t, r in zip(scopes["source_id"], scopes["topic"], scopes["reason"], strict=True)
    }
    registry = {row["source_id"]: row for row in sources.to_dict("records")}
    questions = propositions.set_index("proposition_id").to_dict("index")
    rows = []
    for row in evidence.to_dict("records"):
        proposition, source = row["proposition_id"], row["source_id"]
        if (proposition, source) in answered:
            continue
        question = questions[proposition]
        before = _before(registry[source], event_starts.get(question["event_id"], ""))
        if source in open_sources:
            kind, reason = "not-coded", "the source has sentences that are not accounted for"
        elif before:
            kind, reason = "before-event", before
        elif (source, question["topic"]) in outside:
            kind, reason = "out-of-scope", outside[source, question["topic"]]
        elif row["hits"]:
            kind, reason = "mentioned", f"occurs: {row['found']}"
        elif row["searched"]:
            kind, reason = "searched-absent", f"looked for: {row['searched']}"
        else:
            kind, reason = "not-coded", "no words are declared to look for"
        rows.append((proposition, source, kind, row["searched"], row["found"], reason))
    columns = ["proposition_id", "source_id", "silence", "searched", "found", "reason"]
    return pd.DataFrame(rows, columns=columns, dtype="str")

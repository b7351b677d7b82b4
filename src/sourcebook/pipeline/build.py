"""Derive every table from a data folder, stage by stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from sourcebook import coding, reuse
from sourcebook.analysis import agreement, context, law, numbers, relations, timeline
from sourcebook.coding import passes
from sourcebook.coding.answers import answers_in_words
from sourcebook.core.csvfiles import LINE
from sourcebook.pipeline.dataset import Dataset, read
from sourcebook.sources.documents import sentence_table

__all__ = ["STAGES", "build"]


def _sentences(data: Dataset) -> dict[str, pd.DataFrame]:
    sentences = sentence_table(data.documents)
    return {"sentences": sentences, "coverage": coding.coverage(data.tables, sentences)}


def _claims(data: Dataset) -> dict[str, pd.DataFrame]:
    frame = coding.with_intervals(data.tables["claims"], data.tables["propositions"])
    quotes = [
        data.documents[s].normal.text[slice(*data.documents[s].normal.to_text(int(a), int(b)))]
        for s, a, b in zip(frame["source_id"], frame["start"], frame["end"], strict=True)
    ]
    shown = frame["claim_id"].map(answers_in_words(data.tables))
    frame = frame.drop(columns=LINE).astype({"start": "int64", "end": "int64"})
    return {"claim_intervals": frame.assign(quote=quotes, display=shown)}


def _relations(data: Dataset) -> dict[str, pd.DataFrame]:
    t = data.tables
    claims_on = t["claims"], t["propositions"], t["codebook"]
    entities, parts = t["entities"], t["scope_parts"]
    plain = relations.relate_all(*claims_on, entities=entities, scope_parts=parts)
    flipped = relations.find_relation_changes(*claims_on, entities=entities, scope_parts=parts)
    found = plain.assign(sensitive_to=relations.sensitive_to(plain, flipped))
    return {
        "relations": found,
        "differences": relations.differences(found),
        "self_contradictions": relations.self_contradictions(found),
        "relation_changes": flipped,
        "assumptions": relations.assumption_table(flipped),
    }


def _timeline(data: Dataset) -> dict[str, pd.DataFrame]:
    dated = timeline.dated_claims(data.tables["claims"], data.tables["propositions"], data.tables["events"])
    written = timeline.dating(data.tables["sources"])
    return {
        "timeline": dated,
        "dating": written,
        "reporting_lag": timeline.reporting_lag(dated, written),
    }


def _agreement(data: Dataset) -> dict[str, pd.DataFrame]:
    t, d = data.tables, data.derived
    evidence = agreement.search_evidence(t["propositions"], data.documents)
    starts = timeline.event_starts(d["timeline"], t["events"])
    unfinished = agreement.unfinished_sources(d["coverage"], t["unfinished"])
    silence = agreement.silences(
        t["claims"], t["propositions"], t["sources"], t["scopes"], starts, evidence, unfinished
    )
    origin = agreement.origins(t["sources"], t["links"], d["shares"])
    merged = agreement.headlines_by_origin(t["claims"], d["relations"], origin)
    return {
        "silences": silence,
        "origins": origin,
        "dependencies": agreement.dependencies(t["sources"], t["links"], d["shares"]),
        "agreement": agreement.agreement_status(t["claims"], d["relations"]),
        "matrix": agreement.matrix(t["claims"], d["relations"], silence, t["propositions"], t["sources"]),
        "corroboration": agreement.corroboration(t["claims"], d["relations"], origin),
        "headlines_by_origin": merged,
        "headlines_without_source": agreement.leave_one_out(t["claims"], d["relations"], origin, by="source"),
        "headlines_without_origin": agreement.leave_one_out(t["claims"], d["relations"], origin, by="origin"),
        "headlines_by_assumption": agreement.headlines_by_assumption(
            t["claims"], d["relations"], d["relation_changes"], d["assumptions"], origin
        ),
        "coefficients": agreement.coefficients_by_raters(t["claims"], t["propositions"], origin),
    }


def _sensitivity(data: Dataset) -> dict[str, pd.DataFrame]:
    t, d = data.tables, data.derived
    found = agreement.sensitivity(t["claims"], d["relations"], t["sources"], t["links"], d["shares"])
    return {"sensitivity": found, "sensitivity_index": agreement.sensitivity_index(found)}


def _lengths(data: Dataset) -> dict[str, int]:
    """Return the length of each raw file in code points."""
    return {source: len(document.raw) for source, document in data.documents.items()}


def _framing(data: Dataset) -> dict[str, pd.DataFrame]:
    t = data.tables
    return {
        "element_checks": law.check_elements(t["citations"], t["provisions"], t["instruments"]),
        "provision_elements": law.elements_by_provision(
            t["citations"], law.stated_elements(t["citations"]), t["provisions"], t["instruments"]
        ),
        "invocations": law.count_invocations(t["citations"]),
        "uninvoked": law.uninvoked(t["citations"], t["instruments"]).drop(columns="line"),
    }


def _reuse(data: Dataset) -> dict[str, pd.DataFrame]:
    """Find shared passages; names of entities and of instruments do not count as shared words."""
    variants = data.tables["instruments"]["variants"].str.split(";").explode().dropna()
    names = sorted({*data.tables["mentions"]["exact"], *data.tables["entities"]["name"], *variants} - {""})
    found = reuse.shared_passages(
        {s: d.normal.text for s, d in data.documents.items()}, exclude=names, min_words=8
    )
    out = found.rename(columns={"exact_a": "quote_a", "exact_b": "quote_b"})
    for side in ("a", "b"):
        columns = (found[f"{name}_{side}"] for name in ("source", "start", "end"))
        spans = [
            (s, *data.documents[s].normal.to_raw(int(a), int(b))) for s, a, b in zip(*columns, strict=True)
        ]
        out[f"start_{side}"] = [a for _, a, _ in spans]
        out[f"end_{side}"] = [b for _, _, b in spans]
        out[f"exact_{side}"] = [data.documents[s].raw[a:b] for s, a, b in spans]
    out.insert(0, "passage_id", [f"shared-{n}" for n in range(1, len(out) + 1)])
    return {"shared_passages": out, "shares": agreement.shared_share(out, _lengths(data))}


def _reliability(data: Dataset) -> dict[str, pd.DataFrame]:
    sentences = data.derived["sentences"]
    coded = [passes.first_pass(data.tables, sentences), *data.passes]
    measured = passes.reliability_data(coded, data.tables["propositions"])
    return {
        "reliability_data": measured,
        "reliability": passes.agreement(measured),
    }


def _context(data: Dataset) -> dict[str, pd.DataFrame]:
    return {
        "comparisons": context.compare_with_reference(data.derived["claim_intervals"], data.tables["context"])
    }


def _values(data: Dataset) -> dict[str, pd.DataFrame]:
    return {"values": numbers.values(data.tables, data.derived)}


#: The stages of :func:`build`, in order: each takes the dataset so far and returns derived tables.
STAGES: Mapping[str, Callable[[Dataset], dict[str, pd.DataFrame]]] = {
    "sentences": _sentences,
    "claims": _claims,
    "relations": _relations,
    "timeline": _timeline,
    "reuse": _reuse,
    "agreement": _agreement,
    "sensitivity": _sensitivity,
    "framing": _framing,
    "reliability": _reliability,
    "context": _context,
    "values": _values,
}


def build(folder: Path | None = None) -> Dataset:
    """Read a folder and derive every table, in memory.

    Parameters
    ----------
    folder : Path, optional
        The data folder; by default the data that came with the package.

    Returns
    -------
    Dataset
        With the derived tables, as the functions that make them return them.

    Raises
    ------
    HashMismatchError, DataError
        As :func:`read`.

    Examples
    --------
    >>> data = build()
    >>> data["agreement"]["agreement_status"].value_counts()["single source"] > 0
    np.True_
    """
    data = read(folder)
    for stage in STAGES.values():
        data = replace(data, derived={**data.derived, **stage(data)})
    return data

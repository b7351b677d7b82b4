"""Derive every table from a data folder, one step after the other."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from sourcebook import coding, reuse
from sourcebook.analysis import agreement, context, law, relations, timeline
from sourcebook.coding import passes
from sourcebook.coding.answers import answers_in_words
from sourcebook.core.csvfiles import LINE
from sourcebook.core.schemas import DERIVED
from sourcebook.pipeline.dataset import Dataset, fingerprint, read
from sourcebook.sources.documents import Document, sentence_table

__all__ = ["build"]

_logger = logging.getLogger(__name__)


class _Tables(dict[str, pd.DataFrame]):
    """The derived tables so far: each gets the types of its schema, and is logged with its rows and seconds."""

    def __init__(self) -> None:
        super().__init__()
        self._last = time.perf_counter()

    def keep(self, name: str, frame: pd.DataFrame) -> pd.DataFrame:
        """Add a table, and return it as it is kept."""
        self[name] = DERIVED[name].typed(frame)
        now = time.perf_counter()
        _logger.info("%s: %d rows in %.2f s", name, len(frame), now - self._last)
        self._last = now
        return self[name]


def build(folder: Path | None = None) -> Dataset:
    """Read a folder and derive every table, in memory.

    The steps are logged, each with rows and seconds, at the level ``INFO``.

    Parameters
    ----------
    folder : Path, optional
        The data folder; by default that around the current folder, else the one of the package.

    Returns
    -------
    Dataset
        With the derived tables, in the types of their schemas.

    Raises
    ------
    HashMismatchError, DataError
        As :func:`sourcebook.pipeline.dataset.read`.

    Examples
    --------
    >>> data = build()
    >>> data["agreement"]["agreement_status"].value_counts()["single source"] > 0
    np.True_
    """
    data = read(folder)
    made = _Tables()
    _derive_claims(data, made)
    _derive_relations(data, made)
    _derive_agreement(data, made)
    _derive_the_rest(data, made)
    made.keep("inputs", fingerprint(data.folder))
    return replace(data, derived={name: made[name] for name in DERIVED if name in made})


def _derive_claims(data: Dataset, made: _Tables) -> None:
    """Derive sentences, what is coded of them, the claims as intervals, and when things are said to happen."""
    t = data.tables
    sentences = made.keep("sentences", sentence_table(data.documents))
    made.keep("coverage", coding.coverage(t, sentences, data.schemas, exhaustive=data.about.exhaustive))
    made.keep("coverage_counts", coding.coverage_counts(t, sentences, data.schemas))
    intervals = coding.with_intervals(t["claims"], t["propositions"]).drop(columns=LINE)
    answers = intervals["claim_id"].map(answers_in_words(t))
    intervals = intervals.assign(quote=_normalised_quotes(intervals, data.documents), display=answers)
    made.keep("claim_intervals", intervals)
    dated = made.keep("timeline", timeline.dated_claims(t["claims"], t["propositions"], t["events"]))
    dating = made.keep("dating", timeline.dating(t["sources"]))
    made.keep("reporting_lag", timeline.reporting_lag(dated, dating))


def _derive_relations(data: Dataset, made: _Tables) -> None:
    """Derive how claims relate, and what the assumptions behind the rules change in that."""
    t = data.tables
    claims = t["claims"], t["propositions"], t["codebook"]
    entities, parts = t["entities"], t["scope_parts"]
    pairs = relations.relate_all(*claims, entities=entities, scope_parts=parts)
    changes = relations.find_relation_changes(*claims, entities=entities, scope_parts=parts)
    changes = made.keep("relation_changes", changes)
    pairs = made.keep("relations", pairs.assign(sensitive_to=relations.sensitive_to(pairs, changes)))
    made.keep("differences", relations.differences(pairs))
    made.keep("self_contradictions", relations.self_contradictions(pairs))
    made.keep("assumptions", relations.assumption_table(changes))


def _derive_agreement(data: Dataset, made: _Tables) -> None:
    """Derive who depends on whom, who is silent, and how far the sources and their origins agree."""
    t, claims, pairs = data.tables, data.tables["claims"], made["relations"]
    lengths = {source: len(document.raw) for source, document in data.documents.items()}
    passages = made.keep("shared_passages", _shared_passages(data))
    shares = made.keep("shares", agreement.shared_share(passages, lengths))
    silences = made.keep(
        "silences",
        agreement.silences(
            claims,
            t["propositions"],
            t["sources"],
            t["scopes"],
            timeline.event_starts(made["timeline"], t["events"]),
            agreement.search_evidence(t["propositions"], data.documents),
            agreement.unfinished_sources(made["coverage"], t["unfinished"]),
        ),
    )
    origins = made.keep("origins", agreement.origins(t["sources"], t["links"], shares))
    made.keep("dependencies", agreement.dependencies(t["sources"], t["links"], shares))
    made.keep("origins_by_rule", agreement.origins_by_rule(t["sources"], t["links"], shares))
    asked = t["propositions"]
    made.keep("agreement", agreement.agreement_status(claims, pairs, asked))
    counts = agreement.count_questions(claims, pairs, origins)
    made.keep("wordings", agreement.wordings(claims, asked, counts))
    made.keep("headlines", agreement.headlines(claims, pairs, origins, asked))
    made.keep("matrix", agreement.matrix(claims, pairs, silences, t["propositions"], t["sources"]))
    made.keep("corroboration", agreement.corroboration(claims, pairs, origins))
    made.keep("headlines_by_origin", agreement.headlines_by_origin(claims, pairs, origins, asked))
    for by in ("source", "origin"):
        counts = agreement.leave_one_out(claims, pairs, origins, asked, by=by)
        made.keep(f"headlines_without_{by}", counts)
    changes, assumed = made["relation_changes"], made["assumptions"]
    counts = agreement.headlines_by_assumption(claims, pairs, changes, assumed, origins, asked)
    made.keep("headlines_by_assumption", counts)
    sensitivity = agreement.sensitivity(claims, pairs, t["sources"], t["links"], shares, propositions=asked)
    made.keep("sensitivity", sensitivity)
    made.keep("sensitivity_index", agreement.sensitivity_index(sensitivity))


def _derive_the_rest(data: Dataset, made: _Tables) -> None:
    """Derive what the sources state of law, how far the coding passes agree, and the comparison with references."""
    t = data.tables
    citations, provisions, instruments = t["citations"], t["provisions"], t["instruments"]
    made.keep("element_checks", law.check_elements(citations, provisions, instruments))
    stated = law.stated_elements(citations)
    elements = law.elements_by_provision(citations, stated, provisions, instruments)
    made.keep("provision_elements", elements)
    made.keep("invocations", law.count_invocations(citations))
    made.keep("uninvoked", law.uninvoked(citations, instruments).drop(columns=LINE))
    coded = passes.blind_passes(t, made["sentences"], data.schemas, data.record, data.passes)
    questions = passes.all_questions(t)
    values = made.keep("reliability_data", passes.reliability_data(coded, questions, data.schemas))
    made.keep("reliability", passes.agreement(values))
    made.keep("comparisons", context.compare_with_reference(made["claim_intervals"], t["context"]))


def _normalised_quotes(claims: pd.DataFrame, documents: Mapping[str, Document]) -> list[str]:
    """Return the quote of each claim as the normalised text has it."""
    quotes = []
    for source, start, end in zip(claims["source_id"], claims["start"], claims["end"], strict=True):
        normal = documents[source].normal
        first, last = normal.to_text(int(start), int(end))
        quotes.append(normal.text[first:last])
    return quotes


def _shared_passages(data: Dataset) -> pd.DataFrame:
    """Return the passages that sources share, at their places in the raw files.

    Names of entities and of instruments do not count as shared words.
    """
    variants = data.tables["instruments"]["variants"].str.split(";").explode().dropna()
    names = sorted({*data.tables["mentions"]["exact"], *data.tables["entities"]["name"], *variants} - {""})
    texts = {source: document.normal.text for source, document in data.documents.items()}
    passages = reuse.shared_passages(texts, mode="verbatim", exclude=names, min_words=8)
    passages = passages.rename(columns={"exact_a": "quote_a", "exact_b": "quote_b"})
    for side in ("a", "b"):
        columns = (passages[f"{name}_{side}"] for name in ("source", "start", "end"))
        spans = [
            (source, *data.documents[source].normal.to_raw(int(start), int(end)))
            for source, start, end in zip(*columns, strict=True)
        ]
        passages[f"start_{side}"] = [start for _, start, _ in spans]
        passages[f"end_{side}"] = [end for _, _, end in spans]
        passages[f"exact_{side}"] = [data.documents[source].raw[start:end] for source, start, end in spans]
    return passages.assign(passage_id=[f"shared-{n}" for n in range(1, len(passages) + 1)])

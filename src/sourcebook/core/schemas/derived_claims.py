"""Derived tables of sentences, claims, their relations, time and shared passages."""

from __future__ import annotations

from sourcebook.core import vocabularies
from sourcebook.core.schemas.derived_columns import DerivedTable
from sourcebook.core.schemas.derived_parts import (
    ALLEN,
    CLAIM,
    CLAIM_A,
    CLAIM_B,
    DAY,
    INTERVAL,
    POINTS,
    QUESTION,
    REASON,
    RELATION,
    RULE,
    SENSITIVE,
    SENTENCE,
    SOURCE,
    SOURCE_A,
    SOURCE_B,
    number,
    ordered,
    pair,
    text,
    truth,
    whole,
)

__all__ = ["TABLES"]

TABLES = (
    DerivedTable(
        name="sentences",
        description="A sentence of a source, normalised, with its place in the normalised text and in the raw file.",
        columns={
            "sentence_id": text("Identifier of the sentence, which the coded tables use."),
            "source_id": SOURCE,
            "kind": text("What the sentence is: sentence, heading, title, byline or dateline."),
            "section": text("The heading of its section."),
            "paragraph": whole("Number of its paragraph in the source, from 1."),
            "text": text("The words of the sentence, normalised."),
            "start": whole("Where it begins in the normalised text.", POINTS),
            "end": whole("Where it ends in the normalised text, exclusive.", POINTS),
            "raw_start": whole("Where it begins in the raw file.", POINTS),
            "raw_end": whole("Where it ends in the raw file, exclusive.", POINTS),
        },
    ),
    DerivedTable(
        name="coverage",
        description="A sentence, and whether it is coded, listed as uncoded with a reason, or neither.",
        columns={
            "sentence_id": SENTENCE,
            "source_id": SOURCE,
            "kind": text("What the sentence is: sentence, heading, title, byline or dateline."),
            "codings": whole(
                "Rows of the tables that code content whose quote overlaps the sentence.", "rows"
            ),
            "status": text(
                "Whether the sentence is coded, listed as uncoded, or still open.",
                terms=("coded", "uncoded", "open"),
            ),
            "reason": text("Why it is listed as uncoded; empty if it is not."),
        },
    ),
    DerivedTable(
        name="coverage_counts",
        description="A sentence and a coded table, with the number of its rows whose quote overlaps the sentence.",
        columns={
            "sentence_id": SENTENCE,
            "table": text("Name of the coded table."),
            "rows": whole("Rows whose quote has at least one character in common with the sentence.", "rows"),
        },
    ),
    DerivedTable(
        name="claim_intervals",
        description="A coded claim with the bounds of its value, its quote in normalised form and its value in words.",
        columns={
            "claim_id": CLAIM,
            "source_id": SOURCE,
            "proposition_id": QUESTION,
            "sentence_id": SENTENCE,
            "exact": text("The quote, letter for letter as in the raw file."),
            "prefix": text("Characters of the raw file before the quote."),
            "suffix": text("Characters of the raw file after the quote."),
            "start": whole("Where the quote begins in the raw file.", POINTS),
            "end": whole("Where the quote ends in the raw file, exclusive.", POINTS),
            "value": text("The coded value: an EDTF date, a hedged quantity, a term, a name, or yes or no."),
            "entity_id": text("The entity to which a name refers.", link="entities.entity_id"),
            "scope": text(
                "What the claim is about, where that is not the scope of the question.", link="codebook.term"
            ),
            "voice": text("Who makes the claim within the source."),
            "via": text("Through whom the source has the words of the voice, if it names an intermediary."),
            "modality": text(
                "How the voice commits itself to the claim.", terms=tuple(vocabularies.MODALITIES)
            ),
            "basis": text("Whether the quote states the value (also where empty) or the coder inferred it."),
            "note": text("The coder's remark."),
            "kind": text("The kind of the question.", terms=tuple(vocabularies.CLAIM_KINDS)),
            **INTERVAL,
            "earliest": text(f"First day that a date allows. {DAY}"),
            "latest": text(f"Last day that a date allows. {DAY}"),
            "quote": text("The quote, normalised."),
            "display": text("The value in words."),
        },
    ),
    DerivedTable(
        name="relations",
        description="Two claims on one question, and how they relate.",
        columns={
            **pair(),
        },
    ),
    DerivedTable(
        name="differences",
        description="Two claims that contradict each other, or that differ and are compatible.",
        columns={
            **pair(("same_source", truth("Whether both claims are of one source."))),
        },
    ),
    DerivedTable(
        name="self_contradictions",
        description="Two claims in which one source contradicts itself.",
        columns={
            "source_id": SOURCE,
            "proposition_id": QUESTION,
            "claim_a": CLAIM_A,
            "claim_b": CLAIM_B,
            "relation": RELATION,
            "rule": RULE,
            "allen": ALLEN,
            "reason": REASON,
            "sensitive_to": SENSITIVE,
        },
    ),
    DerivedTable(
        name="relation_changes",
        description="Two claims whose relation changes under an alternative to one assumption.",
        columns={
            "assumption": text("The assumption.", link="assumptions.assumption"),
            "setting": text("The alternative to it.", link="assumptions.setting"),
            "proposition_id": QUESTION,
            "claim_a": CLAIM_A,
            "claim_b": CLAIM_B,
            "source_a": SOURCE_A,
            "source_b": SOURCE_B,
            "baseline_relation": ordered(
                "The relation under the default assumptions.", vocabularies.RELATIONS
            ),
            "alternative_relation": ordered("The relation under the alternative.", vocabularies.RELATIONS),
            "baseline_rule": text("The rule that decided under the default assumptions."),
            "alternative_rule": text("The rule that decided under the alternative."),
            "allen": ALLEN,
            "baseline_reason": text("The reason under the default assumptions."),
            "alternative_reason": text("The reason under the alternative."),
        },
    ),
    DerivedTable(
        name="assumptions",
        description="An alternative to an assumption behind the rules, and what changes under it.",
        columns={
            "assumption": text("Name of the assumption."),
            "label": text("The assumption in words."),
            "default": text("What is assumed by default, in words."),
            "rationale": text("Why that is the default."),
            "setting": text("Name of the alternative."),
            "field": text("The field of the comparison policy that it sets."),
            "value": text("The value that it sets there."),
            "pairs": whole("Pairs of claims whose relation changes.", "pairs"),
            "propositions": whole("Questions with at least one such pair.", "questions"),
            "no_longer_contradict": whole("Pairs that contradict each other by default only.", "pairs"),
            "now_contradict": whole("Pairs that contradict each other under the alternative only.", "pairs"),
            "no_longer_agree": whole("Pairs that agree by default only.", "pairs"),
            "now_agree": whole("Pairs that agree under the alternative only.", "pairs"),
        },
    ),
    DerivedTable(
        name="timeline",
        description="A claim that dates something, with the four bounds of its interval.",
        columns={
            "claim_id": CLAIM,
            "source_id": SOURCE,
            "proposition_id": QUESTION,
            "event_id": text("The event that is dated, if it has a name.", link="events.event_id"),
            "event": text("Name of the event; what the question is called where the event has no name."),
            "event_kind": text("Kind of the event."),
            "time_type": text(
                "Whether the date is an instant or an interval.", terms=tuple(vocabularies.TIME_TYPES)
            ),
            "value": text("The coded date, EDTF."),
            "display": text("The date in words."),
            "start_earliest": text(f"First day on which it can have begun. {DAY}"),
            "start_latest": text(f"Last day on which it can have begun. {DAY}"),
            "end_earliest": text(f"First day on which it can have ended. {DAY}"),
            "end_latest": text(f"Last day on which it can have ended. {DAY}"),
        },
    ),
    DerivedTable(
        name="dating",
        description="A source, and when it was written, as far as its own text shows.",
        columns={
            "source_id": SOURCE,
            "has_date": truth("Whether the text carries a date of publication."),
            "earliest": text(f"First day on which it can have been written. {DAY}"),
            "latest": text(f"Last day on which it can have been written. {DAY}"),
            "display": text("The date of publication in words, or undated."),
            "date_note": text("How the bounds follow from the text."),
        },
    ),
    DerivedTable(
        name="reporting_lag",
        description="A dated claim, and the days from the end of what it reports to the writing of its source.",
        columns={
            "claim_id": CLAIM,
            "source_id": SOURCE,
            "event": text("Name of the event; what the question is called where the event has no name."),
            "display": text("The date in words."),
            "days": whole(
                "From the latest end of what is reported to the earliest day of writing; negative if it may end later.",
                "days",
            ),
            "order": ordered(
                "Whether what is reported ended before the source was written, on the day, or may have ended later.",
                vocabularies.REPORTING_ORDERS,
            ),
        },
    ),
    DerivedTable(
        name="shared_passages",
        description="A passage that two sources share word for word or nearly so.",
        columns={
            "passage_id": text("Identifier of the passage."),
            "source_a": SOURCE_A,
            "start_a": whole("Where it begins in the first raw file.", POINTS),
            "end_a": whole("Where it ends there, exclusive.", POINTS),
            "quote_a": text("The words of the passage in the first source, normalised."),
            "source_b": SOURCE_B,
            "start_b": whole("Where it begins in the second raw file.", POINTS),
            "end_b": whole("Where it ends there, exclusive.", POINTS),
            "quote_b": text("The words of the passage in the second source, normalised."),
            "words": whole("Words that the two passages have in common.", "words"),
            "content_words": whole("Words in common that are not part of a name.", "words"),
            "similarity": number("Similarity of the two passages, from 0 to 1."),
            "kind": text(
                "Whether the passages are the same word for word, or edited.", terms=("verbatim", "edited")
            ),
            "exact_a": text("The words of the passage in the first source, letter for letter."),
            "exact_b": text("The words of the passage in the second source, letter for letter."),
        },
    ),
    DerivedTable(
        name="shares",
        description="Two sources with shared passages, and how much of either text these cover.",
        columns={
            "source_a": SOURCE_A,
            "source_b": SOURCE_B,
            "passages": whole("Shared passages.", "passages"),
            "share_a": number("Share of the first text that the passages cover.", "from 0 to 1"),
            "share_b": number("Share of the second text that the passages cover.", "from 0 to 1"),
            "share": number("The larger of the two shares.", "from 0 to 1"),
            "evidence": text(
                "The passages: each once as a row of the first source, once of the second.", separator=";"
            ),
        },
    ),
)

"""Derived tables of silence, dependence, agreement, law, reliability and numbers."""

from __future__ import annotations

from sourcebook.core import vocabularies
from sourcebook.core.schemas.derived_columns import DerivedTable
from sourcebook.core.schemas.derived_parts import (
    CLAIM,
    HEADLINE,
    INSTRUMENT,
    INTERVAL,
    QUESTION,
    SOURCE,
    SOURCE_A,
    SOURCE_B,
    headline_columns,
    number,
    ordered,
    text,
    truth,
    whole,
)

__all__ = ["TABLES"]

TABLES = (
    DerivedTable(
        name="silences",
        description="A question that a source does not answer, with the type of the silence.",
        columns={
            "proposition_id": QUESTION,
            "source_id": SOURCE,
            "silence": ordered("Its type.", vocabularies.SILENCES),
            "searched": text("The words that were looked for.", separator=";"),
            "found": text("Those of them that occur.", separator=";"),
            "reason": text("Why the silence has this type."),
        },
    ),
    DerivedTable(
        name="origins",
        description="A source, and the origin that it counts for.",
        columns={
            "source_id": SOURCE,
            "origin": text("The origin, named by its first source.", link="sources.source_id"),
            "merge_reasons": text(
                "The kinds of links that merge it with others of its origin.", separator=";"
            ),
        },
    ),
    DerivedTable(
        name="dependencies",
        description="What joins two sources: a link that both have, or passages that they share.",
        columns={
            "source_a": SOURCE_A,
            "source_b": SOURCE_B,
            "kind": text("Kind of the link, or passages."),
            "upstream": text("What both depend on; empty for passages."),
            "label": text("The same in words."),
            "evidence": text("Rows of links, or passages, that show it.", separator=";"),
            "share": number("Part of the shorter text in shared passages; empty for links.", "from 0 to 1"),
            "is_merged": truth("Whether it makes the two sources one origin."),
            "reason": text("Why it does or does not."),
        },
    ),
    DerivedTable(
        name="agreement",
        description="A question that is answered, and how the sources agree on it.",
        columns={
            "proposition_id": QUESTION,
            "sources": whole("Sources that answer.", "sources"),
            "claims": whole("Claims.", "claims"),
            "agree": whole("Pairs of claims of different sources that agree.", "pairs"),
            "compatible": whole("Such pairs that are compatible.", "pairs"),
            "contradict": whole("Such pairs that contradict each other.", "pairs"),
            "not_comparable": whole("Such pairs that cannot be compared.", "pairs"),
            "self_contradictions": whole("Contradicting pairs inside one source.", "pairs"),
            "agreement_status": ordered(
                "The first of the relations between two sources that occurs, or single source.",
                vocabularies.AGREEMENT_STATUSES,
            ),
        },
    ),
    DerivedTable(
        name="matrix",
        description="A question and a source: its state towards the other sources.",
        columns={
            "proposition_id": QUESTION,
            "topic": text("Topic of the question."),
            "source_id": SOURCE,
            "state": ordered(
                "The first relation to another source that occurs, only, or the type of the silence.",
                vocabularies.STATES,
            ),
            "claims": text("Its claims on the question.", link="claims.claim_id", separator=";"),
        },
    ),
    DerivedTable(
        name="corroboration",
        description="A claim, and how many sources and origins give an agreeing one.",
        columns={
            "claim_id": CLAIM,
            "proposition_id": QUESTION,
            "source_id": SOURCE,
            "sources": whole("Sources with an agreeing claim, its own included.", "sources"),
            "origins": whole("Origins with an agreeing claim, its own included.", "origins"),
            "agreeing_claims": text(
                "The agreeing claims of other sources.", link="claims.claim_id", separator=";"
            ),
        },
    ),
    DerivedTable(
        name="headlines_by_origin",
        description="A headline count over sources, and over origins in their place.",
        columns={
            "headline": HEADLINE,
            "sources": whole("Counted over sources."),
            "origins": whole("Counted over origins."),
        },
    ),
    DerivedTable(
        name="headlines_without_source",
        description="A headline count without each source in turn.",
        columns={
            **headline_columns(),
        },
    ),
    DerivedTable(
        name="headlines_without_origin",
        description="A headline count without each origin in turn.",
        columns={
            **headline_columns(),
        },
    ),
    DerivedTable(
        name="headlines_by_assumption",
        description="A headline count under an alternative to an assumption.",
        columns={
            "assumption": text("The assumption.", link="assumptions.assumption"),
            "setting": text("The alternative to it.", link="assumptions.setting"),
            "headline": HEADLINE,
            "baseline": whole("The count by default."),
            "alternative": whole("The count under the alternative."),
            "difference": whole("The alternative less the baseline."),
        },
    ),
    DerivedTable(
        name="coefficients",
        description="A coefficient of agreement over the questions that have one answer.",
        columns={
            "coefficient": text("Its name."),
            "value": number("Its value; empty where it is not defined."),
            "low": number("Lower end of the 95 % bootstrap interval."),
            "high": number("Upper end of the 95 % bootstrap interval."),
            "units": whole("Questions that at least two raters answer.", "questions"),
            "lowest_without": text("The rater without whom it is lowest."),
            "lowest": number("Its value without that rater."),
            "highest_without": text("The rater without whom it is highest."),
            "highest": number("Its value without that rater."),
            "status": text("Why it is not defined; ok if it is."),
            "meaning": text("What it compares agreement with."),
            "raters": text("Who counts as a rater.", terms=("sources", "origins")),
        },
    ),
    DerivedTable(
        name="sensitivity",
        description="What a headline or a question becomes under another choice of the reader.",
        columns={
            "choice": text("What is chosen otherwise."),
            "setting": text("The other choice."),
            "level": text("What changes.", terms=("headline", "proposition")),
            "subject": text("The headline or the question."),
            "measure": text("What of it: count, agreement_status, two_origins or agreed_by_two_origins."),
            "baseline": text("By default: a count, a status, or yes or no."),
            "alternative": text("Under the other choice."),
        },
    ),
    DerivedTable(
        name="sensitivity_index",
        description="Another choice of the reader, and how much changes under it.",
        columns={
            "choice": text("What is chosen otherwise."),
            "setting": text("The other choice."),
            "headlines": whole("Headline counts that change."),
            "agreement_status": whole("Questions whose status changes.", "questions"),
            "two_origins": whole("Questions that two origins answer no longer, or only now.", "questions"),
            "agreed_by_two_origins": whole(
                "Questions on which two origins agree no longer, or only now.", "questions"
            ),
            "propositions": whole("Questions of which any of this changes.", "questions"),
        },
    ),
    DerivedTable(
        name="element_checks",
        description="An element that a citation states of its instrument, against the table of provisions.",
        columns={
            "instrument_id": INSTRUMENT,
            "pinpoint": text("The place that the citation names; empty for the instrument as a whole."),
            "element": text("The element."),
            "finding": text("What the comparison finds.", terms=tuple(vocabularies.ELEMENT_FINDINGS)),
            "provision": text("Where in that place the element is.", separator=";"),
            "also_in_instrument": text("Where else in the instrument it is.", separator=";"),
            "also_in_others": text("Where in other instruments it is.", separator=";"),
            "citation_id": text("The citation.", link="citations.citation_id"),
            "source_id": SOURCE,
        },
    ),
    DerivedTable(
        name="provision_elements",
        description="An element of a provision that a source invokes, stated or not.",
        columns={
            "source_id": SOURCE,
            "instrument_id": INSTRUMENT,
            "provision": text("The provision; empty for an element that is not there."),
            "element": text("The element."),
            "finding": text("What the comparison finds.", terms=tuple(vocabularies.ELEMENT_FINDINGS)),
            "citations": text(
                "Citations that state it, or invoke the provision.",
                link="citations.citation_id",
                separator=";",
            ),
            "paraphrase": text("What the provision says of it."),
            "reference": text("Where that was read."),
        },
    ),
    DerivedTable(
        name="invocations",
        description="A source and an instrument that it invokes.",
        columns={
            "instrument_id": INSTRUMENT,
            "source_id": SOURCE,
            "citations": whole("Its citations of the instrument.", "citations"),
        },
    ),
    DerivedTable(
        name="uninvoked",
        description="An instrument marked as evidently relevant that no source invokes.",
        columns={
            "instrument_id": INSTRUMENT,
            "title": text("Its full title."),
            "short_name": text("Its short name."),
            "kind": text("What kind of instrument it is."),
            "binding": text("Whether it binds."),
            "adopted": text("When it was adopted, EDTF."),
            "in_force": text("Since when it is in force, EDTF."),
            "citation": text("Its official citation."),
            "variants": text("Names under which it is cited.", separator=";"),
            "candidates": text("Instruments that an ambiguous name can mean.", separator=";"),
            "invoked_directly_relevant": text("Whether it is evidently relevant."),
            "relevance": text("Why."),
            "provisions_read": text("Which of its provisions were read for the table of provisions."),
            "status": text("How the facts are known.", terms=tuple(vocabularies.FACT_STATUSES)),
            "reference": text("Where they were read."),
        },
    ),
    DerivedTable(
        name="reliability_data",
        description="A value that a coder gave to a unit, in the form in which agreement is computed.",
        columns={
            "coder": text("The coder, or pass."),
            "unit": text("The unit: a sentence, or a source and a question joined by |."),
            "variable": text("The variable."),
            "value": text("The value; empty for none."),
        },
    ),
    DerivedTable(
        name="reliability",
        description="The agreement of the coding passes on a variable.",
        columns={
            "variable": text("The variable."),
            "metric": text("The metric of its values."),
            "coders": whole("Coders.", "coders"),
            "units": whole("Units that at least two coders coded.", "units"),
            "agreements": whole("Units on which all agree.", "units"),
            "disagreements": whole("Units on which they do not.", "units"),
            "percent": number("Observed agreement.", "from 0 to 1"),
            "alpha": number("Krippendorff's alpha; empty where it is not defined."),
            "low": number("Lower end of its 95 % bootstrap interval."),
            "high": number("Upper end of its 95 % bootstrap interval."),
            "resamples_used": whole("Resamples in which alpha is defined.", "resamples"),
            "status": text("Why alpha is not defined; ok if it is."),
            "note": text("What a reader should know of it."),
        },
    ),
    DerivedTable(
        name="comparisons",
        description="A claim, or a fact from elsewhere, on one question.",
        columns={
            "proposition_id": QUESTION,
            "kind": text("Whether a source or a reference states it.", terms=("source", "reference")),
            "row_id": text("Id of the claim or of the fact."),
            "source_id": text("The source of a claim; empty for a fact.", link="sources.source_id"),
            "label": text("Who states it."),
            "statement": text("The words: the quote, or the fact as the reference table has it."),
            "value": text("The value, in the notation of claims."),
            **INTERVAL,
            "display": text("The value in words."),
            "scope": text("What it is about."),
            "date": text("When it was stated, EDTF."),
            "place": text("Where in the work the fact is."),
            "secondary": text("Whether the fact is known through another work."),
            "reference": text("The work."),
        },
    ),
    DerivedTable(
        name="inputs",
        description="A file from which the derived tables were made.",
        columns={
            "file": text("The file, relative to the data folder."),
            "sha256": text("Its SHA-256."),
        },
    ),
)

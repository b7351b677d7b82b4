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
            "silence": ordered("The type of the silence.", vocabularies.SILENCES),
            "searched": text("The words that were looked for.", separator=";"),
            "found": text("Those of them that occur.", separator=";"),
            "reason": text("Why the silence has this type."),
        },
    ),
    DerivedTable(
        name="origins",
        description="A source, and the origin to which it belongs.",
        columns={
            "source_id": SOURCE,
            "origin": text("The origin, named by its first source.", link="sources.source_id"),
            "merge_reasons": text(
                "The kinds of links that join it to other sources of its origin.", separator=";"
            ),
        },
    ),
    DerivedTable(
        name="origins_by_rule",
        description="A rule of merging, as the kinds of links that merge sources, and the origins under it.",
        columns={
            "rule": text("The kinds of links that merge, joined by +; none for no kind."),
            "kinds": whole("How many kinds.", "kinds of links"),
            "origins": whole("Origins under the rule.", "origins"),
            "groups": text("The sources of each origin, joined by +.", separator=";"),
            "is_chosen": truth("Whether the book merges by this rule."),
        },
    ),
    DerivedTable(
        name="dependencies",
        description="A dependency between two sources: a link that both have, or the passages that they share.",
        columns={
            "source_a": SOURCE_A,
            "source_b": SOURCE_B,
            "kind": text("Kind of the link, or passages."),
            "upstream": text("What both sources depend on; empty for passages."),
            "label": text("The dependency in words."),
            "evidence": text("The links or the passages that are evidence of it.", separator=";"),
            "share": number(
                "The larger of the two shares of text that the passages cover; empty for links.",
                "from 0 to 1",
            ),
            "is_merged": truth("Whether the dependency makes the two sources one origin."),
            "reason": text("Why it does or does not."),
        },
    ),
    DerivedTable(
        name="agreement",
        description="A question that is answered, and how the sources agree on it.",
        columns={
            "proposition_id": QUESTION,
            "class": text("What the question is about.", terms=tuple(vocabularies.QUESTION_CLASSES)),
            "matter": text(
                "What several questions on one thing share; the question itself where it is alone."
            ),
            "comparison": text(
                "Whether the sources could disagree on it, and if not, why not.",
                terms=tuple(vocabularies.COMPARISONS),
            ),
            "sources": whole("Sources that answer.", "sources"),
            "claims": whole("Claims on the question.", "claims"),
            "agree": whole("Pairs of claims of different sources that agree.", "pairs"),
            "variant": whole("Pairs of claims of different sources that are variants in wording.", "pairs"),
            "compatible": whole("Pairs of claims of different sources that are compatible.", "pairs"),
            "contradict": whole("Pairs of claims of different sources that contradict each other.", "pairs"),
            "not_comparable": whole("Pairs of claims of different sources that cannot be compared.", "pairs"),
            "self_contradictions": whole(
                "Pairs of claims of one source that contradict each other.", "pairs"
            ),
            "agreement_status": ordered(
                "The first relation that occurs between two sources, or single source if only one answers.",
                vocabularies.AGREEMENT_STATUSES,
            ),
        },
    ),
    DerivedTable(
        name="wordings",
        description="A form of words in which one source or several answer a question on wording that two or more "
        "answer.",
        columns={
            "proposition_id": QUESTION,
            "matter": text("The matter of the question."),
            "relation": ordered(
                "The first relation that occurs between two sources on the question.", vocabularies.RELATIONS
            ),
            "form": text("The answer as coded."),
            "sources": text("The sources that have it.", link="sources.source_id", separator=";"),
            "claims": text("The claims that have it.", link="claims.claim_id", separator=";"),
        },
    ),
    DerivedTable(
        name="headlines",
        description="A headline count of one class of questions, with its denominator.",
        columns={
            "headline": HEADLINE,
            "class": text(
                "The class of the questions; findings are those of substance and on the event.",
                terms=("findings", *vocabularies.QUESTION_CLASSES),
            ),
            "unit": text(
                "What is counted: questions, or matters, which take several questions on one thing as one.",
                terms=("question", "matter"),
            ),
            "count": whole("The count.", "questions or matters"),
            "of": whole("The denominator.", "questions or matters"),
            "of_headline": text("The headline whose count is the denominator."),
            "propositions": text(
                "The questions that are counted, or those of the matters.",
                link="propositions.proposition_id",
                separator=";",
            ),
        },
    ),
    DerivedTable(
        name="matrix",
        description="A question and a source, with the answer of the source against those of others, or its silence.",
        columns={
            "proposition_id": QUESTION,
            "topic": text("Topic of the question."),
            "source_id": SOURCE,
            "state": ordered(
                "The first relation to another source; only if no other answers; or the type of the silence.",
                vocabularies.STATES,
            ),
            "claims": text(
                "The claims of the source on the question; empty if it is silent.",
                link="claims.claim_id",
                separator=";",
            ),
        },
    ),
    DerivedTable(
        name="corroboration",
        description="A claim, and the number of sources and origins that make an agreeing claim.",
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
        description="A headline count of findings over sources, and over origins in their place.",
        columns={
            "headline": HEADLINE,
            "sources": whole("The count over sources.", "questions"),
            "sources_of": whole("The denominator of the count over sources.", "questions"),
            "origins": whole("The count over origins.", "questions"),
            "origins_of": whole("The denominator of the count over origins.", "questions"),
        },
    ),
    DerivedTable(
        name="headlines_without_source",
        description="A headline count of findings without each source in turn.",
        columns={
            **headline_columns(),
        },
    ),
    DerivedTable(
        name="headlines_without_origin",
        description="A headline count of findings without each origin in turn.",
        columns={
            **headline_columns(),
        },
    ),
    DerivedTable(
        name="headlines_by_assumption",
        description="A headline count of findings under an alternative to an assumption.",
        columns={
            "assumption": text("The assumption.", link="assumptions.assumption"),
            "setting": text("The alternative to it.", link="assumptions.setting"),
            "headline": HEADLINE,
            "baseline": whole("The count under the default assumptions."),
            "alternative": whole("The count under the alternative."),
            "alternative_of": whole("The denominator of the count under the alternative."),
            "difference": whole("The alternative minus the baseline."),
        },
    ),
    DerivedTable(
        name="sensitivity",
        description="A result for a headline or a question that changes when the reader makes another choice.",
        columns={
            "choice": text("The choice that is varied."),
            "setting": text("The alternative that is chosen."),
            "level": text(
                "Whether the result is of a headline or of a question.", terms=("headline", "proposition")
            ),
            "subject": text("The headline or the question."),
            "measure": text(
                "Which result: count, of (its denominator), agreement_status, two_origins or agreed_by_two_origins."
            ),
            "baseline": text("The result by default: a count, a status, or yes or no."),
            "alternative": text("The result under the alternative."),
        },
    ),
    DerivedTable(
        name="sensitivity_index",
        description="An alternative choice of the reader, and how many results change under it.",
        columns={
            "choice": text("The choice that is varied."),
            "setting": text("The alternative that is chosen."),
            "headlines": whole("Headline counts that change."),
            "agreement_status": whole("Questions whose status changes.", "questions"),
            "two_origins": whole("Questions that begin or cease to be answered by two origins.", "questions"),
            "agreed_by_two_origins": whole(
                "Questions on which two origins begin or cease to agree.", "questions"
            ),
            "propositions": whole("Questions with any of these changes.", "questions"),
        },
    ),
    DerivedTable(
        name="element_checks",
        description="An element that a citation attributes to its instrument, checked against the table of provisions.",
        columns={
            "instrument_id": INSTRUMENT,
            "pinpoint": text("The place that the citation names; empty for the instrument as a whole."),
            "element": text("The element."),
            "finding": text("The result of the comparison.", terms=tuple(vocabularies.ELEMENT_FINDINGS)),
            "provision": text("Where in that place the element is.", separator=";"),
            "also_in_instrument": text("Where else in the instrument it is.", separator=";"),
            "also_in_others": text("Where in other instruments it is.", separator=";"),
            "citation_id": text("The citation.", link="citations.citation_id"),
            "source_id": SOURCE,
        },
    ),
    DerivedTable(
        name="provision_elements",
        description="An element of a provision that a source invokes, whether the source states it or not.",
        columns={
            "source_id": SOURCE,
            "instrument_id": INSTRUMENT,
            "provision": text("The provision; empty for an element that no provision contains."),
            "element": text("The element."),
            "finding": text("The result of the comparison.", terms=tuple(vocabularies.ELEMENT_FINDINGS)),
            "citations": text(
                "Citations that state the element, or invoke the provision.",
                link="citations.citation_id",
                separator=";",
            ),
            "paraphrase": text("The content of the provision on it, in the project's own words."),
            "reference": text("Bibliography keys of the pages where it was read."),
        },
    ),
    DerivedTable(
        name="invocations",
        description="A source and an instrument that it invokes.",
        columns={
            "instrument_id": INSTRUMENT,
            "source_id": SOURCE,
            "citations": whole("Citations of the instrument in the source.", "citations"),
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
            "binding": text("Whom it binds, if anybody."),
            "adopted": text("When it was adopted, EDTF."),
            "in_force": text("When it entered into force generally, EDTF."),
            "citation": text("Its official citation."),
            "variants": text("Names by which texts call it.", separator=";"),
            "candidates": text("Instruments that an ambiguous name can mean.", separator=";"),
            "invoked_directly_relevant": text("Whether it evidently bears on the matter."),
            "relevance": text("Why a reader would expect it."),
            "provisions_read": text("Which of its provisions were read for the table of provisions."),
            "status": text("How the facts are known.", terms=tuple(vocabularies.FACT_STATUSES)),
            "reference": text("Bibliography keys of the pages where they were read."),
        },
    ),
    DerivedTable(
        name="reliability_data",
        description="A value that a coder gave to a unit, in the form from which agreement is computed.",
        columns={
            "coder": text("The coder, who is named by the coding pass."),
            "unit": text("The unit: a sentence, or a source and a question joined by |."),
            "variable": text("The variable."),
            "value": text("The value; empty if the coder gave none."),
        },
    ),
    DerivedTable(
        name="reliability",
        description="The agreement of the coding passes on a variable.",
        columns={
            "variable": text("The variable."),
            "metric": text("The metric by which values of the variable differ."),
            "coders": whole("Coders who coded the variable.", "coders"),
            "units": whole("Units that at least two coders coded.", "units"),
            "agreements": whole("Units on which all coders agree.", "units"),
            "disagreements": whole("Units on which they do not all agree.", "units"),
            "percent": number("Observed agreement.", "from 0 to 1"),
            "alpha": number("Krippendorff's alpha; empty where it is not defined."),
            "low": number("Lower end of its 95 % bootstrap interval."),
            "high": number("Upper end of its 95 % bootstrap interval."),
            "resamples_used": whole("Resamples in which alpha is defined.", "resamples"),
            "status": text("Why alpha is not defined; ok if it is."),
            "note": text("What a reader should know about the result."),
        },
    ),
    DerivedTable(
        name="comparisons",
        description="A claim of a source, or a fact from a reference, on a question that both answer.",
        columns={
            "proposition_id": QUESTION,
            "kind": text("Whether a source or a reference states it.", terms=("source", "reference")),
            "row_id": text("Id of the claim or of the fact."),
            "source_id": text("The source of a claim; empty for a fact.", link="sources.source_id"),
            "label": text("Who states the fact; empty for a claim."),
            "statement": text("The words: the quote, or the fact as the reference table has it."),
            "value": text("The value, in the notation of claims."),
            **INTERVAL,
            "display": text("The value in words."),
            "scope": text(
                "What the claim is about, where that is not the scope of the question; empty for a fact."
            ),
            "date": text("The date of the fact, EDTF; empty for a claim."),
            "place": text("The place of the fact; empty for a claim."),
            "secondary": text("Whether the fact was read through a secondary page; empty for a claim."),
            "reference": text("Bibliography keys of the fact; empty for a claim."),
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

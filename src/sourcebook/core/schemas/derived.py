"""What each derived table holds. Their columns follow from the functions that make them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["DERIVED"]

#: By name: the tables of ``derived``, in the order in which they are made.
DERIVED: Mapping[str, str] = MappingProxyType(
    {
        "sentences": "Every sentence of every source, normalised, with its place in the normalised text and "
        "in the raw file.",
        "coverage": "For every sentence, how many rows of each coded table touch it, and whether it is "
        "coded, listed with a reason, or open.",
        "claim_intervals": "The coded claims with the bounds of their intervals, the quote in normalised form and the "
        "value in words.",
        "relations": "Every pair of claims on one proposition, how the two relate, the rule that decided, "
        "Allen's relation of dates, the reason, and the assumptions that would change it.",
        "differences": "The pairs of claims that contradict each other or differ and are compatible.",
        "self_contradictions": "The pairs of claims in which one source contradicts itself, with rule and reason.",
        "relation_changes": "Every pair of claims whose relation changes under an alternative to one assumption, with "
        "the rule and the reason by default and under the alternative.",
        "assumptions": "Every alternative to every assumption behind the rules, with the default, why it is the "
        "default, and how many pairs change.",
        "timeline": "Every claim that dates something, with the four bounds of its interval.",
        "dating": "When each source was written, as far as it says so itself.",
        "reporting_lag": "The dates that a source gives, against the time of its writing.",
        "shared_passages": "Passages that two sources share word for word or nearly so, at their places in "
        "both raw files.",
        "shares": "For each two sources that share passages, how much of either text these cover.",
        "silences": "Every proposition that a source does not answer, with the type of its silence and the "
        "words that were looked for.",
        "origins": "Which sources count as one origin, and which kinds of links merge them.",
        "dependencies": "What joins each two sources (links and shared passages), with the evidence, and whether it "
        "merges them into one origin.",
        "agreement": "For every proposition that is answered, how many sources and claims answer it and how "
        "the claims of different sources relate.",
        "matrix": "One state for every proposition and source: the relation to another source, or "
        "the type of its silence.",
        "corroboration": "For every claim, how many sources and how many origins give an agreeing one.",
        "headlines_by_origin": "Every headline number, counted over sources and over origins in their place.",
        "headlines_without_source": "Every headline number, and the same number without each source in turn.",
        "headlines_without_origin": "Every headline number, and the same number without each origin in turn.",
        "headlines_by_assumption": "Every headline number by default and under each alternative to each assumption.",
        "coefficients": "Coefficients of agreement with the sources, and with the origins, as raters, over the "
        "questions that have one answer.",
        "sensitivity": "What each headline number becomes under every other choice, and every proposition "
        "that changes: other merging rules, and each source and each origin left out.",
        "sensitivity_index": "For every other choice, how many headline numbers change and how many "
        "propositions change.",
        "element_checks": "What each citation says that its instrument contains, against what the table of "
        "provisions has.",
        "provision_elements": "Every element of every provision that a source invokes: stated and there, or there and "
        "not stated, with the citations and the reference; and the elements stated that are not there.",
        "invocations": "How often each source invokes each instrument.",
        "uninvoked": "Instruments marked as evidently relevant that no source invokes.",
        "reliability_data": "The passes in the form in which agreement is computed: one value for each "
        "coder, unit and variable.",
        "reliability": "The agreement of the passes for each variable: raw counts and Krippendorff's alpha "
        "with a bootstrap interval.",
        "comparisons": "The claims and the facts from elsewhere on the same propositions, side by side.",
        "values": "Every number that a page may print, with the rows behind it and what was counted.",
        "inputs": "The files from which the derived tables were made, with their hashes.",
        "columns": "The type of each column of the derived tables.",
    }
)

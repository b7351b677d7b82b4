"""Who answers what, who is silent and how, and how many origins give an answer.

The functions take the claims, their relations and the links between sources as frames. Nothing here says
whether an answer is true: that several sources give it shows that they give it.
"""

from sourcebook.analysis.agreement.coefficients import (
    COEFFICIENTS,
    coefficients,
    coefficients_by_raters,
    source_ratings,
)
from sourcebook.analysis.agreement.dependence import (
    DEFAULT_MERGING,
    LEAST_SHARE,
    PASSAGES,
    dependencies,
    merge_sources,
    origins,
    shared_share,
)
from sourcebook.analysis.agreement.headlines import (
    HEADLINES,
    count_headlines,
    headline_propositions,
    headlines_by_assumption,
    headlines_by_origin,
    leave_one_out,
)
from sourcebook.analysis.agreement.sensitivity import CHOICES, merging_rules, sensitivity, sensitivity_index
from sourcebook.analysis.agreement.silence import silences, unfinished_sources
from sourcebook.analysis.agreement.status import agreement_status, corroboration, matrix
from sourcebook.analysis.agreement.word_search import search_evidence

__all__ = [
    "CHOICES",
    "COEFFICIENTS",
    "DEFAULT_MERGING",
    "HEADLINES",
    "LEAST_SHARE",
    "PASSAGES",
    "agreement_status",
    "coefficients",
    "coefficients_by_raters",
    "corroboration",
    "count_headlines",
    "dependencies",
    "headline_propositions",
    "headlines_by_assumption",
    "headlines_by_origin",
    "leave_one_out",
    "matrix",
    "merge_sources",
    "merging_rules",
    "origins",
    "search_evidence",
    "sensitivity",
    "sensitivity_index",
    "shared_share",
    "silences",
    "source_ratings",
    "unfinished_sources",
]

"""Who answers what, who is silent and how, and how many origins give an answer.

The functions take the claims, their relations and the links between sources as frames. Nothing here says
whether an answer is true: that several sources give it shows that they give it.
"""

from sourcebook.analysis.agreement.dependence import (
    DEFAULT_MERGING,
    LEAST_SHARE,
    PASSAGES,
    dependencies,
    merge_sources,
    origins,
    shared_share,
)
from sourcebook.analysis.agreement.headline_marks import HEADLINES
from sourcebook.analysis.agreement.headlines import (
    count_questions,
    headlines,
    headlines_by_assumption,
    headlines_by_origin,
    leave_one_out,
)
from sourcebook.analysis.agreement.origin_rules import origins_by_rule
from sourcebook.analysis.agreement.questions import FINDINGS, classify, comparisons, wordings
from sourcebook.analysis.agreement.sensitivity import CHOICES, merging_rules, sensitivity, sensitivity_index
from sourcebook.analysis.agreement.silence import silences, unfinished_sources
from sourcebook.analysis.agreement.status import agreement_status, corroboration, matrix
from sourcebook.analysis.agreement.word_search import search_evidence

__all__ = [
    "CHOICES",
    "DEFAULT_MERGING",
    "FINDINGS",
    "HEADLINES",
    "LEAST_SHARE",
    "PASSAGES",
    "agreement_status",
    "classify",
    "comparisons",
    "corroboration",
    "count_questions",
    "dependencies",
    "headlines",
    "headlines_by_assumption",
    "headlines_by_origin",
    "leave_one_out",
    "matrix",
    "merge_sources",
    "merging_rules",
    "origins",
    "origins_by_rule",
    "search_evidence",
    "sensitivity",
    "sensitivity_index",
    "shared_share",
    "silences",
    "unfinished_sources",
    "wordings",
]

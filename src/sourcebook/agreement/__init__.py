"""Who answers what, who is silent and how, and how many origins stand behind an answer.

The functions take the claims, their relations and the links between sources as frames. Nothing here says
whether an answer is true: that several sources give it shows that they give it.
"""

from sourcebook.agreement.coefficients import COEFFICIENTS, coefficients, source_ratings
from sourcebook.agreement.copying import copy_links
from sourcebook.agreement.headlines import (
    HEADLINES,
    headline_propositions,
    leave_one_out,
    merged_headlines,
    summary,
)
from sourcebook.agreement.origins import (
    DEFAULT_MERGING,
    LEAST_SHARE,
    PASSAGES,
    edges,
    merge_sources,
    origins,
    shared_share,
)
from sourcebook.agreement.searching import search_evidence
from sourcebook.agreement.sensitivity import CHOICES, flip_index, merging_rules, sensitivity
from sourcebook.agreement.silence import silences
from sourcebook.agreement.tallies import corroboration, matrix, standing

__all__ = [
    "CHOICES",
    "COEFFICIENTS",
    "DEFAULT_MERGING",
    "HEADLINES",
    "LEAST_SHARE",
    "PASSAGES",
    "coefficients",
    "copy_links",
    "corroboration",
    "edges",
    "flip_index",
    "headline_propositions",
    "leave_one_out",
    "matrix",
    "merge_sources",
    "merged_headlines",
    "merging_rules",
    "origins",
    "search_evidence",
    "sensitivity",
    "shared_share",
    "silences",
    "source_ratings",
    "standing",
    "summary",
]

"""Who answers what, who is silent and how, and how many origins stand behind an answer.

The functions take the claims, their relations and the links between sources as frames. Nothing here says
whether an answer is true: that several sources give it shows that they give it.
"""

from sourcebook.agreement.coefficients import COEFFICIENTS, coefficients, source_ratings
from sourcebook.agreement.headlines import headline_propositions, leave_one_out, summary
from sourcebook.agreement.origins import DEFAULT_MERGING, origins
from sourcebook.agreement.silence import search_evidence, silences
from sourcebook.agreement.tallies import corroboration, matrix, standing

__all__ = [
    "COEFFICIENTS",
    "DEFAULT_MERGING",
    "coefficients",
    "corroboration",
    "headline_propositions",
    "leave_one_out",
    "matrix",
    "origins",
    "search_evidence",
    "silences",
    "source_ratings",
    "standing",
    "summary",
]

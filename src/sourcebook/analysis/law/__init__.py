"""The law that the sources invoke: citations, what the provisions contain, and which states take part.

An *element* is one thing that a provision contains, as a code of the table of elements.
"""

from sourcebook.analysis.law.citations import (
    KINDS_WITH_ARTICLES,
    check_elements,
    compare_wording,
    count_invocations,
    stated_elements,
    uninvoked,
)
from sourcebook.analysis.law.elements import compare_elements, elements_by_provision
from sourcebook.analysis.law.participation import participation_by_state

__all__ = [
    "KINDS_WITH_ARTICLES",
    "check_elements",
    "compare_elements",
    "compare_wording",
    "count_invocations",
    "elements_by_provision",
    "participation_by_state",
    "stated_elements",
    "uninvoked",
]

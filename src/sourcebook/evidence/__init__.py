"""The evidence, one click away: a page for each claim, and pages to search, compare and zoom all of them.

Frames in, HTML out: every text from the data is escaped and isolated from the writing direction of what
stands beside it, and no page needs a script. Where a page leads is told by :class:`Links`, so that the same
pages fit into any book.
"""

from sourcebook.evidence.explorer import explorer
from sourcebook.evidence.index import Evidence, Links, Number, Use, claim_name, plain
from sourcebook.evidence.matrix import matrix
from sourcebook.evidence.page import ClaimPage, claim_page
from sourcebook.evidence.silent import silence_place, silence_table
from sourcebook.evidence.zoom import timeline, timeline_data

__all__ = [
    "ClaimPage",
    "Evidence",
    "Links",
    "Number",
    "Use",
    "claim_name",
    "claim_page",
    "explorer",
    "matrix",
    "plain",
    "silence_place",
    "silence_table",
    "timeline",
    "timeline_data",
]

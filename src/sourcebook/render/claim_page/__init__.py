"""The evidence, one click away: a page for each claim, and pages to search, compare and zoom all of them.

Frames in, HTML out: every text from the data is escaped and isolated from the writing direction of what
stands beside it, and no page needs a script. Where a page leads is told by :class:`Links`, so that the same
pages fit into any book.
"""

from sourcebook.render.claim_page.claim import ClaimPage, claim_page
from sourcebook.render.claim_page.evidence_index import Evidence, Links, Number, Use, claim_name, plain
from sourcebook.render.claim_page.explorer import explorer
from sourcebook.render.claim_page.matrix import matrix
from sourcebook.render.claim_page.silence_page import silence_place, silence_table
from sourcebook.render.claim_page.timeline_zoom import timeline, timeline_data

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

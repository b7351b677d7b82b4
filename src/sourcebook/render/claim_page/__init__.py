"""The evidence, one click away: a page for each claim, and pages to search, compare and zoom all of them.

An index of the claims (:class:`sourcebook.render.claim_index.ClaimIndex`) in, HTML out: every text from the data is
escaped and has a writing direction of its own, and no page needs a script. Where a page leads is up to
:class:`sourcebook.render.links.Links`.
"""

from sourcebook.render.claim_page.claim import ClaimPage, claim_page
from sourcebook.render.claim_page.explorer import Pieces, claims_by_topic, claims_page, explorer, piece
from sourcebook.render.claim_page.matrix import matrix
from sourcebook.render.claim_page.silence_page import silence_place, silence_table
from sourcebook.render.claim_page.timeline_zoom import timeline, timeline_data

__all__ = [
    "ClaimPage",
    "Pieces",
    "claim_page",
    "claims_by_topic",
    "claims_page",
    "explorer",
    "matrix",
    "piece",
    "silence_place",
    "silence_table",
    "timeline",
    "timeline_data",
]

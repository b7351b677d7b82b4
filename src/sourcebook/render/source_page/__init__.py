"""The text of a source as a page: every sentence and every coded passage has an address.

The page needs no script. A coded passage is underlined in the lane and with the stroke of its category, so that
passages that overlap stay apart, and each stretch of it is a link to its note. A note says what is coded, in whose
voice, how the other sources stand to the same question, what the other coding passes found, and which pages use it;
it leads back to its passage and to the passages of the others. A passage that another source shares is marked on
both pages and can be read beside its twin.
"""

from pathlib import Path

from sourcebook.render.source_page.codings import CATEGORIES, QUIET, codings, quotes
from sourcebook.render.source_page.edition import edition, legend
from sourcebook.render.source_page.notes import Links
from sourcebook.render.source_page.parallel_passages import compared, twins

__all__ = [
    "CATEGORIES",
    "QUIET",
    "STATIC",
    "Links",
    "codings",
    "compared",
    "edition",
    "legend",
    "quotes",
    "twins",
]

#: Folder of the style sheet and the script of editions.
STATIC = Path(__file__).parent / "static"

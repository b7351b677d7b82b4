"""The text of a source as a page: every sentence and every coded passage has an address.

The page needs no script. A coded passage is underlined in the lane and with the stroke of its category, so that
passages that overlap are discernible, and each stretch of it is a link to its note. A note names what is coded, in
whose voice, the relations to the other sources, what the other coding passes have, and the pages that use it; it
leads back to its passage and to the passages of the others. A passage that another source shares is marked on both
pages and can be read side by side with the other.
"""

from pathlib import Path

from sourcebook.render.source_page.codings import categories, codings, quotes
from sourcebook.render.source_page.edition import edition
from sourcebook.render.source_page.parallel_passages import compare_words, parallel_passages

__all__ = [
    "STATIC",
    "categories",
    "codings",
    "compare_words",
    "edition",
    "parallel_passages",
    "quotes",
]

#: Folder of the style sheet and the script of editions.
STATIC = Path(__file__).parent / "static"

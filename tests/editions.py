"""Pages of sources, for tests of what they show."""

from lxml import html

from sourcebook.render.claim_index import ClaimIndex
from sourcebook.render.source_page import edition


def edition_markup(data, source, *, tables=None, derived=None, passes=(), **options):
    """Return the page of a source as markup; of a dataset with other tables where some are given."""
    derived = derived or data.derived
    index = ClaimIndex(data.tables, derived, data.documents, data.schemas, passes)
    return edition(index, source, tables or data.tables, derived["shared_passages"], **options).markup


def edition_page(data, source, **options):
    """Return the page of a source, parsed."""
    return html.fromstring(edition_markup(data, source, **options))

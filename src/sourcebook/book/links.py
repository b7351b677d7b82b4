"""Where the pages of a Sphinx book lead, seen from one of them."""

from __future__ import annotations

from sphinx.application import Sphinx

from sourcebook.book.book_data import book_data, page_addresses, passage_href, relative_href
from sourcebook.render.links import Links

__all__ = ["claim_address", "links_from"]


def claim_address(app: Sphinx, here: str, claim_id: str) -> str:
    """Return the address of a claim's page, seen from a page of the book.

    Parameters
    ----------
    app : Sphinx
        The application.
    here : str
        The page of the book.
    claim_id : str
        The claim.

    Returns
    -------
    str
        Relative; empty for an id that is no claim's.
    """
    if claim_id not in book_data(app).claim_index.claims:
        return ""
    return relative_href(app, here, page_addresses(app).claim(claim_id))


def links_from(app: Sphinx, here: str) -> Links:
    """Return where a page leads; nowhere for the passage of a source that has no page.

    Parameters
    ----------
    app : Sphinx
        The application.
    here : str
        The page of the book.
    """
    return Links(
        claim=lambda claim_id: claim_address(app, here, claim_id),
        passage=lambda row_id: passage_href(app, here, row_id),
    )

"""The claims of a large book in pieces: pages of tables for those who read, and scripts for the explorer.

Up to as many claims as the setting ``sourcebook_explorer_claims`` says stand on the page of the explorer itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from markupsafe import escape
from sphinx.application import Sphinx

from sourcebook.book.links import links_from
from sourcebook.book.state import state_of
from sourcebook.core.files import write_text
from sourcebook.render import claim_page
from sourcebook.render.claim_index import ClaimIndex, Row
from sourcebook.render.claim_page import Pieces

__all__ = ["claims_pages", "explorer_pieces", "write_pieces"]

#: Claims on a page of a topic, and in a script.
_ON_A_PAGE, _IN_A_SCRIPT = 300, 1_000


def _parts(claims: Sequence[Row], size: int) -> list[Sequence[Row]]:
    return [claims[start : start + size] for start in range(0, len(claims), size)]


def _folder(docname: str) -> str:
    """Return where the scripts of a page stand, from the root of the book."""
    return f"_static/claims/{docname.replace('/', '-')}/"


def _page(topic: str, number: int) -> str:
    return f"claims-by-topic/{topic}-{number}"


def explorer_pieces(app: Sphinx, docname: str, index: ClaimIndex) -> Pieces | None:
    """Return where the claims stand for the explorer of a page; None where they stand on the page itself.

    Parameters
    ----------
    app : Sphinx
        The application.
    docname : str
        The page.
    index : ClaimIndex
        The dataset.
    """
    if len(index.claims) <= app.config.sourcebook_explorer_claims:
        return None
    topics = claim_page.claims_by_topic(index)
    uri = app.builder.get_relative_uri
    return Pieces(
        address="../" * app.builder.get_target_uri(docname).count("/") + _folder(docname),
        count=len(_parts(list(index.claims.values()), _IN_A_SCRIPT)),
        pages={
            topic: [uri(docname, _page(topic, n)) for n, _part in enumerate(_parts(claims, _ON_A_PAGE), 1)]
            for topic, claims in topics.items()
        },
    )


def _explorers(app: Sphinx) -> list[str]:
    """Return the pages that have an explorer whose claims stand elsewhere."""
    return [name for name, record in state_of(app.env).sorted_pages() if "explorer" in record.directives]


def claims_pages(app: Sphinx, index: ClaimIndex, mark: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the pages of each topic, as Sphinx collects pages.

    Parameters
    ----------
    app : Sphinx
        The application.
    index : ClaimIndex
        The dataset.
    mark : str
        A key that is true in the context of each page.
    """
    explorers = _explorers(app)
    if len(index.claims) <= app.config.sourcebook_explorer_claims or not explorers:
        return
    uri = app.builder.get_relative_uri
    for topic, claims in claim_page.claims_by_topic(index).items():
        parts = _parts(claims, _ON_A_PAGE)
        for n, part in enumerate(parts, 1):
            name = _page(topic, n)
            neighbours = {"all claims": uri(name, explorers[0])}
            neighbours |= {"before": uri(name, _page(topic, n - 1))} if n > 1 else {}
            neighbours |= {"after": uri(name, _page(topic, n + 1))} if n < len(parts) else {}
            body = claim_page.claims_page(
                index, part, links=links_from(app, name), neighbours=neighbours
            ).markup
            title = f"Claims on: {index.label('topic', topic)}, {n} of {len(parts)}"
            yield name, {"title": escape(title), "body": body, mark: True}, "page.html"


def write_pieces(app: Sphinx, index: ClaimIndex) -> None:
    """Write the scripts of every explorer whose claims do not stand on its page.

    Parameters
    ----------
    app : Sphinx
        The application.
    index : ClaimIndex
        The dataset.
    """
    if len(index.claims) <= app.config.sourcebook_explorer_claims:
        return
    claims = list(chain.from_iterable(claim_page.claims_by_topic(index).values()))
    for docname in _explorers(app):
        folder = app.outdir / _folder(docname)
        folder.mkdir(parents=True, exist_ok=True)
        for n, part in enumerate(_parts(claims, _IN_A_SCRIPT), 1):
            write_text(folder / f"{n}.js", claim_page.piece(index, part, links=links_from(app, docname)))

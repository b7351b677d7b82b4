"""The one Sphinx extension of a book: it registers what each module brings, with its settings.

Settings
--------
``sourcebook_data``
    The data folder, relative to the folder of the configuration (default ``data``).
``sourcebook_source_page``
    Document of a source's page, with ``{source_id}`` in it (default ``book/sources/{source_id}``).
``sourcebook_claim_page``
    Address of a claim's page, with ``{claim_id}`` in it (default ``claims/{claim_id}``). It is kept for good.
``sourcebook_values_page``
    Document that holds ``{values}`` (default ``book/values``).
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from sourcebook._version import __version__
from sourcebook.book import (
    book_data,
    captions,
    citations,
    claim_pages,
    data_files,
    executed,
    failing_cells,
    linked_data,
    notebook_archive,
    notebooks,
    numbers,
    public_names,
    roles,
    safe_links,
    source_pages,
)

__all__ = ["setup"]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the roles, directives, settings and handlers.

    Parameters
    ----------
    app : Sphinx
        The application.

    Returns
    -------
    dict
        What Sphinx wants to know of an extension.
    """
    app.add_config_value("sourcebook_data", "data", "env", [str])
    app.add_config_value("sourcebook_source_page", "book/sources/{source_id}", "env", [str])
    app.add_config_value("sourcebook_claim_page", "claims/{claim_id}", "env", [str])
    app.add_config_value("sourcebook_values_page", "book/values", "env", [str])
    app.setup_extension("sourcebook.book.number_lint")  # another book may use it by itself
    parts = (
        book_data,
        notebooks,
        notebook_archive,
        data_files,
        executed,
        failing_cells,
        captions,
        public_names,
        citations,
        safe_links,
        claim_pages,
        source_pages,
        linked_data,
    )
    for part in parts:
        part.register(app)
    app.setup_extension("sourcebook.book.theme")
    numbers.register(app)
    roles.register(app)
    return {
        "version": __version__,
        "env_version": 3,
        "parallel_read_safe": False,
        "parallel_write_safe": True,
    }

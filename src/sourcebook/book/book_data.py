"""What a build of a book reads from the dataset, read once and shared by the parts that print from it."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sourcebook.pipeline import store
from sourcebook.pipeline.dataset import Dataset
from sourcebook.pipeline.folders import VARIABLE as DATA
from sourcebook.render.addresses import VARIABLE, Addresses
from sourcebook.render.claim_index import ClaimIndex
from sourcebook.render.source_page import quotes

__all__ = ["BookData", "book_data", "depend", "page_addresses", "passage_href", "register", "relative_href"]


class BookData:
    """The dataset of a build, with what the pages look up in it, each made at its first use.

    Parameters
    ----------
    folder : Path
        The data folder.

    Attributes
    ----------
    dataset : Dataset
        As loaded from the folder.

    Raises
    ------
    SourcebookError
        If the dataset cannot be used, with everything that is wrong in it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.dataset: Dataset = store.load(folder)

    @cached_property
    def quotes(self) -> dict[str, str]:
        """The words of each coded row and sentence, by id."""
        return quotes(self.dataset.tables, self.dataset.documents, self.dataset.schemas)

    @cached_property
    def claim_index(self) -> ClaimIndex:
        """The claims, indexed for their pages."""
        data = self.dataset
        return ClaimIndex(data.tables, data.derived, data.documents, data.schemas, data.passes)


def book_data(app: Sphinx) -> BookData:
    """Return what this build reads from the folder that the setting ``sourcebook_data`` names.

    Parameters
    ----------
    app : Sphinx
        The application.
    """
    data = getattr(app, "sourcebook", None)
    if not isinstance(data, BookData):
        data = app.sourcebook = BookData(Path(app.confdir, app.config.sourcebook_data))  # type: ignore[attr-defined]
    return data


def depend(env: BuildEnvironment) -> BookData:
    """Note that the page being read depends on the dataset, and return what the build reads from it.

    Sphinx reads the page again when the registry or a derived table has changed.
    """
    data = book_data(env.app)
    for path in (data.folder / "raw" / "sources.csv", *sorted((data.folder / "derived").glob("*.csv"))):
        env.note_dependency(str(path))
    return data


def page_addresses(app: Sphinx, here: str = "") -> Addresses:
    """Return the addresses of the book by its settings.

    Parameters
    ----------
    app : Sphinx
        The application.
    here : str, optional
        The page that links.
    """
    config = app.config
    return Addresses(
        claim_page=config.sourcebook_claim_page,
        source_page=config.sourcebook_source_page,
        numbers_page=config.sourcebook_values_page,
        here=here,
        claims_file=str(book_data(app).folder.resolve() / "coded" / "claims.csv"),
        suffix="/" if app.builder.name == "dirhtml" else ".html",
    )


def relative_href(app: Sphinx, here: str, address: str) -> str:
    """Return an address of the book as a link from one of its pages.

    Parameters
    ----------
    app : Sphinx
        The application.
    here : str
        The page that links.
    address : str
        A page of the book, with a fragment or without.

    Returns
    -------
    str
        Relative to the page.
    """
    page, mark, fragment = address.partition("#")
    return f"{app.builder.get_relative_uri(here, page)}{mark}{fragment}"


def passage_href(app: Sphinx, here: str, row_id: str) -> str:
    """Return a link to the passage of a row; empty where its source has no page.

    Parameters
    ----------
    app : Sphinx
        The application.
    here : str
        The page that links.
    row_id : str
        Id of a coded row, a sentence or a shared passage.

    Returns
    -------
    str
        Relative to the page.
    """
    address = page_addresses(app).passage(row_id)
    return relative_href(app, here, address) if address.partition("#")[0] in app.env.found_docs else ""


def _hand_over(app: Sphinx, docname: str, content: list[str]) -> None:
    """Hand the addresses to the chapter that is run when the page is read."""
    page_addresses(app, docname).to_environment()
    os.environ[DATA] = str(book_data(app).folder.resolve())


def _take_back(app: Sphinx, exception: Exception | None) -> None:
    os.environ.pop(VARIABLE, None)
    os.environ.pop(DATA, None)


def register(app: Sphinx) -> None:
    """Connect the handlers that hand the addresses to the chapters."""
    app.connect("source-read", _hand_over)
    app.connect("build-finished", _take_back)

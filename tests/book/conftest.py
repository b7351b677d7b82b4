"""The book, built strictly from clean in a copy of the repository, once for all tests of its pages.

``SOURCEBOOK_HTML=_build/html pytest tests/book`` looks at a book that is already built instead; the tests that
need a build of their own are then skipped.
"""

import os
from pathlib import Path

import pytest
from building import build_book, copy_repository

LOG_TAIL = 60


def built_html(folder: Path) -> Path:
    result = build_book(copy_repository(folder))
    if result.returncode:
        tail = "\n".join(result.stdout.splitlines()[-LOG_TAIL:])
        pytest.fail(f"the strict build of the book ended with {result.returncode}:\n{tail}", pytrace=False)
    return folder / "_build" / "html"


@pytest.fixture(scope="session")
def given_html() -> Path | None:
    """Return the book named by SOURCEBOOK_HTML, if any."""
    name = os.environ.get("SOURCEBOOK_HTML")
    return Path(name).resolve(strict=True) if name else None


@pytest.fixture(scope="session")
def html(given_html, tmp_path_factory) -> Path:
    """Return the folder of the built pages."""
    return given_html or built_html(tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="session")
def html_again(given_html, tmp_path_factory) -> Path:
    """Return the folder of the pages of a second build, in another folder with a longer name."""
    if given_html:
        pytest.skip("looks at one given book; unset SOURCEBOOK_HTML to build it twice")
    return built_html(tmp_path_factory.mktemp("the same book once more") / "deeper")

"""The book, built strictly from clean in a copy of the repository once for all tests, and a browser for each worker.

``SOURCEBOOK_HTML=_build/html pytest tests/site`` looks at a book that is already built instead; the tests that
need a build of their own are then skipped.
"""

import os
from pathlib import Path

import pytest
from building import build_book, copy_repository
from filelock import FileLock
from walk import CHROMIUM, browser, served

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
def html(given_html, tmp_path_factory, request) -> Path:
    """Return the folder of the built pages, which the workers of a run share."""
    if given_html:
        return given_html
    if not hasattr(request.config, "workerinput"):
        return built_html(tmp_path_factory.mktemp("book"))
    shared = tmp_path_factory.getbasetemp().parent / "book"
    with FileLock(f"{shared}.lock"):
        if not (done := shared / "_build" / "html" / "index.html").exists():
            assert not shared.exists(), (
                "the strict build of the book failed in another worker, which says why"
            )
            shared.mkdir()
            built_html(shared)
            assert done.exists()
    return shared / "_build" / "html"


@pytest.fixture(scope="session")
def html_again(given_html, tmp_path_factory) -> Path:
    """Return the folder of the pages of a second build, in another folder with a longer name."""
    if given_html:
        pytest.skip("looks at one given book; unset SOURCEBOOK_HTML to build it twice")
    return built_html(tmp_path_factory.mktemp("the same book once more") / "deeper")


@pytest.fixture(scope="session")
def chromium():
    """Return the browser that all tests share."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    with browser() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def address(html):
    """Return where the built pages are served."""
    with served(html) as address:
        yield address


def pytest_collection_modifyitems(items):
    """Mark what needs a built book, and a browser."""
    for item in items:
        if not item.path.is_relative_to(Path(__file__).parent):
            continue
        fixtures = set(item.fixturenames)
        if fixtures & {"html", "html_again"}:
            item.add_marker("book")
        if "html_again" in fixtures:
            item.add_marker("slow")
        if "chromium" in fixtures or item.get_closest_marker("browser"):
            item.add_marker("browser")
            if CHROMIUM is None:
                item.add_marker(
                    pytest.mark.skip("no chromium on this machine (Debian: apt-get install chromium)")
                )

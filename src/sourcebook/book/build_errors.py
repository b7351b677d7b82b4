"""What is wrong on the pages of a book, reported in every build until it is mended, and failing each of them.

Brought by :mod:`sourcebook.book`, and an extension by itself. A warning of Sphinx is given once: the next
build, which does not read the page again, ends well. An error is kept with its page
(:mod:`sourcebook.book.state`), is reported again by each build, and gives each the exit code 1, whether or not
warnings are errors.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from sourcebook.book import state

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["add_error", "report", "setup"]

_logger = logging.getLogger(__name__)


def add_error(env: BuildEnvironment, line: int | None, message: str) -> None:
    """Keep an error of the page that is being read, until all errors are reported.

    Parameters
    ----------
    env : BuildEnvironment
        The environment, in the middle of reading a page.
    line : int or None
        Where on the page, if that is known.
    message : str
        What is wrong, and what to do.
    """
    state.state_of(env).page(env.docname).errors.append((line or 0, message))


def report(app: Sphinx, errors: Iterable[tuple[str, int, str]], *, fail: bool = True) -> None:
    """Report errors in the order of pages and lines, and fail the build.

    Parameters
    ----------
    app : Sphinx
        The application.
    errors : iterable of tuple
        Page, line (0 where there is none), message.
    fail : bool, optional
        Whether the build's exit code becomes 1.
    """
    for page, line, message in sorted(dict.fromkeys(errors), key=lambda error: error[:2]):
        _logger.warning(message, location=(page, line or None))
        if fail:
            app.statuscode = 1


def _report_all(app: Sphinx, env: BuildEnvironment) -> list[str]:
    pages = state.state_of(env).sorted_pages()
    report(app, [(page, line, message) for page, record in pages for line, message in record.errors])
    return []


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the state and the report with Sphinx."""
    state.register(app)
    app.connect("env-updated", _report_all)
    return {"version": "2", "env_version": 2, "parallel_read_safe": True, "parallel_write_safe": True}

"""What is wrong on the pages of a book, told in every build until it is mended, and failing each of them.

This is a Sphinx extension of its own, brought by those that find faults. A warning of Sphinx is told once:
the next build, which does not read the page again, ends well. A fault stays in the build's environment with
its page, is told again by each build, and gives each the exit code 1, whether or not warnings are errors.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["Faults", "setup", "tell"]

_logger = logging.getLogger(__name__)


class Faults:
    """The faults of a build, by page.

    Attributes
    ----------
    by_page : dict of str to list of tuple
        Page to line (0 where there is none) and message, as found when the page was read.
    """

    def __init__(self) -> None:
        self.by_page: dict[str, list[tuple[int, str]]] = {}

    @classmethod
    def of(cls, env: Any) -> Faults:
        """Return the record of a build's environment, a new one if there is none yet."""
        found = getattr(env, "sourcebook_faults", None)
        if not isinstance(found, cls):
            found = cls()
            env.sourcebook_faults = found
        return found

    def add(self, page: str, line: int | None, message: str) -> None:
        """Note a fault of a page that is being read.

        Parameters
        ----------
        page : str
            The page.
        line : int or None
            Where on it, if that is known.
        message : str
            What is wrong, and what to do.
        """
        self.by_page.setdefault(page, []).append((line or 0, message))

    def forget(self, page: str) -> None:
        """Drop the faults of a page, before it is read again or is gone."""
        self.by_page.pop(page, None)


def tell(app: Sphinx, faults: Iterable[tuple[str, int, str]], *, fail: bool = True) -> None:
    """Tell faults in the order of pages and lines, and fail the build.

    Parameters
    ----------
    app : Sphinx
        The application.
    faults : iterable of tuple
        Page, line (0 where there is none), message.
    fail : bool, optional
        Whether the build's exit code becomes 1.
    """
    for page, line, message in sorted(dict.fromkeys(faults), key=lambda fault: fault[:2]):
        _logger.warning(message, location=(page, line or None))
        if fail:
            app._sourcebook_failed = True  # type: ignore[attr-defined]


def _forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    Faults.of(env).forget(docname)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    """Take over what another process found on the pages that it read."""
    theirs = Faults.of(other).by_page
    Faults.of(env).by_page |= {page: theirs[page] for page in docnames if page in theirs}


def _tell_all(app: Sphinx, env: BuildEnvironment) -> list[str]:
    found = Faults.of(env).by_page.items()
    tell(app, [(page, line, message) for page, faults in found for line, message in faults])
    return []


def _fail(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and getattr(app, "_sourcebook_failed", False):
        app.statuscode = 1


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the handlers with Sphinx."""
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
    app.connect("env-updated", _tell_all)
    app.connect("build-finished", _fail)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}

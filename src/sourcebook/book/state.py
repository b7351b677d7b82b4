"""What a build keeps of each page that it has read, in one object on Sphinx's environment.

Sphinx stores its environment between builds, so that an incremental build knows of the pages that it does not
read again. Each part of the extension writes to the record of the page that is being read; purging and merging
are done once, here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sourcebook.analysis.numbers import NamedNumber
    from sourcebook.book.prose import Prose

__all__ = ["BookState", "PageRecord", "register", "state_of"]


@dataclass
class PageRecord:
    """What one page holds.

    Attributes
    ----------
    values : dict of str to str
        The values that it prints, by name, each as it was when the page was read.
    numbers : dict of str to sourcebook.analysis.numbers.NamedNumber
        The numbers that its own cells and expressions compute, by name.
    pending : list of tuple
        Line, form and name of each number that it prints and that another page computes.
    passages : set of str
        Ids of the rows that it quotes.
    claims : set of str
        Ids of the claims that its tables link to.
    directives : set of str
        The directives of evidence on it, some of which need a script.
    errors : list of tuple
        Line (0 where there is none) and message of each error found when it was read.
    prose : object or None
        Its typed prose, for the check of numbers.
    is_deferred : bool
        Whether it shows what other pages print, and is therefore written in every build.
    """

    values: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, NamedNumber] = field(default_factory=dict)
    pending: list[tuple[int, str, str]] = field(default_factory=list)
    passages: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    directives: set[str] = field(default_factory=set)
    errors: list[tuple[int, str]] = field(default_factory=list)
    prose: Prose | None = None
    is_deferred: bool = False


@dataclass
class BookState:
    """The records of all pages, by docname."""

    pages: dict[str, PageRecord] = field(default_factory=dict)

    def page(self, docname: str) -> PageRecord:
        """Return the record of a page, a new one if there is none yet."""
        return self.pages.setdefault(docname, PageRecord())

    def purge(self, docname: str) -> None:
        """Drop the record of a page, before it is read again or when it is gone."""
        self.pages.pop(docname, None)

    def merge(self, docnames: set[str], other: BookState) -> None:
        """Take over the records of the pages that another process read."""
        self.pages |= {name: other.pages[name] for name in docnames if name in other.pages}

    def sorted_pages(self) -> Iterator[tuple[str, PageRecord]]:
        """Yield docname and record of each page, by docname."""
        yield from sorted(self.pages.items())


def state_of(env: Any) -> BookState:
    """Return the state of a build's environment, a new one if there is none yet.

    Parameters
    ----------
    env : BuildEnvironment
        The environment.
    """
    state = getattr(env, "sourcebook", None)
    if not isinstance(state, BookState):
        state = env.sourcebook = BookState()
    return state


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    state_of(env).purge(docname)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    state_of(env).merge(docnames, state_of(other))


def _deferred(app: Sphinx, env: BuildEnvironment) -> list[str]:
    return [docname for docname, page in state_of(env).sorted_pages() if page.is_deferred]


def register(app: Sphinx) -> None:
    """Connect the handlers that keep the state."""
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-updated", _deferred)

"""The addresses of claims, passages, sources and numbers in a book: made here, for its pages and its chapters.

An address is the name of a page without suffix, from the top of the book, with a fragment where it leads to a
place on the page. The extension :mod:`sourcebook.book` makes the addresses from its settings. A chapter runs in
a process of its own, which finds them in the environment variable ``SOURCEBOOK_ADDRESSES``; without it, as in a
notebook, the defaults hold.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections.abc import Container
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from sourcebook.core.csvfiles import read_table
from sourcebook.sources.names import short_names

__all__ = ["VARIABLE", "Addresses", "current_addresses", "fragment", "row_fragment", "value_id"]

#: The environment variable through which a chapter gets the addresses of its book.
VARIABLE = "SOURCEBOOK_ADDRESSES"

#: A shared passage after the id of a source: it has one id on every page that holds it.
_SHARED = re.compile(r".+\.(shared-\d+)")

#: The id of a claim by convention, for those who have no table of claims at hand.
_CLAIM = re.compile(r".+\.c\d{3,}")


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """The templates of addresses, and the page that links.

    Attributes
    ----------
    claim_page : str
        The page of a claim, with ``{claim_id}`` in it.
    source_page : str
        The page of a source, with ``{source_id}`` in it.
    numbers_page : str
        The page that lists the printed numbers.
    here : str
        The page that links.
    claims_file : str
        The table whose ``claim_id`` says which ids are claims; empty: those that end with ``c`` and three
        digits or more.
    suffix : str
        What the file of a page ends with; ``/`` where each page is a folder.
    base : str
        The address of the published book, for links that work from anywhere; empty for links from ``here``.

    Examples
    --------
    >>> addresses = Addresses()
    >>> addresses.claim("akram-2024-10.c003"), addresses.passage("akram-2024-10.c003")
    ('claims/akram-2024-10.c003', 'book/sources/akram-2024-10#akram-2024-10.c003')
    >>> addresses.href(addresses.claim("akram-2024-10.c003"))
    '../claims/akram-2024-10.c003.html'
    """

    claim_page: str = "claims/{claim_id}"
    source_page: str = "book/sources/{source_id}"
    numbers_page: str = "book/values"
    here: str = "book/chapter"
    claims_file: str = ""
    suffix: str = ".html"
    base: str = ""

    def claim(self, claim_id: str) -> str:
        """Return the address of the page of a claim."""
        return self.claim_page.format(claim_id=claim_id)

    def source(self, source_id: str) -> str:
        """Return the address of the page of a source."""
        return self.source_page.format(source_id=source_id)

    def passage(self, row_id: str) -> str:
        """Return the address of a coded row, a sentence or a shared passage on the page of its source.

        Parameters
        ----------
        row_id : str
            ``<source_id>.<name>``, such as ``mill.c003`` or ``mill.shared-3``.
        """
        return f"{self.source(row_id.rpartition('.')[0])}#{row_fragment(row_id)}"

    def number(self, name: str) -> str:
        """Return the address of a number in the list of those that are printed."""
        return f"{self.numbers_page}#{value_id(name)}"

    def row(self, row_id: str) -> str:
        """Return the address of what is known of a row: the page of a claim, else the passage."""
        return self.claim(row_id) if self.is_claim(row_id) else self.passage(row_id)

    def is_claim(self, row_id: str) -> bool:
        """Return whether an id is that of a claim."""
        if self.claims_file:
            file = Path(self.claims_file).stat()
            return row_id in _claims(self.claims_file, file.st_mtime_ns, file.st_size)
        return bool(_CLAIM.fullmatch(row_id))

    def source_name(self, source_id: str) -> str:
        """Return the short name of a source of the folder of ``claims_file``; without one, its id."""
        registry = Path(self.claims_file).parents[1] / "raw/sources.csv" if self.claims_file else None
        if registry is None or not registry.exists():
            return source_id
        file = registry.stat()
        return _short_names(str(registry), file.st_mtime_ns, file.st_size).get(source_id, source_id)

    def href(self, address: str) -> str:
        """Return an address as a link from ``here``, or from anywhere."""
        page, mark, place = address.partition("#")
        if self.base:
            return f"{self.base.rstrip('/')}/{_folder(page) if self.suffix == '/' else page}{self.suffix}{mark}{place}"
        if self.suffix == "/":
            return posixpath.relpath(_folder(page), _folder(self.here)) + f"/{mark}{place}"
        return posixpath.relpath(page + self.suffix, posixpath.dirname(self.here) or ".") + mark + place

    def to_environment(self) -> None:
        """Hand the addresses to the processes that this one starts."""
        os.environ[VARIABLE] = json.dumps(asdict(self))


def _folder(page: str) -> str:
    return posixpath.dirname(page) or "." if posixpath.basename(page) == "index" else page


@lru_cache(maxsize=1)
def _claims(file: str, _changed: int, _size: int) -> Container[str]:
    """Return the ids of the claims in a file of a certain state: one that was written again is read again."""
    return frozenset(read_table(Path(file))["claim_id"])


@lru_cache(maxsize=1)
def _short_names(file: str, _changed: int, _size: int) -> dict[str, str]:
    """Return the short names in a registry of a certain state, by source."""
    return short_names(read_table(Path(file)))


def current_addresses() -> Addresses:
    """Return the addresses of the book whose chapter is run, else the defaults."""
    return Addresses(**json.loads(os.environ.get(VARIABLE, "{}")))


def row_fragment(row_id: str) -> str:
    """Return the address of a coded row, a sentence or a shared passage within the page of its source.

    Parameters
    ----------
    row_id : str
        As for :meth:`Addresses.passage`.

    Examples
    --------
    >>> row_fragment("akram-2024-10.c003"), row_fragment("akram-2024-10.shared-3")
    ('akram-2024-10.c003', 'shared-3')
    """
    shared = _SHARED.fullmatch(row_id)
    return shared[1] if shared else row_id


def value_id(name: str) -> str:
    """Return the address of a number within the page that lists them.

    Examples
    --------
    >>> value_id("count.claims")
    'value-count.claims'
    """
    return f"value-{fragment(name)}"


def fragment(name: str) -> str:
    """Return a name as it may be part of an address.

    Examples
    --------
    >>> fragment("alpha.demand, which")
    'alpha.demand-which'
    """
    return re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-")

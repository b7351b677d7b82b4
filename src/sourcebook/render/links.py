"""Where the pages of claims and of sources lead, so that the same pages fit into any book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sourcebook.analysis.numbers import NamedNumber

__all__ = ["Links", "PageLink", "PrintedNumber"]


@dataclass(frozen=True, kw_only=True)
class Links:
    """Where a page leads, seen from itself.

    Attributes
    ----------
    claim, passage : callable
        From the id of a claim, or of any coded row or sentence, to an address; empty where there is none.
    """

    claim: Callable[[str], str]
    passage: Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class PageLink:
    """A link to a page, or to a place on it.

    Attributes
    ----------
    title, href : str
        Title of the page, and the address.
    is_direct : bool
        Whether the place prints one row alone, rather than a number that counts it among others.
    """

    title: str
    href: str
    is_direct: bool = True


@dataclass(frozen=True, kw_only=True)
class PrintedNumber:
    """A printed number in which a claim is counted, and where it is found.

    Attributes
    ----------
    number : sourcebook.analysis.numbers.NamedNumber
        The number.
    href : str
        Its entry on the page of values; empty where there is none.
    pages : tuple of PageLink
        The pages that print it.
    """

    number: NamedNumber
    href: str
    pages: tuple[PageLink, ...]
